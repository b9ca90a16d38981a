"""Which of the nearest situations is it: one question where the ranking of a cause is a toss-up, and its answer."""

from __future__ import annotations

from collections.abc import Sequence

from amends.interview.kinds import Gap
from amends.patterns import Pattern
from amends.schemas import Answer, Case, PatternMatch, Question
from amends.vocabulary import Cause

PREFIX = "situation."
NONE = "None of these."
_NONE_ZH = "都不是。"
_MOST = 4  # choices besides "none": with four, the right one is among them in all but a few of the unsure pairs
_SAID = ("you said that this is your case",)


def which_situation(case: Case, cause: Cause, patterns: Sequence[Pattern]) -> Gap | None:
    """Return the question that tells the nearest situations of a cause apart; None where the ranking is clear."""
    ranked = [m for m in case.matches if m.cause == cause]
    answered = any(a.question_id == PREFIX + cause for a in case.answers)
    if not ranked or not (ranked[0].unsure or answered):
        return None
    nearest = ranked[:_MOST]
    return Gap(
        Question(
            id=PREFIX + cause,
            text="Which of these comes nearest to your case? It decides what else is asked.",
            text_zh=_in_chinese(nearest, patterns),
            why="Your words fit several situations equally well; each needs another plan and other papers.",
            why_zh="您的描述同时符合几种情况；每种情况需要的计划和文件不同。",
            answer_type="choice",
            choices=(*(m.situation for m in nearest), NONE),
            blocking=False,
            cause=cause,
        ),
        known=answered,
    )


def settled(matches: Sequence[PatternMatch], answers: Sequence[Answer]) -> tuple[PatternMatch, ...]:
    """Return the ranking with the situations that the seller named first in their causes."""
    named = {a.question_id.removeprefix(PREFIX): a.value for a in answers if a.question_id.startswith(PREFIX)}
    causes = list(dict.fromkeys(m.cause for m in matches))
    told = [_told(m, named[m.cause]) if m.cause in named else m for m in matches]
    return tuple(sorted(told, key=lambda m: (causes.index(m.cause), named.get(m.cause) != m.situation)))


def _told(match: PatternMatch, answer: object) -> PatternMatch:
    """The match after the seller named a situation of its cause; one named before loses its reason."""
    before = () if match.why == _SAID else match.why
    return match.with_(unsure=False, why=_SAID if answer == match.situation else before)


def _in_chinese(nearest: Sequence[PatternMatch], patterns: Sequence[Pattern]) -> str:
    """The question with its choices, numbered as the choices are: those are the situations' English lines."""
    by_id = {p.id: p for p in patterns}
    lines = [by_id[m.pattern_id].situation_zh or m.situation for m in nearest if m.pattern_id in by_id]
    numbered = " ".join(f"{n}) {line}" for n, line in enumerate((*lines, _NONE_ZH), 1))
    return f"以下哪种最接近您的情况？后面的问题由此决定。{numbered}"
