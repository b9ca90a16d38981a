"""Why: the causes a notice speaks for, weighed by where their words stand.

The reason block and the item list count most, the request block less, the rest almost nothing; boilerplate that stands
in notices of every cause ("Section 3", the funds paragraph) counts for none. [D] after the traps of domain brief 3.7.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from amends.extract.covers import COVERS
from amends.extract.cues import Span as Place
from amends.extract.layout import Block, Layout, Sentence
from amends.extract.requests import PAPERS
from amends.likeness import likeness
from amends.schemas import CauseFound, Span
from amends.vocabulary import CAUSES, Cause

#: How much a sentence of each block weighs.
WEIGHT: dict[Block, float] = {
    "list": 3.0, "reason": 3.0, "measure": 2.0, "request": 1.0, "way": 0.2, "error": 0.15, "consequence": 0.1, "help": 0.05,
}  # fmt: skip
LABEL, STRONG, WEAK = 3.0, 2.0, 0.4
BOILERPLATE = 0.03
#: The worth of a sentence that is fully like those of a cause; how much it must be like them; the least weight of its block.
LIKE, ALIKE, LIKENED = 1.5, -0.65, 1.0
#: How much a cue counts in a sentence that is not so much like those of its cause.
UNLIKE, AGREED = 0.45, -0.3
#: Languages with sentences enough to learn from.
LEARNED = ("en", "zh", "de")
#: What is only supposed counts little; a block that weighs less than this is not looked at.
SUPPOSED, WORTH_A_LOOK = 0.1, 0.02
#: What stands in a sentence that asks for something.
ASKED = 0.15
#: A sentence that names so many causes tells over the rules.
MANY = 4
#: So many times as heavy another cause may be beside one that is named before it.
CLOSE = 1.4
#: From this score on, more of the same adds little.
MUCH = 12.0
#: A longer match is a chain of words with others in between, not one phrase.
PHRASE = 40
#: A line that begins with an ASIN and is no longer only names the product.
SHORT = 60
#: The least score of a cause, and of a further one beside it, also as a share of the first.
ENOUGH, FURTHER, SHARE = 2.0, 4.0, 0.34

_MET = re.compile(r"(?<!not )\b(?:meets|on|within) (?:the |our )?targets?\b|达标|im ziel\b")
_ASIN = re.compile(r"(?<![A-Za-z0-9])B0[A-Z0-9]{8}(?![A-Za-z0-9])")


@dataclass
class _Tally:
    score: float = 0.0
    told: float = 0.0
    alone: dict[int, float] = field(default_factory=dict)
    label_at: int | None = None
    evidence: list[tuple[float, Span]] = field(default_factory=list)
    asins: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Weighed:
    """The causes with a score above zero, the strongest first, and what each says in which sentence."""

    found: tuple[CauseFound, ...]
    points: dict[Cause, dict[int, float]]
    labelled: frozenset[Cause]
    likened: bool = False


def weigh(layout: Layout, subject: Layout, asks: frozenset[int]) -> Weighed:
    """What speaks for each cause. An older mail of the thread counts where the newest is mute.

    What is asked for tells the cause only where nothing else does: an identity card is asked for many reasons.
    """
    for sentences in (layout.newest, layout.sentences):
        for told_only in (True, False):
            tallies = _tallies(sentences, subject, asks if told_only else frozenset())
            if max((t.score for t in tallies.values()), default=0.0) >= ENOUGH:
                return _ranked(tallies)
    likened = _ranked(_likened(layout.newest))
    return replace(likened, likened=True) if likened.found else _ranked(tallies)


def _ranked(tallies: dict[Cause, _Tally]) -> Weighed:
    found = [
        (
            t,
            CauseFound(
                cause=cause, score=round(t.score, 2), evidence=_best(t.evidence), asins=tuple(dict.fromkeys(t.asins))
            ),
        )
        for cause, t in tallies.items()
        if t.score > 0
    ]
    found.sort(key=lambda pair: -pair[1].score)
    if found:
        # Complaints are named in their order: of several that weigh about the same the first one is the main one.
        labelled_only = found[0][0].label_at is not None
        close = [
            pair
            for pair in found
            if (pair[0].label_at is not None or not labelled_only) and pair[0].score * CLOSE >= found[0][0].score
        ]
        first = min(close, key=lambda pair: (pair[0].label_at or 0) if labelled_only else min(pair[0].alone, default=0))
        found.sort(key=lambda pair: pair is not first)
    labelled = frozenset(cause for cause, t in tallies.items() if t.label_at is not None)
    return Weighed(tuple(c for _, c in found), {cause: t.alone for cause, t in tallies.items()}, labelled)


def _tallies(sentences: Iterable[Sentence], subject: Layout, asks: frozenset[int]) -> dict[Cause, _Tally]:
    tallies: dict[Cause, _Tally] = {}
    for sentence in sentences:
        weight = WEIGHT[sentence.block] * (SUPPOSED if _supposed(sentence) else 1.0)
        if sentence.start in asks and sentence.block != "list" and _asks_for_things(sentence):
            weight = min(weight, ASKED)
        if weight >= WORTH_A_LOOK and not _silent(sentence):
            signs = _signs(sentence)
            weight *= SUPPOSED if signs and _rule_for_all(sentence, signs) else 1.0
            alike = (
                likeness("causes").points(sentence.folded) if signs and sentence.reading.language in LEARNED else None
            )
            for cause, place, worth in signs:
                agreed = alike is None or worth == LABEL or alike.get(cause, -9.0) >= AGREED
                _score(sentence, cause, place, worth * (1.0 if agreed else UNLIKE), weight, tallies)
    for sentence in subject.sentences:
        for named in CAUSES:
            if named != "unspecified" and sentence.has(f"strong.{named}") and not sentence.boilerplate:
                tallies.setdefault(named, _Tally()).score += STRONG * 1.5
    return tallies


def _asks_for_things(sentence: Sentence) -> bool:
    """Whether papers or other things are asked for, and no deed is told beside."""
    return not sentence.has("stage.off") and any(sentence.has(f"request.{item}") for item in (*PAPERS, "other"))


def _silent(sentence: Sentence) -> bool:
    """Whether the line names a product, a party or a number: its words are no reason ("Title: Patent leather bag")."""
    place = sentence.first("list.silent") if sentence.block == "list" else None
    return (
        bool(sentence.block == "list" and _MET.search(sentence.folded))
        or (place is not None and place[0] - sentence.at <= 6)
        or (len(sentence.text) < SHORT and "|" not in sentence.text and bool(_ASIN.match(sentence.text)))
    )


def _supposed(sentence: Sentence) -> bool:
    """Whether the sentence speaks of what might be: "if we find more complaints …"."""
    place = sentence.first("speech.supposed")
    return place is not None


def _rule_for_all(sentence: Sentence, signs: list[tuple[Cause, Place, float]]) -> bool:
    """Whether the sentence says what holds for everyone, or tells over the fields of policy: no reason for this case."""
    if sentence.block == "list" or any(worth == LABEL for _, _, worth in signs):
        return False
    if len({cause for cause, _, _ in signs}) >= MANY:
        return not sentence.has("stage.off", "speech.told_by")
    return sentence.has("speech.norm") and not (
        sentence.has("stage.off", "speech.told_by") or _ASIN.search(sentence.text)
    )


def _signs(sentence: Sentence) -> list[tuple[Cause, Place, float]]:
    """What speaks for which cause; words inside a longer phrase of another cause say nothing of their own."""
    signs = [(cause, *_strongest(sentence, cause)) for cause in sentence.reading.present("labels", "strong", "weak")]
    held = [(cause, place, worth) for cause, place, worth in signs if place is not None]
    return [sign for sign in held if not any(_within(sign[1], other[1]) for other in held)]  # type: ignore[misc]


def _within(inner: Place, outer: Place) -> bool:
    return (
        outer[0] <= inner[0]
        and inner[1] <= outer[1]
        and outer[1] - outer[0] > inner[1] - inner[0]
        and outer[1] - outer[0] < PHRASE
    )


def _score(
    sentence: Sentence, cause: Cause, place: Place, worth: float, weight: float, tallies: dict[Cause, _Tally]
) -> None:
    if sentence.boilerplate and sentence.boilerplate_at <= place[0] < sentence.boilerplate_to:
        worth *= BOILERPLATE
    tally = tallies.setdefault(cause, _Tally())
    tally.told += worth * weight
    tally.alone[sentence.start] = worth * weight
    if worth == LABEL and tally.label_at is None:
        tally.label_at = sentence.start
    # The same cause said again adds less: ten mentions in a long mail are no ten times the proof.
    tally.score = tally.told if tally.told <= MUCH else MUCH + (tally.told - MUCH) / 4
    tally.evidence.append((worth * weight, sentence.quote(place)))
    tally.asins.extend(_ASIN.findall(sentence.text))


def _likened(sentences: Iterable[Sentence]) -> dict[Cause, _Tally]:
    """The one cause that the sentences are most like, for wordings that no cue has; none where they are like none."""
    tallies: dict[Cause, _Tally] = {}
    for sentence in sentences:
        weight = WEIGHT[sentence.block] * (SUPPOSED if _supposed(sentence) else 1.0)
        rule = sentence.has("speech.norm", "speech.rule_of_papers") and not sentence.has("stage.off", "speech.told_by")
        if weight < LIKENED or sentence.boilerplate or rule or _silent(sentence):
            continue
        for named, points in likeness("causes").points(sentence.folded).items():
            if points >= ALIKE:
                cause: Cause = named  # type: ignore[assignment]
                _score(sentence, cause, (sentence.at, sentence.to), LIKE * (points - ALIKE), weight, tallies)
    best = max(tallies, key=lambda cause: tallies[cause].score, default=None)
    return {best: tallies[best]} if best else {}


def _strongest(sentence: Sentence, cause: str) -> tuple[Place | None, float]:
    if sentence.block == "list":
        place = sentence.first(f"labels.{cause}")
        if place:
            return place, LABEL
    for strength, worth in (("strong", STRONG), ("weak", WEAK)):
        places = sentence.all(f"{strength}.{cause}")
        if places:
            free = [
                p
                for p in places
                if not sentence.boilerplate or not sentence.boilerplate_at <= p[0] < sentence.boilerplate_to
            ]
            longest = max(free or places, key=lambda p: (p[1] - p[0] < PHRASE, p[1] - p[0]))
            return longest, worth
    return None, 0.0


def _best(evidence: list[tuple[float, Span]]) -> tuple[Span, ...]:
    ranked = sorted(evidence, key=lambda pair: -pair[0])[:3]
    return tuple(span for _, span in ranked)


def decide(weighed: Weighed, met: frozenset[Cause] = frozenset()) -> tuple[tuple[CauseFound, ...], str]:
    """The causes that hold, the main one first, and one sentence that says why (or why there is none).

    `met` are causes whose printed figure meets its target: shown for completeness, no trigger.
    """
    found = tuple(c for c in weighed.found if c.cause not in met)
    if not found or found[0].score < ENOUGH:
        reason = "The notice names no reason: only wording that stands in notices of every kind was found."
        if found:
            reason += f" Too weak to count: {', '.join(f'{c.cause} ({c.score:g})' for c in found[:3])}."
        return (), reason
    held = [found[0]]
    for other in found[1:]:
        if _own_score(other, held, weighed) >= max(FURTHER, found[0].score * SHARE):
            held.append(other)
    quote = held[0].evidence[0].quote if held[0].evidence else ""
    if weighed.likened:
        return tuple(held), f"No wording known to us names the cause; “{quote}” reads most like this one."
    return tuple(held), f"The notice says “{quote}”." if quote else "The subject line names it."


def _own_score(cause: CauseFound, held: list[CauseFound], weighed: Weighed) -> float:
    """The score of a further cause, without the sentences that a held cause explains."""
    if (
        cause.cause == "not_as_described_defective"
        and held[0].cause == "order_defect_rate"
        and cause.cause not in weighed.labelled
    ):
        # Buyers' comments explain the rate; they are no complaint of their own.
        return 0.0
    covering = [h.cause for h in held if cause.cause in COVERS.get(h.cause, ())]
    if not covering:
        return cause.score
    explained = {at for c in covering for at in weighed.points[c]}
    return sum(points for at, points in weighed.points[cause.cause].items() if at not in explained)
