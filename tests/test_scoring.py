"""Scores: single fields, sets, figures compared as numbers, and the table."""

from __future__ import annotations

from datetime import date
from typing import Any

from amends.schemas import Deadline, Enforcement, Fact, Metric, Notice, Requested, Span
from amends.scoring import NoticeScore, score_notice, totals
from amends.vocabulary import RequestedItem

LABEL: dict[str, Any] = {
    "cause": "late_shipment",
    "other_causes": ["cancellation"],
    "stage": "deactivated",
    "answer_kind": "plan_of_action",
    "requested": ["root_cause", "invoices"],
    "deadline": {"days": 17, "due": date(2026, 5, 18)},
    "facts": [
        {"kind": "metric", "name": "late_shipment_rate", "value": 6.1, "target": 4},
        {"kind": "asin", "value": "B0C7QX41LM"},
        {"kind": "amount", "value": 1200.5, "unit": "USD"},
        {"kind": "complaint_id", "value": 10482233901},
        {"kind": "statement", "value": "US 11,204,377 B2", "unit": "patent_number"},
        {"kind": "party", "value": "Norrvik  Outdoor AB"},
    ],
}


def fact(kind: Any, value: Any, unit: str | None = None) -> Fact:
    return Fact(id="F1", kind=kind, value=value, unit=unit, source="notice", origin="notice")


def asked(item: RequestedItem, *, dispute_only: bool = False) -> Requested:
    return Requested(item=item, evidence=Span(quote="x", start=0, end=1), dispute_only=dispute_only)


RIGHT = Enforcement(
    cause="late_shipment",
    other_causes=("cancellation",),
    stage="deactivated",
    answer_kind="plan_of_action",
    requests=(asked("root_cause"), asked("invoices"), asked("other", dispute_only=True)),
    deadline=Deadline(text="within 17 days", days=17.0, due=date(2026, 5, 18)),
)
FACTS = (
    fact("metric", Metric(name="late_shipment_rate", value=6.10, target=4.0)),
    fact("asin", "B0C7QX41LM"),
    fact("amount", 1200.50, "USD"),
    fact("complaint_id", "10482233901"),
    fact("statement", "US 11204377 B2", "patent_number"),
    fact("party", "norrvik outdoor AB"),
    fact("count", 3, "of 10"),
)


def score(enforcement: Enforcement = RIGHT, facts: tuple[Fact, ...] = FACTS) -> NoticeScore:
    return score_notice(LABEL, enforcement, Notice(text=""), facts)


def test_a_notice_read_right_has_no_miss() -> None:
    result = score()
    assert result.misses == ()
    assert all(result.fields.values())
    assert all(tally.exact for tally in result.sets.values())


def test_fields_that_the_label_lacks_are_not_scored() -> None:
    assert "funds" not in score().fields


def test_wrong_fields_are_told_with_both_sides() -> None:
    result = score(RIGHT.with_(stage="warning", deadline=None))
    assert [(m.field, m.expected, m.read) for m in result.misses] == [
        ("stage", "deactivated", "warning"),
        ("deadline", "(17.0, '2026-05-18')", "None"),
    ]


def test_sets_count_found_extra_and_missed() -> None:
    result = score(RIGHT.with_(requests=(asked("root_cause"), asked("other"))))
    tally = result.sets["requested"]
    assert (tally.right, tally.extra, tally.missed) == (1, ("other",), ("invoices",))


def test_a_metric_with_an_invented_value_is_wrong() -> None:
    invented = (fact("metric", Metric(name="late_shipment_rate", value=9, target=4)),)
    tally = score(facts=invented).sets["metric"]
    assert tally.extra == ("late_shipment_rate 9 / 4",)
    assert tally.missed == ("late_shipment_rate 6.1 / 4",)


def test_dispute_only_items_count_where_dispute_is_the_answer() -> None:
    label = {"answer_kind": "dispute", "requested": ["evidence_of_compliance"]}
    read = Enforcement(answer_kind="dispute", requests=(asked("evidence_of_compliance", dispute_only=True),))
    assert score_notice(label, read, Notice(text=""), ()).sets["requested"].exact


def test_an_invented_cause_is_counted_apart() -> None:
    label = {"cause": "unspecified", "other_causes": []}
    wrong = score_notice(label, Enforcement(cause="expired"), Notice(text=""), ())
    right = score_notice(label, Enforcement(), Notice(text=""), ())
    rows = {row.name: row for row in totals([wrong, right])}
    assert (rows["no_cause_invented"].right, rows["no_cause_invented"].of) == (1, 2)
    assert rows["cause"].share == 0.5


def test_totals_give_precision_recall_and_all_ids_together() -> None:
    rows = {row.name: row for row in totals([score(), score(facts=FACTS[:1])])}
    assert rows["asin"].recall == 0.5
    assert rows["asin"].precision == 1.0
    assert rows["ids_and_figures"].right == 7
    assert rows["ids_and_figures"].of == 12
    assert rows["stage"].share == 1.0
