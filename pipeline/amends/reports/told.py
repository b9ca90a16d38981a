"""What each source says of a metric, in a form that can be compared: rates, targets and counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from amends.regex import regex
from amends.reports.headers import rules
from amends.schemas import Fact, Metric

_OF_WHOLE = regex(r"of (\d+)\b")
#: "25 of 410"; not "20 of 2026", "3 of 4 %".
COUNT = regex(r"(?<![\d.,])(\d{1,7}) (?:of|out of|von) (?:the |our |all |unseren |den )?(\d{1,7})(?![\d.,]\d| ?%)")
_PERCENT = regex(r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,3})?) ?(?:%|％|per cent|percent|Prozent)")
#: A percentage after one of these is a limit or a goal, not what was measured.
_LIMIT = regex(
    r"\b(?:target|goal|limit|threshold|below|under|above|over|less than|more than|at least|at most|"
    r"allowed|maximum|minimum|ziel\w*|grenz\w*|unter|über|höchstens|mindestens)\b[^.;]*$|(?:目标|低于|高于|超过|不超过|至少|上限)[^。；]*$|[<>≤≥]\s*$",
    re.IGNORECASE,
)
#: Words by which a sentence tells of another time than the notice's: a development is no contradiction.
_OTHER_TIME = regex(
    r"\b(?:now|since|today|current(?:ly)?|meanwhile|fell|fallen|dropped|went down|improved|risen|rose|went up|before|"
    r"earlier|previous(?:ly)?|last year|week of|will|until then|by then|"
    r"seitdem|inzwischen|jetzt|heute|derzeit|gesunken|zuvor|vorher)\b"
    r"|现在|目前|此后|之后|降至|降到|今天|此前|以前|将",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Said:
    """One figure of one metric. `what`: rate or target (per cent), or counts as (part, whole)."""

    metric: str
    what: str
    figure: float | tuple[int, int]
    source: str
    words: str
    since: date | None = None
    until: date | None = None

    @property
    def period(self) -> tuple[date, date] | None:
        """The days that the figure covers, where the source gives them."""
        return (self.since, self.until) if self.since and self.until else None


def said(facts: Sequence[Fact]) -> tuple[Said, ...]:
    """Every comparable figure of a metric, from the notice, the reports and the seller's own sentences."""
    found = [one for fact in facts if fact.source != "seller" for one in _metric(fact)]
    found += [one for fact in facts if fact.source == "report" for one in _report_counts(fact)]
    found += [one for fact in facts if fact.source == "seller" for one in _sentence(fact)]
    return (*found, *_notice_counts(facts, found))


def file_of(fact: Fact) -> str:
    """The source as a reader knows it: the notice, the seller, or the report's file."""
    return fact.origin.partition(":")[0] if fact.source == "report" else fact.source


def _metric(fact: Fact) -> Iterator[Said]:
    if not isinstance(fact.value, Metric):
        return
    covers = f" ({fact.since} to {fact.until})" if fact.since else ""
    for what, figure in (("rate", fact.value.value), ("target", fact.value.target)):
        if figure is not None:
            words = f"{fact.origin}{covers}: {_printed(fact, figure)}"
            yield Said(fact.value.name, what, figure, file_of(fact), words, fact.since, fact.until)


def _printed(fact: Fact, figure: float) -> str:
    own = fact.source == "notice" and f"“{fact.quote}”"
    return own or f"{figure:g}{' %' if fact.unit == '%' else ''}"


def _report_counts(fact: Fact) -> Iterator[Said]:
    whole = _OF_WHOLE.match(fact.unit or "")
    if fact.kind == "count" and fact.about and fact.about.endswith(".count") and whole and isinstance(fact.value, int):
        metric = fact.about.rpartition(" ")[2].partition(".")[0]
        covers = f" ({fact.since} to {fact.until})" if fact.since else ""
        yield Said(
            metric,
            "count",
            (fact.value, int(whole[1])),
            file_of(fact),
            f"{fact.origin}{covers}: {fact.value} {fact.unit}",
            fact.since,
            fact.until,
        )


def _notice_counts(facts: Iterable[Fact], found: Sequence[Said]) -> list[Said]:
    """ "25 of 410" in a notice names no metric; it belongs to the one whose rate it makes, if there is exactly one."""
    rates = [s for s in found if s.source == "notice" and s.what == "rate" and isinstance(s.figure, float | int)]
    counts = []
    for fact in facts:
        whole = _OF_WHOLE.match(fact.unit or "")
        if (
            fact.source != "notice"
            or fact.kind != "count"
            or not whole
            or not isinstance(fact.value, int)
            or not int(whole[1])
        ):
            continue
        rate = 100 * fact.value / int(whole[1])
        metrics = {s.metric for s in rates if agree(float(s.figure) if not isinstance(s.figure, tuple) else -1, rate)}
        if len(metrics) == 1:
            counts.append(
                Said(metrics.pop(), "count", (fact.value, int(whole[1])), "notice", f"notice: “{fact.quote}”")
            )
    return counts


def _sentence(fact: Fact) -> Iterator[Said]:
    """The figures of a seller's sentence that names exactly one metric and tells of the notice's time."""
    text = words_of(fact)
    if fact.kind not in ("cause", "statement") or of_another_time(text):
        return
    lowered = text.lower()
    names = [name for name, words in rules()["metric_names"].items() if any(word in lowered for word in words)]
    if len(names) != 1:
        return
    where = f"{fact.origin}: “{text if len(text) < 160 else text[:157] + '…'}”"
    for match in _PERCENT.finditer(text):
        if not _LIMIT.search(text[max(0, match.start() - 40) : match.start()]):
            yield Said(names[0], "rate", float(match[1].replace(",", ".")), "seller", where)
    for match in COUNT.finditer(text):
        yield Said(names[0], "count", (int(match[1]), int(match[2])), "seller", where)


def words_of(fact: Fact) -> str:
    """A seller's sentence with the percentage that its entry gives apart from the text."""
    value = fact.item.value if fact.item and fact.item.unit in ("%", "percent") else None
    return str(fact.value) if value is None else f"{fact.value}: {value} %"


def of_another_time(text: str) -> bool:
    """Whether a sentence speaks of a time other than the notice's."""
    return bool(_OTHER_TIME.search(text))


def agree(one: float, other: float) -> bool:
    """Whether two figures can be one, rounded differently: 6.1 and 6.098 agree, 6.1 and 6.2 do not."""
    digits = min(_decimals(one), _decimals(other))
    return bool(abs(one - other) <= 0.5 * 10.0**-digits + 1e-9)


def _decimals(figure: float) -> int:
    return min(2, len(f"{figure:.6f}".rstrip("0").partition(".")[2]))
