"""Figures that must agree across a letter: stock against purchase and sale, packs, cases, slips of the pen, ages of papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from amends.evaluate.books import Books
from amends.evaluate.counts import Count, number, plain, singular
from amends.evaluate.figures import dates_in, month_ends
from amends.evaluate.view import Fault, View, at

_BOUGHT = re.compile(r"\b(?:bought|purchased|ordered|received|invoices?)\b|购入|采购")
_SOLD = re.compile(r"\bsold\b|verkauft|售出|已售")
_LEFT = re.compile(r"\b(?:in|of|our) stock\b|\bstock\b|\bleft\b|\bremain\w*|\bon hand\b|auf lager|库存")
_PACK = re.compile(r"\b(set|pack|box|carton|case|bundle|kit|roll|bag)e?s? of (?:the )?(\d+) ([a-z]+s)\b")
_OLD = re.compile(r"\b(\d{1,3}) days? (?:old|ago)\b|\b(\d{1,3}) tage alt\b")
_APART = re.compile(
    rf"\b(?P<n>\d{{1,2}}|{'|'.join(('two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'twelve'))}) (?P<unit>day|week|month)s? (?:after|before|later|earlier)\b"
)
_DAYS = {"day": 1, "week": 7, "month": 30}


def balances(books: Books) -> Iterator[Fault]:
    """Yield a fault for each figure that another place of the letter contradicts."""
    for check in (_stock, _packs, _cases, _swapped, _strange_whole):
        yield from check(books)
    yield from _ages(books.view)
    yield from _apart(books.view)


def _stock(books: Books) -> Iterator[Fault]:
    """Bought less sold is what is left; the purchase may stand elsewhere, on several invoices."""
    for n, own in books.of_line.items():
        line, near = own[0].line, [*books.of_line.get(n - 1, ()), *own]
        sold = next((c for c in near if c.line is line and _says(c, _SOLD)), None)
        behind = [c for c in (*own, *books.of_line.get(n + 1, ())) if c is not sold and not c.rest]
        left = next((c for c in behind if _says(c, _LEFT)), None)
        if sold is None or left is None or (left.noun and sold.noun and left.noun != sold.noun):
            continue
        both = sold.value + left.value
        bought = next((c for c in near if c is not sold and c is not left and _says(c, _BOUGHT)), None)
        rest = [c.value for c in books.counts if c is not sold and c is not left and c.value < both]
        told = {bought.value} if bought and bought.line is line else set(books.said)
        fits = both in told or (
            bought is None and any(sum(s) == both for k in (2, 3) for s in combinations(sorted(set(rest)), k))
        )
        if not fits and (bought is not None or any(_BOUGHT.search(o.low) for o in books.view.lines)):
            named = (
                f"{bought.value} bought less {sold.value} sold is {bought.value - sold.value}, not {left.value}."
                if bought
                else ""
            )
            message = (
                named or f"{sold.value} sold and {left.value} left make {both}, which no purchase of the letter has."
            )
            yield at(
                line, sold.words, message, "Correct the quantities, or say where the rest is.", advice=bought is None
            )


def _says(count: Count, verb: re.Pattern[str]) -> bool:
    """Whether the verb stands next to a count: in its clause, within six words behind it, or right before it."""
    text = plain(count.line)
    clause = re.split(r"[;.:，；]|, | and (?=\d)", text[count.start :])[0]
    before = re.search(r"(\w+) (?:were |for )?$", text[: count.start])
    return verb.search(" ".join(clause.split()[:6])) is not None or (
        before is not None and verb.search(before[1]) is not None
    )


def _strange_whole(books: Books) -> Iterator[Fault]:
    """ "38 of the 64 orders", where the letter otherwise speaks of the 46 orders again and again, and never of 64."""
    for count in books.counts:
        if count.whole is None or count.noun is None or count.kind or len(books.said.get(count.whole, ())) != 1:
            continue
        if not re.match(r"\S+ (?:out )?of (?:the|these|those|all|all the) ", plain(count.line)[count.start :]):
            continue
        known = {
            n
            for c in books.others(count)
            if c.noun == count.noun and not c.rest
            for n in (c.whole, c.value if c.definite and not c.kind else None)
            if n and n != count.whole and len(books.said.get(n, ())) > 1 and n >= count.value
        }
        if len(known) == 1:
            (usual,) = known
            words = line_words(count)
            yield at(count.line, words, f"Elsewhere there are {usual} {count.noun}s.", "Use one figure.")


def line_words(count: Count) -> str:
    """Return a count as written, from its number to its noun."""
    return count.line.text[count.start : count.end]


def _packs(books: Books) -> Iterator[Fault]:
    """ "sets of 10 brushes", where the letter otherwise speaks of "all 12 brushes"."""
    for line in books.view.lines:
        for found in _PACK.finditer(plain(line)):
            inner, noun = int(found[2]), singular(found[3])
            known = {
                n
                for c in books.counts
                if c.noun == noun and c.line is not line
                for n in (c.whole or (c.definite and c.value),)
                if n
            }
            if known and inner not in known:
                words = line.text[found.start() : found.end()]
                yield at(
                    line,
                    words,
                    f"Elsewhere there are {min(known)} {found[3]}.",
                    "Use one figure, or name both articles.",
                    advice=True,
                )


def _cases(books: Books) -> Iterator[Fault]:
    """ "In 23 cases …" and "in 5 cases …": together they are a number that the letter has."""
    sections = {id(c.line.section): c.line.section for c in books.counts}
    for section in sections.values():
        parts = [
            c
            for c in books.counts
            if c.line.section is section and c.noun == "case" and plain(c.line)[: c.start].endswith("in ")
        ]
        both = sum(c.value for c in parts)
        if len(parts) > 1 and both not in books.said:
            message = (
                f"{' + '.join(str(c.value) for c in parts)} cases make {both}, a figure that the letter does not have."
            )
            yield at(parts[0].line, parts[0].words, message, "Make the parts add up to the whole.")


def _swapped(books: Books) -> Iterator[Fault]:
    """Counts of one thing whose figures are the same in another order, as a slip of the pen leaves them."""
    seen: dict[tuple[str | None, str], tuple[str, Count]] = {}
    for count in books.counts:
        for value in (count.value, count.whole):
            digits = str(value or "")
            if len(digits) < 2 or count.noun is None or (len(digits) < 3 and not count.kind):
                continue
            alike = f"{' '.join(sorted(count.kind)) if len(digits) < 3 else ''} {''.join(sorted(digits))}"
            before = seen.setdefault((count.noun, alike), (digits, count))
            if before[0] != digits:
                yield at(
                    count.line, count.words, f"Elsewhere it is {before[0]}: “{before[1].words}”.", "Use one figure."
                )


def _ages(view: View) -> Iterator[Fault]:
    """ "21 days old today": a date of the letter lies that many days back, if it names dates of papers at all."""
    for line in view.lines:
        for found in _OLD.finditer(line.low) if any(w in line.low for w in (" old", " ago", " alt")) else ():
            then = view.case.today - timedelta(days=int(found[1] or found[2]))
            named = [*_dates(view), *month_ends(view.text)]
            if len(named) > 1 and then not in named:
                words = line.text[found.start() : found.end()]
                yield at(
                    line,
                    words,
                    f"No date of the letter lies {words.split()[0]} days back.",
                    "Correct the age or the date.",
                )


def _apart(view: View) -> Iterator[Fault]:
    """ "six weeks after our upload", with a date in the sentence: another date of the letter lies so far from it."""
    for line in view.lines:
        found = (
            _APART.search(line.low) if any(w in line.low for w in (" after", " before", " later", " earlier")) else None
        )
        own = [d for _, d in dates_in(line.text, view.case.today)] if found else []
        if not found or len(own) != 1 or not re.search(r"\d", line.low[: found.start()]):
            continue
        days = number(found["n"]) * _DAYS[found["unit"]]
        others = [d for d in _dates(view) if d != own[0]]
        slack = max(1, 0.35 * days) if found["unit"] != "day" else 1
        if len(others) > 1 and not any(abs(abs((d - own[0]).days) - days) <= slack for d in others):
            words = line.text[found.start() : found.end()]
            yield at(
                line,
                words,
                f"No two dates of the letter lie {words.rpartition(' ')[0]} apart.",
                "Correct it, or the date.",
                advice=True,
            )


def _dates(view: View) -> list[date]:
    return [d for line in view.lines for _, d in dates_in(line.text, view.case.today)]
