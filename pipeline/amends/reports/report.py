"""What a report gives: its kind, its period and typed facts that name the row, cell or key they come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from pydantic import Field

from amends.schemas import Disagreement, Fact, Frozen, Metric
from amends.vocabulary import FactKind

ReportKind = Literal[
    "performance",
    "feedback",
    "all_orders",
    "unshipped",
    "seller_fulfilled_returns",
    "fba_returns",
    "fba_stock",
    "listings",
    "claims",
    "order_defects",
    "late_orders",
    "untracked_orders",
    "cancelled_orders",
    "order_list",
]
REPORT_KINDS: tuple[ReportKind, ...] = get_args(ReportKind)
#: How many order ids, and how many entries of a ranking, become facts.
MOST_IDS, MOST_RANKED = 20, 10


class Period(Frozen):
    """First and last day that a report covers, both included."""

    since: date
    until: date

    def __str__(self) -> str:
        return f"{self.since.isoformat()} to {self.until.isoformat()}"


class Report(Frozen):
    """A report as read. `units` and `asin_of` (SKU to ASIN) come from orders; personal columns were never read."""

    kind: ReportKind
    file: str
    encoding: str
    period: Period | None = None
    rows: int = Field(ge=0)
    facts: tuple[Fact, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    notes: tuple[str, ...] = Field((), description="What could not be told from this file, and why")
    units: dict[str, int] = Field(default_factory=dict, description="Units sold per ASIN in `units_period`")
    units_period: Period | None = None
    asin_of: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True)
class Wanted:
    """What is asked of a report beside its plain figures: the ASINs and terms of the notice, and the sales window."""

    asins: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    before: date | None = None
    window_days: int = 365
    day_first: bool | None = None

    @property
    def sales_window(self) -> Period | None:
        """The days before the notice whose sales count; None, for all days, where the notice has no date."""
        if self.before is None:
            return None
        return Period(since=self.before - timedelta(days=self.window_days), until=self.before - timedelta(days=1))


@dataclass(frozen=True)
class Told:
    """What the reader of one kind found, before facts have their ids."""

    facts: tuple[Fact, ...]
    period: Period | None = None
    disagreements: tuple[Disagreement, ...] = ()
    notes: tuple[str, ...] = ()
    units: dict[str, int] | None = None
    units_period: Period | None = None
    asin_of: dict[str, str] | None = None


def figure(
    kind: FactKind,
    value: str | int | float | Metric,
    origin: str,
    *,
    about: str,
    unit: str | None = None,
    quote: str = "",
    period: Period | None = None,
) -> Fact:
    """A fact from a report. With a `quote` it is a cell as read; without one it was computed as `origin` says."""
    return Fact(
        id="",
        kind=kind,
        value=value,
        unit=unit,
        source="report",
        origin=origin,
        quote=quote,
        start=0 if quote else None,
        end=len(quote) or None,
        about=about,
        since=period.since if period else None,
        until=period.until if period else None,
    )


def numbered(facts: Iterable[Fact], first: int) -> tuple[Fact, ...]:
    """The facts with their ids, from F`first` on."""
    return tuple(fact.with_(id=f"F{number}") for number, fact in enumerate(facts, first))
