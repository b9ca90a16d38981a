"""Reports: every kind is recognised by content, figures are right, persons are left out, faults are named."""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import date
from pathlib import Path

import pytest

from amends.errors import InputError, SetupError
from amends.reports import REPORT_KINDS, Report, read_report, reading
from amends.reports.cells import read_days, whole_number
from amends.reports.headers import is_personal, rules
from amends.reports.report import Told, Wanted
from amends.reports.table import Table
from amends.schemas import Fact, Metric

ORDER = "028-{:07d}-4471902"
PERSONS = (
    "Wilhelmine Quastenflosse",
    "w.quastenflosse@post.example",
    "Birkenstieg 77",
    "0171-5550199",
    "Zwischenahnwörth",
)


def order(number: int) -> str:
    return ORDER.format(number)


def write(folder: Path, text: str, name: str = "download.txt", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def lines(*rows: str, by: str = "\t") -> str:
    return "\n".join(row.replace("|", by) for row in rows) + "\n"


def by_about(report: Report, about: str) -> Fact:
    return next(f for f in report.facts if f.about == about and f.kind != "order_id")


def ids(report: Report, about: str) -> list[tuple[object, str]]:
    return [(f.value, f.origin) for f in report.facts if f.kind == "order_id" and f.about == about]


def orders_text(by: str = "\t") -> str:
    name, mail, street, phone, city = PERSONS
    person = f"{city}|{name}|{mail}|{street}|{phone}"
    head = (
        "amazon-order-id|purchase-date|order-status|fulfillment-channel|product-name|sku|asin|item-status|quantity|"
        "ship-city|buyer-name|buyer-email|ship-address-1|buyer-phone-number"
    )
    rows = [
        f'{order(1)}|2026-01-05T08:12:00+00:00|Shipped|Merchant|Lamp 12" oak|L-1|B0LAMPOAK1|Shipped|2|{person}',
        f"{order(1)}|2026-01-05T08:12:00+00:00|Shipped|Merchant|Bulb|L-2|B0BULBWRM2|Shipped|1|{person}",
        f"{order(2)}|2026-02-01T00:00:00+00:00|Cancelled|Merchant|Bulb|L-2|B0BULBWRM2|Cancelled|4|{person}",
        f"{order(3)}|2026-03-02T23:59:00+00:00|Shipped|Amazon|Lamp|L-1|B0LAMPOAK1|Shipped|3|{person}",
        f"S01-0000001-0000009|2026-03-05T10:00:00+00:00|Shipped|Amazon|Lamp|L-1|B0LAMPOAK1|Shipped|1|{person}",
    ]
    return lines(head, *rows, by=by)


# --- every kind -------------------------------------------------------------------------------------------------------


def test_orders_count_distinct_ids_and_sum_units_without_cancelled_ones(tmp_path: Path) -> None:
    report = read_report(write(tmp_path, orders_text()))
    assert (report.kind, report.rows) == ("all_orders", 5)
    assert str(report.period) == "2026-01-05 to 2026-03-05"
    assert by_about(report, "orders").value == 4
    cancelled = by_about(report, "orders.mfn.cancelled")
    assert (cancelled.value, cancelled.unit) == (1, "of 2 seller-fulfilled orders")
    assert report.units == {"B0LAMPOAK1": 6, "B0BULBWRM2": 1}
    assert report.asin_of == {"L-1": "B0LAMPOAK1", "L-2": "B0BULBWRM2"}
    assert [f.id for f in report.facts[:2]] == ["F1", "F2"]
    assert {f.source for f in report.facts} == {"report"}


def test_units_are_those_of_the_window_and_a_gap_of_the_file_is_told(tmp_path: Path) -> None:
    report = read_report(write(tmp_path, orders_text()), before=date(2026, 3, 5), asins=("B0NEVERSLD",), first=40)
    assert report.units == {"B0LAMPOAK1": 5, "B0BULBWRM2": 1}
    assert str(report.units_period) == "2026-01-05 to 2026-03-04"
    assert report.notes == (
        "The orders cover 2026-01-05 to 2026-03-05; sales from 2025-03-05 to 2026-01-04 are not in this file.",
    )
    assert by_about(report, "units_sold.B0NEVERSLD").value == 0
    assert report.facts[0].id == "F40"


def test_a_file_outside_the_window_gives_no_units_instead_of_none_sold(tmp_path: Path) -> None:
    report = read_report(write(tmp_path, orders_text()), before=date(2024, 1, 1), asins=("B0LAMPOAK1",))
    assert report.units == {}
    assert not [f for f in report.facts if (f.about or "").startswith("units_sold")]
    assert "no sale from 2023-01-01 to 2023-12-31 is in this file" in report.notes[0]


def test_unshipped_orders_give_the_oldest_and_those_past_promise(tmp_path: Path) -> None:
    text = lines(
        "order-id|order-item-id|purchase-date|payments-date|promise-date|days-past-promise|buyer-email|buyer-name|sku|quantity-to-ship",
        f"{order(5)}|1|2026-10-01T01:00:00+00:00|x|2026-10-04|6|{PERSONS[1]}|{PERSONS[0]}|L-1|1",
        f"{order(6)}|2|2026-09-28T01:00:00+00:00|x|2026-10-01|9|{PERSONS[1]}|{PERSONS[0]}|L-1|1",
        f"{order(7)}|3|2026-10-09T01:00:00+00:00|x|2026-10-14|-4|{PERSONS[1]}|{PERSONS[0]}|L-1|1",
    )
    report = read_report(write(tmp_path, text))
    assert report.kind == "unshipped"
    assert by_about(report, "unshipped").value == 3
    assert (by_about(report, "unshipped.past_promise").value, by_about(report, "unshipped.past_promise").unit) == (
        2,
        "of 3 open orders",
    )
    assert by_about(report, "unshipped.past_promise.longest").value == 9
    oldest = by_about(report, "unshipped.oldest")
    assert (oldest.value, oldest.origin, oldest.quote) == ("2026-09-28", "download.txt: row 3", "2026-09-28")
    assert ids(report, "unshipped.past_promise") == [
        (order(6), "download.txt: row 3"),
        (order(5), "download.txt: row 2"),
    ]


def test_feedback_counts_one_and_two_stars_and_words_but_keeps_no_comment(tmp_path: Path) -> None:
    text = lines(
        "Date|Rating|Comments|Your Response|Order ID|Rater Email",
        f"11/3/26|1|Looks FAKE, says {PERSONS[0]}|sorry {PERSONS[0]}|{order(1)}|{PERSONS[1]}",
        f"11/14/26|2|never arrived|.|{order(2)}|{PERSONS[1]}",
        f"11/15/26|3|fake smile|.|{order(3)}|{PERSONS[1]}",
    )
    report = read_report(write(tmp_path, text))
    assert report.kind == "feedback"
    assert str(report.period) == "2026-11-03 to 2026-11-15"
    assert by_about(report, "feedback.negative").value == 2
    assert by_about(report, "feedback.3_stars").value == 1
    assert by_about(report, "feedback.comments.fake").value == 1
    assert ids(report, "feedback.negative") == [(order(2), "download.txt: row 3"), (order(1), "download.txt: row 2")]


def test_seller_fulfilled_returns_rank_reasons_and_name_claims(tmp_path: Path) -> None:
    head = "Order ID|Order date|Return request date|Return request status|A-to-Z Claim|ASIN|Merchant SKU|Return Reason"
    rows = [
        f"{order(n)}|01-Oct-2026|{n:02d}-Nov-2026|Approved|{claim}|B0LAMPOAK1|L-1|{reason}"
        for n, claim, reason in ((1, "N", "CR-DEFECTIVE"), (2, "Y", "CR-DEFECTIVE"), (3, "N", "CR-UNWANTED"))
    ]
    report = read_report(write(tmp_path, lines(head, *rows)))
    assert report.kind == "seller_fulfilled_returns"
    assert str(report.period) == "2026-11-01 to 2026-11-03"
    reason = by_about(report, "returns.mfn.reason.CR-DEFECTIVE")
    assert (reason.value, reason.unit) == (2, "of 3 returns with reason “CR-DEFECTIVE”")
    assert by_about(report, "returns.mfn.asin.B0LAMPOAK1").value == 3
    assert ids(report, "returns.mfn.a_to_z") == [(order(2), "download.txt: row 3")]


def test_fba_returns_rank_reasons_dispositions_and_comment_words(tmp_path: Path) -> None:
    head = (
        "return-date,order-id,sku,asin,fnsku,product-name,quantity,fulfillment-center-id,"
        "detailed-disposition,reason,status,license-plate-number,customer-comments"
    )
    row = '2026-10-0{0}T05:00:00+00:00,{1},L-1,B0LAMPOAK1,X,"Lamp, oak",1,LEJ1,{2},{3},Received,LPN,"{4}"'
    rows = [
        row.format(1, order(1), "CUSTOMER_DAMAGED", "DEFECTIVE", f"box was opened\nand used, {PERSONS[0]}"),
        row.format(2, order(2), "SELLABLE", "DEFECTIVE", "smelled of smoke"),
        row.format(3, order(3), "SELLABLE", "UNWANTED_ITEM", ""),
    ]
    report = read_report(write(tmp_path, "\n".join([head, *rows]) + "\n", "returns.csv"))
    assert (report.kind, report.rows) == ("fba_returns", 3)
    assert by_about(report, "returns.fba.reason.DEFECTIVE").value == 2
    assert by_about(report, "returns.fba.disposition.CUSTOMER_DAMAGED").value == 1
    assert [by_about(report, f"returns.fba.comments.{word}").value for word in ("used", "opened", "burn")] == [1, 1, 1]


def test_listings_tell_what_is_still_active_and_which_names_hold_a_term(tmp_path: Path) -> None:
    text = lines(
        "item-name|item-description|listing-id|seller-sku|price|quantity|open-date|image-url|product-id-type|asin1|product-id|status",
        "Herbal Detox Tea|x|1|T-1|9.90|5|2026-01-01|u|1|B0DETOXTE1|B0DETOXTE1|Active",
        'Detox patch 10" wide|x|2|T-2|9.90|0|2026-01-01|u|1|B0DETOXPA2|B0DETOXPA2|Inactive',
        "Cup|x|3|T-3|9.90|5|2026-01-01|u|1|B0CUPWHIT3|B0CUPWHIT3|Active",
    )
    report = read_report(write(tmp_path, text), asins=("B0DETOXTE1", "B0GONEGON9"), terms=("detox",))
    assert report.kind == "listings"
    assert (by_about(report, "offers.active").value, by_about(report, "offers.active").unit) == (
        2,
        "of 3 offers active",
    )
    assert by_about(report, "offers.active.B0DETOXTE1").value == 1
    assert by_about(report, "offers.active.B0GONEGON9").unit == "of 0 offers for B0GONEGON9 still active"
    found = [(f.value, f.origin, f.quote) for f in report.facts if f.kind == "asin"]
    assert found == [
        ("B0DETOXTE1", "download.txt: row 2", "Herbal Detox Tea"),
        ("B0DETOXPA2", "download.txt: row 3", 'Detox patch 10" wide'),
    ]


def test_stock_is_summed_per_asin(tmp_path: Path) -> None:
    text = lines(
        "sku|fnsku|asin|product-name|condition|your-price|afn-warehouse-quantity|afn-fulfillable-quantity|afn-total-quantity",
        "A|X|B0LAMPOAK1|Lamp|New|9.99|5|4|7",
        "B|X|B0LAMPOAK1|Lamp|New|9.99|5|4|1",
        "C|X|B0BULBWRM2|Bulb|New|9.99|5|4|2",
    )
    report = read_report(write(tmp_path, text), asins=("B0LAMPOAK1",))
    assert report.kind == "fba_stock"
    assert by_about(report, "stock_total").value == 10
    assert by_about(report, "stock_total.B0LAMPOAK1").value == 8


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Order date;Reference;Fulfillment;Negative feedback;A-to-z claim;Chargeback", "order_defects"),
        ("Date;Reference;Carrier;Ship option;x;No Valid Tracking", "untracked_orders"),
        ("Date;Reference;Shipped late;Delivered late;Shipped outside Buy Shipping services;x", "late_orders"),
        ("Claim date;Reference;Claim amount;Claim reason;Status;x", "claims"),
        ("Date;Reference;Cancel reason;Item;Status;x", "cancelled_orders"),
        ("Date;Reference;Something;Else;Here;x", "order_list"),
    ],
)
def test_a_list_of_orders_is_found_by_its_ids_and_named_by_its_columns(tmp_path: Path, head: str, kind: str) -> None:
    rows = [f"0{n}.11.2026;{order(n)};;X;{'X' if n == 1 else ''};" for n in (1, 2)]
    report = read_report(write(tmp_path, "\n".join([head, *rows])))
    assert report.kind == kind
    assert by_about(report, kind).value == 2
    assert [f.value for f in report.facts if f.kind == "order_id"][-1] in (order(1), order(2))


