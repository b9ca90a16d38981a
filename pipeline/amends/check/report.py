"""What a check found: marks with their place in the letter, scores, and what could not be checked."""

from __future__ import annotations

from pydantic import Field

from amends.schemas import Criterion, Frozen, GrammarReport, Usage
from amends.vocabulary import AnswerKind, Checker, SectionKey, Severity


class Mark(Frozen):
    """One fault. Lines and columns count from 1, in characters; `start`/`end` are offsets in the letter's text.

    A mark without a place (`line` None) is about the whole letter. `words` are the marked ones, `rewrite` a sentence of
    the case's facts that can stand there instead, resting on the facts `fact_ids`.
    """

    rule: str
    severity: Severity
    checker: Checker
    message: str
    suggestion: str = ""
    source: str = Field("", description="On whose word the rule rests, in words")
    section: SectionKey | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    start: int | None = None
    end: int | None = None
    words: str = ""
    rewrite: str | None = None
    fact_ids: tuple[str, ...] = ()
    other_entry: bool = Field(
        False, description="`rewrite` says another entry of the facts, which the letter leaves unsaid"
    )


class Fix(Frozen):
    """A correction written into the file: `line` is that of the letter as it was."""

    line: int
    before: str
    after: str
    why: str


class Checked(Frozen):
    """One letter, checked. `facts_checked` False always comes with `facts_reason`."""

    name: str
    text: str = Field(repr=False, exclude=True)
    kind: AnswerKind
    kind_told_by: str
    language: str
    words: int
    marks: tuple[Mark, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    grammar: GrammarReport = GrammarReport()
    facts_checked: bool = False
    facts_reason: str = "no case was given (--case)."
    silenced: int = Field(0, description="Findings left out because the config file silences their rules")
    fixes: tuple[Fix, ...] = ()

    @property
    def blocking(self) -> tuple[Mark, ...]:
        """The marks that must be dealt with before the letter is sent."""
        return tuple(m for m in self.marks if m.severity == "blocking")

    @property
    def advice(self) -> tuple[Mark, ...]:
        """The other marks."""
        return tuple(m for m in self.marks if m.severity != "blocking")


class CheckReport(Frozen):
    """All letters of one run, and what the judge model cost."""

    letters: tuple[Checked, ...]
    usage: Usage = Usage()

    @property
    def blocks(self) -> bool:
        """Whether any letter has a blocking fault."""
        return any(letter.blocking for letter in self.letters)
