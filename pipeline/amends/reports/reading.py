"""From a file to a report: the text in UTF-8, then JSON, XML or a table, then the reader of its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from amends.errors import InputError
from amends.reports import claims, feedback, listings, orders, returns
from amends.reports.encoding import as_utf8
from amends.reports.headers import rules
from amends.reports.json_tree import parse_json
from amends.reports.kinds import recognise
from amends.reports.layout import layout_of
from amends.reports.order_sums import summed
from amends.reports.performance import is_performance, performance
from amends.reports.performance_xml import parse_xml, performance_xml, rows_of_returns
from amends.reports.report import Report, ReportKind, Told, Wanted
from amends.reports.table import Table, opened

if TYPE_CHECKING:
    from lxml.etree import _Element

#: JSON and XML are read whole; the real ones have some kilobytes.
MOST_TREE_BYTES = 50_000_000
_READERS: dict[str, Callable[[Table, Wanted], Told]] = {
    "all_orders": orders.all_orders,
    "unshipped": orders.unshipped,
    "feedback": feedback.feedback,
    "seller_fulfilled_returns": returns.seller_fulfilled_returns,
    "fba_returns": returns.fba_returns,
    "listings": listings.listings,
    "fba_stock": listings.fba_stock,
}


def read(path: Path, folder: Path, columns: Mapping[str, str] | None, wanted: Wanted) -> Report:
    """The report at `path`, its facts without ids; `folder` takes what is written on the way.

    Raises:
        InputError: unreadable, broken, of no known kind, or wrongly mapped.
        SetupError: the engine for tables is not installed.
    """
    text, encoding = as_utf8(path, folder)
    with text.open(encoding="utf-8-sig", errors="replace") as file:
        start = file.read(4096).lstrip()[:1]
    if start not in ("{", "[", "<"):
        return _table(text, path.name, encoding, folder, columns, wanted)
    if text.stat().st_size > MOST_TREE_BYTES:
        raise InputError(
            f"{path.name} is larger than {MOST_TREE_BYTES:,} bytes of JSON or XML.", hint="Ask for the text report."
        )
    if start != "<":
        return _json(text.read_text(encoding="utf-8-sig"), path.name, encoding)
    root = parse_xml(_without_declaration(text.read_bytes()), path.name)
    if any(True for _ in root.iter("{*}item_details")):
        return _returns(root, path, folder, encoding, wanted)
    return _report("performance", path.name, encoding, 0, performance_xml(root, path.name))


def _json(text: str, file: str, encoding: str) -> Report:
    tree = parse_json(text, file)
    if is_performance(tree):
        return _report("performance", file, encoding, 0, performance(tree, file))
    keys = ", ".join(str(k)[:40] for k in list(tree)[:20]) if isinstance(tree, Mapping) else "a list"
    raise InputError(
        f"{file} is JSON, but not the performance report (it holds: {keys}).",
        hint="Give GET_V2_SELLER_PERFORMANCE_REPORT, or a text report.",
    )


def _without_declaration(data: bytes) -> bytes:
    """The text is UTF-8 by now, whatever its declaration says."""
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    return data[data.index(b"?>") + 2 :] if data.startswith(b"<?xml") and b"?>" in data[:200] else data


def _returns(root: _Element, path: Path, folder: Path, encoding: str, wanted: Wanted) -> Report:
    """XML of returns as a table in `folder`, so that one reader serves both forms; persons are left out on the way."""
    names = (
        "order_id",
        "return_request_date",
        "return_reason_code",
        "asin",
        "return_quantity",
        "a_to_z_claim",
        "order_date",
    )
    heads = (
        "order id",
        "return request date",
        "return reason",
        "asin",
        "return quantity",
        "a-to-z claim",
        "order date",
    )
    rows = ["\t".join(heads)]
    rows += ["\t".join(" ".join(row.get(n, "").split()) for n in names) for row in rows_of_returns(root)]
    table = folder / "returns.txt"
    table.write_text("\n".join(rows), encoding="utf-8")
    return _table(table, path.name, encoding, folder, None, wanted)


def _table(
    text: Path, file: str, encoding: str, folder: Path, columns: Mapping[str, str] | None, wanted: Wanted
) -> Report:
    layout = layout_of(text)
    found = recognise(layout, file, columns)
    reader = _READERS.get(found.kind) or partial(claims.order_list, found.kind)
    if found.kind == "all_orders":
        opening = summed(layout, found.columns, file, folder, wanted)
    else:
        words = rules()["comment_words"]
        opening = opened(layout, found.columns, file, folder, days=found.days, words=words, day_first=wanted.day_first)
    with opening as table:
        told = reader(table, wanted)
        notes = (*told.notes, *_unread(table))
        return _report(found.kind, file, encoding, table.rows, told).with_(notes=notes)


def _unread(table: Table) -> tuple[str, ...]:
    """What the days of the file leave open."""
    notes = [
        f"{table.file}: the days in {c.replace('_', ' ')} may be day/month or month/day; they were not used."
        for c in table.ambiguous
    ]
    notes += [
        f"{table.file}: {n} different texts in {c.replace('_', ' ')} are no day that could be read."
        for c, n in (table.unread or {}).items()
    ]
    return tuple(notes)


def _report(kind: ReportKind, file: str, encoding: str, rows: int, told: Told) -> Report:
    return Report(
        kind=kind,
        file=file,
        encoding=encoding,
        period=told.period,
        rows=rows,
        facts=told.facts,
        disagreements=told.disagreements,
        notes=told.notes,
        units=told.units or {},
        units_period=told.units_period,
        asin_of=told.asin_of or {},
    )
