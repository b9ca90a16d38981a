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
_DIFFER = 2
_NOTICE_OF = regex(
    r"\b(?:notice|notification|mitteilung|message|request)\b[^.]{0,20}? (?:of|from|vom|dated) ", re.IGNORECASE
)
_HEAD_LINES, _LEADING, _WEEKS = 3, 4, 20


def timeline(view: View) -> Iterator[Fault]:
    """Yield a fault for each period told backwards, paper with two dates, rule in force from a day to come, list of the
    wrong length, and ASIN that differs by a letter or two from the one complained of."""
    yield from _backwards(view)
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
