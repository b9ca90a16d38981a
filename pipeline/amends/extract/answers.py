"""Whether a mail answers something that the seller sent, and how: taken, refused, or found wanting.

The seller's letter is spoken of ("thank you for …", "we read your plan", "your appeal of 3 May"); then the words decide.
Words of refusal make it a denial, even beside what a new try needs; words that only miss something ask for more.
A measure told as new, in a mail that does not speak of a letter, is no answer. [V:N13b,N17c]
"""

from __future__ import annotations

from dataclasses import dataclass

from amends.extract.cues import Span as Place
from amends.extract.deeds import ASIDE, Deed, deeds, measure
from amends.extract.hints import PLAN
from amends.extract.layout import Layout, Sentence
from amends.extract.requests import PAPERS
from amends.regex import regex
from amends.schemas import Span
from amends.vocabulary import Stage

#: The answer is spoken of as something to come: "once we have read your appeal", "we will review your plan".
_TO_COME = regex(
    r"(?:\b(?:will|shall|may|might|can|would|must|please|to|expect|await|awaiting|until|before|not|never|wird|werden|serons)|'ll)(?: \w+){0,3} ?$"
)
_AWAITED = regex(r" ?(?:awaited|expected|due|needed|required|to (?:be|contain|reach))\b")
#: Not yet: the door stays open.
_YET = regex(
    r"\byet\b|\bfor now\b|\bat this point\b|noch nicht|vorerst|\bencore\b|\bancora\b|\baún\b|todavía|暂|尚|まだ|現時点"
)

#: How papers have to be, and what may be: no word on what was sent.
_NORM = regex(
    r"\b(?:must|should|has to|have to|needs to be|need to be|may|müssen|muss|sollten|doivent|devono|deben)\b|必须|应当|不得"
)


@dataclass(frozen=True)
class Answer:
    """The stage that answers a letter, the deed that tells it, and its words."""

    stage: Stage
    deed: Deed | None
    evidence: Span | None


@dataclass(frozen=True)
class _Words:
    """What the mail says that matters for an answer; None or False for what it does not say."""

    sent: bool
    earlier: bool
    measured: bool
    threatened: bool
    final: Span | None
    last: Span | None
    lacking: Span | None
    still: Span | None
    wanting: Span | None
    refused: Deed | None
    keep: Deed | None
    barred: Deed | None
    restored: Deed | None
    asks: bool
    bids: bool


def answer(layout: Layout, subject: Layout, told: list[Deed], asks: frozenset[int]) -> Answer | None:
    """How the newest mail answers an earlier letter of the seller; None when it answers none."""
    said = _words(layout, subject, told, asks)
    on = said.restored
    if on and said.measured and not said.sent and on.target != "account" and on.sentence.reading is layout.reading:
        on = None
    kept = said.keep if on and said.keep and (on.target != "account" or said.keep.target == "account") else None
    if on and not (said.final or kept or said.refused or (said.asks and (said.lacking or said.wanting))):
        return Answer("reinstated", on, _words_of(on, layout))
    return _refused(said) or _wanting(said) or _left_off(said, layout)


def _refused(said: _Words) -> Answer | None:
    """A denial by words that refuse what was sent, or that are the last."""
    if said.final and (
        said.sent or (said.earlier and (not said.measured or said.barred)) or (said.last and not said.measured)
    ):
        return Answer("appeal_denied", said.refused or said.keep, said.final)
    return None


def _wanting(said: _Words) -> Answer | None:
    """A mail that misses something in what was sent."""
    deed = said.refused or said.keep
    if said.lacking and (said.sent or (said.earlier and not said.measured)):
        return Answer("more_info_requested", deed, said.lacking)
    if said.still and not (said.measured or said.refused or said.threatened):
        return Answer("more_info_requested", deed, said.still)
    if said.wanting and said.sent and not said.refused:
        return Answer("more_info_requested", deed, said.wanting)
    return None


def _words_of(deed: Deed, layout: Layout) -> Span | None:
    """The deed's words when they stand in the mail itself and not in its subject."""
    return deed.span if deed.sentence.reading is layout.reading else None


