"""Reading a model's answer: the value, or the fault that makes it unusable and how to say so to the model."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from amends.prompting import fence

if TYPE_CHECKING:
    from langchain_core.outputs import LLMResult

T = TypeVar("T", bound=BaseModel)
FaultKind = Literal["invalid_json", "schema", "length", "refusal", "filtered", "empty", "unaligned"]
_CUT = frozenset({"length", "max_tokens", "MAX_TOKENS"})
_FILTERED = frozenset({"content_filter", "SAFETY"})
_FENCED = re.compile(r"\A\s*```(?:json)?\s*\n(.*?)\n?```\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Raw:
    """What came back, before anyone looked at its content. `error` is set when it was no answer at all."""

    text: str = ""
    finish: str = "stop"
    refusal: str | None = None
    error: str | None = None
    input_tokens: int = 0
    output_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an answer cannot be used: `said` is written for the model, and for the user when it happens twice."""

    kind: FaultKind
    said: str


def raw_answer(result: LLMResult) -> Raw:
    """Return the first answer in `result`; one without choices keeps its token counts."""
    counts = (result.llm_output or {}).get("token_usage") or {}
    tokens = (int(counts.get("prompt_tokens") or 0), int(counts.get("completion_tokens") or 0))
    if not result.generations or not result.generations[0]:
        return Raw(error="no choices", input_tokens=tokens[0], output_tokens=tokens[1])
    generation: Any = result.generations[0][0]
    message = generation.message
    if usage := message.usage_metadata:
        tokens = (usage["input_tokens"], usage["output_tokens"])
    about = {**(generation.generation_info or {}), **message.response_metadata}
    finish = str(about.get("finish_reason") or about.get("stop_reason") or "stop")
    refusal = message.additional_kwargs.get("refusal") or ("refused" if finish == "refusal" else None)
    return Raw(str(message.text), finish, refusal, None, *tokens)


def read(raw: Raw, schema: type[T]) -> T | Fault:
    """Return the value of type `schema` in `raw`, or what is wrong with it."""
    if fault := _unusable(raw):
        return fault
    fenced = _FENCED.match(raw.text)
    try:
        return schema.model_validate_json(fenced[1] if fenced else raw.text)
    except ValidationError as error:
        return _invalid(error)


def checked(value: T, check: Callable[[T], str | None] | None) -> T | Fault:
    """Return `value`, or the fault that the caller's own `check` finds in it."""
    said = check(value) if check else None
    return Fault("unaligned", said) if said else value


def _unusable(raw: Raw) -> Fault | None:
    if raw.error is not None:
        return Fault("empty", f"there was no answer: {raw.error}")
    if raw.refusal:
        return Fault("refusal", f"the request was refused: {raw.refusal}")
    if raw.finish in _FILTERED:
        return Fault("filtered", "the provider's content filter stopped the answer")
    if raw.finish in _CUT:
        return Fault("length", f"the answer was cut off after {raw.output_tokens} tokens; answer more briefly")
    if not raw.text.strip():
        return Fault("empty", "the answer was empty")
    return None


def _invalid(error: ValidationError) -> Fault:
    faults = error.errors(include_url=False, include_input=False, include_context=False)
    if faults[0]["type"] == "json_invalid":
        return Fault("invalid_json", f"the answer is not valid JSON: {faults[0]['msg']}")
    named = [f"{'.'.join(map(str, f['loc'])) or 'the whole'}: {f['msg']}" for f in faults[:8]]
    return Fault("schema", f"the answer breaks the schema: {'; '.join(named)}")


def repair_text(fault: Fault, raw: Raw) -> str:
    """Return the message that names `fault` to the model, its own answer quoted as data."""
    quoted = fence(raw.text, "your last answer") + "\n\n" if raw.text else ""
    return (
        f"{quoted}That answer cannot be used: {fault.said.rstrip('.')}.\n"
        "Answer the same request again, in full, with that corrected, as one JSON object of the required schema."
    )