def test_marks_count_orders_and_a_reason_that_stands_once_is_not_shown(tmp_path: Path) -> None:
    text = lines(
        "Bestelldatum|Bestellung|Negative Bewertung|A-bis-z-Garantieantrag|Rückbuchung|Grund",
        f"03.11.2026|{order(1)}|X|||Artikel defekt",
        f"04.11.2026|{order(2)}||X||Artikel defekt",
        f"05.11.2026|{order(3)}|X|Nein|-|{PERSONS[0]} hat sich beschwert",
        by=";",
    )
    report = read_report(write(tmp_path, text, encoding="cp1252"))
    assert (report.kind, report.encoding) == ("order_defects", "cp1252")
    assert by_about(report, "order_defects.negative_feedback").value == 2
    assert by_about(report, "order_defects.a_to_z").value == 1
    assert by_about(report, "order_defects.chargeback").value == 0
    assert by_about(report, "order_defects.reason.Artikel defekt").value == 2
    assert PERSONS[0] not in report.model_dump_json()


def test_at_most_twenty_order_ids_become_facts(tmp_path: Path) -> None:
    text = lines("Claim date|Order", *[f"2026-11-{1 + n % 28:02d}|{order(n)}" for n in range(60)])
    report = read_report(write(tmp_path, text))
    assert by_about(report, "claims").value == 60
    assert len(ids(report, "claims")) == 20


