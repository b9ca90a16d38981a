"""Which part of a letter a heading or a paragraph is: the wordings of `prompts/letter_parts.v1.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from amends.data import load_yaml
from amends.vocabulary import AnswerKind, SectionKey

_FILE = "letter_parts.v1.yaml"
PartKey = SectionKey | Literal["corrective_and_preventive"]

_HASHES = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_BOLD = re.compile(r"^\s*\*\*(.{2,120}?)\*\*[.:：]?\s*(.*)$")
_NUMBER = re.compile(
    r"^\s*(?:\(?(?:\d{1,2}|[ivxIVX]{1,4}|[A-Ea-e])[.):]\)?|[一二三四五六七八九十]{1,3}[、.．]|(?:step|part|section|teil)\s+\d[.:)]?)\s*",
    re.IGNORECASE,
)
_BULLET = re.compile(
    r"^\s*(?:[-*+–—](?=\s)|[•‣·▪●○]|\(?\d{1,2}[.)](?!\d)|\(?[a-z]\)|[一二三四五六七八九十]{1,2}、|[①-⑳]|\d{1,2}、)\s*(?=\S)"
)
_STOP = re.compile(r"[.!?。！？]\s*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its part (None for wordings that we do not know), its title, and where text after it begins in the line.

    `marked`: the line says itself that it is a heading, by `#` or bold type. `rest` is None if nothing follows.
    """

    key: PartKey | None
    title: str
    marked: bool
    rest: int | None = None


@cache
def _patterns(of: str) -> dict[Any, re.Pattern[str]]:
    return {name: re.compile(source) for name, source in load_yaml(_FILE)[of].items()}


def letterhead(name: str, line: str) -> re.Match[str] | None:
    """Return the match of a line with one of the wordings around a letter: subject, greeting, valediction …"""
    return _patterns("letterhead")[name].match(line.strip().strip("*# ").lower())


def bullet(line: str) -> int:
    """Return how many characters of `line` are a list mark, 0 if it is no point of a list."""
    found = _BULLET.match(line)
    return found.end() if found else 0


def key_of(title: str) -> PartKey | None:
    """Return the part that a heading names, None for one that we do not know."""
    low = title.lower().strip(" .:：*_#")
    return next((key for key, pattern in _patterns("headings").items() if pattern.search(low)), None)


def heading(line: str, *, alone: bool) -> Heading | None:
    """Return the heading in `line`, None if it is running text. `alone`: the line before it is blank, or it is the first."""
    hashes, bold = _HASHES.match(line), _BOLD.match(line)
    if hashes:
        return _split(line, hashes[2], line.index(hashes[2]), marked=True)
    if bold and len(bold[1].split()) <= 10:
        rest = bold.start(2) if bold[2].strip() else None
        key = key_of(_NUMBER.sub("", bold[1]))
        return Heading(key, bold[1].strip(" .:："), True, rest) if key or rest is None else None
    number = _NUMBER.match(line)
    point = 0 if number else bullet(line)
    if point and not line.rstrip().endswith((":", "：")):
        return None
    begins = number.end() if number else point or len(line) - len(line.lstrip())
    found = _split(line, line[begins:].rstrip(), begins, marked=False)
    return found if found and found.key and _plausible(found, line, alone=alone, numbered=bool(number)) else None


def _split(line: str, text: str, begins: int, *, marked: bool) -> Heading:
    """Cut "Root cause: the setting …" into title and text; a few words after the colon still belong to the title."""
    text = _NUMBER.sub("", text) if marked else text
    begins = line.index(text, begins) if text else begins
    colon = re.search(r"[:：]\s*", text)
    if colon is None or not text[colon.end() :].strip():
        return Heading(key_of(text), text.strip(" :：*"), marked)
    after = text[colon.end() :]
    if not _STOP.search(after) and len(after.split()) <= 7 and len(after) <= 60:
        return Heading(key_of(text[: colon.start()]) or key_of(text), text.strip(" *"), marked)
    return Heading(key_of(text[: colon.start()]), text[: colon.start()].strip(" *"), marked, begins + colon.end())


def _plausible(found: Heading, line: str, *, alone: bool, numbered: bool) -> bool:
    """Whether an unmarked line with a known wording really is a heading: short, no sentence, and standing apart."""
    words = len(found.title.split()) if found.title.isascii() else max(len(found.title.split()), len(found.title) // 6)
    if found.rest is not None:
        return words <= 5
    if _STOP.search(line):
        return False
    return words <= 8 and (alone or numbered or line.rstrip().endswith((":", "：")) or words <= 4)


def cue_of(text: str) -> SectionKey | None:
    """Return the part that the words of a paragraph speak for, None if they speak for none."""
    low = text.lower()
    counts = {key: len(pattern.findall(low)) for key, pattern in _patterns("cues").items()}
    if counts["closing"] and len(low.split()) <= 60 and not counts["preventive_measures"] > 1:
        return "closing"
    best = max(counts, key=lambda key: counts[key])
    return best if counts[best] else None


def kind_of(text: str, *, has_plan: bool) -> AnswerKind:
    """Return what kind of letter this is by its words. `has_plan`: it has headings of a plan, though none for the cause."""
    low = text.lower()
    patterns = _patterns("sure_kinds") | ({} if has_plan else _patterns("kinds"))
    return next((kind for kind, pattern in patterns.items() if pattern.search(low)), "plan_of_action")
