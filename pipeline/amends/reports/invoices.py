"""Invoice arithmetic for complaints about authenticity: dates in the window, units that cover the sales, who is named.

Amazon's rules [V:A18a,A18b,A18c]: issued within 365 days before the notice, quantities enough for each ASIN's sales of
those days, the supplier's name, phone, address and website. Lawyers add the buyer's name as in Seller Central
[C:C30,C31].
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from amends.reports.invoice_list import Invoice
from amends.schemas import Reason
from amends.vocabulary import Severity

_DETAILS = ("supplier", "phone", "address", "website")


def check_invoices(
    invoices: Sequence[Invoice],
    sales: Mapping[str, int],
    notice_date: date | None,
    *,
    window_days: int = 365,
    legal_name: str | None = None,
    asin_of: Mapping[str, str] | None = None,
) -> tuple[Reason, ...]:
    """What the invoices lack for the units in `sales` (ASIN to units sold before the notice); () if nothing.

    The window is [notice_date - window_days, notice_date]. `asin_of` maps a SKU or UPC to its ASIN. What could not be
    checked (no date of the notice, no sales, no legal name) is a reason too: never taken for passed.
    """
    if not invoices:
        return (
            Reason(
                code="invoices_missing",
                severity="blocking",
                message="There is no invoice.",
                action="List the invoices of the last 365 days before the notice.",
            ),
        )
    inside = [
        i
        for i in invoices
        if notice_date is None or (i.issued and notice_date - timedelta(days=window_days) <= i.issued <= notice_date)
    ]
    return (
        *_dates(invoices, notice_date, window_days),
        *_units(inside, sales, asin_of or {}, notice_date, window_days),
        *_details(invoices),
        *_buyers(invoices, legal_name),
    )


def _dates(invoices: Sequence[Invoice], notice_date: date | None, window_days: int) -> list[Reason]:
    if notice_date is None:
        return [
            Reason(
                code="invoice_window_not_checked",
                severity="advice",
                message="The invoices' dates were not checked: the notice has no date.",
                action="Give the date of the notice.",
            )
        ]
    since = notice_date - timedelta(days=window_days)
    found = []
    for invoice in invoices:
        if invoice.issued is None:
            found.append(_about(invoice, "invoice_undated", "blocking", "has no date", "Add its date."))
        elif invoice.issued > notice_date:
            found.append(
                _about(
                    invoice,
                    "invoice_after_notice",
                    "blocking",
                    f"of {invoice.issued} is later than the notice, by {(invoice.issued - notice_date).days} days",
                    "Leave it out: only purchases before the notice count.",
                )
            )
        elif invoice.issued < since:
            found.append(
                _about(
                    invoice,
                    "invoice_too_old",
                    "advice",
                    f"of {invoice.issued} is {(notice_date - invoice.issued).days} days older than the notice; "
                    f"the limit is {window_days} days (from {since})",
                    "Leave it out; its units are not counted.",
                )
            )
    return found


def _about(invoice: Invoice, code: str, severity: Severity, says: str, action: str) -> Reason:
    name = invoice.name
    return Reason(code=code, severity=severity, message=f"{name[0].upper()}{name[1:]} {says}.", action=action)


def _units(
    inside: Sequence[Invoice],
    sales: Mapping[str, int],
    asin_of: Mapping[str, str],
    notice_date: date | None,
    window_days: int,
) -> list[Reason]:
    if not sales:
        return [
            Reason(
                code="invoice_units_not_checked",
                severity="advice",
                message="The invoiced units were not checked: the units sold per ASIN are not known.",
                action="Give the all-orders report, or the units sold per ASIN.",
            )
        ]
    window = f"in the {window_days} days before {notice_date}" if notice_date else "in the period of the sales"
    found = [
        _about(i, "invoice_quantity_missing", "blocking", "gives no quantity", "Add the units of each product.")
        for i in inside
        if i.quantity is None
    ]
    unplaced = [i for i in inside if _asin(i, asin_of) is None]
    found += [
        _about(
            i,
            "invoice_product_unknown",
            "blocking",
            "names no ASIN, and its SKU or UPC leads to none",
            "Say which ASIN each line is for.",
        )
        for i in unplaced
    ]
    for asin, sold in sorted(sales.items()):
        lines = [i for i in inside if _asin(i, asin_of) == asin and i.quantity is not None]
        bought = sum(i.quantity or 0 for i in lines)
        parts = " + ".join(f"{i.quantity} ({i.name})" for i in lines)
        if not lines and sold:
            found.append(
                Reason(
                    code="asin_without_invoice",
                    severity="blocking",
                    message=f"{asin}: {sold} units sold {window}, no invoice in that window.",
                    action=f"Add the invoices for {asin}, or say what was done with this ASIN.",
                )
            )
        elif bought < sold:
            total = parts if len(lines) == 1 else f"{parts} = {bought}"
            found.append(
                Reason(
                    code="invoice_units_short",
                    severity="blocking",
                    message=f"{asin}: {sold} units sold {window}; invoiced {total}: {sold - bought} not covered.",
                    action=f"Add invoices for {sold - bought} more units of {asin}, or explain the opening stock.",
                )
            )
    return found


def _asin(invoice: Invoice, asin_of: Mapping[str, str]) -> str | None:
    return invoice.asin or next((asin_of[key] for key in (invoice.sku, invoice.upc) if key and key in asin_of), None)


def _details(invoices: Sequence[Invoice]) -> list[Reason]:
    """Missing details once per supplier (per invoice where even the supplier is missing)."""
    groups: dict[str, list[Invoice]] = {}
    for invoice in invoices:
        groups.setdefault(_plain(invoice.supplier) if invoice.supplier else invoice.origin, []).append(invoice)
    found = []
    for lines in groups.values():
        missing = [d for d in _DETAILS if not any(getattr(line, d) for line in lines)]
        if missing:
            who = lines[0].supplier or lines[0].name
            found.append(
                Reason(
                    code="supplier_details_missing",
                    severity="blocking",
                    message=f"{who}: no {', no '.join(d if d != 'supplier' else 'supplier name' for d in missing)}.",
                    action="Add the supplier's name, phone, address and website.",
                )
            )
    return found


def _buyers(invoices: Sequence[Invoice], legal_name: str | None) -> list[Reason]:
    if not legal_name:
        return [
            Reason(
                code="invoice_buyer_not_checked",
                severity="advice",
                message="The buyer on the invoices was not checked: the seller's legal name is not known.",
                action="Give the legal name as in Seller Central (seller: legal_name).",
            )
        ]
    found = [
        _about(i, "invoice_buyer_missing", "advice", "was listed without its buyer", "Add the buyer's name as printed.")
        for i in invoices
        if not i.buyer
    ]
    for invoice in invoices:
        if invoice.buyer and _plain(invoice.buyer) != _plain(legal_name):
            found.append(
                _about(
                    invoice,
                    "invoice_buyer_differs",
                    "blocking",
                    f"names the buyer “{invoice.buyer}”, the account's legal name is “{legal_name}”",
                    "Explain the difference with a document; never change the invoice.",
                )
            )
    return found


def _plain(name: str) -> str:
    """A name without case, punctuation and spaces: "Muster Handels-GmbH" and "MUSTER HANDELS GMBH" are one."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())
