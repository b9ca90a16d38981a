"""What to do after an answer: the entries of `escalation.v1.yaml` that fit its kind and the store, with their marks."""

from __future__ import annotations

from functools import cache

from pydantic import Field, ValidationError

from amends.data import load_yaml
from amends.errors import PromptError
from amends.schemas import Frozen
from amends.vocabulary import ReplyKind

FILE = "escalation.v1.yaml"


class Advice(Frozen):
    """One piece of advice, for which answers it holds, and where it comes from (marks as in the domain brief)."""

    kinds: tuple[ReplyKind, ...] = Field(alias="for")
    text: str
    source: str
    stores: tuple[str, ...] = Field((), description="Only for these marketplaces; empty: for all")
    new_facts: bool = Field(False, description="Only with facts that no earlier letter contained")


class _File(Frozen):
    version: int
    checked_on: str
    advice: tuple[Advice, ...]


def advice(kind: ReplyKind, marketplace: str | None, *, new_facts: bool) -> tuple[Advice, ...]:
    """The advice for an answer of this kind. With no known marketplace the advice for single stores is left out.

    Raises:
        PromptError: the file is missing or broken.
    """
    return tuple(
        a
        for a in _entries()
        if kind in a.kinds and (not a.stores or marketplace in a.stores) and (new_facts or not a.new_facts)
    )


@cache
def _entries() -> tuple[Advice, ...]:
    try:
        return _File.model_validate(load_yaml(FILE)).advice
    except ValidationError as error:
        raise PromptError(f"{FILE} cannot be used: {error}", hint="Install amends again.") from error
