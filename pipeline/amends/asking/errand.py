"""The command itself: open the case, talk or write the question file, and keep the answers on disk after each one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast, get_args

from amends import read
from amends.asking.screen import SAY, explanation, screen
from amends.asking.talk import Talk, start, step
from amends.casefile import load_case, load_given, not_yet_told
from amends.errors import InputError
from amends.extract import extract
from amends.facts import SellerFacts
from amends.files import write_whole
from amends.history import last_answer
from amends.patterns import load_patterns
from amends.questionfile import Lang, question_file, whole_file
from amends.run import Tools, open_case, with_facts
from amends.schemas import Case


@dataclass(frozen=True)
class Errand:
    """What to ask about, and where the answers go."""

    source: str
    output: Path
    today: date
    facts: tuple[Path, ...] = ()
    lang: str = "en"
    pattern: str | None = None
    patterns: Path | None = None


def run(errand: Errand, *, talks: bool, note: Callable[[str], None]) -> Talk:
    """Ask at the terminal, or write the question file. Returns the talk as it ended; its answers are in the file.

    Raises:
        InputError: notice, case, facts, language or output cannot be used.
    """
    if errand.lang not in get_args(Lang):
        raise InputError(f"--lang: “{errand.lang}” is not known.", hint="Use en or zh.")
    talk, existing = _opened(errand)
    if not talks:
        _save(errand, talk, existing)
        _tell_file(errand, talk, note)
    else:
        talk = _converse(talk, lambda t: _save(errand, t, existing))
        _save(errand, talk, existing)
        _tell_end(errand, talk, note)
    return talk


def _opened(errand: Errand) -> tuple[Talk, str]:
    """The talk at its start, and the facts file as it stands: the output's own text, or the other files as one."""
    goes_on = errand.output.exists()
    others = [p for p in errand.facts if not (goes_on and p.exists() and p.samefile(errand.output))]
    kept = load_given([errand.output]) if goes_on else SellerFacts()
    given = load_given([*others, *([errand.output] if goes_on else [])])
    base, tools = _base(errand, SellerFacts(given.seller, given.story, given.items))
    talk = start(base, tuple(tools.patterns), given.answers, lang=cast(Lang, errand.lang), pattern_id=errand.pattern)
    if goes_on and not others:
        return talk, _text(errand.output)
    return talk, whole_file(SellerFacts(given.seller, given.story, given.items) if others else kept)


def _base(errand: Errand, given: SellerFacts) -> tuple[Case, Tools]:
    if errand.source.lower().endswith(".json"):
        case = load_case(Path(errand.source))
        case = case.with_(today=errand.today)
        tools = _tools(errand, case.enforcement.all_causes)
        case, given = not_yet_told(case, given)
        return with_facts(case, tools, given), tools
    notice = read.read_bytes(_stdin()) if errand.source == "-" else read.read_path(Path(errand.source))
    tools = _tools(errand, extract(notice)[0].all_causes)
    return open_case(notice, errand.today, tools, given), tools


def _tools(errand: Errand, causes: tuple[Any, ...]) -> Tools:
    wanted = {*causes, *([errand.pattern.split(".")[0]] if errand.pattern else [])}
    return Tools(load_patterns(errand.patterns, causes=wanted), pattern_id=errand.pattern)


def _stdin() -> bytes:
    import sys

    return sys.stdin.buffer.read()


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


def _save(errand: Errand, talk: Talk, existing: str) -> None:
    text = question_file(
        existing, talk.open, talk.answers, name=errand.output.name, lang=talk.lang, command=_command(errand, talk)
    )  # fmt: skip
    write_whole(errand.output, text)


def _converse(talk: Talk, save: Callable[[Talk], None]) -> Talk:
    """Talk until no question is left or the seller stops; Ctrl-C and the end of input stop too."""
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    console.print(SAY[talk.lang]["intro"], style="dim")
    shown: object = None
    try:
        while talk.state in ("asking", "confirming"):
            place = (talk.state, talk.current, talk.message)
            if place != shown or not talk.lines:
                _show(talk, console)
            shown = place
            mark = SAY[talk.lang]["line"].format(n=len(talk.lines) + 1) if talk.lines else ""
            before = talk.answers
            talk = step(talk, console.input(f"{mark}> ", markup=False))
            if talk.answers != before:
                save(talk)
    except (KeyboardInterrupt, EOFError):
        console.print()
        return step(talk, "q")
    return talk


def _show(talk: Talk, console: Any) -> None:
    if talk.message:
        console.print(talk.message, style="yellow")
    if talk.explain:
        for line in explanation(talk):
            console.print(line, style="cyan")
        return
    if talk.message and not talk.lines and talk.state == "asking":
        return
    lines = screen(talk)
    if not lines:
        return
    console.print()
    head, *rest = lines
    bold = rest[0] if talk.state == "asking" and rest else head
    for line in lines:
        console.print(line, style="bold" if line == bold else "dim" if line == head else None)


def _tell_file(errand: Errand, talk: Talk, note: Callable[[str], None]) -> None:
    say = SAY[talk.lang]
    note(say["left"].format(open=len(talk.open), needed=talk.needed))
    note(say["saved"].format(name=errand.output))
    note(say["then"].format(command=_command(errand, talk)))


def _tell_end(errand: Errand, talk: Talk, note: Callable[[str], None]) -> None:
    say = SAY[talk.lang]
    if talk.state == "done":
        note(say["done_skipped"].format(n=len(talk.open)) if talk.open else say["done"])
    else:
        note(say["stopped"])
    note(say["saved"].format(name=errand.output))
    note(say["then"].format(command=_command(errand, talk)))


def _command(errand: Errand, talk: Talk) -> str:
    if errand.source.lower().endswith(".json"):
        return f"amends draft case --case {errand.source} --facts {errand.output}"
    case = " --case case.json" if last_answer(talk.base) is None else ""
    return f"amends draft {errand.source} --facts {errand.output}{case}"
