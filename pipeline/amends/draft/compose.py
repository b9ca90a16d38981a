"""The composer: a letter from the facts alone, with no model.

The seller's own sentences carry it; the composer orders them, gives each its day, owner and limit, ties the enclosures to
the sentences they prove, and frames them with an opening and one request. What no fact gives stays a visible gap.
"""

from __future__ import annotations

import re

from amends.data import load_yaml
from amends.draft import entries, measures
from amends.draft.frames import NAMES, addressee, closing, metric_sentences, opening, signature, subject_line
from amends.draft.shape import beside_plan, blocks, facts_for, needed, shape
from amends.draft.wording import chosen, form_of, joined
from amends.schemas import Case, Enclosure, Fact, Item, Letter, Question, Section, Sentence
from amends.verify import fact_text
from amends.verify.atoms import atoms
from amends.verify.meaning import overlap, shared_words
from amends.vocabulary import Cause, FactList, SectionKey

_ENTRY_GAPS: dict[SectionKey, str] = {
    "root_cause": "why our process allowed this: the setting, check or choice that failed",
    "corrective_actions": "what has been done, with date and number",
    "preventive_measures": "what is now in force: who does what, how often, with which limit, since when",
    "documents": "the documents that the notice asks for",
    "statement": "the facts on this notice",
}
#: Share of common content words from which an enclosure counts as proof of a sentence.
_PROVES, _SHARED = 0.5, 3


def compose(case: Case) -> Letter | None:
    """The letter for this case, or None when none is to be written. Gaps are `[missing: …]` sentences."""
    kind = case.enforcement.answer_kind
    if not shape(kind):
        return None
    sections = [compose_section(key, cause, case) for key in shape(kind) for cause in blocks(key, case)]
    return Letter(
        kind=kind,
        subject=subject_line(case),
        addressee=addressee(case),
        sections=tuple(s for s in sections if s.sentences),
        enclosures=enclosures(case),
        signature=signature(case),
    )


def compose_section(key: SectionKey, cause: Cause | None, case: Case) -> Section:
    """One section, worded by the composer."""
    facts = facts_for(key, cause, case)
    title = _title(key, cause, case)
    if key == "opening":
        return Section(key=key, sentences=tuple(opening(case)))
    if key == "closing":
        return Section(key=key, sentences=(closing(case),))
    if key in ("documents", "enclosures"):
        numbered = {e.fact_id: e.number for e in enclosures(case)}
        lines = [entries.document_line(f, numbered[f.id]) for f in facts]
        return Section(key=key, title=title, bullets=True, sentences=(*lines, *_gaps(key, cause, case, bool(lines))))
    roots = tuple(f for f in facts if f.kind == "cause")
    if key == "root_cause":
        others = tuple(f for f in facts if f.kind != "cause")
        sentences = [*_worded(key, roots, case), *metric_sentences(cause, case), *_worded(key, others, case)]
    else:
        sentences = [*beside_plan(_worded(key, facts, case), key, case)]
    return Section(
        key=key, title=title, cause=cause, bullets=len(facts) > (2 if key == "statement" else 1),
        sentences=(*sentences, *_gaps(key, cause, case, bool(facts))),
    )  # fmt: skip


def _worded(key: SectionKey, facts: tuple[Fact, ...], case: Case) -> list[Sentence]:
    sentences: list[Sentence] = []
    proofs = _ties(case)
    for fact in sorted(facts, key=_by_day) if key == "corrective_actions" else facts:
        tied = _named(proofs.get(fact.id, []))
        if fact.kind == "measure":
            sentences += measures.measure_sentences(fact, case.questions, tied)
        elif fact.kind == "action" or (fact.status and fact.item and fact.item.date):
            sentences += entries.action_sentences(fact, case.questions, tied)
        else:
            sentences += entries.statement_sentences(fact, case.questions, tied)
    return _years_once(sentences) if key == "corrective_actions" else sentences


def _years_once(sentences: list[Sentence]) -> list[Sentence]:
    """In a list of dated actions the year stands with the first of each year only."""
    said, short = "", []
    for one in sentences:
        dated = _DATED.match(one.text)
        short.append(one.with_(text=_DATED.sub(r"\1", one.text)) if dated and dated[2] == said else one)
        said = dated[2] if dated else said
    return short


