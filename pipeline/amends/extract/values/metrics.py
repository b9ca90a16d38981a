"""Performance metrics: the seller's own value, the target, or both.

A percentage belongs to the metric named before it in its sentence, else after it, else in the sentence before. It is the
target, not the seller's own value, when a word of comparison stands at it. Nothing is filled in: a notice that prints
only the target gives no value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from amends.extract.layout import Layout, Sentence
from amends.extract.values.found import found
from amends.schemas import Fact, Metric

_RATING = "account_health_rating"
_PERCENT = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,3})?)\s?(?:%|％|percent|per cent|prozent|pour cent|por ciento|per cento|v\.\s?h\.)",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"(?<![\d.,/-])(\d{1,4})(?![\d%/]|[.,]\d|-)(?!\s*(?:days|tage|jours|giorni|días|天|日|hours|points per))"
)
_COMPARISON = re.compile(
    r"(?:target|goal|threshold|limit|line|maximum|minimum|requirement|required|require|standard|benchmark|less than|lower than|below|under|above|over|"
    r"more than|greater than|higher than|at least|exceed(?:s|ed|ing)?|within|up to|no more than|allowed|expected|stay(?:s)? at|healthy|<|>|≤|≥|"
    r"目标|要求|标准|低于|高于|超过|不超过|至少|不得|小于|大于|阈值|上限|"
    r"ziel\w*|vorgabe|grenzwert|unter|über|höchstens|mindestens|maximal|überschreitet|weniger als|mehr als|"
    r"目標|基準|未満|以上|以下|超え|objectif|seuil|inférieur(?:e)? à|supérieur(?:e)? à|moins de|plus de|au moins|"
    r"obiettivo|soglia|inferiore a(?:l)?|superiore a(?:l)?|meno del|almeno|più del|objetivo|umbral|inferior al?|superior al?|menos del?|más del?|al menos)"
    r"[^\d%。.;|]{0,28}$",
    re.IGNORECASE,
)
#: What puts an own value after a comparison: "under 90 %; it is now 68 %".
_OWN = re.compile(
    r"(?:\b(?:is|was|at|reads|stands|stood|of|now|currently|reached|to|beträgt|liegt bei|derzeit|atteint|è|es|actual)\b|为|は|[:：])\s{0,3}(?:now |currently |nur |only )?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s?(?:\)?\s?(?:target|goal|threshold|limit|maximum|minimum|requirement)|(?:and|or) (?:less|more|lower|higher|below|above|better|over)|we allow|allowed|"
    r"の目標|以下|以上|未満|的目标|的要求|oder (?:mehr|weniger)|ou (?:plus|moins)|o (?:più|meno|más|menos))",
    re.IGNORECASE,
)
_RATE_WORD = re.compile(
    r"\brate|ratio|figure|target|goal|minimum|maximum|percentage|rating|比率|目标|该指标|\bwert|quote|kennzahl|taux|tasso|tasa|率",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Figure:
    name: str
    figure: float
    is_target: bool
    start: int
    end: int


def metrics(layout: Layout) -> list[Fact]:
    """One fact for every own value of a metric, with its target; or one with the target alone."""
    figures: list[_Figure] = []
    names = {name for name in layout.reading.rules.of("metric") if layout.reading.places(f"metric.{name}")}
    current: str | None = None
    left = 0
    for sentence in layout.sentences:
        named = _names(sentence, names)
        current, left = (named[-1][1], 2) if named else (current, left - 1)
        if not named:
            only = next(iter(names)) if len(names) == 1 and _RATE_WORD.search(sentence.text) else None
            follows = (
                current if left > 0 and not (sentence.boilerplate and sentence.boilerplate_at <= sentence.at) else None
            )
            named = [(sentence.start, follows or only or "")] if follows or only else []
        if named and named[0][1] == _RATING and not _names(sentence, names) and "rating" not in sentence.folded:
            continue
        if named:
            figures += _figures(sentence, named)
    return _facts(figures, layout.reading.folded.original)


def _names(sentence: Sentence, names: set[str]) -> list[tuple[int, str]]:
    """(offset in the notice, metric) of every metric named in the sentence; the longest of overlapping names."""
    places = sorted((place, name) for name in names for place in sentence.all(f"metric.{name}"))
    kept: list[tuple[tuple[int, int], str]] = []
    for place, name in places:
        if not kept or place[0] >= kept[-1][0][1]:
            kept.append((place, name))
    return [(sentence.reading.folded.origin(place[0]), name) for place, name in kept]


def _figures(sentence: Sentence, named: list[tuple[int, str]]) -> list[_Figure]:
    result = []
    rated = any(name == _RATING for _, name in named)
    matches = list(_PERCENT.finditer(sentence.text))
    if rated:
        matches += [m for m in _POINTS.finditer(sentence.text) if int(m[1]) <= 1000 and int(m[1]) != 180]
    for match in sorted(matches, key=lambda m: m.start()):
        start = sentence.start + match.start()
        name = next((name for at, name in reversed(named) if at <= start), named[0][1])
        points = not _PERCENT.match(sentence.text, match.start())
        if points != (name == _RATING):
            continue
        result.append(
            _Figure(
                name,
                float(match[1].replace(",", ".")),
                _is_target(sentence.text, match),
                start,
                sentence.start + match.end(),
            )
        )
    return result


def _is_target(text: str, match: re.Match[str]) -> bool:
    if _AFTER.match(text, match.end()):
        return True
    before = text[max(0, match.start() - 60) : match.start()]
    compared = _COMPARISON.search(before)
    if not compared:
        return False
    after_word = re.sub(r"^[a-zäöüß]+", "", compared[0], flags=re.IGNORECASE)
    return not (_OWN.search(after_word) and re.search(r"\b(?:now|it is|derzeit|currently|aktuell)\b", after_word))


def _facts(figures: list[_Figure], text: str) -> list[Fact]:
    facts = []
    for name in dict.fromkeys(f.name for f in figures):
        own = list({f.figure: f for f in reversed(figures) if f.name == name and not f.is_target}.values())[::-1]
        target = next((f for f in figures if f.name == name and f.is_target), None)
        goal = target.figure if target else None
        unit = None if name == _RATING else "%"
        own = own[:1] if name == _RATING else own
        for figure in own or ([target] if target else []):
            value = Metric(name=name, value=None if figure is target else figure.figure, target=goal)
            facts.append(found("metric", value, text, figure.start, figure.end, unit))
    return facts
