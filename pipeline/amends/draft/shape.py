"""The sections of each kind of answer, in order (domain brief 4.1 and 4.6 [D])."""

from __future__ import annotations

from amends.schemas import Case, Fact
from amends.vocabulary import AnswerKind, Cause, FactList, SectionKey

_SHAPES: dict[AnswerKind, tuple[SectionKey, ...]] = {
    "plan_of_action": ("opening", "root_cause", "corrective_actions", "preventive_measures", "enclosures", "closing"),
    "questionnaire": ("opening", "root_cause", "corrective_actions", "preventive_measures", "enclosures", "closing"),
    "documents_only": ("opening", "documents", "statement", "closing"),
    "dispute": ("opening", "statement", "enclosures", "closing"),
    "retraction": ("opening", "statement", "enclosures", "closing"),
    "other_account_first": (
        "opening",
        "statement",
        "corrective_actions",
        "preventive_measures",
        "enclosures",
        "closing",
    ),
    "corrected_data": ("opening", "statement", "corrective_actions", "preventive_measures", "enclosures", "closing"),
    "information_request": ("opening", "statement", "closing"),
    "no_reply_needed": (),
}
#: Which lists of the seller's each section says, by section.
_LISTS: dict[SectionKey, tuple[FactList, ...]] = {
    "root_cause": ("root_causes", "other_facts"),
    "corrective_actions": ("corrective_actions",),
    "preventive_measures": ("preventive_measures",),
    "statement": ("root_causes", "other_facts"),
    "documents": ("evidence",),
    "enclosures": ("evidence",),
}
#: The story's own sentences, used where the lists of a section are empty.
_STORY_KINDS = {"root_cause": "cause", "corrective_actions": "action", "preventive_measures": "measure"}


def shape(kind: AnswerKind) -> tuple[SectionKey, ...]:
    """The section keys of a letter of this kind; empty when nothing is to be written."""
    return _SHAPES[kind]


def lists_of(key: SectionKey, kind: AnswerKind) -> tuple[FactList, ...]:
    """Which of the seller's lists a section says. Kinds without sections for actions say them as facts."""
    lists = _LISTS.get(key, ())
    if key == "statement":
        missing: tuple[FactList, ...] = ("corrective_actions", "preventive_measures")
        return (*lists, *(m for m in missing if m not in _SHAPES[kind]))
    return lists


def facts_for(key: SectionKey, cause: Cause | None, case: Case) -> tuple[Fact, ...]:
    """The facts a section has to say, in order: the seller's entries of its lists, else fitting sentences of the story.

    With several causes each block takes the entries marked with its cause; unmarked ones go to the main cause.
    """
    kind, main = case.enforcement.answer_kind, case.enforcement.cause
    entries = [f for which in lists_of(key, kind) for f in case.items(which)]
    if cause is not None:
        entries = [
            f
            for f in entries
            if f.item
            and (f.item.cause or main) == cause
            or (cause == main and f.item and f.item.cause not in case.enforcement.all_causes)
        ]
    if not entries and key in _STORY_KINDS and cause in (None, main):
        entries = [f for f in case.facts if f.origin == "story" and f.kind == _STORY_KINDS[key]]
    return tuple(entries)


def blocks(key: SectionKey, case: Case) -> tuple[Cause | None, ...]:
    """The causes for which a section is written separately: one block per cause where several are to be answered."""
    causes = case.enforcement.all_causes
    if len(causes) > 1 and key in ("root_cause", "corrective_actions", "preventive_measures"):
        return causes
    return (None,)
