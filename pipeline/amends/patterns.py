"""The case-pattern library: one YAML file per situation, its schema and its loader.

A pattern holds structure and questions, never facts: its moves, roots and examples are a menu to ask the seller
about. Nothing of a pattern's text may reach a letter; only the seller's answers do.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from amends.data import parsed
from amends.errors import AmendsError, InputError, PromptError
from amends.prompting import prompt_root
from amends.schemas import Frozen
from amends.vocabulary import CAUSES, AnswerType, Cause, FactList

Slot = Literal[
    "what", "who", "how_often", "limit", "tool", "since", "count", "date", "asins", "orders", "document", "proves"
]
#: The slot's name in a pattern -> the field of the seller's entry that holds it.
SLOT_FIELDS: dict[Slot, str] = {
    "what": "text",
    "who": "owner",
    "how_often": "frequency",
    "limit": "limit",
    "tool": "tool",
    "since": "since",
    "count": "count",
    "date": "date",
    "asins": "asins",
    "orders": "orders",
    "document": "document",
    "proves": "proves",
}
Stance = Literal["own", "dispute", "either", "documents"]
Grade = Literal["good", "fair", "poor"]
_ID = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*\.[a-z0-9]+(_[a-z0-9]+)*$"


class Cues(Frozen):
    """Words of the notice or of the seller's story that point to a situation, by language."""

    en: tuple[str, ...] = Field(min_length=1)
    zh: tuple[str, ...] = ()
    de: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """The cues of every language."""
        return self.en + self.zh + self.de


class Move(Frozen):
    """An item of a menu: asked of the seller, never inserted. `slots` are what the seller must say of it."""

    id: str
    text: str = Field(min_length=1)
    slots: tuple[Slot, ...] = Field(min_length=1)


class Moves(Frozen):
    """What sellers in this situation can have done, and can have put in force."""

    corrective: tuple[Move, ...] = ()
    preventive: tuple[Move, ...] = ()


class Proof(Frozen):
    """A document that serves here, and what makes it acceptable."""

    document: str
    requirements: str


class PatternQuestion(Frozen):
    """A question of this situation. `known_by`: words that show, in a fact or the story, that the answer is there."""

    id: str = Field(pattern=_ID)
    text: str = Field(min_length=1)
    text_zh: str = ""
    why: str = Field(min_length=1)
    why_zh: str | None = None
    answer_type: AnswerType
    choices: tuple[str, ...] = ()
    example: str | None = None
    example_zh: str | None = None
    proof: str | None = None
    blocking: bool = False
    fills: FactList | None = None
    slot: Slot | None = None
    known_by: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _choices_belong_to_choice(self) -> Self:
        if (self.answer_type == "choice") != bool(self.choices):
            raise ValueError("`choices` and answer_type `choice` go together")
        return self


class Outlook(Frozen):
    """An honest word on the chances, without a percentage (success rates are unproven [D], domain 5.4)."""

    grade: Grade
    why: str = Field(min_length=1)


class Example(Frozen):
    """A text that must, or must not, bring a pattern to the top of its cause."""

    story: str = Field(min_length=1)
    notice: str = ""


class Pattern(Frozen):
    """One situation of one cause. `usual_rank` (1: most usual) orders situations that no word tells apart."""

    id: str = Field(pattern=_ID)
    cause: Cause
    situation: str = Field(min_length=1)
    situation_zh: str = ""
    usual_rank: int = Field(9, ge=1)
    cues: Cues
    concepts: tuple[str, ...] = Field((), description="Names in prompts/concepts, the telling one first")
    notice_gives: tuple[str, ...] = Field(min_length=1)
    true_roots: tuple[str, ...] = ()
    moves: Moves = Moves()
    evidence: tuple[Proof, ...] = ()
    questions: tuple[PatternQuestion, ...] = Field(min_length=1)
    avoid: tuple[str, ...] = ()
    stance: Stance
    route: str = Field(min_length=1)
    outlook: Outlook
    special_rules: tuple[str, ...] = ()
    sources: tuple[str, ...] = Field(min_length=1, description="Marks and keys of the domain brief, such as V:N1")
    checked_on: date
    must_match: Example
    must_not_match: Example

    @model_validator(mode="after")
    def _id_names_the_cause(self) -> Self:
        if self.id.split(".")[0] != self.cause:
            raise ValueError(f"`id` must start with the cause, `{self.cause}.`")
        return self

    @property
    def searchable(self) -> str:
        """The pattern's own words for ranking; its must-match example is left out, it would test itself."""
        moves = (*self.moves.corrective, *self.moves.preventive)
        asked = [text for q in self.questions for text in (q.text, q.text_zh)]
        return "\n".join((self.situation, *self.cues.all, *self.true_roots, *(m.text for m in moves), *asked))


