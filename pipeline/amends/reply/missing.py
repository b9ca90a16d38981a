"""What an answer says is missing: its list lines and requests, each in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from amends.schemas import Enforcement, Missing, Notice, Requested
from amends.vocabulary import RequestedItem

_BULLET = re.compile(r"^\s*(?:[-–—•*·▪◦]{1,2}|\(?\d{1,2}[.)、])\s*(?=\S)")
_DETAIL = re.compile(
    r"\b(?:greater|more|further|additional) details?\b|更详细|更多详情|详细说明|genauere|ausführlicher|nähere angaben|detaillierter",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\b(?:missing|following|include|contain|provide|send|need|add|lack\w*|information)\b|缺少|提供|需要|补充|说明|fehl|benötig|folgende",
    re.IGNORECASE,
)
_NOT_OURS = re.compile(r"\b(?:in error|what happens|funds)\b|irrtüm|误", re.IGNORECASE)
_PLAN: dict[RequestedItem, re.Pattern[str]] = {
    "preventive_measures": re.compile(r"\bprevent\w*|防止|预防|verhinder|vermeid|vorbeug", re.IGNORECASE),
    "root_cause": re.compile(r"\b(?:root )?causes?\b|原因|ursache", re.IGNORECASE),
    "corrective_actions": re.compile(r"\b(?:actions?|steps) (?:that )?(?:you (?:have )?)?(?:took|taken)\b|\bcorrective\b|采取的措施|ergriffen", re.IGNORECASE),
}  # fmt: skip
_LONG_LINE, _LONGEST = 55, 240


class Line(NamedTuple):
    """A line of a list: its words without the bullet, and where it stands in the text."""

    words: str
    start: int
    end: int


def missing_things(notice: Notice, enforcement: Enforcement) -> tuple[Missing, ...]:
    """Each thing that the answer asks for, in its order and words; empty when it names nothing in particular.

    A bare wish for "a plan of action" names nothing. What is asked only of a seller who disputes is left out.
    """
    return tuple(thing for thing, _, _ in _things(notice, enforcement))


def missing_span(notice: Notice, enforcement: Enforcement) -> tuple[int, int] | None:
    """Where in the text the missing things stand: from the start of the first to the end of the last."""
    found = _things(notice, enforcement)
    return (min(s for _, s, _ in found), max(e for _, _, e in found)) if found else None


def _things(notice: Notice, enforcement: Enforcement) -> list[tuple[Missing, int, int]]:
    text = notice.text[: notice.earlier_from]
    requests = [r for r in enforcement.requests if not r.dispute_only]
    found: list[tuple[Missing, int, int]] = []
    for block, before in _blocks(text):
        inside = [r for line in block for r in requests if _holds(line, r)]
        asks = inside or any(_DETAIL.search(line.words) for line in block) or _OPENS.search(before)
        disputed = not inside and any(_holds(line, r) for line in block for r in enforcement.requests if r.dispute_only)
        if asks and not disputed and not _NOT_OURS.search(before):
            found += [(_missing(line.words, _item(line, requests)), line.start, line.end) for line in block]
    covered = [(s, e) for _, s, e in found]
    named = {m.item for m, _, _ in found}
    for request in _particular(requests):
        at = request.evidence.start
        if request.item not in named and not any(s <= at < e for s, e in covered):
            start, end = _sentence(text, at, request.evidence.end)
            found.append((_missing(text[start:end], request.item), start, end))
    return sorted(found, key=lambda f: f[1])


def _missing(words: str, item: RequestedItem) -> Missing:
    said = " ".join(words.split())
    return Missing(
        words=said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…",
        item=item,
        detail=bool(_DETAIL.search(said)),
    )


def _item(line: Line, requests: Sequence[Requested]) -> RequestedItem:
    """What a line asks for: as extracted from it, else by the plain words for the parts of a plan."""
    for request in requests:
        if _holds(line, request):
            return request.item
    return next((item for item, words in _PLAN.items() if words.search(line.words)), "other")


def _holds(line: Line, request: Requested) -> bool:
    return line.start <= request.evidence.start < line.end


def _particular(requests: Sequence[Requested]) -> Iterator[Requested]:
    """The requests that name a thing: of several read out of the same words ("a plan of action"), none does."""
    places = [(r.evidence.start, r.evidence.end) for r in requests]
    yield from (r for r, place in zip(requests, places, strict=True) if places.count(place) == 1)


def _blocks(text: str) -> Iterator[tuple[list[Line], str]]:
    """Runs of list lines, each with the last line of prose before it."""
    block: list[Line] = []
    before = last_prose = ""
    at, blank = 0, False
    for raw in text.splitlines(keepends=True):
        start, end, line = at, at + len(raw.rstrip()), raw.strip()
        at += len(raw)
        bullet = _BULLET.match(raw)
        if bullet:
            before = before if block else last_prose
            block.append(Line(raw[bullet.end() :].strip(), start + bullet.end(), end))
        elif line and block and not blank and _goes_on(block[-1], line):
            block[-1] = Line(f"{block[-1].words} {line}", block[-1].start, end)
        elif line:
            if block:
                yield block, before
            block, last_prose = [], line
        blank = not line
    if block:
        yield block, before


def _goes_on(line: Line, following: str) -> bool:
    return line.words[-1:] not in ".!?:;。！？" and (following[0].islower() or len(line.words) >= _LONG_LINE)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around `start:end`, cut at stops and line breaks."""
    left = max((m.end() for m in re.finditer(r"[.!?。！？]\s+|\n", text[:start])), default=0)
    right = re.compile(r"[.!?](?=\s|$)|[。！？]|\n").search(text, end)
    return left, right.start() if right else len(text)
