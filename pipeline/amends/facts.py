"""What the seller knows: the facts file and the story, turned into facts whose wording is kept.

The facts file is YAML or JSON: `seller`, `story`, the lists `root_causes`, `corrective_actions`, `preventive_measures`,
`evidence`, `other_facts`, and `answers`. An entry is a plain sentence or a mapping (`schemas.Item`).
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

from amends.errors import FactsError
from amends.extract.dates import find_dates
from amends.schemas import Fact, Item, Seller
from amends.vocabulary import CAUSES, FACT_LISTS, FactKind, FactList

MAX_BYTES = 2_000_000
_SELLER_KEYS = tuple(Seller.model_fields)
_ITEM_KEYS = tuple(name for name in Item.model_fields if name != "list")
_TOP_KEYS = ("seller", "story", *FACT_LISTS, "answers")
_TEXT_KEYS = ("text", "owner", "frequency", "limit", "tool", "unit", "file", "document", "proves")
_STATUSES = ("done", "in_progress", "planned")
_KIND: dict[FactList, FactKind] = {
    "root_causes": "cause", "corrective_actions": "action", "preventive_measures": "measure", "evidence": "document",
    "other_facts": "statement",
}  # fmt: skip


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


# --- into facts -----------------------------------------------------------------------------------------------------


def seller_facts(given: SellerFacts, first: int) -> tuple[Fact, ...]:
    """The entries and the sentences of the story as facts, numbered from F`first` on."""
    facts = [_item_fact(item, origin) for item, origin in given.items]
    facts += _story_facts(given.story)
    return tuple(fact.with_(id=f"F{first + n}") for n, fact in enumerate(facts))


def _item_fact(item: Item, origin: str) -> Fact:
    return Fact(
        id="", kind=_KIND[item.list], value=item.text, unit=item.unit, status=status_of(item), source="seller", origin=origin,
        quote=item.text, start=0, end=len(item.text), item=item,
    )  # fmt: skip


def status_of(item: Item) -> Any:
    """The status an entry has: the one given; else `done` for a corrective action with a date, None where nobody said."""
    if item.status is not None or item.list not in ("corrective_actions", "preventive_measures"):
        return item.status
    if _FUTURE.search(item.text):
        return "planned"
    return "done" if item.date or item.since or _PAST.match(item.text) else None


_FUTURE = re.compile(
    r"\b(?:will|plan(?:s|ned)? to|going to|shall|intend(?:s)? to)\b|将|计划|werden wir|geplant", re.IGNORECASE
)
_PAST = re.compile(
    r"(?:we |i )?(?:have |has )?(?:\w+ed|set|sent|bought|put|made|took|gave|wrote|found|cut|paid|told|built|kept|ran|sold|split|shut|read|chose)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?。！？\n]+(?:\.(?=\S)[^.!?。！？\n]*)*[.!?。！？]*")
_CAUSE = re.compile(
    r"\bbecause\b|\bdue to\b|\bthe reason\b|\bcaused\b|\bwe had no\b|\bnobody\b|\bwas set to\b|\bdid not (?:check|notice|know)\b|因为|由于|原因|没有|weil|aufgrund",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\b(?:every|each|daily|weekly|monthly|twice a)\b|\bfrom now\b|\bsince then\b|每天|每周|每月|täglich|wöchentlich|jeden",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"\b(?:we|i)\s(?:have\s|also\s|then\s|already\s|now\s|immediately\s)*(?!(?:had|were|was|did|needed|believed|thought|knew|received|learned|lost)\b)"
    r"(?:\w{2,}ed|set|sent|bought|put|made|took|gave|wrote|found|cut|paid|told|built|kept|sold|split|shut|read|chose|hired|left|began|drew|held)\b"
    r"|已经|已将|删除了|修改了|退款|联系了|停售|检查了|haben wir|wir haben",
    re.IGNORECASE,
)


def _story_facts(story: str) -> list[Fact]:
    """One fact per sentence of the story: a cause, an action, a measure or a statement, in the seller's own words."""
    facts = []
    for match in _SENTENCE.finditer(story):
        text = match[0].strip()
        if len(text) < 3:
            continue
        start = match.start() + match[0].index(text)
        kind = _story_kind(text)
        planned = kind in ("action", "measure") and _FUTURE.search(text)
        status: Any = "planned" if planned else "done" if kind == "action" else None
        facts.append(
            Fact(
                id="",
                kind=kind,
                value=text,
                status=status,
                source="seller",
                origin="story",
                quote=text,
                start=start,
                end=start + len(text),
            )
        )
    return facts


def _story_kind(text: str) -> FactKind:
    if _MEASURE.search(text) and not _CAUSE.search(text):
        return "measure"
    if _CAUSE.search(text):
        return "cause"
    return "action" if _DEED.search(text) else "statement"
