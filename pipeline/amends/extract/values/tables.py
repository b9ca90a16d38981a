"""Tables in text: rows of cells parted by bars or tabs, under a head that names the columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from amends.regex import regex

_ROW = regex(r"^[^\n]*?(?:\||\t)[^\n]*$", flags=8)  # re.MULTILINE
_BAR = regex(r"[|\t]")
_LONG_NUMBER = regex(r"\d{5}|B0[A-Z0-9]{8}")
#: So many lines without cells end a table.
_GAP = 160


@dataclass(frozen=True)
class Cell:
    """A cell of a row: its words, where they stand, and the name of its column."""

    head: str
    text: str
    start: int


def cells(text: str) -> Iterator[Cell]:
    """Yield every cell that stands below a named column, in order. A row that lacks its first cells is read from its end."""
    head: list[str] = []
    last = -_GAP
    for row in _ROW.finditer(text):
        parts = list(_parts(row[0], row.start()))
        if row.start() - last > _GAP:
            head = []
        last = row.end()
        if len(parts) < 2:
            continue
        if not _LONG_NUMBER.search(row[0]) and len(row[0]) < 200 and not head:
            head = [words for words, _ in parts]
            continue
        missing = max(0, len(head) - len(parts))
        for (words, start), name in zip(parts, head[missing:], strict=False):
            if words:
                yield Cell(name, words, start)


def _parts(row: str, at: int) -> Iterator[tuple[str, int]]:
    """(words, offset) of each cell; outer bars make no cells."""
    begin = len(row) - len(row.lstrip(" \t>|"))
    end = len(row.rstrip(" |\t"))
    while begin <= end:
        bar = _BAR.search(row, begin, end)
        stop = bar.start() if bar else end
        words = row[begin:stop]
        yield words.strip(), at + begin + len(words) - len(words.lstrip())
        begin = stop + 1
        if bar is None:
            return
