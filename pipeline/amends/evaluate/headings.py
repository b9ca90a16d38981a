"""Headings, labels and questions inside the text of somebody else's letter, and the part of a plan that each names."""

from __future__ import annotations

import re
from typing import Literal

from amends.evaluate.figures import DATE
from amends.regex import regex

Part = Literal["root", "done", "measure", "attached", "request", "other"]
PLAN: tuple[Part, ...] = ("root", "done", "measure")
_LABEL = regex(
    r"^\W*(?:[ivx]{1,4}[.)] ?|\d{1,2}[.)] ?)?(?P<name>(?:root )?causes?|reasons?|findings?|actions?(?: taken)?|done|correct\w*|corrections?|controls?|measures?|prevention|"
    r"safeguards?|ursachen?|maßnahmen?|kontrollen?|vorbeugung)(?: (?:\d{1,2}|[a-e]))?\s*(?:[:.]|–|-(?= )|(?<=\d)$)",
    re.IGNORECASE,
)
_OF_LABEL: tuple[tuple[str, Part], ...] = (
    ("caus|reason|finding|ursach", "root"),
    ("action|done|correct|maßnahm", "done"),
    ("control|measure|prevent|safeguard|kontroll|vorbeug", "measure"),
)
_QUESTION_HEAD = regex(r"(?:what|why|how|where|was|wie|warum|wodurch|welche)\b", re.IGNORECASE)
#: "Q3: What …?" over its answer, and "B. Done" or "IV. Rules" over a part: the mark tells a heading, whatever its words.
_ASKED = regex(
    r"^\W*(?:(?:q|question|frage|问)\s?\d{0,2}[.:)]? ?|\d{1,2}[.)] ?)?(?:what|which|why|how|who|where|when|is|are|was|wie|warum|welche|wodurch|为什么|如何|什么)",
    re.IGNORECASE,
)
_ASKS_WHY = regex(r"\b(?:why|caused?|root cause|how could|what led|warum|ursache)\b|为什么|原因")
_LETTERED = regex(r"^(?:[A-H]|[IVX]{1,4})[.)](?: \D{2,60}[^\W\d])?\.?$|^\d{1,2}[.)]? [A-ZÄÖÜ][^\d.;:,]{2,40}$")
_CHINESE = regex(r"^[\u4e00-\u9fff]{2,8}$")
#: The mark of a point that stands in the text: "2.1 ", "(iv) ", "b) ", "（二）".
POINT_MARK = r"(?:\(?\d{1,2}\.\d{1,2}[.)]?|\(?[ivx]{1,4}[.)]|\(?[a-h]\)|[（(][一二三四五六七八九十]{1,2}[)）]) ?(?=\S)"
_PAPERS = regex(
    r"^\W*(?:supporting |enclosed |attached )?(?:files?|documents?|evidence|proofs?|attachments?|enclosures?|enclosed|attached|annex(?:es)?|anlagen?|nachweise?|附件)\s*[:：]",
    re.IGNORECASE,
)
_HEAD_WORDS = 8
_TITLE: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (
        "measure",
        regex(
            r"prevent|\bnow\b|from (?:here|now|this day) on|in (?:force|place|future)|\bcontrols?\b|safeguard|operate|appl(?:y|ies)\b|routine|"
            r"(?:has|have) (?:been )?(?:changed|added)|keeps?\b|stays?\b|\bnew (?:process|rule|check)|\bnun\b|jetzt|künftig|gilt|\brunning\b|standing|\brules\b|regeln|in kraft|dauerhaft|laufend|verhinder|vermeid|vorbeug|wiederhol|制度|机制|长效|预防|今后|生效"
        ),
    ),
    (
        "done",
        regex(
            r"\b(?:did|done|taken|completed|corrected|corrections?|corrective|actions?|remed\w+|fixed|repaired|cleared|put right|carried out|steps)\b|"
            r"getan|umgesetzt|carried out|erledigt|unternommen|korrigiert|umgesetzt|已采取|处理|处置|整改|纠正|已完成"
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
    ("attached", regex(r"\b(?:enclos|attach|annex|files\b|evidence|documents|anlagen|annexes)|附件|材料")),
)


def label_part(text: str) -> Part | None:
    """Return the part that the first words of a sentence name, such as "Cause: …"."""
    found = _LABEL.match(text)
    if found is None:
        return None
    name = found["name"].lower()
    return next((part for stems, part in _OF_LABEL if re.search(stems, name)), None)


def is_label(text: str) -> bool:
    """Return whether a sentence begins with the name of its part, such as "Control 2: since 9 November …"."""
    return label_part(text) is not None


def is_heading(text: str) -> bool:
    """Return whether a sentence is only a heading: a few words with a question word in front, or without stop or figure."""
    bare = text.strip().rstrip(".:：")
    words = bare.split()
    if _CHINESE.match(bare) or (_LETTERED.match(text.strip()) and len(words) <= _HEAD_WORDS):
        return True
    if re.match(r"\w+(?: \w+)?: \S", bare):
        return False
    if not words or len(words) > _HEAD_WORDS or "," in bare or text.rstrip().endswith("?") or DATE.search(bare):
        return False
    if _QUESTION_HEAD.match(bare):
        return True
    return not text.rstrip().endswith((".", "。", "；", ";")) and not re.search(r"\d", bare) and bool(title_part(bare))


def title_part(title: str) -> Part | None:
    """Return the part that the words of a heading speak for, None if they speak for none."""
    low = title.lower()
    return next((part for part, words in _TITLE if words.search(low)), None) if low else None


def names_papers(text: str) -> bool:
    """Return whether a sentence begins a list of papers: "Supporting files: …"."""
    return _PAPERS.match(text) is not None


def is_asked(text: str) -> bool:
    """Return whether a sentence is a question of a form, over its answer."""
    return text.rstrip().endswith(("?", "？")) and _ASKED.match(text) is not None


def asked_for(question: str) -> Part:
    """Return the part that the answer to a question belongs to."""
    return "root" if _ASKS_WHY.search(question.lower()) else title_part(question) or "other"


def lettered(text: str) -> Part | None:
    """Return "other" for a lettered heading, which ends the part before it though its words tell none; a bare "IV." ends nothing."""
    return "other" if _CHINESE.match(text) or (_LETTERED.match(text) and " " in text.strip()) else None
