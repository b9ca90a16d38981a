"""What speaks for each situation of one cause: cues, words for its concepts, and words of its own text.

Only what tells the situations of the cause apart counts: what all of them share weighs nothing, what one alone has
weighs most. What the seller denies ("we never paid testers") weighs a third.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from amends.patterns import Pattern
from amends.retrieve.concepts import concept
from amends.retrieve.words import Told, is_chinese, phrase, spoken, stems, tokens

_DENIED = 0.3
_SIDE_CONCEPT = 0.7  # of a concept that is not the situation's first
_MOST_OF_CONCEPTS = 5.0
_TEXT = 0.9
#: What a word weighs by where the pattern has it: its situation says most of it, its menu least.
_FIELDS = {"situation": 1.0, "cues": 0.8, "roots": 0.7, "moves": 0.4, "questions": 0.4}


class Evidence(NamedTuple):
    """What speaks for one situation: the score, 0 and up, and the seller's words that made it."""

    score: float
    cues: tuple[str, ...] = ()
    concepts: Mapping[str, str] = MappingProxyType({})
    """Each word for a concept, with what it means."""
    words: tuple[str, ...] = ()


class _Heard(NamedTuple):
    """A word for a concept that stands in the seller's texts."""

    weight: float
    word: str
    means: str


def weigh(told: Sequence[Told], patterns: Sequence[Pattern]) -> list[Evidence]:
    """Return the evidence in the seller's texts for each of the patterns, which are those of one cause."""
    cues = [_cue_weights(told, p.cues.all) for p in patterns]
    concepts = [_concept_weights(told, p.concepts) for p in patterns]
    shares = _shares([{form: heard.weight for form, heard in found.items()} for found in concepts])
    words = [_text_weights(p) for p in patterns]
    said = _said(told)
    common = _shares([{t: own[t] * said[t][0] for t in said if t in own} for own in words])
    return [
        Evidence(
            score=sum(c.values()) + min(sum(s.values()), _MOST_OF_CONCEPTS) + _TEXT * sum(w.values()),
            cues=tuple(c),
            concepts={found[form].word: found[form].means for form in s if s[form] > 0},
            words=_heaviest(w, said),
        )
        for c, s, w, found in zip(cues, shares, common, concepts, strict=True)
    ]


def length_weight(cues: Iterable[str]) -> float:
    """Longer cues say more (the square root keeps one from outweighing several); inflections of one count once."""
    each = {phrase(c): math.sqrt(max(1, len(c) - 1) if is_chinese(c) else len(stems(c))) for c in cues}
    return sum(each.values())


def word_scores(text: str, documents: Sequence[tuple[str, ...]]) -> list[float]:
    """How much of the words of `text` each of the texts has that not all of them have."""
    said = set(tokens(text))
    shares = _shares([dict.fromkeys(said & _token_set(d), 1.0) for d in documents])
    return [round(sum(s.values()), 6) for s in shares]  # a set's order must not decide a tie


@lru_cache(maxsize=512)
def _token_set(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(token for text in texts for token in tokens(text))


def _cue_weights(told: Sequence[Told], cues: tuple[str, ...]) -> dict[str, float]:
    """Each cue found, with the weight of the weightiest text that has it; inflections of one count once."""
    heard = _heard(told, cues)
    first = {phrase(cue): cue for cue in reversed(heard)}
    return {cue: heard[cue] * length_weight((cue,)) for cue in reversed(first.values())}


def _heard(told: Sequence[Told], cues: tuple[str, ...]) -> dict[str, float]:
    """Each cue found, with the weight of the weightiest text that has it; what a text denies weighs less."""
    heard: dict[str, float] = {}
    for text in told:
        for cue in text.found(cues):
            heard[cue] = max(heard.get(cue, 0.0), text.weight * (_DENIED if text.denies(cue) else 1.0))
    return heard


def _concept_weights(told: Sequence[Told], names: Sequence[str]) -> dict[str, _Heard]:
    """Each word for a concept of the situation, with its weight and what it means; the longest where several overlap."""
    found: dict[str, _Heard] = {}
    for place, name in enumerate(names):
        known = concept(name)
        for word, heaviest in _heard(told, known.words).items():
            weight = heaviest * length_weight((word,)) * (_SIDE_CONCEPT if place else 1.0)
            found.setdefault(phrase(word.rstrip("*")), _Heard(weight, word.rstrip("*"), known.means))
    return {f: w for f, w in found.items() if not any(f != other and f in other for other in found)}


def _said(told: Sequence[Told]) -> dict[str, tuple[float, str]]:
    """Each token of the seller's texts, with its weight and the word as written."""
    said: dict[str, tuple[float, str]] = {}
    for text in told:
        written = spoken(text.text)
        for token in dict.fromkeys(tokens(text.text)):
            weight = text.weight * (_DENIED if token in text.negated else 1.0)
            if weight > said.get(token, (0.0, ""))[0]:
                said[token] = (weight, written.get(token, ""))
    return said


def _text_weights(pattern: Pattern) -> Mapping[str, float]:
    moves = (*pattern.moves.corrective, *pattern.moves.preventive)
    asked = (text for q in pattern.questions for text in (q.text, q.text_zh))
    return _weighted(
        (pattern.situation, "\n".join(pattern.cues.all), "\n".join(pattern.true_roots)),
        ("\n".join(m.text for m in moves), "\n".join(asked)),
    )


@lru_cache(maxsize=512)
def _weighted(telling: tuple[str, str, str], menu: tuple[str, str]) -> Mapping[str, float]:
    """Each token of a pattern's text with the weight of the weightiest field that has it."""
    weights: dict[str, float] = {}
    for text, weight in sorted(zip((*telling, *menu), _FIELDS.values(), strict=True), key=lambda pair: pair[1]):
        weights |= dict.fromkeys(tokens(text), weight)
    return weights


def _shares(found: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """The weights, times how well the word tells the situations apart: 0 when all have it, 1 when one has."""
    if len(found) < 2:
        return [dict(weights) for weights in found]
    holding: dict[str, int] = {}
    for weights in found:
        for word in weights:
            holding[word] = holding.get(word, 0) + 1
    scale = math.log(len(found))
    apart = {word: math.log(len(found) / count) / scale for word, count in holding.items()}
    return [{word: weight * apart[word] for word, weight in sorted(weights.items())} for weights in found]


def _heaviest(weights: Mapping[str, float], said: Mapping[str, tuple[float, str]], most: int = 5) -> tuple[str, ...]:
    named = [t for t, weight in weights.items() if weight > 0 and said[t][1]]
    return tuple(said[t][1] for t in sorted(named, key=lambda t: -weights[t])[:most])
