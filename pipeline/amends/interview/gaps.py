"""Gap analysis: every question that could be asked of a case, and whether its answer is already known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from amends.interview import wording
from amends.interview.entries import (
    belongs,
    entries,
    gives_ratio,
    item_of,
    lacks_count,
    names_process,
    says_date,
    says_frequency,
    says_owner,
    told_sentences,
)
from amends.interview.follow_up import follow_ups
from amends.interview.kinds import (
    Gap,
    covers,
    documents,
    documents_block,
    has_document,
    of_kind,
    proofs_of_plan,
    requested_documents,
    signature,
)
from amends.interview.situation import PREFIX, which_situation
from amends.interview.wording import ask
from amends.patterns import Pattern, PatternQuestion, find_pattern
from amends.schemas import Case, Fact, Item, Question
from amends.vocabulary import AnswerKind, Cause, FactList, RequestedItem

_PLAN_LISTS: tuple[FactList, ...] = ("root_causes", "corrective_actions", "preventive_measures")
_LISTS_OF_KIND: dict[AnswerKind, tuple[FactList, ...]] = {
    "plan_of_action": _PLAN_LISTS,
    "questionnaire": _PLAN_LISTS,
    "corrected_data": ("corrective_actions",),
}
#: Kinds in which the notice may ask for a part of the plan besides the main thing.
_LISTS_ON_REQUEST: tuple[AnswerKind, ...] = ("documents_only", "other_account_first")
_LIST_REQUESTS: dict[RequestedItem, FactList] = {
    "root_cause": "root_causes",
    "corrective_actions": "corrective_actions",
    "preventive_measures": "preventive_measures",
}
_NEGATION = re.compile(r"\b(no|none|never|not|nichts?|kein\w*|nie)\b|没有|从未|无", re.IGNORECASE)


def questions(case: Case, patterns: Sequence[Pattern], pattern_id: str | None = None) -> tuple[Question, ...]:
    """Return the open questions; none when no reply is needed.

    Which situation it is comes first, since it decides what else is asked; then the blocking ones. For each cause the best match is taken, or `pattern_id` for its cause.

    Raises:
        InputError: there is no pattern `pattern_id`.
    """
    answered = {a.question_id for a in case.answers}
    still = [g.question for g in gaps(case, patterns, pattern_id) if not g.known and g.question.id not in answered]
    # What a situation usually needs may be said in other words; only a missing part of the plan that is asked for, or a paper,
    # holds a letter up, and a paper only where the situation is sure.
    usual = {q.id for p in patterns for q in p.questions}
    needed = set(_needed(case))
    unsure = {m.cause for m in case.matches if m.unsure}
    still = [
        q.with_(blocking=False)
        if q.id in usual and q.fills not in needed and (q.fills != "evidence" or q.cause in unsure)
        else q
        for q in still
    ]
    if case.enforcement.answer_kind == "information_request":  # the letter only asks: no answer may hold it up
        still = [q.with_(blocking=False) for q in still]
    return tuple(sorted(dict.fromkeys(still), key=lambda q: (not q.id.startswith(PREFIX), not q.blocking)))


def gaps(case: Case, patterns: Sequence[Pattern], pattern_id: str | None = None) -> Iterator[Gap]:
    """Yield every question that this case can raise, in the order of the letter."""
    kind = case.enforcement.answer_kind
    if kind == "no_reply_needed":
        return
    yield from follow_ups(case)
    chosen = _chosen(case, patterns, pattern_id)
    for cause in dict.fromkeys(case.enforcement.all_causes):
        named = cause in chosen and chosen[cause].id == pattern_id
        if not named and (which := which_situation(case, cause, patterns)):
            yield which
        yield from _of_cause(case, cause, chosen.get(cause), patterns)
    for of in _needed(case):
        yield from _of_entries(case, of)
    if kind != "information_request":
        own = _evidence_questions(case, chosen.values())
        yield from documents(case, own)
        if kind in ("plan_of_action", "questionnaire"):
            yield proofs_of_plan(case, own)
        yield from of_kind(case)
        yield signature(case)


def as_question(asked: PatternQuestion, pattern: Pattern) -> Question:
    """Return a pattern's question in the form in which it is asked; `ideas` is the pattern's menu, never inserted."""
    return Question(
        cause=pattern.cause,
        ideas=_ideas(pattern, asked.fills),
        **asked.model_dump(exclude={"known_by"}),
    )


def entry_question(fact: Fact, of: FactList, number: int, slot: str, *, blocking: bool = False) -> Question:
    """Return the question for one slot of one entry. Raises KeyError for a slot that is never asked for."""
    words = wording.SLOTS[f"{of}.{slot}"]
    item = item_of(fact, of)
    return ask(
        f"{of}.{number}.{slot}", words, blocking, quote=item.text, fills=of, slot=slot, about=fact.id, cause=item.cause
    )


def _chosen(case: Case, patterns: Sequence[Pattern], pattern_id: str | None) -> dict[Cause, Pattern]:
    by_id = {p.id: p for p in patterns}
    chosen: dict[Cause, Pattern] = {}
    for match in case.matches:
        if match.pattern_id in by_id:
            chosen.setdefault(match.cause, by_id[match.pattern_id])
    if pattern_id is not None:
        wanted = find_pattern(pattern_id, patterns)
        chosen[wanted.cause] = wanted
    return chosen


def _needed(case: Case) -> tuple[FactList, ...]:
    """The lists that this kind of answer cannot do without."""
    kind = case.enforcement.answer_kind
    lists = list(_LISTS_OF_KIND.get(kind, ()))
    if kind in _LISTS_ON_REQUEST:
        asked = {
            _LIST_REQUESTS[r.item] for r in case.enforcement.requests if r.item in _LIST_REQUESTS and not r.dispute_only
        }
        lists += [of for of in _PLAN_LISTS if of in asked]
    return tuple(lists)


# --- per cause ------------------------------------------------------------------------------------------------------


def _of_cause(case: Case, cause: Cause, pattern: Pattern | None, patterns: Sequence[Pattern]) -> Iterator[Gap]:
    needed = _needed(case)
    if cause in wording.METRICS and needed:
        yield _counts(case, cause, patterns)
    asked = [q for q in pattern.questions if _fits(q, pattern, case)] if pattern else []
    for of in needed:
        own = next((q for q in asked if q.fills == of and q.answer_type in ("text", "list")), None)
        known = _has_entries(case, of, cause, patterns)
        if pattern and own:
            yield Gap(as_question(own, pattern).with_(blocking=True), known)
        else:
            ideas = _ideas(pattern, of) if pattern else ()
            yield Gap(ask(f"{of}.{cause}", wording.LISTS[of], True, fills=of, cause=cause, ideas=ideas), known)
    for question in asked:
        if pattern and not (question.fills in needed and question.answer_type in ("text", "list")):
            asking = as_question(question, pattern).with_(blocking=_blocks(case, question))
            yield Gap(asking, _is_known(case, question, cause, patterns))


def _fits(question: PatternQuestion, pattern: Pattern, case: Case) -> bool:
    """Whether a question is of use here: a dispute on the pattern of a plan needs no parts of the plan."""
    of_plan = question.fills in _PLAN_LISTS and question.fills not in _needed(case)
    plan_is_idle = case.enforcement.answer_kind in ("documents_only", "dispute", "retraction", "corrected_data")
    return not (of_plan and plan_is_idle and pattern.stance in ("own", "either"))


def _evidence_questions(case: Case, chosen: Iterable[Pattern]) -> list[PatternQuestion]:
    """The patterns' own questions for documents: where they ask for a requested one, it is not asked for again."""
    return [q for p in chosen for q in p.questions if q.fills == "evidence" and _fits(q, p, case)]


