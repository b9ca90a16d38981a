"""Items on the root cause: named, owned, deeper than the symptom, and said first."""

from __future__ import annotations

import re
from functools import lru_cache

from amends.evaluate.figures import has_figure
from amends.evaluate.rubric import RubricItem, pattern, rubric
from amends.evaluate.view import Fault, Line, Outcome, View, judged
from amends.regex import regex
from amends.vocabulary import Severity

_BECAUSE = regex(
    r"\b(?:because(?: of)?|due to|caused by|as a result of|result(?:ed|s)? from|owing to|led by|came from|"
    r"root cause (?:is|was)(?: that)?|reason (?:is|was)(?: that)?|cause (?:is|was)(?: that)?)\b(?P<cause>[^.;]{3,160})",
    re.IGNORECASE,
)
_MORE_BECAUSE = regex(
    r"\b(?:triggered by|arose (?:because|from|as|out of)|arises? (?:because|from)|(?:reason|cause|background|explanation)\b[^.;:]{0,60}? (?:is|was|lies in|were)(?: that| therefore| simply)*|"
    r"came to (?:this|the|it)?[^.;]{0,30}?\b(?:since|because|as)|(?:^|, )(?:since|as|because) (?!\d|then|[a-z]+ \d)|follows? from|goes back to|stems? from|explained by)\b(?P<cause>[^.;]{3,160})"
)
_CASES = regex(
    r"^\W*(?:that |only |simply |therefore |in |the fact |on )*(?:(?:the|these|those|some|many|several|too many|more|a few|our|all|both|\d[\d,]*|of|and|in which|\w+ly) )*"
    r"(?:buyers?|customers?|parcels?|orders?|shipments?|packages?|deliver(?:y|ies)|they|listings?|products?|items?|units?|goods|packs?|invoices?|documents?|papers?|complaints?|claims?|"
    r"messages?|accounts?|offers?|asins?|reviews?|ratings?|rate|rates|metrics?|cancellations?|returns?|dissatisfaction|unhappiness|someone|people|it|there)\b"
)
_OWN = regex(
    r"\b(?:we|our|us|i|my|nobody|no one|none of|no (?:check|step|rule|form|field|second|person|process)|by hand|manual\w*|without (?:a |any )?(?:check|control|comparing|test|count|photo|inspection)|"
    r"(?:was|were|had) (?:never|not) (?:checked|compared|measured|counted|tested|updated|synchroni[sz]ed|set|read|trained|inspected|recorded|written)|setting|template|supplier|carton|default|file|system|software|sheet|share one)\b"
)
#: The case told as a deed of one's own: "because I shipped them later than promised".
_DEED_AS_CASE = regex(
    r"\W*(?:that )?(?:we|i) (?:had |have )?(?:shipped|sent|dispatched|confirmed|delivered|posted|handed over|cancelled)\b[^.;]*\b(?:late|later|too many|after the (?:promised|expected|due))\b"
)
_FOREIGN = regex(
    r"(?:ursache|grund)\w*\b[^.;]{0,60}\b(?:ist|war|waren),? dass (?P<cause>[^.;]{3,160})|(?:根本)?原因(?:是|在于)(?P<zh>[^。；]{3,80})"
)
_FOREIGN_CASES = regex(
    r"^(?:diese|die|einige|viele|mehrere)? ?(?:\d+ )?(?:bestellungen|käufer|kunden|pakete|artikel|lieferungen)\b(?!.*\b(?:wir|unser\w*|niemand|ohne)\b)|^(?:有)?(?:\d+位)?(?:买家|客户|订单|包裹|商品|产品)(?!.*(?:我们|没有人|无人|未设|系统))"
)
_LED_TO = regex(r"\b(?:led to|caused(?! by)|resulted in|was the (?:root )?(?:cause|reason))\b", re.IGNORECASE)
_CLAUSE_END = regex(r"[.;]")
_WORDS = regex(r"[a-z]+(?:-[a-z]+)*")


@lru_cache(maxsize=4)
def _process_words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def names_process(text: str) -> bool:
    """Return whether `text` names a part of a seller's own process (words of the rubric item `root_names_process`)."""
    return bool(process_words(text.lower()))


def process_words(low: str) -> frozenset[str]:
    """Return the words of a text in small letters that name a part of a process."""
    return _process_words(rubric().item("root_names_process").settings["process"]).intersection(_WORDS.findall(low))


