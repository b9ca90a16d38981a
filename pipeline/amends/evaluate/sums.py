"""Counts that must add up: what points back, rests, lists of papers, totals, parts of a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from amends.evaluate.balances import balances
from amends.evaluate.books import Books
from amends.evaluate.counts import Count, plain
from amends.evaluate.remainders import remainders
from amends.evaluate.tables import tables
from amends.evaluate.view import Fault, Line, View, at

_OF_THESE = re.compile(r"\S+ (?:of|von) (?:these|those|them|diesen)\b")
_LEADS = re.compile(r"[^:]{0,60}:")
_PAID = re.compile(r"refund|repaid|paid back|erstattet|compensated")
_PERSONS = ("buyer", "customer", "käufer", "kund")


def sums(view: View) -> Iterator[Fault]:
    """Yield a fault for each figure that should agree with others, or add up, and does not."""
    books = Books(view)
    for check in (_points_back, _rests, _listed, _lead_totals, _partitions, _more_than_whole, _over_the_top):
        yield from check(books)
    yield from balances(books)
    yield from tables(books)
    yield from remainders(books)


def _points_back(books: Books) -> Iterator[Fault]:
    """ "the 31 late orders": that number stands elsewhere, or the others of the same thing make it up."""
    for count in books.counts:
        paid = count.noun in _PERSONS and count.line.part == "done" and _PAID.search(count.line.low) is not None
        back = count.definite or (paid and not count.kind)
        if (
            not back
            or count.rest
            or (count.restricted and not count.listed)
            or count.value < 3
            or books.elsewhere(count)
        ):
            continue
        same = [c for c in books.others(count) if c.noun and (c.definite or c.whole or not c.restricted)]
        if count.kind and not count.listed and not any(count.kind <= _words(c) for c in same):
            continue  # words of its own make it a count of its own
        if not same or books.made_of(count.value, books.others(count)):
            continue
        alike = [c for c in same if count.kind and count.kind <= _words(c) and c.whole]
        told = ", ".join(dict.fromkeys(str(c.value) for c in alike or same))
        yield at(
            count.line,
            count.words,
            f"“{count.words}” points back to a count that is nowhere else; {count.noun}s: {told}.",
            "Use the same count as before.",
            advice=not alike and (books.view.bare or bool(count.line.sentence.fact_ids)),
            sure=bool(alike),
        )


def _words(count: Count) -> frozenset[str]:
    return count.kind | frozenset(count.line.low.replace(",", " ").replace(".", " ").split())


def _rests(books: Books) -> Iterator[Fault]:
    """ "7 of the 9 …; the other 3": with the parts told just before, a rest makes the whole. Without a whole nothing is said."""
    for count in books.counts:
        told = _parts_told(books, count) if count.rest else []
        if not told or (count.noun and told[-1].noun and count.noun != told[-1].noun):
            continue
        whole = count.whole or told[-1].whole or 0
        parts = {
            c.value
            for c in books.counts
            if c is not count
            and c.line.section is count.line.section
            and (c.noun == told[-1].noun or c.at >= count.at - 2)
        } | {1}
        of_part = told[-1].value - count.value  # "11 of 688 orders …: 8 orders …, the other 3 orders"
        if of_part in parts or (told[-1].at < count.at - 2 and of_part == 0):
            continue
        if whole - count.value not in parts and not any(
            a + b == whole - count.value for a, b in combinations(sorted(parts), 2)
        ):
            yield at(
                count.line,
                count.words,
                f"“{count.words}” and the parts named before add up to no total of the letter.",
                "Make the parts add up to the whole.",
                advice=count.whole is not None,
            )


def _parts_told(books: Books, rest: Count) -> list[Count]:
    """The parts of a whole told just before a rest; or, where it has a noun, earlier in its section of the same thing."""
    near = [c for c in books.counts if c is not rest and c.whole and books.just_before(c, rest)]
    if near or rest.noun is None:
        return near
    return [
        c
        for c in books.others(rest)
        if c.whole and c.noun == rest.noun and c.at < rest.at and c.line.section is rest.line.section
    ]


def _listed(books: Books) -> Iterator[Fault]:
    """What a list of papers counts, the letter must have counted too, if it counts that thing at all."""
    if not books.view.bare:
        return
    for count in books.counts:
        if not count.listed or count.definite or count.value < 3 or count.noun is None or books.elsewhere(count):
            continue
        same = [c for c in books.others(count) if not c.listed]
        bought = "invoice" in count.line.low[: count.start].rpartition(";")[2]
        known = any(c.noun for c in same) or f" {count.noun}s" in books.view.text.lower().replace(
            count.words.lower(), ""
        )
        if known and not bought and not books.made_of(count.value, same):
            message = f"{count.words} are counted here, but nowhere in the letter."
            yield at(count.line, count.words, message, "Use the same count as in the text.", advice=True)


def _lead_totals(books: Books) -> Iterator[Fault]:
    """ "the 20 units: 4 with buyers, 11 removed, 5 sold", "24 orders: A (17 orders) and B (7 orders)", "46 and 29 (75 in all)"."""
    for own in books.of_line.values():
        line = own[0].line
        text = plain(line)
        lead = _LEADS.match(text)
        if lead and len(own) > 2 and own[0].end <= lead.end() and "%" not in text:
            parts = [c for c in own[1:] if c.start > lead.end() and c.whole is None]
            heads = all(re.search(r"[:,;(]\W*(?:and )?$|\band $", text[: c.start]) for c in parts)
            if heads and 1 < len(parts) == len(own) - 1 and sum(c.value for c in parts) != own[0].value and _alike(own):
                yield _unequal(line, own[0], [c.value for c in parts])
        total = re.search(r"\b(?:in (?:all|total)|altogether|together|insgesamt|zusammen)\b", text)
        before = [c for c in own if total and c.end <= total.start() + 1]
        if (
            total
            and len(before) in (3, 4)
            and total.start() - before[-1].end <= 2
            and "%" not in text
            and _alike(before)
            and before[-1].noun is not None
        ):
            *parts, whole = before
            if sum(c.value for c in parts) != whole.value:
                yield _unequal(line, whole, [c.value for c in parts])


def _alike(counts: Sequence[Count]) -> bool:
    """Whether all count the same thing, as far as they name it."""
    return len({c.noun for c in counts if c.noun}) <= 1 or len({c.noun for c in counts[1:] if c.noun}) <= 1


def _unequal(line: Line, whole: Count, parts: Sequence[int]) -> Fault:
    message = f"{' + '.join(map(str, parts))} is {sum(parts)}, not {whole.value}."
    return at(line, whole.words, message, "Correct the total or its parts.")


def _partitions(books: Books) -> Iterator[Fault]:
    """ "47 of these named the wholesaler; 17 named us", "209 count as valid and 31 do not", "7 of 9 …, 2 of 9 …"."""
    for own in books.of_line.values():
        line = own[0].line
        text = plain(line)
        if len(own) != 2 or own[0].whole or own[1].whole or own[1].noun or "%" in text:
            continue
        between = text[own[0].end : own[1].start]
        negated = re.match(r"\S+ (?:do|did|does|were|was|are|had|have|is) not\b", text[own[1].start :])
        split = _OF_THESE.match(text[own[0].start :]) or negated
        both = own[0].value + own[1].value
        if split and re.search(r"\band\b|[;,]", between) and both not in books.values and not own[1].rest:
            words = line.text[own[0].start : own[1].end]
            message = f"{own[0].value} and {own[1].value} add up to {both}, a figure that the letter does not have."
            yield at(line, words, message, "Check that the parts add up to the whole.", advice=True)
    yield from _leading_parts(books)


def _over_the_top(books: Books) -> Iterator[Fault]:
    """ "70 units opened. 9 had a broken seal; 71 were sealed": two parts without a noun are not more than what was counted before."""
    for n, own in books.of_line.items():
        line = own[0].line
        if n == 0 or len(own) != 2 or own[0].start > 1 or any(c.noun or c.whole for c in own):
            continue
        whole = [c for c in books.of_line.get(n - 1, ()) if c.noun]
        both = own[0].value + own[1].value
        if whole and both > max(c.value for c in whole) and both not in books.said:
            message = f"{own[0].value} and {own[1].value} are more than the {whole[-1].value} before."
            yield at(line, own[1].words, message, "Make the parts add up to the whole.")


def _leading_parts(books: Books) -> Iterator[Fault]:
    """Points that each begin with a part of the same whole are the whole, each case once."""
    leading = [c for c in books.counts if c.whole and c.whole < 100 and c.start <= 2 and not c.rest and not c.listed]
    for whole in dict.fromkeys(c.whole for c in leading):
        parts = [c for c in leading if c.whole == whole and c.line.section is leading[0].line.section]
        lines = {id(c.line) for c in parts}
        said = sum(c.value for c in parts)
        others = any(c.rest for c in books.counts if c.line.section is leading[0].line.section)
        if len(parts) > 1 and len(lines) == len(parts) and said != whole and not others:
            yield _unequal_parts(parts, whole or 0)


def _unequal_parts(parts: Sequence[Count], whole: int) -> Fault:
    values = [c.value for c in parts]
    message = f"{' + '.join(map(str, values))} is {sum(values)}, not {whole}."
    return at(parts[0].line, parts[0].words, message, "Make the parts add up to the whole.")


def _more_than_whole(books: Books) -> Iterator[Fault]:
    for count in books.counts:
        if count.whole and count.value > count.whole:
            yield at(
                count.line, count.words, f"{count.value} cannot be a part of {count.whole}.", "Correct one of the two."
            )
