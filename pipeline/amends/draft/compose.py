"""The composer: a letter from the facts alone, with no model.

The seller's own sentences carry it; the composer orders them, gives each its day, owner and limit, ties the enclosures to
the sentences they prove, and frames them with an opening and one request. What no fact gives stays a visible gap.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from amends.data import load_yaml
from amends.draft import entries, renewal
from amends.draft.shape import blocks, facts_for, shape
from amends.draft.wording import chosen, form_of, joined, long_date, percent, sentence
from amends.history import last_answer
from amends.schemas import Case, Enclosure, Fact, Item, Letter, Metric, Question, Section, Sentence
from amends.verify import fact_text
from amends.verify.atoms import atoms
from amends.verify.meaning import overlap, shared_words
from amends.vocabulary import Cause, FactList, SectionKey

#: How each cause is named in running text.
NAMES: dict[Cause, str] = {
    "order_defect_rate": "the order defect rate", "late_shipment": "the late shipment rate", "cancellation": "the cancellation rate",
    "valid_tracking": "the valid tracking rate", "on_time_delivery": "the on-time delivery rate", "restricted_products": "restricted products",
    "product_safety_compliance": "product safety", "inauthentic": "the authenticity of products", "counterfeit": "a counterfeit complaint",
    "trademark": "a trademark complaint", "copyright": "a copyright complaint", "patent": "a patent complaint",
    "used_sold_as_new": "the condition of products sold as new", "not_as_described_defective": "products not as described", "expired": "expired products",
    "listing_policy": "our listings", "related_accounts": "a related account", "verification": "the verification of our account",
    "review_manipulation": "customer reviews", "code_of_conduct": "the Seller Code of Conduct", "drop_shipping": "drop shipping",
    "pricing": "our prices", "forged_documents": "documents we submitted", "fraud_deceptive": "the activity on our account",
    "payment_tax": "our payment and tax data", "unspecified": "our account",
}  # fmt: skip
_METRICS = {
    "order_defect_rate": "order defect rate", "late_shipment_rate": "late shipment rate", "cancellation_rate": "pre-fulfilment cancellation rate",
    "valid_tracking_rate": "valid tracking rate", "on_time_delivery_rate": "on-time delivery rate", "invoice_defect_rate": "invoice defect rate",
    "account_health_rating": "Account Health Rating", "negative_customer_experience_rate": "negative customer experience rate",
}  # fmt: skip
_AT_LEAST = frozenset({"valid_tracking_rate", "on_time_delivery_rate", "account_health_rating"})
_ENTRY_GAPS: dict[SectionKey, str] = {
    "root_cause": "why our process allowed this: the setting, check or choice that failed",
    "corrective_actions": "what has been done, with date and number",
    "preventive_measures": "what is now in force: who does what, how often, with which limit, since when",
    "documents": "the documents that the notice asks for",
    "statement": "the facts on this notice",
}
#: Share of common content words from which an enclosure counts as proof of a sentence.
_PROVES, _SHARED = 0.5, 3


def compose(case: Case) -> Letter | None:
    """The letter for this case, or None when none is to be written. Gaps are `[missing: …]` sentences."""
    kind = case.enforcement.answer_kind
    if not shape(kind):
        return None
    sections = [compose_section(key, cause, case) for key in shape(kind) for cause in blocks(key, case)]
    return Letter(
        kind=kind,
        subject=subject_line(case),
        addressee=addressee(case),
        sections=tuple(s for s in sections if s.sentences),
        enclosures=enclosures(case),
        signature=signature(case),
    )


def compose_section(key: SectionKey, cause: Cause | None, case: Case) -> Section:
    """One section, worded by the composer."""
    facts = facts_for(key, cause, case)
    title = _title(key, cause, case)
    if key == "opening":
        return Section(key=key, sentences=tuple(_opening(case)))
    if key == "closing":
        return Section(key=key, sentences=(_closing(case),))
    if key in ("documents", "enclosures"):
        numbered = {e.fact_id: e.number for e in enclosures(case)}
        lines = [entries.document_line(f, numbered[f.id]) for f in facts]
        return Section(key=key, title=title, bullets=True, sentences=(*lines, *_gaps(key, cause, case, bool(lines))))
    roots = tuple(f for f in facts if f.kind == "cause")
    if key == "root_cause":
        others = tuple(f for f in facts if f.kind != "cause")
        sentences = [*_worded(key, roots, case), *_metric_sentences(cause, case), *_worded(key, others, case)]
    else:
        sentences = _worded(key, facts, case)
    return Section(
        key=key, title=title, cause=cause, bullets=len(facts) > (2 if key == "statement" else 1),
        sentences=(*sentences, *_gaps(key, cause, case, bool(facts))),
    )  # fmt: skip


def _worded(key: SectionKey, facts: tuple[Fact, ...], case: Case) -> list[Sentence]:
    sentences: list[Sentence] = []
    proofs = _ties(case)
    for fact in sorted(facts, key=_by_day) if key == "corrective_actions" else facts:
        tied = _named(proofs.get(fact.id, []))
        if fact.kind == "measure":
            sentences += entries.measure_sentences(fact, case.questions, tied)
        elif fact.kind == "action" or (fact.status and fact.item and fact.item.date):
            sentences += entries.action_sentences(fact, case.questions, tied)
        else:
            sentences += entries.statement_sentences(fact, case.questions, tied)
    return sentences


def _by_day(fact: Fact) -> tuple[bool, str]:
    """Done before planned, each in order of its day; entries without a day last."""
    day = fact.item.date if fact.item and fact.item.date else "9999"
    return fact.status == "planned", day


def _gaps(key: SectionKey, cause: Cause | None, case: Case, has_facts: bool) -> list[Sentence]:
    """A hole for a section that has nothing to say, or for what a blocking question about the whole section asks."""
    if key not in _ENTRY_GAPS:
        return []
    if not has_facts and key != "statement":
        about = f" ({NAMES[cause]})" if cause else ""
        return [Sentence(text=f"[missing: {_ENTRY_GAPS[key]}{about}]", gap=True)]
    if not has_facts and case.enforcement.answer_kind not in ("documents_only", "information_request"):
        return [Sentence(text=f"[missing: {_ENTRY_GAPS[key]}]", gap=True)]
    return [Sentence(text=f"[missing: {q.text}]", gap=True) for q in _open_for(key, cause, case)]


_FILLS: dict[SectionKey, tuple[FactList, ...]] = {
    "root_cause": ("root_causes",), "corrective_actions": ("corrective_actions",), "preventive_measures": ("preventive_measures",),
    "documents": ("evidence",), "statement": ("root_causes",),
}  # fmt: skip


def _open_for(key: SectionKey, cause: Cause | None, case: Case) -> list[Question]:
    main = case.enforcement.cause
    return [
        q
        for q in case.questions
        if q.blocking
        and q.fills in _FILLS.get(key, ())
        and q.about is None
        and (cause is None or (q.cause or main) == cause)
    ]


# --- frames ---------------------------------------------------------------------------------------------------------


def _frame(group: str, name: str | None, case: Case, slots: dict[str, str | None], *seed: str) -> str | None:
    """One of the wordings whose slots can all be filled, chosen by the case."""
    options: Any = load_yaml("frames.v1.yaml")[group]
    wordings: list[str] = options[name] if name else options
    filled = {k: v for k, v in slots.items() if v}
    usable = [w for w in wordings if all(f"{{{k}}}" not in w for k in slots.keys() - filled.keys())]
    specific = (
        [w for w in usable if w.count("{") == max(u.count("{") for u in usable)]
        if group == "opening" and usable
        else usable
    )
    if not specific:
        return None
    wording = chosen(specific, case.seller.store or "", case.notice.text[:400], group, *seed)
    return sentence(wording.format(**filled))


def _slots(case: Case) -> dict[str, str | None]:
    subject = joined(NAMES[c] for c in case.enforcement.all_causes)
    listed = _asins(case) if case.enforcement.scope == "listing" else []
    if 0 < len(listed) <= 3:
        subject += f" ({joined(listed)})"
    received = case.notice.received
    complaint = next((f"complaint {f.value}" for f in case.facts if f.kind == "complaint_id"), None)
    return {
        "notice_date": long_date(received.date().isoformat()) if received else None,
        "store": case.seller.store or case.seller.legal_name,
        "subject": subject,
        "subject_first": subject[0].upper() + subject[1:],
        "complaint": complaint or ("this report" if case.enforcement.answer_kind == "retraction" else None),
        "remedy": _remedy(case),
    }


def _opening(case: Case) -> list[Sentence]:
    kind = case.enforcement.answer_kind
    text = _frame("opening", kind, case, _slots(case), "opening") or ""
    cited = tuple(f.id for f in case.facts if f.source == "notice" and f.kind in ("complaint_id", "asin"))
    sentences = renewal.opening(case) or [Sentence(text=text, fact_ids=cited, role="frame")]
    text = " ".join(s.text for s in sentences)
    asins = _asins(case)
    if asins and not all(a in text for a in asins):
        ids = tuple(f.id for f in case.facts if f.kind == "asin" and f.source == "notice")
        named = f"ASIN{'s' if len(asins) > 1 else ''} {joined(asins)}"
        sentences.append(
            Sentence(text=_frame("asins", None, case, {"asins": named}) or "", fact_ids=ids, role="what_happened")
        )
    complaints = [
        f for f in case.facts if f.kind in ("complaint_id", "case_id", "statement", "party") and f.source == "notice"
    ]
    unsaid = [f for f in complaints if str(f.value) not in " ".join(s.text for s in sentences)]
    if unsaid:
        parts = joined(_reference(f) for f in unsaid)
        sentences.append(
            Sentence(text=sentence(f"Reference: {parts}"), fact_ids=tuple(f.id for f in unsaid), role="what_happened")
        )
    return sentences


def _reference(fact: Fact) -> str:
    if fact.kind == "complaint_id":
        return f"complaint ID {fact.value}"
    if fact.kind == "party":
        return f"rights owner {fact.value}"
    if fact.kind == "case_id":
        return f"case ID {fact.value}"
    return f"{(fact.unit or 'registration number').replace('_', ' ')} {fact.value}"


def _asins(case: Case) -> list[str]:
    return list(dict.fromkeys(str(f.value) for f in case.facts if f.kind == "asin" and f.source == "notice"))


def _metric_sentences(cause: Cause | None, case: Case) -> list[Sentence]:
    """The notice's own figures, after the cause: the effect, not the root."""
    wanted = {
        "late_shipment": "late_shipment_rate",
        "cancellation": "cancellation_rate",
        "valid_tracking": "valid_tracking_rate",
        "on_time_delivery": "on_time_delivery_rate",
    }
    sentences = []
    for fact in case.facts:
        if fact.source != "notice" or not isinstance(fact.value, Metric) or fact.value.value is None:
            continue
        if cause is not None and wanted.get(cause, cause) != fact.value.name:
            continue
        name = fact.value.name
        unit = percent if fact.unit == "%" else (lambda v: f"{v:.10g}")
        target = (
            f"{'at least' if name in _AT_LEAST else 'under'} {unit(fact.value.target)}"
            if fact.value.target is not None
            else None
        )
        slots = {
            "metric": _METRICS.get(name, name.replace("_", " ")),
            "value": unit(fact.value.value),
            "target": target,
        }
        text = _frame("metric" if target else "metric_without_target", None, case, slots, name)
        sentences.append(Sentence(text=text or "", fact_ids=(fact.id,), role="what_happened"))
    return sentences


