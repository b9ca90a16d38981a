"""Order reports: denominators, cancellations, units per ASIN, open orders. A row is an item: orders count by id."""

from __future__ import annotations

from datetime import timedelta

from amends.reports.cells import order_id
from amends.reports.ranking import period_of, short
from amends.reports.report import MOST_IDS, MOST_RANKED, Period, Told, Wanted, figure
from amends.reports.sql import IS_ASIN, IS_ORDER, asin_of, whole
from amends.reports.table import Table
from amends.schemas import Fact


def all_orders(table: Table, wanted: Wanted) -> Told:
    """Orders by channel, cancelled orders, and units per ASIN in the window before `wanted.before` (all days if None).

    Cancelled orders and items are no sales. Days are the days as printed, without a change of time zone.
    """
    since, until = table.one("SELECT min(since), max(until) FROM data")
    period = Period(since=since, until=until) if since else None
    sold_in, notes = _window(wanted, period)
    units, facts = _units(table, wanted, sold_in)
    return Told(
        (*_orders(table, period), *facts),
        period,
        units=units,
        units_period=sold_in,
        asin_of=asin_of(table),
        notes=notes,
    )


def _window(wanted: Wanted, period: Period | None) -> tuple[Period | None, tuple[str, ...]]:
    """The days of the sales window that the file covers, and what it lacks: a gap must not look like no sales.

    A week at either end may simply have been without orders.
    """
    window = wanted.sales_window
    if window is None or period is None:
        return period, ()
    since, until = window.since, window.until
    week = timedelta(days=7)
    first = since if period.since <= since + week else period.since
    last = until if period.until >= until - week else period.until
    if first > last:
        return None, (f"The orders cover {period}; no sale from {since} to {until} is in this file.",)
    gaps = [f"from {since} to {first - timedelta(days=1)}"] if first > since else []
    gaps += [f"from {last + timedelta(days=1)} to {until}"] if last < until else []
    notes = tuple(f"The orders cover {period}; sales {gap} are not in this file." for gap in gaps)
    return Period(since=first, until=last), notes


def _orders(table: Table, period: Period | None) -> list[Fact]:
    groups = table.ask("SELECT gone, own, n FROM states")
    total = sum(n for *_, n in groups)
    gone = sum(n for out, _, n in groups if out)
    rows = f"{table.rows} rows"
    facts = [
        figure(
            "count", total, f"{table.file}: distinct order ids in {rows}", about="orders", unit="orders", period=period
        ),
        figure(
            "count",
            gone,
            f"{table.file}: order status cancelled",
            about="orders.cancelled",
            unit=f"of {total} orders",
            period=period,
        ),
    ]
    if table.has("channel"):
        own = sum(n for _, merchant_own, n in groups if merchant_own)
        lost = sum(n for out, merchant_own, n in groups if out and merchant_own)
        where = f"{table.file}: fulfillment channel merchant"
        facts += [
            figure("count", own, where, about="orders.mfn", unit="seller-fulfilled orders", period=period),
            figure(
                "count",
                lost,
                f"{where}, order status cancelled",
                about="orders.mfn.cancelled",
                unit=f"of {own} seller-fulfilled orders",
                period=period,
            ),
        ]
    return facts


def _units(table: Table, wanted: Wanted, window: Period | None) -> tuple[dict[str, int], list[Fact]]:
    if not table.has("asin") or (window is None and wanted.before is not None):
        return {}, []
    rows = table.ask(
        f"""SELECT asin, sum(sold)::BIGINT AS units FROM data WHERE {IS_ASIN} AND sold IS NOT NULL
            GROUP BY asin ORDER BY units DESC, asin"""
    )
    units = dict(rows)
    named = [*(a for a in wanted.asins), *(a for a in list(units)[:MOST_RANKED] if a not in wanted.asins)]
    facts = [
        figure(
            "count",
            units.get(a, 0),
            f"{table.file}: sum of quantity of {a}, cancelled orders left out",
            about=f"units_sold.{a}",
            unit=f"units of {a} sold",
            period=window,
        )
        for a in named
    ]
    return units, facts


def unshipped(table: Table, wanted: Wanted) -> Told:  # noqa: ARG001 - one signature for all kinds
    """Open orders, those past their promise with the longest first, and the oldest one."""
    period = period_of(table, "purchase_date")
    total = table.one("SELECT count(DISTINCT order_no) FROM data")[0]
    facts = [
        figure(
            "count",
            total,
            f"{table.file}: distinct order ids in {table.rows} rows",
            about="unshipped",
            unit="open orders",
            period=period,
        )
    ]
    if table.has("days_past_promise"):
        facts += _past_promise(table, total, period)
    if table.has("purchase_date"):
        facts += _oldest(table)
    return Told(tuple(facts), period)


def _oldest(table: Table) -> list[Fact]:
    rows = table.ask(
        """SELECT row, purchase_date_day, purchase_date FROM data WHERE purchase_date_day IS NOT NULL
           ORDER BY purchase_date_day, row LIMIT 1"""
    )
    unit = "purchase date of the oldest open order"
    return [
        figure("date", day.isoformat(), table.at(row), about="unshipped.oldest", unit=unit, quote=short(text))
        for row, day, text in rows
    ]


def _past_promise(table: Table, total: int, period: Period | None) -> list[Fact]:
    late = f"""(SELECT order_no, arg_max(row, late) AS row, max(late) AS late
        FROM (SELECT order_no, row, {whole("days_past_promise")} AS late FROM data) WHERE late > 0 GROUP BY order_no)"""
    about = "unshipped.past_promise"
    count, most = table.one(f"SELECT count(*), max(late) FROM {late}")
    where = f"{table.file}: days past promise above 0"
    facts = [figure("count", count, where, about=about, unit=f"of {total} open orders", period=period)]
    if most:
        where = f"{table.file}: largest days past promise"
        facts.append(figure("count", most, where, about=f"{about}.longest", unit="days past the promised date"))
    worst = table.ask(f"SELECT order_no, row FROM {late} WHERE {IS_ORDER} ORDER BY late DESC, row LIMIT {MOST_IDS}")
    return facts + [
        figure("order_id", order_id(no), table.at(row), about=about, quote=order_id(no)) for no, row in worst
    ]
