"""What is installed on this machine, and how to get what is not: `amends setup` and `amends doctor`."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from amends.grammar import EngineStatus, engine_status, install_engine
from amends.schemas import Frozen
from amends.settings import load_settings

_PACKAGES = ("amends", "langchain", "langchain-openai", "openai", "pydantic", "tenacity", "language-tool-python")


class Machine(Frozen):
    """What `amends doctor` found. `complete` is False when something that a default run uses is missing."""

    python: str
    packages: dict[str, str | None]
    model: str
    key: bool
    base_url: str | None
    grammar: EngineStatus
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def examine() -> Machine:
    """Look at packages, model settings and the grammar engine; nothing is started and no request is made.

    Raises:
        InputError: the settings cannot be read.
    """
    settings = load_settings()
    packages = {name: _version(name) for name in _PACKAGES}
    provider = settings.model.partition(":")[0]
    key = settings.key_for(provider) is not None
    grammar = engine_status(url=settings.languagetool_url, cache=settings.cache_dir)
    missing = [f"the package {name}: install amends again" for name, found in packages.items() if found is None]
    if settings.model != "offline" and not key:
        missing.append(
            f"an API key for {provider}: set {'OPENAI_API_KEY' if provider == 'openai' else 'AMENDS_API_KEY'}"
        )
    missing += [f"{lack} {mend}" for lack, mend in zip(grammar.missing, grammar.mend, strict=True)]
    return Machine(
        python=platform.python_version(), packages=packages, model=settings.model, key=key, base_url=settings.base_url, grammar=grammar, missing=tuple(missing)
    )  # fmt: skip


def as_text(found: dict[str, object]) -> str:
    """The report for a person."""
    machine = Machine.model_validate(found)
    lines = [
        f"Python {machine.python}",
        *(f"{name} {number or 'MISSING'}" for name, number in machine.packages.items()),
    ]
    lines.append(
        f"Model: {machine.model}"
        + ("" if machine.model == "offline" else f" (key: {'set' if machine.key else 'MISSING'})")
    )
    lines += _grammar_lines(machine.grammar)
    lines += [f"Missing: {what}" for what in machine.missing] or ["Nothing is missing."]
    return "\n".join(lines)


def _grammar_lines(grammar: EngineStatus) -> list[str]:
    lines = [f"Java: {grammar.java.version} ({grammar.java.path})" if grammar.java else "Java: MISSING"]
    lines.append(
        f"LanguageTool: {grammar.engine.version} ({grammar.engine.path})" if grammar.engine else "LanguageTool: MISSING"
    )
    return [f"LanguageTool: the server at {grammar.url}", *lines] if grammar.url else lines


def setup() -> None:
    """Get the grammar engine, with a progress bar on stderr.

    Raises:
        GrammarUnavailable, SetupError: it cannot be had; says why and what to do.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    settings = load_settings()
    console = Console(stderr=True)
    with Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=console) as bar:
        task = bar.add_task("LanguageTool", total=1.0)

        def progress(message: str, share: float | None) -> None:
            bar.update(task, description=message, completed=share) if share is not None else bar.update(
                task, description=message
            )

        engine = install_engine(progress, settings.cache_dir)
        bar.update(task, completed=1.0)
    console.print(f"LanguageTool {engine.version} is ready.")


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
