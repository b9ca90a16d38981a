"""`amends draft` as one function: read what the seller gives, run the stages, write the files whole or not at all."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from amends import evaluate, read, render
from amends.casefile import load_case, load_given, not_yet_told
from amends.draft import compose
from amends.errors import InputError
from amends.extract import extract
from amends.facts import SellerFacts
from amends.files import write_all
from amends.history import last_answer
from amends.own_data import with_contradictions, with_reports
from amends.patterns import load_patterns
from amends.run import Tools, asked, open_case, open_door, stages, with_facts
from amends.schemas import Case, Notice
from amends.settings import Settings, load_settings
from amends.verify import lock

if TYPE_CHECKING:
    from amends.grammar import GrammarEngine
    from amends.model import Door

Format = Literal["txt", "md", "docx", "html", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
_NAMES: dict[Format, str] = {
    "txt": "letter.txt",
    "md": "letter.md",
    "docx": "letter.docx",
    "html": "review.html",
    "json": "case.json",
}
_RENDER: dict[Format, Callable[[Case], str | bytes]] = {
    "txt": render.plain, "md": render.markdown, "docx": render.docx, "html": render.html, "json": render.json_text,
}  # fmt: skip


@dataclass(frozen=True)
class Job:
    """What to draft from, with what, and where to write it."""

    notice: str
    today: date
    facts: tuple[Path, ...] = ()
    story: Path | None = None
    reports: tuple[Path, ...] = ()
    invoices: tuple[Path, ...] = ()
    case: Path | None = None
    model: str | None = None
    base_url: str | None = None
    pattern: str | None = None
    patterns: Path | None = None
    formats: tuple[Format, ...] = ("txt",)
    output: Path | None = None
    grammar: bool = True


@dataclass(frozen=True)
class Done:
    """The case after all stages, and the files that were written."""

    case: Case
    written: tuple[Path, ...]


def formats(names: str) -> tuple[Format, ...]:
    """Read the list of formats; `all` means every one. Raises InputError for a name that is none."""
    if names.strip() == "all":
        return FORMATS
    wanted = [name.strip().lower() for name in names.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown or not wanted:
        raise InputError(
            f"--format: “{', '.join(unknown) or names}” is no format.", hint=f"Use {', '.join(FORMATS)} or all."
        )
    return tuple(name for name in FORMATS if name in wanted)


def run(job: Job, note: Callable[[str], None] = lambda _: None) -> Done:
    """Draft and write. A provider that fails is told in the case's scorecard; the composer's letter is written all the same.

    Raises:
        InputError: notice, facts, story, case file, pattern or output cannot be used.
        ModelNotConfigured: the model's key, package or provider is missing.
    """
    settings = load_settings({"model": job.model, "base_url": job.base_url})
    _targets(job)
    case, tools = _opened(job, settings)
    return finish(job, case, tools, note)


def finish(job: Job, case: Case, tools: Tools, note: Callable[[str], None] = lambda _: None) -> Done:
    """Run the stages on an opened case and write its files whole. Raises as `run`."""
    settings = load_settings({"model": job.model, "base_url": job.base_url})
    targets = _targets(job)
    tools = replace(tools, engine=tools.engine or _engine(job, settings))
    if settings.model == "offline":
        case = asyncio.run(_drafted(case, tools, note))
    else:
        from amends.model import run as run_with_clients

        tools = replace(tools, door=open_door(case, settings.model, settings))
        case = run_with_clients(_read_and_drafted(case, tools, note))
    written = write_all(
        {path: _RENDER[name](case) for name, path in targets.items() if case.letter is not None or name != "docx"}
    )
    return Done(case, written)


async def _read_and_drafted(case: Case, tools: Tools, note: Callable[[str], None]) -> Case:
    if (
        tools.door is not None and last_answer(case) is None
    ):  # an answer was merged in; the notice alone no longer counts
        case = asked(await _read_again(case, tools.door), tools)
    return await _drafted(case, tools, note)


async def _read_again(case: Case, door: Door) -> Case:
    """The case read by the model too. While its answer is awaited, what the later stages need is loaded."""
    from amends.second_reading import read_again

    reading = asyncio.create_task(read_again(case, door))
    await asyncio.sleep(0)  # the question goes out first
    await asyncio.to_thread(_warm_up, case)
    return await reading


def _warm_up(case: Case) -> None:
    """Check the composer's letter once: it loads lexicon, rubric and the lock's tables, and reads the seller's facts."""
    letter = compose(case)
    if letter is not None:
        lock(letter, case)
        evaluate.rules(letter, case)


