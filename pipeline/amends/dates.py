"""Calendar dates in running text: ISO, English, German, French, Italian, Spanish, Dutch, Polish, Chinese and Japanese forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from amends.casing import small

_NAMES = (
    "january janvier januar gennaio enero januari stycznia jan", "february février februar febbraio febrero februari lutego feb fév févr",
    "march mars märz marzo maart marca mar mär mrt", "april avril aprile abril kwietnia apr avr", "may mai maggio mayo mei maja",
    "june juin juni giugno junio czerwca jun", "july juillet juli luglio julio lipca jul juil", "august août agosto augustus sierpnia aug",
    "september septembre settembre septiembre września sep sept", "october octobre oktober ottobre octubre października oct okt",
    "november novembre noviembre listopada nov", "december décembre dezember dicembre diciembre grudnia dec déc dez",
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
#: In small letters, for text in small letters.
_FORMS = re.compile(
    rf"(?<!\d)(?P<y1>20\d\d)[-/.](?P<m1>\d\d?)[-/.](?P<d1>\d\d?)(?!\d)"
    rf"|(?<![\d.])(?P<d2>\d\d?)(?:st|nd|rd|th|\.|er|º)?[\s-](?:of\s|de\s)?(?P<m2>{_MONTH})\.?,?(?:[\s-](?:de(?:l)?\s)?(?P<y2>20\d\d))?(?!\w)"
    rf"|(?<!\w)(?P<m3>{_MONTH})\.?\s(?:the\s)?(?P<d3>\d\d?)(?:st|nd|rd|th)?(?:,?\s(?P<y3>20\d\d))?(?!\w|[.,]?\d)"
    rf"|(?<!\d)(?P<y4>20\d\d)\s?年\s?(?P<m4>\d\d?)\s?月\s?(?P<d4>\d\d?)\s?[日号]"
    rf"|(?<![\d年])(?P<m7>\d\d?)\s?月\s?(?P<d7>\d\d?)\s?[日号]"
    rf"|(?<![\d.])(?P<d5>\d\d?)\.(?P<m5>\d\d?)\.(?P<y5>20\d\d)(?!\d)"
    rf"|(?<![\d/])(?P<a6>\d\d?)/(?P<b6>\d\d?)/(?P<y6>20\d\d)(?!\d)"
)  # fmt: skip


_ENGLISH = tuple(names.split()[0].capitalize() for names in _NAMES)


def long_date(day: date) -> str:
    """Return a date as `9 November 2026`, which cannot be read in two ways, whatever the machine's language."""
    return f"{day.day} {_ENGLISH[day.month - 1]} {day.year}"


def find_dates(text: str, year: int | None = None, *, day_first: bool = False) -> Iterator[tuple[date, int, int]]:
    """Yield (date, start, end) for every date in `text`.

    A date without a year is taken only when `year` is given. `3/4/2026` is read month first unless `day_first` or the
    first number exceeds 12. Impossible dates are passed over.
    """
    for match in _FORMS.finditer(small(text)):
        found = _read(match, year, day_first)
        if found:
            yield found, match.start(), match.end()


def _read(match: re.Match[str], year: int | None, day_first: bool) -> date | None:
    group = match.groupdict()
    if group["y1"]:
        parts = (group["y1"], group["m1"], group["d1"])
    elif group["d2"]:
        parts = (group["y2"], str(_MONTHS[group["m2"]]), group["d2"])
    elif group["m3"]:
        parts = (group["y3"], str(_MONTHS[group["m3"]]), group["d3"])
    elif group["y4"]:
        parts = (group["y4"], group["m4"], group["d4"])
    elif group["m7"]:
        parts = (None, group["m7"], group["d7"])
    elif group["d5"]:
        parts = (group["y5"], group["m5"], group["d5"])
    else:
        first, second = group["a6"], group["b6"]
        month, day = (second, first) if int(first) > 12 or (day_first and int(second) <= 12) else (first, second)
        parts = (group["y6"], month, day)
    if parts[0] is None and year is None:
        return None
    try:
        return date(int(parts[0] or year or 0), int(parts[1]), int(parts[2]))
    except ValueError:
        return None
