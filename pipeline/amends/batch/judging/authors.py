"""Letters of equal facts by different writers: by hand, by the composer, and by the model that is the judge."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from amends import render
from amends.batch.judging.sets import Ask, Variant
from amends.batch.running import Bench, through
from amends.batch.samples import Sample, find_samples
from amends.errors import InputError
from amends.schemas import Case, Usage
from amends.settings import Settings

_FOLDER = "authors"
_CASES = "cases"


@dataclass(frozen=True, slots=True)
class Written:
    """The letters on one case by all its writers, and the calls that the model's letter took."""

    asks: tuple[Ask, ...]
    usage: Usage


def hand_written(folder: Path) -> tuple[tuple[Sample, str], ...]:
    """Return the cases that have a letter by hand, `authors/CASE.txt` in `folder`, with its text; none is no fault.

    The case is the folder `cases/CASE` beside `folder`.

    Raises:
        InputError: a letter's case is missing or broken.
    """
    return tuple(
        (_case(folder.resolve().parent / _CASES / path.stem, path), path.read_text(encoding="utf-8"))
        for path in sorted((folder / _FOLDER).glob("*.txt"))
    )


def _case(home: Path, letter: Path) -> Sample:
    if not home.is_dir():
        raise InputError(f"{letter} has no case {home}.", hint="Name the letter like the folder of its case.")
    return find_samples(home)[0]


async def written(found: Sequence[tuple[Sample, str]], settings: Settings, seed: int) -> tuple[Written, ...]:
    """Return the letters on each case. With a model it drafts too, as `amends draft --model` would; its own words count.

    A draft that the model did not word (it failed) is left out: it is the composer's letter again.
    """
    return tuple(await asyncio.gather(*(_all(sample, text, settings, seed) for sample, text in found)))


async def _all(sample: Sample, text: str, settings: Settings, seed: int) -> Written:
    day = sample.expected.today
    if day is None:
        raise InputError(f"The case {sample.name} names no day.", hint="Add `today` to its expected.yaml.")
    offline = settings.model_copy(update={"model": "offline"})
    composed, modelled = await asyncio.gather(
        through(sample, Bench(offline, day)), through(sample, Bench(settings, day))
    )
    usage = modelled.scorecard.usage if modelled.scorecard else Usage()
    drafts: list[tuple[Variant, str]] = [("hand", text), ("composer", render.plain(composed))]
    if not usage.failure and render.plain(modelled) != render.plain(composed):
        drafts.append(("model", render.plain(modelled)))
    known = _known(composed)
    return Written(tuple(Ask(sample.name, said, known, seed, variant=by) for by, said in drafts), usage)


def _known(case: Case) -> Case:
    """What the judge may know: the case without any letter, the same for every writer."""
    return case.with_(letter=None, scorecard=None, findings=())