def is_symptom(text: str) -> bool:
    """Return whether a sentence gives a symptom as its cause: what stands as cause is a case, and nothing of one's own.

    A case is what the notice counts (late orders, claims, buyers who complain). A clause with we, our, nobody or a process
    of the seller's goes deeper; so does one where the symptom only stands far behind another cause.
    """
    text = text.lower()
    symptom = pattern(rubric().item("root_not_symptom").settings["symptom"])
    causes = [found["cause"] for found in (*_BECAUSE.finditer(text), *_MORE_BECAUSE.finditer(text))]
    causes += [_CLAUSE_END.split(text[: found.start()])[-1] for found in _LED_TO.finditer(text)]
    if any(_is_case(c, symptom) for c in causes if not c.startswith(" not")):
        return True
    told = (found["cause"] or found["zh"] for found in _FOREIGN.finditer(text))
    return any(_FOREIGN_CASES.search(c) for c in told)


_CAUSAL = regex(
    r"\b(?:because|due to|caus(?:e|es|ed|ing)|owing to|on account of|thanks to|as a (?:result|consequence)|results?(?:ed)? (?:in|from)|led to|leads to|lies in|stems?|arose|arise|"
    r"brought|pushed|drove|raised|increased|lifted|rose|fell|dropped|trigger(?:ed|s)?|origin|source|explains?|explained|behind|reasons?|hence|therefore|thus|consequently|accordingly|"
    r"which is why|is what|was what|it is this|so that is why|responsible for|background|form(?:s|ed)? (?:our|the) \w+ (?:root )?cause|came to|follows? from|goes back)\b"
)
_OUTCOME = regex(
    r"\b(?:rates?|figures?|percentage|notice|complaints?|policy|violations?|cancellations?|late|lateness|claims?|flagged|removal|removed|deactivat\w+|issue|problem|root cause|metric|"
    r"target|returns?|defects?|count(?:ed)?|trigger|names?|\d+(?:\.\d+)? ?%|it came|rating|infring\w+|breach|suspicion)\b|\d ?%"
)
_GAP = regex(
    r"\b(?:nobody|no one|none of us|never|neither|nor|only|by hand|manual\w*|without|no (?:second |such |such a |written |fixed )?(?:check|step|rule|form|field|person|process|control|scan|limit|column|deputy|"
    r"licen[cs]e|place|link|count|record|date|buffer|reserve|ceiling|access|view|owner|test|stock rule|instruction)s?|settings?|templates?|defaults?|files?|systems?|software|sheets?|forms?|fields?|rules?|"
    r"procedures?|routines?|instructions?|checklists?|calendar|cut-?off|handling time|buffer|sync\w*|upload\w*|titles?|bullets?|images?|repricer|feed|contracts?|agreement|mailbox|inbox|shel(?:f|ves)|bins?|packing|"
    r"packed|packaging|cartons?|tray|mailer|printers?|typed|copied|entered|in-house|warehouse|workshop|supplier'?s catalogue|price list|chose|chosen|assumed|relied|treated|"
    r"(?:is|was|were|had|has|have|did|does|do|could|can) not (?:yet )?(?:been )?(?:check|compar|measur|count|test|updat|sync|set|read|train|inspect|record|written|look|ask|renew|notic|book|list|know|separat|use|tell|oblig|register)\w*|"
    r"(?:we|i|our \w+(?: \w+)?) (?:had|set|built|promised|took|needed|used|use|listed|bought|booked|added|kept|checked|compared|counted|wrote|opened|stored|moved|switched|sold|ordered|took|shipped|published|let|gave|looked|covered|asked|"
    r"showed|stood|follows|contains?|names?|worked|joined|share[ds]?|did not))\b"
)
_QUOTED_REASON = regex(r"\breasons? \W?[\"“]|because (?:our|my)\b")
_INABILITY = regex(r"\b(?:could not|cannot|can not|had to|unable|were missed|was missed)\b")
_NOT_OURS = regex(r"\b(?:konnten?|mussten?)\b")
_CAUSAL_DE = regex(r"\b(?:weil|da|folglich|daher|deshalb|ursachen?|grund|infolge|dadurch)\b")
_GAP_DE = regex(
    r"\b(?:niemand|ohne|kein\w*|nie|nur|von hand|einstellung\w*|vorlage|liste|formular|system\w*|unser\w*|lager\w*|sichtprüfung|prüfung|geprüft|verglichen|gebucht|eingetragen)\b|hatten? (?:\w+ ){0,3}nicht"
)
_CAUSAL_ZH = regex(r"原因|导致|从而|触发|因为|由于|出在|造成|引起")
_GAP_ZH = regex(r"我们|公司|没有(?!库存|货)|无人|未|系统|规则|人工|手工|岗位|流程|检查|核对|审核|登记|设置|只")


