"""Dates, ids and lists that a letter must tell the same way in all places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from amends.evaluate.counts import number
from amends.evaluate.figures import ASIN, dates_in
from amends.evaluate.view import Fault, View, at
from amends.regex import regex

_PAPER = regex(
    r"\b(?P<kind>invoice|report|certificate|letter|order|contract|statement|rechnung|notice|message|mail|request) (?:no\.? ?)?(?P<id>[A-Z]{0,4}-?\d[\w-]{2,20})?,? ?(?:of|dated|from|vom) $",
    re.IGNORECASE,
)
_STARTED = regex(r"\bsince (?:the )?$|\bseit (?:dem )?$", re.IGNORECASE)
_LISTED = regex(
    r"(?P<n>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve) (?P<what>[a-z]+s): (?P<items>[a-z][\w ]{1,24}(?:, (?:and )?[a-z][\w ]{1,24}){1,11}(?: and [a-z][\w ]{1,24})?)[.;]"
)
_YEAR = re.compile(r"20\d\d|^\d+[./]\d+[./]\d+$")
_DIFFER, _DAYS_A_WEEK, _SUNDAY = 2, 7, 6
_DAYS = regex(
    r"\b(?:from|between|vom|zwischen)(?: dem)? (?P<first>\d{1,2})\.? (?:to|until|and|bis(?: zum)?|und(?: dem)?) (?P<last>\d{1,2})\.? (?:january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember)\b"
)
_LENGTH = regex(
    r"\b(?:from|between|vom|zwischen)(?: dem)? (?P<first>\d{1,2})\.? (?:to|until|and|bis(?: zum)?|und(?: dem)?) (?P<last>\d{1,2})\.? [a-zä]{3,9}(?: 20\d\d)?,? \(?(?P<n>\d{1,2}) (?:days|tage)\b"
)
_WEEKDAY = regex(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:mon|diens|donners|frei|sams|sonn)tag\b|\bmittwoch\b"
)
_WEEKDAY_BEFORE = regex(
    r"\b((?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch),?(?: the| dem| den)? $"
)
#: First two letters of the weekdays, English then German.
_WEEK = ("mo", "tu", "we", "th", "fr", "sa", "su", "??", "di", "mi", "do")
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NOTICE_OF = regex(
    r"\b(?:notice|notification|mitteilung|message|request)\b[^.]{0,20}? (?:of|from|vom|dated) ", re.IGNORECASE
)
_HEAD_LINES, _LEADING, _WEEKS = 3, 4, 20


def timeline(view: View) -> Iterator[Fault]:
    """Yield a fault for each period told backwards, paper with two dates, rule in force from a day to come, list of the
    wrong length, and ASIN that differs by a letter or two from the one complained of."""
    yield from _backwards(view)
    yield from _days_backwards(view)
    yield from _weekdays(view)
    yield from _lengths(view)
    yield from _two_dates(view)
    yield from _not_yet(view)
    yield from _lists(view)
    yield from _near_asins(view)
    yield from _long_before(view)


def _backwards(view: View) -> Iterator[Fault]:
    for line in view.lines:
        found = list(dates_in(line.text, view.case.today))
        for (first, start), (second, end) in pairwise(found):
            between = line.text.partition(first)[2].partition(second)[0]
            before = line.low.partition(first.lower())[0]
            told = re.fullmatch(r" (?:to|until|and|till|bis|und) (?:the )?", between) and re.search(
                r"(?:from|between|vom|zwischen)(?: dem| the)? $", before
            )
            if told and end < start and all(_YEAR.search(said) for said in (first, second)):
                yield at(line, f"{first}{between}{second}", f"{second} lies before {first}.", "Correct the period.")


def _days_backwards(view: View) -> Iterator[Fault]:
    """ "from 24 to 22 October": two days of one month, the later first."""
    for line in view.lines:
        for found in _DAYS.finditer(line.low):
            if int(found["first"]) > int(found["last"]):
                words = line.text[found.start() : found.end()]
                yield at(line, words, f"{found['last']} lies before {found['first']}.", "Correct the period.")


def _lengths(view: View) -> Iterator[Fault]:
    """ "from 27 to 29 November (3 days)", first and last day counted or not."""
    for line in view.lines:
        for found in _LENGTH.finditer(line.low):
            first, last, told = (int(found[name]) for name in ("first", "last", "n"))
            if last > first and told not in (last - first, last - first + 1):
                words = line.text[found.start() : found.end()]
                yield at(
                    line, words, f"{first} to {last} are {last - first + 1} days.", "Correct the period or its length."
                )


def _weekdays(view: View) -> Iterator[Fault]:
    """ "Friday, 14 November 2026", which is no Friday; without a year the year is only likely."""
    for line in view.lines if any(map(_WEEKDAY.search, (line.low for line in view.lines))) else ():
        for words, day in dates_in(line.text, view.case.today):
            named = _WEEKDAY_BEFORE.search(line.text.partition(words)[0].lower())
            if named and _weekday(named[1]) != day.weekday():
                right = _NAMES[day.weekday()]
                yield at(
                    line,
                    line.text[named.start() : line.text.find(words) + len(words)],
                    f"{day.isoformat()} is a {right}.",
                    "Correct the weekday or the date.",
                    advice=not re.search(r"20\d\d", words),
                )


def _weekday(name: str) -> int:
    return _SUNDAY if name == "sonntag" else _WEEK.index(name[:2]) % _DAYS_A_WEEK


def _two_dates(view: View) -> Iterator[Fault]:
    """A paper with an id, or the notice, that has two dates."""
    known: dict[str, tuple[str, date]] = {}
    texts = [(None, view.letter.subject), *((line, line.text) for line in view.lines)]
    for line, text in texts:
        for words, day in dates_in(text, view.case.today):
            paper = _PAPER.search(text[: text.find(words)])
            kind = paper["kind"].lower() if paper else ""
            if paper is None or not (paper["id"] or kind == "notice"):
                continue
            name = f"{kind} {paper['id'] or ''}".strip()
            first = known.setdefault(name, (words, day))
            if first[1] != day and line is not None:
                yield at(
                    line,
                    words,
                    f"The {name} is dated {first[0]} elsewhere.",
                    "Use one date.",
                    advice=kind == "notice" and not _slip(first[1], day),
                )


def _long_before(view: View) -> Iterator[Fault]:
    """An action whose own day lies weeks before the notice that it answers: mostly a slip in the month."""
    head = " ".join([view.letter.subject, *(line.text for line in view.lines[:_HEAD_LINES])])
    named = _NOTICE_OF.search(head)
    days = dates_in(head[named.end() :], view.case.today) if named else ()
    for line in view.of("done") if days and "done" in view.titled else ():
        for words, day in dates_in(line.text, view.case.today)[:1]:
            if line.text.find(words) <= _LEADING and (days[0][1] - day).days > _WEEKS:
                message = f"{words} lies {(days[0][1] - day).days} days before the notice of {days[0][0]}."
                yield at(line, words, message, "Correct the date, or say why it was done before.", advice=True)


def _slip(one: date, other: date) -> bool:
    return one.month == other.month and one.year == other.year


def _not_yet(view: View) -> Iterator[Fault]:
    """ "Since 3 December", where today is before that day."""
    for line in view.of("measure", "done"):
        for words, day in dates_in(line.text, view.case.today) if line.sentence.role == "frame" else ():
            if day > view.case.today and _STARTED.search(line.text.partition(words)[0]):
                yield at(
                    line,
                    words,
                    f"{words} lies after today ({view.case.today.isoformat()}).",
                    "Correct the date, or say from when on.",
                )


def _lists(view: View) -> Iterator[Fault]:
    """ "9 lines: users, cards, …": as many as it says."""
    for line in view.lines:
        for found in _LISTED.finditer(line.low) if ":" in line.text else ():
            items = [i for i in re.split(r", (?:and )?| and ", found["items"]) if i]
            if number(found["n"]) != len(items) and all(len(i.split()) <= _DIFFER for i in items):
                words = line.text[found.start() : found.end("what")]
                yield at(
                    line,
                    words,
                    f"{len(items)} are listed, not {found['n']}.",
                    "Correct the number or the list.",
                    advice=True,
                )


def _near_asins(view: View) -> Iterator[Fault]:
    """An ASIN that is not the notice's, and differs from it by one or two characters that a slip may bring."""
    noticed = {a for c in view.case.enforcement.causes for a in c.asins} | set(ASIN.findall(view.letter.subject))
    told = [a for line in view.lines for a in ASIN.findall(line.text)]
    for line in view.lines:
        for asin in ASIN.findall(line.text):
            near = [n for n in noticed if n != asin and sum(x != y for x, y in zip(n, asin, strict=True)) == 1]
            swapped = [
                n
                for n in noticed
                if n != asin
                and sorted(n) == sorted(asin)
                and sum(x != y for x, y in zip(n, asin, strict=True)) == _DIFFER
            ]
            if asin not in noticed and (near or swapped) and told.count(asin) == 1:
                yield at(
                    line,
                    asin,
                    f"{asin} is nearly {(near or swapped)[0]}, and stands nowhere else.",
                    "Correct the ASIN.",
                )
