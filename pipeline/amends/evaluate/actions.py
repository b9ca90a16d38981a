"""Items on what was done and what is in force: dated, counted, owned, rhythmic, bounded."""

from __future__ import annotations

import re
from collections.abc import Mapping

from amends.evaluate.figures import has_count, has_date
from amends.evaluate.rubric import RubricItem, pattern
from amends.evaluate.slots import foreign_holes, slot_left_open, starts
from amends.evaluate.view import Fault, Line, Outcome, View, judged, not_checked

_I = re.IGNORECASE
_NAMED_OWNER = re.compile(
    r"\b(?:[A-Z][a-zà-ÿ]+ [A-Z][a-zà-ÿ]+|(?:Mr|Ms|Mrs)\.? [A-Z]\w+)(?: \([^)]{2,40}\))?,? (?:[a-z]+s|now)\b"
)
_START = re.compile(r"\b(?:since|from|as of|starting|started|effective|in force|begins?|began|introduced)\b", _I)
_DEED = re.compile(
    r"\b(?!need|exceed|speed)\w{3,}ed\b|\b(?:set|sent|bought|shut|put|taken|took|made|wrote|written|paid|sold|told|drawn|withdrawn|"
    r"held|sought|rebuilt|built|split|cut|done|begun|began|got|given|gave|kept)\b|\bge\w{2,}(?:t|en)\b|\b(?:be|er|ver|über|ent)\w{3,}(?:t|en)\b",
    re.IGNORECASE,
)
_WILL = re.compile(r"\b(?:will|shall|'ll|going to)\b")


def corrective_dated_counted(view: View, item: RubricItem) -> Outcome:
    """Answer whether each corrective action has a date and a number or id; titles over it count for the date."""
    if view.bare and not view.english:
        loose = [g[0] for g in view.groups("done") if not has_date(" ".join(ln.text for ln in g) + view.heads(g[0]))]
        return judged(
            [Fault("This action has no date.", "Say when it was done.", line) for line in loose],
            f"{len(loose)} actions have no date.",
        )
    if unknown := view.unknown("done"):
        return unknown
    groups = tuple(group for group in view.groups("done") if not view.bare or _tells_action(group))
    if not groups:
        return not_checked("No sentence of the part on what was done tells an action.")
    lacking = {n: said for n, group in enumerate(groups) if (said := _lacks(view, group))}
    if view.bare and 2 * sum(said == "number or id" for said in lacking.values()) <= len(groups):
        lacking = {n: said for n, said in lacking.items() if said != "number or id"}  # dated, and most are counted
    good = len(groups) - len(lacking)
    severity = "blocking" if good < item.settings["blocking_below"] * len(groups) else item.severity
    faults = [
        Fault(
            f"This action has no {said}.",
            "Add when it was done and how many: units, orders, listings, or an id.",
            groups[n][0],
            severity=severity,
        )
        for n, said in lacking.items()
    ]
    return judged(faults, f"{good} of {len(groups)} corrective actions have a date and a number or id.")


def _tells_action(group: tuple[Line, ...]) -> bool:
    return _DEED.search(group[0].text) is not None


def _lacks(view: View, group: tuple[Line, ...]) -> str:
    text = " ".join(line.text for line in group)
    dated = has_date(text) or has_date(view.heads(group[0]))
    return " and no ".join(name for name, there in (("date", dated), ("number or id", has_count(text))) if not there)


def slots(view: View, group: tuple[Line, ...], sources: Mapping[str, str]) -> dict[str, bool]:
    """Return which of the six slots of a measure its sentences fill; its title fills the start date."""
    text, low = " ".join(line.text for line in group), " ".join(line.low for line in group)
    items = [f.item for line in group for i in line.sentence.fact_ids if (f := view.facts.get(i)) and f.item]

    def stated(slot: str) -> bool:
        return any((said := getattr(i, slot)) and str(said).lower() in low for i in items)

    words = {slot: pattern(source).search(low) is not None for slot, source in sources.items()}
    started = has_date(text) or (_START.search(text) and stated("since")) or has_date(view.heads(group[0]))
    return {
        "process": words["process"],
        "owner": stated("owner") or words["owner"] or _NAMED_OWNER.search(text) is not None,
        "frequency": stated("frequency") or words["frequency"],
        "limit": stated("limit") or words["limit"],
        "tool": stated("tool") or words["tool"],
        "start": bool(started),
    }


def measure_slots(view: View, item: RubricItem) -> Outcome:
    """Answer whether each preventive measure fills enough of its six slots."""
    if view.bare and not view.english and (holes := foreign_holes(view)):
        return judged(holes, f"{len(holes)} places of the measures leave open who, how often, or since when.")
    if unknown := view.unknown("measure"):
        return unknown
    groups = view.groups("measure")
    filled = [slots(view, group, item.settings["slots"]) for group in groups]
    scores = [sum(f.values()) for f in filled]
    least, blocking = item.settings["min_slots"], item.settings["blocking_below"]
    faults = [
        Fault(
            f"This measure names {score} of 6: missing {', '.join(k for k, v in has.items() if not v)}.",
            "Say who does it, how often, to which limit and with what reaction, with which tool, since when.",
            group[0],
            severity="blocking" if score < blocking else "advice",
        )
        for group, has, score in zip(groups, filled, scores, strict=True)
        if score < least and not (view.bare and has["start"] and score > 2)  # its holes are told one by one
    ]
    faults += _holes(view, groups) if view.bare else []
    return judged(faults, f"Slots filled per measure, of 6: {', '.join(map(str, scores))}; at least {least}.")


def _holes(view: View, groups: tuple[tuple[Line, ...], ...]) -> list[Fault]:
    """The sentences of a measure that leave open who checks, or how often; and measures without a start. Bare letters only:
    of a letter from facts, the questions have asked for each slot."""
    return [
        *(fault for group in groups for n, line in enumerate(group) if (fault := slot_left_open(line, group[:n]))),
        *(_undated(group) for group in groups if not starts(view, group)),
    ]


def _undated(group: tuple[Line, ...]) -> Fault:
    return Fault(
        "This measure does not say since when it is in force.", "Say since which date.", group[0], severity="advice"
    )


def no_open_promises(view: View, item: RubricItem) -> Outcome:
    """Answer whether every sentence with "will" says from which date."""
    if not view.english:
        return not_checked(f"This rule reads English; the letter is in {view.letter.language!r}.")
    lines = [line for line in view.lines if line.part != "request" and not line.sentence.gap and _WILL.search(line.low)]
    open_ = [line for line in lines if not has_date(line.text)]
    if len(open_) <= item.settings["max_undated_will"]:
        return judged([], f"{len(lines)} sentences with “will”, {len(open_)} without a date.")
    faults = [_open_promise(line) for line in open_]
    return judged(faults, f"{len(open_)} of {len(lines)} sentences with “will” have no date.")


def _open_promise(line: Line) -> Fault:
    found = _WILL.search(line.low)
    return Fault(
        "A promise without a date.",
        "Say what is in force since which date, or from which date it starts.",
        line,
        found.start() if found else None,
        found.end() if found else None,
    )
