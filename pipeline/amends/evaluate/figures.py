"""Dates, numbers, ids and percentages as they stand in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?|januar|februar|märz|mai|juni|juli|oktober|dezember"
)
_MONTH_NUMBER = {
    **{
        m: n
        for n, m in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)
    },
    **{"mär": 3, "mai": 5, "okt": 10, "dez": 12},
}
DATE = re.compile(
    rf"\b(?P<y>20\d\d)-(?P<m>\d\d?)-(?P<d>\d\d?)\b"
    rf"|\b(?P<d1>\d\d?)(?:st|nd|rd|th|\.)?(?: of)? ?(?=[a-z])(?P<m1>{_MONTHS})\b\.?(?:,? (?P<y1>20\d\d)\b)?"
    rf"|\b(?=[jfmasond])(?P<m2>{_MONTHS})\b\.? (?P<d2>\d\d?)(?:st|nd|rd|th)?\b(?!:)(?:,? (?P<y2>20\d\d)\b)?"
    r"|\b\d\d?[./]\d\d?[./](?:20)?\d\d\b|(?:(?P<y3>20\d\d)年)?(?P<m3>\d\d?)月(?P<d3>\d\d?)日",
    re.IGNORECASE,
)
_LEAST_CELLS, _FIGURES = 12, 0.4
_MAY_DATE = re.compile(r"\d")
#: A month without its day at the head of a line, as remains of "3. November:" where the day was taken for a list mark.
MONTH_FIRST = re.compile(rf"\W*(?:{_MONTHS})\b\W{{0,3}}[:–-]", re.IGNORECASE)
_MONTH_ONLY = re.compile(rf"(?<!\d )(?<!\d\. )\b({_MONTHS}) (20\d\d)\b", re.IGNORECASE)
_COUNT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|both|dozen|zero|none)\b", re.IGNORECASE
)
ASIN = re.compile(r"\bB0[A-Z0-9]{8}\b")
PERCENT_OF = re.compile(
    r"(?P<part>\d[\d,]*) (?:out )?(?:of|von|der) (?:the |our |all |den |unseren )*(?P<whole>\d[\d,]*)\b[^.;:%\d(]{0,140}?"
    r"[(:=,]? ?(?P<percent>\d+(?:[.,]\d+)?) ?(?:%|per ?cent|prozent)"
    r"|(?P<percent2>\d+(?:[.,]\d+)?) ?(?:%|per ?cent|prozent)[^.;%\d]{0,12}\(?(?P<part2>\d[\d,]*)"
    r" (?:out )?(?:of|von|der) (?:the |our |all |den |unseren )*(?P<whole2>\d[\d,]*)\b",
    re.IGNORECASE,
)


def has_date(text: str) -> bool:
    """Return whether a calendar date stands in `text`; weekdays and clock times are none."""
    return DATE.search(text) is not None


def has_count(text: str) -> bool:
    """Return whether a number or id stands in `text` besides its dates."""
    return _COUNT.search(DATE.sub(" ", text)) is not None


def has_figure(text: str) -> bool:
    """Return whether a number, date or id stands in `text`."""
    return _COUNT.search(text) is not None


def dates_in(text: str, today: date) -> tuple[tuple[str, date], ...]:
    """Return each date whose order of day and month is certain, as written and as a date.

    A date without year is taken to be in the year that brings it nearest to `today`.
    """
    return _dates(text, today) if _MAY_DATE.search(text) else ()


@lru_cache(maxsize=1024)
def _dates(text: str, today: date) -> tuple[tuple[str, date], ...]:
    return tuple(_each_date(text, today))


def _each_date(text: str, today: date) -> Iterator[tuple[str, date]]:
    for found in DATE.finditer(text):
        day = found["d"] or found["d1"] or found["d2"] or found["d3"]
        month = found["m"] or found["m1"] or found["m2"] or found["m3"]
        if day is None or month is None:
            continue
        number = int(month) if month.isdigit() else _MONTH_NUMBER[month[:3].lower()]
        year = found["y"] or found["y1"] or found["y2"] or found["y3"]
        resolved = _nearest(int(year) if year else None, number, int(day), today)
        if resolved is not None:
            yield found.group(), resolved


def _nearest(year: int | None, month: int, day: int, today: date) -> date | None:
    years = (year,) if year else (today.year - 1, today.year, today.year + 1)
    try:
        return min((date(y, month, day) for y in years), key=lambda d: abs((d - today).days))
    except ValueError:  # no such day, such as 31 June
        return None


def month_ends(text: str) -> Iterator[date]:
    """Yield the last day of every month that stands in `text` with its year and without a day."""
    for found in _MONTH_ONLY.finditer(text):
        number = _MONTH_NUMBER[found[1][:3].lower()]
        yield date(int(found[2]) + number // 12, number % 12 + 1, 1) - timedelta(days=1)


def percentages_in(text: str) -> Iterator[tuple[str, int, int, float, int]]:
    """Yield (words, part, whole, per cent as written, its decimals) of every "x of y (z %)" in `text`."""
    dateless = without_dates(text)
    for found in PERCENT_OF.finditer(dateless):
        part, whole = found["part"] or found["part2"], found["whole"] or found["whole2"]
        percent = (found["percent"] or found["percent2"]).replace(",", ".")
        decimals = len(percent.partition(".")[2])
        words = text[found.start() : found.end()]
        yield words, int(part.replace(",", "")), int(whole.replace(",", "")), float(percent), decimals


def is_table(text: str) -> bool:
    """Return whether `text` is rows of a table run together: many cells, two of five of them with a figure."""
    cells = text.replace("|", " ").split()
    return len(cells) >= _LEAST_CELLS and sum(any(map(str.isdigit, cell)) for cell in cells) >= _FIGURES * len(cells)


@lru_cache(maxsize=2048)
def without_dates(text: str) -> str:
    """Return `text` of the same length with letters in the place of its dates."""
    return DATE.sub(lambda found: "d" * len(found.group()), text)
