"""Evaluate: the rubric's code items always, its judge items by one question to the model; the rest "not checked"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amends import evaluate, prompting
from amends.draft.by_model import facts_table
from amends.errors import ModelAnswerError, ProviderError
from amends.evaluate.judge import PROMPT
from amends.evaluate.rubric import RubricItem
from amends.schemas import Case, Finding, ItemResult, Letter, Scorecard

if TYPE_CHECKING:
    from amends.model import Door

#: The items answered, and a finding for each no.
Judged = tuple[tuple[ItemResult, ...], tuple[Finding, ...]]
#: How the note begins where the model gave no answer that could be read.
UNUSABLE = "The judge gave no usable answer"
_NO_MODEL = "No model was set to judge this."


async def evaluated(case: Case, door: Door | None) -> Case:
    """Return the case with the rubric's results and findings. The judge sees the letter and the facts, never the mail."""
    if case.letter is None:
        return case
    if door is None:
        items, found = evaluate.rules(case.letter, case)
        judged, more = await _judged(case, door)
    else:  # the rules work while the judge's answer is awaited
        import asyncio  # only here: checking by rules alone must start quickly

        (judged, more), (items, found) = await asyncio.gather(
            _judged(case, door), asyncio.to_thread(evaluate.rules, case.letter, case)
        )
    card = (case.scorecard or Scorecard()).with_(criteria=evaluate.score((*items, *judged)))
    kept = tuple(f for f in case.findings if f.checker not in ("rubric", "judge"))
    return case.with_(scorecard=card, findings=(*kept, *found, *more))


async def _judged(case: Case, door: Door | None) -> Judged:
    assert case.letter is not None
    items = evaluate.rubric().for_judge(case.letter.kind)
    if door is None:
        return not_checked(items, _NO_MODEL), ()
    if door.usage.failure:
        return not_checked(items, "The model did not answer."), ()
    return await ask_judge(case.letter, case, items, door)


async def ask_judge(
    letter: Letter, case: Case, items: tuple[RubricItem, ...], door: Door, seed: int | None = None
) -> Judged:
    """Return the judge's answers to `items` and a finding for each no; all "not checked" where it gives no usable answer.

    `seed` shuffles the items; without it the letter's length does, so that one letter is always asked alike.
    """
    from amends.model import Request

    if not items:
        return (), ()
    seed = len(letter.sentences) if seed is None else seed
    parts = evaluate.judge_request_parts(letter, items, facts_table(case), seed)
    filled = prompting.fill(prompting.load(*PROMPT), **parts)
    try:
        answer = await door.ask(Request(filled=filled, schema=evaluate.JudgeAnswers, purpose="judge the letter"))
    except (ModelAnswerError, ProviderError) as error:
        return not_checked(items, f"{UNUSABLE}: {error.message}"), ()
    results = evaluate.read_judge(answer, letter, items)
    return results, evaluate.judge_findings(results, letter)


def not_checked(items: tuple[RubricItem, ...], why: str) -> tuple[ItemResult, ...]:
    """The items as "not checked", with the reason."""
    return tuple(
        ItemResult(id=i.id, question=i.question, state="not_checked", severity=i.severity, note=why) for i in items
    )
