"""The cue language: how phrases of the rule files are found in folded text. Its rules are told in causes.v1.yaml.

`a ~ b`: b follows a within `REACH` characters in the same sentence; `a .. b`: within `NEAR`. `a & b`: both stand in the
same sentence, in any order. `a | b`: either. `{name}`: any word of the list `name` of notice.v1.yaml. `word$` (or a space
at the end): the whole word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import NamedTuple

#: How far apart, in folded characters, the two halves of `a ~ b` may stand, and those of `a .. b`.
REACH, NEAR = 90, 30
#: Where the ideographic scripts begin: below, a phrase starts at a word's start.
_IDEOGRAPHS = "\u2e80"
_NAME = re.compile(r"\{(\w+)\}")
_JOINT = re.compile(r"\s(~|\.\.)\s")
_MARK = re.compile(r"[.?!] |。")
_WORD = re.compile(r"[^\W_\u2e80-\U0010ffff]+")
#: How many first letters of a word of a phrase tell whether it can stand in a text at all.
_KEY = 6
#: A sentence is taken to be no longer than this, either way, when `a & b` looks for b.
_LONGEST = 400

Span = tuple[int, int]


class Sign(NamedTuple):
    """A phrase with its bare form and its two keys: a text without both keys and the bare form does not hold it."""

    phrase: str
    bare: str
    key: str
    other: str


def sign_of(phrase: str) -> Sign:
    """The phrase and what tells whether it can stand in a text."""
    return Sign(phrase, phrase.removesuffix("$"), *keys_of(phrase))


class Part:
    """Phrases of which one must stand at a place of a chain."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self.phrases = tuple(phrases)

    def __iter__(self) -> Iterator[str]:
        return iter(self.phrases)

    @cached_property
    def by_key(self) -> dict[str, list[Sign]]:
        """The phrases by their first key."""
        found: dict[str, list[Sign]] = {}
        for sign in map(sign_of, self.phrases):
            found.setdefault(sign.key, []).append(sign)
        return found


#: The parts in order, each with how far it may stand from the one before.
_Chain = tuple[tuple[int, Part], ...]


def keys_of(phrase: str) -> tuple[str, str]:
    """The first letters of the two longest words of a phrase; its first and last character if it has no Latin word."""
    longest = sorted(_WORD.findall(phrase), key=len, reverse=True)
    if not longest:
        return phrase[0], phrase.removesuffix("$")[-1]
    return longest[0][:_KEY], longest[min(1, len(longest) - 1)][:_KEY]


def _starts_word(phrase: str) -> bool:
    """Whether the phrase must stand at a word's start; "n't" ends one."""
    return _latin(phrase[0]) and not phrase.startswith("n't")


def _latin(character: str) -> bool:
    return character.isalnum() and character < _IDEOGRAPHS


class Searched:
    """One folded text, and what was found in it so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._places: dict[Part, list[Span]] = {}

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of the phrases that can stand in this text."""
        words = set(_WORD.findall(self.text))
        return frozenset(word[:size] for size in range(1, _KEY + 1) for word in words) | frozenset(self.text)

    @cached_property
    def _marks(self) -> list[int]:
        return [match.start() for match in _MARK.finditer(self.text)]

    def sentence(self, start: int, end: int) -> Span:
        """Where the sentence around a span begins and ends, as far as `_LONGEST` characters away."""
        after = bisect_left(self._marks, start)
        left = self._marks[after - 1] + 1 if after else 0
        return max(left, start - _LONGEST), min(self.sentence_end(end), end + _LONGEST)

    def sentence_end(self, at: int) -> int:
        """The first sentence end after `at`; the text's end if there is none."""
        after = bisect_left(self._marks, at)
        return self._marks[after] + 1 if after < len(self._marks) else len(self.text)

    def places(self, part: Part) -> list[Span]:
        """Every place of any phrase of the part, in order."""
        known = self._places.get(part)
        if known is None:
            keys, text = self.keys, self.text
            known = [
                span
                for key in keys.intersection(part.by_key)
                for phrase, bare, _, other in part.by_key[key]
                if other in keys and bare in text
                for span in occurrences(phrase, text)
            ]
            known.sort()
            self._places[part] = known
        return known

    def next_within(self, part: Part, start: int, reach: int) -> int | None:
        """Where the first place of the part ends that lies within `reach` after `start`, in the same sentence."""
        places = self.places(part)
        at = bisect_left(places, (start, start))
        if at == len(places) or places[at][1] > min(start + reach, self.sentence_end(start)):
            return None
        return places[at][1]

    def chain(self, chain: _Chain) -> Iterator[Span]:
        """Every place where the parts of the chain follow each other."""
        if not all(self.places(part) for _, part in reversed(chain)):  # the last is mostly the rarest
            return
        for start, end in self.places(chain[0][1]):
            for reach, part in chain[1:]:
                found = self.next_within(part, end, reach)
                if found is None:
                    break
                end = found
            else:
                yield start, end


