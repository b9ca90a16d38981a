"""The causes that are metrics: what the printed figures say of them."""

from __future__ import annotations

from collections.abc import Iterable

from amends.schemas import Fact, Metric
from amends.vocabulary import Cause

#: The cause that a metric stands for, and whether higher is better.
_CAUSE_OF: dict[str, tuple[Cause, bool]] = {
    "order_defect_rate": ("order_defect_rate", False), "late_shipment_rate": ("late_shipment", False),
    "cancellation_rate": ("cancellation", False), "valid_tracking_rate": ("valid_tracking", True),
    "on_time_delivery_rate": ("on_time_delivery", True),
}  # fmt: skip


def target_only(fact: Fact) -> bool:
    """Whether the fact is a metric of which only the target is printed."""
    return isinstance(fact.value, Metric) and fact.value.value is None


def of_metrics(facts: Iterable[Fact]) -> frozenset[Cause]:
    """The metric causes for which the notice prints the seller's own value."""
    values = (fact.value for fact in facts if isinstance(fact.value, Metric) and fact.value.value is not None)
    return frozenset(_CAUSE_OF[value.name][0] for value in values if value.name in _CAUSE_OF)


def targets_met(facts: Iterable[Fact]) -> frozenset[Cause]:
    """The metric causes whose every printed value meets the printed target."""
    values: dict[Cause, list[bool]] = {}
    for fact in facts:
        metric = fact.value
        if (
            isinstance(metric, Metric)
            and metric.name in _CAUSE_OF
            and metric.value is not None
            and metric.target is not None
        ):
            cause, higher = _CAUSE_OF[metric.name]
            good = metric.value >= metric.target if higher else metric.value <= metric.target
            values.setdefault(cause, []).append(good)
    return frozenset(cause for cause, good in values.items() if all(good))
