"""What a case is after an answer: the mail and the letter it answers in the history, its facts and requests in the case."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from amends.extract.deadline import notice_date
from amends.history import ANSWERED, SENT, awaits_answer, last_answer, last_sent, new_entries, with_sent
from amends.reply.compared import compared
from amends.reply.missing import missing_span
from amends.reply.reading import Reading, read_answer
from amends.schemas import Case, Disagreement, Enforcement, Fact, HistoryEntry, Metric, Notice, Requested
from amends.vocabulary import AnswerKind, Cause


class Followed(NamedTuple):
    """The case after an answer, and how the answer was read. For an unrelated mail the case is the one that was given."""

    case: Case
    reading: Reading
    assumed_sent: bool = False


def follow(case: Case, notice: Notice, today: date) -> Followed:
    """Return the case after Amazon's answer `notice`. Its letter is set aside in the history; the next is to be drafted.

    A letter that nobody marked as sent is taken for sent, on the answer's own day where no better one is known. Questions
    and situations are not asked anew here: that is `run.with_facts`.
    """
    reading = read_answer(case, notice)
    if reading.kind == "unrelated":
        return Followed(case, reading)
    on = notice_date(notice) or today
    assumed = case.letter is not None and not awaits_answer(case)
    if assumed:
        case = with_sent(case, on, assumed=True)
    sent = last_sent(case)
    missing = tuple(compared(m, sent.letter if sent else None) for m in reading.missing)
    entry = HistoryEntry(
        on=on, what="answer", text=notice.text, at=notice.received, notice=notice, enforcement=reading.enforcement,
        kind=reading.kind, reason=reading.reason, missing=missing,
    )  # fmt: skip
    facts, odd = _facts(case, reading, notice, on)
    enforcement = _merged(case.enforcement, reading, notice)
    odd = (*odd, *_only_asked(case.enforcement, reading, enforcement))
    case = case.with_(
        today=today, facts=facts, disagreements=(*case.disagreements, *odd), enforcement=enforcement,
        history=(*case.history, entry), letter=None, findings=(), scorecard=None, verdict=None,
    )  # fmt: skip
    return Followed(case, reading._replace(missing=missing), assumed)


def stands_still(case: Case) -> bool:
    """Whether no letter is to be written now: all is well, or the refusal is final and the seller has nothing new."""
    answer = last_answer(case)
    if answer is None or answer.kind not in ("reinstated", "final"):
        return False
    return answer.kind == "reinstated" or not new_entries(case)


def _merged(before: Enforcement, reading: Reading, notice: Notice) -> Enforcement:
    """What is asked now. Causes add up; earlier requests stay, for the new version is complete by itself."""
    now = reading.enforcement
    held = [c for c in before.all_causes if c != "unspecified"]
    causes = tuple(dict.fromkeys((*held, *_named_anew(before, reading, notice)))) or ("unspecified",)
    kind, why = _kind(before, reading)
    known = {r.item for r in now.requests if not r.dispute_only}
    earlier = tuple(r for r in before.requests if r.item not in known)
    return before.with_(
        cause=causes[0], other_causes=causes[1:], causes=(*before.causes, *(c for c in now.causes if c.cause in causes and c.cause not in held)),
        stage=now.stage, stage_evidence=now.stage_evidence, scope=before.scope if before.scope != "unknown" else now.scope,
        answer_kind=kind, answer_kind_reason=why, requests=(*now.requests, *earlier), deadline=now.deadline,
        funds=now.funds if now.funds != "not_mentioned" else before.funds, channel=now.channel if now.channel != "none" else before.channel,
        policies=tuple(dict.fromkeys((*before.policies, *now.policies))),
    )  # fmt: skip


def _named_anew(before: Enforcement, reading: Reading, notice: Notice) -> tuple[Cause, ...]:
    """The causes that the answer names. Where the notice named some, words that only say what to send are none."""
    named = [c for c in reading.enforcement.all_causes if c != "unspecified"]
    start, end = missing_span(notice, reading.enforcement) or (0, 0)
    if before.cause == "unspecified":
        return tuple(named)
    told = {c.cause for c in reading.enforcement.causes if any(not start <= e.start < end for e in c.evidence)}
    return tuple(c for c in named if c in told)


def _only_asked(before: Enforcement, reading: Reading, after: Enforcement) -> tuple[Disagreement, ...]:
    """Causes that only the answer's requests speak of: to be looked at by the seller, not answered unasked."""
    others = [c for c in reading.enforcement.all_causes if c != "unspecified" and c not in after.all_causes]
    names = ", ".join(c.replace("_", " ") for c in before.all_causes)
    return tuple(
        Disagreement(
            about="the cause",
            one=f"{names} in the notice",
            other=f"{c.replace('_', ' ')} in what the answer asks for",
            kept=names,
        )
        for c in others
    )


