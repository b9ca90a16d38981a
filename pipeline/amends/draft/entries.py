"""One entry of the seller's as sentences of the letter: the words kept, the fields that they do not say added."""

from __future__ import annotations

import re
from collections.abc import Sequence

from amends.draft.wording import (
    form_of,
    is_foreign,
    is_instruction,
    joined,
    long_date,
    lower_first,
    may_be_lowered,
    says_date,
    sentence,
    split_sentences,
)
from amends.schemas import Fact, Item, Question, Sentence
from amends.verify.atoms import atoms
from amends.verify.meaning import overlap
from amends.vocabulary import FactList, Role

#: Share of the words of a slot that the entry's text must hold for the slot to count as said.
_SAID, _OWNER_SAID = 0.67, 0.5
#: Words from which a sentence counts as long, and additions get a sentence of their own.
_LONG = 30


def statement_sentences(fact: Fact, asked: Sequence[Question] = (), enclosure: str = "") -> list[Sentence]:
    """A root cause or another fact as it was written; ids, counts and dates that its text leaves out follow it."""
    item = _item(fact, "other_facts")
    role: Role = "why" if fact.kind == "cause" else "what_happened"
    if is_foreign(item.text):
        return [_foreign(fact, role)]
    first, *rest = split_sentences(item.text)
    if _is_label(item):
        first = _labelled(item)
    elif item.date and fact.kind != "cause":
        first = _dated(first, item, fact.status)
    elif form_of(first) == "past":
        first = f"We {lower_first(first)}"
    texts = [*_with_ids(first, item, f"{first} {' '.join(rest)}"), *rest]
    texts[-1] = _with(texts[-1], [enclosure] if enclosure else [])
    return [*_point(fact, role, texts), *_holes(fact, role, asked)]


def action_sentences(fact: Fact, asked: Sequence[Question] = (), enclosure: str = "") -> list[Sentence]:
    """A corrective action with its day in front, and the enclosure that proves it behind."""
    item = _item(fact, "corrective_actions")
    role: Role = "planned" if fact.status == "planned" else "done"
    if is_foreign(item.text):
        return [_foreign(fact, role)]
    first, *rest = split_sentences(item.text)
    lead = _dated(first, item, fact.status)
    texts = [*_with_ids(lead, item, f"{lead} {' '.join(rest)}"), *rest]
    texts[-1] = _with(texts[-1], [enclosure] if enclosure else [])
    return [*_point(fact, role, texts), *_holes(fact, role, asked)]


def measure_sentences(fact: Fact, asked: Sequence[Question] = (), enclosure: str = "") -> list[Sentence]:
    """A preventive measure: since when, how often, who does what with which tool; then its limit. Holes stay visible."""
    item = _item(fact, "preventive_measures")
    role: Role = "planned" if fact.status == "planned" else "in_force"
    if is_foreign(item.text):
        return [_foreign(fact, role)]
    first, *rest = split_sentences(item.text)
    said = item.text
    lead = _since(
        _with_owner(first, item), item, fact.status, "" if _says(said, item.frequency) else item.frequency or ""
    )
    brackets = []
    if item.tool and not _says(said, item.tool):
        brackets.append(item.tool)
    if item.owner and not _says(f"{lead} {said}", item.owner, _OWNER_SAID):
        brackets.append(f"responsible: {item.owner}")
    texts = [_with(lead, brackets), *rest]
    if brackets and len(texts[0].split()) > _LONG:
        tool = [f"tool: {b}" if ": " not in b else b for b in brackets]
        texts = [lead, *rest, "; ".join(tool)]
    if item.limit and not _says(said, item.limit):
        texts.append(item.limit if form_of(item.limit) == "clause" else f"Limit: {item.limit}")
    texts[-1] = _with(texts[-1], [*_unsaid(item, " ".join(texts)), *([enclosure] if enclosure else [])])
    return [*_point(fact, role, texts), *_holes(fact, role, asked)]


