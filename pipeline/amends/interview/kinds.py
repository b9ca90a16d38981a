"""What each kind of answer needs besides the causes: documents, the other account, the rights owner, a signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from amends.interview import wording
from amends.interview.entries import entries, item_of, told_sentences
from amends.interview.wording import ask
from amends.patterns import PatternQuestion
from amends.regex import regex
from amends.schemas import Case, Question
from amends.vocabulary import Cause, RequestedItem

_OTHER_ACCOUNT_KNOWN = {
    "which": r"(account|store|shop)\w* (is |was )?(called|named|is|was) [A-Z]|(account|store|shop)[^.]{0,30}[\"“«„]\w|"
    r"merchant (id|token)|店铺名|账户名",
    "owned": r"(?i)\b(we|i) (once |never |still |do not |don't )*(own|owned|know)\b|\bnot ours\b|\bis ours\b|"
    r"\b(our|my) (own|old) (\w+ )?account|\b(owns|own) (both|two|the other)\b|属于我|不是我们|我们自己的",
    "state": r"(?i)account.*(reactivated|reinstated|deactivated|closed|suspended|verified|active)|"
    r"(停用|关闭|恢复|正常)",
}
_OWNER_CONTACTED = regex(
    r"(wrote|written|contacted|e-?mailed|mailed|called).*(owner|brand|complainant|agent)|联系.*(权利人|品牌)",
    re.IGNORECASE,
)


_RIGHTS_CAUSES: tuple[Cause, ...] = ("trademark", "counterfeit", "copyright", "patent")


class Gap(NamedTuple):
    """A question that could be asked; `known` when a source answers it already."""

    question: Question
    known: bool


def requested_documents(case: Case) -> tuple[RequestedItem, ...]:
    """The documents that the notice asks of this kind of answer, each once."""
    disputing = case.enforcement.answer_kind == "dispute"
    wanted = {r.item for r in case.enforcement.requests if disputing or not r.dispute_only}
    if case.enforcement.answer_kind == "retraction":  # the letter is there to get it
        wanted.discard("rights_owner_retraction")
    return tuple(item for item in wording.DOCUMENTS if item in wanted)


def documents_block(case: Case) -> bool:
    """Whether a requested document that is missing holds the letter up: of a rights matter's, any one will do."""
    one_will_do = case.enforcement.cause in _RIGHTS_CAUSES
    return not one_will_do or not any(has_document(case, wording.DOCUMENTS[i][2]) for i in requested_documents(case))


def covers(known_by: Sequence[str], item: RequestedItem) -> bool:
    """Whether a question known by these words asks for the requested document `item`."""
    return any(word in known.lower() for known in known_by for word in wording.DOCUMENTS[item][2])


def documents(case: Case, own: Sequence[PatternQuestion]) -> Iterator[Gap]:
    """Yield a gap for each requested document; `own` are the questions for documents that the patterns ask."""
    for item in requested_documents(case):
        name, name_zh, words = wording.DOCUMENTS[item]
        question = ask(
            f"evidence.{item}", wording.DOCUMENT, documents_block(case), name=(name, name_zh), fills="evidence"
        )
        asked_already = any(covers(q.known_by, item) for q in own)
        if item == "evidence_of_compliance" and case.enforcement.answer_kind == "dispute":
            words = ()  # any proof of the error is what the notice means
        told = item == "supply_chain_docs" and supplier_is_told(case)
        yield Gap(question.with_(proof=name), asked_already or told or has_document(case, words))
    if case.enforcement.answer_kind == "dispute":
        question = ask("evidence.dispute", wording.DISPUTE, True, fills="evidence")
        yield Gap(question, any(q.blocking for q in own) or has_document(case, ()))


def proofs_of_plan(case: Case, own: Sequence[PatternQuestion]) -> Gap:
    """Whether any document backs the plan. A plan can be sent without, but is believed less."""
    return Gap(ask("evidence.plan", wording.PROOFS, False, fills="evidence"), bool(own) or has_document(case, ()))


#: A supplier told with a way to reach him needs no paper for it: the letter says it.
_SUPPLIER_TOLD = regex(r"supplier|distributor|wholesaler|供应商|lieferant", re.IGNORECASE)
_WAY_TO_REACH = regex(r"@|www\.|https?:|\+?\d[\d ()-]{6,}\d|phone|tel\b|电话", re.IGNORECASE)


def supplier_is_told(case: Case) -> bool:
    """Whether a sentence of the seller's names the supplier with a phone, mail or web address."""
    return any(_SUPPLIER_TOLD.search(s) and _WAY_TO_REACH.search(s) for s in told_sentences(case))


def has_document(case: Case, words: Sequence[str]) -> bool:
    """Whether an entry of the evidence list is of the kind that `words` name; any entry when there are none."""
    for fact in entries(case, "evidence"):
        item = item_of(fact, "evidence")
        text = " ".join(t for t in (item.text, item.document, item.file, item.proves) if t).lower()
        if not words or any(word.lower() in text for word in words):
            return True
    return False


def of_kind(case: Case) -> Iterator[Gap]:
    """Yield what an other-account letter, or a request for retraction, needs."""
    kind = case.enforcement.answer_kind
    told = tuple(told_sentences(case))
    if kind == "other_account_first":
        for key, words in wording.OTHER_ACCOUNT.items():
            known = any(re.search(_OTHER_ACCOUNT_KNOWN[key], s) for s in told)
            yield Gap(ask(f"other_account.{key}", words, True, fills="other_facts"), known)
    if kind == "retraction":
        known_by = {
            "complaint_id": any(f.kind == "complaint_id" for f in case.facts),
            "contacted": any(_OWNER_CONTACTED.search(s) for s in told),
            "reason": any(entries(case, of) for of in ("other_facts", "root_causes", "evidence")),
        }
        for key, words in wording.RETRACTION.items():
            yield Gap(ask(f"retraction.{key}", words, key != "contacted", fills="other_facts"), known_by[key])


def signature(case: Case) -> Gap:
    """Who signs, and for which legal entity."""
    known = bool(case.seller.legal_name and case.seller.signatory)
    return Gap(ask("seller.signature", wording.SIGNATURE, False), known)
