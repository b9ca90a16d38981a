"""What Amazon wants, which kind of answer that is, and by which way it is to be sent.

The request block decides the kind of answer, not the violation's name [V:A1,N5,N9a,N12a,N18a]. The "in error" block is a
second list, for those who dispute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amends.schemas import Requested, Span
from amends.vocabulary import AnswerKind, Cause, Channel, Funds, RequestedItem, Stage

if TYPE_CHECKING:
    from amends.extract.layout import Layout, Sentence
    from amends.extract.rules import Rules

PLAN: frozenset[RequestedItem] = frozenset({"root_cause", "corrective_actions", "preventive_measures"})
PAPERS: frozenset[RequestedItem] = frozenset(
    {
        "invoices", "letter_of_authorization", "identity_document", "utility_bill", "bank_statement", "business_license",
        "supply_chain_docs", "safety_test_report", "evidence_of_compliance",
    }
)  # fmt: skip
IP: frozenset[Cause] = frozenset({"trademark", "copyright", "patent", "counterfeit"})

#: The kind of answer that fits a cause when the notice's own request is missing or cut off (domain brief 2.0).
_USUAL: dict[Cause, AnswerKind] = {
    "inauthentic": "documents_only", "counterfeit": "documents_only", "trademark": "documents_only", "copyright": "documents_only",
    "patent": "documents_only", "product_safety_compliance": "documents_only", "verification": "documents_only",
    "payment_tax": "documents_only", "related_accounts": "other_account_first", "unspecified": "information_request",
}  # fmt: skip


def requests(layout: Layout, rules: Rules, stage: Stage) -> tuple[Requested, ...]:
    """Every requested item once, in the notice's order; those of the "in error" block are marked `dispute_only`."""
    if stage in ("reinstated", "not_enforcement"):
        return ()
    found: dict[tuple[RequestedItem, bool], Requested] = {}
    asking = False
    for sentence in layout.sentences:
        asking = _asks(sentence, layout, rules, asking)
        if not asking or rules.any("ask_not", sentence.folded.text):
            continue
        dispute_only = sentence.block == "error"
        for item, at in _items(sentence, rules):
            start, end = sentence.span(*at)
            quote = sentence.text[start - sentence.start : end - sentence.start]
            found.setdefault((item, dispute_only), Requested(item=item, evidence=Span(quote=quote, start=start, end=end), dispute_only=dispute_only))
    main = {item for item, dispute in found if not dispute}
    return tuple(r for (item, dispute), r in found.items() if not dispute or item not in main)


def _asks(sentence: Sentence, layout: Layout, rules: Rules, asking: bool) -> bool:
    folded = sentence.folded.text
    if sentence.boilerplate in ("funds", "inventory", "new_account", "open_orders"):
        return False
    if sentence.block in ("consequence", "help", "list"):
        return False
    if layout.has_headings and sentence.block == "reason":
        return False
    if sentence.listed and asking:
        return True
    return bool(rules.any("ask", folded)) or (sentence.block == "request" and sentence.listed)


def _items(sentence: Sentence, rules: Rules) -> list[tuple[RequestedItem, tuple[int, int]]]:
    folded = sentence.folded.text
    found = []
    for item, cues in rules.requests.items():
        for cue in cues:
            at = cue.first(folded)
            if at:
                found.append((item, at))
                break
    kept = sorted(found, key=lambda pair: pair[1])
    return [pair for pair in kept if not _inside_other(pair, kept)]


def _inside_other(pair: tuple[RequestedItem, tuple[int, int]], others: list[tuple[RequestedItem, tuple[int, int]]]) -> bool:
    """Whether the words are part of a longer phrase that means something else ("invoice" in "supplier invoice contact")."""
    item, (start, end) = pair
    return any(o != item and s <= start and end <= e and (e - s) > (end - start) for o, (s, e) in others)


