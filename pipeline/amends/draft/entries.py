"""One entry of the seller's as sentences of the letter: the words kept, the fields that they do not say added."""

from __future__ import annotations

import re
from collections.abc import Sequence

from amends.draft.wording import (
    form_of,
    is_foreign,
    joined,
    long_date,
    lower_first,
    may_follow,
    says_date,
    sentence,
    split_sentences,
)
from amends.regex import regex
from amends.schemas import Fact, Item, Question, Sentence
from amends.verify.atoms import atoms
from amends.verify.meaning import overlap
from amends.vocabulary import FactList, Role

#: Share of the words of a slot that the entry's text must hold for the slot to count as said.
_SAID = 0.67
#: Words from which a sentence counts as long, and additions get a sentence of their own.
_LONG = 30


def statement_sentences(fact: Fact, asked: Sequence[Question] = (), enclosure: str = "") -> list[Sentence]:
    """A root cause or another fact as it was written; ids, counts and dates that its text leaves out follow it."""
    item = item_of(fact, "other_facts")
    role: Role = "why" if fact.kind == "cause" else "what_happened"
    if is_foreign(item.text):
        return [foreign(fact, role)]
    first, *rest = split_sentences(item.text)
    if _is_label(item):
        first = _labelled(item)
    elif item.date and fact.kind != "cause":
        first = _dated(first, item, fact.status)
    elif form_of(first) == "past":
        first = f"We {lower_first(first)}"
    texts = [*_with_ids(first, item, f"{first} {' '.join(rest)}"), *rest]
    texts[-1] = bracketed(texts[-1], [enclosure] if enclosure else [])
    return [*point(fact, role, texts), *holes(fact, role, asked)]


def action_sentences(fact: Fact, asked: Sequence[Question] = (), enclosure: str = "") -> list[Sentence]:
    """A corrective action with its day in front, and the enclosure that proves it behind."""
    item = item_of(fact, "corrective_actions")
    role: Role = "planned" if fact.status == "planned" else "done"
    if is_foreign(item.text):
        return [foreign(fact, role)]
    first, *rest = split_sentences(item.text)
    lead = _dated(first, item, fact.status)
    texts = [*_with_ids(lead, item, f"{lead} {' '.join(rest)}"), *rest]
    texts[-1] = bracketed(texts[-1], [enclosure] if enclosure else [])
    return [*point(fact, role, texts), *holes(fact, role, asked)]


def document_line(fact: Fact, number: int) -> Sentence:
    """One enclosure: its number, what it is, its date, its file and what it proves."""
    item = item_of(fact, "evidence")
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
        line += f", {_dating(what)}{long_date(item.date)}"
    if item.file and item.file not in line:
        line += f" ({item.file})"
    if item.proves and not is_foreign(item.proves) and not says(what, item.proves):
        line += f". {_shows(what, item.proves)} {item.proves}"
    return Sentence(text=sentence(bracketed(line, unsaid(item, line))), fact_ids=(fact.id,), role="attached")


def _dating(what: str) -> str:
    """The word before a document's day: a paper is dated, a picture has its day only."""
    return "" if re.search(r"\b(?:photos?|screenshots?|pictures?)\b", _head(what)) else "dated "


def _shows(what: str, proves: str) -> str:
    """ "It shows", "They show", or for the goods of an invoice "It covers"."""
    many = re.search(r"[a-z]{2}(?<![siu])s$", _head(what)) is not None
    covers = re.match(r"\d", proves) is not None and re.search(r"invoice|receipt|delivery|purchase", what) is not None
    verb = "cover" if covers else "show"
    return f"They {verb}" if many else f"It {verb}s"


def _head(what: str) -> str:
    """The thing itself, without what follows: "photos" of "photos of the shelf"."""
    return re.split(r" (?:of|for|with|from|about|on|before|after|in|that|which|as|at|to|by)\b|,", what)[0]


def item_of(fact: Fact, which: FactList) -> Item:
    """The entry behind a fact; a sentence of the story stands for an entry of `which` with nothing but its text."""
    return fact.item or Item(list=which, text=str(fact.value))


def point(fact: Fact, role: Role, texts: Sequence[str]) -> list[Sentence]:
    """The texts as sentences of one point that rests on `fact`."""
    return [
        Sentence(text=sentence(t), fact_ids=(fact.id,), role=role, continues=n > 0) for n, t in enumerate(texts)
    ]  # fmt: skip


def holes(fact: Fact, role: Role, asked: Sequence[Question]) -> list[Sentence]:
    """A visible hole for each blocking question about this very entry."""
    return [
        Sentence(text=f"[missing: {q.text}]", fact_ids=(fact.id,), role=role, gap=True, continues=True)
        for q in asked
        if q.about == fact.id and q.blocking
    ]


