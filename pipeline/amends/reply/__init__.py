"""Amazon's answer to a letter: what it is, what it says is missing, and what the case is after it.

Rules only. The new version of the letter is drafted by the ordinary stages from the case that `follow` returns.
"""

from __future__ import annotations

from amends.reply.advice import Advice, advice
from amends.reply.escalation import escalation_note
from amends.reply.following import Followed, follow, stands_still
from amends.reply.reading import Reading, read_answer

__all__ = ["Advice", "Followed", "Reading", "advice", "escalation_note", "follow", "read_answer", "stands_still"]
