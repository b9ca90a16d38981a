"""Contradictions: both sources are shown, comparable figures only, no alarm on the sample cases."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from amends.extract import extract
from amends.facts import facts_of, load_facts, seller_facts
from amends.read import read_path
from amends.reports import contradictions, read_report
from amends.schemas import Disagreement, Fact, Notice

CASES = Path(__file__).parents[1] / "eval" / "cases"
NOTICE = (
    "Hello, your order defect rate is 1.7%, which is above our target of less than 1%. "
    "7 of 412 orders have a defect. Please send a plan of action."
)


def notice(text: str = NOTICE) -> tuple[Fact, ...]:
    return extract(Notice(text=text))[1]


def seller(**lists: object) -> tuple[Fact, ...]:
    return seller_facts(facts_of(lists), 100)


def snapshot(
    folder: Path, name: str = "perf.json", part: int = 7, whole: int = 412, since: str = "2026-09-01"
) -> tuple[Fact, ...]:
    window = {"reportingDateFrom": f"{since}T00:00:00Z", "reportingDateTo": "2026-10-30T00:00:00Z"}
    odr = {"mfn": {"reportingDateRange": window, "orderCount": whole, "orderWithDefects": {"count": part}}}
    (folder / name).write_text(json.dumps({"performanceMetrics": [{"orderDefectRate": odr}]}), encoding="utf-8")
    return read_report(folder / name).facts


def only(found: tuple[Disagreement, ...]) -> Disagreement:
    assert len(found) == 1
    assert found[0].kept == ""
    return found[0]


def test_sources_that_agree_after_rounding_are_no_contradiction(tmp_path: Path) -> None:
    assert (
        contradictions(
            (
                *notice(),
                *snapshot(tmp_path),
                *seller(other_facts=["Our order defect rate was 1.70 %, 7 of 412 orders."]),
            )
        )
        == ()
    )


def test_a_report_that_gives_another_rate_is_shown_with_its_period(tmp_path: Path) -> None:
    told = only(
        tuple(
            d for d in contradictions((*notice(), *snapshot(tmp_path, part=9))) if d.about == "order defect rate: rate"
        )
    )
    assert "1.7%" in told.one
    assert "perf.json: orderDefectRate.mfn" in told.other
    assert "(2026-09-01 to 2026-10-30): 2.18 %" in told.other


def test_a_seller_sentence_with_another_rate_is_told() -> None:
    told = only(
        contradictions((*notice(), *seller(root_causes=["Our order defect rate was 2.4 % because parcels broke."])))
    )
    assert (told.about, "root_causes[0]" in told.other) == ("order defect rate: rate", True)


def test_an_entry_with_its_percentage_apart_is_compared() -> None:
    entry = {"text": "Our order defect rate", "value": 2.4, "unit": "%"}
    assert only(contradictions((*notice(), *seller(other_facts=[entry])))).about == "order defect rate: rate"


@pytest.mark.parametrize(
    "sentence",
    [
        "Our order defect rate is 0.4 % since 2 November.",
        "Our order defect rate fell to 0.6 %.",
        "5 of 412 orders had a broken lamp because of thin cartons.",
        "Our order defect rate must stay below 0.5 %.",
    ],
)
def test_developments_parts_and_limits_are_no_contradiction(sentence: str) -> None:
    found = contradictions((*notice(), *seller(root_causes=[sentence])))
    assert [d for d in found if not d.about.endswith("target")] == []


def test_more_defects_among_the_same_orders_are_told() -> None:
    told = only(
        contradictions((*notice(), *seller(root_causes=["9 of 412 orders arrived broken because of thin cartons."])))
    )
    assert "9 of 412" in told.one
    assert "7 of 412" in told.other


def test_a_rate_beside_counts_that_do_not_make_it_is_told() -> None:
    told = only(contradictions(seller(root_causes=["7 of 412 orders (1.9 %) arrived broken."])))
    assert (told.one.endswith("1.9 %"), told.other) == (True, "7 / 412 = 1.70 %")


def test_two_reports_of_the_same_period_are_compared_and_of_another_period_not(tmp_path: Path) -> None:
    first, same, earlier = (
        snapshot(tmp_path, "a.json"),
        snapshot(tmp_path, "b.json", part=9),
        snapshot(tmp_path, "c.json", part=11, since="2026-07-01"),
    )
    assert {d.about for d in contradictions((*first, *same))} == {"order defect rate: rate", "order defect rate: count"}
    assert contradictions((*first, *earlier)) == ()


def test_units_sold_in_a_year_are_compared_with_the_order_report(tmp_path: Path) -> None:
    rows = [f"028-{n:07d}-4471902\t2026-{1 + n % 10:02d}-01T00:00:00Z\tShipped\tB0LAMPOAK1\t2" for n in range(40)]
    rows += ["028-9000000-4471902\t2025-10-06T00:00:00Z\tShipped\tB0LAMPOAK1\t1"]
    text = "\n".join(["amazon-order-id\tpurchase-date\torder-status\tasin\tquantity", *rows])
    (tmp_path / "orders.txt").write_text(text, encoding="utf-8")
    report = read_report(tmp_path / "orders.txt", before=date(2026, 10, 5), asins=("B0LAMPOAK1",)).facts
    told = only(
        contradictions((*report, *seller(other_facts=["We sold 60 units of B0LAMPOAK1 in the last 365 days."])))
    )
    assert "81 units of B0LAMPOAK1 sold" in told.other
    assert (
        contradictions((*report, *seller(other_facts=["We sold 81 units of B0LAMPOAK1 in the last 365 days."]))) == ()
    )
    assert contradictions((*report, *seller(other_facts=["We sold 60 units of B0LAMPOAK1 in May."]))) == ()


def test_an_action_dated_before_its_order_is_told(tmp_path: Path) -> None:
    order = "028-0000001-4471902"
    (tmp_path / "claims.csv").write_text(f"Claim date;Order\n2026-10-02;{order}\n", encoding="utf-8")
    report = read_report(tmp_path / "claims.csv").facts
    early = seller(corrective_actions=[{"text": "Refunded the buyer.", "date": "2026-09-30", "orders": [order]}])
    later = seller(corrective_actions=[{"text": "Refunded the buyer.", "date": "2026-10-03", "orders": [order]}])
    assert only(contradictions((*report, *early))).about == f"order {order}"
    assert contradictions((*report, *later)) == ()


def test_no_false_alarm_on_the_sample_cases() -> None:
    seen = 0
    for facts_file in sorted(CASES.glob("*/facts.yaml")):
        found = extract(read_path(next(facts_file.parent.glob("notice.*"))))[1]
        assert contradictions((*found, *seller_facts(load_facts(facts_file), 100))) == (), facts_file.parent.name
        seen += 1
    assert seen >= 10
