"""Signs in what a mail asks for and how: credentials, money, remote access, pressure, and what a notice would"
" have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from amends.schemas import Notice, Sign

_ASK = re.compile(
    r"(?:provide|send|reply|respond|enter|confirm|verify|submit|give|tell|share|e-?mail|forward|text|type|supply"
    r"|update|include"
    r"|angeben|senden|schicken|bestätigen|eingeben|mitteilen|teilen|nennen|antworten|übermitteln"
    r"|提供|发送|回复|输入|确认|提交|填写|告知|告诉|验证|入力|送信|返信|教えて|確認"
    r"|indiquez|envoyez|saisissez|confirmez|fournissez|inserisc\w+|invi\w+|conferm\w+|fornisc\w+"
    r"|introduzca|envíe|confirme|proporcione|facilite)",
    re.I,
)
_BY_MAIL = re.compile(
    r"repl(?:y|ying)|respond(?:ing)? to this|by e-?mail|e-?mail us|send (?:us|it|them)|form below|link below"
    r"|(?:below|following) (?:link|form)"
    r"|click|whatsapp|telegram|text us|antworten|per e-?mail|link unten|folgenden link|回复本?邮件|点击|链接"
    r"|下面的|返信|リンク",
    re.I,
)
_IN_SELLER_CENTRAL = re.compile(
    r"seller central|account info|account health|charge method|postcard|卖家平台|后台|セラーセントラル", re.I
)
_NEGATED = re.compile(
    r"\b(?:never|not|cannot|won['’]?t|don['’]?t|doesn['’]?t|nie|niemals|nicht|keine?n?|jamais|mai|nunca|sans"
    r"|without)\b[^.!?]{0,70}$"
    r"|(?:不要|请勿|切勿|不会|绝不|勿)[^。！？]{0,40}$",
    re.I,
)
#: German and Japanese put it after the noun.
_NEGATED_AFTER = re.compile(r"[^.!?]{0,40}\b(?:niemals|nie|nicht)\b|[^。！？]{0,40}(?:ないで|ません|禁止)", re.I)
_SENTENCE_END = re.compile(r"[.!?](?=\s)|[。！？\n]")
_REACH = 160


class _Asked(NamedTuple):
    """Something that Amazon does not ask for in a mail. `only_by_mail`: it may be asked for inside Seller"
    " Central."""

    id: str
    noun: re.Pattern[str]
    detail: str
    only_by_mail: bool


_ASKED = (
    _Asked(
        "asks_password",
        re.compile(
            r"pass ?words?\b|passcode|login (?:details|credentials|data)|sign-?in (?:details|credentials)"
            r"|passwort|kennwort|zugangsdaten"
            r"|密码|登录信息|パスワード|mot de passe|contraseña|\bCVV\b|\bCVC\b|\bPIN\b(?! code of| ?c)"
            r"|seed phrase",
            re.I,
        ),
        "The mail asks for a password or another secret.",
        only_by_mail=False,
    ),
    _Asked(
        "asks_code",
        re.compile(
            r"one.?time (?:pass)?(?:code|word|pin)|\bOTP\b|verification code|security code|2fa code|two.?(?:step"
            r"|factor).{0,14}code"
            r"|authenticat\w+ code|sms code|bestätigungscode|sicherheitscode|\bTAN\b|验证码|动态码|認証コード"
            r"|確認コード|code de vérification"
            r"|codice di verifica|código de verificación",
            re.I,
        ),
        "The mail asks you to pass on a one-time code.",
        only_by_mail=True,
    ),
    _Asked(
        "asks_card",
        re.compile(
            r"(?:credit|debit|bank|payment)?.?card (?:number|details|information|data)|full card"
            r"|kreditkarten(?:nummer|daten)"
            r"|信用卡(?:号|信息|卡号)|银行卡(?:号|密码)|クレジットカード(?:番号|情報)|numéro de (?:votre )?carte"
            r"|numero (?:della )?carta"
            r"|número de (?:su )?tarjeta",
            re.I,
        ),
        "The mail asks for card data.",
        only_by_mail=True,
    ),
    _Asked(
        "asks_bank_data",
        re.compile(
            r"bank(?:ing)? (?:account )?(?:number|details|information|login|data)|online banking|routing number"
            r"|\bIBAN\b|sort code"
            r"|bankdaten|bankverbindung|kontodaten|银行(?:账号|账户信息|卡信息)|口座番号",
            re.I,
        ),
        "The mail asks for bank data by mail or behind a link.",
        only_by_mail=True,
    ),
)
_REMOTE = re.compile(
    r"any ?desk|team ?viewer|remote (?:access|session|desktop|control)|ultraviewer|rustdesk|screen.?shar\w+"
    r"|fernzugriff|远程(?:控制|协助|访问)"
    r"|リモート(?:アクセス|操作)",
    re.I,
)
_MONEY = re.compile(
    r"(?:pay|payment|fee|send|transfer|purchase|buy|deposit|zahlen|überweisen|支付|转账|付款|缴纳).{0,80}"
    r"(?:gift ?cards?|bitcoin|\bBTC\b|\bUSDT\b|crypto\w*|western union|moneygram|礼品卡|比特币|虚拟货币"
    r"|geschenkkarten?)"
    r"|(?:reinstatement|reactivation|unlock\w*|processing|release) fee|(?:解冻|恢复|激活)(?:费|手续费)"
    r"|bearbeitungsgebühr|freischaltgebühr",
    re.I | re.S,
)
_CHAT = re.compile(
    r"(?:contact|message|write|add|reach|chat|kontaktier\w*|联系|添加).{0,60}(?:whats ?app|telegram)"
    r"|whats ?app.{0,20}\+?\d{6}",
    re.I | re.S,
)
_URGENT = re.compile(
    r"\b(?:within|in|next|innerhalb von|binnen|dans les|entro|en) (?:the next )?(?:\d{1,2}|twelve|twenty.?four"
    r"|24) ?(?:hours|hrs|h|stunden|heures|ore|horas)\b"
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
    r"seller.?central|account health|performance notifications?|卖家平台|账户状况|セラーセントラル|アカウント健全性|verkäuferkonto.?status"
    r"|kontostatus|account-zustand|santé du compte|stato dell['’]account|estado de la cuenta|[\w-]+@amazon\.(?:com?\.)?[a-z]{2,3}\b",
    re.I,
)
_ENFORCES = re.compile(
    r"deactivat|suspend|removed|restrict|limited|on hold|locked|停用|冻结|移除|deaktivier|gesperrt|停止|suspendu"
    r"|sospes|suspendid",
    re.I,
)
_CLAIMS = re.compile(r"amazon|亚马逊|アマゾン|seller central", re.I)
_SAMPLE = 60_000
#: Mentions of one thing that are looked at; a mail that names it more often is no notice.
_LOOKED_AT = 100


