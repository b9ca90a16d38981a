"""Run samples, so many at a time, and yield each one's row as soon as it is there; the case itself is let go."""

from __future__ import annotations

import asyncio
import time
import traceback
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from amends import read
from amends.batch.rows import CaseRow, NoticeRow, case_row, read_score
from amends.batch.samples import Sample
from amends.errors import AmendsError
from amends.extract import extract
from amends.facts import SellerFacts, load_facts
from amends.patterns import load_patterns
from amends.run import Tools, draft_case, open_case, open_door
from amends.schemas import Case
from amends.settings import Settings

if TYPE_CHECKING:
    from amends.grammar import GrammarEngine


_LONGEST = 500


@dataclass(frozen=True)
class Bench:
    """What all samples of a batch share. `today` judges a case whose label names no day, or every one if it `wins`."""

    settings: Settings
    today: date
    wins: bool = False
    engine: GrammarEngine | None = None

    def day(self, sample: Sample) -> date:
        """The day by which the sample is judged."""
        return self.today if self.wins else sample.expected.today or self.today


async def stream(
    samples: Sequence[Sample], bench: Bench, concurrency: int
) -> AsyncGenerator[CaseRow | NoticeRow, None]:
    """Yield a row per sample in the order in which they end; at most `concurrency` run at the same time."""
    waiting = iter(samples)
    running: set[asyncio.Task[CaseRow | NoticeRow]] = set()
    try:
        while True:
            running |= {asyncio.create_task(row(s, bench)) for s in islice(waiting, concurrency - len(running))}
            if not running:
                return
            ended, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                yield task.result()
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def row(sample: Sample, bench: Bench) -> CaseRow | NoticeRow:
    """Return the sample's row. Whatever goes wrong in it is the row's `error`: one case never stops the others."""
    started = time.perf_counter()
    try:
        if not sample.whole:
            return await asyncio.to_thread(_read_only, sample, started)
        case = await through(sample, bench)
        return case_row(sample.name, case, sample.expected, time.perf_counter() - started)
    except Exception as error:  # noqa: BLE001 - recorded in the row, which makes the batch fail
        kind = CaseRow if sample.whole else NoticeRow
        return kind(name=sample.name, seconds=_since(started), error=_told(error))


def _read_only(sample: Sample, started: float) -> NoticeRow:
    notice = read.read_path(sample.notice)
    enforcement, facts = extract(notice)
    seconds = _since(started)
    case = Case(today=date.min, notice=notice, enforcement=enforcement, facts=facts)
    return NoticeRow(name=sample.name, seconds=seconds, read=read_score(case, sample.expected))


async def through(sample: Sample, bench: Bench) -> Case:
    """Return the case after all stages, with a door of its own, so that its calls and tokens are its own."""
    case, tools = await asyncio.to_thread(_opened, sample, bench)
    if bench.settings.model != "offline":
        tools = replace(tools, door=open_door(case, bench.settings.model, bench.settings))
    return await draft_case(case, tools)


def _opened(sample: Sample, bench: Bench) -> tuple[Case, Tools]:
    notice = read.read_path(sample.notice)
    causes = extract(notice)[0].all_causes
    tools = Tools(load_patterns(causes=set(causes)), engine=bench.engine)
    given = load_facts(sample.facts) if sample.facts else SellerFacts()
    return open_case(notice, bench.day(sample), tools, given), tools


def _since(started: float) -> float:
    return round(time.perf_counter() - started, 3)


def _told(error: Exception) -> str:
    """Kind and message; for an error that is none of ours also where it arose, since it is a fault of this package."""
    said = f"{type(error).__name__}: {' '.join(str(error).split())}"[:_LONGEST]
    if isinstance(error, AmendsError):
        return said
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{said} ({Path(last.filename).name}, line {last.lineno}, in {last.name})"