def _closing(case: Case) -> Sentence:
    text = _frame("closing", case.enforcement.answer_kind, case, _slots(case), "closing") or "[missing: the request]"
    return Sentence(
        text=text,
        fact_ids=tuple(
            f.id
            for f in case.facts
            if f.kind in ("complaint_id", "asin") and f.source == "notice" and str(f.value) in text
        ),
        role="request",
    )


#: What is asked where a cause decides it, whatever the stage.
_REMEDIES: dict[Cause, str] = {
    "verification": "complete the verification of our account",
    "payment_tax": "confirm that our payment and tax data are complete",
}


def _remedy(case: Case) -> str:
    scope = case.enforcement.scope
    if case.enforcement.cause in _REMEDIES:
        return _REMEDIES[case.enforcement.cause]
    if scope == "seller_fulfilled":
        return "reactivate our seller-fulfilled offers"
    asins = _asins(case)
    if scope == "listing":
        return f"reinstate {'the listings' if len(asins) != 1 else 'the listing'}{f' {joined(asins)}' if 0 < len(asins) <= 3 else ''}"
    if case.enforcement.stage == "warning":
        return "close this warning and keep our account active" if scope == "account" else "close this warning"
    if case.enforcement.stage == "funds_held":
        return "release the funds held"
    return "reactivate our selling account"


