"""Figures that several kinds of report give: periods, ranked values of a column, words in comments, order ids."""

from __future__ import annotations

import re

from amends.reports.cells import order_id
from amends.reports.headers import rules
from amends.reports.report import MOST_IDS, MOST_RANKED, Period, figure
from amends.reports.sql import IS_ASIN, IS_ORDER
from amends.reports.table import Table
from amends.schemas import Fact

_PERSONAL_CELL = re.compile(r"@|\d{6,}|\d{3}[-\s]\d{3}|.{61,}")


def short(text: str) -> str:
    """A cell for a quote, cut to 80 characters."""
    return text[:80]


def period_of(table: Table, column: str) -> Period | None:
    """The first and last day in `column`; None if the file has no readable day there."""
    if not table.has(column):
        return None
    since, until = table.one(f"SELECT min({column}_day), max({column}_day) FROM data")
    return Period(since=since, until=until) if since else None


def ranked(
    table: Table,
    column: str,
    label: str,
    *,
    total: int,
    noun: str,
    about: str,
    period: Period | None,
    at_least: int = 1,
) -> list[Fact]:
    """The most frequent values of a column as counts. A value that could be free text or name a person is not shown.

    `at_least`: how often a value must stand before it is shown; 2 for columns that may hold sentences of a person.
    """
    if not table.has(column):
        return []
    rows = table.ask(
        f"""SELECT {column}, count(*) AS n FROM data WHERE {column} <> ''
            GROUP BY 1 HAVING n >= {at_least} ORDER BY n DESC, 1 LIMIT {3 * MOST_RANKED}"""
    )
    plain = [(value, n) for value, n in rows if not _PERSONAL_CELL.search(value)][:MOST_RANKED]
    return [
        figure(
            "count",
            n,
            f"{table.file}: rows with {label} {value}",
            about=f"{about}.{value}",
            unit=f"of {total} {noun} with {label} “{value}”",
            period=period,
        )
        for value, n in plain
    ]


def per_asin(
    table: Table, *, total: int, noun: str, about: str, period: Period | None, asins: tuple[str, ...] = ()
) -> list[Fact]:
    """Rows per ASIN: those asked for, then the most frequent."""
    if not table.has("asin"):
        return []
    counts = dict(table.ask(f"SELECT asin, count(*) AS n FROM data WHERE {IS_ASIN} GROUP BY 1 ORDER BY n DESC, 1"))
    shown = [*asins, *(a for a in list(counts)[:MOST_RANKED] if a not in asins)]
    return [
        figure(
            "count",
            counts.get(a, 0),
            f"{table.file}: rows with ASIN {a}",
            about=f"{about}.{a}",
            unit=f"of {total} {noun} for {a}",
            period=period,
        )
        for a in shown
    ]


def words_in_comments(
    table: Table, *, total: int, noun: str, about: str, period: Period | None, where: str = "true"
) -> list[Fact]:
    """How many comments hold each group of words; the comments themselves were never kept [D, domain 6.10]."""
    if not table.has("comments"):
        return []
    words_seen = f"(SELECT unnest(string_split(comment_words, ' ')) AS word FROM data WHERE {where})"
    counts = dict(table.ask(f"SELECT word, count(*) FROM {words_seen} GROUP BY word"))
    return [
        figure(
            "count",
            counts[key],
            f"{table.file}: comments with words such as “{words[0]}”",
            about=f"{about}.{key}",
            unit=f"of {total} {noun} whose comment says “{words[0]}” or the like",
            period=period,
        )
        for key, words in rules()["comment_words"].items()
        if counts.get(key)
    ]


def ids(table: Table, about: str, where: str = "true", *, latest: str | None = None) -> list[Fact]:
    """At most 20 order ids with the row and the day of each, the latest first where the file has days."""
    day = f"max({latest}_day)" if latest and table.has(latest) else "NULL::DATE"
    rows = table.ask(
        f"""SELECT order_no, min(row), {day} AS day FROM data WHERE {IS_ORDER} AND ({where}) GROUP BY order_no
            ORDER BY day DESC NULLS LAST, min(row) LIMIT {MOST_IDS}"""
    )
    return [
        figure(
            "order_id",
            order_id(no),
            table.at(row),
            about=about,
            quote=order_id(no),
            period=Period(since=day, until=day) if day else None,
        )
        for no, row, day in rows
    ]
