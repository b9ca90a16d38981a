"""Ids and figures of the notice, each with the words that say it, in the notice's order."""

from __future__ import annotations

from amends.extract.layout import Layout
from amends.extract.values.figures import amounts, counts, parse_number
from amends.extract.values.ids import named_ids, order_ids, products, registrations, rights_by_form
from amends.extract.values.metrics import metrics
from amends.extract.values.parties import parties
from amends.schemas import Fact, Metric, Notice

__all__ = ["parse_number", "values"]


def values(layout: Layout, notice: Notice, *, trusted: bool = True) -> tuple[Fact, ...]:
    """All ids and figures, each once, numbered F1, F2 … in the notice's order; ids of the subject line have no offsets.

    Of a mail that may not be Amazon's (`trusted` false) they are given as printed, but nothing is counted.
    """
    text, subject = notice.text, notice.subject or ""
    found = [
        *products(layout, text),
        *order_ids(text),
        *named_ids(text),
        *registrations(text),
        *rights_by_form(text),
        *parties(layout),
        *(fact for fact in metrics(layout) if trusted or not _only_a_target(fact)),
        *amounts(layout, notice.marketplace, trusted=trusted),
    ]
    if trusted:
        found += counts(layout)
    known = {str(fact.value) for fact in found}
    found += [
        fact.with_(start=None, end=None)
        for fact in (*named_ids(subject), *order_ids(subject))
        if str(fact.value) not in known
    ]
    return tuple(fact.with_(id=f"F{number}") for number, fact in enumerate(_each_once(found), 1))


def _only_a_target(fact: Fact) -> bool:
    return isinstance(fact.value, Metric) and fact.value.value is None


def _each_once(found: list[Fact]) -> list[Fact]:
    seen: set[tuple[str, str, str | None]] = set()
    unique = []
    for fact in sorted(found, key=lambda f: (f.start or 0, f.kind)):
        value = fact.value.model_dump_json() if isinstance(fact.value, Metric) else str(fact.value).casefold()
        key = (fact.kind, value, fact.unit)
        if key not in seen:
            seen.add(key)
            unique.append(fact)
    return unique
