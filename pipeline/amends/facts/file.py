"""The facts file, YAML or JSON, strict in its keys and types.

It holds `seller`, `story`, the lists `root_causes`, `corrective_actions`, `preventive_measures`, `evidence`,
`other_facts`, and `answers`. An entry is a plain sentence or a mapping (`schemas.Item`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from amends.dates import find_dates
from amends.errors import FactsError
from amends.schemas import Item, Seller
from amends.vocabulary import CAUSES, FACT_LISTS, FactList

MAX_BYTES = 2_000_000
_SELLER_KEYS = tuple(Seller.model_fields)
_ITEM_KEYS = tuple(name for name in Item.model_fields if name != "list")
_TOP_KEYS = ("seller", "story", *FACT_LISTS, "answers")
_TEXT_KEYS = ("text", "owner", "frequency", "limit", "tool", "unit", "file", "document", "proves")
_STATUSES = ("done", "in_progress", "planned")


@dataclass(frozen=True)
class SellerFacts:
    """The facts file as read: who, the story, the entries in order with where each stands, and the answers."""

    seller: Seller = field(default_factory=Seller)
    story: str = ""
    items: tuple[tuple[Item, str], ...] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)


def load_facts(path: Path) -> SellerFacts:
    """Read a facts file.

    Raises:
        FactsError: unreadable, no YAML or JSON, an unknown key (with the nearest right one), a wrong type or value.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FactsError(f"Cannot read the facts file {path}: {error.strerror}.", hint="Check the path.") from error
    if len(data) > MAX_BYTES:
        raise FactsError(
            f"The facts file {path} is larger than {MAX_BYTES:,} bytes.",
            hint="Put order lists into a report (--report).",
        )
    return parse_facts(data, path.name)


def parse_facts(data: bytes | str, name: str = "facts") -> SellerFacts:
    """Parse the text of a facts file called `name`. Raises FactsError as `load_facts` does."""
    import yaml

    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        tree = yaml.load(text, Loader=_loader())
    except UnicodeDecodeError as error:
        raise FactsError(f"{name} is not UTF-8 text (byte {error.start}).", hint="Save it as UTF-8.") from error
    except (yaml.YAMLError, ValueError) as error:
        where = getattr(error, "problem_mark", None)
        line = f" at line {where.line + 1}, column {where.column + 1}" if where else ""
        raise FactsError(
            f"{name} is no YAML or JSON{line}: {getattr(error, 'problem', None) or error}.",
            hint="Put text that holds “: ” or “#” in quotes.",
        ) from error
    return facts_of(tree, name)


@cache
def _loader() -> Any:
    """YAML's safe loader without its surprises: dates and times of day stay as written, whole numbers are decimal."""
    import yaml

    base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    own: Any = type("FactsLoader", (base,), {})
    own.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in rules if not tag.endswith((":timestamp", ":int"))]
        for first, rules in base.yaml_implicit_resolvers.items()
    }
    own.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?\d+$"), list("-+0123456789"))
    own.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))
    return own


def facts_of(tree: Any, name: str = "facts") -> SellerFacts:
    """Check a parsed facts file (or a mapping given by a caller) and return it typed. Raises FactsError."""
    if tree is None:
        return SellerFacts()
    top = _mapping(tree, name)
    _known_keys(top, _TOP_KEYS, name)
    seller = _mapping(top.get("seller") or {}, f"{name}: seller")
    _known_keys(seller, _SELLER_KEYS, f"{name}: seller")
    story = top.get("story") or ""
    if not isinstance(story, str):
        raise FactsError(f"{name}: story must be text, not {_kind_of(story)}.", hint="Write it as a block: story: |")
    answers = _mapping(top.get("answers") or {}, f"{name}: answers")
    return SellerFacts(
        seller=Seller(**{k: _text(v, f"{name}: seller.{k}") for k, v in seller.items() if v is not None}),
        story=story.strip(),
        items=tuple(entry for which in FACT_LISTS for entry in _entries(top.get(which), which, name)),
        answers={str(k): v for k, v in answers.items() if v is not None},
    )


def _entries(value: Any, which: FactList, name: str) -> Iterable[tuple[Item, str]]:
    if value is None:
        return
    if isinstance(value, str | Mapping):
        value = [value]
    if not isinstance(value, list):
        raise FactsError(
            f"{name}: {which} must be a list, not {_kind_of(value)}.",
            hint=f"Write “{which}:” and below it lines that begin with “- ”.",
        )
    for number, entry in enumerate(value):
        where = f"{name}: {which}[{number}]"
        if isinstance(entry, str):
            if entry.strip():
                yield Item(list=which, text=entry.strip()), where
        else:
            yield _item(_mapping(entry, where), which, where), where


