"""The letter: which sections each kind of answer has, and who words them — the composer, or a model under the same lock."""

from __future__ import annotations

from amends.draft.compose import compose, compose_section
from amends.draft.shape import shape

__all__ = ["compose", "compose_section", "shape"]
