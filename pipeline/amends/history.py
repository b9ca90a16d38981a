"""What was sent and what Amazon answered: read from, and written into, a case's history."""

from __future__ import annotations

from datetime import date, datetime

from amends.schemas import Case, Fact, HistoryEntry

#: `about` of the two facts that carry the correspondence into the letter: Amazon's answer, and the letter it answers.
ANSWERED, SENT = "amazons_answer", "letter_sent"


def sent_letters(case: Case) -> tuple[HistoryEntry, ...]:
    """The letters that were sent, oldest first."""
    return tuple(e for e in case.history if e.what == "sent")


def answers(case: Case) -> tuple[HistoryEntry, ...]:
    """Amazon's answers, oldest first."""
    return tuple(e for e in case.history if e.what == "answer")


def last_sent(case: Case) -> HistoryEntry | None:
    """The letter that was sent last."""
    return next(iter(sent_letters(case)[::-1]), None)


def last_answer(case: Case) -> HistoryEntry | None:
    """Amazon's last answer."""
    return next(iter(answers(case)[::-1]), None)


def awaits_answer(case: Case) -> bool:
    """Whether the last letter sent has no answer yet."""
    last = next((e for e in reversed(case.history) if e.what in ("sent", "answer")), None)
    return last is not None and last.what == "sent"


def letter_text(case: Case) -> str:
    """The current letter's sentences, one a line, as they are compared with those sent before; empty without a letter."""
    return "\n".join(s.text for s in case.letter.sentences) if case.letter else ""


def with_sent(case: Case, on: date, at: datetime | None = None, *, assumed: bool = False) -> Case:
    """Return the case with its current letter as sent on the day `on`.

    The same letter told again, while no answer has come, only corrects the day. A case without a letter is returned as it is.
    """
    if case.letter is None:
        return case
    entry = HistoryEntry(
        on=on, what="sent", text=letter_text(case), at=at, assumed=assumed, letter=case.letter,
        entries=tuple(f.item for f in case.facts if f.item),
    )  # fmt: skip
    last = last_sent(case)
    again = last is not None and awaits_answer(case) and last.text == entry.text
    return case.with_(history=(*(e for e in case.history if not (again and e is last)), entry))


def new_entries(case: Case) -> tuple[Fact, ...]:
    """The seller's entries that are not, or not in this form, among those of the last letter sent; none without one."""
    sent = last_sent(case)
    if sent is None:
        return ()
    return tuple(f for f in case.facts if f.item and f.item not in sent.entries)


def is_completed(fact: Fact, case: Case) -> bool:
    """Whether an entry is an old one to which particulars were added: its text stood in the last letter's entries."""
    sent = last_sent(case)
    return sent is not None and fact.item is not None and any(fact.item.text == e.text for e in sent.entries)
