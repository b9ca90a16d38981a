"""From findings, which know their sentence, to marks, which know their line and column."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from amends.check.config import Rules
from amends.check.parse import Parsed
from amends.check.pieces import Piece
from amends.check.report import Mark
from amends.render.wording import source_words
from amends.schemas import Finding

if TYPE_CHECKING:
    from amends.check.facts import Rewrite

_OF_CHECKER = {"grammar": "LanguageTool", "lock": "your facts", "judge": "the judge model"}


class Places:
    """Finds the place of a finding; findings of the same words in a repeated sentence go to its repetitions in turn."""

    def __init__(self, parsed: Parsed) -> None:
        self._text = parsed.text
        self._lines = [0, *(m.end() for m in re.finditer("\n", parsed.text))]
        self._pieces: dict[str, list[Piece]] = {}
        for piece in (*parsed.pieces, *parsed.around):
            self._pieces.setdefault(piece.text, []).append(piece)
        self._used: dict[tuple[str, str, int | None], int] = {}

    def span(self, finding: Finding) -> tuple[int, int] | None:
        """Return the range of the source that a finding marks: its words, else its sentence; None if it names neither."""
        pieces = self._pieces.get(finding.sentence or "")
        if not pieces:
            return None
        key = (finding.rule, finding.sentence or "", finding.start)
        turn = self._used.get(key, 0)
        self._used[key] = turn + 1
        piece = pieces[min(turn, len(pieces) - 1)]
        if finding.start is None or finding.end is None or finding.start < 0:
            return piece.span(0, len(piece.text))
        return piece.span(finding.start, finding.end)

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, both from 1."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1


def marks(
    findings: Sequence[Finding], parsed: Parsed, rules: Rules, rewrites: Mapping[int, Rewrite]
) -> tuple[Mark, ...]:
    """Return a mark for each finding, in the order of the letter; those about the whole letter come first.

    `rewrites`: for the finding of that number, the sentence that can stand there instead and the facts it rests on.
    """
    places = Places(parsed)
    found = [
        _mark(finding, places, _source(finding, rules), parsed.text, rewrites.get(n))
        for n, finding in enumerate(findings)
    ]
    return tuple(sorted(found, key=lambda m: (m.start if m.start is not None else -1, m.severity != "blocking")))


def _mark(finding: Finding, places: Places, source: str, text: str, rewrite: Rewrite | None) -> Mark:
    span = places.span(finding)
    where: dict[str, int] = {}
    if span:
        (line, column), (end_line, end_column) = places.position(span[0]), places.position(span[1])
        where = {
            "line": line,
            "column": column,
            "end_line": end_line,
            "end_column": end_column,
            "start": span[0],
            "end": span[1],
        }
    return Mark(
        rule=finding.rule, severity=finding.severity, checker=finding.checker, message=finding.message, suggestion=finding.suggestion,
        source=source, section=finding.section, words=_words(text[slice(*span)]) if span else "",
        rewrite=rewrite.text if rewrite else None, fact_ids=(rewrite.fact_id,) if rewrite else (), other_entry=rewrite is not None and rewrite.other, **where,
    )  # fmt: skip


def _words(marked: str) -> str:
    """The marked words on one line, without Markdown's marks."""
    return " ".join(marked.replace("**", "").replace("`", "").split())


def _source(finding: Finding, rules: Rules) -> str:
    """On whose word the rule of a finding rests."""
    mark = rules.sources.get(finding.rule) or rules.sources.get(finding.rule.partition(".")[2], "")
    words = "your own rule" if mark == "[own]" else source_words(mark)
    return words or _OF_CHECKER.get(finding.checker, "our advice")
