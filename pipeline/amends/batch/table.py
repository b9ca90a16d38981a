"""A report as text for a terminal: a line per case, what was wrong below it, then totals and limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from amends.batch.report import Report
from amends.batch.rows import CaseRow, NoticeRow
from amends.batch.totals import CaseTotals, Mean, Share
from amends.scoring import Row

#: The columns of the table of cases; `/` counts are said in the header.
COLUMNS = (
    "case", "cause", "stage", "kind", "facts ok/wrong/miss", "verdict", "lock", "rubric met/unmet/n.c.", "blocking",
    "unsaid", "said", "gaps", "grammar", "s", "tokens",
)  # fmt: skip
_NOT = "n.c."


def as_text(report: Mapping[str, Any]) -> str:
    """Return the text of a report, given as `Report.model_dump(mode="json")`."""
    whole = Report.model_validate(report)
    blocks = []
    if whole.cases:
        blocks += [_columns([COLUMNS, *map(_case_line, whole.cases)]), "\n".join(_faults(whole.cases))]
    if whole.totals:
        blocks.append("\n".join(_totals(whole.totals, whole.model)))
    if whole.fields:
        blocks.append(
            _columns([("read", "right", "of", "share/F1", "precision", "recall"), *map(_field_line, whole.fields)])
        )
    if whole.notices:
        blocks.append("\n".join(_notices(whole.notices)))
    blocks.append("\n".join(_end(whole)))
    return "\n\n".join(block for block in blocks if block)


def _case_line(row: CaseRow) -> tuple[str, ...]:
    if row.error:
        return (row.name, "ERROR", *("" for _ in COLUMNS[2:-2]), f"{row.seconds:.2f}", "")
    return (
        row.name,
        *(_mark(row.right(name)) for name in ("cause", "stage", "answer_kind")),
        "/".join(map(str, row.facts)) if row.facts else _NOT,
        f"{_mark(row.verdict_right)} {row.verdict or '-'}",
        _or_not(row.lock_breaches),
        f"{row.rubric.met}/{row.rubric.unmet}/{row.rubric.not_checked}" if row.rubric else _NOT,
        str(row.rubric.blocking) if row.rubric else _NOT,
        str(len(row.must_say_missing)),
        str(len(row.must_not_say_found)),
        f"{row.gaps}{'' if row.gaps_right is not False else ' !'}",
        f"{row.grammar:.2f}" if row.grammar is not None else _NOT,
        f"{row.seconds:.2f}",
        str(row.tokens),
    )


def _mark(right: bool | None) -> str:
    return _NOT if right is None else "ok" if right else "WRONG"


def _or_not(value: int | None) -> str:
    return _NOT if value is None else str(value)


def _faults(rows: Iterable[CaseRow]) -> Iterable[str]:
    """What is wrong, case by case, in words."""
    for row in rows:
        lines = [row.error] if row.error else []
        lines += [f"the model failed: {row.usage.failure}"] if row.usage.failure else []
        lines += [f"{m.field}: should be {m.expected}, read {m.read}" for m in (row.read.misses if row.read else ())]
        if row.verdict_right is False:
            lines.append(f"verdict: should be {row.verdict_expected}, is {row.verdict} ({_counted(row.blocking)})")
        lines += [f"not said: {phrase}" for phrase in row.must_say_missing]
        lines += [f"said, and must not be: {phrase}" for phrase in row.must_not_say_found]
        lines += [f"rubric: {', '.join(row.unmet)}"] if row.unmet else []
        if row.gaps_right is False:
            lines.append(
                f"gaps: the letter shows {row.gaps}, and there should be {'some' if row.gaps_expected else 'none'}"
            )
        if lines:
            yield "\n  ".join([row.name, *lines])


def _counted(codes: Sequence[str]) -> str:
    counts = {code: codes.count(code) for code in codes}
    return ", ".join(f"{n} × {code}" if n > 1 else code for code, n in counts.items()) or "nothing blocks"


def _totals(t: CaseTotals, model: str) -> Iterable[str]:
    yield f"{t.cases} cases with {model}: {t.crashed} crashed, the model failed in {t.model_failed}"
    named = (
        ("cause", t.cause),
        ("stage", t.stage),
        ("answer kind", t.answer_kind),
        ("verdict", t.verdict),
        ("gaps", t.gaps),
    )
    yield "right: " + ", ".join(f"{name} {_share(share)}" for name, share in named)
    yield f"facts: {t.facts_right} right, {t.facts_wrong} wrong, {t.facts_missing} missing"
    yield f"lock: {t.lock_breaches} breaches ({t.lock_not_checked} not checked: no letter)"
    r = t.rubric
    yield f"rubric: {r.met} met, {r.unmet} unmet ({r.blocking} blocking), {r.not_checked} not checked"
    yield f"score, 0 to 100: {_mean(t.score)}"
    yield f"wording: {t.must_say_missing} not said that must be, {t.must_not_say_found} said that must not be"
    yield f"grammar faults per 100 words: {_mean(t.grammar)}"
    cost = "" if not t.calls else ", price not known" if t.cost_usd is None else f", {t.cost_usd:.4f} USD"
    yield f"model: {t.calls} calls, {t.repairs} repairs, {t.input_tokens} + {t.output_tokens} tokens{cost}"
    yield f"seconds per case: {_mean(t.seconds)}"


def _share(share: Share) -> str:
    return f"{share.right}/{share.of}" + (f" ({share.not_checked} not checked)" if share.not_checked else "")


def _mean(mean: Mean) -> str:
    value = "not checked" if mean.mean is None else f"{mean.mean:.2f}"
    return value + (f" ({mean.checked} checked, {mean.not_checked} not)" if mean.not_checked and mean.checked else "")


def _field_line(row: Row) -> tuple[str, ...]:
    shares = (row.share, row.precision, row.recall)
    return (row.name, str(row.right), str(row.of), *("-" if s is None else f"{s:.1%}" for s in shares))


def _notices(rows: Sequence[NoticeRow]) -> Iterable[str]:
    yield f"{len(rows)} notices read, {sum(row.seconds for row in rows) / len(rows) * 1000:.1f} ms each"
    yield from (f"{row.name}: {row.error}" for row in rows if row.error)


def _end(report: Report) -> Iterable[str]:
    if report.failed:
        yield f"failed: {', '.join(report.failed)}"
    yield from (f"beyond the limit: {line}" for line in report.beyond)
    limits = f"limits: [{report.limits}] of thresholds.toml" if report.limits else "no limits are set for this folder"
    yield f"{'All right' if report.all_right else 'NOT all right'} ({limits}); {report.seconds:.1f} s in all."


def _columns(lines: Sequence[tuple[str, ...]]) -> str:
    """The first column to the left, the others to the right, two spaces between."""
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join([line[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(line[1:], widths[1:], strict=True))]).rstrip()
        for line in lines
    )