# --- the performance report -------------------------------------------------------------------------------------------


def snapshot(**metrics: object) -> dict[str, object]:
    window = {"reportingDateFrom": "2026-09-01T00:00:00Z", "reportingDateTo": "2026-10-30T00:00:00Z"}
    base: dict[str, object] = {
        "marketplaceId": "A1PA6795UKMFR9",
        "orderDefectRate": {
            "mfn": {
                "reportingDateRange": window,
                "orderCount": 412,
                "orderWithDefects": {"count": 7, "status": "BAD"},
                "claims": {"count": 3, "status": "BAD"},
                "negativeFeedback": {"count": 5, "status": "BAD"},
                "rate": 0.017,
                "targetValue": 0.01,
                "targetCondition": "LESS_THAN",
                "status": "BAD",
            }
        },
    }
    return {
        "accountStatuses": [{"marketplaceId": "A1PA6795UKMFR9", "status": "DEACTIVATED"}],
        "performanceMetrics": [base | metrics],
    }


def perf(folder: Path, tree: object, name: str = "perf.json") -> Report:
    return read_report(write(folder, json.dumps(tree), name))


def test_performance_rates_come_from_counts_with_period_target_and_key(tmp_path: Path) -> None:
    report = perf(tmp_path, snapshot())
    rate = by_about(report, "order_defect_rate.mfn")
    assert rate.value == Metric(name="order_defect_rate", value=1.7, target=1.0)
    assert (rate.unit, str(rate.since), str(rate.until)) == ("%", "2026-09-01", "2026-10-30")
    count = by_about(report, "order_defect_rate.mfn.count")
    assert (count.value, count.unit, count.origin) == (7, "of 412 orders", "perf.json: orderDefectRate.mfn")
    assert count.quote == "orderWithDefects: 7, orderCount: 412"
    assert by_about(report, "order_defect_rate.mfn.claims").value == 3
    assert "Account status in amazon.de: DEACTIVATED" in [f.value for f in report.facts]
    assert report.disagreements == ()


