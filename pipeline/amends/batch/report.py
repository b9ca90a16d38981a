"""The report of a batch: all rows, their totals, and whether everything is within the set's limits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

from amends.batch.limits import beyond, figures, limits_for
from amends.batch.rows import CaseRow, NoticeRow
from amends.batch.totals import CaseTotals, case_totals, field_rows
from amends.schemas import Frozen
from amends.scoring import Row


class Report(Frozen):
    """`all_right`: no sample failed and no limit is broken. `limits` names the section of thresholds.toml, or is ""."""

    model: str
    cases: tuple[CaseRow, ...] = ()
    notices: tuple[NoticeRow, ...] = ()
    totals: CaseTotals | None = None
    fields: tuple[Row, ...] = ()
    failed: tuple[str, ...] = ()
    limits: str = ""
    beyond: tuple[str, ...] = ()
    seconds: float = 0.0
    all_right: bool = True

    @classmethod
    def of(
        cls, rows: Sequence[CaseRow | NoticeRow], folder: Path, *, model: str, grammar: bool, seconds: float
    ) -> Self:
        """Sum up `rows`, the samples of `folder`. Raises InputError for limits that cannot be used."""
        rows = sorted(rows, key=lambda row: row.name)
        cases = tuple(row for row in rows if isinstance(row, CaseRow))
        notices = tuple(row for row in rows if isinstance(row, NoticeRow))
        totals = case_totals(cases) if cases else None
        fields = field_rows(cases, notices)
        limits, section = limits_for(folder)
        off = frozenset() if grammar else frozenset({"grammar_per_100_words"})
        broken = beyond(limits, figures(totals, fields), switched_off=off)
        failed = tuple(row.name for row in rows if row.failed)
        return cls(
            model=model, cases=cases, notices=notices, totals=totals, fields=fields, failed=failed, limits=section,
            beyond=broken, seconds=round(seconds, 2), all_right=not failed and not broken,
        )  # fmt: skip
