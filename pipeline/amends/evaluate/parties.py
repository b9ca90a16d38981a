"""Items that go by the build of a sentence, not by its words: who is its subject, and whether it says anything to check.

Blame and empty talk have endless wordings; what a plain report says of others has few. So the few are listed here, and
whatever else is said of a buyer, a carrier, a supplier, an employee or Amazon is shown as advice. Bare letters only: a
sentence from facts has its fact, and the lock has held it against that.
"""

from __future__ import annotations

import re

from amends.evaluate.figures import has_figure
from amends.evaluate.roots import names_process
from amends.evaluate.rubric import RubricItem, pattern, rubric
from amends.evaluate.view import Fault, Line, Outcome, View, judged, not_checked

_LEAST_WORDS = 5
_ASKS = re.compile(r"\b(?:please|ask|request|attached|enclosed|following|see|file|annex|notice)\b")


def no_party_in_the_dock(view: View, item: RubricItem) -> Outcome:
    """Answer whether what is said of buyers, Amazon, carriers, suppliers and staff is what a plain report says of them."""
    if not view.english:
        return not_checked("This rule reads English.")
    parties = item.settings["parties"]
    faults = [
        Fault(
            f"“{line.text[start:end]}”: this tells what somebody else did or is.",
            "Say what your own process lacked, and leave the conduct of others out.",
            line,
            start,
            end,
        )
        for line in view.lines
        if line.part not in ("attached", "request")
        for start, end in _accused(line.low, parties)
    ]
    return judged(faults, f"{len(faults)} sentences on others in {len(view.lines)}.")


_NO_SUBJECT = re.compile(
    r"\b(?:to|with|by|from|of|for|in|at|on|and|or|between|about|via|per|through|among|other|earlier|authorised|than|as|own|all|\d+)(?: (?:the|our|a|an|this|these|those|their|both|one|each|other|new|\d+))* ?$"
)


def _accused(low: str, parties: dict[str, dict[str, str]]) -> list[tuple[int, int]]:
    """The first party in a sentence that is its subject, or the one of a relative clause, and does no plain thing."""
    return [
        (found.start(), found.end())
        for party in parties.values()
        for found in pattern(_subject(party["who"])).finditer(low)
        if not pattern(party["plain"]).fullmatch(found["verb"])
        and (found["relative"] or not _NO_SUBJECT.search(low[: found.start()]))
    ][:1]


def _subject(who: str) -> str:
    return (
        rf"\b(?:{who})\b(?!['’-])(?:(?P<relative>,? (?:who|which|whose \w+))|(?: (?:of|at|from|in) (?:\w+ ){{0,2}}\w+)?) "
        r"(?:(?:simply|also|then|just|only|often|always|later|already|really|himself|themselves|\w+ly) )*"
        r"(?P<verb>(?:(?:is|are|was|were|has|have|had|did|does|do|been|being|will|would|could|should|can|may|might|must|not|never|simply|also|then|\w+ly) )*[a-z'-]+)"
    )


def every_sentence_checkable(view: View, item: RubricItem) -> Outcome:
    """Answer whether every sentence has a figure, a date, an id, a role, a tool or a step of a process."""
    if not view.english:
        return not_checked("This rule reads English.")
    empty = [line for line in view.lines if _says_nothing(line, item)]
    faults = [
        Fault("Nothing in this sentence can be checked.", "Give it a figure, a date or a step, or take it out.", line)
        for line in empty
    ]
    return judged(faults, f"{len(view.lines) - len(empty)} of {len(view.lines)} sentences hold something to check.")


def _says_nothing(line: Line, item: RubricItem) -> bool:
    text, low = line.text, line.low
    if line.part in ("attached", "request") or line.sentence.gap or len(text.split()) < _LEAST_WORDS:
        return False
    if text.rstrip().endswith("?") or has_figure(text) or '"' in text or _ASKS.search(low):
        return False
    slots = rubric().item("measure_slots").settings["slots"]
    if any(pattern(slots[name]).search(low) for name in ("owner", "tool", "frequency")):
        return False
    return not names_process(low) and pattern(item.settings["concrete"]).search(low) is None
