"""What is left, and what stands for the parts just told: "6 hits, of which 4 … and 2 …", "these 6", "the remaining 314"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from amends.evaluate.books import Books
from amends.evaluate.counts import Count, plain
from amends.evaluate.view import Fault, at
from amends.regex import regex

_OF_WHICH = regex(r"^[^.;:()]{0,40}?,? \(?(?:of which|of them|of these|among them|davon|darunter|其中) $")
_THESE = regex(r"(?:^|[;,] |\band )(?:these|all of these|all these|diese) $")
#: Parts below this share of a whole only name some of it.
_NEARLY, _LEAST = 0.75, 3


def remainders(books: Books) -> Iterator[Fault]:
    """Yield a fault for each rest, each "these" and each "of which" that the counts around it do not make."""
    for own in books.of_line.values():
        yield from _of_which(own)
    for count in books.counts:
        yield from _these(books, count)
        yield from _remaining(books, count)


def _of_which(own: Sequence[Count]) -> Iterator[Fault]:
    text = plain(own[0].line)
    for n, whole in enumerate(own[:-2]):
        parts = own[n + 1 :]
        if whole.whole or not _OF_WHICH.match(text[whole.start + len(str(whole.value)) : parts[0].start]):
            continue
        clause = [c for c in parts if not re.search(r"[.;]", text[parts[0].start : c.start])]
        made = sum(c.value for c in clause)
        joined = len(clause) > 1 and re.search(r"\b(?:and|und) $", text[: clause[-1].start])
        if joined and made != whole.value and made >= _NEARLY * whole.value:
            message = f"{' + '.join(str(c.value) for c in clause)} is {made}, not {whole.value}."
            yield at(whole.line, whole.words, message, "Correct the whole or its parts.")


def _these(books: Books, count: Count) -> Iterator[Fault]:
    """ "5 titles … and 1 brand field …; these 6 were corrected": a number that no other place has must be their sum."""
    before = plain(count.line)[: count.start]
    if count.noun or count.value < _LEAST or not _THESE.search(before) or books.elsewhere(count):
        return
    near = [
        c
        for c in (*books.of_line.get(count.at - 1, ()), *books.of_line[count.at])
        if c is not count and c.at <= count.at
    ]
    values = [c.value for c in near if c.at < count.at or c.start < count.start]
    made = {sum(some) for size in (2, 3) for some in combinations(values, size)} | {
        a - b for a in values for b in values
    }
    if len(values) > 1 and count.value not in made:
        yield at(
            count.line,
            count.words,
            f"“these {count.value}”: the counts before are {', '.join(map(str, values))}.",
            "Use their sum, or say which ones are meant.",
            advice=True,
        )


def _remaining(books: Books, count: Count) -> Iterator[Fault]:
    """ "the remaining 314 offers": a whole of them less what was taken away."""
    if not count.rest or count.whole or count.noun is None or count.value < _LEAST or books.elsewhere(count):
        return
    wholes = [
        n for c in books.others(count) if c.noun == count.noun for n in (c.value, c.whole) if n and n > count.value
    ]
    taken = {c.value for c in books.counts if c is not count} | {1}
    made = taken | {a + b for a, b in combinations(sorted(taken)[:40], 2)}
    if wholes and not any(whole - count.value in made for whole in wholes):
        words = f"{wholes[0]} less {wholes[0] - count.value}"
        yield at(
            count.line,
            count.words,
            f"“{count.words}” would be {words}, a number that the letter does not have.",
            "Correct the rest, the whole, or what was taken away.",
            advice=True,
        )
