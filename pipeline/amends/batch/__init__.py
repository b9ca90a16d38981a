"""Many cases, one report: `amends eval`. Each sample becomes a row as soon as it ends; only rows are kept."""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from amends.batch.labels import Expected, load_expected
from amends.batch.limits import limits_for
from amends.batch.progress import progress
from amends.batch.report import Report
from amends.batch.rows import CaseRow, NoticeRow
from amends.batch.running import Bench, stream
from amends.batch.samples import Sample, find_samples
from amends.batch.table import as_text
from amends.errors import GrammarUnavailable
from amends.settings import Settings, load_settings

if TYPE_CHECKING:
    from amends.grammar import GrammarEngine

__all__ = ["CaseRow", "Expected", "NoticeRow", "Report", "Sample", "as_text", "find_samples", "load_expected", "run"]


def run(
    cases: Path,
    *,
    today: date,
    today_wins: bool = False,
    model: str | None = None,
    base_url: str | None = None,
    concurrency: int = 4,
    grammar: bool = True,
) -> Report:
    """Run every sample in `cases` and report. `today` is for labels that name no day, or for all if `today_wins`.

    Blocking. With a model at most `concurrency` questions are asked at the same time, over one set of connections.

    Raises:
        InputError: no sample, a broken label, broken limits or settings.
        ModelNotConfigured: the model's key, package or provider is missing.
    """
    started = time.perf_counter()
    settings = load_settings({"model": model, "base_url": base_url, "concurrency": concurrency})
    found = find_samples(cases)
    limits_for(cases)  # a broken file is told before anything runs, not after the last case
    if settings.model != "offline":
        from amends.model import open_door

        open_door(settings.model, settings)  # a missing key is told once, before anything runs
    engine = _engine(settings) if grammar and any(sample.whole for sample in found) else None
    try:
        if engine is not None:
            _warm(engine)
        ended = _ended(found, Bench(settings, today, today_wins, engine), concurrency)
    finally:
        if engine is not None:
            engine.close()
    seconds = time.perf_counter() - started
    return Report.of(ended, cases, model=settings.model, grammar=grammar, seconds=seconds)


def _engine(settings: Settings) -> GrammarEngine:
    from amends.grammar import GrammarEngine

    return GrammarEngine(settings.languagetool_url, cache=settings.cache_dir)


def _warm(engine: GrammarEngine) -> None:
    """Start the engine before the clocks of the cases; a fault of it shows, with its reason, in each row."""
    from amends.grammar import warm_up

    with suppress(GrammarUnavailable):
        warm_up(engine)


def _ended(found: tuple[Sample, ...], bench: Bench, concurrency: int) -> list[CaseRow | NoticeRow]:
    async def whole() -> list[CaseRow | NoticeRow]:
        ended = []
        with progress(len(found)) as step:
            async with aclosing(stream(found, bench, concurrency)) as results:
                async for row in results:
                    ended.append(row)
                    step()
        return ended

    if bench.settings.model == "offline":
        return asyncio.run(whole())
    from amends.model import run as run_with_clients

    return run_with_clients(whole())
