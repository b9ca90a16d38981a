"""Items on what was done and what is in force: dated, counted, owned, rhythmic, bounded."""

from __future__ import annotations

import re
from collections.abc import Mapping

from amends.evaluate.figures import DATE, MONTH_FIRST, has_count, has_date, has_figure
from amends.evaluate.headings import POINT_MARK, is_heading
from amends.evaluate.parting import is_standing
from amends.evaluate.rubric import RubricItem, pattern
from amends.evaluate.slots import foreign_holes, form_holes, names_owner, slot_left_open, starts
from amends.evaluate.view import Fault, Line, Outcome, View, judged, key_of, not_checked
from amends.regex import regex

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
_RUNS_ON = re.compile(
    r"(?:the same day|of (?:them|these)|they|it|this|these|those|he|she|his|her|their|both|all|each|two|three|four|\d+|none|one|no|nobody|there|for (?:them|each)|since then|in addition|of the|"
    r"we (?:had|did not)|der|die|das|davon|alle|sie|es)\b"
)
_FEW_WORDS = 3
_REACTS = regex(
    r"\b(?:on (?:that|the same) (?:day|evening)|same day|closes? the|stops? the|blocks? the|refus\w+|rejects?|cannot|may not)\b"
)
_ABSOLUTE = regex(
    r"\b(?:will|shall|going to|ever|always|never|forever|all our|every \w+ (?:is|are|stays?|arrives?)|guarantee\w*|promis\w+|commit\w*|ensur\w+|make sure|nothing|nobody|henceforth|from (?:today|now|here)|"
    r"more \w+ly|better|special|particular|utmost)\b"
)
_WILL = re.compile(r"\b(?:will|shall|'ll|going to)\b")


def corrective_dated_counted(view: View, item: RubricItem) -> Outcome:
    """Answer whether each corrective action has a date and a number or id; titles over it count for the date."""
    if view.bare and not view.english:
        loose = [g[0] for g in view.groups("done") if not _dated(view, g) and not _UNDONE.search(g[0].low)]
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
    few = good < item.settings["blocking_below"] * len(groups) and "done" in view.titled
    severity = "blocking" if few else item.severity
    faults = [
        Fault(
            f"This action has no {said}.",
            "Add when it was done and how many: units, orders, listings, or an id.",
            groups[n][0],
            severity=severity,
        )
        for n, said in lacking.items()
    ]
    told = {id(fault.line) for fault in faults}
    faults += [fault for fault in _shapeless(view) if view.bare and id(fault.line) not in told]
    return judged(faults, f"{good} of {len(groups)} corrective actions have a date and a number or id.")


_SEEN = regex(
    r"\b(?:switch|delet|clos|remov|disconnect|sign|submit|replac|refund|ship|stopp|cancel|block|upload|install|order|print|fil(?:ed|led)|ask|inform|buy|bought|mov|set\b|sent|destroy|recall|withdr|relabel|"
    r"disabl|deactivat|lock|return|paid|pay|book|quarantin|publish|renam|merg|split|licen[cs]|dismantl|scrap|donat|hand(?:ed)?\b|receiv|obtain|request|enter|photograph|re-?shot|translat|releas|reactivat|"
    r"terminat|unlink|revok|chang|trac|identif|confirm|attach|plac|creat|add|introduc|hire|appoint|assign|connect|writ|wrote|notif)\w*|\boff\b|\btaken (?:out|off|down)\b"
)
_UNDONE = regex(
    r"^(?:我们|公司)?(?:没有|未)|\bwir haben [^.;]{0,40}(?:nicht|kein\w*)\b|\b(?:we|i) (?:have|has|had|did|do) not\b|^\W*(?:no|none|nothing)\b"
)
_NAMED = regex(r"(?<=[a-z,:] )[A-Z][\w&]+|[\"“(]|\b[A-Z]{2,}\b")


def _shapeless(view: View) -> list[Fault]:
    """Actions that count nothing, name nothing, and whose verb tells no deed that can be seen: "our stock was put in order"."""
    return [
        Fault(
            "This action names nothing that can be counted or seen.",
            "Say what was done, with what, and how many.",
            line,
        )
        for line in view.of("done")
        if view.english
        and not line.sentence.continues
        and len(line.text.split()) > _FEW_WORDS
        and not is_heading(line.text)
        if _DEED.search(line.low)
        and not has_count(line.text)
        and not _SEEN.search(line.low)
        and not _NAMED.search(DATE.sub("", line.text))
    ]


def _tells_action(group: tuple[Line, ...]) -> bool:
    return (_DEED.search(group[0].text) or key_of(group[0])) is not None and not _UNDONE.search(group[0].low)


def _lacks(view: View, group: tuple[Line, ...]) -> str:
    text = " ".join(line.text for line in group)
    dated = _dated(view, group)
    return " and no ".join(name for name, there in (("date", dated), ("number or id", has_count(text))) if not there)


