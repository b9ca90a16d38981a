"""How good a letter, or this program, is: check and eval."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Annotated

import typer

from amends.cli import values
from amends.cli.app import Exit, app
from amends.cli.options import BaseUrlOption, JsonOption, ModelOption, TodayOption
from amends.errors import InputError


@app.command()
def check(
    letters: Annotated[
        list[str], typer.Argument(metavar="LETTER...", help="Letters by anybody: .txt .md .docx, or - for stdin.")
    ],
    case: Annotated[
        Path | None, typer.Option(metavar="CASE.json", help="Hold them against the facts of this case too.")
    ] = None,
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    grammar: Annotated[bool, typer.Option(help="Check grammar with LanguageTool.")] = True,
    require_grammar: Annotated[
        bool, typer.Option("--require-grammar", help="End with 3 where grammar cannot be checked.")
    ] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="Write the safe corrections into the files and list them.")
    ] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Check again what changes, until Ctrl-C.")] = False,
    watch_seconds: Annotated[float | None, typer.Option(metavar="S", min=0, help="Watch no longer than this.")] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="What the letters are, such as plan_of_action or dispute.")
    ] = None,
    format: Annotated[str | None, typer.Option(metavar="FORMAT", help="text, json, github, sarif or html.")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="OUT", help="A file for the findings.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your amends.toml; its [check] table silences and adds rules.")
    ] = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check letters as a second pair of eyes would: tone, vagueness, rubric, grammar, and with a case the facts."""
    from amends import check as checking

    gc.enable()  # may watch for hours

    shape = checking.format_named("json" if as_json else format, str(output) if output else None)
    job = checking.Job(
        letters=tuple(letters), today=values.day(today), case=case, model=model, base_url=base_url, grammar=grammar, fix=fix,
        require_grammar=require_grammar, kind=checking.kind_named(kind), config=config,
    )  # fmt: skip
    with checking.Session(job) as session:
        if watch or watch_seconds is not None:
            report = session.watch(lambda found: checking.put(found, shape, output), values.note, watch_seconds)
        else:
            report = session.check()
            checking.put(report, shape, output)
    failed = report.usage.failure is not None
    raise typer.Exit(Exit.PROVIDER_FAILED if failed else Exit.BLOCKED if report.blocks else Exit.DONE)


@app.command(name="eval")
def evaluate(
    cases: Annotated[Path, typer.Argument(help="A folder of cases, each a folder: notice, facts.yaml, expected.yaml.")],
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    concurrency: Annotated[int, typer.Option(min=1, max=512, help="Cases at the same time.")] = 4,
    grammar: Annotated[bool, typer.Option(help="Check grammar with LanguageTool.")] = True,
    judge: Annotated[
        bool,
        typer.Option("--judge", help="Measure rubric and judge model on seeded faults; the folder is eval/letters."),
    ] = False,
    second_judge: Annotated[
        str | None, typer.Option("--second-judge", metavar="SPEC", help="With --judge: another model, to be compared.")
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="With --judge: shuffles the judge's items.")] = 1,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Run sample cases and print what is right and wrong, beside lock, rubric, grammar, time and tokens."""
    from amends import batch

    gc.enable()  # many cases: memory must not grow with them

    if judge or second_judge:
        if not (judge and (model or not second_judge)):
            raise InputError("--second-judge compares with a first one.", hint="Give --judge and --model too.")
        raise typer.Exit(_judges(cases, [m for m in (model, second_judge) if m], base_url, concurrency, seed, as_json))

    report = batch.run(
        cases,
        model=model,
        base_url=base_url,
        concurrency=concurrency,
        grammar=grammar,
        today=values.day(today),
        today_wins=today is not None,
    )
    values.emit(report.model_dump(mode="json"), batch.as_text if not as_json else None)
    raise typer.Exit(Exit.DONE if report.all_right else Exit.BLOCKED)


def _judges(letters: Path, models: list[str], base_url: str | None, concurrency: int, seed: int, as_json: bool) -> Exit:
    from amends.batch import judging

    report = judging.measure(letters, models=models, base_url=base_url, concurrency=concurrency, seed=seed)
    values.emit(report.model_dump(mode="json") if as_json else report, None if as_json else judging.as_text)
    return Exit.PROVIDER_FAILED if report.failed else Exit.DONE
