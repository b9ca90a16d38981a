"""Why: the causes a notice speaks for, weighed by where their words stand.

The reason block and the item list count most, the request block less, the rest almost nothing; boilerplate that stands
in notices of every cause ("Section 3", the funds paragraph) counts for none. [D] after the traps of domain brief 3.7.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from amends.schemas import CauseFound, Span
from amends.vocabulary import Cause

if TYPE_CHECKING:
    from amends.extract.folding import Cue
    from amends.extract.layout import Block, Layout, Sentence
    from amends.extract.rules import CauseRule, Rules

#: How much a sentence of each block weighs.
WEIGHT: dict[Block, float] = {
    "list": 3.0, "reason": 3.0, "measure": 2.0, "request": 1.0, "way": 0.2, "error": 0.15, "consequence": 0.1, "help": 0.05,
}  # fmt: skip
LABEL, STRONG, WEAK = 3.0, 2.0, 0.4
BOILERPLATE = 0.03
#: The least score of a cause, and of a further one beside it, also as a share of the first.
ENOUGH, FURTHER, SHARE = 2.0, 4.0, 0.34

#: A cause that explains away a weaker one: what is said of the second belongs to the first.
_COVERS: dict[Cause, tuple[Cause, ...]] = {
    "forged_documents": ("inauthentic", "counterfeit", "verification", "product_safety_compliance", "fraud_deceptive"),
    "inauthentic": ("counterfeit", "verification", "trademark"),
    "counterfeit": ("trademark", "inauthentic"),
    "copyright": ("trademark",),
    "patent": ("trademark",),
    "trademark": ("inauthentic",),
    "verification": ("payment_tax", "inauthentic", "fraud_deceptive"),
    "payment_tax": ("verification",),
    "related_accounts": ("code_of_conduct", "verification", "fraud_deceptive"),
    "review_manipulation": ("code_of_conduct", "order_defect_rate"),
    "drop_shipping": ("code_of_conduct", "late_shipment", "on_time_delivery", "valid_tracking"),
    "expired": ("product_safety_compliance", "not_as_described_defective"),
    "used_sold_as_new": ("not_as_described_defective",),
    "restricted_products": ("product_safety_compliance",),
    "product_safety_compliance": ("restricted_products", "not_as_described_defective"),
    "pricing": ("listing_policy",),
    "late_shipment": ("on_time_delivery",),
    "on_time_delivery": ("late_shipment",),
}


@dataclass
class _Tally:
    score: float = 0.0
    told: float = 0.0
    evidence: list[tuple[float, Span]] = field(default_factory=list)
    asins: list[str] = field(default_factory=list)


def weigh(layout: Layout, rules: Rules, subject: str) -> tuple[CauseFound, ...]:
    """Every cause with a score above zero, the strongest first. The folded subject line counts as a measure sentence."""
    tallies: dict[Cause, _Tally] = {}
    for sentence in layout.sentences:
        weight = WEIGHT[sentence.block] * (BOILERPLATE if sentence.boilerplate else 1.0)
        for rule in rules.causes:
            _score(sentence, rule, weight, tallies)
    if subject:
        _score_subject(subject, rules, tallies)
    found = [
        CauseFound(cause=cause, score=round(t.score, 2), evidence=_best(t.evidence), asins=tuple(dict.fromkeys(t.asins)))
        for cause, t in tallies.items()
        if t.score > 0
    ]
    return tuple(sorted(found, key=lambda c: -c.score))


def _score(sentence: Sentence, rule: CauseRule, weight: float, tallies: dict[Cause, _Tally]) -> None:
    worth, at = 0.0, None
    if sentence.block == "list":
        at = _first(rule.labels, sentence.folded.text)
        worth = LABEL if at else 0.0
    if at is None:
        at = _first(rule.strong, sentence.folded.text)
        worth = STRONG if at else 0.0
    if at is None:
        at = _first(rule.weak, sentence.folded.text)
        worth = WEAK if at else 0.0
    if at is None:
        return
    tally = tallies.setdefault(rule.cause, _Tally())
    points = worth * weight
    # The same cause said again adds less: ten mentions in a long mail are no ten times the proof.
    tally.told += points
    tally.score = tally.told if tally.told <= 12 else 12 + (tally.told - 12) / 4
    start, end = sentence.span(*at)
    tally.evidence.append((points, Span(quote=sentence.text[start - sentence.start : end - sentence.start], start=start, end=end)))


def _score_subject(subject: str, rules: Rules, tallies: dict[Cause, _Tally]) -> None:
    for rule in rules.causes:
        if _first(rule.strong, subject):
            tallies.setdefault(rule.cause, _Tally()).score += STRONG * 1.5


def _first(cues: Iterable[Cue], folded: str) -> tuple[int, int] | None:
    for cue in cues:
        found = cue.first(folded)
        if found:
            return found
    return None


def _best(evidence: list[tuple[float, Span]]) -> tuple[Span, ...]:
    ranked = sorted(evidence, key=lambda pair: -pair[0])[:3]
    return tuple(span for _, span in ranked)


def decide(found: tuple[CauseFound, ...]) -> tuple[tuple[CauseFound, ...], str]:
    """The causes that hold, the main one first, and one sentence that says why (or why there is none)."""
    if not found or found[0].score < ENOUGH:
        reason = "The notice names no reason: only wording that stands in notices of every kind was found."
        if found:
            reason += f" Too weak to count: {', '.join(f'{c.cause} ({c.score:g})' for c in found[:3])}."
        return (), reason
    held = [found[0]]
    for other in found[1:]:
        covered = any(other.cause in _COVERS.get(h.cause, ()) for h in held)
        needed = max(FURTHER, found[0].score * SHARE) * (1.8 if covered else 1.0)
        if other.score >= needed:
            held.append(other)
    quote = held[0].evidence[0].quote if held[0].evidence else ""
    return tuple(held), f"The notice says “{quote}”." if quote else "The subject line names it."
