"""Spans of time in running text ("17 days", "72 hours", "within two weeks"), and the words that tell what one means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORDS = {
    "a": 1, "one": 1, "einer": 1, "einem": 1, "une": 1, "un": 1, "una": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "fourteen": 14, "fifteen": 15, "seventeen": 17,
    "twenty": 20, "thirty": 30, "sixty": 60, "zwei": 2, "drei": 3, "fünf": 5, "sieben": 7, "zehn": 10, "vierzehn": 14, "siebzehn": 17,
    "dreißig": 30, "dreissig": 30, "七": 7, "十": 10, "三": 3, "五": 5, "deux": 2, "trois": 3, "cinq": 5, "sept": 7, "dix": 10, "quinze": 15,
    "due": 2, "tre": 3, "cinque": 5, "sette": 7, "dieci": 10, "dos": 2, "tres": 3, "cinco": 5, "siete": 7, "diez": 10, "quince": 15,
}  # fmt: skip
_SPAN = re.compile(
    r"(?<![A-Za-zÀ-ÿ\d.,-])(?P<n>\d{1,3}|" + "|".join(_WORDS) + r")(?P<ordinal>th|st|nd|rd)?(?:\s?\(\d{1,3}\))?\s?(?:-\s?)?"
    r"(?P<business>business |working |calendar |个?工作|个?自然|arbeits|werk|kalender|営業)?\s?"
    r"(?P<unit>days?(?!\w)|hours?(?!\w)|hrs?(?!\w)|个?小时|天|日(?!\d)|tage?n?s?(?!\w)|stunden?(?!\w)|時間|jours?(?!\w)|heures?(?!\w)|giorni(?!\w)|ore(?!\w)|días(?!\w)|"
    r"horas(?!\w)|weeks?(?!\w)|wochen?(?!\w)|semaines?(?!\w)|settiman[ae](?!\w)|semanas?(?!\w)|周|週間|fortnight(?!\w)|months?(?!\w)|monat\w*|mois(?!\w)|mes(?:e|es)?(?!\w))(?P<kind>\s(?:ouvrés|ouvrables|lavorativi|hábiles|laborables))?",
    re.IGNORECASE,
)  # fmt: skip
#: Sets a limit.
LIMIT = re.compile(
    r"within|inside|at most|at the latest|received after|missing after|arrives after|arriving after|appeal for|got|coming|no later than|by the end of|in the (?:next|coming)|\bin\b|have|has|not (?:receive|received|hear|got)|don't|before|deadline|until|later than|time(?: limit)? is|"
    r"time limit|days? from|hours? from|from (?:now|today|this)|you can do so for|给您|以内|之内|内|期限|之前|前|innerhalb|binnen|spätestens|bis zum|frist|haben|zeit|以内|までに|dans|sous|avant|délai|"
    r"disposez|entro|prima|hai|ha |en un plazo|plazo|en el|dentro de|antes de|en los próximos|en \d|tiene|por|under",
    re.IGNORECASE,
)
#: Something is to be sent or done by the seller.
SEND = re.compile(
    r"\bsend|submi|provid|\breply|respond|\bappeal\b|\bplan\b|upload|complet|\breceiv|documents?\b|\banswer|quiz|questionnaire|tell us|let us|hear from|\bneed (?:this|your|it|the)|"
    r"\bresolve|\bcorrect|\bupdate|\bpay\b|confirm|\binvoice|retract|\bget (?:a|the|your)\b|got a plan|get back to us|arrive|provided|need to see|we.d like|want to see|to see|mail these|confirm|handle|unless you|\bact\b|in our hands|with us|reached us|please|for this|sign and return|hand in|nothing (?:is|be) done|by then|do so|\bfix|"
    r"提交|提供|更正|修改|补|递交|发送|回复|申诉|完成|收到|上传|采取|更新|支付|告知|说明|补充|"
    r"senden|übermittel|einreich|antwort|reichen|maßnahmenplan|widerspruch|unterlagen|dokument|hochladen|laden sie|vorlegen|erhalten|beantwort|aktualisier|begleich|teilen sie|beschreib|schilder|erläuter|füllen|reagier|dafür|"
    r"提出|送信|返信|回答|ご連絡|対応|envoy|fourni|répond|soumett|transmett|disposez|rempli|merci de|veuillez|téléverse|invi|forni|rispond|presenta|aggiorn|carica|comunic|"
    r"envi|envía|proporcion|respond|recib|facilit|remit|actualic|plazo|hazlo",
    re.IGNORECASE,
)
#: Right before the number: it is no deadline.
NOT_BEFORE = re.compile(
    r"(?<![A-Za-zÀ-ÿ])(?:last|past|previous|preceding|older than|younger than|issued (?:in|within) (?:the )?(?:last)?|up to|usually|normally|typically|about|approximately|roughly|expect|may take|can take|takes?|"
    r"should not exceed|exceed|trailing|rolling|as long as|held for|kept for|hold for|for up to|for the|after (?:the )?(?:last|date of)|after|every|for|over|of|from the last|more than|open for|"
    r"left|ago|once|a delay of|bis zu|过去|最近|最多|通常|近|一般|保留|约|letzten|vergangenen|älter als|üblicherweise|in der regel|etwa|ungefähr|nach|für|seit|über|直近|過去|約|derniers|dernières|jusqu'à|environ|moins de|"
    r"pendant|après|ultimi|fino a|circa|dopo|per|últimos|últimas|hasta|aproximadamente|durante|después de|tras)\W{0,3}(?:(?:the|a|an|den|die|der|les|un|los|gli|another|的|more)\s?)?$(?<!do so for )(?<!appeal for )(?<!to see, inside )(?<!received after )(?<!arrive after )(?<!missing after )(?<!arrives after )(?<!arriving after )(?<!sent after )(?<!reaches us after )",
    re.IGNORECASE,
)
#: Right after it: counted from another event than this mail, or an age or a length.
NOT_AFTER = re.compile(
    r"\s?(?:old\b|delay|ago\b|of (?:shelf|selling|sales)|visible|of (?!this|the date|receipt|receiv|today|notice|the notice|our|getting|your receipt)\w|"
    r"after (?!this|the date|receipt|receiv|you receive|today|the notice)\w|before\b|prior to|in a row|alt\b|vor dem|nach (?!erhalt|empfang|zugang|datum|dieser|dem datum|diesem)\w|"
    r"until buyers|und länger|or longer|或更久|以上|前的|以前の|後に(?!提出)|the agreement|rolling)",
    re.IGNORECASE,
)
#: Amazon's own doing.
ABOUT_US = re.compile(
    r"(?:the other (?:side|party)|complainant|owner) has|go to court|(?:amazon(?:\.\w+)*|we|team) (?:looks?|will look|checks?|decides?)\b|\b(?:we|amazon|our team|team)(?:'ll| will| usually| normally| aim| try| expect to| should| may| can)?\b(?: (?!need|want|expect|ask|require|await|must)\w+)? (?:review|reply|respond|answer|get back|decide|contact you|notify|email you|send you)|"
    r"you(?:'ll| will| should| can expect to| may) (?:receive|hear|get)|you can expect|expect (?:a|an|our) (?:reply|response|answer)|(?:process|review|decision)s?\b (?:\w+ )?(?:takes|take|may take|can take|is usually|are usually|should not)|"
    r"(?:back|visible|live|shown)\b(?: \w+)? (?:within|in) |may take \d|can take|"
    r"wir (?:werden|antworten|prüfen|melden|bearbeiten)|sie (?:erhalten|bekommen) (?:innerhalb|binnen|von uns|eine)|dauert|wieder sichtbar|我们(?:会|将|通常)(?:在)?.{0,12}(?:回复|审核|答复|联系)|审核一般|您(?:会|将)(?:在.{0,8})?收到|"
    r"\bsuits?\b|lawsuit|claimant|the other party|nous (?:vous répondrons|répondrons|examinerons)|(?:le|la|ti) (?:risponderemo|contatteremo)|esamineremo|le responderemos|te responderemos|revisaremos|当社は|弊社より",
    re.IGNORECASE,
)
#: Money, stock or figures: a period of its own.
ELSE = re.compile(
    r"funds|disburs|balance|inventory|\bdisposed?\b|destroy|removal order|look-?back|visible|displayed|sous 24|appear|metric|rate\b|window|measured|shelf|fulfillment cent|fba|"
    r"资金|款项|库存|销量|余额|guthaben|auszahlung|lagerbestand|bestand|sichtbar|fonds|stock\b|fondi|inventario|fondos|売上金|在庫|reimburs|refund|ship(?:ped|ment)? (?:orders?|within)|"
    r"create (?:new )?asin|权限已被|暂停",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Duration:
    """A span of time: `days` (hours are fractions of a day), and whether only working days count."""

    days: float
    business: bool
    start: int
    end: int
    ordinal: bool = False


def durations(text: str) -> Iterator[Duration]:
    """Yield every span of time in `text`, in order."""
    for match in _SPAN.finditer(text):
        unit = match["unit"].lower()
        if match["ordinal"] and not unit.startswith("day"):
            continue
        number = _WORDS.get(match["n"].lower()) or (int(match["n"]) if match["n"].isdigit() else 0)
        of_month = unit == "日" and text[max(0, match.start() - 1) : match.start()] == "月"
        if (
            number
            and not of_month
            and not (unit == "日" and re.match(r"[付頃本]", text[match.end() : match.end() + 1]))
        ):
            kind = (match["business"] or "").strip().lower() + (match["kind"] or "")
            business = bool(kind) and not any(word in kind for word in ("calendar", "kalender", "自然"))
            yield Duration(_in_days(number, unit), business, match.start(), match.end(), bool(match["ordinal"]))


def _in_days(number: int, unit: str) -> float:
    if unit.startswith(("hour", "hr", "个小时", "小时", "stunde", "時間", "heure", "ore", "horas")):
        return number / 24
    if unit.startswith(("week", "woche", "semaine", "settiman", "semana", "周", "週")):
        return float(number * 7)
    if unit == "fortnight":
        return float(number * 14)
    if unit.startswith(("month", "monat", "mois", "mes")):
        return float(number * 30)
    return float(number)
