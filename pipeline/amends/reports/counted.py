"""A metric as a report counts it: the rate is computed, and what the report prints differently is told."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from amends.reports.report import Period, figure
from amends.schemas import Disagreement, Fact, Metric

#: Half of the last digit of a fraction with three decimals, as the samples print it.
_TOLERANCE = Decimal("0.0005")


@dataclass(frozen=True)
class Counted:
    """A metric with its counts as one report tells it. `printed` and `target` are fractions."""

    name: str
    about: str
    where: str
    of: str
    part: int
    whole: int
    quote: str
    printed: Decimal | None = None
    target: Decimal | None = None
    policy_target: float | None = None
    period: Period | None = None


def metric_facts(counted: Counted) -> tuple[list[Fact], list[Disagreement]]:
    """The rate computed from its counts and the counts themselves, with what the report says differently."""
    c = counted
    if c.whole <= 0 or not 0 <= c.part <= c.whole:
        if c.part == c.whole == 0:
            return [], []
        return [], [
            Disagreement(
                about=c.about,
                one=f"{c.where}: {c.part} {c.of} counted",
                other=f"{c.where}: {c.whole} {c.of} in all",
                kept="neither; the counts cannot both be right",
            )
        ]
    rate = Decimal(c.part) / Decimal(c.whole)
    value = float(round(rate * 100, 2))
    shown = f"{c.part} of {c.whole} {c.of} = {value:g} %"
    differences = []
    if c.printed is not None and abs(c.printed - rate) > _TOLERANCE:
        differences.append(
            Disagreement(
                about=f"{c.about}{f', {c.period}' if c.period else ''}",
                one=f"{c.where}: rate {c.printed} ({c.printed * 100:f} %)",
                other=f"{c.where}: {shown}",
                kept=f"{value:g} %, computed from the counts",
            )
        )
    target = None if c.target is None else float(c.target * 100)
    if target is not None and c.policy_target is not None and abs(target - c.policy_target) > 0.001:
        differences.append(
            Disagreement(
                about=f"{c.about}: target",
                one=f"{c.where}: target {target:g} %",
                other=f"policy in force: {c.policy_target:g} %",
                kept="neither; look at the notice",
            )
        )
        target = None
    return [
        figure(
            "metric",
            Metric(name=c.name, value=value, target=target),
            f"{c.where}: {c.quote}",
            about=c.about,
            unit="%",
            period=c.period,
        ),
        figure(
            "count",
            c.part,
            c.where,
            about=f"{c.about}.count",
            unit=f"of {c.whole} {c.of}",
            quote=c.quote,
            period=c.period,
        ),
    ], differences
