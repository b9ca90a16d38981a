"""Figures that must add up: parts of a whole, bought against sold, a total beside its items, lists against the body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amends.evaluate.figures import ASIN, without_dates
from amends.evaluate.view import Fault, Line, View

_NUMBER = r"(?<![\w.,:/-])(\d[\d,]*)(?![\d:/-]|[.,]\d|\w)"
_ANY = re.compile(_NUMBER)
_PART_OF = re.compile(
    rf"{_NUMBER} (?:of|von|der) (?:the |our |these |those |all |den |unseren )?{_NUMBER}", re.IGNORECASE
)
_OTHER = re.compile(rf"\b(?:the|die|den) (?:other|remaining|übrigen|restlichen|anderen) {_NUMBER}", re.IGNORECASE)
_TOTAL = re.compile(rf"{_NUMBER} ?[\w-]* (?:in (?:all|total)|altogether|together|insgesamt|zusammen)\b", re.IGNORECASE)
_BOUGHT = re.compile(
    rf"\b(?:bought|purchased) {_NUMBER}|{_NUMBER} (?:[a-z-]+ ){{0,3}}(?:bought|purchased)\b(?! \d)", re.IGNORECASE
)
_SOLD = re.compile(rf"\bsold {_NUMBER}|{_NUMBER} ?[\w-]* (?:were |was )?sold\b", re.IGNORECASE)
_LEFT = re.compile(rf"{_NUMBER} ?[\w-]* (?:(?:are|is|remain(?:ed|s)?) )?(?:(?:still|left) )?in stock\b", re.IGNORECASE)
_RATE = re.compile(r"\b(?:rate|rating|quote|rate von|stornorate)\b[^.;%\d]{0,40}?(\d+(?:[.,]\d+)?) ?%", re.IGNORECASE)
_SPLIT = re.compile(
    rf"{_NUMBER} [\w-]+ [^.;\d]{{3,60}}(?:\band\b|;|,) {_NUMBER} (?:do|did|does|were|was|are|had|have|is) ?(?:not)?\b"
)
_IN_BRACKETS = re.compile(rf"\({_NUMBER} [\w-]+\)")
_LEADS = re.compile(rf"^\W*{_NUMBER} [\w -]{{3,40}}:")
_LISTED = re.compile(r"(?<![\w.,:/-])(\d[\d,]*) ?(?=[A-Za-zÄÖÜäöü]{3,}|[件笔张个封条])")
_LIST_OF = re.compile(r"\b(?:list|table) of (?:the |all |these )?\d[\d,]*$|\b(?:list|table) of the \d[\d,]* [a-z]+\b")
_PLACES = re.compile(
    r"\b(?:annex|file|enclosure|attachment|anlage|paper|photos?|screenshots?|step|part|item|page|line|no|nr|附件)\.?:? ?$",
    re.IGNORECASE,
)


def sums(view: View) -> Iterator[Fault]:
    """Yield a fault for each set of figures that should add up, or agree, and does not."""
    yield from _parts(view)
    yield from _rate_of_counts(view)
    yield from _lists(view)
    for line in view.lines:
        text = without_dates(line.text)
        yield from _stock(line, text)
        yield from _totals(line, text)
        yield from _split(view, line, text)


def at(line: Line, words: str, message: str, better: str, *, advice: bool = False) -> Fault:
    """Return a fault at `words`, which were taken from the line's own text."""
    start = max(0, line.text.find(words))
    return Fault(message, better, line, start, start + len(words), "advice" if advice else None)


def _int(figure: str) -> int:
    return int(figure.replace(",", ""))


