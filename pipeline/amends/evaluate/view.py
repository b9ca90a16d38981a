"""A letter as the rules see it: its lines, which part each belongs to, and the words found in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from amends.evaluate.headings import PLAN, POINT_MARK, Part
from amends.evaluate.lexicon import Hit, lexicon
from amends.evaluate.parting import OF_KEY, has_build, parts_of
from amends.evaluate.phrases import lowered, straight
from amends.evaluate.rubric import pattern, rubric
from amends.regex import regex
from amends.schemas import Case, Fact, Letter, Section, Sentence
from amends.vocabulary import Cause, ItemState, Role, Severity

_OF_ROLE: dict[Role, Part] = {
    "what_happened": "root",
    "why": "root",
    "done": "done",
    "in_force": "measure",
    "planned": "measure",
    "attached": "attached",
    "request": "request",
}
_GOES_ON = re.compile(
    r"(?:when|if|above|below|the (?:limit|deputy|result|record|list|alarm|owner)|it|this|that|he|she|they|then|every|"
    r"each|a record|since then|only|until|otherwise|no)\b",
    re.IGNORECASE,
)
_BEGINS_ANEW = re.compile(
    r"(?:(?:since|from|as of|starting|seit|ab)\b|自|[\w -]{3,24}:)",
    re.IGNORECASE,
)
_MARKED = regex(POINT_MARK)
_KEY = regex(
    r"\W*(?P<key>what|who|when|where|how often|how many|rhythm|frequency|owner|responsible|deputy|limit|threshold|reaction|tool|with|record|since|start|date|step|action|scope|"
    r"was|wer|wann|wie oft|grenze|seit|zuständig|werkzeug|beginn)\s?:"
)
_HEAD_WORDS = 6
_PAPER = regex(r"\W*(?:\d{1,2}\b|[a-h][.):-]|enclosures?|annex|files?|attachments?|exhibit|documents?|anlage|附件)")
_QUOTED = re.compile(r'"([^"\n]{6,400})"')


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One sentence (`low`: in small letters, same offsets), where it stands, and which part of a plan it is."""

    text: str
    low: str
    section: Section
    sentence: Sentence
    part: Part


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one sentence, or with the letter if `line` is None. `severity` None: the item's own."""

    message: str
    suggestion: str = ""
    line: Line | None = None
    start: int | None = None
    end: int | None = None
    severity: Severity | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to one item: `note` holds the arithmetic or the reason, `line` the sentence that decides."""

    state: ItemState
    note: str
    line: Line | None = None
    faults: tuple[Fault, ...] = ()


def met(note: str, line: Line | None = None) -> Outcome:
    """Return the answer yes."""
    return Outcome("met", note, line)


def not_checked(reason: str) -> Outcome:
    """Return that the item could not be decided, and why."""
    return Outcome("not_checked", reason)


def judged(faults: Sequence[Fault], note: str, line: Line | None = None) -> Outcome:
    """Return yes if there is no fault, else no with the sentence of the first fault."""
    if not faults:
        return met(note, line)
    return Outcome("unmet", note, next((f.line for f in faults if f.line), None), tuple(faults))


def at(line: Line, words: str, message: str, better: str, *, advice: bool = False, sure: bool = False) -> Fault:
    """Return a fault at `words`, which were taken from the line's own text. `sure`: blocking, whatever the letter is."""
    start = max(0, line.text.find(words))
    severity: Severity | None = "blocking" if sure else "advice" if advice else None
    return Fault(message, better, line, start, start + len(words), severity)


