"""The judge's items for a bare letter: one question to the model, quotes verified, "not checked" where it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amends import evaluate, prompting
from amends.check.config import Rules
from amends.errors import ModelAnswerError, ProviderError
from amends.evaluate.judge import PROMPT
from amends.evaluate.rubric import RubricItem
from amends.schemas import Case, Finding, ItemResult, Letter

if TYPE_CHECKING:
    from amends.model import Door

Judged = tuple[tuple[ItemResult, ...], tuple[Finding, ...]]
NO_MODEL = "No model was set to judge this (--model)."


def unjudged(letter: Letter, rules: Rules, why: str = NO_MODEL) -> Judged:
    """Return the judge's items as "not checked", with the reason."""
    return _open(rules.rubric.for_judge(letter.kind), why), ()


def _open(items: tuple[RubricItem, ...], why: str) -> tuple[ItemResult, ...]:
    return tuple(
        ItemResult(id=i.id, question=i.question, state="not_checked", severity=i.severity, note=why) for i in items
    )


async def judged(letter: Letter, case: Case, rules: Rules, door: Door) -> Judged:
    """Return the judge's answers and a finding for each no. It sees letter, items and facts, never the mail."""
    from amends.draft.by_model import facts_table
    from amends.model import Request

    items = rules.rubric.for_judge(letter.kind)
    if not items:
        return (), ()
    filled = prompting.fill(
        prompting.load(*PROMPT),
        **evaluate.judge_request_parts(letter, items, facts_table(case), seed=len(letter.sentences)),
    )
    try:
        answer = await door.ask(Request(filled=filled, schema=evaluate.JudgeAnswers, purpose="judge the letter"))
    except (ModelAnswerError, ProviderError) as error:
        return _open(items, f"The judge gave no usable answer: {error.message}"), ()
    results = evaluate.read_judge(answer, letter, items)
    return results, evaluate.judge_findings(results, letter)
