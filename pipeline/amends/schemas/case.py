"""Everything known about one appeal, its history included."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from amends.schemas.base import Frozen
from amends.schemas.enforcement import Disagreement, Enforcement
from amends.schemas.facts import Fact, Item, Seller
from amends.schemas.judgement import Finding, Reason, Scorecard, Verdict
from amends.schemas.letter import Letter
from amends.schemas.notice import Notice
from amends.schemas.questions import Answer, PatternMatch, Question
from amends.vocabulary import FactList, ReplyKind, RequestedItem, SectionKey


class Missing(Frozen):
    """One thing that Amazon's answer says is missing, in its words, and what the last letter said of it."""

    words: str
    item: RequestedItem = "other"
    detail: bool = Field(False, description="More detail is asked for, on something that was there")
    section: SectionKey | None = Field(None, description="Where the last letter speaks of it, or should")
    said: tuple[str, ...] = Field((), description="The last letter's sentences on it")
    unsaid: tuple[str, ...] = Field((), description="Topics of `words` that none of these sentences names")


class HistoryEntry(Frozen):
    """One attempt, or one answer from Amazon."""

    on: date
    what: str = Field(description="`sent`, `answer`, or words of the caller's own")
    text: str = ""
    at: datetime | None = Field(None, description="The moment, where it is known")
    assumed: bool = Field(False, description="Nobody said so: a letter that was answered must have been sent")
    letter: Letter | None = Field(None, description="The letter as sent")
    entries: tuple[Item, ...] = Field((), description="The seller's entries on which that letter rested")
    notice: Notice | None = Field(None, description="Amazon's answer as received")
    enforcement: Enforcement | None = Field(None, description="What that answer says by itself")
    kind: ReplyKind | None = None
    reason: str = ""
    missing: tuple[Missing, ...] = ()


class Case(Frozen):
    """Everything known about one appeal. Its JSON is the only format of state."""

    schema_version: int = 1
    today: date
    notice: Notice
    enforcement: Enforcement = Enforcement()
    seller: Seller = Seller()
    story: str = ""
    facts: tuple[Fact, ...] = ()
    answers: tuple[Answer, ...] = ()
    matches: tuple[PatternMatch, ...] = ()
    questions: tuple[Question, ...] = ()
    letter: Letter | None = None
    findings: tuple[Finding, ...] = ()
    scorecard: Scorecard | None = None
    verdict: Verdict | None = None
    disagreements: tuple[Disagreement, ...] = ()
    checks: tuple[Reason, ...] = Field(
        (), description="What the seller's own files show, such as invoices against sales"
    )
    history: tuple[HistoryEntry, ...] = ()

    def fact(self, fact_id: str) -> Fact:
        """Return the fact called `fact_id`. Raises KeyError if there is none."""
        for fact in self.facts:
            if fact.id == fact_id:
                return fact
        raise KeyError(fact_id)

    def items(self, of: FactList) -> tuple[Fact, ...]:
        """The seller's entries in the list `of`, in the order given."""
        return tuple(f for f in self.facts if f.item is not None and f.item.list == of)
