"""Numbers, dates, ids, files and names: each must stand in the facts, and belong there to the same thing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from amends.verify import belonging, foreign, meaning
from amends.verify.atoms import ENCLOSURE, WEEKDAYS, Atom
from amends.verify.figures import Figure
from amends.verify.source import Source


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
        elif reason := belonging.elsewhere(figure, sentence, source):
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
    if atom.value == "2" and atom.text.isalpha() and _pair_meant(atom, sentence, source):
        return True
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
    if atom.kind == "name" and source.foreign and foreign.says_name(source.text, atom.text):
        return True
    if atom.kind == "name":
        return all(
            p in spoken
            or p.removesuffix("'s") in spoken
            or (p in WEEKDAYS and bool({p.rstrip("s"), f"{p.rstrip('s')}s"} & spoken))
            for p in meaning.words(atom.text)
        )
    return atom.value in source.text.lower()


_OF_TWO = re.compile(
    r"\s(?:differ|match|agree|disagree|are|were|is|must|have|do|did|of them|were|coincide|correspond)|[,.;)]",
    re.IGNORECASE,
)


def _pair_meant(atom: Atom, sentence: Source, source: Source) -> bool:
    """ "the two differ", "the two parcels" where the facts say "both"."""
    if not re.search(r"\b(?:the|these|those)\s$", sentence.text[: atom.start], re.IGNORECASE):
        return False
    return "both" in source.spoken or _OF_TWO.match(sentence.text, atom.end) is not None


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
