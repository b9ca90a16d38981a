"""Spans of time in running text: "17 days", "72 hours", "within two weeks", "30日以内", "drei Werktagen", "trois semaines".

A unit is looked for first, then the number before it, in figures or in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from amends.regex import regex

_UNITS: tuple[tuple[float, str], ...] = (
    (1 / 24, "hours hour hrs hr h std stunden stunde heures heure ore ora horas hora uur uren godzin godziny"),
    (1, "days day tage tagen tag tages jours jour giorni giorno días día dias dagen dag dni dnia "
        "arbeitstage arbeitstagen werktage werktagen kalendertage kalendertagen bankarbeitstagen werkdagen"),
    (7, "weeks week wks wochen woche semaines semaine settimane settimana semanas semana weken tygodni tygodnie tygodnia"),
    (14, "fortnight fortnights"),
    (30, "months month monate monaten monats monat mois mesi mese meses mes maand maanden miesiąca miesięcy miesiące"),
)  # fmt: skip
_IDEOGRAPHS: tuple[tuple[float, str], ...] = (
    (1 / 24, "小时 時間"), (1, "天 日"), (7, "周 週間 星期 礼拜"), (30, "个月 か月 ヶ月")
)  # fmt: skip
_DAYS: Mapping[str, float] = {word: days for days, words in (*_UNITS, *_IDEOGRAPHS) for word in words.split()}
_UNIT = regex(
    "(?<![^\\W\\d_])(?:" + "|".join(sorted((w for _, ws in _UNITS for w in ws.split()), key=len, reverse=True)) + ")(?![\\w])|"
    + "|".join(w for _, ws in _IDEOGRAPHS for w in ws.split())
)  # fmt: skip
_KINDS = frozenset(
    "full whole more further clear consecutive coming calendar natural business working bank weitere volle ganze ganzen prochains prochaines "
    "prossimi próximos kolejnych roboczych volgende".split()
)  # fmt: skip
_FIGURE = regex(r"(?:[a-zäöüß-]+)?[(（]?(?P<figure>\d{1,3})(?P<ordinal>th|st|nd|rd)?[)）]?")
#: Chinese and Japanese write no spaces: the number ends what stands before.
_BEFORE_IDEOGRAPH = regex(
    r"(?:(?<![\d.,/%-])(?P<figure>\d{1,3}) ?|(?<![百千])(?P<word>[〇零一二两兩三四五六七八九十]{1,4}))(?P<kind>个?工作|个?自然|个|営業|营业)? ?$"
)
_AFTER = regex(
    r" (?P<kind>ouvrés|ouvrables|lavorativi|hábiles|laborables|robocz\w+|calendaires|naturales|kalendarzow\w+)"
)
_TERM = regex(r" (?:deadline|limit|period|term|time|window|notice|grace)\b")
_BUSINESS = regex(r"business|working|bank|arbeits|werk|工作|営業|营业|ouvr|lavorativ|hábil|laborab|robocz")
#: Larger numbers in words are none of a deadline.
_HUNDRED = regex(r"(?:hundred|hundert|cent|cento|cien|ciento|honderd)(?: and| und| y)?$")
#: So far before its unit a number stands at most.
_NEAR = 40


def _english() -> dict[str, int]:
    ones = "one two three four five six seven eight nine".split()
    teens = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    tens = "twenty thirty forty fifty sixty seventy eighty ninety".split()
    return _counted(ones, teens, tens, ("{ten}-{one}", "{ten} {one}")) | {"a": 1, "an": 1, "dozen": 12}


def _germanic() -> dict[str, int]:
    german = _counted(
        "ein zwei drei vier fünf sechs sieben acht neun".split(),
        "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn".split(),
        "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split(),
        ("{one}und{ten}",),
    )
    dutch = _counted(
        "een twee drie vier vijf zes zeven acht negen".split(),
        "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split(),
        "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split(),
        ("{one}en{ten}", "{one}ën{ten}"),
    )
    return dutch | german | dict.fromkeys(("eine", "einer", "einem", "eines", "einen", "één"), 1) | {"dreissig": 30}


def _romance() -> dict[str, int]:
    french = _counted(
        "un deux trois quatre cinq six sept huit neuf".split(),
        "dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf".split(),
        "vingt trente quarante cinquante soixante".split(),
        ("{ten}-{one}", "{ten} et {one}"),
    )
    italian = _counted(
        "uno due tre quattro cinque sei sette otto nove".split(),
        "dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove".split(),
        "venti trenta quaranta cinquanta sessanta".split(),
        ("{ten}{one}",),
    )
    spanish = _counted(
        "un dos tres cuatro cinco seis siete ocho nueve".split(),
        "diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve".split(),
        "veinte treinta cuarenta cincuenta sesenta".split(),
        ("{ten} y {one}",),
    )
    return french | italian | spanish | dict.fromkeys(("une", "una", "uno"), 1) | {"veintiún": 21, "ventuno": 21}


def _slavic() -> dict[str, int]:
    words = {
        1: "jeden jednego", 2: "dwa dwóch dwie", 3: "trzy trzech", 4: "cztery czterech", 5: "pięć pięciu", 7: "siedem siedmiu", 10: "dziesięć dziesięciu",
        14: "czternaście czternastu", 15: "piętnaście piętnastu", 17: "siedemnaście siedemnastu", 20: "dwadzieścia dwudziestu",
        30: "trzydzieści trzydziestu", 60: "sześćdziesiąt sześćdziesięciu",
    }  # fmt: skip
    return {word: number for number, forms in words.items() for word in forms.split()}


def _counted(ones: list[str], teens: list[str], tens: list[str], forms: tuple[str, ...]) -> dict[str, int]:
    words = {word: number for number, word in enumerate((*ones, *teens), 1)}
    for number, ten in enumerate(tens, 2):
        words[ten] = 10 * number
        for one, word in enumerate(ones, 1):
            words |= {form.format(ten=ten, one=word): 10 * number + one for form in forms}
    return words


_WORDS: Mapping[str, int] = _slavic() | _romance() | _germanic() | _english() | {"half": 0}
_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}  # fmt: skip


@dataclass(frozen=True)
class Duration:
    """A span of time: `days` (hours are fractions of a day), and whether only working days count.

    `ordinal`: a day counted to ("the 20th day"). `adjective`: it describes something ("a 60-day stretch").
    """

    days: float
    business: bool
    start: int
    end: int
    ordinal: bool = False
    adjective: bool = False


@dataclass(frozen=True)
class _Number:
    count: int
    start: int
    kind: str
    ordinal: bool = False


def durations(text: str) -> Iterator[Duration]:
    """Yield every span of time in folded `text`, in order."""
    for unit in _UNIT.finditer(text):
        before = text[max(0, unit.start() - _NEAR) : unit.start()]
        ideographic = unit[0][0] >= "\u2e80"
        number = _before_ideograph(before, text[unit.start() : unit.end() + 1]) if ideographic else _number(before)
        if number is None or not number.count or (number.ordinal and not unit[0].startswith("day")):
            continue
        after = _AFTER.match(text, unit.end())
        kind = f"{number.kind} {unit[0]} {after['kind'] if after else ''}"
        adjective = before.endswith("-") and not unit[0].endswith("s") and not _TERM.match(text, unit.end())
        yield Duration(
            number.count * _DAYS[unit[0]],
            bool(_BUSINESS.search(kind)),
            unit.start() - len(before) + number.start,
            after.end() if after else unit.end(),
            number.ordinal,
            adjective,
        )


def _number(before: str) -> _Number | None:
    """The number that ends `before`, in figures or words; None if something else does."""
    words = before.rstrip(" -").split(" ")
    kind = ""
    while words and words[-1].strip("()") in _KINDS:
        kind = f"{words.pop()} {kind}"
    if not words or not words[-1] or _HUNDRED.search(" ".join(words[:-1])):
        return None
    for size in (3, 2, 1):
        said = " ".join(words[-size:]).strip("()")
        if len(words) >= size and said in _WORDS:
            return _Number(_WORDS[said], len(" ".join(words[:-size])) + (len(words) > size), kind)
    figure = _FIGURE.fullmatch(words[-1])
    if figure is None:
        return None
    at = len(" ".join(words[:-1])) + (len(words) > 1)
    return _Number(int(figure["figure"]), at, kind, bool(figure["ordinal"]))


def _before_ideograph(before: str, unit: str) -> _Number | None:
    """The number before a Chinese or Japanese unit; None for the day of a date."""
    found = _BEFORE_IDEOGRAPH.search(before)
    if found is None or (
        unit[0] == "日" and (unit[1:] in tuple("付頃本") or before[: found.start()].rstrip()[-1:] in tuple("月年第"))
    ):
        return None
    count = int(found["figure"]) if found["figure"] else _ideographic(found["word"])
    return _Number(count, found.start(), found["kind"] or "")


def _ideographic(word: str) -> int:
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return _DIGITS.get(word, 0)
    return 10 * (_DIGITS.get(tens, 0) if tens else 1) + (_DIGITS.get(ones, 0) if ones else 0)
