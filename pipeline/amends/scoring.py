"""How well a notice was read, against its label: one row per field, with counts. Pure functions, no files.

Single fields are right or wrong; sets (facts by kind, causes, requested items) are counted as found rightly, found
wrongly and missed, so that precision and recall can be told. A field that the label does not name is not scored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from amends.schemas import Enforcement, Fact, Metric, Notice

#: The fields with one value, in the order of the table.
FIELDS: tuple[str, ...] = (
    "cause", "stage", "answer_kind", "deadline", "scope", "funds", "channel", "marketplace", "language", "authenticity",
)  # fmt: skip
#: The kinds of fact that labels list in full; others are not scored.
FACT_KINDS: tuple[str, ...] = (
    "asin", "order_id", "complaint_id", "case_id", "metric", "amount", "party", "statement",
)  # fmt: skip


@dataclass(frozen=True)
class Tally:
    """A set compared with its label: rightly found, wrongly found (`extra`), and not found (`missed`)."""

    right: int
    extra: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether nothing is missed and nothing added."""
        return not self.extra and not self.missed


@dataclass(frozen=True)
class Miss:
    """A field read wrongly: what the label says, and what was read."""

    field: str
    expected: str
    read: str


@dataclass(frozen=True)
class NoticeScore:
    """One notice: `fields` right or wrong by name, `sets` by name, and every miss in words."""

    fields: Mapping[str, bool]
    sets: Mapping[str, Tally]
    misses: tuple[Miss, ...]


@dataclass(frozen=True)
class Row:
    """One line of the table. Shares are 0..1; None where nothing was to be found or counted."""

    name: str
    right: int
    of: int
    share: float | None
    precision: float | None = None
    recall: float | None = None


def score_notice(
    expected: Mapping[str, Any], enforcement: Enforcement, notice: Notice, facts: Iterable[Fact]
) -> NoticeScore:
    """Compare what was read with the label (`expected.yaml`, as parsed)."""
    read = {name: _read(name, enforcement, notice) for name in FIELDS}
    wanted = {name: _label(name, expected[name]) for name in FIELDS if name in expected}
    fields = {name: read[name] == value for name, value in wanted.items()}
    sets = _sets(expected, enforcement, tuple(facts))
    misses = [Miss(name, str(wanted[name]), str(read[name])) for name, right in fields.items() if not right]
    misses += [
        Miss(name, ", ".join(tally.missed) or "-", ", ".join(tally.extra) or "-")
        for name, tally in sets.items()
        if not tally.exact
    ]
    return NoticeScore(fields, sets, tuple(misses))


def _read(name: str, enforcement: Enforcement, notice: Notice) -> object:
    if name == "deadline":
        return _deadline(enforcement.deadline.days, enforcement.deadline.due) if enforcement.deadline else None
    if name == "authenticity":
        return notice.authenticity.verdict
    if name in ("marketplace", "language"):
        return getattr(notice, name)
    return getattr(enforcement, name)


def _label(name: str, value: Any) -> object:
    if name != "deadline" or value is None:
        return value
    due = value.get("due")
    return _deadline(value.get("days"), date.fromisoformat(due) if isinstance(due, str) else due)


def _deadline(days: float | None, due: date | None) -> tuple[float | None, str | None]:
    return (round(float(days), 2) if days is not None else None, due.isoformat() if due else None)


def _sets(expected: Mapping[str, Any], enforcement: Enforcement, facts: tuple[Fact, ...]) -> dict[str, Tally]:
    sets: dict[str, Tally] = {}
    if "cause" in expected:
        others = expected.get("other_causes") or ()
        causes = {c for c in (expected["cause"], *others) if c != "unspecified"}
        sets["causes"] = _compare(causes, {c for c in enforcement.all_causes if c != "unspecified"})
        none = expected["cause"] == "unspecified"
        if none:
            invented = tuple(c for c in enforcement.all_causes if c != "unspecified")
            sets["no_cause_invented"] = Tally(not invented, invented)
    if "requested" in expected:
        asked = {r.item for r in enforcement.requests if not r.dispute_only}
        if enforcement.answer_kind == "dispute":
            asked = set(enforcement.requested)
        sets["requested"] = _compare(set(expected["requested"] or ()), asked)
    if "facts" in expected:
        labelled = [_labelled_fact(entry) for entry in expected["facts"] or ()]
        found = [_found_fact(fact) for fact in facts if fact.kind in FACT_KINDS]
        for kind in FACT_KINDS:
            sets[kind] = _compare({v for k, v in labelled if k == kind}, {v for k, v in found if k == kind})
    return sets


def _compare(wanted: Iterable[str], found: Iterable[str]) -> Tally:
    wanted, found = set(wanted), set(found)
    return Tally(len(wanted & found), tuple(sorted(found - wanted)), tuple(sorted(wanted - found)))


def _labelled_fact(entry: Mapping[str, Any]) -> tuple[str, str]:
    kind = str(entry["kind"])
    if kind == "metric":
        return kind, _metric(str(entry["name"]), entry.get("value"), entry.get("target"))
    return kind, _plain(kind, entry["value"], entry.get("unit"))


def _found_fact(fact: Fact) -> tuple[str, str]:
    if isinstance(fact.value, Metric):
        return fact.kind, _metric(fact.value.name, fact.value.value, fact.value.target)
    return fact.kind, _plain(fact.kind, fact.value, fact.unit)


def _metric(name: str, value: float | None, target: float | None) -> str:
    def number(figure: float | None) -> str:
        return "-" if figure is None else f"{float(figure):g}"

    return f"{name} {number(value)} / {number(target)}"


def _plain(kind: str, value: Any, unit: str | None) -> str:
    if kind == "amount":
        return f"{float(value):.2f} {unit or ''}".strip()
    text = " ".join(str(value).split()).casefold()
    if kind == "statement":
        return f"{re.sub(r'[^0-9a-z]', '', text)} {unit or ''}".strip()
    return text


def totals(scores: Iterable[NoticeScore]) -> tuple[Row, ...]:
    """The table: a row per field, then one per set, then one for all ids and figures together."""
    scores = tuple(scores)
    rows = [_field_row(name, [s.fields[name] for s in scores if name in s.fields]) for name in FIELDS]
    names = dict.fromkeys(name for s in scores for name in s.sets)
    rows += [_set_row(name, [s.sets[name] for s in scores if name in s.sets]) for name in names]
    every = [tally for s in scores for name, tally in s.sets.items() if name in FACT_KINDS]
    rows.append(_set_row("ids_and_figures", every))
    return tuple(row for row in rows if row.of or row.right)


def _field_row(name: str, values: list[bool]) -> Row:
    return Row(name, sum(values), len(values), sum(values) / len(values) if values else None)


def _set_row(name: str, tallies: list[Tally]) -> Row:
    right = sum(t.right for t in tallies)
    extra, missed = sum(len(t.extra) for t in tallies), sum(len(t.missed) for t in tallies)
    counted = 2 * right + extra + missed
    return Row(
        name,
        right,
        right + extra + missed,
        2 * right / counted if counted else None,
        precision=right / (right + extra) if right + extra else None,
        recall=right / (right + missed) if right + missed else None,
    )
