"""What all nouns share."""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Base of all nouns: immutable, and closed to unknown keys."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")

    def with_(self, **changes: Any) -> Self:
        """Return a copy in which `changes` replace the named fields."""
        return self.model_copy(update=changes)
