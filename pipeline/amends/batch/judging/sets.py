"""Which letters a judge is asked about: the labelled set, the twins of some of them, and letters of equal facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path
from typing import Literal

from amends.batch.faults import changed, seeded_faults, sound_letters
from amends.batch.judging.labels import JUDGE_ITEMS_OF, Labels
from amends.batch.judging.variants import longer, ordering
from amends.check.parse import parse
from amends.evaluate import rubric
from amends.evaluate.judge import shuffled
from amends.evaluate.rubric import RubricItem
from amends.schemas import Case, Letter

Variant = Literal["plain", "again", "order", "length", "told", "hand", "composer", "model"]
#: So many letters get twins, half of them sound and half with a fault: a bias must be able to show both ways.
TWINS = 24
_LEAST_ITEMS = 4
_SEEDS_TRIED = 100


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to the judge: all its items on one letter, in the order of `seed`. `fault` None: a sound letter."""

    letter: str
    text: str
    case: Case = field(compare=False)
    seed: int
    fault: str | None = None
    variant: Variant = "plain"

    @property
    def parsed(self) -> Letter:
        """The letter as it is read."""
        return parse(self.text, self.case.enforcement.answer_kind).letter

    @property
    def items(self) -> tuple[RubricItem, ...]:
        """What the judge has to decide."""
        return rubric().for_judge(self.case.enforcement.answer_kind)


def labelled(folder: Path, part: str, seed: int, labels: Labels = JUDGE_ITEMS_OF) -> tuple[Ask, ...]:
    """Return the sound letters of `folder`, then each fault of the lists `faults.PART*.yaml` that `labels` know.

    `faults.judge.yaml`, if it is there, holds more faults, which only a judge can see.

    Raises:
        InputError: letters or labels are missing or broken.
    """
    letters = {letter.name: letter for letter in sound_letters(folder / "sound")}
    lists = sorted(folder.glob(f"faults.{part}*.yaml")) + sorted(folder.glob("faults.judge.yaml"))
    seeded = [s for path in lists for s in seeded_faults(path) if s.fault in labels and s.letter in letters]
    sound = [Ask(name, letter.text, letter.case, 0) for name, letter in letters.items()]
    faulty = [
        Ask(s.letter, changed(letters[s.letter].text, s.change), letters[s.letter].case, 0, s.fault) for s in seeded
    ]
    return tuple(replace(ask, seed=seed + number) for number, ask in enumerate((*sound, *faulty)))


def twinned(asks: Sequence[Ask], most: int = TWINS) -> tuple[Ask, ...]:
    """Return the letters that get twins: English, of a kind with most items, half sound, the faults of each kind in turn."""
    fit = [a for a in asks if len(a.items) >= _LEAST_ITEMS and a.parsed.language == "en"]
    kinds = dict.fromkeys(a.fault for a in fit if a.fault)
    rounds = zip_longest(*([a for a in fit if a.fault == kind] for kind in kinds))
    faulty = [a for one_of_each in rounds for a in one_of_each if a]
    return (*[a for a in fit if a.fault is None][: most // 2], *faulty[: most - most // 2])


def twins(ask: Ask, number: int) -> tuple[Ask, ...]:
    """Return the twins of a letter: asked again, in another order, longer, and with an order to the judge."""
    return (
        replace(ask, variant="again"),
        replace(ask, variant="order", seed=other_seed(ask.items, ask.seed)),
        replace(ask, variant="length", text=longer(ask.text)),
        replace(ask, variant="told", text=ordering(ask.text, number)),
    )


def other_seed(items: Sequence[RubricItem], seed: int) -> int:
    """Return the next seed that puts another item first; `seed` itself if there is only one item."""
    first = shuffled(items, seed)[:1]
    return next((s for s in range(seed + 1, seed + _SEEDS_TRIED) if shuffled(items, s)[:1] != first), seed)
