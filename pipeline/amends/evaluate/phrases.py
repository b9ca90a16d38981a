"""The small pattern language of the lexicon, matched word by word in time linear in the text.

`a|b` either word, `word*` any ending, `word?` may be absent, `<we>` we / I (with or without have, had), `<our>`,
`<buyer>` and the open classes of `prompts/lexicon/classes.v1.yaml`, `...` up to three words, `~` up to twenty, commas allowed. Words of a phrase must follow each other with blanks or hyphens only between them.
Contractions are opened first, so `did not` also finds "didn't".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from amends.data import load_yaml

_WORD = re.compile(r"\w+(?:'\w+)*%?")
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "\n": " ", "\t": " "})
_ENDINGS = {"n't": "not", "'ve": "have", "'ll": "will", "'re": "are", "'m": "am"}
_IRREGULAR = {"can't": ("can", "not"), "cannot": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not")}
_CLASSES = {
    "<we>": ("we", "i"),
    "<our>": ("our", "my"),
    "<buyer>": ("buyer", "buyers", "customer", "customers"),
}
_GAP, _WIDE_GAP = 3, 20
_CLASS_FILE = "lexicon/classes.v1.yaml"


class Word(NamedTuple):  # thousands per letter: a named tuple is built in half the time of a frozen dataclass
    """One word of a text, lower case; `joined` if only blanks or hyphens stand between it and the word before."""

    text: str
    start: int
    end: int
    joined: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One place of a phrase: the words or beginnings of words that fit, or up to `gap` words of any kind."""

    words: frozenset[str]
    stems: tuple[str, ...]
    optional: bool
    gap: int = 0
    wide: bool = False

    def fits(self, word: str) -> bool:
        """Return whether `word` may stand here."""
        return word in self.words or bool(self.stems and word.startswith(self.stems))


Phrase = tuple[Step, ...]


def straight(text: str) -> str:
    """Return `text` with straight quotes and blanks for line ends; its length does not change."""
    return text.translate(_STRAIGHT)


def lowered(text: str) -> str:
    """Return `text` straight and in lower case; its length does not change."""
    text = straight(text)
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of `text`, contractions opened, with their offsets in `text`."""
    return tuple(_words(lowered(text)))


def _words(lower: str) -> Iterator[Word]:
    before = 0
    for found in _WORD.finditer(lower):
        start, end, word = found.start(), found.end(), found.group()
        between = lower[before:start]
        joined = between == " " or not between.strip(" -‑–'\"()")
        for part in _opened(word) if "'" in word or word == "cannot" else (word,):
            yield Word(part, start, end, joined)
            joined = True
        before = end


def _opened(word: str) -> tuple[str, ...]:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending, full in _ENDINGS.items():
        if word.endswith(ending):
            return (word.removesuffix(ending), full)
    return (word,)


def compile_phrase(source: str) -> Phrase:
    """Return the phrase written as `source`.

    Raises:
        ValueError: it is empty, begins with `...` or an optional word, names an unknown class, or holds a
            hyphen or contraction, which no text holds once its words are opened.
    """
    if re.search(r"\w-\w|n't\b|\bcannot\b", source):
        raise ValueError(f"phrase {source!r}: write hyphens as blanks and contractions opened")
    steps: list[Step] = []
    for token in source.lower().split():
        if token in ("...", "~"):
            wide = token == "~"
            steps.append(Step(frozenset(), (), True, _WIDE_GAP if wide else _GAP, wide))
            continue
        steps.append(_step(token))
        if "<we>" in token:
            steps.append(Step(frozenset({"have", "had"}), (), True))
    if not steps or steps[0].optional:
        raise ValueError(f"phrase {source!r} must begin with a word that may not be absent")
    return tuple(steps)


@cache
def _step(token: str) -> Step:
    words: set[str] = set()
    stems: list[str] = []
    for choice in token.removesuffix("?").split("|"):
        if choice.startswith("<"):
            members = _CLASSES.get(choice) or _open_classes().get(choice)
            if members is None:
                raise ValueError(f"there is no word class {choice}")
            words.update(m for m in members if not m.endswith("*"))
            stems += [m[:-1] for m in members if m.endswith("*")]
        elif choice.endswith("*"):
            stems.append(choice[:-1])
        else:
            words.add(choice)
    return Step(frozenset(words), tuple(stems), token.endswith("?"))


@cache
def _open_classes() -> dict[str, tuple[str, ...]]:
    """The classes of the file by their names in brackets; members with a hyphen are left to their parts."""
    named = {k: v for k, v in load_yaml(_CLASS_FILE).items() if isinstance(v, str)}
    return {f"<{name}>": tuple(word for word in words.split() if "-" not in word) for name, words in named.items()}


def end_of_match(phrase: Phrase, words: Sequence[Word], at: int) -> int | None:
    """Return the index behind the longest match of `phrase` that begins at word `at`, None if there is none."""
    return _match(phrase, 0, words, at, first=True)


def _match(phrase: Phrase, step: int, words: Sequence[Word], at: int, *, first: bool) -> int | None:
    if step == len(phrase):
        return at
    here = phrase[step]
    if here.gap:
        return _match_gap(phrase, step, words, at)
    free = first or (step > 0 and phrase[step - 1].wide)
    open_ = at < len(words) and (free or words[at].joined)
    if open_ and here.fits(words[at].text):
        end = _match(phrase, step + 1, words, at + 1, first=False)
        if end is not None:
            return end
    return _match(phrase, step + 1, words, at, first=False) if here.optional else None


def _match_gap(phrase: Phrase, step: int, words: Sequence[Word], at: int) -> int | None:
    for skipped in range(phrase[step].gap + 1):
        end = _match(phrase, step + 1, words, at + skipped, first=False)
        if end is not None:
            return end
        if at + skipped >= len(words) or not (phrase[step].wide or words[at + skipped].joined):
            return None
    return None


def occurs(phrase: Phrase, words: Sequence[Word]) -> bool:
    """Return whether `phrase` is found anywhere in `words`."""
    return any(phrase[0].fits(w.text) and end_of_match(phrase, words, i) is not None for i, w in enumerate(words))


def _second(phrase: Phrase) -> Step | None:
    """Return all that may stand right behind the first word; None if anything may, or nothing need."""
    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    for step in phrase[1:]:
        if step.gap:
            return None
        words, stems = words | step.words, stems + step.stems
        if not step.optional:
            return Step(words, stems, optional=False)
    return None


class PhraseIndex:
    """Many phrases, found by their first word: a text costs one look-up per word, however many phrases there are."""

    def __init__(self, phrases: Sequence[tuple[Phrase, int]]) -> None:
        self._words: dict[str, list[tuple[Phrase, int, Step | None]]] = {}
        self._stems: dict[str, list[tuple[Phrase, int, Step | None]]] = {}
        for phrase, number in phrases:
            candidate = (phrase, number, _second(phrase))
            for word in phrase[0].words:
                self._words.setdefault(word, []).append(candidate)
            for stem in phrase[0].stems:
                self._stems.setdefault(stem[:3], []).append(candidate)

    def matches(self, words: Sequence[Word]) -> Iterator[tuple[int, int, int]]:
        """Yield (number of the phrase's owner, start, end) for every match, offsets in characters."""
        following = [w.text for w in words[1:]] + [""]
        for at, word in enumerate(words):
            for candidates in (self._words.get(word.text, ()), self._stems.get(word.text[:3], ())):
                for phrase, number, second in candidates:
                    if second is not None and not second.fits(following[at]):
                        continue
                    end = end_of_match(phrase, words, at)
                    if end is not None:
                        yield number, word.start, words[end - 1].end
