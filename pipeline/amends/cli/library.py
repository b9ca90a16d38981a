"""The library of situations: patterns list, show, search."""

from __future__ import annotations

from typing import Annotated

import typer

from amends.cli import values
from amends.cli.app import Exit, patterns_app
from amends.cli.options import JsonOption, PatternsOption


@patterns_app.command("list")
def list_patterns(patterns: PatternsOption = None, as_json: JsonOption = False) -> None:
    """List every situation."""
    from amends.patterns import load_patterns

    found = load_patterns(patterns)
    if as_json:
        values.emit([{"id": p.id, "cause": p.cause, "situation": p.situation} for p in found], None)
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
    values.emit(found.model_dump(mode="json"), reporting.as_yaml if not as_json else None)


@patterns_app.command("search")
def search_patterns(
    text: Annotated[str, typer.Argument(metavar="TEXT")], patterns: PatternsOption = None, as_json: JsonOption = False
) -> None:
    """Find the situations that a story is about, best first."""
    from amends import reporting
    from amends.patterns import load_patterns

    found = reporting.search(text, load_patterns(patterns))
    if as_json:
        values.emit([m.model_dump(mode="json") for m in found], None)
    else:
        typer.echo("\n".join(f"{m.pattern_id:55} {'; '.join(m.why)}" for m in found) or "Nothing matches.")
    raise typer.Exit(Exit.DONE if found else Exit.BLOCKED)
