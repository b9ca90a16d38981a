"""Which report a delimited file is, told by its columns and its cells, never by its name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from amends.errors import InputError
from amends.reports.headers import columns_of, folded, holds_data, is_personal, mapped_columns, our_columns, rules, seen
from amends.reports.layout import Layout, rows_of
from amends.reports.report import ReportKind

_ORDER = re.compile(r"[\"'\s]*[A-Z]?\d{2,3}-\d{7}-\d{7}[\"'\s]*")
_SAMPLE_ROWS = 200


@dataclass(frozen=True)
class Recognised:
    """A file's kind, where its columns stand, and which of them are days."""

    kind: ReportKind
    columns: Mapping[str, int]
    days: tuple[str, ...]


def recognise(layout: Layout, file: str, mapping: Mapping[str, str] | None = None) -> Recognised:
    """Return the kind of the file: a documented report by its columns, else a list of orders by its cells.

    Raises:
        InputError: it is neither; the columns seen are named, and how to map them.
    """
    mapped = mapped_columns(layout.header, mapping or {}, file)
    for name, kind in rules()["kinds"].items():
        own = {ours: at for ours, at in mapped.items() if ours in kind["columns"]}
        columns = columns_of(layout.header, kind["columns"]) | own
        if all(any(one in columns for one in need.split("|")) for need in kind["needs"]):
            return Recognised(cast("ReportKind", name), columns, tuple(kind["days"]))
    return _order_list(layout, file, mapped)


def _order_list(layout: Layout, file: str, mapped: Mapping[str, int]) -> Recognised:
    found = rules()["order_lists"]
    columns = columns_of(layout.header, found["columns"])
    columns = {ours: at for ours, at in columns.items() if not is_personal(layout.header[at])} | dict(mapped)
    ids = mapped.get("order_id", _ids_at(layout))
    if ids is None or holds_data(layout.header):
        raise InputError(
            f"{file} is no report that is known, and no column of it holds order ids. {seen(layout.header)}",
            hint=f"Say which column is which, for example order_id=<its header>; to map: {', '.join(our_columns())}.",
        )
    return Recognised(_kind(layout, columns, found), {**columns, "order_id": ids}, ("date",))


def _ids_at(layout: Layout) -> int | None:
    """The column in which four of five filled cells have the form of an order id; the fullest where several have."""
    filled: Counter[int] = Counter()
    like: Counter[int] = Counter()
    with layout.path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(rows_of(_from(file, layout.header_line), layout.delimiter, layout.quoted)):
            if number >= _SAMPLE_ROWS:
                break
            for at, cell in enumerate(row[: len(layout.header)]):
                filled[at] += bool(cell.strip())
                like[at] += bool(_ORDER.fullmatch(cell))
    columns = [at for at, hits in like.most_common() if hits and hits >= 0.8 * filled[at]]
    return columns[0] if columns else None


def _from(file: Any, line: int) -> Any:
    for _ in range(line):
        next(file, None)
    return (text[:100_000] for text in file)


def _kind(layout: Layout, columns: Mapping[str, int], found: Any) -> ReportKind:
    for kind, marks in found["marks"].items():
        if any(mark in columns for mark in marks):
            return cast("ReportKind", kind)
    names = [folded(cell) for cell in layout.header]
    for kind, words in found["words"].items():
        if any(folded(word) in name for word in words for name in names):
            return cast("ReportKind", kind)
    return "order_list"
