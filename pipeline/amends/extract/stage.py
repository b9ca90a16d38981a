"""What Amazon did: the stage, its scope, and whether this is an enforcement at all.

Conditions and possibilities are not deeds: "if you do not reply, your account will be deactivated" is a warning.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amends.schemas import Span
from amends.vocabulary import Scope, Stage

if TYPE_CHECKING:
    from amends.extract.layout import Layout, Sentence
    from amends.extract.rules import Rules

#: Who wins when several are said: the state after an appeal outranks the first measure, an account its listings.
_ORDER: tuple[Stage, ...] = (
    "reinstated", "appeal_denied", "more_info_requested", "deactivated", "listing_removed", "warning",
)  # fmt: skip
_TOLD_IN = ("measure", "reason", "list")


@dataclass(frozen=True)
class Hit:
    """One stage cue in one sentence; `sure` unless said as a condition or a possibility."""

    stage: Stage
    sentence: Sentence
    at: tuple[int, int]
    sure: bool

    @property
    def span(self) -> Span:
        """The words, in the notice's offsets."""
        start, end = self.sentence.span(*self.at)
        return Span(quote=self.sentence.text[start - self.sentence.start : end - self.sentence.start], start=start, end=end)


def stage(layout: Layout, rules: Rules, subject: str, has_cause: bool) -> tuple[Stage, Span | None]:
    """The stage and the words that tell it; `not_enforcement` with None when nothing does."""
    hits = [hit for sentence in layout.sentences for hit in _hits(sentence, rules)]
    told = [h for h in hits if h.sentence.block in _TOLD_IN] or hits
    earlier = any(rules.any("earlier", s.folded.text) for s in layout.sentences)
    for name in _ORDER:
        sure = [h for h in told if h.stage == name and h.sure and _believable(h, layout, rules, earlier, told)]
        if sure:
            return name, sure[0].span
    if _only_funds(layout, rules, subject):
        return "funds_held", None
    threatened = [h for h in hits if h.stage in ("deactivated", "listing_removed", "warning") and not h.sentence.boilerplate]
    if threatened:
        return "warning", threatened[0].span
    if has_cause or (_enforcing(layout, rules) and not _ordinary(layout, rules, subject)):
        return "warning", None
    return "not_enforcement", None


def _hits(sentence: Sentence, rules: Rules) -> list[Hit]:
    folded = sentence.folded.text
    found = []
    for name, cues in rules.stages.items():
        for cue in cues:
            at = cue.first(folded)
            if at:
                found.append(Hit(name, sentence, at, sure=name == "warning" or _is_sure(folded, at, rules, name)))
                break
    return found


def _is_sure(folded: str, at: tuple[int, int], rules: Rules, name: Stage) -> bool:
    before = folded[: at[0]]
    if any(cue.first(before) for cue in rules.cues["condition"]) and ", " not in before[-60:]:
        return False
    condition = rules.any("condition", before)
    if condition and condition[0] < 4:
        return False
    if name in ("deactivated", "listing_removed"):
        around = folded[max(0, at[0] - 14) : at[1]]
        return not any(cue.first(around) for cue in rules.cues["modal"])
    return True


def _believable(hit: Hit, layout: Layout, rules: Rules, earlier: bool, told: list[Hit]) -> bool:
    if hit.stage == "reinstated":
        return hit.sentence.block in ("measure", "reason") and not any(h.stage == "appeal_denied" and h.sure for h in told)
    if hit.stage == "more_info_requested":
        return earlier or not any(h.stage == "deactivated" and h.sure for h in told)
    if hit.stage == "appeal_denied":
        return hit.sentence.block != "consequence" and (earlier or not any(
            h.stage in ("deactivated", "listing_removed") and h.sure and h.sentence.start < hit.sentence.start for h in told
        ))  # fmt: skip
    if hit.stage == "deactivated":
        return not _about_listings(hit, rules)
    return True


def _about_listings(hit: Hit, rules: Rules) -> bool:
    """"We deactivated your listing": the account is not meant."""
    folded = hit.sentence.folded.text
    if rules.any("account_scope", folded) or rules.any("seller_fulfilled_scope", folded):
        return False
    return bool(rules.any("listing_scope", folded))


def _only_funds(layout: Layout, rules: Rules, subject: str) -> bool:
    if not any(rules.any("funds_held", s.folded.text) or rules.any("funds_released", s.folded.text) for s in layout.sentences):
        return False
    first = " ".join([subject, *(s.folded.text for s in layout.sentences[:4])])
    return bool(rules.any("funds_subject", first))


def _enforcing(layout: Layout, rules: Rules) -> bool:
    return any(rules.any("enforcement_words", s.folded.text) for s in layout.sentences)


def _ordinary(layout: Layout, rules: Rules, subject: str) -> bool:
    texts = [subject, *(s.folded.text for s in layout.sentences)]
    return any(rules.any("ordinary", text) for text in texts)


def scope(layout: Layout, rules: Rules, told: Stage, evidence: Span | None) -> Scope:
    """What the measure falls on. The sentence that tells the stage decides, then the ones before the first heading."""
    candidates = [s for s in layout.sentences if evidence and s.start <= evidence.start < s.end]
    candidates += [s for s in layout.sentences if s.block == "measure"]
    for sentence in candidates:
        folded = sentence.folded.text
        if rules.any("seller_fulfilled_scope", folded):
            return "seller_fulfilled"
    if told == "listing_removed":
        return "listing"
    for sentence in candidates or layout.sentences:
        folded = sentence.folded.text
        if rules.any("account_scope", folded):
            return "account"
        if rules.any("listing_scope", folded):
            return "listing"
    return "unknown"
