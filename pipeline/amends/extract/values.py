"""Ids and figures of the notice, each with the words that say it.

Forms: ASIN `B0` + 8 characters or an ISBN-10 that is named as ASIN [D]; order id 3-7-7 digits [V:DOC-REP]; complaint and
case ids after their name [V:N12a,A30]. A percentage belongs to the metric named in its sentence or line; it is the
target, not the seller's own value, when a word of comparison stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from amends.schemas import Fact, Metric

if TYPE_CHECKING:
    from amends.extract.layout import Layout, Sentence
    from amends.extract.rules import Rules
    from amends.vocabulary import FactKind

_ASIN = re.compile(r"(?<![A-Za-z0-9])B0[A-Z0-9]{8}(?![A-Za-z0-9])")
_ISBN = re.compile(r"(?<![\w-])(?:\d{9}[\dX])(?![\w-])")
_ORDER = re.compile(r"(?<![\d-])\d{3}-\d{7}-\d{7}(?![\d-])")
_ID_NAMES: tuple[tuple[FactKind, str], ...] = (
    ("complaint_id", r"complaint\s*(?:id|number|no\.?|reference)|投诉\s*(?:编号|id)|beschwerde(?:-?\s?id|nummer|-nr\.?)|"
     r"numéro de (?:réclamation|plainte)|identifiant de la (?:plainte|réclamation)|id\.? de(?:l)? (?:la )?reclam\w+|"
     r"número de reclamación|id (?:del )?reclamo|numero (?:di|del) reclamo|申し立て\s*id|苦情\s*id"),
    ("case_id", r"case\s*(?:id|number|no\.?)|(?:问题|案例|个案)\s*(?:编号|id)|fall(?:-?\s?id|nummer|-nr\.?)|vorgangsnummer|"
     r"numéro de (?:dossier|cas)|id (?:del )?caso|número de caso|numero (?:del )?caso|ケース\s*id|お問い合わせ番号"),
)  # fmt: skip
_ID_VALUE = r"\s*(?:is|lautet|est|è|es|为|是)?\s*[:：#.]?\s*#?\s*([A-Z]{0,4}-?\d[\d-]{4,18}\d)(?![\w@])"
_NAMED_IDS = tuple((kind, re.compile(f"(?:{names}){_ID_VALUE}", re.IGNORECASE)) for kind, names in _ID_NAMES)
_REGISTRATION = re.compile(
    r"(?P<right>trade\s?mark|patent|copyright|商标|专利|版权|marken|patent|marque|brevet|marchio|brevetto|marca|patente|商標|特許)"
    r"[^\n\d:：#]{0,45}?[:：#\s]\s*(?:no\.?|nr\.?|#|n[°º.]?)?\s*"
    r"(?P<number>(?:[A-Z]{2}\s?)?(?:D\s?)?\d(?:[\d,./ -]{4,16})\d(?:\s?[A-Z]\d?)?)(?!\w)",
    re.IGNORECASE,
)
_RIGHTS = {
    "trademark": ("trademark", "trade mark", "商标", "marken", "marque", "marchio", "marca", "商標"),
    "patent": ("patent", "专利", "brevet", "brevetto", "patente", "特許"),
    "copyright": ("copyright", "版权"),
}
_PARTY = re.compile(
    r"(?:rights?[\s-]?(?:owner|holder)(?:'s)?(?:\s+name)?|name of (?:the )?rights? (?:owner|holder)|complainant|reported by|"
    r"权利所有者(?:名称|姓名)?|权利人|投诉人|rechteinhaber|name des rechteinhabers|beschwerdeführer|titulaire des droits|"
    r"titolare dei diritti|titular de los derechos|権利者)\s*[:：]\s*(?P<name>[^\n:：|\t]{2,80})",
    re.IGNORECASE,
)
_PARTY_END = re.compile(r"\s*(?:[;,]?\s*(?:e-?mail|contact|mail|邮箱|电子邮件|kontakt)\b.*|[(<（].*|\s[-–]\s.*|\.\s.*|[.;,。]+$)", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?<![\w.])(?:(?P<before>US\$|USD|EUR|GBP|CAD|AUD|JPY|CNY|RMB|MXN|INR|PLN|SEK|[$€£¥])\s?(?P<a>\d[\d.,' ]*\d|\d)"
    r"|(?P<b>\d[\d.,' ]*\d|\d)\s?(?P<after>USD|EUR|GBP|CAD|AUD|JPY|CNY|RMB|MXN|INR|PLN|SEK|[€£¥]|美元|欧元|元|円|euros?|dollars?)(?!\w))"
)
_CURRENCY = {
    "us$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "美元": "USD", "欧元": "EUR", "元": "CNY", "rmb": "CNY",
    "円": "JPY", "euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD",
}  # fmt: skip
_PERCENT = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,3})?)\s?(?:%|％|percent|per cent|prozent|v\.\s?h\.)", re.IGNORECASE)
_OF = re.compile(
    r"(?<![\d.,%-])(?P<part>\d{1,3}(?:[,. ]\d{3})+|\d{1,7})\s(?:out of|of|von|sur|su|de|di)\s(?:(?:your|the|ihren|den|a total of|insgesamt)\s)?"
    r"(?P<whole>\d{1,3}(?:[,. ]\d{3})+|\d{1,7})(?!\d|[.,]\d|\s?%)", re.IGNORECASE,
)  # fmt: skip
_COMPARISON = re.compile(
    r"(?:target|goal|threshold|limit|maximum|minimum|requirement|required|standard|benchmark|less than|lower than|below|under|above|over|"
    r"more than|greater than|higher than|at least|exceed(?:s|ed|ing)?|within|up to|no more than|allowed|expected|<|>|≤|≥|"
    r"目标|要求|标准|低于|高于|超过|不超过|至少|不得|小于|大于|阈值|"
    r"ziel(?:wert|vorgabe)?|vorgabe|grenzwert|unter|über|höchstens|mindestens|maximal|überschreitet|weniger als|mehr als|"
    r"目標|基準|未満|以上|以下|超え|objectif|seuil|inférieur(?:e)? à|supérieur(?:e)? à|moins de|plus de|au moins|"
    r"obiettivo|soglia|inferiore a(?:l)?|superiore a(?:l)?|meno del|almeno|più del|objetivo|umbral|inferior al?|superior al?|menos del?|más del?|al menos)"
    r"[^\d%。.;]{0,28}$",
    re.IGNORECASE,
)
_AFTER_TARGET = re.compile(r"^\s?(?:target|goal|threshold|limit|maximum|minimum|requirement|or (?:less|more|lower|higher|below)|の目標|以下|以上|未満|的目标|的要求)", re.IGNORECASE)
_RATING = re.compile(r"(?<![\d.,/-])(\d{1,4})(?![\d%/]|[.,]\d|-)(?!\s*(?:days|tage|jours|giorni|días|天|日|hours))")


def values(layout: Layout, rules: Rules, text: str) -> tuple[Fact, ...]:
    """All ids and figures, each once, in the notice's order, without fact ids yet (`id` is empty)."""
    found: list[Fact] = []
    found += _plain(_ASIN, "asin", text)
    found += _isbns(layout)
    found += _plain(_ORDER, "order_id", text)
    for kind, pattern in _NAMED_IDS:
        found += [_fact(kind, m[1], m.start(1), m.end(1), text) for m in pattern.finditer(text) if not _ORDER.fullmatch(m[1])]
    found += _registrations(text)
    found += _parties(text)
    found += _metrics(layout, rules, text)
    found += _counts(layout, text)
    found += _amounts(layout, text)
    return _each_once(found)


