"""Findings as text for people, as JSON, and as commands that GitHub shows beside the lines."""

from __future__ import annotations

import difflib
import os
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal, get_args

from amends.check.page import page
from amends.check.report import Checked, CheckReport, Mark
from amends.check.sarif import sarif
from amends.errors import InputError
from amends.files import write_whole
from amends.render.wording import SYMBOLS, grammar_line, usage_line, words
from amends.vocabulary import AnswerKind

Format = Literal["text", "json", "github", "sarif", "html"]
FORMATS: tuple[Format, ...] = get_args(Format)
_SUFFIXES: dict[str, Format] = {".html": "html", ".htm": "html", ".json": "json", ".sarif": "sarif", ".txt": "text"}
_WIDTH = 100
_SHOWN = 88
_LANGUAGES = {
    "en": "English",
    "zh": "Chinese",
    "de": "German",
    "fr": "French",
    "it": "Italian",
    "es": "Spanish",
    "ja": "Japanese",
}
_BOLD, _RED, _YELLOW, _GREEN, _DIM = "1", "1;31", "33", "32", "2"


def format_named(name: str | None, output: str | None) -> Format:
    """Return the format called `name`; without a name the one that the output file's ending says, else text.

    Raises:
        InputError: there is no such format.
    """
    if name is None:
        return next((f for suffix, f in _SUFFIXES.items() if output and output.lower().endswith(suffix)), "text")
    if name not in FORMATS:
        raise InputError(f"--format: “{name}” is no format.", hint=f"Use one of {', '.join(FORMATS)}.")
    return name


def rendered(report: CheckReport, format: Format, *, color: bool = False) -> str:
    """Return the report in that format, ending with a line break."""
    if format == "text":
        return text(report, color=color)
    return {"json": _json, "github": github, "sarif": sarif, "html": page}[format](report)


def kind_named(name: str | None) -> AnswerKind | None:
    """Return the kind of letter called `name`, None for None.

    Raises:
        InputError: there is no such kind.
    """
    kinds = get_args(AnswerKind)
    if name is not None and name not in kinds:
        near = difflib.get_close_matches(name, kinds, n=1, cutoff=0.4)
        raise InputError(
            f"--kind: “{name}” is no kind of letter.",
            hint=f"Did you mean {near[0]}?" if near else f"Use one of {', '.join(kinds)}.",
        )
    return name  # type: ignore[return-value]


def put(report: CheckReport, format: Format, output: Path | None) -> None:
    """Write the report to stdout, or whole into the file `output`, and say so on stderr.

    Raises:
        InputError: the file cannot be written.
    """
    color = format == "text" and output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    told = rendered(report, format, color=color)
    if output is None:
        sys.stdout.write(told)
        sys.stdout.flush()
    else:
        sys.stderr.write(f"Written: {write_whole(output, told)}\n")


def _json(report: CheckReport) -> str:
    import json

    return json.dumps(to_json(report), ensure_ascii=False, indent=2) + "\n"


def to_json(report: CheckReport) -> dict[str, Any]:
    """Return the report as one JSON object; `blocking` and `advice` count the marks of all letters."""
    return {
        "blocking": sum(len(c.blocking) for c in report.letters),
        "advice": sum(len(c.advice) for c in report.letters),
        "letters": [c.model_dump(mode="json") for c in report.letters],
        "usage": report.usage.model_dump(mode="json"),
    }


# --- for people -----------------------------------------------------------------------------------------------------


def text(report: CheckReport, *, color: bool = False) -> str:
    """Return the report as a page of text: each mark with its line, why it is one, and a better move."""

    def paint(words: str, code: str) -> str:
        return f"\033[{code}m{words}\033[0m" if color else words

    blocks = ["\n".join(_letter(checked, paint)) for checked in report.letters]
    if report.usage.calls or report.usage.failure:
        blocks.append(usage_line(report.usage))
    if len(report.letters) > 1:
        blocks.append("\n".join(_totals(report)))
    return "\n\n".join(blocks) + "\n"


Paint = Callable[[str, str], str]


def _letter(checked: Checked, paint: Paint) -> Iterator[str]:
    language = _LANGUAGES.get(checked.language, checked.language)
    yield (
        paint(f"{checked.name}", _BOLD)
        + f": {words(checked.kind)} (told by {checked.kind_told_by}), {language}, {checked.words} words"
    )
    for fix in checked.fixes:
        yield f"  fixed in line {fix.line}: {fix.before} → {fix.after}  ({fix.why})"
    for mark in checked.marks:
        yield ""
        yield from _mark(mark, checked, paint)
    yield ""
    yield from _scores(checked)
    yield _result(checked, paint)


