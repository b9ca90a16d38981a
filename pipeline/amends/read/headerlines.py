"""Header lines and quotation lines as mail programs print them into a text, in the languages of the mailboxes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from amends.read.dates import printed
from amends.read.mail import Head, Printed
from amends.regex import regex

_NAMES = {
    "sender": "From|Von|De|Da|发件人|寄件者|寄件人|差出人|送信者|보낸 사람",
    "date": (
        "Sent|Date|Gesendet|Datum|Envoyé le|Envoyé|Inviato|Enviado el|Enviado|Data|Fecha"
        "|发送时间|发送日期|發送時間|日期|时间|日付|送信日時"
    ),
    "to": "To|An|À|A|Para|Per|收件人|收件者|宛先",
    "subject": "Subject|Betreff|Objet|Oggetto|Asunto|主题|主旨|主題|件名",
    "reply_to": "Reply-To|Antwort an|Répondre à|Rispondi a|Responder a|回复地址|回复至|返信先",
    "cc": "Cc|Kopie|Bcc|抄送|副本",
}
_KEYS = {name.lower(): key for key, names in _NAMES.items() for name in names.split("|")}
_FIELD = regex(
    rf"^[ \t|]{{0,4}}[*_]{{0,2}}(?P<name>{'|'.join(_NAMES.values())})[*_]{{0,2}}\s{{0,2}}"
    r"(?:[:：][*_]{0,2}\s{0,2}\|?|\|)[*_]{0,2}(?P<value>.*)$",
    re.I,
)
_MARK_WORDS = (
    "forwarded message|original message|original email|forwarded email|weitergeleitete nachricht"
    "|ursprüngliche nachricht|originalnachricht|original-nachricht|message transféré|message d['’]origine"
    "|message original|messaggio inoltrato|messaggio originale|mensaje reenviado|mensaje original"
    "|转发的邮件|已转发邮件|轉寄郵件|转发邮件|原始邮件|原始郵件|回复的原邮件|转发的原邮件|原邮件|転送メッセージ|元のメッセージ"
)
_MARK = regex(rf"^\s{{0,4}}[-_=—]{{2,40}}\s{{0,4}}(?:{_MARK_WORDS})\b.{{0,60}}$", re.I)
_BARE_MARK = regex(
    r"^\s{0,4}(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message (?:transféré|réexpédié)"
    r"|inizio messaggio inoltrato|inicio del mensaje reenviado|开始转发的邮件|下面是被转发的邮件|転送されたメッセージ)"
    r"\s?[:：]?\s{0,4}$",
    re.I,
)
_END = regex(
    r"^\s{0,4}[-_=—]{2,40}\s{0,4}(?:end (?:of )?forwarded message|ende der weitergeleiteten nachricht)\b.{0,60}$", re.I
)
_RULE = regex(r"^\s{0,4}[-_=—*]{5,200}\s{0,4}$")
_ATTRIBUTION_START = regex(r"^\s{0,4}(?:On|At|Am|Le|Il|El|Em|在|于|20\d\d年)[\s\d]?", re.I)
_ATTRIBUTION = regex(
    r"^\s{0,4}(?:(?:On|At|Am|Le|Il|El|Em)\s(?=.{0,80}\d)(?P<a>.{5,250}?)"
    r"\s(?:wrote|schrieb(?P<after>.{0,120}?)|a écrit|ha scritto|escribió|escreveu)\s?[:：]"
    r"|(?:在|于)?\s?(?=.{0,40}20\d\d)(?P<b>.{5,250}?)\s?写道\s?[:：]"
    r"|(?P<c>20\d\d年.{5,120}<[^<>\s]{3,80}@[^<>\s]{3,80}>)\s?[:：])\s{0,4}$",
    re.I,
)
_ADDRESS = regex(r"[<\[(]?(?:mailto:)?([\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6})[>\])]?")
_NAME_BREAK = regex(r"\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[AP]\.?M\.?)?,?|schrieb|,\s|[,，]|\)")
_LINES_AT_MOST = 30
_LINE_AT_MOST = 2000


#: A line near the top that holds the date of the notice and next to nothing else, or names it as the date.
_DATE_LINE = regex(
    rf"^[ \t>|*_]{{0,4}}(?:(?:{_NAMES['date']}|Date of (?:this )?notice|Notice date|Issued(?: on)?|Received(?: on)?|Dated)[*_]{{0,2}}\s?[:：]\s?(?P<named>.{{6,70}})"
    r"|(?P<bare>[^\n:：]{6,75}))$",
    re.I,
)
_WORDS_BESIDE = regex(r"[^\W\d_]{3,}")
_OPENING_LINES, _OPENING = 8, 900


def opening_date(text: str) -> Printed | None:
    """The date that one of the first lines gives as the notice's own; None if none does, or if day and month are unclear."""
    lines = [line.strip() for line in text[:_OPENING].split("\n") if line.strip()][:_OPENING_LINES]
    for line in lines:
        found = _DATE_LINE.match(line)
        if found and (found["named"] or _little_beside(line)) and (date := printed(found["named"] or line)):
            return date
    return None