def _fact(kind: FactKind, value: str | int | float | Metric, start: int, end: int, text: str, unit: str | None = None) -> Fact:
    return Fact(
        id="", kind=kind, value=value, unit=unit, source="notice", origin="notice", quote=text[start:end], start=start, end=end
    )  # fmt: skip


def _plain(pattern: re.Pattern[str], kind: FactKind, text: str) -> list[Fact]:
    return [
        _fact(kind, m[0], m.start(), m.end(), text)
        for m in pattern.finditer(text)
        if kind != "asin" or (any(c.isdigit() for c in m[0][2:]) and not m[0].endswith(("XXXX", "0000")))
    ]


def _isbns(layout: Layout) -> list[Fact]:
    """ISBN-10s, which are the ASINs of books, where the line or the one before it says ASIN."""
    found, named = [], False
    for sentence in layout.sentences:
        here = "asin" in sentence.folded.text
        if here or (named and sentence.listed):
            for match in _ISBN.finditer(sentence.text):
                if _valid_isbn(match[0]):
                    start = sentence.start + match.start()
                    found.append(_sentence_fact("asin", match[0], start, start + len(match[0]), sentence))
        named = here or (named and sentence.listed)
    return found


def _sentence_fact(kind: FactKind, value: str | int | float | Metric, start: int, end: int, sentence: Sentence, unit: str | None = None) -> Fact:
    quote = sentence.text[start - sentence.start : end - sentence.start]
    return Fact(id="", kind=kind, value=value, unit=unit, source="notice", origin="notice", quote=quote, start=start, end=end)


