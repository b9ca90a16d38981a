"""Dates of header lines: RFC 5322, and the forms in which mail programs print them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_tz
from zoneinfo import ZoneInfo

from amends.read.mail import Printed
from amends.regex import regex

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jänner janvier janv gennaio gen enero ene",
            "feb february februar février févr fév fevrier febbraio febrero",
            "mar march märz mrz maerz mars marzo",
            "apr april avril avr aprile abril abr",
            "may mai maggio mag mayo",
            "jun june juni juin giugno giu junio",
            "jul july juli juillet juil luglio lug julio",
            "aug august août aout agosto ago",
            "sep sept september septembre settembre set septiembre",
            "oct october okt oktober octobre ottobre ott octubre",
            "nov november novembre noviembre",
            "dec december dez dezember décembre déc decembre dicembre dic diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
_YMD = regex(r"(?<!\d)(20\d\d)\s{0,2}[-/.年]\s{0,2}(\d{1,2})\s{0,2}[-/.月]\s{0,2}(\d{1,2})(?!\d)")
_DMY_DOTS = regex(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(20\d\d|\d\d)(?!\d)")
_SLASHES = regex(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](20\d\d|\d\d)(?!\d)")
_DAY_MONTH = regex(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|°)?\.?\s{1,2}(?:de\s)?([^\W\d_]{3,10})\.?,?\s{1,2}(?:de\s|del\s)?(20\d\d)"
)
_MONTH_DAY = regex(r"([^\W\d_]{3,10})\.?\s{1,2}(\d{1,2})(?:st|nd|rd|th)?,?\s{1,2}(20\d\d)")
_TIME = regex(
    r"(?P<before>上午|下午|晚上|中午|凌晨|早上|午前|午後)?\s?(?<!\d)(?P<h>\d{1,2})[:時时点](?P<m>\d\d)(?:[:分](?P<s>\d\d))?\s?(?P<after>[ap]\.?m\b)?",
    re.I,
)
_OFFSET = regex(r"(?:GMT|UTC)?\s?([+-])(\d\d):?(\d\d)(?!\d)")
_UTC = regex(r"\b(?:GMT|UTC|Z)\b")
_AFTERNOON = frozenset({"下午", "晚上", "午後"})
_LONGEST = 120


def printed(text: str) -> Printed | None:
    """Return the date that `text` prints; None if there is none or if day and month cannot be told apart."""
    text = text.strip()[:_LONGEST]
    return _rfc(text) or _local(text)


def aware(date: Printed, zone: str) -> datetime:
    """Return `date` as an aware moment; one without an offset is read in the IANA zone `zone`."""
    naive = datetime(*date[:6])
    if date.offset_minutes is None:
        return naive.replace(tzinfo=ZoneInfo(zone))
    return naive.replace(tzinfo=timezone(timedelta(minutes=date.offset_minutes)))


def _rfc(text: str) -> Printed | None:
    try:
        parts = parsedate_tz(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    if parts is None or not re.match(r"\s*(?:[A-Za-z]{3},?\s+)?\d{1,2}\s+[A-Za-z]{3}\s+\d{2,4}\s+\d{1,2}:\d\d", text):
        return None
    offset = parts[9]
    return _valid(*parts[:6], offset=0 if offset is None else offset // 60)


def _local(text: str) -> Printed | None:
    day = _day(text)
    if day is None:
        return None
    hour, minute, second = _clock(text)
    return _valid(*day, hour, minute, second, offset=_offset(text))


def _day(text: str) -> tuple[int, int, int] | None:
    if found := _YMD.search(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DMY_DOTS.search(text):
        return _full(found[3]), int(found[2]), int(found[1])
    if (found := _DAY_MONTH.search(text)) and (month := _MONTHS.get(found[2].lower())):
        return int(found[3]), month, int(found[1])
    for found in _MONTH_DAY.finditer(text):
        if month := _MONTHS.get(found[1].lower()):
            return int(found[3]), month, int(found[2])
    return _slashed(text)


def _slashed(text: str) -> tuple[int, int, int] | None:
    """11/3/2026 may be either; only a number above twelve, or twice the same number, tells day from month."""
    found = _SLASHES.search(text)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[2]), _full(found[3])
    if first > 12 or first == second:
        return year, second, first
    return (year, first, second) if second > 12 else None


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _clock(text: str) -> tuple[int, int, int]:
    found = _TIME.search(text)
    if not found:
        return 0, 0, 0
    hour = int(found["h"])
    late = found["before"] in _AFTERNOON or (found["after"] or "").lower().startswith("p")
    early = (found["after"] or "").lower().startswith("a") or found["before"] in ("午前", "上午", "凌晨")
    if late and hour < 12:
        hour += 12
    if early and hour == 12:
        hour = 0
    return hour, int(found["m"]), int(found["s"] or 0)


def _offset(text: str) -> int | None:
    if found := _OFFSET.search(text):
        minutes = int(found[2]) * 60 + int(found[3])
        return -minutes if found[1] == "-" else minutes
    return 0 if _UTC.search(text) else None


def _valid(
    year: int, month: int, day: int, hour: int, minute: int, second: int, *, offset: int | None
) -> Printed | None:
    """Return the date if the calendar has it. A leap second is read as the second before."""
    second = min(second, 59)
    try:
        datetime(year, month, day, hour, minute, second)
    except (ValueError, OverflowError):
        return None
    if offset is not None and abs(offset) >= 24 * 60:
        offset = 0
    return Printed(year, month, day, hour, minute, second, offset) if 1995 <= year <= 2100 else None
