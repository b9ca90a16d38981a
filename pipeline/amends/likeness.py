"""What a sentence is like: a linear reader of single sentences, for wordings that no cue has.

Its weights are learned by `eval/likeness.py` from sentences written for it and from the cues themselves; they are data
(`likeness.v1.json`), the same on every machine. It only ever points to a sentence that stands in the notice, and speaks
beside the cues, not over them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from amends.errors import PromptError
from amends.prompting import prompt_root

FILE = "likeness.v1.json"
#: Weights are kept as whole numbers, so many to 1.
SCALE = 1000

_WORD = re.compile(r"[^\W_\u2e80-\U0010ffff]+")
_IDEOGRAPHS = re.compile(r"[\u2e80-\U0010ffff]+")
_ASIN = re.compile(r"\bb0[a-z0-9]{8}\b")
_NUMBER = re.compile(r"\d+")
#: Beginnings of a long word that stand for its forms: "deliver" for "delivered" and "delivery".
_BEGINNINGS = (4, 6, 8)
#: Neighbouring ideographs that are taken together, at most.
_LONGEST_RUN = 3


@dataclass(frozen=True)
class Likeness:
    """The weights: per feature its rarity, then pairs of class number and weight, all as whole numbers."""

    classes: tuple[str, ...]
    bias: tuple[int, ...]
    weights: dict[str, list[int]]

    def points(self, folded: str) -> dict[str, float]:
        """How sure each class but `none` is of a folded sentence, above being none of them; about -1 to 1 each."""
        return self.of(features(folded))

    def of(self, found: Iterable[str]) -> dict[str, float]:
        """The same for the features of a sentence."""
        sums, square = [0] * len(self.classes), 0
        for feature in found:
            row = self.weights.get(feature)
            if row is not None:
                rarity = row[0]
                square += rarity * rarity
                for at in range(1, len(row), 2):
                    sums[row[at]] += rarity * row[at + 1]
        if not square:
            return {}
        length = square**0.5
        points = [(s / length + b) / SCALE for s, b in zip(sums, self.bias, strict=True)]
        return {c: p for c, p in zip(self.classes, points, strict=True) if p > points[0]}


@cache
def causes_told() -> Likeness:
    """Return the reader of causes.

    Raises:
        PromptError: the file is missing or broken; the installation is.
    """
    try:
        told = json.loads((prompt_root() / FILE).read_bytes())
        return Likeness(tuple(told["classes"]), tuple(told["bias"]), told["weights"])
    except (OSError, ValueError, KeyError) as error:
        raise PromptError(f"{FILE} cannot be used: {error}", hint="Install amends again.") from error


def features(folded: str) -> set[str]:
    """What a folded sentence is made of: its words, their beginnings, pairs of words, and short runs of ideographs."""
    text = _NUMBER.sub("0", _ASIN.sub("asin", folded))
    words = _WORD.findall(text)
    found = set(words)
    found.update(f"<{w[:n]}" for w in words for n in _BEGINNINGS if len(w) > n)
    found.update(f"{a} {b}" for a, b in pairwise(words))
    found.update(_runs(text))
    return found


def _runs(text: str) -> Iterator[str]:
    for match in _IDEOGRAPHS.finditer(text):
        run = match.group()
        for size in range(1, _LONGEST_RUN + 1):
            for at in range(len(run) - size + 1):
                yield run[at : at + size]
