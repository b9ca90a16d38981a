"""Where a case stands: the letter, the answer, the deadline, the reminder, and what the seller promised for now."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal

from amends.dates import find_dates, long_date
from amends.extract.deadline import notice_date, zone_of
from amends.history import awaits_answer, last_answer, last_sent
from amends.schemas import Case, Frozen, HistoryEntry

#: Business days after sending until the one reminder may go out [V:A1][C:SEED]; public holidays are not known here.
REMINDER_DAYS = 2
#: Business days to wait before anything is added to what was sent [C:C10].
ADDITION_DAYS = 5
_SATURDAY = 5

Standing = Literal["no_letter", "drafted", "sent", "answered", "reinstated"]


class Reminder(Frozen):
    """When asking whether the letter arrived is due: the moment in the store's zone and in the seller's."""

    due: bool
    at_store: datetime
    at_seller: datetime
    rule: str = f"{REMINDER_DAYS} business days after sending, without public holidays, by the store's clock"
    text: str = ""


class Promise(Frozen):
    """A planned step of the letter and its day (None: no day was given)."""

    text: str
    on: date | None
    due: bool


class Status(Frozen):
    """Where the case stands on the day `today`."""

    today: date
    standing: Standing
    summary: str
    sent_on: date | None = None
    sent_assumed: bool = False
    answer_kind: str | None = None
    answered_on: date | None = None
    missing: tuple[str, ...] = ()
    deadline: date | None = None
    deadline_text: str = ""
    days_left: int | None = None
    reminder: Reminder | None = None
    promises: tuple[Promise, ...] = ()
    advice: tuple[str, ...] = ()


def status(case: Case, today: date, zone: tzinfo | None = None) -> Status:
    """Return where the case stands. `zone` is the seller's (None: this machine's)."""
    sent, answer = last_sent(case), last_answer(case)
    standing = _standing(case)
    deadline = case.enforcement.deadline
    due = deadline.due if deadline else None
    return Status(
        today=today, standing=standing, summary=_summary(case, standing), sent_on=sent.on if sent else None,
        sent_assumed=bool(sent and sent.assumed), answer_kind=answer.kind if answer else None, answered_on=answer.on if answer else None,
        missing=tuple(q.text for q in case.questions if q.blocking), deadline=due, deadline_text=deadline.text if deadline else "",
        days_left=(due - today).days if due else None, reminder=_reminder(case, sent, today, zone) if sent and standing == "sent" else None,
        promises=_promises(case, today), advice=_advice(standing, case),
    )  # fmt: skip


def _standing(case: Case) -> Standing:
    answer = last_answer(case)
    if answer and answer.kind == "reinstated":
        return "reinstated"
    if awaits_answer(case):
        return "sent"
    if case.letter is not None:
        return "drafted"
    return "answered" if answer else "no_letter"


def _summary(case: Case, standing: Standing) -> str:
    sent, answer = last_sent(case), last_answer(case)
    if standing == "sent" and sent:
        return f"Letter sent on {sent.on.isoformat()}{' (assumed)' if sent.assumed else ''}; no answer yet."
    if answer and standing in ("answered", "reinstated"):
        return f"Amazon answered on {answer.on.isoformat()}: {(answer.kind or '').replace('_', ' ')}. {answer.reason}"
    if standing == "drafted":
        after = f", after Amazon's answer of {answer.on.isoformat()}" if answer else ""
        ready = case.verdict is not None and case.verdict.readiness == "send"
        return (
            f"A letter is drafted{after} and not yet sent; it {'may be sent' if ready else 'still has faults to fix'}."
        )
    return "There is no letter yet."


# --- the reminder -----------------------------------------------------------------------------------------------------


def reminder_moment(
    sent: HistoryEntry, marketplace: str | None, zone: tzinfo | None, days: int = REMINDER_DAYS
) -> datetime:
    """Return the end of the last of `days` business days after the day of sending, by the store's clock.

    Known by its day only, the letter counts as sent at the end of that day of the seller's. An unknown store counts days
    by the seller's clock. Saturdays and Sundays are no business days anywhere here.
    """
    moment = sent.at if sent.at and sent.at.tzinfo else _end_of(sent.on, zone)
    there = moment.astimezone(zone_of(marketplace) or zone)
    day = (there - timedelta(microseconds=1)).date()
    left = days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return _end_of(day, there.tzinfo)


def _end_of(day: date, zone: tzinfo | None) -> datetime:
    midnight = datetime.combine(day + timedelta(days=1), time())
    return midnight.replace(tzinfo=zone) if zone else midnight.astimezone()


def _reminder(case: Case, sent: HistoryEntry, today: date, zone: tzinfo | None) -> Reminder:
    at_store = reminder_moment(sent, case.notice.marketplace, zone)
    at_seller = at_store.astimezone(zone)
    due = today >= at_seller.date()
    return Reminder(due=due, at_store=at_store, at_seller=at_seller, text=reminder_text(case, sent) if due else "")


def reminder_text(case: Case, sent: HistoryEntry) -> str:
    """One paragraph that asks whether the letter arrived: the day, the ids, nothing else."""
    seller, received = case.seller, notice_date(case.notice)
    who = seller.store or seller.legal_name
    ids = [
        f"{f.kind.replace('_id', ' ID').replace('_', ' ')} {f.value}"
        for f in case.facts
        if f.kind in ("case_id", "complaint_id") and f.source == "notice"
    ]
    ids += [f"merchant token {seller.merchant_token}"] if seller.merchant_token else []
    notice = f" to your notice of {long_date(received)}" if received else ""
    named = f" ({', '.join(dict.fromkeys(ids))})" if ids else ""
    of_store = f" for {who}" if who else ""
    return (
        f"On {long_date(sent.on)} we sent our answer{notice}{of_store}{named}. "
        "We have not received a reply yet. Please tell us whether our answer has arrived."
    )


# --- promises and advice ----------------------------------------------------------------------------------------------


def _promises(case: Case, today: date) -> tuple[Promise, ...]:
    """The planned steps, those whose day has come first."""
    found = []
    for fact in case.facts:
        if fact.status == "planned" and fact.item:
            day = _day(f"{fact.item.date or ''} {fact.item.since or ''} {fact.item.text}", today.year)
            found.append(Promise(text=fact.item.text, on=day, due=day is not None and day <= today))
    return tuple(sorted(found, key=lambda p: (not p.due, p.on or date.max)))


def _day(text: str, year: int) -> date | None:
    return next((day for day, _, _ in find_dates(text, year)), None)


def _advice(standing: Standing, case: Case) -> tuple[str, ...]:
    if standing == "sent":
        return (
            "Amazon speaks of two days; in practice an answer takes days to weeks [V:A1][C:C10].",
            'Look at Account Health and "View Appeal" once a day. One mail may ask whether the letter arrived; send no second one [C:SEED].',
            f"Add nothing to the letter for at least {ADDITION_DAYS} business days [C:C10].",
            "Meanwhile carry out the promised steps, ship the open orders, and keep proof of each [V:N1][C:SEED].",
        )
    if standing == "drafted" and case.verdict and case.verdict.readiness != "send":
        return (case.verdict.next_step,)
    if standing == "drafted":
        return ("Send the letter yourself, then tell amends the day: `amends status CASE.json --sent`.",)
    if standing == "answered":
        return (
            "Answer the open questions with `amends ask CASE.json`, then `amends draft case --case CASE.json --facts facts.yaml`.",
        )
    if standing == "reinstated":
        return ("Send nothing more. Carry out every promised step on its day and keep proof of each.",)
    return ()


def as_text(found: Status, *, store: str | None = None) -> str:
    """The status for a person."""
    lines = [found.summary]
    if found.days_left is not None and found.deadline and found.standing not in ("sent", "reinstated"):
        left = f"{found.days_left} days left" if found.days_left >= 0 else f"over since {-found.days_left} days"
        lines.append(f"Answer due: {found.deadline.isoformat()}, {left}.")
    elif found.deadline and found.standing == "sent" and found.sent_on:
        lines.append(
            f"Deadline {found.deadline.isoformat()}: the letter was sent {'in time' if found.sent_on <= found.deadline else 'after it'}."
        )
    elif found.standing in ("drafted", "answered", "no_letter"):
        lines.append("Answer due: no deadline known; answer soon.")
    if found.reminder:
        lines += _reminder_lines(found.reminder, store)
    for title, points in (
        ("Promised, and due now:", [_promised(p) for p in found.promises if p.due]),
        ("Promised, still to come:", [_promised(p) for p in found.promises if not p.due]),
        ("Still missing:", list(found.missing)),
        ("What to do:", list(found.advice)),
    ):
        lines += ["", title, *(f"  - {p}" for p in points)] if points else []
    return "\n".join(lines)


def _promised(promise: Promise) -> str:
    return f"{promise.on.isoformat() if promise.on else 'no day given'}: {promise.text}"


def _reminder_lines(reminder: Reminder, store: str | None) -> list[str]:
    there, here = (f"{m:%a} {m.date().isoformat()} {m:%H:%M}" for m in (reminder.at_store, reminder.at_seller))
    lines = [
        f"Reminder {'due from' if reminder.due else 'not before'} {there} in the time of {store or 'your place'} = {here} ({reminder.at_seller.tzname()}) with you.",
        f"  ({reminder.rule})",
    ]
    return [*lines, "", reminder.text] if reminder.text else lines
