"""Until when an answer must be in: a number of days or hours in a sentence about sending something, or a printed date.

Document windows ("the last 365 days"), funds periods, review times and waiting times are no deadlines [V:N10a,A21a,N16a,
N18a,N9d]. No deadline is invented: a notice that prints none has none, and one without a date of its own has no due date.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from amends.extract.dates import find_dates
from amends.schemas import Deadline, Notice

if TYPE_CHECKING:
    from amends.extract.layout import Layout, Sentence

_WORDS = {
    "two": 2, "three": 3, "five": 5, "seven": 7, "ten": 10, "fourteen": 14, "fifteen": 15, "seventeen": 17, "twenty": 20, "thirty": 30,
    "sixty": 60, "zwei": 2, "drei": 3, "fünf": 5, "sieben": 7, "zehn": 10, "vierzehn": 14, "dreißig": 30, "七": 7, "十": 10, "三": 3,
}  # fmt: skip
_SPAN = re.compile(
    r"(?<![\d.,-])(?P<n>\d{1,3}|" + "|".join(_WORDS) + r")(?:\s?\(\d+\))?\s?(?:-\s?)?(?P<business>business |working |calendar |个?工作|arbeits|werk|kalender|営業)?\s?"
    r"(?P<unit>days?|hours?|hrs?|个?小时|天|日|tage?n?|stunden|時間|jours?(?: ouvrés| ouvrables| calendaires)?|heures|giorni|ore|días|horas|weeks?|wochen|semaines|settimane|semanas)(?!\w)",
    re.IGNORECASE,
)  # fmt: skip
_LIMIT = re.compile(
    r"within|no later than|by the end of|in the next|you have|have \w+ to|not (?:receive|received|hear)|do not|don't|before|must|deadline|until|later than|"
    r"in order to|after which|if we|以内|之内|内|期限|之前|前|innerhalb|binnen|spätestens|bis zum|frist|haben sie|以内に|までに|dans (?:les|un délai)|"
    r"sous|avant|délai|entro|prima|en un plazo|en el plazo|dentro de|antes de|plazo|en los próximos",
    re.IGNORECASE,
)
_SEND = re.compile(
    r"\bsend|submit|provide|reply|respond|response|appeal|plan\b|upload|complete|contact us|receive|information|documents?|answer|quiz|questionnaire|"
    r"verif|hear from|address|action|resolve|correct|update|pay\b|confirm|invoice|retract|call\b|提交|提供|发送|回复|申诉|完成|收到|上传|采取|更新|支付|"
    r"send|übermittel|einreich|antwort|reich|maßnahmenplan|widerspruch|unterlagen|dokument|hochladen|vorlegen|erhalten|beantwort|aktualisier|begleich|"
    r"提出|送信|返信|回答|ご連絡|対応|envoy|fourni|répond|soumett|transmett|recev|invi|forni|rispond|ricev|presenta|aggiorn|envi|proporcion|respond|presenta|recib|facilit|remit|actualic",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"(?:last|past|previous|preceding|older than|issued (?:in|within)|dated|up to|usually|normally|typically|about|approximately|expect|review(?:ed)?|we will|we'll|"
    r"reply to you|get back|may take|can take|takes?|should not exceed|trailing|rolling|at most|as long as|for a period|hold|held|after (?:the )?(?:last|date of)|"
    r"过去|最近|最多|通常|近|letzten|vergangenen|älter als|bis zu|üblicherweise|in der regel|etwa|ungefähr|过去的|直近|過去|derniers|dernières|jusqu'à|environ|moins de|"
    r"ultimi|fino a|circa|últimos|hasta|aproximadamente)\W*(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_ABOUT_US = re.compile(
    r"(?:we|amazon|our team|team) (?:will|usually|normally|aim|try|expect to|should|may|can)\b[^.]{0,60}(?:review|reply|respond|answer|get back|decide|contact you|notify|email you|send you)|"
    r"you (?:will|should|can expect to) (?:receive|hear|get)|you can expect|expect (?:a|an|our) (?:reply|response|answer)|(?:process|review|decision)\w* (?:takes|may take|can take|is usually)|"
    r"wir (?:werden|antworten|prüfen|melden|bearbeiten)|sie (?:erhalten|bekommen)|dauert|我们(?:会|将|通常)|您(?:会|将)收到|nous (?:vous répondrons|répondrons|examinerons)|"
    r"(?:le|la) (?:risponderemo|contatteremo)|esamineremo|le responderemos|revisaremos|当社は",
    re.IGNORECASE,
)
_ELSE = re.compile(
    r"funds|disburs|balance|inventory|dispose|destroy|removal order|look-?back|visible|appear|sales|orders? (?:in|over|placed)|metric|rate\b|window|measured|"
    r"资金|库存|销量|guthaben|auszahlung|lagerbestand|bestand|sichtbar|fonds|stock\b|fondi|inventario|fondos|売上金|在庫|reimburs|refund|ship(?:ped|ment)? (?:orders?|within)|shelf",
    re.IGNORECASE,
)


def deadline(layout: Layout, notice: Notice) -> Deadline | None:
    """The strictest sentence that says until when to send something, or None."""
    best: tuple[int, Deadline] | None = None
    for sentence in layout.sentences:
        for rank, found in _in_sentence(sentence, notice):
            if best is None or rank > best[0]:
                best = (rank, found)
    return best[1] if best else None


def _in_sentence(sentence: Sentence, notice: Notice) -> list[tuple[int, Deadline]]:
    text = sentence.text
    if not _LIMIT.search(text) or not _SEND.search(text) or _ABOUT_US.search(text) or sentence.boilerplate in ("funds", "inventory"):
        return []
    rank = 2 + 2 * (sentence.block in ("request", "consequence", "measure", "way")) - 3 * bool(_ELSE.search(text))
    found = []
    for match in _SPAN.finditer(text):
        if not _NOT.search(text[max(0, match.start() - 48) : match.start()]):
            days = _days(match)
            if days:
                found.append((rank + bool(re.search(r"within|innerhalb|以内|内", text[: match.end() + 3])), _spanning(sentence, days, bool(match["business"] and _is_business(match)), notice)))
    for on, start, end in find_dates(text):
        before = text[max(0, start - 40) : start]
        if re.search(r"(?:by|until|before|no later than|deadline(?: is)?|due(?: date)?(?: is)?|bis(?: zum)?|spätestens(?: am)?|avant le|d'ici le|entro il|antes del?|hasta el|在|于|截止)\W*(?:\w+,?\s)?$", before, re.IGNORECASE) or re.match(r"\s?(?:之前|前|までに)", text[end:]):
            found.append((rank + 2, _on(sentence, on, notice)))
    return found


def _is_business(match: re.Match[str]) -> bool:
    return match["business"].strip().lower() in ("business", "working", "工作", "个工作", "arbeits", "werk", "営業")


def _days(match: re.Match[str]) -> float | None:
    number = _WORDS.get(match["n"].lower()) or (int(match["n"]) if match["n"].isdigit() else 0)
    unit = match["unit"].lower()
    if unit.startswith(("hour", "hr", "个小时", "小时", "stunden", "時間", "heures", "ore", "horas")):
        return number / 24
    if unit.startswith(("week", "woche", "semaine", "settiman", "semana")):
        return float(number * 7)
    return float(number)


def _spanning(sentence: Sentence, days: float, business: bool, notice: Notice) -> Deadline:
    on = notice_date(notice)
    due = None
    if on is not None:
        due = _add_business_days(on, int(days)) if business else on + timedelta(days=-(-days // 1))
    return Deadline(text=sentence.text, days=days, due=due, start=sentence.start, end=sentence.end)


def _add_business_days(on: date, days: int) -> date:
    while days > 0:
        on += timedelta(days=1)
        days -= on.weekday() < 5
    return on


def _on(sentence: Sentence, due: date, notice: Notice) -> Deadline:
    on = notice_date(notice)
    days = float((due - on).days) if on is not None and due >= on else None
    return Deadline(text=sentence.text, days=days, due=due, start=sentence.start, end=sentence.end)


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
    """The day on which the notice was sent, in the mail's own time zone; None when it carries no date."""
    received: datetime | None = notice.received
    return received.date() if received else None