def load_patterns(extra: Path | None = None, *, causes: Collection[Cause] | None = None) -> tuple[Pattern, ...]:
    """Return the shipped patterns and those of the folder `extra`, by id; only those of `causes` when given.

    File names begin with the cause, so files of other causes are not even opened.

    Raises:
        InputError: `extra` is no folder, holds no pattern, or a file of it is broken or repeats an id.
        PromptError: a shipped file is broken.
    """
    shipped = tuple(_shipped(path) for path in _wanted(prompt_root() / "patterns", causes))
    own = tuple(_read(path, InputError) for path in _own_files(extra, causes)) if extra else ()
    _refuse_repeated((*shipped, *own))
    return tuple(sorted((*shipped, *own), key=lambda p: p.id))


def find_pattern(pattern_id: str, patterns: Iterable[Pattern]) -> Pattern:
    """Return the pattern called `pattern_id`.

    Raises:
        InputError: there is none; the hint names the nearest id.
    """
    by_id = {p.id: p for p in patterns}
    if pattern_id in by_id:
        return by_id[pattern_id]
    near = difflib.get_close_matches(pattern_id, by_id, n=1, cutoff=0.4)
    hint = f"Did you mean `{near[0]}`?" if near else "`amends patterns list` shows all ids."
    raise InputError(f"There is no pattern `{pattern_id}`.", hint=hint)


@lru_cache(maxsize=256)
def _shipped(path: Path) -> Pattern:
    return _read(path, PromptError)


def _wanted(folder: Path, causes: Collection[Cause] | None) -> list[Path]:
    return [p for p in sorted(folder.glob("*.yaml")) if causes is None or p.name.split(".")[0] in causes]


def _own_files(folder: Path, causes: Collection[Cause] | None) -> list[Path]:
    if not folder.is_dir():
        raise InputError(f"The pattern folder `{folder}` does not exist.", hint="Give a folder with *.yaml files.")
    everything = _wanted(folder, None)
    if not everything:
        raise InputError(f"There is no *.yaml file in the pattern folder `{folder}`.")
    for path in everything:
        cause = path.name.split(".")[0]
        if cause not in CAUSES:
            near = difflib.get_close_matches(cause, CAUSES, n=1)
            hint = f"Did you mean `{near[0]}`?" if near else f"Causes: {', '.join(CAUSES)}."
            raise InputError(f"{path.name}: the file name must begin with a cause, `{cause}` is none.", hint=hint)
    return _wanted(folder, causes)


def _refuse_repeated(patterns: Iterable[Pattern]) -> None:
    seen: set[str] = set()
    for pattern in patterns:
        if pattern.id in seen:
            raise InputError(f"{pattern.id}.yaml: there is a shipped pattern of that id.", hint="Rename the situation.")
        seen.add(pattern.id)


def _read(path: Path, error: type[AmendsError]) -> Pattern:
    """Read one file; every scalar comes as text (no `no` that turns into False), the schema gives it its type."""
    try:
        data = parsed(path, as_text=True)
    except ValueError as fault:
        raise error(f"{path.name}: not readable as YAML: {_one_line(fault)}") from fault
    if not isinstance(data, dict):
        raise error(f"{path.name}: a pattern is a mapping with `id`, `cause`, `situation` …")
    try:
        pattern = Pattern.model_validate(data)
    except ValidationError as fault:
        raise error(_explain(path, fault), hint=_nearest_key(fault)) from fault
    if pattern.id != path.stem:
        raise error(f"{path.name}: id: `{pattern.id}` must be the file's name without `.yaml`.")
    _refuse_unknown_concepts(path, pattern.concepts, error)
    return pattern


def _refuse_unknown_concepts(path: Path, concepts: Iterable[str], error: type[AmendsError]) -> None:
    folder = prompt_root() / "concepts"
    for name in concepts:
        if not (folder / f"{name}.yaml").is_file():
            near = difflib.get_close_matches(name, (p.stem for p in folder.glob("*.yaml")), n=1, cutoff=0.4)
            hint = f"Did you mean `{near[0]}`?" if near else ""
            raise error(f"{path.name}: concepts: there is no `{name}`.", hint=hint)


def _one_line(fault: Exception) -> str:
    return re.sub(r"\s+", " ", str(fault))


def _telling(fault: ValidationError) -> ErrorDetails:
    """The error to show: a wrong key explains the missing one, so it goes first."""
    errors = fault.errors(include_url=False)
    return next((e for e in errors if e["type"] == "extra_forbidden"), errors[0])


def _explain(path: Path, fault: ValidationError) -> str:
    telling = _telling(fault)
    key = ".".join(str(part) for part in telling["loc"]) or "the whole file"
    said = "no such key" if telling["type"] == "extra_forbidden" else telling["msg"]
    return f"{path.name}: {key}: {said}."


def _nearest_key(fault: ValidationError) -> str:
    telling = _telling(fault)
    if telling["type"] != "extra_forbidden":
        return ""
    models = (Pattern, PatternQuestion, Move, Moves, Cues, Proof, Outlook, Example)
    known = sorted({name for model in models for name in model.model_fields})
    near = difflib.get_close_matches(str(telling["loc"][-1]), known, n=1)
    return f"Did you mean `{near[0]}`?" if near else ""
