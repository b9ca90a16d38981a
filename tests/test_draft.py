"""The composer: the seller's words, in order, with their day, owner and limit; holes where a fact is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from amends.draft import by_model, compose, shape
from amends.draft.by_model import DraftedSection, DraftedSentence
from amends.draft.wording import form_of, is_foreign, joined, long_date, lower_first, sentence, split_sentences
from amends.facts import facts_of, seller_facts
from amends.schemas import Case, Enforcement, Fact, Letter, Metric, Notice, Question
from amends.verify import lock
from amends.vocabulary import ANSWER_KINDS


def case_of(
    facts: dict[str, Any],
    *,
    kind: str = "plan_of_action",
    cause: str = "late_shipment",
    more: tuple[Fact, ...] = (),
    **fields: Any,
) -> Case:
    given = facts_of(facts)
    enforcement = Enforcement.model_validate(
        {"cause": cause, "stage": "deactivated", "scope": "account", "answer_kind": kind, **fields}
    )
    return Case(
        today=date(2026, 11, 25),
        notice=Notice(
            text="Your account has been deactivated.", received="2026-11-19T10:00:00+00:00", marketplace="amazon.com"
        ),
        enforcement=enforcement,
        seller=given.seller,
        story=given.story,
        facts=(*more, *seller_facts(given, len(more) + 1)),
    )


def letter_of(facts: dict[str, Any], **fields: Any) -> Letter:
    letter = compose(case_of(facts, **fields))
    assert letter is not None
    return letter


def text_of(letter: Letter, key: str) -> str:
    return "\n".join(
        " ".join(s.text for s in point) for section in letter.sections if section.key == key for point in section.points
    )


MEASURE = {
    "text": "Read the list of open orders", "owner": "packing lead", "frequency": "every day at 9:00", "limit": "more than 40 open orders",
    "tool": "Manage Orders", "since": "2026-11-20",
}  # fmt: skip
RATE = Fact(
    id="F1",
    kind="metric",
    value=Metric(name="late_shipment_rate", value=6.1, target=4),
    unit="%",
    source="notice",
    origin="notice",
    quote="6.1%",
    start=0,
    end=4,
)


def test_a_past_predicate_gets_its_subject_and_its_day() -> None:
    done = text_of(
        letter_of({"corrective_actions": [{"text": "Hired a Saturday packer", "date": "2026-11-04"}]}),
        "corrective_actions",
    )
    assert done == "On 4 November 2026 we hired a Saturday packer."


def test_a_clause_keeps_its_subject_and_a_label_its_words() -> None:
    clause = {"text": "The handling time was raised from 1 to 4 days", "date": "2026-11-04"}
    label = {"text": "Handling time raised from 1 to 4 days", "date": "2026-11-04"}
    done = text_of(letter_of({"corrective_actions": [clause, label]}), "corrective_actions")
    assert "On 4 November 2026, the handling time was raised from 1 to 4 days." in done
    assert "4 November 2026: Handling time raised from 1 to 4 days." in done


def test_a_name_at_the_start_is_never_made_small() -> None:
    done = text_of(
        letter_of({"corrective_actions": [{"text": "Norrvik Freight collects since then", "date": "2026-11-04"}]}),
        "corrective_actions",
    )
    assert "Norrvik Freight collects" in done


def test_actions_stand_in_order_of_their_days_and_plans_last() -> None:
    actions = [
        {"text": "We will buy a label printer", "date": "2026-12-01", "status": "planned"},
        {"text": "Shipped 14 orders", "date": "2026-11-05"},
        {"text": "Closed 3 offers", "date": "2026-11-03"},
    ]
    done = text_of(letter_of({"corrective_actions": actions}), "corrective_actions")
    assert done.index("3 offers") < done.index("14 orders") < done.index("label printer")
    assert "will buy a label printer (planned for 1 December 2026)" in done


def test_a_measure_names_start_rhythm_owner_tool_and_limit() -> None:
    force = text_of(letter_of({"preventive_measures": [MEASURE]}), "preventive_measures")
    assert force == (
        "Since 20 November 2026, every day at 9:00, the packing lead reads the list of open orders (Manage Orders). Limit: more than 40 open orders."
    )


def test_what_the_text_already_says_is_not_said_again() -> None:
    said = {
        **MEASURE,
        "text": "Since 20 November 2026 the packing lead reads the list in Manage Orders every day at 9:00.",
    }
    force = text_of(letter_of({"preventive_measures": [said]}), "preventive_measures")
    assert force.count("packing lead") == force.count("every day at 9:00") == force.count("20 November 2026") == 1


def test_ids_and_counts_that_the_text_leaves_out_follow_it() -> None:
    entry = {"text": "Closed the offers", "date": "2026-11-03", "count": 3, "unit": "offers", "asins": ["B0C7QX41LM"]}
    done = text_of(letter_of({"corrective_actions": [entry]}), "corrective_actions")
    assert done == "On 3 November 2026 we closed the offers (3 offers; ASIN B0C7QX41LM)."


def test_the_cause_stands_before_the_figure_it_led_to() -> None:
    cause = text_of(letter_of({"root_causes": ["Nobody packed on Saturday."]}, more=(RATE,)), "root_cause")
    assert cause.index("Nobody packed") < cause.index("6.1%")


def test_an_enclosure_is_tied_to_the_entry_it_proves() -> None:
    facts = {
        "corrective_actions": [
            {"text": "Refunded the 12 buyers of broken pots", "date": "2026-11-04"},
            {"text": "Shipped 14 open orders", "date": "2026-11-04"},
        ],
        "evidence": [
            {
                "file": "refunds.xlsx",
                "document": "list of the 12 refunded buyers of broken pots",
                "proves": "the 12 refunds",
            }
        ],
    }
    letter = letter_of(facts)
    assert "broken pots (enclosure 1)." in text_of(letter, "corrective_actions")
    assert text_of(letter, "enclosures").startswith(
        "Enclosure 1: list of the 12 refunded buyers of broken pots (refunds.xlsx)."
    )


def test_what_no_fact_gives_is_a_visible_hole() -> None:
    letter = letter_of({"root_causes": ["Nobody packed on Saturday."]})
    holes = {s.text for s in letter.gaps}
    assert len(holes) == 2
    assert all(h.startswith("[missing: ") for h in holes)


def test_a_blocking_question_about_an_entry_is_a_hole_beside_it() -> None:
    case = case_of({"corrective_actions": ["We changed the setting."]})
    asked = Question(
        id="q", text="On which day?", why="w", answer_type="date", blocking=True, about=case.facts[0].id, slot="date"
    )
    letter = compose(case.with_(questions=(asked,)))
    assert letter is not None
    section = next(s for s in letter.sections if s.key == "corrective_actions")
    assert [s.text for s in section.sentences] == ["We changed the setting.", "[missing: On which day?]"]


def test_words_in_chinese_become_a_hole_that_keeps_their_figures() -> None:
    letter = letter_of({"root_causes": ["2026年9月3日到11月1日一共705个订单，有12个缺陷"]})
    hole = letter.gaps[0].text
    assert "English wording" in hole
    assert "705" in hole
    assert "12" in hole


def test_a_story_alone_makes_the_letter_and_none_of_its_sentences_is_lost() -> None:
    story = (
        "Our clerk put returned grinders back on the shelf, because there was no shelf for returns. 3 buyers wrote that the box was open. "
        "On 18 November 2026 we took all 46 grinders from the shelf and found 5 used ones. Every return goes into a locked cage since 20 November 2026."
    )
    letter = letter_of({"story": story})
    assert "Our clerk put" in text_of(letter, "root_cause")
    assert "3 buyers wrote" in text_of(letter, "root_cause")
    assert (
        text_of(letter, "corrective_actions")
        == "On 18 November 2026 we took all 46 grinders from the shelf and found 5 used ones."
    )
    assert "locked cage" in text_of(letter, "preventive_measures")


def test_two_sellers_with_the_same_cause_share_no_long_sentence() -> None:
    one = letter_of({"seller": {"store": "Fennick"}, "root_causes": ["Nobody packed on Saturday."]}, more=(RATE,))
    other = letter_of(
        {
            "seller": {"store": "Halden"},
            "root_causes": ["The courier came only on Mondays, and we booked no second pick-up."],
        },
        more=(RATE,),
    )
    assert not {s.text for s in one.sentences if not s.gap and len(s.text.split()) > 12} & {
        s.text for s in other.sentences
    }


def test_several_causes_have_a_block_each() -> None:
    facts = {
        "root_causes": [
            {"text": "The letter had no tracking.", "cause": "order_defect_rate"},
            {"text": "Nobody packed on Saturday.", "cause": "late_shipment"},
        ]
    }
    letter = letter_of(facts, cause="order_defect_rate", other_causes=("late_shipment",))
    blocks = [(s.cause, s.sentences[0].text) for s in letter.sections if s.key == "root_cause"]
    assert blocks == [
        ("order_defect_rate", "The letter had no tracking."),
        ("late_shipment", "Nobody packed on Saturday."),
    ]


@pytest.mark.parametrize("kind", ANSWER_KINDS)
def test_every_kind_of_answer_has_its_shape_and_one_request(kind: str) -> None:
    letter = compose(case_of({"seller": {"store": "Fennick"}, "other_facts": ["We sold 12 units."]}, kind=kind))
    if kind == "no_reply_needed":
        assert letter is None
        return
    assert letter is not None
    assert [s.role for s in letter.sentences].count("request") == 1
    assert letter.sections[0].key == "opening"
    assert letter.sections[-1].key == "closing"
    assert {s.key for s in letter.sections} <= set(shape(kind))  # type: ignore[arg-type]


def test_documents_are_listed_and_no_plan_is_written() -> None:
    facts = {"evidence": [{"file": "bill.pdf", "document": "electricity bill", "date": "2026-10-30"}]}
    letter = letter_of(facts, kind="documents_only", cause="verification")
    assert [s.key for s in letter.sections] == ["opening", "documents", "closing"]
    assert text_of(letter, "documents") == "Enclosure 1: electricity bill, dated 30 October 2026 (bill.pdf)."


def test_a_retraction_is_asked_of_the_rights_owner() -> None:
    owner = Fact(id="F1", kind="party", value="Halvane Audio GmbH", source="notice", origin="notice")
    complaint = Fact(id="F2", kind="complaint_id", value="16284410357", source="notice", origin="notice")
    letter = letter_of(
        {"other_facts": ["We bought 80 units."]}, kind="retraction", cause="counterfeit", more=(owner, complaint)
    )
    assert letter.addressee == "Halvane Audio GmbH"
    assert "complaint 16284410357" in text_of(letter, "closing")


def test_the_composers_own_letters_pass_the_lock() -> None:
    facts = {
        "seller": {"store": "Fennick"}, "root_causes": ["Nobody packed on Saturday."], "corrective_actions": [{"text": "Hired 1 packer", "date": "2026-11-04"}],
        "preventive_measures": [MEASURE], "evidence": [{"document": "packing rota", "file": "rota.pdf"}], "other_facts": [{"text": "Open orders", "value": 0}],
    }  # fmt: skip
    case = case_of(facts, more=(RATE,))
    letter = compose(case)
    assert letter is not None
    assert lock(letter, case) == ()


# --- letters that do not read like made by a program ----------------------------------------------------------------


def measure_of(**entry: str) -> str:
    return text_of(letter_of({"preventive_measures": [entry]}), "preventive_measures")


def action_of(*entries: dict[str, Any]) -> str:
    return text_of(letter_of({"corrective_actions": list(entries)}), "corrective_actions")


def document_of(document: str, **entry: str) -> str:
    facts = {"evidence": [{"document": document, **entry}]}
    return text_of(letter_of(facts, kind="documents_only", cause="verification"), "documents")


@pytest.mark.parametrize(
    ("owner", "text", "said"),
    [
        ("clerk", "Measure and weigh two pieces and compare them with the page", "the clerk measures and weighs two pieces and compares them"),
        ("intake foreman", "Pull 3 cranks of each lot", "the intake foreman pulls 3 cranks"),
        ("clerk", "Ask the supplier to sign and return the form", "the clerk asks the supplier to sign and return the form"),
        ("Ida Moll and Per Lund", "Read the messages", "Ida Moll and Per Lund read the messages"),
        ("clerk", "Label printers are checked", "label printers are checked (responsible: clerk)"),
    ],
)  # fmt: skip
def test_an_instruction_is_said_of_its_owner_with_all_its_verbs(owner: str, text: str, said: str) -> None:
    assert said in measure_of(text=text, owner=owner, since="2026-11-20")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Pia Okonkwo reads the list", "Since 20 November 2026, Pia Okonkwo reads the list."),
        ("StockBridge sends the quantity", "Since 20 November 2026, StockBridge sends the quantity."),
        ("Only Renata Obuya sends papers", "Since 20 November 2026, only Renata Obuya sends papers."),
        ("Drafts are received as attachments", "Since 20 November 2026, drafts are received as attachments."),
        ("Norrvik collects the parcels", "Norrvik collects the parcels (since 20 November 2026)."),
    ],
)
def test_a_name_keeps_its_capital_behind_the_day_and_other_words_do_not(text: str, said: str) -> None:
    assert measure_of(text=text, since="2026-11-20") == said


@pytest.mark.parametrize(
    ("frequency", "said"),
    [
        ("1st and 15th of each month", "on the 1st and 15th of each month, we"), ("Monday and Thursday at 10:00", "on Monday and Thursday at 10:00, we"),
        ("last Friday of each month", "on the last Friday of each month, we"), ("every 15 minutes", "every 15 minutes, we"),
        ("every parcel", "for every parcel, we"), ("the list is read on Monday", "We count the shelf. The list is read on Monday."),
    ],
)  # fmt: skip
def test_a_rhythm_gets_the_word_it_needs(frequency: str, said: str) -> None:
    assert said.lower() in measure_of(text="We count the shelf", frequency=frequency).lower()


def test_an_owner_is_not_lost_because_a_word_of_the_role_stands_in_the_text() -> None:
    said = measure_of(text="Every order is packed from the list", owner="order desk", since="2026-11-20")
    assert "responsible: order desk" in said


def test_a_deputy_is_named_where_the_owner_already_is() -> None:
    said = measure_of(
        text="The packer counts the labels", owner="packer on duty, deputy office clerk", since="2026-11-20"
    )
    assert "(deputy: office clerk)" in said
    assert "responsible" not in said


def test_the_year_stands_once_in_a_list_of_dated_actions() -> None:
    done = action_of(
        {"text": "Closed 3 offers", "date": "2026-11-03"}, {"text": "Shipped 14 orders", "date": "2026-11-05"},
        {"text": "We will hire a packer", "date": "2027-01-04", "status": "planned"},
    )  # fmt: skip
    assert done.splitlines()[:2] == ["On 3 November 2026 we closed 3 offers.", "On 5 November we shipped 14 orders."]
    assert "4 January 2027" in done


def test_a_count_is_not_said_twice() -> None:
    assert action_of({"text": "We deleted both accounts", "date": "2026-11-03", "count": 2}).endswith("both accounts.")
    two = {"text": "We closed the offers", "date": "2026-11-03", "count": 2, "asins": ["B0C7QX41LM", "B0C7QX52PR"]}
    assert "(both ASINs: B0C7QX41LM and B0C7QX52PR)" in action_of(two)


def test_a_counted_thing_follows_its_figure() -> None:
    facts = {"other_facts": [{"text": "Units sold of B0C7QX41LM in the last 365 days", "count": 214}]}
    assert text_of(letter_of(facts, kind="dispute"), "statement").startswith("214 units sold of B0C7QX41LM")


@pytest.mark.parametrize(
    ("document", "proves", "said"),
    [
        ("photos of the shelf", "the new labels", "photos of the shelf, 20 November 2026. They show the new labels."),
        (
            "invoice 77 for 14 product photos",
            "who made them",
            "photos, dated 20 November 2026. It shows who made them.",
        ),
        ("invoice 77", "60 pieces of B0C7QX41LM", "dated 20 November 2026. It covers 60 pieces"),
        ("print of the mail", "what was sent", "It shows what was sent."),
    ],
)
def test_a_document_is_dated_and_shown_in_the_right_number(document: str, proves: str, said: str) -> None:
    assert said in document_of(document, proves=proves, date="2026-11-20")


def test_corrected_data_need_no_measure_and_ask_to_keep_what_is_only_threatened() -> None:
    facts = {"corrective_actions": [{"text": "We corrected the title", "date": "2026-11-24"}]}
    fields = {"kind": "corrected_data", "cause": "listing_policy", "stage": "warning", "scope": "account"}
    letter = letter_of(facts, **fields)
    assert letter.gaps == ()
    assert [s.key for s in letter.sections] == ["opening", "corrective_actions", "closing"]
    assert "the listing data" in text_of(letter, "opening")
    assert "keep our account active" in text_of(letter, "closing")


def test_another_accounts_letter_has_no_hole_for_a_plan_that_nobody_asked_for() -> None:
    letter = letter_of(
        {"other_facts": ["The other account is ours."]}, kind="other_account_first", cause="related_accounts"
    )
    assert letter.gaps == ()


def test_other_facts_of_a_plan_are_no_root_cause() -> None:
    letter = letter_of({"root_causes": ["Nobody packed on Saturday."], "other_facts": ["Supplier: Norrvik Ltd, Oslo"]})
    assert text_of(letter, "root_cause") == "Nobody packed on Saturday."
    assert text_of(letter, "statement") == "Supplier: Norrvik Ltd, Oslo."
    assert [s.role for x in letter.sections if x.key == "statement" for s in x.sentences] == ["frame"]


def test_a_dispute_begins_with_what_the_seller_states_of_the_charge() -> None:
    facts = {"root_causes": ["An agency had rights in our account."], "other_facts": ["We own no other account."]}
    assert text_of(letter_of(facts, kind="dispute"), "statement").startswith("We own no other account.")


# --- small rewordings ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Raised the price", "past"), ("Set the handling time", "past"), ("We raised it", "clause"), ("The list is read", "clause"),
        ("Check the list of orders", "instruction"), ("Handling time from 1 to 4 days", "label"), ("Need for a second packer", "label"),
    ],
)  # fmt: skip
def test_the_form_of_an_entry_is_told_by_its_words(text: str, form: str) -> None:
    assert form_of(text) == form


def test_small_rewordings_do_what_they_say() -> None:
    assert long_date("2026-11-04") == "4 November 2026"
    assert long_date("mid October") == "mid October"
    assert joined(["a", "b", "c"]) == "a, b and c"
    assert sentence("  we  did it ;") == "We did it."
    assert lower_first("The list") == "the list"
    assert lower_first("FBA stock") == "FBA stock"
    assert split_sentences("We bought 3 pcs. of it. Then we sold them.") == [
        "We bought 3 pcs. of it.",
        "Then we sold them.",
    ]
    assert is_foreign("Wir haben die Bestellungen nicht geprüft")
    assert not is_foreign("We sold 3 units of Die Hard in Berlin")


# --- the model's half ------------------------------------------------------------------------------------------------


def drafted(*sentences: tuple[str, list[str], str]) -> DraftedSection:
    return DraftedSection(
        sentences=[DraftedSentence(text=t, fact_ids=i, role=r, new_point=True) for t, i, r in sentences], not_stated=[]
    )


ACTIONS = {
    "corrective_actions": [
        {"text": "Hired 1 packer", "date": "2026-11-04"},
        {"text": "Shipped 14 orders", "date": "2026-11-05"},
    ]
}


def test_a_sound_section_of_a_model_is_taken() -> None:
    answer = drafted(
        ("On 4 November 2026 we hired 1 packer.", ["F1"], "done"),
        ("We shipped 14 orders on 5 November 2026.", ["F2"], "done"),
    )
    assert by_model.fault(answer, "corrective_actions", None, case_of(ACTIONS)) is None


def test_further_facts_of_a_model_stand_beside_the_plan_too() -> None:
    case = case_of({"root_causes": ["Nobody packed on Saturday."], "other_facts": ["We use no FBA."]})
    answer = drafted(("We use no FBA.", ["F2"], "what_happened"))
    assert [s.role for s in by_model.read(answer, "statement", None, case, "m").sentences] == ["frame"]


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        (
            drafted(
                ("On 4 November 2026 we hired 2 packers.", ["F1"], "done"), ("We shipped 14 orders.", ["F2"], "done")
            ),
            "“2”",
        ),
        (drafted(("On 4 November 2026 we hired 1 packer.", ["F1"], "done")), "not said: F2"),
        (drafted(("We hired 1 packer.", ["F9"], "done"), ("We shipped 14 orders.", ["F2"], "done")), "F9"),
        (
            drafted(("We hired 1 packer.", ["F1"], "done"), ("We shipped 14 orders on [date].", ["F2"], "done")),
            "placeholder",
        ),
        (drafted(), "no sentence"),
    ],
)
def test_a_faulty_section_of_a_model_is_named_to_it(answer: DraftedSection, named: str) -> None:
    assert named in (by_model.fault(answer, "corrective_actions", None, case_of(ACTIONS)) or "")


def test_the_model_never_sees_the_mail() -> None:
    case = case_of(ACTIONS, more=(RATE,))
    filled = by_model.ask("corrective_actions", None, case, None)
    assert case.notice.text not in filled.user + filled.system
    assert "F2 | seller action | done | Hired 1 packer; date: 2026-11-04" in filled.user


def test_what_is_constant_for_a_case_stands_first_in_the_prompt() -> None:
    case = case_of(ACTIONS)
    one, other = (by_model.ask(key, None, case, None) for key in ("root_cause", "closing"))
    assert one.system == other.system
    common = next(n for n, (a, b) in enumerate(zip(one.user, other.user, strict=False)) if a != b)
    assert one.user.index("Hired 1 packer") < common
