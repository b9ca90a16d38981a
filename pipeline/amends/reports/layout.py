"""How a delimited file is written: which line is its header, what parts the cells, whether they are quoted."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from amends.reports.headers import folded, known_headers

_HEAD = 1 << 18


@dataclass(frozen=True)
class Layout:
    """How a delimited file is written: its header, the line number of the header, its delimiter and quoting."""

    path: Path
    header: tuple[str, ...]
    header_line: int
    delimiter: str
    quoted: bool


def layout_of(path: Path) -> Layout:
    """The layout of the UTF-8 file at `path`. The header is the line of the first 20 with the most known names."""
    with path.open(encoding="utf-8-sig", errors="replace", newline=None) as file:
        lines = file.read(_HEAD).splitlines()[:20]
    read = [(line, max((_cells(line, d) for d in "\t;,"), key=lambda found: len(found[1]))) for line in lines]
    known = [sum(folded(cell) in known_headers() for cell in cells) for _, (_, cells) in read]
    wide = [sum(bool(c.strip()) for c in cells) > 1 for _, (_, cells) in read]
    filled = [bool(line.strip()) for line in lines]
    at = known.index(max(known)) if any(known) else wide.index(True) if any(wide) else filled.index(True)
    line, (delimiter, cells) = read[at]
    quoted = delimiter != "\t" or line.lstrip().startswith('"')
    return Layout(path, tuple(c.strip() for c in cells), at + 1, delimiter, quoted)


def _cells(line: str, delimiter: str) -> tuple[str, list[str]]:
    quoted = delimiter != "\t" or line.lstrip().startswith('"')
    return delimiter, next(rows_of([line], delimiter, quoted), [])


def rows_of(lines: Iterable[str], delimiter: str, quoted: bool) -> Iterator[list[str]]:
    """The rows of some lines, without the engine: for headers, samples and small lists."""
    return iter(csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE))