def test_a_printed_rate_that_its_counts_do_not_make_is_told(tmp_path: Path) -> None:
    late = {"orderCount": 410, "lateShipmentCount": 25, "rate": 0.02, "targetValue": 0.04}
    report = perf(tmp_path, snapshot(lateShipmentRate=late))
    assert isinstance(by_about(report, "late_shipment_rate").value, Metric)
    (told,) = report.disagreements
    assert "rate 0.02 (2.00 %)" in told.one
    assert "25 of 410 orders = 6.1 %" in told.other
    assert told.kept == "6.1 %, computed from the counts"


def test_counts_above_their_total_give_no_rate_and_a_strange_target_is_not_taken(tmp_path: Path) -> None:
    tree = snapshot(
        lateShipmentRate={"orderCount": 4, "lateShipmentCount": 9, "rate": 0.1},
        prefulfillmentCancelRate={
            "orderCount": 100,
            "cancellationCount": 3,
            "rate": 0.03,
            "targetValue": {"value": 0.01, "condition": "LESS_THAN"},
        },
    )
    report = perf(tmp_path, tree)
    assert not [f for f in report.facts if isinstance(f.value, Metric) and f.value.name == "late_shipment_rate"]
    assert by_about(report, "cancellation_rate").value == Metric(name="cancellation_rate", value=3.0, target=None)
    assert [d.about for d in report.disagreements] == ["late_shipment_rate", "cancellation_rate: target"]


