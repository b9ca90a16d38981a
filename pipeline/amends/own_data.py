"""The seller's own files beside the notice: Seller Central reports as facts, and an invoice list checked against sales."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from amends.extract.deadline import notice_date
from amends.reports import Report, contradictions, read_report
from amends.schemas import Case, Fact, Reason


def with_reports(case: Case, reports: Sequence[Path], invoices: Sequence[Path] = ()) -> Case:
    """Return the case with the reports' facts, what the invoices show against the sales, and every contradiction.

    Raises:
        InputError: a file is of no known kind, broken, or lacks a column. SetupError: the engine for tables is missing.
    """
    named = [str(f.value) for f in case.facts if f.kind == "asin"]
    read: list[Report] = []
    facts: tuple[Fact, ...] = case.facts
    for path in reports:
        first = max((int(f.id[1:]) for f in facts), default=0) + 1
        read.append(read_report(path, asins=named, before=notice_date(case.notice), first=first))
        facts = (*facts, *read[-1].facts)
    odd = [d for report in read for d in report.disagreements]
    notes = [
        Reason(code="report_note", severity="advice", message=f"{r.file}: {note}") for r in read for note in r.notes
    ]
    case = case.with_(facts=facts, disagreements=(*case.disagreements, *odd), checks=(*case.checks, *notes))
    return _with_invoices(case, read, invoices) if invoices else case


def _with_invoices(case: Case, read: Sequence[Report], invoices: Sequence[Path]) -> Case:
    from amends.reports import check_invoices, read_invoices

    sold: dict[str, int] = {}
    asin_of: dict[str, str] = {}
    for report in read:
        asin_of |= report.asin_of
        for asin, units in report.units.items():
            sold[asin] = sold.get(asin, 0) + units
    listed = tuple(invoice for path in invoices for invoice in read_invoices(path))
    reasons = check_invoices(listed, sold, notice_date(case.notice), legal_name=case.seller.legal_name, asin_of=asin_of)
    return case.with_(checks=(*case.checks, *reasons))


def with_contradictions(case: Case) -> Case:
    """Return the case with what notice, reports and seller tell differently; each is listed once, none is resolved."""
    found = [d for d in contradictions(case.facts) if d not in case.disagreements]
    return case.with_(disagreements=(*case.disagreements, *found))
