"""Amazon's answer: what it is, what is missing, what is new in the next version, when to stop; nothing of it is lost."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import answer_mails as mails
from amends import Appeal, read
from amends.casefile import not_yet_told
from amends.facts import facts_of
from amends.history import last_answer, last_sent, new_entries, with_sent
from amends.interview import apply_answers
from amends.patterns import load_patterns
from amends.reply import Followed, advice, follow, read_answer, stands_still
from amends.reply.compared import topics
from amends.run import Tools, asked, draft_case, open_case, open_door, with_facts
from amends.schemas import Case, Metric
from amends.sections import worded
from amends.settings import load_settings
from amends.testing import ScriptedModel
from amends.verify import lock
from answer_mails import CASES, FACTS, FIRST, LATER, NEW_FACTS


@cache
def sent() -> Case:
    return with_sent(mails.drafted(), FIRST)


def after(answer: bytes, case: Case | None = None) -> Followed:
    return follow(case or sent(), read.read_bytes(answer), LATER)


def told(case: Case, facts: Mapping[str, Any]) -> Case:
    case, given = not_yet_told(case, facts_of(facts))
    return with_facts(case, Tools(load_patterns(causes=case.enforcement.all_causes)), given)


def next_version(answer: bytes, facts: Mapping[str, Any]) -> Case:
    case = told(after(answer).case, facts)
    return asyncio.run(draft_case(case, Tools(load_patterns(causes=case.enforcement.all_causes))))


def codes(case: Case) -> set[str]:
    assert case.verdict is not None
    return {r.code for r in case.verdict.reasons if r.severity == "blocking"}


# --- which kind -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "kind", "why"),
    [
        pytest.param(mails.INCOMPLETE, "plan_incomplete", "plan is incomplete", id="incomplete"),
        pytest.param(mails.MORE, "more_information", "asks for more", id="more"),
        pytest.param(mails.DENIED, "denied", "does not say what is missing", id="denied"),
        pytest.param(mails.FINAL, "final", "no longer sell", id="final"),
        pytest.param(mails.REINSTATED, "reinstated", "restored", id="reinstated"),
        pytest.param(mails.RECEIPT, "unrelated", "has arrived", id="receipt"),
        pytest.param(mails.NEWSLETTER, "unrelated", "asks for nothing", id="newsletter"),
        pytest.param(mails.OTHER_STORE, "unrelated", "amazon.co.uk", id="other_store"),
        pytest.param(mails.OLDER, "unrelated", "older than the notice", id="older"),
    ],
)
def test_the_kind_of_an_answer_is_told_with_its_reason(answer: bytes, kind: str, why: str) -> None:
    reading = read_answer(sent(), read.read_bytes(answer))
    assert reading.kind == kind
    assert why in reading.reason


@pytest.mark.parametrize(
    ("name", "kind"),
    [("denial_late_shipment", "denied"), ("reinstated", "reinstated"), ("phishing_password", "unrelated")],
)
def test_the_sample_mails_are_read_as_answers(name: str, kind: str) -> None:
    assert read_answer(sent(), read.read_path(CASES / name / "notice.eml")).kind == kind


def test_the_notice_itself_is_no_answer_and_neither_is_an_answer_that_was_read_already() -> None:
    assert "opened the case" in read_answer(sent(), mails.notice()).reason
    once = after(mails.DENIED).case
    assert "in the case already" in read_answer(once, read.read_bytes(mails.DENIED)).reason


def test_a_denial_about_another_listing_is_unrelated() -> None:
    asin = next(f for f in sent().facts if f.kind == "date" or f.source == "notice").with_(
        id="F900", kind="asin", value="B0C9VT42LH", source="notice"
    )
    other = mails.DENIED.replace(b"cannot accept it.", b"cannot accept it. It concerns the listing B0D4KX91QT.")
    reading = read_answer(sent().with_(facts=(*sent().facts, asin)), read.read_bytes(other))
    assert reading.kind == "unrelated"
    assert "B0D4KX91QT" in reading.reason


def test_an_unrelated_mail_changes_nothing() -> None:
    for answer in (mails.NEWSLETTER, mails.RECEIPT, mails.OTHER_STORE):
        assert after(answer).case is sent()


# --- what is missing --------------------------------------------------------------------------------------------------


def test_missing_things_are_told_in_amazons_words_beside_what_the_letter_said() -> None:
    root, steps, reports = after(mails.INCOMPLETE).reading.missing
    assert root.words == "Greater detail on the root cause of the late shipments and the unanswered buyer messages"
    assert (root.item, root.detail, root.section) == ("root_cause", True, "root_cause")
    assert any("31 of 486" in sentence for sentence in root.said)
    assert root.unsaid == ("the unanswered buyer messages",)
    assert steps.item == "preventive_measures"
    assert steps.unsaid == ()
    assert (reports.words, reports.said) == ("The order reports of the last 30 days", ())


def test_a_bare_wish_for_a_new_plan_names_nothing_missing() -> None:
    assert after(mails.DENIED).reading.missing == ()


def test_requested_documents_are_found_outside_lists_too() -> None:
    answer = mails.MORE.replace(b"-- The steps", b"* The steps")
    assert [m.item for m in after(answer).reading.missing] == ["preventive_measures", "invoices"]


def test_a_list_ends_at_an_empty_line_and_a_german_answer_is_not_quoted_in_the_letter() -> None:
    root, steps = after(mails.GERMAN).reading.missing
    assert steps.words == "Die Schritte, mit denen Sie späte Lieferungen künftig verhindern"
    assert root.item == "root_cause"
    letter = next_version(mails.GERMAN, NEW_FACTS).letter
    assert letter is not None
    assert "Schritte" not in letter.sections[0].text
    assert "24 November 2026" in letter.sections[0].text


def test_particulars_of_a_supplier_are_asked_for_as_words_and_found_in_the_statement() -> None:
    folder = CASES / "inauthentic_invoices"
    tools = Tools(load_patterns(causes={"inauthentic"}))
    given = facts_of(yaml.safe_load((folder / "facts.yaml").read_text(encoding="utf-8")))
    case = asyncio.run(draft_case(open_case(read.read_path(folder / "notice.eml"), FIRST, tools, given), tools))
    answer = mails.MORE.replace(
        b"-- The steps you have taken to prevent late shipments",
        b"-- Contact information for your supplier, with name and phone",
    )
    followed = after(answer, case)
    contact = next(m for m in followed.reading.missing if "Contact" in m.words)
    assert any("218-555-0143" in sentence for sentence in contact.said)
    asked_for = next(q for q in told(followed.case, {}).questions if "Contact" in q.text)
    assert (asked_for.answer_type, asked_for.fills) == ("text", "other_facts")


def test_a_cause_that_only_the_request_speaks_of_is_shown_and_not_answered_unasked() -> None:
    only = mails.MORE.replace(
        b"-- The steps you have taken to prevent late shipments", b"-- The root cause of your trademark infringement"
    )
    case = after(only).case
    assert case.enforcement.all_causes == ("late_shipment",)
    assert any("trademark" in d.other for d in case.disagreements)
    told_why = mails.MORE.replace(b"We need more", b"Your listings infringe a trademark. We need more")
    assert "trademark" in after(told_why).case.enforcement.all_causes


def test_the_sample_more_information_mail_gives_its_two_points() -> None:
    folder = CASES / "more_information_odr"
    facts = yaml.safe_load((folder / "facts.yaml").read_text(encoding="utf-8"))
    early = read.read_bytes(
        (folder / "notice.eml").read_bytes().replace(b"Wed, 18 Nov", b"Tue, 03 Nov").replace(b"More information needed", b"Notice")
    )  # fmt: skip
    case = open_case(
        early, FIRST, Tools(load_patterns(causes={"order_defect_rate"})), facts_of({"seller": facts["seller"]})
    )
    reading = read_answer(
        case.with_(notice=early.with_(text="Your order defect rate is 1.76%.")), read.read_path(folder / "notice.eml")
    )
    assert [(m.item, m.detail) for m in reading.missing] == [("root_cause", True), ("corrective_actions", True)]
    assert all(m.words.startswith("Greater detail on") for m in reading.missing)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Greater detail on the root cause of the negative feedback and A-to-z claims", ("negative feedback", "A-to-z claims")),
        ("The steps you have taken to prevent late shipments", ("late shipments",)),
        ("The order reports of the last 30 days", ()),
        ("Invoices", ()),
    ],
)  # fmt: skip
def test_topics_of_a_request(words: str, expected: tuple[str, ...]) -> None:
    assert tuple(t.removeprefix("the ") for t in topics(words)) == expected


# --- history and facts ------------------------------------------------------------------------------------------------


def test_letter_and_answer_are_kept_whole_in_the_history() -> None:
    case = after(mails.INCOMPLETE).case
    letter, answer = case.history[-2:]
    assert letter.what == "sent"
    assert (letter.letter, letter.assumed) == (sent().letter, False)
    assert (answer.what, answer.kind, answer.on.isoformat()) == ("answer", "plan_incomplete", "2026-11-24")
    assert answer.notice is not None
    assert answer.text == answer.notice.text
    assert Case.model_validate_json(case.model_dump_json()) == case


def test_a_letter_nobody_marked_is_taken_for_sent_and_its_day_is_not_told_in_the_letter() -> None:
    followed = after(mails.DENIED, mails.drafted())
    assert followed.assumed_sent
    entry = last_sent(followed.case)
    assert entry is not None
    assert (entry.assumed, entry.on.isoformat()) == (True, "2026-11-24")
    assert not any(f.about == "letter_sent" for f in followed.case.facts)


def test_facts_of_the_answer_are_the_notices_and_say_which_mail_they_come_from() -> None:
    followed = after(mails.INCOMPLETE)
    (case_id,) = [f for f in followed.case.facts if f.kind == "case_id"]
    assert case_id.source == "notice"
    assert case_id.origin == "Amazon's answer of 2026-11-24, “More information needed for your appeal”"
    answer = last_answer(followed.case)
    assert answer is not None
    assert answer.text[case_id.start : case_id.end] == case_id.quote
    assert len({f.id for f in followed.case.facts}) == len(followed.case.facts)


def test_a_metric_stated_anew_replaces_the_old_figure_and_the_change_is_told() -> None:
    case = after(mails.INCOMPLETE.replace(b"6.38%", b"5.12%")).case
    assert [f.value.value for f in case.facts if isinstance(f.value, Metric)] == [5.12]
    (odd,) = case.disagreements
    assert (odd.one, odd.other) == ("6.38 in the notice", "5.12 in the answer")
    assert not after(mails.INCOMPLETE).case.disagreements


def test_earlier_requests_stay_and_the_answers_own_come_first() -> None:
    enforcement = after(mails.MORE).case.enforcement
    assert enforcement.requested == ("preventive_measures", "invoices", "root_cause", "corrective_actions")
    assert enforcement.stage == "more_info_requested"
    assert enforcement.cause == "late_shipment"
    assert enforcement.deadline is not None
    assert enforcement.deadline.days == 7


def test_the_requests_of_an_answer_decide_the_kind_and_without_any_the_old_kind_stays() -> None:
    papers = mails.MORE.replace(b"-- The steps you have taken to prevent late shipments\n", b"")
    assert after(papers).case.enforcement.answer_kind == "documents_only"
    assert after(mails.DENIED).case.enforcement.answer_kind == "plan_of_action"


# --- questions --------------------------------------------------------------------------------------------------------


def test_each_missing_thing_is_asked_for_in_english_and_chinese_and_names_what_was_not_said() -> None:
    case = told(after(mails.INCOMPLETE).case, {})
    new = [q for q in case.questions if q.id.startswith("amazon.")]
    assert [q.id for q in new] == ["amazon.1.root_cause", "amazon.1.preventive_measures", "amazon.1.other"]
    assert all(q.blocking and q.text_zh and q.why_zh for q in new)
    assert "the unanswered buyer messages" in new[0].text
    assert new[2].fills == "evidence"


def test_answers_to_these_questions_become_facts_and_close_them() -> None:
    case = told(after(mails.INCOMPLETE).case, {})
    patterns = load_patterns(causes={"late_shipment"})
    case = asked(apply_answers(case, {"amazon.1.root_cause": mails.COPIED}, patterns), Tools(patterns))
    assert [f.value for f in new_entries(case)] == [mails.COPIED]
    assert "amazon.1.root_cause" not in {q.id for q in case.questions}
    assert "amazon.1.preventive_measures" in {q.id for q in case.questions}


def test_a_second_refusal_asks_anew() -> None:
    second = with_sent(next_version(mails.INCOMPLETE, NEW_FACTS), LATER)
    case = told(after(mails.DENIED.replace(b"24 Nov", b"27 Nov"), second).case, {})
    assert [q.id for q in case.questions if q.id.startswith("amazon.")] == ["amazon.2.new"]
    assert len([e for e in case.history if e.what == "answer"]) == 2


# --- the next version -------------------------------------------------------------------------------------------------


def test_the_next_version_says_what_it_answers_and_what_is_new_and_may_be_sent() -> None:
    case = next_version(mails.INCOMPLETE, NEW_FACTS)
    assert case.letter is not None
    opening = case.letter.sections[0].text
    for said in ("24 November 2026", "20 November 2026", "the unanswered buyer messages", "further root causes",
                 "23 November 2026", "24 November 2026", "enclosure 1", "15538820991"):  # fmt: skip
        assert said in opening
    assert "new version" in case.letter.subject
    assert lock(case.letter, case) == ()
    assert codes(case) == set()
    whole = "\n".join(s.text for s in case.letter.sentences)
    assert ROOT_WORDS in whole, "complete: what the first letter said stays"
    assert mails.COPIED in whole


ROOT_WORDS = "31 of 486 orders between 18 October and 16 November 2026 were confirmed late"


def test_with_nothing_new_the_next_version_has_a_hole_and_is_held_back() -> None:
    case = next_version(mails.DENIED, {})
    assert case.letter is not None
    assert any("what is new since the last letter" in s.text for s in case.letter.gaps)
    assert {"gap", "same_as_before"} <= codes(case)


def test_a_short_supplement_is_not_taken_for_the_same_letter_again() -> None:
    case = next_version(mails.DENIED, {"root_causes": [mails.COPIED]})
    assert codes(case) == set()
    assert case.letter is not None
    assert "a further root cause" in case.letter.sections[0].text


def test_particulars_added_to_old_entries_are_called_that() -> None:
    completed = json.loads(json.dumps(FACTS))
    completed["preventive_measures"][0]["limit"] = "with more than 40 open orders the offers are set to 0"
    case = next_version(mails.DENIED, completed)
    assert case.letter is not None
    assert "particulars of the earlier points" in case.letter.sections[0].text


def test_the_same_facts_file_given_again_doubles_nothing() -> None:
    case = told(after(mails.DENIED).case, FACTS)
    assert len([f for f in case.facts if f.item]) == len([f for f in sent().facts if f.item])
    assert new_entries(case) == ()


def test_another_file_with_one_old_entry_adds_only_the_new_one() -> None:
    case = told(after(mails.DENIED).case, {"root_causes": [mails.COPIED, FACTS["root_causes"][0]]})  # type: ignore[index]
    assert [f.value for f in new_entries(case)] == [mails.COPIED]
    assert len(case.items("root_causes")) == 2
    assert len(case.items("preventive_measures")) == 1


# --- stop or escalate -------------------------------------------------------------------------------------------------


def test_no_letter_after_a_reinstatement_or_a_final_refusal_without_anything_new() -> None:
    assert stands_still(after(mails.REINSTATED).case)
    assert stands_still(after(mails.FINAL).case)
    assert not stands_still(told(after(mails.FINAL).case, NEW_FACTS))
    assert not stands_still(after(mails.DENIED).case)


def test_advice_is_marked_fits_the_store_and_keeps_the_way_up_for_new_facts() -> None:
    bare = " ".join(a.text for a in advice("final", "amazon.com", new_facts=False))
    assert "stop here" in bare
    assert "Arbitration" in bare
    assert "CEDR" not in bare
    assert "jeff@" not in bare
    assert "jeff@" in " ".join(a.text for a in advice("final", "amazon.com", new_facts=True))
    assert "CEDR" in " ".join(a.text for a in advice("denied", "amazon.de", new_facts=False))
    every = [
        a
        for kind in ("reinstated", "more_information", "plan_incomplete", "denied", "final")
        for a in advice(kind, None, new_facts=True)
    ]
    assert every
    assert all(a.source.startswith("[") and "%" not in a.text for a in every), "marks, and no odds"


# --- conversation and command -----------------------------------------------------------------------------------------


def test_a_conversation_goes_on_with_the_answer() -> None:
    appeal = Appeal(model="offline", grammar=False, today=LATER)
    case = appeal.reply(sent(), mails.INCOMPLETE)
    assert "amazon.1.root_cause" in {q.id for q in case.questions}
    case = appeal.answer(
        case,
        {
            "amazon.1.root_cause": mails.COPIED,
            "amazon.1.preventive_measures": [
                "Since 24 November 2026 the office manager reads the inbox every day at 09:00."
            ],
            "amazon.1.other": ["orders_30_days.csv"],
        },
    )
    case = appeal.draft(case)
    assert case.letter is not None
    assert "24 November 2026" in case.letter.sections[0].text
    assert codes(case) == set()
    assert appeal.reply(sent(), mails.NEWSLETTER) is sent()


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `amends` in an empty folder that holds `case.json` (sent) and the answers as files."""
    (tmp_path / "case.json").write_text(sent().model_dump_json(), encoding="utf-8")
    (tmp_path / "new.yaml").write_text(yaml.safe_dump(NEW_FACTS, allow_unicode=True), encoding="utf-8")
    for name in ("INCOMPLETE", "FINAL", "REINSTATED", "NEWSLETTER"):
        (tmp_path / f"{name.lower()}.eml").write_bytes(getattr(mails, name))

    def run_amends(*arguments: str) -> subprocess.CompletedProcess[str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("AMENDS_", "OPENAI_"))}
        done = subprocess.run(
            [sys.executable, "-m", "amends", *arguments],
            cwd=tmp_path,
            env={**clean, "XDG_CONFIG_HOME": str(tmp_path / "config"), "COLUMNS": "120"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return run_amends


DAY = ("--today", "2026-11-25")


def test_reply_writes_the_next_version_and_the_whole_case(run: Run, tmp_path: Path) -> None:
    done = run("reply", "case.json", "incomplete.eml", "--facts", "new.yaml", "--no-grammar", "-o", "letter.txt", *DAY)
    assert done.returncode == 0, done.stdout + done.stderr
    for said in ("The plan is incomplete", "It does not speak of: the unanswered buyer messages.", "Verdict: SEND"):
        assert said in done.stdout
    assert "further root causes" in (tmp_path / "letter.txt").read_text(encoding="utf-8")
    case = Case.model_validate_json((tmp_path / "case.json").read_bytes())
    assert [e.what for e in case.history] == ["sent", "answer"]
    assert case.letter is not None


def test_a_draft_after_a_reply_goes_on_from_the_answer(run: Run) -> None:
    first = run("reply", "case.json", "incomplete.eml", "--no-grammar", *DAY)
    assert first.returncode == 1, first.stderr
    again = run("draft", "case", "--case", "case.json", "--facts", "new.yaml", "--no-grammar", *DAY)
    assert again.returncode == 0, again.stdout + again.stderr
    assert "further root causes" in again.stdout
    assert "15538820991" in again.stdout


def test_reinstated_ends_with_0_and_final_with_1_and_neither_writes_a_letter(run: Run, tmp_path: Path) -> None:
    before = (tmp_path / "case.json").read_bytes()
    good = run("reply", "case.json", "reinstated.eml", *DAY)
    assert (good.returncode, "Subject:" in good.stdout) == (0, False), good.stderr
    assert "Carry out every step" in good.stdout
    (tmp_path / "case.json").write_bytes(before)
    bad = run("reply", "case.json", "final.eml", "--json", *DAY)
    assert bad.returncode == 1, bad.stderr
    said = json.loads(bad.stdout)
    assert said["letter"] is None
    assert said["case"]["verdict"]["readiness"] == "do_not_send"
    assert said["answer"]["kind"] == "final"
    assert said["advice"]


def test_a_final_refusal_with_new_facts_gets_a_letter_and_the_way_up(run: Run) -> None:
    done = run("reply", "case.json", "final.eml", "--facts", "new.yaml", "--no-grammar", *DAY)
    assert "jeff@amazon.com" in done.stdout
    assert "further root causes" in done.stdout


def test_the_note_for_an_executive_tells_the_case_so_far_and_only_what_is_new(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    said = json.loads(
        run(
            "reply", "case.json", "final.eml", "--facts", "new.yaml", "-o", "out", "--no-grammar", "--json", *DAY
        ).stdout
    )
    note = said["escalation_note"]
    assert (tmp_path / "out" / "escalation_note.txt").read_text("utf-8").strip() == note.strip()
    history = note.split("The case so far:")[1].split("What was not")[0].strip().splitlines()
    assert [line.split(": ")[1] for line in history] == [
        "your notice.",
        "our letter.",
        "your decision that the matter is closed.",
    ]
    case = Case.model_validate(said["case"])
    new = [f.item.text for f in new_entries(case) if f.item]
    assert new
    assert all(text.rstrip(".") in note for text in new)
    old = [i.text for e in case.history for i in e.entries]
    assert not [text for text in old if text in note]


def test_there_is_no_note_for_an_executive_while_the_way_is_open(run: Run) -> None:
    said = json.loads(
        run("reply", "case.json", "incomplete.eml", "--facts", "new.yaml", "--no-grammar", "--json", *DAY).stdout
    )
    assert said["escalation_note"] is None


def test_an_unrelated_mail_leaves_the_file_as_it_was(run: Run, tmp_path: Path) -> None:
    before = (tmp_path / "case.json").read_bytes()
    done = run("reply", "case.json", "newsletter.eml", *DAY)
    assert done.returncode == 1
    assert "Nothing was changed." in done.stdout
    assert (tmp_path / "case.json").read_bytes() == before


def test_a_missing_case_file_is_bad_input(run: Run) -> None:
    done = run("reply", "no.json", "final.eml", *DAY)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no.json" in done.stderr


def test_a_model_words_the_sections_but_not_what_is_new_since_the_last_letter() -> None:
    settings = load_settings({})
    asked_of_it: list[str] = []

    def empty(messages: list[Any]) -> str:
        asked_of_it.append(str(messages[-1].content))
        return '{"sentences": [], "not_stated": []}'

    case = told(after(mails.INCOMPLETE).case, NEW_FACTS)
    door = open_door(case, ScriptedModel(script=empty), settings)
    worded_case = asyncio.run(worded(case, mails.tools().patterns, door))
    assert worded_case.letter is not None
    assert "further root causes" in worded_case.letter.sections[0].text
    assert asked_of_it
    assert not any("which notice this answers" in text for text in asked_of_it)