class Cue:
    """A phrase to find in folded text, parsed when it is first needed."""

    def __init__(
        self, source: str, words: Mapping[str, Sequence[str]] | None = None, parts: dict[str, Part] | None = None
    ) -> None:
        self.source = source
        self._words: Mapping[str, Sequence[str]] = {} if words is None else words
        self._parts = {} if parts is None else parts

    @cached_property
    def alternatives(self) -> tuple[tuple[_Chain, ...], ...]:
        """The chains that must stand in one sentence, for each alternative."""
        source = self.source.rstrip() + "$" if self.source.endswith(" ") else self.source
        return tuple(
            tuple(_chain(chain, self._words, self._parts) for chain in alternative.split("&"))
            for alternative in source.split("|")
        )

    @cached_property
    def plain(self) -> bool:
        """Whether it is one phrase only."""
        chains = [chain for alternative in self.alternatives for chain in alternative]
        return len(chains) == 1 and len(chains[0]) == 1 and len(chains[0][0][1].phrases) == 1

    def signs(self) -> Iterator[Sign]:
        """The phrases of which the text must hold one: those of the rarest part of every alternative."""
        for chains in self.alternatives:
            rarest = min((part for chain in chains for _, part in chain), key=lambda part: len(part.phrases))
            yield from map(sign_of, rarest)

    def find(self, text: Searched) -> Iterator[Span]:
        """Yield (start, end) of every place where the cue stands; of `a & b`, the place of a."""
        for chains in self.alternatives:
            for start, end in text.chain(chains[0]):
                if len(chains) == 1 or _beside(chains[1:], text, start, end):
                    yield start, end

    def first(self, folded: str) -> Span | None:
        """The first place in a folded text, or None."""
        return next(self.find(Searched(folded)), None)


def _chain(source: str, words: Mapping[str, Sequence[str]], parts: dict[str, Part]) -> _Chain:
    pieces = ["~", *_JOINT.split(source)]
    chain = []
    for joint, piece in zip(pieces[::2], pieces[1::2], strict=True):
        name = piece.strip().lower()
        if name not in parts:
            parts[name] = Part(expand(name, words))
        chain.append((NEAR if joint == ".." else REACH, parts[name]))
    return tuple(chain)


def expand(part: str, words: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """The phrases that `part` stands for, with every word of the lists it names in braces."""
    names = _NAME.findall(part)
    if not names:
        return (part,)
    template = _NAME.sub("{}", part)
    chosen = (template.format(*choice) for choice in product(*(words[name] for name in names)))
    return tuple(dict.fromkeys(phrase.rstrip() + "$" if phrase.endswith(" ") else phrase for phrase in chosen))


def _beside(chains: Sequence[_Chain], text: Searched, start: int, end: int) -> bool:
    """Whether every chain stands in the sentence of the span."""
    left, right = text.sentence(start, end)
    return all(any(left <= s and e <= right for s, e in text.chain(chain)) for chain in chains)


def occurrences(phrase: str, folded: str) -> Iterator[Span]:
    """Yield (start, end) of `phrase` in `folded`, at word starts (and word ends, if it ends with `$`)."""
    whole = phrase.endswith("$")
    phrase = phrase.removesuffix("$")
    latin_start = _starts_word(phrase)
    at = folded.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        inside = latin_start and at > 0 and _latin(folded[at - 1])
        runs_on = whole and end < len(folded) and _latin(folded[end])
        if not inside and not runs_on:
            yield at, end
        at = folded.find(phrase, at + 1)
