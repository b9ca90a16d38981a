"""The judge's items for a bare letter, under the user's own rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amends.check.config import Rules
from amends.judging import Judged, ask_judge, not_checked
from amends.schemas import Case, Letter

if TYPE_CHECKING:
    from amends.model import Door

NO_MODEL = "No model was set to judge this (--model)."

__all__ = ["NO_MODEL", "Judged", "judged", "unjudged"]


def unjudged(letter: Letter, rules: Rules, why: str = NO_MODEL) -> Judged:
    """Return the judge's items as "not checked", with the reason."""
    return not_checked(rules.rubric.for_judge(letter.kind), why), ()


async def judged(letter: Letter, case: Case, rules: Rules, door: Door) -> Judged:
    """Return the judge's answers and a finding for each no. It sees letter, items and facts, never the mail."""
    return await ask_judge(letter, case, rules.rubric.for_judge(letter.kind), door)
