"""The command line: parse, call one library function, print, exit. Results go to stdout, progress and notes to stderr.

Exit codes: 0 done and nothing blocks; 1 done, but the verdict or the check found blocking faults; 2 bad input or usage;
3 set-up missing; 4 the model provider failed. Heavy modules are imported by the command that needs them.
"""

from __future__ import annotations

import sys
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(
    name="amends",
    help="From an Amazon suspension mail to the one reply that works. Nothing invented; every check can fail.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"max_content_width": 100},
)
patterns_app = typer.Typer(help="The library of situations: list, show ID, search TEXT.", no_args_is_help=True)
app.add_typer(patterns_app, name="patterns")


class Exit(IntEnum):
    """The exit codes."""

    DONE = 0
    BLOCKED = 1
    BAD_INPUT = 2
    SETUP_MISSING = 3
    PROVIDER_FAILED = 4


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


@app.command()
def draft(
    notice: NoticeArgument,
    facts: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="What you know, YAML or JSON; may be repeated.")
    ] = None,
    story: Annotated[Path | None, typer.Option(metavar="FILE", help="Your story as plain text.")] = None,
    report: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="A Seller Central report; may be repeated.")
    ] = None,
    invoices: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Your invoice list, CSV or YAML, checked against sales.")
    ] = None,
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
        pattern=pattern, patterns=patterns, formats=drafting.formats(format), output=output, grammar=grammar, today=_day(today),
    )  # fmt: skip
    done = drafting.run(job, note=_note)
    _print(drafting.to_json(done), None) if as_json else drafting.show(done)
    raise typer.Exit(_code(done.case))


@app.command()
def extract(
    notice: NoticeArgument,
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what the mail wants: cause, stage, kind of answer, requests, deadline, facts, and whether it is Amazon's."""
    from amends import reporting

    case = reporting.understood(_read(notice), _day(today), model=model, base_url=base_url)
    _print(reporting.extracted(case), reporting.extracted_text if not as_json else None)
    if case.scorecard and case.scorecard.usage.failure:
        raise typer.Exit(Exit.PROVIDER_FAILED)


CaseArgument = Annotated[Path, typer.Argument(metavar="CASE.json", help="The case file that `draft --case` wrote.")]
FactsOption = Annotated[
    list[Path] | None, typer.Option(metavar="FILE", help="What you know, YAML or JSON; may be repeated.")
]


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
        formats=drafting.formats(format), output=output, grammar=grammar, today=_day(today),
    )  # fmt: skip
    done = replying.run(job, answer, note=_note)
    _print(replying.to_json(done), None) if as_json else replying.show(done)
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
    place = _zone(zone)
    now = replying.mark_sent(case, *_moment(day, today, place)) if sent else casefile.load_case(case)
    found = standing.status(now, _day(today), place)
    if as_json:
        _print(found.model_dump(mode="json"), None)
    else:
        typer.echo(standing.as_text(found, store=now.notice.marketplace))


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
        source=source, output=output, facts=tuple(facts or ()), lang=lang, pattern=pattern, patterns=patterns, today=_day(today),
    )  # fmt: skip
    talks = not (file or as_json) and sys.stdin.isatty() and sys.stdout.isatty()
    talk = asking.run(errand, talks=talks, note=_note)
    if as_json:
        _print(
            {"open": [q.model_dump(mode="json") for q in talk.open], "needed": talk.needed, "written": str(output)},
            None,
        )
    raise typer.Exit(Exit.BLOCKED if talk.needed else Exit.DONE)


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

    shape = checking.format_named("json" if as_json else format, str(output) if output else None)
    job = checking.Job(
        letters=tuple(letters), today=_day(today), case=case, model=model, base_url=base_url, grammar=grammar, fix=fix,
        require_grammar=require_grammar, kind=checking.kind_named(kind), config=config,
    )  # fmt: skip
    with checking.Session(job) as session:
        if watch or watch_seconds is not None:
            report = session.watch(lambda found: checking.put(found, shape, output), _note, watch_seconds)
        else:
            report = session.check()
            checking.put(report, shape, output)
    failed = report.usage.failure is not None
    raise typer.Exit(Exit.PROVIDER_FAILED if failed else Exit.BLOCKED if report.blocks else Exit.DONE)


@app.command()
def setup() -> None:
    """Get the grammar engine (LanguageTool) into the cache folder."""
    from amends import machine

    machine.setup()


@app.command()
def doctor(as_json: JsonOption = False) -> None:
    """Say what is there, which version, and what is missing."""
    from amends import machine

    report = machine.examine()
    _print(report.model_dump(mode="json"), machine.as_text if not as_json else None)
    raise typer.Exit(Exit.DONE if report.complete else Exit.SETUP_MISSING)


