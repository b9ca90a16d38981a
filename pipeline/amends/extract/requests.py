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

_JOINT = re.compile(r"[,;、，]|\b(?:and|und|et|e|y)\b|并|以及|および")
#: Amazon speaks of itself, in a request block: no request.
_AMAZON_ACTS = re.compile(
    r"\b(?:we|our team|amazon) (?:may|will|can|could|have|has|are|do|don't|normally|usually)\b|\b(?:wir|nous) ",
    re.IGNORECASE,
)
_NOT_ASKING = ("funds", "inventory", "new_account", "open_orders", "conduct_list", "policy_links")


def _offered(sentence: Sentence, found: dict[tuple[RequestedItem, bool], Requested]) -> None:
    """A retraction that is only said to help is a way all the same."""
    place = sentence.first("request.rights_owner_retraction")
    if place and sentence.block in ("measure", "request", "way") and sentence.has("cue.rights_owner"):
        found.setdefault(
            ("rights_owner_retraction", False),
            Requested(item="rights_owner_retraction", evidence=sentence.quote(place)),
        )


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
    asks = planning = disputing = False
    for sentence in layout.newest:
        asks, planning = _context(sentence, layout, asks, planning)
        quiz = sentence.first("kind.questionnaire") if asks and sentence.block != "error" else None
        if quiz:
            found.setdefault(("other", False), Requested(item="other", evidence=sentence.quote(quiz)))
        if quiz or _refused(sentence):
            continue
        if not asks:
            _offered(sentence, found)
            continue
        disputing = sentence.has("speech.disagree") or (disputing and sentence.listed)
        dispute_only = sentence.block == "error" or disputing
        for item, place in _items(sentence, planning):
            found.setdefault(
                (item, dispute_only), Requested(item=item, evidence=sentence.quote(place), dispute_only=dispute_only)
            )
    _bare_plan(layout, found)
    main = {item for item, dispute in found if not dispute}
    return tuple(r for (item, dispute), r in found.items() if not dispute or item not in main)


def _context(sentence: Sentence, layout: Layout, asking: bool, planning: bool) -> tuple[bool, bool]:
    """Whether this sentence asks, and whether what it asks for are the parts of a plan or of an account in words."""
    if sentence.boilerplate in _NOT_ASKING and sentence.boilerplate_at <= sentence.at:
        return False, False
    if sentence.block in ("consequence", "help", "list") or (layout.has_headings and sentence.block == "reason"):
        return False, False
    here = sentence.has("speech.ask", "stage.lacking", "stage.detail")
    continues = sentence.listed and asking
    in_request = sentence.block == "request" and (sentence.listed or here or not _AMAZON_ACTS.search(sentence.text))
    asks = here or continues or in_request
    tells = sentence.has("speech.tell", "kind.plan_of_action", "stage.detail")
    return asks, tells or (planning and continues) or (
        sentence.listed and in_request and not sentence.has("speech.papers")
    )


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
    opens_list = sentence.text.endswith((":", "：")) or len(sentence.text) < 15
    kept_apart = opens_list or "related_account_id" in dict(found) or sentence.has("speech.relation")
    if (
        planning
        and "other" not in dict(found)
        and not kept_apart
        and (place := sentence.first("told.other"))
        and place[1] + 2 < sentence.to
    ):
        found.append(("other", place))
    if sentence.has("speech.justify"):
        found = [pair for pair in found if pair[0] not in PLAN]
    found = [pair for pair in found if not _only_qualifies(pair, found, sentence)]
    if any(item in PLAN for item, _ in found) and planning:
        told = sentence.first("told.other")
        found = [pair for pair in found if pair[1] != told]
    found.sort(key=lambda pair: pair[1])
    return [pair for pair in found if not _inside_other(pair, found)]


def _only_qualifies(
    pair: tuple[RequestedItem, Place], others: list[tuple[RequestedItem, Place]], sentence: Sentence
) -> bool:
    """Whether the words belong to another item: "steps taken to prevent", "an invoice which proves that …"."""
    item, (start, end) = pair
    text = sentence.reading.folded.text
    if item == "corrective_actions":
        return any(
            o == "preventive_measures" and _one_phrase(text, (start, end), place, sentence) for o, place in others
        )
    if item == "evidence_of_compliance" and text.startswith(("show", "prov", "evidence that"), start):
        return any(o in PAPERS and o != item and e <= start for o, (_, e) in others)
    if item == "invoices":
        return any(o == "utility_bill" and abs(s - start) < 60 for o, (s, _) in others)
    return False


def _one_phrase(text: str, done: Place, prevented: Place, sentence: Sentence) -> bool:
    """Whether "taken" belongs to "to prevent": joined by no more than "to", or after it in one line of a list."""
    if done[1] <= prevented[0]:
        return bool(
            re.fullmatch(
                r"[ ,]*(?:have |you have |taken |ergriffen |um |to |in order to |pour |per |para |为|以)*",
                text[done[1] : prevented[0]],
            )
        )
    return sentence.listed and prevented[1] <= done[0] and not _JOINT.search(text[prevented[1] : done[0]])


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
