"""Values out of the parsed JSON of a report; a shape that is not as expected is no value, never an error."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from amends.errors import InputError
from amends.reports.cells import read_days
from amends.reports.headers import folded, rules
from amends.reports.report import Period


def parse_json(text: str, file: str) -> Any:
    """The parsed JSON of a report; decimals keep their digits.

    Raises:
        InputError: it is broken; the line and column are named.
    """
    try:
        return json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
    except RecursionError:
        where = "too deep a nesting"
    raise InputError(f"{file} is broken JSON at {where}.", hint="Download the report again.") from None


def marketplace_of(node: Mapping[str, Any]) -> str:
    """The store's domain and a space, or "" where the id is unknown."""
    name = rules()["marketplaces"].get(str(by_name(node).get("marketplaceid") or ""))
    return f"{name} " if name else ""


def by_name(node: Any) -> dict[str, Any]:
    """The mapping with its keys folded; {} for anything else."""
    return {folded(str(k)): v for k, v in node.items()} if isinstance(node, Mapping) else {}


def as_list(node: Any) -> list[Any]:
    """A list as it is, a single mapping as a list of one, nothing for anything else."""
    return node if isinstance(node, list) else [node] if isinstance(node, Mapping) else []


def count_of(node: Any) -> int | None:
    """A count that stands plain or as `{count, status}`; None for anything else."""
    value = by_name(node).get("count") if isinstance(node, Mapping) else node
    if isinstance(value, Decimal) and value == int(value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def decimal_of(node: Any) -> Decimal | None:
    """A number with its digits as printed; None for anything else."""
    return Decimal(node) if isinstance(node, int | Decimal) and not isinstance(node, bool) else None


def target_of(fields: Mapping[str, Any]) -> Decimal | None:
    """The target as a fraction, plain or as `{value, condition}`."""
    target = fields.get("targetvalue")
    return decimal_of(by_name(target).get("value") if isinstance(target, Mapping) else target)


def period_of(fields: Mapping[str, Any]) -> Period | None:
    """The reporting dates of a metric, both ends included."""
    window = by_name(fields.get("reportingdaterange"))
    ends = [str(window.get(key) or "").partition("T")[0] for key in ("reportingdatefrom", "reportingdateto")]
    days = read_days(ends).of
    return (
        Period(since=days[ends[0]], until=days[ends[1]])
        if all(e in days for e in ends) and days[ends[0]] <= days[ends[1]]
        else None
    )
