from __future__ import annotations

import json
import time

import pytest

from amends.masking import Masker
from amends.schemas import Frozen, Metric

MUST_MASK = [
    # e-mail addresses
    ("Write to anna.schmidt+amz@example.co.uk today.", ["anna.schmidt+amz@example.co.uk"]),
    ("relay x7k2m9q@marketplace.amazon.com", ["x7k2m9q@marketplace.amazon.com"]),
    ("邮箱zhang.wei@example.cn，请回复", ["zhang.wei@example.cn"]),
    ("Reach me: lena (at) example.de", ["lena (at) example.de"]),
    # phone numbers
    ("Call +1 212-555-0147 or (415) 555-0132.", ["+1 212-555-0147", "(415) 555-0132"]),
    ("US number 212.555.0147 and 1-800-555-0199", ["212.555.0147", "1-800-555-0199"]),
    ("Tel +49 (0)30 1234567 oder 0171/2345678", ["+49 (0)30 1234567", "0171/2345678"]),
    ("UK: 020 7946 0958, mobile 07700 900123", ["020 7946 0958", "07700 900123"]),
    ("Paris 01 23 45 67 89.", ["01 23 45 67 89"]),
    ("手机13812345678，座机0755-26712345", ["13812345678", "0755-26712345"]),
    ("电话+86 138 1234 5678", ["+86 138 1234 5678"]),
    ("Her phone number is 2125550147.", ["2125550147"]),
    ("Telefonnummer: 301234567", ["301234567"]),
    ("0049 30 1234567", ["0049 30 1234567"]),
    # names after cues
    ("Buyer: Maria Lopez wrote twice.", ["Maria Lopez"]),
    ("The customer Maria Lopez complained; Lopez wants a refund.", ["Maria Lopez", "Lopez"]),
    ("Mrs. O'Neill and Mr Jean-Luc van der Berg", ["O'Neill", "Jean-Luc van der Berg"]),
    ("Recipient name: Søren Åberg", ["Søren Åberg"]),
    ("Ship to: Anna Weiss, 14 Elm Grove, Leeds LS6 2AB", ["Anna Weiss", "14 Elm Grove", "LS6 2AB"]),
    ("We shipped to Peter Novak on time.", ["Peter Novak"]),
    ("a buyer named John Fitzgerald said so", ["John Fitzgerald"]),
    ("John Fitzgerald (buyer) returned it", ["John Fitzgerald"]),
    ("Käuferin: Ute Hoffmann", ["Ute Hoffmann"]),
    ("Der Kunde Jürgen Groß und Frau Özdemir", ["Jürgen Groß", "Özdemir"]),
    ("买家：张伟，收件人：欧阳娜娜", ["张伟", "欧阳娜娜"]),
    ("买家李小明投诉商品破损", ["李小明"]),
    ("王女士申请退款", ["王"]),
    # postal addresses
    ("sent to 1200 W. Maple Avenue, Apt 4B, Austin, TX 78701-1234, USA.", ["1200 W. Maple Avenue", "Austin", "78701"]),
    ("to 1200 maple avenue, austin, tx 78701", ["1200 maple avenue", "78701"]),
    ("PO Box 1187, Boise, ID 83701", ["PO Box 1187", "Boise", "83701"]),
    ("Flat 3, 22 Baker Street, London NW1 6XE", ["22 Baker Street", "NW1 6XE"]),
    ("wohnt in der Lindenstraße 12a, 80331 München", ["Lindenstraße 12a", "80331", "München"]),
    ("Am Alten Weg 7, D-50667 Köln", ["Weg 7", "50667", "Köln"]),
    ("12 bis, rue de la Paix, 75002 Paris", ["rue de la Paix", "75002"]),
    ("Via Garibaldi 9, 20121 Milano", ["Via Garibaldi 9", "20121"]),
    ("寄到广东省深圳市南山区科技园街道学府路88号3栋501室。", ["深圳市", "学府路88号", "501室"]),
    ("Room 501, Building 3, No. 88 Nanshan Road, Shenzhen, Guangdong 518000", ["No. 88 Nanshan Road", "Shenzhen"]),
    ("Shipping address: Rose Cottage, Ely CB7 4AB", ["Rose Cottage", "CB7 4AB"]),
    (
        "Lieferadresse:\nUte Hoffmann\nHinterm Deich 4\n26721 Emden\n\nGruß",
        ["Ute Hoffmann", "Hinterm Deich 4", "Emden"],
    ),
]

