"""A model's second reading of the notice, beside the rules'.

The model proposes, code decides: a value counts only if its quote stands in the mail word for word. Where the rules and
the model differ, the rules' value is kept for the languages they know, the model's for others, and both are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from amends import prompting
from amends.errors import ModelAnswerError, ProviderError
from amends.schemas import Case, CauseFound, Deadline, Disagreement, Enforcement, Fact, Requested, Span
from amends.vocabulary import Cause, RequestedItem, Stage

if TYPE_CHECKING:
    from amends.model import Door

#: The prompt file, `prompts/extract.v1.md`.
PROMPT = ("extract", 1)
#: The languages that the rules read fully; for others the model's reading is preferred.
RULE_LANGUAGES = frozenset({"en", "zh", "de"})

FactKindRead = Literal["asin", "order_id", "complaint_id", "case_id", "amount", "party", "count", "rate"]


class _Read(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CauseRead(_Read):
    """A cause and the words that name it."""

    cause: Cause
    quote: str


class RequestRead(_Read):
    """A requested item and the words that ask for it."""

    item: RequestedItem
    quote: str


class FactRead(_Read):
    """An id or figure and the words that state it."""

    kind: FactKindRead
    value: str
    quote: str


class NoticeRead(_Read):
    """The static schema of the whole answer."""

    cause: CauseRead | None
    other_causes: list[CauseRead]
    stage: Stage | None
    stage_quote: str | None
    requested: list[RequestRead]
    deadline_days: float | None
    deadline_quote: str | None
    facts: list[FactRead]


async def read_again(case: Case, door: Door) -> Case:
    """Return the case with the model's reading merged in; the case as it is, with a note, when the model fails."""
    from amends.model import Request

    filled = prompting.fill(prompting.load(*PROMPT), mail=prompting.fence(case.notice.text, "mail"))
    try:
        answer = await door.ask(Request(filled=filled, schema=NoticeRead, purpose="read the notice"))
    except (ModelAnswerError, ProviderError) as error:
        note = Disagreement(about="the notice", one="rules: read", other=f"model: {error.message}", kept="rules")
        return case.with_(disagreements=(*case.disagreements, note))
    return merged(case, answer)


def merged(case: Case, answer: NoticeRead) -> Case:
    """Return the case with the answer's aligned values merged in, and each disagreement kept. Pure."""
    text = case.notice.text
    trusted = case.notice.language not in RULE_LANGUAGES
    if case.notice.authenticity.verdict == "suspicious":
        return case
    enforcement, odd = _cause(case.enforcement, answer, text, trusted)
    enforcement, more = _stage(enforcement, answer, text, trusted)
    enforcement, rest = _requests(enforcement, answer, text, trusted)
    enforcement, last = _deadline(enforcement, answer, text, trusted)
    known = {(f.kind, str(f.value)) for f in case.facts}
    first = max((int(f.id[1:]) for f in case.facts), default=0) + 1
    added = [f for f in _facts(answer, text) if (f.kind, str(f.value)) not in known]
    facts = (*case.facts, *(f.with_(id=f"F{first + n}") for n, f in enumerate(added)))
    return case.with_(
        enforcement=enforcement, facts=facts, disagreements=(*case.disagreements, *odd, *more, *rest, *last)
    )


def aligned(quote: str | None, text: str) -> Span | None:
    """Where `quote` stands in `text`, white space apart; None if it does not, or is too short to prove anything."""
    words = (quote or "").split()
    if not words or sum(map(len, words)) < 4:
        return None
    found = re.search(r"\s+".join(map(re.escape, words)), text)
    return Span(quote=found[0], start=found.start(), end=found.end()) if found else None


def _cause(now: Enforcement, answer: NoticeRead, text: str, trusted: bool) -> tuple[Enforcement, list[Disagreement]]:
    span = aligned(answer.cause.quote, text) if answer.cause else None
    told = answer.cause.cause if answer.cause and span else "unspecified"
    if told == now.cause or span is None or told in now.all_causes:
        return now, []
    take = trusted or now.cause == "unspecified"
    odd = Disagreement(
        about="cause",
        one=f"rules: {now.cause}",
        other=f"model: {told} (“{span.quote}”)",
        kept="model" if take else "rules",
    )
    if not take:
        return now, [odd]
    found = CauseFound(cause=told, score=0, evidence=(span,))
    return now.with_(cause=told, causes=(found, *now.causes), cause_reason=f"The model read it in “{span.quote}”."), [
        odd
    ]


def _stage(now: Enforcement, answer: NoticeRead, text: str, trusted: bool) -> tuple[Enforcement, list[Disagreement]]:
    span = aligned(answer.stage_quote, text)
    if answer.stage is None or span is None or answer.stage == now.stage:
        return now, []
    odd = Disagreement(
        about="stage",
        one=f"rules: {now.stage}",
        other=f"model: {answer.stage} (“{span.quote}”)",
        kept="model" if trusted else "rules",
    )
    return (now.with_(stage=answer.stage, stage_evidence=span) if trusted else now), [odd]


def _requests(now: Enforcement, answer: NoticeRead, text: str, trusted: bool) -> tuple[Enforcement, list[Disagreement]]:
    """Items that only the model found are shown as a disagreement; they are taken where the rules found none at all."""
    spans = {r.item: span for r in answer.requested if (span := aligned(r.quote, text))}
    new = [item for item in spans if item not in now.requested]
    if not new:
        return now, []
    take = trusted or not now.requests
    odd = Disagreement(
        about="requested items",
        one=f"rules: {', '.join(now.requested) or 'none'}",
        other=f"model also: {', '.join(new)}",
        kept="model" if take else "rules",
    )
    if not take:
        return now, [odd]
    return now.with_(requests=(*now.requests, *(Requested(item=i, evidence=spans[i]) for i in new))), [odd]


def _deadline(now: Enforcement, answer: NoticeRead, text: str, trusted: bool) -> tuple[Enforcement, list[Disagreement]]:
    span = aligned(answer.deadline_quote, text)
    days = answer.deadline_days
    known = now.deadline.days if now.deadline else None
    if span is None or days is None or days == known or not 0 < days <= 366:
        return now, []
    take = trusted and now.deadline is None
    odd = Disagreement(
        about="deadline",
        one=f"rules: {f'{known:g} days' if known else 'none'}",
        other=f"model: {days:g} days (“{span.quote}”)",
        kept="model" if take else "rules",
    )
    return (
        now.with_(deadline=Deadline(text=span.quote, days=days, start=span.start, end=span.end)) if take else now
    ), [odd]


def _facts(answer: NoticeRead, text: str) -> Iterator[Fact]:
    """Facts whose value stands inside its own aligned quote."""
    for fact in answer.facts:
        span = aligned(fact.quote, text)
        at = span.quote.find(fact.value) if span and fact.value.strip() else -1
        if span and at >= 0:
            start = span.start + at
            yield Fact(
                id="",
                kind=fact.kind,
                value=fact.value,
                source="notice",
                origin="notice, read by the model",
                quote=fact.value,
                start=start,
                end=start + len(fact.value),
            )
