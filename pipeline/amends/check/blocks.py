"""A letter's lines as blocks under their headings, its head and its signature taken off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from amends.check.parts import Heading, PartKey, bullet, heading, letterhead

_PLAN: tuple[PartKey, ...] = ("root_cause", "corrective_actions", "preventive_measures")
_LINE = re.compile(r"[^\n]+|(?<=\n)(?=\n)")
_RULE = re.compile(r"\s*(?:[-*_=~]\s?){3,}\s*$")
_NOT_THE_LETTER = re.compile(
    r"^(?:-- ?$|---\s*\n+# verdict: |--- .{0,60}not part of the letter)", re.MULTILINE | re.IGNORECASE
)
_WRAPPED_FROM = 50
_SIGNATURE_LINES = 7
_ENDS = re.compile(r"[.!?。！？:：,，;；]\s*$")
_STOP = re.compile(r"[.!?。！？:：]\s*$")
_FIRM_END = re.compile(r"\b(?:Ltd|Inc|Co|Corp|LLC|S\.L|S\.A)\.\s*$")


@dataclass(slots=True)
class Unit:
    """Lines that run on together: a point of a list, or a piece of a paragraph."""

    ranges: list[tuple[int, int]]
    point: bool
    paragraph: int


@dataclass(slots=True)
class Block:
    """What stands under one heading; `key` is "opening" for what stands before the first."""

    key: PartKey | None
    title: str = ""
    units: list[Unit] = field(default_factory=list)


@dataclass(slots=True)
class Head:
    """Subject and addressee as written above the letter, empty where there is none."""

    subject: str = ""
    addressee: str = ""


def lines_of(text: str) -> list[tuple[str, int]]:
    """Return the lines with their offsets, up to what is marked as no part of the letter; drawn lines count as blank."""
    end = _NOT_THE_LETTER.search(text)
    found = [(m[0], m.start()) for m in _LINE.finditer(text[: end.start()] if end else text)]
    return [("" if _RULE.match(line) else line, start) for line, start in found]


def head_of(lines: Sequence[tuple[str, int]]) -> tuple[Head, int]:
    """Read subject, addressee, greeting; return them and the number of the first line of the letter itself."""
    head = Head()
    for number, (line, _) in enumerate(lines):
        words = line.strip().strip("*# ")
        if not words or letterhead("skipped", line) or letterhead("greeting", line):
            continue
        if found := letterhead("subject", line):
            head.subject = words[found.end() :].strip() or head.subject
        elif found := letterhead("addressee", line):
            head.addressee = words[found.end() :].strip()
        elif not head.subject and _is_title(line):
            head.subject = words
        else:
            return head, number
    return head, len(lines)


def _is_title(line: str) -> bool:
    found = heading(line, alone=True)
    unknown = found is not None and found.marked and found.key is None and found.rest is None
    return unknown or (letterhead("title", line) is not None and not re.search(r"[.!?。]\s*$", line))


def signature_of(lines: Sequence[tuple[str, int]], first: int) -> tuple[int, tuple[str, ...]]:
    """Return the number of the line where the letter itself ends, and the lines of its signature.

    A part that comes behind the signature, such as a list of enclosures, makes the signature text of the letter's middle:
    then nothing is cut off but the valediction stays a line of its own.
    """
    filled = [n for n in range(first, len(lines)) if lines[n][0].strip()]
    for n in filled[-12:]:
        after = [lines[m][0] for m in filled if m > n]
        if letterhead("valediction", lines[n][0]) and not any((h := heading(a, alone=True)) and h.key for a in after):
            return n, tuple(a.strip() for a in after if not letterhead("valediction", a))
    tail: list[int] = []
    for n in reversed(filled):
        if not _signs(lines[n][0]) or (tail and n != tail[-1] - 1):
            break
        tail.append(n)
    if not tail or len(tail) > _SIGNATURE_LINES or len(filled) - len(tail) < 3:
        return len(lines), ()
    top, before = tail[-1], filled[len(filled) - len(tail) - 1]
    if top == before + 1 or heading(lines[before][0], alone=True):
        return len(lines), ()
    return top, tuple(lines[n][0].strip() for n in reversed(tail))


def _signs(line: str) -> bool:
    known = heading(line, alone=True)
    ends = _ENDS.search(line) is not None and not _FIRM_END.search(line)
    return not (ends or bullet(line) or (known and known.key)) and len(line) <= 60 and len(line.split()) <= 7


def blocks_of(lines: Sequence[tuple[str, int]]) -> list[Block]:
    """Return the lines of the letter itself as blocks, each with its units in order."""
    blocks, paragraph, blank = [Block("opening")], 0, True
    before = ""
    for line, start in lines:
        if not line.strip():
            paragraph, blank = paragraph + 1, True
            continue
        found = heading(line, alone=blank)
        if found:
            blocks.append(Block(_key_after(found, blocks[-1]), found.title))
            paragraph += 1
        if found is None or found.rest is not None:
            begins = found.rest if found and found.rest is not None else 0
            runs_on = found is None and not blank and _wraps(before, line) and not _is_entry(blocks[-1], line)
            _add(blocks[-1], line, start, begins, paragraph, runs_on=runs_on)
        blank, before = False, "" if found else line
    return [b for b in blocks if b.units or b.title]


def _key_after(found: Heading, before: Block) -> PartKey:
    """A heading that we do not know stands within the part before it, if that is one of the plan's."""
    return found.key or (before.key if before.key in _PLAN and before.key else "statement")


def _add(block: Block, line: str, start: int, begins: int, paragraph: int, *, runs_on: bool) -> None:
    mark = bullet(line[begins:])
    place = (start + begins + mark, start + len(line.rstrip()))
    if runs_on and not mark and block.units:
        block.units[-1].ranges.append(place)
    else:
        block.units.append(Unit([place], bool(mark), paragraph))


def _is_entry(block: Block, line: str) -> bool:
    """Whether a line of a list of papers begins a new one: such lists often stand without marks."""
    return block.key in ("enclosures", "documents") and not line.strip()[:1].islower()


def _wraps(before: str, line: str) -> bool:
    """Whether `line` goes on with the line before it: that one was full, or stopped in the middle of a sentence."""
    if not before.strip():
        return False
    unfinished = not _STOP.search(before)
    if not unfinished and _STOP.search(line) and not bullet(before):
        return False  # text that was wrapped seldom ends two lines running with a sentence
    return (
        len(before) >= _WRAPPED_FROM
        or line.strip()[:1].islower()
        or before.rstrip().endswith(",")
        or (bool(bullet(before)) and unfinished and line[:2].isspace())
    )
