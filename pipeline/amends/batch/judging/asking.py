"""A judge asked about many letters: as many at a time as the settings allow, each behind a door of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from amends.batch.judging.sets import Ask
from amends.judging import ask_judge, not_checked
from amends.run import open_door
from amends.schemas import ItemResult, Usage
from amends.settings import Settings

Results = tuple[ItemResult, ...]
_FAILED = "The judge gave no usable answer: the provider failed before."


async def ask_all(
    asks: Sequence[Ask], spec: str, settings: Settings, step: Callable[[], None]
) -> tuple[dict[Ask, Results], Usage]:
    """Return the judge's answers to each question, and what they cost. `step` is called after each.

    The first question goes alone: where the provider fails for good, the others are not asked and are "not checked".
    """
    if not asks:
        return {}, Usage(model=spec)
    first, usage = await _asked(asks[0], spec, settings, step)
    if usage.failure:
        return {asks[0]: first} | {a: not_checked(a.items, _FAILED) for a in asks[1:]}, usage
    rest = await asyncio.gather(*(_asked(ask, spec, settings, step) for ask in asks[1:]))
    answers = dict(zip(asks, (first, *(items for items, _ in rest)), strict=True))
    return answers, Usage.summed((usage, *(used for _, used in rest)))


async def _asked(ask: Ask, spec: str, settings: Settings, step: Callable[[], None]) -> tuple[Results, Usage]:
    told = ask.case.with_(story="\n\n".join(filter(None, (ask.case.story, ask.text))))
    door = open_door(told, spec, settings)
    results, _ = await ask_judge(ask.parsed, ask.case, ask.items, door, ask.seed)
    step()
    return results, door.usage
