"""Sections worded by a model: what is asked, and how the answer is read. The call itself is the caller's.

The model sees the fact table and the outline of the pattern, never the notice. Its answer passes the lock before it is
taken: a section with a breach goes back once with the breach named, and is otherwise left to the composer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from amends import prompting
from amends.draft.compose import NAMES, compose_section
from amends.draft.shape import beside_plan, facts_for
from amends.patterns import Pattern
from amends.schemas import Case, Fact, Finding, Metric, Section, Sentence
from amends.verify import lock_section
from amends.vocabulary import Cause, SectionKey

#: The prompt file, `prompts/draft.v1.md`.
PROMPT = ("draft", 1)
#: Sections a model words; the enclosures list is always the composer's, it states file names.
WORDED: tuple[SectionKey, ...] = (
    "opening",
    "root_cause",
    "corrective_actions",
    "preventive_measures",
    "statement",
    "closing",
)
_WHAT: dict[SectionKey, str] = {
    "opening": "opening: one or two sentences that say which notice this answers, on what subject. No other fact.",
    "root_cause": "root cause: why the seller's process allowed it, then what happened, with the counts.",
    "corrective_actions": "corrective actions: what has been done, one point each.",
    "preventive_measures": "preventive measures: what is in force, one point each.",
    "statement": "statement of facts, in the order in which the reader needs them.",
    "closing": "closing: one sentence that asks for the one thing the letter is about.",
}


class DraftedSentence(BaseModel):
    """One sentence as the model gives it; every field is required, as strict schemas demand."""

    model_config = ConfigDict(extra="forbid")

    text: str
    fact_ids: list[str]
    role: Literal["what_happened", "why", "done", "in_force", "planned", "attached", "request", "frame"]
    new_point: bool


class DraftedSection(BaseModel):
    """The static schema of every section's answer, so that providers can cache it."""

    model_config = ConfigDict(extra="forbid")

    sentences: list[DraftedSentence]
    not_stated: list[str]


def ask(
    key: SectionKey, cause: Cause | None, case: Case, outline: Pattern | None, faults: Sequence[Finding] = ()
) -> prompting.Filled:
    """The filled prompt for one section. What is the same for all sections of a case stands first."""
    wanted = [f.id for f in _wanted(key, cause, case)]
    about = f" (only for {NAMES[cause]})" if cause else ""
    return prompting.fill(
        prompting.load(*PROMPT),
        facts=prompting.fence(facts_table(case), "facts"),
        letter=f"{case.enforcement.answer_kind.replace('_', ' ')} on {', '.join(NAMES[c] for c in case.enforcement.all_causes)}",
        outline=prompting.fence(_outline(outline), "outline"),
        section=_WHAT[key] + about,
        wanted=", ".join(wanted) or "none",
        faults=_faults(faults),
    )


def read(answer: DraftedSection, key: SectionKey, cause: Cause | None, case: Case, name: str) -> Section:
    """The answer as a section; its title and list form are those of the composer's section, and its gaps are kept."""
    own = compose_section(key, cause, case)
    sentences = tuple(
        Sentence(
            text=" ".join(s.text.split()), fact_ids=tuple(s.fact_ids), role=s.role, continues=not s.new_point and n > 0
        )
        for n, s in enumerate(answer.sentences)
        if s.text.strip()
    )
    return own.with_(
        sentences=(*beside_plan(sentences, key, case), *(s for s in own.sentences if s.gap)), written_by=name
    )


def fault(answer: DraftedSection, key: SectionKey, cause: Cause | None, case: Case) -> str | None:
    """What is wrong with the answer, in words for the model; None when it may be taken."""
    section = read(answer, key, cause, case, "model")
    if not section.sentences:
        return "The section has no sentence."
    breaches = [f"In “{f.sentence}”: {f.message}" for f in lock_section(section, case)]
    said = {i for s in section.sentences for i in s.fact_ids}
    lost = [f.id for f in _wanted(key, cause, case) if f.id not in said and f.source == "seller"]
    if lost:
        breaches.append(f"These facts are not said: {', '.join(lost)}.")
    placeholder = next(
        (s.text for s in section.sentences if not s.gap and "[" in s.text.replace("[[", "").replace("]]", "")), None
    )
    if placeholder:
        breaches.append(f"“{placeholder}” holds a placeholder.")
    return " ".join(breaches[:8]) or None


def facts_table(case: Case) -> str:
    """All facts, one per line: id, kind, status, words. Values only of the notice's facts: never its sentences."""
    return "\n".join(_row(f) for f in case.facts)


def _row(fact: Fact) -> str:
    value = fact.value
    if isinstance(value, Metric):
        words = f"{value.name.replace('_', ' ')}: value {value.value}, target {value.target} {fact.unit or ''}"
    else:
        words = str(value) if fact.item else f"{value} {fact.unit or ''}".strip()
    if fact.item:
        fields = {
            n: v for n, v in fact.item.model_dump(exclude={"list", "text", "status"}).items() if v not in (None, (), [])
        }
        words = "; ".join(
            [
                words,
                *(f"{n}: {', '.join(map(str, v)) if isinstance(v, list | tuple) else v}" for n, v in fields.items()),
            ]
        )
    return f"{fact.id} | {fact.source} {fact.kind} | {fact.status or '-'} | {words}"


def _wanted(key: SectionKey, cause: Cause | None, case: Case) -> tuple[Fact, ...]:
    if key == "opening":
        return tuple(f for f in case.facts if f.source == "notice" and f.kind in ("asin", "complaint_id"))
    return facts_for(key, cause, case)


def _outline(pattern: Pattern | None) -> str:
    """Order and emphasis of a situation: its name and what to avoid. Its menus stay out: they are no facts."""
    if pattern is None:
        return "none"
    return "\n".join([f"Situation: {pattern.situation}", *(f"Avoid: {a}" for a in pattern.avoid)])


def _faults(faults: Sequence[Finding]) -> str:
    if not faults:
        return ""
    lines = [f"- {f.message} {f.suggestion}".rstrip() for f in faults]
    return prompting.fence("\n".join(["The last version had these faults; write it without them:", *lines]), "faults")
