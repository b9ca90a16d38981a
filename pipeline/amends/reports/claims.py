"""Lists of orders with undocumented headers: claims, defects, late, untracked, cancelled orders [U, domain 6.8]."""

from __future__ import annotations

from amends.reports.headers import rules
from amends.reports.ranking import ids, per_asin, period_of, ranked
from amends.reports.report import ReportKind, Told, Wanted, figure
from amends.reports.sql import means
from amends.reports.table import Table


def order_list(kind: ReportKind, table: Table, wanted: Wanted) -> Told:
    """Distinct orders, how many carry each mark, reasons, carriers and ASINs, and the latest order ids.

    A reason is shown only when it stands twice: one that stands once may be a sentence about a person.
    """
    words = rules()["order_lists"]
    noun, period = words["titles"][kind], period_of(table, "date")
    total = table.one("SELECT count(DISTINCT order_no) FROM data")[0]
    facts = [
        figure(
            "count",
            total,
            f"{table.file}: distinct order ids in {table.rows} rows",
            about=kind,
            unit=noun,
            period=period,
        )
    ]
    for flag, label in words["flags"].items():
        if table.has(flag):
            count = table.one(f"SELECT count(DISTINCT order_no) FROM data WHERE NOT {means(flag, 'unmarked')}")[0]
            facts.append(
                figure(
                    "count",
                    count,
                    f"{table.file}: orders marked {label}",
                    about=f"{kind}.{flag}",
                    unit=f"of {total} {noun} with {label}",
                    period=period,
                )
            )
    facts += ranked(
        table, "reason", "reason", total=table.rows, noun="rows", about=f"{kind}.reason", period=period, at_least=2
    )
    facts += ranked(
        table, "carrier", "carrier", total=table.rows, noun="rows", about=f"{kind}.carrier", period=period, at_least=2
    )
    facts += per_asin(table, total=table.rows, noun="rows", about=f"{kind}.asin", period=period, asins=wanted.asins)
    facts += ids(table, kind, latest="date")
    return Told(tuple(facts), period)
