"""A text as the lock compares it: its words with their clause, and what a negation covers.

Two words are the same to the lock when they share a stem or a family of `lexicon/actions.v1.yaml`. Nothing here knows
facts or letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from amends.verify.lexicon import keys_of

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
#: (letters that the phrase has, the phrase, the word that stands for it)
_PHRASES = tuple(
    (sign, re.compile(rf"\b{old}\b", re.IGNORECASE), new)
    for sign, old, new in (
        ("no", r"(?:nothing|nobody|no[ -]one|none) (?:but|except|other than)", "only"), ("one", r"no[ -]one", "nobody"), ("stock", "out of stock", "not in stock"),
        ("instead", "instead of", "not"), ("rather", "rather than", "not"), ("fail", r"fail(?:s|ed|ing)? to", "not"), ("neglect", "neglected to", "not"),
        ("omit", r"omitt?(?:s|ed)? to", "not"), ("forg", r"forg[eo]t(?:s|ten)? to", "not"), ("refrain", r"refrain(?:s|ed)? from", "not"), ("lack", r"lack(?:s|ed|ing)?(?: of)?(?: an?)?", "no"),
        ("free of", "free of", "no"), ("absence", r"(?:in the )?absence of", "without"), ("more", "any ?more", "now"), ("back", "pa(?:id|y|ys) back", "refunded"), ("in all", "in all(?=[,.;:)]|$)", "in total"),
        ("any", "not any(?:one|body)", "nobody"), ("times", "two times", "twice"), ("lead time", "lead time", "delivery time"), ("delivery note", "delivery notes?", "delivery-note"), ("lead", r"lead(s?) to", r"cause\1"), ("got", r"has(?:n't| not) got", "has no"),
        ("in ", "in (?:our|my) (?:view|opinion)", "we believe"), ("at all times", "at all times", "always"), ("out", r"(?:left|leaves|leaving) out", "did not include"), ("at once", "at once", "immediately"), ("away", "(?:right|straight) away", "immediately"),
        ("delay", "without (?:any |further )?delay", "immediately"), ("who ", r"(buyers?|customers?) (?:who|that) (?:had |have |has )?(?:bought|purchased|ordered)", r"\1 of"),
        ("sale", "(?:out of|off|from) sale", "offsale"), ("without", "without (?:any |the )?(?:need|having|obligation) to", "not"),
        ("any", "any(?:one|body|thing) (?:but|except|other than)", "other than"), ("single", "not an? single", "no"), ("not one", "not one", "no"), ("not only", "not only", "also"), ("or not", "whether or not", "whether"), ("no ", "no (?:more|later) than", "at most"),
        ("no ", "no (?:less|fewer|earlier) than", "at least"), ("yet to", r"ha(?:s|ve|d) yet to", "not yet"), ("no way", "in no way", "not"), ("exception", "with the exception of", "except for"), ("aside", "aside from", "except for"),
        ("exchange for", "in exchange for", "for"), ("sign", r"sign(?:s|ed)? off(?: on)?", "approved"), ("admitted to", "admitted to", "taken into"), ("no time", "at no time", "never"), ("no point", "at no point", "never"), ("no means", "by no means", "not"),
    )
)  # fmt: skip
_NEGATIONS = frozenset(
    "missing absent zero not no never none neither nor without nobody nothing nowhere cannot unable hardly".split()
)
#: Negations that turn all of their clause, wherever they stand in it.
_WHOLE = frozenset("none nothing nobody missing absent".split())
_CLAUSE = re.compile(
    r"\n+|[,;:.!?()–—]+(?=\s|$|\()|[\"“”]|(?<=\s)\(|\b(?:and|but|while|because|although|though|so|which|who|whose|where|when|whenever|if|until|even|or)\b",
    re.IGNORECASE,
)
_ENDS_NOUN = frozenset("the a an our this that these those no in on at by for from of with to is are was were".split())


class Token(NamedTuple):
    """One word: its small form, its `keys` (stem and families), its place, its clause, whether a negation covers it."""

    word: str
    keys: frozenset[str]
    start: int
    end: int
    clause: int
    negated: bool


def words(text: str) -> list[str]:
    """The words of `text`, lower-cased, straight apostrophes."""
    return [w.lower().replace("’", "'") for w in _WORD.findall(text)]


@lru_cache(maxsize=16384)
def is_negation(word: str) -> bool:
    """Whether `word` turns what follows it into its opposite."""
    return word.removesuffix("'s") in _NEGATIONS or word.endswith("n't")


def is_negated(text: str) -> bool:
    """Whether `text` contains a negation."""
    return any(is_negation(w) for w in words(normal(text)))


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """`text` with phrases that deny put as one word ("no one" -> "nobody", "out of stock" -> "not in stock")."""
    lowered = text.lower()
    for sign, pattern, new in _PHRASES:
        if sign in lowered:
            text = pattern.sub(new, text)
    return text


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of `text` with clause and polarity. Places refer to `normal(text)`."""
    text = normal(text)
    breaks = [m.end() for m in _CLAUSE.finditer(text)]
    found: list[tuple[str, int, int, int]] = []
    clause = 0
    for m in _WORD.finditer(text):
        while clause < len(breaks) and breaks[clause] <= m.start():
            clause += 1
        word = m[0].lower().replace("’", "'")
        found.append(("zero" if word == "0" and _alone(text, m) else word, m.start(), m.end(), clause))
    denied = _denied([f for f in found if not _quoted(text, f[1])]) if '"' in text or "“" in text else _denied(found)
    return tuple(Token(w, keys_of(w), s, e, c, s in denied) for w, s, e, c in found)


