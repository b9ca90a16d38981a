"""The nouns: frozen models that every stage takes and returns, and whose JSON is all the state there is.

A `Case` starts as a notice and gains an enforcement, facts, pattern matches, questions, a letter, findings, a
scorecard and a verdict. Stages never change a case: they return a new one (`case.with_(letter=...)`).
"""

from amends.schemas.base import Frozen
from amends.schemas.case import Case, HistoryEntry, Missing
from amends.schemas.enforcement import CauseFound, Deadline, Disagreement, Enforcement, Requested
from amends.schemas.facts import Fact, Item, Metric, Seller
from amends.schemas.judgement import (
    Criterion,
    Finding,
    GrammarChange,
    GrammarFault,
    GrammarReport,
    ItemResult,
    PromptUse,
    Reason,
    Scorecard,
    Usage,
    Verdict,
)
from amends.schemas.letter import Enclosure, Letter, Section, Sentence
from amends.schemas.notice import Authenticity, Link, Notice, Sign, Span
from amends.schemas.questions import Answer, PatternMatch, Question

__all__ = [
    "Answer",
    "Authenticity",
    "Case",
    "CauseFound",
    "Criterion",
    "Deadline",
    "Disagreement",
    "Enclosure",
    "Enforcement",
    "Fact",
    "Finding",
    "Frozen",
    "GrammarChange",
    "GrammarFault",
    "GrammarReport",
    "HistoryEntry",
    "Item",
    "ItemResult",
    "Letter",
    "Link",
    "Metric",
    "Missing",
    "Notice",
    "PatternMatch",
    "PromptUse",
    "Question",
    "Reason",
    "Requested",
    "Scorecard",
    "Section",
    "Seller",
    "Sentence",
    "Sign",
    "Span",
    "Usage",
    "Verdict",
]
