"""Several mails pasted into one text: where each begins, and which is the newest. The newest decides.

A mail begins at a separator line ("----- Original message -----", "On … wrote:", a block of From/Sent lines) or at a
further greeting. Replies put the newest on top; helpers who paste in order of time put it last, and say so in words or
by dates. [D] after the pasted threads described in domain brief 3.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from amends.dates import find_dates
from amends.extract.rules import Reading

_SEPARATOR = re.compile(
    r"^[ \t>]*(?:[-_=*#~]{2,}[ \t]*[^\n\-_=*#~]{2,80}?[ \t]*[-_=*#~]{2,}|[-_=*]{6,}"
    r"|(?:on|am|le|el|il)\b[^\n]{4,100}(?:wrote|schrieb|a écrit|escribió|ha scritto)[^\n]{0,60}:"
    r"|(?:from|von|de|da|发件人|差出人)[ \t]?[:：][^\n]{3,100}(?=\n[ \t>]*(?:sent|date|to|subject|gesendet|datum|an|发送时间|送信)))"
    r"[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_GREETING = re.compile(
    r"^[ \t>\"“]*(?:hello|dear|greetings|hi|good day|guten tag|sehr geehrte|hallo|bonjour|cher|chère|gentile|buongiorno|hola|"
    r"estimad[oa]|尊敬的|您好|亲爱的|出品者様|[^\n]{1,30}様[ \t]*$)",
    re.IGNORECASE | re.MULTILINE,
)
_FIRST_PERSON = re.compile(
    r"(?<![\w\"“'])(?:I|I'm|I’m|I've|I’ve|I'd|my husband|my wife|we got|hi everyone|me)\b(?!['\w])|\bwits\b"
)
_OLDER = re.compile(
    r"original|earlier|previous|older|first|before|forwarded|wrote|schrieb|écrit|escribió|scritto|ursprüngl|früher|vorher|weitergeleitet|"
    r"原始|之前|较早|元のメッセージ|以前|転送|précédent|d'origine|precedente|originale|anterior",
    re.IGNORECASE,
)  # fmt: skip
_NEWER = re.compile(
    r"later|then|latest|newest|newer|update|follow|answer|reply|today|now|came|second|next|neuere|später|dann|antwort|heute|"
    r"最新|后来|随后|回复|新しい|その後|返信|plus récent|ensuite|réponse|poi|risposta|successiv|después|respuesta|posterior",
    re.IGNORECASE,
)
#: A mail is at least this long; a greeting sooner belongs to the one before.
_LEAST = 120
#: More mails than this are not told apart.
MOST = 40


@dataclass(frozen=True)
class Mail:
    """One mail of the text: its offsets, and the line that set it apart (empty for the first and for greetings)."""

    start: int
    end: int
    separator: str


def newest_mail(reading: Reading) -> Mail:
    """The part of the text that is the newest mail; the whole text when it holds one only."""
    text = reading.folded.original
    mails = _mails(text)
    if reading.language == "en":
        mails = [mail for mail in mails if not _chatty(text[mail.start : mail.end])] or mails
    if len(mails) == 1:
        return mails[0]
    for judge in (_by_date, _by_separator, _by_content):
        chosen = judge(mails, reading)
        if chosen is not None:
            return chosen
    return mails[0]


def _chatty(text: str) -> bool:
    """Whether a seller or a forum speaks here and not Amazon: first persons, more than one in 300 characters."""
    return len(_FIRST_PERSON.findall(text)) * 300 > len(text)


def separator_date(mail: Mail) -> date | None:
    """The date printed on the line that set the mail apart."""
    return next((on for on, _, _ in find_dates(mail.separator)), None)


def _mails(text: str) -> list[Mail]:
    starts: list[tuple[int, str]] = []
    for match in _SEPARATOR.finditer(text):
        if (
            match.start() > _LEAST // 2
            and re.search(r"\w{3}", match[0])
            and _GREETING.search(text, match.end(), match.end() + 400)
        ):
            starts.append((match.start(), match[0]))
        if len(starts) >= MOST:
            break
    last = -_LEAST
    for match in _GREETING.finditer(text):
        if len(starts) >= MOST:
            break
        near = any(abs(match.start() - at) < 400 and at < match.start() for at, _ in starts)
        if last >= 0 and match.start() - last >= _LEAST and not near:
            starts.append((match.start(), ""))
        last = match.start()
    cuts = sorted({0: "", **dict(starts)}.items())
    ends = [*(at for at, _ in cuts[1:]), len(text)]
    return [Mail(start, end, separator) for (start, separator), end in zip(cuts, ends, strict=True)]


def _by_date(mails: list[Mail], reading: Reading) -> Mail | None:
    text = reading.folded.original
    dated = [(separator_date(mail) or _opening_date(text, mail), mail) for mail in mails]
    known = [(on, mail) for on, mail in dated if on]
    if len(known) < len(mails) or len({on for on, _ in known}) < 2:
        return None
    return max(known, key=lambda pair: pair[0])[1]


def _opening_date(text: str, mail: Mail) -> date | None:
    return next((on for on, _, _ in find_dates(text[mail.start : min(mail.end, mail.start + 300)])), None)


def _by_separator(mails: list[Mail], _: Reading) -> Mail | None:
    for older, newer in pairwise(mails):
        if _OLDER.search(newer.separator):
            return older
        if _NEWER.search(newer.separator):
            return mails[-1]
    return None


def _by_content(mails: list[Mail], reading: Reading) -> Mail | None:
    """The mail that speaks of an earlier exchange is the later one."""

    def late(mail: Mail) -> bool:
        start, end = reading.folded.index(mail.start), reading.folded.index(mail.end)
        return any(reading.first(group, start, end) for group in ("speech.earlier", "stage.refused", "stage.keep"))

    later = [mail for mail in mails if late(mail)]
    return later[0] if len(later) == 1 else None
