"""What option values mean, and how results are printed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from amends.cli.app import Exit
from amends.errors import InputError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from amends.schemas import Case, Notice


def code(case: Case) -> Exit:
    """The exit code of a drafted case."""
    if case.scorecard and case.scorecard.usage.failure:
        return Exit.PROVIDER_FAILED
    return Exit.DONE if case.verdict and case.verdict.readiness == "send" else Exit.BLOCKED


def read_notice(source: str) -> Notice:
    """The mail at a path, or on stdin for `-`. Raises NoticeError."""
    from amends import read

    return read.read_bytes(sys.stdin.buffer.read()) if source == "-" else read.read_path(Path(source))


def day(value: str | None) -> date:
    """The day that `--today` names, else today: the one place that reads the clock. Raises InputError."""
    if value is None:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise InputError(f"--today: “{value}” is no date.", hint="Write it as 2026-11-25.") from None


def zone(name: str | None) -> ZoneInfo | None:
    """The time zone that `--zone` names, None for the machine's own. Raises InputError."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InputError(
            f"--zone: “{name}” is no time zone.", hint="Write it as Asia/Shanghai or Europe/Berlin."
        ) from None


def moment(sent: str | None, today: str | None, here: ZoneInfo | None) -> tuple[date, datetime | None]:
    """The day of sending, and the moment if it is known: told with a time, or now. Raises InputError."""
    if sent is None:
        now = datetime.now().astimezone(here)
        return (day(today), None) if today else (now.date(), now)
    try:
        told = datetime.fromisoformat(sent)
    except ValueError:
        raise InputError(f"--sent: “{sent}” is no date.", hint="Write it as 2026-11-20, or 2026-11-20T18:30.") from None
    if len(sent) <= len("2026-11-20"):
        return told.date(), None
    told = told if told.tzinfo else told.replace(tzinfo=here) if here else told.astimezone()
    return told.date(), told


def note(message: str) -> None:
    """Print a note or progress, to stderr."""
    typer.echo(message, err=True)


def emit(value: Any, as_text: Callable[[Any], str] | None) -> None:
    """Print a result to stdout: as text, or as JSON where there is no text form."""
    import json

    typer.echo(as_text(value) if as_text else json.dumps(value, ensure_ascii=False, indent=2))
