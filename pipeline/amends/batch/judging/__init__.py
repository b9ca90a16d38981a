"""How far the rubric's answers can be trusted: code and judges against labelled letters, and what sways a judge."""

from __future__ import annotations

from amends.batch.judging.report import Judge, JudgeReport, measure
from amends.batch.judging.table import as_text

__all__ = ["Judge", "JudgeReport", "as_text", "measure"]
