"""The account's own snapshot (`GET_V2_SELLER_PERFORMANCE_REPORT`, JSON): rates are computed from its counts.

Its `rate` is a fraction, its samples contradict themselves (a count above its total, a rate that is not count / total),
and its targets are not always the policy's [V:SCHEMA]: each such difference is told with both figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from amends.errors import InputError
from amends.reports.counted import Counted, metric_facts
from amends.reports.headers import folded, rules
from amends.reports.json_tree import as_list, by_name, count_of, decimal_of, marketplace_of, period_of, target_of
from amends.reports.report import Period, Told, figure
from amends.reports.standing import account_status, policies, ratings
from amends.schemas import Disagreement, Fact

_FULFILMENT = ("mfn", "afn")


def is_performance(tree: Any) -> bool:
    """Whether parsed JSON is the performance report."""
    return isinstance(tree, Mapping) and any(key in by_name(tree) for key in ("performancemetrics", "accountstatuses"))


def performance(tree: Any, file: str) -> Told:
    """Rates with counts, targets and periods, policy counts, ratings and account states, per marketplace."""
    top = by_name(tree)
    facts, disagreements, notes = list[Fact](), list[Disagreement](), list[str]()
    markets = [m for m in as_list(top.get("performancemetrics")) if isinstance(m, Mapping)]
    for state in as_list(top.get("accountstatuses")):
        facts += account_status(state, file)
    for market in markets:
        place = marketplace_of(market) if len(markets) > 1 else ""
        for counted in _counted(market, file, place, notes):
            made, differences = metric_facts(counted)
            facts += made
            disagreements += differences
        facts += [*_components(market, file, place), *policies(market, file, place), *ratings(market, file, place)]
    if not facts:
        raise InputError(
            f"{file} is a performance report without any figure.",
            hint="Download it again for the marketplace of the notice.",
        )
    periods = [f for f in facts if f.since and f.until]
    period = (
        Period(since=min(f.since for f in periods if f.since), until=max(f.until for f in periods if f.until))
        if periods
        else None
    )
    return Told(tuple(facts), period, tuple(disagreements), tuple(notes))


def _counted(market: Mapping[str, Any], file: str, place: str, notes: list[str]) -> Iterator[Counted]:
    for key, node, rule in _metric_nodes(market):
        fields = by_name(node)
        part, whole = count_of(fields.get(folded(rule["part"]))), count_of(fields.get(folded(rule["whole"])))
        printed = decimal_of(fields.get("rate"))
        if part is None or whole is None:
            if printed is not None:
                notes.append(f"{file}: {key} prints a rate without its counts; it was not used.")
            continue
        channel = next((f".{name}" for name in _FULFILMENT if key.endswith(f".{name}")), "")
        yield Counted(
            rule["name"],
            f"{place}{rule['name']}{channel}",
            f"{file}: {place}{key}",
            rule["of"],
            part,
            whole,
            f"{rule['part']}: {part}, {rule['whole']}: {whole}",
            printed,
            target_of(fields),
            rule.get("policy_target"),
            period_of(fields),
        )


def _metric_nodes(market: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], Any]]:
    """Every metric object with its key as printed: plain, by fulfilment (`.mfn`, `.afn`), or in a list."""
    found = rules()["performance"]
    by_key = {folded(k): rule for k, rule in found["metrics"].items()} | {
        folded(k): found["metrics"][m] for k, m in found["lists"].items()
    }
    for key, node in market.items():
        rule = by_key.get(folded(key))
        if rule is None:
            continue
        if isinstance(node, list):
            yield from ((f"{key}[{n}]", one, rule) for n, one in enumerate(node) if isinstance(one, Mapping))
        elif isinstance(node, Mapping):
            sub = [
                (f"{key}.{k}", one, rule)
                for k, one in node.items()
                if folded(k) in _FULFILMENT and isinstance(one, Mapping)
            ]
            yield from sub or [(key, node, rule)]


def _components(market: Mapping[str, Any], file: str, place: str) -> Iterator[Fact]:
    """The parts that a rate is made of: claims, chargebacks, negative feedback [V:A3]. One order may have several."""
    for key, node, rule in _metric_nodes(market):
        for name, label in rule.get("components", {}).items():
            count = count_of(by_name(node).get(folded(name)))
            if count is not None:
                about = (
                    f"{place}{rule['name']}.{key.rpartition('.')[2]}.{name}"
                    if "." in key
                    else f"{place}{rule['name']}.{name}"
                )
                yield figure(
                    "count",
                    count,
                    f"{file}: {place}{key}.{name}.count",
                    about=about,
                    unit=label,
                    quote=str(count),
                    period=period_of(by_name(node)),
                )
