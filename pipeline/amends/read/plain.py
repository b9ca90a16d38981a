"""Plain text made even: newlines, invisible characters, format=flowed, letter-spaced words."""

from __future__ import annotations

import re

_NEWLINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f\xad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BLANK_RUN = re.compile(r"\n{4,}")
_WORD_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")


def tidy(text: str) -> str:
    """Return `text` with \\n as the only newline and without invisible characters, else verbatim."""
    text = _SURROGATE.sub("\ufffd", _NEWLINES.sub("\n", text))
    return _INVISIBLE.sub("", text)


def trimmed(text: str) -> str:
    """Return `text` without blanks at line ends or around it, and with at most two blank lines in a row."""
    text = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    return (_BLANK_RUN.sub("\n\n\n", text) if "\n\n\n\n" in text else text).strip("\n").strip()


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """Re-join the soft line breaks of a `format=flowed` text (RFC 3676); `delete_space` is its DelSp=yes."""
    out: list[str] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        depth, body = _flowed_line(line)
        soft = body.endswith(" ") and body != "-- "
        kept = body[:-1] if soft and delete_space else body
        if open_depth == depth and body != "-- ":
            out[-1] += kept
        else:
            out.append(">" * depth + (" " if depth else "") + kept)
        open_depth = depth if soft else None
    return "\n".join(out)


def _flowed_line(line: str) -> tuple[int, str]:
    """Return quote depth and content of a flowed line, its stuffed space removed."""
    body = line.lstrip(">")
    depth = len(line) - len(body)
    return depth, body[1:] if body.startswith(" ") else body


def respaced(text: str) -> str:
    """Re-join lines in which every letter stands alone, as text taken from a PDF often has them.

    Once a line of small letters shows that the text is spaced, short lines of capitals are joined too.
    """
    lines = text.split("\n")
    spaced = [_is_letter_spaced(line) for line in lines]
    if not any(spaced):
        return text
    return "\n".join(
        _respaced_line(line) if sure or _singles(line.split()) >= 4 else line
        for line, sure in zip(lines, spaced, strict=True)
    )


def _singles(tokens: list[str]) -> int:
    return sum(len(t) == 1 for t in tokens)


def _is_letter_spaced(line: str) -> bool:
    tokens = line.split()
    if len(tokens) < 6 or _singles(tokens) < 0.8 * len(tokens):
        return False
    return sum(len(t) == 1 and (t.islower() or t > "\u2e7f") for t in tokens) >= 0.3 * len(tokens)


def _respaced_line(line: str) -> str:
    """Single spaces go from words spelled out; runs of two or more, which stand between words, become one."""
    words = _WORD_GAP.split(line.strip())
    return " ".join(w.replace(" ", "") if _singles(w.split()) >= 0.8 * len(w.split()) else w for w in words)
