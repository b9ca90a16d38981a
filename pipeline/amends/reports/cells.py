"""Cells as values: days in the forms that reports print, whole numbers, order numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

_NUMERIC = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{2}|\d{4})")


@dataclass(frozen=True)
class Days:
    """The days behind the texts of a column. `ambiguous`: `3/4/26` everywhere, and nothing tells month from day."""

    of: Mapping[str, date] = field(default_factory=dict)
    ambiguous: bool = False
    unread: tuple[str, ...] = ()


def read_days(texts: Collection[str], *, day_first: bool | None = None) -> Days:
    """Return the day of each text: `2026-11-03`, `2026/11/03`, `11/3/26`, `03.11.2026`, `3-Nov-2026`, `2026年11月3日` …

    Which of two slashed numbers is the month is settled for the whole column: by a number above 12, else by
    `day_first`. Where neither tells, the slashed days are left out and `ambiguous` is True.
    """
    slashed = {t: m for t in texts if (m := _NUMERIC.fullmatch(t.strip())) and len(m[1]) <= 2 and m[2] != "."}
    if day_first is None and slashed:
        first, second = (max(int(m[group]) for m in slashed.values()) for group in (1, 3))
        day_first = first > 12 if (first > 12) != (second > 12) else None
    days = {t: day for t in texts if (day := _day(t.strip(), day_first)) is not None}
    unread = tuple(t for t in texts if t.strip() and t not in days)
    ambiguous = day_first is None and bool(slashed)
    return Days(days, ambiguous, () if ambiguous else unread)


def _day(text: str, day_first: bool | None) -> date | None:
    match = _NUMERIC.fullmatch(text)
    if match:
        a, sign, b, c = match.groups()
        if len(a) == 4:
            return _valid(a, b, c)
        if sign == ".":
            return _valid(c, b, a)
        if day_first is None:
            return None
        return _valid(c, b, a) if day_first else _valid(c, a, b)
    return _named(text)


def _named(text: str) -> date | None:
    """A day whose month is a word, in one of seven languages, and that begins the text."""
    from amends.dates import find_dates

    spaced = text.replace("-", " ") if re.search(r"[^\W\d_]", text) else text
    return next((day for day, start, _ in find_dates(spaced) if start == 0), None)


def _valid(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def whole_number(text: str) -> int | None:
    """A count in English or continental form ("1,200", "1.200", "3.0", "3,00"); None if it is no whole number."""
    digits = re.sub(r"[\s'\u00a0\u202f]", "", text)
    if re.fullmatch(r"-?\d+(?:[.,]0{1,2})?", digits):
        return int(re.split(r"[.,]", digits)[0])
    if re.fullmatch(r"-?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:[.,]0{1,2})?", digits):
        return int(re.sub(r"[.,]", "", re.sub(r"[.,]0{1,2}$", "", digits)))
    return None


def order_id(number: int) -> str:
    """The order id 3-7-7 of an order number as kept in a table."""
    digits = f"{number:017d}"
    return f"{digits[:3]}-{digits[3:10]}-{digits[10:]}"
