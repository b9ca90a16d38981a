"""Chat models, built once per event loop and settings, and closed with their loop.

A connection belongs to the loop it was opened in, and the sync API runs several loops one after another; so nothing
here outlives its loop but the TLS context, which is the costly part (30 ms).
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Coroutine
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from amends.errors import ModelNotConfigured
from amends.model.gate import Gate
from amends.settings import Settings

if TYPE_CHECKING:
    import ssl

    from langchain_core.language_models import BaseChatModel

R = TypeVar("R")


@dataclass(slots=True)
class Line:
    """What all doors to one provider share in one loop: the model, its slots, the gate; and how to close it."""

    model: BaseChatModel
    slots: asyncio.Semaphore
    closing: Any = None
    gate: Gate = field(default_factory=Gate)


_lines: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[object, Line]] = WeakKeyDictionary()


def line_for(spec: str | BaseChatModel, settings: Settings) -> Line:
    """Return the shared line for `spec` in the running loop, made at the first call."""
    lines = _lines.setdefault(asyncio.get_running_loop(), {})
    key = (
        (spec, settings.model_dump_json(exclude={"prices"}), _secrets(settings)) if isinstance(spec, str) else id(spec)
    )
    if key not in lines:
        model, closing = _build(spec, settings)
        lines[key] = Line(model, asyncio.Semaphore(settings.concurrency), closing)
    return lines[key]


async def close_clients() -> None:
    """Close every connection that doors opened in the running loop. Doors stay usable: they connect again."""
    for line in _lines.pop(asyncio.get_running_loop(), {}).values():
        if line.closing is not None:
            await line.closing.aclose()


def run(work: Coroutine[Any, Any, R]) -> R:
    """Run `work` in a loop of its own, as `asyncio.run` does, and close the connections it opened."""

    async def whole() -> R:
        try:
            return await work
        finally:
            await close_clients()

    return asyncio.run(whole())


def check_spec(spec: str, settings: Settings) -> tuple[str, str]:
    """Return provider and model name of `spec`, having seen that a model can be built; no request is made.

    Raises:
        ModelNotConfigured: `spec` is `offline` or malformed, or the key, package or provider is missing.
    """
    provider, _, name = spec.partition(":")
    if not provider or not name:
        what = "needs no model" if spec == "offline" else "does not name a model"
        raise ModelNotConfigured(f"{spec!r} {what}.", hint="Name one as provider:name, for example openai:NAME.")
    if provider != "openai":
        _other_provider(spec, settings)
    elif settings.key_for("openai") is None:
        raise ModelNotConfigured(f"There is no API key for {spec}.", hint="Set OPENAI_API_KEY or AMENDS_API_KEY.")
    return provider, name


def _secrets(settings: Settings) -> tuple[str | None, ...]:
    keys = (settings.api_key, settings.openai_api_key)
    return tuple(key.get_secret_value() if key else None for key in keys)


def _build(spec: str | BaseChatModel, settings: Settings) -> tuple[BaseChatModel, Any]:
    if not isinstance(spec, str):
        return spec, None
    provider, _, name = spec.partition(":")
    return _openai(name, settings) if provider == "openai" else (_other_provider(spec, settings), None)


def _openai(name: str, settings: Settings) -> tuple[BaseChatModel, Any]:
    """Build the chat model with the SDK's retries off, a client of its own, and no synchronous twin."""
    import openai
    from langchain_openai import ChatOpenAI

    key = settings.key_for("openai")

    async def key_now() -> str:  # an async key keeps ChatOpenAI from building a second, synchronous client
        return key.get_secret_value() if key else ""

    client = openai.DefaultAsyncHttpxClient(verify=_tls(), timeout=settings.call_timeout_s)
    model = ChatOpenAI(
        model=name,
        api_key=key_now,
        base_url=settings.base_url,
        temperature=settings.temperature,
        max_completion_tokens=settings.max_output_tokens,
        timeout=settings.call_timeout_s,
        max_retries=0,
        use_responses_api=False,
        http_async_client=client,
    )
    return model, client


@cache
def _tls() -> ssl.SSLContext:
    import ssl

    import certifi

    return ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE") or certifi.where())


def _other_provider(spec: str, settings: Settings) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    given = {
        "base_url": settings.base_url,
        "api_key": settings.api_key.get_secret_value() if settings.api_key else None,
        "temperature": settings.temperature,
        "max_tokens": settings.max_output_tokens,
    }
    options: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    try:
        model: BaseChatModel = init_chat_model(spec, max_retries=0, timeout=settings.call_timeout_s, **options)
    except ImportError as error:
        named = re.search(r"[\w.-]+(?= package)", str(error))
        package = named[0] if named else str(error)
        raise ModelNotConfigured(f"{spec} needs the package {package}.", hint=f"pip install {package}") from error
    except (ValueError, TypeError) as error:
        said = " ".join(str(error).split())[:300]
        raise ModelNotConfigured(f"{spec} cannot be used: {said}", hint="Check provider, name and key.") from error
    return model
