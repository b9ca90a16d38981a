"""The sections of each kind of answer, in order (domain brief 4.1 and 4.6 [D])."""

from __future__ import annotations

from collections.abc import Sequence

from amends.schemas import Case, Fact, Sentence
from amends.vocabulary import AnswerKind, Cause, FactKind, FactList, SectionKey

_SHAPES: dict[AnswerKind, tuple[SectionKey, ...]] = {
    "plan_of_action": (
        "opening",
        "root_cause",
        "corrective_actions",
        "preventive_measures",
        "statement",
        "enclosures",
        "closing",
    ),
    "questionnaire": (
        "opening",
        "root_cause",
        "corrective_actions",
        "preventive_measures",
        "statement",
        "enclosures",
        "closing",
    ),
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
    "root_cause": ("root_causes",),
    "corrective_actions": ("corrective_actions",),
    "preventive_measures": ("preventive_measures",),
    "documents": ("evidence",),
    "enclosures": ("evidence",),
}
#: The lists that have sections of their own in a plan.
_PLAN: dict[FactList, SectionKey] = {
    "root_causes": "root_cause", "corrective_actions": "corrective_actions", "preventive_measures": "preventive_measures",
}  # fmt: skip
#: Which sentences of the story stand in for a list of the seller's that is empty.
_INSTEAD: dict[FactList, tuple[FactKind, ...]] = {
    "root_causes": ("cause", "statement"),
    "corrective_actions": ("action",),
    "preventive_measures": ("measure",),
}


def shape(kind: AnswerKind) -> tuple[SectionKey, ...]:
    """The section keys of a letter of this kind; empty when nothing is to be written."""
    return _SHAPES[kind]


def lists_of(key: SectionKey, kind: AnswerKind) -> tuple[FactList, ...]:
    """Which of the seller's lists a section says. Kinds without sections for actions say them as facts.

    A dispute begins with what the seller states of the charge; elsewhere other facts follow what happened.
    """
    if key != "statement":
        return _LISTS.get(key, ())
    told = tuple(of for of, own in _PLAN.items() if own not in _SHAPES[kind])
    return ("other_facts", *told) if kind == "dispute" else (*told, "other_facts")


def needed(key: SectionKey, case: Case) -> bool:
    """Whether the letter has a hole where this section has nothing to say; else the section is left out.

    A plan needs each part, a correction what was corrected, a letter on another account what is known of it.
    """
    kind = case.enforcement.answer_kind
    if key == "statement":
        return kind in ("dispute", "retraction", "other_account_first")
    return (
        kind in ("plan_of_action", "questionnaire")
        or key == "documents"
        or (kind, key) == ("corrected_data", "corrective_actions")
        or any(r.item == key for r in case.enforcement.requests if not r.dispute_only)
    )


def beside_plan(sentences: Sequence[Sentence], key: SectionKey, case: Case) -> tuple[Sentence, ...]:
    """The sentences of a section; further facts that stand beside a plan are no part of its root cause."""
    if key != "statement" or "root_cause" not in _SHAPES[case.enforcement.answer_kind]:
        return tuple(sentences)
    return tuple(s.with_(role="frame") if s.role in ("what_happened", "why") else s for s in sentences)


def facts_for(key: SectionKey, cause: Cause | None, case: Case) -> tuple[Fact, ...]:
    """The facts a section has to say, in order: the seller's entries of its lists, or else fitting sentences of the story.

    With several causes each block takes the entries marked with its cause; unmarked ones go to the main cause.
    """
    lists = lists_of(key, case.enforcement.answer_kind)
    entries = {which: case.items(which) for which in lists}
    if key != "statement" or not any(entries.values()):
        entries = {which: found or _told(which, case) for which, found in entries.items()}
    facts = tuple(f for found in entries.values() for f in found)
    return facts if cause is None else tuple(f for f in facts if _belongs_to(f, cause, case))


def _told(which: FactList, case: Case) -> tuple[Fact, ...]:
    """The sentences of the story that stand in for an empty list."""
    return tuple(f for kind in _INSTEAD.get(which, ()) for f in case.facts if f.origin == "story" and f.kind == kind)


def _belongs_to(fact: Fact, cause: Cause, case: Case) -> bool:
    """Whether an entry is of this cause; one without a cause, or with one the notice does not name, is of the main cause."""
    named = fact.item.cause if fact.item else None
    main, known = case.enforcement.cause, case.enforcement.all_causes
    return (named if named in known else main) == cause


def blocks(key: SectionKey, case: Case) -> tuple[Cause | None, ...]:
    """The causes for which a section is written separately: one block per cause where several are to be answered."""
    causes = case.enforcement.all_causes
    if len(causes) > 1 and key in ("root_cause", "corrective_actions", "preventive_measures"):
        return causes
    return (None,)