def wording_signs(notice: Notice) -> tuple[Sign, ...]:
    """Return the signs in what `notice` asks for and how; each id once. The first 60,000 characters are looked"
    " at."""
    text = _flat(notice.text)
    signs: dict[str, Sign] = {}
    for sign in (*_asked(notice.text, text), *_other_asks(notice.text, text), *_manner(notice.text, text)):
        signs.setdefault(sign.id, sign)
    return tuple(signs.values())


def own_way(text: str) -> Sign | None:
    """Return the sign that `text` sends its reader into Seller Central; where a forger would gain nothing."""
    found = _OWN_WAY.search(text[:_SAMPLE])
    if found is None:
        return None
    detail = "The text sends you to pages of Seller Central and nowhere else, where a forger would gain nothing."
    return Sign(id="own_way", speaks="likely_genuine", detail=detail, quote=found.group())


def presses(text: str) -> bool:
    """True if the text sets a span of hours and threatens what comes after it."""
    flat = _flat(text)
    return bool(_URGENT.search(flat) and _THREAT.search(flat))


def asks_for_login(text: str) -> bool:
    """True if the text asks for a password, code, card or bank data."""
    return any(True for _ in _asked(text, _flat(text)))


def claims_amazon(text: str) -> bool:
    """True if the text speaks of Amazon."""
    return bool(_CLAIMS.search(text[:_SAMPLE]))


def _flat(text: str) -> str:
    """Return the looked-at text with wrapped lines joined; offsets stay the same."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text[:_SAMPLE])


def _asked(text: str, flat: str) -> Iterator[Sign]:
    for asked in _ASKED:
        for found in islice(asked.noun.finditer(flat), _LOOKED_AT):
            start, end = _sentence(flat, found.start(), found.end())
            if not _ASK.search(flat, start, end) or _is_negated(flat, start, end, found):
                continue
            if asked.only_by_mail and not _wanted_by_mail(flat, start, end):
                continue
            yield Sign(id=asked.id, speaks="suspicious", detail=asked.detail, quote=text[start:end].strip())
            break


def _is_negated(flat: str, start: int, end: int, found: re.Match[str]) -> bool:
    before = _NEGATED.search(flat[start : found.start()])
    return before is not None or _NEGATED_AFTER.match(flat, found.end(), end) is not None


def _wanted_by_mail(flat: str, start: int, end: int) -> bool:
    if _IN_SELLER_CENTRAL.search(flat[start:end]):
        return False
    return bool(_BY_MAIL.search(flat[max(0, start - _REACH) : end + _REACH]))


def _sentence(flat: str, start: int, end: int) -> tuple[int, int]:
    """Return the borders of the sentence around `start:end`, within `_REACH` characters on either side."""
    low = max(0, start - _REACH)
    for found in _SENTENCE_END.finditer(flat, low, start):
        low = found.end()
    high = _SENTENCE_END.search(flat, end, min(len(flat), end + _REACH))
    return low, high.end() if high else min(len(flat), end + _REACH)


def _other_asks(text: str, flat: str) -> Iterator[Sign]:
    claims = bool(_CLAIMS.search(flat))
    for identity, pattern, detail in (
        ("asks_remote_access", _REMOTE, "The mail wants access to your computer or screen."),
        (
            "asks_payment",
            _MONEY,
            "The mail wants a fee, gift cards or crypto-currency; Amazon charges nothing for an appeal.",
        ),
        ("outside_chat", _CHAT, "The mail wants to go on in a chat outside Amazon."),
    ):
        for found in pattern.finditer(flat):
            if claims and not _NEGATED.search(flat[max(0, found.start() - 80) : found.start()]):
                quote = text[found.start() : found.end()]
                yield Sign(id=identity, speaks="suspicious", detail=detail, quote=quote)
                break


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
