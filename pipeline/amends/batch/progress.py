"""How far a batch is, on stderr: a bar where somebody looks, else a line every ten samples."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_EVERY = 10


@contextmanager
def progress(total: int) -> Iterator[Callable[[], None]]:
    """Give a function to be called after each sample."""
    show = _bar if sys.stderr.isatty() else _lines
    with show(total) as step:
        yield step


@contextmanager
def _bar(total: int) -> Iterator[Callable[[], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("cases"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("cases", total=total)
        yield lambda: bar.advance(task)


@contextmanager
def _lines(total: int) -> Iterator[Callable[[], None]]:
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done % _EVERY == 0 or done == total:
            print(f"{done} of {total}", file=sys.stderr, flush=True)  # noqa: T201 - stderr is what this is for

    yield step
