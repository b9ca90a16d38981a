"""`--fix`: only what changes no meaning. Straight quotes, double blanks, "!!", and the grammar engine's safe corrections.

Figures, ids, files and names are never touched: a change that would alter one of them is not made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amends.check.grammar_memo import GrammarMemo
from amends.check.parse import parse
from amends.check.report import Fix
from amends.schemas import GrammarFault
from amends.verify.atoms import atoms
from amends.vocabulary import AnswerKind

_QUOTES = {"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"'}
_CURLY = re.compile(f"[{''.join(_QUOTES)}]")
_BLANKS = re.compile(r"(?<=\S) {2,}(?=\S)")
_SHOUTS = re.compile(r"!{2,}")
_CONTEXT = re.compile(r"\S*\s?$")


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a text: what stands at `start`:`end` becomes `after`."""

    start: int
    end: int
    after: str
    why: str


def fixed(text: str, kind: AnswerKind | None, grammar: GrammarMemo) -> tuple[str, tuple[Fix, ...]]:
    """Return the letter's text corrected where that is safe, and every change with its line and reason."""
    plain, first = _applied(text, list(_form(text)))
    better, second = _applied(plain, list(_grammar(plain, kind, grammar)))
    return better, _by_line(first, second)


def fixed_word(
    name: str, data: bytes, kind: AnswerKind | None, grammar: GrammarMemo
) -> tuple[bytes, str, tuple[Fix, ...]]:
    """Return a Word file corrected in its runs, so that their form stays, its text, and every change as `fixed` does.

    Rows of tables are left as they are. Raises InputError if the file cannot be opened.
    """
    from amends.check import word

    document = word.opened(name, data)
    fixes: list[list[Fix]] = []
    for find in (_form, lambda text: _grammar(text, kind, grammar)):
        lines = word.lines_of(document)
        text = word.text_of(lines)
        made = [e for e in _apart(list(find(text))) if word.change(lines, e.start, e.end, e.after)]
        fixes.append(list(_listed(text, made[::-1])))
    return word.saved(document), word.text_of(word.lines_of(document)), _by_line(*fixes)


def _by_line(*fixes: Sequence[Fix]) -> tuple[Fix, ...]:
    return tuple(sorted((fix for found in fixes for fix in found), key=lambda f: f.line))


def _form(text: str) -> Iterator[Edit]:
    kept = [(a.start, a.end) for a in atoms(text)]
    for found, after, why in (
        *((m, _QUOTES[m[0]], "straight quotes") for m in _CURLY.finditer(text)),
        *((m, " ", "one blank") for m in _BLANKS.finditer(text)),
        *((m, ".", "no exclamation marks") for m in _SHOUTS.finditer(text)),
    ):
        if not any(start < found.end() and found.start() < end for start, end in kept):
            yield Edit(found.start(), found.end(), after, why)


def _grammar(text: str, kind: AnswerKind | None, grammar: GrammarMemo) -> Iterator[Edit]:
    from amends.grammar import is_safe

    parsed = parse(text, kind)
    by_sentence: dict[str, list[GrammarFault]] = {}
    for fault in grammar.report(parsed.letter).faults:
        if is_safe(fault) and fault not in by_sentence.get(fault.sentence, ()):
            by_sentence.setdefault(fault.sentence, []).append(fault)
    for place in parsed.pieces:
        for fault in by_sentence.get(place.text, ()):
            start, end = place.span(fault.start, fault.end)
            before, after = text[start:end], fault.replacements[0]
            if before == place.text[fault.start : fault.end] and _same_facts(place.text, fault):
                yield Edit(start, end, after, f"grammar.{fault.rule}")


def _same_facts(sentence: str, fault: GrammarFault) -> bool:
    """Whether a correction leaves every figure, date, id, file and name of its sentence as it was."""
    after = sentence[: fault.start] + fault.replacements[0] + sentence[fault.end :]
    return _hard(sentence) == _hard(after)


def _hard(text: str) -> list[tuple[str, str]]:
    return [(a.kind, a.text) for a in atoms(text)]


def _applied(text: str, edits: Sequence[Edit]) -> tuple[str, list[Fix]]:
    made, better = _apart(edits), text
    for edit in made:
        better = better[: edit.start] + edit.after + better[edit.end :]
    return better, list(_listed(text, made[::-1]))


def _apart(edits: Sequence[Edit]) -> list[Edit]:
    """The edits from the end to the start; one that overlaps a later one is left out."""
    made: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, e.end), reverse=True):
        if not made or edit.end <= made[-1].start:
            made.append(edit)
    return made


def _listed(text: str, made: Sequence[Edit]) -> Iterator[Fix]:
    """One line per change; the quotes of a line are told together."""
    quotes: dict[int, list[Edit]] = {}
    for edit in made:
        line = text.count("\n", 0, edit.start) + 1
        if edit.why == "straight quotes":
            quotes.setdefault(line, []).append(edit)
            continue
        begins = edit.start - len(_CONTEXT.search(text[max(0, edit.start - 30) : edit.start].rpartition("\n")[2])[0])  # type: ignore[index]
        before = text[begins : edit.end]
        yield Fix(line=line, before=before, after=text[begins : edit.start] + edit.after, why=edit.why)
    for line, edits in quotes.items():
        before = " ".join(text[e.start : e.end] for e in edits)
        yield Fix(line=line, before=before, after=" ".join(e.after for e in edits), why="straight quotes")
