"""After the letter is sent: reply and status."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from amends.cli import values
from amends.cli.app import Exit, app
from amends.cli.options import (
    BaseUrlOption,
    CaseArgument,
    FactsOption,
    JsonOption,
    ModelOption,
    PatternsOption,
    TodayOption,
)


@app.command()
def reply(
    case: CaseArgument,
    answer: Annotated[
        str, typer.Argument(metavar="ANSWER", help="Amazon's answer to your letter: a file, or - for stdin.")
    ],
    facts: FactsOption = None,
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    patterns: PatternsOption = None,
    format: Annotated[
        str, typer.Option(metavar="LIST", help="txt, md, docx, html, json, or all; comma between.")
    ] = "txt",
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="OUT", help="A folder, or one file.")] = None,
    grammar: Annotated[bool, typer.Option(help="Check grammar with LanguageTool.")] = True,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read Amazon's answer: what is missing now, and the next version of the letter; or whether to stop or escalate."""
    from amends import drafting, replying

    job = drafting.Job(
        notice="case", case=case, facts=tuple(facts or ()), model=model, base_url=base_url, patterns=patterns,
        formats=drafting.formats(format), output=output, grammar=grammar, today=values.day(today),
    )  # fmt: skip
    done = replying.run(job, answer, note=values.note)
    values.emit(replying.to_json(done), None) if as_json else replying.show(done)
    failed = done.case.scorecard is not None and done.case.scorecard.usage.failure
    raise typer.Exit(Exit.PROVIDER_FAILED if failed else Exit.BLOCKED if done.blocked else Exit.DONE)


@app.command()
def status(
    case: CaseArgument,
    day: Annotated[
        str | None,
        typer.Argument(metavar="DATE", help="With --sent: the day it was sent, or a moment like 2026-11-20T18:30."),
    ] = None,
    sent: Annotated[bool, typer.Option("--sent", help="Record that the letter was sent, on DATE or today.")] = False,
    zone: Annotated[
        str | None, typer.Option(metavar="ZONE", help="Your time zone, such as Asia/Shanghai; else this machine's.")
    ] = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say where the case stands: deadline, when a reminder is due and its text, and which promises are due now."""
    from amends import casefile, replying
    from amends import status as standing
    from amends.errors import InputError

    if day is not None and not sent:
        raise InputError(f"What is “{day}”?", hint="A date is only taken with --sent.")
    place = values.zone(zone)
    now = replying.mark_sent(case, *values.moment(day, today, place)) if sent else casefile.load_case(case)
    found = standing.status(now, values.day(today), place)
    if as_json:
        values.emit(found.model_dump(mode="json"), None)
    else:
        typer.echo(standing.as_text(found, store=now.notice.marketplace))
