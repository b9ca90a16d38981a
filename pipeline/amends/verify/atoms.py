"""The hard parts of a text that must never be invented: numbers, dates, ids, files, addresses and names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from amends.dates import find_dates

AtomKind = Literal["number", "date", "id", "document", "name"]


class Atom(NamedTuple):
    """One hard part: `value` is its normal form, comparable across wordings; `text[start:end]` its words."""

    kind: AtomKind
    value: str
    text: str
    start: int
    end: int


_FILE = re.compile(
    r"(?<![\w/@])[\w][\w\-.()]*\.(?:pdf|png|jpe?g|gif|tiff?|xlsx?|csv|docx?|txt|eml|msg|zip|heic|mp4)\b", re.IGNORECASE
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s,;)]+|(?<![\w@.-])[a-z][\w-]*(?:\.[a-z][\w-]*)*\.(?:com|net|org|eu|de|fr|it|es|nl|pl|se|ca|co\.uk|co\.jp|example)\b"
)
_LETTERS = re.compile(r"[a-z]+")
_ANY_DIGIT = re.compile(r"\d")
_DOTTED = re.compile(r"\.\w|://")
_ID = re.compile(
    r"(?<![\w-])(?:\d{3}-\d{7}-\d{7}|B0[A-Z0-9]{8}|(?=[\w/-]*\d)(?=[\w/-]*[A-Z])[A-Z0-9]+(?:[-/_][A-Za-z0-9]+)+|[A-Z]{1,6}\d[A-Z0-9]{2,}|(?=[A-Z0-9]*[A-Z])\d[A-Z0-9]{7,}|\d{7,})(?![\w-])"
)
_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
_DAYS = r"\d{1,2}(?:st|nd|rd|th)?(?:(?:,\s|\s?[-–]\s?|,?\s(?:and|to|until|through)\s)\d{1,2}(?:st|nd|rd|th)?)+"
#: "27, 28 and 29 October 2026", "October 5 to 14, 2026": each day is a date of its own.
_SOME_DAYS = re.compile(
    rf"(?<![\d.:-])(?P<d1>{_DAYS})\s(?:of\s)?(?P<m1>{_MONTH})\b\.?,?(?:\s(?P<y1>20\d\d))?|\b(?P<m2>{_MONTH})\.?\s(?P<d2>{_DAYS})(?!\d|:\d)(?:,?\s(?P<y2>20\d\d))?"
)
#: Stands for "no year said": a leap year that no notice is of.
_NO_YEAR = 1904
_TIME = re.compile(r"(?<![\d:.])(\d{1,2}):(\d{2})(?::\d{2})?(?:\s?(am|pm|a\.m\.|p\.m\.)(?!\w))?", re.IGNORECASE)
_DOT_TIME = re.compile(r"(?<![\d:.])(\d{1,2})\.(\d{2})\s?(am|pm|a\.m\.|p\.m\.)(?!\w)", re.IGNORECASE)
_CLOCK = re.compile(r"(?<![\d:.])(\d{1,2})\s?(am|pm|a\.m\.|p\.m\.)(?!\w)", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"\b({_MONTH})\.?\s(20\d\d)\b")
_CHINESE_DAY = re.compile(r"(?<!\d)(\d\d?)\s?月\s?(\d\d?)\s?[日号]")
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.,])\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?(?![\d])|(?<![A-Za-z0-9_.])\d+(?:[.,]\d+)?(?![\d])"
)
_UNITS = {
    "zero": 0, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_MONTH_WORDS = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_BIG = {
    "dozen": "12",
    "twice": "2",
    "double": "2",
    "doubled": "2",
    "triple": "3",
    "tripled": "3",
    "thrice": "3",
    "couple of": "2",
    "pair of": "2",
    "halves": "half",
}
_WORD_NUMBER = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:[- ](?P<unit>one|{'|'.join(list(_UNITS)[1:9])}))?|(?P<small>{'|'.join(_UNITS)})|(?P<big>dozens?|half|halves|(?<!the )thirds?|quarters? of|hundreds?|thousands?|millions?|couple of|pair of|twice|thrice|doubled?|tripled?))\b",
    re.IGNORECASE,
)
_NUMBER_WORDS = frozenset(
    (*_UNITS, *_TENS, "dozen", "dozens", "half", "halves", "third", "thirds", "quarters", "hundred", "hundreds", "thousand", "thousands", "million", "millions",
     "couple", "pair", "twice", "thrice", "double", "doubled", "triple", "tripled")
)  # fmt: skip
#: "enclosure 2", "annexes 1, 2 and 3": its numbers are checked against the enclosures, not against the facts.
ENCLOSURE = re.compile(
    r"\(?\b(?:enclosures?|attachments?|annex(?:es)?|exhibits?|appendix)\s(\d+(?:(?:,\s|\sand\s|\sto\s|\s?[-–]\s?)\d+)*)\)?",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![\w'])[A-ZÀ-ÖØ-Þ][\w’'&-]*")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
#: Capitalised words that are nobody's name: calendar words are checked as dates, field terms are common property.
_COMMON = frozenset(
    "i i'm we're we've we'll we our on in at the a an and or since from by after before for to of amazon amazon's seller central asin asins sku skus id ids "
    "enclosure enclosures attached notice account health performance team us uk eu usd eur gbp".split()
)
_COUNTRIES = frozenset({"US", "UK", "EU"})
WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays".split()
)


@lru_cache(maxsize=8192)
def atoms(text: str, *, names: bool = True) -> tuple[Atom, ...]:
    """Every hard part of `text`, in order. With `names=False` capitalised words are left out (for sources)."""
    text = _plain_digits(text)
    taken: list[tuple[int, int]] = [(m.start(), m.end()) for m in ENCLOSURE.finditer(text)] if _digit(text) else []
    found: list[Atom] = []
    for atom in _candidates(text, names=names):
        if all(atom.end <= s or atom.start >= e for s, e in taken):
            taken.append((atom.start, atom.end))
            found.append(atom)
    return tuple(sorted(found, key=lambda a: a.start))


def _plain_digits(text: str) -> str:
    """`text` with the digits of every script as 0-9, character by character, so that places stay the same."""
    if text.isascii():
        return text
    return "".join(
        c if c.isascii() else str(digit) if (digit := unicodedata.digit(c, None)) is not None else c for c in text
    )


def _digit(text: str) -> bool:
    return _ANY_DIGIT.search(text) is not None


def _candidates(text: str, *, names: bool) -> Iterator[Atom]:
    """All readings, the ones that win first: a file name before the numbers in it."""
    digits = _digit(text)
    dotted = _DOTTED.search(text) is not None
    readings = [("document", _FILE), ("name", _MAIL), ("name", _LINK)] if dotted else []
    for kind, pattern in (*readings, *([("id", _ID)] if digits else [])):
        for m in pattern.finditer(text):
            yield Atom(kind, m[0].lower().rstrip("."), m[0], m.start(), m.end())  # type: ignore[arg-type]
    if digits:
        yield from _dates(text)
        yield from _times(text)
        for m in _NUMBER.finditer(text):
            yield Atom("number", number(m[0]), m[0], m.start(), m.end())
    for m in _WORD_NUMBER.finditer(text) if _NUMBER_WORDS & set(_LETTERS.findall(text.lower())) else ():
        yield Atom("number", _word_number(m), m[0], m.start(), m.end())
    if names:
        for m in _NAME.finditer(text):
            country = m[0] in _COUNTRIES and not text.startswith(" dollar", m.end())
            if (
                (m[0].lower() not in _COMMON or country)
                and (_is_brand(m[0]) or not _starts_sentence(text, m.start()))
                and m[0].lower() not in _MONTHS
            ):
                yield Atom("name", m[0].lower().removesuffix("'s").removesuffix("’s"), m[0], m.start(), m.end())


def _dates(text: str) -> Iterator[Atom]:
    months = _MONTH_WORDS.search(text)
    for m in _SOME_DAYS.finditer(text) if months else ():
        which = "1" if m["d1"] else "2"
        month, year = _month(m[f"m{which}"]), m[f"y{which}"] or "-"
        days = [(d[0], m.start(f"d{which}") + d.start()) for d in re.finditer(r"\d+", m[f"d{which}"])]
        for n, (day, at) in enumerate(days):
            start = m.start() if n == 0 and which == "2" else at
            end = m.end() if n == len(days) - 1 else at + len(day)
            yield Atom("date", f"{year}-{month:02}-{int(day):02}", text[start:end], start, end)
    for on, start, end in find_dates(text, year=_NO_YEAR):
        value = f"--{on.month:02}-{on.day:02}" if on.year == _NO_YEAR else on.isoformat()
        yield Atom("date", value, text[start:end], start, end)
    for m in _CHINESE_DAY.finditer(text) if not text.isascii() else ():
        yield Atom("date", f"--{int(m[1]):02}-{int(m[2]):02}", m[0], m.start(), m.end())
    for m in _MONTH_YEAR.finditer(text) if months else ():
        yield Atom("date", f"{m[2]}-{_month(m[1]):02}", m[0], m.start(), m.end())


def _month(name: str) -> int:
    return next(n for n, month in enumerate(_MONTHS, 1) if month.startswith(name[:3].lower()))


def _times(text: str) -> Iterator[Atom]:
    lowered = text.lower()
    readings = (((_TIME, True),) if ":" in text else ()) + (
        ((_DOT_TIME, True), (_CLOCK, False)) if "m" in lowered else ()
    )
    for pattern, minutes in readings:
        for m in pattern.finditer(text):
            half = (m[3] if minutes else m[2]) or ""
            hour = int(m[1]) % 12 + (12 if half.lower().startswith("p") else 0) if half else int(m[1])
            yield Atom("number", f"{hour:02}:{m[2] if minutes else '00'}", m[0], m.start(), m.end())


def number(digits: str) -> str:
    """The normal form of a figure: no group marks, a decimal point, no trailing zeros ("1,204.50" -> "1204.5")."""
    digits = re.sub(r"[, ](?=\d{3}(?!\d))", "", digits).replace(",", ".")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits.lstrip("0") or "0"


def _word_number(match: re.Match[str]) -> str:
    if match["big"]:
        return _BIG.get(match["big"].lower(), match["big"].lower().removesuffix(" of").rstrip("s"))
    if match["small"]:
        return str(_UNITS[match["small"].lower()])
    unit = (match["unit"] or "").lower()
    return str(_TENS[match["tens"].lower()] + (1 if unit == "one" else _UNITS.get(unit, 0)))


def _is_brand(word: str) -> bool:
    """Whether a word is a name by its letters, wherever it stands: "ParcelPad", "UPS"."""
    return re.search(r"[a-z][A-Z]", word) is not None or (len(word) > 2 and word.isalpha() and word.isupper())


def _starts_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \"'“(")
    return not before or before[-1] in ".!?:;\n-–•"