_DATED = re.compile(r"(On \d{1,2} [A-Z][a-z]+) (20\d\d)(?=,? \S)")


def _by_day(fact: Fact) -> tuple[bool, str]:
    """Done before planned, each in order of its day; entries without a day last."""
    day = fact.item.date if fact.item and fact.item.date else "9999"
    return fact.status == "planned", day


def _gaps(key: SectionKey, cause: Cause | None, case: Case, has_facts: bool) -> list[Sentence]:
    """A hole for a section that has nothing to say, or for what a blocking question about the whole section asks."""
    if key not in _ENTRY_GAPS:
        return []
    if has_facts or not needed(key, case):
        return [Sentence(text=f"[missing: {q.text}]", gap=True) for q in _open_for(key, cause, case)]
    about = f" ({NAMES[cause]})" if cause else ""
    return [Sentence(text=f"[missing: {_ENTRY_GAPS[key]}{about}]", gap=True)]


_FILLS: dict[SectionKey, tuple[FactList, ...]] = {
    "root_cause": ("root_causes",), "corrective_actions": ("corrective_actions",), "preventive_measures": ("preventive_measures",),
    "documents": ("evidence",), "statement": ("root_causes",),
}  # fmt: skip


def _open_for(key: SectionKey, cause: Cause | None, case: Case) -> list[Question]:
    main = case.enforcement.cause
    if key == "statement" and "root_cause" in shape(case.enforcement.answer_kind):
        return []
    return [
        q
        for q in case.questions
        if q.blocking
        and q.fills in _FILLS.get(key, ())
        and q.about is None
        and (cause is None or (q.cause or main) == cause)
    ]


def enclosures(case: Case) -> tuple[Enclosure, ...]:
    """The seller's evidence, numbered in the order given."""
    return tuple(
        Enclosure(
            number=n, document=f.item.document or f.item.text, file=f.item.file, proves=f.item.proves, fact_id=f.id
        )
        for n, f in enumerate(case.items("evidence"), 1)
        if f.item
    )


def _ties(case: Case) -> dict[str, list[int]]:
    """Fact id -> numbers of the enclosures that prove it: each document belongs to the one entry that it fits best."""
    ties: dict[str, list[int]] = {}
    if case.enforcement.answer_kind == "documents_only":
        return ties
    provable = [f for f in case.facts if f.item and f.item.list != "evidence"]
    for number, document in enumerate(case.items("evidence"), 1):
        fits = [
            (fit, -n, f.id)
            for n, f in enumerate(provable)
            if f.item and document.item and (fit := _fit(document.item, f.item))
        ]
        if fits:
            ties.setdefault(max(fits)[2], []).append(number)
    return ties


def _named(numbers: list[int]) -> str:
    return f"enclosure{'s' if len(numbers) > 1 else ''} {joined(map(str, numbers))}" if numbers else ""


def _fit(proof: Item, entry: Item) -> float:
    """How well a document belongs to an entry: shared codes and content words; 0 when too few."""
    document, mine = f"{proof.document or proof.text} {proof.proves or ''}", f"{entry.text} {entry.tool or ''}"
    known = {v.lower() for v in (*entry.asins, *entry.orders)}
    codes = {a.value for a in atoms(document, names=False) if a.kind == "id"} - known
    shared_codes = len(codes & {a.value for a in atoms(mine, names=False) if a.kind == "id"})
    best = max(
        (
            shared_words(t, mine) * overlap(t, mine)
            for t in (proof.document or proof.text, proof.proves or "", document)
        ),
        default=0.0,
    )
    enough = shared_codes or any(
        shared_words(t, mine) >= _SHARED and overlap(t, mine) >= _PROVES
        for t in (proof.document or proof.text, proof.proves or "")
    )
    return best + 3.0 * shared_codes if enough else 0.0


def _title(key: SectionKey, cause: Cause | None, case: Case) -> str:
    titles = load_yaml("frames.v1.yaml")["titles"].get(key)
    if not titles:
        return ""
    title: str = chosen(titles, case.seller.store or "", case.notice.text[:400], key)
    return f"{title}: {NAMES[cause].removeprefix('the ').removeprefix('a ')}" if cause else title


__all__ = [
    "NAMES",
    "addressee",
    "compose",
    "compose_section",
    "enclosures",
    "fact_text",
    "form_of",
    "signature",
    "subject_line",
]