@app.command(name="eval")
def evaluate(
    cases: Annotated[Path, typer.Argument(help="A folder of cases, each a folder: notice, facts.yaml, expected.yaml.")],
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    concurrency: Annotated[int, typer.Option(min=1, max=512, help="Cases at the same time.")] = 4,
    grammar: Annotated[bool, typer.Option(help="Check grammar with LanguageTool.")] = True,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Run sample cases and print what is right and wrong, beside lock, rubric, grammar, time and tokens."""
    from amends import batch

    report = batch.run(
        cases, model=model, base_url=base_url, concurrency=concurrency, grammar=grammar, today=_day(today)
    )
    _print(report.model_dump(mode="json"), batch.as_text if not as_json else None)
    raise typer.Exit(Exit.DONE if report.all_right else Exit.BLOCKED)


@patterns_app.command("list")
def list_patterns(patterns: PatternsOption = None, as_json: JsonOption = False) -> None:
    """List every situation."""
    from amends.patterns import load_patterns

    found = load_patterns(patterns)
    if as_json:
        _print([{"id": p.id, "cause": p.cause, "situation": p.situation} for p in found], None)
    else:
        typer.echo("\n".join(f"{p.id:55} {p.situation}" for p in found))


@patterns_app.command("show")
def show_pattern(
    pattern_id: Annotated[str, typer.Argument(metavar="ID")],
    patterns: PatternsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one situation whole."""
    from amends import reporting
    from amends.patterns import find_pattern, load_patterns

    found = find_pattern(pattern_id, load_patterns(patterns))
    _print(found.model_dump(mode="json"), reporting.as_yaml if not as_json else None)


@patterns_app.command("search")
def search_patterns(
    text: Annotated[str, typer.Argument(metavar="TEXT")], patterns: PatternsOption = None, as_json: JsonOption = False
) -> None:
    """Find the situations that a story is about, best first."""
    from amends import reporting
    from amends.patterns import load_patterns

    found = reporting.search(text, load_patterns(patterns))
    if as_json:
        _print([m.model_dump(mode="json") for m in found], None)
    else:
        typer.echo("\n".join(f"{m.pattern_id:55} {'; '.join(m.why)}" for m in found) or "Nothing matches.")
    raise typer.Exit(Exit.DONE if found else Exit.BLOCKED)


def main() -> None:
    """Run the command line; errors of ours become one message on stderr and the documented exit code."""
    from amends.errors import AmendsError

    try:
        app()
    except AmendsError as error:
        typer.echo(f"amends: {error}", err=True)
        raise SystemExit(code_of(error)) from None
    except KeyboardInterrupt:
        typer.echo("amends: stopped.", err=True)
        raise SystemExit(130) from None


def code_of(error: Exception) -> Exit:
    """The exit code for an error: whose fault it is."""
    from amends.errors import InputError, ModelAnswerError, ProviderError, SetupError

    if isinstance(error, InputError):
        return Exit.BAD_INPUT
    if isinstance(error, SetupError):
        return Exit.SETUP_MISSING
    return Exit.PROVIDER_FAILED if isinstance(error, ProviderError | ModelAnswerError) else Exit.BLOCKED


def _code(case: Any) -> Exit:
    if case.scorecard and case.scorecard.usage.failure:
        return Exit.PROVIDER_FAILED
    return Exit.DONE if case.verdict and case.verdict.readiness == "send" else Exit.BLOCKED


def _read(notice: str) -> Any:
    from amends import read

    return read.read_bytes(sys.stdin.buffer.read()) if notice == "-" else read.read_path(Path(notice))


def _day(value: str | None) -> Any:
    from datetime import date, datetime

    from amends.errors import InputError

    if value is None:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise InputError(f"--today: “{value}” is no date.", hint="Write it as 2026-11-25.") from None


def _zone(name: str | None) -> Any:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    from amends.errors import InputError

    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InputError(
            f"--zone: “{name}” is no time zone.", hint="Write it as Asia/Shanghai or Europe/Berlin."
        ) from None


def _moment(day: str | None, today: str | None, zone: Any) -> tuple[Any, Any]:
    """The day of sending, and the moment if it is known: told with a time, or now."""
    from datetime import datetime

    from amends.errors import InputError

    if day is None:
        now = datetime.now().astimezone(zone)
        return (_day(today), None) if today else (now.date(), now)
    try:
        moment = datetime.fromisoformat(day)
    except ValueError:
        raise InputError(f"--sent: “{day}” is no date.", hint="Write it as 2026-11-20, or 2026-11-20T18:30.") from None
    if len(day) <= len("2026-11-20"):
        return moment.date(), None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone) if zone else moment.astimezone()
    return moment.date(), moment


def _note(message: str) -> None:
    typer.echo(message, err=True)


def _print(value: Any, as_text: Any) -> None:
    import json

    typer.echo(as_text(value) if as_text else json.dumps(value, ensure_ascii=False, indent=2))
