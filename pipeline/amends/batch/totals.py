"""The rows of a batch as counts and means. "Not checked" enters no mean: it is counted beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from amends.batch.rows import CaseRow, Counts, NoticeRow, Tried
from amends.schemas import Frozen
from amends.scoring import Row, totals

#: The fields of the notice that the table of cases shows.
SHOWN = ("cause", "stage", "answer_kind")


class Share(Frozen):
    """How many were right, of how many that could be told; `not_checked` are the others."""

    right: int = 0
    of: int = 0
    not_checked: int = 0

    @property
    def share(self) -> float | None:
        """0..1; None when nothing could be told."""
        return self.right / self.of if self.of else None


class Mean(Frozen):
    """A mean over the rows that were checked; None when none was."""

    mean: float | None = None
    checked: int = 0
    not_checked: int = 0


class CaseTotals(Frozen):
    """Sums and means over whole cases. `cost_usd` is None when the price of a model that was used is not known."""

    cases: int = 0
    crashed: int = 0
    model_failed: int = 0
    cause: Share = Share()
    stage: Share = Share()
    answer_kind: Share = Share()
    verdict: Share = Share()
    gaps: Share = Share()
    facts_right: int = 0
    facts_wrong: int = 0
    facts_missing: int = 0
    lock_breaches: int = 0
    lock_not_checked: int = 0
    rubric: Counts = Counts()
    must_say_missing: int = 0
    must_not_say_found: int = 0
    score: Mean = Mean()
    grammar: Mean = Mean()
    seconds: Mean = Mean()
    calls: int = 0
    repairs: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None


def case_totals(rows: Sequence[CaseRow]) -> CaseTotals:
    """Return the totals of `rows`; a case that crashed counts as crashed, and as not checked everywhere else."""
    through = [row for row in rows if row.error is None]
    lettered = [row for row in through if row.letter]
    facts = [row.facts or (0, 0, 0) for row in through]
    costs = [row.usage.cost_usd for row in through if row.usage.calls]
    return CaseTotals(
        cases=len(rows),
        crashed=len(rows) - len(through),
        model_failed=sum(row.usage.failure is not None for row in through),
        **{name: _share(row.right(name) for row in rows) for name in SHOWN},
        verdict=_share(row.verdict_right for row in rows),
        gaps=_share(row.gaps_right for row in rows),
        facts_right=sum(right for right, _, _ in facts),
        facts_wrong=sum(wrong for _, wrong, _ in facts),
        facts_missing=sum(missing for _, _, missing in facts),
        lock_breaches=sum(row.lock_breaches or 0 for row in through),
        lock_not_checked=sum(row.lock_breaches is None for row in rows),
        rubric=_counts(row.rubric for row in through if row.rubric),
        must_say_missing=sum(len(row.must_say_missing) for row in through),
        must_not_say_found=sum(len(row.must_not_say_found) for row in through),
        score=_mean(row.score for row in rows),
        grammar=_mean(row.grammar for row in rows),
        seconds=_mean(row.seconds for row in through),
        calls=sum(row.usage.calls for row in lettered),
        repairs=sum(row.usage.repairs for row in lettered),
        input_tokens=sum(row.usage.input_tokens for row in lettered),
        output_tokens=sum(row.usage.output_tokens for row in lettered),
        cost_usd=round(sum(c for c in costs if c is not None), 6) if costs and None not in costs else None,
    )


def field_rows(cases: Sequence[CaseRow], notices: Sequence[NoticeRow]) -> tuple[Row, ...]:
    """Return the table of the reader: a row per field of the notice, over all samples that were read."""
    every: tuple[Tried, ...] = (*cases, *notices)
    return totals(row.read for row in every if row.read)


def _share(values: Iterable[bool | None]) -> Share:
    values = list(values)
    told = [value for value in values if value is not None]
    return Share(right=sum(told), of=len(told), not_checked=len(values) - len(told))


def _mean(values: Iterable[float | None]) -> Mean:
    values = list(values)
    told = [value for value in values if value is not None]
    mean = round(sum(told) / len(told), 3) if told else None
    return Mean(mean=mean, checked=len(told), not_checked=len(values) - len(told))


def _counts(counts: Iterable[Counts]) -> Counts:
    counts = list(counts)
    return Counts(**{name: sum(getattr(c, name) for c in counts) for name in Counts.model_fields})