def _left_off(said: _Words, layout: Layout) -> Answer | None:
    """A mail that leaves things as they are, or only asks again."""
    if said.refused and (said.earlier or not (said.measured or said.threatened)):
        return Answer("appeal_denied", said.refused, _words_of(said.refused, layout))
    if said.sent and said.asks:
        return Answer("more_info_requested", said.keep, None)
    if said.sent and said.bids and not (said.keep or said.barred or said.measured or said.threatened):
        return Answer("more_info_requested", None, None)
    kept = said.keep or (said.barred if said.sent else None)
    if kept and (said.sent or (said.earlier and not said.measured) or not (said.measured or said.asks)):
        return Answer("appeal_denied", kept, _words_of(kept, layout))
    return None


def _words(layout: Layout, subject: Layout, told: list[Deed], asks: frozenset[int]) -> _Words:
    sure = [d for d in told if d.sure and d.sentence.block not in (*ASIDE, "list")]

    titles = [d for s in subject.sentences for d in deeds(s) if d.sure]

    def first(kind: str) -> Deed | None:
        return next((d for d in (*sure, *titles) if d.kind == kind), None)

    measured = any(measure(d, told) for d in told)
    groups = ("speech.appealed",) if measured else ("speech.appealed", "speech.said")
    sent = any(_spoken_of(s, groups) for s in layout.newest)
    sent = sent or any(_spoken_of(s, ("speech.appealed", "speech.said")) for s in subject.sentences)
    back = [d for d in (*sure, *titles) if d.kind == "on" and d.sentence.block in ("measure", "reason")]
    back.sort(key=lambda d: d.target == "unknown")
    return _Words(
        sent=sent,
        earlier=sent or any(s.has("speech.earlier") for s in layout.newest),
        measured=measured,
        threatened=any(not d.sure and d.kind in ("off", "barred") for d in told),
        final=_said(layout, "stage.firmly", norms=True),
        last=_said(layout, "stage.last", norms=True),
        lacking=_said(layout, "stage.lacking"),
        still=_said(layout, "stage.still"),
        wanting=_said(layout, "stage.wanting", "stage.still", "stage.detail"),
        refused=first("refused"),
        keep=first("keep"),
        barred=first("barred"),
        restored=back[0] if back else None,
        asks=_asks(layout, asks),
        bids=any(s.start in asks for s in layout.newest),
    )


def _spoken_of(sentence: Sentence, groups: tuple[str, ...] = ("speech.appealed",)) -> bool:
    """Whether the sentence speaks of a letter of the seller's that has come in."""
    if sentence.block not in ("measure", "reason"):
        return False
    text = sentence.reading.folded.text
    return any(
        not sentence.reading.first("speech.condition", sentence.at, place[0])
        and not _TO_COME.search(text[max(sentence.at, place[0] - 40) : place[0]])
        and not _AWAITED.match(text, place[1])
        for group in groups
        for place in sentence.all(group)
    )


def _said(layout: Layout, *groups: str, norms: bool = False) -> Span | None:
    """The first words of the groups said as a fact: not as a condition, nor of how papers must be, nor as "not yet".

    With `norms`, words like "may" and "must" belong to what is said ("we may not reply").
    """
    for sentence in layout.newest:
        if sentence.block in (*ASIDE, "list") or sentence.boilerplate or sentence.has("speech.rule_of_papers"):
            continue
        for place in (place for group in groups for place in sentence.all(group)):
            words = sentence.reading.folded.text[max(sentence.at, place[0] - 30) : place[1]]
            unmeant = _YET if norms else _NORM
            if not _conditional(sentence, place) and not unmeant.search(words):
                return sentence.quote(place)
    return None


def _conditional(sentence: Sentence, place: Place) -> bool:
    """Whether a condition stands before the place; "in order to go on we need …" is none."""
    text = sentence.reading.folded.text
    return any(
        not text.startswith(("in order", "to ", "would", "'d"), start) and start < place[0]
        for start, _ in sentence.all("speech.condition")
    )


def _asks(layout: Layout, asks: frozenset[int]) -> bool:
    """Whether papers or parts of a plan are asked for."""
    groups = tuple(f"request.{item}" for item in (*PLAN, *PAPERS, "related_account_id", "other"))
    return any(s.start in asks and s.has(*groups) for s in layout.newest)
