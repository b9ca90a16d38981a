"""This machine: setup and doctor."""

from __future__ import annotations

import typer

from amends.cli import values
from amends.cli.app import Exit, app
from amends.cli.options import JsonOption


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
    values.emit(report.model_dump(mode="json"), machine.as_text if not as_json else None)
    raise typer.Exit(Exit.DONE if report.complete else Exit.SETUP_MISSING)
