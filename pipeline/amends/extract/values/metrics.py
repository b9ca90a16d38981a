"""Performance metrics: the seller's own value, the target, or both.

A percentage belongs to the metric named in its sentence, else to what the sentence says of the orders ("cancelled 6.9 %
of them"), else to the metric spoken of before. It is the target, not the seller's own value, when a word of comparison
stands at it, or when it stands in a table's column of targets. Nothing is filled in: a notice that prints only the target
gives no value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from amends.extract.layout import Layout, Sentence
from amends.extract.values import metric_words as of
from amends.extract.values.found import found
from amends.schemas import Fact, Metric

_RATING = "account_health_rating"
#: Lines that go on about the metric named before.
FOLLOWING = 5
#: A head of a table is no longer than this, and a title over one figure than that.
_HEAD, _TITLE = 160, 60


@dataclass(frozen=True)
class _Figure:
    name: str
    figure: float
    is_target: bool
    start: int
    end: int
    row: int
    named_anew: bool


@dataclass(frozen=True)
class _Table:
    """The table that a row stands in: how many cells its head has, and which of them are columns of targets."""

    cells: int
    targets: frozenset[int]

    def is_target(self, text: str, at: int) -> bool | None:
        """Whether the figure at `at` of a row stands in a column of targets; None if the row does not fit the head."""
        cells = of.CELL_MARK.split(text)
        more = len(cells) - self.cells
        if not 0 <= more <= 1:
            return None
        column = sum(1 for _ in of.CELL_MARK.finditer(text[: at + 1]))
        if more and not any(re.search(r"\d", cells[n + more]) for n in self.targets):
            more = 0  # the cell too much stands at the end
        return column - more in self.targets


def metrics(layout: Layout) -> list[Fact]:
    """One fact for every own value of a metric, with its target; or one with the target alone."""
    figures: list[_Figure] = []
    names = {name for name in layout.reading.rules.of("metric") if layout.reading.places(f"metric.{name}")}
    text = layout.reading.folded.text
    if not names and not of.PERCENT.search(text) and "rating" not in text:
        return []
    current: str | None = None
    left = 0
    head, table = False, None
    for row, sentence in enumerate(layout.sentences):
        here = _names(sentence, names) if names else []
        named = here or _by_concept(sentence)
        current, left = (named[-1][1], FOLLOWING) if named else (current, left - 1)
        named = named or _named_before(sentence, names, current if left > 0 else None)
        table = _table(sentence, table)
        if named:
            figures += _figures(sentence, named, row, head=head, table=table, anew=bool(here))
        head = _is_head(sentence) and len(sentence.text) < _TITLE and sentence.text[-1] not in ".。;；"
    return _facts(figures, layout.reading.folded.original)


def _is_head(sentence: Sentence) -> bool:
    return "%" not in sentence.text and len(sentence.text) < _HEAD and bool(of.TARGET_HEAD.search(sentence.text))


def _table(sentence: Sentence, before: _Table | None) -> _Table | None:
    """The table that goes on or begins with this line."""
    if not of.CELLS.search(sentence.text):
        return None
    if not _is_head(sentence):
        return before
    cells = of.CELL_MARK.split(sentence.text)
    return _Table(len(cells), frozenset(n for n, cell in enumerate(cells) if of.TARGET_HEAD.search(cell)))


def _by_concept(sentence: Sentence) -> list[tuple[int, str]]:
    """What the percentages of a sentence are about, by what it says of the orders."""
    if not of.PERCENT.search(sentence.text):
        rated = of.RATED.search(sentence.text) if "health" in sentence.folded else None
        return [(sentence.start + rated.start(), _RATING)] if rated else []
    found_at = [(m.start(), name) for name, words in of.CONCEPTS for m in words.finditer(sentence.text)]
    return [(sentence.start + at, name) for at, name in sorted(found_at)]


def _named_before(sentence: Sentence, names: set[str], current: str | None) -> list[tuple[int, str]]:
    """The metric of a sentence that names none: the only one of the notice, else the one named before."""
    only = next(iter(names)) if len(names) == 1 and of.RATE_WORD.search(sentence.text) else None
    aside = sentence.boilerplate and sentence.boilerplate_at <= sentence.at
    name = (None if aside else current) or only
    if name is None or (name == _RATING and not of.ABOUT_IT.search(sentence.text)):
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


def _figures(
    sentence: Sentence, named: list[tuple[int, str]], row: int, *, head: bool, table: _Table | None, anew: bool
) -> list[_Figure]:
    """The figures of a sentence; under the head of a target column the cell tells which is the target."""
    result: list[_Figure] = []
    text = sentence.text
    matches = list(of.PERCENT.finditer(text))
    if any(name == _RATING for _, name in named):
        matches += [m for m in of.POINTS.finditer(text) if int(m[1]) <= 1000 and int(m[1]) != 180]
    for match in sorted(matches, key=lambda m: m.start()):
        start = sentence.start + match.start()
        name = _nearest(named, start, anew=anew)
        points = not of.PERCENT.match(text, match.start())
        if points != (name == _RATING) or _of_something_else(text, match):
            continue
        by_cell = table.is_target(text, match.start()) if table else None
        is_target = bool(by_cell) or _is_target(text, match)
        is_target = is_target or (head and len(text) < 24 and not table and len(matches) == 1)
        is_target = is_target or (by_cell is None and bool(table) and any(f.name == name for f in result))
        figure = float(match[1].replace(",", "."))
        result.append(_Figure(name, figure, is_target, start, sentence.start + match.end(), row, anew))
    return result


def _nearest(named: list[tuple[int, str]], at: int, *, anew: bool) -> str:
    """The metric of the figure at `at`: the last one named before it, else the first; of mere concepts the nearest."""
    if anew:
        return next((name for start, name in reversed(named) if start <= at), named[0][1])
    return min(named, key=lambda n: abs(n[0] - at))[1]


def _of_something_else(text: str, match: re.Match[str]) -> bool:
    """Whether the figure is of other sellers or goods, or a former one: "rose from 3 % to 9 %"."""
    before = text[max(0, match.start() - 40) : match.start()]
    former = of.FORMER.search(before) and of.LATTER.match(text, match.end())
    return bool(former or of.ELSEWHERE.search(before) or of.OF_ELSE.match(text, match.end()))


def _is_target(text: str, match: re.Match[str]) -> bool:
    if of.AFTER.match(text, match.end()):
        return True
    before = text[max(0, match.start() - 60) : match.start()]
    compared = of.COMPARISON.search(before)
    if not compared:
        return False
    after_word = re.sub(r"^[a-zäöüß]+", "", compared[0], flags=re.IGNORECASE)
    return not (of.OWN.search(after_word) and of.OWN_WORDS.search(after_word))


def _facts(figures: list[_Figure], text: str) -> list[Fact]:
    facts = []
    for name in dict.fromkeys(f.name for f in figures):
        own = list({f.figure: f for f in reversed(figures) if f.name == name and not f.is_target}.values())[::-1]
        targets = [f for f in figures if f.name == name and f.is_target]
        unit = None if name == _RATING else "%"
        if name == _RATING:
            own = own[:1]
        for figure in own:
            value = Metric(name=name, value=figure.figure, target=_target_of(figure, own, targets))
            facts.append(found("metric", value, text, figure.start, figure.end, unit))
        if targets and not own:
            value = Metric(name=name, value=None, target=targets[0].figure)
            facts.append(found("metric", value, text, targets[0].start, targets[0].end, unit))
    return facts


def _target_of(figure: _Figure, own: list[_Figure], targets: list[_Figure]) -> float | None:
    """The target in the figure's own line, else the next one after it, else the one told before it.

    One that stands in the line of another own value belongs to that value alone, and a metric named anew without a
    target has none.
    """
    beside = [t for t in targets if t.row == figure.row]
    if beside:
        return min(beside, key=lambda t: abs(t.start - figure.start)).figure
    rows = {o.row for o in own}
    alone = [t for t in targets if t.row not in rows]
    after = next((t for t in alone if t.row > figure.row), None)
    before = next((t for t in reversed(alone) if t.row < figure.row), None)
    if after:
        return after.figure
    earlier = [o for o in own if before and o.row < before.row]
    if before and not (earlier and figure.named_anew):
        return before.figure
    told = next((t for t in targets if t.row < figure.row), None)
    return told.figure if told and not figure.named_anew else None
