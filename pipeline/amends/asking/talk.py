"""The talk about a case's questions as a pure state machine: `start`, then `step` for each line typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Literal

from amends.dates import find_dates
from amends.errors import InputError
from amends.interview import answer_facts, apply_answers, questions
from amends.patterns import Pattern
from amends.questionfile import TYPES, Lang
from amends.schemas import Case, Item, Question

#: `asking`: a line is (part of) the answer. `confirming`: facts were read out of it; is that right? `done`: no question is
#: left. `left`: the seller stopped; what was answered is kept.
State = Literal["asking", "confirming", "done", "left"]

_YES = {"", "y", "yes", "j", "ja", "是", "对", "好"}
_NO = {"n", "no", "nein", "否", "不", "不对"}
_DAYS = {"today": 0, "yesterday": 1, "今天": 0, "昨天": 1, "heute": 0, "gestern": 1}
_SLOT = re.compile(r"^(\w+)\.\d+\.\w+$")
#: A day without a year that would lie further ahead than this is taken for last year's.
_AHEAD = timedelta(days=180)


@dataclass(frozen=True)
class Talk:
    """Where the talk is. `base` is the case without `answers`; `lines` are those of a list not yet ended."""

    base: Case
    case: Case
    patterns: tuple[Pattern, ...]
    pattern_id: str | None
    lang: Lang
    answers: Mapping[str, Any] = field(default_factory=dict)
    state: State = "asking"
    current: Question | None = None
    past: tuple[Question, ...] = ()
    skipped: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    pending: Any = None
    items: tuple[Item, ...] = ()
    message: str = ""
    explain: bool = False

    @property
    def open(self) -> tuple[Question, ...]:
        """The questions that have no answer yet, skipped ones too."""
        return tuple(q for q in self.case.questions if q.id not in self.answers)

    @property
    def needed(self) -> int:
        """How many of the open questions the letter cannot do without."""
        return sum(q.blocking for q in self.open)


def start(
    base: Case,
    patterns: Sequence[Pattern],
    answers: Mapping[str, Any] | None = None,
    *,
    lang: Lang = "en",
    pattern_id: str | None = None,
) -> Talk:
    """Return the talk at its first open question; `answers` are those given in an earlier sitting.

    Raises:
        InputError: an earlier answer does not fit its question.
    """
    talk = Talk(base=base, case=base, patterns=tuple(patterns), pattern_id=pattern_id, lang=lang)
    return _next(_with(talk, dict(answers or {})))


def step(talk: Talk, line: str) -> Talk:
    """Return the talk after one line: an answer, or `?` why, `b` back, `q` stop; an empty line skips, or ends a list."""
    typed = line.strip()
    talk = replace(talk, message="", explain=False)
    if talk.current is None or talk.state in ("done", "left"):
        return talk
    command = typed.lower()
    if command in ("q", "quit"):
        return replace(_unfinished(talk, talk.current), state="left")
    if command == "?":
        return replace(talk, explain=True)
    if talk.state == "confirming":
        return _confirmed(talk, command)
    if command == "b":
        return _back(talk)
    return _answered(talk, talk.current, typed)


def _unfinished(talk: Talk, question: Question) -> Talk:
    """The talk with what was typed and not yet ended or confirmed, so that stopping loses no words."""
    value = talk.pending if talk.state == "confirming" else list(talk.lines)
    return _kept(talk, question, value) if value else talk


def _answered(talk: Talk, question: Question, typed: str) -> Talk:
    collects = question.answer_type in ("list", "file")
    if not typed and not talk.lines:
        if question.id in talk.answers:  # came back, and keeps what was said
            return _next(replace(talk, past=(*talk.past, question)))
        return _next(replace(talk, skipped=(*talk.skipped, question.id), past=(*talk.past, question)))
    if collects and typed and not _is_none(question, typed):
        return replace(talk, lines=(*talk.lines, typed))
    return _taken(talk, question, list(talk.lines) if collects and talk.lines else _read(talk, question, typed))


def _is_none(question: Question, typed: str) -> bool:
    return question.answer_type == "file" and typed.lower().rstrip(".。") in ("none", "no", "没有", "无", "-")


def _read(talk: Talk, question: Question, typed: str) -> Any:
    """The typed words in the form that the question's reader takes: a choice by its number, a day by its name."""
    if question.answer_type == "choice" and typed.isdigit() and 0 < int(typed) <= len(question.choices):
        return question.choices[int(typed) - 1]
    return _day(typed, talk.base.today) if question.answer_type == "date" else typed


def _day(typed: str, today: date) -> str:
    if typed.lower() in _DAYS:
        return (today - timedelta(days=_DAYS[typed.lower()])).isoformat()
    if list(find_dates(typed)):
        return typed
    found = [day for day, _, _ in find_dates(typed, today.year)]
    if len(found) != 1:
        return typed
    day = found[0]
    return (day.replace(year=day.year - 1) if day - today > _AHEAD else day).isoformat()


def _taken(talk: Talk, question: Question, value: Any) -> Talk:
    """Read the value: a fault keeps the question, facts read out of free words are shown first, anything else is kept."""
    try:
        items = answer_facts(talk.case, question.id, value, talk.patterns)
    except InputError as error:
        return replace(talk, message=_fault(talk, question, error), lines=())
    if items and question.about is None:
        return replace(talk, state="confirming", pending=value, items=items)
    return _kept(talk, question, value)


def _fault(talk: Talk, question: Question, error: InputError) -> str:
    """What is wrong with an answer, in the language of the talk."""
    if talk.lang == "zh":
        example = question.example_zh or question.example
        return f"答案格式不对。需要：{TYPES['zh'][question.answer_type]}。" + (f"示例：{example}" if example else "")
    return str(error).replace(f"The answer to `{question.id}` must be", "This must be")


def _confirmed(talk: Talk, command: str) -> Talk:
    assert talk.current is not None
    if command in _YES:
        return _kept(talk, talk.current, talk.pending)
    if command in _NO or command == "b":
        return replace(talk, state="asking", lines=(), pending=None, items=())
    return replace(talk, message="y / n")


def _kept(talk: Talk, question: Question, value: Any) -> Talk:
    before = talk.answers.get(question.id)
    answers = {**talk.answers, question.id: value}
    if before is not None and before != value and question.fills and question.about is None:
        answers = {i: v for i, v in answers.items() if not ((m := _SLOT.match(i)) and m[1] == question.fills)}
    try:
        talk = _with(talk, answers)
    except InputError as error:
        return replace(talk, state="asking", message=_fault(talk, question, error), lines=(), pending=None, items=())
    return _next(replace(talk, past=(*talk.past, question)))


def _with(talk: Talk, answers: dict[str, Any]) -> Talk:
    case = apply_answers(talk.base, answers, talk.patterns) if answers else talk.base
    return replace(talk, answers=answers, case=case.with_(questions=questions(case, talk.patterns, talk.pattern_id)))


def _next(talk: Talk) -> Talk:
    following = next((q for q in talk.open if q.id not in talk.skipped), None)
    return replace(
        talk, current=following, state="asking" if following else "done", lines=(), pending=None, items=()
    )  # fmt: skip


def _back(talk: Talk) -> Talk:
    if talk.lines:
        return replace(talk, lines=talk.lines[:-1])
    if not talk.past:
        return talk
    *past, last = talk.past
    return replace(
        talk, past=tuple(past), current=last, skipped=tuple(s for s in talk.skipped if s != last.id), lines=()
    )