def _kind(before: Enforcement, reading: Reading) -> tuple[AnswerKind, str]:
    """The answer's own request decides; where it makes none, the kind of before stays."""
    now = reading.enforcement
    if reading.kind == "reinstated":
        return "no_reply_needed", reading.reason
    asked: list[Requested] = [r for r in now.requests if not r.dispute_only]
    nothing_asked = now.answer_kind in ("information_request", "no_reply_needed") or not asked
    if nothing_asked and before.answer_kind != "no_reply_needed":
        return before.answer_kind, f"Amazon's answer makes no other request. {before.answer_kind_reason}".strip()
    return now.answer_kind, now.answer_kind_reason


# --- facts ----------------------------------------------------------------------------------------------------------


def _facts(case: Case, reading: Reading, notice: Notice, on: date) -> tuple[tuple[Fact, ...], tuple[Disagreement, ...]]:
    """The case's facts with the answer's; a metric stated anew replaces the old figure, and a change of it is told."""
    origin = f"Amazon's answer of {on.isoformat()}" + (f", “{notice.subject}”" if notice.subject else "")
    stated = {f.value.name: f.value for f in reading.facts if isinstance(f.value, Metric) and f.value.value is not None}
    kept, odd = [], []
    for fact in case.facts:
        anew = stated.get(fact.value.name) if isinstance(fact.value, Metric) and fact.source == "notice" else None
        if fact.about in (ANSWERED, SENT):
            continue
        if anew is None or anew == fact.value:
            kept.append(fact)
        elif isinstance(fact.value, Metric) and fact.value.value is not None and fact.value.value != anew.value:
            name = anew.name.replace("_", " ")
            odd.append(
                Disagreement(
                    about=name,
                    one=f"{fact.value.value:g} in the notice",
                    other=f"{anew.value:g} in the answer",
                    kept=f"{anew.value:g}",
                )
            )
    there = {(f.kind, str(f.value)) for f in kept if f.source == "notice"}
    new = [f.with_(origin=origin) for f in reading.facts if (f.kind, str(f.value)) not in there]
    number = max((int(f.id[1:]) for f in case.facts), default=0)
    added = [*new, *_days(case, notice, reading, on, origin)]
    return (*kept, *(f.with_(id=f"F{number + n}") for n, f in enumerate(added, 1))), tuple(odd)


def _days(case: Case, notice: Notice, reading: Reading, on: date, origin: str) -> list[Fact]:
    """The days of the letter and of the answer, as far as they are known and not assumed; the second with what it asks."""
    sent, days = last_sent(case), []
    if sent and not sent.assumed:
        days.append(
            Fact(
                id="",
                kind="date",
                value=sent.on.isoformat(),
                source="seller",
                origin="history: letter sent",
                about=SENT,
            )
        )
    span = missing_span(notice, reading.enforcement) or (None, None)
    quote = notice.text[span[0] : span[1]] if span[0] is not None else ""
    day = on.isoformat() if notice_date(notice) else "undated"
    days.append(
        Fact(id="", kind="date", value=day, source="notice", origin=origin, quote=quote, start=span[0], end=span[1], about=ANSWERED)
    )  # fmt: skip
    return days
