"""Sums in tables, brackets and prices: columns and their total, "96 units (61 tins, 35 jars)", "5 refunds of 47.97 USD each"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from amends.evaluate.books import Books
from amends.evaluate.counts import WORDED, number, plain
from amends.evaluate.figures import is_table
from amends.evaluate.view import Fault, Line, at
from amends.regex import regex

_TOTAL = regex(r"(?:grand )?(?:total|sum|in total|altogether|summe|gesamt|insgesamt|合计|总计)s?:?$")
_CELL = re.compile(r"\d{1,3}(?:[,.]\d{3})+|\d{1,6}")
_BRACKET = re.compile(
    r"(?<![\w.,/-])(?P<whole>\d[\d,]*) (?P<noun>[^\W\d][\w-]+)\b(?P<between>[^.;:()\d]{0,60}) ?\((?P<parts>\d[\d,]* [^\W\d][\w ./-]{1,40}(?:(?:, | and | und |; )(?:and |und )?\d[\d,]* [^\W\d][\w ./-]{1,40})+)\)"
)
_CURRENCY = r"(?:usd|eur|gbp|cad|aud|pln|sek|[$€£])"
_EACH = re.compile(
    rf"(?P<unit>\d[\d,]*\.\d\d) ?{_CURRENCY}(?P<each> (?:each|apiece|per \w+|je\w*))?(?P<between>[^.;\d]{{0,24}})(?P<total>\d[\d,]*\.\d\d) ?{_CURRENCY}(?P<told> (?:in total|in all|altogether|together|insgesamt))?"
)
_INTEGER = re.compile(rf"(?<![\w.,:/-])(\d{{1,3}}(?:,\d{{3}})+|\d+|{WORDED})(?![\w]|[.,:/-]\d)")
_SAYS_ALL = re.compile(
    rf"(?:that (?:is|makes|was)|together(?: these are)?|in total|das sind) (?P<n>\d[\d,]*|{WORDED})\b"
)
#: A bracket whose parts make less than this share of the whole only names some of it.
_NEARLY, _CENT = 0.75, 0.011
_LEAST_COLUMNS, _LEAST_ROWS = 1, 2


def tables(books: Books) -> Iterator[Fault]:
    """Yield a fault for each total of a table, a bracket or a price that its parts do not make."""
    for _, lines in groupby(books.view.lines, key=lambda line: (id(line.section), is_table(line.text))):
        rows = list(lines)
        if is_table(rows[0].text):
            yield from _columns(rows)
    for line in books.view.lines:
        if any(map(str.isdigit, line.text)):
            yield from _brackets(line)
            yield from _prices(line)
    yield from _said_all(books)


def _columns(lines: Sequence[Line]) -> Iterator[Fault]:
    """The columns of the last cells of each row, against the row of the total."""
    runs, total = _runs(" ".join(line.text for line in lines).replace("|", " ").split())
    if total is None or len(total) < _LEAST_COLUMNS:
        return
    rows = [run[-len(total) :] for run in runs if len(run) >= len(total)]
    wrong = [n for n, value in enumerate(total) if sum(row[n] for row in rows) != value]
    if len(rows) >= _LEAST_ROWS and wrong and len(wrong) < max(len(total), 2):
        told, said = sum(row[wrong[0]] for row in rows), total[wrong[0]]
        message = f"{' + '.join(str(row[wrong[0]]) for row in rows)} is {told}; the table says {said}."
        yield at(lines[-1], f"{said:,}", message, "Correct the cell or the total.")


def _runs(cells: Sequence[str]) -> tuple[list[list[int]], list[int] | None]:
    """The rows of figures of a table that was run together, and the figures behind the word total."""
    runs: list[list[int]] = [[]]
    total: list[int] | None = None
    for cell in cells:
        if total is None and _TOTAL.match(cell.lower()):
            total = []
        elif _CELL.fullmatch(cell):
            (runs[-1] if total is None else total).append(int(cell.replace(",", "").replace(".", "")))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run], total


def _brackets(line: Line) -> Iterator[Fault]:
    for found in _BRACKET.finditer(plain(line)):
        parts = [number(said) for said in re.findall(r"(?<![\w.,/-])\d[\d,]*(?= )", found["parts"])]
        whole, made = number(found["whole"]), sum(parts)
        if made != whole and made >= _NEARLY * whole and max(parts) < whole:
            message = f"{' + '.join(map(str, parts))} is {made}, not {whole}."
            yield at(line, line.text[found.start() : found.end("noun")], message, "Correct the total or its parts.")


def _prices(line: Line) -> Iterator[Fault]:
    text = plain(line)
    for found in _EACH.finditer(text):
        times = [number(m[1]) for m in _INTEGER.finditer(text[: found.start()])]
        bracketed = found["between"].rstrip().endswith("(")
        if (
            not times
            or not (found["each"] or re.search(r"\bof $", text[: found.start()]))
            or not (bracketed or found["told"])
        ):
            continue
        unit, total = (float(found[name].replace(",", "")) for name in ("unit", "total"))
        if not any(abs(n * unit - total) < _CENT for n in times):
            words = line.text[found.start() : found.end()]
            message = f"{times[-1]} times {unit:.2f} is {times[-1] * unit:.2f}, not {total:.2f}."
            yield at(line, words, message, "Correct the amount, the number or the total.")


def _said_all(books: Books) -> Iterator[Fault]:
    """ "A (6 complaints) and B (3 complaints). That is 9 of 740 …"."""
    for n, own in books.of_line.items():
        found = _SAYS_ALL.match(plain(own[0].line))
        before = [c for c in books.of_line.get(n - 1, ()) if c.noun]
        if (
            found is None
            or len(before) < _LEAST_ROWS
            or len({c.noun for c in before}) > 1
            or before[0].line.section is not own[0].line.section
        ):
            continue
        parts, whole = [c.value for c in before], number(found["n"])
        if sum(parts) != whole and whole not in parts:
            message = f"{' + '.join(map(str, parts))} is {sum(parts)}, not {whole}."
            yield at(
                own[0].line, own[0].line.text[found.start() : found.end()], message, "Correct the total or its parts."
            )
