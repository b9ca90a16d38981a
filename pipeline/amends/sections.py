"""Draft and revise: who words each section, one question per section, all at the same time.

The composer's letter is there first; a model's section replaces the composer's only when it passes the lock.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from amends.draft import by_model, compose
from amends.draft.compose import compose_section
from amends.errors import ModelAnswerError, ProviderError
from amends.history import last_answer
from amends.judging import evaluated
from amends.patterns import Pattern
from amends.proofing import proofread
from amends.schemas import Case, Finding, Letter, Scorecard, Section
from amends.verify import lock

if TYPE_CHECKING:
    from amends.grammar import GrammarEngine
    from amends.model import Door

ROUNDS = 2


async def worded(case: Case, patterns: Sequence[Pattern], door: Door | None) -> Case:
    """Return the case with its letter: the composer's, each section replaced by the model's where that holds."""
    letter = compose(case)
    case = case.with_(letter=letter, scorecard=Scorecard())
    if letter is None or door is None:
        return case
    said_by_history = ("opening",) if last_answer(case) else ()  # what is new since the last letter is code's to say
    asked = [s for s in letter.sections if s.key in by_model.WORDED and s.key not in said_by_history]
    results = await asyncio.gather(*(_section(s, case, patterns, door) for s in asked))
    sections = {id(old): new for old, (new, _) in zip(asked, results, strict=True)}
    notes = tuple(note for _, note in results if note)
    letter = letter.with_(sections=tuple(sections.get(id(s), s) for s in letter.sections))
    return case.with_(letter=letter, findings=notes)


async def _section(
    section: Section, case: Case, patterns: Sequence[Pattern], door: Door, faults: Sequence[Finding] = ()
) -> tuple[Section, Finding | None]:  # fmt: skip
    """The model's wording of one section, or the section as it is with a note that says why."""
    from amends.model import Request

    key, cause = section.key, section.cause
    match = next((m for m in case.matches if m.cause == (cause or case.enforcement.cause)), None)
    outline = next((p for p in patterns if match and p.id == match.pattern_id), None)
    request = Request(
        filled=by_model.ask(key, cause, case, outline, faults),
        schema=by_model.DraftedSection,
        purpose=f"draft {key}",
        check=lambda answer: by_model.fault(answer, key, cause, case),
    )
    try:
        answer = await door.ask(request)
    except ModelAnswerError as error:
        return section, _note(
            "model_answer_unusable", section, f"The model's wording was not taken ({error.fault}): {error.message}"
        )
    except ProviderError as error:
        return section, _note(
            "model_unreachable", section, f"The model did not answer, so the composer's wording stands: {error.message}"
        )
    return by_model.read(answer, key, cause, case, door.name), None


def _note(rule: str, section: Section, message: str) -> Finding:
    return Finding(
        rule=rule, severity="advice", checker="lock", section=section.key, cause=section.cause, message=message
    )


async def revised(
    case: Case, patterns: Sequence[Pattern], door: Door | None, engine: GrammarEngine | None, no_engine: str
) -> Case:  # fmt: skip
    """Return the case with the sections that have blocking findings worded again, at most `ROUNDS` times.

    A new wording is kept only if fewer blocking findings are left. What still has some then falls back to the composer's
    wording, if that has fewer. Without a model, or after the provider failed, the case is returned as it is.
    """
    for _ in range(ROUNDS):
        faulty = _faulty(case) if door and not door.usage.failure else []
        if not faulty or door is None:
            break
        again = await asyncio.gather(*(_section(s, case, patterns, door, _blocking(case, s)) for s in faulty))
        better = await _tried(
            case, {id(o): n for o, (n, _) in zip(faulty, again, strict=True)}, door, engine, no_engine
        )
        if better is None:
            break
        case = better
    left = _faulty(case) if door else []
    fallen = (
        await _tried(case, {id(s): compose_section(s.key, s.cause, case) for s in left}, None, engine, no_engine)
        if left
        else None
    )
    return fallen or case


def _faulty(case: Case) -> list[Section]:
    """The model's sections with blocking findings."""
    return [
        s for s in (case.letter.sections if case.letter else ()) if s.written_by != "composer" and _blocking(case, s)
    ]


def _blocking(case: Case, section: Section) -> list[Finding]:
    texts = {s.text for s in section.sentences}
    return [
        f
        for f in case.findings
        if f.severity == "blocking"
        and (
            f.sentence in texts
            or (f.sentence is None and f.section == section.key and f.cause in (None, section.cause))
        )
    ]


async def _tried(
    case: Case, new: dict[int, Section], door: Door | None, engine: GrammarEngine | None, no_engine: str
) -> Case | None:
    """The case with the new sections, checked again; None unless fewer blocking findings are left."""
    if case.letter is None or case.scorecard is None:
        return None
    letter: Letter = case.letter.with_(sections=tuple(new.get(id(s), s) for s in case.letter.sections))
    kept = tuple(f for f in case.findings if f.rule.startswith("model_"))
    breaches = lock(letter, case)
    card = case.scorecard.with_(lock_breaches=len(breaches), rounds=case.scorecard.rounds + 1)
    changed = case.with_(letter=letter, findings=(*kept, *breaches), scorecard=card)
    changed = await asyncio.to_thread(proofread, changed, engine, no_engine)
    changed = await evaluated(changed, door)
    return changed if _count(changed) < _count(case) else None


def _count(case: Case) -> int:
    return sum(f.severity == "blocking" for f in case.findings)
