"""The same thing said in many ways: stage, cause and boilerplate must not hang on one wording."""

from __future__ import annotations

import pytest

from amends.extract import extract
from amends.extract.cues import Cue
from amends.read.headerlines import opening_date
from amends.schemas import Enforcement, Notice
from own_wordings import ANSWERS, BOILERPLATE, MEASURES, REASONS

USED = "This is because customers told us that the items they bought from you arrived used although they were listed as new."


def said(text: str) -> Enforcement:
    return extract(Notice(text=text, language="en"))[0]


@pytest.mark.parametrize(("sentence", "stage", "scope"), MEASURES)
def test_stage_and_scope_of_a_measure(sentence: str, stage: str, scope: str) -> None:
    found = said(f"Hello,\n\n{sentence} {USED} Please send invoices from your supplier.\n\nSeller Performance Team")
    assert (found.stage, found.scope) == (stage, scope)


@pytest.mark.parametrize(("sentence", "stage"), ANSWERS)
def test_stage_of_an_answer_to_an_appeal(sentence: str, stage: str) -> None:
    issue = "The issue: customers complained that the items you sold as new were used."
    assert said(f"Hello,\n\n{sentence}\n\n{issue}\n\nSeller Performance Team").stage == stage


@pytest.mark.parametrize(("sentence", "cause"), REASONS)
def test_cause_and_no_other_of_a_reason(sentence: str, cause: str) -> None:
    found = said(
        f"Hello,\n\nWe have deactivated your listing.\n\nWhy did this happen?\n{sentence}\n\nHow do I reactivate it?\n"
        "Send the issue that led to this, the actions you have taken, and the steps to prevent it.\n\nThank you"
    )
    assert found.all_causes == (cause,)


@pytest.mark.parametrize("sentence", BOILERPLATE)
def test_boilerplate_is_no_cause(sentence: str) -> None:
    text = f"Hello,\n\nYour Amazon seller account has been deactivated. {sentence}\n\nSeller Performance Team"
    assert said(text).cause == "unspecified"


def test_near_words_and_shortened_negations_are_found() -> None:
    assert Cue("tracking .. invalid").first("tracking numbers were invalid") == (0, 29)
    assert Cue("tracking .. invalid").first("tracking numbers that you gave us last week were invalid") is None
    assert Cue("n't accept").first("we don't accept it") == (5, 15)


def test_a_metric_at_the_very_start_is_read() -> None:
    _, facts = extract(Notice(text="Hi. Your order defect rate is 2.4%.", language="en"))
    assert [fact.kind for fact in facts] == ["metric"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2 July 2021\n\nHello,\nwe removed your listing.", (2021, 7, 2)),
        ("January 9, 2025 - Amazon.com\n\nHello,", (2025, 1, 9)),
        ("Date: 30 October 2023\nDear Seller,", (2023, 10, 30)),
        ("Hello,\nplease answer by 9 March 2026.", None),
        ("Hello,\n\nwe removed your listing.", None),
    ],
)
def test_the_date_on_a_line_of_its_own_is_the_notices(text: str, day: tuple[int, int, int] | None) -> None:
    found = opening_date(text)
    assert (found[:3] if found else None) == day
