"""A report of all orders, the large one, in one pass: summed by order and by product on the way, its rows never stored.

Storing the rows first costs as much again as reading them. What is asked of this report is known beforehand, so one
query reads the columns (held by the engine in memory, on disk beyond its limit) and leaves two small tables:
`states` (gone, own, n) counts the orders; `data` (sku, asin, sold, since, until) has a row per product.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from amends.reports.cells import Days
from amends.reports.layout import Layout
from amends.reports.loading import beyond, day_text, order_no, reading, run, source, too_long
from amends.reports.report import Period, Wanted
from amends.reports.sql import means, trimmed, whole
from amends.reports.table import Table, connect, keep_days

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@contextmanager
def summed(layout: Layout, columns: Mapping[str, int], file: str, folder: Path, wanted: Wanted) -> Iterator[Table]:
    """Open the sums of a report of all orders. `sold` counts the sales window's units, cancelled ones left out.

    `sold` is NULL for a product without such a row. `gone` is true for an order whose every row is cancelled, `own`
    for one with a seller-fulfilled row, NULL where the file has no channel.

    Raises:
        SetupError: the engine is not installed, or there is no room for what it holds.
        InputError: a row has more cells than the header, or the file cannot be read as a table.
    """
    connection = connect(folder, in_order=False)
    try:
        with reading(file):
            days = _sum(connection, layout, columns, wanted)
            rows, longer = connection.execute("SELECT coalesce(sum(rows), 0), sum(longer) FROM told").fetchall()[0]
            if longer:
                raise too_long(connection, layout, file)
        connection.execute("CREATE VIEW states AS SELECT gone, own, n FROM told WHERE n IS NOT NULL")
        connection.execute(
            """CREATE VIEW data AS SELECT trim(sku) AS sku, trim(asin) AS asin, sold, since, until
               FROM told WHERE n IS NULL"""
        )
        unread = {"purchase_date": len(days.unread)} if days.unread else {}
        ambiguous = ("purchase_date",) if days.ambiguous else ()
        yield Table(connection, file, int(rows), frozenset(columns), ambiguous, unread)
    finally:
        connection.close()


def _sum(connection: DuckDBPyConnection, layout: Layout, columns: Mapping[str, int], wanted: Wanted) -> Days:
    """Make the table `told`. Days of another form than Amazon's own are read first, and the file once more."""
    path, cell = [str(layout.path)], f"c{columns['purchase_date']}"
    iso = f"CASE WHEN {cell} LIKE '____-__-__T%' AND {cell} >= '1' THEN try_cast(left({cell}, 10) AS DATE) END"
    run(connection, layout, lambda rows: _told(_cells(layout, columns, iso), rows, wanted.sales_window))
    if not connection.execute("SELECT sum(undated) FROM told").fetchall()[0][0]:
        return Days()
    texts = f"SELECT {day_text(cell)} FROM {source(layout, parallel=False)}"
    days = keep_days(connection, "purchase_date", texts, path, wanted.day_first)
    join = f"LEFT JOIN days_of_purchase_date d ON {day_text(cell)} = d.text"
    run(connection, layout, lambda rows: _told(_cells(layout, columns, "d.day"), f"{rows} {join}", wanted.sales_window))
    return days


def _cells(layout: Layout, columns: Mapping[str, int], day: str) -> str:
    """What is taken from a row. Products are trimmed later, when there are few."""
    at = {name: f"c{index}" for name, index in columns.items()}
    gone = means(trimmed(at["order_status"]), "cancelled")
    unsold = f"{gone} OR {means(trimmed(at['item_status']), 'cancelled')}" if "item_status" in at else gone
    quantity = f"try_cast({at['quantity']} AS BIGINT)"  # first the cheap reading, which nearly every cell allows
    units = f"coalesce({quantity}, {whole('trim(' + at['quantity'] + ')')}, 0)"
    own = means(trimmed(at["channel"]), "merchant") if "channel" in at else "NULL::BOOLEAN"
    return f"""{order_no(at["order_id"])} AS order_no, {day} AS day, {gone} AS gone, {own} AS own,
        {at.get("sku", "NULL::VARCHAR")} AS sku, {at.get("asin", "NULL::VARCHAR")} AS asin,
        CASE WHEN NOT ({unsold}) THEN {units} END AS units, {beyond(layout)} AS longer,
        {at["purchase_date"]} <> '' AND trim({at["purchase_date"]}) <> '' AS dated"""


def _told(cells: str, rows: str, window: Period | None) -> str:
    """The one query: what is taken of the rows is held once, and grouped by order and by product."""
    within = f"day BETWEEN DATE '{window.since}' AND DATE '{window.until}'" if window else "true"
    return f"""CREATE OR REPLACE TABLE told AS WITH kept AS MATERIALIZED (SELECT {cells} FROM {rows}),
        orders AS (SELECT bool_and(gone) AS gone, bool_or(own) AS own FROM kept WHERE order_no IS NOT NULL
            GROUP BY order_no)
        SELECT sku, asin, count(*) AS rows, sum(units) FILTER ({within}) AS sold, min(day) AS since,
            max(day) AS until, count_if(longer) AS longer, count_if(dated AND day IS NULL) AS undated,
            NULL::BOOLEAN AS gone, NULL::BOOLEAN AS own, NULL::BIGINT AS n FROM kept GROUP BY sku, asin
        UNION ALL BY NAME SELECT gone, own, count(*) AS n FROM orders GROUP BY gone, own"""
