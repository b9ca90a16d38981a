"""The seller's files beside the notice: reports become facts, invoices are set against sales, contradictions are shown."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from amends.errors import InputError
from amends.own_data import with_contradictions, with_reports
from amends.schemas import Case, Fact, Metric, Notice
from amends.verdict import judge

NOTICE = Notice(text="Your late shipment rate is 6.38%.", received="2026-11-19T10:00:00+00:00")
RATE = Fact(
    id="F1", kind="metric", value=Metric(name="late_shipment_rate", value=6.38, target=4), unit="%", source="notice", origin="notice",
    quote="6.38%", start=27, end=32,
)  # fmt: skip


@pytest.fixture
def case() -> Case:
    return Case(today=date(2026, 11, 25), notice=NOTICE, facts=(RATE,))


def performance(folder: Path, late: int) -> Path:
    rate = {
        "reportingDateRange": {"reportingDateFrom": "2026-10-18", "reportingDateTo": "2026-11-16"},
        "orderCount": 486, "lateShipmentCount": late, "status": "BAD", "rate": 0.0638, "targetValue": 0.04, "targetCondition": "LESS_THAN",
    }  # fmt: skip
    tree = {
        "accountStatuses": [{"marketplaceId": "ATVPDKIKX0DER", "status": "DEACTIVATED"}],
        "performanceMetrics": [{"marketplaceId": "ATVPDKIKX0DER", "lateShipmentRate": rate}],
    }
    path = folder / "performance.json"
    path.write_text(json.dumps(tree))
    return path


def test_a_reports_counts_become_facts_numbered_on(case: Case, tmp_path: Path) -> None:
    after = with_reports(case, [performance(tmp_path, 31)])
    counts = [f for f in after.facts if f.kind == "count"]
    assert [(f.value, f.unit, f.source) for f in counts] == [(31, "of 486 orders", "report")]
    assert [f.id for f in after.facts] == [f"F{n}" for n in range(1, len(after.facts) + 1)]
    assert with_contradictions(after).disagreements == ()


def test_a_rate_that_differs_is_shown_with_both_sources_and_reaches_the_verdict(case: Case, tmp_path: Path) -> None:
    after = with_contradictions(with_reports(case, [performance(tmp_path, 33)]))
    odd = next(d for d in after.disagreements if "6.38%" in d.one + d.other)
    assert "6.79" in odd.one + odd.other
    assert odd.kept == ""
    assert with_contradictions(after) == after


def test_invoices_that_do_not_cover_the_sales_block(case: Case, tmp_path: Path) -> None:
    orders = tmp_path / "orders.txt"
    head = "amazon-order-id\tpurchase-date\torder-status\tsku\tasin\tquantity\n"
    rows = [f"114-0000000-{n:07}\t2026-0{1 + n % 9}-03T08:00:00+00:00\tShipped\tS1\tB0C7QX41LM\t2\n" for n in range(30)]
    orders.write_text(head + "".join(rows))
    invoices = tmp_path / "invoices.csv"
    invoices.write_text(
        "date,supplier,phone,address,website,invoice_no,asin,quantity,buyer\n"
        "2026-03-01,Norrland Tooling Inc,218-555-0143,418 Harbor Row Duluth,www.norrland.example,N-1,B0C7QX41LM,40,Fennick Ltd\n"
    )
    after = with_reports(case, [orders], [invoices])
    blocking = [r for r in after.checks if r.severity == "blocking"]
    assert any("60" in r.message and "40" in r.message for r in blocking), [r.message for r in after.checks]
    letterless = judge(after)
    assert letterless.readiness == "do_not_send"


def test_a_file_of_no_known_kind_is_refused(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("name\tcolour\nAda\tred\n")
    with pytest.raises(InputError, match="colour"):
        with_reports(case, [path])
