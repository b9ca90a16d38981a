"""Offers and stock: what is still on sale among the ASINs of the notice, and which offers hold a banned term."""

from __future__ import annotations

from amends.reports.ranking import short
from amends.reports.report import MOST_IDS, MOST_RANKED, Told, Wanted, figure
from amends.reports.sql import IS_ASIN, asin_of, means, whole
from amends.reports.table import Table
from amends.schemas import Fact


def listings(table: Table, wanted: Wanted) -> Told:
    """Offers in all and active, the state of each ASIN of the notice, and the offers whose name holds a term.

    An offer is active when its status says so; where the file has no status, when its quantity is above 0. The ASIN is
    what a seller must have closed before claiming so [D, domain 6.10].
    """
    active = _active(table)
    total, on_sale = table.one(f"SELECT count(*), count(*) FILTER ({active}) FROM data")
    facts = [
        figure("count", total, f"{table.file}: {total} rows", about="offers", unit="offers"),
        figure(
            "count",
            on_sale,
            f"{table.file}: offers with an active status",
            about="offers.active",
            unit=f"of {total} offers active",
        ),
    ]
    facts += [fact for asin in wanted.asins for fact in _offers_of(table, asin, active)]
    facts += [fact for term in wanted.terms for fact in _with_term(table, term, active)]
    return Told(tuple(facts))


def _active(table: Table) -> str:
    """SQL that is true for an offer on sale, NULL where the file cannot tell."""
    if table.has("listing_status"):
        return means("listing_status", "active")
    return f"{whole('quantity')} > 0" if table.has("quantity") else "NULL"


def _offers_of(table: Table, asin: str, active: str) -> list[Fact]:
    if not table.has("asin"):
        return []
    rows = table.ask(
        f"SELECT row, coalesce({active}, false), {_status(table)} FROM data WHERE asin = ? ORDER BY row", asin
    )
    on_sale = [(row, status) for row, is_on, status in rows if is_on]
    where = f"{table.file}: {len(rows)} rows with ASIN {asin}"
    facts = [
        figure(
            "count",
            len(on_sale),
            where,
            about=f"offers.active.{asin}",
            unit=f"of {len(rows)} offers for {asin} still active",
        )
    ]
    return facts + [
        figure(
            "statement",
            f"The offer for {asin} has the status {status or 'unknown'}.",
            table.at(row),
            about=f"offers.status.{asin}",
            quote=short(status),
        )
        for row, _, status in rows[:MOST_RANKED]
        if status
    ]


def _status(table: Table) -> str:
    return "coalesce(listing_status, '')" if table.has("listing_status") else "''"


def _with_term(table: Table, term: str, active: str) -> list[Fact]:
    """Offers whose name holds `term`, in any case."""
    match = "contains(lower(item_name), lower(?))"
    total, on_sale = table.one(f"SELECT count(*), count(*) FILTER ({active}) FROM data WHERE {match}", term)
    facts = [
        figure(
            "count",
            total,
            f"{table.file}: item names with “{term}”",
            about=f"offers.term.{term}",
            unit=f"offers whose name holds “{term}”",
        ),
        figure(
            "count",
            on_sale,
            f"{table.file}: active offers with “{term}”",
            about=f"offers.term.{term}.active",
            unit=f"of {total} offers with “{term}” still active",
        ),
    ]
    if not table.has("asin"):
        return facts
    rows = table.ask(
        f"""SELECT row, asin, item_name FROM data WHERE {match} AND {IS_ASIN}
            ORDER BY coalesce({active}, false) DESC, row LIMIT {MOST_IDS}""",
        term,
    )
    return facts + [
        figure("asin", asin, table.at(row), about=f"offers.term.{term}", quote=short(name)) for row, asin, name in rows
    ]


def fba_stock(table: Table, wanted: Wanted) -> Told:
    """Units in Amazon's warehouses: in all, and of each ASIN of the notice (else of the ASINs with most stock)."""
    column = "stock_total" if table.has("stock_total") else "stock_fulfillable"
    what = "units in Amazon's warehouses" if column == "stock_total" else "fulfillable units in Amazon's warehouses"
    rows = table.ask(
        f"""SELECT asin, sum(coalesce({whole(column)}, 0))::BIGINT AS units FROM data
            WHERE {IS_ASIN} GROUP BY asin ORDER BY units DESC, asin"""
    )
    per_asin = dict(rows)
    facts = [
        figure(
            "count",
            sum(per_asin.values()),
            f"{table.file}: sum of {column.replace('_', ' ')}",
            about=f"{column}",
            unit=what,
        )
    ]
    facts += [
        figure(
            "count",
            per_asin.get(a, 0),
            f"{table.file}: sum of {column.replace('_', ' ')} of {a}",
            about=f"{column}.{a}",
            unit=f"{what} of {a}",
        )
        for a in (wanted.asins or tuple(per_asin)[:MOST_RANKED])
    ]
    return Told(tuple(facts), asin_of=asin_of(table))
