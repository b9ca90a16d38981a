"""The concepts of which situations speak, each with the words that sellers have for it: `prompts/concepts/*.yaml`.

A pattern names its concepts, the telling one first. So a word is taught once and serves every situation it belongs to.
"""

from __future__ import annotations

from functools import cached_property, lru_cache

import yaml
from pydantic import Field, ValidationError

from amends.errors import PromptError
from amends.prompting import prompt_root
from amends.schemas import Frozen

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # a PyYAML built without libyaml: the same answers, slower
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]


class Concept(Frozen):
    """A thing that sellers tell of. `means` says it in plain words; the rest are words for it, by language."""

    means: str = Field(min_length=1)
    en: tuple[str, ...] = Field(min_length=1)
    zh: tuple[str, ...] = Field(min_length=1)
    de: tuple[str, ...] = Field(min_length=1)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of every language."""
        return self.en + self.zh + self.de


@lru_cache(maxsize=256)
def concept(name: str) -> Concept:
    """Return the concept called `name`.

    Raises:
        PromptError: there is none, or its file is broken.
    """
    path = prompt_root() / "concepts" / f"{name}.yaml"
    if not path.is_file():
        raise PromptError(f"There is no concept `{name}`.", hint="prompts/concepts holds one file for each.")
    try:
        return Concept.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader))  # text only
    except (yaml.YAMLError, UnicodeDecodeError, ValidationError) as fault:
        raise PromptError(f"concepts/{path.name}: {' '.join(str(fault).split())}") from fault
