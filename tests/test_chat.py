"""The conversation API: sync and async twins, all state in the case's JSON."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import pytest

from amends import Appeal, Case
from amends.errors import FactsError, InputError, NoticeError
from amends.testing import ScriptedModel

MISSING = Path(__file__).parent.parent / "eval/cases/late_shipment_missing_facts/notice.eml"
TODAY = date(2026, 11, 25)


@pytest.fixture
def appeal() -> Appeal:
    return Appeal(model="offline", today=TODAY, grammar=False)


def test_a_conversation_from_notice_to_verdict(appeal: Appeal) -> None:
    case = appeal.open(MISSING)
    blocking = [q for q in case.questions if q.blocking]
    assert case.questions[: len(blocking)] == tuple(blocking)
    assert "counts.late_shipment" in {q.id for q in blocking}
    counts = "From 17 October to 15 November 2026, 46 of 500 orders were confirmed late."
    case = appeal.answer(case, {"counts.late_shipment": counts})
    assert "counts.late_shipment" not in {q.id for q in case.questions}
    case = appeal.draft(case)
    assert case.letter is not None
    assert "46 of 500 orders" in " ".join(s.text for s in case.letter.sentences)
    assert case.verdict is not None
    assert case.verdict.readiness == "fix_first"


def test_free_text_becomes_facts(appeal: Appeal) -> None:
    case = appeal.answer(appeal.open(MISSING), "On 18 November 2026 we raised the handling time of 9 products.")
    told = [f for f in case.facts if f.origin == "story"]
    assert [f.kind for f in told] == ["action"]
    assert case.story[told[0].start : told[0].end] == told[0].quote


def test_the_json_of_a_case_is_all_its_state(appeal: Appeal) -> None:
    case = appeal.draft(appeal.open(MISSING))
    again = Case.model_validate_json(case.model_dump_json())
    assert again == case
    assert appeal.draft(again).letter == case.letter


def test_async_and_stream_give_the_same_case(appeal: Appeal) -> None:
    case = appeal.open(MISSING)

    async def both() -> tuple[Case, Case]:
        events = [event async for event in appeal.astream(case)]
        return await appeal.adraft(case), events[-1].case

    one, other = asyncio.run(both())
    assert one == other == appeal.draft(case)


def test_many_conversations_at_once_do_not_mix(appeal: Appeal) -> None:
    texts = [f"On {day} November 2026 we shipped {day} orders." for day in range(10, 18)]

    async def all_of_them() -> list[Case]:
        cases = [appeal.answer(appeal.open(MISSING), text) for text in texts]
        return await asyncio.gather(*(appeal.adraft(case) for case in cases))

    for text, case in zip(texts, asyncio.run(all_of_them()), strict=True):
        assert case.letter is not None
        letter = " ".join(s.text for s in case.letter.sentences)
        assert [t for t in texts if t.split("we ")[1].rstrip(".") in letter] == [text]


def test_a_model_object_is_used_as_it_is() -> None:
    model = ScriptedModel(script=lambda _: "{}")
    case = Appeal(model=model, today=TODAY, grammar=False).draft(
        Appeal(model="offline", today=TODAY, grammar=False).open(MISSING)
    )
    assert model.calls
    assert case.scorecard is not None
    assert case.scorecard.usage.calls == len(model.calls)


def test_bad_input_is_named(appeal: Appeal) -> None:
    with pytest.raises(NoticeError):
        appeal.open("   ")
    with pytest.raises(FactsError, match="root_cause"):
        appeal.open(MISSING, facts={"root_cause": ["x"]})
    with pytest.raises(InputError):
        appeal.answer(appeal.open(MISSING), {"no.such.question": "x"})
    with pytest.raises(InputError):
        appeal.open(MISSING, pattern="late_shipment.no_such")


def test_the_situation_that_the_seller_named_survives_what_is_told_later(appeal: Appeal) -> None:
    case = appeal.answer(appeal.open(MISSING), "The only packer was ill, and the supplier delivered after the order.")
    which = case.questions[0]
    assert which.id == "situation.late_shipment"
    case = appeal.answer(case, {which.id: which.choices[1]})
    assert case.matches[0].situation == which.choices[1]
    case = appeal.answer(case, "We sell lamps since 2019.")
    assert case.matches[0].situation == which.choices[1]
    assert which.id not in {q.id for q in case.questions}