def test_a_rate_without_counts_is_noted_and_not_used(tmp_path: Path) -> None:
    report = perf(tmp_path, snapshot(validTrackingRate={"rate": 0.93}))
    assert report.notes == ("perf.json: validTrackingRate prints a rate without its counts; it was not used.",)
    assert not [f for f in report.facts if isinstance(f.value, Metric) and f.value.name == "valid_tracking_rate"]


def test_policy_rows_rating_and_warnings_of_the_live_spelling_are_read(tmp_path: Path) -> None:
    tree = snapshot(
        listingPolicyViolations={"defectsCount": 2, "status": "BAD"},
        policyViolationWarnings={"warningsCount": 1},
        accountHealthRating={"ahrScore": 96},
        warningStates=[{"warningType": "spammingSellerMessaging", "status": "BAD"}],
        lateShipmentRateList=[
            {"orderCount": 100, "lateShipmentCount": 1, "rate": 0.01},
            {"orderCount": 300, "lateShipmentCount": 9, "rate": 0.03},
        ],
    )
    report = perf(tmp_path, tree)
    assert by_about(report, "policy.listingPolicyViolations").value == 2
    assert by_about(report, "account_health_rating").value == Metric(name="account_health_rating", value=96.0)
    assert "spammingSellerMessaging: BAD" in [f.value for f in report.facts]
    assert [
        f.value.value for f in report.facts if isinstance(f.value, Metric) and f.value.name == "late_shipment_rate"
    ] == [1.0, 3.0]


V1 = """<?xml version="1.0" encoding="ISO-8859-1"?>
<sellerPerformanceReport><orderDefects><orderDefectMetrics>
<timeFrame><start>2026-08-01T00:00:00Z</start><end>2026-10-29T00:00:00Z</end></timeFrame><orderCount>412</orderCount>
<orderWithDefects><count>7</count><rate>1.70%</rate></orderWithDefects><negativeFeedbacks><count>5</count><rate>1.21%</rate></negativeFeedbacks>
</orderDefectMetrics></orderDefects><customerExperienceMetrics><orderCount>200</orderCount>
<lateShipment><count>12</count><rate>0.01</rate></lateShipment></customerExperienceMetrics></sellerPerformanceReport>"""


