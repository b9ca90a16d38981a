"""Who checks, how often, and since when: what a sentence of a preventive measure leaves open."""

from __future__ import annotations

import re

from amends.evaluate.figures import has_date
from amends.evaluate.rubric import pattern, rubric
from amends.evaluate.view import Fault, Line, View, key_of
from amends.regex import regex

_STEM = (
    r"(?:read|check|count|open|drop|sampl|compar|run|export|measur|re-measur|test|discharg|upload|search|review|inspect|audit|"
    r"weigh|renew|verif|examin|look|go through|goes through|pull|recount|re-open|reopen|re-count|spot-check|monitor|scan|watch|"
    r"keep|revis|control|assess|analy[sz]|photograph|record|list|go(?:ne)? through)"
)
_DOES = regex(rf"\b(?!scan|photograph|record|list){_STEM}\w{{0,3}}(?:s|es)\b")
_IS_DONE = regex(
    rf"\b(?:is|are|gets?|being|be) (?:then |also |now |each time )?{_STEM}\w{{0,4}}(?:ed|t|n|d)?\b|\b(?:takes?|taking) place\b|\bis (?:done|made|carried out|held|run|read|filled in)\b"
)
_EVENT = regex(
    r"\b(?:at the (?:first|second|next)|with the (?:first|second|next)|before|after|when\w*|if|once|as soon as|on arrival|at (?:goods-in|hand-?over|receipt)|without|upon|until|unless|new|only|no \w+ (?:goes|leaves|is)|during|while|per|any)\b"
)
_AUTOMATIC = regex(
    r"\b(?:scripts?|software|systems?|tools?|repricers?|programs?|servers?|scanners?|automatic\w*|feeds?|apps?|cameras?|printer|alerts?|by the (?:system|software|tool))\b"
)
_PERSON = regex(
    r"\b(?:we|i|she|he|they|person|people|staff|team|colleagues?|lab|laborator\w+|agency|firm|office|desk|department|company|shifts?|clerks?|leads?|heads?|assistants?|deputy|deputies|partners?|"
    r"in charge|responsible|[a-z-]{3,}(?:er|or|ist|ian|eer|ant|man|woman|wife|lead|owner|agent)s?)\b"
)
#: Words with the ending of a person that are none, or nobody of one's own house.
_NO_PERSON = frozenset(
    "order offer buyer customer number register letter paper folder carrier courier supplier wholesaler seller computer counter quarter september october november december after over under other either "
    "whether never later cover water corner center monitor sensor error color per before ever power user container reminder header layer filter border sticker charger silver summer winter together "
    "rather further wrapper router timer matter manner factor floor door for or nor motor major minor indicator mirror sector older newer earlier cheaper heavier lighter bigger stronger quicker faster slower interior exterior prior scanner printer newsletter manufacturer maker "
    "tester ladder master paper-er longer higher lower greater smaller better former latter another our your proper whatever however sender holder adapter drawer recipient relevant important significant "
    "constant distant instant plant grant want warrant want vendor distributor importer wafer trailer transfer per differ refer enter consider remember answer deliver recover discover offer alter "
    "render trigger gather trader slider poster cleaner opener poor doctor labour colour behaviour half-year sooner four hour inner outer upper lower rubber leather feather weather tier pier human german".split()
)
_NOBODY = regex(
    r"\b(?:somebody|someone|anybody|anyone|whoever|one of us|who(?:ever)? is free|whoever is|everybody|everyone|all of us|jemand|wer gerade)\b"
)
_NOUN_OF_CHECK = regex(
    r"\b(?:a|the|there is|of|another|one) (?:\w+ ){0,2}(?:reading|comparison|check|sample|count|review|inspection|test|control|audit|look|sampling|measurement|verification|recount|spot check|walk|report|export)\b"
    r"|\b(?:come|comes) up for\b|\b(?:follows|takes place|happens|is due)\b"
)
_LOOSE = regex(
    r"\b(?:whenever|when) (?:she|he|it|they|time|somebody|someone|there is time|possible|the business)\b(?=[^.;]*\b(?:thinks?|finds?|feels?|allows?|permits?|likes?|remembers?|gets|has time|possible)\b)|"
    r"\bat (?:\w+ly )?(?:reasonable|regular|suitable|certain|irregular|appropriate|sensible) intervals\b|\bas often as\b|\bby surprise\b|\bat random (?:times|intervals)?\b|"
    r"\bkeeps? (?:an? (?:\w+ )?eye|(?:him|her|them|it|our)sel(?:f|ves) (?:informed|updated)|watch|track)\b|\b(?:from time to time|now and then|at times|once in a while|on occasion|bei gelegenheit|gelegentlich|"
    r"ab und zu|hin und wieder|nach bedarf|in angemessenen abständen)\b|不定期|有空|随时|偶尔|适时|经常"
)
#: Whatever else is done again and again; what only follows from a finding needs no owner of its own.
_ANY_PASSIVE = regex(
    r"\b(?:is|are|gets?|being|be) (?:\w+ly |then |also |now )?(?!used|needed|allowed|called|named|located|required|permitted|open\b|left)\w{2,}(?:ed|en|pt|nt|ught|ne|wn|ut)\b"
)
_REACTS = regex(
    r"\bon (?:that|the same) (?:day|evening)\b|\bsame day\b|\bwhen\b|\bif\b|\bat more than\b|\babove\b|\bbelow\b|\bwithout\b|\bonly\b|\bon the list\b|\buntil\b|\bor more\b|\bmeans? that\b|\bon the day\b|\bnext\b|\bwithin \d|\bthan \d|\bany other\b|\bahead\b"
)
#: What a finding sets off: "a second comment … closes the offer".
_FOLLOWS = regex(
    r"(?:an?|one|two|three|\d+) [^,;.]{3,80}\b(?:closes?|stops?|blocks?|ends?|means?|triggers?|opens?|sets?|goes|go|pauses?)\b"
)
_RESPONSIBLE = regex(r"\bresponsible\b|\bin charge\b|\bowner:|\bdeput(?:y|ies)\b")
_NEEDS_NONE = regex(r"\b(?:limit|alarm|above|below|stays?|opens only|until)\b")
_CLOCK = regex(
    r"\b(?:at \d{1,2}(?::\d\d| ?[ap]m)|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mornings?|evenings?|noon|nights?|first working day|month|week|quarter|day|shift|hours?|minutes)\b"
)
_START = regex(
    r"\bsince (?:then|that day|this day|the same day|the move)\b|\bthe same day\b|\bin force since\b|\bseit (?:dem|diesem)\b|自.{0,12}起"
)


