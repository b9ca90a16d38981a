"""E-mail addresses and phone numbers, and the ids, dates and amounts that look like them and must stay."""

from __future__ import annotations

import re

from amends.masking.spans import Found

_LETTER = "A-Za-z0-9À-ÖØ-öø-ɏ"
_LOCAL = rf"{_LETTER}.!#$%&'*+/=?^`{{|}}~_-"
_EMAIL = re.compile(
    rf"(?<![{_LOCAL}])[{_LOCAL}]{{1,64}}(?:\s?[@＠]\s?|\s?[(\[]at[)\]]\s?)"
    rf"[{_LETTER}-]{{1,63}}(?:\.[{_LETTER}-]{{1,63}}){{1,8}}",
    re.IGNORECASE,
)
_AT = re.compile(r"[@＠]|[(\[]at[)\]]", re.IGNORECASE)

_ID_CUE = (
    r"asin|fnsku|sku|upc|ean|gtin|isbn|mpn|lot|batch|model|part|order|case|complaint|ticket|tracking|invoice|receipt|"
    r"shipment|reference|ref|policy|licen[cs]e|patent|registration|certificate|report|account|vat|tax|token|"
    r"bestellung|bestell|fall|beschwerde|sendungs|rechnungs|rechnung|vorgangs|auftrags|"
    r"订单|案例|投诉|运单|快递|物流|发票|参考|注册|专利"
)
_PROTECTED = (
    re.compile(r"(?<!\d)\d{3}-\d{7}-\d{7}(?!\d)"),  # order id
    re.compile(r"\bB0[A-Z0-9]{8}\b"),  # ASIN
    re.compile(r"\b1Z[A-Z0-9]{16}\b"),  # UPS
    re.compile(r"(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d)|(?<![\d./-])\d{1,2}([./-])\d{1,2}\1\d{2,4}(?![\d/-])"),  # dates
    re.compile(r"[$€£¥]\s?\d[\d.,]{0,20}|(?<![\d.,])\d[\d.,]{0,20}\s?(?:%|USD|EUR|GBP|CNY)"),
    re.compile(
        rf"(?i:(?<![A-Za-z])(?:{_ID_CUE})[- ]?(?:id|identifier|no\.?|number|nr\.?|nummer|code)?s?|编号|单号|"
        r"\bID(?=\s*[:：#]|\s\d{6}))"
        r"\s*[:：#]*\s*(?i:号|编号|单号|号码)?\s*[:：#]*\s*"
        r"([A-Z0-9][A-Z0-9/_-]{0,40}\d[A-Z0-9/_-]{0,40}(?: \d{4}\b){0,8})"
    ),
)

_SIX_DIGITS = re.compile(r"\d(?:[ ./()-]{0,3}\d){5}")
_NO_DIGIT_BEFORE = r"(?<![A-Za-z0-9_.,$€£¥#-])(?<!\d )"
_NO_DIGIT_AFTER = r"(?![A-Za-z0-9_%]|[-,.]\d| \d)"
_PHONES = (
    re.compile(rf"(?<![A-Za-z0-9_+])(?:\+|00(?=[1-9]\d[ ./()-]))[1-9](?:[ ./()-]{{0,3}}\d){{7,14}}{_NO_DIGIT_AFTER}"),
    re.compile(rf"{_NO_DIGIT_BEFORE}(?:1[-. ])?(?:\(\d{{3}}\) ?|\d{{3}}[-. ])\d{{3}}[-. ]\d{{4}}{_NO_DIGIT_AFTER}"),
    re.compile(rf"{_NO_DIGIT_BEFORE}\(?0\d{{1,4}}\)?[ /-]{{1,3}}\d(?:[ /-]?\d){{4,9}}{_NO_DIGIT_AFTER}"),
    re.compile(rf"{_NO_DIGIT_BEFORE}1[3-9]\d{{9}}{_NO_DIGIT_AFTER}"),
)
_SAID_TO_BE_A_PHONE = re.compile(
    r"(?i:(?<![A-Za-z])(?:tele)?phone|\btel\b|\bmobile\b|\bcell\b|\bfax\b|whatsapp|wechat|telefon|handy|rufnummer|"
    r"电话|手机|传真|微信|联系方式)(?i:[- ]?(?:no\.?|number|nr\.?|nummer)|号码?)?\.?\s*"
    r"(?:is|was|ist|是|为)?\s*[:：]?\s*"
    r"(\+?\(?\d(?:[ ./()-]{0,3}\d){5,14})"
)


def emails(text: str) -> list[Found]:
    """Return the e-mail addresses in `text`, also `name (at) host.tld`."""
    if not _AT.search(text):
        return []
    return [Found(m.start(), m.end(), "EMAIL") for m in _EMAIL.finditer(text)]


def phones(text: str) -> list[Found]:
    """Return the phone numbers in `text`: international, US, UK, German and other EU, Chinese, or said to be one."""
    if not _SIX_DIGITS.search(text):
        return []
    said = [Found(*m.span(1), "PHONE") for m in _SAID_TO_BE_A_PHONE.finditer(text)]
    formed = [Found(m.start(), m.end(), "PHONE") for pattern in _PHONES for m in pattern.finditer(text)]
    return said + formed


def protected(text: str) -> list[Found]:
    """Return what must stay readable: order ids, ASINs, dates, amounts, and any id that a word before it names."""
    said = [Found(*m.span(1)) for m in _SAID_TO_BE_A_PHONE.finditer(text)]
    found = [
        Found(*m.span(m.lastindex if n == len(_PROTECTED) - 1 and m.lastindex else 0))
        for n, pattern in enumerate(_PROTECTED)
        for m in pattern.finditer(text)
    ]
    return [f for f in found if not f.overlaps(said)]
