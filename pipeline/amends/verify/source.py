"""What a sentence may draw from: the facts it names as texts, words and figures, each figure with what stands around it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from amends.schemas import Fact, Metric
from amends.verify import meaning
from amends.verify.atoms import Atom, atoms
from amends.verify.meaning import Denial, Token

#: More seller's facts than this behind one sentence are no proof: only those it speaks of most count.
MOST_FACTS = 4
#: How many words to each side of a figure say what it belongs to.
_NEAR = 5
_FAR = 0.25
_BARE = frozenset({"date", "since", "count", "value", "asins", "orders", "file"})


class Bag(NamedTuple):
    """What stands around a figure: (keys of a word, weight), and the greatest weight of each key."""

    words: tuple[tuple[frozenset[str], float], ...] = ()
    weights: dict[str, float] = {}  # noqa: RUF012  (never written to)


def _bag(words: Iterable[tuple[frozenset[str], float]]) -> Bag:
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


@dataclass(frozen=True, eq=False)
class Source:
    """One fact, or several, as the lock reads them."""

    text: str
    figures: tuple[Figure, ...]
    tokens: tuple[Token, ...]
    keys: frozenset[str]
    spoken: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    ranges: frozenset[tuple[str, str]]
    denials: tuple[Denial, ...]
    foreign: bool = False


@lru_cache(maxsize=2048)
def fact_text(fact: Fact) -> str:
    """All that a fact says, as one text: its value, its quote and every field of its entry, a line each."""
    return "\n".join(dict.fromkeys(text for _, text in _parts(fact)))


def _parts(fact: Fact) -> list[tuple[str, str]]:
    """(field, words) of all that a fact says."""
    parts: list[tuple[str, str]] = [("text", fact.quote)]
    if isinstance(fact.value, Metric):
        unit = fact.unit or ""
        parts.append(("text", fact.value.name.replace("_", " ")))
        parts += [
            ("text", f"{figure(v)} {unit}".strip()) for v in (fact.value.value, fact.value.target) if v is not None
        ]
    else:
        parts.append(("text", fact.value if isinstance(fact.value, str) else figure(fact.value)))
    for name, value in fact.item or ():
        if name in ("list", "cause", "status") or value in (None, ()):
            continue
        if name == "value" and fact.unit:
            parts.append(("text", f"{value if isinstance(value, str) else f'{value:.2f}'} {fact.unit}"))
        parts.append(
            (name, " ".join(value) if isinstance(value, tuple) else value if isinstance(value, str) else figure(value))
        )
    parts.append(("unit", fact.unit or ""))
    return [(name, text) for name, text in parts if text]


def figure(value: float | int) -> str:
    """A number as a text without needless zeros."""
    return str(int(value)) if float(value).is_integer() else f"{value:.10g}"


@lru_cache(maxsize=2048)
def of_fact(fact: Fact) -> Source:
    """One fact as a source."""
    parts = _parts(fact)
    figures = [f for name, text in dict.fromkeys(parts) for f in figures_of(text, bare=name in _BARE)]
    whole = _bag((t.keys, _FAR) for t in meaning.content(meaning.tokens(fact.quote)))
    figures = [f._replace(bag=whole) if f.bare and f.atom.kind == "date" else f for f in figures]
    figures = [_labelled(f, fact, figures) for f in figures]
    return _source("\n".join(dict.fromkeys(meaning.normal(t) for _, t in parts)), figures)


def _labelled(figure: Figure, fact: Fact, figures: list[Figure]) -> Figure:
    """A count that the entry's text does not hold is what the text's first clause counts ("Units sold of B0…", count 214)."""
    if (
        fact.kind != "statement"
        or not figure.bare
        or figure.atom.kind != "number"
        or any(not f.bare and f.atom.value == figure.atom.value for f in figures)
    ):
        return figure
    label = [t for t in meaning.content(meaning.tokens(fact.quote)) if t.clause == 0]
    return figure._replace(bag=_bag((t.keys, 2 * _FAR) for t in label))


def _source(text: str, figures: Iterable[Figure]) -> Source:
    found = meaning.tokens(text)
    return Source(
        text=text,
        figures=tuple(figures),
        tokens=found,
        keys=frozenset(k for t in found for k in t.keys),
        spoken=frozenset(t.word for t in found),
        pairs=pairs(text),
        ranges=ranges(text),
        denials=meaning.denials(text),
        foreign=meaning.is_foreign(text),
    )


@lru_cache(maxsize=4096)
def of_text(text: str) -> Source:
    """A sentence as a source, to be held against another one."""
    return _source(meaning.normal(text), figures_of(text))


def together(sources: Iterable[Source]) -> Source:
    """Several sources as one."""
    all_ = list(sources)
    if len(all_) == 1:
        return all_[0]
    starts = list(itertools.accumulate((len(s.text) + 1 for s in all_), initial=0))
    return Source(
        text="\n".join(s.text for s in all_),
        figures=tuple(f._replace(fact=n) for n, s in enumerate(all_) for f in s.figures),
        tokens=tuple(_moved(t, n, starts[n]) for n, s in enumerate(all_) for t in s.tokens),
        keys=frozenset().union(*(s.keys for s in all_)),
        spoken=frozenset().union(*(s.spoken for s in all_)),
        pairs=frozenset().union(*(s.pairs for s in all_)),
        ranges=frozenset().union(*(s.ranges for s in all_)),
        denials=tuple(
            Denial(*(tuple(_moved(t, n, starts[n]) for t in part) for part in d))
            for n, s in enumerate(all_)
            for d in s.denials
        ),
        foreign=bool(all_) and all(s.foreign for s in all_),
    )


def _moved(token: Token, number: int, by: int) -> Token:
    """A word of the source with this `number` where it stands in all of them."""
    word, keys, start, end, clause, negated = token
    return Token(word, keys, start + by, end + by, clause + 1000 * number, negated)


def relevant(sentence: Source, cited: Iterable[Fact]) -> list[Fact]:
    """The cited facts that the sentence speaks of: naming a fact does not lend a sentence its figures.

    A notice's value counts always; of the seller's facts those that share a word, the closest `MOST_FACTS` of them.
    """
    said = {k for t in meaning.content(sentence.tokens) for k in t.keys}
    ranked: list[tuple[int, Fact]] = []
    kept: list[Fact] = []
    for fact in cited:
        if fact.source == "notice" or of_fact(fact).foreign:
            kept.append(fact)
            continue
        known = {k for t in meaning.content(of_fact(fact).tokens) for k in t.keys}
        ranked.append((len(said & known), fact))
    ranked.sort(key=lambda pair: -pair[0])
    return kept + [fact for shared, fact in ranked[:MOST_FACTS] if shared or len(ranked) == 1]


# --- figures and what stands around them ------------------------------------------------------------------------------

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
    return _bag(near)


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
    return m.lastgroup if m else None


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