def document_line(fact: Fact, number: int) -> Sentence:
    """One enclosure: its number, what it is, its date, its file and what it proves."""
    item = _item(fact, "evidence")
    what = item.document or item.text
    if is_foreign(what):
        return Sentence(
            text=f"Enclosure {number}: {item.file or ''} [missing: English name of “{what}”]",
            fact_ids=(fact.id,),
            role="attached",
            gap=True,
        )
    line = f"Enclosure {number}: {what}"
    if item.date and not says_date(what, item.date):
        line += f", {'' if re.search(r'invoice|letter|report|contract|list', what) is None else 'dated '}{long_date(item.date)}"
    if item.file and item.file not in line:
        line += f" ({item.file})"
    if item.proves and not is_foreign(item.proves) and not _says(what, item.proves):
        line += f". It {'shows' if _CLAUSE.match(item.proves) else 'covers'} {item.proves}"
    return Sentence(text=sentence(_with(line, _unsaid(item, line))), fact_ids=(fact.id,), role="attached")


_CLAUSE = re.compile(r"(?:that|the|which|how|who|when|why|where|a|an|our|all|no)\b", re.IGNORECASE)


def _item(fact: Fact, which: FactList) -> Item:
    """The entry behind a fact; a sentence of the story stands for an entry of `which` with nothing but its text."""
    return fact.item or Item(list=which, text=str(fact.value))


def _point(fact: Fact, role: Role, texts: Sequence[str]) -> list[Sentence]:
    return [
        Sentence(text=sentence(t), fact_ids=(fact.id,), role=role, continues=n > 0) for n, t in enumerate(texts)
    ]  # fmt: skip


def _holes(fact: Fact, role: Role, asked: Sequence[Question]) -> list[Sentence]:
    """A visible hole for each blocking question about this very entry."""
    return [
        Sentence(text=f"[missing: {q.text}]", fact_ids=(fact.id,), role=role, gap=True, continues=True)
        for q in asked
        if q.about == fact.id and q.blocking
    ]


def _foreign(fact: Fact, role: Role) -> Sentence:
    """Words that cannot be put into English without a model: their figures are kept, the rest is asked for."""
    text = str(fact.value)
    figures = [a.text for a in atoms(text, names=False)]
    kept = f"; figures: {', '.join(dict.fromkeys(figures))}" if figures else ""
    return Sentence(text=f"[missing: English wording of “{text}”{kept}]", fact_ids=(fact.id,), role=role, gap=True)


def _with_ids(text: str, item: Item, said: str) -> list[str]:
    """`text` with what the entry's other fields add, in brackets; as a sentence of its own where that gets too long."""
    additions = _unsaid(item, said)
    whole = _with(text, additions)
    return [whole] if len(whole.split()) <= _LONG or not additions else [text, f"Concerned: {'; '.join(additions)}"]


def _with(text: str, additions: Sequence[str]) -> str:
    """`text` with the additions in brackets before its end."""
    if not additions:
        return text
    end = text[-1] if text[-1:] in ".!?" else ""
    body = text.rstrip(".!?")
    bracket = re.search(r" \(([^()]*)\)$", body)
    if bracket:
        body, additions = body[: bracket.start()], [bracket[1], *additions]
    return f"{body} ({'; '.join(additions)}){end}"


def _is_label(item: Item) -> bool:
    """Whether the text only names what a figure counts ("Units sold of B0…", count 214)."""
    figure = item.value if item.value is not None else item.count
    return figure is not None and not _says_number(item.text, figure) and len(split_sentences(item.text)) == 1


def _labelled(item: Item) -> str:
    figure = item.value if item.value is not None else item.count
    when = f" on {long_date(item.date)}" if item.date and not says_date(item.text, item.date) else ""
    unit = f" {item.unit}" if item.unit else ""
    return f"{item.text.rstrip('.: ')}{when}: {_figure(figure)}{unit}"


def _dated(text: str, item: Item, status: str | None) -> str:
    """The clause with its day: "On 4 November 2026 we …", "4 November 2026: …", "Planned for …: …"."""
    form = form_of(text)
    when = long_date(item.date) if item.date and not says_date(item.text, item.date) else ""
    if status == "planned":
        return _planned(text, when, form)
    subject = f"we {lower_first(text)}" if form == "past" else text
    if status == "in_progress":
        return f"Under way{f' since {when}' if when else ''}: {lower_first(subject)}"
    if not when:
        return subject
    if form == "label" or not may_be_lowered(subject):
        return f"{when}: {subject}"
    on = f"On {when}" if when[:1].isdigit() else when
    comma = "" if re.match(r"(?:we|i)\b", subject, re.IGNORECASE) else ","
    return f"{on}{comma} {lower_first(subject)}"


