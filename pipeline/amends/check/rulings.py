"""The rubric's code items asked of a letter, with the user's own words added and the silent rules left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from amends import evaluate
from amends.check.config import Rules
from amends.check.parse import Parsed
from amends.evaluate.lexicon import Entry, Hit, lexicon
from amends.evaluate.view import View
from amends.schemas import Case, Finding, ItemResult, Letter
from amends.vocabulary import SectionKey

#: What has no place in a subject line or a signature either.
_UNFILLED = "placeholder"


def ruled(
    letter: Letter, parsed: Parsed, case: Case, rules: Rules
) -> tuple[tuple[ItemResult, ...], tuple[Finding, ...], int]:
    """Return the answers of the code items, a finding for each fault, and how many findings were left out as silent."""
    items, found = evaluate.rules(letter, case, rules.rubric)
    more = (*_own_findings(letter, case, rules), *_unfilled(parsed))
    kept = tuple(f for f in (*found, *more) if not rules.is_silent(f.rule))
    silenced = len(found) + len(more) - len(kept)
    if not more and not silenced:
        return items, kept, 0
    return tuple(_again(item, kept, rules) for item in items), kept, silenced


def _own_findings(letter: Letter, case: Case, rules: Rules) -> Iterator[Finding]:
    if rules.own_words is None:
        return
    view = View(letter, case)
    hits = rules.own_words.find_in([line.text for line in view.lines], view.exempt)
    for line, of_line in zip(view.lines, hits, strict=True):
        for hit in of_line:
            if _holds(hit.entry, letter, view):
                yield _finding(hit, line.text, line.section.key)


def _holds(entry: Entry, letter: Letter, view: View) -> bool:
    return letter.kind not in entry.except_kinds and not set(entry.except_causes) & set(view.causes)


def _unfilled(parsed: Parsed) -> Iterator[Finding]:
    """Unfilled places in the lines around the letter: "[Your Name]" under it is as bad as a hole in it."""
    for line in parsed.around:
        for hit in lexicon().find(line.text):
            if hit.entry.kind == _UNFILLED:
                yield _finding(hit, line.text, None)


def _finding(hit: Hit, sentence: str, section: SectionKey | None) -> Finding:
    return Finding(
        rule=hit.entry.rule, severity=hit.entry.severity, checker="rubric", message=f"“{hit.text}”: {hit.entry.reason}",
        suggestion=hit.entry.better_move, section=section, sentence=sentence, start=hit.start, end=hit.end,
    )  # fmt: skip


def _again(item: ItemResult, kept: Sequence[Finding], rules: Rules) -> ItemResult:
    """Answer an item of wording anew from the findings that count."""
    wanted = rules.rubric.item(item.id).settings.get("kinds")
    if wanted is None or item.state == "not_checked":
        return item
    own = [f for f in kept if rules.kinds.get(f.rule) in wanted]
    if not own:
        return item.with_(
            state="met", sentence=None, note="0 found, silent rules left out." if item.state == "unmet" else item.note
        )
    worst = min(own, key=lambda f: f.severity != "blocking")
    words = ", ".join(dict.fromkeys(f"“{(f.sentence or '')[f.start : f.end]}”" for f in own))
    return item.with_(
        state="unmet", severity=worst.severity, sentence=worst.sentence, note=f"{len(own)} found: {words}."
    )
