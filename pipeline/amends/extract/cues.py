"""The cue language: how phrases of the rule files are found in folded text. Its rules are told in causes.v1.yaml.

`a ~ b`: b follows a within `REACH` characters in the same sentence. `a & b`: both stand in the same sentence, in any
order. `a | b`: either. `{name}`: any word of the list `name` of notice.v1.yaml. `word$` (or a
space at the end): the whole word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

#: How far apart, in folded characters, the two halves of a cue `a ~ b` may stand.
REACH = 90
#: Where the ideographic scripts begin: below, a phrase starts at a word's start.
_IDEOGRAPHS = "\u2e80"
_NAME = re.compile(r"\{(\w+)\}")

Span = tuple[int, int]
#: The phrases of which one must stand at this place of a chain.
_Part = tuple[str, ...]
_Chain = tuple[_Part, ...]


class Cue:
    """A phrase to find in folded text, ready parsed."""

    __slots__ = ("alternatives", "needs", "source")

    def __init__(self, source: str, words: Mapping[str, Sequence[str]] | None = None) -> None:
        self.source = source
        source = source.rstrip() + "$" if source.endswith(" ") else source
        self.alternatives: tuple[tuple[_Chain, ...], ...] = tuple(
            tuple(
                tuple(_expand(part.strip().lower(), words or {}) for part in chain.split("~"))
                for chain in alternative.split("&")
            )
            for alternative in source.split("|")
        )
        self.needs = _needed(self.alternatives)

    def find(self, folded: str, known: dict[str, bool] | None = None) -> Iterator[Span]:
        """Yield (start, end) of every place in `folded` where the cue stands; of `a & b`, the place of a.

        `known` remembers which phrases occur in `folded` at all, for the next cue that shares them.
        """
        known = {} if known is None else known
        for chains in self.alternatives:
            if not all(_possible(chain, folded, known) for chain in chains):
                continue
            for start, end in _chain(chains[0], folded):
                if len(chains) == 1 or _beside(chains[1:], folded, start, end):
                    yield start, end

    def first(self, folded: str) -> Span | None:
        """The first place, or None."""
        return next(self.find(folded), None)


def _needed(alternatives: tuple[tuple[_Chain, ...], ...]) -> str | None:
    """The longest phrase without which the cue cannot stand; None if it has no such phrase."""
    if len(alternatives) > 1:
        return None
    alone = [part[0].removesuffix("$") for chain in alternatives[0] for part in chain if len(part) == 1]
    return max(alone, key=len, default=None)


def _expand(part: str, words: Mapping[str, Sequence[str]]) -> _Part:
    names = _NAME.findall(part)
    if not names:
        return (part,)
    template = _NAME.sub("{}", part)
    return tuple(template.format(*choice) for choice in product(*(words[name] for name in names)))


def _possible(chain: _Chain, folded: str, known: dict[str, bool]) -> bool:
    for part in chain:
        for phrase in part:
            stands = known.get(phrase)
            if stands is None:
                stands = known[phrase] = phrase.removesuffix("$") in folded
            if stands:
                break
        else:
            return False
    return True


def _chain(chain: _Chain, folded: str) -> Iterator[Span]:
    for phrase in chain[0]:
        for start, end in occurrences(phrase, folded):
            for part in chain[1:]:
                found = _next_within(part, folded, end)
                if found is None:
                    break
                end = found
            else:
                yield start, end


def _beside(chains: Sequence[_Chain], folded: str, start: int, end: int) -> bool:
    """Whether every chain stands in the sentence (at most 400 characters either way) of the span."""
    left = max(folded.rfind(mark, max(0, start - 400), start) for mark in (". ", "? ", "! ", "。", "? "))
    left = left + 1 if left >= 0 else max(0, start - 400)
    right = _sentence_end(folded, end, min(len(folded), end + 400))
    piece = folded[left:right]
    return all(next(_chain(chain, piece), None) for chain in chains)


def occurrences(phrase: str, folded: str, start: int = 0, stop: int | None = None) -> Iterator[Span]:
    """Yield (start, end) of `phrase` in `folded[start:stop]`, at word starts (and word ends, if it ends with `$`)."""
    whole = phrase.endswith("$")
    phrase = phrase.removesuffix("$")
    stop = len(folded) if stop is None else stop
    latin_start = phrase[:1].isalnum() and phrase[0] < _IDEOGRAPHS
    at = folded.find(phrase, start, stop)
    while at >= 0:
        end = at + len(phrase)
        inside = latin_start and at > 0 and folded[at - 1].isalnum() and folded[at - 1] < _IDEOGRAPHS
        runs_on = whole and end < len(folded) and folded[end].isalnum() and folded[end] < _IDEOGRAPHS
        if not inside and not runs_on:
            yield at, end
        at = folded.find(phrase, at + 1, stop)


def _sentence_end(folded: str, start: int, stop: int) -> int:
    for mark in (". ", "? ", "! ", "。"):
        at = folded.find(mark, start, stop)
        if at >= 0:
            stop = min(stop, at + 1)
    return stop


def _next_within(part: _Part, folded: str, start: int) -> int | None:
    stop = min(len(folded), start + REACH)
    ends = []
    for phrase in part:
        bare = phrase.removesuffix("$")
        if folded.find(bare, start, stop) >= 0:
            found = next(occurrences(phrase, folded, start, stop), None)
            if found:
                ends.append(found)
    if not ends:
        return None
    first = min(ends)
    return first[1] if first[1] <= _sentence_end(folded, start, first[1] + 1) else None
