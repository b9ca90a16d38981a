"""Rank the pattern library for a notice and the seller's story, and say in plain words what matched.

Several scores (cue words in the story, cue words in the notice, BM25 of either, embeddings if given) are each brought to
0–1 within the cause and added, the story's weighing most: the notice names the cause, the story tells the situation.
Reciprocal ranks were tried: with a handful of situations they let one chance word outrank a clear match.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from amends.patterns import Pattern
from amends.schemas import Enforcement, Fact, Notice, PatternMatch

Told = tuple[str, float]
"""A text of the seller and what it weighs, 0–1."""

Similar = Callable[[str, Sequence[str]], Sequence[float]]
"""Similarity of a query to each document, higher is nearer; from an embedding model."""

_WORD = re.compile(r"[a-zà-ÿ0-9]+|[㐀-鿿]+")
_SUFFIXES = ("ings", "ing", "ies", "ied", "ed", "es", "en", "s", "e", "y")
_K1, _B = 1.2, 0.75  # BM25's usual values
_STOP = frozenset(
    """a about after again all also am an and any are as at be because been before being both but by can could did do does
    every for from get give got had has have he her him his how if in into is it its just last like made make many may me
    more most much my no not now of off on one only or other our out over own put said same say see send sent she show
    since so some still such than that the their them then there these they this those time to too two up us use very was
    we well went were what when where which while who why will with would year you your
    aber alle als am an auch auf aus bei bin bis da das dass dem den der des die dies diese dieser durch ein eine einem
    einen einer es für hat habe haben hatte ich ihr im in ist kein keine mit nach nicht noch nur oder schon sehr sich sie
    sind so um und uns unser unsere vom von war waren was weil wenn wer wie wir wird wo wurde wurden zu zum zur""".split()
)
_SIDE_CAUSE = 0.4
_WEIGHTS = {"story cues": 3.0, "story words": 3.0, "notice cues": 0.3, "notice words": 0.1, "similar": 3.0}


def retrieve(
    enforcement: Enforcement,
    notice: Notice,
    story: str,
    facts: tuple[Fact, ...],
    patterns: Sequence[Pattern],
    *,
    similar: Similar | None = None,
) -> tuple[PatternMatch, ...]:
    """Return one ranked list per cause found, joined in the order of the causes; `score` counts within a cause only."""
    told = _told(story, facts)
    mail = f"{notice.subject or ''}\n{notice.text}"
    ranked: list[PatternMatch] = []
    for cause in dict.fromkeys(enforcement.all_causes):
        candidates = [p for p in patterns if p.cause == cause]
        ranked += _rank(candidates, told, mail, similar)
    return tuple(ranked)


def _told(story: str, facts: Sequence[Fact]) -> list[Told]:
    """The story and the seller's causes (the remedies only when no cause is named), with their weights.

    An entry that explains less than half as many orders as the largest one is a side cause and weighs less.
    """
    own = [f for f in facts if f.source == "seller" and f.item is not None]
    reasons = [f for f in own if f.kind in ("cause", "statement")]
    counts = [f.item.count or 0 for f in own if f.item and f.kind == "cause"]
    largest = max(counts, default=0)
    told = [(story, 1.0)] if story.strip() else []
    for fact in reasons or own:
        count = fact.item.count if fact.item and fact.kind == "cause" else None
        told.append((fact.quote, _SIDE_CAUSE if count is not None and 2 * count < largest else 1.0))
    return told


def cues_in(text: str, cues: Iterable[str]) -> tuple[str, ...]:
    """Return those of `cues` that stand in `text`, whatever their inflection."""
    stems = f" {' '.join(_stems(text))} "
    return tuple(cue for cue in cues if _holds(text, stems, cue))


def _rank(patterns: list[Pattern], told: list[Told], mail: str, similar: Similar | None) -> list[PatternMatch]:
    if not patterns:
        return []
    story = "\n".join(text for text, _ in told)
    weighted = [_weighted_cues(told, p.cues.all) for p in patterns]
    mail_cues = [cues_in(mail, p.cues.all) for p in patterns]
    words = [_tokens(p.searchable) for p in patterns]
    scored = {
        "story cues": [sum(weights.values()) for weights in weighted],
        "notice cues": [_weight(cues) for cues in mail_cues],
        "story words": _bm25(_tokens(story), words),
        "notice words": _bm25(
            _tokens(mail), [_tokens(" ".join(p.cues.all)) for p in patterns]
        ),  # of the rest, chance decides
    }
    if similar is not None:
        scored["similar"] = [max(s, 0.0) for s in similar(story or mail, [p.searchable for p in patterns])]
    scores = _fuse(scored, len(patterns))
    shared = _shared_words(story, words)
    matches = [
        PatternMatch(
            pattern_id=p.id,
            cause=p.cause,
            situation=p.situation,
            score=round(score, 4),
            why=_why(tuple(spoken), mailed, common),
        )
        for p, score, spoken, mailed, common in zip(patterns, scores, weighted, mail_cues, shared, strict=True)
    ]
    usual = {p.id: p.usual_rank for p in patterns}
    return sorted(matches, key=lambda m: (-m.score, usual[m.pattern_id], m.pattern_id))


def _why(story_cues: Sequence[str], mail_cues: Sequence[str], words: Sequence[str]) -> tuple[str, ...]:
    lines = [("story", story_cues), ("notice", mail_cues), ("words in common", () if story_cues else words)]
    return tuple(f"{label}: {', '.join(f'“{cue}”' for cue in cues)}" for label, cues in lines if cues)


def _weighted_cues(told: Sequence[Told], cues: Iterable[str]) -> dict[str, float]:
    """Each cue found, with the weight of the weightiest text that has it."""
    found: dict[str, float] = {}
    cues = tuple({_phrase(cue): cue for cue in reversed(tuple(cues))}.values())[::-1]  # inflections of one count once
    for text, weight in told:
        for cue in cues_in(text, cues):
            found[cue] = max(found.get(cue, 0.0), weight * _weight((cue,)))
    return found


@lru_cache(maxsize=20_000)
def _phrase(cue: str) -> str:
    """The cue in the form in which cues are compared: Chinese as it is, else its stems between blanks."""
    return cue if _is_chinese(cue) else f" {' '.join(_stems(cue))} "


def _weight(cues: Iterable[str]) -> float:
    """Longer cues say more (the square root keeps one from outweighing several); inflections of one count once."""
    each = {_phrase(cue): math.sqrt(len(_tokens(cue) if _is_chinese(cue) else _stems(cue))) for cue in cues}
    return sum(each.values())


def _fuse(scored: dict[str, list[float]], size: int) -> list[float]:
    fused = [0.0] * size
    for name, scores in scored.items():
        low = min(scores) if name == "similar" else 0.0  # likenesses of texts on one subject lie close together
        span = max(scores) - low
        for index, score in enumerate(scores):
            fused[index] += _WEIGHTS[name] * (score - low) / span if span > 0 else 0.0
    return fused


def _bm25(query: Sequence[str], documents: Sequence[Sequence[str]]) -> list[float]:
    counts = [Counter(d) for d in documents]
    mean = sum(len(d) for d in documents) / len(documents)
    scores = [0.0] * len(documents)
    for term in set(query):
        holding = sum(term in c for c in counts)
        if not 0 < holding < len(documents):
            continue  # a word that every situation has tells none apart
        weight = math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
        for index, count in enumerate(counts):
            tf, length = count[term], len(documents[index]) / mean
            scores[index] += weight * tf * (_K1 + 1) / (tf + _K1 * (1 - _B + _B * length))
    return [round(s, 6) for s in scores]  # a set's order must not decide a tie


def _shared_words(story: str, documents: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Per document, up to five of the story's words that it has and not every document has."""
    sets = [set(d) for d in documents]
    everywhere = set.intersection(*sets) if len(sets) > 1 else set()
    spoken = {_stem(w): w for w in _WORD.findall(story.lower()) if len(w) > 3}
    return [tuple(w for stem, w in spoken.items() if stem in s and stem not in everywhere)[:5] for s in sets]


def _holds(text: str, stems: str, cue: str) -> bool:
    if _is_chinese(cue):
        return cue in text
    if cue[0].isupper() and cue.split()[0][:4] not in text:
        return False  # a German noun: `Charge` is not the English charge
    return _phrase(cue) in stems


def _is_chinese(cue: str) -> bool:
    return "㐀" <= cue[0] <= "鿿"


def _stems(text: str) -> list[str]:
    return [_stem(w) for w in _WORD.findall(text.lower())]


def _tokens(text: str) -> list[str]:
    """Stems of English and German words; Chinese as pairs of characters."""
    tokens: list[str] = []
    for word in _WORD.findall(text.lower()):
        if word[0] >= "㐀":
            tokens += ["".join(pair) for pair in pairwise(word)] or [word]
        elif word not in _STOP:
            tokens.append(_stem(word))
    return tokens


def _stem(word: str) -> str:
    """One suffix off and a doubled consonant undone: `shipped`, `shipping`, `ships` become `ship`."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou" else word