def _little_beside(line: str) -> bool:
    """Whether a line with a date says little else: a weekday, a place, "Amazon.com", a number."""
    return (
        bool(re.search(r"\d", line))
        and len(_WORDS_BESIDE.findall(line)) <= 5
        and not re.search(r"[.!?]$|\b(?:by|until|before|bis|entro|hasta|avant|antes)\b|截止|之前|まで", line)
    )


class Block(NamedTuple):
    """A printed head and the index of the first line after it."""

    head: Head
    end: int


def is_mark(line: str) -> bool:
    """True for a line such as `---------- Forwarded message ---------`."""
    return bool(_MARK.match(line) or _BARE_MARK.match(line))


def is_end(line: str) -> bool:
    """True for a line that ends a forwarded mail."""
    return bool(_END.match(line))


def is_rule(line: str) -> bool:
    """True for a line of dashes or underscores."""
    return bool(_RULE.match(line))


def block(lines: Sequence[str], start: int, *, after_mark: bool = False) -> Block | None:
    """Return the head printed from line `start` on, if there is one.

    It names the sender and one more field; after a mark, any two fields are enough.
    """
    fields: dict[str, str] = {}
    index, last = start, ""
    while index < min(len(lines), start + _LINES_AT_MOST):
        field = _field(lines[index])
        if field:
            last, value = field
            if last in fields:
                break
            fields[last] = value
        elif not (fields and _goes_on(lines, index, last, fields)):
            break
        index += 1
    if len(fields) < 2 or ("sender" not in fields and not after_mark):
        return None
    return Block(_head(fields), index)


def _field(line: str) -> tuple[str, str] | None:
    """Return key and value of a header line."""
    found = _FIELD.match(line) if len(line) < _LINE_AT_MOST else None
    return (_KEYS[found["name"].lower()], found["value"].strip(" \t*|")) if found else None


def _goes_on(lines: Sequence[str], index: int, last: str, fields: dict[str, str]) -> bool:
    """True for a wrapped value, and for a single blank line between two fields."""
    line = lines[index]
    if not line.strip():
        following = _field(lines[index + 1]) if index + 1 < len(lines) else None
        return following is not None and following[0] not in fields
    if last in ("to", "cc") and "@" in line and len(line) < 500:
        return True
    if line[0] in " \t" and len(line) < 200 and last in fields:
        fields[last] = f"{fields[last]} {line.strip()}"
        return True
    return False


def _head(fields: dict[str, str]) -> Head:
    date = fields.get("date", "")
    return Head(
        sender=fields.get("sender") or None,
        subject=fields.get("subject") or None,
        date=printed(date) if date else None,
        reply_to=fields.get("reply_to") or None,
    )


def attribution(lines: Sequence[str], start: int) -> Block | None:
    """Return the head that a line such as `On … wrote:` gives, wrapped over at most three lines."""
    if not _ATTRIBUTION_START.match(lines[start]):
        return None
    joined = ""
    for end in range(start, min(start + 3, len(lines))):
        joined = f"{joined} {lines[end].strip()}".strip()
        if len(joined) > 500:
            return None
        if found := _ATTRIBUTION.match(joined):
            said = " ".join(g for g in found.groups() if g)
            return Block(Head(sender=_author(said), date=printed(said)), end + 1)
    return None


def _author(said: str) -> str | None:
    """Return `Name <address>` from the words between date and verb."""
    found = _ADDRESS.search(said)
    before = said[: found.start()] if found else said
    name = _NAME_BREAK.split(before)[-1].strip(" \t\"'*<")
    if found is None:
        return name or None
    return f"{name} <{found[1]}>" if name else found[1]
