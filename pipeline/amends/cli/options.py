"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

NoticeArgument = Annotated[
    str, typer.Argument(metavar="NOTICE", help="Amazon's mail: .eml .msg .html .txt .pdf, or - for stdin.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object to stdout.")]
TodayOption = Annotated[str | None, typer.Option(metavar="DATE", help="Judge deadlines and done/planned by this day.")]
ModelOption = Annotated[str | None, typer.Option(metavar="SPEC", help="offline, or provider:name such as openai:NAME.")]
BaseUrlOption = Annotated[
    str | None, typer.Option(metavar="URL", help="Of any OpenAI-compatible server, with its /v1.")
]
PatternsOption = Annotated[Path | None, typer.Option(metavar="DIR", help="A folder of your own patterns.")]
CaseArgument = Annotated[Path, typer.Argument(metavar="CASE.json", help="The case file that `draft --case` wrote.")]
FactsOption = Annotated[
    list[Path] | None, typer.Option(metavar="FILE", help="What you know, YAML or JSON; may be repeated.")
]
ReportOption = Annotated[
    list[Path] | None, typer.Option(metavar="FILE", help="A Seller Central report; may be repeated.")
]
InvoicesOption = Annotated[
    list[Path] | None, typer.Option(metavar="FILE", help="Your invoice list, CSV or YAML, checked against sales.")
]
