"""Spans of a text that were found to be something, and which of them to keep when they overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """`text[start:end]` is a `kind` (EMAIL, PHONE, ADDRESS, NAME, LITERAL)."""

    start: int
    end: int
    kind: str = ""

    def overlaps(self, others: Iterable[Found]) -> bool:
        """Return whether this span shares a character with one of `others`."""
        return any(self.start < other.end and other.start < self.end for other in others)


def keep_apart(spans: Iterable[Found]) -> list[Found]:
    """Return spans in text order, none overlapping: the earlier one wins, then the longer; the rest of a loser stays.

    The rest is kept because a loser's tail may still be personal: a name that runs into an address, say.
    """
    kept: list[Found] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end, s.kind != "NAME")):
        start = max(span.start, kept[-1].end if kept else 0)
        if start < span.end:
            kept.append(Found(start, span.end, span.kind))
    return kept
