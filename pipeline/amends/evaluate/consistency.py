"""The item on figures that must agree with each other: percentages, repeated counts and rates, dates and tenses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from amends.evaluate.figures import dates_in, percentages_in
from amends.evaluate.rubric import RubricItem
from amends.evaluate.sums import at, sums
from amends.evaluate.view import Fault, Line, Outcome, View, judged

_COUNTED = re.compile(r"(?<![\d.,:/-])(\d[\d,]*) ([a-z][a-z-]+ [a-z-]*[a-z]s)\b")
_BACK = re.compile(r"\b(?:the|these|those|all|all the) (\d[\d,]*) ([a-z]+s)\b", re.IGNORECASE)
_TELLS_WHICH = re.compile(
    r" (?:of|in|from|with|for|without|that|which|who|whose|not|still|ready|open|on|by|at|under|over|\w+ed|bought|sold)\b"
)
_PARTIAL = re.compile(
    r"\b(?:of|other|remaining|further|more|rest|another|new|first|last|up to|least|most|than|every|per)\W*$", re.I
)
_RATE = re.compile(
    r"\b(order defect rate|odr|late shipment rate|lsr|cancell?ation rate|"
    r"valid tracking rate|vtr|on-time delivery rate|otdr)\b[^.;%]{0,30}?"
    r"\b(?:was|is|of|at|to|reached|stood at)? ?(\d+(?:\.\d+)?) ?(?:%|per ?cent)",
)
_OTHER_TIME = re.compile(
    r"\b(?:now|since|today|before|after|from|fell|rose|dropped|alarm|limit|target|goal|above|below|under|over|"
    r"at least|at most|less than|more than|exceeds?|reaches|when|if)\b",
)
_PAST_ACTION = re.compile(
    r"\b(?:we|i|was|were|been|has|have) (?:\w+ )?(?:\w+ed|sent|bought|set|shipped|closed|put|took|made)\b", re.I
)
_STILL_TO_COME = re.compile(
    r"\b(?:next|until|up to|till|through|by|due|valid|expir\w+|starting|will|planned)\b[^.;]{0,24}$", re.I
)
_YEAR = re.compile(r"20[0-4]\d")
_UNITS = {"days", "hours", "minutes", "weeks", "months", "years", "percent", "times", "pages", "words"}


def numbers_consistent(view: View, item: RubricItem) -> Outcome:
    """Answer whether percentages follow from counts, repeated figures agree, and nothing done lies in the future."""
    tolerance = float(item.settings["percent_tolerance"])
    faults = [
        *_percentages(view, tolerance),
        *_rates(view),
        *_counts(view),
        *_back_references(view),
        *(_sparing(fault) for fault in sums(view)),
        *_future(view),
    ]
    figures = sum(len(re.findall(r"\d+", line.text)) for line in view.lines)
    computed = sum(1 for line in _with_rates(view) for _ in percentages_in(line.text))
    return judged(faults, f"{figures} figures read, {computed} percentages computed, {len(faults)} contradictions.")


def _sparing(fault: Fault) -> Fault:
    """Sums over figures that the seller's facts give are a hint: a sentence may count two different things."""
    cited = fault.line is not None and fault.line.sentence.fact_ids
    return replace(fault, severity="advice") if cited else fault


def _percentages(view: View, tolerance: float) -> Iterator[Fault]:
    for line in _with_rates(view):
        for words, part, whole, percent, decimals in percentages_in(line.text):
            right = 100 * part / whole if whole else None
            if right is None or abs(right - percent) > max(tolerance, 0.51 * 10**-decimals):
                said = f"{part} of {whole} is {right:.2f} %" if right is not None else f"{part} of 0 is no rate"
                yield at(line, words, f"{said}, not {percent:g} %.", "Correct the counts or the rate.")


def _with_rates(view: View) -> Iterator[Line]:
    return (line for line in view.lines if "%" in line.text or "per cent" in line.text or "percent" in line.text)


def _rates(view: View) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for line in _with_rates(view):
        if _OTHER_TIME.search(line.low):
            continue
        for found in _RATE.finditer(line.low):
            name, value = found[1], found[2]
            if float(first.setdefault(name, value)) != float(value):
                yield at(
                    line, found.group(), f"The {name} is {first[name]} % elsewhere.", "Give one value, or its dates."
                )


def _counts(view: View) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for line in view.lines:
        for found in _COUNTED.finditer(line.text):
            number, noun = found[1], found[2]
            if _not_a_total(line.text, found) or set(noun.split()) & _UNITS:
                continue
            if first.setdefault(noun, number) != number and not (view.bare and not _swapped(number, first[noun])):
                message = f"“{noun}” are counted as {first[noun]} elsewhere."
                yield at(line, found.group(), message, "Use one count, or say what the other one counts.", advice=True)


def _swapped(one: str, other: str) -> bool:
    """Whether two figures have the same digits in another order, as a slip of the pen leaves them."""
    return len(one.replace(",", "")) > 1 and sorted(one) == sorted(other)


def _not_a_total(text: str, found: re.Match[str]) -> bool:
    if _YEAR.fullmatch(found[1]) or _PARTIAL.search(text[: found.start()]):
        return True
    return found[2].split()[0] in {
        "of",
        "other",
        "more",
        "new",
        "further",
    }


def _back_references(view: View) -> Iterator[Fault]:
    """ "the 27 orders" points back: some other place must have said 27 when orders were counted there.

    Where more words tell which ones are meant ("the 12 orders not yet handed over"), it is a count of its own.
    """
    for line in view.lines:
        for found in _BACK.finditer(line.text):
            number, noun = found[1], found[2].lower()
            if noun in _UNITS or (view.bare and (_TELLS_WHICH.match(line.text[found.end() :]) or found[0][0] in "aA")):
                continue
            counted = rf"\b(\d[\d,]*) (?:[a-z-]+ ){{0,2}}{re.escape(noun)}\b"
            others = {n for o in view.lines if o is not line for n in re.findall(counted, o.text.lower())}
            elsewhere = " ".join(o.text for o in view.lines if o is not line) + view.letter.subject
            if others and not re.search(rf"(?<!\d){number}(?!\d)", elsewhere):
                counts = ", ".join(sorted(others))
                message = f"“{found.group()}” points back to a count that is nowhere else; {noun}: {counts}."
                said = bool(line.sentence.fact_ids)  # a count that the seller's own facts give may stand alone
                yield at(line, found.group(), message, "Use the same count as before.", advice=said or view.bare)


def _future(view: View) -> Iterator[Fault]:
    today = view.case.today
    for line in view.of("done"):
        if line.sentence.role == "frame" and not _PAST_ACTION.search(line.text):
            continue
        for words, when in dates_in(line.text, today):
            if when > today and not _STILL_TO_COME.search(line.text.partition(words)[0]):
                message = f"{words} lies after today ({today.isoformat()}), but the action is told as done."
                yield at(line, words, message, "Correct the date, or move it to what is planned.")
