"""Evaluate: the rubric's yes/no items, those of code decided here, those of the judge asked and read here."""

from __future__ import annotations

from collections.abc import Sequence

from amends.evaluate.judge import JudgeAnswers, judge_findings, judge_request_parts, read_judge
from amends.evaluate.lexicon import lexicon
from amends.evaluate.rubric import rubric, score
from amends.evaluate.rules import rules
from amends.schemas import Finding, ItemResult

__all__ = [
    "JudgeAnswers",
    "findings",
    "judge_findings",
    "judge_request_parts",
    "lexicon",
    "read_judge",
    "rubric",
    "rules",
    "score",
]


def findings(items: Sequence[ItemResult]) -> tuple[Finding, ...]:
    """Return one finding per unmet item, whoever decided it, with the sentence that decides and the arithmetic.

    For code items `rules` gives finer ones, a finding per fault with its span; use this where only the items are kept.

    Raises:
        PromptError: an item is not in the rubric.
    """
    decided_by = {item.id: rubric().item(item.id).decided_by for item in items}
    return tuple(
        Finding(
            rule=f"rubric.{item.id}" if decided_by[item.id] == "code" else f"judge.{item.id}",
            severity=item.severity,
            checker="rubric" if decided_by[item.id] == "code" else "judge",
            message=f"{item.question} No: {item.note}",
            sentence=item.sentence,
        )
        for item in items
        if item.state == "unmet"
    )