def _blocks(case: Case, question: PatternQuestion) -> bool:
    """A requested document blocks the letter, whoever asks for it."""
    if question.blocking or question.fills != "evidence":
        return question.blocking
    return documents_block(case) and any(covers(question.known_by, item) for item in requested_documents(case))


def _has_entries(case: Case, of: FactList, cause: Cause, patterns: Sequence[Pattern]) -> bool:
    items = [item_of(f, of) for f in entries(case, of)]
    mine = [item for item in items if belongs(item, cause, case, patterns)]
    if of == "corrective_actions":  # a plan alone is no action taken
        mine = [item for item in mine if item.status != "planned"]
    return bool(mine)


def _is_known(case: Case, question: PatternQuestion, cause: Cause, patterns: Sequence[Pattern]) -> bool:
    if question.fills in _PLAN_LISTS and question.answer_type in ("text", "list"):
        return _has_entries(case, question.fills, cause, patterns)
    if question.fills == "evidence":
        return has_document(case, question.known_by)
    hits = [s for s in told_sentences(case) if any(word.lower() in s.lower() for word in question.known_by)]
    wants_figure = bool(re.search(r"\d", question.example or ""))
    return any(not wants_figure or re.search(r"\d", s) or _NEGATION.search(s) for s in hits)


def _counts(case: Case, cause: Cause, patterns: Sequence[Pattern]) -> Gap:
    blocking = case.enforcement.answer_kind in ("plan_of_action", "questionnaire")
    question = ask(
        f"counts.{cause}", wording.COUNTS, blocking, name=wording.METRICS[cause], fills="other_facts", cause=cause
    )
    return Gap(question, _has_counts(case, cause, patterns))