def _planned(text: str, when: str, form: str) -> str:
    if form == "instruction":
        return f"By {when} we will {lower_first(text)}" if when else f"We will {lower_first(text)}"
    if re.search(r"\bwill\b", text):
        return _with(text, [f"planned for {when}"] if when else [])
    return f"Planned{f' for {when}' if when else ''}: {lower_first(text)}"


def _with_owner(text: str, item: Item) -> str:
    """An instruction gets its owner as subject: "Check the list" + "warehouse lead" -> "the warehouse lead checks the list"."""
    if not item.owner or not is_instruction(text):
        return text
    verb, _, rest = text.partition(" ")
    person = item.owner if re.match(r"[A-Z]|(?:the|our|each|every)\b", item.owner) else f"the {item.owner}"
    return f"{person} {_third_person(verb.lower())} {rest}"


def _third_person(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "o")):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}s"


def _since(text: str, item: Item, status: str | None, rhythm: str) -> str:
    """The measure with its start and its rhythm in front, where its first word allows that; else behind, in brackets."""
    when = long_date(item.since) if item.since and not says_date(item.text, item.since) else ""
    start = f"{'from' if status == 'planned' else 'since'} {when}" if when else ""
    if status == "planned" and not re.search(r"\bwill\b", text):
        start = f"planned {start}".strip()
    rhythm = f"on the {rhythm}" if re.match(r"(?:first|last)\b", rhythm) else rhythm
    often = f"for {rhythm}" if re.match(r"(?:each|every)\b", rhythm) and not _TIMES.search(rhythm) else rhythm
    lead = [part for part in (start, often) if part]
    if not lead:
        return text
    if may_be_lowered(text):
        comma = "" if len(lead) == 1 and start and re.match(r"(?:we|i|the)\b", text, re.IGNORECASE) else ","
        return f"{', '.join(lead)}{comma} {lower_first(text)}"
    return _with(text, [", ".join(lead)])


_TIMES = re.compile(
    r"\b(?:day|week|month|quarter|year|hour|morning|evening|shift|(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b|\d:\d\d",
    re.IGNORECASE,
)


def _says(text: str, value: str | None, share: float = _SAID) -> bool:
    """Whether `text` says all of `value`, in its words or `share` of them, its figures included."""
    if not value:
        return False
    lowered, wanted = text.lower(), value.lower().rstrip(".")
    if wanted in lowered:
        return True
    hard = {(a.kind, a.value) for a in atoms(value, names=False)}
    return hard <= {(a.kind, a.value) for a in atoms(text, names=False)} and overlap(value, text) >= share


def _says_number(text: str, figure: float | str) -> bool:
    wanted = _figure(figure)
    return any(a.value == wanted for a in atoms(text, names=False)) or (isinstance(figure, str) and wanted in text)


def _figure(value: float | str | None) -> str:
    return f"{value:.10g}" if isinstance(value, int | float) else str(value)


def _unsaid(item: Item, said: str) -> list[str]:
    """The fields of the entry that nothing has said yet: count, value, ids, day."""
    parts = []
    if item.date and not says_date(said, item.date) and long_date(item.date) not in said:
        parts.append(long_date(item.date))
    if item.count is not None and not _says_number(said, item.count):
        parts.append(f"{item.count} {item.unit}" if item.unit and item.value is None else f"number: {item.count}")
    if item.value is not None and not _says_number(said, item.value):
        parts.append(f"{_figure(item.value)}{f' {item.unit}' if item.unit else ''}")
    for ids, name in ((item.orders, "order"), (item.asins, "ASIN")):
        left = [i for i in ids if i not in said]
        if left:
            parts.append(f"{name}{'s' if len(left) > 1 else ''} {joined(left)}")
    if item.list != "preventive_measures":
        parts += [
            v
            for v in (item.owner, item.frequency, item.limit, item.tool, item.since)
            if v and not _says(said, v) and long_date(v) not in said
        ]
    if item.list != "evidence" and item.file and item.file not in said:
        parts.append(item.file)
    return parts
