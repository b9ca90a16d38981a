"""The soft parts that must not change either: actions, their status, scope words and polarity."""

from __future__ import annotations

import re
from functools import cache

from amends.data import load_yaml

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_FUTURE = re.compile(
    r"\b(?:will|shall|going to|plan(?:s|ned)?(?: to| for)?|intend(?:s|ed)? to|to be \w+ed|scheduled|is due|are due|from \d{1,2} \w+ 20\d\d onwards?)\b|\bby \d{1,2} [A-Z]\w+|won't",
    re.IGNORECASE,
)
_UNDER_WAY = re.compile(r"\b(?:under way|underway|in progress|is being|are being|(?:am|is|are) (?:now |currently |still )?\w+ing|continu\w+|started|began|so far|not yet)\b", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:not|no|never|none|neither|nor|without|nobody|nothing|nowhere|cannot|unable|failed to)\b|n['’]t\b", re.IGNORECASE)


def words(text: str) -> list[str]:
    """The words of `text`, lower-cased, straight apostrophes."""
    return [w.lower().replace("’", "'") for w in _WORD.findall(text)]


@cache
def _families(name: str) -> dict[str, frozenset[str]]:
    """Word form -> the families it belongs to, from `lexicon/actions.v1.yaml`."""
    table: dict[str, set[str]] = {}
    for family, forms in load_yaml("lexicon/actions.v1.yaml")[name].items():
        for form in forms:
            table.setdefault(form, set()).add(family)
    return {form: frozenset(families) for form, families in table.items()}


def actions(text: str) -> dict[str, str]:
    """The families of action verbs in `text`, each with the word that says it."""
    table = _families("actions")
    return {family: word for word in words(text) for family in table.get(word, ())}


def scope(text: str) -> dict[str, str]:
    """The families of scope words ("all", "immediately") in `text`, each with the word that says it."""
    table = _families("scope")
    return {family: word for word in words(text) for family in table.get(word, ())}


def is_future(text: str) -> bool:
    """Whether `text` speaks of something still to come."""
    return bool(_FUTURE.search(text))


def is_under_way(text: str) -> bool:
    """Whether `text` speaks of something begun and not finished."""
    return bool(_UNDER_WAY.search(text))


def is_negated(text: str) -> bool:
    """Whether `text` contains a negation."""
    return bool(_NEGATION.search(text))


_EMPTY = frozenset(
    "the a an and or of to in on at for by with from that this these those it its is are was were be been has have had we our us i my they their as "
    "each every all which who so".split()
)


def overlap(one: str, other: str) -> float:
    """Share of the content words of the shorter text that stand in the other, 0..1."""
    a, b = set(words(one)) - _EMPTY, set(words(other)) - _EMPTY
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def shared_words(one: str, other: str) -> int:
    """How many different content words two texts share."""
    return len((set(words(one)) & set(words(other))) - _EMPTY)
