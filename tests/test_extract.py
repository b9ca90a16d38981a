"""What notices say, in small texts of our own: every cause, stage and trap of the domain brief that rules can tell."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.data import load_yaml
from amends.extract import extract
from amends.extract.cues import Cue
from amends.extract.deadline import notice_date, zone_of
from amends.extract.folding import Folded
from amends.extract.layout import lay_out
from amends.extract.rules import LANGUAGES, Reading, rules_for
from amends.read import read_path
from amends.schemas import Enforcement, Fact, Metric, Notice
from amends.vocabulary import CAUSES, REQUESTED_ITEMS
from own_notices import NOTICES

DEV = Path(__file__).parent.parent / "eval" / "cases" / "notices" / "dev"


def read(text: str, language: str = "en", **more: object) -> tuple[Enforcement, tuple[Fact, ...]]:
    return extract(Notice(text=text, language=language, **more))


def said(text: str, language: str = "en", **more: object) -> Enforcement:
    return read(text, language, **more)[0]


def metrics(text: str, language: str = "en") -> list[tuple[str, float | None, float | None]]:
    values = [fact.value for fact in read(text, language)[1] if fact.kind == "metric"]
    return [(m.name, m.value, m.target) for m in values if isinstance(m, Metric)]


def ids(text: str, kind: str, language: str = "en") -> list[object]:
    return [fact.value for fact in read(text, language)[1] if fact.kind == kind]


@pytest.mark.parametrize(("language", "text", "expected"), NOTICES)
def test_cause_stage_and_answer_kind_of_a_notice(language: str, text: str, expected: tuple[str, str, str]) -> None:
    found = said(text, language)
    assert (found.cause, found.stage, found.answer_kind) == expected
    assert found.other_causes == ()


# --- boilerplate names no cause -------------------------------------------------------------------------------------

OFF = "Hello,\n\nYour Amazon.com account has been deactivated. {}\n\nSeller Performance Team"


@pytest.mark.parametrize(
    "sentence",
    [
        "We did this in accordance with Section 3 of the Business Solutions Agreement.",
        "Your funds are held so that A-to-z claims and chargebacks can be paid.",
        "The sale of counterfeit products is strictly prohibited.",
        "FBA inventory of the items causing inauthentic complaints cannot be removed.",
        "Please ship any open orders so that your late shipment rate does not suffer.",
        "We may permanently withhold payments if we find that an account was used for deceptive, fraudulent, or illegal activity.",
        "Policies that apply: Condition Guidelines, Product detail page rules, Anti-Counterfeiting Policy.",
        "As a reminder, our Seller Code of Conduct asks sellers to act fairly.",
    ],
)
def test_wrapper_sentences_are_no_cause(sentence: str) -> None:
    found = said(OFF.format(sentence))
    assert found.cause == "unspecified"
    assert found.answer_kind == "information_request"
    assert "no reason" in found.cause_reason


def test_a_list_of_rules_after_a_reminder_is_no_cause() -> None:
    text = OFF.format(
        "As a reminder, all sellers must\n- provide accurate information\n- not influence ratings, feedback, or reviews"
    )
    assert said(text).cause == "unspecified"


def test_papers_asked_for_do_not_outweigh_the_reason() -> None:
    text = OFF.format(
        "Why did this happen?\nThe account was used in a fraudulent manner.\n"
        "How do I reactivate my account?\nPlease send\n- a utility bill\n- a business license\n- a government-issued ID"
    )
    found = said(text)
    assert (found.cause, found.other_causes) == ("fraud_deceptive", ())
    assert found.requested == ("utility_bill", "business_license", "identity_document")


def test_product_titles_are_no_cause() -> None:
    text = (
        "Hello,\nWe removed your listing.\nWhy did this happen?\nCustomers report that the item was used and sold as new.\n"
        "ASIN: B0CL4TT19Q\nTitle: Patent leather trademark bag, counterfeit detector\n"
    )
    assert said(text).all_causes == ("used_sold_as_new",)


def test_two_complaints_give_two_causes_the_first_one_first() -> None:
    text = (
        "Hello,\nYour account has been deactivated.\nWhy is this happening?\nCustomers complained about your items.\n"
        "Complaint type: Expired\nASIN: B0CL4TT19Q\nComplaint type: Not as described\nASIN: B0CL4TT88Q\n"
    )
    assert said(text).all_causes == ("expired", "not_as_described_defective")


def test_a_metric_that_meets_its_target_is_no_cause() -> None:
    text = OFF.format(
        "Order defect rate: 2.0% (target: under 1%)\nPre-fulfillment cancel rate: 1.1% (target: under 2.5%)"
    )
    assert said(text).all_causes == ("order_defect_rate",)


# --- stages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("If you do not send a plan, your account will be deactivated.", "warning"),
        ("We have not taken any action on your account. It may be deactivated.", "warning"),
        ("No listing has been removed. Your account is at risk of deactivation.", "warning"),
        ("Confirm that you have closed all such listings. Your account is at risk of deactivation.", "warning"),
        ("Until we have checked your papers, your account is switched off.", "deactivated"),
        ("You may no longer sell on Amazon.com.", "deactivated"),
        ("The offers that you ship yourself are not active at the moment.", "deactivated"),
        ("We took the listing down. Your account is at risk of deactivation.", "warning"),
        ("Thank you for your appeal. Your account remains deactivated.", "appeal_denied"),
        (
            "Thank you for your plan. We do not have enough information. Your account stays deactivated.",
            "more_info_requested",
        ),
        ("We have reinstated your account.", "reinstated"),
        (
            "Once your account has been reactivated, you can list again. For now we have deactivated your account.",
            "deactivated",
        ),
    ],
)
def test_deeds_are_told_from_conditions_and_negations(text: str, stage: str) -> None:
    assert said(f"Hello,\n\n{text}").stage == stage


def test_another_accounts_deactivation_is_not_ours() -> None:
    text = "Hello,\n\nYour account may be deactivated, as it is related to another account that was deactivated."
    assert said(text).stage == "warning"


def test_the_newest_mail_of_a_thread_decides() -> None:
    text = (
        "Hello,\nWe have reinstated your listing B0CL4TT19Q. You do not need to do anything.\nSeller Performance Team\n\n"
        "----- Original message -----\n\nHello,\nWe removed your listing because of a safety complaint. Please send a test report.\n"
    )
    assert said(text).stage == "reinstated"
    later = (
        "Hello,\nwe deactivated your account on 3 March 2026. Send a plan of action within 17 days. We had late shipment complaints.\n\n"
        "-- then on 20 March 2026 --\n\nHello,\nThank you for your plan. We cannot accept your appeal. Send a new plan in 5 days.\n"
    )
    found = said(later)
    assert found.stage == "appeal_denied"
    assert found.deadline is not None
    assert (found.deadline.days, found.deadline.due) == (5, date(2026, 3, 25))


def test_forum_chatter_around_a_notice_says_nothing() -> None:
    text = (
        "I'm desperate, my friend says this is about counterfeit goods and I only sell candles!\n\n"
        '"Hello, Your account has been deactivated. Why did this happen? Your late shipment rate is 6%."\n\n'
        "I had 30 days to send mine."
    )
    found = said(text)
    assert found.all_causes == ("late_shipment",)
    assert found.deadline is None


@pytest.mark.parametrize(
    "text",
    [
        "Seller newsletter: keep an eye on your order defect rate. Webinar on counterfeit complaints. Unsubscribe",
        "Your payment is on its way. We've sent a payment of $120.00 to your bank.",
        "Policy updates: our restricted products policy changes. Listings that break it will be removed. This goes to all sellers.",
    ],
)
def test_ordinary_mail_is_no_enforcement(text: str) -> None:
    found, facts = read(text)
    assert (found.stage, found.cause, found.answer_kind) == ("not_enforcement", "unspecified", "no_reply_needed")
    assert not [f for f in facts if f.kind == "metric"]


# --- requests -------------------------------------------------------------------------------------------------------


def test_negated_asks_are_no_requests() -> None:
    text = "Hello,\nWe removed your listing after a safety complaint.\nSend us a test report. You do not need to send a plan of action or invoices."
    found = said(text)
    assert found.requested == ("safety_test_report",)
    assert found.answer_kind == "documents_only"


def test_the_error_section_is_a_list_of_its_own() -> None:
    text = (
        "Hello,\nYour account has been deactivated because your late shipment rate is 7%.\n"
        "How do I reactivate my account?\nSend a plan:\n-- the root cause\n-- actions you have taken\n-- steps to prevent it\n"
        "Has your account been deactivated in error?\nThen send us invoices and carrier scans.\n"
    )
    found = said(text)
    assert [r.item for r in found.requests if not r.dispute_only] == [
        "root_cause",
        "corrective_actions",
        "preventive_measures",
    ]
    assert {r.item for r in found.requests if r.dispute_only} >= {"invoices"}


def test_steps_taken_to_prevent_are_prevention_only() -> None:
    text = "Hello,\nThank you for your plan. We do not have enough information.\n-- Greater detail on the steps you have taken to prevent claims"
    assert said(text).requested == ("preventive_measures",)


def test_a_bare_plan_of_action_means_its_three_parts() -> None:
    text = (
        "Hello,\nYour account has been deactivated because your late shipment rate is 7%. Please send a plan of action."
    )
    assert set(said(text).requested) == {"root_cause", "corrective_actions", "preventive_measures"}


# --- deadlines ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("Send your plan within 17 days.", 17),
        ("You have 72 hours to submit the quiz.", 3),
        ("Please answer in the coming two weeks.", 14),
        ("If we have not received your plan in 10 days, the account may be closed.", 10),
        ("Submit the plan by the end of the 20th day from now.", 20),
        ("Send invoices of the last 365 days.", None),
        ("Your funds are held for 90 days.", None),
        ("We usually reply within 2 business days.", None),
        ("The review should not exceed 30 days.", None),
        ("Stock that nobody claims within 90 days may be destroyed.", None),
        ("The violation stays visible for up to 180 days.", None),
    ],
)
def test_only_times_to_send_something_are_deadlines(sentence: str, days: float | None) -> None:
    found = said(
        f"Hello,\nYour account has been deactivated because your late shipment rate is 7%. {sentence}"
    ).deadline
    assert (found.days if found else None) == days


@pytest.mark.parametrize(
    ("language", "sentence", "days"),
    [
        ("zh", "您的账户已被停用。请在 7 天内提交行动计划。", 7),
        ("de", "Ihr Konto wurde deaktiviert. Sie haben dafür 30 Tage Zeit, den Maßnahmenplan zu senden.", 30),
        ("ja", "アカウントを停止いたしました。改善計画を17日以内にご提出ください。", 17),
        ("fr", "Votre compte a été désactivé. Envoyez votre plan sous 10 jours.", 10),
        ("it", "Abbiamo disattivato il tuo account. Inviaci un piano entro 7 giorni.", 7),
        ("es", "Hemos desactivado tu cuenta. Envía tu plan en un plazo de 15 días.", 15),
    ],
)
def test_deadlines_in_other_languages(language: str, sentence: str, days: int) -> None:
    found = said(sentence, language).deadline
    assert found is not None
    assert found.days == days


def test_days_count_in_the_stores_time_zone_and_none_are_invented() -> None:
    text = "Hello,\nYour account has been deactivated because your late shipment rate is 7%. Send your plan within 17 days."
    night = datetime(2025, 6, 7, 4, 30, tzinfo=UTC)
    due = said(text, marketplace="amazon.com", received=night).deadline
    assert due is not None
    assert due.due == date(2025, 6, 23)
    unknown = said(text).deadline
    assert unknown is not None
    assert unknown.due is None
    assert notice_date(Notice(text="", marketplace="amazon.co.jp", received=night)) == date(2025, 6, 7)
    assert zone_of(None) is None


def test_a_printed_date_is_a_deadline() -> None:
    text = "Guten Tag,\nIhr Konto wurde deaktiviert. Reichen Sie den Maßnahmenplan bis zum 3. März 2026 ein."
    found = said(text, "de", received=datetime(2026, 2, 17, 9, 0), marketplace="amazon.de").deadline
    assert found is not None
    assert (found.days, found.due) == (14, date(2026, 3, 3))


# --- values ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Your order defect rate is above our target of 1%.", [("order_defect_rate", None, 1)]),
        ("Your late shipment rate is 5.88 percent, above our target of less than 4 percent.", [("late_shipment_rate", 5.88, 4)]),
        ("Valid tracking rate   90.4%   (target: over 95%)", [("valid_tracking_rate", 90.4, 95)]),
        ("Your on-time delivery rate has stayed under 90%. It is now 68.4%.", [("on_time_delivery_rate", 68.4, 90)]),
        ("Your Account Health Rating went down to 64. A rating of 200 and more is healthy.", [("account_health_rating", 64, 200)]),
        ("Your late shipment rate for 10 days is 4.6% (30 days: 3.1%). The target is under 4%.",
         [("late_shipment_rate", 4.6, 4), ("late_shipment_rate", 3.1, 4)]),
        ("Your order defect rate is high.", []),
    ],
)  # fmt: skip
def test_own_values_and_targets_are_told_apart(
    text: str, expected: list[tuple[str, float | None, float | None]]
) -> None:
    assert metrics(f"Hello,\nYour account has been deactivated. {text}") == expected


def test_ids_of_every_kind() -> None:
    text = (
        "We removed your listing. ASIN B0CL4TT19Q, masked B0XXXXXXXX. Order 114-5550021-8871234.\n"
        "Complaint ID ..... 14439921706\nCases in question: 10884173205, 10885530917\nPhone 1-206-555-0148\n"
        "Infringement type: Copyright Complaint ID: 12866401973\nPatent number: US 11,204,377 B2\n"
    )
    assert ids(text, "asin") == ["B0CL4TT19Q"]
    assert ids(text, "order_id") == ["114-5550021-8871234"]
    assert ids(text, "complaint_id") == ["14439921706", "12866401973"]
    assert ids(text, "case_id") == ["10884173205", "10885530917"]
    assert ids(text, "statement") == ["US 11,204,377 B2"]


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Rights owner: Brightwell Inc.\nEmail: a@b.example", "Brightwell Inc."),
        ("Complainant ..... Oakmere Glass Limited\n", "Oakmere Glass Limited"),
        ("Trademark, Complaint ID 13400987126, reported by Fern & Rook LLC\n", "Fern & Rook LLC"),
        ("The rights owner Calder B.V. has withdrawn its complaint.", "Calder B.V."),
        ("On 3 May Calder & Sons GmbH informed us that the pictures infringe its copyright.", "Calder & Sons GmbH"),
        ("Trademark complaint 13400987126 of Fern & Rook LLC has been looked at.", "Fern & Rook LLC"),
    ],
)
def test_parties_are_named_in_fields_and_sentences(text: str, party: str) -> None:
    assert ids(text, "party") == [party]


def test_the_name_of_another_account_is_no_party() -> None:
    assert ids('Your account is related to another account: "Larkfield Retail".', "party") == []


def test_amounts_of_the_seller_but_no_limits_for_all() -> None:
    text = "Your account has a negative balance of £214.36. Sellers with 5,000 USD or more in sales must be verified."
    assert ids(text, "amount") == [214.36]


def test_a_suspicious_mail_is_taken_for_no_reason() -> None:
    notice = Notice(text="Your order defect rate is 3%. Your payout of $87.50 is on hold. Pay $49 now.")
    fake = notice.with_(authenticity=notice.authenticity.with_(verdict="suspicious"))
    found, facts = extract(fake)
    assert (found.stage, found.cause, found.answer_kind) == ("not_enforcement", "unspecified", "no_reply_needed")
    assert [(fact.kind, fact.quote) for fact in facts] == [("metric", "3%"), ("amount", "$87.50")]


# --- funds and channel ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "funds"),
    [
        ("Your balance is held.", "held"),
        ("Payments go on as usual.", "released"),
        ("We may permanently withhold any payments.", "held"),
        ("Seller Central has a new look.", "not_mentioned"),
    ],
)
def test_funds(sentence: str, funds: str) -> None:
    assert said(f"Hello,\nYour account has been deactivated. {sentence}").funds == funds


@pytest.mark.parametrize(
    ("sentence", "channel"),
    [
        ("Please send your plan with the appeal button.", "appeal_button"),
        ("Send it to notice-dispute@amazon.com.", "email"),
        ("Please reply to this message with your plan.", "reply"),
        ("Upload the papers at https://www.amazon.com/ip/form.", "url"),
        ("", "none"),
    ],
)
def test_channel(sentence: str, channel: str) -> None:
    assert said(f"Hello,\nYour account was deactivated for late shipments. {sentence}").channel == channel


# --- the machinery --------------------------------------------------------------------------------------------------


def test_folding_keeps_offsets() -> None:
    folded = Folded("\n Ａ “Plan” \u00ad\u200b  of   Action – 100％")
    assert folded.text.endswith("of action - 100%")
    start = folded.text.index("action")
    begin, end = folded.span(start, start + 6)
    assert folded.original[begin:end] == "Action"
    assert folded.index(begin) == start


def test_the_cue_language() -> None:
    words = {"paper": ["invoice", "receipt"]}
    assert Cue("used$").first("usedful used") == (8, 12)
    assert Cue("{paper} ~ altered", words).first("the receipt was altered") == (4, 23)
    assert Cue("plan ~ late").first("plan sent. too late") is None
    assert Cue("late & plan").first("a plan for late orders") == (11, 15)
    assert Cue("late | plan").first("a plan") == (2, 6)
    assert Cue("may ").first("maybe") is None


def test_every_language_has_rules_and_no_cue_is_empty() -> None:
    for language in LANGUAGES:
        for group, cues in rules_for(language).groups.items():
            for cue in cues:
                parts = [
                    phrase for chains in cue.alternatives for chain in chains for _, part in chain for phrase in part
                ]
                assert all(phrase.strip("$ ") for phrase in parts), (group, cue.source)


def test_rule_files_use_the_vocabularies_and_repeat_nothing() -> None:
    assert set(load_yaml("causes.v1.yaml")) == set(CAUSES) - {"unspecified"}
    assert set(load_yaml("notice.v1.yaml")["request"]) == set(REQUESTED_ITEMS)
    for section in load_yaml("notice.v1.yaml").values():
        for name, node in section.items():
            for language, cues in node.items():
                assert len(cues) == len(set(cues)), (name, language)


def test_wrapped_lines_are_joined_and_list_lines_are_not() -> None:
    text = "We have had a look at your plan about the complaints and do\nnot have enough information.\n-- invoices\n-- a bill\n"
    sentences = [s.text for s in lay_out(Reading(text, "en")).sentences]
    assert len(sentences) == 3
    assert sentences[1:] == ["-- invoices", "-- a bill"]


def test_quotes_and_offsets_match_the_text_of_every_dev_notice() -> None:
    paths = [p for p in sorted(DEV.iterdir()) if not p.name.endswith(".yaml")]
    assert len(paths) > 100
    for path in paths:
        notice = read_path(path)
        found, facts = extract(notice)
        spans = [(f.quote, f.start, f.end) for f in facts]
        spans += [(r.evidence.quote, r.evidence.start, r.evidence.end) for r in found.requests]
        spans += [(e.quote, e.start, e.end) for c in found.causes for e in c.evidence]
        if found.stage_evidence:
            spans.append((found.stage_evidence.quote, found.stage_evidence.start, found.stage_evidence.end))
        if found.deadline:
            spans.append((found.deadline.text, found.deadline.start, found.deadline.end))
        for quote, start, end in spans:
            assert quote
            assert notice.text[start:end] == quote, path.name


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from([*LANGUAGES, "pl"]))
def test_extract_never_raises_and_quotes_are_verbatim(text: str, language: str) -> None:
    found, facts = extract(Notice(text=text, subject=text[:40], language=language))
    assert found.cause in CAUSES
    assert all(text[f.start or 0 : f.end or 0] == f.quote for f in facts)


PIECES = [
    "a ",
    "--",
    "1,1,1",
    "((((",
    "if if if",
    "we removed your listing, ",
    "hello\n",
    "within 17 days ",
    "停用您的账户",
    "order defect rate 1% ",
]


@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    def spent(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        began = time.process_time()
        extract(Notice(text=text))
        return time.process_time() - began

    spent(1000)
    short, long = spent(20_000), spent(100_000)
    assert long < 15 * short + 0.2
