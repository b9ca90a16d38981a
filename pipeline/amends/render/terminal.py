"""The result of a draft on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amends.render.attachments import attachments
from amends.render.channels import route
from amends.render.plain import plain
from amends.render.wording import (
    READINESS,
    STATES,
    SYMBOLS,
    deadline_line,
    grammar_line,
    lock_line,
    usage_line,
    words,
    writers,
)
from amends.schemas import Case, Criterion, Scorecard, Verdict

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_COLOURS = {"send": "green", "fix_first": "yellow", "do_not_send": "red"}
_STATE_COLOURS = {"met": "green", "unmet": "red", "not_checked": "yellow"}


def terminal(case: Case, console: Console) -> None:
    """Print letter, verdict, scorecard, what is still missing, what to attach and where to send it.

    Raises:
        PromptError: the rules of the channels cannot be read.
    """
    if case.letter is not None:
        console.print(_letter_text(case), soft_wrap=True)
        console.rule("end of letter", style="dim")
    if case.verdict is not None:
        _verdict(case.verdict, console)
    if case.scorecard is not None:
        _scorecard(case, case.scorecard, console)
    _missing(case, console)
    _sending(case, console)


def _letter_text(case: Case) -> Text:
    """Return the letter as it will be pasted; Text, so that brackets in it are never read as markup."""
    from rich.text import Text

    text = Text(plain(case))
    text.highlight_regex(r"\[missing:[^\]]*\]?", "bold black on yellow")
    return text


def _line(console: Console, *pieces: str | tuple[str, str]) -> None:
    from rich.text import Text

    console.print(Text.assemble(*pieces))


def _point(console: Console, mark: tuple[str, str], *pieces: str | tuple[str, str]) -> None:
    """Print one list entry, its further lines hanging under its first."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_row(Text.assemble(mark), Text.assemble(*pieces))
    console.print(Padding(grid, (0, 0, 0, 2)))


def _verdict(verdict: Verdict, console: Console) -> None:
    colour = _COLOURS[verdict.readiness]
    _line(console, ("\nVerdict: ", "bold"), (READINESS[verdict.readiness].upper(), f"bold {colour}"))
    for reason in verdict.reasons:
        mark = ("!", "bold red") if reason.severity == "blocking" else ("-", "dim")
        _point(console, mark, reason.message, (f" {reason.action}" if reason.action else "", "italic"))
    for label, text in (("Next step", verdict.next_step), ("Outlook", verdict.outlook)):
        if text:
            _line(console, (f"  {label}: ", "bold"), text)


def _scorecard(case: Case, card: Scorecard, console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(title="Scorecard", title_justify="left", title_style="bold", show_edge=False, pad_edge=False)
    table.add_column("Criterion")
    table.add_column("Score", justify="right")
    table.add_column("Items")
    for criterion in card.criteria:
        score = "not checked" if criterion.score is None else f"{criterion.score:.0f}"
        table.add_row(Text(words(criterion.name)), score, Text("\n").join(_items(criterion)))
    console.print()
    console.print(table)
    lines = [grammar_line(card.grammar), lock_line(card.lock_breaches), usage_line(card.usage)]
    if case.letter is not None:
        lines += [f"Written by {who}: {', '.join(what)}" for who, what in writers(case.letter).items()]
    for line in lines:
        _line(console, f"  {line}")


def _items(criterion: Criterion) -> list[Text]:
    """Return how many items are met, then each that is not, or was not checked, with the reason."""
    from rich.text import Text

    count = sum(i.state == "met" for i in criterion.items)
    lines = [Text(f"{SYMBOLS['met']} {count} of {len(criterion.items)} met", _STATE_COLOURS["met"])]
    return lines + [
        Text.assemble(
            (f"{SYMBOLS[i.state]} {STATES[i.state]}", _STATE_COLOURS[i.state]),
            f"  {i.question}",
            (f" ({i.note})" if i.note else "", "dim"),
        )
        for i in criterion.items
        if i.state != "met"
    ]


def _missing(case: Case, console: Console) -> None:
    advice = [f for f in case.findings if f.severity == "advice"]
    if advice:
        _line(console, ("\nAdvice", "bold"))
    for finding in advice:
        _point(
            console, ("-", "dim"), finding.message, (f" {finding.suggestion}" if finding.suggestion else "", "italic")
        )
        if finding.sentence:
            _point(console, (" ", ""), (f"in: {finding.sentence}", "dim"))
    if case.questions:
        _line(console, ("\nStill missing", "bold"))
    for question in case.questions:
        mark = ("!", "bold red") if question.blocking else ("?", "yellow")
        _point(console, mark, (f"{question.id} ", "bold"), question.text, (f" {question.why}", "dim"))
    for split in case.disagreements:
        kept = f" Kept: {split.kept}" if split.kept else ""
        _point(console, ("≠", "yellow"), f"{split.about}: {split.one} / {split.other}.{kept}")


def _sending(case: Case, console: Console) -> None:
    files = attachments(case)
    if files:
        _line(console, ("\nAttach", "bold"))
    for file in files:
        _point(console, (f"{file.number}.", ""), file.proposed_name, (f"  {' '.join(file.rules)}", "dim"))
    way = route(case)
    _line(console, ("\nWhere: ", "bold"), way.title, (f" ({words(case.enforcement.answer_kind)})", "dim"))
    for number, step in enumerate(way.steps, 1):
        _point(console, (f"{number}.", ""), step)
    _line(console, ("Answer due: ", "bold"), deadline_line(case))
