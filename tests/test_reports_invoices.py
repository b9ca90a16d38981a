"""Invoice arithmetic: dates in the window, units against sales, supplier details, buyer's name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from amends.errors import InputError
from amends.reports import Invoice, check_invoices, read_invoices
from amends.schemas import Reason

NOTICE = date(2026, 11, 3)
GOOD = Invoice(
    origin="list",
    number="R-1",
    issued=date(2026, 5, 4),
    supplier="Lichthaus Brandel",
    phone="+49 30 5550100",
    address="Am Speicher 4, Berlin",
    website="lichthaus-brandel.example",
    asin="B0LAMPOAK1",
    quantity=100,
    buyer="Nordlicht Handels-GmbH",
    file="r1.pdf",
)


def check(
    *invoices: Invoice,
    sales: dict[str, int] | None = None,
    notice: date | None = NOTICE,
    name: str | None = "Nordlicht Handels GmbH",
) -> dict[str, Reason]:
    reasons = check_invoices(invoices, {"B0LAMPOAK1": 100} if sales is None else sales, notice, legal_name=name)
    return {reason.code: reason for reason in reasons}


def test_invoices_that_cover_the_sales_give_no_reason() -> None:
    assert check(GOOD) == {}


def test_missing_units_are_told_with_the_sum() -> None:
    second = GOOD.with_(number="R-2", quantity=150)
    reason = check(GOOD, second, sales={"B0LAMPOAK1": 320})["invoice_units_short"]
    assert reason.severity == "blocking"
    assert "320 units sold in the 365 days before 2026-11-03" in reason.message
    assert "100 (invoice R-1) + 150 (invoice R-2) = 250: 70 not covered" in reason.message
    assert "70 more units of B0LAMPOAK1" in reason.action


@pytest.mark.parametrize(
    ("issued", "code"),
    [
        (date(2025, 11, 2), "invoice_too_old"),
        (date(2025, 11, 3), None),
        (NOTICE, None),
        (date(2026, 11, 4), "invoice_after_notice"),
        (None, "invoice_undated"),
    ],
)
def test_the_window_includes_both_ends(issued: date | None, code: str | None) -> None:
    found = check(GOOD, GOOD.with_(number="R-9", issued=issued, quantity=1))
    assert set(found) == ({code} if code else set())


def test_units_outside_the_window_are_not_counted() -> None:
    found = check(GOOD.with_(issued=date(2025, 1, 1)))
    assert "no invoice in that window" in found["asin_without_invoice"].message
    assert "306 days older" not in found["invoice_too_old"].message
    assert "671 days older" in found["invoice_too_old"].message


def test_a_sku_leads_to_its_asin_and_an_unknown_product_is_told() -> None:
    by_sku = GOOD.with_(asin=None, sku="L-1")
    assert (
        check_invoices(
            [by_sku], {"B0LAMPOAK1": 100}, NOTICE, legal_name="Nordlicht Handels GmbH", asin_of={"L-1": "B0LAMPOAK1"}
        )
        == ()
    )
    assert {"invoice_product_unknown", "asin_without_invoice"} <= set(check(by_sku))


def test_supplier_details_may_stand_on_any_line_of_the_supplier_and_are_named_when_missing() -> None:
    bare = GOOD.with_(number="R-2", phone=None, website=None)
    assert check(GOOD, bare) == {}
    assert check(bare)["supplier_details_missing"].message == "Lichthaus Brandel: no phone, no website."


def test_the_buyer_must_be_the_legal_name_whatever_its_spelling() -> None:
    found = check(GOOD.with_(buyer="Kaspar Brodewin"))["invoice_buyer_differs"]
    assert "“Kaspar Brodewin”" in found.message
    assert "“Nordlicht Handels GmbH”" in found.message


def test_what_could_not_be_checked_is_said_and_never_taken_for_passed() -> None:
    assert set(check(GOOD, sales={}, notice=None, name=None)) == {
        "invoice_window_not_checked",
        "invoice_units_not_checked",
        "invoice_buyer_not_checked",
    }
    assert set(check()) == {"invoices_missing"}
    assert "invoice_quantity_missing" in check(GOOD.with_(quantity=None))


CSV = (
    "Invoice No.;Date;Supplier;Phone;Address;Website;ASIN;Quantity;Buyer name;File\n"
    "R-1;04.05.2026;Lichthaus;1;Am Speicher;w.example;b0lampoak1;1.200;Nordlicht;r1.pdf\n"
)
YAML = (
    "invoices:\n  - {number: R-1, date: 2026-05-04, supplier: Lichthaus, phone: '1', address: Am Speicher, "
    "website: w.example, asin: B0LAMPOAK1, quantity: 1200, buyer: Nordlicht, file: r1.pdf}\n"
)


@pytest.mark.parametrize(("name", "text"), [("list.csv", CSV), ("list.yaml", YAML)])
def test_the_list_is_read_from_csv_and_yaml(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_bytes(text.encode("cp1252"))
    (invoice,) = read_invoices(tmp_path / name)
    assert (invoice.number, invoice.issued, invoice.quantity, invoice.asin) == (
        "R-1",
        date(2026, 5, 4),
        1200,
        "B0LAMPOAK1",
    )
    assert invoice.origin in ("list.csv: row 2", "list.yaml: invoices[0]")


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("l.csv", CSV.replace("1.200", "many"), "row 2: “many” is no quantity"),
        ("l.csv", CSV.replace("04.05.2026", "May?"), "row 2: “May.” is no date"),
        ("l.csv", "a;b\n1;2\n", "Columns seen|no header row"),
        ("l.yaml", "invoices:\n - {a: b}\n", "unknown key “a”"),
        ("l.yaml", "a: [\n", "no YAML at line 2"),
        ("l.yaml", "text", "must be a list"),
        ("l.csv", CSV.replace("04.05.2026", "04/05/2026"), "day/month or month/day"),
    ],
)
def test_a_wrong_list_is_refused_with_the_place(tmp_path: Path, name: str, text: str, says: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=says):
        read_invoices(tmp_path / name)
