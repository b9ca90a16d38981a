"""Getting a question to the provider and its raw answer back: what is tried again, how often, how long."""

from __future__ import annotations

import asyncio
import random
import sys
from collections.abc import Awaitable, Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from amends.errors import ProviderError, ProviderRefusedKey, ProviderRejected, ProviderUnreachable
from amends.settings import Settings

if TYPE_CHECKING:
    from tenacity import RetryCallState

    from amends.model.gate import Gate

R = TypeVar("R")
_RETRIED_STATUS = frozenset({408, 409, 425, 429})


_FAULT_CLASSES = (
    ("openai", "OpenAIError"),
    ("anthropic", "AnthropicError"),
    ("httpx", "HTTPError"),
    ("httpx2", "HTTPError"),
    ("langchain_core.exceptions", "ModelError"),
)
#: LangChain's own classes carry no HTTP status.
_STATUS_OF = {
    "ModelAuthenticationError": 401,
    "ModelPermissionDeniedError": 403,
    "ModelNotFoundError": 404,
    "ModelInvalidRequestError": 400,
    "ModelRateLimitError": 429,
}


class Passing(Exception):
    """A fault that may be gone at the next attempt. `retry_after_s` is what the server asked for."""

    def __init__(self, said: str, *, rate_limited: bool = False, retry_after_s: float | None = None) -> None:
        super().__init__(said)
        self.said = said
        self.rate_limited = rate_limited
        self.retry_after_s = retry_after_s


async def attempt_until_answered(
    send: Callable[[], Awaitable[R]], *, settings: Settings, gate: Gate, seconds: float, on_retry: Callable[[], None]
) -> R:
    """Return what `send` returns, trying passing faults again within `settings.max_attempts` and `seconds`.

    Raises:
        ProviderUnreachable: no attempt got through, or the server asks for a longer wait than is left.
        ProviderRefusedKey, ProviderRejected: no retry would help; asked once only.
    """
    import tenacity

    retrying = tenacity.AsyncRetrying(
        retry=tenacity.retry_if_exception_type(Passing),
        stop=tenacity.stop_after_attempt(settings.max_attempts) | tenacity.stop_before_delay(seconds),
        wait=lambda state: _pause(state, settings, gate),
        before_sleep=lambda _: on_retry(),
        reraise=True,
    )
    try:
        return await retrying(_one_attempt, send, settings.call_timeout_s, gate)
    except Passing as fault:
        attempts = int(retrying.statistics["attempt_number"])
        raise ProviderUnreachable(
            f"The model's provider gave no answer in {attempts} attempt(s): {fault.said}.",
            hint="Try again later, or look at the base URL and the network.",
            attempts=attempts,
        ) from fault.__cause__


async def _one_attempt(send: Callable[[], Awaitable[R]], timeout_s: float, gate: Gate) -> R:
    await gate.wait()
    try:
        async with asyncio.timeout(timeout_s):
            return await send()
    except faults_of_transport() as error:
        _translate(error, timeout_s)


def _pause(state: RetryCallState, settings: Settings, gate: Gate) -> float:
    """Seconds until the next attempt: the server's word, else twice the last time; both with jitter against herds."""
    fault = state.outcome.exception() if state.outcome else None
    pause = min(settings.backoff_initial_s * 2 ** (state.attempt_number - 1), settings.backoff_max_s)
    if isinstance(fault, Passing) and fault.retry_after_s is not None:
        pause = fault.retry_after_s
    if isinstance(fault, Passing) and fault.rate_limited:
        gate.close_for(pause)
    return float(pause * random.uniform(1.0, 1.25))


def faults_of_transport() -> tuple[type[Exception], ...]:
    """Return the classes that a failed request raises, of those libraries that are loaded."""
    classes: list[type[Exception]] = [TimeoutError, OSError]
    for module, name in _FAULT_CLASSES:
        if found := getattr(sys.modules.get(module), name, None):
            classes.append(found)
    return tuple(classes)


def _translate(error: Exception, timeout_s: float) -> NoReturn:
    """Raise `error` as `Passing` or as the error of ours that it is for good."""
    status = getattr(error, "status_code", None) or _STATUS_OF.get(type(error).__name__)
    if status is None:
        said = (
            f"no whole answer within {timeout_s:g} s" if _is_timeout(error) else f"connection failed ({_text(error)})"
        )
        raise Passing(said) from error
    said = f"HTTP {status}: {_text(error)}"
    code = str(getattr(error, "code", None) or "")
    if code == "insufficient_quota":
        raise ProviderRejected(
            f"The provider says that the quota is used up. {said}.", hint="Look at the billing page."
        )
    if status in _RETRIED_STATUS or status >= 500:
        headers = getattr(getattr(error, "response", None), "headers", {})
        raise Passing(said, rate_limited=status == 429, retry_after_s=retry_after_s(headers)) from error
    raise _for_good(status, code, said) from error


def _for_good(status: int, code: str, said: str) -> ProviderError:
    if status in (401, 403):
        return ProviderRefusedKey(f"The provider does not accept the API key. {said}.", hint="Check the key.")
    if status == 404:
        return ProviderRejected(
            f"The provider knows no such model or address. {said}.", hint="Check name and base URL."
        )
    if code == "context_length_exceeded" or "context_length_exceeded" in said:
        return ProviderRejected(
            f"The question is too long for this model. {said}.", hint="Take a model that reads more."
        )
    return ProviderRejected(f"The provider rejects the request. {said}.")


def _is_timeout(error: Exception) -> bool:
    return isinstance(error, TimeoutError) or "Timeout" in type(error).__name__


def _text(error: Exception) -> str:
    """What the server said, in one line of at most 300 characters."""
    body = getattr(error, "body", None)
    said = body.get("message") if isinstance(body, dict) else None
    cause = error.__cause__ if not str(error) or str(error) == "Connection error." else None
    return (
        " ".join(str(said or cause or error or type(error).__name__).split())[:300].rstrip(".") or type(error).__name__
    )


def retry_after_s(headers: Mapping[str, Any]) -> float | None:
    """Return the seconds that `Retry-After` asks for, in either of its forms; None if it is absent or unreadable."""
    given = headers.get("retry-after")
    if given is None:
        return None
    try:
        return max(0.0, float(given))
    except ValueError:
        pass
    try:  # an HTTP date: counted from the server's own Date, so that no clock of ours is asked
        return max(0.0, (parsedate_to_datetime(given) - parsedate_to_datetime(headers["date"])).total_seconds())
    except (ValueError, TypeError, KeyError):
        return None
