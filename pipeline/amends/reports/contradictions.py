"""Where notice, reports and seller say different things of one matter: both are shown, neither is chosen.

Only comparable things are compared: one metric's rate, target or counts; one ASIN's units sold in a year; figures with
the same key and period in two reports; a rate beside its own counts; an action dated before the order it is about.
A source that gives several figures for a metric (10 and 30 days, seller-fulfilled and by Amazon) disagrees with another
only if none of them agrees [D, domain 6.10].
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from amends.reports.told import COUNT, Said, agree, file_of, of_another_time, said
from amends.schemas import Disagreement, Fact

_SHARE = re.compile(
    r"(?<![\d.,])(\d{1,7}) (?:of|out of|von) (?:the |our |all )?(\d{1,7}) ?[^\W\d_]*(?: [^\W\d_]+)?,? ?"
    r"[(=] ?(?:that is |i\.e\. |also |d\.h\. )?(\d{1,3}(?:[.,]\d{1,3})?) ?%"
)
_HIGHER_IS_BETTER = ("valid_tracking_rate", "on_time_delivery_rate", "account_health_rating")
_YEAR = re.compile(r"\b(?:365 days|12 months|twelve months|365 tage|12 monate)|365 ?天|12 ?个月|一年", re.IGNORECASE)
_SOLD = re.compile(
    r"\bsold (?:\w+ ){0,2}?(\d[\d,.]*)|(\d[\d,.]*) units? (?:were |was |of \w+ )?sold"
    r"|(\d[\d,.]*) (?:Stück|Einheiten)[^.]{0,30}verkauft|(?:售出|销售|卖出)[^\d]{0,6}(\d[\d,]*)",
    re.IGNORECASE,
)
_ASIN = re.compile(r"(?<![A-Z0-9])B0[A-Z0-9]{8}(?![A-Z0-9])")
_MOST_SHOWN = 3


def contradictions(facts: Sequence[Fact]) -> tuple[Disagreement, ...]:
    """Every matter that two sources tell differently, with both sources; () when nothing comparable differs."""
    figures = said(facts)
    found = [
        *_metrics(figures),
        *_shares(facts),
        *_larger_parts(facts, figures),
        *_same_key(facts),
        *_units(facts),
        *_dates(facts),
    ]
    return tuple(dict.fromkeys(found))


def _metrics(figures: Sequence[Said]) -> Iterator[Disagreement]:
    by_matter: defaultdict[tuple[str, str], defaultdict[str, list[Said]]] = defaultdict(lambda: defaultdict(list))
    for figure in figures:
        by_matter[figure.metric, figure.what][figure.source].append(figure)
    for (metric, what), by_source in by_matter.items():
        for first, second in combinations(by_source, 2):
            pairs = [(a, b) for a in by_source[first] for b in by_source[second] if _same_time(a, b)]
            if pairs and not any(_alike(a, b) for a, b in pairs):
                one, other = (_shown(dict.fromkeys(pair[n].words for pair in pairs)) for n in (0, 1))
                yield Disagreement(about=f"{metric.replace('_', ' ')}: {what}", one=one, other=other)


def _same_time(one: Said, other: Said) -> bool:
    """Two stated periods must be equal; a source that states none is compared with all."""
    return one.period is None or other.period is None or one.period == other.period


def _alike(one: Said, other: Said) -> bool:
    if isinstance(one.figure, tuple) or isinstance(other.figure, tuple):
        return one.figure == other.figure
    return agree(one.figure, other.figure)


def _shown(words: Sequence[str] | dict[str, None]) -> str:
    listed = list(words)
    more = f" and {len(listed) - _MOST_SHOWN} more" if len(listed) > _MOST_SHOWN else ""
    return "; ".join(listed[:_MOST_SHOWN]) + more


def _shares(facts: Sequence[Fact]) -> Iterator[Disagreement]:
    """ "7 of 412 orders (1.9 %)": the counts and the rate beside them."""
    for fact in facts:
        if fact.source != "seller" or not isinstance(fact.value, str):
            continue
        for match in _SHARE.finditer(fact.value):
            part, whole, printed = int(match[1]), int(match[2]), float(match[3].replace(",", "."))
            if whole and part <= whole and not agree(printed, 100 * part / whole):
                yield Disagreement(
                    about=f"{part} of {whole}",
                    one=f"{fact.origin}: {match[3]} %",
                    other=f"{part} / {whole} = {100 * part / whole:.2f} %",
                )


def _larger_parts(facts: Sequence[Fact], figures: Sequence[Said]) -> Iterator[Disagreement]:
    """The seller counts more of the same orders than notice or report do; fewer may be a part of them."""
    counts = [(s, s.figure) for s in figures if isinstance(s.figure, tuple) and s.source != "seller"]
    counts = [(s, figure) for s, figure in counts if s.metric not in _HIGHER_IS_BETTER]
    for fact in facts:
        if fact.source != "seller" or fact.kind not in ("cause", "statement") or of_another_time(str(fact.value)):
            continue
        for part, whole in ((int(m[1]), int(m[2])) for m in COUNT.finditer(str(fact.value))):
            same = [(s, figure) for s, figure in counts if figure[1] == whole]
            if same and len({s.metric for s, _ in same}) == 1 and all(part > figure[0] for _, figure in same):
                about = f"{same[0][0].metric.replace('_', ' ')}: count"
                yield Disagreement(
                    about=about, one=f"{fact.origin}: “{fact.value}”", other=_shown([s.words for s, _ in same])
                )


def _same_key(facts: Sequence[Fact]) -> Iterator[Disagreement]:
    """Counts and dates with the same key and the same period in two files."""
    by_key: defaultdict[tuple[str, date | None, date | None], list[Fact]] = defaultdict(list)
    for fact in facts:
        comparable = fact.kind == "date" or (fact.kind == "count" and fact.since is not None)
        if fact.about and comparable and not fact.about.endswith(".count"):
            by_key[fact.about, fact.since, fact.until].append(fact)
    for (about, since, until), told in by_key.items():
        for one, other in combinations(told, 2):
            if file_of(one) != file_of(other) and (one.value, one.unit) != (other.value, other.unit):
                covers = f", {since} to {until}" if since else ""
                yield Disagreement(about=f"{about}{covers}", one=_words(one), other=_words(other))


def _words(fact: Fact) -> str:
    return f"{fact.origin}: {fact.value}{f' {fact.unit}' if fact.unit else ''}"


def _units(facts: Sequence[Fact]) -> Iterator[Disagreement]:
    """Units of one ASIN sold in a year: the seller's sentence against the order report."""
    reported = {
        f.about.partition(".")[2]: f
        for f in facts
        if f.source == "report" and f.about and f.about.startswith("units_sold.") and _is_year(f)
    }
    for fact in facts:
        text = str(fact.value)
        sold, asins = _SOLD.search(text), set(_ASIN.findall(text)) | set(fact.item.asins if fact.item else ())
        if fact.source != "seller" or not sold or len(asins) != 1 or not _YEAR.search(text):
            continue
        report = reported.get(asins.pop())
        count = int(re.sub(r"[.,]", "", next(g for g in sold.groups() if g)) or 0)
        if report is not None and count != report.value:
            yield Disagreement(
                about=str(report.unit),
                one=f"{fact.origin}: “{text}”",
                other=f"{_words(report)} ({report.since} to {report.until})",
            )


def _is_year(fact: Fact) -> bool:
    return fact.since is not None and fact.until is not None and 360 <= (fact.until - fact.since).days <= 370


def _dates(facts: Sequence[Fact]) -> Iterator[Disagreement]:
    """An action that the seller dates before the day that a report gives for its order [D, domain 6.10]."""
    orders = {str(f.value): f for f in facts if f.source == "report" and f.kind == "order_id" and f.since is not None}
    for fact in facts:
        if (
            fact.source != "seller"
            or fact.kind != "action"
            or fact.item is None
            or not fact.item.date
            or not re.fullmatch(r"\d{4}-\d\d-\d\d", fact.item.date)
        ):
            continue
        for order in (orders[o] for o in fact.item.orders if o in orders):
            if order.since and date.fromisoformat(fact.item.date) < order.since:
                yield Disagreement(
                    about=f"order {order.value}",
                    one=f"{fact.origin}: action dated {fact.item.date}",
                    other=f"{order.origin}: {order.since}",
                )
