"""What Amazon wants: every item asked for, each once, with its words.

An item is asked for in a sentence that asks, in a line of a list that an asking sentence opens, or in a heading's own
list. The "in error" block is a second list, for those who dispute. Conditions of papers ("older than 90 days"), refusals
("no plan is needed") and other people's duties are no requests. [V:A1,N5,N9a,N12a,N18a]
"""

from __future__ import annotations

import re

from amends.extract.cues import Span as Place
from amends.extract.layout import Layout, Sentence
from amends.schemas import Requested
from amends.vocabulary import RequestedItem, Stage

PLAN: tuple[RequestedItem, ...] = ("root_cause", "corrective_actions", "preventive_measures")
PAPERS: frozenset[RequestedItem] = frozenset(
    {
        "invoices", "letter_of_authorization", "identity_document", "utility_bill", "bank_statement", "business_license",
        "supply_chain_docs", "safety_test_report", "evidence_of_compliance",
    }
)  # fmt: skip

#: Amazon speaks of itself, in a request block: no request.
_AMAZON_ACTS = re.compile(r"\b(?:we|our team|amazon) (?:may|will|can|could|have|has|are|do|don't|normally|usually)\b|\b(?:wir|nous) ", re.IGNORECASE)
_NOT_ASKING = ("funds", "inventory", "new_account", "open_orders", "conduct_list", "policy_links")


def asking(layout: Layout) -> frozenset[int]:
    """Where the sentences start that ask for something (whatever it is)."""
    found = set()
    asks = plans = False
    for sentence in layout.sentences:
        asks, plans = _context(sentence, layout, asks, plans)
        if asks:
            found.add(sentence.start)
    return frozenset(found)


def requests(layout: Layout, stage: Stage) -> tuple[Requested, ...]:
    """Every requested item once, in the notice's order; those of the "in error" block are marked `dispute_only`."""
    if stage in ("reinstated", "not_enforcement"):
        return ()
    found: dict[tuple[RequestedItem, bool], Requested] = {}
    asks = planning = False
    for sentence in layout.newest:
        asks, planning = _context(sentence, layout, asks, planning)
        if not asks or _refused(sentence):
            continue
        dispute_only = sentence.block == "error"
        for item, place in _items(sentence, planning):
            found.setdefault((item, dispute_only), Requested(item=item, evidence=sentence.quote(place), dispute_only=dispute_only))
    _bare_plan(layout, found)
    main = {item for item, dispute in found if not dispute}
    return tuple(r for (item, dispute), r in found.items() if not dispute or item not in main)


def _context(sentence: Sentence, layout: Layout, asking: bool, planning: bool) -> tuple[bool, bool]:
    """Whether this sentence asks, and whether what it asks for are the parts of a plan or of an account in words."""
    if sentence.boilerplate in _NOT_ASKING and sentence.boilerplate_at <= sentence.at:
        return False, False
    if sentence.block in ("consequence", "help", "list") or (layout.has_headings and sentence.block == "reason"):
        return False, False
    here = sentence.has("speech.ask")
    continues = sentence.listed and asking
    in_request = sentence.block == "request" and (sentence.listed or here or not _AMAZON_ACTS.search(sentence.text))
    asks = here or continues or in_request
    tells = sentence.has("speech.tell", "kind.plan_of_action", "stage.detail")
    return asks, tells or (planning and continues) or (sentence.listed and in_request and not sentence.has("speech.papers"))


def _refused(sentence: Sentence) -> bool:
    """Whether the sentence says what is not wanted, or only what papers must look like."""
    return sentence.has("speech.ask_not", "speech.rule_of_papers")


def _items(sentence: Sentence, planning: bool) -> list[tuple[RequestedItem, Place]]:
    found: list[tuple[RequestedItem, Place]] = []
    for item in sentence.reading.rules.of("request"):
        groups = [f"request.{item}"]
        if planning and item in PLAN:
            groups.append(f"told.{item}")
        places = [place for group in groups if (place := sentence.first(group))]
        if places:
            found.append((item, min(places)))  # type: ignore[arg-type]
    if planning and "other" not in dict(found) and (place := sentence.first("told.other")):
        found.append(("other", place))
    if sentence.has("speech.justify"):
        found = [pair for pair in found if pair[0] not in PLAN]
    if any(item in PLAN for item, _ in found) and planning:
        told = sentence.first("told.other")
        found = [pair for pair in found if pair[1] != told]
    found.sort(key=lambda pair: pair[1])
    return [pair for pair in found if not _inside_other(pair, found)]


def _inside_other(pair: tuple[RequestedItem, Place], others: list[tuple[RequestedItem, Place]]) -> bool:
    """Whether the words are part of a longer phrase that means something else ("invoice" in "supplier invoice contact")."""
    item, (start, end) = pair
    return any(o != item and s <= start and end <= e and (e - s) > (end - start) for o, (s, e) in others)


def _bare_plan(layout: Layout, found: dict[tuple[RequestedItem, bool], Requested]) -> None:
    """A plan of action asked for without naming its parts stands for all three [V:A2]."""
    if any((item, False) in found for item in PLAN):
        return
    for sentence in layout.newest:
        place = sentence.first("kind.plan_of_action")
        if (
            place
            and sentence.block not in ("error", "consequence", "help", "list")
            and sentence.has("speech.ask")
            and not _refused(sentence)
        ):
            for item in PLAN:
                found[(item, False)] = Requested(item=item, evidence=sentence.quote(place))
            return


def is_money_or_stock(sentence: Sentence) -> bool:
    """Whether a sentence speaks of funds or warehouse stock only, from its start."""
    return sentence.boilerplate in ("funds", "inventory") and sentence.boilerplate_at <= sentence.at


