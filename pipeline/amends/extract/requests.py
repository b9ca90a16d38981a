"""What Amazon wants: every item asked for, each once, with its words.

An item is asked for in a sentence that asks, in a line of a list that an asking sentence opens, or in a heading's own
list. The "in error" block is a second list, for those who dispute. Conditions of papers ("older than 90 days"), refusals
("no plan is needed") and other people's duties are no requests. [V:A1,N5,N9a,N12a,N18a]
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from amends.extract.already_sent import already_sent
from amends.extract.cues import Span as Place
from amends.extract.hints import PLAN, without_lone_hints
from amends.extract.layout import Layout, Sentence
from amends.schemas import Requested
from amends.vocabulary import RequestedItem, Stage

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
#: Where a sentence turns from what is not wanted to what is.
_TURN = re.compile(r"[;:.] |, (?:but|only|just|please|send|simply)\b| - | (?:but|instead|only) ")
#: Papers that a part of a plan may speak of: "how you make sure that invoices …".
_SPOKEN_OF = ("invoices", "supply_chain_docs", "evidence_of_compliance")
#: A picture of another paper, which is asked for itself: "photos of the passport".
_PICTURE = ("照片", "photo", "foto", "写真", "pictures of", "images of")
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
    lists, _ = _lists(layout.sentences)
    for sentence in layout.sentences:
        asks, plans = _context(sentence, layout, lists, asks, plans)
        if asks:
            found.add(sentence.start)
    return frozenset(found)


def requests(layout: Layout, stage: Stage) -> tuple[Requested, ...]:
    """Every requested item once, in the notice's order; those of the "in error" block are marked `dispute_only`."""
    if stage in ("reinstated", "not_enforcement"):
        return ()
    found: dict[tuple[RequestedItem, bool], Requested] = {}
    asks = planning = disputing = asked_before = False
    lists, plans = _lists(layout.newest)
    for sentence in layout.newest:
        asks, planning = _context(sentence, layout, lists, asks, planning)
        if sentence.start in plans and (asks or asked_before):
            asks = planning = True
        asked_before = asks
        quiz = sentence.first("kind.questionnaire") if asks and sentence.block != "error" else None
        if quiz:
            found.setdefault(("other", False), Requested(item="other", evidence=sentence.quote(quiz)))
        if quiz or _refused(sentence):
            found.update({} if quiz else _after_refusal(sentence, found))
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
    without_lone_hints(layout, found)
    _bare_plan(layout, found)
    if not found:
        _correction(layout, found)
    main = {item for item, dispute in found if not dispute}
    return tuple(r for (item, dispute), r in found.items() if not dispute or item not in main)


def _context(
    sentence: Sentence, layout: Layout, lists: frozenset[int], asking: bool, planning: bool
) -> tuple[bool, bool]:
    """Whether this sentence asks, and whether what it asks for are the parts of a plan or of an account in words."""
    aside = (
        sentence.boilerplate in _NOT_ASKING and sentence.boilerplate_at <= sentence.at and sentence.start not in lists
    )
    if aside and not (sentence.boilerplate == "funds" and sentence.has("speech.ask") and _names_papers([sentence])):
        return False, False
    if sentence.block in ("consequence", "help", "list") or (layout.has_headings and sentence.block == "reason"):
        return False, False
    here = sentence.has("speech.ask", "stage.lacking", "stage.detail")
    continues = sentence.listed and asking
    in_request = sentence.block == "request" and (sentence.listed or here or not _AMAZON_ACTS.search(sentence.text))
    asks = here or continues or in_request or sentence.start in lists
    asks = asks or (asking and not sentence.listed and planning and sentence.has("speech.tell"))
    tells = sentence.has("speech.tell", "kind.plan_of_action", "stage.detail")
    return asks, tells or (planning and continues) or (
        sentence.listed and in_request and not sentence.has("speech.papers")
    )


def _refused(sentence: Sentence) -> bool:
    """Whether the sentence says what is not wanted, or only what papers must look like."""
    rule = sentence.first("speech.rule_of_papers")
    if (
        rule
        and (sentence.listed or sentence.has("speech.ask"))
        and any(p[0] < rule[0] for _, p in _items(sentence, planning=False))
    ):
        rule = None
    return rule is not None or sentence.has("speech.ask_not")


