"""Answers to what the seller sent, and the other principles by which stage, requests and kind of answer are told."""

from __future__ import annotations

import pytest

from amends.extract import extract
from amends.extract.already_sent import already_sent
from amends.schemas import Enforcement, Notice

SIGNED = "\n\nSeller Performance Team"


def said(text: str, language: str = "en", subject: str | None = None) -> Enforcement:
    return extract(Notice(text=text, language=language, subject=subject))[0]


def items(found: Enforcement) -> list[str]:
    return [request.item for request in found.requests if not request.dispute_only]


@pytest.mark.parametrize(
    ("text", "language", "stage"),
    [
        ("We went through the letter you gave us. It does not say who packs your parcels.", "en", "more_info_requested"),
        ("Your appeal of 3 May has come in. Please add the page with the stamp.", "en", "more_info_requested"),
        ("Thanks for sending the licence. The lower half is cut off.", "en", "more_info_requested"),
        ("Your plan cannot be opened up to us as valid: we have turned it down. Your plan was declined.", "en", "appeal_denied"),
        ("We read your second letter. We uphold our decision, and a new try would need other papers.", "en", "appeal_denied"),
        ("您的申诉我们看过了,决定不予恢复。", "zh", "appeal_denied"),
        ("感谢您的申诉,但您的计划不够详细,请补充。", "zh", "more_info_requested"),
        ("Ihren Einspruch haben wir geprüft. Wir weisen ihn zurück, unsere Entscheidung steht fest.", "de", "appeal_denied"),
        ("Vielen Dank für Ihr Schreiben. Die Rechnung ist unleserlich.", "de", "more_info_requested"),
        ("Nous avons lu votre lettre. Nous maintenons notre décision.", "fr", "appeal_denied"),
        ("Abbiamo letto la sua lettera. Mancano ancora i dati del fornitore.", "it", "more_info_requested"),
        ("Hemos leído su carta. Mantenemos nuestra decisión.", "es", "appeal_denied"),
    ],
)  # fmt: skip
def test_an_answer_is_told_by_the_letter_it_speaks_of_and_its_polarity(text: str, language: str, stage: str) -> None:
    assert said(text + SIGNED, language).stage == stage


def test_a_letter_that_is_still_to_come_makes_no_answer() -> None:
    text = (
        "Your account has been deactivated. We expect your plan within 9 days; once we have read your plan we decide."
    )
    assert said(text + SIGNED).stage == "deactivated"


def test_papers_sent_long_before_make_a_new_measure_no_answer() -> None:
    text = "We deactivated your account today because the invoices you uploaded in May were altered. Send us proof that they are real."
    assert said(text + SIGNED).stage == "deactivated"


def test_not_yet_leaves_the_door_open() -> None:
    text = (
        "We have been through the bills you sent. Your account can't be opened again yet; send us whole, legible bills."
    )
    assert said(text + SIGNED).stage == "more_info_requested"


def test_what_had_been_hidden_before_is_no_new_measure() -> None:
    text = "After a report we had hidden B0C4TT19QX. The listing is available again as of this morning."
    assert said(text + SIGNED).stage == "reinstated"


@pytest.mark.parametrize(
    "text",
    ["Advertising for your products has been paused.", "Your right to write messages to buyers was withdrawn."],
)
def test_a_feature_alone_that_is_off_is_a_warning(text: str) -> None:
    assert said(text + SIGNED).stage == "warning"


def test_other_listings_that_may_be_sold_do_not_reinstate_the_one_removed() -> None:
    assert (
        said("Your listing was removed. The listings show up again within a day." + SIGNED).stage == "listing_removed"
    )


def test_a_question_of_a_list_tells_no_measure() -> None:
    text = (
        "This is a warning about your messages to buyers. Tell us\n1. who sent them and why nobody stopped the listing"
    )
    assert said(text + SIGNED).stage == "warning"


@pytest.mark.parametrize(
    ("point", "item"),
    [
        ("what lay behind the delays", "root_cause"),
        ("how you dealt with the parcels that were still open", "corrective_actions"),
        ("the safeguard that stops a repetition", "preventive_measures"),
    ],
)
def test_parts_of_a_plan_are_told_by_what_they_ask(point: str, item: str) -> None:
    text = (
        f"Your account has been deactivated for late shipment.\n\nPlease write us a plan which tells us:\n- {point}\n"
    )
    assert items(said(text + SIGNED)) == [item]


@pytest.mark.parametrize(
    ("sentence", "item"),
    [
        ("The rights owner has to send the retraction from his own address.", "rights_owner_retraction"),
        ("The invoice that you sent could not be verified.", "invoices"),
    ],
)
def test_what_others_owe_and_what_was_sent_is_not_asked_for(sentence: str, item: str) -> None:
    assert item not in items(said(f"Your listing was removed.\n\nHow do I reactivate my listing?\n{sentence}" + SIGNED))


def test_a_paper_is_sent_already_when_the_words_around_it_say_so() -> None:
    text = "the invoices that you sent us; please send invoices"
    assert already_sent(text, 0, (4, 12))
    assert not already_sent(text, 0, (43, 51))


def test_photos_of_a_paper_are_that_paper() -> None:
    text = (
        "We could not verify your identity. Your account has been deactivated. Please upload photos of your passport."
    )
    assert items(said(text + SIGNED)) == ["identity_document"]


def test_a_heading_on_a_line_of_its_own_opens_the_block_for_disputes() -> None:
    text = (
        "Your account has been deactivated, as buyers doubt that your items are genuine.\n\nPlease provide invoices from "
        "your supplier.\n\nIf we have got this wrong\n\nTell us why you hold our decision to be mistaken."
    )
    found = said(text + SIGNED)
    assert (items(found), found.answer_kind) == (["invoices"], "documents_only")


def test_a_denial_that_leaves_nothing_open_needs_no_reply() -> None:
    text = (
        "We have considered your appeal about the counterfeit goods reported by the rights owner. Our decision is final. "
        "We will not answer further messages."
    )
    found = said(text + SIGNED)
    assert (found.stage, found.answer_kind) == ("appeal_denied", "no_reply_needed")


def test_a_plan_asked_for_without_a_reason_is_a_plan() -> None:
    text = "Your account has been deactivated.\n\nPlease send us the root cause and the steps you have taken to prevent it."
    found = said(text + SIGNED)
    assert (found.cause, found.answer_kind) == ("unspecified", "plan_of_action")


def test_a_mail_about_money_only_is_no_measure() -> None:
    text = "The payout of 2,210.40 EUR has not been sent and remains in your account. Your offers are not affected."
    assert said(text + SIGNED, subject="Your disbursement").stage == "funds_held"


def test_a_driving_licence_is_no_licence_of_a_brand() -> None:
    text = (
        "Hello,\n\nWe could not verify your account and have deactivated it.\n\nPlease upload the following:\n"
        "- A bank statement of the last 90 days\n- A passport or driving licence of the main contact\n"
    )
    asked = extract(Notice(text=text, language="en"))[0].requested
    assert asked == ("bank_statement", "identity_document")
