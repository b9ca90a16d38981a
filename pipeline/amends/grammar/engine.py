"""The grammar engine as the stages use it: started once, at the first check, shared by all threads, stopped cleanly."""

from __future__ import annotations

import atexit
import os
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from amends.errors import GrammarUnavailable
from amends.grammar.install import find_engine
from amends.grammar.java import find_java
from amends.grammar.server import Server
from amends.schemas import Frozen

if TYPE_CHECKING:
    from language_tool_python import LanguageTool

#: The one word that allows the public LanguageTool web service; see `GrammarEngine`.
PUBLIC = "public"
_ANSWER_TIMEOUT_S = 120
#: A server that could not be reached is not asked again for so long: a batch must not wait for it case by case.
_RETRY_AFTER_S = 60.0


class Match(Frozen):
    """One thing the engine saw: `start`/`end` are offsets in the text that was checked."""

    rule: str
    category: str
    message: str
    start: int
    end: int
    replacements: tuple[str, ...] = ()


class RuleChoice(Frozen):
    """Ids of LanguageTool: rules and categories that are off, and rules that are on although their category is off.

    `picky` adds the rules that LanguageTool itself keeps for picky readers (measured in `eval/grammar`, and not used).
    """

    off: tuple[str, ...] = ()
    off_categories: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    picky: bool = False


EVERYTHING = RuleChoice()


class GrammarEngine:
    """LanguageTool, here or at `url`.

    `url` is the address of a running server; None or empty: the engine of `amends setup`, started at the first check.
    The public web service is used only if `url` is exactly the word `public`: letters hold business data.
    Any number of threads may check at once. A failed start is kept for 60 seconds before it is tried again.
    """

    def __init__(self, url: str | None = None, *, cache: Path | None = None) -> None:
        self._url = (url or "").strip()
        self._cache = cache
        self._server: Server | None = None
        self._failure: tuple[GrammarUnavailable, float] | None = None
        self._clients: dict[tuple[str, RuleChoice], LanguageTool] = {}
        self._lock = threading.Lock()
        self._owner = os.getpid()
        self.name = self._name()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """Process id of the server that we started; None when there is none."""
        return self._server.pid if self._server else None

    @property
    def url(self) -> str | None:
        """Address of the server: the remote one, or the one that we started; None before that."""
        return self._url or (self._server.url if self._server else None)

    def check(self, text: str, language: str, choice: RuleChoice = EVERYTHING) -> tuple[Match, ...]:
        """Return what the engine sees in `text`, written in `language` (such as en-US); starts it if needed.

        Raises:
            GrammarUnavailable: no Java, no engine, no usable answer, or a language it does not know.
        """
        client = self._client(language, choice)
        try:
            return tuple(_match(found) for found in client.check(text))
        except _unusable() as error:
            raise GrammarUnavailable(f"{self.name} gave no usable answer: {_short(error)}") from error

    def start(self) -> None:
        """Start the server now instead of at the first check; nothing to do for a remote one. Raises as `check`."""
        with self._lock:
            self._raise_recent_failure()
            try:
                self._address()
            except GrammarUnavailable as error:
                self._failure = (error, time.monotonic())
                raise

    def close(self) -> None:
        """Stop the server that we started and wait until it is gone. A later check starts it anew."""
        with self._lock:
            atexit.unregister(self.close)
            server, self._server = self._server, None
            self._clients.clear()
            if server is not None and os.getpid() == self._owner:
                server.stop()

    def _name(self) -> str:
        if self._url == PUBLIC:
            return "LanguageTool, public web service"
        if self._url:
            return f"LanguageTool at {self._url}"
        found = find_engine(self._cache)
        return f"LanguageTool {found.version}" if found else "LanguageTool"

    def _client(self, language: str, choice: RuleChoice) -> LanguageTool:
        """Return the client for `language`. Clients are not changed after they are made: threads may share them."""
        with self._lock:
            self._raise_recent_failure()
            if self._server is not None and not self._server.alive:
                self._server.stop()
                self._server, self._clients = None, {}
            if (language, choice) not in self._clients:
                try:
                    self._clients[language, choice] = _open(language, choice, self._address())
                except GrammarUnavailable as error:
                    self._failure = (error, time.monotonic())
                    raise
                except _unusable() as error:
                    self._failure = (
                        GrammarUnavailable(f"{self.name} does not answer: {_short(error)}"),
                        time.monotonic(),
                    )
                    raise self._failure[0] from error
                except ValueError as error:
                    raise GrammarUnavailable(f"{self.name} does not know the language {language!r}.") from error
            return self._clients[language, choice]

    def _raise_recent_failure(self) -> None:
        if self._failure is not None:
            error, at = self._failure
            if time.monotonic() - at < _RETRY_AFTER_S:
                raise GrammarUnavailable(error.message, hint=error.hint)
            self._failure = None

    def _address(self) -> dict[str, Any]:
        """Return the library's arguments that say where the server is; a local one is never asked through a proxy."""
        if self._url == PUBLIC:
            return {}
        if self._url:
            return {"remote_server": _base(self._url)}
        return {"remote_server": self._started().url, "proxies": {"http": "", "https": ""}}

    def _started(self) -> Server:
        if self._server is None:
            java, engine = find_java(), find_engine(self._cache)
            if engine is None:
                raise GrammarUnavailable("LanguageTool is not installed.", hint="Run: amends setup")
            self._server = Server(java, engine)
            atexit.register(self.close)
        return self._server


def _open(language: str, choice: RuleChoice, address: dict[str, Any]) -> LanguageTool:
    """Return a client of the library; without `remote_server` it is the one for the public web service."""
    from language_tool_python import LanguageTool, LanguageToolPublicAPI

    kind = LanguageTool if "remote_server" in address else LanguageToolPublicAPI
    bounded = type("BoundedLanguageTool", (kind,), {"_TIMEOUT": _ANSWER_TIMEOUT_S})
    client: LanguageTool = bounded(language, **address)
    client.disabled_rules = set(choice.off)
    client.disabled_categories = set(choice.off_categories)
    client.enabled_rules = set(choice.on)
    client.picky = choice.picky
    return client


def _unusable() -> tuple[type[Exception], ...]:
    """What the library raises when a server is silent, breaks off, or answers something else than LanguageTool does."""
    from language_tool_python.exceptions import LanguageToolError

    return (LanguageToolError, KeyError, TypeError, AttributeError)


def _match(found: Any) -> Match:
    return Match(
        rule=found.rule_id, category=found.category, message=found.message, start=found.offset,
        end=found.offset + found.error_length, replacements=tuple(found.replacements),
    )  # fmt: skip


def _base(url: str) -> str:
    """Return `url` as the library joins it: it adds `v2/` to whatever ends with a slash."""
    bare = url.rstrip("/")
    return bare if bare.endswith("/v2") else f"{bare}/"


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
