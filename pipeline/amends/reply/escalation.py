"""The note that goes with a new letter to an executive address: who, the case so far, what is new; nothing else.

Short and free of blame and threats, since a weak note closes doors [C:C15b,C15d]; its present effect is not verified [U].
"""

from __future__ import annotations

from amends.dates import long_date
from amends.extract.deadline import notice_date
from amends.history import answers, last_answer, new_entries, sent_letters
from amends.schemas import Case, HistoryEntry

#: Lines of the history at most; older ones are left out and counted.
_MOST_LINES = 5


def escalation_note(case: Case) -> str | None:
    """Return the note, or None unless the refusal is final, the seller has something new, and a letter is drafted.

    Every line is a date, an id or an entry of the seller's as he wrote it.
    """
    answer = last_answer(case)
    new = [f.item.text for f in new_entries(case) if f.item]
    if answer is None or answer.kind != "final" or not new or case.letter is None:
        return None
    lines = [
        f"Subject: {_who(case)}: new facts after your decision of {long_date(answer.on)}",
        "",
        "The case so far:",
        *(f"- {line}" for line in _history(case)),
        "",
        "What was not before you when you decided:",
        *(f"- {text.rstrip('.')}." for text in new),
        "",
        "The enclosed letter contains these points and everything that you asked for before. Please have it reviewed.",
        "",
        *filter(None, (case.seller.signatory, case.seller.legal_name, case.seller.store)),
    ]
    return "\n".join(lines)


def _who(case: Case) -> str:
    name = case.seller.store or case.seller.legal_name or "Our selling account"
    return f"{name} ({case.seller.merchant_token})" if case.seller.merchant_token else name


def _history(case: Case) -> list[str]:
    """One line for the notice, each letter and each answer, oldest first; the first and the newest where they are many."""
    received = notice_date(case.notice)
    events = sorted((*sent_letters(case), *answers(case)), key=lambda e: e.on)
    lines = [f"{long_date(e.on)}: {_event(e)}" for e in events]
    first = [f"{long_date(received)}: your notice."] if received else []
    room = _MOST_LINES - len(first)
    if len(lines) > room:
        left = len(lines) - room + 1
        lines = [f"{left} letters and answers between.", *lines[left:]]
    return [*first, *lines]


def _event(entry: HistoryEntry) -> str:
    if entry.what == "sent":
        return "our letter."
    return {
        "more_information": "your request for more information.", "plan_incomplete": "your answer that the plan is incomplete.",
        "denied": "your refusal.", "final": "your decision that the matter is closed.",
    }.get(entry.kind or "", "your answer.")  # fmt: skip
