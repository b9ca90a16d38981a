"""Seller Central reports as facts: any number of files, the kind recognised by content, persons left out at import."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from amends.reports.contradictions import contradictions
from amends.reports.report import REPORT_KINDS, Period, Report, ReportKind, Wanted, numbered

if TYPE_CHECKING:
    from amends.reports.invoice_list import Invoice, read_invoices
    from amends.reports.invoices import check_invoices

#: Loaded at first use: every draft looks for contradictions, few have invoices.
_HOMES = {"Invoice": "invoice_list", "read_invoices": "invoice_list", "check_invoices": "invoices"}

__all__ = [
    "REPORT_KINDS",
    "Invoice",
    "Period",
    "Report",
    "ReportKind",
    "check_invoices",
    "contradictions",
    "read_invoices",
    "read_report",
]


def read_report(
    path: Path,
    *,
    columns: Mapping[str, str] | None = None,
    asins: Collection[str] = (),
    terms: Collection[str] = (),
    before: date | None = None,
    window_days: int = 365,
    day_first: bool | None = None,
    first: int = 1,
) -> Report:
    """Return what the report at `path` says, with facts numbered from F`first` on.

    `columns` maps our column names to the file's headers. `asins` and `terms` are those of the notice: units, returns,
    stock and offers are told for them whatever their rank. `before` (the notice's date) and `window_days` bound the
    units sold. `day_first` settles days like 3/4/2026 where the file itself does not.

    Raises:
        InputError: unreadable, of no known kind, broken, or mapped to a column that is missing or about a person.
        SetupError: the engine for tables is not installed.
    """
    from amends.reports.reading import read

    wanted = Wanted(tuple(dict.fromkeys(asins)), tuple(dict.fromkeys(terms)), before, window_days, day_first)
    with TemporaryDirectory(
        prefix="amends-"
    ) as folder:  # readable by this user only; gone afterwards, buyers' data with it
        report = read(path, Path(folder), columns, wanted)
    return report.with_(facts=numbered(report.facts, first))


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"amends.reports.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