def _mark(mark: Mark, checked: Checked, paint: Paint) -> Iterator[str]:
    where = f"{checked.name}:{mark.line}:{mark.column}" if mark.line else checked.name
    label = paint("BLOCKING", _RED) if mark.severity == "blocking" else paint("advice", _YELLOW)
    yield f"{where}: {label}  {paint(f'{mark.rule} ({mark.source})', _DIM)}"
    if mark.start is not None and mark.end is not None:
        yield from _shown(checked.text, mark.start, mark.end, paint)
    yield from _wrapped("why", mark.message)
    if mark.suggestion:
        yield from _wrapped("better", mark.suggestion)
    if mark.rewrite:
        told = "not said yet" if mark.other_entry else "its wording"
        yield from _wrapped("say", f"“{mark.rewrite}” (your fact {', '.join(mark.fact_ids)}, {told})")


def _shown(source: str, start: int, end: int, paint: Paint) -> Iterator[str]:
    """The line with the marked words underlined; a long line is cut around them."""
    begins = source.rfind("\n", 0, start) + 1
    stops = source.find("\n", start)
    line = source[begins : stops if stops >= 0 else len(source)].rstrip("\r").expandtabs(1)
    first, last = start - begins, min(end - begins, len(line))
    left = max(0, min(first - 20, len(line) - _SHOWN)) if len(line) > _SHOWN else 0
    shown = line[left : left + _SHOWN]
    before, after = "…" if left else " ", "…" if left + _SHOWN < len(line) else ""
    yield f"  {before}{shown}{after}"
    width = max(1, min(last, left + _SHOWN) - first)
    yield "   " + " " * _cells(line[left:first]) + paint("^" * max(1, _cells(line[first : first + width])), _RED)


def _cells(text: str) -> int:
    """Columns that a terminal gives to `text`: Chinese characters take two."""
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _wrapped(name: str, text: str) -> Iterator[str]:
    yield from textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=f"    {name:7}",
        subsequent_indent=" " * 11,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _scores(checked: Checked) -> Iterator[str]:
    for criterion in checked.criteria:
        states = [item.state for item in criterion.items]
        met, unmet, open_ = states.count("met"), states.count("unmet"), states.count("not_checked")
        score = "NOT CHECKED" if criterion.score is None else f"{criterion.score:g}"
        counted = f"{met} of {met + unmet} met" if met + unmet else "nothing counted"
        yield f"  {words(criterion.name):17} {score:>11}   {counted}" + (f", {open_} not checked" if open_ else "")
    yield f"  {grammar_line(checked.grammar)}"
    yield (
        "  Facts: compared with the case" if checked.facts_checked else f"  Facts: NOT CHECKED: {checked.facts_reason}"
    )
    unasked = [i for c in checked.criteria for i in c.items if i.state == "not_checked"]
    for reason in dict.fromkeys(i.note for i in unasked):
        about = [i.id for i in unasked if i.note == reason]
        yield f"  {SYMBOLS['not_checked']} {', '.join(about)}: {reason}"
    if checked.silenced:
        yield f"  {checked.silenced} findings of silent rules are left out (config file)."


def _result(checked: Checked, paint: Paint) -> str:
    blocking, advice = len(checked.blocking), len(checked.advice)
    if not blocking and not advice:
        return f"{checked.name}: {paint('nothing found', _GREEN)} by what was checked."
    return f"{checked.name}: {paint(f'{blocking} blocking', _RED if blocking else _GREEN)}, {advice} advice."


def _totals(report: CheckReport) -> Iterator[str]:
    width = max(len(c.name) for c in report.letters)
    yield f"{len(report.letters)} letters: {sum(len(c.blocking) for c in report.letters)} blocking, {sum(len(c.advice) for c in report.letters)} advice."
    for checked in report.letters:
        yield f"  {checked.name:{width}}  {len(checked.blocking):3} blocking  {len(checked.advice):3} advice"


# --- for GitHub -----------------------------------------------------------------------------------------------------


def github(report: CheckReport) -> str:
    """Return one workflow command a mark: `::error file=…,line=…`; what was not checked is a notice."""
    return "".join(f"{line}\n" for checked in report.letters for line in _commands(checked))


def _commands(checked: Checked) -> Iterator[str]:
    for mark in checked.marks:
        place = {
            "file": checked.name,
            "line": mark.line or 1,
            "col": mark.column,
            "endLine": mark.end_line,
            "endColumn": mark.end_column,
        }
        if mark.end_line != mark.line:
            place |= {"col": None, "endColumn": None}
        better = " ".join(filter(None, (mark.suggestion, f"Say: “{mark.rewrite}”" if mark.rewrite else "")))
        yield _command(
            "error" if mark.severity == "blocking" else "warning",
            place | {"title": mark.rule},
            f"{mark.message} {better}".strip(),
        )
    if not checked.grammar.checked:
        yield _command("notice", {"file": checked.name, "title": "grammar"}, grammar_line(checked.grammar))


def _command(level: str, place: dict[str, Any], message: str) -> str:
    given = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in place.items() if value is not None)
    return f"::{level} {given}::{_escaped(message)}"


def _escaped(text: str, more: str = "") -> str:
    """Escape as the runner reads it; `more` are the characters that end a property."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    for char in more:
        text = text.replace(char, f"%{ord(char):02X}")
    return text
