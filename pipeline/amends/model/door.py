"""A door: one run's way to ask a model for values of a schema."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel

from amends.errors import ModelAnswerError, ProviderError, ProviderRefusedKey, ProviderUnreachable
from amends.masking import Masker
from amends.model.answers import Fault, Raw, checked, raw_answer, read, repair_text
from amends.model.clients import Line, check_spec, close_clients, line_for
from amends.model.prices import cost_usd, price_of
from amends.model.schema import response_format
from amends.model.transport import attempt_until_answered
from amends.prompting import Filled
from amends.schemas import Usage
from amends.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Request(Generic[T]):
    """A question. `check` sees the restored value and names what is wrong with it, or returns None."""

    filled: Filled
    schema: type[T]
    purpose: str
    check: Callable[[T], str | None] | None = None


def open_door(spec: str | BaseChatModel, settings: Settings, masker: Masker | None = None) -> Door:
    """Return a door to the model `spec`: `openai:NAME`, another `provider:name`, or a LangChain chat model object.

    No request is made. Without `masker` a fresh one is used, which masks by detection alone.

    Raises:
        ModelNotConfigured: `spec` is `offline` or malformed, or the key, package or provider is missing.
    """
    if isinstance(spec, str):
        provider, name = check_spec(spec, settings)
    else:
        provider, name = "", str(getattr(spec, "model_name", None) or getattr(spec, "model", None) or spec._llm_type)
    return Door(spec, provider, name, settings, masker or Masker())


class Door:
    """One run's door. All that leaves through it is masked, all that comes back is restored, every call is counted.

    Safe for many questions at once. `name` is `provider:name`, or the name of the chat model object.
    """

    def __init__(self, spec: str | BaseChatModel, provider: str, name: str, settings: Settings, masker: Masker) -> None:
        self.name = f"{provider}:{name}" if provider else name
        self._spec = spec
        self._settings = settings
        self._masker = masker
        self._price = price_of(provider, name, settings)
        self._usage = Usage(model=self.name)
        self._lock = threading.Lock()
        self._refused: ProviderRefusedKey | None = None

    @property
    def usage(self) -> Usage:
        """What this door has cost so far, failed calls included."""
        return self._usage

    async def ask(self, request: Request[T]) -> T:
        """Return the model's answer to `request`, within `max_seconds` in all.

        One repair round names the fault of a bad answer to the model. After a refused key no further request is made.

        Raises:
            ProviderUnreachable, ProviderRefusedKey, ProviderRejected: the provider failed for good.
            ModelAnswerError: the answer stayed unusable after its repair round.
        """
        try:
            if self._refused:
                raise self._refused
            line = line_for(self._spec, self._settings)
            async with line.slots:
                return await self._ask_in_time(request, line)
        except ProviderError as error:
            if isinstance(error, ProviderRefusedKey):
                self._refused = error
            self._count(failure=str(error))
            raise

    async def aclose(self) -> None:
        """Close the connections of the running loop. Other doors of this loop connect again when they need to."""
        await close_clients()

    async def _ask_in_time(self, request: Request[T], line: Line) -> T:
        seconds = self._settings.max_seconds
        try:
            async with asyncio.timeout(seconds):
                return await self._ask_and_repair(request, line, time.monotonic() + seconds)
        except TimeoutError:
            raise ProviderUnreachable(
                f"No usable answer to {request.purpose!r} within {seconds:g} s.", hint="Try again later."
            ) from None

    async def _ask_and_repair(self, request: Request[T], line: Line, deadline: float) -> T:
        messages, options = self._outgoing(request, line)
        raw, outcome = await self._round(request, line, messages, options, deadline)
        if isinstance(outcome, Fault):
            self._count(repairs=1)
            messages = [*messages, self._repair(outcome, raw)]
            raw, outcome = await self._round(request, line, messages, options, deadline)
        if isinstance(outcome, Fault):
            said = self._masker.restore(outcome.said).rstrip(".")
            answer = self._masker.restore(raw.text or raw.error or raw.refusal or "")
            raise ModelAnswerError(
                f"The model's answer to {request.purpose!r} stayed unusable: {said}.", fault=outcome.kind, answer=answer
            )
        return outcome

    async def _round(
        self, request: Request[T], line: Line, messages: list[BaseMessage], options: dict[str, Any], deadline: float
    ) -> tuple[Raw, T | Fault]:
        raw = await attempt_until_answered(
            lambda: self._send(line, messages, options),
            settings=self._settings,
            gate=line.gate,
            seconds=deadline - time.monotonic(),
            on_retry=lambda: self._count(retries=1),
        )
        self._count(input_tokens=raw.input_tokens, output_tokens=raw.output_tokens)
        outcome = read(raw, request.schema)
        if not isinstance(outcome, Fault):
            outcome = checked(self._masker.restore_model(outcome), request.check)
        return raw, outcome

    async def _send(self, line: Line, messages: list[BaseMessage], options: dict[str, Any]) -> Raw:
        """Make one request. LangChain raises builtin errors for a 200 that holds no completion: that is an answer."""
        self._count(calls=1)
        try:
            return raw_answer(await line.model.agenerate([messages], **options))
        except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
            return Raw(error=" ".join(f"{type(error).__name__}: {error}".split())[:500])

    def _outgoing(self, request: Request[T], line: Line) -> tuple[list[BaseMessage], dict[str, Any]]:
        """Return messages and options; the system part comes first and stays constant, so that providers cache it."""
        from langchain_core.messages import HumanMessage, SystemMessage

        self._note_prompt(request)
        wanted = response_format(request.schema)
        system, options = request.filled.system, {"extra_body": {"response_format": wanted}}
        if not _speaks_chat_completions(line.model):
            schema = json.dumps(wanted["json_schema"]["schema"], ensure_ascii=False)
            system, options = (
                f"{system}\n\nAnswer with one JSON object of this JSON schema, and nothing else:\n{schema}",
                {},
            )
        return [SystemMessage(system), HumanMessage(self._masker.mask(request.filled.user))], options

    def _repair(self, fault: Fault, raw: Raw) -> BaseMessage:
        """Name the fault. The answer is quoted as it came, its tokens in place; what `check` said may be personal."""
        from langchain_core.messages import HumanMessage

        return HumanMessage(repair_text(Fault(fault.kind, self._masker.mask(fault.said)), raw))

    def _note_prompt(self, request: Request[T]) -> None:
        with self._lock:
            if request.filled.use not in self._usage.prompts:
                self._usage = self._usage.with_(prompts=(*self._usage.prompts, request.filled.use))

    def _count(self, *, failure: str | None = None, **more: int) -> None:
        with self._lock:
            now = {key: getattr(self._usage, key) + value for key, value in more.items()}
            usage = self._usage.with_(**now, failure=failure or self._usage.failure)
            self._usage = usage.with_(cost_usd=cost_usd(self._price, usage.input_tokens, usage.output_tokens))


def _speaks_chat_completions(model: BaseChatModel) -> bool:
    """Return whether `model` passes `response_format` on to an OpenAI-compatible chat completions endpoint."""
    library = sys.modules.get("langchain_openai")
    return library is not None and isinstance(model, library.ChatOpenAI) and model.use_responses_api is not True