def foreign(fact: Fact, role: Role) -> Sentence:
    """Words that cannot be put into English without a model: their figures are kept, the rest is asked for."""
    text = str(fact.value)
    figures = [a.text for a in atoms(text, names=False)]
    kept = f"; figures: {', '.join(dict.fromkeys(figures))}" if figures else ""
    return Sentence(text=f"[missing: English wording of “{text}”{kept}]", fact_ids=(fact.id,), role=role, gap=True)


def _with_ids(text: str, item: Item, said: str) -> list[str]:
    """`text` with what the entry's other fields add, in brackets; as a sentence of its own where that gets too long."""
    additions = unsaid(item, said)
    whole = bracketed(text, additions)
    if len(whole.split()) <= _LONG or not additions:
        return [whole]
    return [text, f"Concerned: {'; '.join(additions)}"]


def bracketed(text: str, additions: Sequence[str]) -> str:
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
    """The figure with its name: "214 units sold of B0…", else "Account Health Rating: 240"."""
    figure = item.value if item.value is not None else item.count
    when = f" on {long_date(item.date)}" if item.date and not says_date(item.text, item.date) else ""
    said = f"{item.text.rstrip('.: ')}{when}"
    if isinstance(figure, int) and not item.unit and _COUNTED.match(said):
        return f"{_figure(figure)} {said[0].lower()}{said[1:]}"
    return f"{said}: {_figure(figure)}{f' {item.unit}' if item.unit else ''}"


#: A label that begins with the things counted.
_COUNTED = regex(
    r"(?:[A-Z][a-z]+(?:-[a-z]+)? )?(?:[a-z-]+ )?(?:units|orders|pieces|parcels|claims|returns|complaints|listings|buyers|items)\b",
    re.IGNORECASE,
)


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
    if form in ("label", "instruction") or not may_follow(subject):
        return f"{when}: {subject}"
    on = f"On {when}" if when[:1].isdigit() else when
    comma = "" if re.match(r"(?:we|i)\b", subject, re.IGNORECASE) else ","
    return f"{on}{comma} {lower_first(subject)}"


def _planned(text: str, when: str, form: str) -> str:
    if form == "instruction":
        return f"By {when} we will {lower_first(text)}" if when else f"We will {lower_first(text)}"
    if re.search(r"\bwill\b", text):
        return bracketed(text, [f"planned for {when}"] if when else [])
    return f"Planned{f' for {when}' if when else ''}: {lower_first(text)}"


def says(text: str, value: str | None, share: float = _SAID) -> bool:
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
    if wanted == "2" and re.search(r"\bboth\b", text, re.IGNORECASE):
        return True
    return any(a.value == wanted for a in atoms(text, names=False)) or (isinstance(figure, str) and wanted in text)


def _figure(value: float | str | None) -> str:
    return f"{value:.10g}" if isinstance(value, int | float) else str(value)


def unsaid(item: Item, said: str) -> list[str]:
    """The fields of the entry that nothing has said yet: day, count, value, ids; then the others."""
    parts = []
    if item.date and not says_date(said, item.date) and long_date(item.date) not in said:
        parts.append(long_date(item.date))
    parts += _unsaid_figures(item, said)
    if item.list != "preventive_measures":
        parts += [
            v
            for v in (item.owner, item.frequency, item.limit, item.tool, item.since)
            if v and not says(said, v) and long_date(v) not in said
        ]
    if item.list != "evidence" and item.file and item.file not in said:
        parts.append(item.file)
    return parts


def _unsaid_figures(item: Item, said: str) -> list[str]:
    """Count, value and ids; a count of two ids that follow stands with them ("both ASINs: …")."""
    named = {"order": [i for i in item.orders if i not in said], "ASIN": [i for i in item.asins if i not in said]}
    count = item.count if item.count is not None and not _says_number(said, item.count) else None
    counted = next((name for name, ids in named.items() if count == len(ids) == 2 and not item.unit), None)
    parts = []
    if count is not None and counted is None and (count != 1 or item.unit):
        parts.append(f"{count} {item.unit}" if item.unit and item.value is None else f"{count} in total")
    if item.value is not None and not _says_number(said, item.value):
        parts.append(f"{_figure(item.value)}{f' {item.unit}' if item.unit else ''}")
    for name, ids in named.items():
        if ids:
            many = f"{name}{'s' if len(ids) > 1 else ''}"
            parts.append(f"both {many}: {joined(ids)}" if name == counted else f"{many} {joined(ids)}")
    return parts
