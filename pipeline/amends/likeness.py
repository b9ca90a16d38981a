"""What a sentence is like: a linear reader of single sentences, for wordings that no list of phrases has.

Its weights are learned by `eval/likeness.py` from sentences written for it and from the phrase lists themselves; they are
data (`prompts/likeness/`), the same on every machine. It only ever points to a sentence that is there, and speaks beside
the lists, not over them: what it says never blocks a letter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from amends.errors import PromptError
from amends.prompting import prompt_root

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

    def points(self, sentence: str) -> dict[str, float]:
        """How sure each class is of a sentence in small letters, about -1 to 1; only those surer than `none` is."""
        return self.of(features(sentence))

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
def likeness(of: Literal["causes", "faults"]) -> Likeness:
    """Return the reader of a notice's causes, or of a letter's faults.

    Raises:
        PromptError: the file is missing or broken; the installation is.
    """
    file = f"likeness/{of}.v1.json"
    try:
        told = json.loads((prompt_root() / file).read_bytes())
        return Likeness(tuple(told["classes"]), tuple(told["bias"]), told["weights"])
    except (OSError, ValueError, KeyError) as error:
        raise PromptError(f"{file} cannot be used: {error}", hint="Install amends again.") from error


def features(sentence: str) -> set[str]:
    """What a sentence in small letters is made of: its words, their beginnings, pairs of words, and short runs of ideographs."""
    text = _NUMBER.sub("0", _ASIN.sub("asin", sentence))
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
