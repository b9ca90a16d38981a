"""Numbers, dates, ids, files and names: each must stand in the facts, and belong there to the same thing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from amends.verify import meaning
from amends.verify.atoms import ENCLOSURE, WEEKDAYS, Atom
from amends.verify.source import EXACT_UNITS, Figure, Source, likeness


class Breach(NamedTuple):
    """One fault of a sentence: the rule, what is wrong, what to do, and the words that show it ("" for the whole)."""

    rule: str
    message: str
    suggestion: str
    words: str = ""


_MESSAGES = {
    "number": "The number “{}” is in none of the facts this sentence names.",
    "date": "The date “{}” is in none of the facts this sentence names.",
    "id": "The id “{}” is in none of the facts this sentence names.",
    "document": "The file “{}” is in none of the facts this sentence names.",
    "name": "“{}” is named in none of the facts this sentence names.",
}
_USE = "Use only what the facts say, or leave it out."
#: A figure belongs to something else when that is so much more like its surroundings.
_MARGIN, _TIMES = 0.45, 1.3
#: Likeness of two figures that have the word next to them in common.
_NEXT_TO = 1.0
#: Two figures that each stand where the other belongs need only be so much closer to it.
_EXCHANGED = 0.15
_UP = re.compile(
    r"\b(?:above|over|more than|longer than|later than|older than|exceed\w*|at least|beyond)\s(?:\w+\s)?$",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:below|under|less than|fewer than|shorter than|lower than|at most|up to|within|no more than)\s(?:\w+\s)?$",
    re.IGNORECASE,
)
_UP_AFTER = re.compile(
    r"\s(?:\S+\s)?(?:or|and) (?:more|above|over|longer)\b|\s(?:\S+\s)?(?:upwards?|on),?\s", re.IGNORECASE
)
_DOWN_AFTER = re.compile(r"\s(?:\S+\s)?(?:or|and) (?:less|fewer|below|under)\b", re.IGNORECASE)
_ROUGH = re.compile(
    r"\b(?:at least|at most|more than|less than|fewer than|about|around|approximately|roughly|nearly|almost)\s$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:until|till|before|after|up to|prior to)\s(?:the\s)?$", re.IGNORECASE)


def breaches(sentence: Source, original: str, source: Source, around: Source, enclosures: int) -> Iterator[Breach]:
    """Every hard part of a sentence that its `source` or the context `around` does not give.

    `original` is the text as written, `enclosures` the number of documents that the letter has.
    """
    yield from _hidden(original, source, around)
    yield from _enclosures(sentence.text, enclosures)
    yield from _ratios(sentence, source)
    allowed: set[tuple[str, str]] = {(f.atom.kind, f.atom.value) for s in (source, around) for f in s.figures}
    spoken = source.spoken | around.spoken
    for figure in sentence.figures:
        atom = figure.atom
        if not _covered(figure, allowed, spoken, sentence, source):
            yield Breach(f"{atom.kind}_invented", _MESSAGES[atom.kind].format(atom.text), _USE, atom.text)
        elif reason := _elsewhere(figure, sentence, source):
            yield Breach(
                f"{atom.kind}_invented", f"“{atom.text}” {reason}", "Keep it with what the facts say of it.", atom.text
            )


def _hidden(text: str, source: Source, around: Source) -> Iterator[Breach]:
    """Characters that cannot be seen, or letters of another alphabet that no fact has."""
    if text.isascii():
        return
    for char in dict.fromkeys(text):
        if unicodedata.category(char) in ("Cf", "Co", "Cn"):
            yield Breach(
                "id_invented",
                f"The sentence holds an invisible character (U+{ord(char):04X}).",
                "Write it without.",
                char,
            )
        elif (
            char.isalpha()
            and not unicodedata.name(char, "").startswith("LATIN")
            and char not in source.text
            and char not in around.text
        ):
            yield Breach(
                "name_invented", f"“{char}” is a letter of another alphabet.", "Write it in English letters.", char
            )


def _enclosures(text: str, count: int) -> Iterator[Breach]:
    for m in ENCLOSURE.finditer(text):
        for number in re.findall(r"\d+", m[1]):
            if not 1 <= int(number) <= count:
                yield Breach(
                    "document_invented", f"There is no enclosure {number}.", "Name only enclosures of the list.", m[0]
                )


def _ratios(sentence: Source, source: Source) -> Iterator[Breach]:
    """Part and whole, from and to: in the order of the facts."""
    for part, whole in sentence.pairs - source.pairs:
        known = {n for pair in source.pairs for n in pair}
        if (whole, part) in source.pairs or _value(part) > _value(whole) or (part in known and whole in known):
            yield Breach("number_invented", f"“{part} of {whole}” is not what the facts say.", _USE, part)
    for first, last in sentence.ranges - source.ranges:
        if (last, first) in source.ranges:
            yield Breach("number_invented", f"“from {first} to {last}”: the facts say the reverse.", _USE, first)


def _value(number: str) -> float:
    return float(number) if re.fullmatch(r"\d+(?:\.\d+)?", number) else 0.0


def _covered(
    figure: Figure, allowed: set[tuple[str, str]], spoken: frozenset[str], sentence: Source, source: Source
) -> bool:
    atom = figure.atom
    if (atom.kind, atom.value) in allowed:
        return True
    if atom.text.lower() in ("twice", "two times"):
        return len({f.atom.value for f in source.figures if ":" in f.atom.value}) == 2
    if atom.kind == "number" and atom.text.isalpha() and atom.value in _listed(sentence):
        return True
    if atom.kind == "date":
        return date_covered(atom.value, {v for k, v in allowed if k == "date"})
    if atom.kind == "number":
        years = {v[:4] for k, v in allowed if k == "date" and v[0] != "-"}
        rates = _percentages(source.pairs | sentence.pairs) if figure.unit == "pct" else frozenset()
        return atom.value in years or atom.value in rates or ("id", atom.value) in allowed
    if atom.kind == "id":
        return ("number", atom.value) in allowed or atom.value in spoken
    if atom.kind == "name":
        bare = {w.rstrip("s") for w in spoken}
        return all(
            p in spoken or p.removesuffix("'s") in spoken or (p in WEEKDAYS and p.rstrip("s") in bare)
            for p in meaning.words(atom.text)
        )
    return atom.value in source.text.lower()


def _listed(sentence: Source) -> set[str]:
    """How many ids, and how many files, the sentence itself lists: "two invoices, MSD-5521 and MSD-6034"."""
    return {str(len({f.atom.value for f in sentence.figures if f.atom.kind == kind})) for kind in ("id", "document")}


def date_covered(value: str, known: Iterable[str]) -> bool:
    """A date without year is covered by the same day of any year said, a month by any day in it."""
    if value.startswith("--"):
        return any(k.endswith(value[1:]) for k in known)
    if len(value) == 7:
        return any(k.startswith(value) for k in known)
    return f"-{value[4:]}" in known


def _percentages(pairs: frozenset[tuple[str, str]]) -> frozenset[str]:
    """Every percentage that a stated "25 of 410" makes, with none, one and two decimals."""
    return frozenset(
        f"{100 * part / whole:.{places}f}".rstrip("0").rstrip(".") if places else f"{100 * part / whole:.0f}"
        for part, whole in ((_value(a), _value(b)) for a, b in pairs)
        if 0 < part <= whole
        for places in (0, 1, 2)
    )


def _elsewhere(figure: Figure, sentence: Source, source: Source) -> str:
    """Why a known figure does not belong where it stands; "" when nothing speaks against it."""
    atom = figure.atom
    same = [f for f in source.figures if f.atom.kind == atom.kind and f.atom.value == atom.value]
    if not same:
        return ""
    if atom.kind == "number":
        return (
            _unit_changed(figure, same, source)
            or _bound_changed(atom, sentence, same, source)
            or _taken(figure, same, sentence, source)
        )
    if atom.kind == "date" and _UNTIL.search(sentence.text[: atom.start]):
        written = [f for f in same if not f.bare]
        if not any(_ends_with_bound(f.atom, source) for f in written):
            return "is a limit here; the facts give it as the day itself."
    return _taken(figure, same, sentence, source)


def _ends_with_bound(atom: Atom, source: Source) -> bool:
    return bool(
        re.search(rf"\b(?:until|till|before|after|up to|prior to|to)\s(?:the\s)?{re.escape(atom.text)}", source.text)
    )


def _unit_changed(figure: Figure, same: list[Figure], source: Source) -> str:
    units = {f.unit for f in same if not f.bare} or {f.unit for f in same}
    unit = figure.unit
    if unit in units:
        return ""
    exact = units & EXACT_UNITS
    if unit in EXACT_UNITS or (unit is None and exact and None not in units):
        return "has another unit in the facts."
    if unit is not None and (any(u for u in units) or not ({unit, f"{unit}s"} & (source.keys | source.spoken))):
        return "has another unit in the facts."
    return ""


def _bound_changed(atom: Atom, sentence: Source, same: list[Figure], source: Source) -> str:
    """Whether a limit from above has become one from below, or the other way round."""
    here = _bound(atom.start, atom.end, sentence.text)
    if not here:
        return ""
    there = {
        _bound(m.start(), m.end(), source.text)
        for f in same
        for m in re.finditer(rf"(?<!\d){re.escape(f.atom.text)}(?!\d)", source.text)
    }
    if (
        there == {""}
        and any(f.bag.words for f in same)
        and _ROUGH.search(sentence.text[max(0, atom.start - 20) : atom.start])
    ):
        return "is exact in the facts."
    there -= {""}
    return "is a limit from the other side in the facts." if there and here not in there else ""


def _bound(start: int, end: int, text: str) -> str:
    before, after = text[max(0, start - 20) : start], text[end : end + 30]
    if _UP.search(before) or _UP_AFTER.match(after):
        return "up"
    return "down" if _DOWN.search(before) or _DOWN_AFTER.match(after) else ""


def _taken(figure: Figure, same: list[Figure], sentence: Source, source: Source) -> str:
    """Whether another figure of the facts stands where this one is put now."""
    if (
        not figure.bag.words
        or any(not f.bag.words and not f.bare for f in same)
        or (figure.atom.kind == "number" and all(not f.bag.words for f in same))
    ):
        return ""
    own = max(likeness(figure, f)[0] for f in same)
    values, facts = {f.atom.value for f in same}, {f.fact for f in same}
    for rival in source.figures:
        if not rival.bag.words or rival.atom.kind != figure.atom.kind or rival.atom.value in values:
            continue
        if (":" in rival.atom.value) != (":" in figure.atom.value):
            continue
        if figure.atom.kind == "date" and rival.fact in facts:
            continue
        if _in_order(figure, rival, same, sentence):
            continue
        like, words = likeness(figure, rival)
        close = words > 1 or (own == 0 and like >= _NEXT_TO)
        far_closer = like > own * _TIMES + _MARGIN and not _in_its_place(rival, same, sentence)
        if close and (far_closer or (like > own + _EXCHANGED and _exchanged(rival, same, sentence))):
            return f"stands for something else in the facts; there it is “{rival.atom.text}”."
    return ""


def _in_order(figure: Figure, rival: Figure, same: list[Figure], sentence: Source) -> bool:
    """Whether the sentence has both figures, one after the other as in the facts."""
    there = [f for f in sentence.figures if f.atom.kind == rival.atom.kind and f.atom.value == rival.atom.value]
    own = [f for f in same if f.bag.words and f.fact == rival.fact]
    return any((f.atom.start < figure.atom.start) == (rival.atom.start < o.atom.start) for f in there for o in own)


def _in_its_place(rival: Figure, same: list[Figure], sentence: Source) -> bool:
    """Whether the sentence has the other figure too, and where the facts have it: then nothing was exchanged."""
    there = [f for f in sentence.figures if f.atom.kind == rival.atom.kind and f.atom.value == rival.atom.value]
    return any(0 < likeness(f, rival)[0] >= max(likeness(f, s)[0] for s in same) for f in there)


def _exchanged(rival: Figure, same: list[Figure], sentence: Source) -> bool:
    """Whether the sentence has the other figure where the facts have this one."""
    there = [f for f in sentence.figures if f.atom.kind == rival.atom.kind and f.atom.value == rival.atom.value]
    return any(max(likeness(f, s)[0] for s in same) > likeness(f, rival)[0] + _EXCHANGED for f in there)
