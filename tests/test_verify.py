"""The lock: what must be caught, what must pass, and that it never fails or slows down."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.facts import facts_of, seller_facts
from amends.schemas import Case, Enforcement, Fact, Letter, Metric, Notice, Section, Sentence
from amends.verify import fact_text, foreign, lock, lock_section
from amends.verify.atoms import atoms
from amends.verify.lexicon import stem
from amends.verify.lost import says_owner
from amends.verify.meaning import denials
from amends.verify.timing import rhythms
from amends.vocabulary import Role

GIVEN = {
    "seller": {"store": "Brookfen Home", "signatory": "Nadia Ferrow"},
    "root_causes": [
        {"text": "25 of 410 orders between 4 October and 2 November 2026 were confirmed late. Nobody checked the order list at the weekend.", "count": 25},
    ],
    "corrective_actions": [
        {"text": "We counted all 74 SKUs and corrected the quantity of 23 SKUs.", "date": "2026-11-04", "count": 74, "status": "done"},
        {"text": "We refunded 11 of the 14 orders, 97.20 USD in total, and sent 3 replacements.", "date": "2026-11-05", "count": 14, "value": 97.20, "unit": "USD", "status": "done"},
        {"text": "We asked the carrier Northline for a pick-up on Saturday.", "date": "2026-11-06", "status": "done"},
        {"text": "A second label printer will be set up.", "date": "2026-12-01", "status": "planned"},
        {"text": "Moving the label purchase to Buy Shipping.", "date": "2026-11-10", "status": "in_progress"},
    ],
    "preventive_measures": [
        {
            "text": "The warehouse lead checks the unshipped orders.", "owner": "warehouse lead, deputy Nadia Ferrow", "frequency": "every working day at 09:00 and 15:00",
            "limit": "with more than 40 open orders the handling time is raised by 1 day", "tool": "order sheet BF-2", "since": "2026-11-06", "status": "done",
        },
    ],
    "evidence": [{"file": "late_25.xlsx", "document": "list of the 25 late orders", "date": "2026-11-04", "proves": "the count of the late orders"}],
    "other_facts": ["The old warehouse at Elm Street was closed in March 2026."],
}  # fmt: skip
CASE = Case(
    today=date(2026, 11, 12),
    notice=Notice(text="Your late shipment rate is 6.1 %.", marketplace="amazon.com"),
    enforcement=Enforcement(cause="late_shipment", answer_kind="plan_of_action"),
    seller=facts_of(GIVEN).seller,
    facts=(
        Fact(id="F1", kind="metric", value=Metric(name="late_shipment_rate", value=6.1, target=4), unit="%", source="notice", origin="notice"),
        *seller_facts(facts_of(GIVEN), 2),
    ),
)  # fmt: skip
CAUSE, COUNTED, REFUNDED, ASKED, PRINTER, MOVING, CHECKS, LIST, CLOSED = (f"F{n}" for n in range(2, 11))

BREACHES = [
    ("number_invented", COUNTED, "done", "On 4 November 2026 we counted all 74 SKUs and corrected the quantity of 32 SKUs."),
    ("number_invented", COUNTED, "done", "On 4 November 2026 we counted 23 SKUs and corrected the quantity of all 74 SKUs."),
    ("number_invented", COUNTED, "done", "On 4 November 2026 we counted all 74 SKUs and corrected the quantity of two dozen SKUs."),
    ("number_invented", CAUSE, "why", "410 of 25 orders between 4 October and 2 November 2026 were confirmed late."),
    ("number_invented", CAUSE, "why", "25 of 410 orders (7.4 %) between 4 October and 2 November 2026 were confirmed late."),
    ("number_invented", CHECKS, "in_force", "With more than 40 open orders the handling time is raised by 1 week."),
    ("number_invented", CHECKS, "in_force", "With less than 40 open orders the handling time is raised by 1 day."),
    ("number_invented", CHECKS, "in_force", "The warehouse lead checks the unshipped orders every working day at 09:00 and 17:00."),
    ("number_invented", COUNTED, "done", "We counted all ７５ SKUs."),
    ("number_invented", REFUNDED, "done", "We refunded 11 of the 14 orders, 97.20 EUR in total, and sent 3 replacements."),
    ("date_invented", COUNTED, "done", "On 4 October 2026 we counted all 74 SKUs."),
    ("date_invented", COUNTED, "done", "Before 4 November 2026 we counted all 74 SKUs."),
    ("id_invented", CHECKS, "in_force", "The warehouse lead checks the unshipped orders (order sheet BF-3)."),
    ("id_invented", COUNTED, "done", "On 4 November 2026 we coun\u200bted all 74 SKUs."),
    ("name_invented", ASKED, "done", "We asked the carrier Southline for a pick-up on Saturday."),
    ("name_invented", ASKED, "done", "We asked the carrier Nоrthline for a pick-up on Saturday."),
    ("name_invented", ASKED, "done", "We asked the carrier Northline for a pick-up on Sunday."),
    ("name_invented", CHECKS, "in_force", "Nadia Ferrow checks the unshipped orders; the deputy is the warehouse lead."),
    ("document_invented", COUNTED, "done", "We counted all 74 SKUs (count_74.pdf)."),
    ("document_invented", COUNTED, "done", "We counted all 74 SKUs (enclosure 2)."),
    ("document_invented", COUNTED, "done", "We counted all 74 SKUs, as the certificate shows."),
    ("action_changed", COUNTED, "done", "We destroyed all 74 SKUs and corrected the quantity of 23 SKUs."),
    ("action_changed", REFUNDED, "done", "We replaced 11 of the 14 orders and insured 3 of them."),
    ("action_changed", ASKED, "done", "We changed the carrier Northline for a pick-up on Saturday."),
    ("scope_inflated", COUNTED, "done", "We counted all 74 SKUs and inspected the rest."),
    ("action_changed", COUNTED, "done", "Wir haben alle 74 SKUs gezählt."),
    ("status_changed", COUNTED, "done", "We will count all 74 SKUs."),
    ("status_changed", COUNTED, "done", "All 74 SKUs are being counted."),
    ("status_changed", PRINTER, "planned", "A second label printer was set up on 1 December 2026."),
    ("status_changed", MOVING, "done", "We moved the label purchase to Buy Shipping."),
    ("scope_inflated", COUNTED, "done", "We immediately counted all 74 SKUs."),
    ("scope_inflated", ASKED, "done", "We asked every carrier for a pick-up on Saturday."),
    ("scope_inflated", ASKED, "done", "We asked the carrier Northline for a daily pick-up on Saturday."),
    ("polarity_changed", CAUSE, "why", "Somebody checked the order list at the weekend."),
    ("polarity_changed", COUNTED, "done", "We did not count the 74 SKUs."),
    ("fact_unknown", "F99", "done", "We counted all 74 SKUs."),
    ("uncited", "", "done", "We counted all 74 SKUs."),
    ("uncited", COUNTED, "done", "We counted all 74 SKUs on [date]."),
]  # fmt: skip
HONEST = [
    (CAUSE, "why", "Between October 4 and November 2, 2026, 25 out of 410 orders (6.1 %) were confirmed late. The order list was not checked by anybody at the weekend."),
    (COUNTED, "done", "All 74 SKUs were counted on 2026-11-04, and the quantity of twenty-three SKUs was corrected."),
    (REFUNDED, "done", "On 5 Nov 2026 we reimbursed eleven of the 14 orders (USD 97.20 in total) and sent three replacements."),
    (ASKED, "done", "The carrier Northline was requested by us to pick up on Saturdays, on the 6th of November 2026."),
    (PRINTER, "planned", "We are going to set up a second label printer by 1 December 2026."),
    (MOVING, "done", "The label purchase is being moved to Buy Shipping since 10 November 2026."),
    (CHECKS, "in_force", "Since 6 November 2026 the unshipped orders are checked at 9 am and 3 pm every working day by the warehouse lead (order sheet BF-2; deputy Nadia Ferrow)."),
    (CHECKS, "in_force", "If over 40 orders are open, we raise the handling time by one day."),
    (f"{COUNTED} {ASKED}", "done", "We counted all 74 SKUs on 4 November 2026, and on 6 November 2026 we asked the carrier Northline for a pick-up on Saturday."),
    ("F1", "what_happened", "Your notice puts our late shipment rate at 6.1 % (target: under 4 %)."),
    (COUNTED, "done", "We counted all 74 SKUs (enclosure 1)."),
    (CAUSE, "why", "Over the weekend nobody looked at the order list. As a consequence, 25 of the 410 orders placed between 4 October and 2 November 2026 were confirmed too late."),
    (REFUNDED, "done", "For 11 of the 14 orders the money was paid back on 5 November 2026, refunds worth 97.20 USD altogether, while the other 3 were sent a replacement."),
    (CHECKS, "in_force", "Whenever more than 40 orders are waiting, we extend the handling time by 1 day."),
    ("", "request", "We ask you to reactivate our selling account."),
    ("", "frame", "Brookfen Home answers your notice on the late shipment rate."),
]  # fmt: skip
FRAMES = [
    "We have retrained our staff.",
    "We have sold here for twelve years.",
    "Our carrier Northline was late.",
    "This will never happen again.",
    "A certificate is attached.",
]


def found(facts: str, role: Role, text: str) -> list[str]:
    sentence = Sentence(text=text, fact_ids=tuple(facts.split()), role=role)
    return [f.rule for f in lock_section(Section(key="statement", sentences=(sentence,)), CASE)]


def letter_of(*sentences: Sentence) -> Letter:
    return Letter(
        kind="plan_of_action", subject="s", addressee="a", sections=(Section(key="statement", sentences=sentences),)
    )


def losses(*sentences: Sentence) -> list[str]:
    return [f.message for f in lock(letter_of(*sentences), CASE) if f.rule == "fact_lost"]


@pytest.mark.parametrize(("rule", "facts", "role", "text"), BREACHES, ids=[f"{r}: {t[:60]}" for r, _, _, t in BREACHES])
def test_a_sentence_that_says_other_than_its_facts_is_caught(rule: str, facts: str, role: Role, text: str) -> None:
    assert rule in found(facts, role, text)


@pytest.mark.parametrize(("facts", "role", "text"), HONEST, ids=[t[:60] for _, _, t in HONEST])
def test_an_honest_rewording_passes(facts: str, role: Role, text: str) -> None:
    assert found(facts, role, text) == []


@pytest.mark.parametrize("text", FRAMES)
@pytest.mark.parametrize("role", ["frame", "request"])
def test_a_frame_without_facts_may_claim_nothing(role: Role, text: str) -> None:
    assert found("", role, text)


def test_naming_all_facts_lends_no_figures() -> None:
    everything = " ".join(f.id for f in CASE.facts)
    assert "number_invented" in found(
        everything, "done", "We asked the carrier Northline for a pick-up of 97.20 parcels on Saturday."
    )


def test_findings_point_at_the_words() -> None:
    text = "On 4 November 2026 we counted all 75 SKUs."
    section = Section(key="corrective_actions", sentences=(Sentence(text=text, fact_ids=(COUNTED,), role="done"),))
    (finding,) = lock_section(section, CASE)
    assert (finding.start, finding.end) == (text.index("75"), text.index("75") + 2)
    assert (finding.checker, finding.severity, finding.section) == ("lock", "blocking", "corrective_actions")


def test_an_entry_that_is_not_said_is_lost() -> None:
    assert any("We counted all 74 SKUs" in message for message in losses())


@pytest.mark.parametrize(
    ("dropped", "text"),
    [
        ("2026-11-04", "We counted all 74 SKUs and corrected the quantity of 23 SKUs."),
        ("23", "On 4 November 2026 we counted all 74 SKUs and corrected the quantity of SKUs."),
    ],
)
def test_a_day_or_a_count_that_is_dropped_is_lost(dropped: str, text: str) -> None:
    messages = losses(Sentence(text=text, fact_ids=(COUNTED,), role="done"))
    assert any("The letter drops" in m and "74 SKUs" in m and dropped in m for m in messages)


def test_a_measure_keeps_its_owner_deputy_and_tool() -> None:
    text = "Since 6 November 2026, every working day at 09:00 and 15:00, the unshipped orders are checked. With more than 40 open orders the handling time is raised by 1 day."
    (message,) = [
        m for m in losses(Sentence(text=text, fact_ids=(CHECKS,), role="in_force")) if "The letter drops" in m
    ]
    assert "warehouse lead, deputy Nadia Ferrow" in message
    assert "BF-2" in message


@pytest.mark.parametrize("owner", ["warehouse lead", "deputy Nadia Ferrow"])
def test_an_owner_is_said_by_the_head_of_each_part_and_by_full_names(owner: str) -> None:
    assert says_owner("The warehouse lead checks the orders (deputy: Nadia Ferrow).", owner)
    assert not says_owner("The warehouse stock is checked by Nadia Osei.", owner)


def test_the_title_beside_a_name_need_not_be_said_and_a_deputy_must() -> None:
    assert says_owner("Henrik Osei checks the orders.", "Henrik Osei, owner")
    assert not says_owner(
        "The customer service clerk may release refunds.", "customer service clerk, deputy shift lead"
    )


def test_a_count_of_zero_is_not_covered_by_the_noughts_of_a_year() -> None:
    fact = CASE.fact(ASKED)
    assert fact.item is not None
    zero = fact.with_(id="F90", item=fact.item.with_(value=0.0))
    case = CASE.with_(facts=(*CASE.facts, zero))
    text = "We asked the carrier Northline for a pick-up on Saturday (6 November 2026)."
    letter = letter_of(Sentence(text=text, fact_ids=("F90",), role="done"))
    assert any("drops 0" in f.message for f in lock(letter, case))


def test_a_clause_of_an_entry_that_is_left_out_is_lost() -> None:
    text = "25 of 410 orders between 4 October and 2 November 2026 were confirmed late."
    assert any("checked the order list" in m for m in losses(Sentence(text=text, fact_ids=(CAUSE,), role="why")))


def test_a_sentence_of_the_story_is_lost_only_while_the_seller_made_no_entries_of_its_kind() -> None:
    told = Fact(
        id="F90",
        kind="action",
        value="We wrote to all buyers.",
        source="seller",
        origin="story",
        quote="We wrote to all buyers.",
        status="done",
    )
    sections = (Section(key="corrective_actions", sentences=()),)
    letter = Letter(kind="plan_of_action", subject="s", addressee="a", sections=sections)
    alone = CASE.with_(facts=(told,))
    assert any(f.rule == "fact_lost" for f in lock(letter, alone))
    assert not any("wrote to all buyers" in f.message for f in lock(letter, CASE.with_(facts=(*CASE.facts, told))))


def test_a_marked_gap_claims_nothing_and_an_unmarked_one_does() -> None:
    hole = Sentence(text="[missing: 500 units]", gap=True)
    smuggled = Sentence(text="We destroyed 500 units.", gap=True)
    assert lock_section(Section(key="statement", sentences=(hole,)), CASE) == ()
    assert lock_section(Section(key="statement", sentences=(smuggled,)), CASE)


def test_fact_text_holds_every_field() -> None:
    text = fact_text(CASE.fact(CHECKS))
    assert all(part in text for part in ("warehouse lead", "09:00 and 15:00", "more than 40", "BF-2", "2026-11-06"))


def test_dates_in_all_forms_have_one_value() -> None:
    forms = ("4 November 2026", "November 4, 2026", "2026-11-04", "4 Nov 2026", "the 4th of November 2026")
    assert {a.value for form in forms for a in atoms(form) if a.kind == "date"} == {"2026-11-04"}
    assert [a.value for a in atoms("on 27, 28 and 29 October 2026") if a.kind == "date"] == [
        "2026-10-27",
        "2026-10-28",
        "2026-10-29",
    ]


def test_numbers_in_words_have_the_value_of_digits() -> None:
    assert [a.value for a in atoms("we saw twenty-three, zero, a dozen, 1,204.50")] == ["23", "0", "12", "1204.5"]


def test_word_forms_share_a_stem() -> None:
    assert stem("shipped") == stem("ships") == stem("shipping")
    assert stem("copies") == stem("copy")
    assert stem("comparing") == stem("compares")


def test_a_denial_covers_the_rest_of_its_clause() -> None:
    ((group, _, _),) = denials("The list was not checked at noon, and we packed.")
    assert [t.word for t in group] == ["checked", "at", "noon"]


def test_rhythms_are_told_by_their_period() -> None:
    assert set(rhythms("daily at nine and every Monday, once a month")) == {"day", "month"}


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=200),
    st.sampled_from(["", COUNTED, f"{CAUSE} {CHECKS}", "F1"]),
    st.sampled_from(["frame", "done", "why", "planned"]),
)
def test_no_text_makes_the_lock_fail(text: str, facts: str, role: Role) -> None:
    sentence = Sentence(text=text, fact_ids=tuple(facts.split()), role=role)
    assert all(f.severity == "blocking" for f in lock(letter_of(sentence), CASE))


@pytest.mark.parametrize(
    "piece",
    [
        "we counted 74 SKUs ",
        "not no 12 of 15 ",
        "a-b-",
        "deputy is the lead ",
        "((",
        "1.1.1,",
        "from 1 to 2 to ",
        "каб",
    ],
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def seconds(characters: int) -> float:
        started = time.perf_counter()
        found(f"{COUNTED} {CHECKS}", "done", (piece * 2000)[:characters])
        return time.perf_counter() - started

    seconds(100)
    small, large = min(seconds(240 + n) for n in range(3)), min(seconds(1920 + n) for n in range(3))
    assert large < 0.05 + 24 * small


def test_a_sentence_without_end_is_a_breach_by_itself() -> None:
    assert found(COUNTED, "done", "We counted all 74 SKUs. " * 200) == ["uncited"]


# --- facts in Chinese and German ---------------------------------------------------------------------------------------


def _found_abroad(fact: str, text: str) -> set[str]:
    given = facts_of(
        {"seller": {"store": "B", "signatory": "N"}, "corrective_actions": [{"text": fact, "status": "done"}]}
    )
    case = CASE.with_(facts=seller_facts(given, 1))
    section = Section(
        key="corrective_actions", title="x", sentences=(Sentence(text=text, fact_ids=("F1",), role="done"),)
    )
    return {f.rule for f in lock_section(section, case)}


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("11月18日停售，11月20日把剩下的284台全部开箱检查，又找到19台欧规插头。", "On 18 November we stopped the sale; on 20 November we opened and checked all 284 units left and found 19 more with a European plug."),
        ("我们三天内给两个买家退款。", "We refunded two buyers within three days."),
        ("收货的时候只数了箱数，没有开箱看插头。", "At receiving we only counted cartons and opened none of them."),
        ("每天下午3点核对订单。", "Every day at 15:00 we check the orders."),
        ("Wir haben die Bestellungen nicht geprüft und zwei Käufern den Betrag erstattet.", "We did not check the orders and refunded two buyers."),
        ("Die Packleiterin prüft jeden Montag alle offenen Bestellungen mit der Liste und ist nicht allein.", "Every Monday the packing lead checks all open orders with the list and is not alone."),
    ],
)  # fmt: skip
def test_an_english_sentence_may_word_a_chinese_or_german_fact(fact: str, text: str) -> None:
    assert not _found_abroad(fact, text)


@pytest.mark.parametrize(
    ("rule", "fact", "text"),
    [
        ("scope_inflated", "我们给买家退款。", "We immediately refunded the buyers."),
        ("scope_inflated", "我们给买家退款。", "We refunded all buyers."),
        ("scope_inflated", "我们核对订单。", "We check the orders every day."),
        ("scope_inflated", "Wir haben die Bestellungen geprüft und den Käufern geschrieben.", "We thoroughly checked the orders and wrote to the buyers."),
        ("polarity_changed", "我们没有检查订单。", "We checked the orders."),
        ("polarity_changed", "我们检查订单。", "We did not check the orders."),
        ("polarity_changed", "Wir haben die Ware nicht gezählt und den Bestand nicht geprüft.", "We counted the goods and checked the stock."),
        ("number_invented", "我们三天内给两个买家退款。", "We refunded three buyers within two days."),
        ("number_invented", "我们给两个买家退款。", "We refunded four buyers."),
        ("date_invented", "11月18日我们给买家退款。", "On 19 November we refunded the buyers."),
        ("name_invented", "每周一核对订单。", "Every Tuesday we check the orders."),
        ("action_changed", "我们核对订单。", "We checked the orders and trained the staff."),
        ("document_invented", "我们给买家退款。", "We refunded the buyers as the invoice shows."),
    ],
)  # fmt: skip
def test_an_english_sentence_that_widens_a_chinese_or_german_fact_is_caught(rule: str, fact: str, text: str) -> None:
    assert rule in _found_abroad(fact, text)


def test_numbers_in_chinese_and_german_words_have_their_value() -> None:
    assert {v for v, _, _ in foreign.numbers("三百二十台，两天，十五箱")} == {"320", "2", "15"}
    assert {v for v, _, _ in foreign.numbers("下午3点半")} == {"15:30"}
    assert {v for v, _, _ in foreign.numbers("Wir haben zwölf Pakete")} == {"12"}


# --- another paper, another person, an opposite, a limit let fall -------------------------------------------------------

KEPT = {
    "seller": {"store": "Brookfen Home", "signatory": "Nadia Ferrow"},
    "root_causes": ["Returns and new goods lay on the same shelf. Only the office could confirm an order. The tracked parcels left after the pick-up had closed."],
    "corrective_actions": [
        {"text": "We offered the 12 buyers a refund.", "count": 12, "date": "2026-11-04", "status": "done"},
        {"text": "The two clerks were shown the new way on 17 test orders.", "count": 17, "date": "2026-11-05", "status": "done"},
        {"text": "We changed title, bullet points and size table of the page.", "date": "2026-11-06", "status": "done"},
    ],
    "preventive_measures": [
        {"text": "The stock clerk reads the count list.", "owner": "stock clerk", "frequency": "every Monday", "limit": "one difference blocks the bay until noon", "tool": "count list", "since": "2026-11-06", "status": "done"},
    ],
    "evidence": [{"file": "bill_10.jpg", "document": "water bill of Lanewell in the name of Nadia Ferrow for 3 rooms", "date": "2026-10-29", "proves": "the address of the store"}],
}  # fmt: skip
KEPT_CASE = CASE.with_(facts=seller_facts(facts_of(KEPT), 1))
SHELF, OFFERED, SHOWN, CHANGED, READS, BILL = (f"F{n}" for n in range(1, 7))


@pytest.mark.parametrize(
    ("rule", "facts", "text"),
    [
        ("polarity_changed", SHELF, "Returns and new goods lay on separate shelves."),
        ("polarity_changed", SHELF, "The tracked parcels left before the pick-up had closed."),
        ("polarity_changed", SHELF, "The untracked parcels left after the pick-up had closed."),
        ("scope_inflated", SHELF, "The office could confirm an order."),
        ("action_changed", OFFERED, "On 4 November 2026 we refunded the 12 buyers."),
        ("action_changed", SHOWN, "On 5 November 2026 the two clerks were tested on the new way with 17 orders."),
        ("name_invented", READS, "The office clerk reads the count list every Monday."),
        ("name_invented", READS, "The stock clerk reads the pick list every Monday."),
        ("document_invented", BILL, "The gas bill of Lanewell in the name of Nadia Ferrow, dated 29 October 2026, proves the address of the store."),
        ("document_invented", BILL, "An expert opinion dated 29 October 2026 proves the address of the store."),
    ],
)  # fmt: skip
def test_another_paper_person_or_opposite_is_caught(rule: str, facts: str, text: str) -> None:
    section = Section(key="closing", title="x", sentences=(Sentence(text=text, fact_ids=(facts,), role="done"),))
    assert rule in {f.rule for f in lock_section(section, KEPT_CASE)}


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (SHELF, "Returns shared one shelf with new goods. No order could be confirmed by anyone but the office. The tracked parcels did not leave before the pick-up had closed."),
        (OFFERED, "A refund was offered to each of the 12 buyers on 4 November 2026."),
        (SHOWN, "On 5 November 2026 the new way was demonstrated to the two clerks on 17 test orders."),
        (READS, "Every Monday the count list is read by the stock clerk."),
        (BILL, "The address of the store is evidenced by the water bill of Lanewell for 3 rooms in the name of Nadia Ferrow, dated 29 October 2026 (bill_10.jpg)."),
    ],
)  # fmt: skip
def test_the_same_paper_person_or_limit_in_other_words_passes(facts: str, text: str) -> None:
    section = Section(key="closing", title="x", sentences=(Sentence(text=text, fact_ids=(facts,), role="done"),))
    assert not lock_section(section, KEPT_CASE)


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (CHANGED, "On 6 November 2026 we changed title and bullet points of the page."),
        (READS, "Since 6 November 2026 the stock clerk reads the count list every Monday."),
        (BILL, "The water bill of Lanewell in the name of Nadia Ferrow (bill_10.jpg), dated 29 October 2026, proves the address of the store."),
    ],
)  # fmt: skip
def test_a_limit_a_thing_or_a_figure_of_a_paper_that_is_dropped_is_lost(facts: str, text: str) -> None:
    section = Section(key="closing", title="x", sentences=(Sentence(text=text, fact_ids=(facts,), role="done"),))
    fact = next(f for f in KEPT_CASE.facts if f.id == facts)
    assert {
        f.rule
        for f in lock(
            Letter(kind="plan_of_action", subject="x", addressee="y", sections=(section,)),
            KEPT_CASE.with_(facts=(fact,)),
        )
    } >= {"fact_lost"}