def test_the_old_xml_report_gives_the_same_facts(tmp_path: Path) -> None:
    report = read_report(write(tmp_path, V1, "v1.xml", "latin-1"))
    assert by_about(report, "order_defect_rate").value == Metric(name="order_defect_rate", value=1.7)
    assert str(report.period) == "2026-08-01 to 2026-10-29"
    assert by_about(report, "late_shipment_rate.count").unit == "of 200 orders"
    assert [d.about for d in report.disagreements] == ["late_shipment_rate"]


def test_xml_of_returns_is_read_like_its_text_sister_without_persons(tmp_path: Path) -> None:
    item = "<asin>B0LAMPOAK1</asin><return_reason_code>CR-DEFECTIVE</return_reason_code>"
    shared = f"<order_id>{order(1)}</order_id><return_request_date>2026-10-02T00:00:00Z</return_request_date>"
    shared += f"<a_to_z_claim>Y</a_to_z_claim><buyer_name>{PERSONS[0]}</buyer_name>"
    one = f"<return_details>{shared}<item_details>{item}</item_details></return_details>"
    report = read_report(write(tmp_path, f"<AmazonCustomerReturnData>{one}</AmazonCustomerReturnData>", "r.xml"))
    assert (report.kind, report.file) == ("seller_fulfilled_returns", "r.xml")
    assert by_about(report, "returns.mfn.reason.CR-DEFECTIVE").value == 1
    assert PERSONS[0] not in report.model_dump_json()


# --- persons ----------------------------------------------------------------------------------------------------------


def test_no_personal_string_is_in_any_fact_quote_or_note(tmp_path: Path) -> None:
    for text in (orders_text(), orders_text(";"), orders_text(",")):
        told = read_report(write(tmp_path, text)).model_dump_json()
        assert not [person for person in PERSONS if person in told]


def test_no_personal_string_is_in_the_message_of_a_broken_table(tmp_path: Path) -> None:
    broken = orders_text().rstrip("\n") + "\t" + "\t".join(PERSONS) + "\n"
    with pytest.raises(InputError) as caught:
        read_report(write(tmp_path, broken))
    assert "row 6" in str(caught.value)
    assert not [person for person in PERSONS if person in str(caught.value)]
    assert caught.value.__cause__ is None


