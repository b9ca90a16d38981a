"""The nouns: frozen models that every stage takes and returns, and whose JSON is all the state there is.

A `Case` starts as a notice and gains an enforcement, facts, pattern matches, questions, a letter, findings, a
scorecard and a verdict. Stages never change a case: they return a new one (`case.with_(letter=...)`).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from amends.vocabulary import (
    ActionStatus,
    AnswerKind,
    AnswerType,
    AuthenticityVerdict,
    Cause,
    Channel,
    Checker,
    FactKind,
    FactList,
    FactSource,
    Funds,
    ItemState,
    Readiness,
    ReplyKind,
    RequestedItem,
    Role,
    Scope,
    SectionKey,
    Severity,
    Stage,
)


class Frozen(BaseModel):
    """Base of all nouns: immutable, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def with_(self, **changes: Any) -> Self:
        """Return a copy in which `changes` replace the named fields."""
        return self.model_copy(update=changes)


# --- the notice -----------------------------------------------------------------------------------------------------


class Span(Frozen):
    """A verbatim piece of a text: `text[start:end] == quote`, offsets in characters."""

    quote: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Sign(Frozen):
    """One thing seen that speaks for or against the mail being Amazon's."""

    id: str
    speaks: AuthenticityVerdict
    detail: str
    quote: str | None = None


class Authenticity(Frozen):
    """A careful word on who sent the mail, with the signs it rests on and what to do about it."""

    verdict: AuthenticityVerdict = "unknown"
    signs: tuple[Sign, ...] = ()
    advice: str = ""


class Link(Frozen):
    """A hyperlink of an HTML mail: the text shown and the address behind it."""

    text: str
    href: str


class Notice(Frozen):
    """The mail as received. `text` is kept verbatim; every offset in a case refers to it."""

    text: str
    subject: str | None = None
    sender: str | None = None
    reply_to: str | None = None
    received: datetime | None = None
    marketplace: str | None = Field(None, description="Store domain, such as amazon.com or amazon.de")
    language: str = Field("en", description="ISO 639-1 code")
    links: tuple[Link, ...] = ()
    attachments: tuple[str, ...] = ()
    earlier_from: int | None = Field(
        None, ge=0, description="Offset in `text` from which Amazon's earlier mails of the same thread follow"
    )
    headers: dict[str, str] = Field(default_factory=dict, description="Return-Path, Authentication-Results …")
    authenticity: Authenticity = Authenticity()


# --- facts ----------------------------------------------------------------------------------------------------------


class Metric(Frozen):
    """A performance metric: `value` and `target` in per cent, None where the source gives none."""

    name: str
    value: float | None = None
    target: float | None = None


class Item(Frozen):
    """One entry of the seller's lists (`root_causes`, `corrective_actions` …), as written in the facts file."""

    list: FactList
    text: str
    date: str | None = None
    count: int | None = None
    value: float | str | None = None
    unit: str | None = None
    status: ActionStatus | None = None
    asins: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    cause: Cause | None = None
    owner: str | None = None
    frequency: str | None = None
    limit: str | None = None
    tool: str | None = None
    since: str | None = None
    file: str | None = None
    document: str | None = None
    proves: str | None = None


class Fact(Frozen):
    """One thing that a source says, with the words that say it.

    `start`/`end` are character offsets of `quote` in the text named by `origin`: the notice, the story, or the entry
    of the facts file or row of the report that `origin` gives. Both are None for a value that was computed.
    """

    id: str
    kind: FactKind
    value: str | int | float | Metric
    unit: str | None = None
    status: ActionStatus | None = None
    source: FactSource
    origin: str
    quote: str = ""
    start: int | None = None
    end: int | None = None
    item: Item | None = Field(None, description="The seller's whole entry, for facts that come from one")
    about: str | None = Field(
        None, description="What a report's figure is about, such as `late_shipment_rate` or `units_sold.B0…`"
    )
    since: date | None = Field(None, description="First day of the period that a report's figure covers")
    until: date | None = Field(None, description="Last day of that period")


class Seller(Frozen):
    """Who signs the letter."""

    store: str | None = None
    legal_name: str | None = None
    signatory: str | None = None
    merchant_token: str | None = None


# --- the enforcement ------------------------------------------------------------------------------------------------


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


# --- patterns and questions -----------------------------------------------------------------------------------------


class PatternMatch(Frozen):
    """One pattern ranked for this case, and why."""

    pattern_id: str
    cause: Cause
    situation: str
    score: float
    why: tuple[str, ...] = ()


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
    ideas: tuple[str, ...] = Field((), description="The pattern's menu: to think of, never inserted")


class Answer(Frozen):
    """What the seller answered to a question."""

    question_id: str
    value: str | int | float | bool | tuple[str, ...]


# --- the letter -----------------------------------------------------------------------------------------------------


class Sentence(Frozen):
    """One sentence and the facts it rests on. A gap is a visible hole: `[missing: …]`, never to be sent."""

    text: str
    fact_ids: tuple[str, ...] = ()
    role: Role = "frame"
    gap: bool = False
    continues: bool = Field(False, description="In a list: belongs to the point of the sentence before")


