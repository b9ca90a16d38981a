"""`amends check` as one object: several letters at once, the grammar engine started once, watching for changes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from amends.check.config import load_rules
from amends.check.grammar_memo import GrammarMemo
from amends.check.judge import Judged, judged
from amends.check.parse import parse
from amends.check.report import Checked, CheckReport, Fix
from amends.check.run import Means, check_letter
from amends.check.source import STDIN, Source, load
from amends.errors import GrammarUnavailable, InputError
from amends.files import write_whole
from amends.schemas import Case, Usage
from amends.settings import Settings, config_path, load_settings
from amends.vocabulary import AnswerKind

if TYPE_CHECKING:
    from amends.grammar import GrammarEngine
    from amends.model import Door

_POLL_S = 0.25


@dataclass(frozen=True)
class Job:
    """Which letters to check, and with what. `today` judges deadlines and what is done or planned."""

    letters: tuple[str, ...]
    today: date
    case: Path | None = None
    model: str | None = None
    base_url: str | None = None
    grammar: bool = True
    require_grammar: bool = False
    fix: bool = False
    kind: AnswerKind | None = None
    config: Path | None = None


class Session:
    """Checks the letters of a job, again and again if wanted; a context manager, so that the grammar engine is stopped.

    Raises:
        InputError: the case, the config file or one of its rules cannot be used.
    """

    def __init__(self, job: Job) -> None:
        if job.fix and STDIN in job.letters:
            raise InputError("--fix writes files; stdin is none.", hint="Save the letter and name the file.")
        self.job = job
        self.settings = _settings(job)
        self.engine = _engine(job, self.settings)
        self.means = self._means()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.engine is not None:
            self.engine.close()

    def check(self, names: Sequence[str] | None = None) -> CheckReport:
        """Return the findings on the letters `names` (default: all of the job), corrected first if the job says so.

        Raises:
            InputError: a letter cannot be read, or is to be corrected and cannot be written.
            ModelNotConfigured: the model's key, package or provider is missing.
            GrammarUnavailable: grammar is required and there is no engine.
        """
        sources = [load(name) for name in names or self.job.letters]
        if self.job.require_grammar:
            self._demand_grammar()
        if self.job.fix:
            _refuse_uneditable(sources)
        pairs = [self._fixed(s) for s in sources] if self.job.fix else [(s, ()) for s in sources]
        answers, usage = self._judged([source for source, _ in pairs])
        with ThreadPoolExecutor(max_workers=min(len(pairs), _cores())) as pool:
            letters = pool.map(
                lambda one: check_letter(one[0][0], self.means, one[1], one[0][1]), zip(pairs, answers, strict=True)
            )
            return CheckReport(letters=tuple(letters), usage=usage)

    def watch(
        self, show: Callable[[CheckReport], None], note: Callable[[str], None], seconds: float | None = None
    ) -> CheckReport:
        """Check, then check again what was changed, until Ctrl-C or for `seconds`. Returns the last findings on each letter.

        A letter that cannot be read for the moment is told by `note` and awaited.
        """
        if STDIN in self.job.letters:
            raise InputError("--watch looks at files; stdin is none.", hint="Save the letter and name the file.")
        ends = time.monotonic() + seconds if seconds is not None else None
        report = self.check()
        show(report)
        latest = {letter.name: letter for letter in report.letters}
        seen = self._stamps()
        try:
            while ends is None or time.monotonic() < ends:
                time.sleep(_POLL_S)
                now = self._stamps()
                changed = [name for name in now if now[name] != seen[name] and now[name] is not None]
                if changed:
                    latest |= self._again(changed, show, note)
                    now = self._stamps()
                seen = now
        except KeyboardInterrupt:
            note("amends: watching ended.")
        return report.model_copy(update={"letters": tuple(latest[name] for name in self.job.letters)})

    def _again(
        self, changed: Sequence[str], show: Callable[[CheckReport], None], note: Callable[[str], None]
    ) -> dict[str, Checked]:
        try:
            if set(changed) - set(self.job.letters):
                self.means = self._means()
                changed = self.job.letters
            report = self.check(changed)
        except InputError as error:
            note(f"amends: {error}")
            return {}
        show(report)
        return {letter.name: letter for letter in report.letters}

    def _stamps(self) -> dict[str, int | None]:
        others = [str(p) for p in (self.job.case, self.means.rules.path) if p]
        return {name: _stamp(Path(name)) for name in (*self.job.letters, *others)}

    def _means(self) -> Means:
        case = _case(self.job.case) if self.job.case else None
        rules = load_rules(self.job.config or config_path(os.environ, Path.cwd()))
        return Means(self.job.today, rules, case, GrammarMemo(self.engine, _protected(case)), self.job.kind)

    def _demand_grammar(self) -> None:
        if self.engine is None:
            raise GrammarUnavailable("Grammar is required and was switched off.", hint="Leave out --no-grammar.")
        from amends.grammar import warm_up

        warm_up(self.engine)

    def _fixed(self, source: Source) -> tuple[Source, tuple[Fix, ...]]:
        from amends.check.fix import fixed, fixed_word

        if source.path is None:
            return source, ()
        if source.word:
            data = source.path.read_bytes()
            data, text, fixes = fixed_word(source.name, data, self.means.letter_kind, self.means.grammar)
            if fixes:
                write_whole(source.path, data)
            return replace(source, text=text), fixes
        text, fixes = fixed(source.text, self.means.letter_kind, self.means.grammar)
        if not fixes:
            return source, ()
        mark = b"\xef\xbb\xbf" if source.path.read_bytes().startswith(b"\xef\xbb\xbf") else b""
        write_whole(source.path, mark + text.encode("utf-8"))
        return replace(source, text=text), fixes

    def _judged(self, sources: Sequence[Source]) -> tuple[list[Judged | None], Usage]:
        if self.settings.model == "offline":
            return [None] * len(sources), Usage()
        from amends.model import run as run_with_clients

        return run_with_clients(self._asked(sources))

    async def _asked(self, sources: Sequence[Source]) -> tuple[list[Judged | None], Usage]:
        """One question per letter, all at once; each letter has its own door, so that its personal data are masked."""
        import asyncio

        case = self.means.known
        letters = [parse(s.text, self.means.letter_kind).letter for s in sources]
        doors = [self._door(s) for s in sources]
        asked = (judged(letter, case, self.means.rules, door) for letter, door in zip(letters, doors, strict=True))
        answers: list[Judged | None] = [*await asyncio.gather(*asked)]
        return answers, Usage.summed([door.usage for door in doors])

    def _door(self, source: Source) -> Door:
        from amends.run import open_door

        case = self.means.known
        told = case.with_(story="\n\n".join(filter(None, (case.story, source.text))))
        return open_door(told, self.settings.model, self.settings)


def _refuse_uneditable(sources: Sequence[Source]) -> None:
    """Raise InputError for the first letter that cannot be corrected in place, before any is written."""
    for source in sources:
        if not source.editable:
            raise InputError(
                f"--fix cannot write {source.name}: it is neither a UTF-8 text nor a Word file.",
                hint="Save it as .txt, .md or .docx.",
            )


def _settings(job: Job) -> Settings:
    environ = {**os.environ, "AMENDS_CONFIG": str(job.config)} if job.config else os.environ
    return load_settings({"model": job.model, "base_url": job.base_url}, environ=environ)


def _engine(job: Job, settings: Settings) -> GrammarEngine | None:
    if not job.grammar:
        return None
    from amends.grammar import GrammarEngine

    return GrammarEngine(settings.languagetool_url, cache=settings.cache_dir)


def _case(path: Path) -> Case:
    from amends.casefile import load_case

    return load_case(path)


def _protected(case: Case | None) -> tuple[str, ...]:
    if case is None:
        return ()
    from amends.proofing import protected

    return protected(case)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _stamp(path: Path) -> int | None:
    """When a file was last changed, None while it is not there: editors replace files."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None
