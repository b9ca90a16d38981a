"""One value of the notice as a fact, with its words and offsets."""

from __future__ import annotations

from amends.schemas import Fact, Metric
from amends.vocabulary import FactKind


def found(
    kind: FactKind, value: str | int | float | Metric, text: str, start: int, end: int, unit: str | None = None
) -> Fact:
    """The fact that `text[start:end]` says; its id is given later."""
    return Fact(
        id="", kind=kind, value=value, unit=unit, source="notice", origin="notice", quote=text[start:end], start=start, end=end
    )  # fmt: skip
