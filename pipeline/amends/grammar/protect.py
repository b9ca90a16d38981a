"""What no correction may touch, as spans of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

#: Letters and digits that join to one word; Chinese is left out, because it writes without spaces.
_JOINS = r"[0-9A-Za-z\u00c0-\u024f]"
#: Every token with a digit, mail and web addresses, file names.
_ALWAYS = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|(?:https?://|www\.)[^\s\u4e00-\u9fff]+"
    r"|[\w()-]+(?:\.[\w()-]+)*\.(?:pdf|docx?|xlsx?|csv|txt|jpe?g|png|tiff?|heic|zip|eml|html?)\b"
    r"|[0-9A-Za-z\u00c0-\u024f$€£¥%#_./:,+-]*\d[0-9A-Za-z\u00c0-\u024f$€£¥%#_/:+-]*(?:[.,]\d+)*%?",
    re.IGNORECASE,
)

Range = tuple[int, int]


def protected_spans(text: str, words: Iterable[str]) -> list[Range]:
    """Return the ranges of `text` that hold a figure, an address, a file name, or one of `words` (case is ignored)."""
    spans = [match.span() for match in _ALWAYS.finditer(text)]
    for word in sorted({w.strip() for w in words} - {""}, key=len, reverse=True):
        spans += [match.span() for match in re.finditer(_pattern(word), text, re.IGNORECASE)]
    return sorted(spans)


def _pattern(word: str) -> str:
    """Return an expression for `word` as a whole word, any white space in it matching any."""
    body = r"\s+".join(re.escape(part) for part in word.split())
    before = rf"(?<!{_JOINS})" if re.match(_JOINS, word[0]) else ""
    after = rf"(?!{_JOINS})" if re.match(_JOINS, word[-1]) else ""
    return f"{before}{body}{after}"


def changed_range(text: str, start: int, end: int, replacement: str) -> Range:
    """Return the smallest range of `text` that really changes when `start:end` becomes `replacement`.

    "14 order" -> "14 orders" changes nothing but the place behind "order", so the figure stays untouched.
    """
    old = text[start:end]
    shortest = min(len(old), len(replacement))
    front = next((i for i in range(shortest) if old[i] != replacement[i]), shortest)
    back = next((i for i in range(shortest - front) if old[-1 - i] != replacement[-1 - i]), shortest - front)
    return start + front, end - back


def touches(core: Range, spans: Sequence[Range]) -> bool:
    """True if `core` overlaps a span; an insertion also if it stands at a span's edge, where it would extend it."""
    start, end = core
    if start == end:
        return any(a <= start <= b for a, b in spans)
    return any(start < b and end > a for a, b in spans)
