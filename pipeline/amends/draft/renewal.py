"""The opening of a letter that answers an answer: which message, which letter it replaces, and what is new in it.

Short on purpose: new entries are named by their kind, days and enclosure numbers, and stand in full in their sections.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from amends.data import load_yaml
from amends.dates import find_dates
from amends.draft.wording import chosen, joined, long_date
from amends.history import ANSWERED, SENT, is_completed, last_answer, last_sent, new_entries
from amends.schemas import Case, Fact, Missing, Sentence
from amends.vocabulary import FactList

#: From so many things on, Amazon's list is not repeated.
_MOST_ASKED, _MOST_DAYS, _MOST_WORDS = 3, 4, 25
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
        letter=_said("letters").get(case.enforcement.answer_kind) or _said("letters")["other"],
        answered=_day(days.get(ANSWERED)), sent=_day(days.get(SENT)),
    )  # fmt: skip
    cited = tuple(f.id for f in days.values())
    sentences = [Sentence(text=first, fact_ids=cited)]
    english = answer.notice is None or answer.notice.language == "en"
    asked = _asked(answer.missing) if english else ""
    if asked:
        sentences.append(Sentence(text=_worded("asked", case, asked=asked), fact_ids=cited))
    return [*sentences, *_new(case, cited)]


def _new(case: Case, cited: tuple[str, ...]) -> list[Sentence]:
    if last_sent(case) is None:
        return []
    fresh = new_entries(case)
    if not fresh:
        return [Sentence(text="[missing: what is new since the last letter]", gap=True)]
    text = _worded("new", case, new=joined(_named(fresh, case)))
    return [Sentence(text=text, fact_ids=(*cited, *(f.id for f in fresh)))]


def _said(group: str) -> dict[str, str]:
    words: dict[str, str] = load_yaml("renewal.v1.yaml")[group]
    return words


def _worded(group: str, case: Case, **slots: str | None) -> str:
    options: list[str] = load_yaml("renewal.v1.yaml")[group]
    filled = {name: value for name, value in slots.items() if value}
    usable = [o for o in options if set(re.findall(r"\{(\w+)\}", o)) <= filled.keys()]
    fullest = max(o.count("{") for o in usable)
    best = [o for o in usable if o.count("{") == fullest]
    return chosen(best, case.seller.store or "", case.notice.text[:400], str(len(case.history)), group).format(**filled)


def _day(fact: Fact | None) -> str | None:
    """The day of a fact of the correspondence, written out; None for an undated one."""
    return long_date(str(fact.value)) if fact and re.fullmatch(r"\d{4}-\d\d-\d\d", str(fact.value)) else None


def _asked(missing: Sequence[Missing]) -> str:
    """Amazon's points in its own words, said from the seller's side; empty when there are none or too many."""
    if not 0 < len(missing) <= _MOST_ASKED:
        return ""
    said = [(m.detail, _ours(_DETAIL.sub("", m.words).strip().rstrip(".:;"))) for m in missing]
    if any(not words.isascii() or len(words.split()) > _MOST_WORDS for _, words in said):
        return ""
    detail: str = load_yaml("renewal.v1.yaml")["detail"]
    more = joined([words for d, words in said if d], "and on")
    rest = joined([words for d, words in said if not d], "and for")
    return ", and for ".join(part for part in (f"{detail} {more}" if more else "", rest) if part)


def _ours(words: str) -> str:
    """Amazon's "you" as our "we", without the words of time that say nothing in a letter."""
    words = re.sub(r"\s+(?:from now on|in (?:the )?future|going forward)\b", "", words, flags=re.IGNORECASE)
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
    say = _said("news")
    names = [
        *_roots(by_list.get("root_causes", []), case),
        *_dated(by_list.get("corrective_actions", []), "action"),
        *_dated(by_list.get("preventive_measures", []), "measure"),
        *_enclosures(by_list.get("evidence", []), case),
        *([say["facts"]] if by_list.get("other_facts") else []),
    ]
    return [*names, *([say["particulars"]] if len(added) < len(fresh) else [])]


def _roots(new: Sequence[Fact], case: Case) -> list[str]:
    if not new:
        return []
    whole = len(new) == len(case.items("root_causes"))
    return [_said("news")["root" if whole else "further_root" if len(new) == 1 else "further_roots"]]


def _dated(new: Sequence[Fact], noun: str) -> list[str]:
    """`the actions taken on 19 and 21 November 2026`, planned ones apart; by name only where a day is not known."""
    say, parts = _said("news"), []
    for planned in (False, True):
        facts = [f for f in new if (f.status == "planned") == planned]
        if not facts:
            continue
        days = sorted({d for f in facts if (d := _of(f))})
        prefix, many = "planned_" if planned else "", "" if len(facts) == 1 else "s"
        if any(_of(f) is None for f in facts) or len(days) > _MOST_DAYS:
            parts.append(say[f"further_{noun}{many}"])
        else:
            parts.append(f"{say[prefix + noun + many]} {_days(days)}")
    return parts


def _of(fact: Fact) -> date | None:
    """The entry's day: its field, else the one day that its words name."""
    if fact.item is None:
        return None
    said = fact.item.date or fact.item.since or fact.item.text
    found = {day for day, _, _ in find_dates(said)}
    return found.pop() if len(found) == 1 else None


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
