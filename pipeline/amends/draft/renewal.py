"""The opening of a letter that answers an answer: which message, which letter it replaces, and what is new in it.

Short on purpose: new entries are named by their kind, days and enclosure numbers, and stand in full in their sections.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from amends.data import load_yaml
from amends.draft.wording import chosen, joined, long_date
from amends.history import is_completed, last_answer, last_sent, new_entries
from amends.schemas import Case, Fact, HistoryEntry, Missing, Sentence
from amends.vocabulary import AnswerKind, FactList

#: `about` of the two facts that carry the days of the correspondence into the letter.
ANSWERED, SENT = "amazons_answer", "letter_sent"
#: From so many things on, Amazon's list is not repeated.
_MOST_ASKED, _MOST_DAYS = 3, 4
_NAMES: dict[AnswerKind, str] = {
    "plan_of_action": "plan of action", "documents_only": "submission of documents", "dispute": "appeal", "questionnaire": "answers",
}  # fmt: skip
_DETAIL = re.compile(
    r"^(?:greater|more|further|additional) (?:details?|information) (?:on|about|of|regarding)\s+", re.IGNORECASE
)


def opening(case: Case) -> list[Sentence]:
    """The opening sentences of a new version; none for a first letter. Nothing new since the last letter: a visible gap."""
    answer = last_answer(case)
    if answer is None:
        return []
    days = {about: f for f in case.facts for about in (ANSWERED, SENT) if f.about == about}
    first = _worded(
        "opening", case,
        letter=_NAMES.get(case.enforcement.answer_kind, "reply"),
        answered=_day(days.get(ANSWERED)), sent=_day(days.get(SENT)),
    )  # fmt: skip
    cited = tuple(f.id for f in days.values())
    sentences = [Sentence(text=first, fact_ids=cited)]
    asked = _asked(answer.missing)
    if asked:
        sentences.append(Sentence(text=_worded("asked", case, asked=asked), fact_ids=cited))
    return [*sentences, *_new(case, answer)]


def _new(case: Case, answer: HistoryEntry) -> list[Sentence]:
    if last_sent(case) is None:
        return []
    fresh = new_entries(case)
    if not fresh:
        wanted = _asked(answer.missing) or "the reason, step or document that the refused letter did not contain"
        return [Sentence(text=f"[missing: what is new since the last letter. Amazon asks for {wanted}]", gap=True)]
    named = joined(_named(fresh, case))
    return [Sentence(text=_worded("new", case, new=named), fact_ids=tuple(f.id for f in fresh))]


def _worded(group: str, case: Case, **slots: str | None) -> str:
    options: list[str] = load_yaml("renewal.v1.yaml")[group]
    filled = {name: value for name, value in slots.items() if value}
    usable = [o for o in options if set(re.findall(r"\{(\w+)\}", o)) <= filled.keys()]
    fullest = max(o.count("{") for o in usable)
    best = [o for o in usable if o.count("{") == fullest]
    return chosen(best, case.seller.store or "", case.notice.text[:400], str(len(case.history)), group).format(**filled)


def _day(fact: Fact | None) -> str | None:
    return long_date(str(fact.value)) if fact else None


def _asked(missing: Sequence[Missing]) -> str:
    """Amazon's points in its own words, said from the seller's side; empty when there are none or too many."""
    if not 0 < len(missing) <= _MOST_ASKED:
        return ""
    parts = []
    for entry in missing:
        words = _ours(_DETAIL.sub("", entry.words).strip().rstrip(".:;"))
        if not words.isascii() or len(words.split()) > 25:
            return ""
        parts.append(f"more detail on {words}" if entry.detail else words)
    return (
        joined(parts, "and for").replace(" and for more detail on", " and")
        if len(parts) > 1 and missing[0].detail
        else joined(parts)
    )


def _ours(words: str) -> str:
    words = re.sub(r"\b(?:you have|you've)\b", "we have", words, flags=re.IGNORECASE)
    words = re.sub(r"\byour\b", "our", words, flags=re.IGNORECASE)
    words = re.sub(r"\byou\b", "we", words, flags=re.IGNORECASE)
    return words[0].lower() + words[1:] if words[:2].istitle() and not words.startswith("ASIN") else words


# --- what is new, by kind, day and number -----------------------------------------------------------------------------


def _named(fresh: Sequence[Fact], case: Case) -> list[str]:
    added = [f for f in fresh if not is_completed(f, case)]
    by_list: dict[FactList, list[Fact]] = {}
    for fact in added:
        if fact.item:
            by_list.setdefault(fact.item.list, []).append(fact)
    names = [
        *_roots(by_list.get("root_causes", []), case),
        *_dated(by_list.get("corrective_actions", []), "action", "taken on"),
        *_dated(by_list.get("preventive_measures", []), "measure", "in force since"),
        *_enclosures(by_list.get("evidence", []), case),
        *(["further facts on the case"] if by_list.get("other_facts") else []),
    ]
    return [*names, *(["particulars of the earlier points"] if len(added) < len(fresh) else [])]


def _roots(new: Sequence[Fact], case: Case) -> list[str]:
    if not new:
        return []
    if len(new) == len(case.items("root_causes")):
        return ["the root cause"]
    return ["a further root cause" if len(new) == 1 else "further root causes"]


def _dated(new: Sequence[Fact], noun: str, when: str) -> list[str]:
    """`the actions taken on 19 and 21 November 2026`, planned ones apart; by name only where a day is not known."""
    parts = []
    for planned in (False, True):
        facts = [f for f in new if (f.status == "planned") == planned]
        if not facts:
            continue
        days = sorted({d for f in facts if (d := _of(f))})
        undated = any(_of(f) is None for f in facts)
        what = noun if len(facts) == 1 else f"{noun}s"
        if undated or not days or len(days) > _MOST_DAYS:
            parts.append(f"{'a further' if len(facts) == 1 else 'further'} {'planned ' if planned else ''}{what}")
        else:
            parts.append(f"the {what} {'planned for' if planned else when} {_days(days)}")
    return parts


def _of(fact: Fact) -> date | None:
    value = (fact.item.date or fact.item.since) if fact.item else None
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def _days(days: Sequence[date]) -> str:
    """Days in order; a month and year that the next day shares is said once."""
    said = []
    for n, day in enumerate(days):
        following = days[n + 1] if n + 1 < len(days) else None
        same = following is not None and (day.month, day.year) == (following.month, following.year)
        said.append(str(day.day) if same else long_date(day.isoformat()))
    return joined(said)


def _enclosures(new: Sequence[Fact], case: Case) -> list[str]:
    numbers = [n for n, f in enumerate(case.items("evidence"), 1) if f in new]
    return [f"enclosure{'s' if len(numbers) > 1 else ''} {joined(map(str, numbers))}"] if numbers else []
