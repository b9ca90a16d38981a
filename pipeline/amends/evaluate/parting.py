"""Which part of a plan each sentence of somebody else's letter is: by headings, by labels in the line, else by its build.

Headings have endless wordings. What stands under them has few builds: a standing rule ("since 6 November the lead reads …",
"every Friday …") is prevention, a dated deed is an action taken, and what was lacking before is the cause. So a part that no
heading names is looked for in the sentences themselves, and is only called missing if no sentence has its build.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from amends.evaluate.figures import DATE, MONTH_FIRST, has_date
from amends.evaluate.headings import (
    PLAN,
    asked_for,
    is_asked,
    is_heading,
    label_part,
    lettered,
    names_papers,
    title_part,
)
from amends.evaluate.headings import (
    Part as Part,
)
from amends.regex import regex
from amends.schemas import Letter, Section
from amends.vocabulary import SectionKey

OF_KEY: dict[SectionKey, Part] = {
    "root_cause": "root",
    "corrective_actions": "done",
    "preventive_measures": "measure",
    "enclosures": "attached",
    "closing": "request",
}
_ASIDE = regex(
    r"(?:(?:first |interim )?results?\b|effect so far|the supplier's|ergebnis|结果)|since [^:]{4,24}: \d"
    r"|from \d[^.;]{0,30} to \d[^.;]*\bwere\b",
    re.IGNORECASE,
)
_LABEL_WORDS, _FEW_WORDS, _SIGNED_WORDS, _CLOSING_LINES, _STORY, _SIGNATURE = 2, 6, 8, 4, 3, 2
_SINCE = regex(
    r"\bsince (?:then|that day|this day)\b|\b(?:seit (?:dem|diesem)|ab dem)\b|自.{0,12}起|日起|\bas of\b|\bin force\b"
)
_OFTEN = regex(
    r"\b(?:each|every|any|daily|weekly|monthly|quarterly|yearly|hourly)\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\b|\bper (?:day|week|month|delivery|lot)\b|"
    r"\bon the (?:first|last|\d{1,2}(?:st|nd|rd|th)) (?:working day )?of\b|\b(?:only|not) (?:when|if|after|with|until)\b|\bjede[nrsm]?\b|\btäglich|\bwöchentlich|\bmonatlich|每|次日"
)
_PAST = regex(
    r"\b(?:was|were|had|did)\b|\b(?:we|i|he|she|they|it|nobody|no one|buyers|orders|units|\w+s?) (?:\w+ly |never |not )?(?!need|exceed|speed|feed)\w{3,}ed\b|"
    r"\b(?:came|went|took|gave|kept|held|sent|sold|bought|stood|wrote|told|led|lay|left|built|made|found|knew)\b|\b(?:war|waren|wurden?|hatten?|lag|lagen)\b|了|已"
)
_DEED = regex(
    r"\b(?!need|exceed|speed|feed)\w{3,}ed\b|\b(?:set|sent|bought|shut|put|taken|took|made|wrote|written|paid|sold|told|withdrawn|held|built|done|given|gave|kept)\b|"
    r"\bge\w{2,}(?:t|en)\b|\b(?:be|er|ver|über|ent|ein)\w{3,}(?:t|en)\b|删除|更正|退款|销毁|下架|改用|增加|更换|停用|完成|查"
)
_LACK = regex(
    r"\b(?:no|not|nor|none|nobody|never|only|without|neither|because|since|although|but|instead|due to|allowed|cause|by hand|manually|same|wrong|still|alone|missing|"
    r"unchanged|assumed|forgot\w*|overlooked|lacked|instead of|too)\b|n't\b|\b(?:nie|kein\w*|nicht|ohne|aber|weil|nur)\b|没有|未|只|仍|无|因|不"
)


_LACKED = regex(r"\b(?:not|nobody|no|never|without|nie|niemand|kein\w*|nicht|ohne)\b|没有|未|无")
_AT_HEAD = regex(rf"\W*(?:\d{{1,2}}\.\d{{1,2}}\.? |[ivx]{{1,4}}[.)] )?(?:on |am )?(?:{DATE.pattern})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parting:
    """The part of each sentence, in the order of `letter.sentences`; `titled`: parts of the plan that a heading names."""

    parts: tuple[Part, ...]
    titled: frozenset[Part]


@dataclass(slots=True)
class _Place:
    """A sentence on its way to its part. `titled`: a heading or label gave the part; `heading`: it is only a heading."""

    section: Section
    text: str
    part: Part
    titled: bool
    heading: bool = False
    low: str = field(init=False)

    def __post_init__(self) -> None:
        self.low = self.text.lower()


def parts_of(letter: Letter) -> Parting:
    """Return the part of each sentence of a letter without roles.

    Headings that the reader of letters did not know are looked at again; then parts that are still missing are taken
    from sentences that have their build. A heading, a question and a result belong to no part.
    """
    places = [place for section in letter.sections for place in _labelled(section)]
    if any(p.part in PLAN for p in places):
        for part in (part for part in PLAN if not any(p.part == part for p in places)):
            _look_for(part, places)
    _end(places)
    titled = frozenset(p.part for p in places if p.titled and p.part in PLAN)
    return Parting(tuple(_final(place) for place in places), titled)


def _labelled(section: Section) -> list[_Place]:
    current: Part = OF_KEY.get(section.key, "other")
    told = title_part(section.title) if current == "other" and section.key == "statement" else None
    current = told or current
    titled = current in PLAN and title_part(section.title) == current
    places: list[_Place] = []
    for sentence in section.sentences:
        label = label_part(sentence.text)
        numbered = len(places) > 0 and re.fullmatch(r"[IVX]{1,4}\.", places[-1].text) is not None
        heading = label is None and (
            (numbered and len(sentence.text.split()) <= _FEW_WORDS)
            or is_heading(sentence.text)
            or _stands_over(section, sentence.text)
        )
        new = label or (asked_for(sentence.text) if is_asked(sentence.text) else None)
        new = new or (title_part(sentence.text) or lettered(sentence.text) if heading else None)
        if new and (label or section.key not in ("enclosures", "closing")):
            current, titled = new, new in PLAN
        papers = label is None and names_papers(sentence.text)
        places.append(
            _Place(
                section,
                sentence.text,
                "attached" if papers else current,
                titled,
                heading or _is_bare_label(label, sentence.text),
            )
        )
    return places


def _is_bare_label(label: Part | None, text: str) -> bool:
    return label is not None and len(text.split()) <= _LABEL_WORDS and text[-1:].isdigit()


def _stands_over(section: Section, text: str) -> bool:
    """Whether a few words without figure or stop stand alone in running text, as a heading that nobody marked."""
    bare = 1 < len(text.split()) <= _FEW_WORDS and text[:1].isupper() and text.rstrip()[-1:].isalpha()
    return (
        bare
        and text.isascii()
        and not section.bullets
        and section.key not in ("opening", "closing")
        and not re.search(r"[\d,:]", text)
    )


def is_standing(low: str) -> bool:
    """Return whether a sentence (small letters) states a rule that holds on: since a day, or again and again."""
    since = _SINCE.search(low) or any(
        has_date(low[m.end() : m.end() + 24]) for m in re.finditer(r"\bsince |\bseit ", low)
    )
    dated = DATE.match(low.removeprefix("on ").removeprefix("am ")) is not None
    return bool(since) or (not dated and _OFTEN.search(low) is not None and not _PAST.search(low))


def _is_deed(low: str) -> bool:
    return _DEED.search(low) is not None and (has_date(low) or MONTH_FIRST.match(low) is not None)


def _is_lack(low: str) -> bool:
    return _LACK.search(low) is not None and not DATE.match(low) and not is_standing(low)


def _look_for(part: Part, places: Sequence[_Place]) -> None:
    """Give a part that is missing the sentences that have its build, out of text that no heading calls otherwise."""
    free = [p for p in places if _is_free(p)]
    if part == "measure":
        found = [p for p in free if is_standing(p.low)] or _under_another(places, "done", is_standing)
    elif part == "done":
        found = [p for p in free if _is_deed(p.low) and not is_standing(p.low)]
        found = found or _under_another(places, "measure", _is_dated_deed)
    else:
        found = _before_actions(free)
    chosen = {id(p) for p in found}
    for place in found:
        if place.part not in PLAN or any(p.part == place.part and id(p) not in chosen for p in places):
            place.part = part


def _under_another(places: Sequence[_Place], part: Part, build: Callable[[str], bool]) -> list[_Place]:
    """The sentences of this build that stand under the heading of another part, where theirs was not known."""
    return [p for p in places if p.part == part and p.titled and not p.heading and build(p.low)]


def _is_dated_deed(low: str) -> bool:
    return _is_deed(low) and not is_standing(low) and _AT_HEAD.match(low) is not None


def _is_free(place: _Place) -> bool:
    """Whether no heading says what a sentence is; what a heading calls a part of the plan stays that part."""
    listed = place.section.key in ("enclosures", "documents", "closing") or place.part == "attached"
    return not (listed or place.heading or (place.titled and place.part in PLAN)) and place.part in ("other", *PLAN)


def _before_actions(free: Sequence[_Place]) -> list[_Place]:
    """What was lacking, told before the first action that has a day of its own."""
    first = next((n for n, p in enumerate(free) if _is_action(p) and not _goes_on(free, n)), len(free))
    lacks = [n for n, p in enumerate(free[:first]) if _is_lack(p.low) and p.part != "measure"]
    around = {id(free[n].section) for n in lacks if free[n].part == "done"}  # a paragraph that was taken for actions
    last = lacks[-1] + 1 if lacks else 0
    told = [p for n, p in enumerate(free[:last]) if n in lacks or id(p.section) in around]
    return told or [p for p in free if p.part not in PLAN and _is_lack(p.low)]


def _is_action(place: _Place) -> bool:
    return _is_deed(place.low) and (place.section.bullets or _AT_HEAD.match(place.low) is not None)


def _goes_on(free: Sequence[_Place], at: int) -> bool:
    """Whether what was lacking is told after a dated deed, which then belongs to the story of the cause."""
    after = [p for p in free[at + 1 : at + _STORY] if p.section is free[at].section]
    return not free[at].section.bullets and any(_LACKED.search(p.low) and _is_lack(p.low) for p in after)


def has_build(part: Part, low: str) -> bool:
    """Return whether a sentence (small letters) is built like those of a part of the plan."""
    if part == "done":
        return _is_deed(low) and _AT_HEAD.match(low) is not None
    return is_standing(low) if part == "measure" else _is_lack(low)


_REQUEST = regex(
    r"\b(?:we|i) (?:therefore |hereby |kindly |now )?(?:ask|request|apply)\b|^\W*please (?!find|see)|\bwir bitten\b|\bwir beantragen\b|^\W*请(?!见)|恳请"
)
_SIGNED = regex(
    r"\b(?:ltd|llc|inc|gmbh|ag|ohg|kg|b\.?v|s\.?[lrap]{1,2}\.?[la]?|oy|ab|aps|a/s|s\.n\.c|co|company|limited|director|owner|manager)\b|有限公司",
    re.IGNORECASE,
)


def _end(places: Sequence[_Place]) -> None:
    """Take a request, and a signature as the very last line, out of the last part."""
    for place in places[-_CLOSING_LINES:]:
        if place.part in (*PLAN, "attached") and _REQUEST.search(place.low):
            place.part = "request"
    for place in places[: -_SIGNATURE - 1 : -1]:
        if place.part in PLAN and not _is_signature(place):
            break
        place.part = "other" if place.part in PLAN else place.part


def _is_signature(place: _Place) -> bool:
    few = (
        len(place.text.split()) <= _SIGNED_WORDS
        and not re.search(r"[:：。；，]", place.text)
        and not _PAST.search(place.low)
    )
    return few and bool(_SIGNED.search(place.text) or has_date(place.text)) and not is_standing(place.low)


def _final(place: _Place) -> Part:
    asked = place.text.rstrip().endswith(("?", "？"))  # a question that is answered is no answer
    return "other" if place.heading or asked or (place.part in PLAN and _ASIDE.match(place.text)) else place.part