def test_a_file_without_header_is_refused_and_its_first_row_not_shown(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no header row") as caught:
        read_report(write(tmp_path, "\n".join(orders_text().splitlines()[1:])))
    assert not [person for person in PERSONS if person in str(caught.value)]


@pytest.mark.parametrize(
    "header", ["buyer-name", "Rater Email", "recipient-name", "ship-address-1", "Name", "收件人", "Käufername", "PLZ"]
)
def test_a_mapping_to_a_column_about_a_person_is_refused(tmp_path: Path, header: str) -> None:
    text = lines(f"Order|{header}", f"{order(1)}|{PERSONS[0]}")
    with pytest.raises(InputError, match="about a person"):
        read_report(write(tmp_path, text), columns={"reason": header})


def test_no_column_that_is_read_counts_as_personal() -> None:
    tables = [kind["columns"] for kind in rules()["kinds"].values()] + [rules()["order_lists"]["columns"]]
    names = {header for table in tables for headers in table.values() for header in headers}
    assert len(names) > 100
    assert [name for name in names if is_personal(name)] == []


# --- encodings, languages, forms --------------------------------------------------------------------------------------

ZH = lines(
    "日期|评级|评论|您的回复|订单编号|评分者电子邮件",
    f"2026年11月3日|1|假货|谢谢|{order(1)}|x",
    f"2026/11/04|5|很好|谢谢|{order(2)}|x",
)
DE = lines(
    "Datum|Bewertung|Kommentare|Ihre Antwort|Bestellnummer|E-Mail",
    f"03.11.2026|1|Gefälscht, für mich völlig übel|-|{order(1)}|x",
    f"04.11.26|5|schön|-|{order(2)}|x",
)
JA = lines(
    "日付|評価|コメント|回答|注文番号|メール",
    f"2026/11/03|1|これは偽物のようです|ありがとう|{order(1)}|x",
    f"2026/11/04|5|よかったです|どうも|{order(2)}|x",
)


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (ZH, "utf-8", "utf-8"),
        (ZH, "utf-8-sig", "utf-8-sig"),
        (ZH, "utf-16", "utf-16"),
        (ZH, "utf-16-le", "utf-16-le"),
        (ZH, "gb18030", "gb18030"),
        (DE, "cp1252", "cp1252"),
        (DE, "latin-1", "cp1252"),
        (DE, "utf-8", "utf-8"),
        (JA, "shift_jis", "cp932"),
        (JA, "utf-16", "utf-16"),
    ],
)
def test_encodings_and_localised_headers_are_recognised(tmp_path: Path, text: str, encoding: str, found: str) -> None:
    report = read_report(write(tmp_path, text, encoding=encoding))
    assert (report.kind, report.encoding) == ("feedback", found)
    assert by_about(report, "feedback.negative").value == 1
    assert str(report.period) == "2026-11-03 to 2026-11-04"


@pytest.mark.parametrize("by", ["\t", ",", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "mixed"])
def test_delimiters_and_line_ends(tmp_path: Path, by: str, end: str) -> None:
    text = orders_text(by) if by == "\t" else orders_text(by).replace('12" ', "")
    text = text.replace("\n", "\r\n", 2) if end == "mixed" else text.replace("\n", end)
    assert read_report(write(tmp_path, text, "orders.csv")).rows == 5


def test_headers_match_whatever_their_case_hyphens_and_spaces_and_lines_above_them(tmp_path: Path) -> None:
    text = "Report of my shop\n\n" + orders_text().replace("amazon-order-id", "AMAZON ORDER_ID").replace(
        "purchase-date", "Purchase Date"
    )
    report = read_report(write(tmp_path, text))
    assert report.kind == "all_orders"
    assert by_about(report, "orders").value == 4


def test_short_rows_and_trailing_delimiters_are_read(tmp_path: Path) -> None:
    text = lines(
        "Date|Rating|Comments|Order ID", f"2026-11-03|1|x|{order(1)}|", f"2026-11-04|2||{order(2)}", "2026-11-05|1"
    )
    assert by_about(read_report(write(tmp_path, text)), "feedback.negative").value == 3


def test_days_forms_and_whole_numbers() -> None:
    texts = [
        "2026-11-03",
        "11/13/26",
        "11/3/26",
        "03.11.2026",
        "3.11.26",
        "3-Nov-2026",
        "Nov 3, 2026",
        "2026年11月3日",
        "2026/11/03",
    ]
    days = read_days(texts).of
    assert {days[t].isoformat() for t in texts if t != "11/13/26"} == {"2026-11-03"}
    assert read_days(["13/11/2026", "3/11/2026"]).of["3/11/2026"] == date(2026, 11, 3)
    assert read_days(["3/4/2026"]).ambiguous
    assert read_days(["3/4/2026"], day_first=True).of["3/4/2026"] == date(2026, 4, 3)
    assert read_days(["31.02.2026", "soon"]).unread == ("31.02.2026", "soon")
    assert [whole_number(t) for t in ("1,200", "1.200", "3.0", "3,00", "7", "1.5", "x")] == [
        1200,
        1200,
        3,
        3,
        7,
        None,
        None,
    ]


def test_days_that_could_be_either_are_left_out_and_told(tmp_path: Path) -> None:
    text = lines("Date|Rating|Comments|Order ID", f"3/4/26|1|x|{order(1)}")
    report = read_report(write(tmp_path, text))
    assert report.period is None
    assert "may be day/month or month/day" in report.notes[0]
    assert str(read_report(write(tmp_path, text), day_first=True).period) == "2026-04-03 to 2026-04-03"


