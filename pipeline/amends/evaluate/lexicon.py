"""Words to leave out of a letter, as data: `prompts/lexicon/GROUP.yaml` (`*.vN.yaml` there are other lists).

Every entry carries why it is a fault, where that is known from, a better move, a text that must trip it and one that
must not. Lists are the writers' opinion after domain.md section 7 [V:A2][C:C1,C10,C12,C33,C69], and marked so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from amends.data import parsed
from amends.errors import PromptError
from amends.evaluate.phrases import Phrase, PhraseIndex, compile_phrase, lowered, occurs, straight, words_of
from amends.prompting import prompt_root
from amends.schemas import Frozen
from amends.vocabulary import AnswerKind, Cause, Severity


def _parts(value: Any) -> Any:
    return tuple(p.strip() for p in value.split(";") if p.strip()) if isinstance(value, str) else value


Phrases = Annotated[tuple[str, ...], BeforeValidator(_parts)]


class Entry(Frozen):
    """One fault of wording. `allowed` hits per letter are no fault; `near`/`not_near` look at the same sentence.

    `small`: the pattern is in small letters, for text in small letters (far faster than matching blind to case).
    `hint`: strings of which one must stand in a text for the pattern to match: looked for first, as that is far faster.
    `family`: its build is open, so it adds to the other entries of its kind and is not told where one of them is found.
    `unless_counted`: no fault in a sentence that has a figure besides its dates, for then it can be checked.
    """

    id: str
    group: str
    kind: str
    language: str
    severity: Severity
    source: str
    reason: str
    better_move: str
    must_trip: str
    must_pass: str
    match: Literal["words", "substring"] = "words"
    phrases: Phrases = ()
    pattern: str | None = None
    hint: Phrases = ()
    small: bool = False
    family: bool = False
    unless_counted: bool = False
    near: Phrases = ()
    not_near: Phrases = ()
    except_kinds: tuple[AnswerKind, ...] = ()
    except_causes: tuple[Cause, ...] = ()
    allowed: int = 0

    @property
    def rule(self) -> str:
        """The entry's name in findings, such as `lexicon.threats.lawyer`."""
        return f"lexicon.{self.group}.{self.id}"


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found in a text; `start`/`end` are offsets in it, `text` the words found."""

    entry: Entry
    start: int
    end: int
    text: str


class Lexicon:
    """All entries, compiled for searching."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        numbered = list(enumerate(entries))
        plain = [(n, e) for n, e in numbered if e.match == "words"]
        self._index = PhraseIndex([(compile_phrase(p), n) for n, e in plain for p in e.phrases])
        self._substrings = [(p, n) for n, e in numbered if e.match == "substring" for p in e.phrases]
        self._patterns = [
            (re.compile(e.pattern), e.hint, n) for n, e in numbered if e.pattern and not e.small and e.language != "zh"
        ]
        self._chinese = [(re.compile(e.pattern), n) for n, e in numbered if e.pattern and e.language == "zh"]
        self._small = [(re.compile(e.pattern), n) for n, e in numbered if e.pattern and e.small]
        self._context = {n: (_compiled(e.near), _compiled(e.not_near)) for n, e in numbered if e.near or e.not_near}

    def find(self, text: str, exempt: Sequence[str] = ()) -> tuple[Hit, ...]:
        """Return the hits in one sentence, in its order; a hit inside a longer one is left out.

        Hits within an occurrence of one of `exempt` (words quoted from the notice) do not count.
        """
        return self.find_in((text,), exempt)[0]

    def find_in(
        self, sentences: Sequence[str], exempt: Sequence[str] = (), allowed: Mapping[str, int] | None = None
    ) -> tuple[tuple[Hit, ...], ...]:
        """Return the hits of each of `sentences`; `allowed` is counted over all of them together.

        `allowed`: kind of wording -> how many hits of an entry are no fault, instead of what the entry says.
        """
        spared: dict[str, int] = {}
        return tuple(tuple(_beyond_allowed(self._in_sentence(s, exempt), spared, allowed or {})) for s in sentences)

    def _in_sentence(self, text: str, exempt: Sequence[str]) -> list[Hit]:
        words = words_of(text)
        found = [*self._index.matches(words), *self._raw(text)]
        if not found:
            return []
        quoted = tuple(_occurrences(lowered(text), exempt))
        hits = [
            Hit(self.entries[n], start, end, text[start:end])
            for n, start, end in found
            if not any(a <= start and end <= b for a, b in quoted) and self._in_context(n, words)
        ]
        return _longest(_once_per_family(hits))

    def _raw(self, text: str) -> Iterator[tuple[int, int, int]]:
        as_written = straight(text)
        for pattern, hint, number in self._patterns:
            if hint and not any(h in as_written for h in hint):
                continue
            for found in pattern.finditer(as_written):
                yield number, found.start(), found.end()
        low = lowered(text) if self._small else ""
        for pattern, number in self._small:
            for found in pattern.finditer(low):
                yield number, found.start(), found.end()
        if not text.isascii():
            for pattern, number in self._chinese:
                for found in pattern.finditer(text):
                    yield number, found.start(), found.end()
            for phrase, number in self._substrings:
                at = text.find(phrase)
                if at >= 0:
                    yield number, at, at + len(phrase)

    def _in_context(self, number: int, words: Sequence[Any]) -> bool:
        if number not in self._context:
            return True
        near, not_near = self._context[number]
        return (not near or any(occurs(p, words) for p in near)) and not any(occurs(p, words) for p in not_near)


