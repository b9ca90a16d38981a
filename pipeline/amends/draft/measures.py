"""A preventive measure as sentences: since when, how often, who does what with which tool; then its limit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from amends.draft import entries
from amends.draft.wording import (
    form_of,
    has_verb,
    is_foreign,
    is_instruction,
    long_date,
    lower_first,
    may_follow,
    says_date,
    split_sentences,
    third_person,
)
from amends.schemas import Fact, Item, Question, Sentence
from amends.verify.lost import says_owner
from amends.vocabulary import Role

#: Words from which a sentence counts as long, and additions get a sentence of their own.
_LONG = 30
#: Words of a rhythm that still stand well before the sentence.
_SHORT_RHYTHM = 12


def measure_sentences(fact: Fact, asked: Sequence[Question] = (), enclosure: str = "") -> list[Sentence]:
    """The sentences of one measure. Holes stay visible."""
    item = entries.item_of(fact, "preventive_measures")
    role: Role = "planned" if fact.status == "planned" else "in_force"
    if is_foreign(item.text):
        return [entries.foreign(fact, role)]
    first, *rest = split_sentences(_small(item.text, item.owner))
    rhythm = "" if entries.says(item.text, item.frequency) else item.frequency or ""
    told = bool(re.match(r"(?:the|it|this|we|they)\b", rhythm)) and has_verb(rhythm)
    apart = told or ("," in rhythm and len(rhythm.split()) > _SHORT_RHYTHM)
    lead = _since(_with_owner(first, item), item, fact.status, "" if apart else rhythm)
    texts = [*_led(lead, item, [rhythm] if apart and not told else []), *rest, *([rhythm] if told else [])]
    if item.limit and not entries.says(item.text, item.limit):
        texts.append(item.limit if form_of(item.limit) == "clause" else f"Limit: {item.limit}")
    more = entries.unsaid(item, " ".join(texts))
    texts[-1] = entries.bracketed(texts[-1], [*more, *([enclosure] if enclosure else [])])
    return [*entries.point(fact, role, texts), *entries.holes(fact, role, asked)]


def _led(lead: str, item: Item, added: list[str]) -> list[str]:
    """The sentence with what is `added`, tool and owner in brackets; in a sentence of their own where it gets long."""
    if item.tool and not entries.says(item.text, item.tool):
        added.append(item.tool)
    if item.owner and (unsaid := _unsaid_owner(item.owner, f"{lead} {item.text}")):
        added.append(unsaid)
    if not added:
        return [lead]
    whole = entries.bracketed(lead, added)
    if len(whole.split()) <= _LONG:
        return [whole]
    return [lead, "; ".join(f"tool: {a}" if a == item.tool and ": " not in a else a for a in added)]


def _small(text: str, owner: str | None) -> str:
    """`text` with a role at its start written small ("Workshop master Xaver Huber reads …"), as inside a sentence."""
    role = owner is not None and text.startswith(owner) and re.match(r"[A-Z][a-z]+ [a-z]", owner)
    return text[0].lower() + text[1:] if role else text


def _unsaid_owner(owner: str, said: str) -> str:
    """Who is responsible, or the deputy only, as far as `said` does not name them: as the lock asks for them."""
    if says_owner(said, owner):
        return ""
    deputy = re.search(r",?\s*\bdeputy:? (.+)$", owner)
    if deputy and says_owner(said, owner[: deputy.start()]):
        return f"deputy: {deputy[1]}"
    return f"responsible: {owner}"


def _with_owner(text: str, item: Item) -> str:
    """An instruction gets its owner as subject: "Check the list" + "warehouse lead" -> "the warehouse lead checks the list"."""
    if not item.owner or not is_instruction(text):
        return text
    person = item.owner if re.match(r"[A-Z]|(?:the|our|each|every)\b", item.owner) else f"the {item.owner}"
    several = re.search(r"\sand\s[A-Za-z]", item.owner) is not None
    said = text[0].lower() + text[1:]
    return f"{person} {said if several else third_person(said)}"


def _since(text: str, item: Item, status: str | None, rhythm: str) -> str:
    """The measure with its start and its rhythm in front, where its first word allows that; else behind, in brackets."""
    when = long_date(item.since) if item.since and not says_date(item.text, item.since) else ""
    start = f"{'from' if status == 'planned' else 'since'} {when}" if when else ""
    if status == "planned" and not re.search(r"\bwill\b", text):
        start = f"planned {start}".strip()
    lead = [part for part in (start, _often(rhythm)) if part]
    if not lead:
        return text
    if may_follow(text, item.owner):
        comma = "" if len(lead) == 1 and start and re.match(r"(?:we|i|the)\b", text, re.IGNORECASE) else ","
        return f"{', '.join(lead)}{comma} {lower_first(text)}"
    return entries.bracketed(text, [", ".join(lead)])


def _often(rhythm: str) -> str:
    """A rhythm with the word it needs before it: "on the first Monday", "on Monday and Friday", "for each order"."""
    if re.match(r"(?:first|last|\d+(?:st|nd|rd|th))\b", rhythm):
        return f"on the {rhythm}"
    if re.match(rf"{_DAY}s?\b", rhythm):
        return f"on {rhythm}"
    if re.match(r"(?:each|every)\b", rhythm) and not _TIMES.search(rhythm):
        return f"for {rhythm}"
    return rhythm


_DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_TIMES = re.compile(
    rf"\b(?:minute|hour|day|night|week|month|quarter|year|morning|evening|shift|{_DAY})s?\b|\d:\d\d", re.IGNORECASE
)
