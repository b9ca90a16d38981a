"""May this be sent? Readiness decided in code, each reason with what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from difflib import SequenceMatcher

from amends.extract.deadline import notice_date
from amends.patterns import Pattern
from amends.schemas import Case, Disagreement, HistoryEntry, Letter, Reason, Verdict
from amends.vocabulary import Cause, RequestedItem, Severity

#: Invoices must be issued within this many days before the notice [V:A18a]; utility bills [V:A21a].
INVOICE_DAYS, BILL_DAYS = 365, 90
#: From this similarity on, a letter counts as the refused one sent again [C:C72].
SAME = 0.9
_SERIOUS: frozenset[Cause] = frozenset({"counterfeit", "forged_documents", "review_manipulation", "fraud_deceptive"})
_PAPERS: dict[RequestedItem, str] = {
    "invoices": r"invoice|receipt|rechnung|发票", "letter_of_authorization": r"letter of authori|\bloa\b|licen[cs]|authori[sz]ation|授权",
    "identity_document": r"passport|identity|\bid\b|licen[cs]e|ausweis|身份证|护照", "utility_bill": r"bill|utility|electric|water|gas|rechnung|账单",
    "bank_statement": r"bank|statement|kontoauszug|银行", "business_license": r"licen[cs]e|regist|incorporation|gewerbe|营业执照|extract",
    "supply_chain_docs": r"supplier|supply|distribut|invoice|contract|delivery|manufactur|maker|供应商", "safety_test_report": r"test|report|laborator|检测",
    "evidence_of_compliance": r"certificat|declaration|conformity|photo|image|label|compliance|data sheet|approval|registration|证|register|contract|screenshot|letter|list",
}  # fmt: skip


def judge(case: Case, patterns: Iterable[Pattern] = ()) -> Verdict:
    """Return the verdict on the case: `do_not_send`, `fix_first` with what to fix, or `send`."""
    chosen = next((p for p in patterns if case.matches and p.id == case.matches[0].pattern_id), None)
    outlook = f"{chosen.outlook.grade}: {chosen.outlook.why}" if chosen else ""
    route = chosen.route if chosen else ""
    stop = _stop(case)
    if stop:
        return Verdict(readiness="do_not_send", reasons=stop, next_step=stop[0].action, outlook=outlook, route=route)
    reasons = tuple(_reasons(case))
    blocking = [r for r in reasons if r.severity == "blocking"]
    if blocking:
        return Verdict(
            readiness="fix_first", reasons=reasons, next_step=blocking[0].action, outlook=outlook, route=route
        )
    step = "Read the letter once more; sign and send it yourself, by the way that the notice names."
    return Verdict(readiness="send", reasons=reasons, next_step=step, outlook=outlook, route=route)


def _stop(case: Case) -> tuple[Reason, ...]:
    """Reasons to send nothing at all."""
    if case.notice.authenticity.verdict == "suspicious":
        return (
            _reason(
                "suspicious",
                "blocking",
                "The mail shows signs of not being Amazon's.",
                case.notice.authenticity.advice
                or "Compare it with Performance Notifications in Seller Central; open no link.",
            ),
        )
    if case.enforcement.answer_kind == "no_reply_needed":
        return (
            _reason(
                "no_reply_needed",
                "blocking",
                case.enforcement.answer_kind_reason or "Nothing is asked of you.",
                "Send nothing. Keep the mail, and look at Account Health.",
            ),
        )
    if case.letter is None:
        return (_reason("no_letter", "blocking", "There is no letter.", "Draft it first."),)
    return ()


def _reasons(case: Case) -> Iterable[Reason]:
    yield from _gaps(case)
    yield from _findings(case)
    yield from _papers(case)
    yield from _dates(case)
    yield from _coverage(case)
    yield from _deadline(case)
    yield from _resubmission(case)
    yield from _notes(case)


def _reason(code: str, severity: Severity, message: str, action: str = "") -> Reason:
    return Reason(code=code, severity=severity, message=message, action=action)


def _gaps(case: Case) -> Iterable[Reason]:
    assert case.letter is not None
    for sentence in case.letter.gaps:
        yield _reason(
            "gap", "blocking", f"Something is missing: {sentence.text}", "Answer the open questions, then draft again."
        )
    shown = " ".join(s.text for s in case.letter.gaps)
    for question in case.questions:
        if question.blocking and question.text not in shown:
            yield _reason("open_question", "blocking", question.text, f"Answer it ({question.id}): {question.why}")


def _findings(case: Case) -> Iterable[Reason]:
    for finding in case.findings:
        if finding.severity == "blocking" and not (finding.sentence or "").startswith("[missing:"):
            where = f" In: “{_short(finding.sentence)}”" if finding.sentence else ""
            yield _reason(
                finding.rule,
                "blocking",
                f"{finding.message}{where}",
                finding.suggestion or "Change this in your facts, then draft again.",
            )


def _papers(case: Case) -> Iterable[Reason]:
    """Documents that the notice asks for and that no entry of the evidence is."""
    held = [
        f"{f.item.document or ''} {f.item.text} {f.item.file or ''} {f.item.proves or ''}"
        for f in case.items("evidence")
        if f.item
    ]
    told = [str(f.value) for f in case.facts if f.source == "seller" and f.kind == "statement"]
    asked = {q.id for q in case.questions}
    for item in case.enforcement.requested:
        pattern = _PAPERS.get(item)
        if pattern is None or any(
            re.search(pattern, text, re.IGNORECASE) for text in (*held, *(told if item == "supply_chain_docs" else ()))
        ):
            continue
        if not any(item in question for question in asked):
            yield _reason(
                f"missing_{item}",
                "blocking",
                f"The notice asks for this, and it is not among your evidence: {item.replace('_', ' ')}.",
                "Add it to `evidence` with its file name, or write in `other_facts` why there is none.",
            )
    yield from _too_old(case)


def _too_old(case: Case) -> Iterable[Reason]:
    on = notice_date(case.notice)
    if on is None:
        return
    for item, days, since in (("invoices", INVOICE_DAYS, on), ("utility_bill", BILL_DAYS, case.today)):
        if item not in case.enforcement.requested:
            continue
        for fact in case.items("evidence"):
            issued = _day(fact.item.date if fact.item else None)
            named = " ".join(dict.fromkeys((fact.item.document or "", fact.item.text))) if fact.item else ""
            if issued and re.search(_PAPERS[item], named, re.IGNORECASE) and issued < since - timedelta(days=days):
                yield _reason(
                    "document_too_old",
                    "blocking",
                    f"“{_short(named.strip())}” is of {issued.isoformat()}: {(since - issued).days} days old, and {days} are allowed.",
                    "Replace it by a newer one, or take it out.",
                )


def _dates(case: Case) -> Iterable[Reason]:
    for fact in case.facts:
        item = fact.item
        if item is None:
            continue
        day = _day(item.date or item.since)
        if day and fact.status == "done" and day > case.today:
            yield _reason(
                "done_in_future",
                "blocking",
                f"“{_short(item.text)}” is told as done, but its day {day.isoformat()} is still to come.",
                "Set its status to planned, or correct the date.",
            )
        if day and fact.status == "planned" and day < case.today:
            yield _reason(
                "plan_overdue",
                "blocking",
                f"“{_short(item.text)}” was planned for {day.isoformat()}, which is past.",
                "Say whether it is done, or give the new date.",
            )


def _coverage(case: Case) -> Iterable[Reason]:
    """Every ASIN that the notice names must be in the letter."""
    assert case.letter is not None
    said = " ".join((case.letter.subject, *(s.text for s in case.letter.sentences)))
    missing = [
        str(f.value) for f in case.facts if f.kind == "asin" and f.source == "notice" and str(f.value) not in said
    ]
    if missing:
        yield _reason(
            "asin_not_covered",
            "blocking",
            f"The notice names {', '.join(missing)}, and the letter does not.",
            "Say what was done about each.",
        )


def _deadline(case: Case) -> Iterable[Reason]:
    deadline = case.enforcement.deadline
    if deadline is None:
        yield _reason(
            "no_deadline", "advice", "The notice prints no deadline.", "Answer soon, but not in haste: tries are few."
        )
    elif deadline.due is None:
        yield _reason(
            "deadline_unknown",
            "advice",
            f"The notice gives {deadline.days:g} days, but the mail carries no date.",
            "Find the day it arrived, and count from there.",
        )
    elif deadline.due < case.today:
        yield _reason(
            "deadline_passed",
            "advice",
            f"The deadline was {deadline.due.isoformat()}, {(case.today - deadline.due).days} days ago.",
            "Send it without delay, and ask Account Health Support whether it is still read.",
        )
    else:
        yield _reason(
            "deadline",
            "advice",
            f"The deadline is {deadline.due.isoformat()}: {(deadline.due - case.today).days} days left.",
            "Send it before.",
        )


def _resubmission(case: Case) -> Iterable[Reason]:
    assert case.letter is not None
    for entry in case.history:
        if entry.what == "sent" and entry.text and not _adds(case, entry) and _alike(case.letter, entry) >= SAME:
            yield _reason(
                "same_as_before",
                "blocking",
                f"This is nearly the letter of {entry.on.isoformat()}, which was refused.",
                "Answer what the refusal names; the same text again counts as noise.",
            )
            return


def _alike(letter: Letter, sent: HistoryEntry) -> float:
    """How much of a letter stood in the one sent, 0..1; without the openings, which tell the days, and without holes."""
    before, now = sent.text, "\n".join(s.text for s in letter.sentences)
    if sent.letter is not None:
        before, now = (
            "\n".join(s.text for part in one.sections if part.key != "opening" for s in part.sentences if not s.gap)
            for one in (sent.letter, letter)
        )
    return SequenceMatcher(None, before, now, autojunk=False).ratio()


def _adds(case: Case, sent: HistoryEntry) -> bool:
    """Whether the seller has told something that the letter sent did not rest on: a supplement, however short."""
    return bool(sent.entries) and any(f.item and f.item not in sent.entries for f in case.facts)


def _notes(case: Case) -> Iterable[Reason]:
    yield from case.checks
    serious = [c for c in case.enforcement.all_causes if c in _SERIOUS]
    if serious:
        yield _reason(
            "serious",
            "advice",
            f"Read this first: {serious[0].replace('_', ' ')} is among the hardest charges. What you admit can be used against you; what you deny is checked.",
            "See a lawyer before you send anything. Write only what you know and can prove.",
        )
    card = case.scorecard
    if card is not None and not card.grammar.checked:
        yield _reason(
            "grammar_not_checked",
            "advice",
            f"Grammar was not checked: {card.grammar.reason}",
            "Run `amends setup`, or have somebody with good English read it.",
        )
    for odd in case.disagreements:
        yield _reason(
            "disagreement",
            "blocking" if _is_sellers(odd, case) else "advice",
            f"Two sources differ on {odd.about}: {odd.one} - {odd.other}.",
            "Find out which is right before you send, and correct your facts where they are wrong.",
        )


def _is_sellers(odd: Disagreement, case: Case) -> bool:
    """Whether one side is the seller's own statement, which he can put right, and nothing was chosen for him."""
    own = tuple(f.origin for f in case.facts if f.source == "seller")
    return not odd.kept and any(side.startswith(own) for side in (odd.one, odd.other)) if own else False


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def _short(text: str | None) -> str:
    text = text or ""
    return text if len(text) <= 90 else f"{text[:87]}…"


__all__ = ["BILL_DAYS", "INVOICE_DAYS", "judge"]