def _dated(view: View, group: tuple[Line, ...]) -> bool:
    """Whether an action has a day: in its own sentences, over it, or told just before it in running text."""
    text = " ".join(line.text for line in group)
    if has_date(text) or MONTH_FIRST.match(text) or has_date(view.heads(group[0])):
        return True
    lines = view.of("done")
    before = lines[: lines.index(group[0])][-2:]
    marked = re.match(POINT_MARK, group[0].low)
    runs_on = not (group[0].section.bullets or marked) and _RUNS_ON.match(group[0].low) is not None
    return view.bare and runs_on and any(has_date(line.text) for line in before)


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
    groups = tuple(g for g in view.groups("measure") if not (view.bare and _is_no_measure(g)))
    filled = [slots(view, group, item.settings["slots"]) for group in groups]
    scores = [sum(f.values()) for f in filled]
    least, blocking = item.settings["min_slots"], item.settings["blocking_below"]
    if view.bare:  # what others call owner, limit or tool is read by its build: only what has none at all blocks
        blocking = blocking - 1 if "measure" in view.titled else 0
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
    faults += _holes(view, groups, item.settings["slots"]) if view.bare else []
    return judged(faults, f"Slots filled per measure, of 6: {', '.join(map(str, scores))}; at least {least}.")


def _is_no_measure(group: tuple[Line, ...]) -> bool:
    """A dated deed that was put among the measures, or a few words without a stop, such as a heading."""
    first, text = group[0].low, " ".join(line.text for line in group)
    deed = DATE.match(first.removeprefix("on ")) is not None and not any(is_standing(line.low) for line in group)
    words = len(text.split())
    return deed or words < _FEW_WORDS or (words == _FEW_WORDS and not text.rstrip().endswith("."))


def _holes(view: View, groups: tuple[tuple[Line, ...], ...], sources: Mapping[str, str]) -> list[Fault]:
    """The sentences of a measure that leave open who checks, or how often; and measures without a start. Bare letters only:
    of a letter from facts, the questions have asked for each slot."""
    sentences = [group for group in groups if key_of(group[0]) is None]
    return [
        *(
            fault
            for group in sentences
            for n, line in enumerate(group)
            if (fault := slot_left_open(line, group[:n], group[n + 1 :]))
        ),
        *(fault for group in groups if group not in sentences for fault in form_holes(group)),
        *(fault for group in sentences for line in group if (fault := _empty(view, line, sources))),
        *(_undated(group) for group in groups if not starts(view, group)),
    ]


def _empty(view: View, line: Line, sources: Mapping[str, str]) -> Fault | None:
    """A fault for a sentence that names no owner, rhythm, limit, tool, start or figure; nor may it only promise."""
    unfinished = not line.text.rstrip().endswith((".", "!", ";"))
    if len(line.text.split()) <= _FEW_WORDS or unfinished or is_heading(line.text) or _REACTS.search(line.low):
        return None
    has = slots(view, (line,), sources)
    filled = sum(
        (
            has["owner"] or names_owner(line.low),
            has["frequency"],
            has["limit"],
            has["tool"],
            has["start"],
            has_figure(line.text) or line.text.count('"') > 1,
        )
    )
    if filled > 1 or (filled == 1 and not _ABSOLUTE.search(line.low)):
        return None
    return Fault(
        "Nobody can check this sentence: it says neither who, how often, to which limit, nor with what.",
        "Say who does it, how often, to which limit and with what reaction, with which tool, since when.",
        line,
        severity="advice",
    )


def _undated(group: tuple[Line, ...]) -> Fault:
    return Fault(
        "This measure does not say since when it is in force.", "Say since which date.", group[0], severity="advice"
    )


def no_open_promises(view: View, item: RubricItem) -> Outcome:
    """Answer whether every sentence with "will" says from which date; with `allow_dated` 0 no "will" is in it at all."""
    if not view.english:
        return not_checked(f"This rule reads English; the letter is in {view.letter.language!r}.")
    lines = [line for line in view.lines if line.part != "request" and not line.sentence.gap and _WILL.search(line.low)]
    open_ = [line for line in lines if not item.settings["allow_dated"] or not has_date(line.text)]
    if len(open_) <= item.settings["max_undated_will"]:
        return judged([], f"{len(lines)} sentences with “will”, {len(open_)} without a date.")
    faults = [_open_promise(line) for line in open_]
    return judged(faults, f"{len(open_)} of {len(lines)} sentences with “will” have no date or must not stand.")


def _open_promise(line: Line) -> Fault:
    found = _WILL.search(line.low)
    return Fault(
        "A promise with a date, which your settings do not allow."
        if has_date(line.text)
        else "A promise without a date.",
        "Say what is in force since which date, or from which date it starts.",
        line,
        found.start() if found else None,
        found.end() if found else None,
    )
