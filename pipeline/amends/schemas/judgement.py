"""What was checked and found: findings, rubric, grammar, cost, verdict."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from amends.schemas.base import Frozen
from amends.vocabulary import Cause, Checker, ItemState, Readiness, SectionKey, Severity


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

    @classmethod
    def summed(cls, usages: Sequence[Usage]) -> Usage:
        """Return what several doors to the first one's model cost together; a failure of one of them is kept."""
        costs = [u.cost_usd for u in usages]
        return cls(
            model=usages[0].model, calls=sum(u.calls for u in usages), repairs=sum(u.repairs for u in usages), retries=sum(u.retries for u in usages),
            input_tokens=sum(u.input_tokens for u in usages), output_tokens=sum(u.output_tokens for u in usages),
            cost_usd=None if None in costs else sum(c for c in costs if c is not None),
            prompts=tuple(dict.fromkeys(p for u in usages for p in u.prompts)), failure=next((u.failure for u in usages if u.failure), None),
        )  # fmt: skip


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
