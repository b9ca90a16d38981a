"""The old performance report (`GET_V1_SELLER_PERFORMANCE_REPORT`) and the XML of returns, read without any entity."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from amends.errors import InputError
from amends.reports.cells import read_days, whole_number
from amends.reports.counted import Counted, metric_facts
from amends.reports.headers import folded, rules
from amends.reports.report import Period, Told, figure
from amends.schemas import Disagreement, Fact

if TYPE_CHECKING:
    from lxml.etree import _Element

_WHOLE = ("ordercount", "orderscount", "totalorders", "totalordercount", "shipmentcount")


def parse_xml(data: bytes, file: str) -> _Element:
    """The root of an XML report; entities, external files and the network are never used.

    Raises:
        InputError: it is broken (line and column named), or declares entities.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise InputError(
            f"{file} is broken XML at line {line}, column {column}.", hint="Download the report again."
        ) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError(
            f"{file} declares a document type; reports of Amazon have none.",
            hint="Download the report again from Seller Central.",
        )
    return root


def performance_xml(root: _Element, file: str) -> Told:
    """Rates computed from count and number of orders wherever the report gives both.

    Raises:
        InputError: the XML holds no metric that is known.
    """
    facts: list[Fact] = []
    differences: list[Disagreement] = []
    notes: list[str] = []
    found = rules()["performance"]
    metrics = {folded(k): rule for k, rule in found["xml"].items()}
    parts = {folded(k): label for k, label in found["xml_components"].items()}
    for node in root.iter("{*}*"):
        name = folded(_tag(node))
        if name in metrics and (rate := _child(node, "rate", "count")):
            made, told = _metric(node, metrics[name], file, notes) if rate else ([], [])
            facts, differences = facts + made, differences + told
        elif name in parts and (count := _number(node, "count")) is not None:
            facts.append(
                figure(
                    "count",
                    count,
                    f"{file}: {_path(node)}.count",
                    about=f"order_defect_rate.{name}",
                    unit=parts[name],
                    quote=str(count),
                    period=_period(node),
                )
            )
    if not facts and not differences:
        raise InputError(
            f"{file} is XML, but no report that is known (its root is <{_tag(root)[:40]}>).",
            hint="Give the performance report as JSON or XML, or a text report.",
        )
    return Told(tuple(facts), _span(facts), tuple(differences), tuple(notes))


def _metric(node: _Element, rule: Any, file: str, notes: list[str]) -> tuple[list[Fact], list[Disagreement]]:
    part, whole, where = _number(node, "count"), _whole(node), f"{file}: {_path(node)}"
    if part is None or whole is None:
        notes.append(f"{where} prints a rate without its counts; it was not used.")
        return [], []
    period = _period(node)
    return metric_facts(
        Counted(
            rule["name"],
            rule["name"],
            where,
            rule["of"],
            part,
            whole,
            f"count: {part}, orders: {whole}",
            _printed(node, part, whole),
            None,
            rule.get("policy_target"),
            period,
        )
    )


def _printed(node: _Element, part: int, whole: int) -> Decimal | None:
    """The printed rate as a fraction; the report prints either a fraction or per cent, the nearer reading is meant."""
    text = _child(node, "rate")
    try:
        rate = Decimal(text.replace("%", "").replace(",", ".").strip()) if text else None
    except InvalidOperation:
        return None
    if rate is None or not whole:
        return None
    true = Decimal(part) / Decimal(whole)
    return min((rate, rate / 100), key=lambda r: abs(r - true))


def _tag(node: _Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _path(node: _Element) -> str:
    above = [_tag(n) for n in reversed(list(node.iterancestors()))]
    return ".".join([*above[1:], _tag(node)])


def _child(node: _Element, *names: str) -> str:
    return next((str(c.text).strip() for c in node if folded(_tag(c)) in names and c.text and c.text.strip()), "")


def _number(node: _Element, name: str) -> int | None:
    text = _child(node, name)
    return whole_number(text) if text else None


def _whole(node: _Element) -> int | None:
    """The denominator: in the metric itself, or beside it, or beside what holds it."""
    for place in (node, *node.iterancestors()):
        for name in _WHOLE:
            if (count := _number(place, name)) is not None:
                return count
    return None


def _period(node: _Element) -> Period | None:
    for place in (node, *node.iterancestors()):
        for frame in (
            place,
            *(c for c in place if folded(_tag(c)) in ("timeframe", "window", "daterange", "reportingdaterange")),
        ):
            ends = [
                _child(frame, *names).partition("T")[0]
                for names in (("start", "startdate", "from", "begin"), ("end", "enddate", "to"))
            ]
            days = read_days([e for e in ends if e]).of
            if all(e in days for e in ends) and days[ends[0]] <= days[ends[1]]:
                return Period(since=days[ends[0]], until=days[ends[1]])
    return None


def _span(facts: list[Fact]) -> Period | None:
    since, until = [f.since for f in facts if f.since], [f.until for f in facts if f.until]
    return Period(since=min(since), until=max(until)) if since and until else None


def rows_of_returns(root: _Element) -> Iterator[dict[str, str]]:
    """The returns of `GET_XML_RETURNS_DATA_BY_RETURN_DATE`, one mapping of tag to text for each item."""
    for item in root.iter("{*}item_details"):
        parent = item.getparent()
        shared = {_tag(c): str(c.text or "").strip() for c in (parent if parent is not None else ()) if len(c) == 0}
        yield shared | {_tag(c): str(c.text or "").strip() for c in item if len(c) == 0}
