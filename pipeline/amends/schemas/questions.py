"""The situation that fits, what is still to be asked, and what was answered."""

from __future__ import annotations

from pydantic import Field

from amends.schemas.base import Frozen
from amends.vocabulary import AnswerType, Cause, FactList


class PatternMatch(Frozen):
    """One pattern ranked for this case, and why."""

    pattern_id: str
    cause: Cause
    situation: str
    score: float
    why: tuple[str, ...] = ()
    unsure: bool = Field(
        False, description="The next situation of the cause is nearly as near: the seller should choose"
    )


class Question(Frozen):
    """A missing fact, as a question to the seller."""

    id: str
    text: str
    why: str
    answer_type: AnswerType
    blocking: bool
    cause: Cause | None = None
    fills: FactList | None = None
    slot: str | None = None
    about: str | None = Field(None, description="Fact id of the entry that lacks something")
    choices: tuple[str, ...] = ()
    example: str | None = None
    proof: str | None = Field(None, description="The document that proves the answer")
    text_zh: str | None = Field(None, description="The question in Chinese")
    why_zh: str | None = Field(None, description="The reason in Chinese")
    example_zh: str | None = Field(None, description="The example in Chinese")
    ideas: tuple[str, ...] = Field((), description="The pattern's menu: to think of, never inserted")


class Answer(Frozen):
    """What the seller answered to a question."""

    question_id: str
    value: str | int | float | bool | tuple[str, ...]