def _compiled(sources: Sequence[str]) -> tuple[Phrase, ...]:
    return tuple(compile_phrase(s) for s in sources)


def _occurrences(lower: str, exempt: Sequence[str]) -> Iterator[tuple[int, int]]:
    for quote in filter(None, map(str.strip, map(lowered, exempt))):
        at = lower.find(quote)
        while at >= 0:
            yield at, at + len(quote)
            at = lower.find(quote, at + 1)


def _longest(hits: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start)):
        if not any(_covers(k, hit) for k in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: h.start)


def _once_per_family(hits: list[Hit]) -> list[Hit]:
    """Of an open build the first place in a sentence is enough, and none where its words or its kind are told already."""
    told = [hit for hit in hits if not hit.entry.family]
    kept: dict[str, Hit] = {}
    for hit in sorted((h for h in hits if h.entry.family), key=lambda h: h.start):
        if not any(t.entry.kind == hit.entry.kind or (t.start < hit.end and hit.start < t.end) for t in told):
            kept.setdefault(hit.entry.rule, hit)
    return [*told, *kept.values()]


def _covers(kept: Hit, hit: Hit) -> bool:
    """Inside a longer hit, or overlapping one of the same entry: one fault, told once."""
    inside = kept.start <= hit.start and hit.end <= kept.end
    return inside or (kept.entry is hit.entry and kept.start < hit.end and hit.start < kept.end)


def _beyond_allowed(hits: list[Hit], spared: dict[str, int], allowed: Mapping[str, int]) -> Iterator[Hit]:
    for hit in hits:
        used = spared.get(hit.entry.rule, 0)
        if used < allowed.get(hit.entry.kind, hit.entry.allowed):
            spared[hit.entry.rule] = used + 1
        else:
            yield hit


@lru_cache(maxsize=4)
def lexicon(folder: Path | None = None) -> Lexicon:
    """Return the lexicon of `folder` (default: the shipped one), loaded and compiled once.

    Raises:
        PromptError: a file of it is not YAML, lacks something, or holds a phrase that cannot be compiled.
    """
    folder = folder or prompt_root() / "lexicon"
    files = [f for f in sorted(folder.glob("*.yaml")) if "." not in f.stem]
    if not files:
        raise PromptError(f"There is no lexicon in {folder.name}.", hint="Install amends again.")
    try:
        return Lexicon([entry for file in files for entry in _entries(file)])
    except (ValueError, re.error) as error:
        raise PromptError(f"The lexicon cannot be compiled: {error}.") from None


def _entries(file: Path) -> list[Entry]:
    try:
        data = parsed(file, as_text=True)
        defaults = {k: v for k, v in data.items() if k != "entries"}
        return [Entry.model_validate(defaults | entry) for entry in data["entries"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PromptError(f"{file.name} is not a lexicon: {error}") from None
