"""One row per sample: what was right, wrong and not checked. Frozen, and one line of JSON each."""

from __future__ import annotations

import re
from datetime import date

from amends import render
from amends.batch.labels import Expected
from amends.schemas import Case, Frozen, Scorecard, Usage
from amends.scoring import FACT_KINDS, NoticeScore, score_notice
from amends.vocabulary import Readiness


class Counts(Frozen):
    """How many items of the rubric were met, unmet, and not checked; `blocking` counts those unmet that block."""

    met: int = 0
    unmet: int = 0
    not_checked: int = 0
    blocking: int = 0


class Tried(Frozen):
    """What every row has. `error` is a crash, `failure` a model that gave up; a row with either is not all right."""

    name: str
    seconds: float = 0.0
    read: NoticeScore | None = None
    error: str | None = None

    @property
    def failed(self) -> bool:
        """Whether the sample crashed, or its model failed for good."""
        return self.error is not None

    def right(self, field: str) -> bool | None:
        """Whether a field of the notice was read rightly; None if it was not scored."""
        return self.read.fields.get(field) if self.read else None

    @property
    def facts(self) -> tuple[int, int, int] | None:
        """Ids and figures of the notice: right, wrong (found, not in the label), missing; None if not scored."""
        if self.read is None or not any(kind in self.read.sets for kind in FACT_KINDS):
            return None
        tallies = [tally for kind, tally in self.read.sets.items() if kind in FACT_KINDS]
        return sum(t.right for t in tallies), sum(len(t.extra) for t in tallies), sum(len(t.missed) for t in tallies)


class NoticeRow(Tried):
    """A labelled notice that was read."""


class CaseRow(Tried):
    """A case that went through all stages.

    None means "not checked", or "not in the label" for `verdict_expected` and `gaps_expected`. `seconds` are wall
    time beside the other cases of the batch.
    """

    today: date | None = None
    verdict: Readiness | None = None
    verdict_expected: Readiness | None = None
    blocking: tuple[str, ...] = ()
    letter: bool = False
    words: int = 0
    lock_breaches: int | None = None
    rubric: Counts | None = None
    unmet: tuple[str, ...] = ()
    score: float | None = None
    must_say_missing: tuple[str, ...] = ()
    must_not_say_found: tuple[str, ...] = ()
    gaps: int = 0
    gaps_expected: bool | None = None
    grammar: float | None = None
    grammar_note: str = ""
    rounds: int = 0
    usage: Usage = Usage()

    @property
    def failed(self) -> bool:
        """Whether the case crashed, or its model failed for good."""
        return self.error is not None or self.usage.failure is not None

    @property
    def verdict_right(self) -> bool | None:
        """Whether the verdict is the label's; None if the label has none or the case did not come so far."""
        return self.verdict == self.verdict_expected if self.verdict and self.verdict_expected else None

    @property
    def gaps_right(self) -> bool | None:
        """Whether the letter shows a gap exactly where the label says that facts are missing; None if not labelled."""
        return (self.gaps > 0) == self.gaps_expected if self.letter and self.gaps_expected is not None else None

    @property
    def tokens(self) -> int:
        """Tokens in and out."""
        return self.usage.input_tokens + self.usage.output_tokens


def case_row(name: str, case: Case, expected: Expected, seconds: float) -> CaseRow:
    """Reduce a case after its last stage to its row."""
    card = case.scorecard or Scorecard()
    verdict = case.verdict
    text = render.plain(case)
    items = [item for criterion in card.criteria for item in criterion.items]
    unmet = [item for item in items if item.state == "unmet"]
    checked = case.letter is not None
    return CaseRow(
        name=name,
        seconds=round(seconds, 3),
        read=read_score(case, expected),
        today=case.today,
        verdict=verdict.readiness if verdict else None,
        verdict_expected=expected.verdict,
        blocking=tuple(r.code for r in verdict.reasons if r.severity == "blocking") if verdict else (),
        letter=checked,
        words=len(text.split()),
        lock_breaches=card.lock_breaches if checked else None,
        rubric=Counts(
            met=sum(i.state == "met" for i in items),
            unmet=len(unmet),
            not_checked=sum(i.state == "not_checked" for i in items),
            blocking=sum(i.severity == "blocking" for i in unmet),
        ) if checked else None,
        unmet=tuple(i.id for i in unmet),
        score=card.score,
        must_say_missing=tuple(p for p in expected.must_say if not says(text, p, whole=True)),
        must_not_say_found=tuple(p for p in expected.must_not_say if says(text, p)),
        gaps=len(case.letter.gaps) if case.letter else 0,
        gaps_expected=bool(expected.gaps) if expected.gaps is not None else None,
        grammar=card.grammar.per_100_words if checked else None,
        grammar_note=card.grammar.reason if checked else "there is no letter.",
        rounds=card.rounds,
        usage=card.usage,
    )  # fmt: skip


def read_score(case: Case, expected: Expected) -> NoticeScore:
    """Compare what was read in the notice with the label; what the seller says is not scored."""
    own = [f for f in case.facts if f.source == "notice"]
    return score_notice(expected.label, case.enforcement, case.notice, own)


def says(text: str, phrase: str, *, whole: bool = False) -> bool:
    """Whether `text` holds `phrase`, whatever its case and line breaks; never inside a longer word, number or id.

    `whole=False` also takes longer words that begin with it: a letter must say neither `storm` nor `storms`.
    """
    words = r"\s+".join(re.escape(word) for word in _plain(phrase).split())
    before = r"(?<![a-z0-9])(?<!\d[.,])" if phrase[:1].isascii() else ""
    after = r"(?![a-z0-9])(?![.,]\d)" if phrase[-1:].isascii() and (whole or phrase[-1:].isdigit()) else ""
    return re.search(before + words + after, _plain(text)) is not None


def _plain(text: str) -> str:
    return text.casefold().replace("’", "'").replace("\u00a0", " ")
