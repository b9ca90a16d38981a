"""Bytes to text: which encoding, whatever the label says."""

from __future__ import annotations

import codecs
import re

from amends.errors import NoticeError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: What mail programs write, against what they mean: the superset that decodes both.
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "cp950",
    "iso8859-9": "cp1254",
}
#: Encodings whose text is plain ASCII bytes; only a label tells them from ASCII.
_SHIFTED = frozenset({"iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_ext", "iso2022_kr", "hz", "utf-7"})
#: Codecs of Python that are no encodings of mail text, or that yield lone surrogates.
_NOT_FOR_TEXT = frozenset({"undefined", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"})
_CJK = ("gb18030", "cp932", "euc_jp", "cp950", "cp949")
#: Letters that nearly every sentence of the language has, as written in that encoding.
_FREQUENT = {
    "gb18030": "的是在您我们不了有账户卖家请商品和为已以可并",
    "cp932": "のはをにがでとたますしい",
    "euc_jp": "のはをにがでとたますしい",
    "cp950": "的是在您我們不了有帳戶賣家請商品和為已以可並",
    "cp949": "이가는을를의에다니하고습",
}
_META = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I
)
_SAMPLE = 65_536
_REPLACED_AT_MOST = 0.005


def decode(data: bytes, declared: str | None = None, *, where: str = "The text") -> str:
    """Return `data` as text: byte order mark, then UTF-8 if it is valid, then the label, then detection.

    A label that cannot be right is overruled. A few damaged characters become U+FFFD.

    Raises:
        NoticeError: no encoding gives readable text.
    """
    label = _known(declared)
    text = _by_mark(data) or _shifted(data, label) or _strict(data, "utf-8")
    if text is None:
        text = _labelled(data, label) or _wide(data) or _detected(data) or _damaged(data, label)
    if text is None:
        raise NoticeError(
            f"{where} is in an encoding that could not be recognised.",
            hint="Save it as UTF-8 text, or paste the text of the mail.",
        )
    return text.encode("utf-8", "replace").decode("utf-8") if label in _SHIFTED else text


def declared_in_html(data: bytes) -> str | None:
    """Return the charset that an HTML page names for itself in its first 4 KB."""
    found = _META.search(data[:4096])
    return found.group(1).decode("ascii") if found else None


def _known(label: str | None) -> str | None:
    """Return the codec that `label` means, as its superset; None for a label that names no text encoding."""
    if not label or not label.isascii() or "\0" in label:
        return None
    try:
        info = codecs.lookup(label.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    if not getattr(info, "_is_text_encoding", True) or info.name in _NOT_FOR_TEXT:
        return None
    return _SUPERSETS.get(info.name, info.name)


def _by_mark(data: bytes) -> str | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding)
    return None


def _shifted(data: bytes, label: str | None) -> str | None:
    if label in _SHIFTED:
        return _strict(data, label)
    return _strict(data, "iso2022_jp") if b"\x1b$" in data and data.isascii() else None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, ValueError):
        return None


def _labelled(data: bytes, label: str | None) -> str | None:
    text = _strict(data, label) if label and label != "utf-8" else None
    if text is None or label is None:
        return None
    return text if _plausible(text, label) else None


def _plausible(text: str, encoding: str) -> bool:
    """False for what a wrong label gives: control characters, or words made of accented letters only."""
    sample = text[:_SAMPLE]
    if any("\x80" <= c <= "\x9f" or c == "\0" for c in sample):
        return False
    high = sum(c > "\x7f" for c in sample)
    if encoding in _CJK or encoding.startswith("utf"):
        return True
    letters = sum(c.isalpha() for c in sample)
    return high < 20 or high <= 0.4 * letters or not _mojibake(sample)


def _mojibake(sample: str) -> bool:
    """True if most letters above ASCII belong to the Latin-1 block: text of another script, wrongly decoded."""
    high = [c for c in sample if c > "\x7f"]
    return sum(c < "\u0180" or "\u2000" < c < "\u2200" for c in high) > 0.8 * len(high)


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of ASCII text is zero."""
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even + odd < len(sample) * 0.2 or min(even, odd) > max(even, odd) * 0.1:
        return None
    return _strict(data, "utf-16-be" if even > odd else "utf-16-le")


def _detected(data: bytes) -> str | None:
    return _east_asian(data) or _western(data) or _by_library(data)


def _east_asian(data: bytes) -> str | None:
    """Try the multi-byte encodings; keep the one whose text has the frequent letters of its language."""
    best, share = None, 0.06
    for encoding in _CJK:
        text = _strict(data, encoding)
        if text is None:
            continue
        high = [c for c in text[:_SAMPLE] if c > "\x7f"]
        found = sum(c in _FREQUENT[encoding] for c in high) / len(high) if high else 0.0
        if found > share:
            best, share = text, found
    return best


def _western(data: bytes) -> str | None:
    """Windows-1252, if few letters are outside ASCII and they stand among ASCII letters."""
    text = _strict(data, "cp1252")
    if text is None or not _plausible(text, "cp1252"):
        return None
    sample = text[:_SAMPLE]
    high = sum(c > "\x7f" for c in sample)
    usual = sum(c in "äöüßÄÖÜéèêàâçùûîôëïÉÈÀÇñáíóúÑ¿¡ìò’‘“”–—•…€£®™©°§\xa0«»åøæ" for c in sample)
    return text if high and usual >= 0.8 * high and high <= 0.15 * len(sample) else None


def _by_library(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return str(best) if best is not None else None


def _damaged(data: bytes, label: str | None) -> str | None:
    """The label's text, or UTF-8, if hardly any character of it is damaged."""
    for encoding in (label, "utf-8"):
        if encoding:
            text = data.decode(encoding, "replace")
            if text.count("\ufffd") <= max(2, _REPLACED_AT_MOST * len(text)) and len(text) > 40:
                return text
    return None