def slot_left_open(line: Line, before: tuple[Line, ...], after: tuple[Line, ...] = ()) -> Fault | None:
    """Return a fault if this sentence of a measure names a check that recurs and leaves open who does it, or how often."""
    low = line.low
    if _LOOSE.search(low):
        return _fault(
            "This rhythm is loose: nobody can tell when the next check is due.",
            "Say on which days, or on which event.",
            line,
        )
    often = _often(low)
    by_somebody = names_owner(low) or any(_RESPONSIBLE.search(other.low) for other in after)
    if often and _NOBODY.search(low):
        return _fault("This check is nobody's: whoever has time is no owner.", "Name the role, and its deputy.", line)
    nominal = _NOUN_OF_CHECK.search(low) and not _NEEDS_NONE.search(low)
    done = not _FOLLOWS.match(low) and (_IS_DONE.search(low) or (_ANY_PASSIVE.search(low) and not _REACTS.search(low)))
    if often and (done or nominal) and not by_somebody and not _AUTOMATIC.search(low):
        return _fault(
            "This check is nobody's: the sentence does not say who does it.", "Name the role, and its deputy.", line
        )
    does = _DOES.search(low)
    if not does or often or not (by_somebody or _AUTOMATIC.search(low[: does.start()])):
        return None
    if _EVENT.search(low.partition(";")[0]) or (before and _refers_back(low) and _has_rhythm(before[-1].low)):
        return None
    return _fault(
        "This check has no rhythm: the sentence does not say how often.", "Say on which days, or on which event.", line
    )


def form_holes(group: tuple[Line, ...]) -> list[Fault]:
    """Return what a measure told as a form ("Who: …", "How often: …") leaves open."""
    low = " ".join(line.low for line in group if key_of(line) not in ("limit", "reaction", "threshold", "grenze"))
    faults = []
    if not (names_owner(low) or _AUTOMATIC.search(low)):
        faults.append(_fault("This check is nobody's: the form does not say who does it.", "Name the role.", group[0]))
    if not (_often(low) or _EVENT.search(low) or _CLOCK.search(low)):
        faults.append(_fault("This check has no rhythm: the form does not say how often.", "Say how often.", group[0]))
    return faults


def _has_rhythm(low: str) -> bool:
    return _EVENT.search(low) is not None or _often(low)


def _refers_back(low: str) -> bool:
    return re.match(r"(?:the|it|this|that|he|she|they|line|each)\b", low) is not None


def _fault(message: str, better: str, line: Line) -> Fault:
    return Fault(message, better, line, severity="advice")


def names_owner(low: str) -> bool:
    """Return whether a person or an office of one's own house is named (small letters): any noun with the ending of a doer counts."""
    return any(_stem(found.group()) not in _NO_PERSON for found in _PERSON.finditer(low))


def _stem(noun: str) -> str:
    return noun.removesuffix("s")


