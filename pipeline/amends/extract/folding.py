"""Text folded for matching: one case, one kind of quote, dash and space, with every offset leading back."""

from __future__ import annotations

import re
from array import array

from amends.casing import small

_SAME = str.maketrans(
    {
        "’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "：": ":", "，": ",", "（": "(", "）": ")", "？": "?", "％": "%",
        "；": ";", "！": "!", "ſ": "s", "K": "k", "Å": "å",
    }
    | dict.fromkeys("\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000", " ")
    | {chr(space): " " for space in range(0x2000, 0x200B)}
    | {chr(digit): chr(digit - 0xFEE0) for digit in range(0xFF10, 0xFF1A)}
)  # fmt: skip
#: A run of spaces of which one is kept, or characters that are not seen and are dropped.
_DROPPED = re.compile("(?P<spaces>(?<= ) +|^ +)|[\u00ad\u200b\u200c\u200d\u2060\ufeff]+")


class Folded:
    """`text` is `original` folded; `origin(i)` is the offset in `original` of its i-th character."""

    def __init__(self, original: str) -> None:
        self.original = original
        lowered = small(original.translate(_SAME))
        pieces: list[str] = []
        origins = array("L")
        kept = 0
        for dropped in _DROPPED.finditer(lowered):
            start, end = dropped.span()
            pieces.append(lowered[kept:start])
            origins.extend(range(kept, start))
            kept = end
        pieces.append(lowered[kept:])
        origins.extend(range(kept, len(lowered)))
        self._origins = origins
        self.text = "".join(pieces)

    def origin(self, index: int) -> int:
        """Offset in the original of the folded character at `index`; the end of the text for one past the last."""
        return self._origins[index] if index < len(self._origins) else len(self.original)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's (start, end) of the folded slice `start:end` (end exclusive, at least one character)."""
        return self._origins[start], self._origins[end - 1] + 1

    def index(self, offset: int) -> int:
        """The folded index of the first character at or after `offset` in the original."""
        low, high = 0, len(self._origins)
        while low < high:
            middle = (low + high) // 2
            if self._origins[middle] < offset:
                low = middle + 1
            else:
                high = middle
        return low
