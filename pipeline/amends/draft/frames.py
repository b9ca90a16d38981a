"""The few sentences that the composer adds itself: opening, metrics, closing; and subject line, addressee, signature.

Their wordings are data (`frames.v1.yaml`); which one a case gets depends on the case.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from amends.data import load_yaml
from amends.draft import renewal
from amends.draft.wording import chosen, joined, long_date, percent, sentence
from amends.history import last_answer
from amends.schemas import Case, Fact, Metric, Sentence
from amends.vocabulary import Cause

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


def _frame(group: str, name: str | None, case: Case, slots: dict[str, str | None], *seed: str) -> str | None:
    """One of the wordings whose slots can all be filled, chosen by the case."""
    options: Any = load_yaml("frames.v1.yaml")[group]
    wordings: list[str] = options[name] if name else options
    filled = {k: v for k, v in slots.items() if v}
    usable = [w for w in wordings if all(f"{{{k}}}" not in w for k in slots.keys() - filled.keys())]
    if not usable:
        return None
    dated = [w for w in usable if "{notice_date}" in w]
    wording = chosen(dated or usable, case.seller.store or "", case.notice.text[:400], group, *seed)
    return sentence(wording.format(**filled))


def _slots(case: Case) -> dict[str, str | None]:
    subject = joined(NAMES[c] for c in case.enforcement.all_causes)
    asins = _asins(case)
    listed = asins if case.enforcement.scope == "listing" else []
    if 0 < len(listed) <= 3:
        subject += f" ({joined(listed)})"
    received = case.notice.received
    complaint = next((f"complaint {f.value}" for f in case.facts if f.kind == "complaint_id"), None)
    return {
        "notice_date": long_date(received.date().isoformat()) if received else None,
        "store": case.seller.store or case.seller.legal_name,
        "subject": subject,
        "data": _DATA.get(case.enforcement.cause, "the data named in your notice")
        + (f" of {joined(listed)}" if 0 < len(listed) <= 3 else ""),
        "offer": f"our offer {asins[0]}" if len(asins) == 1 else "our offers",
        "complaint": complaint or ("this report" if case.enforcement.answer_kind == "retraction" else None),
        "remedy": _remedy(case),
    }


#: What is put right where only data are to be corrected.
_DATA: dict[Cause, str] = {
    "valid_tracking": "the tracking data", "payment_tax": "our payment and tax data", "pricing": "the price",
    "listing_policy": "the listing data", "trademark": "the listing data", "copyright": "the listing data",
    "not_as_described_defective": "the listing data", "restricted_products": "the listing data",
}  # fmt: skip


def opening(case: Case) -> list[Sentence]:
    """Which notice this answers and on what, with every ASIN and reference that the notice names."""
    kind = case.enforcement.answer_kind
    text = _frame("opening", kind, case, _slots(case), "opening") or ""
    cited = tuple(f.id for f in case.facts if f.source == "notice" and f.kind in ("complaint_id", "asin"))
    sentences = renewal.opening(case) or [Sentence(text=text, fact_ids=cited, role="frame")]
    asins = _asins(case)
    if asins and not all(a in _said(sentences) for a in asins):
        ids = tuple(f.id for f in case.facts if f.kind == "asin" and f.source == "notice")
        slots: dict[str, str | None] = {"asins": f"ASIN{'s' if len(asins) > 1 else ''} {joined(asins)}"}
        text = _frame("asins", "many" if len(asins) > 1 else "one", case, slots) or ""
        sentences.append(Sentence(text=text, fact_ids=ids, role="what_happened"))
    named = (
        ("complaint_id", "case_id", "statement")
        if kind == "retraction"
        else ("complaint_id", "case_id", "statement", "party")
    )
    unsaid = [
        f for f in case.facts if f.source == "notice" and f.kind in named and str(f.value) not in _said(sentences)
    ]
    if unsaid:
        text = sentence(f"Reference: {joined(_reference(f) for f in unsaid)}")
        sentences.append(Sentence(text=text, fact_ids=tuple(f.id for f in unsaid), role="what_happened"))
    return sentences


def _said(sentences: Sequence[Sentence]) -> str:
    return " ".join(s.text for s in sentences)


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


#: The causes whose metric has another name.
_METRIC_OF: dict[Cause, str] = {
    "late_shipment": "late_shipment_rate", "cancellation": "cancellation_rate", "valid_tracking": "valid_tracking_rate",
    "on_time_delivery": "on_time_delivery_rate",
}  # fmt: skip


def metric_sentences(cause: Cause | None, case: Case) -> list[Sentence]:
    """The notice's own figures, after the cause: the effect, not the root. Of one cause, or of all."""
    return [
        Sentence(text=_metric(fact, fact.value, case), fact_ids=(fact.id,), role="what_happened")
        for fact in case.facts
        if fact.source == "notice" and isinstance(fact.value, Metric) and fact.value.value is not None
        and (cause is None or _METRIC_OF.get(cause, cause) == fact.value.name)
    ]  # fmt: skip


def _metric(fact: Fact, metric: Metric, case: Case) -> str:
    slots: dict[str, str | None] = {"metric": _METRICS.get(metric.name, metric.name.replace("_", " "))}
    slots["value"] = _figure(metric.value, fact.unit)
    under = "" if metric.name in _AT_LEAST else "under "
    slots["target"] = f"{under}{_figure(metric.target, fact.unit)}" if metric.target is not None else None
    group = "metric" if slots["target"] else "metric_without_target"
    return _frame(group, None, case, slots, metric.name) or ""


def _figure(value: float | None, unit: str | None) -> str:
    return percent(value or 0.0) if unit == "%" else f"{value or 0.0:.10g}"


def closing(case: Case) -> Sentence:
    """The one request of the letter."""
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


def _remedy(case: Case) -> str:
    """What is asked for: what was taken is to be given back, what is threatened is to be kept."""
    scope, stage, asins = case.enforcement.scope, case.enforcement.stage, _asins(case)
    if stage == "funds_held":
        return "release the funds held"
    listing = f"the listing{'s' if len(asins) != 1 else ''}{f' {joined(asins)}' if 0 < len(asins) <= 3 else ''}"
    if stage == "warning":
        kept = {"listing": listing, "seller_fulfilled": "our seller-fulfilled offers", "account": "our account"}
        return f"keep {kept[scope]} active" if scope in kept else "close this warning"
    if scope == "seller_fulfilled":
        return "reactivate our seller-fulfilled offers"
    return f"reinstate {listing}" if scope == "listing" else "reactivate our selling account"


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
