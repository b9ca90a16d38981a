"""The conversation API: one `Appeal` for any number of conversations, all state in each conversation's `Case`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amends.facts import SellerFacts, facts_of
from amends.interview import apply_answers
from amends.patterns import Pattern, load_patterns
from amends.run import StageEvent, Tools, asked, draft_case, open_case, open_door, stages, with_facts
from amends.schemas import Case, Notice
from amends.settings import Settings, load_settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from amends.grammar import GrammarEngine


class Appeal:
    """From a notice to a letter, in steps that a conversation can take. Safe for many conversations at once.

    Args:
        model: `offline`, `provider:name`, or a LangChain chat model object; None takes the settings' model.
        settings: None reads environment and config file.
        grammar: True uses LanguageTool as set up (started at the first letter, shared), False leaves grammar unchecked,
            an engine of your own is used as it is.
        today: the day by which deadlines and "done / planned" are judged; None takes the day of each call.
        patterns: a folder of your own pattern files, beside the shipped ones.

    Raises:
        InputError: the settings or the folder of patterns cannot be used.
    """

    def __init__(
        self,
        model: str | BaseChatModel | None = None,
        *,
        settings: Settings | None = None,
        grammar: bool | GrammarEngine = True,
        today: date | None = None,
        patterns: Path | None = None,
    ) -> None:
        self._settings = settings or load_settings()
        self._model = self._settings.model if model is None else model
        self._today = today
        self._patterns_folder = patterns
        self._engine: GrammarEngine | None = None
        if not isinstance(grammar, bool):
            self._engine = grammar
        elif grammar:
            from amends.grammar import GrammarEngine

            self._engine = GrammarEngine(self._settings.languagetool_url, cache=self._settings.cache_dir)

    def open(
        self, notice: str | bytes | Path, *, facts: Mapping[str, Any] | SellerFacts | None = None, pattern: str | None = None
    ) -> Case:  # fmt: skip
        """Return the case that a notice opens, read by rules; `aread` adds a model's second reading.

        `notice` is text or raw mail, bytes, or the path of a file.

        Raises:
            NoticeError: it cannot be read. FactsError: `facts` has wrong keys or types. InputError: unknown pattern.
        """
        from amends.extract import extract

        mail = _mail(notice)
        given = facts if isinstance(facts, SellerFacts) else facts_of(facts)
        said = extract(mail)
        tools = Tools(self._patterns(said[0].all_causes, pattern), pattern_id=pattern)
        return open_case(mail, self._day(), tools, given, said)

    async def aread(self, case: Case) -> Case:
        """Return the case with the model's reading of the notice merged in; offline, as it is. Raises as `draft`."""
        from amends.second_reading import read_again

        async with self._running(case) as tools:
            return case if tools.door is None else asked(await read_again(case, tools.door), tools)

    def answer(self, case: Case, answers: Mapping[str, Any] | str) -> Case:
        """Return the case with answers by question id, or with free text, whose sentences become facts.

        Raises:
            InputError: a question id is not known, or a value is of the wrong type.
        """
        tools = self._tools(case)
        if isinstance(answers, str):
            return with_facts(case, tools, SellerFacts(story=answers.strip()))
        return asked(apply_answers(case, answers, tools.patterns), tools)

    def reply(self, case: Case, answer: str | bytes | Path) -> Case:
        """Return the case after Amazon's answer to its letter: what is missing, asked anew; draft the next version after.

        How the answer was read stands in the last entry of `case.history`; an unrelated mail returns the case unchanged.

        Raises:
            NoticeError: the answer cannot be read.
        """
        from amends.reply import follow

        followed = follow(case, _mail(answer), self._day())
        if followed.reading.kind == "unrelated":
            return case
        return with_facts(followed.case, self._tools(followed.case), SellerFacts())

    def draft(self, case: Case) -> Case:
        """Return the case with letter, findings, scorecard and verdict.

        Raises:
            ModelNotConfigured: the model's key, package or provider is missing.
        """
        from amends.model import run

        return run(self.adraft(case))

    async def adraft(self, case: Case) -> Case:
        """`draft` for asyncio."""
        async with self._running(case) as tools:
            return await draft_case(case.with_(today=self._day()), tools)

    async def astream(self, case: Case) -> AsyncIterator[StageEvent]:
        """Yield an event after each stage; the last one's case has the verdict. Raises as `draft`."""
        async with self._running(case) as tools:
            async for event in stages(case.with_(today=self._day()), tools):
                yield event

    def close(self) -> None:
        """Stop the grammar engine, if this object started one."""
        if self._engine is not None:
            self._engine.close()

    def _day(self) -> date:
        return self._today or datetime.now().astimezone().date()

    @asynccontextmanager
    async def _running(self, case: Case) -> AsyncIterator[Tools]:
        """The tools with an open door, which counts for this one letter; connections are kept per event loop."""
        tools = self._tools(case)
        if self._model == "offline":
            yield tools
            return
        yield replace(tools, door=open_door(case, self._model, self._settings))

    def _tools(self, case: Case) -> Tools:
        chosen = next((m.pattern_id for m in case.matches if m.why == ("chosen by you",)), None)
        return Tools(self._patterns(case.enforcement.all_causes, chosen), engine=self._engine, pattern_id=chosen)

    def _patterns(self, causes: Sequence[Any], chosen: str | None) -> tuple[Pattern, ...]:
        wanted = {*causes, *([chosen.split(".")[0]] if chosen else [])}
        return load_patterns(self._patterns_folder, causes=wanted)


def _mail(given: str | bytes | Path) -> Notice:
    from amends import read

    if isinstance(given, Path):
        return read.read_path(given)
    return read.read_bytes(given) if isinstance(given, bytes) else read.read_text(given)
