"""Signs in how a mail speaks: pressure, greeting, what a notice would have, and where it sends its reader.

Patterns are in small letters, for the text in small letters, but for the one of the greeting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from amends.authenticity.asks import Flat, asks
from amends.regex import regex
from amends.schemas import Sign

#: An answer that goes by mail to another's address, or as a reply to whoever sent the text.
_BY_MAIL = regex(
    r"\b(?:answer|reply|respond|write|mail|e-?mail(?! (?:address )?of\b| ?:)|send|sent|submit|forward|speak|talk|get in touch|contact(?! ?[:.])|reach|antworten|schreiben|schicken|senden|richten|envoyez|écrivez|inviare|invii|scriva|scriva|envíe|escriba|stuur)\b"
    r"(?![^.;!?]{0,60}\b(?:questions?|phishing)\b)[^;!?.]{0,60}?[\w.+*-]{1,64}@(?!(?:[\w-]{1,40}\.){0,3}amazon\.)[\w-]"
    r"|(?<!not )(?<!n't )(?<!never )\b(?:answer|reply|respond)(?:ing)?(?: to| on)? (?:you )?(?:on |to )?(?:this|the present|our)(?: very| same)? (?:e-?mail|mail|message|letter|notice)|\bin a reply\b|\bsimply (?:answer|reply)\b|by replying\b|hang the papers"
    r"|(?:antworten sie(?! nicht)|antwort|antworten) (?:\w+ )?auf (?:diese|unsere)|(?:répond\w+|réponse) à ce(?:t|tte)? |rispond\w+ a quest|respond\w+ a este|(?<!请勿)(?<!请不要)(?:直接)?回复(?:本|此|该)(?:邮件|信)|(?:至|到|给|向)[^。；]{0,20}[\w.+-]{1,64}@(?!(?:[\w-]{1,40}\.){0,3}amazon\.)[\w-]|(?:メール|メッセージ)(?:に|への)返信|返信(?:にて|してください)"
    r"|(?:权利所有者|权利人)[^。]{0,4}联系"
)
_URGENT = regex(
    r"\b(?:within|in|next|innerhalb von|binnen|dans les|entro|en) (?:the next )?(?:[1-9]|1\d|2[0-4]|36|48|twelve"
    r"|twenty.?four) ?(?:hours|hrs|h|stunden|heures|ore|horas)\b"
    r"|\b24.?hours?\b|24 ?小时|24時間|immediately or|final warning|last warning|act now|urgent action",
)
_THREAT = regex(
    r"permanent\w*|forever|terminat\w+|delet\w+|legal action|close your|closed|lose access|dauerhaft|endgültig"
    r"|gelöscht|永久|删除|关闭|永久に|définitiv\w+"
    r"|definitiv\w+|permanente\w*",
)
_GREETS_BY_ADDRESS = regex(
    r"^\W{0,3}(?:dear|hello|hi|hallo|guten tag|sehr geehrte\w*|bonjour|ciao|hola"
    r"|尊敬的)\W{1,3}[\w.+-]{1,64}@[\w.-]{3,100}",
    re.I | re.M,
)
_PARTICULARS = regex(
    r"\bb0[a-z0-9]{8}\b|\b\d{3}-\d{7}-\d{7}\b|\basin|order defect|late shipment|cancell?ation rate"
    r"|valid tracking|on-time delivery"
    r"|polic(?:y|ies)|section 3|business solutions|complaint id|account health|richtlinie|政策|商业解决方案"
    r"|ポリシー|politique|política|norme|\d[\d.,]* ?%",
)
_APPEAL_PATH = regex(
    r"seller central|account health|performance notification|appeal|reactivate|submit|plan of action"
    r"|reply to this|卖家平台|申诉|账户状况"
    r"|einspruch|verkäuferleistung|maßnahmenplan|異議|アカウント健全性|plan d['’]action|piano d['’]azione"
    r"|plan de acción",
)
_OWN_WAY = regex(
    r"seller.?central|account hea[l1i]th|performance notifications?|卖家平台|账户状况|セラーセントラル"
    r"|アカウント健全性|verkäuferkonto.?status"
    r"|kontostatus|kontozustand|account-?zustand|(?:santé|état) du compte|(?:stato|salute) dell['’]account|(?:estado|salud) de la cuenta|accountstatus|stan konta"
    r"|voice of the customer|stimme des kunden|manage (?:your |all )?(?:compliance|inventory|orders|pricing)|pricing health|shipping settings|verwalten[\"“”»]|gérer les|gestisci|gestionar"
    r"|https?://(?:[\w-]{1,40}\.){0,3}amazon\.(?:com?\.)?[a-z]{2,3}/\w|(?<=[\w-])(?<!retraction)@amazon\.(?:com?\.)?[a-z]{2,3}\b",
)
_ENFORCES = regex(
    r"deactivat|suspend|removed|restrict|limited|on hold|locked|停用|冻结|移除|deaktivier|gesperrt|停止|suspendu"
    r"|sospes|suspendid",
)


def wording_signs(flat: Flat) -> tuple[Sign, ...]:
    """Return the signs in what a text asks for and how; each id once."""
    signs: dict[str, Sign] = {}
    for sign in (*asks(flat), *_manner(flat)):
        signs.setdefault(sign.id, sign)
    return tuple(signs.values())


def own_way(flat: Flat) -> Sign | None:
    """Return the sign that a text sends its reader into Seller Central; where a forger would gain nothing."""
    found = _OWN_WAY.search(flat.low)
    if found is None or _BY_MAIL.search(flat.low):
        return None
    detail = "The text sends you to pages of Seller Central and nowhere else, where a forger would gain nothing."
    return Sign(id="own_way", speaks="likely_genuine", detail=detail, quote=flat.joined[slice(*found.span())])


def presses(flat: Flat) -> bool:
    """True if the text sets a span of at most 48 hours and threatens what comes after it."""
    return bool(_URGENT.search(flat.low) and _THREAT.search(flat.low))


def _manner(flat: Flat) -> Iterator[Sign]:
    """Weak signs: listed, but they decide nothing."""
    if (urgent := _URGENT.search(flat.low)) and _THREAT.search(flat.low):
        detail = "The mail presses with a span of hours and a threat."
        yield Sign(id="urgency", speaks="unknown", detail=detail, quote=flat.text[slice(*urgent.span())])
    if greeting := _GREETS_BY_ADDRESS.search(flat.text[:3000]):
        detail = "The mail greets you by your mail address, not by your store's name."
        yield Sign(id="greeting_by_address", speaks="unknown", detail=detail, quote=greeting.group())
    if _ENFORCES.search(flat.low):
        if not _PARTICULARS.search(flat.low):
            yield Sign(
                id="no_particulars", speaks="unknown", detail="The mail names no product, order, metric or policy."
            )
        if not _APPEAL_PATH.search(flat.low):
            yield Sign(
                id="no_appeal_path", speaks="unknown", detail="The mail names no way to answer in Seller Central."
            )
