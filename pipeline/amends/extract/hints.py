"""Parts of a plan of which only free words speak: no request by themselves."""

from __future__ import annotations

from amends.extract.layout import Layout
from amends.schemas import Requested
from amends.vocabulary import RequestedItem

PLAN: tuple[RequestedItem, ...] = ("root_cause", "corrective_actions", "preventive_measures")


def without_lone_hints(layout: Layout, found: dict[tuple[RequestedItem, bool], Requested]) -> None:
    """Take out parts of a plan of which only free words speak ("resolve", "ensure"), unless all of them or a plan is named."""
    parts = [key for key in found if key[0] in PLAN and not key[1]]
    if len(parts) == len(PLAN) or any(s.has("kind.plan_of_action") for s in layout.newest):
        return
    if not any(_said_outright(layout, found[key]) for key in parts):
        for key in parts:
            del found[key]


def _said_outright(layout: Layout, part: Requested) -> bool:
    """Whether the words are those by which this part is usually asked for."""
    at = part.evidence.start
    return any(s.start <= at < s.end and s.has(f"request.{part.item}") for s in layout.newest)
