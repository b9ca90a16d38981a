"""What a sentence may draw from: the facts it names as texts, words and figures, each figure with what stands around it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from amends.schemas import Fact, Metric
from amends.verify import foreign, meaning
from amends.verify.atoms import Atom
from amends.verify.figures import Bag, Figure, bag, figures_of, pairs, ranges
from amends.verify.meaning import Denial, Token

#: More seller's facts than this behind one sentence are no proof: only those it speaks of most count.
MOST_FACTS = 4
_FAR = 0.25
_BARE = frozenset({"date", "since", "count", "value", "asins", "orders", "file"})


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

    @cached_property
    def clauses(self) -> list[list[Token]]:
        """The words, clause by clause."""
        clauses: dict[int, list[Token]] = {}
        for token in self.tokens:
            clauses.setdefault(token.clause, []).append(token)
        return list(clauses.values())

    @cached_property
    def free(self) -> tuple[Token, ...]:
        """The words that are no part of a figure, an id or a name."""
        inside = {place for f in self.figures for place in range(f.atom.start, f.atom.end)}
        return tuple(t for t in self.tokens if t.start not in inside)

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Key -> the places in `tokens` of the words that have it."""
        places: dict[str, list[int]] = {}
        for n, token in enumerate(self.tokens):
            for key in token.keys:
                places.setdefault(key, []).append(n)
        return places

    @cached_property
    def affirmed(self) -> frozenset[str]:
        """The keys of the words that no negation covers."""
        return frozenset(k for t in self.tokens if not t.negated for k in t.keys)


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
    whole = bag((t.keys, _FAR) for t in meaning.content(meaning.tokens(fact.quote)))
    figures = [f._replace(bag=whole) if f.bare and f.atom.kind == "date" else f for f in figures]
    figures = [_labelled(f, fact, figures) for f in figures]
    figures += _in_words(fact.quote)
    texts = [t for _, t in parts]
    if getattr(fact.item, "count", None) == 0:
        texts.append(f"no {fact.quote}")
    return _source("\n".join(dict.fromkeys(meaning.normal(t) for t in texts)), figures)


def _in_words(text: str) -> list[Figure]:
    """The figures that a Chinese or German fact writes in words."""
    found = foreign.numbers(text) if foreign.is_foreign(text) else ()
    return [Figure(Atom("number", v, text[s:e], s, e), foreign.unit_after(text, e), Bag()) for v, s, e in found]


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
    return figure._replace(bag=bag((t.keys, 2 * _FAR) for t in label))


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
        foreign=foreign.is_foreign(text),
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
