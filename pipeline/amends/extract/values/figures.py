"""Amounts of money and counts ("25 of 410 orders")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amends.extract.layout import Layout
from amends.extract.values.found import found
from amends.regex import regex
from amends.schemas import Fact

_DIGITS = r"\d{1,3}(?:[.,' \u00a0\u202f]\d{3}){1,4}(?:[.,]\d{1,2})?|\d{1,12}(?:[.,]\d{1,2})?"
_CODES = "USD|EUR|GBP|CAD|AUD|JPY|CNY|RMB|MXN|INR|PLN|SEK|AED|SGD|BRL|TRY|SAR|EGP|ZAR|CHF|DKK|NOK|HKD"
_AMOUNT = regex(
    rf"(?<![\w.,])(?:(?P<before>US\$|CA?\$|AU?\$|MX\$|S\$|R\$|{_CODES}|[$€£¥])\s?[-−–]?(?P<a>{_DIGITS})(?![\d%*])"
    rf"|(?P<b>{_DIGITS})\s?(?P<after>{_CODES}|[€£¥]|美元|美金|欧元|加元|澳元|新加坡元|人民币|英镑|日元|元|円|euros?|dollars?)(?![a-zA-Z]))"
)
_CURRENCY = {
    "us$": "USD", "$": "USD", "c$": "CAD", "ca$": "CAD", "a$": "AUD", "au$": "AUD", "s$": "SGD", "r$": "BRL", "mx$": "MXN", "€": "EUR", "£": "GBP", "¥": "JPY", "美元": "USD", "美金": "USD", "加元": "CAD", "澳元": "AUD", "新加坡元": "SGD", "人民币": "CNY",
    "欧元": "EUR", "英镑": "GBP", "日元": "JPY", "元": "CNY", "rmb": "CNY", "円": "JPY", "euro": "EUR", "euros": "EUR",
    "dollar": "USD", "dollars": "USD",
}  # fmt: skip
#: The sign "$" means the store's own dollar.
_DOLLARS = {"amazon.ca": "CAD", "amazon.com.au": "AUD", "amazon.com.mx": "MXN", "amazon.sg": "SGD"}
#: A rule for all sellers, no figure of this one.
_RULE_AFTER = regex(
    r"\s?(?:in (?:annual |gross |total |yearly )*(?:sales|revenues?)|worth of|or (?:more|less|above|higher)|and (?:more|above)|以上|oder mehr|ou plus|o più|o más)",
    re.IGNORECASE,
)
_RULE_BEFORE = regex(
    r"(?:at least|no less than|a limit of|minimum of|maximum of|fee of up to|orders of|more than|less than|over|up to|exceeds?|above|below|a deposit of|mindestens|au moins|almeno|al menos|超过|至少)\s?$",
    re.IGNORECASE,
)
#: "An invoice over 39.99" is one of that sum.
_SUM_OVER = regex(r"(?:invoice|bill|debt|sum|amount|credit|claim|rechnung|betrag) over\s?$", re.IGNORECASE)
#: What something costs everybody, what another pays, what others charge.
_PRICE_AFTER = regex(
    r"\s?(?:per|each|a month|a year|pro|par|pour chaque|por|per ogni|cada|deposit|(?:review |processing )?fee\b|in (?:amazon )?gift|礼品卡)\b",
    re.IGNORECASE,
)
_PRICE_BEFORE = regex(
    r"(?:\bdeposit\b[^.;]{0,16}|(?:insurance|cover(?:age)?|versicherung\w*|assurance|assicurazione|seguro|保险)\b[^.;]{0,40}|gift ?cards? (?:of|worth|for)|(?:review|processing|reinstatement|handling|participation|audit|evaluation) fee[^.;]{0,12}|\bfee for (?:the |a )?(?:\w+ )?(?:check|review|evaluation|test|assessment)[^.;]{0,12}|\breach(?:es|ed|ing)? (?:\w+ )?(?:sales|revenues?|turnover|\d)[^.;:]{0,24}|sales (?:and|or)|revenue of|turnover of|"
    r"(?:usual|similar|other|reference|average|market|competing) (?:price|offers?)[^.;|\n]{0,16}|保证金|手续费)\W{0,3}$",
    re.IGNORECASE,
)
_OTHERS_COLUMN = regex(
    r"usual|reference|average|market|compet|other|recent|typical|参考|市场|平均|üblich|vergleich|marché|mercato|mercado",
    re.IGNORECASE,
)
#: What a law or a rule says of all sellers: "sellers who reach 200 sales and $5,000".
_OF_LAW = regex(
    r"(?:\b(?:inform (?:consumers )?act|the (?:act|law|directive)|high-volume|gesetz|richtlinie|la loi|la legge|la ley)\b|\b(?:sellers?|merchants?|stores?|accounts?|verkäufer|händler|vendeurs?|venditori|vendedores) (?:who|that|with|whose|mit|die|qui|che|con|que)\b)(?=.*\b(?:sales|sold|revenues?|turnover|umsatz|chiffre|fatturat\w+|ventas|vendite|ventes|transactions)\b)",
    re.IGNORECASE,
)
#: What a forger wants to be paid is no figure of the seller.
_WANTED = regex(
    r"\b(?:pay|fee|deposit|gift|buy|send|bitcoin|usdt|crypto\w*|zahl\w*|gebühr\w*|überweis\w*|pag\w+|payer|frais)\b|缴纳|保证金|费|汇入|支付|手数料",
    re.IGNORECASE,
)
_OF = regex(
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


def amounts(layout: Layout, store: str | None = None, *, trusted: bool = True) -> Iterator[Fact]:
    """Amounts with their currency; limits and prices that hold for all sellers, and what a forger demands, are none."""
    text = layout.reading.folded.original
    for match in _AMOUNT.finditer(text):
        figure = parse_number(match["a"] or match["b"])
        sign = (match["before"] or match["after"]).lower()
        if figure is None or _of_all(text, match) or (not trusted and _WANTED.search(_clause(text, match))):
            continue
        unit = _DOLLARS.get(store or "", "USD") if sign == "$" else _CURRENCY.get(sign, sign.upper())
        yield found("amount", figure, text, match.start(), match.end(), unit)


def _of_all(text: str, match: re.Match[str]) -> bool:
    """Whether the amount is a rule, a price for everybody or another's, not the seller's own."""
    before = text[max(0, match.start() - 48) : match.start()]
    if _RULE_AFTER.match(text, match.end()) or _PRICE_AFTER.match(text, match.end()) or _PRICE_BEFORE.search(before):
        return True
    if _RULE_BEFORE.search(before) and not _SUM_OVER.search(before):
        return True
    if _OF_LAW.search(_clause(text, match)):
        return True
    line, start = _line(text, match)
    if "|" not in line:
        return False
    column = line[: match.start() - start].count("|")
    head = next(
        (
            row
            for row in reversed(text[max(0, start - 2000) : start].split("\n"))
            if "|" in row and not re.search(r"\d", row)
        ),
        "",
    )
    cells = head.split("|")
    return column < len(cells) and bool(_OTHERS_COLUMN.search(cells[column]))


def _clause(text: str, match: re.Match[str]) -> str:
    """The sentence of a match, within its line."""
    line, start = _line(text, match)
    at = match.start() - start
    left = max(line.rfind(mark, 0, at) for mark in (". ", "! ", "? ", "。"))
    right = min(
        found if found >= 0 else len(line) for found in (line.find(mark, at) for mark in (". ", "! ", "? ", "。"))
    )
    return line[left + 1 : right]


def _line(text: str, match: re.Match[str]) -> tuple[str, int]:
    """The line of a match, as far as 300 characters on either side, and where it begins."""
    start = text.rfind("\n", max(0, match.start() - 300), match.start()) + 1
    start = start or max(0, match.start() - 300)
    end = text.find("\n", match.end(), match.end() + 300)
    return text[start : end if end >= 0 else match.end() + 300], start


def parse_number(digits: str) -> float | None:
    """Read a figure in English or continental form ("1,200.50", "1.200,50", "1 200"); None if it is neither."""
    digits = re.sub(r"[\s']", "", digits)
    last = max(digits.rfind("."), digits.rfind(","))
    if last >= 0 and len(digits) - last - 1 in (1, 2):
        digits = re.sub(r"[.,]", "", digits[:last]) + "." + digits[last + 1 :]
    else:
        digits = re.sub(r"[.,]", "", digits)
    return float(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits) else None