class Section(Frozen):
    """A part of the letter. `written_by` is `composer` or a model's name."""

    key: SectionKey
    title: str = ""
    cause: Cause | None = None
    bullets: bool = False
    sentences: tuple[Sentence, ...] = ()
    written_by: str = "composer"

    @property
    def points(self) -> tuple[tuple[Sentence, ...], ...]:
        """The sentences grouped into list points; one group with all of them when the section is no list."""
        if not self.bullets:
            return (self.sentences,) if self.sentences else ()
        groups: list[tuple[Sentence, ...]] = []
        for sentence in self.sentences:
            if sentence.continues and groups:
                groups[-1] += (sentence,)
            else:
                groups.append((sentence,))
        return tuple(groups)

    @property
    def text(self) -> str:
        """The section's body as plain text, without its title."""
        mark = "- " if self.bullets else ""
        return "\n".join(mark + " ".join(s.text for s in point) for point in self.points)


class Enclosure(Frozen):
    """A document that the seller has and the letter names."""

    number: int
    document: str
    file: str | None = None
    proves: str | None = None
    fact_id: str


class Letter(Frozen):
    """The reply: a subject line, sections in order, and the signature block."""

    kind: AnswerKind
    subject: str
    addressee: str
    sections: tuple[Section, ...]
    enclosures: tuple[Enclosure, ...] = ()
    signature: tuple[str, ...] = ()
    language: str = "en"

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, in reading order."""
        return tuple(s for section in self.sections for s in section.sentences)

    @property
    def gaps(self) -> tuple[Sentence, ...]:
        """The sentences that still wait for a fact."""
        return tuple(s for s in self.sentences if s.gap)


# --- judgement ------------------------------------------------------------------------------------------------------


class Finding(Frozen):
    """One fault, where it is, why it is one, and a better move. `start`/`end` are offsets in the sentence."""

    rule: str
    severity: Severity
    checker: Checker
    message: str
    suggestion: str = ""
    section: SectionKey | None = None
    cause: Cause | None = None
    sentence: str | None = None
    start: int | None = None
    end: int | None = None


class ItemResult(Frozen):
    """The answer to one yes/no item of the rubric, with the sentence that decides it."""

    id: str
    question: str
    state: ItemState
    severity: Severity
    sentence: str | None = None
    note: str = ""


class Criterion(Frozen):
    """One criterion: its items, and `score` 0–100 = 100 × met / (met + unmet), None if nothing was checked."""

    name: str
    items: tuple[ItemResult, ...]
    score: float | None = None


class GrammarFault(Frozen):
    """One match of the grammar engine. `start`/`end` are offsets in `sentence`."""

    rule: str
    message: str
    sentence: str
    start: int
    end: int
    replacements: tuple[str, ...] = ()
    section: SectionKey | None = None


class GrammarChange(Frozen):
    """A correction that was applied, both wordings kept."""

    rule: str
    before: str
    after: str


class GrammarReport(Frozen):
    """What the grammar engine saw; `checked=False` always comes with the reason."""

    checked: bool = False
    reason: str = ""
    engine: str | None = None
    words: int = 0
    faults: tuple[GrammarFault, ...] = ()
    changes: tuple[GrammarChange, ...] = ()

    @property
    def per_100_words(self) -> float | None:
        """Faults left per 100 words; None when nothing was checked."""
        return round(100 * len(self.faults) / self.words, 2) if self.checked and self.words else None


class PromptUse(Frozen):
    """Which prompt file was used: name, version and the first 12 hex digits of its SHA-256."""

    name: str
    version: int
    sha256: str


class Usage(Frozen):
    """What the model cost. `cost_usd` is None when the price of the model is not known."""

    model: str = "offline"
    calls: int = 0
    repairs: int = 0
    retries: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None
    prompts: tuple[PromptUse, ...] = ()
    failure: str | None = Field(None, description="Why the provider failed for good, if it did")


class Scorecard(Frozen):
    """All that was checked, and all that was not."""

    criteria: tuple[Criterion, ...] = ()
    grammar: GrammarReport = GrammarReport()
    lock_breaches: int | None = None
    rounds: int = Field(0, description="Revision rounds that were kept")
    usage: Usage = Usage()

    @property
    def score(self) -> float | None:
        """Mean of the criteria that were checked, 0–100."""
        scores = [c.score for c in self.criteria if c.score is not None]
        return round(sum(scores) / len(scores), 1) if scores else None


class Reason(Frozen):
    """One reason for a verdict, and what to do about it."""

    code: str
    severity: Severity
    message: str
    action: str = ""


class Verdict(Frozen):
    """May this be sent? Decided in code."""

    readiness: Readiness
    reasons: tuple[Reason, ...] = ()
    next_step: str = ""
    outlook: str = ""
    route: str = ""


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


# --- the case -------------------------------------------------------------------------------------------------------


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