def _parts(view: View) -> Iterator[Fault]:
    """ "7 of the 9" and "the other 3" in one part of a letter: together no more than 9, and 9 if it says "the other"."""
    for section in {id(line.section): line.section for line in view.lines}.values():
        own = [(line, without_dates(line.text)) for line in view.lines if line.section is section]
        wholes: dict[int, list[tuple[Line, str, int]]] = {}
        for line, text in own:
            for found in _PART_OF.finditer(text):
                wholes.setdefault(_int(found[2]), []).append((line, found.group(), _int(found[1])))
        others = [(line, m) for line, text in own for m in _OTHER.finditer(text)]
        for whole, parts in wholes.items():
            said = sum(p for _, _, p in parts)
            shared = len({p for _, _, p in parts}) > 1 or len(parts) > 1
            if shared and whole < 100 and said != whole and not others and _same_list(parts):
                line, words, _ = parts[0]
                yield at(
                    line,
                    line.text[line.text.find(words) :][: len(words)],
                    f"{' + '.join(str(p) for _, _, p in parts)} is {said}, not {whole}.",
                    "Make the parts add up to the whole.",
                )
        for line, found in others:
            rest = _int(found[1])
            before = [
                (w, p) for w, parts in wholes.items() for at_, _, p in parts if at_ is line or _near(view, at_, line)
            ]
            fit = {p for _, p in before} | {_int(n) for _, text in own for n in _ANY.findall(text)}
            totals = {w for w, _ in before} | {_int(m[1]) for ln, text in own for m in _PART_OF.finditer(text)}
            totals |= {_int(m[2]) for ln, text in own for m in _PART_OF.finditer(text)}
            if before and not any(p + rest in totals or p + rest in fit for p in fit):
                yield at(
                    line,
                    found.group(),
                    f"{found.group()} and the parts named before add up to no total of the letter.",
                    "Make the parts add up to the whole.",
                )


def _near(view: View, before: Line, line: Line) -> bool:
    return before.section is line.section and view.lines.index(before) <= view.lines.index(line)


def _same_list(parts: list[tuple[Line, str, int]]) -> bool:
    """Whether the parts lead the points of one list, so that they are the whole, each case once."""
    return len({id(line) for line, _, _ in parts}) == len(parts) and all(
        line.text.find(words) <= 2 for line, words, _ in parts
    )


def _rate_of_counts(view: View) -> Iterator[Fault]:
    """A rate told alone must be that of some "x of y" of the letter, if the letter has any."""
    lines = [line for line in view.lines if line.part in ("root", "other")]
    texts = [view.letter.subject, *(without_dates(line.text) for line in lines)]
    pairs = [(_int(m[1]), _int(m[2])) for text in texts for m in _PART_OF.finditer(text) if _int(m[2]) > 20]
    rates = [(m[1], text) for text in texts for m in _RATE.finditer(text)]
    for line in lines:
        for found in _PART_OF.finditer(without_dates(line.text)):
            part, whole = _int(found[1]), _int(found[2])
            if whole < 50 or not rates or part > whole or "rate" not in " ".join(t for _, t in rates).lower():
                continue
            told = [float(r.replace(",", ".")) for r, _ in rates]
            close = [r for r in told if abs(r - 100 * part / whole) < max(0.3 * r, 0.2)]
            agrees = any(_agrees(r, p, w) for r in told for p, w in pairs if (p, w) == (part, whole))
            if (
                close
                and not agrees
                and not any(_agrees(close[0], p, w) or _agrees(close[0], w - p, w) for p, w in pairs)
            ):
                yield at(
                    line,
                    line.text[found.start() : found.end()],
                    f"{part} of {whole} is {100 * part / whole:.2f} %, but the letter speaks of {close[0]:g} %.",
                    "Correct the counts or the rate.",
                )


def _agrees(rate: float, part: int, whole: int) -> bool:
    return bool(whole) and abs(rate - 100 * part / whole) <= 0.051


def _stock(line: Line, text: str) -> Iterator[Fault]:
    bought, sold, left = _BOUGHT.search(text), _SOLD.search(text), _LEFT.search(text)
    if not (bought and sold and left):
        return
    a, b, c = (_int(next(g for g in m.groups() if g)) for m in (bought, sold, left))
    if a - b != c:
        yield at(
            line,
            line.text[left.start() : left.end()],
            f"{a} bought less {b} sold is {a - b}, not {c}.",
            "Correct the quantities, or say where the rest is.",
        )


