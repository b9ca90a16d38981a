"""Items on completeness: the three questions, every cause, ASIN and requested item, every enclosure."""

from __future__ import annotations

import re

from amends.evaluate.headings import Part
from amends.evaluate.rubric import RubricItem, pattern
from amends.evaluate.view import Fault, Outcome, View, judged, met, not_checked
from amends.regex import regex
from amends.vocabulary import Cause, RequestedItem

_PARTS: dict[Part, str] = {"root": "root cause", "done": "corrective action", "measure": "preventive measure"}
_BY_PART: dict[RequestedItem, Part] = {
    "root_cause": "root",
    "corrective_actions": "done",
    "preventive_measures": "measure",
}
_LIST = regex(
    r"\b(?:table|list|annex|enclosure|attachment|file|spreadsheet)\b(?: \w+)? (?:of|with|names?|covers?|shows?|for|lists|holds|has)\b[^.;]{0,40}"
    r"\b(?:asins?|listings?|products?|offers?|skus?)\b|"
    r"\b(?:all|the|both|these|\d+)(?: \w+)? (?:asins?|listings?|products?|offers?|skus?)\b[^.;]{0,40}\b(?:in|see|on) (?:the |our )?(?:table|list|annex|enclosure|attachment|file|spreadsheet)\b",
    re.IGNORECASE,
)


def three_questions(view: View, _item: RubricItem) -> Outcome:
    """Answer whether root cause, actions taken and prevention are all there [V:A2]."""
    if not view.structured:
        return not_checked("The parts of the letter could not be told apart (no roles, no headings known).")
    counts = {name: len(view.of(part)) for part, name in _PARTS.items()}
    faults = [
        Fault(f"The letter has no {name}.", f"Add a part “{name}”.", severity="advice" if view.perhaps(part) else None)
        for part, name in _PARTS.items()
        if not counts[name]
    ]
    if faults and not view.sure_of_parts:
        return not_checked(
            f"{faults[0].message[:-1]} that its headings or its sentences show; look whether it has one."
        )
    return judged(faults, "; ".join(f"{name}: {count} sentences" for name, count in counts.items()) + ".")


def every_cause_answered(view: View, _item: RubricItem) -> Outcome:
    """Answer whether each cause of the notice has a root cause, a corrective action and a preventive measure."""
    if not view.causes:
        return not_checked("No cause is known from the notice.")
    if not view.structured:
        return not_checked("The parts of the letter could not be told apart (no roles, no headings known).")
    empty = [
        (cause, part, name)
        for cause in view.causes
        for part, name in _PARTS.items()
        if not any(view.speaks_of(line, cause) for line in view.of(part))
    ]
    if empty and not view.sure_of_parts and any(not view.of(part) for part in _PARTS):
        return not_checked("The parts of the letter could not be told apart for certain; see three_questions.")
    faults = [
        Fault(
            f"Nothing in the letter is a {name} for {cause}.",
            f"Add a {name} for {cause}.",
            severity="advice"
            if (view.bare and len(view.causes) > 1 and any(view.speaks_of(ln, cause) for ln in view.lines))
            or (not view.of(part) and view.perhaps(part))
            else None,
        )
        for cause, part, name in empty
    ]
    cells = len(view.causes) * len(_PARTS)
    return judged(faults, f"{cells - len(empty)} of {cells} cells filled ({len(view.causes)} causes × 3 parts).")


def every_asin_covered(view: View, _item: RubricItem) -> Outcome:
    """Answer whether each ASIN of the notice is named or covered by an attached list."""
    facts = [str(f.value) for f in view.case.facts if f.kind == "asin" and f.source == "notice"]
    asins = tuple(dict.fromkeys([*facts, *(a for c in view.case.enforcement.causes for a in c.asins)]))
    if not asins:
        return not_checked("The notice names no ASIN.")
    text = "\n".join([view.letter.subject, *(s.title for s in view.letter.sections), view.text])
    missing = [a for a in asins if a not in text]
    by_list = next((line for line in view.lines if not line.sentence.gap and _LIST.search(line.text)), None)
    if missing and by_list and view.letter.enclosures:
        return met(f"{len(asins) - len(missing)} of {len(asins)} named, the rest covered by a list.", by_list)
    whole_account = view.case.enforcement.scope in ("account", "seller_fulfilled")
    faults = [
        Fault(
            f"{asin} stands in the notice, but not in the letter.",
            "Name it, or attach a list that covers it and say so.",
            severity="advice" if whole_account else "blocking",
        )
        for asin in missing
    ]
    return judged(faults, f"{len(asins) - len(missing)} of {len(asins)} ASINs are named.")