# --- mapping and faults -----------------------------------------------------------------------------------------------


def test_a_mapping_names_the_columns_of_an_unknown_download(tmp_path: Path) -> None:
    text = lines("Vorgang|Wann|Weshalb", f"{order(1)}|2026-11-03|zu spät", f"{order(2)}|2026-11-04|zu spät")
    report = read_report(write(tmp_path, text), columns={"date": "Wann", "reason": "weshalb", "order_id": "VORGANG"})
    assert str(report.period) == "2026-11-03 to 2026-11-04"
    assert by_about(report, "order_list.reason.zu spät").value == 2


@pytest.mark.parametrize(
    ("columns", "says"),
    [({"resaon": "Weshalb"}, "Did you mean “reason”"), ({"reason": "Weshallb"}, "Did you mean “Weshalb”")],
)
def test_a_wrong_mapping_names_the_nearest_right_one(tmp_path: Path, columns: dict[str, str], says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_report(write(tmp_path, lines("Vorgang|Wann|Weshalb", f"{order(1)}|a|b")), columns=columns)


def test_an_unknown_table_says_what_was_seen_and_how_to_map(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"Columns seen: Month, Visits, Clicks\..*order_id=<its header>"):
        read_report(write(tmp_path, lines("Month|Visits|Clicks", "May|many|few")))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \n", "is empty"),
        (b"PK\x03\x04rest", "a workbook or an archive"),
        (b"\x00\x01\x02binary\x00", "not a text file"),
        (b'{"accountStatuses": [\n {"status" "NORMAL"}]}', "broken JSON at line 2, column 12"),
        (b'{"other": 1}', "not the performance report .it holds: other"),
        (b"<a>\n<b></a>", "broken XML at line 2"),
        (b"<sellers><x>1</x></sellers>", "no report that is known"),
        (b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>', "declares a document type"),
        (b'{"performanceMetrics": []}', "without any figure"),
        (b"[" * 200_000, "broken JSON at"),
    ],
)
def test_files_that_are_no_report_are_refused_with_the_place(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(data)
    with pytest.raises(InputError, match=says):
        read_report(path)


def test_a_missing_file_and_a_missing_engine_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="Cannot read the report"):
        read_report(tmp_path / "none.txt")
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(SetupError, match=r"pip install 'amends\[reports\]'"):
        read_report(write(tmp_path, orders_text()))


def test_the_engine_draws_no_progress_bar_and_its_folder_is_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    seen: list[object] = []

    def look(table: Table, wanted: Wanted) -> Told:
        seen.append(table.one("SELECT current_setting('enable_progress_bar'), current_setting('memory_limit')"))
        seen.append(table.columns)
        return Told(())

    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setitem(reading._READERS, "all_orders", look)
    read_report(write(tmp_path, orders_text(), encoding="utf-16"))
    assert seen[0] == (False, "95.3 MiB")
    assert "comments" not in str(seen[1])
    assert list(temporary.iterdir()) == []
    assert capfd.readouterr().out == ""


def test_every_documented_kind_is_recognised_from_its_own_headers(tmp_path: Path) -> None:
    for name, kind in rules()["kinds"].items():
        headers = [spellings[0] for spellings in kind["columns"].values()]
        assert read_report(write(tmp_path, "\t".join(headers) + "\n")).kind == name
        assert name in REPORT_KINDS


def test_a_row_with_too_many_cells_in_a_quoted_file_is_named(tmp_path: Path) -> None:
    head, *rows = orders_text(by=",").splitlines()
    quoted = [",".join(f'"{cell}"' for cell in row.replace('"', "").split(",")) for row in rows]
    quoted[2] += ',"one","two"'
    with pytest.raises(InputError, match=r"\b4\b"):
        read_report(write(tmp_path, "\n".join([head, *quoted]) + "\n", "orders.csv"))
