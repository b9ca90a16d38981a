"""What the last letter already said of a thing that Amazon calls missing, and which topics it did not name."""

from __future__ import annotations

import re

from amends.interview.wording import DOCUMENTS
from amends.schemas import Letter, Missing, Section
from amends.verify.meaning import words
from amends.vocabulary import RequestedItem, SectionKey

_SECTIONS: dict[RequestedItem, tuple[SectionKey, ...]] = {
    "root_cause": ("root_cause", "statement"),
    "corrective_actions": ("corrective_actions", "statement"),
    "preventive_measures": ("preventive_measures", "statement"),
}
_PAPERS: tuple[SectionKey, ...] = ("documents", "enclosures")
_ALL: tuple[SectionKey, ...] = (
    "root_cause",
    "statement",
    "corrective_actions",
    "preventive_measures",
    "documents",
    "enclosures",
)
_TOPIC = re.compile(
    r"\b(?:of|on|about|for|regarding|led to|caused|resolve|prevent|solve|address|correct)\s+(?:(?:the|your|any|each|future)\s+)*",
    re.IGNORECASE,
)
_PARTS = re.compile(r",\s*(?:and\s+|or\s+)?|\s+(?:and|or|as well as)\s+")
_EMPTY = frozenset(
    "the a an and or of to in on at for by with from that this these those your you our we it its is are was were be been has have had led future again "
    "taken took steps actions action issue issues problem problems detail details greater more root cause causes how what which will did do not any each "
    "day days week weeks month months last past now on from plan account information other products product items selling listing listings seller".split()
)  # fmt: skip


def compared(missing: Missing, letter: Letter | None) -> Missing:
    """Return the missing thing with what the letter that was sent says of it: section, sentences, topics left out."""
    wanted = _wanted(missing.item)
    sections = [s for key in wanted for s in (letter.sections if letter else ()) if s.key == key]
    said = tuple(text for section in sections for text in _on(missing, section))
    held = [s for s in sections if any(t.text in said for t in s.sentences)]
    section = held[0].key if held else next((s.key for s in sections), wanted[0])
    low = " ".join(s.text for s in letter.sentences).lower() if letter else ""
    return missing.with_(
        section=section, said=said, unsaid=tuple(t for t in topics(missing.words) if not _names(t, low))
    )


def topics(text: str) -> tuple[str, ...]:
    """What a request is about: `the root cause of the negative feedback and A-to-z claims` has two topics."""
    pieces = _TOPIC.split(text, maxsplit=0)
    tail = pieces[-1] if len(pieces) > 1 else ""
    parts = (p.strip(" .;:\"“”'") for p in _PARTS.split(tail))
    return tuple(dict.fromkeys(p for p in parts if _content(p) and len(p.split()) <= 8))


def _wanted(item: RequestedItem) -> tuple[SectionKey, ...]:
    return _SECTIONS.get(item) or ((*_PAPERS, "statement") if item in DOCUMENTS else _ALL)


def _on(missing: Missing, section: Section) -> list[str]:
    """The section's sentences on the matter: all of them for a part of the plan, those that share its words otherwise."""
    sentences = [s.text for s in section.sentences if not s.gap]
    if missing.item in _SECTIONS and section.key == _SECTIONS[missing.item][0]:
        return sentences
    marks = DOCUMENTS[missing.item][2] if missing.item in DOCUMENTS else ()
    asked = _content(missing.words)
    shared = min(2, len(asked) or 1)
    return [t for t in sentences if any(m in t.lower() for m in marks) or len(asked & _content(t)) >= shared]


def _names(topic: str, text: str) -> bool:
    """Whether a text speaks of a topic: at least half of its content words stand there, endings aside."""
    there = _content(text)
    asked = _content(topic)
    return 2 * len(asked & there) >= len(asked)


def _content(text: str) -> set[str]:
    return {_stem(w) for w in words(text) if w not in _EMPTY and len(w) > 1 and not w.isdigit()}


def _stem(word: str) -> str:
    for ending in ("ments", "ment", "ings", "ing", "ies", "ed", "es", "s", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