def _alone(text: str, digit: re.Match[str]) -> bool:
    """Whether a nought is the number itself, not a part of a figure, a time or a span."""
    return text[digit.start() - 1 : digit.start()] not in (".", ",", ":", "-", "/", "+", "#") and not re.match(
        r"[.,:/-]\d|\s?[%–-]", text[digit.end() : digit.end() + 2]
    )


def _quoted(text: str, at: int) -> bool:
    """Whether the place stands between quotation marks: words that are shown there deny nothing."""
    before = text[:at]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def _denied(found: list[tuple[str, int, int, int]]) -> set[int]:
    """The places of the words that a negation covers: those after it in its clause; after "without" the next noun only."""
    if not any(is_negation(f[0]) for f in found):
        return set()
    whole = {clause for word, _, _, clause in found if word.removesuffix("'s") in _WHOLE}
    denied: set[int] = set()
    under, noun, content_words = -1, False, 0
    for word, start, _, clause in found:
        if noun and content_words and word in _ENDS_NOUN:
            under = -1
        if clause == under or clause in whole:
            denied.add(start)
            content_words += word not in _EMPTY or word == "one"
        if is_negation(word) and (under != clause or noun):
            under, noun, content_words = clause, word == "without", 0
    return denied


class Denial(NamedTuple):
    """One denial: the words it covers, all words of its clause, and all from its clause to the end of the sentence."""

    group: tuple[Token, ...]
    clause: tuple[Token, ...]
    reach: tuple[Token, ...]


_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n")


@lru_cache(maxsize=8192)
def denials(text: str) -> tuple[Denial, ...]:
    """Every denial in `text`, in order."""
    found = tokens(text)
    groups: list[list[Token]] = []
    before: Token | None = None
    for token in found:
        if not token.negated or is_negation(token.word):
            before = before if token.word in _WHOLE else None
            continue
        if before is None or before.clause != token.clause:
            groups.append([])
        groups[-1].append(token)
        before = token
    ends = [m.start() for m in _SENTENCE_END.finditer(normal(text))] if groups else []
    return tuple(_denial(group, found, ends) for group in groups)


def _denial(group: list[Token], found: tuple[Token, ...], ends: list[int]) -> Denial:
    clause = tuple(t for t in found if t.clause == group[0].clause)
    end = next((e for e in ends if e >= group[-1].end), len(found) and found[-1].end)
    return Denial(tuple(group), clause, tuple(t for t in found if clause[0].start <= t.start < end))


_EMPTY = frozenset(
    "the a an and or of to in on at for by with from that this these those it its is its are was were be been being has have had having we our us i my they "
    "their them he she his her as each every all which who whose so not no never none neither nor without nobody nothing cannot do does did done can may "
    "there here then than if when while because although but also any some such only out up into under over after before since until within one".split()
)


def content(tokens_: Iterable[Token]) -> list[Token]:
    """The tokens that carry meaning."""
    return [t for t in tokens_ if is_content(t.word)]


@lru_cache(maxsize=16384)
def is_content(word: str) -> bool:
    """Whether `word` carries meaning: no function word, no negation."""
    return word not in _EMPTY and not is_negation(word)


def overlap(one: str, other: str) -> float:
    """Share of the content words of the shorter text that stand in the other, 0..1."""
    a, b = _weighty(one), _weighty(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def shared_words(one: str, other: str) -> int:
    """How many different content words two texts share."""
    return len(_weighty(one) & _weighty(other))


@lru_cache(maxsize=4096)
def _weighty(text: str) -> frozenset[str]:
    return frozenset(words(text)) - _LITTLE


_LITTLE = frozenset(
    "the a an and or of to in on at for by with from that this these those it its is are was were be been has have had we our us i my they their as "
    "each every all which who so".split()
)
