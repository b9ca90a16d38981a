"""Turn answers into entries and slots of entries. Only the seller's words become facts, never a pattern's."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from pydantic import ValidationError

from amends.dates import find_dates
from amends.errors import InputError
from amends.interview.entries import KIND_OF_LIST, entries, item_of, sentences
from amends.interview.gaps import entry_question, gaps, pattern_questions
from amends.interview.reading import Value, read_value
from amends.interview.situation import settled
from amends.interview.wording import SLOTS
from amends.patterns import Pattern, load_patterns
from amends.schemas import Answer, Case, Fact, Item, Question, Seller
from amends.vocabulary import FACT_LISTS, ActionStatus, FactList

_ENTRY = re.compile(rf"^({'|'.join(FACT_LISTS)})\.(\d+)\.([a-z_]+)$")
_PLANNED = re.compile(r"\b(will|shall|going to|plan to|planned|soon|geplant)\b|将会|将要|即将|打算|准备", re.IGNORECASE)
#: Before `will`, these make it a purpose and no plan: "raised it so that orders will leave in time".
_PURPOSE = re.compile(r"\b(so|so that|that|which|who|until|because|when|if|to (?:ensure|make sure))\b", re.IGNORECASE)
_UNDER_WAY = re.compile(
    r"\b(?:am|is|are) (?:now |being |still |currently )*\w+ing\b|\bbeing\b|\bunder way\b|正在", re.IGNORECASE
)
_FILE = re.compile(r"[\w()\-. ]+\.(?:pdf|png|jpe?g|gif|tiff?|csv|xlsx?|docx?|txt|eml|html?)\b", re.IGNORECASE)


def apply_answers(case: Case, answers: Mapping[str, Any], patterns: Sequence[Pattern] | None = None) -> Case:
    """Return the case with the answers as facts; a second answer to a question replaces the first.

    `patterns` are those with whose questions the case was asked (default: the shipped ones of its causes). All the
    answers are read before any is kept, so a wrong one changes nothing.

    Raises:
        InputError: a question id is unknown, or a value is of the wrong type.
    """
    for question_id in sorted(answers, key=lambda i: bool(_ENTRY.match(i))):  # entries first, then their slots
        case = _apply(case, question_id, answers[question_id], patterns)
    return case


def answer_facts(
    case: Case, question_id: str, value: object, patterns: Sequence[Pattern] | None = None
) -> tuple[Item, ...]:
    """Return what an answer becomes: new entries, or the one entry whose slot it fills; empty for a mere decision.

    Raises:
        InputError: the question id is unknown, or the value is of the wrong type.
    """
    question = _find(case, question_id, patterns)
    return _items(case, question, value, read_value(question, value))


def _apply(case: Case, question_id: str, value: object, patterns: Sequence[Pattern] | None) -> Case:
    question = _find(case, question_id, patterns)
    read = read_value(question, value)
    answer = Answer(question_id=question_id, value=read)
    if answer in case.answers:
        return case
    items = _items(case, question, value, read)
    facts = _filled(case, question, items[0]) if _fills_slot(question) else _added(case, question, items)
    answers = (*(a for a in case.answers if a.question_id != question_id), answer)
    return case.with_(
        facts=facts,
        seller=_signed(case.seller, str(read)) if question_id == "seller.signature" else case.seller,
        matches=settled(case.matches, answers),
        answers=answers,
        questions=tuple(q for q in case.questions if q.id != question_id),
    )


def _find(case: Case, question_id: str, patterns: Sequence[Pattern] | None) -> Question:
    asked = {q.id: q for q in case.questions}
    if question_id in asked:
        return asked[question_id]
    entry = _ENTRY.match(question_id)
    if entry:
        return _entry_question(case, cast(FactList, entry[1]), int(entry[2]), entry[3])
    known = load_patterns(causes=case.enforcement.all_causes) if patterns is None else patterns
    asked |= {q.id: q for q in pattern_questions(case, known)} | {g.question.id: g.question for g in gaps(case, known)}
    if question_id not in asked:
        near = difflib.get_close_matches(question_id, asked, n=1, cutoff=0.4)
        hint = f"Did you mean `{near[0]}`?" if near else "`amends ask` shows the questions of this case."
        raise InputError(f"There is no question `{question_id}` for this case.", hint=hint)
    return asked[question_id]


def _entry_question(case: Case, of: FactList, number: int, slot: str) -> Question:
    there = entries(case, of)
    if not 1 <= number <= len(there):
        raise InputError(f"There is no entry {number} in `{of}`; it has {len(there)}.", hint="Entries count from 1.")
    try:
        return entry_question(there[number - 1], of, number, slot)
    except KeyError:
        slots = [key.split(".")[1] for key in SLOTS if key.startswith(f"{of}.")]
        near = difflib.get_close_matches(slot, slots, n=1, cutoff=0.4)
        hint = f"Did you mean `{of}.{number}.{near[0]}`?" if near else f"It has: {', '.join(slots) or 'none'}."
        raise InputError(f"An entry of `{of}` has no slot `{slot}`.", hint=hint) from None


def _fills_slot(question: Question) -> bool:
    """Whether the answer completes an entry; the process behind a symptom is an entry of its own."""
    return question.about is not None and question.slot != "process"


# --- what an answer becomes -----------------------------------------------------------------------------------------


def _items(case: Case, question: Question, raw: object, read: Value) -> tuple[Item, ...]:
    if _fills_slot(question):
        return (_with_slot(case, question, read),)
    if question.id == "seller.signature" or question.answer_type in ("choice", "yes_no", "number", "date"):
        return ()  # a decision, or a bare figure: kept among the answers, no sentence of the seller's to build on
    of = question.fills or "other_facts"
    if question.answer_type == "file":
        return tuple(_document(question, text) for text in cast(tuple[str, ...], read))
    if question.answer_type == "list" and not isinstance(raw, str):
        return tuple(_entry(case, question, of, part) for part in cast(Sequence[object], raw) for part in _parts(part))
    return tuple(
        _entry(case, question, of, text) for text in (sentences(read) if isinstance(read, str) else _texts(read))
    )


def _texts(read: Value) -> tuple[str, ...]:
    return read if isinstance(read, tuple) else (str(read),)


def _parts(part: object) -> Sequence[object]:
    return sentences(part) if isinstance(part, str) else (part,)


def _entry(case: Case, question: Question, of: FactList, part: object) -> Item:
    fields = {"text": part} if isinstance(part, str) else dict(cast(Mapping[str, Any], part))
    try:
        item = Item.model_validate({"cause": question.cause, **_dates_as_text(fields), "list": of})
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        key = str(first["loc"][0])
        near = difflib.get_close_matches(key, Item.model_fields, n=1)
        hint = f"Did you mean `{near[0]}`?" if near and near[0] != key else ""
        raise InputError(f"The answer to `{question.id}`: {key}: {first['msg']}.", hint=hint) from fault
    if item.status is None and of in ("corrective_actions", "preventive_measures"):
        return item.with_(status=_status(item, of, case.today))
    return item


def _dates_as_text(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat()[:10] if isinstance(v, date) else v for k, v in fields.items()}


def _status(item: Item, of: FactList, today: date) -> ActionStatus | None:
    """By the seller's tense and dates. A measure without either stays open: its start date is asked for."""
    future = _PLANNED.search(item.text)
    if future and not _PURPOSE.search(item.text[: future.start()]):
        return "planned"
    dates = _days(item)
    if any(day > today for day in dates):
        return "planned"
    if _UNDER_WAY.search(item.text):
        return "in_progress"
    return "done" if of == "corrective_actions" or dates else None


