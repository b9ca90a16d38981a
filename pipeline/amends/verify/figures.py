"""The hard parts of a text as figures: each with its unit, and with what stands around it in its clause."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from amends.verify import foreign, meaning
from amends.verify.atoms import Atom, atoms

#: How many words to each side of a figure say what it belongs to.
_NEAR = 5


class Bag(NamedTuple):
    """What stands around a figure: (keys of a word, weight), and the greatest weight of each key."""

    words: tuple[tuple[frozenset[str], float], ...] = ()
    weights: dict[str, float] = {}  # noqa: RUF012  (never written to)


def bag(words: Iterable[tuple[frozenset[str], float]]) -> Bag:
    """The bag of these (keys, weight)."""
    weights: dict[str, float] = {}
    found = tuple(words)
    for keys, weight in found:
        for key in keys:
            if weights.get(key, 0.0) < weight:
                weights[key] = weight
    return Bag(found, weights)


class Figure(NamedTuple):
    """A hard part with what stands around it in its clause: (keys of a word, weight by nearness 0..1).

    A `bare` one stands alone in its field; the day of an entry has all words of the entry around it, with little weight.
    `fact` tells the facts of one sentence apart.
    """

    atom: Atom
    unit: str | None
    bag: Bag
    bare: bool = False
    fact: int = 0


_UNIT = re.compile(
    r"[\s-]?(?:(?P<pct>%|per\s?cent\b)|(?P<usd>USD\b|US dollars?\b|dollars?\b|\$)|(?P<eur>EUR\b|euros?\b|€)|(?P<gbp>GBP\b|pounds?\b|£)|(?P<cny>CNY\b|RMB\b|yuan\b)"
    r"|(?:working[\s-]|business[\s-]|calendar[\s-])?(?:(?P<day>days?)|(?P<hour>hours?|h)|(?P<minute>minutes?|min)|(?P<second>seconds?|secs?)|(?P<week>weeks?)|(?P<month>months?)|(?P<year>years?)"
    r"|(?P<kg>kg)|(?P<g>g|grams?)|(?P<cm>cm)|(?P<mm>mm)|(?P<m>m|metres?|meters?)|(?P<ml>ml)|(?P<l>l|litres?|liters?))\b)",
    re.IGNORECASE,
)
_CURRENCY_BEFORE = re.compile(
    r"(?:(?P<usd>USD|US\$|\$)|(?P<eur>EUR|€)|(?P<gbp>GBP|£)|(?P<cny>CNY|RMB|¥))\s?$", re.IGNORECASE
)
#: Units of which a figure must never change from or into none.
EXACT_UNITS = frozenset({"pct", "usd", "eur", "gbp", "cny"})
_OF = re.compile(r"\s(?:of|out of)\s(?:(?:the|these|those|our|all|about)\s){0,2}$")
_TO = re.compile(r"\s?(?:\w+\s)?to\s$")


@lru_cache(maxsize=8192)
def figures_of(text: str, *, bare: bool = False) -> tuple[Figure, ...]:
    """The hard parts of `text` in its normal form, each with its unit and its surroundings."""
    text = meaning.normal(text)
    found = atoms(text)
    if bare:
        return tuple(Figure(a, _unit(a, text), Bag(), bare=True) for a in found)
    marks = _marked(text, found)
    return tuple(Figure(a, _unit(a, text), _around(a, marks)) for a in found)


def _marked(text: str, found: tuple[Atom, ...]) -> list[tuple[Atom | None, frozenset[str], int]]:
    """Words and hard parts in order: the part or None, its keys, its clause."""
    marks: list[tuple[Atom | None, frozenset[str], int]] = []
    at = 0
    for token in meaning.tokens(text):
        while at < len(found) and found[at].end <= token.start:
            at += 1
        if at < len(found) and found[at].start <= token.start:
            if not marks or marks[-1][0] is not found[at]:
                marks.append((found[at], frozenset({f"#{found[at].value}"}), token.clause))
        elif meaning.is_content(token.word):
            marks.append((None, token.keys, token.clause))
    return marks


def _around(atom: Atom, marks: list[tuple[Atom | None, frozenset[str], int]]) -> Bag:
    at = next((n for n, m in enumerate(marks) if m[0] is atom), None)
    if at is None:
        return Bag()
    clause = marks[at][2]
    near = []
    for n in range(max(0, at - _NEAR), min(len(marks), at + _NEAR + 1)):
        if n != at and marks[n][2] == clause and (marks[n][0] is None or marks[n][0].kind == "number"):  # type: ignore[union-attr]
            near.append((marks[n][1], 1 / abs(n - at)))
    return bag(near)


def likeness(one: Figure, other: Figure) -> tuple[float, int]:
    """How much of what stands around one figure stands around the other (the nearest words weigh most), and in how many words."""
    get = other.bag.weights.get
    total, words = 0.0, 0
    for keys, weight in one.bag.words:
        there = max([get(key, 0.0) for key in keys], default=0.0)
        if there:
            total += min(weight, there)
            words += 1
    return total, words


def _unit(atom: Atom, text: str) -> str | None:
    if atom.kind != "number":
        return None
    m = _UNIT.match(text, atom.end) or _CURRENCY_BEFORE.search(text[max(0, atom.start - 5) : atom.start])
    return m.lastgroup if m else foreign.unit_after(text, atom.end)


def _neighbours(text: str) -> Iterable[tuple[Atom, Atom]]:
    counts = [a for a in atoms(text) if a.kind == "number"]
    return itertools.pairwise(counts)


@lru_cache(maxsize=8192)
def pairs(text: str) -> frozenset[tuple[str, str]]:
    """(part, whole) of every "25 of 410" in `text`."""
    return frozenset((a.value, b.value) for a, b in _neighbours(text) if _OF.fullmatch(text[a.end : b.start]))


@lru_cache(maxsize=8192)
def ranges(text: str) -> frozenset[tuple[str, str]]:
    """(from, to) of every "from 1 to 4" in `text`."""
    return frozenset(
        (a.value, b.value)
        for a, b in _neighbours(text)
        if _TO.fullmatch(text[a.end : b.start]) and re.search(r"\bfrom $", text[: a.start])
    )
