"""The rubric as data: `prompts/rubric.vN.yaml`, its items, and scores from answered items."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, model_validator

from amends.data import parsed
from amends.errors import PromptError
from amends.prompting import prompt_root
from amends.schemas import Criterion, Frozen, ItemResult
from amends.vocabulary import AnswerKind, Cause, Severity

CriterionName = Literal[
    "non_defensive",
    "specific",
    "actionable",
    "root_cause_owned",
    "complete",
    "structured",
    "concise",
    "plain_english",
]


class RubricItem(Frozen):
    """A yes/no item; yes is the good answer. `source` is a mark and key of domain.md; limits stand in `settings`."""

    id: str
    criterion: CriterionName
    question: str
    decided_by: Literal["code", "judge"]
    severity: Severity
    applies_to: tuple[AnswerKind, ...] = ()
    reason: str
    source: str = Field(pattern=r"^\[")
    settings: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _limits_into_question(cls, data: dict[str, Any]) -> dict[str, Any]:
        limits = {k: v for k, v in data.get("settings", {}).items() if isinstance(v, int | float)}
        return data | {"question": str(data["question"]).format(**limits)}

    def applies(self, kind: AnswerKind) -> bool:
        """Return whether the item is asked of a letter of this kind; no list means every kind."""
        return not self.applies_to or kind in self.applies_to


class Rubric(Frozen):
    """All items of one version, and the words that tell which cause a block of a letter speaks of."""

    version: int
    items: tuple[RubricItem, ...]
    cause_terms: dict[Cause, str]

    def item(self, item_id: str) -> RubricItem:
        """Return the item called `item_id`.

        Raises:
            PromptError: the rubric has no such item.
        """
        for item in self.items:
            if item.id == item_id:
                return item
        raise PromptError(f"The rubric (version {self.version}) has no item {item_id!r}.")

    def for_code(self, kind: AnswerKind) -> tuple[RubricItem, ...]:
        """Return the items that code decides for a letter of this kind."""
        return tuple(i for i in self.items if i.decided_by == "code" and i.applies(kind))

    def for_judge(self, kind: AnswerKind) -> tuple[RubricItem, ...]:
        """Return the items that the judge decides for a letter of this kind."""
        return tuple(i for i in self.items if i.decided_by == "judge" and i.applies(kind))


@lru_cache(maxsize=4)
def rubric(version: int = 1, folder: Path | None = None) -> Rubric:
    """Return the rubric of that version, from `folder` (default: the shipped one), loaded once.

    Raises:
        PromptError: there is no such file, or it is not a rubric.
    """
    path = (folder or prompt_root()) / f"rubric.v{version}.yaml"
    try:
        data = parsed(path)
        return Rubric.model_validate({k: v for k, v in data.items() if k != "plan"})  # an anchor for lists, no more
    except FileNotFoundError:
        raise PromptError(f"There is no rubric {path.name}.") from None
    except (ValueError, KeyError, AttributeError) as error:
        raise PromptError(f"{path.name} is not a rubric: {error}") from None


@lru_cache(maxsize=256)
def pattern(source: str) -> re.Pattern[str]:
    """Return a regular expression of the rubric's settings, compiled once.

    It is in small letters, for text in small letters: four times faster than matching blind to case.
    """
    return re.compile(source)


def score(items: Iterable[ItemResult], of: Rubric | None = None) -> tuple[Criterion, ...]:
    """Return the criteria of the rubric that `items` belong to, in its order, each with its items.

    The score is 100 × met / (met + unmet), None if nothing was checked: "not checked" never counts as met.

    Raises:
        PromptError: an item is not in the rubric.
    """
    of = of or rubric()
    grouped: dict[str, list[ItemResult]] = {item.criterion: [] for item in of.items}
    for result in items:
        grouped[of.item(result.id).criterion].append(result)
    return tuple(Criterion(name=n, items=tuple(r), score=_share(r)) for n, r in grouped.items() if r)


def _share(results: list[ItemResult]) -> float | None:
    met = sum(r.state == "met" for r in results)
    unmet = sum(r.state == "unmet" for r in results)
    return round(100 * met / (met + unmet), 1) if met + unmet else None