def _item(entry: Mapping[str, Any], which: FactList, where: str) -> Item:
    _known_keys(entry, _ITEM_KEYS, where)
    values: dict[str, Any] = {"list": which}
    for key, value in entry.items():
        if value is not None:
            values[key] = _field(key, value, f"{where}.{key}")
    values.setdefault("text", values.get("document") or values.get("file"))
    if not values["text"]:
        raise FactsError(f"{where} has no text.", hint="Add “text: …”: one sentence in your own words.")
    return Item(**values)


def _field(key: str, value: Any, where: str) -> Any:
    if key in _TEXT_KEYS:
        return _text(value, where)
    if key in ("asins", "orders"):
        values = [value] if isinstance(value, str | int) else value
        if not isinstance(values, list):
            raise FactsError(f"{where} must be a list of ids, not {_kind_of(value)}.")
        return tuple(_text(v, where) for v in values)
    if key in ("date", "since"):
        return _date(value, where)
    if key == "count":
        return _count(value, where)
    if key == "value":
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise FactsError(f"{where} must be a number or text, not {_kind_of(value)}.")
        return value
    if key == "status":
        return _one_of(str(value).strip().lower().replace(" ", "_").replace("-", "_"), _STATUSES, where)
    return _one_of(str(value), CAUSES, where)


def _text(value: Any, where: str) -> str:
    if isinstance(value, bool | list | dict):
        raise FactsError(f"{where} must be text, not {_kind_of(value)}.")
    return str(value).strip()


def _date(value: Any, where: str) -> str:
    """Dates stay as written, ISO where they are calendar dates; "mid October" is allowed and is kept as text."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        raise FactsError(f"{where} must be a date, not {_kind_of(value)}.", hint="Write it as 2026-11-03.")
    found = list(find_dates(value))
    whole = found and found[0][1] == 0 and found[0][2] == len(value.strip())
    if re.fullmatch(r"\s*\d{4}-\d\d?-\d\d?\s*", value) and not found:
        raise FactsError(f"{where}: there is no day {value.strip()}.", hint="Write it as 2026-11-03.")
    if not re.search(
        r"\d|january|february|march|april|may|june|july|august|september|october|november|december",
        value,
        re.IGNORECASE,
    ):
        raise FactsError(f"{where}: “{value.strip()}” is no date.", hint="Write it as 2026-11-03, or leave it out.")
    return found[0][0].isoformat() if whole else value.strip()


def _count(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise FactsError(
            f"{where} must be a whole number, not {_kind_of(value)}.", hint="Put words into “unit” or “text”."
        )
    digits = str(value).replace(",", "").strip()
    if not re.fullmatch(r"\d+", digits):
        raise FactsError(f"{where} must be a whole number, not “{value}”.", hint="Put words into “unit” or “text”.")
    return int(digits)


def _one_of(value: str, allowed: tuple[str, ...], where: str) -> str:
    if value in allowed:
        return value
    near = get_close_matches(value, allowed, 1, 0.4) if len(allowed) > len(_STATUSES) else []
    hint = f"Did you mean {near[0]}?" if near else f"Use one of: {', '.join(allowed)}."
    raise FactsError(f"{where}: “{value}” is not known.", hint=hint)


def _mapping(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise FactsError(f"{where} must be keys with values, not {_kind_of(value)}.")
    return {str(k): v for k, v in value.items()}


def _known_keys(given: Mapping[str, Any], allowed: tuple[str, ...], where: str) -> None:
    for key in given:
        if key not in allowed:
            near = get_close_matches(key.lower().replace("-", "_").replace(" ", "_"), allowed, 1, 0.5)
            hint = f"Did you mean {near[0]}?" if near else f"Known keys: {', '.join(allowed)}."
            raise FactsError(f"{where} has the unknown key “{key}”.", hint=hint)


def _kind_of(value: Any) -> str:
    names = {
        "dict": "keys with values",
        "list": "a list",
        "str": "text",
        "int": "a number",
        "float": "a number",
        "bool": "yes/no",
        "date": "a date",
    }
    return names.get(type(value).__name__, type(value).__name__)
