"""The `[check]` table of `amends.toml`: which rules are silent, which limits differ, and rules of one's own.

[check]
silence = ["lexicon.vague.*", "rubric.root_first", "grammar.*"]
lexicon = "my_words"                       # a folder of YAML files like prompts/lexicon, beside the config file
[check.limits]
word_count.max_words = 500
[[check.questions]]                        # asked of the judge model, beside the rubric's own
id = "names_lot"
question = "Does the letter name the lot number?"
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from amends.data import load_yaml
from amends.errors import InputError, PromptError
from amends.evaluate.lexicon import Entry, Lexicon, lexicon
from amends.evaluate.rubric import CriterionName, Rubric, RubricItem, rubric
from amends.schemas import Frozen
from amends.vocabulary import Severity

#: Rules that are neither lexicon nor rubric items: the facts lock, and every rule of the grammar engine.
FACT_RULES = (
    "number_invented", "date_invented", "id_invented", "name_invented", "document_invented", "status_changed",
    "polarity_changed", "entry_not_said",
)  # fmt: skip
_GRAMMAR = "grammar."


class _Question(Frozen):
    """A yes/no question of the user's own; yes is the good answer."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{1,40}$")
    question: str = Field(min_length=8)
    criterion: CriterionName = "complete"
    severity: Severity = "advice"
    reason: str = "Your own rule."


class _Table(Frozen):
    """The table as written."""

    silence: tuple[str, ...] = ()
    lexicon: str | None = None
    limits: dict[str, dict[str, float]] = Field(default_factory=dict)
    questions: tuple[_Question, ...] = ()


@dataclass(frozen=True)
class Rules:
    """What is checked: the rubric with its limits, silent items left out; own words; patterns of silent rules."""

    rubric: Rubric = field(default_factory=rubric)
    silence: tuple[str, ...] = ()
    own_words: Lexicon | None = None
    path: Path | None = None

    @cached_property
    def sources(self) -> dict[str, str]:
        """Rule or item id -> the source mark of domain.md that it rests on."""
        entries = (*lexicon().entries, *(self.own_words.entries if self.own_words else ()))
        return {e.rule: e.source for e in entries} | {i.id: i.source for i in self.rubric.items}

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Rule of a word list -> its kind of wording."""
        return {e.rule: e.kind for e in (*lexicon().entries, *(self.own_words.entries if self.own_words else ()))}

    def is_silent(self, rule: str) -> bool:
        """Return whether findings of `rule` are left out."""
        return any(fnmatchcase(rule, pattern) for pattern in self.silence)


def load_rules(path: Path | None) -> Rules:
    """Return the rules of the config file `path`; the shipped ones for None or a file without `[check]`.

    Raises:
        InputError: the file cannot be read, or names a key, rule, item or limit that does not exist (with the nearest).
    """
    table = _table(path) if path else None
    if path is None or table is None:
        return Rules()
    words = _own_words(path.parent / table.lexicon, path) if table.lexicon else None
    items = _rubric(table, path)
    _refuse_unknown(table.silence, _known_rules(items, words), path)
    silent = tuple(i for i in items.items if not any(fnmatchcase(n, p) for p in table.silence for n in _names(i)))
    return Rules(items.with_(items=silent), table.silence, words, path)


def _table(path: Path) -> _Table | None:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path} is not valid TOML: {error}.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"Cannot read the config file {path}: {error}.", hint="Check the path.") from None
    given = values.get("check")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise InputError(f"{path}: `check` is no table.", hint="Write [check] on a line of its own.")
    for key in given:
        if key not in _Table.model_fields:
            raise InputError(f"{path}: [check] has no key {key!r}.", hint=_nearest(key, _Table.model_fields))
    try:
        return _Table.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(f"{path}: [check] {where}: {first['msg']}.", hint="See `amends check --help`.") from None


def _nearest(word: str, known: Iterable[str]) -> str:
    names = tuple(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.4)
    return f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(names[:12])}."


def _names(item: RubricItem) -> tuple[str, ...]:
    return (f"rubric.{item.id}", f"judge.{item.id}") if item.decided_by == "judge" else (f"rubric.{item.id}",)


def _known_rules(items: Rubric, words: Lexicon | None) -> tuple[str, ...]:
    entries = (*lexicon().entries, *(words.entries if words else ()))
    own = dict.fromkeys(e.rule for e in entries)
    return (*own, *(name for item in items.items for name in _names(item)), *FACT_RULES)


def _refuse_unknown(patterns: Sequence[str], known: Sequence[str], path: Path) -> None:
    for wanted in patterns:
        if not wanted.startswith(_GRAMMAR) and not any(fnmatchcase(rule, wanted) for rule in known):
            groups = dict.fromkeys(f"{rule.rpartition('.')[0]}.*" for rule in known if "." in rule)
            hint = _nearest(wanted, (*groups, *known) if wanted.endswith("*") else known)
            raise InputError(f"{path}: silence: there is no rule {wanted!r}.", hint=hint)


def _rubric(table: _Table, path: Path) -> Rubric:
    """The shipped rubric with other limits, and the user's questions behind it."""
    data: dict[str, Any] = {k: v for k, v in load_yaml("rubric.v1.yaml").items() if k != "plan"}
    items = [dict(item) for item in data["items"]]
    for item_id, limits in table.limits.items():
        item = next((i for i in items if i["id"] == item_id), None)
        if item is None:
            raise InputError(
                f"{path}: limits: there is no item {item_id!r}.",
                hint=_nearest(item_id, [i["id"] for i in items if "settings" in i]),
            )
        item["settings"] = _limited(item, limits, path)
    own = [q.model_dump() | {"decided_by": "judge", "source": "[own]"} for q in table.questions]
    taken = {i["id"] for i in items} & {q["id"] for q in own}
    if taken:
        raise InputError(f"{path}: questions: {min(taken)!r} is an item of the rubric.", hint="Choose another id.")
    return Rubric.model_validate(data | {"items": [*items, *own]})


