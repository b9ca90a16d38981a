"""Signs in how a mail speaks: pressure, greeting, what a notice would have, and where it sends its reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amends.authenticity.asks import asks, flattened
from amends.schemas import Notice, Sign

_ANSWER_ELSEWHERE = re.compile(
    r"\b(?:answer|reply|respond|write|mail|send|antworten"
    r"|schreiben)\b.{0,60}?[\w.+-]{1,64}@(?!(?:[\w-]{1,40}\.){0,3}amazon\.)[\w-]",
    re.I,
)
_URGENT = re.compile(
    r"\b(?:within|in|next|innerhalb von|binnen|dans les|entro|en) (?:the next )?(?:[1-9]|1\d|2[0-4]|36|48|twelve"
    r"|twenty.?four) ?(?:hours|hrs|h|stunden|heures|ore|horas)\b"
    r"|\b24.?hours?\b|24 ?小时|24時間|immediately or|final warning|last warning|act now|urgent action",
    re.I,
)
_THREAT = re.compile(
    r"permanent\w*|forever|terminat\w+|delet\w+|legal action|close your|closed|lose access|dauerhaft|endgültig"
    r"|gelöscht|永久|删除|关闭|永久に|définitiv\w+"
    r"|definitiv\w+|permanente\w*",
    re.I,
)
_GREETS_BY_ADDRESS = re.compile(
    r"^\W{0,3}(?:dear|hello|hi|hallo|guten tag|sehr geehrte\w*|bonjour|ciao|hola"
    r"|尊敬的)\W{1,3}[\w.+-]{1,64}@[\w.-]{3,100}",
    re.I | re.M,
)
_PARTICULARS = re.compile(
    r"\bB0[A-Z0-9]{8}\b|\b\d{3}-\d{7}-\d{7}\b|\bASIN|order defect|late shipment|cancell?ation rate"
    r"|valid tracking|on-time delivery"
    r"|polic(?:y|ies)|section 3|business solutions|complaint id|account health|richtlinie|政策|商业解决方案"
    r"|ポリシー|politique|política|norme|\d[\d.,]* ?%",
    re.I,
)
_APPEAL_PATH = re.compile(
    r"seller central|account health|performance notification|appeal|reactivate|submit|plan of action"
    r"|reply to this|卖家平台|申诉|账户状况"
    r"|einspruch|verkäuferleistung|maßnahmenplan|異議|アカウント健全性|plan d['’]action|piano d['’]azione"
    r"|plan de acción",
    re.I,
)
_OWN_WAY = re.compile(
    r"seller.?central|account health|performance notifications?|卖家平台|账户状况|セラーセントラル"
    r"|アカウント健全性|verkäuferkonto.?status"
    r"|kontostatus|account-zustand|santé du compte|stato dell['’]account|estado de la cuenta"
    r"|(?<=[\w-])@amazon\.(?:com?\.)?[a-z]{2,3}\b",
    re.I,
)
_ENFORCES = re.compile(
    r"deactivat|suspend|removed|restrict|limited|on hold|locked|停用|冻结|移除|deaktivier|gesperrt|停止|suspendu"
    r"|sospes|suspendid",
    re.I,
)


def wording_signs(notice: Notice) -> tuple[Sign, ...]:
    """Return the signs in what `notice` asks for and how; each id once. The first 60,000 characters are looked"
    " at."""
    text = flattened(notice.text)
    signs: dict[str, Sign] = {}
    for sign in (*asks(notice.text), *_manner(notice.text, text)):
        signs.setdefault(sign.id, sign)
    return tuple(signs.values())


def own_way(text: str) -> Sign | None:
    """Return the sign that `text` sends its reader into Seller Central; where a forger would gain nothing."""
    found = _OWN_WAY.search(flattened(text))
    if found is None or _ANSWER_ELSEWHERE.search(flattened(text)):
        return None
    detail = "The text sends you to pages of Seller Central and nowhere else, where a forger would gain nothing."
    return Sign(id="own_way", speaks="likely_genuine", detail=detail, quote=found.group())


def presses(text: str) -> bool:
    """True if the text sets a span of at most 48 hours and threatens what comes after it."""
    flat = flattened(text)
    return bool(_URGENT.search(flat) and _THREAT.search(flat))


def _manner(text: str, flat: str) -> Iterator[Sign]:
    """Weak signs: listed, but they decide nothing."""
    if (urgent := _URGENT.search(flat)) and _THREAT.search(flat):
        detail = "The mail presses with a span of hours and a threat."
        yield Sign(id="urgency", speaks="unknown", detail=detail, quote=text[urgent.start() : urgent.end()])
    if greeting := _GREETS_BY_ADDRESS.search(text[:3000]):
        detail = "The mail greets you by your mail address, not by your store's name."
        yield Sign(id="greeting_by_address", speaks="unknown", detail=detail, quote=greeting.group())
    if _ENFORCES.search(flat):
        if not _PARTICULARS.search(flat):
            yield Sign(
                id="no_particulars", speaks="unknown", detail="The mail names no product, order, metric or policy."
            )
        if not _APPEAL_PATH.search(flat):
            yield Sign(
                id="no_appeal_path", speaks="unknown", detail="The mail names no way to answer in Seller Central."
            )
