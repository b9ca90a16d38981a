"""Read the value of one answer by the type that its question has."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from amends.dates import find_dates
from amends.errors import InputError
from amends.interview.entries import gives_ratio, sentences
from amends.schemas import Question

Value = str | int | float | bool | tuple[str, ...]
_YES = {"yes", "y", "true", "ja", "是", "有", "对"}
_NO = {"no", "n", "false", "nein", "否", "没有", "不是", "无"}
_NONE = {"none", "no", "nothing", "not available", "n/a", "-", "keine", "没有", "无", "nein"}
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:[ ,.]\d{3})*(?:\.\d+)?(?![\w])|(?<!\d)\d+(?=[^\W\d_])")
_SLASHED = re.compile(r"^\s*(\d\d?)/(\d\d?)/\d{4}\s*$")


def read_value(question: Question, value: object) -> Value:
    """Return the answer in the type that the question asks for; dates as ISO text, lists and files as tuples.

    Raises:
        InputError: the value is empty or of another type; the message says what is expected.
    """
    readers = {
        "number": _number,
        "date": _date,
        "choice": _choice,
        "yes_no": _yes_no,
        "text": _text,
        "list": _list,
        "file": _files,
    }
    return readers[question.answer_type](question, value)


def _wrong(question: Question, expected: str, value: object, hint: str = "") -> InputError:
    example = f" Example: {question.example}" if question.example and not hint else ""
    return InputError(f"The answer to `{question.id}` must be {expected}, not {value!r}.", hint=hint or example.strip())


def _number(question: Question, value: object) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _wrong(question, "a number", value)
    if not isinstance(value, str):
        return value
    found = _NUMBER.findall(value)
    if len(found) != 1:
        raise _wrong(question, "one number", value)
    digits = re.sub(r"[ ,](?=\d{3})|\.(?=\d{3}(?!\d))", "", found[0])
    return float(digits) if "." in digits else int(digits)


def _date(question: Question, value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()[:10]
    expected = "a date with day, month and year"
    if not isinstance(value, str):
        raise _wrong(question, expected, value)
    slashed = _SLASHED.match(value)
    if slashed and max(int(slashed[1]), int(slashed[2])) <= 12:
        raise _wrong(question, expected, value, hint="Day and month cannot be told apart here; write 2026-11-04.")
    found = [day for day, _, _ in find_dates(value)]
    if len(found) != 1:
        raise _wrong(question, expected, value)
    return found[0].isoformat()


def _choice(question: Question, value: object) -> str:
    asked = str(value).strip().lower()
    for choice in question.choices:
        if choice.lower() == asked:
            return choice
    if asked.isdecimal() and 0 < int(asked) <= len(question.choices):
        return question.choices[int(asked) - 1]  # by its place, as the Chinese question numbers them
    near = difflib.get_close_matches(asked, [c.lower() for c in question.choices], n=1)
    hint = f"Did you mean `{near[0]}`?" if near else ""
    raise _wrong(question, f"one of: {', '.join(question.choices)}", value, hint)


def _yes_no(question: Question, value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower().rstrip(".!。")
    if word in _YES | _NO:
        return word in _YES
    raise _wrong(question, "yes or no", value)


def _text(question: Question, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float) or not str(value).strip():
        raise _wrong(question, "a sentence", value)
    text = str(value).strip()
    if question.id.startswith("counts.") and not gives_ratio(text):
        raise _wrong(question, "a sentence with both counts, such as `25 of 410 orders`", value)
    return text


def _list(question: Question, value: object) -> tuple[str, ...]:
    parts = [value] if isinstance(value, str) else value
    if not isinstance(parts, Sequence) or not all(isinstance(p, str | Mapping) for p in parts):
        raise _wrong(question, "a list of sentences", value)
    read = tuple(
        s for part in parts for s in (sentences(part) if isinstance(part, str) else (_text_of(question, part),))
    )
    if not read:
        raise _wrong(question, "at least one sentence", value)
    return read


def _text_of(question: Question, entry: Mapping[str, Any]) -> str:
    text = entry.get("text")
    if not isinstance(text, str) or not text.strip():
        raise _wrong(question, "a list of sentences, or of entries that have a `text`", dict(entry))
    return text.strip()


def _files(question: Question, value: object) -> tuple[str, ...]:
    """File names or descriptions, one a line or separated by semicolons; empty for `none`."""
    if value is False:
        return ()
    parts = value.splitlines() if isinstance(value, str) else value
    if not isinstance(parts, Sequence) or not parts or not all(isinstance(p, str) and p.strip() for p in parts):
        raise _wrong(question, "a file name, or `none`", value)
    names = [name.strip() for part in parts for name in part.split(";") if name.strip()]
    return () if len(names) == 1 and names[0].lower().rstrip(".。") in _NONE else tuple(names)
