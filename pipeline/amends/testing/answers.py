"""What the test server can answer: a good completion, or any of the faults that providers are known for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pydantic import BaseModel

#: The fields of a request that a responder reads: the parsed JSON body.
Body = dict[str, Any]
Respond = Callable[[Body], "Answer"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer. `manner`: send, hang until the server closes, reset the connection, or drip byte by byte."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    manner: Literal["send", "hang", "reset", "drip"] = "send"
    drip_s: float = 0.0


def schema_name(body: Body) -> str | None:
    """Return the name of the JSON schema that a request asks for, None if it asks for none."""
    wanted = body.get("response_format") or {}
    name = wanted.get("json_schema", {}).get("name")
    return name if isinstance(name, str) else None


def by_schema(replies: Mapping[str, Any]) -> Respond:
    """Return a responder that looks up the request's schema name: an Answer, a value, or a function of the body."""

    def respond(body: Body) -> Answer:
        reply = replies.get(schema_name(body) or "")
        if callable(reply):
            reply = reply(body)
        if reply is None:
            return error(400, f"no reply was scripted for the schema {schema_name(body)}")
        return reply if isinstance(reply, Answer) else ok(reply)

    return respond


def completion(
    content: str | None,
    *,
    finish: str = "stop",
    refusal: str | None = None,
    input_tokens: int = 100,
    output_tokens: int = 20,
    choices: bool = True,
) -> Answer:
    """Return a chat completion with this content."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    made = [{"index": 0, "message": message, "finish_reason": finish, "logprobs": None}] if choices else []
    usage = {
        "prompt_tokens": input_tokens,
        "completion_tokens": output_tokens,
        "total_tokens": input_tokens + output_tokens,
    }
    return _json(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": "test",
            "choices": made,
            "usage": usage,
        }
    )


def ok(value: BaseModel | Mapping[str, Any] | str, *, input_tokens: int = 100, output_tokens: int = 20) -> Answer:
    """Return `value` as the completion's content: a model or mapping as JSON, a string as it is."""
    if isinstance(value, BaseModel):
        content = value.model_dump_json()
    else:
        content = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return completion(content, input_tokens=input_tokens, output_tokens=output_tokens)


def broken_json() -> Answer:
    """Return JSON that stops in the middle, with finish "stop"."""
    return completion('{"text": "half of')


def schema_breach() -> Answer:
    """Return valid JSON of no known schema."""
    return completion('{"nobody_asked_for": 1}')


def cut_off(content: str = '{"text": "and so') -> Answer:
    """Return an answer cut off by its length."""
    return completion(content, finish="length")


def refusal(said: str = "I cannot help with that.") -> Answer:
    """Return a refusal."""
    return completion(None, refusal=said)


def content_filter() -> Answer:
    """Return an answer that the provider's filter stopped."""
    return completion("", finish="content_filter")


def empty_choices() -> Answer:
    """Return a completion without choices."""
    return completion(None, choices=False)


def error_in_200() -> Answer:
    """Return an error object with status 200, as some gateways do."""
    return _json({"error": {"message": "upstream failed", "code": 502}})


def html_in_200() -> Answer:
    """Return a web page with status 200, as a login wall does."""
    return Answer(b"<html><body>Please sign in</body></html>", headers={"Content-Type": "text/html"})


def error(status: int, message: str, code: str | None = None, headers: Mapping[str, str] | None = None) -> Answer:
    """Return an error answer in OpenAI's form."""
    made = _json({"error": {"message": message, "type": "error", "param": None, "code": code}}, status)
    return replace(made, headers={**made.headers, **(headers or {})})


def rate_limited(retry_after: float | str | None = None) -> Answer:
    """Return a 429; `retry_after` in seconds, or an HTTP date."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return error(429, "Rate limit reached", "rate_limit_exceeded", headers)


def quota_used_up() -> Answer:
    """Return the 429 that no waiting helps against."""
    return error(429, "You exceeded your current quota", "insufficient_quota")


def server_error(status: int = 500) -> Answer:
    """Return a fault of the server's."""
    return error(status, "The server had an error")


def wrong_key() -> Answer:
    """Return a 401."""
    return error(401, "Incorrect API key provided", "invalid_api_key")


def unknown_model() -> Answer:
    """Return a 404 for the model's name."""
    return error(404, "The model does not exist", "model_not_found")


def context_overflow() -> Answer:
    """Return the 400 for a question that is too long."""
    return error(400, "This model's maximum context length is 8192 tokens", "context_length_exceeded")


def hang() -> Answer:
    """Return nothing until the server closes."""
    return Answer(manner="hang")


def reset() -> Answer:
    """Reset the connection."""
    return Answer(manner="reset")


def drip(value: BaseModel | Mapping[str, Any] | str, seconds_per_byte: float) -> Answer:
    """Return a good answer, so slowly that no single read times out."""
    return replace(ok(value), manner="drip", drip_s=seconds_per_byte)


def _json(value: object, status: int = 200) -> Answer:
    return Answer(json.dumps(value, ensure_ascii=False).encode(), status)
