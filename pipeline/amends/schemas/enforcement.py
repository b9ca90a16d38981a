"""What Amazon did, why, and what it wants."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from amends.schemas.base import Frozen
from amends.schemas.notice import Span
from amends.vocabulary import AnswerKind, Cause, Channel, Funds, RequestedItem, Scope, Stage


class CauseFound(Frozen):
    """A cause, how strongly the notice speaks for it, and the words that do."""

    cause: Cause
    score: float = Field(ge=0)
    evidence: tuple[Span, ...] = ()
    asins: tuple[str, ...] = ()


class Requested(Frozen):
    """One thing the notice asks for, with its words."""

    item: RequestedItem
    evidence: Span
    dispute_only: bool = Field(False, description="Asked only of a seller who holds that the notice is an error")


class Deadline(Frozen):
    """Until when an answer must be in. `due` counts from the notice's own date; None when the mail has no date."""

    text: str
    days: float | None = Field(None, description="Days; hours are fractions of a day")
    due: date | None = None
    start: int = 0
    end: int = 0


class Enforcement(Frozen):
    """What Amazon did, why, and what it wants: each with its evidence in the notice."""

    cause: Cause = "unspecified"
    other_causes: tuple[Cause, ...] = ()
    causes: tuple[CauseFound, ...] = ()
    cause_reason: str = ""
    stage: Stage = "not_enforcement"
    stage_evidence: Span | None = None
    scope: Scope = "unknown"
    answer_kind: AnswerKind = "information_request"
    answer_kind_reason: str = ""
    requests: tuple[Requested, ...] = ()
    deadline: Deadline | None = None
    funds: Funds = "not_mentioned"
    channel: Channel = "none"
    policies: tuple[str, ...] = ()

    @property
    def all_causes(self) -> tuple[Cause, ...]:
        """The main cause first, then the others."""
        return (self.cause, *self.other_causes)

    @property
    def requested(self) -> tuple[RequestedItem, ...]:
        """The requested items, each once, in the notice's order."""
        return tuple(dict.fromkeys(r.item for r in self.requests))


class Disagreement(Frozen):
    """Two sources that say different things of the same matter; never resolved silently."""

    about: str
    one: str
    other: str
    kept: str = ""
