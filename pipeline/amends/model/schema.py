"""The strict JSON schema of an answer, made once per class: building it costs more than the rest of a call."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pydantic import BaseModel

#: Keywords that OpenAI's strict mode refuses or does not document; pydantic checks what they say on the answer.
_DROPPED = frozenset({"default", "title", "minLength", "maxLength", "uniqueItems", "discriminator", "examples"})
_FORMATS = frozenset({"date", "date-time", "time", "duration", "email", "uuid"})


@cache
def response_format(schema: type[BaseModel]) -> dict[str, Any]:
    """Return the `response_format` that asks for `schema` in strict mode. Shared: do not change it.

    Raises:
        TypeError: `schema` holds what strict mode cannot say (dict, Any, a tuple of fixed length); the place is named.
    """
    raw = schema.model_json_schema()
    name = re.sub(r"[^A-Za-z0-9_-]", "_", schema.__name__)[:64]
    strict = _strict(raw, raw.get("$defs", {}), schema.__name__)
    return {"type": "json_schema", "json_schema": {"name": name, "schema": strict, "strict": True}}


def _strict(node: dict[str, Any], defs: dict[str, Any], place: str) -> dict[str, Any]:
    if "$ref" in node and len(node) > 1:  # strict mode takes no keyword beside a reference
        node = defs[node["$ref"].rsplit("/", 1)[1]] | {k: v for k, v in node.items() if k != "$ref"}
    if len(node.get("allOf", ())) == 1:
        node = node["allOf"][0] | {k: v for k, v in node.items() if k != "allOf"}
    _refuse(node, place)
    made = {key: value for key, value in node.items() if key not in _DROPPED and _kept(key, value)}
    for key in ("$defs", "properties"):
        if key in node:
            made[key] = {name: _strict(child, defs, f"{place}.{name}") for name, child in node[key].items()}
    if "oneOf" in made:
        made["anyOf"] = made.pop("oneOf")
    if "anyOf" in made:
        made["anyOf"] = [_strict(child, defs, place) for child in made["anyOf"]]
    if "items" in node:
        made["items"] = _strict(node["items"], defs, f"{place}[]")
    if node.get("type") == "object":
        made |= {"additionalProperties": False, "required": list(node.get("properties", {}))}
    return made


def _kept(key: str, value: Any) -> bool:
    return key != "format" or value in _FORMATS


def _refuse(node: dict[str, Any], place: str) -> None:
    if isinstance(node.get("additionalProperties"), dict) or node.get("additionalProperties") is True:
        raise TypeError(f"{place}: strict mode knows no mapping with free keys")
    if "prefixItems" in node:
        raise TypeError(f"{place}: strict mode knows no tuple of fixed length")
    if not node.keys() & {"type", "$ref", "anyOf", "oneOf", "allOf", "enum", "const"}:
        raise TypeError(f"{place}: strict mode needs a type")
