"""Gap analysis asks the fewest questions, never what is known; answers become facts in the seller's own words."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from amends.errors import InputError
from amends.interview import answer_facts, apply_answers, questions
from amends.patterns import Pattern, load_patterns
from amends.retrieve import retrieve
from amends.schemas import Case, Enforcement, Fact, Item, Notice, Question, Requested, Seller, Span
from amends.vocabulary import ANSWER_KINDS

PATTERNS = load_patterns()
TODAY = date(2026, 11, 25)
SIGNED = Seller(legal_name="Linden Trading Ltd", signatory="Wei Zhang")
PLAN = ("root_causes", "corrective_actions", "preventive_measures")


def _facts(*items: Item, kind: Any = None) -> tuple[Fact, ...]:
    kinds: dict[str, Any] = {
        "root_causes": "cause",
        "corrective_actions": "action",
        "preventive_measures": "measure",
        "evidence": "document",
        "other_facts": "statement",
    }
    return tuple(
        Fact(
            id=f"F{n}",
            kind=kinds[item.list],
            value=item.text,
            status=item.status,
            source="seller",
            origin=f"facts.yaml: {item.list}[{n}]",
            quote=item.text,
            start=0,
            end=len(item.text),
            item=item,
        )
        for n, item in enumerate(items, 1)
    )


def _case(cause: Any, kind: Any, *items: Item, story: str = "", seller: Seller = SIGNED, **enforcement: Any) -> Case:
    found = Enforcement(cause=cause, answer_kind=kind, **enforcement)
    facts = _facts(*items)
    notice = Notice(text="Your account is under review.")
    matches = retrieve(found, notice, story, facts, PATTERNS)
    return Case(today=TODAY, notice=notice, enforcement=found, facts=facts, story=story, matches=matches, seller=seller)


def _ids(case: Case, *, blocking: bool | None = None, pattern_id: str | None = None) -> list[str]:
    asked = questions(case, PATTERNS, pattern_id)
    return [q.id for q in asked if blocking is None or q.blocking == blocking]


def _wants(*items: Any, dispute_only: bool = False) -> tuple[Requested, ...]:
    span = Span(quote="x", start=0, end=1)
    return tuple(Requested(item=i, evidence=span, dispute_only=dispute_only) for i in items)


ROOT = Item(list="root_causes", text="The handling time was 1 day although engraving takes 3.")
DONE = Item(list="corrective_actions", text="We raised the handling time on 84 SKUs.", date="2026-11-04", status="done")
IN_FORCE = Item(
    list="preventive_measures",
    text="Unshipped orders are worked through.",
    owner="packing lead",
    frequency="twice a day",
    since="2026-11-05",
    limit="90 open orders",
    tool="unshipped-orders report",
    status="done",
)
COUNTS = Item(list="other_facts", text="25 of 410 orders were late from 4 October to 2 November 2026.")


# --- plans of action ------------------------------------------------------------------------------------------------


def test_an_empty_case_is_asked_for_counts_root_done_and_in_force_and_these_block() -> None:
    assert _ids(_case("late_shipment", "plan_of_action"), blocking=True) == [
        "counts.late_shipment",
        "handling_time.root",
        "handling_time.done",
        "handling_time.in_force",
    ]


def test_a_complete_case_is_asked_nothing_that_blocks() -> None:
    assert _ids(_case("late_shipment", "plan_of_action", ROOT, DONE, IN_FORCE, COUNTS), blocking=True) == []


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.id)
def test_no_list_that_has_whole_entries_is_asked_for_again(pattern: Pattern) -> None:
    case = _case(pattern.cause, "plan_of_action", ROOT, DONE, IN_FORCE, COUNTS)
    asked = questions(case, PATTERNS, pattern.id)
    assert not [q.id for q in asked if q.fills in PLAN and q.slot is None]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.id)
def test_blocking_questions_come_first_and_each_has_reason_type_and_id_of_its_own(pattern: Pattern) -> None:
    asked = questions(_case(pattern.cause, "plan_of_action", seller=Seller()), PATTERNS, pattern.id)
    assert [q.blocking for q in asked] == sorted((q.blocking for q in asked), reverse=True)
    assert len({q.id for q in asked}) == len(asked)
    assert all(q.why and q.text_zh for q in asked)


def test_the_users_pattern_replaces_the_best_match() -> None:
    case = _case("late_shipment", "plan_of_action")
    assert "absence_or_peak.root" in _ids(case, pattern_id="late_shipment.staff_absence_or_peak")
    with pytest.raises(InputError, match="Did you mean"):
        questions(case, PATTERNS, "late_shipment.staff_absence")


def test_several_causes_are_each_asked_for() -> None:
    case = _case("late_shipment", "plan_of_action", ROOT, DONE, IN_FORCE, other_causes=("cancellation",))
    blocking = _ids(case, blocking=True)
    assert "handling_time.root" not in blocking
    assert {"stock_mismatch.root", "counts.cancellation", "counts.late_shipment"} <= set(blocking)


def test_an_entry_that_names_its_cause_counts_for_that_cause_only() -> None:
    root = ROOT.with_(cause="cancellation")
    blocking = _ids(_case("late_shipment", "plan_of_action", root, other_causes=("cancellation",)), blocking=True)
    assert "handling_time.root" in blocking
    assert "stock_mismatch.root" not in blocking


def test_a_symptom_is_answered_with_a_question_about_that_very_entry() -> None:
    symptom = Item(list="root_causes", text="Our late shipment rate was too high.")
    asked = {q.id: q for q in questions(_case("late_shipment", "plan_of_action", symptom), PATTERNS)}
    question = asked["root_causes.1.process"]
    assert question.blocking
    assert question.about == "F1"
    assert symptom.text in question.text
    assert symptom.text in (question.text_zh or "")


@pytest.mark.parametrize(
    ("entry", "asked"),
    [
        (DONE.with_(date=None), ["corrective_actions.1.date"]),
        (DONE.with_(date=None, text="On 4 November 2026 we raised it on 84 SKUs."), []),
        (DONE.with_(date=None, text="11月4日修改了84个SKU。"), []),
        (DONE.with_(text="Overdue orders were shipped."), ["corrective_actions.1.count"]),
        (DONE.with_(text="Overdue orders were shipped on 3 November 2026."), ["corrective_actions.1.count"]),
        (DONE.with_(text="Overdue orders were shipped.", count=12), []),
        (IN_FORCE.with_(owner=None), ["preventive_measures.1.owner"]),
        (IN_FORCE.with_(owner=None, text="The clerk works through the list."), []),
        (IN_FORCE.with_(frequency=None), ["preventive_measures.1.frequency"]),
        (IN_FORCE.with_(frequency=None, text="The list is empty every evening."), []),
        (IN_FORCE.with_(since=None), ["preventive_measures.1.since"]),
        (IN_FORCE.with_(since=None, text="Since 5 November 2026 the list is checked."), []),
    ],
)
def test_only_the_slot_that_an_entry_lacks_is_asked_for(entry: Item, asked: list[str]) -> None:
    case = _case("late_shipment", "plan_of_action", entry)
    assert [i for i in _ids(case) if i.startswith(f"{entry.list}.1.")] == asked


def test_limit_and_tool_are_asked_for_once_while_no_measure_has_them() -> None:
    without = IN_FORCE.with_(limit=None, tool=None)
    bare = _case("late_shipment", "plan_of_action", without, without)
    assert [i for i in _ids(bare) if i.endswith((".limit", ".tool"))] == [
        "preventive_measures.1.limit",
        "preventive_measures.1.tool",
    ]
    one_has = _case("late_shipment", "plan_of_action", without, IN_FORCE)
    assert not [i for i in _ids(one_has) if i.endswith((".limit", ".tool"))]


def test_a_plan_without_any_document_is_asked_for_proofs_without_being_held_up() -> None:
    assert "evidence.plan" in _ids(_case("late_shipment", "plan_of_action", DONE), blocking=False)
    proof = Item(list="evidence", text="screenshot of the setting", file="setting.png")
    assert "evidence.plan" not in _ids(_case("late_shipment", "plan_of_action", DONE, proof))


def test_a_lacking_slot_blocks_only_while_no_entry_of_the_list_is_whole() -> None:
    undated = DONE.with_(date=None)
    assert "corrective_actions.1.date" in _ids(_case("late_shipment", "plan_of_action", undated), blocking=True)
    with_whole = _case("late_shipment", "plan_of_action", undated, DONE)
    assert "corrective_actions.1.date" in _ids(with_whole, blocking=False)


def test_plans_alone_are_no_corrective_action() -> None:
    planned = DONE.with_(status="planned", date="2026-12-01")
    assert "handling_time.done" in _ids(_case("late_shipment", "plan_of_action", planned), blocking=True)


@pytest.mark.parametrize(
    "story",
    [
        "25 of 410 orders were late.",
        "25 out of our 410 orders.",
        "25/410 late",
        "410个订单中有25个延迟。",
        "25 von 410",
    ],
)
def test_counts_in_the_story_are_not_asked_for_again(story: str) -> None:
    assert "counts.late_shipment" not in _ids(_case("late_shipment", "plan_of_action", story=story))


def test_counts_of_a_report_are_not_asked_for_again() -> None:
    case = _case("late_shipment", "plan_of_action")
    report = [
        Fact(id=f"F{n}", kind="count", value=n * 25, unit="orders", source="report", origin="orders.txt")
        for n in (1, 9)
    ]
    assert "counts.late_shipment" not in _ids(case.with_(facts=tuple(report)))
    assert "counts.late_shipment" in _ids(case.with_(facts=tuple(report[:1])))


def test_an_action_told_in_the_story_is_an_entry_too() -> None:
    told = Fact(
        id="F1",
        kind="action",
        value="shipped",
        source="seller",
        origin="story",
        quote="We shipped all orders.",
        status="done",
    )
    case = _case("late_shipment", "plan_of_action").with_(facts=(told,))
    assert "handling_time.done" not in _ids(case)
    filled = apply_answers(case, {"corrective_actions.1.date": "2026-11-03"}, PATTERNS).fact("F1")
    assert filled.item is not None
    assert (filled.item.text, filled.item.date, filled.quote) == (told.quote, "2026-11-03", told.quote)


def test_the_patterns_menu_is_shown_as_ideas() -> None:
    asked = {q.id: q for q in questions(_case("late_shipment", "plan_of_action"), PATTERNS)}
    assert any("Handling time in the offers" in idea for idea in asked["handling_time.done"].ideas)


# --- other kinds of answer ------------------------------------------------------------------------------------------


def test_no_reply_needed_asks_nothing() -> None:
    assert _ids(_case("late_shipment", "no_reply_needed", seller=Seller())) == []


def test_an_information_request_is_held_up_by_no_question() -> None:
    case = _case("unspecified", "information_request")
    assert _ids(case)
    assert _ids(case, blocking=True) == []


def test_each_requested_document_without_an_enclosure_is_asked_for_and_blocks() -> None:
    bill = Item(list="evidence", text="electricity bill of October 2026", file="bill.pdf")
    case = _case("verification", "documents_only", bill, requests=_wants("utility_bill", "bank_statement"))
    assert _ids(case) == ["evidence.bank_statement"]


def test_a_document_that_the_pattern_asks_for_is_asked_once_and_blocks() -> None:
    story = "We are an authorised reseller with a letter of authorization."
    case = _case("trademark", "documents_only", story=story, requests=_wants("invoices", "letter_of_authorization"))
    assert set(_ids(case, blocking=True)) == {"loa.letter", "loa.invoices"}


def test_in_a_rights_matter_one_of_the_requested_documents_is_enough() -> None:
    letter = Item(list="evidence", text="letter of authorization of the brand", file="loa.png")
    requests = _wants("invoices", "letter_of_authorization", "rights_owner_retraction")
    case = _case("trademark", "documents_only", letter, requests=requests)
    assert _ids(case, blocking=True) == []


def test_the_storys_sentences_are_not_asked_about_when_the_seller_lists_entries() -> None:
    told = Fact(
        id="F9", kind="action", value="x", source="seller", origin="story", quote="We ship lamps.", status="done"
    )
    case = _case("late_shipment", "plan_of_action", DONE)
    assert not [i for i in _ids(case.with_(facts=(*case.facts, told))) if i.startswith("corrective_actions.")]


def test_documents_only_asks_no_plan_unless_the_notice_wants_one() -> None:
    story = "There are only receipts and no invoice."
    assert "without_papers.root" not in _ids(_case("inauthentic", "documents_only", story=story))
    with_plan = _case("inauthentic", "documents_only", story=story, requests=_wants("root_cause"))
    assert "without_papers.root" in _ids(with_plan, blocking=True)


def test_what_is_asked_only_of_those_who_dispute_is_asked_only_of_them() -> None:
    requests = _wants("evidence_of_compliance", dispute_only=True)
    assert "evidence.evidence_of_compliance" not in _ids(_case("on_time_delivery", "plan_of_action", requests=requests))
    assert "evidence.evidence_of_compliance" in _ids(_case("on_time_delivery", "dispute", requests=requests))


def test_a_dispute_without_any_proof_is_asked_for_it() -> None:
    assert "evidence.dispute" in _ids(_case("restricted_products", "dispute"), blocking=True)
    proof = Item(list="evidence", text="order report without sales", file="orders.csv")
    assert "evidence.dispute" not in _ids(_case("restricted_products", "dispute", proof))


def test_the_other_account_is_asked_for_by_name_owner_and_state() -> None:
    case = _case("related_accounts", "other_account_first")
    assert {"other_account.which", "other_account.owned", "other_account.state"} <= set(_ids(case, blocking=True))
    story = "The other account is called Alder Shoes. We own it. The account was reactivated on 9 November 2026."
    told = _case("related_accounts", "other_account_first", story=story)
    assert not [i for i in _ids(told) if i.startswith("other_account.")]


def test_a_retraction_needs_the_complaint_id_unless_the_notice_gives_it() -> None:
    case = _case("trademark", "retraction")
    assert "retraction.complaint_id" in _ids(case, blocking=True)
    given = Fact(id="F1", kind="complaint_id", value="11223344551", source="notice", origin="notice")
    assert "retraction.complaint_id" not in _ids(case.with_(facts=(given,)))


def test_a_missing_signature_is_one_question_that_does_not_block() -> None:
    case = _case("late_shipment", "plan_of_action", seller=Seller())
    assert _ids(case, blocking=False).count("seller.signature") == 1
    assert "seller.signature" not in _ids(case.with_(seller=SIGNED))


# --- answers --------------------------------------------------------------------------------------------------------


def test_free_text_becomes_one_entry_per_line_or_sentence_in_the_sellers_words() -> None:
    case = _case("late_shipment", "plan_of_action")
    answer = (
        "- We raised it on 84 SKUs on 4 November 2026.\n2) No. 17 and No. 18 were refunded! Late buyers were informed."
    )
    items = answer_facts(case, "handling_time.done", answer, PATTERNS)
    assert [i.text for i in items] == [
        "We raised it on 84 SKUs on 4 November 2026.",
        "No. 17 and No. 18 were refunded!",
        "Late buyers were informed.",
    ]
    assert {(i.list, i.cause, i.status) for i in items} == {("corrective_actions", "late_shipment", "done")}


def test_new_facts_continue_the_numbering_and_say_which_answer_they_come_from() -> None:
    case = apply_answers(_case("late_shipment", "plan_of_action", ROOT), {"handling_time.done": ["A.", "B."]}, PATTERNS)
    assert [f.id for f in case.facts] == ["F1", "F2", "F3"]
    fact = case.fact("F3")
    assert (fact.kind, fact.source, fact.origin) == ("action", "seller", "answers: handling_time.done")
    assert (fact.value, fact.quote, fact.start, fact.end, fact.status) == ("B.", "B.", 0, 2, "done")


@pytest.mark.parametrize(
    ("question_id", "text", "status"),
    [
        ("handling_time.done", "We shipped 12 orders.", "done"),
        ("handling_time.done", "We will ship 12 orders.", "planned"),
        ("handling_time.done", "We raised it so that orders will leave in time.", "done"),
        ("handling_time.done", "We are moving the labels.", "in_progress"),
        ("handling_time.done", "12月1日将会补发。", "planned"),
        ("handling_time.done", "将处理时间改为3天。", "done"),
        ("handling_time.in_force", "Since 5 November 2026 the lead checks daily.", "done"),
        ("handling_time.in_force", "From 1 December 2026 the lead checks daily.", "planned"),
        ("handling_time.in_force", "The lead checks daily.", None),
    ],
)
def test_the_status_follows_the_sellers_tense_and_dates(question_id: str, text: str, status: str | None) -> None:
    items = answer_facts(_case("late_shipment", "plan_of_action"), question_id, text, PATTERNS)
    assert [i.status for i in items] == [status]


def test_mappings_are_entries_like_those_of_the_facts_file() -> None:
    value = [{"text": "Second packer trained.", "date": date(2026, 11, 3), "count": 1, "status": "done"}]
    (item,) = answer_facts(_case("late_shipment", "plan_of_action"), "handling_time.done", value, PATTERNS)
    assert (item.date, item.count, item.status) == ("2026-11-03", 1, "done")
    with pytest.raises(InputError, match="`owner`"):
        answer_facts(
            _case("late_shipment", "plan_of_action"), "handling_time.done", [{"text": "x", "ownr": "lead"}], PATTERNS
        )


def test_slot_answers_fill_the_entry_and_settle_its_status() -> None:
    bare = Item(list="preventive_measures", text="Orders are worked through.")
    case = _case("late_shipment", "plan_of_action", bare)
    answers = {
        "preventive_measures.1.owner": "packing lead",
        "preventive_measures.1.frequency": "every morning",
        "preventive_measures.1.since": "5 November 2026",
    }
    filled = apply_answers(case, answers, PATTERNS)
    item = filled.fact("F1").item
    assert item is not None
    assert (item.owner, item.frequency, item.since) == ("packing lead", "every morning", "2026-11-05")
    assert (item.status, filled.fact("F1").status) == ("done", "done")
    assert len(filled.facts) == 1
    later = apply_answers(case, {"preventive_measures.1.since": date(2026, 12, 1)}, PATTERNS)
    assert later.fact("F1").status == "planned"


def test_slots_of_entries_that_the_same_answers_bring_are_filled_after_them() -> None:
    answers = {"corrective_actions.1.count": "12 orders", "handling_time.done": "Orders were shipped."}
    case = apply_answers(_case("late_shipment", "plan_of_action"), answers, PATTERNS)
    assert [(f.value, f.item.count) for f in case.facts if f.item] == [("Orders were shipped.", 12)]


def test_the_process_behind_a_symptom_becomes_a_root_cause_of_its_own() -> None:
    case = _case("late_shipment", "plan_of_action", Item(list="root_causes", text="We were late."))
    told = apply_answers(case, {"root_causes.1.process": "Nobody checked the open orders."}, PATTERNS)
    assert [f.value for f in told.items("root_causes")] == ["We were late.", "Nobody checked the open orders."]
    assert "root_causes.1.process" not in _ids(told)


def test_an_answered_question_is_not_asked_again_and_leaves_the_open_ones() -> None:
    case = _case("late_shipment", "plan_of_action")
    case = case.with_(questions=questions(case, PATTERNS))
    told = apply_answers(
        case, {"handling_time.automated": "no", "handling_time.root": "The setting was never changed."}
    )
    assert "handling_time.automated" not in _ids(told)
    assert {"handling_time.automated", "handling_time.root"}.isdisjoint(q.id for q in told.questions)
    assert {a.question_id: a.value for a in told.answers}["handling_time.automated"] is False


def test_a_second_answer_replaces_the_first_and_the_same_answer_changes_nothing() -> None:
    case = apply_answers(
        _case("late_shipment", "plan_of_action"), {"handling_time.root": "The setting was old."}, PATTERNS
    )
    assert apply_answers(case, {"handling_time.root": "The setting was old."}, PATTERNS) == case
    changed = apply_answers(case, {"handling_time.root": "Stock was counted wrongly."}, PATTERNS)
    assert [f.value for f in changed.items("root_causes")] == ["Stock was counted wrongly."]
    assert [a.question_id for a in changed.answers] == ["handling_time.root"]


def test_files_become_enclosures_and_none_becomes_no_fact() -> None:
    case = _case("verification", "documents_only", requests=_wants("utility_bill", "bank_statement"))
    told = apply_answers(
        case, {"evidence.utility_bill": "power_oct.pdf; water_oct.pdf", "evidence.bank_statement": "none"}
    )
    assert [f.item.file for f in told.items("evidence") if f.item] == ["power_oct.pdf", "water_oct.pdf"]
    assert _ids(told) == []


@pytest.mark.parametrize(
    ("text", "seller"),
    [
        ("Wei Zhang, Linden Trading Ltd", SIGNED),
        ("Wei Zhang\nLinden Trading Ltd", SIGNED),
        ("Wei Zhang，Linden Trading Ltd", SIGNED),
        ("Wei Zhang", Seller(signatory="Wei Zhang")),
    ],
)
def test_the_signature_goes_to_the_seller(text: str, seller: Seller) -> None:
    case = _case("late_shipment", "plan_of_action", seller=Seller())
    assert apply_answers(case, {"seller.signature": text}, PATTERNS).seller == seller


def test_answers_survive_the_cases_json() -> None:
    answers = {"handling_time.root": "The setting was old.", "handling_time.automated": True}
    case = apply_answers(_case("late_shipment", "plan_of_action"), answers, PATTERNS)
    assert Case.model_validate_json(case.model_dump_json()) == case


def test_no_text_of_a_pattern_becomes_a_fact() -> None:
    case = _case("late_shipment", "plan_of_action")
    told = apply_answers(case, {q.id: _some_answer(q) for q in questions(case, PATTERNS)}, PATTERNS)
    assert told.facts
    assert all("own words" in str(f.value) for f in told.facts)


def _some_answer(question: Question) -> Any:
    if question.id.startswith("counts."):
        return "In our own words, 25 of 410 orders."
    return {"yes_no": "yes", "choice": question.choices[:1] and question.choices[0]}.get(
        question.answer_type, "These are our own words."
    )


@pytest.mark.parametrize(
    ("question_id", "near"),
    [
        ("handling_time.rot", "handling_time.root"),
        ("corrective_actions.1.dat", "corrective_actions.1.date"),
        ("seller.signatur", "seller.signature"),
    ],
)
def test_an_unknown_question_id_gets_the_nearest(question_id: str, near: str) -> None:
    with pytest.raises(InputError, match=f"`{near}`"):
        apply_answers(_case("late_shipment", "plan_of_action", DONE), {question_id: "x"}, PATTERNS)


def test_an_entry_that_is_not_there_is_said_so() -> None:
    with pytest.raises(InputError, match="no entry 3"):
        apply_answers(_case("late_shipment", "plan_of_action", DONE), {"corrective_actions.3.date": "2026-11-03"})


@pytest.mark.parametrize(
    ("question_id", "value", "expected"),
    [
        ("corrective_actions.1.count", "many", "one number"),
        ("corrective_actions.1.count", "12 or 13", "one number"),
        ("corrective_actions.1.count", True, "a number"),
        ("corrective_actions.1.date", "last week", "day, month and year"),
        ("corrective_actions.1.date", "5 November", "day, month and year"),
        ("corrective_actions.1.date", "03/04/2026", "day, month and year"),
        ("handling_time.automated", "perhaps", "yes or no"),
        ("handling_time.root", "  ", "a sentence"),
        ("handling_time.done", [], "at least one"),
        ("handling_time.done", 7, "a list"),
        ("counts.late_shipment", "25 orders were late", "25 of 410"),
        ("genuine.complainant", "the police", "rights owner, Amazon"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_with_what_is_expected(
    question_id: str, value: Any, expected: str
) -> None:
    case = _case("late_shipment", "plan_of_action", DONE, other_causes=("counterfeit",))
    with pytest.raises(InputError, match=expected) as caught:
        apply_answers(case, {question_id: value}, PATTERNS)
    assert f"`{question_id}`" in str(caught.value)


@pytest.mark.parametrize(
    ("value", "read"), [("12 orders", 12), ("1,204", 1204), ("1.204", 1204), ("2.5", 2.5), (7, 7), ("约12个", 12)]
)
def test_numbers_are_read_from_short_answers(value: Any, read: Any) -> None:
    case = apply_answers(
        _case("late_shipment", "plan_of_action", DONE), {"corrective_actions.1.count": value}, PATTERNS
    )
    assert case.answers[0].value == read


@pytest.mark.parametrize(
    "value", ["2026-11-04", "4 Nov 2026", "4.11.2026", "2026年11月4日", "November 4, 2026", date(2026, 11, 4)]
)
def test_dates_are_read_in_many_forms(value: Any) -> None:
    case = apply_answers(_case("late_shipment", "plan_of_action", DONE), {"corrective_actions.1.date": value}, PATTERNS)
    assert case.answers[0].value == "2026-11-04"


@pytest.mark.parametrize("kind", ANSWER_KINDS)
def test_every_kind_of_answer_can_be_asked_about_for_every_pattern(kind: Any) -> None:
    for pattern in PATTERNS:
        asked = questions(_case(pattern.cause, kind), PATTERNS, pattern.id)
        assert bool(asked) == (kind != "no_reply_needed") or kind in (
            "documents_only",
            "corrected_data",
            "retraction",
            "dispute",
        )


TIE = "The only packer was ill, and the supplier delivered after the order came in."


def test_a_near_tie_is_settled_by_one_question_that_comes_first() -> None:
    case = _case("late_shipment", "plan_of_action", story=TIE)
    first = questions(case, PATTERNS)[0]
    assert first.id == "situation.late_shipment"
    assert [m.situation for m in case.matches[:4]] == list(first.choices[:-1])
    assert not first.blocking
    assert all(f"{n}) " in str(first.text_zh) for n in range(1, len(first.choices) + 1))


def test_a_clear_story_or_a_chosen_pattern_or_no_story_asks_for_no_situation() -> None:
    clear = _case("late_shipment", "plan_of_action", story="The handling time was one day; engraving takes four days.")
    for case, chosen in ((clear, None), (_case("late_shipment", "plan_of_action"), None)):
        assert "situation.late_shipment" not in _ids(case, pattern_id=chosen)
    tie = _case("late_shipment", "plan_of_action", story=TIE)
    assert "situation.late_shipment" not in _ids(tie, pattern_id="late_shipment.staff_absence_or_peak")


@pytest.mark.parametrize("place", [0, 1, 3])
def test_the_situation_named_leads_its_cause_and_its_questions_are_asked(place: int) -> None:
    case = _case("late_shipment", "plan_of_action", story=TIE)
    wanted = case.matches[place]
    answered = apply_answers(case, {"situation.late_shipment": wanted.situation}, PATTERNS)
    assert answered.matches[0].pattern_id == wanted.pattern_id
    assert not answered.facts, "a choice among the library's words is no fact of the seller's"
    ids = _ids(answered)
    assert "situation.late_shipment" not in ids
    assert set(ids) & {q.id for p in PATTERNS if p.id == wanted.pattern_id for q in p.questions}
    again = apply_answers(answered, {"situation.late_shipment": case.matches[2].situation}, PATTERNS)
    assert again.matches[0].pattern_id == case.matches[2].pattern_id


def test_none_of_these_keeps_the_ranking_and_is_not_asked_again() -> None:
    case = _case("late_shipment", "plan_of_action", story=TIE)
    answered = apply_answers(case, {"situation.late_shipment": "none of these."}, PATTERNS)
    assert [m.pattern_id for m in answered.matches] == [m.pattern_id for m in case.matches]
    assert "situation.late_shipment" not in _ids(answered)


def test_the_situation_of_one_cause_does_not_move_another_cause() -> None:
    case = _case("late_shipment", "plan_of_action", story=TIE, other_causes=("cancellation",))
    third = [m for m in case.matches if m.cause == "late_shipment"][2]
    answered = apply_answers(case, {"situation.late_shipment": third.situation}, PATTERNS)
    before = [m.pattern_id for m in case.matches if m.cause == "cancellation"]
    assert [m.pattern_id for m in answered.matches if m.cause == "cancellation"] == before
    assert answered.matches[0].pattern_id == third.pattern_id


def test_the_shared_examples_are_in_chinese_where_they_hold_english_words() -> None:
    case = _case("late_shipment", "plan_of_action")
    asked = [q for q in questions(case, []) if q.example and re.search(r"[a-z]{3,} [a-z]{2,} ", q.example)]
    assert asked
    assert all(re.search(r"[一-鿿]{3}", q.example_zh or "") for q in asked)


def test_a_pattern_question_brings_its_chinese_reason_and_example() -> None:
    case = _case("late_shipment", "plan_of_action")
    root = next(q for q in questions(case, PATTERNS) if q.id.endswith(".root"))
    assert re.search(r"[一-鿿]{4}", root.why_zh or "")
    assert re.search(r"[一-鿿]{4}", root.example_zh or "")


@pytest.mark.parametrize("number", [2, "2", " 2 "])
def test_a_choice_can_be_named_by_its_number(number: Any) -> None:
    case = _case("late_shipment", "plan_of_action", story=TIE)
    answered = apply_answers(case, {"situation.late_shipment": number}, PATTERNS)
    assert answered.matches[0].pattern_id == case.matches[1].pattern_id


@pytest.mark.parametrize("wrong", ["0", "9", "something else"])
def test_a_number_or_word_that_is_no_choice_is_refused(wrong: str) -> None:
    case = _case("late_shipment", "plan_of_action", story=TIE)
    with pytest.raises(InputError, match="one of"):
        apply_answers(case, {"situation.late_shipment": wrong}, PATTERNS)
