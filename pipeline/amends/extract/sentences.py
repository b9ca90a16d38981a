"""A text cut into sentences: at stops, at line breaks that end something, and where the caller says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

#: No sentence of a notice is longer; more is cut, so that the work stays linear on any text.
LONGEST = 2000
_SENTENCE_END = re.compile(
    r"(?<=[.!?])[\"')\]]*[ \t]+(?=[\"'(\[“]?[^\W\d_a-z]|--|- |•|\d+[.)] )|(?<=[。！？])|\n|[ \t]+(?=--[ \t])|[ \t]+(?=•)"
)
_ABBREVIATION = re.compile(
    r"(?:^|\W)(?:Inc|Ltd|Co|Corp|No|Nr|IdNr|USt-IdNr|St|Mr|Mrs|Ms|Dr|e\.g|i\.e|z\.B|bzw|ca|approx|Reg|U\.S|S\.A|S\.r\.l|B\.V|GmbH & Co)\.$"
)
_BULLET_ONLY = re.compile(r"[-–—•*·・▪◦‣?]{1,2}|[(（]?(?:\d{1,2}|[a-z])[.)、）]|[①-⑳]")
#: The number of a point that stands in the middle of a line, or is called a question: "Please answer: 1. Why …? 2. What …?"
_NUMBER_BEFORE = re.compile(r"(?:^|[:;?.!,)。？：；]\s{0,2}|\n\s*)(?:Q\d{1,2}|\d{1,2}|[a-h])[.)]$")
_MONTH_NEXT = re.compile(r"\s(?:Jan|Feb|Mär|Mar|Apr|Mai|May|Jun|Jul|Aug|Sep|Okt|Oct|Nov|Dez|Dec)")
BULLET = re.compile(
    r"\s*(?:[-–—•*·・▪◦‣➤►✓✔□○●➢→]{1,2}\s?|\?\s|[(（](?:\d{1,2}|[a-z]|[ivx]{1,4})[)）]\s?|[ivx]{1,4}[)]\s?|Q\d{1,2}[.:)]\s?|\d{1,2} [-–:] |(?:\d{1,2}|[a-z])[)）]\s?|\d{1,2}[.、]\s?(?!\d)|[①-⑳]\s?|[一二三四五六七八九十]{1,2}、\s?)(?=\S)"
)


def cut(text: str, forced: list[int]) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the sentences, trimmed, never empty. `forced` offsets are cuts in any case."""
    cuts = {0, len(text), *forced}
    for match in _SENTENCE_END.finditer(text):
        if not (_wraps(text, match.start()) if match[0] == "\n" else _goes_on(text, match.start())):
            cuts.add(match.end())
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip())
        stripped = piece.strip()
        for at in range(0, len(stripped), LONGEST):
            yield start + left + at, start + left + min(at + LONGEST, len(stripped))


def _goes_on(text: str, at: int) -> bool:
    """Whether the stop before `at` ends no sentence: an abbreviation, or the number of a list item."""
    before = text[max(0, at - 24) : at]
    line = before.rsplit("\n", 1)[-1].strip() if "\n" in before or at < 24 else before
    if re.search(r"(?<!\d)\d{1,2}\.$", before) and _MONTH_NEXT.match(text, at):
        return True
    numbered = _NUMBER_BEFORE.search(before) and text[at : at + 1] != "\n"
    return bool(numbered or _ABBREVIATION.search(before[-12:]) or _BULLET_ONLY.fullmatch(line))


def _wraps(text: str, at: int) -> bool:
    """Whether the line break at `at` only wraps a sentence: a long line without an end, and a lower-case one after it."""
    line_start = text.rfind("\n", max(0, at - 200), at) + 1
    line = text[line_start:at].rstrip()
    after = text[at + 1 : at + 60].split("\n", 1)[0].lstrip()
    if len(line) < 40 or not after or line[-1] in ".!?:;。！？：；" or BULLET.match(after):
        return False
    return after[0].islower() or (len(line) >= 60 and line[-1] in ",，、")
