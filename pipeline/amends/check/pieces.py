"""A letter's text as pieces that remember where each of their characters stands in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_MARKUP = re.compile(r"\*\*|`|^\s*>\s?")
_UNEVEN = re.compile(r"\*\*|`|>|\s\s|[^\S ]")
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|[。！？；]+[”’」』）]*")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'])(?:(?<!\d )[A-Za-z]|e\.g|i\.e|z\.\s?B|d\.\s?h|u\.\s?a|approx|ca|bzw|inkl|no|nr|mr|mrs|ms|dr|st|vs|etc|fig|incl|excl|resp|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|ltd|inc|co|corp|pvt|abs|art)\.$",
    re.IGNORECASE,
)
_FIRM = re.compile(r"\b(?:ltd|inc|corp|co|llc|etc|no|st)\.$", re.IGNORECASE)
_BEGINS = re.compile(
    r"\s+(?:The|We|One|Two|It|This|That|These|In|On|All|Each|Every|Our|An?|He|She|They|Its|No|If|Since|Before|After|From)\b"
)
_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.$")
_AFTER_ORDINAL = re.compile(
    r"\s+(?:[a-zäöü]|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text with single blanks and no markup; `at[i]` is the offset in the source of its i-th character."""

    text: str
    at: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the source that `text[start:end]` came from; an empty range stays empty."""
        if not self.at or start >= len(self.at):
            last = self.at[-1] + 1 if self.at else 0
            return last, last
        return self.at[start], self.at[max(start, end - 1)] + 1

    def part(self, start: int, end: int) -> Piece:
        """Return the piece from `start` to `end`, blanks at its ends taken off."""
        text = self.text[start:end]
        start += len(text) - len(text.lstrip())
        end = start + len(text.strip())
        return Piece(self.text[start:end], self.at[start:end])


def piece(source: str, ranges: list[tuple[int, int]]) -> Piece:
    """Return the text of these ranges of `source` as one piece: markup left out, each run of white space one blank."""
    text: list[str] = []
    at: list[int] = []
    for start, end in ranges:
        if _UNEVEN.search(source, start, end):
            _add_unevenly(source, start, end, text, at)
        else:
            text.append(source[start:end])
            at.extend(range(start, end))
        if text and not text[-1].endswith(" ") and end < len(source) and not _chinese(source, end):
            text.append(" ")
            at.append(end)
    return Piece("".join(text), at).part(0, len(at))


def _add_unevenly(source: str, start: int, end: int, text: list[str], at: list[int]) -> None:
    """Add a range character by character, without markup and surplus white space."""
    dropped = {i for m in _MARKUP.finditer(source[start:end]) for i in range(start + m.start(), start + m.end())}
    for offset in range(start, end):
        char = " " if source[offset].isspace() else source[offset]
        if offset in dropped or (char == " " and (not text or text[-1].endswith(" "))):
            continue
        text.append(char)
        at.append(offset)


def _chinese(source: str, end: int) -> bool:
    """Whether a line ends in a Chinese character: Chinese puts no blank where a line was wrapped."""
    return end > 0 and ("\u3000" <= source[end - 1] <= "\u9fff" or "\uff00" <= source[end - 1] <= "\uffef")


def sentences(whole: Piece) -> Iterator[Piece]:
    """Yield the sentences of a piece; abbreviations, ordinals and stops within brackets end none."""
    start = 0
    for found in _END.finditer(whole.text):
        if _goes_on(whole.text, start, found.end()):
            continue
        yield whole.part(start, found.end())
        start = found.end()
    if whole.text[start:].strip():
        yield whole.part(start, len(whole.text))


def _goes_on(text: str, start: int, end: int) -> bool:
    before, after = text[start:end], text[end:]
    if before.count("[") > before.count("]") or re.match(r"\s+[a-zäöü]", after):
        return True
    if _FIRM.search(before) and _BEGINS.match(after):
        return False
    return bool(_ABBREVIATION.search(before) or (_ORDINAL.search(before) and _AFTER_ORDINAL.match(after)))
