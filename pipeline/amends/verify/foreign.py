"""Facts in Chinese or German: told by their signs, and read for the little that needs no dictionary but `foreign.v1.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Literal

from amends.data import load_yaml
from amends.verify.meaning import words

_LETTERS = re.compile(r"[^\W\d_]+")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TIMES = {"十": 10, "百": 100, "千": 1000}
_HAN_NUMBER = re.compile(r"[零〇一二两三四五六七八九十百千]+(?![个]?半)")
#: "上午", "下午", "晚上" before an hour.
_HAN_CLOCK = re.compile(r"(上午|早上|中午|下午|晚上)?\s?(\d{1,2})\s?[点时](?!间)(半|\d{1,2}\s?分)?")

Entry = dict[Literal["zh", "de"], list[str]]


def is_foreign(text: str) -> bool:
    """Whether `text` is not English: Chinese or Japanese characters, or German function words."""
    if _HAN.search(text):
        return True
    german = load_yaml("lexicon/actions.v1.yaml")["german"]
    found = words(text)
    known = sum(w in german for w in found)
    return known >= 2 and known / max(len(found), 1) > 0.12


def table(name: str) -> dict[str, Entry]:
    """One table of `lexicon/foreign.v1.yaml`: English word or family -> its Chinese and German signs."""
    found: dict[str, Entry] = _data()[name]
    return found


def has_sign(text: str, entry: Entry) -> bool:
    """Whether a foreign `text` holds one of the signs of `entry`."""
    return any(sign in text for sign in entry["zh"]) or _german(tuple(entry["de"])).search(text.lower()) is not None


def says_name(text: str, name: str) -> bool:
    """Whether a foreign `text` has the word for an English name such as "Monday" or "European"."""
    known = table("names").get(name.lower().rstrip("s"), table("names").get(name.lower()))
    return known is not None and has_sign(text, known)


def denies(text: str) -> bool:
    """Whether a foreign `text` denies something, in words that truly deny."""
    for sign in (*_data()["neutral"]["zh"], *_data()["neutral"]["de"]):
        text = text.replace(sign, " ")
    return has_sign(text, _data()["denying"])


def limits(text: str) -> bool:
    """Whether a foreign `text` limits something, or says that something lacks."""
    return has_sign(text, _data()["limiting"])


def numbers(text: str) -> Iterator[tuple[str, int, int]]:
    """(value, start, end) of the figures that a foreign `text` writes in words; hours as clock times ("下午3点" as 15:00)."""
    for m in _HAN_NUMBER.finditer(text):
        yield str(_value(m[0])), m.start(), m.end()
    for m in _HAN_CLOCK.finditer(text):
        late = 12 if m[1] in ("下午", "晚上") and int(m[2]) < 12 else 0
        minutes = "30" if m[3] == "半" else re.sub(r"\D", "", m[3] or "").zfill(2)
        yield f"{int(m[2]) + late:02}:{minutes}", m.start(), m.end()
    german: dict[str, int] = _data()["numbers"]["de"]
    for m in _LETTERS.finditer(text):
        if m[0].lower() in german:
            yield str(german[m[0].lower()]), m.start(), m.end()


def unit_after(text: str, at: int) -> str | None:
    """The unit that a foreign word right behind place `at` names ("3天" -> "day"); None for none."""
    m = _units().match(text, at)
    return m.lastgroup if m else None


@cache
def _units() -> re.Pattern[str]:
    groups = "|".join(f"(?P<{unit}>{_either(forms)})" for unit, forms in _data()["units"].items())
    return re.compile(rf"\s?(?:{groups})")


def _either(forms: list[str]) -> str:
    """German words whole, Chinese signs wherever they stand."""
    return "|".join(rf"{form}\b" if form.isascii() else form for form in forms)


def _value(signs: str) -> int:
    """The number that Chinese signs make: 两 is 2, 十二 is 12, 三百二十 is 320."""
    if not any(s in _TIMES for s in signs):
        return int("".join(str(_DIGITS[s]) for s in signs))
    total, digit = 0, 0
    for sign in signs:
        if sign in _TIMES:
            total += (digit or 1) * _TIMES[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit


@lru_cache(maxsize=512)
def _german(signs: tuple[str, ...]) -> re.Pattern[str]:
    forms = "|".join(re.escape(s).replace(r"\*", r"\w*") for s in signs)
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)")


def _data() -> dict[str, Any]:
    found: dict[str, Any] = load_yaml("lexicon/foreign.v1.yaml")
    return found
