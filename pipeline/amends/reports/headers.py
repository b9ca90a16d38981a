"""Header names and cells compared across languages and spellings, and the columns that are never read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any

from amends.data import load_yaml
from amends.errors import InputError

_IGNORED = re.compile(r"[\s_\-‐-―\u200b\ufeff]+")
_DATA_CELL = re.compile(r"\d{3}-\d{7}-\d{7}|[^@\s]+@[^@\s]+\.\w+|[+-]?\d[\d.,:/\s-]*|\d{4}-\d\d-\d\dT.*|B0[A-Z0-9]{8}")
_SHOWN = 30


def rules() -> Any:
    """The parsed `prompts/reports.v1.yaml`. Raises PromptError."""
    return load_yaml("reports.v1.yaml")


def folded(name: str) -> str:
    """`name` in lower case without spaces, hyphens and underscores: "Order ID", `order-id`, `order_id` are one."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", name).strip().strip('"').lower())


@cache
def known_headers() -> frozenset[str]:
    """Every header name of every kind, folded."""
    lists = rules()["order_lists"]["columns"]
    tables = [kind["columns"] for kind in rules()["kinds"].values()]
    return frozenset(
        folded(h) for table in (*tables, lists, rules()["invoices"]) for names in table.values() for h in names
    )


def cells_meaning(name: str) -> tuple[str, ...]:
    """The cell texts that mean `name` (cancelled, merchant, active, unmarked), lower case."""
    return tuple(text.lower() for text in rules()["cells"][name])


def columns_of(header: Sequence[str], names: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Which of our columns stand at which index of `header`; the first spelling listed wins."""
    at: dict[str, int] = {}
    for index, cell in enumerate(header):
        at.setdefault(folded(cell), index)
    found = {ours: next((at[folded(h)] for h in spellings if folded(h) in at), -1) for ours, spellings in names.items()}
    return {ours: index for ours, index in found.items() if index >= 0}


def is_personal(header: str) -> bool:
    """Whether the column is about a person; such columns are never read [D, domain 8]."""
    name = folded(header)
    return name in ("name", "姓名", "氏名") or any(folded(part) in name for part in rules()["personal"])


def mapped_columns(header: Sequence[str], mapping: Mapping[str, str], file: str) -> dict[str, int]:
    """The user's own mapping, our column name to the file's header, as indices.

    Raises:
        InputError: a name that is not ours, a header that the file lacks, or a column about a person.
    """
    at = {folded(cell): index for index, cell in reversed(list(enumerate(header)))}
    found = {}
    for ours, theirs in mapping.items():
        if ours not in our_columns():
            raise InputError(
                f"{file}: there is no column called “{ours}” to map to.", hint=_nearest(ours, our_columns())
            )
        if folded(theirs) not in at:
            raise InputError(f"{file} has no column “{theirs}”.", hint=_nearest(theirs, shown(header)) or seen(header))
        if is_personal(theirs):
            raise InputError(
                f"{file}: the column “{theirs}” is about a person and is never read.", hint="Map another column."
            )
        found[ours] = at[folded(theirs)]
    return found


@cache
def our_columns() -> tuple[str, ...]:
    """Our names of all columns that a mapping may name."""
    tables = (*(kind["columns"] for kind in rules()["kinds"].values()), rules()["order_lists"]["columns"])
    return tuple(sorted({name for table in tables for name in table}))


def shown(header: Iterable[str]) -> list[str]:
    """The header's cells that may be quoted in a message: named columns, cut to 40 characters."""
    return [cell.strip()[:40] for cell in header if cell.strip()]


def seen(header: Sequence[str]) -> str:
    """A sentence on the columns of a file. A first row that holds data is not quoted: it may name a person."""
    if holds_data(header):
        return "Its first row seems to hold data: there is no header row."
    names = shown(header)
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"Columns seen: {', '.join(names[:_SHOWN])}{more}."


def holds_data(header: Sequence[str]) -> bool:
    """Whether a cell of the supposed header is an id, a number, a date or a mail address."""
    return any(_DATA_CELL.fullmatch(cell.strip()) for cell in header)


def _nearest(name: str, allowed: Sequence[str]) -> str:
    near = get_close_matches(name, allowed, 1, 0.5)
    return f"Did you mean “{near[0]}”?" if near else f"Known: {', '.join(allowed[:_SHOWN])}."