MUST_KEEP = [
    "ASIN B0C7XK42MN and FNSKU X001ABC2DE were removed.",
    "Order 114-3941689-8772232, order ID 026-1234567-1234567.",
    "Complaint ID: 12345678901, Case ID 13912345678",
    "Complaint ID 7745512345 (rights owner)",
    "On 2026-03-14, 14.03.2026, 03/14/2026 and 14 March 2026 at 09:30",
    "ODR 1.42% (target 1%), 37 of 2,604 orders, $12,345.67, EUR 1.250,00",
    "Late shipment rate: 7.25 % from 01-02-2026 to 03-31-2026",
    "Tracking 1Z999AA10123456784, tracking number 9400 1000 0000 0000 0000 00, tracking: 771234567890",
    "Sendungsnummer 00340434161234567890",
    "SKU NL-4412-BLK, SKU 0171-234567 and model number 0123 456 789",
    "UPC 012345678905, EAN 4006381333931, ISBN 978-3-16-148410-0",
    "Invoice 2026-0118 of Hartmann Textil GmbH",
    "Buyer: Nordlicht Trading Ltd. bought 40 units",
    "Customer: Sunrise Goods LLC",
    "买家：深圳晨光科技有限公司",
    "Customer Service Team and Buyer-Seller Messaging",
    "Customer Returns are handled within 24 hours",
    "The buyer said that the Blue Kettle leaked. Customer feedback was 2 stars.",
    "We check every customer message each Monday.",
    "买家投诉商品破损，客户要求退款，客户高度评价",
    "We added monitoring 24 hours a day; Spring 5 Kitchen Scale.",
    "The ring 12 was sold; 12 Inch Square Pan, 2 TB Hard Drive, 6 Cake Square Boxes",
    "Step 4 Drive belts; 10 units; 30 days; 2 people",
    "Kunde hat reklamiert. Die Kundin bekam Ersatz.",
    "Mr. Coffee machine, Mr. Clean sponge",
    "Frank Trading Co., Ltd. (authorised distributor)",
    "https://sellercentral.amazon.com/performance/12345678901",
    "policy number 3.2, section 4, version 2026.11",
]


@pytest.mark.parametrize(("text", "personal"), MUST_MASK)
def test_personal_data_is_replaced_and_comes_back(text: str, personal: list[str]) -> None:
    masker = Masker()
    masked = masker.mask(text)
    assert [p for p in personal if p in masked] == []
    assert "[[" in masked
    assert masker.restore(masked) == text
    assert masker.unrestored(masker.restore(masked)) == ()


@pytest.mark.parametrize("text", MUST_KEEP)
def test_ids_dates_figures_and_companies_stay(text: str) -> None:
    assert Masker().mask(text) == text


def test_the_words_around_personal_data_stay() -> None:
    masked = Masker().mask(
        "Buyer: Maria Lopez (maria@example.com, +1 212-555-0147) of order 114-3941689-8772232 wrote."
    )
    assert masked == "Buyer: [[NAME_1]] ([[EMAIL_1]], [[PHONE_1]]) of order 114-3941689-8772232 wrote."


def test_the_same_string_gets_the_same_token_in_every_text() -> None:
    masker = Masker(names=["Anna Weiss"])
    assert masker.mask("Anna Weiss, a@example.com") == masker.mask("Anna Weiss, a@example.com")
    assert masker.mask("b@example.com then a@example.com") == "[[EMAIL_2]] then [[EMAIL_1]]"


def test_given_names_are_replaced_without_a_cue_across_line_ends_and_by_part() -> None:
    masker = Masker(names=["Anna Weiss"])
    masked = masker.mask("Then Anna\nWeiss wrote; Weiss was angry; Weissbach was not.")
    assert "Anna" not in masked
    assert "Weissbach" in masked
    assert masker.restore(masked) == "Then Anna\nWeiss wrote; Weiss was angry; Weissbach was not."


def test_names_in_the_sources_are_known_before_the_first_text() -> None:
    masker = Masker(sources=["Buyer: Maria Lopez"])
    assert "Maria" not in masker.mask("Maria Lopez wants a refund")


def test_what_is_to_be_kept_is_kept() -> None:
    text = "Buyer: Maria Lopez. Contact: shop@example.com"
    assert Masker(keep=["Maria Lopez", "Maria", "Lopez", "shop@example.com"]).mask(text) == text


def test_tokens_survive_json_and_models_are_restored_in_depth() -> None:
    class Inner(Frozen):
        lines: tuple[str, ...]
        metric: Metric | None = None

    class Outer(Frozen):
        inner: Inner
        table: dict[str, list[str]]
        number: int = 3

    masker = Masker()
    token = masker.mask("maria@example.com")
    sent = Outer(inner=Inner(lines=(f"to {token}", "x")), table={"k": [token]})
    back = masker.restore_model(Outer.model_validate_json(json.dumps(json.loads(sent.model_dump_json()))))
    assert back.inner.lines == ("to maria@example.com", "x")
    assert back.table == {"k": ["maria@example.com"]}
    assert back.number == 3


def test_a_token_that_nobody_issued_stays_and_is_listed() -> None:
    masker = Masker()
    assert masker.restore("[[NAME_7]] said") == "[[NAME_7]] said"
    assert masker.unrestored("[[NAME_7]] and [[NAME_7]] and [[EMAIL_1]]") == ("[[NAME_7]]", "[[EMAIL_1]]")


def test_a_token_forged_in_the_data_is_not_turned_into_a_name() -> None:
    masker = Masker(names=["Anna Weiss"])
    text = "Anna Weiss wrote [[NAME_1]]"
    masked = masker.mask(text)
    assert masked == "[[NAME_1]] wrote [[LITERAL_1]]"
    assert masker.restore(masked) == text


@pytest.mark.parametrize(
    "piece",
    [
        "Word ",
        "1 2 ",
        "a.b.c.",
        "市区省路",
        "0",
        "12 Oak ",
        "Customer Aaa Bbb ",
        "+1-",
        "a@b.",
        "a-",
        "Address:\n",
        "Aa-",
    ],
)
def test_no_text_makes_masking_slow(piece: str) -> None:
    start = time.process_time()
    Masker().mask(piece * (60_000 // len(piece)) + "@路1号")
    assert time.process_time() - start < 3
