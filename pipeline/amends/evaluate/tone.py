"""Items decided by the lexicon: one item per kind of wording."""

from __future__ import annotations

from amends.evaluate.figures import has_count
from amends.evaluate.lexicon import Hit
from amends.evaluate.phrases import lowered
from amends.evaluate.rubric import RubricItem
from amends.evaluate.view import Fault, Line, Outcome, View, judged, met
from amends.vocabulary import Severity


def no_hits(view: View, item: RubricItem) -> Outcome:
    """Answer whether the letter is free of the kinds of wording named in the item's settings."""
    kinds = item.settings["kinds"]
    hits = [(line, hit) for line, hit in view.hits if hit.entry.kind in kinds and _counts(line, hit)]
    faults = [_fault(view, line, hit) for line, hit in hits]
    if not faults:
        return met(f"0 hits in {len(view.lines)} sentences.")
    words = ", ".join(dict.fromkeys(f"“{h.text}”" for _, h in hits))
    return judged(sorted(faults, key=lambda f: f.severity != "blocking"), f"{len(faults)} found: {words}.")


def _counts(line: Line, hit: Hit) -> bool:
    """A hole is a fault as a hole; the words of its question are ours and no fault of the letter's."""
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