def _lists(sentences: Iterable[Sentence]) -> tuple[frozenset[int], frozenset[int]]:
    """Where the lines of lists start that name things to send, and where two parts of a plan are named in free words.

    A list is the lines after the sentence that opens it; a single sentence may name the parts of a plan as well.
    """
    things: set[int] = set()
    plans: set[int] = set()
    opener: Sentence | None = None
    run: list[Sentence] = []
    for sentence in (*sentences, None):
        if sentence is not None and sentence.listed:
            run.append(sentence)
            continue
        whole = [line for line in (opener, *run) if line is not None]
        parts = {item for line in whole for item in PLAN if line.has(f"told.{item}", f"request.{item}")}
        if len(parts) > 1 and (run or len(parts) == len(PLAN) or (opener is not None and opener.has("speech.tell"))):
            plans.update(line.start for line in whole)
        if opener is not None and run and _opens(opener) and (len(parts) > 1 or _names_papers(run)):
            things.update(line.start for line in run)
        opener, run = sentence, []
    return frozenset(things), frozenset(plans)


def _opens(sentence: Sentence) -> bool:
    """Whether a sentence can open a list of requests: it ends with a colon, or is as short as a heading."""
    return sentence.block not in ("list", "help") and (
        sentence.text.endswith((":", "：")) or (len(sentence.text) < 60 and not sentence.text.endswith("."))
    )


def _names_papers(run: list[Sentence]) -> bool:
    named = [
        line for line in run if any(line.has(f"request.{item}") for item in (*PAPERS, "related_account_id", "other"))
    ]
    return 2 * len(named) > len(run)


def _after_refusal(
    sentence: Sentence, found: dict[tuple[RequestedItem, bool], Requested]
) -> dict[tuple[RequestedItem, bool], Requested]:
    """What is asked for after what is refused: "you need not send a plan; only send invoices"."""
    refused = sentence.first("speech.ask_not")
    turn = _TURN.search(sentence.reading.folded.text, refused[1], sentence.to) if refused else None
    if turn is None or sentence.block == "error":
        return {}
    items = [(item, place) for item, place in _items(sentence, planning=False) if place[0] >= turn.start()]
    return {
        (item, False): Requested(item=item, evidence=sentence.quote(place))
        for item, place in items
        if (item, False) not in found
    }


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
    text = sentence.reading.folded.text
    found = [pair for pair in found if not already_sent(text, sentence.at, pair[1])]
    if planning and sentence.listed:
        parts = [place for item, place in found if item in PLAN]
        found = [pair for pair in found if not (parts and pair[0] in _SPOKEN_OF and pair[1] > min(parts))]
    if sentence.has("speech.justify") or "related_account_id" in dict(found):
        found = [pair for pair in found if pair[0] not in PLAN]
    found = [pair for pair in found if not _only_qualifies(pair, found, sentence)]
    if any(item in PLAN for item, _ in found) and planning:
        told = sentence.first("told.other")
        found = [pair for pair in found if pair[1] != told]
    found.sort(key=lambda pair: pair[1])
    every = [*found, *((item, place) for item, _ in found for place in sentence.all(f"request.{item}"))]
    return [pair for pair in found if not _inside_other(pair, every)]


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
    if item == "evidence_of_compliance" and text.startswith(_PICTURE, start):
        return any(o in ("identity_document", "business_license", "utility_bill", "bank_statement") for o, _ in others)
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
    """Whether the words are part of a phrase that means something else, or begin in it ("driving licence of the owner")."""
    item, (start, end) = pair
    return any(
        o != item and ((s <= start and end <= e and (e - s) > (end - start)) or (item in PAPERS and s < start < e))
        for o, (s, e) in others
    )


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


def _correction(layout: Layout, found: dict[tuple[RequestedItem, bool], Requested]) -> None:
    """Data to be put right or a quiz, and nothing else, is a request as well."""
    for sentence in layout.newest:
        quiz = sentence.first("kind.questionnaire")
        place = quiz or sentence.first("kind.corrected_data")
        if (
            place
            and sentence.block not in ("error", "consequence", "help", "list", "reason")
            and (quiz or sentence.has("speech.ask") or (sentence.listed and sentence.block == "request"))
        ):
            found[("other", False)] = Requested(item="other", evidence=sentence.quote(place))
            return


def is_money_or_stock(sentence: Sentence) -> bool:
    """Whether a sentence speaks of funds or warehouse stock only, from its start."""
    return sentence.boilerplate in ("funds", "inventory") and sentence.boilerplate_at <= sentence.at
