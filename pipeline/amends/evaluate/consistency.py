"""The item on figures that must agree with each other: percentages, repeated counts and rates, dates and tenses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from amends.evaluate.figures import dates_in, percentages_in, without_dates
from amends.evaluate.rubric import RubricItem
from amends.evaluate.sums import sums
from amends.evaluate.timeline import timeline
from amends.evaluate.view import Fault, Line, Outcome, View, at, judged
from amends.regex import regex

_RATE = regex(
    r"\b(order defect rate|odr|late shipment rate|lsr|cancell?ation rate|"
    r"valid tracking rate|vtr|on-time delivery rate|otdr)\b[^.;%]{0,30}?"
    r"\b(?:was|is|of|at|to|reached|stood at)? ?(\d+(?:\.\d+)?) ?(?:%|per ?cent)",
)
_OTHER_TIME = regex(
    r"\b(?:now|since|today|before|after|from|fell|rose|dropped|alarm|limit|target|goal|above|below|under|over|"
    r"at least|at most|less than|more than|exceeds?|reaches|when|if)\b",
)
_SHARE = regex(
    r"(?<![\w.,:/-])(\d[\d,]*) (?:out )?(?:of|von|der) (?:the |our |these |all |den |unseren )*(\d[\d,]*)(?![\w:/-]|[.,]\d)"
)
_ONE_RATE = regex(r"(?<![\w.,])(\d{1,2}(?:[.,]\d+)?) ?(?:%|per ?cent|prozent)")
_NAMED_RATE = regex(r"\b(?:\w*rate|rating|\w*quote|odr|lsr|vtr|otdr)\b[^.;%\d]{0,40}?(\d+(?:[.,]\d+)?) ?%")
_SMALL = 20
_IT = regex(
    r"(?:it (?:covers|means|is|was|comes|stands)|that (?:is|was|means)|this (?:is|was|means)|in figures|these are|das sind|dies sind)\b"
)
_PAST_ACTION = regex(
    r"\b(?:we|i|was|were|been|has|have) (?:\w+ )?(?:\w+ed|sent|bought|set|shipped|closed|put|took|made)\b", re.I
)
_STILL_TO_COME = regex(
    r"\b(?:next|until|up to|till|through|by|due|valid|expir\w+|starting|will|planned)\b[^.;]{0,24}$", re.I
)


def numbers_consistent(view: View, item: RubricItem) -> Outcome:
    """Answer whether percentages follow from counts, repeated figures agree, and nothing done lies in the future."""
    tolerance = float(item.settings["percent_tolerance"])
    faults = [
        *_percentages(view, tolerance),
        *_lone_percentages(view, tolerance),
        *_rate_of_counts(view),
        *_share_behind(view, tolerance),
        *_rates(view),
        *(_sparing(fault) for fault in sums(view)),
        *_future(view),
        *timeline(view),
    ]
    figures = sum(len(re.findall(r"\d+", line.text)) for line in view.lines)
    computed = sum(1 for line in _with_rates(view) for _ in percentages_in(line.text))
    return judged(faults, f"{figures} figures read, {computed} percentages computed, {len(faults)} contradictions.")


def _sparing(fault: Fault) -> Fault:
    """Sums over figures that the seller's facts give are a hint: a sentence may count two different things; certain ones stay."""
    cited = fault.line is not None and fault.line.sentence.fact_ids
    return replace(fault, severity="advice") if cited and fault.severity is None else fault


def _percentages(view: View, tolerance: float) -> Iterator[Fault]:
    for line in _with_rates(view):
        for words, part, whole, percent, decimals in percentages_in(line.text):
            right = 100 * part / whole if whole else None
            if right is None or abs(right - percent) > max(tolerance, 0.51 * 10**-decimals):
                said = f"{part} of {whole} is {right:.2f} %" if right is not None else f"{part} of 0 is no rate"
                yield at(line, words, f"{said}, not {percent:g} %.", "Correct the counts or the rate.")