async def _drafted(case: Case, tools: Tools, note: Callable[[str], None]) -> Case:
    try:
        async for event in stages(case, tools):
            case = event.case
            if sys.stderr.isatty():
                note(f"{event.stage:10} {event.seconds:5.2f} s")
    finally:
        if tools.engine is not None:
            tools.engine.close()
    return case


def _opened(job: Job, settings: Settings) -> tuple[Case, Tools]:
    """The case with everything the seller gave, and the tools for it."""
    given = _given(job)
    known = load_case(job.case) if job.case and job.case.exists() else None
    notice = known.notice if known and job.notice == "case" else _notice(job.notice)
    answered = known if known and last_answer(known) and known.notice.text == notice.text else None
    said = (answered.enforcement, ()) if answered else extract(notice)
    wanted = {*said[0].all_causes, *([job.pattern.split(".")[0]] if job.pattern else [])}
    patterns = load_patterns(job.patterns, causes=wanted)  # type: ignore[arg-type]
    tools = Tools(patterns, engine=_engine(job, settings), pattern_id=job.pattern)
    if answered:  # what is asked now stands in Amazon's answers, not in the notice
        case = answered.with_(today=job.today)
    else:
        case = open_case(notice, job.today, tools, said=said)
        case = _continued(case, known) if known else case
    case, given = not_yet_told(case, given)
    return _with_own_data(with_facts(case, tools, given), tools, job), tools


def _continued(case: Case, known: Case) -> Case:
    """The case opened anew, with all that the seller said and sent before."""
    kept = tuple(f for f in known.facts if f.source != "notice")
    first = len(case.facts) + 1
    renumbered = tuple(f.with_(id=f"F{first + n}") for n, f in enumerate(kept))
    return case.with_(
        seller=known.seller, story=known.story, answers=known.answers, history=known.history, facts=(*case.facts, *renumbered)
    )  # fmt: skip


def _with_own_data(case: Case, tools: Tools, job: Job) -> Case:
    if not (job.reports or job.invoices):
        return case
    return asked(with_contradictions(with_reports(case, job.reports, job.invoices)), tools)


def _given(job: Job) -> SellerFacts:
    """All facts files and the story file as one; a later file's seller wins over an earlier one's."""
    given = load_given(job.facts)
    if job.story:
        story = read.read_path(job.story).text if job.story.suffix.lower() in (".pdf", ".html") else _text_of(job.story)
        given = SellerFacts(
            given.seller, "\n\n".join(filter(None, (given.story, story.strip()))), given.items, given.answers
        )
    return given


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"The story {path} is not UTF-8 text.", hint="Save it as UTF-8.") from error
    except OSError as error:
        raise InputError(f"Cannot read the story {path}: {error.strerror}.", hint="Check the path.") from error


def _notice(source: str) -> Notice:
    return read.read_bytes(sys.stdin.buffer.read()) if source == "-" else read.read_path(Path(source))


def _engine(job: Job, settings: Settings) -> GrammarEngine | None:
    if not job.grammar:
        return None
    from amends.grammar import GrammarEngine

    return GrammarEngine(settings.languagetool_url, cache=settings.cache_dir)


def _targets(job: Job) -> dict[Format, Path]:
    """Which file each format goes to. Raises InputError for one file and several formats."""
    targets: dict[Format, Path] = {}
    if job.output is not None:
        is_file = job.output.suffix.lower().lstrip(".") in FORMATS and not job.output.is_dir()
        if is_file and len(job.formats) > 1:
            raise InputError(
                f"-o {job.output} is one file, but {len(job.formats)} formats are asked for.", hint="Name a folder."
            )
        targets = {name: job.output if is_file else job.output / _NAMES[name] for name in job.formats}
        if is_file and job.formats == ("txt",):
            suffix: Any = job.output.suffix.lower().lstrip(".")
            targets = {suffix: job.output}
    if job.case is not None:
        targets["json"] = job.case
    return targets


def show(done: Done) -> None:
    """Print letter, verdict, scorecard and open questions to stdout, and where the files are."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, soft_wrap=True)
    render.terminal(done.case, console)
    for path in done.written:
        console.print(f"Written: {path}")


def to_json(done: Done) -> dict[str, Any]:
    """The case and the files as one JSON object."""
    return {
        "case": done.case.model_dump(mode="json"),
        "letter": render.plain(done.case),
        "written": [str(p) for p in done.written],
    }
