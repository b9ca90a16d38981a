"""Sentences that read like faulty ones, in words that no word list has: a hint, never more.

What they are like is learned (`amends.likeness`) from sentences written for it; how it is said stands in `alike.v1.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pydantic import ValidationError

from amends.data import load_yaml
from amends.errors import PromptError
from amends.evaluate.headings import Part, is_heading
from amends.evaluate.rubric import RubricItem
from amends.evaluate.view import Fault, Line, Outcome, View, judged
from amends.likeness import likeness
from amends.schemas import Frozen

FILE = "alike.v1.yaml"
#: Shorter lines are headings and names; they tell nothing of how a sentence reads.
_FEW_WORDS = 5


class Likened(Frozen):
    """What is said of a sentence that reads like one of a kind. `parts`: where it is a fault; empty: everywhere."""

    like: str
    better: str
    source: str
    parts: tuple[Part, ...] = ()


def no_sentence_alike(view: View, item: RubricItem) -> Outcome:
    """Answer whether no sentence reads like a faulty one by more than the item's `floor`; those with a hit are left out."""
    hit = {id(line) for line, _ in view.hits}
    looked = [line for line in view.lines if id(line) not in hit and _is_sentence(line)]
    faults = list(_faults(looked, item.settings["floor"]))
    return judged(faults, f"{len(faults)} of {len(looked)} sentences read like faulty ones.")


def _is_sentence(line: Line) -> bool:
    words = len(line.low.split()) if line.low.isascii() else len(line.low) // 2
    told = not (
        line.sentence.gap or is_heading(line.text) or line.text.rstrip().endswith(("?", "？")) or "|" in line.text
    )
    return told and line.part != "attached" and words >= _FEW_WORDS


def _faults(lines: list[Line], floor: float) -> Iterator[Fault]:
    for line in lines:
        points = likeness("faults").points(line.low)
        told = {kind: p for kind, p in points.items() if p >= floor and _can_be(kind, line.part)}
        if told:
            kind = max(told, key=told.__getitem__)
            said = _likened()[kind]
            yield Fault(f"This reads like {said.like}.", said.better, line, severity="advice", rule=f"alike.{kind}")


def _can_be(kind: str, part: Part) -> bool:
    parts = _likened()[kind].parts
    return not parts or part in parts


@cache
def _likened() -> dict[str, Likened]:
    try:
        return {kind: Likened.model_validate(told) for kind, told in load_yaml(FILE).items() if isinstance(told, dict)}
    except ValidationError as error:
        raise PromptError(f"{FILE} cannot be used: {error}", hint="Install amends again.") from error