def _valid_isbn(digits: str) -> bool:
    total = sum((10 - i) * (10 if c == "X" else int(c)) for i, c in enumerate(digits))
    return total % 11 == 0


def _registrations(text: str) -> Iterator[Fact]:
    for match in _REGISTRATION.finditer(text):
        number = match["number"].strip(" .,-/")
        if _ORDER.search(number) or sum(c.isdigit() for c in number) < 5:
            continue
        right = next(name for name, words in _RIGHTS.items() if match["right"].lower().startswith(words))
        start = match.start("number") + match["number"].index(number)
        yield _fact("statement", number, start, start + len(number), text, unit=f"{right}_number")


def _parties(text: str) -> Iterator[Fact]:
    for match in _PARTY.finditer(text):
        end = _PARTY_END.search(match["name"])
        name = (match["name"][: end.start()] if end else match["name"]).strip(" .;,。*_")
        if len(name) >= 2 and "@" not in name and not name.isdigit():
            start = match.start("name") + match["name"].index(name)
            yield _fact("party", name, start, start + len(name), text)


def _metrics(layout: Layout, rules: Rules, text: str) -> list[Fact]:
    """One fact per metric and place: its own value, its target, or both."""
    found: list[Fact] = []
    current: str | None = None
    carry = 0
    for sentence in layout.sentences:
        names = sorted((at[0], name) for name, cue in rules.metrics for at in cue.find(sentence.folded.text))
        current, carry = (names[-1][1], 1) if names else (current, carry - 1)
        if sentence.boilerplate == "funds" or (not names and (carry < 0 or current is None)):
            continue
        starts = [(sentence.folded.origin(at), name) for at, name in names] or [(0, current or "")]
        found += _metric_values(sentence, starts)
    return _merge_metrics(found)


def _metric_values(sentence: Sentence, starts: list[tuple[int, str]]) -> Iterator[Fact]:
    for number, (at, name) in enumerate(starts):
        begin = 0 if number == 0 else at
        stop = starts[number + 1][0] if number + 1 < len(starts) else len(sentence.text)
        if number + 1 < len(starts) and starts[number + 1][1] == name:
            continue
        own = [b for b, n in starts if n == name]
        begin = 0 if own and own[0] == starts[0][0] else begin
        yield from _one_metric(sentence, name, begin, stop)


