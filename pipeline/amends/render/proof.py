"""What the review page shows beside each sentence: its facts, their sources, and what was found wrong with it."""

from __future__ import annotations

import re

from amends.render.plain import enclosure_number, sections_with_enclosures, shown
from amends.render.wording import ROLES, STATUSES, fact_value, findings_on, words
from amends.schemas import Case, Fact, Finding, Frozen, GrammarFault, Letter, Notice, Section, Sentence, Span

_GAP = re.compile(r"(\[missing:[^\]]*\]?)")
#: A longer notice is cut on the page only; the case keeps all of it. Characters.
NOTICE_LIMIT = 40_000


class Piece(Frozen):
    """A stretch of text, and what it is: a gap, or a part of the notice that something rests on."""

    text: str
    label: str = ""


class ProofFact(Frozen):
    """One fact as the proof panel shows it; `known` is False for an id that no fact of the case has."""

    id: str
    known: bool = True
    kind: str = ""
    value: str = ""
    status: str = ""
    source: str = ""
    origin: str = ""
    quote: str = ""


class Proof(Frozen):
    """One sentence of the letter with all that stands behind it. `anchor` is its number in reading order."""

    anchor: int
    text: str
    pieces: tuple[Piece, ...]
    role: str
    section: str
    written_by: str
    gap: bool
    number: int | None
    facts: tuple[ProofFact, ...]
    findings: tuple[Finding, ...]
    grammar: tuple[GrammarFault, ...]

    @property
    def state(self) -> str:
        """`gap`, `fault`, `advice`, `proven` or `frame`: the worst that is true of the sentence."""
        if self.gap:
            return "gap"
        if any(f.severity == "blocking" for f in self.findings) or not all(f.known for f in self.facts):
            return "fault"
        if self.findings or self.grammar:
            return "advice"
        return "proven" if self.facts else "frame"


class ProofSection(Frozen):
    """A section of the letter as the page lays it out."""

    title: str
    listed: bool
    numbered: bool
    points: tuple[tuple[Proof, ...], ...]

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """All sentences of the section, in order."""
        return tuple(p for point in self.points for p in point)


def proof_sections(case: Case, letter: Letter) -> tuple[ProofSection, ...]:
    """Return the letter's sections, each sentence with its proof, numbered through from 1."""
    laid_out: list[ProofSection] = []
    first = 1
    for section in sections_with_enclosures(letter):
        proofs = tuple(_proof(case, letter, section, s, first, n) for n, s in enumerate(section.sentences))
        numbered = section.key == "enclosures"
        listed = section.bullets or numbered
        sizes = [1] * len(proofs) if numbered else [len(point) for point in section.points]
        points = tuple(proofs[sum(sizes[:n]) : sum(sizes[: n + 1])] for n in range(len(sizes)))
        laid_out.append(ProofSection(title=section.title, listed=listed, numbered=numbered, points=points))
        first += len(proofs)
    return tuple(laid_out)


def _proof(case: Case, letter: Letter, section: Section, sentence: Sentence, first: int, index: int) -> Proof:
    grammar = case.scorecard.grammar.faults if case.scorecard else ()
    return Proof(
        anchor=first + index,
        text=shown(sentence),
        pieces=gap_pieces(shown(sentence)),
        role=ROLES[sentence.role],
        section=section.title or words(section.key).capitalize(),
        written_by=section.written_by,
        gap=sentence.gap or "[missing:" in sentence.text,
        number=enclosure_number(letter, sentence, index + 1) if section.key == "enclosures" else None,
        facts=tuple(_proof_fact(case, fact_id) for fact_id in sentence.fact_ids),
        findings=findings_on(case, sentence),
        grammar=tuple(g for g in grammar if g.sentence == sentence.text),
    )


def gap_pieces(text: str) -> tuple[Piece, ...]:
    """Return `text` cut at its gaps."""
    return tuple(Piece(text=p, label="gap" if p.startswith("[missing:") else "") for p in _GAP.split(text) if p)


def _proof_fact(case: Case, fact_id: str) -> ProofFact:
    try:
        return shown_fact(case.fact(fact_id))
    except KeyError:
        return ProofFact(id=fact_id, known=False)


def shown_fact(fact: Fact) -> ProofFact:
    """Return a fact in words."""
    return ProofFact(
        id=fact.id,
        kind=words(fact.kind),
        value=fact_value(fact),
        status=STATUSES[fact.status] if fact.status else "",
        source=fact.source,
        origin=fact.origin,
        quote=fact.quote,
    )


def notice_pieces(case: Case) -> tuple[Piece, ...]:
    """Return the notice's text, cut so that every phrase that something rests on carries a label."""
    text = case.notice.text[:NOTICE_LIMIT]
    pieces: list[Piece] = []
    at = 0
    for start, end, label in sorted(_marks(case)):
        if at <= start < end <= len(text):
            pieces += [Piece(text=text[at:start]), Piece(text=text[start:end], label=label)]
            at = end
    return tuple(p for p in (*pieces, Piece(text=text[at:])) if p.text)


def _marks(case: Case) -> list[tuple[int, int, str]]:
    found, notice = case.enforcement, case.notice
    spans: list[tuple[Span, str]] = [(r.evidence, f"asked: {words(r.item)}") for r in found.requests]
    spans += [(e, f"cause: {words(c.cause)}") for c in found.causes for e in c.evidence]
    spans += [(found.stage_evidence, f"stage: {words(found.stage)}")] if found.stage_evidence else []
    marks = [(s.start, s.end, label) for s, label in spans if _aligned(notice, s.quote, s.start, s.end)]
    if found.deadline and _aligned(notice, found.deadline.text, found.deadline.start, found.deadline.end):
        marks.append((found.deadline.start, found.deadline.end, "deadline"))
    for fact in case.facts:
        if fact.source == "notice" and _aligned(notice, fact.quote, fact.start, fact.end):
            marks.append((fact.start or 0, fact.end or 0, f"{fact.id}: {words(fact.kind)}"))
    return marks


def _aligned(notice: Notice, quote: str, start: int | None, end: int | None) -> bool:
    return start is not None and end is not None and bool(quote) and notice.text[start:end] == quote