def _limited(item: dict[str, Any], limits: dict[str, float], path: Path) -> dict[str, Any]:
    settings = dict(item.get("settings", {}))
    numbers = [name for name, value in settings.items() if isinstance(value, int | float)]
    for name, value in limits.items():
        if name not in numbers:
            raise InputError(
                f"{path}: limits: {item['id']} has no limit {name!r}.",
                hint=_nearest(name, numbers) if numbers else "It has none.",
            )
        settings[name] = int(value) if float(value).is_integer() else value
    return settings


def _own_words(folder: Path, path: Path) -> Lexicon:
    """Load the user's word lists; each entry must find its own must_trip text and leave its must_pass text alone."""
    if not folder.is_dir():
        raise InputError(
            f"{path}: lexicon: {folder} is no folder.", hint="Name a folder of YAML files like prompts/lexicon."
        )
    try:
        words = lexicon(folder)
    except PromptError as error:
        raise InputError(
            f"{path}: lexicon: {error.message}", hint="See prompts/lexicon for how an entry is written."
        ) from None
    kinds = {kind for item in rubric().items for kind in item.settings.get("kinds", ())}
    for entry in words.entries:
        _try(entry, kinds, folder)
    return words


def _try(entry: Entry, kinds: set[str], folder: Path) -> None:
    if entry.kind not in kinds:
        raise InputError(
            f"{folder.name}: {entry.rule}: there is no kind {entry.kind!r}.", hint=_nearest(entry.kind, sorted(kinds))
        )
    alone = Lexicon([entry.with_(allowed=0)])
    if not alone.find(entry.must_trip):
        raise InputError(
            f"{folder.name}: {entry.rule} does not find its own must_trip text.",
            hint="Correct its phrases or the text.",
        )
    if alone.find(entry.must_pass):
        raise InputError(f"{folder.name}: {entry.rule} finds its must_pass text.", hint="Make its phrases narrower.")
