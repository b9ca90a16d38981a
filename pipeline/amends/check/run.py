"""One letter, checked: words, rubric, grammar, judge, and with a case the facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from amends import evaluate
from amends.check.config import Rules
from amends.check.grammar_memo import GrammarMemo
from amends.check.judge import Judged, unjudged
from amends.check.parse import Parsed, parse
from amends.check.places import marks
from amends.check.report import Checked, Fix
from amends.check.rulings import ruled
from amends.check.source import Source
from amends.schemas import Case, Finding, GrammarChange, GrammarFault, Letter, Notice
from amends.vocabulary import AnswerKind

if TYPE_CHECKING:
    from amends.check.facts import Rewrite


@dataclass(frozen=True)
class Means:
    """What letters are checked with. `kind`: what the user says the letters are; a case's own kind comes next."""

    today: date
    rules: Rules = field(default_factory=Rules)
    case: Case | None = None
    grammar: GrammarMemo = field(default_factory=lambda: GrammarMemo(None))
    kind: AnswerKind | None = None

    @property
    def letter_kind(self) -> AnswerKind | None:
        """The kind of letter that is expected, None if its words must tell."""
        return self.kind or (self.case.enforcement.answer_kind if self.case else None)

    @property
    def known(self) -> Case:
        """The case, or one that knows nothing but the day."""
        return self.case.with_(today=self.today) if self.case else Case(today=self.today, notice=Notice(text=""))


def check_letter(source: Source, means: Means, judged: Judged | None = None, fixes: tuple[Fix, ...] = ()) -> Checked:
    """Return everything that shows in the letter, and with a case everything that its facts do not bear.

    `judged`: the judge's answers on this letter; without them its items are "not checked". Works for letters of any
    origin. Raises nothing of its own: what could not be checked is told in the result.
    """
    parsed = parse(source.text, means.letter_kind)
    case, rules = means.known, means.rules
    letter, breaches = _compared(parsed, case) if means.case else (parsed.letter, ())
    items, found, silenced = ruled(letter, parsed, case, rules)
    changes = tuple(
        GrammarChange(rule=f.why, before=f.before, after=f.after) for f in fixes if f.why.startswith("grammar.")
    )
    grammar = means.grammar.report(parsed.letter).with_(changes=changes)
    judge_items, judge_found = judged or unjudged(letter, rules)
    others = (*breaches, *judge_found, *(_fault(f) for f in grammar.faults))
    kept = tuple(f for f in others if not rules.is_silent(f.rule))
    findings = (*found, *kept)
    better = _rewrites(findings, letter, case) if means.case else {}
    return Checked(
        name=source.name, text=source.text, kind=letter.kind, kind_told_by="you" if means.kind else parsed.kind_told_by,
        language=letter.language, words=_words(parsed), marks=marks(findings, parsed, rules, better),
        criteria=evaluate.score((*items, *judge_items), rules.rubric), grammar=grammar, facts_checked=means.case is not None,
        facts_reason="" if means.case else "no case was given (--case).", silenced=silenced + len(others) - len(kept), fixes=fixes,
    )  # fmt: skip


def _compared(parsed: Parsed, case: Case) -> tuple[Letter, tuple[Finding, ...]]:
    from amends.check import facts

    compared = facts.compare(parsed, case)
    return compared.letter, compared.findings


def _rewrites(findings: tuple[Finding, ...], letter: Letter, case: Case) -> dict[int, Rewrite]:
    from amends.check import facts

    return facts.rewrites(findings, letter, case)


def _fault(fault: GrammarFault) -> Finding:
    better = " or ".join(f"“{r}”" for r in fault.replacements[:3])
    return Finding(
        rule=f"grammar.{fault.rule}", severity="advice", checker="grammar", message=fault.message, suggestion=f"Write {better}." if better else "",
        section=fault.section, sentence=fault.sentence, start=fault.start, end=fault.end,
    )  # fmt: skip


def _words(parsed: Parsed) -> int:
    from amends.grammar import count_words

    return sum(count_words(s.text) for s in parsed.letter.sentences)
