"""Signs in what a mail asks for: passwords, codes, card and bank data, remote access, money, a chat elsewhere.

Patterns are in small letters, for the text in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from amends.casing import small
from amends.regex import regex
from amends.schemas import Sign

#: Verbs that stand before what they ask for, with nothing between that makes it a report on safety measures.
_ASK_BEFORE = regex(
    r"(?:\b(?:provide|send|reply|respond|enter|confirm|verify|submit|give|tell|share|e-?mail|forward|text|type"
    r"|supply|update"
    r"|include|read|need|require|indiquez|envoyez|saisissez|confirmez|fournissez|inserisc\w+|invi\w+|conferm\w+"
    r"|fornisc\w+"
    r"|introduzca|introduce|envíe|confirme|proporcione|facilite)\b"
    r"|提供|发送|回复|输入|确认|提交|填写|告知|告诉|验证)"
    r"(?!.{0,80}(?:\b(?:how|secured?|protect\w*|reset|changed?)\b)).{0,80}$",
    re.S,
)
_ASK_AROUND = regex(
    r"angeben|senden|schicken|bestätigen|eingeben|mitteilen|teilen|nennen|antworten|übermitteln|geben sie"
    r"|入力|送信|返信|教えて|確認",
)
_BY_MAIL = regex(
    r"repl(?:y|ying)|respond(?:ing)? to this|by e-?mail|e-?mail us|send (?:us|it|them)|form below|link below"
    r"|(?:below|following) (?:link|form)"
    r"|click|whatsapp|telegram|text us|antworten|per e-?mail|link unten|folgenden link|回复本?邮件|点击|链接"
    r"|下面的|返信|リンク",
)
_IN_SELLER_CENTRAL = regex(
    r"seller central|account info|account health|charge method|postcard|卖家平台|后台|セラーセントラル"
)
_NEGATED = regex(
    r"\b(?:never|not|cannot|won['’]?t|don['’]?t|doesn['’]?t|nie|niemals|nicht|keine?n?|jamais|mai|nunca|sans"
    r"|without)\b[^.!?]{0,70}$"
    r"|(?:不要|请勿|切勿|不会|绝不|勿)[^。！？]{0,40}$",
)
#: German and Japanese put it after the noun.
_NEGATED_AFTER = regex(r"[^.!?]{0,40}\b(?:niemals|nie|nicht)\b|[^。！？]{0,40}(?:ないで|ません|禁止)")
_SENTENCE_END = regex(r"[.!?](?=\s)|[。！？\n]")
_REACH = 160
_WRAPPED = regex(r"(?<!\n)\n(?!\n)")


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
        regex(
            r"pass ?words?\b|passcode|login (?:details|credentials|data)|sign-?in (?:details|credentials)"
            r"|passwort|kennwort|zugangsdaten"
            r"|密码|登录信息|パスワード|mot de passe|contraseña|\bcvv\b|\bcvc\b|\bpin\b(?! code of| ?c)"
            r"|seed phrase",
        ),
        "The mail asks for a password or another secret.",
        only_by_mail=False,
    ),
    _Asked(
        "asks_code",
        regex(
            r"one.?time (?:pass)?(?:code|word|pin)|\botp\b|verification code|security code|2fa code|two.?(?:step"
            r"|factor).{0,14}code"
            r"|authenticat\w+ code|sms code|bestätigungscode|sicherheitscode|\btan\b|验证码|动态码|認証コード"
            r"|確認コード|code de vérification"
            r"|codice di verifica|código de verificación",
        ),
        "The mail asks you to pass on a one-time code.",
        only_by_mail=True,
    ),
    _Asked(
        "asks_card",
        regex(
            r"(?:credit|debit|bank|payment)?.?card (?:number|details|information|data)|full card"
            r"|kreditkarten(?:nummer|daten)"
            r"|信用卡(?:号|信息|卡号)|银行卡(?:号|密码)|クレジットカード(?:番号|情報)|numéro de (?:votre )?carte"
            r"|numero (?:della )?carta"
            r"|número de (?:su )?tarjeta",
        ),
        "The mail asks for card data.",
        only_by_mail=True,
    ),
    _Asked(
        "asks_bank_data",
        regex(
            r"bank(?:ing)? (?:account )?(?:number|details|information|login|data)|online banking|routing number"
            r"|\biban\b|sort code"
            r"|bankdaten|bankverbindung|kontodaten|银行(?:账号|账户信息|卡信息)|口座番号",
        ),
        "The mail asks for bank data by mail or behind a link.",
        only_by_mail=True,
    ),
)
_REMOTE = regex(
    r"any ?desk|team ?viewer|remote (?:access|session|desktop|control)|ultraviewer|rustdesk|screen.?shar\w+"
    r"|fernzugriff|远程(?:控制|协助|访问)"
    r"|リモート(?:アクセス|操作)",
)
_MONEY = regex(
    r"(?:pay|payment|fee|send|transfer|purchase|buy|deposit|zahlen|überweisen|支付|转账|付款|缴纳).{0,80}"
    r"(?:gift ?cards?|bitcoin|\bbtc\b|\busdt\b|crypto\w*|western union|moneygram|礼品卡|比特币|虚拟货币"
    r"|geschenkkarten?)"
    r"|(?:reinstatement|reactivation|unlock\w*|processing|release) fee|(?:解冻|恢复|激活)(?:费|手续费)"
    r"|bearbeitungsgebühr|freischaltgebühr",
    re.S,
)
_COINS = regex(r"\d\s?(?:btc|eth|usdt)\b|\b(?:btc|eth|usdt|bitcoin|crypto)\s(?:wallet|address)")
_CHAT = regex(
    r"(?:contact|message|write|add|reach|chat|kontaktier\w*|联系|添加).{0,60}(?:whats ?app|telegram)"
    r"|whats ?app.{0,20}\+?\d{6}",
    re.S,
)
_CLAIMS = regex(r"amazon|亚马逊|アマゾン|seller central")
_SAMPLE = 60_000
#: Mentions of one thing that are looked at; a mail that names it more often is no notice.
_LOOKED_AT = 100


class Flat:
    """The beginning of a text with wrapped lines joined, as it is and in small letters; offsets are the text's own."""

    def __init__(self, text: str) -> None:
        self.text = text[:_SAMPLE]
        self.joined = _WRAPPED.sub(" ", self.text)
        self.low = small(self.joined)


