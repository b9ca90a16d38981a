"""Seller feedback: the stars that count as defects, and what the comments speak of."""

from __future__ import annotations

from amends.reports.ranking import ids, period_of, words_in_comments
from amends.reports.report import Told, Wanted, figure
from amends.reports.table import Table

_STARS = "try_cast(regexp_extract(rating, '[1-5]') AS INTEGER)"
_NEGATIVE = f"{_STARS} <= 2"


def feedback(table: Table, wanted: Wanted) -> Told:  # noqa: ARG001 - one signature for all kinds
    """Feedback of 1 and 2 stars, which counts for the order defect rate [V:A3], by star, with the orders' ids.

    Amazon's file only lists 1 to 3 stars when users report it [C:GH-431], so no share of all feedback is computed.
    """
    period = period_of(table, "date")
    stars = dict(table.ask(f"SELECT {_STARS} AS stars, count(*) FROM data WHERE {_STARS} IS NOT NULL GROUP BY 1"))
    negative = sum(n for star, n in stars.items() if star <= 2)
    facts = [
        figure(
            "count",
            table.rows,
            f"{table.file}: {table.rows} rows",
            about="feedback",
            unit="feedback entries listed",
            period=period,
        ),
        figure(
            "count",
            negative,
            f"{table.file}: rows with rating 1 or 2",
            about="feedback.negative",
            unit="feedback entries with 1 or 2 stars",
            period=period,
        ),
    ]
    facts += [
        figure(
            "count",
            stars[star],
            f"{table.file}: rows with rating {star}",
            about=f"feedback.{star}_stars",
            unit=f"feedback entries with {star} star{'s' if star > 1 else ''}",
            period=period,
        )
        for star in sorted(stars)
    ]
    facts += words_in_comments(
        table,
        total=negative,
        noun="negative feedback entries",
        about="feedback.comments",
        period=period,
        where=_NEGATIVE,
    )
    facts += ids(table, "feedback.negative", _NEGATIVE, latest="date")
    return Told(tuple(facts), period)
