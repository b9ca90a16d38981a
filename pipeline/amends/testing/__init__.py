"""Doubles that ship with the product: a scripted chat model, and a real HTTP server that speaks OpenAI's protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amends.testing import answers
from amends.testing.answers import Answer, by_schema, schema_name
from amends.testing.honest import honest
from amends.testing.server import OpenAIServer, Recorded

if TYPE_CHECKING:
    from amends.testing.scripted import Fault, ScriptedModel

__all__ = [
    "Answer",
    "Fault",
    "OpenAIServer",
    "Recorded",
    "ScriptedModel",
    "answers",
    "by_schema",
    "honest",
    "schema_name",
]


def __getattr__(name: str) -> Any:
    """Load the scripted model only when asked for: it is a LangChain class, and langchain takes a second to import."""
    if name in ("Fault", "ScriptedModel"):
        from amends.testing import scripted

        return getattr(scripted, name)
    raise AttributeError(f"module 'amends.testing' has no attribute {name!r}")
