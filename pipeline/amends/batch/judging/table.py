"""The measurement as text: a table for the code, one per judge, what sways it, and how far two judges agree. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from amends.batch.judging.agreement import Agreement, Between
from amends.batch.judging.bias import Bias
from amends.batch.judging.report import Judge, JudgeReport
from amends.evaluate.judge import PROMPT

_NOT_MEASURED = (
    "Judge items, and their bias by length, by order and by who wrote the letter: not measured (no model was asked)."
)


def as_text(report: JudgeReport) -> str:
    """Return the tables. What this run did not measure is said below them, never left to be guessed."""
    blocks = [
        _agreements(report.code),
        f"{report.sound} sound letters, {report.faulty_for_code} with one fault each; decided by code.",
    ]
    for judge in report.judges:
        blocks += ["", *_judge(judge, report)]
    if report.between:
        blocks += ["", *_between(report)]
    return "\n".join([*blocks, *([] if report.judges else [_NOT_MEASURED])])


def _agreements(rows: Sequence[Agreement]) -> str:
    lines = [f"{'item':28}{'no':>5}{'of':>5}{'alarms':>8}{'precision':>11}{'recall':>8}{'kappa':>8}{'not checked':>13}"]
    for r in rows:
        labelled = r.right_no + r.missed_no
        lines.append(
            f"{r.item:28}{r.right_no:5}{labelled:5}{r.wrong_no:8}{_percent(r.precision):>11}{_percent(r.recall):>8}"
            f"{_figure(r.kappa):>8}{r.not_checked:13}"
        )
    return "\n".join(lines)


def _judge(judge: Judge, report: JudgeReport) -> Iterator[str]:
    yield _agreements(judge.items)
    name, version = PROMPT
    yield (
        f"{report.sound} sound letters, {report.faulty_for_judge} with one fault each; decided by {judge.model} "
        f"(prompt {name} v{version}, items shuffled by seed {report.seed})."
    )
    missing = sum(judge.not_checked.values())
    reasons = ", ".join(f"{count} {reason}" for reason, count in judge.not_checked.items())
    yield f"{missing} of {judge.asked} answers not checked{': ' + reasons if reasons else ''}."
    yield f"{judge.usage.calls} calls, {judge.usage.input_tokens} + {judge.usage.output_tokens} tokens."
    if judge.usage.failure:
        yield f"The provider failed: {judge.usage.failure}"
    yield ""
    yield f"{'what sways it':15}{'letters':>8}{'compared':>10}{'changed':>9}{'to yes':>8}{'to no':>7}{'not checked':>13}"
    yield from (_bias(row) for row in judge.biases)
    yield from (f"- {row.said}" for row in judge.biases)


def _bias(row: Bias) -> str:
    return (
        f"{row.test:15}{row.letters:8}{row.compared:10}{_percent(row.share_changed):>9}{row.to_yes:8}{row.to_no:7}"
        f"{row.not_checked:13}"
    )


def _between(report: JudgeReport) -> Iterator[str]:
    first, second = report.judges
    yield f"{'two judges':28}{'both no':>8}{'only 1st':>9}{'only 2nd':>9}{'both yes':>9}{'same':>6}{'kappa':>7}{'not checked':>13}"
    yield from (_pair(row) for row in report.between)
    yield f"1st {first.model}, 2nd {second.model}; the labelled letters, each asked of both in the same order."


def _pair(row: Between) -> str:
    return (
        f"{row.item:28}{row.both_no:8}{row.only_first_no:9}{row.only_second_no:9}{row.both_yes:9}"
        f"{_percent(row.same):>6}{_figure(row.kappa):>7}{row.not_checked:13}"
    )


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.0%}"


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
