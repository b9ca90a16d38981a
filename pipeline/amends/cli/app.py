"""The application that the commands join, its exit codes, and how errors end it."""

from __future__ import annotations

import gc
from enum import IntEnum

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


def main() -> None:
    """Run the command line; errors of ours become one message on stderr and the documented exit code."""
    from amends.errors import AmendsError

    # A command lives for a second and its objects stay: looking for garbage took a fifth of that (eval/bench).
    gc.disable()
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
