"""The closed vocabularies: the exact strings used in JSON, in YAML and on the command line."""

from __future__ import annotations

from typing import Literal, get_args

Cause = Literal[
    "order_defect_rate",
    "late_shipment",
    "cancellation",
    "valid_tracking",
    "on_time_delivery",
    "restricted_products",
    "product_safety_compliance",
    "inauthentic",
    "counterfeit",
    "trademark",
    "copyright",
    "patent",
    "used_sold_as_new",
    "not_as_described_defective",
    "expired",
    "listing_policy",
    "related_accounts",
    "verification",
    "review_manipulation",
    "code_of_conduct",
    "drop_shipping",
    "pricing",
    "forged_documents",
    "fraud_deceptive",
    "payment_tax",
    "unspecified",
]
CAUSES: tuple[Cause, ...] = get_args(Cause)

Stage = Literal[
    "warning",
    "listing_removed",
    "deactivated",
    "more_info_requested",
    "appeal_denied",
    "reinstated",
    "funds_held",
    "not_enforcement",
]
STAGES: tuple[Stage, ...] = get_args(Stage)

AnswerKind = Literal[
    "plan_of_action",
    "documents_only",
    "dispute",
    "retraction",
    "other_account_first",
    "questionnaire",
    "corrected_data",
    "information_request",
    "no_reply_needed",
]
ANSWER_KINDS: tuple[AnswerKind, ...] = get_args(AnswerKind)

RequestedItem = Literal[
    "root_cause",
    "corrective_actions",
    "preventive_measures",
    "invoices",
    "letter_of_authorization",
    "identity_document",
    "utility_bill",
    "bank_statement",
    "business_license",
    "supply_chain_docs",
    "safety_test_report",
    "evidence_of_compliance",
    "rights_owner_retraction",
    "related_account_id",
    "other",
]
REQUESTED_ITEMS: tuple[RequestedItem, ...] = get_args(RequestedItem)

Funds = Literal["held", "released", "not_mentioned"]
Channel = Literal["appeal_button", "url", "email", "reply", "none"]
AuthenticityVerdict = Literal["likely_genuine", "suspicious", "unknown"]
Scope = Literal["account", "listing", "seller_fulfilled", "unknown"]

FactKind = Literal[
    "asin",
    "order_id",
    "complaint_id",
    "case_id",
    "metric",
    "count",
    "rate",
    "date",
    "amount",
    "policy",
    "product",
    "cause",
    "action",
    "measure",
    "document",
    "party",
    "statement",
]
FactSource = Literal["notice", "seller", "report"]
ActionStatus = Literal["done", "in_progress", "planned"]

#: The lists of the facts file, in the order in which a letter uses them.
FactList = Literal["root_causes", "corrective_actions", "preventive_measures", "evidence", "other_facts"]
FACT_LISTS: tuple[FactList, ...] = get_args(FactList)

#: What a sentence of a letter does.
Role = Literal["what_happened", "why", "done", "in_force", "planned", "attached", "request", "frame"]

SectionKey = Literal[
    "opening",
    "root_cause",
    "corrective_actions",
    "preventive_measures",
    "statement",
    "documents",
    "enclosures",
    "closing",
]

Severity = Literal["blocking", "advice"]
Checker = Literal["lock", "grammar", "rubric", "judge", "verdict"]
ItemState = Literal["met", "unmet", "not_checked"]
Readiness = Literal["send", "fix_first", "do_not_send"]
AnswerType = Literal["number", "date", "choice", "yes_no", "text", "list", "file"]

#: What Amazon's answer to a letter is. `unrelated`: not about this case, not an answer, or not from Amazon.
ReplyKind = Literal["more_information", "plan_incomplete", "denied", "final", "reinstated", "unrelated"]
