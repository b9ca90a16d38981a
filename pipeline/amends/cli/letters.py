"""From a notice to a letter: draft, extract, ask."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from amends.cli import values
from amends.cli.app import Exit, app
from amends.cli.options import (
    BaseUrlOption,
    FactsOption,
    InvoicesOption,
    JsonOption,
    ModelOption,
    NoticeArgument,
    PatternsOption,
    ReportOption,
    TodayOption,
)


@app.command()
def draft(
    notice: NoticeArgument,
    facts: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="What you know, YAML or JSON; may be repeated.")
    ] = None,
    story: Annotated[Path | None, typer.Option(metavar="FILE", help="Your story as plain text.")] = None,
    report: ReportOption = None,
    invoices: InvoicesOption = None,
    case: Annotated[
        Path | None, typer.Option(metavar="CASE.json", help="Continue this case, and keep it there.")
    ] = None,
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    pattern: Annotated[
        str | None, typer.Option(metavar="ID", help="Use this situation instead of the first match.")
    ] = None,
    patterns: PatternsOption = None,
    format: Annotated[
        str, typer.Option(metavar="LIST", help="txt, md, docx, html, json, or all; comma between.")
    ] = "txt",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="OUT", help="A folder, or a file for one format.")
    ] = None,
    grammar: Annotated[bool, typer.Option(help="Check grammar with LanguageTool.")] = True,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draft the letter: what is asked, the letter, its scorecard, what is missing, and whether it may be sent."""
    from amends import drafting

    job = drafting.Job(
        notice=notice, facts=tuple(facts or ()), story=story, reports=tuple(report or ()), invoices=tuple(invoices or ()), case=case, model=model, base_url=base_url,
        pattern=pattern, patterns=patterns, formats=drafting.formats(format), output=output, grammar=grammar, today=values.day(today),
    )  # fmt: skip
    done = drafting.run(job, note=values.note)
    values.emit(drafting.to_json(done), None) if as_json else drafting.show(done)
    raise typer.Exit(values.code(done.case))


@app.command()
def extract(
    notice: NoticeArgument,
    report: ReportOption = None,
    invoices: InvoicesOption = None,
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what the mail wants: cause, stage, kind of answer, requests, deadline, facts, and whether it is Amazon's.

    With reports and invoice lists also what they count, and where they and the notice tell different things.
    """
    from amends import reporting

    case = reporting.understood(
        values.read_notice(notice), values.day(today), reports=report or (), invoices=invoices or (),
        model=model, base_url=base_url,
    )  # fmt: skip
    values.emit(reporting.extracted(case), reporting.extracted_text if not as_json else None)
    if case.scorecard and case.scorecard.usage.failure:
        raise typer.Exit(Exit.PROVIDER_FAILED)


@app.command()
def ask(
    source: Annotated[
        str, typer.Argument(metavar="NOTICE|CASE.json", help="Amazon's mail, - for stdin, or a case file.")
    ],
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Where the answers go, a facts file; continued if it is there."
        ),
    ] = Path("facts.yaml"),
    facts: FactsOption = None,
    lang: Annotated[str, typer.Option(metavar="en|zh", help="Language of questions and help.")] = "en",
    file: Annotated[bool, typer.Option("--file", help="Ask nothing; write a file of questions to fill in.")] = False,
    pattern: Annotated[
        str | None, typer.Option(metavar="ID", help="Use this situation instead of the first match.")
    ] = None,
    patterns: PatternsOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask what the letter still needs, at the terminal or as a file of questions, and write the answers as a facts file."""
    from amends import asking

    errand = asking.Errand(
        source=source, output=output, facts=tuple(facts or ()), lang=lang, pattern=pattern, patterns=patterns, today=values.day(today),
    )  # fmt: skip
    talks = not (file or as_json) and sys.stdin.isatty() and sys.stdout.isatty()
    talk = asking.run(errand, talks=talks, note=values.note)
    if as_json:
        values.emit(
            {"open": [q.model_dump(mode="json") for q in talk.open], "needed": talk.needed, "written": str(output)},
            None,
        )
    raise typer.Exit(Exit.BLOCKED if talk.needed else Exit.DONE)
