"""Which kind of answer a mail is, and why; in code, from the words that `extract` found and a few of its own."""

from __future__ import annotations

import re
from typing import NamedTuple

from amends.extract import extract
from amends.extract.deadline import notice_date
from amends.history import answers
from amends.reply.missing import missing_things
from amends.schemas import Case, Enforcement, Fact, Missing, Notice
from amends.vocabulary import FactKind, ReplyKind

_FINAL = re.compile(
    r"\b(?:decision is final|final decision|may no longer sell|no longer sell on|permanently|(?:not|no longer) (?:be able to )?(?:respond|reply|answer)(?: to)? "
    r"(?:any |your )?(?:further|more|additional|other)|not (?:review|consider|accept) (?:any )?(?:further|more|additional|other))\b|"
    r"endgültig|keine weiteren (?:nachrichten|schreiben|mails)|最终决定|不再回复|不会再(?:回复|审核)|永久",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:new|revised|updated|complete) (?:plan|appeal|version)\b|\byou (?:may|can) (?:send|submit|appeal)\b|\bresubmit\b|重新提交|新的(?:行动)?计划|neuen (?:Maßnahmenplan|Widerspruch)",
    re.IGNORECASE,
)
_INCOMPLETE = re.compile(
    r"\b(?:plan|appeal|submission|letter|explanation)\b[^.!?\n]{0,60}\b(?:incomplete|not complete|is missing|lacks?|lacking|does not (?:contain|include|explain|address)|did not (?:contain|include))\b|"
    r"\b(?:incomplete|not complete)\b[^.!?\n]{0,40}\b(?:plan|appeal|submission)\b|unvollständig|不完整",
    re.IGNORECASE,
)
_RECEIPT = re.compile(
    r"\b(?:received your (?:appeal|plan|submission|message|letter)|will (?:review|get back|reply|respond|answer))\b|我们已收到|haben Ihre\w* .{0,40}erhalten",
    re.IGNORECASE,
)
_IDS: tuple[FactKind, ...] = ("complaint_id", "asin")
_ANSWERS = ("more_info_requested", "appeal_denied", "reinstated")


class Reading(NamedTuple):
    """An answer read by itself: its kind with one sentence why, what it says and asks, what it calls missing."""

    kind: ReplyKind
    reason: str
    enforcement: Enforcement
    facts: tuple[Fact, ...]
    missing: tuple[Missing, ...]


def read_answer(case: Case, notice: Notice) -> Reading:
    """Read a mail as the answer to the letter of `case`; pure, never raises on any text."""
    enforcement, facts = extract(notice)
    stranger = _stranger(case, notice, enforcement, facts)
    if stranger:
        return Reading("unrelated", stranger, enforcement, facts, ())
    missing = missing_things(notice, enforcement)
    kind, reason = _kind(notice, enforcement, missing)
    return Reading(kind, reason, enforcement, facts, missing if kind != "reinstated" else ())


def _kind(notice: Notice, enforcement: Enforcement, missing: tuple[Missing, ...]) -> tuple[ReplyKind, str]:
    text = notice.text[: notice.earlier_from]
    if enforcement.stage == "reinstated":
        return "reinstated", "Amazon has restored the account or listing."
    if enforcement.stage == "appeal_denied":
        final = _FINAL.search(text)
        if final and not missing and not _OPEN.search(text):
            return "final", f"It refuses, asks for nothing more, and closes the matter: “{final[0]}”."
        asks = (
            "It refuses the letter, and names what a new one must contain."
            if missing
            else "It refuses the letter and does not say what is missing."
        )
        return "denied", asks
    short = _INCOMPLETE.search(text)
    if short:
        return "plan_incomplete", f"It calls the letter incomplete: “{' '.join(short[0].split())}”."
    return "more_information", "It asks for more before it decides."


def _stranger(case: Case, notice: Notice, enforcement: Enforcement, facts: tuple[Fact, ...]) -> str:
    """Why this mail is no answer in this case; empty when it is one."""
    if notice.authenticity.verdict == "suspicious":
        return "The mail shows signs of not being Amazon's. Open no link; look in Performance Notifications."
    if _squeezed(notice.text) == _squeezed(case.notice.text):
        return "This is the notice that opened the case, not an answer to a letter."
    if any(e.notice and _squeezed(e.notice.text) == _squeezed(notice.text) for e in answers(case)):
        return "This answer is in the case already."
    if enforcement.stage not in _ANSWERS:
        return _no_answer(notice, enforcement)
    return _elsewhere(case, notice, facts)


def _no_answer(notice: Notice, enforcement: Enforcement) -> str:
    if enforcement.stage != "not_enforcement" and not (_RECEIPT.search(notice.text) and not enforcement.requests):
        return "This is a notice of its own and answers no letter. Open it as a new case with `amends draft`."
    if _RECEIPT.search(notice.text):
        return "It only says that something has arrived or will be looked at; nothing is decided or asked."
    return "It decides nothing and asks for nothing in this case."


def _elsewhere(case: Case, notice: Notice, facts: tuple[Fact, ...]) -> str:
    store, other = case.notice.marketplace, notice.marketplace
    if store and other and store != other:
        return f"It is about {other}, and this case about {store}."
    for kind in _IDS:
        ours = {str(f.value) for f in case.facts if f.kind == kind and f.source == "notice"}
        theirs = {str(f.value) for f in facts if f.kind == kind}
        if ours and theirs and not ours & theirs:
            name = "complaint ID" if kind == "complaint_id" else "ASIN"
            return f"It names the {name} {', '.join(sorted(theirs))}; this case is about {', '.join(sorted(ours))}."
    began, came = notice_date(case.notice), notice_date(notice)
    if began and came and came < began:
        return f"It is of {came.isoformat()}, older than the notice of this case ({began.isoformat()})."
    return ""


def _squeezed(text: str) -> str:
    return " ".join(text.split())