class View:
    """A letter and its case, with everything that several rules ask of them worked out once."""

    def __init__(self, letter: Letter, case: Case) -> None:
        self.letter = letter
        self.case = case
        self.facts: dict[str, Fact] = {f.id: f for f in case.facts}
        self.bare = all(s.role == "frame" for s in letter.sentences)
        parting = parts_of(letter) if self.bare else None
        self.titled: frozenset[Part] = parting.titled if parting else frozenset(PLAN)
        told = iter(parting.parts) if parting else None
        self.lines = tuple(
            self._line(section, s, next(told) if told else None)
            for section in letter.sections
            for s in section.sentences
        )

    @cached_property
    def _under(self) -> dict[int, Cause]:
        """Line -> the cause that a short line above it names ("B. Late shipment rate"), in bare letters on several."""
        found: dict[int, Cause] = {}
        current: Cause | None = None
        for line in self.lines if self.bare and len(self.causes) > 1 else ():
            if len(line.text.split()) <= _HEAD_WORDS and not line.text.rstrip().endswith((".", "。")):
                terms = rubric().cause_terms
                current = next((c for c in self.causes if pattern(terms[c]).search(line.low)), current)
            if current:
                found[id(line)] = current
        return found

    def _line(self, section: Section, sentence: Sentence, told: Part | None) -> Line:
        part: Part = told or _OF_ROLE.get(sentence.role, "other")
        if not told and sentence.role == "planned" and section.key in OF_KEY:
            part = OF_KEY[section.key]
        elif not told and section.key == "opening":
            part = "other"
        return Line(sentence.text, lowered(sentence.text), section, sentence, part)

    @property
    def english(self) -> bool:
        """Whether the letter is in English; rules that need its grammar are not asked of others."""
        return self.letter.language.startswith("en")

    @property
    def structured(self) -> bool:
        """Whether the parts of the letter can be told apart, by roles or by sections."""
        return not self.bare or any(line.part not in ("other", "request") for line in self.lines)

    @property
    def sure_of_parts(self) -> bool:
        """Whether headings, or roles, tell the parts apart: at least two of the plan's; else a part may only be unseen."""
        return len(self.titled) > 1

    def of(self, *parts: Part) -> tuple[Line, ...]:
        """The lines of these parts; a gap is no line, for it says nothing."""
        return tuple(line for line in self.lines if line.part in parts and not line.sentence.gap)

    def unknown(self, *parts: Part) -> Outcome | None:
        """Return why rules on these parts cannot be asked, None if they can."""
        if not self.english:
            return not_checked(f"This rule reads English; the letter is in {self.letter.language!r}.")
        if not self.structured:
            return not_checked("The parts of the letter could not be told apart (no roles, no headings known).")
        missing = [p for p in parts if not self.of(p)]
        return not_checked(f"The letter has no {_NAMES[missing[0]]}; see three_questions.") if missing else None

    def perhaps(self, part: Part) -> bool:
        """Whether a part of the plan may only be unseen in somebody else's letter: some sentence has its build."""
        return self.bare and any(has_build(part, line.low) for line in self.lines if line.part != "request")

    def groups(self, part: Part) -> tuple[tuple[Line, ...], ...]:
        """The lines of a part, those that speak of one action or measure together."""
        groups: list[list[Line]] = []
        for line in self.of(part):
            key = key_of(line)
            if key and groups and line.section is groups[-1][-1].section and key_of(groups[-1][0]):
                if key in map(key_of, groups[-1]):
                    groups.append([line])
                else:
                    groups[-1].append(line)
            elif groups and _belongs(line, groups[-1][-1], part, bare=self.bare):
                groups[-1].append(line)
            else:
                groups.append([line])
        return tuple(map(tuple, groups))

    def root_blocks(self) -> tuple[tuple[Line, ...], ...]:
        """The root-cause lines, section by section."""
        blocks: dict[int, list[Line]] = {}
        for line in self.of("root"):
            blocks.setdefault(id(line.section), []).append(line)
        return tuple(map(tuple, blocks.values()))

    def heads(self, line: Line) -> str:
        """The words that stand over a line and hold for it: its section's title and its leading sentence."""
        lead = line.section.sentences[0]
        return f"{line.section.title} {lead.text}" if lead.text.rstrip().endswith(":") else line.section.title

    def cause_of(self, line: Line) -> Cause | None:
        """The cause that a line speaks of, by its section or its facts; None if neither tells."""
        if line.section.cause:
            return line.section.cause
        items = (self.facts[f].item for f in line.sentence.fact_ids if f in self.facts)
        return next((i.cause for i in items if i and i.cause), None)

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """The causes that the notice names; empty if none is known."""
        return tuple(c for c in dict.fromkeys(self.case.enforcement.all_causes) if c != "unspecified")

    def speaks_of(self, line: Line, cause: Cause) -> bool:
        """Whether a line belongs to `cause`: by label, as the only cause there is, or by its words."""
        label = self.cause_of(line) or self._under.get(id(line))
        if label or self.causes == (cause,):
            return label in (cause, None)
        return pattern(rubric().cause_terms[cause]).search(f"{line.section.title.lower()} {line.low}") is not None

    @cached_property
    def text(self) -> str:
        """The body as plain text, without gaps, straight quotes."""
        return straight("\n".join(line.text for line in self.lines if not line.sentence.gap))

    @cached_property
    def words(self) -> int:
        """Words of titles and body."""
        titles = " ".join(s.title for s in self.letter.sections)
        return len(titles.split()) + sum(len(line.text.split()) for line in self.lines)

    @cached_property
    def exempt(self) -> tuple[str, ...]:
        """Words that the letter puts in quotation marks and that the notice says, and the names of policies."""
        notice = " ".join(lowered(self.case.notice.text).split())
        quoted = {
            q for q in _QUOTED.findall(straight(self.text)) if " ".join(lowered(q).strip(" .,").split()) in notice
        }
        return (*quoted, *self.case.enforcement.policies) if notice else ()

    @cached_property
    def hits(self) -> tuple[tuple[Line, Hit], ...]:
        """What the lexicon finds, entries that do not hold for this kind of letter or cause left out."""
        return self.hits_allowing({})

    def hits_allowing(self, allowed: Mapping[str, int]) -> tuple[tuple[Line, Hit], ...]:
        """The same, with another number of hits that are no fault for the kinds of wording in `allowed`."""
        found = lexicon().find_in([line.text for line in self.lines], self.exempt, allowed)
        pairs = ((line, hit) for line, hits in zip(self.lines, found, strict=True) for hit in hits)
        return tuple(
            (line, hit) for line, hit in pairs if self._holds(hit) and not (hit.entry.family and _lists_papers(line))
        )

    def _holds(self, hit: Hit) -> bool:
        excused = self.letter.kind in hit.entry.except_kinds
        return not excused and not set(hit.entry.except_causes) & set(self.causes)


def key_of(line: Line) -> str | None:
    """Return the key of a line of a form ("who", "how often"), None for a sentence."""
    found = _KEY.match(line.low)
    return found["key"] if found else None


def _lists_papers(line: Line) -> bool:
    """Whether a line names a paper in a list of them: a police report in it is no threat."""
    listed = line.part == "attached" or line.section.key in ("enclosures", "documents")
    return listed and (_PAPER.match(line.low) is not None or ";" in line.text)


def _belongs(line: Line, before: Line, part: Part, *, bare: bool) -> bool:
    if line.section is not before.section:
        return False
    if _MARKED.match(line.text):
        return False
    if line.section.bullets and line.sentence.continues:
        return True
    if line.sentence.fact_ids and before.sentence.fact_ids:
        return bool(set(line.sentence.fact_ids) & set(before.sentence.fact_ids))
    if bare and part == "measure" and not line.section.bullets:
        return _BEGINS_ANEW.match(line.text) is None
    return part == "measure" and not line.section.bullets and _GOES_ON.match(line.text) is not None


_NAMES: dict[Part, str] = {
    "root": "root cause",
    "done": "corrective action",
    "measure": "preventive measure",
    "attached": "enclosure",
    "request": "request",
    "other": "text",
}
