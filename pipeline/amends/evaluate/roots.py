"""Items on the root cause: named, owned, deeper than the symptom, and said first."""

from __future__ import annotations

import re
from functools import lru_cache

from amends.evaluate.figures import has_figure
from amends.evaluate.rubric import RubricItem, pattern, rubric
from amends.evaluate.view import Fault, Line, Outcome, View, judged

_BECAUSE = re.compile(
    r"\b(?:because(?: of)?|due to|caused by|as a result of|result(?:ed|s)? from|owing to|led by|came from|"
    r"root cause (?:is|was)(?: that)?|reason (?:is|was)(?: that)?|cause (?:is|was)(?: that)?)\b(?P<cause>[^.;]{3,160})",
    re.IGNORECASE,
)
_MORE_BECAUSE = re.compile(
    r"\b(?:triggered by|arose (?:because|from|as|out of)|arises? (?:because|from)|(?:reason|cause|background|explanation)\b[^.;:]{0,60}? (?:is|was|lies in|were)(?: that| therefore| simply)*|"
    r"came to (?:this|the|it)?[^.;]{0,30}?\b(?:since|because|as)|(?:^|, )(?:since|as|because) (?!\d|then|[a-z]+ \d)|follows? from|goes back to|stems? from|explained by)\b(?P<cause>[^.;]{3,160})"
)
_CASES = re.compile(
    r"^\W*(?:that |only |simply |therefore |in |the fact |on )*(?:(?:the|these|those|some|many|several|too many|more|a few|our|all|both|\d[\d,]*|of|and|in which|\w+ly) )*"
    r"(?:buyers?|customers?|parcels?|orders?|shipments?|packages?|deliver(?:y|ies)|they|listings?|products?|items?|units?|goods|packs?|invoices?|documents?|papers?|complaints?|claims?|"
    r"messages?|accounts?|offers?|asins?|reviews?|ratings?|rate|rates|metrics?|cancellations?|returns?|dissatisfaction|unhappiness|someone|people|it|there)\b"
)
_OWN = re.compile(
    r"\b(?:we|our|us|i|my|nobody|no one|none of|no (?:check|step|rule|form|field|second|person|process)|by hand|manual\w*|without (?:a |any )?(?:check|control|comparing|test|count|photo|inspection)|"
    r"(?:was|were|had) (?:never|not) (?:checked|compared|measured|counted|tested|updated|synchroni[sz]ed|set|read|trained|inspected|recorded|written)|setting|template|supplier|carton|default|file|system|software|sheet|share one)\b"
)
_FOREIGN = re.compile(
    r"(?:ursache|grund)\w*\b[^.;]{0,60}\b(?:ist|war|waren),? dass (?P<cause>[^.;]{3,160})|(?:根本)?原因(?:是|在于)(?P<zh>[^。；]{3,80})"
)
_FOREIGN_CASES = re.compile(
    r"^(?:diese|die|einige|viele|mehrere)? ?(?:\d+ )?(?:bestellungen|käufer|kunden|pakete|artikel|lieferungen)\b(?!.*\b(?:wir|unser\w*|niemand|ohne)\b)|^(?:有)?(?:\d+位)?(?:买家|客户|订单|包裹|商品|产品)(?!.*(?:我们|没有人|无人|未设|系统))"
)
_LED_TO = re.compile(r"\b(?:led to|caused(?! by)|resulted in|was the (?:root )?(?:cause|reason))\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.;]")
_WORDS = re.compile(r"[a-z]+(?:-[a-z]+)*")


@lru_cache(maxsize=4)
def _process_words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def names_process(text: str) -> bool:
    """Return whether `text` names a part of a seller's own process (words of the rubric item `root_names_process`)."""
    listed = _process_words(rubric().item("root_names_process").settings["process"])
    return not listed.isdisjoint(_WORDS.findall(text.lower()))


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


def _is_case(cause: str, symptom: re.Pattern[str]) -> bool:
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
        )
        for block, line in zip(blocks, deciding, strict=True)
        if line is None
    ]
    good = len(blocks) - len(faults)
    return judged(
        faults, f"{good} of {len(blocks)} root-cause blocks name a process.", next(filter(None, deciding), None)
    )


def root_not_symptom(view: View, _item: RubricItem) -> Outcome:
    """Answer whether no sentence gives a symptom as root cause; only advice where the block goes deeper itself."""
    if view.english and (unknown := view.unknown("root")):
        return unknown
    faults = [
        Fault(
            "A symptom stands here as the cause.",
            "Ask once more why: which gap in your process let these cases arise?",
            line,
            severity="advice" if any(map(_names_process, block)) else None,
        )
        for block in view.root_blocks()
        for line in block
        if is_symptom(line.text)
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
