"""A chat model double: LangChain's interface, answers by script, no network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import BaseModel, Field, PrivateAttr

_FINISH = {"length": "length", "filtered": "content_filter"}


@dataclass(frozen=True, slots=True)
class Fault:
    """A bad answer: cut off, refused, filtered or empty."""

    kind: Literal["length", "refusal", "filtered", "empty"]
    text: str = ""


Said = str | BaseModel | Fault | Exception


class ScriptedModel(BaseChatModel):
    """Answers from `script`: a list, one item a call, or a function of the messages.

    An item is a text, a pydantic model (sent as JSON), a `Fault`, or an exception to raise. `calls` keeps what was
    asked. A list that has run out raises IndexError naming how many calls came.
    """

    script: Sequence[Said] | Callable[[list[BaseMessage]], Said] = Field(exclude=True)
    model_name: str = "scripted"
    _calls: list[list[BaseMessage]] = PrivateAttr(default_factory=list)

    @property
    def calls(self) -> list[list[BaseMessage]]:
        """The messages of each call, in order."""
        return self._calls

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        return self._answer(messages)

    async def _agenerate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        return self._answer(messages)

    def _answer(self, messages: list[BaseMessage]) -> ChatResult:
        self._calls.append(messages)
        said = self.script(messages) if callable(self.script) else self._next()
        if isinstance(said, Exception):
            raise said
        fault = said if isinstance(said, Fault) else Fault("empty", said if isinstance(said, str) else _json(said))
        message = AIMessage(
            content=fault.text,
            additional_kwargs={"refusal": fault.text or "no"} if fault.kind == "refusal" else {},
            response_metadata={"finish_reason": _FINISH.get(fault.kind, "stop")},
            usage_metadata=_usage(messages, fault.text),
        )
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _next(self) -> Said:
        script = self.script
        if callable(script) or len(self._calls) > len(script):
            raise IndexError(f"the script has run out at call {len(self._calls)}")
        return script[len(self._calls) - 1]


def _json(said: BaseModel) -> str:
    return said.model_dump_json()


def _usage(messages: list[BaseMessage], text: str) -> Any:
    """Count words as tokens: enough to see that they are added up."""
    asked, said = sum(len(str(m.content).split()) for m in messages), len(text.split())
    return {"input_tokens": asked, "output_tokens": said, "total_tokens": asked + said}
