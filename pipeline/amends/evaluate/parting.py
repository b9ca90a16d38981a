"""Which part of a plan each sentence of somebody else's letter is: by headings, by labels in the line, else by its build.

Headings have endless wordings. What stands under them has few builds: a standing rule ("since 6 November the lead reads …",
"every Friday …") is prevention, a dated deed is an action taken, and what was lacking before is the cause. So a part that no
heading names is looked for in the sentences themselves, and is only called missing if no sentence has its build.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from amends.evaluate.figures import DATE, MONTH_FIRST, has_date
from amends.regex import regex
from amends.schemas import Letter, Section
from amends.vocabulary import SectionKey

Part = Literal["root", "done", "measure", "attached", "request", "other"]
OF_KEY: dict[SectionKey, Part] = {
    "root_cause": "root",
    "corrective_actions": "done",
    "preventive_measures": "measure",
    "enclosures": "attached",
    "closing": "request",
}
PLAN: tuple[Part, ...] = ("root", "done", "measure")
_ASIDE = regex(
    r"(?:(?:first |interim )?results?\b|effect so far|the supplier's|ergebnis|结果)|since [^:]{4,24}: \d"
    r"|from \d[^.;]{0,30} to \d[^.;]*\bwere\b",
    re.IGNORECASE,
)
_LABEL = regex(
    r"^\W*(?:[ivx]{1,4}[.)] ?|\d{1,2}[.)] ?)?(?P<name>(?:root )?causes?|reasons?|findings?|actions?(?: taken)?|done|correct\w*|corrections?|controls?|measures?|prevention|"
    r"safeguards?|ursachen?|maßnahmen?|kontrollen?|vorbeugung)(?: (?:\d{1,2}|[a-e]))?\s*(?:[:.]|–|-(?= ))",
    re.IGNORECASE,
)
_OF_LABEL: tuple[tuple[str, Part], ...] = (
    ("caus|reason|finding|ursach", "root"),
    ("action|done|correct|maßnahm", "done"),
    ("control|measure|prevent|safeguard|kontroll|vorbeug", "measure"),
)
_QUESTION_HEAD = regex(r"(?:what|why|how|where|was|wie|warum|wodurch|welche)\b", re.IGNORECASE)
#: "Q3: What …?" over its answer, and "B. Done" or "IV. Rules" over a part: the mark tells a heading, whatever its words.
_ASKED = regex(r"^\W*(?:(?:q|question|frage|问)\s?\d{0,2}[.:)]? ?|\d{1,2}[.)] ?)?(?:what|which|why|how|who|where|when|is|are|was|wie|warum|welche|wodurch|为什么|如何|什么)", re.IGNORECASE)
_ASKS_WHY = regex(r"\b(?:why|caused?|root cause|how could|what led|warum|ursache)\b|为什么|原因")
_LETTERED = regex(r"^(?:[A-H]|[IVX]{1,4})[.)](?: \D{2,60}[^\W\d])?\.?$")
_PAPERS = regex(
    r"^\W*(?:supporting |enclosed |attached )?(?:files?|documents?|evidence|proofs?|attachments?|enclosures?|enclosed|attached|annex(?:es)?|anlagen?|nachweise?|附件)\s*[:：]",
    re.IGNORECASE,
)
_HEAD_WORDS, _CLOSING_LINES = 8, 4
_TITLE: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (
        "measure",
        regex(
            r"prevent|\bnow\b|from (?:here|now|this day) on|in (?:force|place|future)|\bcontrols?\b|safeguard|operate|appl(?:y|ies)\b|routine|"
            r"(?:has|have) (?:been )?(?:changed|added)|keeps?\b|stays?\b|\bnew (?:process|rule|check)|\bnun\b|jetzt|künftig|gilt|in kraft|dauerhaft|laufend|预防|今后|生效"
        ),
    ),
    (
        "done",
        regex(
            r"\b(?:did|done|taken|completed|corrected|corrections?|corrective|actions?|remed\w+|fixed|repaired|cleared|put right|carried out|steps)\b|"
            r"getan|erledigt|unternommen|korrigiert|umgesetzt|已采取|整改|纠正|已完成"
        ),
    ),
    (
        "root",
        regex(
            r"caus(?:e|es|ed)\b|\bwhy\b|reason|origin|happened|went wrong|c[ao]me (?:from|about|to)|findings?\b|\bgaps?\b|analysis|possible|led to|behind|"
            r"ursach|geschehen|passiert|warum|grund|wie es|原因|问题"
        ),
    ),
    ("other", regex(r"^\W*(?:\w+ )?results?\b|effect|ergebnis|结果")),
    ("attached", regex(r"\b(?:enclos|attach|annex|files\b|evidence|documents|anlagen|附件)")),
)
_SINCE = regex(
    r"\bsince (?:then|that day|this day)\b|\b(?:seit (?:dem|diesem)|ab dem)\b|自.{0,12}起|\bas of\b|\bin force\b"
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


_AT_HEAD = regex(rf"(?:on |am )?(?:{DATE.pattern})", re.IGNORECASE)


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
    places = []
    for sentence in section.sentences:
        label = _label_part(sentence.text)
        heading = label is None and (is_heading(sentence.text) or _stands_over(section, sentence.text))
        new = label or (_asked_for(sentence.text) if _is_asked(sentence.text) else None)
        new = new or (title_part(sentence.text) or _unknown(sentence.text) if heading else None)
        if new and section.key not in ("enclosures", "closing"):
            current, titled = new, new in PLAN
        papers = label is None and _PAPERS.match(sentence.text) is not None
        places.append(_Place(section, sentence.text, "attached" if papers else current, titled, heading))
    return places


def _is_asked(text: str) -> bool:
    return text.rstrip().endswith(("?", "？")) and _ASKED.match(text) is not None


def _asked_for(question: str) -> Part:
    """The part that the answer to a question belongs to."""
    return "root" if _ASKS_WHY.search(question.lower()) else title_part(question) or "other"


def _unknown(text: str) -> Part | None:
    """A lettered heading ends the part before it, though its words tell no part; a mere number of one does not."""
    return "other" if _LETTERED.match(text) and " " in text.strip() else None


def _stands_over(section: Section, text: str) -> bool:
    """Whether a few words without figure or stop stand alone in running text, as a heading that nobody marked."""
    bare = 1 < len(text.split()) <= _HEAD_WORDS - 2 and text[:1].isupper() and text.rstrip()[-1:].isalpha()
    return bare and text.isascii() and not section.bullets and section.key not in ("opening", "closing") and not re.search(r"[\d,]", text)


def _label_part(text: str) -> Part | None:
    found = _LABEL.match(text)
    if found is None:
        return None
    name = found["name"].lower()
    return next((part for stems, part in _OF_LABEL if re.search(stems, name)), None)


def is_label(text: str) -> bool:
    """Return whether a sentence begins with the name of its part, such as "Control 2: since 9 November …"."""
    return _label_part(text) is not None


def is_heading(text: str) -> bool:
    """Return whether a sentence is only a heading: a few words with a question word in front, or without stop or figure."""
    bare = text.strip().rstrip(".:：")
    words = bare.split()
    if _LETTERED.match(text.strip()) and len(words) <= _HEAD_WORDS:
        return True
    if not words or len(words) > _HEAD_WORDS or "," in bare or text.rstrip().endswith("?") or DATE.search(bare):
        return False
    if _QUESTION_HEAD.match(bare):
        return True
    return not text.rstrip().endswith((".", "。", "；", ";")) and not re.search(r"\d", bare) and bool(title_part(bare))


def title_part(title: str) -> Part | None:
    """Return the part that the words of a heading speak for, None if they speak for none."""
    low = title.lower()
    return next((part for part, words in _TITLE if words.search(low)), None) if low else None


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
        found = [p for p in free if is_standing(p.low)]
    elif part == "done":
        found = [p for p in free if _is_deed(p.low) and not is_standing(p.low)]
    else:
        found = _before_actions(free)
    chosen = {id(p) for p in found}
    for place in found:
        if place.part not in PLAN or any(p.part == place.part and id(p) not in chosen for p in places):
            place.part = part


def _is_free(place: _Place) -> bool:
    """Whether no heading says what a sentence is; what a heading calls a part of the plan stays that part."""
    listed = place.section.key in ("enclosures", "documents", "closing")
    return not (listed or place.heading or (place.titled and place.part in PLAN)) and place.part in ("other", *PLAN)


def _before_actions(free: Sequence[_Place]) -> list[_Place]:
    """What was lacking, told before the first action that has a day of its own."""
    first = next(
        (n for n, p in enumerate(free) if _is_deed(p.low) and (_AT_HEAD.match(p.low) or p.section.bullets)), len(free)
    )
    lacks = [p for p in free[:first] if _is_lack(p.low)]
    around = {id(p.section) for p in lacks if p.part in PLAN}  # their paragraph was taken for another part as a whole
    told = [p for p in free[:first] if p in lacks or id(p.section) in around]
    return told or [p for p in free if p.part not in PLAN and _is_lack(p.low)]


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
        if place.part in PLAN and _REQUEST.search(place.low):
            place.part = "request"
    if places and places[-1].part in PLAN and _is_signature(places[-1]):
        places[-1].part = "other"


def _is_signature(place: _Place) -> bool:
    few = len(place.text.split()) <= _HEAD_WORDS and not _PAST.search(place.low)
    return few and bool(_SIGNED.search(place.text) or has_date(place.text)) and not is_standing(place.low)


def _final(place: _Place) -> Part:
    asked = place.text.rstrip().endswith(("?", "？"))  # a question that is answered is no answer
    return "other" if place.heading or asked or (place.part in PLAN and _ASIDE.match(place.text)) else place.part
