"""Whether a figure that the facts have stands in the sentence for what it stands for in the facts."""

from __future__ import annotations

import re

from amends.verify import meaning
from amends.verify.atoms import Atom
from amends.verify.figures import EXACT_UNITS, Figure, likeness
from amends.verify.source import Source

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


def elsewhere(figure: Figure, sentence: Source, source: Source) -> str:
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
    if atom.kind == "date" and _UNTIL.search(sentence.text[: atom.start]) and not _not_until(atom, sentence, source):
        written = [f for f in same if not f.bare]
        if not any(_ends_with_bound(f.atom, source) for f in written):
            return "is a limit here; the facts give it as the day itself."
    return _taken(figure, same, sentence, source)


def _not_until(atom: Atom, sentence: Source, source: Source) -> bool:
    """ "not ordered until 3 November" for "ordered only on 3 November"."""
    before = [t.word for t in sentence.tokens if t.end <= atom.start]
    return bool({"only", "first"} & source.spoken) and any(meaning.is_negation(w) for w in before[-8:])


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
