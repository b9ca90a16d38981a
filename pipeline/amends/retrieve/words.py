"""Words in the form in which they are compared: stems of English and German, characters of Chinese, and negation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

_WORD = re.compile(r"[a-zà-ÿ0-9]+|[㐀-鿿]+")
_PIECE = re.compile(r"[a-zà-ÿ0-9]+|[㐀-鿿]+|[.;:!?。；！？]")
_SUFFIXES = ("ings", "ing", "ies", "ied", "ed", "es", "en", "s", "e", "y")
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
_NEGATORS = frozenset(
    """0 zero no not never none nobody nothing without neither nor don doesn didn isn wasn weren haven hasn hadn cannot won
    wouldn kein keine keinen keinem keiner keines nicht nie niemals niemand nichts ohne weder""".split()
)
_ENDS = frozenset(".;:!?。；！？")  # a comma may go on with a list: "no card, no gift", "changed, converted or marked"
_TURNS = frozenset("but only just because since however aber sondern nur weil".split())
_NEGATED_REACH = 6  # words after a negator: "nobody in our firm has changed or marked the file"
_DECIMAL = re.compile(r"\d+[.,]\d+")
_NEGATED_BEFORE = re.compile(r"(?:没有?|[不无未非]|不是|从未)$")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """One suffix off and a doubled consonant undone: `shipped`, `shipping`, `ships` become `ship`."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou" else word


def stems(text: str) -> list[str]:
    """The stem of every word of `text`, in order; a run of Chinese counts as one word.

    A short function word is marked, so that it is no stem of another: `not` of `note`, `our` of `ours`.
    """
    return [f"'{w}" if len(w) < 4 and w in _STOP else stem(w) for w in _WORD.findall(text.lower())]


def tokens(text: str) -> list[str]:
    """Stems of the words that say something; Chinese as pairs of characters."""
    found: list[str] = []
    for word in _WORD.findall(text.lower()):
        if word[0] >= "㐀":
            found += ["".join(pair) for pair in pairwise(word)] or [word]
        elif word not in _STOP:
            found.append(stem(word))
    return found


def spoken(text: str) -> dict[str, str]:
    """Each token of `text` with the word as it is written there; words of up to three letters are left out."""
    words = {stem(w): w for w in _WORD.findall(text.lower()) if w[0] >= "㐀" or len(w) > 3}
    return {t: words.get(t, t) for t in dict.fromkeys(tokens(text)) if t in words or t[0] >= "㐀"}


def is_chinese(cue: str) -> bool:
    """Whether `cue` is compared by characters."""
    return "㐀" <= cue[0] <= "鿿"


@lru_cache(maxsize=40_000)
def phrase(cue: str) -> str:
    """The cue in the form in which cues are compared: Chinese as it is, else its stems between blanks."""
    return cue if is_chinese(cue) else f" {' '.join(stems(cue))} "


def negated_stems(text: str) -> frozenset[str]:
    """The stems that `text` has only within the reach of a negator: in "no cards, no friends" both nouns."""
    negated: set[str] = set()
    plain: set[str] = set()
    reach = 0
    for piece in _PIECE.findall(_DECIMAL.sub("1", text.lower().replace("n't", " not"))):
        if piece in _NEGATORS:
            reach = _NEGATED_REACH
        elif piece in _ENDS or piece in _TURNS:
            reach = 0
        else:
            (negated if reach else plain).add(stems(piece)[0])
            reach = max(0, reach - 1)
    return frozenset(negated - plain)


class _Forms(NamedTuple):
    """Cues sorted by the way in which they are compared, each with the form that is looked for."""

    latin: tuple[tuple[str, str], ...]
    chinese: tuple[str, ...]
    begins: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1_000)
def _forms(cues: tuple[str, ...]) -> _Forms:
    latin = [c for c in cues if not is_chinese(c)]
    return _Forms(
        latin=tuple((phrase(c), c) for c in latin if not c.endswith("*")),
        chinese=tuple(c for c in cues if is_chinese(c)),
        begins=tuple((f" {' '.join(_WORD.findall(c.lower()))}", c) for c in latin if c.endswith("*")),
    )


class Told:
    """A text prepared for comparison: what stands in it, and what it denies. `weight`: what it weighs, 0–1."""

    def __init__(self, text: str, weight: float = 1.0) -> None:
        self.text = text
        self.weight = weight
        self._stems = f" {' '.join(stems(text))} "
        self._words = f" {' '.join(_WORD.findall(text.lower()))}"

    @cached_property
    def negated(self) -> frozenset[str]:
        """The stems that the text has only negated."""
        return negated_stems(self.text)

    def found(self, cues: tuple[str, ...]) -> tuple[str, ...]:
        """Those of `cues` that stand in the text, whatever their inflection; one with `*` is a word's beginning."""
        forms = _forms(cues)
        hits = [cue for form, cue in forms.latin if form in self._stems]
        hits += [cue for cue in forms.chinese if cue in self.text]
        hits += [cue for form, cue in forms.begins if form in self._words]
        # A German noun must stand with its capital: `Charge` is not the English charge.
        there = {cue for cue in hits if not cue[0].isupper() or cue.split()[0].rstrip("*")[:4] in self.text}
        return tuple(cue for cue in cues if cue in there) if there else ()

    def denies(self, cue: str) -> bool:
        """Whether `cue`, which stands in the text, is negated there: "we never paid testers", "没有授权"."""
        if is_chinese(cue):
            before = [self.text[: m.start()][-3:] for m in re.finditer(re.escape(cue), self.text)]
            return bool(before) and all(_NEGATED_BEFORE.search(b) for b in before)
        return bool(self.negated) and all(s in self.negated for s in stems(cue.rstrip("*")))


def cues_in(text: str, cues: Iterable[str]) -> tuple[str, ...]:
    """Return those of `cues` that stand in `text`, whatever their inflection."""
    return Told(text).found(tuple(cues))