#: A rights owner's complaint is answered by any one of these [V:A20].
_ONE_IS_ENOUGH: frozenset[RequestedItem] = frozenset({"invoices", "letter_of_authorization", "rights_owner_retraction"})
_ONE_IS_ENOUGH_FOR: frozenset[Cause] = frozenset({"trademark", "copyright", "patent", "counterfeit"})


def _perhaps_answered(view: View, asked: RequestedItem) -> bool:
    part = _BY_PART.get(asked)
    return view.perhaps(part) if part else view.bare and bool(view.of("attached"))


def every_request_answered(view: View, item: RubricItem) -> Outcome:
    """Answer whether each requested item is answered; requests meant for a dispute count only in a dispute."""
    dispute = view.letter.kind == "dispute"
    asked = dict.fromkeys(r.item for r in view.case.enforcement.requests if dispute or not r.dispute_only)
    answered = {i: _answers(view, i, item.settings["answered_by"]) for i in asked}
    known = {i: yes for i, yes in answered.items() if yes is not None}
    if set(view.case.enforcement.all_causes) & _ONE_IS_ENOUGH_FOR and any(known.get(i) for i in _ONE_IS_ENOUGH):
        known |= dict.fromkeys(_ONE_IS_ENOUGH & known.keys(), True)
    if not known:
        return not_checked("No request of the notice is known that code can look for.")
    faults = [
        Fault(
            f"The notice asks for {_named(i)}; the letter does not answer.",
            f"Add {_named(i)}, or say why not.",
            severity="advice" if _perhaps_answered(view, i) else None,
        )
        for i, yes in known.items()
        if not yes
    ]
    note = f"{len(known) - len(faults)} of {len(known)} requested items are answered."
    undecided = [_named(i) for i in answered if i not in known]
    return judged(faults, note + (f" Not decided by code: {', '.join(undecided)}." if undecided else ""))


def _answers(view: View, requested: RequestedItem, answered_by: dict[str, str]) -> bool | None:
    if requested in _BY_PART:
        there = bool(view.of(_BY_PART[requested]))
        return there or (False if view.structured and view.sure_of_parts else None)
    if requested not in answered_by:
        return None
    enclosed = " ".join(f"{e.document} {e.proves or ''}" for e in view.letter.enclosures)
    return pattern(answered_by[requested]).search(f"{view.text} {enclosed}".lower()) is not None


def _named(requested: RequestedItem) -> str:
    return requested.replace("_", " ")


def enclosures_tied(view: View, _item: RubricItem) -> Outcome:
    """Answer whether a sentence of the body, or what it proves, ties each enclosure to the text."""
    if not view.letter.enclosures:
        return not_checked("The letter has no enclosures.")
    cited = {f for line in view.lines for f in line.sentence.fact_ids}
    body = _body_words(view) if view.bare else frozenset()
    loose = [
        e
        for e in view.letter.enclosures
        if not (e.fact_id in cited or e.proves or _mentioned(view, e.number) or body & _content(e.document))
    ]
    faults = [
        Fault(
            f"No sentence says what enclosure {e.number} ({e.document}) proves.",
            f"Name enclosure {e.number} in the sentence that it proves.",
        )
        for e in loose
    ]
    total = len(view.letter.enclosures)
    return judged(faults, f"{total - len(loose)} of {total} enclosures are tied to a sentence.")


def _body_words(view: View) -> frozenset[str]:
    """The content words outside of the lists of papers: a paper that shares one speaks of the same thing."""
    return _content(" ".join(line.text for line in view.lines if line.part != "attached"))


def _content(text: str) -> frozenset[str]:
    words = re.findall(r"[a-zäöüß]{4,}|[\u4e00-\u9fff]{2}", text.lower())
    return frozenset(w.removesuffix("s") for w in words)


def _mentioned(view: View, number: int) -> bool:
    return (
        re.search(rf"\b(?:enclosure|annex|attachment|file|no\.)s? ?\(?{number}\b", view.text, re.IGNORECASE) is not None
    )
