"""Proofread: the grammar engine over the letter, facts protected, every corrected sentence under the lock again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amends.schemas import Case, GrammarReport, Scorecard, Section, Sentence
from amends.verify import fact_text, lock_section
from amends.verify.atoms import atoms

if TYPE_CHECKING:
    from amends.grammar import GrammarEngine


def proofread(case: Case, engine: GrammarEngine | None, no_engine: str) -> Case:
    """Return the case with its letter corrected where that is safe, and the grammar report. Blocking; no engine: not checked."""
    if case.letter is None:
        return case
    card = case.scorecard or Scorecard()
    if engine is None:
        return case.with_(scorecard=card.with_(grammar=GrammarReport(reason=no_engine)))
    from amends import grammar

    letter, report = grammar.proofread(
        case.letter, protected(case), engine, accept=lambda before, after: holds(before, after, case)
    )
    return case.with_(letter=letter, scorecard=card.with_(grammar=report))


def holds(before: Sentence, after: Sentence, case: Case) -> bool:
    """Whether a corrected sentence breaks the lock no more than it did before."""
    return len(_breaches(after, case)) <= len(_breaches(before, case))


def _breaches(sentence: Sentence, case: Case) -> tuple[object, ...]:
    return lock_section(Section(key="statement", sentences=(sentence,)), case)


def protected(case: Case) -> tuple[str, ...]:
    """Every id, name, file and figure of the facts, and the seller's own names: no correction may touch them."""
    seller = filter(None, case.seller.model_dump().values())
    return tuple(dict.fromkeys((*seller, *(a.text for f in case.facts for a in atoms(fact_text(f))))))
