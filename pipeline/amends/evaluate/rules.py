"""The rubric items that code decides, asked of one letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from amends.evaluate import actions, alike, consistency, coverage, form, parties, roots, tone
from amends.evaluate.rubric import Rubric, RubricItem, rubric
from amends.evaluate.view import Fault, Outcome, View
from amends.schemas import Case, Finding, ItemResult, Letter
from amends.vocabulary import Severity

Check = Callable[[View, RubricItem], Outcome]

#: How each item is decided; an item that has `kinds` in its settings asks the lexicon.
CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        roots.root_names_process,
        roots.root_not_symptom,
        roots.root_first,
        roots.root_has_figures,
        actions.corrective_dated_counted,
        actions.measure_slots,
        actions.no_open_promises,
        coverage.three_questions,
        coverage.every_cause_answered,
        coverage.every_asin_covered,
        coverage.every_request_answered,
        coverage.enclosures_tied,
        consistency.numbers_consistent,
        form.headings_and_lists,
        form.closing_one_request,
        form.word_count,
        form.sentence_length,
        form.no_buyer_data,
        parties.no_party_in_the_dock,
        parties.every_sentence_checkable,
        tone.apology_short,
        alike.no_sentence_alike,
    )
}


def rules(letter: Letter, case: Case, of: Rubric | None = None) -> tuple[tuple[ItemResult, ...], tuple[Finding, ...]]:
    """Return the answers of all code items that apply to this kind of letter, and a finding for each fault.

    Works on letters without roles too: then the sections tell the parts; what cannot be told is "not checked" with its
    reason. Items marked `bare_only` are left out where sentences rest on facts, which hold more than they ask. An item's severity is that of its worst fault. Pure; some milliseconds a page.

    Raises:
        PromptError: the rubric or the lexicon is missing or broken.
    """
    view = View(letter, case)
    items = of or rubric()
    asked = tuple(i for i in items.for_code(letter.kind) if view.bare or not i.settings.get("bare_only"))
    answered = [(item, _ask(view, item)) for item in asked]
    answered += [(item, _as_advice(_ask(view, item))) for item in _told_all_the_same(view, items, asked)]
    results = tuple(_result(item, outcome) for item, outcome in answered)
    return results, tuple(_finding(item, fault) for item, outcome in answered for fault in outcome.faults)


def _told_all_the_same(view: View, items: Rubric, asked: tuple[RubricItem, ...]) -> tuple[RubricItem, ...]:
    """Items on a part that this kind of letter need not have, and that somebody else's letter has under a heading."""
    taken = {i.id for i in asked}
    wanted = (
        i for i in items.items if view.bare and i.decided_by == "code" and "if_told" in i.settings and i.id not in taken
    )
    return tuple(i for i in wanted if i.settings["if_told"] in view.titled and view.of(i.settings["if_told"]))


def _as_advice(outcome: Outcome) -> Outcome:
    return replace(outcome, faults=tuple(replace(fault, severity="advice") for fault in outcome.faults))


def _ask(view: View, item: RubricItem) -> Outcome:
    check = tone.no_hits if "kinds" in item.settings else CHECKS[item.id]
    return check(view, item)


def _result(item: RubricItem, outcome: Outcome) -> ItemResult:
    sentence = outcome.line.text if outcome.line else None
    return ItemResult(
        id=item.id,
        question=item.question,
        state=outcome.state,
        severity=_worst(item, outcome.faults),
        sentence=sentence,
        note=outcome.note,
    )


def _worst(item: RubricItem, faults: tuple[Fault, ...]) -> Severity:
    severities = {fault.severity or item.severity for fault in faults} or {item.severity}
    return "blocking" if "blocking" in severities else "advice"


def _finding(item: RubricItem, fault: Fault) -> Finding:
    line = fault.line
    return Finding(
        rule=fault.rule or f"rubric.{item.id}",
        severity=fault.severity or item.severity,
        checker="rubric",
        message=fault.message,
        suggestion=fault.suggestion,
        section=line.section.key if line else None,
        cause=line.section.cause if line else None,
        sentence=line.text if line else None,
        start=fault.start,
        end=fault.end,
    )
