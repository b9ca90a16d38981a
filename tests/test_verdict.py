"""The verdict: each reason has its case that trips it, and one that does not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from amends import verdict
from amends.draft import compose
from amends.facts import facts_of, seller_facts
from amends.schemas import (
    Authenticity,
    Case,
    Deadline,
    Disagreement,
    Enforcement,
    Fact,
    Finding,
    GrammarReport,
    HistoryEntry,
    Notice,
    Question,
    Requested,
    Scorecard,
    Span,
    Verdict,
)

TODAY = date(2026, 11, 25)
PLAN = {
    "root_causes": ["Nobody packed on Saturday."],
    "corrective_actions": [{"text": "Hired 1 packer", "date": "2026-11-20"}],
    "preventive_measures": [{"text": "The lead reads the list of orders", "frequency": "daily", "since": "2026-11-20"}],
}


def case_of(
    facts: dict[str, Any] = PLAN, *, more: tuple[Fact, ...] = (), requests: tuple[str, ...] = (), **fields: Any
) -> Case:
    enforcement = Enforcement(
        cause=fields.pop("cause", "late_shipment"), stage="deactivated", scope="account", answer_kind=fields.pop("kind", "plan_of_action"),
        requests=tuple(Requested(item=r, evidence=Span(quote="", start=0, end=0)) for r in requests),
        deadline=fields.pop("deadline", None),
    )  # fmt: skip
    notice = Notice(
        text="n",
        received=fields.pop("received", "2026-11-19T10:00:00+00:00"),
        authenticity=fields.pop("authenticity", Authenticity()),
    )
    case = Case(
        today=TODAY,
        notice=notice,
        enforcement=enforcement,
        facts=(*more, *seller_facts(facts_of(facts), len(more) + 1)),
    )
    checked = Scorecard(grammar=GrammarReport(checked=True, engine="x", words=10))
    return case.with_(**{"letter": compose(case), "scorecard": checked, **fields})


def codes(result: Verdict, severity: str | None = None) -> set[str]:
    return {r.code for r in result.reasons if severity in (None, r.severity)}


def test_a_whole_letter_may_be_sent_and_says_how() -> None:
    result = verdict.judge(case_of())
    assert result.readiness == "send"
    assert codes(result, "blocking") == set()
    assert "yourself" in result.next_step


def test_a_suspicious_mail_is_never_answered() -> None:
    result = verdict.judge(
        case_of(authenticity=Authenticity(verdict="suspicious", advice="Look in Performance Notifications."))
    )
    assert result.readiness == "do_not_send"
    assert result.next_step == "Look in Performance Notifications."


def test_where_nothing_is_asked_nothing_is_sent() -> None:
    assert verdict.judge(case_of(kind="no_reply_needed")).readiness == "do_not_send"


@pytest.mark.parametrize(
    ("case", "code"),
    [
        (case_of({"root_causes": ["x y z."]}), "gap"),
        (case_of(questions=(Question(id="q", text="How many?", why="w", answer_type="number", blocking=True),)), "open_question"),
        (case_of(findings=(Finding(rule="number_invented", severity="blocking", checker="lock", message="m"),)), "number_invented"),
        (case_of({"other_facts": ["x y"]}, kind="documents_only", cause="verification", requests=("utility_bill",)), "missing_utility_bill"),
        (case_of({**PLAN, "corrective_actions": [{"text": "Hired 1 packer", "date": "2026-12-20", "status": "done"}]}), "done_in_future"),
        (case_of({**PLAN, "corrective_actions": [{"text": "We will hire 1 packer", "date": "2026-11-20", "status": "planned"}]}), "plan_overdue"),
        (case_of(history=(HistoryEntry(on=TODAY, what="sent", text="\n".join(s.text for s in case_of().letter.sentences)),)), "same_as_before"),  # type: ignore[union-attr]
    ],
)  # fmt: skip
def test_each_fault_blocks_with_something_to_do_about_it(case: Case, code: str) -> None:
    result = verdict.judge(case)
    assert result.readiness == "fix_first"
    reason = next(r for r in result.reasons if r.code == code)
    assert reason.severity == "blocking"
    assert reason.action


def invoice_of(day: str) -> Case:
    facts = {"evidence": [{"document": "invoice 7 of Norrland Tooling", "file": "i.pdf", "date": day}]}
    return case_of(facts, kind="documents_only", cause="inauthentic", requests=("invoices",))


def test_an_invoice_must_be_of_the_last_365_days_before_the_notice() -> None:
    assert "document_too_old" in codes(verdict.judge(invoice_of("2025-11-18")), "blocking")
    assert "document_too_old" not in codes(verdict.judge(invoice_of("2025-11-19")))


def test_every_asin_of_the_notice_must_be_in_the_letter() -> None:
    asin = Fact(id="F1", kind="asin", value="B0C7QX41LM", source="notice", origin="notice")
    case = case_of(more=(asin,))
    assert "asin_not_covered" not in codes(verdict.judge(case))
    assert case.letter is not None
    without = case.letter.with_(sections=tuple(s for s in case.letter.sections if s.key != "opening"))
    assert "asin_not_covered" in codes(verdict.judge(case.with_(letter=without)), "blocking")


@pytest.mark.parametrize(
    ("deadline", "code"),
    [
        (None, "no_deadline"),
        (Deadline(text="t", days=17, due=date(2026, 12, 6)), "deadline"),
        (Deadline(text="t", days=3, due=date(2026, 11, 22)), "deadline_passed"),
        (Deadline(text="t", days=17, due=None), "deadline_unknown"),
    ],
)
def test_the_deadline_is_told_and_never_invented(deadline: Deadline | None, code: str) -> None:
    assert code in codes(verdict.judge(case_of(deadline=deadline)), "advice")


def test_grammar_that_was_not_checked_is_told() -> None:
    result = verdict.judge(case_of(scorecard=Scorecard(grammar=GrammarReport(reason="there is no Java"))))
    assert "grammar_not_checked" in codes(result)
    assert result.readiness == "send"


def test_a_serious_charge_comes_with_the_advice_to_see_a_lawyer() -> None:
    reason = next(
        r
        for r in verdict.judge(case_of({"other_facts": ["We sold 3."]}, kind="dispute", cause="counterfeit")).reasons
        if r.code == "serious"
    )
    assert "lawyer" in reason.action


def test_sources_that_differ_are_both_shown() -> None:
    odd = Disagreement(about="late orders", one="notice: 25", other="facts: 26")
    reason = next(r for r in verdict.judge(case_of(disagreements=(odd,))).reasons if r.code == "disagreement")
    assert "25" in reason.message
    assert "26" in reason.message


def test_a_difference_that_the_seller_can_put_right_blocks() -> None:
    odd = Disagreement(about="late orders", one="notice: 25", other="facts: root_causes[0]: 26")
    reason = next(r for r in verdict.judge(case_of(disagreements=(odd,))).reasons if r.code == "disagreement")
    assert reason.severity == "blocking"
    chosen = next(
        r for r in verdict.judge(case_of(disagreements=(odd.with_(kept="rules"),))).reasons if r.code == "disagreement"
    )
    assert chosen.severity == "advice"
