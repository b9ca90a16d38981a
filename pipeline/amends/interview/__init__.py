"""Which facts does this letter need that no source gives: the fewest questions, and the reading of their answers."""

from __future__ import annotations

from amends.interview.answers import answer_facts, apply_answers
from amends.interview.gaps import questions
from amends.interview.situation import settled

__all__ = ["answer_facts", "apply_answers", "questions", "settled"]