def _has_counts(case: Case, cause: Cause, patterns: Sequence[Pattern]) -> bool:
    """A part and its whole in one sentence, or two counted facts of the seller, a report or the notice."""
    measured = [c for c in dict.fromkeys(case.enforcement.all_causes) if c in wording.METRICS]
    from_notice = [f.quote for f in case.facts if f.source == "notice" and f.kind in ("count", "metric", "rate")]
    ratios = [text for text in (*told_sentences(case), *from_notice) if gives_ratio(text)]
    if len(measured) > 1:
        return any(belongs(Item(list="other_facts", text=text), cause, case, patterns) for text in ratios)
    counted = [
        f for f in case.facts if f.kind == "count" and f.unit in ("orders", "packages", "parcels", "units", "shipments")
    ]
    stated = [f for f in case.items("other_facts") if f.item and f.item.count is not None]
    return bool(ratios) or len({f.value for f in counted}) >= 2 or len(stated) >= 2


def _ideas(pattern: Pattern, of: FactList | None) -> tuple[str, ...]:
    menus: dict[FactList, tuple[str, ...]] = {
        "root_causes": pattern.true_roots,
        "corrective_actions": tuple(m.text for m in pattern.moves.corrective),
        "preventive_measures": tuple(m.text for m in pattern.moves.preventive),
        "evidence": tuple(f"{p.document}: {p.requirements}" for p in pattern.evidence),
    }
    return menus.get(of, ()) if of else ()


# --- per entry ------------------------------------------------------------------------------------------------------


def _of_entries(case: Case, of: FactList) -> Iterator[Gap]:
    """Ask about the very entries that lack a slot; blocking only while no other entry of the list is whole."""
    written = bool(case.items(of))  # then the story's sentences are background
    found = [(n, f, item_of(f, of)) for n, f in enumerate(entries(case, of), 1) if f.item is not None or not written]
    lacking = {n: _lacks(of, item) for n, _, item in found}
    whole = any(not set(slots) & _BLOCKING_SLOTS for slots in lacking.values())
    best = min(lacking, key=lambda n: len(lacking[n]), default=0)
    if of == "root_causes" and whole:
        return
    for n, fact, _ in found:
        for slot in lacking[n]:
            blocking = not whole and n == best and slot in _BLOCKING_SLOTS
            yield Gap(entry_question(fact, of, n, slot, blocking=blocking), known=False)
    if (
        of == "preventive_measures" and found
    ):  # one measure with a limit and a tool shows a process; not each needs them
        for slot in ("limit", "tool"):
            known = any(getattr(item, slot) for _, _, item in found)
            yield Gap(entry_question(found[0][1], of, found[0][0], slot), known)


_BLOCKING_SLOTS = {"process", "date", "owner", "frequency", "since"}


def _lacks(of: FactList, item: Item) -> tuple[str, ...]:
    if of == "root_causes":
        return () if names_process(item) else ("process",)
    if of == "corrective_actions":
        checks = {"date": item.status in ("planned", "in_progress") or says_date(item), "count": not lacks_count(item)}
    else:
        checks = {"owner": says_owner(item), "frequency": says_frequency(item), "since": says_date(item)}
    return tuple(slot for slot, there in checks.items() if not there)


def pattern_questions(case: Case, patterns: Sequence[Pattern]) -> Iterator[Question]:
    """Yield the questions of all situations of the case's causes, chosen or not."""
    for pattern in patterns:
        if pattern.cause in case.enforcement.all_causes:
            yield from (as_question(q, pattern) for q in pattern.questions)
