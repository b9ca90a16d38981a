"""Until when an answer must be in: a number of days or hours in a sentence about sending something, or a printed date.

Document windows ("the last 365 days"), funds periods, review times and waiting times are no deadlines [V:N10a,A21a,N16a,
N18a,N9d]. No deadline is invented: a notice that prints none has none, and one without a date of its own has no due date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from amends.dates import find_dates
from amends.extract.layout import Layout, Sentence
from amends.extract.spans_of_time import ABOUT_US, ELSE, LIMIT, NOT_AFTER, NOT_BEFORE, SEND, Duration, durations
from amends.extract.thread import separator_date
from amends.schemas import Deadline, Notice

_CLAUSE = re.compile(r"[;。；]|[.!?]\s|, (?:and )?(?:we|our team|wir|nous)\b|[,，、]\s?(?=我们|则|您的)")
_BY = re.compile(
    r"(?:by(?: the end of| close of business(?: on)?| \d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)?(?: \w{2,4})?(?: on)?)?|until|before|on or before|no later than|not later than|deadline(?: is)?|due(?: date)?(?: is)?|bis(?: zum| spätestens)?|spätestens(?: am| zum)?|vor dem|avant le|d'ici le|au plus tard le|jusqu'au|"
    r"entro il|prima del|antes del?|hasta el|a más tardar el|在|于|截止(?:日期|时间)?[:：]?(?:为|至)?|期限[:：は]?)\W{0,3}(?:\w{2,12},?\s|the\s)?$",
    re.IGNORECASE,
)
_FROM_ON = re.compile(r"\s?(?:起|から)")
_BY_AFTER = re.compile(r"\s?(?:之前|前|までに|まで)")
_DATED = re.compile(r"(?:dated|date of|notice of|e-?mail of|vom|du|del|日期为)\W{0,3}$", re.IGNORECASE)


#: Anything that may be a time: a figure, or the name of a unit.
_TIME = re.compile(
    r"\d|day|week|month|hour|fortnight|tag|woche|monat|stunde|jour|semaine|heure|giorn|settiman|ore\b|día|semana|hora|天|日|周|月|小时",
    re.IGNORECASE,
)
#: A sentence that is nothing but a span of time, after something was asked for.
_ALONE = re.compile(
    r"(?:(?:time|deadline|frist|délai|termine|plazo|期限|when|you have)\W{0,3})?\S{1,9} (?:\w+ )?\S{2,9}[.!]?",
    re.IGNORECASE,
)
LIMIT_ALONE = 2
_LABEL = re.compile(r"[?:：]\s*")
_ADDRESS = re.compile(r"\S+@\S+")
_PLAIN_LIMIT = re.compile(r"(?:no|not) later than\W{0,3}$", re.IGNORECASE)
#: A period as long as this beside money or stock is theirs, no deadline (domain brief 3.4).
LONG = 60


@dataclass(frozen=True)
class _Candidate:
    rank: int
    sentence: Sentence
    days: float | None
    due: date | None


def deadline(layout: Layout, notice: Notice) -> Deadline | None:
    """The sentence of the newest mail that says most plainly until when to send something, or None."""
    best: _Candidate | None = None
    base = _base(layout, notice)
    sentences = layout.newest
    for number, sentence in enumerate(sentences):
        if not _TIME.search(sentence.text):
            continue
        asked = sentence.block in ("request", "way", "consequence") or _asked_before(sentences, number)
        for candidate in _in_sentence(sentence, base, asked):
            if best is None or candidate.rank > best.rank:
                best = candidate
    if best is None:
        return None
    return Deadline(
        text=best.sentence.text, days=best.days, due=best.due, start=best.sentence.start, end=best.sentence.end
    )


def _asked_before(sentences: Sequence[Sentence], number: int) -> bool:
    """Whether the sentence before asks for something, or opens the list that this one ends."""
    for before in reversed(sentences[:number]):
        if before.has("speech.ask") or SEND.search(before.text):
            return True
        if not before.listed:
            return False
    return False


def _in_sentence(sentence: Sentence, base: date | None, asked: bool) -> Iterator[_Candidate]:
    text = sentence.text
    if sentence.block == "help" or (
        sentence.boilerplate in ("funds", "inventory") and sentence.boilerplate_at <= sentence.at
    ):
        return
    for duration in durations(text):
        rank = _rank(text, duration.start, duration.end, asked)
        other = NOT_BEFORE.search(text[max(0, duration.start - 60) : duration.start]) and not duration.ordinal
        if (
            duration.days >= LONG
            and ELSE.search(_ADDRESS.sub(" ", text))
            and not _PLAIN_LIMIT.search(text[: duration.start])
        ):
            continue
        if rank and not other and not NOT_AFTER.match(text, duration.end):
            on = _printed(text) or base
            yield _Candidate(rank + 1 - 2 * (sentence.block == "error"), sentence, duration.days, _due(on, duration))
    for due, start, end in find_dates(text, base.year if base else None):
        if base and due < base and due.replace(year=base.year) == due and str(due.year) not in text[start:end]:
            due = _next_year(due)
        if _FROM_ON.match(text, end):
            continue
        if _BY.search(text[max(0, start - 40) : start]) or _BY_AFTER.match(text, end):
            rank = _rank(text, start, end, asked, dated=True)
            if rank and (base is None or due >= base):
                days = float((due - base).days) if base else None
                yield _Candidate(rank + 2, sentence, days, due)


def _rank(text: str, start: int, end: int, asked: bool, *, dated: bool = False) -> int:
    """How plainly the clause around the time says that something is to be sent by then; 0 for not at all."""
    left, right = _clause(text, start, end)
    clause = text[left:right]
    if asked and _ALONE.fullmatch(_LABEL.split(text)[-1]):
        return LIMIT_ALONE
    limit = dated or bool(LIMIT.search(text[max(left, start - 70) : min(right, end + 30)]))
    if not limit or ABOUT_US.search(clause):
        return 0
    sends = bool(SEND.search(clause))
    if ELSE.search(clause) and not sends:
        return 0
    if not sends and not asked and not SEND.search(text):
        return 0
    return 2 + 3 * sends - 2 * bool(ELSE.search(clause)) + (1 if asked else 0)


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    left, right = 0, len(text)
    for match in _CLAUSE.finditer(text):
        if match.end() <= start:
            left = match.start()
        elif match.start() >= end:
            right = match.start()
            break
    return left, right


def _printed(text: str) -> date | None:
    """The notice's date as the sentence itself gives it ("of this notice dated 9 September 2025")."""
    return next(
        (
            on
            for on, start, end in find_dates(text)
            if _DATED.search(text[max(0, start - 16) : start]) or _FROM_ON.match(text, end)
        ),
        None,
    )


