"""Printed dates by which something is to be done: "by 21 March", "until the 28th", "12月20日之后才收到的材料不再考虑".

A date is due when a word of limit stands before or after it, when what comes after it is closed, or when something still
undone on that day has a consequence. A date from which something merely holds is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from amends.dates import find_dates
from amends.extract import governing as of
from amends.regex import regex

_DAYS = (
    "monday montag lundi lunedì lunes maandag poniedziałku 周一 星期一", "tuesday dienstag mardi martedì martes dinsdag wtorku 周二 星期二",
    "wednesday mittwoch mercredi mercoledì miércoles woensdag środy 周三 星期三", "thursday donnerstag jeudi giovedì jueves donderdag czwartku 周四 星期四",
    "friday freitag vendredi venerdì viernes vrijdag piątku 周五 星期五", "saturday samstag samedi sabato sábado zaterdag soboty 周六 星期六",
    "sunday sonntag dimanche domenica domingo zondag niedzieli 周日 星期日",
)  # fmt: skip
_WEEKDAYS = {name: number for number, names in enumerate(_DAYS) for name in names.split()}
_NAMED = "|".join(_WEEKDAYS)
_BETWEEN = (
    rf"(?:(?: ?(?:on|the|op|le|il|el|em|den|dem|am|zum|um|de|del|of|next|nächsten|coming|latest)\b| ?(?:{_NAMED})(?: the)?,?| ?(?:mon|tue|wed|thu|fri|sat|sun)\.?,?"
    r"| ?\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)?(?: \w{2,4})?(?: on)?,?| ?\d{1,2} ?(?:[ap]\.?m\.?|uhr|h)(?: on)?,?| ?(?:noon|midnight)(?: on)?,?| ?(?:the )?(?:end|close) of(?: (?:the )?(?:day|business))?(?: on)?| ?[(（:：]){0,5} ?)"
)
_BY = regex(
    r"(?:(?<![^\W\d_])(?:by|until|till|til|up to(?: and including)?|before|(?:no|not) later than|due(?: date)?(?: is| on)?|ends|bis(?: einschließlich| spätestens)?(?: zum)?|spätestens(?: bis)?(?: zum)?|vor dem|avant le|d'ici(?: le| au)?|"
    r"au plus tard|pour le|jusqu'au|entro(?: e non oltre)?|fino al?|non oltre|prima del|antes del?|hasta|a más tardar|uiterlijk|vóór|voor|tot(?: en met)?|do|najpóźniej|przed)"
    rf"|至|截至|截止(?:到|于|至)?|最迟|不迟于|不晚于|于|在){_BETWEEN}$"
)
#: "The last day on which we accept documents is 28 March", "Frist: 28.03.2026".
_NOUN = regex(
    r"(?:\b(?:deadline|(?:last|final|closing|latest) (?:day|date)|time limit|due date|respond by|stichtag|frist|date limite|échéance|délai|scadenza|termine|fecha límite|plazo|termijn|termin)\b[^.;]{0,40}?"
    r"(?:\b(?:is|are|ist(?: der)?|endet|est(?: le)?|è(?: il)?|es(?: el)?|hasta|on)\b|[:-])|(?:截止(?:时间|日期|日)|期限|締切|締め切り)(?:为|是|は|[:：])?)"
    rf"{_BETWEEN}$"
)
_ON = regex(rf"(?<![^\W\d_])(?:on|am|zum|le|il|el|op){_BETWEEN}$")
_LATER = regex(
    rf"(?<![^\W\d_])(?:after|later than|past|nach(?: dem)?|après|passé|oltre|dopo|después del?|na|po){_BETWEEN}$"
)
_BY_AFTER = regex(
    r" ?(?:[(（][^)）]{1,6}[)）] ?)?(?:(?:\d{1,2}[:：]\d\d)?(?:之前|前|以前|までに|まで|必着|为止|止)|,? ?(?:at the latest|latest|or earlier|inclusive|spätestens|au plus tard|a más tardar)| is (?:the|your) (?:last|final) (?:day|date))"
)
_LATER_AFTER = regex(r" ?(?:之后|以后|后|以降|を過ぎ)")
_FROM_ON = regex(r" ?(?:起|から|より)")
_ENDS = regex(
    r"\b(?:ends?|expires?|closes?|lapses?|runs? out|endet|läuft|expire|scade|vence|termina|eindigt|verloopt)\b[^.;]{0,30}$"
)
_PAPERS = regex(
    r"declaration|certificate|licen[cs]e|document|card|passport|report|erklärung|zertifikat|ausweis|contract|review|hold"
)
_IF = regex(
    r"(?<![^\W\d_])(?:if|should|unless|in case|wenn|sofern|falls|sollte|sind|si|se|als|jeśli)\b|若|如果|如未|場合"
)
_STILL_UNDONE = regex(r" ?(?:日)?(?:仍|还|尚|になっても|時点で)?(?:未|没|没有)")
_UNDONE = regex(
    r"\b(?:still|not|no|unless|nicht|noch|keine?|pas|encore|non|ancora|sin|aún|niet|nog|nie)\b|n't\b|未|没有|不"
)
_UNLESS = regex(r"\b(?:unless|es sei denn|sauf si|a meno che|salvo que|tenzij)\b|除非")
_HAPPENS = regex(
    r"sign up|\btransfers?\b|\bdisbursements?\b|funds|balance|payout|disburs|\bdeals\b|webinar|fee|gebühr|guthaben|资金|款项|直播|课程"
)
_ORDINAL = regex(
    r"\b(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)\b(?! (?:day|of\b|january|february|march|april|may|june|july|august|september|october|november|december|\w+ (?:time|attempt|order)))"
)
_WEEKDAY = regex(rf"(?<![^\W\d_])(?:{_NAMED})(?![^\W\d_])(?!,? (?:the )?\d)")
#: "By 28.3.", "by 28/03": days of a store that writes the day first, taken only after a word of limit.
_SHORT = regex(
    r"(?<![\d./-])(?P<day>\d{1,2})(?P<mark>[./])(?P<month>\d{1,2})(?:(?<=[./]\d)|(?<=\d\d))(?:\.|(?![\d./%]))"
)
_MARKS = (". ", "; ", "。", ", we ", "我们将", "我们会")
#: A date without a year that is past is next year's only if that is so near, in days.
SOON = 90
_MONTH_END = regex(
    r"\b(?:the |this )?(?:end of (?:the|this) month|month[- ]end)|(?:ende des monats|monatsende)|本月底|月末"
)


def due_dates(text: str, base: date | None, *, day_first: bool = False) -> Iterator[tuple[date, int]]:
    """Yield (date, rank) of every date in folded `text` by which something is due; days are counted on from `base`."""
    for due, start, end in find_dates(text, base.year if base else None, day_first=day_first):
        if base and due < base and str(due.year) not in text[start:end] and (_next_year(due) - base).days <= SOON:
            due = _next_year(due)
        if not _FROM_ON.match(text, end):
            yield due, _rank(text, start, end)
    if base is None:
        return
    for due, start, end in (
        *_short(text, base, day_first=day_first),
        *_days_of_the_month(text, base),
        *_days_of_the_week(text, base),
        *_ends_of_the_month(text, base),
    ):
        if _BY.search(text[max(0, start - 60) : start]):
            yield due, _rank(text, start, end)


def _rank(text: str, start: int, end: int) -> int:
    """How plainly the sentence says that something is due by the date: 0 for not at all."""
    before = text[max(0, start - 70) : start]
    around = text[max(0, start - 160) : end + 120]
    left = max(0, start - 90, *(text.rfind(mark, 0, start) for mark in _MARKS))
    right = min(at if at >= 0 else end + 60 for at in (text.find(mark, end, end + 60) for mark in _MARKS))
    clause = text[left:right]
    by = bool(_BY.search(before) or _NOUN.search(before) or _BY_AFTER.match(text, end)) and not _LATER_AFTER.match(
        text, end
    )
    if not by:
        return 4 * _by_what_follows(text, before, start, end)
    if (
        of.OTHERS.search(clause)
        or of.ASKED_BEFORE.search(clause)
        or (of.ELSE.search(around) and not of.SEND.search(around))
        or _happens(text[left:end])
    ):
        return 0
    return 2 + 3 * bool(of.SEND.search(around))


def _happens(words: str) -> bool:
    """Whether the words up to a date tell what happens to money, or of a fair, by then, and not what is to be done."""
    words = words[words.rfind(", ") + 1 :]
    return bool(_HAPPENS.search(words) and not of.SEND.search(words))


def _by_what_follows(text: str, before: str, start: int, end: int) -> bool:
    if _LATER.search(before) or _LATER_AFTER.match(text, end):
        return bool(of.CLOSED.search(text, end) and of.SEND.search(text))
    if _STILL_UNDONE.match(text, end):
        return True
    if not _ON.search(before):
        return False
    if _ENDS.search(before):
        return not _PAPERS.search(text, 0, start)
    condition = _IF.search(text)
    return bool(_UNLESS.search(text) or (condition and _UNDONE.search(text, condition.end())))


def _next_year(on: date) -> date:
    return on.replace(year=on.year + 1, day=min(on.day, 28) if on.month == 2 else on.day)


def _short(text: str, base: date, *, day_first: bool) -> Iterator[tuple[date, int, int]]:
    for match in _SHORT.finditer(text):
        day, month = int(match["day"]), int(match["month"])
        if match["mark"] == "/" and not day_first:
            day, month = month, day
        try:
            on = date(base.year, month, day)
        except ValueError:
            continue
        yield (on if on >= base else _next_year(on)), match.start(), match.end()


def _days_of_the_month(text: str, base: date) -> Iterator[tuple[date, int, int]]:
    for match in _ORDINAL.finditer(text):
        on = base
        while on.day != int(match["day"]) and (on - base).days < 62:
            on += timedelta(days=1)
        if on.day == int(match["day"]):
            yield on, match.start(), match.end()


def _days_of_the_week(text: str, base: date) -> Iterator[tuple[date, int, int]]:
    for match in _WEEKDAY.finditer(text):
        ahead = (_WEEKDAYS[match[0]] - base.weekday() - 1) % 7 + 1
        yield base + timedelta(days=ahead), match.start(), match.end()


def _ends_of_the_month(text: str, base: date) -> Iterator[tuple[date, int, int]]:
    for match in _MONTH_END.finditer(text):
        first = (base.replace(day=28) + timedelta(days=4)).replace(day=1)
        yield first - timedelta(days=1), match.start(), match.end()
