"""Which kind of reply is right first. The request block decides, not the violation's name [V:A1,N5,N9a,N12a,N18a]."""

from __future__ import annotations

import re

from amends.extract.cues import Span as Place
from amends.extract.hints import PLAN
from amends.extract.layout import Layout, Sentence
from amends.extract.requests import PAPERS, is_money_or_stock
from amends.schemas import Requested
from amends.vocabulary import AnswerKind, Cause, RequestedItem, Stage

IP: frozenset[Cause] = frozenset({"trademark", "copyright", "patent", "counterfeit"})
#: Causes of which a refusal to accept plans leaves only proof that nothing happened.
_DISPUTABLE: frozenset[Cause] = frozenset(
    {
        "code_of_conduct", "review_manipulation", "fraud_deceptive", "forged_documents",
        "related_accounts", "pricing",
    }
)  # fmt: skip

_PAPER = re.compile(r"certificat|certifié|bescheinigung|urkunde|attest|document|dokument|证明|证书|登记|証明")
#: The kind of answer that fits a cause when the notice's own request is missing or cut off (domain brief 2.0).
_USUAL: dict[Cause, AnswerKind] = {
    "inauthentic": "documents_only", "counterfeit": "documents_only", "trademark": "documents_only", "copyright": "documents_only",
    "patent": "documents_only", "product_safety_compliance": "documents_only", "verification": "documents_only",
    "payment_tax": "corrected_data", "related_accounts": "other_account_first", "unspecified": "information_request",
}  # fmt: skip


def answer_kind(layout: Layout, cause: Cause, stage: Stage, wanted: tuple[Requested, ...]) -> tuple[AnswerKind, str]:
    """The right kind of reply, and one sentence why."""
    if stage == "reinstated":
        return "no_reply_needed", "Amazon has restored the account or listing."
    if stage == "not_enforcement":
        return "no_reply_needed", "This mail takes no action against the account."
    items = [r.item for r in wanted if not r.dispute_only]
    told, said = {*PLAN} & {*items}, _cued(layout)
    papers = [i for i in items if i in PAPERS]
    if cause == "related_accounts" and "other_account_first" in said:
        return "other_account_first", "The notice wants the other account reactivated first."
    if "questionnaire" in said:
        return "questionnaire", "The notice asks for a quiz or questionnaire."
    if cause == "unspecified":
        return _without_cause(stage, items, papers, said)
    if told or "plan_of_action" in said:
        return "plan_of_action", "The notice asks for causes, actions or prevention."
    disputes = any(r.dispute_only for r in wanted)
    if (
        stage == "appeal_denied"
        and not items
        and not disputes
        and not said & {"dispute", "corrected_data", "retraction"}
    ):
        return "no_reply_needed", "The denial leaves nothing open."
    if "no_reply_needed" in said and not items and not disputes and "corrected_data" not in said:
        return "no_reply_needed", "The notice says that nothing is to be sent."
    if cause == "payment_tax" and not papers and any(r.item == "other" and _names_paper(r) for r in wanted):
        return "documents_only", "The notice asks for a paper beside the data to be put right."
    return _without_plan(cause, items, papers, said, disputes=disputes)


def _names_paper(request: Requested) -> bool:
    """Whether what is asked for as `other` is a paper."""
    return bool(_PAPER.search(request.evidence.quote.lower()))


def _without_cause(
    stage: Stage, items: list[RequestedItem], papers: list[RequestedItem], said: set[AnswerKind]
) -> tuple[AnswerKind, str]:
    if stage == "funds_held":
        if papers:
            return "documents_only", "The notice asks for papers about the money held."
        if "no_reply_needed" in said:
            return "no_reply_needed", "Only money is spoken of, and the notice says that nothing is to be sent."
        return "information_request", "Only money is spoken of, and no reason is given: ask for it."
    if items[:1] == ["related_account_id"]:
        return "other_account_first", "The notice asks about another account first."
    if {*PLAN} & {*items}:
        return "plan_of_action", "The notice asks for causes, actions or prevention."
    if papers == ["evidence_of_compliance"] and "dispute" in said:
        return "dispute", "The notice takes nothing but evidence that there was no violation."
    if papers:
        return "documents_only", "The notice asks for documents and names no other reason."
    if "no_reply_needed" in said and stage != "warning":
        return "no_reply_needed", "The notice says that nothing is to be sent."
    return "information_request", "No reason is given: ask for it before writing anything else."


def _without_plan(
    cause: Cause, items: list[RequestedItem], papers: list[RequestedItem], said: set[AnswerKind], *, disputes: bool
) -> tuple[AnswerKind, str]:
    if cause in IP and "rights_owner_retraction" in items and _retraction_first(items):
        return "retraction", "The rights owner named in the notice can withdraw the complaint."
    if cause == "related_accounts" and items[:1] == ["related_account_id"]:
        return "other_account_first", "The notice asks about the other account first."
    if papers in ([], ["evidence_of_compliance"]) and (
        "dispute" in said
        or (papers and cause in _DISPUTABLE)
        or (papers and cause in IP and "rights_owner_retraction" not in items)
    ):
        return "dispute", "The notice wants evidence that there was no violation, nothing else."
    if cause in _DISPUTABLE and "dispute" in said and "evidence_of_compliance" in items:
        return "dispute", "The notice takes nothing but evidence that there was no violation."
    if cause == "payment_tax" and not papers and "corrected_data" in said and "papers" not in said:
        return "corrected_data", "The notice asks for data to be put right."
    if papers and not (papers == ["evidence_of_compliance"] and "corrected_data" in said and cause == "payment_tax"):
        return "documents_only", "The notice asks for documents and for no plan."
    if "corrected_data" in said:
        return "corrected_data", "The notice asks for data to be put right."
    if cause == "related_accounts" and "related_account_id" in items:
        return "other_account_first", "The notice asks about the other account."
    if "other" in items and cause in (
        "verification",
        "payment_tax",
        "drop_shipping",
        "forged_documents",
        "patent",
        "fraud_deceptive",
    ):
        return "documents_only", "The notice asks for papers or particulars and for no plan."
    if disputes and (not items or (not papers and cause in _DISPUTABLE)):
        return "dispute", "The only way that the notice names is to show that it is an error."
    kind = _USUAL.get(cause, "plan_of_action")
    return kind, f"The notice prints no clear request; this is the usual answer to {cause.replace('_', ' ')}."


def _retraction_first(items: list[RequestedItem]) -> bool:
    """Retraction is the way, unless the seller's own papers are asked for before it."""
    return items[0] == "rights_owner_retraction"


def _between(sentence: Sentence, one: Place, other: Place) -> str:
    first, second = sorted((one, other))
    return sentence.reading.folded.text[first[1] : max(first[1], second[0])]


def _cued(layout: Layout) -> set[AnswerKind]:
    """The kinds whose cues stand in a sentence that can decide: not in the error, consequence, funds or help parts."""
    found: set[AnswerKind] = set()
    for sentence in layout.newest:
        if sentence.block in ("consequence", "help", "list") or is_money_or_stock(sentence):
            continue
        negated = sentence.first("speech.ask_not")
        for kind in sentence.reading.rules.of("kind"):
            place = sentence.first(f"kind.{kind}")
            if not place or sentence.block == "error":
                continue
            if kind == "no_reply_needed" or not negated or (kind == "dispute" and sentence.has("speech.ask")):
                found.add(kind)  # type: ignore[arg-type]
            elif kind == "corrected_data" and re.search("[,;，；:.]", _between(sentence, place, negated)):
                found.add("corrected_data")
    return found
