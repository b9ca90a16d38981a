"""Items decided by the lexicon: one item per kind of wording."""

from __future__ import annotations

import re
from functools import cache

from amends.evaluate.figures import has_count
from amends.evaluate.headings import is_heading
from amends.evaluate.lexicon import Hit, lexicon
from amends.evaluate.phrases import lowered
from amends.evaluate.rubric import RubricItem
from amends.evaluate.view import Fault, Line, Outcome, View, judged, met
from amends.vocabulary import Cause, Severity

_APOLOGY = "apology"
_REGRETS = re.compile(r"apolog|sorry|regret")


#: Causes whose true answer has to disclose what else would be an admission beyond what was asked.
_SERIOUS: frozenset[Cause] = frozenset(
    {
        "counterfeit",
        "forged_documents",
        "fraud_deceptive",
        "review_manipulation",
        "code_of_conduct",
        "copyright",
        "trademark",
        "patent",
        "related_accounts",
        "drop_shipping",
    }
)


def no_hits(view: View, item: RubricItem) -> Outcome:
    """Answer whether the letter is free of the kinds of wording named in the item's settings.

    `max_apologies` in them wins over what the word list allows.
    """
    kinds = item.settings["kinds"]
    limit = item.settings.get("max_apologies")
    shipped = limit is None or limit in _shipped(tuple(kinds))
    found = view.hits if shipped else view.hits_allowing(dict.fromkeys(kinds, int(limit or 0)))
    hits = [(line, hit) for line, hit in found if hit.entry.kind in kinds and _counts(line, hit)]
    faults = [_fault(view, line, hit) for line, hit in hits]
    if not faults:
        return met(f"0 hits in {len(view.lines)} sentences.")
    words = ", ".join(dict.fromkeys(f"“{h.text}”" for _, h in hits))
    return judged(sorted(faults, key=lambda f: f.severity != "blocking"), f"{len(faults)} found: {words}.")


def apology_short(view: View, item: RubricItem) -> Outcome:
    """Answer whether no sentence that apologises has more words than the limit."""
    limit = item.settings["max_words"]
    sorry = [line for line in view.lines if _REGRETS.search(line.low) and _apologises(line.text)]
    faults = [
        Fault(f"{n} words of apology (limit {limit}).", "Keep one short clause; give the room to facts.", line)
        for line in sorry
        if (n := len(line.text.split())) > limit
    ]
    return judged(faults, f"{len(faults)} of {len(sorry)} apologies have more than {limit} words.")


def _apologises(text: str) -> bool:
    return any(hit.entry.kind == _APOLOGY for hit in lexicon().find_in([text], allowed={_APOLOGY: 0})[0])


@cache
def _shipped(kinds: tuple[str, ...]) -> frozenset[int]:
    """The number that the word list allows, if it is the same for all entries of these kinds; else nothing."""
    allowed = frozenset(e.allowed for e in lexicon().entries if e.kind in kinds)
    return allowed if len(allowed) == 1 else frozenset()


def _counts(line: Line, hit: Hit) -> bool:
    """A hole is a fault as a hole; the words of its question are ours and no fault of the letter's."""
    if hit.entry.kind in ("vague", "off_topic", "cliche") and line.sentence.role == "frame" and is_heading(line.text):
        return False
    if hit.entry.unless_counted and has_count(line.text):
        return False
    if line.part == "other" and hit.entry.kind == "vague" and line.text.rstrip().endswith("?"):
        return False  # the question of a questionnaire is Amazon's
    return not line.sentence.gap or hit.entry.kind == "placeholder"


def _fault(view: View, line: Line, hit: Hit) -> Fault:
    severity, message = _weighed(view, line, hit)
    return Fault(message, hit.entry.better_move, line, hit.start, hit.end, severity, hit.entry.rule)


def _weighed(view: View, line: Line, hit: Hit) -> tuple[Severity, str]:
    """A risky admission that the seller made himself is his to decide: shown, but not in the way."""
    message = f"“{hit.text}”: {hit.entry.reason}"
    if hit.entry.kind == "placeholder" and line.sentence.gap:
        return "blocking", f"A fact is still missing here: {hit.text}"
    if hit.entry.kind == "admission" and view.bare and _SERIOUS & set(view.causes):
        return "advice", f"{message} The notice is about such a thing: keep to its exact scope, and take advice first."
    if hit.entry.kind == "admission" and (stated := _stated_in(view, line, hit)):
        return "advice", f"{message} It is your own statement ({stated}); take advice before it is sent."
    return hit.entry.severity, message


def _stated_in(view: View, line: Line, hit: Hit) -> str | None:
    words = lowered(hit.text)
    for fact_id in line.sentence.fact_ids:
        fact = view.facts.get(fact_id)
        if fact and fact.source == "seller" and words in lowered(f"{fact.quote} {fact.item.text if fact.item else ''}"):
            return fact_id
    return None