def _often(low: str) -> bool:
    frequency = rubric().item("measure_slots").settings["slots"]["frequency"]
    found = pattern(frequency).search(low)
    return (
        (found is not None and not re.match(r"(?:each|every|per)\b", found.group()))
        or (re.search(r"\b(?:each|every|per|a|all)\b.{0,24}", low) is not None and _CLOCK.search(low) is not None)
        or re.search(
            r"\b(?:at \d{1,2}:\d\d|on (?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:each|every) (?:\w+ )?(?:delivery|lot|shipment|order|parcel|unit|batch|box|listing|sku|return|message|carton|pallet|image|photo|file|text|document|invoice|upload|page|product|offer|label|item|change))\b",
            low,
        )
        is not None
    )


def starts(view: View, group: tuple[Line, ...]) -> bool:
    """Return whether a measure says since when it is in force: itself, over it, or in running text before it."""
    text = " ".join(line.text for line in group)
    if has_date(text) or _START.search(text.lower()) or has_date(view.heads(group[0])):
        return True
    if group[0].section.bullets or _POINT.match(group[0].text):
        return False
    own = [line for line in view.of("measure") if line.section is group[0].section]
    return any(has_date(line.text) for line in own[: own.index(group[0])])


_POINT = regex(
    r"[A-Z][\w -]{2,28}: |(?:\(?\d{1,2}\.\d{1,2}[.)]?|\(?[ivx]{1,4}[.)]|\(?[a-h]\)|[（(][一二三四五六七八九十]{1,2}[)）]) ?\S"
)
#: Owner, rhythm and start in the other two languages that letters come in.
_FOREIGN = {
    "de": (
        regex(
            r"\w*(?:leiter|führer|mitarbeiter|prüfer|einkäufer|inhaber|chef|kraft|packer|verwalter|buchhalter|assistent|meister|lagerist|spezialist|disponent|kollege|azubi|hilfe|vertreter|techniker|laborant|redakteur)\w*|\b(?:wir|er|sie|skript|system\w*|warenwirtschaft\w*)\b"
        ),
        regex(
            r"\b(?:täglich|wöchentlich|monatlich|jede[nmrs]?|montags|dienstags|mittwochs|donnerstags|freitags|uhr|werktags|morgens|abends|sobald|wenn|bevor|vor dem|ab \d|je)\b|^liegen|^weicht"
        ),
        regex(
            r"\b(?:seit|ab dem|ab \d|vom)\b|\d\. ?(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)"
        ),
        regex(
            r"\b(?:prüft|liest|zählt|vergleicht|öffnet|kontrolliert|misst|wiegt|testet|geprüft|gelesen|gezählt|verglichen|geöffnet|kontrolliert)\b|\b(?:prüfung|kontrolle|freigabe|abgleich|zählung|sichtung|durchsicht)\b[^.]*\b(?:erfolgt|findet|wird)\b|\b(?:erfolgt|findet) [^.]*\b(?:prüfung|kontrolle|freigabe|abgleich|zählung|sichtung)"
        ),
    ),
    "zh": (
        regex(
            r"(?<!人)员|她|他(?!们)|财务|出纳|采购|客服|运营|助理|质检|店长|主任|总监|合伙人|法人|主管|经理|负责人|店长|会计|专员|我们|系统|软件|脚本|组长|老板|仓库"
        ),
        regex(r"每|点|次|当|时|前|后|不符即"),
        regex(r"自|起|从|\d月\d+日"),
        regex(
            r"检查|核对|抽查|抽检|清点|导出|查看|比对|对比|阅读|复核|盘点|打开|填写|登记|扫描|称重|测量|拍照|审核|签字|查验"
        ),
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
            if _REACTION.match(line.low):
                continue
            if _LOOSE.search(line.low):
                faults.append(
                    _fault("This rhythm is loose: nobody can tell when the next check is due.", "Say when.", line)
                )
            elif check.search(line.low) and not _NEGATED.search(line.low) and not owner.search(line.low):
                faults.append(
                    _fault("This check is nobody's: the sentence does not say who does it.", "Name the role.", line)
                )
            elif check.search(line.low) and not any(
                _rhythm(often, near.low) for near in group[: group.index(line) + 1]
            ):
                faults.append(
                    _fault("This check has no rhythm: the sentence does not say how often.", "Say how often.", line)
                )
        if not any(start.search(line.low) for line in group):
            faults.append(
                _fault("This measure does not say since when it is in force.", "Say since which date.", group[0])
            )
    return faults


#: A sentence on what follows from a finding: the check itself stands before it.
_REACTION = regex(
    r"\W*(?:bei einem|bei einer|liegt|liegen|weicht|ab \d|unter \d|über \d|发现|不符|低于|超过|高于|一旦|如|若|达到|当天超过)"
)


#: What is told of a unit that was not checked is no check.
_NEGATED = regex(r"未[^，。；]{0,6}的|没有[^，。；]{0,6}的")


def _rhythm(often: re.Pattern[str], low: str) -> bool:
    """Whether a rhythm stands in the clause itself; in Chinese, before the first comma that follows the check."""
    return often.search(low.split("；")[0]) is not None