def _totals(line: Line, text: str) -> Iterator[Fault]:
    text = ASIN.sub(lambda m: "b" * len(m.group()), text)
    total = _TOTAL.search(text)
    if total:
        items = [_int(n) for n in _ANY.findall(text[: total.start()])]
        if (
            len(items) in (2, 3)
            and sum(items) != _int(total[1])
            and "%" not in text
            and _nouns_agree(text[: total.start()], total[0])
        ):
            yield at(
                line,
                line.text[total.start() : total.end()],
                f"{' + '.join(map(str, items))} is {sum(items)}, not {total[1]}.",
                "Correct the total or its parts.",
            )
    lead, inner = _LEADS.match(text), _IN_BRACKETS.findall(text)
    if lead and len(inner) > 1 and sum(map(_int, inner)) != _int(lead[1]):
        yield at(
            line,
            lead[1],
            f"{' + '.join(inner)} is {sum(map(_int, inner))}, not {lead[1]}.",
            "Correct the total or its parts.",
        )


def _nouns_agree(before: str, total: str) -> bool:
    noun = re.search(r"\d ([a-zäöü-]+)", total.lower())
    return noun is None or noun[1] in ("in", "altogether", "together") or before.lower().count(noun[1]) > 1


def _split(view: View, line: Line, text: str) -> Iterator[Fault]:
    """ "209 parcels count as valid and 31 do not": their sum stands somewhere, or one of them is what another count leaves."""
    found = (
        _SPLIT.search(text)
        if "%" not in text and not _PART_OF.search(text) and not re.match(r"\W*of \w+ \d", line.low)
        else None
    )
    if not found:
        return
    a, b = _int(found[1]), _int(found[2])
    elsewhere = {_int(n) for o in view.lines for n in _ANY.findall(without_dates(o.text))} | {
        _int(n) for n in _ANY.findall(without_dates(view.letter.subject))
    }
    if a + b not in elsewhere and a != b and any(n > max(a, b) for n in elsewhere):
        yield at(
            line,
            line.text[found.start() : found.end()],
            f"{a} and {b} add up to {a + b}, a figure that the letter does not have.",
            "Check that the parts add up to the whole.",
            advice=True,
        )


def _lists(view: View) -> Iterator[Fault]:
    """What a list of papers counts, the body must have counted too."""
    listed = [line for line in view.lines if line.part == "attached" or _is_list(line) or _LIST_OF.search(line.low)]
    if not view.bare or not listed:
        return
    body = " ".join(without_dates(line.text) for line in view.lines if line not in listed) + view.letter.subject
    known = {_int(n) for n in re.findall(r"\d[\d,]*", body) if n.strip(",")} | set(range(11)) - {0}
    nouns = set(re.findall(r"[a-zäöüß]{4,}", body.lower()))
    for line in listed:
        text = without_dates(line.text)
        for found in _LISTED.finditer(text):
            noun = re.match(r" ?([a-zäöüß-]+|[件笔张个封条])", text[found.end() :].lower() or " ")
            counted = line.part == "attached" or _is_list(line) or _LIST_OF.search(text[: found.end()].lower())
            if (
                not counted
                or _int(found[1]) in known
                or _PLACES.search(text[: found.start()])
                or "invoice" in text[: found.start()].lower()
            ):
                continue
            if noun and (noun[1] in nouns or not noun[1].isascii()):
                yield at(
                    line,
                    found[1],
                    f"{found[1]} {noun[1]} are counted here, but nowhere in the letter.",
                    "Use the same count as in the text.",
                    advice=True,
                )


def _is_list(line: Line) -> bool:
    return (
        re.match(r"(?:attached|attachments?|annex|enclos\w+|anlage\w*|files?)\b[^.]{0,12}[:(]?", line.low) is not None
        and ":" in line.text[:20]
    )
