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
    r"(?<![\w.,/-])(\d{1,4})(?![\d%/]|[.,]\d|-)(?!\s*(?:days|tage|jours|giorni|días|天|日|hours|points per))"
)
_COMPARISON = re.compile(
    r"(?:(?:target|goal|threshold|limit|requirement|required|standard|must be|must not be|should be|needs? to be|has to be)[^\d%。.;|]{0,48}|(?:line|maximum|minimum|require|benchmark|less than|lower than|below|under|above|over(?! the (?:past|last|previous))|"
    r"more than|greater than|higher than|at least|exceed(?:s|ed|ing)?|within|up to|no more than|allowed|expected|stay(?:s)? at|healthy|short of|must be|must not be|should be|should not be|needs? to be|has to be|must stay|must remain|should stay|remain|keep|maintain|we ask for|we want|we require|requires|<|>|≤|≥|"
    r"目标|要求|标准|低于|高于|超过|不超过|至少|不得|小于|大于|阈值|上限|"
    r"ziel\w*|vorgabe|grenzwert|unter|über|höchstens|mindestens|maximal|überschreitet|weniger als|mehr als|"
    r"目標|基準|未満|以上|以下|超え|objectif|seuil|inférieur(?:e)? à|supérieur(?:e)? à|moins de|plus de|au moins|"
    r"obiettivo|soglia|inferiore a(?:l)?|superiore a(?:l)?|meno del|almeno|più del|objetivo|umbral|inferior al?|superior al?|menos del?|más del?|al menos|superar|por debajo del?|por encima del?|verlangt|richiest|exig)"
    r"[^\d%。.;|]{0,28})$",
    re.IGNORECASE,
)
#: Words after a comparison by which the figure is the seller's own all the same.
_OWN_WORDS = re.compile(
    r"\b(?:yours|you are|you're|you have|you had|now|it is|it was|at present|currently|stands|stood|dropped|came to|fell|fallen|rose|risen|"
    r"reached|derzeit|aktuell)\b",
    re.IGNORECASE,
)
#: What puts an own value after a comparison: "under 90 %; it is now 68 %".
_OWN = re.compile(
    r"(?:\b(?:is|was|at|reads|stands|stood|of|now|currently|reached|to|beträgt|liegt bei|derzeit|atteint|è|es|actual)\b|为|は|[:：])\s{0,3}(?:now |currently |nur |only )?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s?(?:\)?\s?(?:target|goal|threshold|limit|maximum|minimum|requirement|standard|line\b|we require|we expect|we ask|we allow|we set|we want|required|that we|is required|is the|is our|is allowed|expected)|at (?:most|least)\b|(?:and|or) (?:less|more|lower|higher|below|above|better|over)|we allow|allowed|"
    r"の目標|以下|以上|未満|的目标|的要求|oder (?:mehr|weniger)|ou (?:plus|moins)|o (?:più|meno|más|menos))",
    re.IGNORECASE,
)
#: The head of a target column or line, and what parts the cells of a table's row.
_TARGET_HEAD = re.compile(
    r"target|goal|threshold|limit|required|requirement|目标|ziel|objectif|obiettivo|objetivo|目標", re.IGNORECASE
)
_CELLS = re.compile(r"\t|\||\S {2,}\S")
_ABOUT_IT = re.compile(
    r"\b(?:rating|score|it|this|target|threshold|minimum|needs?|must|at least|above|below)\b", re.IGNORECASE
)
#: Lines that go on about the metric named before.
FOLLOWING = 5
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
    head, columns = False, False
    for sentence in layout.sentences if names else ():
        here = _names(sentence, names)
        current, left = (here[-1][1], FOLLOWING) if here else (current, left - 1)
        named = here or _named_before(sentence, names, current if left > 0 else None)
        columns = bool(_CELLS.search(sentence.text)) and (columns or _is_head(sentence))
        if named:
            figures += _figures(sentence, named, head=head, columns=columns)
        head = _is_head(sentence)
    return _facts(figures, layout.reading.folded.original)


def _is_head(sentence: Sentence) -> bool:
    return "%" not in sentence.text and len(sentence.text) < 80 and bool(_TARGET_HEAD.search(sentence.text))


def _named_before(sentence: Sentence, names: set[str], current: str | None) -> list[tuple[int, str]]:
    """The metric of a sentence that names none: the only one of the notice, else the one named before."""
    only = next(iter(names)) if len(names) == 1 and _RATE_WORD.search(sentence.text) else None
    aside = sentence.boilerplate and sentence.boilerplate_at <= sentence.at
    name = (None if aside else current) or only
    if name is None or (name == _RATING and not _ABOUT_IT.search(sentence.text)):
        return []
    return [(sentence.start, name)]


def _names(sentence: Sentence, names: set[str]) -> list[tuple[int, str]]:
    """(offset in the notice, metric) of every metric named in the sentence; the longest of overlapping names."""
    places = sorted((place, name) for name in names for place in sentence.all(f"metric.{name}"))
    kept: list[tuple[tuple[int, int], str]] = []
    for place, name in places:
        if not kept or place[0] >= kept[-1][0][1]:
            kept.append((place, name))
    return [(sentence.reading.folded.origin(place[0]), name) for place, name in kept]


def _figures(sentence: Sentence, named: list[tuple[int, str]], *, head: bool, columns: bool) -> list[_Figure]:
    """The figures of a sentence; under the head of a target column the last of a row is the target."""
    result: list[_Figure] = []
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
                _is_target(sentence.text, match)
                or (head and len(sentence.text) < 24 and not columns)
                or (columns and any(f.name == name for f in result)),
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
    return not (_OWN.search(after_word) and _OWN_WORDS.search(after_word))


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
