"""Returns: how many, why, of which ASIN, what the buyers' comments speak of."""

from __future__ import annotations

from amends.reports.ranking import ids, per_asin, period_of, ranked, words_in_comments
from amends.reports.report import Told, Wanted, figure
from amends.reports.sql import means
from amends.reports.table import Table


def seller_fulfilled_returns(table: Table, wanted: Wanted) -> Told:
    """Returns by reason and ASIN, and those with an A-to-z claim, whose order ids are given."""
    period = period_of(table, "return_request_date")
    about, noun = "returns.mfn", "returns"
    facts = [
        figure(
            "count",
            table.rows,
            f"{table.file}: {table.rows} rows",
            about=about,
            unit="returns of seller-fulfilled orders",
            period=period,
        )
    ]
    facts += ranked(table, "reason", "reason", total=table.rows, noun=noun, about=f"{about}.reason", period=period)
    facts += per_asin(table, total=table.rows, noun=noun, about=f"{about}.asin", period=period, asins=wanted.asins)
    if table.has("a_to_z"):
        claimed = f"NOT {means('a_to_z', 'unmarked')}"
        count = table.one(f"SELECT count(DISTINCT order_no) FROM data WHERE {claimed}")[0]
        facts.append(
            figure(
                "count",
                count,
                f"{table.file}: A-to-z claim marked",
                about=f"{about}.a_to_z",
                unit="returned orders with an A-to-z claim",
                period=period,
            )
        )
        facts += ids(table, f"{about}.a_to_z", claimed, latest="return_request_date")
    return Told(tuple(facts), period)


def fba_returns(table: Table, wanted: Wanted) -> Told:
    """Returns by reason, condition on arrival and ASIN, and the words of the comments that point to a cause."""
    period = period_of(table, "return_date")
    about, noun = "returns.fba", "returns"
    facts = [
        figure(
            "count",
            table.rows,
            f"{table.file}: {table.rows} rows",
            about=about,
            unit="returns of orders fulfilled by Amazon",
            period=period,
        )
    ]
    facts += ranked(table, "reason", "reason", total=table.rows, noun=noun, about=f"{about}.reason", period=period)
    facts += ranked(
        table, "disposition", "disposition", total=table.rows, noun=noun, about=f"{about}.disposition", period=period
    )
    facts += per_asin(table, total=table.rows, noun=noun, about=f"{about}.asin", period=period, asins=wanted.asins)
    facts += words_in_comments(table, total=table.rows, noun=noun, about=f"{about}.comments", period=period)
    return Told(tuple(facts), period)
