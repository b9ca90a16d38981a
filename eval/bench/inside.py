"""What is measured inside one process: reading and extracting a notice, and LanguageTool. Prints one JSON object.

python eval/bench/inside.py extraction | grammar
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from amends import read
from amends.errors import GrammarUnavailable
from amends.extract import extract
from amends.facts import load_facts
from amends.grammar import GrammarEngine, warm_up
from amends.patterns import load_patterns
from amends.proofing import proofread
from amends.run import Tools, draft_case, open_case
from amends.schemas import Case

CASES = Path(__file__).parents[1] / "cases"
DEMO = CASES / "late_shipment_handling_time"
ROUNDS = 7
MEGABYTE = 1_000_000


def ms(work: Callable[[], object]) -> float:
    """Return the wall milliseconds of one call."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _extract(mail: bytes) -> object:
    return extract(read.read_bytes(mail))


def extraction() -> dict[str, float]:
    """Read and extract every sample notice, each `ROUNDS` times after one to warm up; then a mail of 1 MB."""
    mails = [p.read_bytes() for p in sorted(CASES.glob("*/notice.*"))]
    for mail in mails:
        _extract(mail)
    each = [statistics.median(ms(partial(_extract, mail)) for _ in range(ROUNDS)) for mail in mails]
    text = read.read_path(DEMO / "notice.eml").text
    long = (text * (MEGABYTE // len(text) + 1))[:MEGABYTE].encode()
    big = statistics.median(ms(partial(_extract, long)) for _ in range(3))
    return {"notices": len(mails), "per_notice_ms": statistics.median(each), "slowest_ms": max(each), "per_mb_ms": big}


async def _demo_letter() -> Case:
    patterns = load_patterns()
    notice, facts = read.read_path(DEMO / "notice.eml"), load_facts(DEMO / "facts.yaml")
    return await draft_case(open_case(notice, date(2026, 11, 25), Tools(patterns), facts), Tools(patterns))


def grammar() -> dict[str, float | str]:
    """Start the engine, proofread the demo letter once, then `ROUNDS` times."""
    case = asyncio.run(_demo_letter())
    with GrammarEngine() as engine:
        try:
            first = ms(lambda: warm_up(engine))
        except GrammarUnavailable as error:
            return {"not_measured": str(error)}
        second = ms(lambda: proofread(case, engine, ""))
        warm = [ms(lambda: proofread(case, engine, "")) for _ in range(ROUNDS)]
    return {"start_ms": first, "first_letter_ms": second, "warm_letter_ms": statistics.median(warm)}


if __name__ == "__main__":
    print(json.dumps({"extraction": extraction, "grammar": grammar}[sys.argv[1]]()))