def answer_kind(
    layout: Layout, rules: Rules, cause: Cause, stage: Stage, wanted: tuple[Requested, ...]
) -> tuple[AnswerKind, str]:
    """The right kind of reply, and one sentence why."""
    if stage == "reinstated":
        return "no_reply_needed", "Amazon has restored the account or listing."
    if stage == "not_enforcement":
        return "no_reply_needed", "This mail takes no action against the account."
    items = [r.item for r in wanted if not r.dispute_only]
    here = _cued(layout, rules)
    if cause == "related_accounts" and ("other_account_first" in here or "related_account_id" in items) and "other_account_first" in here:
        return "other_account_first", "The notice wants the other account reactivated first."
    if "questionnaire" in here:
        return "questionnaire", "The notice asks for a quiz or questionnaire."
    if "no_reply_needed" in here and not (PLAN | PAPERS) & set(items):
        return "no_reply_needed", "The notice says that nothing is to be done now."
    after_appeal = stage in ("more_info_requested", "appeal_denied")
    if cause == "unspecified" and not (after_appeal and items) and not (PAPERS & set(items) and stage != "funds_held"):
        return "information_request", "No reason is given: ask for it before writing anything else."
    if PLAN & set(items) or ("plan_of_action" in here):
        return "plan_of_action", "The notice asks for causes, actions or prevention."
    return _without_plan(cause, stage, items, here)


def _without_plan(cause: Cause, stage: Stage, items: list[RequestedItem], here: set[AnswerKind]) -> tuple[AnswerKind, str]:
    papers = [i for i in items if i in PAPERS]
    if cause in IP and "rights_owner_retraction" in items and (not papers or items.index("rights_owner_retraction") < items.index(papers[0])):
        return "retraction", "The rights owner named in the notice can withdraw the complaint."
    if papers == ["evidence_of_compliance"] and ("dispute" in here or cause in ("restricted_products", "code_of_conduct", "review_manipulation", "listing_policy", "fraud_deceptive")):
        return "dispute", "The notice wants evidence that there was no violation, nothing else."
    if "dispute" in here and not papers:
        return "dispute", "The notice wants evidence that there was no violation, nothing else."
    if papers:
        return "documents_only", "The notice asks for documents and for no plan."
    if "corrected_data" in here:
        return "corrected_data", "The notice asks for data to be put right."
    if cause == "related_accounts" and "related_account_id" in items:
        return "other_account_first", "The notice asks about the other account."
    if items and "other" in items and cause in ("verification", "payment_tax", "drop_shipping", "forged_documents"):
        return "documents_only", "The notice asks for papers or particulars and for no plan."
    kind = _USUAL.get(cause, "plan_of_action")
    return kind, f"The notice prints no clear request; this is the usual answer to {cause.replace('_', ' ')}."


def _cued(layout: Layout, rules: Rules) -> set[AnswerKind]:
    """The kinds whose cues stand in a sentence that can decide: not in the error, consequence, funds or help parts."""
    found: set[AnswerKind] = set()
    for sentence in layout.sentences:
        if sentence.block in ("consequence", "help", "error", "list") or sentence.boilerplate in ("funds", "inventory"):
            continue
        folded = sentence.folded.text
        negated = rules.any("ask_not", folded)
        for kind, cues in rules.kinds.items():
            if kind == "no_reply_needed" or not negated:
                found |= {kind for cue in cues if cue.first(folded)}
    return found


def funds(layout: Layout, rules: Rules) -> Funds:
    """Whether the notice says that money is held or released."""
    said: Funds = "not_mentioned"
    for sentence in layout.sentences:
        folded = sentence.folded.text
        if rules.any("funds_released", folded):
            return "released"
        if rules.any("funds_held", folded) and not rules.any("not_funds", folded):
            said = "held"
    return said


def channel(layout: Layout, rules: Rules, stage: Stage) -> Channel:
    """By which way the notice wants the answer: the way it names itself, else none."""
    if stage in ("not_enforcement", "reinstated"):
        return "none"
    button = reply = email = url = False
    for sentence in layout.sentences:
        if sentence.block in ("help",) or sentence.boilerplate in ("funds", "inventory"):
            continue
        folded = sentence.folded.text
        reply |= bool(rules.any("reply", folded)) and not rules.any("no_reply_way", folded)
        button |= bool(rules.any("appeal_button", folded))
        email |= "@" in folded and bool(rules.any("email_way", folded))
        url |= "http" in folded or "www." in folded
    ways: tuple[tuple[bool, Channel], ...] = ((button, "appeal_button"), (reply, "reply"), (email, "email"), (url, "url"))
    return next((name for said, name in ways if said), "none")
