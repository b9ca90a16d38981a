"""Until when an answer must be in: a span of time or a date that binds the seller.

A span is a limit when a word of limit stands at it, when no word makes it something else (a window of papers, a period of
money or stock, a usual length, a wait of Amazon's) [V:N10a,A21a,N16a,N18a,N9d], and when the sentence speaks of sending
or doing something, counts from this mail, or stands where something was asked for. No deadline is invented: a notice that
prints none has none, and one without a date of its own has no due date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from amends.dates import find_dates
from amends.extract import governing as of
from amends.extract.due_dates import due_dates
from amends.extract.layout import Layout, Sentence
from amends.extract.spans_of_time import Duration, durations
from amends.extract.thread import separator_date
from amends.regex import regex
from amends.schemas import Deadline, Notice

_CLAUSE = regex(r"[;。；]|[.!?] |, (?:and )?(?:we|our team|wir|nous)\b|, (?=我们|则|您的)")
_DATED = regex(r"(?:dated|date of|notice of|e-?mail of|vom|du|del|日期为)\W{0,3}$")
_FROM = regex(
    r" ?(?:from|of|after|since|counted from|starting|ab(?: dem)?|vom|à compter du|dal|desde el|a partir del|vanaf|od)(?: the)? $"
)
_FROM_ON = regex(r" ?(?:起|から|より)")
#: Anything that may be a time: a figure, or the name of a unit.
_TIME = regex(
    r"\d|day|week|month|hour|fortnight|tag|woche|monat|stunde|jour|semaine|heure|mois|giorn|settiman|mese|\bore\b|día|semana|hora|dagen|weken|dni\b|tygodni|天|日|周|月|小时|時間"
)
#: A sentence that is nothing but a span of time, after something was asked for.
_ALONE = regex(
    r"(?:(?:time|deadline|frist|délai|termine|plazo|期限|when|you have)\W{0,3})?\S{1,9} (?:\w+ )?\S{2,9}[.!]?"
)
LIMIT_ALONE = 2
_LABEL = regex(r"[?:：] *")
_ADDRESS = regex(r"\S+@\S+")
_PLAIN_LIMIT = regex(r"(?:no|not) later than\W{0,3}$|^[^.]*\blater than ")
#: A period as long as this beside money or stock is theirs, no deadline (domain brief 3.4).
LONG = 60
#: So many times of one sentence are weighed; one that holds more sets no limit, and the work stays linear.
TIMES = 12
#: No notice gives the seller more days than these [D].
MOST = 120


@dataclass(frozen=True)
class _Candidate:
    rank: int
    sentence: Sentence
    days: float | None
    due: date | None


def deadline(layout: Layout, notice: Notice) -> Deadline | None:
    """The sentence of the newest mail that says most plainly until when to send something, or None.

    `due` is the notice's own date and the days, business days or not: the earliest reading is the safe one.
    """
    best: _Candidate | None = None
    base = _base(layout, notice)
    sentences = layout.newest
    day_first = notice.marketplace in _DAY_FIRST
    for number, sentence in enumerate(sentences):
        text = sentence.folded
        if sentence.block == "help" or not _TIME.search(text):
            continue
        spans = list(islice(durations(text), TIMES))
        dates = list(islice(due_dates(text, base, day_first=day_first), TIMES))
        if not spans and not dates:
            continue
        asked = sentence.block in ("request", "way", "consequence") or _asked_before(sentences, number)
        for candidate in _in_sentence(sentence, spans, dates, base, asked):
            if best is None or candidate.rank > best.rank:
                best = candidate
    if best is None or (best.days and any(of.NO_LIMIT.search(s.folded) for s in sentences)):
        return None
    return Deadline(
        text=best.sentence.text, days=best.days, due=best.due, start=best.sentence.start, end=best.sentence.end
    )


def _asked_before(sentences: Sequence[Sentence], number: int) -> bool:
    """Whether the sentence before asks for something, or opens the list that this one ends."""
    for before in reversed(sentences[:number]):
        if before.has("speech.ask") or of.SEND.search(before.folded):
            return True
        if not before.listed:
            return False
    return False


def _in_sentence(
    sentence: Sentence, spans: list[Duration], dates: list[tuple[date, int]], base: date | None, asked: bool
) -> Iterator[_Candidate]:
    text = sentence.folded
    if of.ONE_DAY.search(text):
        return
    less = 2 * (sentence.block == "error")
    for span in spans:
        rank = _rank(text, span, asked)
        if rank:
            on = _counted_from(text, span) or base
            yield _Candidate(rank + 1 - less, sentence, span.days, _due(on, span))
    for due, rank in dates:
        if rank and (base is None or due >= base):
            days = float((due - base).days) if base else None
            yield _Candidate(rank + 2 + asked - less, sentence, days, due)


def _rank(text: str, span: Duration, asked: bool) -> int:
    """How plainly the clause around the span says that something is to be sent within it; 0 for not at all."""
    left, right = _clause(text, span.start, span.end)
    clause, before = text[left:right], text[max(left, span.start - 70) : span.start]
    if span.days > MOST:
        return 0
    alone = _LABEL.split(text)[-1]
    if asked and len(text) - len(alone) <= span.start and _ALONE.fullmatch(alone) and not of.USUAL.search(text):
        return LIMIT_ALONE
    if of.THAT_SPAN.search(text, span.end):
        return 3 if of.SEND.search(text, span.end) else 0
    if _something_else(text, clause, _between_commas(text, left, right, span), before, span):
        return 0
    closes = of.AFTER.search(before) or of.AFTER_IDEOGRAPH.match(text, span.end)
    anchored = bool(closes or of.ANCHOR.match(text, span.end) or span.ordinal or _passes(text, before, span))
    had = bool(of.HAVE.search(before) or of.OPEN_FOR.search(before) or of.NOUN.search(before))
    strong = bool(of.STRONG.search(before) or of.STRONG_AFTER.match(text, span.end))
    if not (anchored or had or strong or of.LIMIT.search(before)):
        return 0
    sends, other = bool(of.SEND.search(clause)), bool(of.ELSE.search(_ADDRESS.sub(" ", clause)))
    if other and not sends:
        return 0
    if span.days >= LONG and of.ELSE.search(_ADDRESS.sub(" ", text)) and not _PLAIN_LIMIT.search(text[: span.start]):
        return 0
    if not (sends or asked or anchored or had or of.SEND.search(text)):
        return int(strong and not of.PAST.search(clause) and "risk" not in clause)
    return 2 + 3 * sends - 2 * other + asked + had + anchored


def _passes(text: str, before: str, span: Duration) -> bool:
    return bool(of.PASSED.match(text, span.end) and of.RUNNING.search(before))


def _something_else(text: str, clause: str, part: str, before: str, span: Duration) -> bool:
    """Whether a word at the span makes it no limit for the seller."""
    if span.adjective or of.NOT_AFTER.match(text, span.end) or of.USUAL.search(clause):
        return True
    if of.ASKED_BEFORE.search(clause) or of.DUTIES.search(clause):
        return True
    if of.OTHERS.search(part) and not of.NOUN.search(before):
        return True
    if of.PASSED.match(text, span.end) and not _passes(text, before, span):
        return True
    had = bool(of.HAVE.search(before.removesuffix("up to ")))
    if of.LASTS.search(before) or (of.ABOUT.search(before) and not had):
        return True
    if of.AFTER.search(before) or of.AFTER_IDEOGRAPH.match(text, span.end):
        return not (of.CLOSED.search(text) and of.SEND.search(clause) and not of.ELSE.search(text[: span.start]))
    return bool(of.WINDOW.search(before) and not of.OPEN_FOR.search(before) and not span.ordinal)


def _between_commas(text: str, left: int, right: int, span: Duration) -> str:
    """The part of a clause between the commas around the span."""
    comma = text.find(", ", span.end, right)
    return text[max(left, text.rfind(", ", left, span.start)) : comma if comma >= 0 else right]


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    left, right = 0, len(text)
    for match in _CLAUSE.finditer(text):
        if match.end() <= start:
            left = match.start()
        elif match.start() >= end:
            right = match.start()
            break
    return left, right


def _counted_from(text: str, span: Duration) -> date | None:
    """The day that the sentence itself counts from ("of this notice dated 9 September 2025", "from 5 October 2026")."""
    return next(
        (
            on
            for on, start, end in find_dates(text)
            if _DATED.search(text[max(0, start - 16) : start])
            or _FROM_ON.match(text, end)
            or (start >= span.end and _FROM.fullmatch(text[span.end : start]))
        ),
        None,
    )


def _due(on: date | None, span: Duration) -> date | None:
    return on + timedelta(days=int(-(-span.days // 1))) if on else None


def _base(layout: Layout, notice: Notice) -> date | None:
    """The day from which days count: that of the newest mail when it prints one, else that of the mail as received."""
    pasted = (_headed(layout) or _signed(layout)) if layout.mail.start else None
    return separator_date(layout.mail) or pasted or notice_date(notice) or _signed(layout)


def _headed(layout: Layout) -> date | None:
    """The date in the few lines before the newest mail of a thread: its head."""
    text = layout.reading.folded.original
    found = list(find_dates(text[max(0, layout.mail.start - _HEAD) : layout.mail.start]))
    return found[-1][0] if found else None


def _signed(layout: Layout) -> date | None:
    """The date that stands above or below the text, on a line with little else."""
    for sentence in (*layout.sentences[:_FIRST], *layout.newest[:_FIRST], *layout.newest[_FIRST:][: -_LAST - 1 : -1]):
        text = _ADDRESS.sub("", sentence.folded)
        for on, start, end in find_dates(text):
            if len(text) - (end - start) <= _BESIDE and not _UNTIL.search(text):
                return on
    return None


_UNTIL = regex(r"\b(?:by|until|before|bis|entro|avant|antes|hasta|deadline|due|from|on)\b|之前|截止|期限|まで|前")
#: So many first and last sentences may hold the date of the notice, with at most so many characters beside it.
_FIRST, _LAST, _BESIDE = 3, 6, 45
_HEAD = 160
#: Stores that write the day before the month.
_DAY_FIRST = frozenset(
    f"amazon.{end}"
    for end in "co.uk de fr it es nl pl se ie com.be com.au in sg ae sa com.tr com.br com.mx eg co.za".split()
)


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

    A mail stamped with a clock of its own keeps the day it prints, and so does a date without a time (exactly midnight):
    only a server's stamp in UTC is turned into the store's time.
    """
    received = notice.received
    if received is None:
        return None
    zone = zone_of(notice.marketplace)
    midnight = (received.hour, received.minute, received.second) == (0, 0, 0)
    servers = received.tzinfo is not None and received.utcoffset() == UTC.utcoffset(None)
    return received.astimezone(zone).date() if zone and servers and not midnight else received.date()
