"""Where the account stands: policy counts, health rating, warnings and account states of the performance report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from amends.reports.headers import folded, rules
from amends.reports.json_tree import as_list, by_name, count_of, marketplace_of, period_of
from amends.reports.report import figure
from amends.schemas import Fact, Metric


def policies(market: Mapping[str, Any], file: str, place: str) -> Iterator[Fact]:
    """How many violations each policy row counts [V:SCHEMA], zero included."""
    labels = {folded(k): label for k, label in rules()["performance"]["policies"].items()}
    for key, node in market.items():
        if folded(key) in labels and isinstance(node, Mapping):
            fields = by_name(node)
            count = count_of(fields.get("defectscount", fields.get("warningscount")))
            if count is not None:
                yield figure(
                    "count",
                    count,
                    f"{file}: {place}{key}.defectsCount",
                    about=f"{place}policy.{key}",
                    unit=labels[folded(key)],
                    quote=str(count),
                    period=period_of(fields),
                )


def ratings(market: Mapping[str, Any], file: str, place: str) -> Iterator[Fact]:
    """The account health rating, 0 to 1000 [V:A11], and warnings that are set."""
    fields = by_name(market)
    rating = by_name(fields.get("accounthealthrating"))
    score = count_of(rating.get("ahrscore"))
    if score is not None:
        yield figure(
            "metric",
            Metric(name="account_health_rating", value=float(score)),
            f"{file}: {place}accountHealthRating.ahrScore",
            about=f"{place}account_health_rating",
            quote=str(score),
        )
    for key in ("warningstates", "warningstate"):
        for state in as_list(fields.get(key)):
            warning = by_name(state)
            kind, status = str(warning.get("warningtype") or ""), str(warning.get("status") or "")
            if kind.isalnum() and status.replace("_", "").isalpha():
                yield figure(
                    "statement",
                    f"{kind}: {status}",
                    f"{file}: {place}warningStates",
                    about=f"{place}warning.{kind}",
                    quote=status,
                )


def account_status(state: Any, file: str) -> Iterator[Fact]:
    """The state of the account in one marketplace."""
    fields = by_name(state)
    status = str(fields.get("status") or "")
    if status.replace("_", "").isalpha():
        market = marketplace_of(state if isinstance(state, Mapping) else {}).removesuffix(" ")
        yield figure(
            "statement",
            f"Account status{f' in {market}' if market else ''}: {status}",
            f"{file}: accountStatuses",
            about=f"account_status.{market}",
            quote=status,
        )
