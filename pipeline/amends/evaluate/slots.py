"""Who checks, how often, and since when: what a sentence of a preventive measure leaves open."""

from __future__ import annotations

import re

from amends.evaluate.figures import has_date
from amends.evaluate.rubric import pattern, rubric
from amends.evaluate.view import Fault, Line, View

_STEM = (
    r"(?:read|check|count|open|drop|sampl|compar|run|export|measur|re-measur|test|discharg|upload|search|review|inspect|audit|"
    r"weigh|renew|verif|examin|look|go through|goes through|pull|recount|re-open|reopen|re-count|spot-check|monitor|scan|watch|"
    r"revis|control|assess|analy[sz]|photograph|record|list)"
)
_DOES = re.compile(rf"\b(?!scan|photograph|record|list){_STEM}\w{{0,3}}(?:s|es)\b")
_IS_DONE = re.compile(
    rf"\b(?:is|are|gets?|being|be) (?:then |also |now |each time )?{_STEM}\w{{0,4}}(?:ed|t|n|d)?\b|\b(?:takes?|taking) place\b|\bis (?:done|made|carried out|held|run|read|filled in)\b"
)
_EVENT = re.compile(
    r"\b(?:before|after|when\w*|if|once|as soon as|on arrival|at (?:goods-in|hand-?over|receipt)|without|upon|until|unless|new|only|no \w+ (?:goes|leaves|is)|during|while|per|any)\b"
)
_AUTOMATIC = re.compile(
    r"\b(?:scripts?|software|systems?|tools?|repricers?|programs?|servers?|scanners?|automatic\w*|feeds?|apps?|cameras?|printer|alerts?|by the (?:system|software|tool))\b"
)
_ROLE = re.compile(
    r"\b(?:we|i|she|he|they|who|person|people|staff|team|colleagues?|employees?|editors?|purchasers?|inspectors?|accountants?|packers?|"
    r"agents?|trainees?|directors?|shifts?|office|desk|service|department|supplier|laborator\w+|lab|firm|company|photographers?|drivers?|"
    r"\w+ (?:lead|manager|clerk|officer|head|coordinator|planner|technician|supervisor|assistant|specialist|controller))\b"
)
_CLOCK = re.compile(
    r"\b(?:at \d{1,2}(?::\d\d| ?[ap]m)|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mornings?|evenings?|noon|nights?|first working day|month|week|quarter|day|shift|hours?|minutes)\b"
)
_START = re.compile(
    r"\b(?:since|from|as of|starting|started|effective|in force|began|begins?|introduced|seit|ab dem)\b|自|起"
)


def slot_left_open(line: Line, before: tuple[Line, ...]) -> Fault | None:
    """Return a fault if this sentence of a measure names a check that recurs and leaves open who does it, or how often."""
    low = line.low
    often = _often(low)
    by_somebody = _owner(low)
    if often and _IS_DONE.search(low) and not by_somebody and not _AUTOMATIC.search(low):
        return _fault(
            "This check is nobody's: the sentence does not say who does it.", "Name the role, and its deputy.", line
        )
    does = _DOES.search(low)
    if not does or often or not (by_somebody or _AUTOMATIC.search(low[: does.start()])):
        return None
    if _EVENT.search(low) or (before and _EVENT.search(before[-1].low) and _refers_back(low)):
        return None
    return _fault(
        "This check has no rhythm: the sentence does not say how often.", "Say on which days, or on which event.", line
    )


def _refers_back(low: str) -> bool:
    return re.match(r"(?:the|it|this|that|he|she|they|line|each)\b", low) is not None


def _fault(message: str, better: str, line: Line) -> Fault:
    return Fault(message, better, line, severity="advice")


def _owner(low: str) -> bool:
    owner = rubric().item("measure_slots").settings["slots"]["owner"]
    return pattern(owner).search(low) is not None or _ROLE.search(low) is not None


def _often(low: str) -> bool:
    frequency = rubric().item("measure_slots").settings["slots"]["frequency"]
    found = pattern(frequency).search(low)
    return (
        (found is not None and not re.match(r"(?:each|every|per)\b", found.group()))
        or (re.search(r"\b(?:each|every|per|a|all)\b.{0,24}", low) is not None and _CLOCK.search(low) is not None)
        or re.search(
            r"\b(?:at \d{1,2}:\d\d|on (?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:each|every) (?:\w+ )?(?:delivery|lot|shipment|order|parcel|unit|batch|box|listing|sku|return|message|carton|pallet))\b",
            low,
        )
        is not None
    )


def starts(view: View, group: tuple[Line, ...]) -> bool:
    """Return whether a measure says since when it is in force: itself, over it, or in running text before it."""
    text = " ".join(line.text for line in group)
    if has_date(text) or _START.search(text.lower()) or has_date(view.heads(group[0])):
        return True
    if group[0].section.bullets:
        return False
    own = [line for line in view.of("measure") if line.section is group[0].section]
    return any(has_date(line.text) for line in own[: own.index(group[0])])


#: Owner, rhythm and start in the other two languages that letters come in.
_FOREIGN = {
    "de": (
        re.compile(
            r"\w*(?:leiter|führer|mitarbeiter|prüfer|einkäufer|inhaber|chef|kraft|packer|verwalter|buchhalter)\w*|\b(?:wir|er|sie|skript|system\w*|warenwirtschaft\w*)\b"
        ),
        re.compile(
            r"\b(?:täglich|wöchentlich|monatlich|jede[nmrs]?|montags|dienstags|mittwochs|donnerstags|freitags|uhr|werktags|morgens|abends|sobald|wenn|bevor|vor dem|ab \d|je)\b|^liegen|^weicht"
        ),
        re.compile(
            r"\b(?:seit|ab dem|ab \d|vom)\b|\d\. ?(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)"
        ),
        re.compile(
            r"\b(?:prüft|liest|zählt|vergleicht|öffnet|kontrolliert|misst|wiegt|testet|geprüft|gelesen|gezählt|verglichen|geöffnet|kontrolliert)\b"
        ),
    ),
    "zh": (
        re.compile(r"员|主管|经理|负责人|店长|会计|专员|我们|系统|软件|脚本|组长|老板|仓库"),
        re.compile(r"每|点|次|当|时|前|后|不符即"),
        re.compile(r"自|起|从|\d月\d+日"),
        re.compile(r"检查|核对|抽查|清点|导出|查看|比对|阅读|复核|盘点"),
    ),
}


def foreign_holes(view: View) -> list[Fault]:
    """Return what the measures of a bare German or Chinese letter leave open: owner, rhythm, start."""
    patterns = _FOREIGN.get(view.letter.language[:2])
    if patterns is None:
        return []
    owner, often, start, check = patterns
    faults = []
    for group in view.groups("measure"):
        for line in group:
            if check.search(line.low) and not owner.search(line.low):
                faults.append(
                    _fault("This check is nobody's: the sentence does not say who does it.", "Name the role.", line)
                )
            elif check.search(line.low) and not _rhythm(often, line.low):
                faults.append(
                    _fault("This check has no rhythm: the sentence does not say how often.", "Say how often.", line)
                )
        if not any(start.search(line.low) for line in group):
            faults.append(
                _fault("This measure does not say since when it is in force.", "Say since which date.", group[0])
            )
    return faults


def _rhythm(often: re.Pattern[str], low: str) -> bool:
    """Whether a rhythm stands in the clause itself; in Chinese, before the first comma that follows the check."""
    return often.search(low.split("；")[0]) is not None