def _one_metric(sentence: Sentence, name: str, begin: int, stop: int) -> Iterator[Fact]:
    value = target = None
    first = last = -1
    if name == "account_health_rating":
        figures = [m for m in _RATING.finditer(sentence.text, begin, stop) if int(m[1]) <= 1000 and int(m[1]) != 180]
    else:
        figures = list(_PERCENT.finditer(sentence.text, begin, stop))
    for match in figures:
        figure = float(match[1].replace(",", "."))
        before, after = sentence.text[max(0, match.start() - 60) : match.start()], sentence.text[match.end() : match.end() + 16]
        if _COMPARISON.search(before) or _AFTER_TARGET.match(after):
            target = figure if target is None else target
        elif value is None:
            value = figure
        else:
            continue
        first = match.start() if first < 0 else first
        last = match.end()
    if first >= 0:
        yield _sentence_fact("metric", Metric(name=name, value=value, target=target), sentence.start + first, sentence.start + last, sentence, unit=None if name == "account_health_rating" else "%")


def _merge_metrics(found: list[Fact]) -> list[Fact]:
    """A metric said once with its value and once with its target is one fact; values that differ stay apart."""
    merged: dict[str, Fact] = {}
    rest: list[Fact] = []
    for fact in found:
        assert isinstance(fact.value, Metric)
        name = fact.value.name
        if name not in merged:
            merged[name] = fact
            continue
        known = merged[name].value
        assert isinstance(known, Metric)
        if fact.value.value not in (None, known.value) and known.value is not None:
            rest.append(fact)
            continue
        keep = merged[name] if known.value is not None or fact.value.value is None else fact
        value = known.value if known.value is not None else fact.value.value
        target = known.target if known.target is not None else fact.value.target
        merged[name] = keep.with_(value=Metric(name=name, value=value, target=target))
    return [*merged.values(), *rest]


def _counts(layout: Layout, text: str) -> list[Fact]:
    """"25 of 410 orders": the part as value, the whole in the unit."""
    found = []
    for sentence in layout.sentences:
        for match in _OF.finditer(sentence.text):
            part, whole = (int(re.sub(r"[,. ]", "", match[g])) for g in ("part", "whole"))
            if part <= whole and whole > 1:
                noun = re.match(r"\s+([^\W\d_]+)", sentence.text[match.end() :])
                unit = f"of {whole}" + (f" {noun[1]}" if noun else "")
                found.append(_sentence_fact("count", part, sentence.start + match.start(), sentence.start + match.end(), sentence, unit))
    return found


def _amounts(layout: Layout, text: str) -> list[Fact]:
    found = []
    for sentence in layout.sentences:
        for match in _AMOUNT.finditer(sentence.text):
            figure = parse_number(match["a"] or match["b"])
            sign = (match["before"] or match["after"]).lower()
            if figure is not None:
                found.append(_sentence_fact("amount", figure, sentence.start + match.start(), sentence.start + match.end(), sentence, _CURRENCY.get(sign, sign.upper())))
    return found


def parse_number(digits: str) -> float | None:
    """Read a figure in English or continental form ("1,200.50", "1.200,50", "1 200"); None if it is neither."""
    digits = re.sub(r"[\s']", "", digits)
    last = max(digits.rfind("."), digits.rfind(","))
    if last >= 0 and len(digits) - last - 1 in (1, 2):
        digits = re.sub(r"[.,]", "", digits[:last]) + "." + digits[last + 1 :]
    else:
        digits = re.sub(r"[.,]", "", digits)
    return float(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits) else None


def _each_once(found: list[Fact]) -> tuple[Fact, ...]:
    seen: set[tuple[str, str, str | None]] = set()
    unique = []
    for fact in sorted(found, key=lambda f: (f.start or 0, f.kind)):
        value = fact.value.model_dump_json() if isinstance(fact.value, Metric) else str(fact.value)
        key = (fact.kind, value, fact.unit)
        if key not in seen:
            seen.add(key)
            unique.append(fact)
    return tuple(unique)