def subject_line(case: Case) -> str:
    """What the letter is about: kind, causes in the field's words, the notice's date."""
    kinds = {
        "plan_of_action": "Plan of action", "documents_only": "Documents", "dispute": "Appeal", "retraction": "Request to withdraw a report",
        "other_account_first": "Appeal", "questionnaire": "Answers", "corrected_data": "Corrected data", "information_request": "Request for the specific reason",
    }  # fmt: skip
    slots = _slots(case)
    topic = joined(
        NAMES[c].removeprefix("the ").removeprefix("a ").removeprefix("our ") for c in case.enforcement.all_causes
    )
    when = f" (notice of {slots['notice_date']})" if slots["notice_date"] else ""
    version = ", new version" if last_answer(case) else ""
    return f"{kinds.get(case.enforcement.answer_kind, 'Appeal')}{version}: {topic}{when}"


def addressee(case: Case) -> str:
    """The rights owner for a retraction, else Amazon's team."""
    if case.enforcement.answer_kind == "retraction":
        return next((str(f.value) for f in case.facts if f.kind == "party"), "[missing: name of the rights owner]")
    return (
        "Account Health Support" if case.enforcement.answer_kind == "information_request" else "Seller Performance Team"
    )


def signature(case: Case) -> tuple[str, ...]:
    """Signatory, legal name, store, token and the day, as far as known."""
    seller = case.seller
    store = seller.store if seller.store != seller.legal_name else None
    token = f"Merchant token {seller.merchant_token}" if seller.merchant_token else None
    today: date = case.today
    return tuple(filter(None, (seller.signatory, seller.legal_name, store, token, long_date(today.isoformat()))))


