"""Amounts of money and counts ("25 of 410 orders")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amends.extract.layout import Layout
from amends.extract.values.found import found
from amends.schemas import Fact

_DIGITS = r"\d{1,3}(?:[.,' \u00a0\u202f]\d{3}){1,4}(?:[.,]\d{1,2})?|\d{1,12}(?:[.,]\d{1,2})?"
_CODES = "USD|EUR|GBP|CAD|AUD|JPY|CNY|RMB|MXN|INR|PLN|SEK|AED|SGD|BRL|TRY"
_AMOUNT = re.compile(
    rf"(?<![\w.,])(?:(?P<before>US\$|C\$|A\$|MX\$|{_CODES}|[$€£¥])\s?(?P<a>{_DIGITS})(?![\d%])"
    rf"|(?P<b>{_DIGITS})\s?(?P<after>{_CODES}|[€£¥]|美元|欧元|英镑|日元|元|円|euros?|dollars?)(?![a-zA-Z]))"
)
_CURRENCY = {
    "us$": "USD", "$": "USD", "c$": "CAD", "a$": "AUD", "mx$": "MXN", "€": "EUR", "£": "GBP", "¥": "JPY", "美元": "USD",
    "欧元": "EUR", "英镑": "GBP", "日元": "JPY", "元": "CNY", "rmb": "CNY", "円": "JPY", "euro": "EUR", "euros": "EUR",
    "dollar": "USD", "dollars": "USD",
}  # fmt: skip
#: The sign "$" means the store's own dollar.
_DOLLARS = {"amazon.ca": "CAD", "amazon.com.au": "AUD", "amazon.com.mx": "MXN", "amazon.sg": "SGD"}
#: A rule for all sellers, no figure of this one.
_RULE_AFTER = re.compile(
    r"\s?(?:in (?:annual |gross |total |yearly )*(?:sales|revenues?)|worth of|or (?:more|less|above|higher)|and (?:more|above)|以上|oder mehr|ou plus|o più|o más)",
    re.IGNORECASE,
)
_RULE_BEFORE = re.compile(
    r"(?:at least|no less than|a limit of|minimum of|maximum of|fee of up to|orders of|more than|less than|over|up to|exceeds?|above|below|a deposit of|mindestens|au moins|almeno|al menos|超过|至少)\s?$",
    re.IGNORECASE,
)
_OF = re.compile(
    r"(?<![\d.,%-])(?P<part>\d{1,3}(?:[,. ]\d{3}){1,3}|\d{1,7})\s(?:out of|of|von|sur|su|de|di)\s(?:(?:your|the|ihren|den|a total of|insgesamt)\s)?"
    r"(?P<whole>\d{1,3}(?:[,. ]\d{3}){1,3}|\d{1,7})(?!\d|[.,]\d|\s?%)",
    re.IGNORECASE,
)


def counts(layout: Layout) -> Iterator[Fact]:
    """ "25 of 410 orders": the part as value, the whole in the unit."""
    text = layout.reading.folded.original
    for sentence in layout.sentences:
        for match in _OF.finditer(sentence.text):
            part, whole = (int(re.sub(r"[,. ]", "", match[g])) for g in ("part", "whole"))
            if part <= whole and whole > 1 and not sentence.text.startswith("Page "):
                noun = re.match(r"\s+([^\W\d_]+)", sentence.text[match.end() : match.end() + 40])
                unit = f"of {whole}" + (f" {noun[1]}" if noun else "")
                yield found("count", part, text, sentence.start + match.start(), sentence.start + match.end(), unit)


def amounts(layout: Layout, store: str | None = None) -> Iterator[Fact]:
    """Amounts with their currency; limits that hold for all sellers are none."""
    text = layout.reading.folded.original
    for match in _AMOUNT.finditer(text):
        figure = parse_number(match["a"] or match["b"])
        sign = (match["before"] or match["after"]).lower()
        before = text[max(0, match.start() - 24) : match.start()]
        if figure is None or _RULE_AFTER.match(text, match.end()) or _RULE_BEFORE.search(before):
            continue
        unit = _DOLLARS.get(store or "", "USD") if sign == "$" else _CURRENCY.get(sign, sign.upper())
        yield found("amount", figure, text, match.start(), match.end(), unit)


def parse_number(digits: str) -> float | None:
    """Read a figure in English or continental form ("1,200.50", "1.200,50", "1 200"); None if it is neither."""
    digits = re.sub(r"[\s']", "", digits)
    last = max(digits.rfind("."), digits.rfind(","))
    if last >= 0 and len(digits) - last - 1 in (1, 2):
        digits = re.sub(r"[.,]", "", digits[:last]) + "." + digits[last + 1 :]
    else:
        digits = re.sub(r"[.,]", "", digits)
    return float(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits) else None
