"""The stages in order, on one page: from a notice and what the seller knows to a letter with its verdict.

    read -> extract -> retrieve -> interview -> draft -> verify -> proofread -> evaluate -> revise -> verdict

Each stage takes a case and returns a new one. `open_case` runs the first four, `stages` the others.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from amends import draft, interview, verdict
from amends.errors import GrammarUnavailable
from amends.extract import extract
from amends.facts import SellerFacts, seller_facts
from amends.judging import evaluated
from amends.own_data import with_contradictions
from amends.patterns import Pattern, find_pattern
from amends.proofing import proofread
from amends.retrieve import retrieve
from amends.schemas import Case, Enforcement, Fact, Notice, PatternMatch, Scorecard
from amends.sections import revised, worded
from amends.verify import lock

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from amends.grammar import GrammarEngine
    from amends.model import Door
    from amends.settings import Settings


#: What a notice says, as `extract` returns it.
Said = tuple[Enforcement, tuple[Fact, ...]]


@dataclass(frozen=True)
class Tools:
    """What the stages may use. No door: the composer writes. No engine: grammar is "not checked", for `no_engine`."""

    patterns: Sequence[Pattern]
    door: Door | None = None
    engine: GrammarEngine | None = None
    no_engine: str = "it was switched off."
    pattern_id: str | None = None


@dataclass(frozen=True)
class StageEvent:
    """A stage has ended: its name, the case after it, and the seconds it took."""

    stage: str
    case: Case
    seconds: float


def open_case(
    notice: Notice, today: date, tools: Tools, given: SellerFacts | None = None, said: Said | None = None
) -> Case:
    """Return the case that a notice opens: what it says, what the seller says, the situation, and what is missing.

    `said` is what `extract` returned for this notice, where the caller has asked already.

    Raises:
        InputError: `tools.pattern_id` or a question id in `given.answers` is not known.
    """
    enforcement, facts = said or extract(notice)
    return with_facts(
        Case(today=today, notice=notice, enforcement=enforcement, facts=facts), tools, given or SellerFacts()
    )


def with_facts(case: Case, tools: Tools, given: SellerFacts) -> Case:
    """Return the case with what `given` says added, the situation ranked anew and the questions asked anew.

    Raises:
        InputError: as `open_case`.
    """
    numbers = [int(f.id[1:]) for f in case.facts] or [0]
    seller = case.seller.with_(**given.seller.model_dump(exclude_none=True))
    story = "\n\n".join(filter(None, (case.story, given.story)))
    case = case.with_(seller=seller, story=story, facts=(*case.facts, *seller_facts(given, max(numbers) + 1)))
    case = case.with_(matches=_matches(case, tools))
    if given.answers:
        case = interview.apply_answers(case, given.answers, tools.patterns)
    return asked(with_contradictions(case), tools)


def asked(case: Case, tools: Tools) -> Case:
    """Return the case with its open questions as they are now."""
    return case.with_(questions=interview.questions(case, tools.patterns, tools.pattern_id))


def _matches(case: Case, tools: Tools) -> tuple[PatternMatch, ...]:
    """The ranked situations; the one that the user chose, or named in the interview, stands first."""
    ranked = retrieve(case.enforcement, case.notice, case.story, case.facts, tools.patterns)
    ranked = interview.settled(ranked, case.answers)
    if tools.pattern_id is None:
        return ranked
    pattern = find_pattern(tools.pattern_id, tools.patterns)
    chosen = PatternMatch(
        pattern_id=pattern.id, cause=pattern.cause, situation=pattern.situation, score=1.0, why=("chosen by you",)
    )
    return (chosen, *(m for m in ranked if m.pattern_id != pattern.id))


async def stages(case: Case, tools: Tools) -> AsyncIterator[StageEvent]:
    """Run draft to verdict and yield after each stage. A provider that fails leaves the composer's words, never nothing."""
    warming = asyncio.create_task(asyncio.to_thread(_warm, tools.engine)) if tools.engine else None
    case = case.with_(letter=None, findings=(), scorecard=None, verdict=None)
    steps: tuple[tuple[str, Callable[[Case], object]], ...] = (
        ("draft", lambda c: worded(c, tools.patterns, tools.door)),
        ("verify", verified),
        ("proofread", lambda c: asyncio.to_thread(proofread, c, tools.engine, tools.no_engine)),
        ("evaluate", lambda c: evaluated(c, tools.door)),
        ("revise", lambda c: revised(c, tools.patterns, tools.door, tools.engine, tools.no_engine)),
        ("verdict", lambda c: with_verdict(c, tools)),
    )
    for name, step in steps:
        started = time.perf_counter()
        result = step(case)
        case = await result if asyncio.iscoroutine(result) else result  # type: ignore[assignment]
        yield StageEvent(name, case, time.perf_counter() - started)
    if warming:
        await warming


async def draft_case(case: Case, tools: Tools) -> Case:
    """Return the case after all stages."""
    async for event in stages(case, tools):
        case = event.case
    return case


def verified(case: Case) -> Case:
    """Return the case with the breaches of the lock as findings; notes of the stage before stay."""
    if case.letter is None:
        return case
    breaches = lock(case.letter, case)
    card = case.scorecard or Scorecard()
    kept = tuple(f for f in case.findings if f.checker != "lock" or f.rule.startswith("model_"))
    return case.with_(findings=(*kept, *breaches), scorecard=card.with_(lock_breaches=len(breaches)))


def with_verdict(case: Case, tools: Tools) -> Case:
    """Return the case with its verdict, and with what the model cost so far."""
    if tools.door and case.scorecard:
        case = case.with_(scorecard=case.scorecard.with_(usage=tools.door.usage))
    return case.with_(verdict=verdict.judge(case, tools.patterns))


def open_door(case: Case, spec: str | BaseChatModel, settings: Settings) -> Door:
    """Return a door to the model for this one case: the personal data of its mail and story never pass it.

    Raises:
        ModelNotConfigured: the key, package or provider of `spec` is missing.
    """
    from amends import model
    from amends.masking import Masker

    seller = case.seller
    keep = tuple(filter(None, (seller.store, seller.legal_name, seller.signatory)))
    told = [str(f.value) for f in case.facts if f.item is not None]
    return model.open_door(spec, settings, Masker(keep=keep, sources=(case.notice.text, case.story, *told)))


def _warm(engine: GrammarEngine) -> None:
    """Start the engine while the letter is being worded; a fault shows, with its reason, when the letter is checked."""
    from amends import grammar

    try:
        grammar.warm_up(engine)
    except GrammarUnavailable:
        return


__all__ = [
    "StageEvent",
    "Tools",
    "asked",
    "draft",
    "draft_case",
    "open_case",
    "open_door",
    "stages",
    "verified",
    "with_facts",
    "with_verdict",
]