def enclosures(case: Case) -> tuple[Enclosure, ...]:
    """The seller's evidence, numbered in the order given."""
    return tuple(
        Enclosure(
            number=n, document=f.item.document or f.item.text, file=f.item.file, proves=f.item.proves, fact_id=f.id
        )
        for n, f in enumerate(case.items("evidence"), 1)
        if f.item
    )


def _ties(case: Case) -> dict[str, list[int]]:
    """Fact id -> numbers of the enclosures that prove it: each document belongs to the one entry that it fits best."""
    ties: dict[str, list[int]] = {}
    if case.enforcement.answer_kind == "documents_only":
        return ties
    provable = [f for f in case.facts if f.item and f.item.list != "evidence"]
    for number, document in enumerate(case.items("evidence"), 1):
        fits = [
            (fit, -n, f.id)
            for n, f in enumerate(provable)
            if f.item and document.item and (fit := _fit(document.item, f.item))
        ]
        if fits:
            ties.setdefault(max(fits)[2], []).append(number)
    return ties


def _named(numbers: list[int]) -> str:
    return f"enclosure{'s' if len(numbers) > 1 else ''} {joined(map(str, numbers))}" if numbers else ""


def _fit(proof: Item, entry: Item) -> float:
    """How well a document belongs to an entry: shared codes and content words; 0 when too few."""
    document, mine = f"{proof.document or proof.text} {proof.proves or ''}", f"{entry.text} {entry.tool or ''}"
    known = {v.lower() for v in (*entry.asins, *entry.orders)}
    codes = {a.value for a in atoms(document, names=False) if a.kind == "id"} - known
    shared_codes = len(codes & {a.value for a in atoms(mine, names=False) if a.kind == "id"})
    best = max(
        (
            shared_words(t, mine) * overlap(t, mine)
            for t in (proof.document or proof.text, proof.proves or "", document)
        ),
        default=0.0,
    )
    enough = shared_codes or any(
        shared_words(t, mine) >= _SHARED and overlap(t, mine) >= _PROVES
        for t in (proof.document or proof.text, proof.proves or "")
    )
    return best + 3.0 * shared_codes if enough else 0.0


def _title(key: SectionKey, cause: Cause | None, case: Case) -> str:
    titles = load_yaml("frames.v1.yaml")["titles"].get(key)
    if not titles:
        return ""
    title: str = chosen(titles, case.seller.store or "", case.notice.text[:400], key)
    return f"{title}: {NAMES[cause].removeprefix('the ').removeprefix('a ')}" if cause else title


__all__ = ["addressee", "compose", "compose_section", "enclosures", "fact_text", "form_of", "signature", "subject_line"]