def _due(on: date | None, duration: Duration) -> date | None:
    if on is None:
        return None
    if not duration.business:
        return on + timedelta(days=int(-(-duration.days // 1)))
    left = int(duration.days)
    while left > 0:
        on += timedelta(days=1)
        left -= on.weekday() < 5
    return on


def _next_year(on: date) -> date:
    return on.replace(year=on.year + 1, day=min(on.day, 28) if on.month == 2 else on.day)


def _base(layout: Layout, notice: Notice) -> date | None:
    """The day from which days count: that of the newest mail when it prints one, else that of the mail as received."""
    return separator_date(layout.mail) or notice_date(notice)


#: Time zones by store domain: the store's own clock counts the days. US sellers are told Pacific time [U].
_ZONES = {
    "amazon.com": "America/Los_Angeles", "amazon.ca": "America/Los_Angeles", "amazon.com.mx": "America/Mexico_City",
    "amazon.com.br": "America/Sao_Paulo", "amazon.co.uk": "Europe/London", "amazon.ie": "Europe/Dublin", "amazon.co.jp": "Asia/Tokyo",
    "amazon.com.au": "Australia/Sydney", "amazon.in": "Asia/Kolkata", "amazon.sg": "Asia/Singapore", "amazon.ae": "Asia/Dubai",
    "amazon.sa": "Asia/Riyadh", "amazon.com.tr": "Europe/Istanbul", "amazon.eg": "Africa/Cairo", "amazon.co.za": "Africa/Johannesburg",
    "amazon.cn": "Asia/Shanghai",
}  # fmt: skip


def zone_of(marketplace: str | None) -> ZoneInfo | None:
    """The time zone that the store counts days in; Central European time for the other European stores; None if unknown."""
    if marketplace is None:
        return None
    return ZoneInfo(_ZONES.get(marketplace, "Europe/Berlin"))


def notice_date(notice: Notice) -> date | None:
    """The day on which the notice was sent, seen in the store's time zone; None when it carries no date.

    A time of exactly midnight is a date without a time: it stays as printed.
    """
    received = notice.received
    if received is None:
        return None
    zone = zone_of(notice.marketplace)
    midnight = (received.hour, received.minute, received.second) == (0, 0, 0)
    return received.astimezone(zone).date() if zone and received.tzinfo and not midnight else received.date()
