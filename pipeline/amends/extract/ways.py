"""The seller's money, and by which way the answer is to be sent."""

from __future__ import annotations

import re

from amends.extract.layout import Layout, Sentence
from amends.extract.requests import is_money_or_stock
from amends.vocabulary import AnswerKind, Channel, Funds, Stage


def funds(layout: Layout, stage: Stage) -> Funds:
    """Whether the newest mail says that money is held or released.

    "We may withhold" counts as held where the account is off; it is a mere threat where it is not.
    """
    if any(sentence.has("cue.payment_sent") for sentence in layout.newest[:4]):
        return "released"
    held = threatened = released = False
    for sentence in layout.newest:
        freed = sentence.first("funds.released")
        place = sentence.first("funds.held") if not (freed and sentence.has("funds.usual")) else None
        if place:
            certain = not sentence.reading.first("speech.modal", sentence.at, place[1]) and not sentence.reading.first(
                "speech.condition", sentence.at, place[1]
            )
            held |= certain
            threatened |= not certain
        if freed and (not place or stage in ("reinstated", "not_enforcement")) and not sentence.has("funds.not_yet"):
            released = True
    if released and (stage in ("reinstated", "not_enforcement") or not held):
        return "released"
    if held or (threatened and stage in ("deactivated", "appeal_denied", "funds_held", "more_info_requested")):
        return "held"
    return "held" if stage == "funds_held" else "not_mentioned"


def channel(layout: Layout, stage: Stage, kind: AnswerKind, asks: frozenset[int]) -> Channel:
    """By which way the notice wants the answer: the way it names itself, else none."""
    if stage in ("not_enforcement", "reinstated") or kind == "no_reply_needed":
        return "none"
    button = reply = email = url = page = address = False
    for sentence in layout.newest:
        if sentence.block == "help" or is_money_or_stock(sentence) or sentence.has("cue.owner_way"):
            continue
        reply |= sentence.has("cue.reply") and not sentence.has("cue.no_reply_way")
        button |= sentence.has("cue.appeal_button")
        page |= (
            _names_page(sentence)
            and sentence.block != "consequence"
            and (sentence.block == "way" or sentence.start in asks or sentence.has("cue.page_opens"))
        )
        email |= (
            "@" in sentence.text
            and sentence.block != "list"
            and (sentence.has("cue.email_way") or bool(_TO_AMAZON.search(sentence.text)))
        )
        url |= _names_address(sentence)
        address |= sentence.start in asks and "http" in sentence.folded
    ways: tuple[tuple[bool, Channel], ...] = (
        (email, "email"), (url and not button, "url"), (button, "appeal_button"), (reply, "reply"), (page, "appeal_button"),
        (address, "url"),
    )  # fmt: skip
    return next((name for said, name in ways if said), "none")


#: An address of Amazon's to which something goes.
_TO_AMAZON = re.compile(r"(?:\b(?:to|at|under|an|via|à|a|en)|至|到|给)[:\s]{1,2}[\w.+-]+@[\w.-]*amazon", re.IGNORECASE)


_ADDRESS = re.compile(r"https?:\S+|www\.\S+")


def _names_page(sentence: Sentence) -> bool:
    """Whether a page is named in words; the words inside a web address are none."""
    places = sentence.all("cue.page")
    if not places:
        return False
    text, at = sentence.reading.folded.text, sentence.at
    spans = [match.span() for match in _ADDRESS.finditer(text, at, sentence.to)]
    return any(not any(left <= start < right for left, right in spans) for start, _ in places)


def _names_address(sentence: Sentence) -> bool:
    """Whether a web address outside Seller Central is to be used."""
    text = sentence.folded
    return ("http" in text or "www." in text) and "sellercentral" not in text and sentence.block != "list"