def _days(item: Item) -> list[date]:
    text = " ".join(t for t in (item.date, item.since, item.text) if t)
    return [day for day, _, _ in find_dates(text)]


def _document(question: Question, text: str) -> Item:
    file = _FILE.search(text)
    return Item(list="evidence", text=text, file=file[0].strip() if file else None, cause=question.cause)


def _with_slot(case: Case, question: Question, read: Value) -> Item:
    of = cast(FactList, question.fills)
    item = item_of(case.fact(cast(str, question.about)), of)
    slot = cast(str, question.slot)
    value = ", ".join(read) if isinstance(read, tuple) else read
    filled = item.with_(**{slot: value})
    if slot in ("date", "since") and item.status is None:
        return filled.with_(status="planned" if date.fromisoformat(str(value)) > case.today else "done")
    return filled


# --- into the case --------------------------------------------------------------------------------------------------


def _filled(case: Case, question: Question, item: Item) -> tuple[Fact, ...]:
    return tuple(f.with_(item=item, status=item.status) if f.id == question.about else f for f in case.facts)


def _added(case: Case, question: Question, items: Sequence[Item]) -> tuple[Fact, ...]:
    origin = f"answers: {question.id}"
    kept = [f for f in case.facts if f.origin != origin]
    last = max((int(f.id[1:]) for f in case.facts if re.fullmatch(r"F\d+", f.id)), default=0)
    return (*kept, *(_fact(f"F{last + n}", item, origin) for n, item in enumerate(items, 1)))


def _fact(fact_id: str, item: Item, origin: str) -> Fact:
    return Fact(
        id=fact_id,
        kind=KIND_OF_LIST[item.list],
        value=item.text,
        status=item.status,
        source="seller",
        origin=origin,
        quote=item.text,
        start=0,
        end=len(item.text),
        item=item,
    )


def _signed(seller: Seller, text: str) -> Seller:
    name, _, firm = (part.strip() for part in re.sub(r"\s*[\n，]\s*", ", ", text).partition(","))
    if not firm:
        return (
            seller.with_(signatory=name) if seller.legal_name or not seller.signatory else seller.with_(legal_name=name)
        )
    return seller.with_(signatory=name, legal_name=firm)
