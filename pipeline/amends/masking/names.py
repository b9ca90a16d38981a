"""Personal names, where a word beside them says whose they are."""

from __future__ import annotations

import re

from amends.masking.spans import Found
from amends.masking.words import CN_AFTER_NAME, CN_SURNAMES, COMPANY, EVERYDAY, NOT_A_NAME

_UP = "A-ZÀ-ÖØ-Þ"
_PART = rf"[{_UP}][{_UP}a-zß-öø-ɏ'’-]{{0,40}}\.?"
_JOIN = r"(?:van|von|de|der|den|del|della|di|da|dos|la|le|zu|bin|al)"
_FULL = rf"{_PART}(?:[ ]{_JOIN}){{0,2}}(?:[ ](?:{_JOIN}[ ]){{0,2}}{_PART}){{0,3}}"
_CUE = (
    r"buyers?|customers?|recipients?|consignee|purchaser|client|addressee|contact person|attn\.?|c/o|"
    r"käufer(?:in)?s?|kund(?:e|en|in)|empfänger(?:in)?|besteller(?:in)?|ansprechpartner(?:in)?|"
    r"acheteu(?:r|se)|destinataire|comprador(?:a)?|destinatario|acquirente|cliente"
)
_SHIP = (
    r"ship(?:ped|ping)? to|ship(?:ping)? address|deliver(?:ed|y)? to|delivery address|bill(?:ed|ing)? to|"
    r"lieferadresse|lieferanschrift|versandadresse"
)
_LABEL = rf"(?:{_CUE}|{_SHIP}|full name|name)(?:['’]s)?(?: name)?"
_WITH_COLON = re.compile(rf"(?i:(?<![^\W_]){_LABEL})\s*[:：][ \t]*\n?[ \t]*({_FULL})")
_NAMED = re.compile(rf"(?i:(?<![^\W_])(?:{_CUE}),?(?: (?:is )?(?:named|called|namens|is))?) ({_FULL})")
_SHIPPED = re.compile(rf"(?i:\b(?:{_SHIP})) ({_FULL})")
_TITLED = re.compile(rf"(?<!\w)(?:Mrs?|Ms|Miss|Mx|Herrn?|Frau|Mme|Señora?|Sra?)\.? (?:Dr\. |Prof\. )*({_FULL})")
_BEFORE = re.compile(rf"(?<![\w-])({_FULL}) ?\((?i:the |our |der |die )?(?i:{_CUE})\)")

_HAN = "一-龥"
_CN_WHO = r"(?:买家|收件人|收货人|联系人|客户|顾客|姓名)(?:姓名|名字|名称)?"
_CN_COLON = re.compile(rf"{_CN_WHO}\s*[:：]\s*([{_HAN}·]{{2,4}})(?![{_HAN}])")
_CN_GIVEN = rf"[^\W\d_A-Za-z{CN_AFTER_NAME}]{{1,2}}?"
_CN_PLAIN = re.compile(rf"{_CN_WHO}(?:是|为|叫)?\s?([{CN_SURNAMES}]{_CN_GIVEN})(?=[{CN_AFTER_NAME}]|[^{_HAN}]|$)")
_CN_TITLED = re.compile(rf"([{CN_SURNAMES}高于方马][{_HAN}]{{0,2}}?)(?=先生|女士|小姐)")

_COMPANY_NEXT = re.compile(
    r"[ ,]{0,2}(?:&|e\.K|S\.[aàr]|B\.V|(?:ltd|limited|gmbh|llc|inc|corp|co|ag|kg|plc|company|trading)\b)", re.IGNORECASE
)


def names(text: str) -> list[Found]:
    """Return the personal names in `text` that a cue introduces; company names and headings are none."""
    found = [_trim(text, m, least=1) for form in (_WITH_COLON, _TITLED) for m in form.finditer(text)]
    found += [_trim(text, m, least=2) for form in (_NAMED, _SHIPPED, _BEFORE) for m in form.finditer(text)]
    found += [Found(*m.span(1), "NAME") for form in (_CN_COLON, _CN_PLAIN, _CN_TITLED) for m in form.finditer(text)]
    return [f for f in found if f is not None and "公司" not in text[f.start : f.end]]


def looks_like_part(part: str) -> bool:
    """Return whether `part` of a name may be replaced on its own: long enough and no everyday word."""
    return len(part) >= 3 and part[0].isupper() and not part.endswith(".") and part not in EVERYDAY


def _trim(text: str, match: re.Match[str], least: int) -> Found | None:
    """Cut the match at the first word that is no part of a name; None if fewer than `least` words are left."""
    start, words = match.start(1), 0
    end = start
    for word in re.finditer(r"\S+", match[1]):
        bare = re.sub(r"['’]s$", "", word[0].strip(".,'’").casefold())
        if bare in COMPANY:
            return None
        if bare in NOT_A_NAME:
            break
        if word[0][0].isupper():
            words, end = words + 1, start + word.end()
        if word[0].endswith(".") and len(bare) > 2:
            break
    if words < least or _COMPANY_NEXT.match(text, end):
        return None
    name = re.sub(r"(?:['’]s|['’.,-]+)$", "", text[start:end])
    return Found(start, start + len(name), "NAME") if len(name) > 1 else None