def asks(flat: Flat) -> Iterator[Sign]:
    """Yield a strong sign for each thing asked for that Amazon does not ask for in a mail."""
    yield from _asked(flat)
    yield from _other_asks(flat)


def asks_for_login(flat: Flat) -> bool:
    """True if the text asks for a password, code, card or bank data."""
    return any(True for _ in _asked(flat))


def claims_amazon(flat: Flat) -> bool:
    """True if the text speaks of Amazon."""
    return bool(_CLAIMS.search(flat.low))


def _asked(flat: Flat) -> Iterator[Sign]:
    low = flat.low
    for asked in _ASKED:
        for found in islice(asked.noun.finditer(low), _LOOKED_AT):
            start, end = _sentence(low, found.start(), found.end())
            if not _is_asked_for(low, start, end, found) or _is_negated(low, start, end, found):
                continue
            if asked.only_by_mail and not _wanted_by_mail(low, start, end):
                continue
            yield Sign(id=asked.id, speaks="suspicious", detail=asked.detail, quote=flat.text[start:end].strip())
            break


def _is_asked_for(low: str, start: int, end: int, found: re.Match[str]) -> bool:
    before = low[start : found.start()]
    return _ASK_BEFORE.search(before) is not None or _ASK_AROUND.search(low, start, end) is not None


def _is_negated(low: str, start: int, end: int, found: re.Match[str]) -> bool:
    before = _NEGATED.search(low[start : found.start()])
    return before is not None or _NEGATED_AFTER.match(low, found.end(), end) is not None


def _wanted_by_mail(low: str, start: int, end: int) -> bool:
    if _IN_SELLER_CENTRAL.search(low[start:end]):
        return False
    return bool(_BY_MAIL.search(low[max(0, start - _REACH) : end + _REACH]))


def _sentence(low: str, start: int, end: int) -> tuple[int, int]:
    """Return the borders of the sentence around `start:end`, within `_REACH` characters on either side."""
    first = max(0, start - _REACH)
    for found in _SENTENCE_END.finditer(low, first, start):
        first = found.end()
    high = _SENTENCE_END.search(low, end, min(len(low), end + _REACH))
    return first, high.end() if high else min(len(low), end + _REACH)


def _other_asks(flat: Flat) -> Iterator[Sign]:
    claims = claims_amazon(flat)
    for identity, pattern, detail in (
        ("asks_remote_access", _REMOTE, "The mail wants access to your computer or screen."),
        (
            "asks_payment",
            _MONEY,
            "The mail wants a fee, gift cards or crypto-currency; Amazon charges nothing for an appeal.",
        ),
        (
            "asks_payment",
            _COINS,
            "The mail names a wallet or a sum in crypto-currency; Amazon charges nothing for an appeal.",
        ),
        ("outside_chat", _CHAT, "The mail wants to go on in a chat outside Amazon."),
    ):
        for found in pattern.finditer(flat.low) if claims else ():
            if not _NEGATED.search(flat.low[max(0, found.start() - 80) : found.start()]):
                quote = flat.text[found.start() : found.end()]
                yield Sign(id=identity, speaks="suspicious", detail=detail, quote=quote)
                break
