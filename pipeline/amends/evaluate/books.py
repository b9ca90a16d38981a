"""All counts of a letter together: what else is told of the same thing, and what a number can be made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import combinations

from amends.evaluate.counts import WORDED, Count, counts_of, number, plain
from amends.evaluate.view import View

_ALL = re.compile(rf"(?<![a-z\d.,/-])(\d[\d,]*)(?![a-z\d/-]|[.,]\d)|\b({WORDED})\b")


class Books:
    """The counts of a letter and all numbers in it, with what can be made of them."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.counts = counts_of(view)

    @cached_property
    def of_line(self) -> dict[int, list[Count]]:
        """Number of a line -> its counts; a line without any is not there."""
        lines: dict[int, list[Count]] = {}
        for count in self.counts:
            lines.setdefault(count.at, []).append(count)
        return lines

    @cached_property
    def said(self) -> dict[int, list[tuple[int, int]]]:
        """Each number -> where it stands: (number of its line, offset); the subject is line -1."""
        places: dict[int, list[tuple[int, int]]] = {}
        texts = [(-1, self.view.letter.subject.lower()), *((n, plain(line)) for n, line in enumerate(self.view.lines))]
        for at, text in texts:
            for found in _ALL.finditer(text):
                places.setdefault(number(found[1] or found[2]), []).append((at, found.start()))
        return places

    @cached_property
    def values(self) -> tuple[int, ...]:
        """All numbers that count something: values, wholes, and those of the subject."""
        counted = [c.value for c in self.counts] + [c.whole for c in self.counts if c.whole]
        subject = [v for v, places in self.said.items() if any(at == -1 for at, _ in places)]
        return tuple(dict.fromkeys((*counted, *subject)))

    def elsewhere(self, count: Count) -> bool:
        """Whether the number of a count stands at another place too."""
        here = (count.at, count.start)
        return any(place != here for place in self.said.get(count.value, ()))

    def others(self, count: Count) -> list[Count]:
        """The other counts of the same noun, and those without one in its section."""
        return [
            c
            for c in self.counts
            if c is not count
            and (
                (c.noun is not None and c.noun == count.noun)
                or (c.noun is None and c.line.section is count.line.section)
            )
        ]

    def just_before(self, first: Count, second: Count) -> bool:
        """Whether one count stands in the sentence of another, or in one of the two before it, of the same section."""
        gap = second.at - first.at
        return first.line.section is second.line.section and (0 < gap <= 2 or (gap == 0 and first.start < second.start))

    def made_of(self, value: int, counts: Sequence[Count]) -> bool:
        """Whether `value` is made of others: groups added that were told apart, parts of one whole added, a rest, or n of each."""
        fresh = {c.value for c in counts if c.whole is None and not c.definite and c.value}
        sets = [
            fresh,
            *({c.value for c in counts if c.whole == whole} for whole in {c.whole for c in counts if c.whole}),
        ]
        if any(sum(some) == value for one in sets for size in (2, 3) for some in combinations(sorted(one)[:25], size)):
            return True
        numbers = {n for c in counts for n in (c.value, c.whole) if n}
        each = [c.value for c in counts if re.search(r"\b(?:each|per|every)\b|\bje\b|每", c.line.low)]
        return any(a - b == value for a in numbers for b in numbers) or any(
            a * b == value for a in each for b in numbers | set(range(2, 13)) if b > 1
        )