def gives_no_gap(low: str) -> bool:
    """Return whether a sentence of a root cause (small letters) explains the outcome by itself: a cause is named, but no gap.

    Open to any wording: a causal word, the outcome, and neither a check, rule, tool nor deed of one's own; what somebody
    could not or had to do is no gap either.
    """
    if _CAUSAL.search(low) and not _QUOTED_REASON.search(low):
        return _OUTCOME.search(low) is not None and not _GAP.search(low)
    if _INABILITY.search(low) and _OUTCOME.search(low) and re.search(r"\b(?:since|as|so)\b", low):
        return not _GAP.search(low)
    if _CAUSAL_DE.search(low) and re.search(r"\b(?:der|die|das|wir|und|es)\b", low):
        return not _GAP_DE.search(_NOT_OURS.sub("", low)) or (_NOT_OURS.search(low) is not None and "unser" not in low)
    return _CAUSAL_ZH.search(low) is not None and not _GAP_ZH.search(low)


def _is_case(cause: str, symptom: re.Pattern[str]) -> bool:
    if _DEED_AS_CASE.match(cause):
        return True
    if _OWN.search(cause):
        return False
    if _CASES.search(cause):
        return True
    found = symptom.search(cause)
    return found is not None and not names_process(symptom.sub(" ", cause))


def _names_process(line: Line) -> bool:
    return names_process(line.text) and not is_symptom(line.text)


def root_names_process(view: View, _item: RubricItem) -> Outcome:
    """Answer whether every root-cause block names a part of the seller's own process."""
    if unknown := view.unknown("root"):
        return unknown
    blocks = view.root_blocks()
    deciding = [next(filter(_names_process, block), None) for block in blocks]
    faults = [
        Fault(
            "No sentence of this root cause names a part of your own process.",
            "Say which setting, check, stock rule, packing step, listing or choice of yours let it happen.",
            block[0],
            severity=_weight(view, block),
        )
        for block, line in zip(blocks, deciding, strict=True)
        if line is None
    ]
    good = len(blocks) - len(faults)
    return judged(
        faults, f"{good} of {len(blocks)} root-cause blocks name a process.", next(filter(None, deciding), None)
    )


def _weight(view: View, block: tuple[Line, ...]) -> Severity | None:
    """Blocking only where it is certain: a symptom is named, or nothing in the block is said of one's own shop."""
    owned = any(_OWN.search(line.low) for line in block) and not any(is_symptom(line.text) for line in block)
    return "advice" if view.bare and (owned or "root" not in view.titled) else None


def root_not_symptom(view: View, _item: RubricItem) -> Outcome:
    """Answer whether no sentence gives a symptom as root cause; only advice where the block goes deeper itself."""
    if view.english and (unknown := view.unknown("root")):
        return unknown
    faults = [
        Fault(
            "A symptom stands here as the cause.",
            "Ask once more why: which gap in your process let these cases arise?",
            line,
            severity="advice" if any(map(_names_process, block)) or "root" not in view.titled else None,
        )
        for block in view.root_blocks()
        for line in block
        if is_symptom(line.text) or (view.bare and gives_no_gap(line.low))
    ]
    return judged(faults, f"{len(faults)} of {len(view.of('root'))} sentences give a symptom as cause.")


def root_first(view: View, item: RubricItem) -> Outcome:
    """Answer whether the sentence that names the process comes early in each root-cause block."""
    if unknown := view.unknown("root"):
        return unknown
    limit = item.settings["max_before"]
    places = [next((n for n, line in enumerate(b) if _names_process(line)), None) for b in view.root_blocks()]
    faults = [
        Fault(
            f"{place} sentences come before the root cause (limit {limit}).",
            "Begin with the gap in the process, then what came of it.",
            block[0],
        )
        for block, place in zip(view.root_blocks(), places, strict=True)
        if place is not None and place > limit
    ]
    if all(p is None for p in places):
        return Outcome("not_checked", "No block names a process; see root_names_process.")
    return judged(faults, f"Sentences before the root: {', '.join(str(p) for p in places if p is not None)}.")


def root_has_figures(view: View, _item: RubricItem) -> Outcome:
    """Answer whether each root-cause block has a figure, date or id."""
    if unknown := view.unknown("root"):
        return unknown
    blocks = view.root_blocks()
    faults = [
        Fault(
            "This root cause has no figure, date or id.",
            "Say how many of how many, which ids, between which dates.",
            block[0],
        )
        for block in blocks
        if not any(has_figure(line.text) for line in block)
    ]
    return judged(faults, f"{len(blocks) - len(faults)} of {len(blocks)} root-cause blocks have a figure.")
