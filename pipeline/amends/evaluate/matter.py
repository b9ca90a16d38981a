"""Whether a sentence keeps to the matter of its letter: how many of its content words the rest of the letter shares."""

from __future__ import annotations

import re
from functools import cached_property

from amends.evaluate.headings import is_heading
from amends.evaluate.roots import process_words
from amends.evaluate.rubric import pattern, rubric
from amends.evaluate.view import Line, View
from amends.regex import regex

_WORD = re.compile(r"[a-z]{4,}")
_STEM = 6
_ASKS = regex(r"^\W*(?:below|here)\b|\b(?:please|ask|request|attached|enclosed|following|file|annex)\b")
_FIGURE = re.compile(r"\d")
_LACKED = regex(r"\b(?:had|has|have|was|were) (?:no|not|never)\b|\b(?:nobody|no one)\b")
_BACK = regex(r"(?:they|it|this|these|those|he|she|both|the same|which)\b")
_TOLD = regex(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|both) (?:\w+ ){0,2}\w+s\b|\bon (?:that|the same) (?:day|evening)\b|\bsame day\b|\bwithin \w+ (?:working )?(?:days?|hours?)\b|"
    r"\b(?:blocks?|refus\w+|rejects?|stops?)\b"
)
_LEAST_WORDS, _LEAD_WORDS = 5, 8
#: Below this share of shared content words a sentence stands apart from its letter; below this many it says too little to tell.
_SHARE, _LEAST_CONTENT = 0.34, 4
_GENERAL = frozenset(
    "amazon buyer customer seller account shop store business company team product products policy time people year never ever every always most more such well good best life thing with that "
    "this from have been were which their they them will would could should there these those what when where while upon into than then your ours about only also very each other after before "
    "because some does doing done just like make made many much must even here".split()
)


def content(low: str) -> frozenset[str]:
    """Return the stems of the content words of a text in small letters; words of the trade in general are none."""
    return frozenset(w[:_STEM] for w in _WORD.findall(low) if w not in _GENERAL and w.removesuffix("s") not in _GENERAL)


class Matter:
    """The content words of a letter, counted by sentences."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._subject = content(view.letter.subject.lower())

    @cached_property
    def _counted(self) -> dict[str, int]:
        counted: dict[str, int] = {}
        for line in self._view.lines:
            for word in content(line.low):
                counted[word] = counted.get(word, 0) + 1
        return counted

    def stands_apart(self, line: Line) -> bool:
        """Whether a sentence has no figure, hardly a word in common with the rest, and at most one word of a process."""
        if not _is_talk(line):
            return False
        own = content(line.low)
        hits = _evidence(line.low)
        least = _LEAST_CONTENT if hits or _BACK.match(line.low) else _LEAST_CONTENT - 1
        if len(hits) > 1 or len(own) < least or (hits and line.part == "root" and _LACKED.search(line.low)):
            return False
        shared = sum(1 for word in own if self._counted[word] > 1 or word in self._subject)
        return shared < _SHARE * len(own)


def _is_talk(line: Line) -> bool:
    text = line.text
    lead = text.rstrip().endswith(":") and len(text.split()) <= _LEAD_WORDS
    if (
        lead
        or line.part in ("attached", "request")
        or line.sentence.gap
        or len(text.split()) < _LEAST_WORDS
        or is_heading(text)
    ):
        return False
    return not (
        text.rstrip().endswith("?") or '"' in text or " | " in text or _FIGURE.search(text) or _ASKS.search(line.low)
    )


def _evidence(low: str) -> frozenset[str]:
    """The words of a sentence that name a step, a role, a tool or a thing that can be looked at."""
    slots = rubric().item("measure_slots").settings["slots"]
    sources = [
        *(slots[name] for name in ("owner", "tool", "frequency")),
        rubric().item("every_sentence_checkable").settings["concrete"],
    ]
    counted = {found.group() for found in _TOLD.finditer(low)}
    return (
        process_words(low) | counted | {found.group() for source in sources for found in pattern(source).finditer(low)}
    )
