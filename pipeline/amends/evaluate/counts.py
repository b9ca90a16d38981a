"""The counts of a letter as data: which number of what, which part of which whole, and whether it points back.

Dates, times, money, measures, percentages and the numbers of papers are no counts. Nouns are kept without their plural
ending; a count without a noun ("11 were removed") takes the noun None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from amends.evaluate.figures import without_dates
from amends.evaluate.phrases import lowered
from amends.evaluate.view import Line, View

_WORDS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
}
WORDED = "|".join(_WORDS)
_SAID = rf"\d{{1,3}}(?:,\d{{3}})+|\d+|{WORDED}"
_NUMBER = re.compile(
    rf"(?<![\w.,:/#&-])(?P<n>{_SAID})(?![\w]|[.,:/-]\d|-[a-z])(?! ?(?:%|per ?cent|prozent|°|×|x \d|[ap]m\b|uhr\b))"
    rf"(?: (?:out )?(?:of|von|der) (?:the |our |these |those |all |den |unseren |dieser |a total of )*(?P<whole>{_SAID})(?![\w]|[.,:/-]\d))?"
)
_CHINESE = re.compile(
    r"(?:(?P<whole>\d[\d,]*) ?[个件笔位张封条单行][^，。；\d]{0,6}中，?)?(?P<n>\d[\d,]*) ?(?P<noun>[个件笔位张封条单行])"
)
_REFERENCE = re.compile(
    r"\b(?:annex\w*|files?|enclosures?|attachments?|exhibits?|anlagen?|papers?|photos?|screenshots?|steps?|parts?|pages?|lines?|no|nr|numbers?|invoices?|rechnung\w*|"
    r"reports?|orders? id|rules?|forms?|lots?|batch|images?|bullets?|points?|articles?|ending|sections?|rows?|columns?|stations?|bins?|shelf|class|cards?|versions?|"
    r"models?|printers?|skus?|sizes?|causes?|actions?|controls?|cases?|zones?|id|account|code|seite|zeile)\.? ?[:#(]?\(?(?:\d+(?:, |, and | and | to |–|-))*$"
)
_ENUMERATION = re.compile(r"(?:^|[:;] ?)$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONEY_BEFORE = re.compile(r"(?:[$€£¥]|\b(?:usd|eur|gbp|sek|dkk|pln))\s?$")
_UNIT = re.compile(
    r" ?(?:[$€£¥]|(?:usd|eur|gbp|cad|aud|sek|dkk|pln|dollars?|euros?|pounds?|kg|g|mg|lb|cm|mm|km|m|ml|l|w|v|mah|wh|kb|mb|inch(?:es)?|days?|hours?|minutes?|seconds?|weeks?|months?|"
    r"years?|times|decimals|words|stars?|points?|o'clock|tage?n?|stunden|minuten|wochen|monaten?|jahren?|mal|calendar|working|business|lines?|pages?|sheets?|degrees|litres?|per)\b|[元美天小日月年号次时分])"
)
_STOP = frozenset(
    "of in with from were was had are is has have that which who whose to by on at for and or not nor left came do did does went as per than but before after between since until under over "
    "without still also then when where it we they he she each only both all carry carries arrived can cannot will be been come lay stood stand remain remained agree show shows "
    "der die das von mit aus im am wurden wurde waren sind haben hatten nicht und oder auf an bei für ohne vor nach".split()
)
_DETERMINER = re.compile(
    r"(?:^|[\s(\"])(?P<det>the|these|those|all the|all of the|(?P<all>all(?: our)?|alle[nr]?)|both|diese[nr]?|die|den|der)"
    r"(?P<other> (?:other|remaining|restlichen|übrigen|anderen|verbliebenen|verbleibenden))? ?$"
)
#: How many characters before a number can tell what it counts.
_LOOK = 48
_DIGIT = re.compile(r"\d")
_ANY_NUMBER = re.compile(rf"\d|\b(?:{'|'.join(_WORDS)})\b")
_IDS = re.compile(r"\b(?:b0[a-z0-9]{8}|\d{3}-\d{7}-\d{7}|\d\d?:\d\d|[a-z]+-?\d+(?:-\d+)*|\d+[a-z]+|\d+-\d+)\b")
_WORD = re.compile(r"[a-zäöüß][a-zäöüß'-]*")
_IRREGULAR = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "shelves": "shelf",
    "pieces": "piece",
}


@dataclass(frozen=True, slots=True)
class Count:
    """`value` of `whole` (None: no whole is told) `noun`, at `start`–`end` of its line.

    `definite`: points back ("the 31 orders", "these 17", "all 9"); `rest`: "the other 3"; `kind`: the words between number and
    noun; `listed`: it stands in a list of papers; `at`: the number of its line; `restricted`: words behind the noun tell which ones are meant.
    """

    line: Line
    value: int
    whole: int | None
    noun: str | None
    kind: frozenset[str]
    definite: bool
    rest: bool
    restricted: bool
    listed: bool
    at: int
    start: int
    end: int

    @property
    def words(self) -> str:
        """The count as written, with its noun."""
        return self.line.text[self.start : self.end]


def number(said: str) -> int:
    """Return the value of a number in figures or in words."""
    return _WORDS.get(said) or int(said.replace(",", ""))


def plain(line: Line) -> str:
    """Return a line in small letters, of the same length, without its dates and ids."""
    return _plain(line.text)


@lru_cache(maxsize=1024)  # several rules ask it of each line
def _plain(text: str) -> str:
    return _blank_ids(lowered(without_dates(text)))


def _blank_ids(text: str) -> str:
    return _IDS.sub(lambda m: "i" * len(m.group()), text)


def counts_of(view: View) -> tuple[Count, ...]:
    """Return the counts of a letter in its order."""
    return tuple(c for n, line in enumerate(view.lines) if not line.sentence.gap for c in _in_line(line, n))


def _in_line(line: Line, at: int) -> Iterator[Count]:
    text = plain(line)
    if not _ANY_NUMBER.search(text):
        return
    listed = line.part == "attached" or is_list(line)
    if not text.isascii() and re.search("[\u4e00-\u9fff]", text):
        yield from _chinese(line, at, text, listed)
        return
    for found in _NUMBER.finditer(text):
        before, after = text[max(0, found.start() - _LOOK) : found.start()], text[found.end() :]
        if (
            _YEAR.fullmatch(found["n"])
            or _UNIT.match(after)
            or _MONEY_BEFORE.search(before)
            or _REFERENCE.search(before)
            or (listed and _is_place(found, before, after))
        ):
            continue
        in_list = (listed and not before.endswith(" our ")) or _names_list(before)
        yield _count(line, at, found, before, after, listed=in_list)


def _is_place(found: re.Match[str], before: str, after: str) -> bool:
    """Whether a small number only numbers a paper or a point: at the head of an item, with a singular behind it."""
    small = found["whole"] is None and found["n"].isdigit() and int(found["n"]) <= 12
    head = re.match(r"[.)]? ?([a-zäöü'-]+)", after)
    return (
        small
        and bool(_ENUMERATION.search(before))
        and (head is None or not head[1].endswith(("s", "n")) or after[:1] in ".)")
    )


def _names_list(before: str) -> bool:
    return (
        re.search(
            r"\b(?:list|table|sheet|log|record|export|liste|tabelle)\w* (?:of|over|with|der|von|for) (?:the |all |these |all the )?$",
            before,
        )
        is not None
    )


def is_list(line: Line) -> bool:
    """Return whether a line is a list of papers by its first word."""
    return (
        re.match(
            r"\W*(?:attached|attachments|annex(?:es)?|enclos\w+|evidence|anlagen|files|附件)\b[^.\d]{0,12}[:(：]",
            line.low,
        )
        is not None
    )


def _count(line: Line, at: int, found: re.Match[str], before: str, after: str, *, listed: bool) -> Count:
    chunk, behind = _chunk(after)
    noun, kind = _noun(chunk, line.text[found.end() :].split()[: len(chunk)])
    marked = _DETERMINER.search(before)
    if marked and marked["all"] and kind:
        marked = None  # "all 402 shelf positions" brings a number of its own
    value, whole = number(found["n"]), number(found["whole"]) if found["whole"] else None
    length = len(" ".join(chunk)) + 1 if chunk else 0
    return Count(
        line, value, whole, noun, frozenset(kind), bool(marked), bool(marked and marked["other"]), _restricts(behind), listed, at,
        found.start(), min(found.end() + length, len(line.text)),
    )  # fmt: skip


def _restricts(behind: str) -> bool:
    """Whether what follows the noun tells which ones are meant, and does not point back itself ("of these 30 days")."""
    back = re.match(
        r" (?:of|in|from) (?:the|these|those|this|that) (?:\d+ (?:days|hours)|notice|list|period|rate|table|report)",
        behind,
    )
    return back is None and re.match(
        r" (?:of|in|from|with|for|without|that|which|who|whose|not|still|ready|on|by|at|under|over|between|to|\w+ed|sold|bought)\b", behind
    ) is not None  # fmt: skip


def _chunk(after: str) -> tuple[list[str], str]:
    """The words behind a number up to the first that cannot belong to its noun, and the text behind them."""
    chunk: list[str] = []
    at = 0
    while len(chunk) < 4 and after[at : at + 1] == " ":
        word = _WORD.match(after, at + 1)
        if word is None or word.group() in _STOP:
            break
        chunk.append(word.group())
        at = word.end()
    return chunk, after[at:]


def _noun(chunk: Sequence[str], written: Sequence[str]) -> tuple[str | None, Sequence[str]]:
    """The noun of a chunk without its plural ending, and the words before it; in German the word in capitals is it."""
    german = [
        n
        for n, word in enumerate(written)
        if word[:1].isupper() and word.rstrip(".,;:").endswith(("en", "er", "e", "s"))
    ]
    plural = [
        n
        for n, word in enumerate(chunk)
        if (len(word) > 3 and word.endswith("s") and not word.endswith("ss")) or word in _IRREGULAR
    ]
    if german and not plural:
        return chunk[german[0]].rstrip("enrs"), chunk[: german[0]]
    return (singular(chunk[plural[0]]), chunk[: plural[0]]) if plural else (None, chunk)


def singular(noun: str) -> str:
    """Return a noun without its plural ending."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("xes", "ches", "shes", "sses")):
        return noun[:-2]
    return noun.removesuffix("s")


def _chinese(line: Line, at: int, text: str, listed: bool) -> Iterator[Count]:
    for found in _CHINESE.finditer(text):
        before = text[: found.start("n")]
        if before.endswith(("第", "附件")):
            continue
        back = re.search(r"(?:上述|这|该)$", before) is not None
        whole = number(found["whole"]) if found["whole"] else None
        yield Count(
            line, number(found["n"]), whole, found["noun"], frozenset(), back, False, False, listed, at, found.start("n"), found.end()
        )  # fmt: skip
