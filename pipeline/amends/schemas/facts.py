"""What the sources say: facts, the seller's entries, and who the seller is."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from amends.schemas.base import Frozen
from amends.vocabulary import ActionStatus, Cause, FactKind, FactList, FactSource


class Metric(Frozen):
    """A performance metric: `value` and `target` in per cent, None where the source gives none."""

    name: str
    value: float | None = None
    target: float | None = None


class Item(Frozen):
    """One entry of the seller's lists (`root_causes`, `corrective_actions` …), as written in the facts file."""

    list: FactList
    text: str
    date: str | None = None
    count: int | None = None
    value: float | str | None = None
    unit: str | None = None
    status: ActionStatus | None = None
    asins: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    cause: Cause | None = None
    owner: str | None = None
    frequency: str | None = None
    limit: str | None = None
    tool: str | None = None
    since: str | None = None
    file: str | None = None
    document: str | None = None
    proves: str | None = None


class Fact(Frozen):
    """One thing that a source says, with the words that say it.

    `start`/`end` are character offsets of `quote` in the text named by `origin`: the notice, the story, or the entry
    of the facts file or row of the report that `origin` gives. Both are None for a value that was computed.
    """

    id: str
    kind: FactKind
    value: str | int | float | Metric
    unit: str | None = None
    status: ActionStatus | None = None
    source: FactSource
    origin: str
    quote: str = ""
    start: int | None = None
    end: int | None = None
    item: Item | None = Field(None, description="The seller's whole entry, for facts that come from one")
    about: str | None = Field(
        None, description="What a report's figure is about, such as `late_shipment_rate` or `units_sold.B0…`"
    )
    since: date | None = Field(None, description="First day of the period that a report's figure covers")
    until: date | None = Field(None, description="Last day of that period")


class Seller(Frozen):
    """Who signs the letter."""

    store: str | None = None
    legal_name: str | None = None
    signatory: str | None = None
    merchant_token: str | None = None