def _lone_percentages(view: View, tolerance: float) -> Iterator[Fault]:
    """ "The rate was 8.0 %: 24 of 300 orders": where a sentence has one share and one rate, they are of each other."""
    for line in _with_rates(view):
        text = without_dates(line.low)
        rates = [
            m for m in _ONE_RATE.finditer(text) if not _OTHER_TIME.search(text[max(0, m.start() - 24) : m.start()])
        ]
        shares = [(int(m[1].replace(",", "")), int(m[2].replace(",", ""))) for m in _SHARE.finditer(text)]
        if len(shares) != 1 or len(rates) != 1 or len(_ONE_RATE.findall(text)) != 1 or any(percentages_in(line.text)):
            continue
        (part, whole), told = shares[0], rates[0][1].replace(",", ".")
        right, near = 100 * part / whole if whole else 0.0, max(tolerance, 0.51 * 10 ** -len(told.partition(".")[2]))
        if whole > _SMALL and min(abs(right - float(told)), abs(100 - right - float(told))) > near:
            words = line.text[rates[0].start() : rates[0].end()]
            yield at(
                line, words, f"{part} of {whole} is {right:.2f} %, not {told} %.", "Correct the counts or the rate."
            )


def _rate_of_counts(view: View) -> Iterator[Fault]:
    """A share that comes near a rate of the letter, and is not it: "24 of 420" where the rate is 5.24 % (22 of 420)."""
    lines = [line for line in view.lines if line.part in ("root", "other")]
    texts = [view.letter.subject.lower(), *(without_dates(line.low) for line in lines)]
    shares = [(int(m[1].replace(",", "")), int(m[2].replace(",", ""))) for text in texts for m in _SHARE.finditer(text)]
    rates = {float(m[1].replace(",", ".")) for text in texts for m in _NAMED_RATE.finditer(text)}
    for line in lines:
        for found in _SHARE.finditer(without_dates(line.low)):
            part, whole = (int(found[n].replace(",", "")) for n in (1, 2))
            close = [r for r in rates if whole > _SMALL and 0.05 < abs(r - 100 * part / whole) < max(0.3 * r, 0.2)]
            said = [
                r
                for r in rates
                for p, w in shares
                if w and min(abs(r - 100 * p / w), abs(100 - r - 100 * p / w)) <= 0.051
            ]
            if close and not set(close) & set(said) and not any(abs(r - 100 * part / whole) <= 0.051 for r in rates):
                words = line.text[found.start() : found.end()]
                message = f"{part} of {whole} is {100 * part / whole:.2f} %, but the letter speaks of {close[0]:g} %."
                yield at(line, words, message, "Correct the counts or the rate.")


def _share_behind(view: View, tolerance: float) -> Iterator[Fault]:
    """ "… the late shipment rate of 7.5 %. It covers 15 of 200 orders": the share is that rate."""
    for line, behind in pairwise(view.lines):
        text = without_dates(behind.low)
        rates, shares = _ONE_RATE.findall(without_dates(line.low)), list(_SHARE.finditer(text))
        alone = len(rates) == 1 and len(shares) == 1 and line.section is behind.section and "%" not in text
        if (
            not alone
            or not _IT.match(text)
            or _SHARE.search(line.low)
            or _OTHER_TIME.search(line.low.partition(rates[0])[0][-24:])
        ):
            continue
        part, whole = (int(shares[0][n].replace(",", "")) for n in (1, 2))
        told = rates[0].replace(",", ".")
        near = max(tolerance, 0.51 * 10 ** -len(told.partition(".")[2]))
        if (
            whole > _SMALL
            and min(abs(100 * part / whole - float(told)), abs(100 - 100 * part / whole - float(told))) > near
        ):
            words = behind.text[shares[0].start() : shares[0].end()]
            message = f"{part} of {whole} is {100 * part / whole:.2f} %, but the sentence before says {told} %."
            yield at(behind, words, message, "Correct the counts or the rate.")


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


def _future(view: View) -> Iterator[Fault]:
    today = view.case.today
    for line in view.of("done"):
        if line.sentence.role == "frame" and not _PAST_ACTION.search(line.text):
            continue
        for words, when in dates_in(line.text, today):
            if when > today and not _STILL_TO_COME.search(line.text.partition(words)[0]):
                message = f"{words} lies after today ({today.isoformat()}), but the action is told as done."
                yield at(line, words, message, "Correct the date, or move it to what is planned.")
