"""Rank the pattern library for a notice and the seller's story, and say in plain words what matched.

The story tells the situation, so its evidence (see `evidence`) leads; the notice names the cause, and of the situations
within a cause it says little. Where the first two are nearly level, `unsure` says so, and the interview asks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from amends.patterns import Pattern
from amends.retrieve.evidence import Evidence, length_weight, weigh, word_scores
from amends.retrieve.words import Told, cues_in
from amends.schemas import Enforcement, Fact, Notice, PatternMatch

__all__ = ["Similar", "cues_in", "retrieve"]

Similar = Callable[[str, Sequence[str]], Sequence[float]]
"""Similarity of a query to each document, higher is nearer; from an embedding model."""

_SIDE_CAUSE = 0.4
_WEIGHTS = {"notice cues": 0.3, "notice words": 0.1, "similar": 3.0}
_THIN = 1.0  # points: of the held-out pairs, 10 of 18 wrong first places lie below, and 14 of 149 right ones


def retrieve(
    enforcement: Enforcement,
    notice: Notice,
    story: str,
    facts: tuple[Fact, ...],
    patterns: Sequence[Pattern],
    *,
    similar: Similar | None = None,
) -> tuple[PatternMatch, ...]:
    """Return one ranked list per cause found, joined in the order of the causes; `score` counts within a cause only.

    Raises:
        PromptError: a pattern names a concept that does not exist.
    """
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
    told = [Told(story)] if story.strip() else []
    for fact in reasons or own:
        count = fact.item.count if fact.item and fact.kind == "cause" else None
        told.append(Told(fact.quote, _SIDE_CAUSE if count is not None and 2 * count < largest else 1.0))
    return told


def _rank(patterns: list[Pattern], told: list[Told], mail: str, similar: Similar | None) -> list[PatternMatch]:
    if not patterns:
        return []
    found = weigh(told, patterns)
    letter = Told(mail)
    mail_cues = [letter.found(p.cues.all) for p in patterns]
    scored = {
        "notice cues": [length_weight(cues) for cues in mail_cues],
        "notice words": word_scores(mail, [p.cues.all for p in patterns]),  # of the rest, chance decides
    }
    if similar is not None:
        story = "\n".join(t.text for t in told)
        scored["similar"] = [max(s, 0.0) for s in similar(story or mail, [p.searchable for p in patterns])]
    matches = [
        PatternMatch(
            pattern_id=p.id,
            cause=p.cause,
            situation=p.situation,
            score=round(evidence.score + extra, 4),
            why=_why(evidence, mailed),
        )
        for p, evidence, extra, mailed in zip(patterns, found, _fuse(scored, len(patterns)), mail_cues, strict=True)
    ]
    usual = {p.id: p.usual_rank for p in patterns}
    ordered = sorted(matches, key=lambda m: (-m.score, usual[m.pattern_id], m.pattern_id))
    return [ordered[0].with_(unsure=bool(told) and _is_thin(ordered)), *ordered[1:]]


def _is_thin(ordered: Sequence[PatternMatch]) -> bool:
    return len(ordered) > 1 and ordered[0].score - ordered[1].score < _THIN


def _why(evidence: Evidence, mail_cues: Sequence[str]) -> tuple[str, ...]:
    meant: dict[str, list[str]] = {}
    for word, means in evidence.concepts.items():
        meant.setdefault(means, []).append(word)
    lines = [
        ("story", evidence.cues),
        *((f"story, {means}", words) for means, words in meant.items()),
        ("notice", mail_cues),
        ("words in common", () if evidence.cues or meant else evidence.words),
    ]
    return tuple(f"{label}: {', '.join(f'“{word}”' for word in words)}" for label, words in lines if words)


def _fuse(scored: dict[str, list[float]], size: int) -> list[float]:
    """The scores of each kind brought to 0–1 within the cause and added by weight."""
    fused = [0.0] * size
    for name, scores in scored.items():
        low = min(scores) if name == "similar" else 0.0  # likenesses of texts on one subject lie close together
        span = max(scores) - low
        for index, score in enumerate(scores):
            fused[index] += _WEIGHTS[name] * (score - low) / span if span > 0 else 0.0
    return fused
