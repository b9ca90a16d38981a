"""A letter against a case: what it says that no fact gives, what it leaves out, and better sentences from the facts.

A bare letter's sentences name no facts, so each is held against all of them. What stands in no fact and not in the
notice blocks; what stands in another fact than the one a sentence seems to speak of is shown as advice only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from amends.check.parse import Parsed
from amends.draft.compose import compose
from amends.schemas import Case, Fact, Finding, Letter, Section, Sentence
from amends.verify import fact_text, lock_section
from amends.verify.atoms import Atom, atoms
from amends.verify.hard import date_covered
from amends.verify.meaning import overlap, shared_words
from amends.vocabulary import FactList, SectionKey

#: A sentence speaks of an entry when it shares so much with it: content words, or words and hard parts.
_SHARE, _WORDS, _HARD = 0.4, 3, 2
_SURE = 0.6
_HARD_RULES = {f"{kind}_invented": kind for kind in ("number", "date", "id", "document", "name")}
_WHAT = {"number": "The number", "date": "The date", "id": "The id", "document": "The document", "name": "The name"}
_LIST_OF: dict[SectionKey, FactList] = {
    "root_cause": "root_causes",
    "corrective_actions": "corrective_actions",
    "preventive_measures": "preventive_measures",
}
_ENCLOSURE = re.compile(r"(?:enclosure|annex|attachment|exhibit)s?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Compared:
    """The letter with the facts that its sentences seem to rest on, and what the facts do not bear."""

    letter: Letter
    findings: tuple[Finding, ...]


def compare(parsed: Parsed, case: Case) -> Compared:
    """Return the letter of `parsed` held against the facts of `case`."""
    matched = _with_facts(parsed.letter, case)
    known = _known(case)
    every = tuple(f.id for f in case.facts)
    found = [
        f
        for section in matched.sections
        for s in section.sentences
        if not s.gap
        for f in _faults(s, section, case, known, every)
    ]
    papers = tuple(_papers(matched, case))
    wrong = {paper.sentence for paper in papers}
    kept = [f for f in found if not (f.rule == "document_invented" and f.sentence in wrong)]
    return Compared(matched, (*kept, *papers, *_not_said(matched, case)))


def _with_facts(letter: Letter, case: Case) -> Letter:
    entries = [f for f in case.facts if f.item and f.item.list != "evidence"]
    texts = [(f, fact_text(f), _values(fact_text(f))) for f in entries]
    sections = (
        section.with_(sentences=tuple(s.with_(fact_ids=_rests_on(s.text, texts)) for s in section.sentences))
        for section in letter.sections
    )
    return letter.with_(sections=tuple(sections))


def _rests_on(text: str, entries: Sequence[tuple[Fact, str, frozenset[str]]]) -> tuple[str, ...]:
    """The entry that a sentence speaks of, if it clearly speaks of one."""
    own = _values(text)
    best: tuple[float, str] = (0.0, "")
    for fact, said, values in entries:
        words, hard = shared_words(text, said), len(own & values)
        share = overlap(text, said)
        if (share >= _SHARE and words >= _WORDS) or (hard >= _HARD and words >= 2):
            best = max(best, (words * share + hard, fact.id))
    return (best[1],) if best[1] else ()


@lru_cache(maxsize=4096)
def _values(text: str) -> frozenset[str]:
    return frozenset(a.value for a in atoms(text, names=False))


@dataclass(frozen=True, slots=True)
class _Known:
    """Everything hard that facts and notice hold."""

    values: frozenset[tuple[str, str]]
    text: str


def _known(case: Case) -> _Known:
    seller = " ".join(v for v in case.seller.model_dump().values() if v)
    text = "\n".join(
        (*(fact_text(f) for f in case.facts), case.notice.text, case.story, seller, case.today.isoformat())
    )
    return _Known(frozenset((a.kind, a.value) for a in atoms(text, names=False)), text.lower())


def _faults(
    sentence: Sentence, section: Section, case: Case, known: _Known, every: tuple[str, ...]
) -> Iterator[Finding]:
    """The lock's breaches of one sentence, weighed: what no fact holds blocks, what is only doubtful is advice."""
    told = Section(key=section.key, cause=section.cause, sentences=(sentence.with_(fact_ids=every, role="frame"),))
    reported = set()
    for breach in lock_section(told, case):
        words = sentence.text[breach.start : breach.end] if breach.start is not None else ""
        if breach.rule in _HARD_RULES and words and breach.start not in reported and _is_named(breach, words):
            reported.add(breach.start)
            yield _weighed(breach, words, known)
    if sentence.fact_ids:
        yield from _status(sentence, section, case)


def _is_named(breach: Finding, words: str) -> bool:
    """The lock also calls new everyday words names or papers; others word their letters freely, so here only a capital
    makes a name, and only a file or a numbered enclosure a document."""
    if breach.rule == "document_invented":
        return bool(_ENCLOSURE.match(words) or re.search(r"\.\w{3,4}$", words))
    return breach.rule != "name_invented" or words[:1].isupper()


def _weighed(breach: Finding, words: str, known: _Known) -> Finding:
    kind = _HARD_RULES[breach.rule]
    if _ENCLOSURE.match(words) or _stands(kind, words, known):
        return breach.with_(severity="blocking" if _ENCLOSURE.match(words) else "advice")
    message = f"{_WHAT[kind]} “{words}” is not in your facts, nor in the notice."
    return breach.with_(
        message=message,
        suggestion="Use what your facts say, or add the fact to the case first.",
        severity="advice" if kind == "name" else "blocking",
    )


def _stands(kind: str, words: str, known: _Known) -> bool:
    """Whether facts or notice hold these words anywhere."""
    found: tuple[Atom, ...] = atoms(words, names=False)
    if any((a.kind, a.value) in known.values for a in found):
        return True
    if kind == "date":
        return any(date_covered(a.value, (v for k, v in known.values if k == "date")) for a in found)
    return (
        kind in ("name", "document", "id")
        and re.search(rf"(?<!\w){re.escape(words.lower())}(?!\w)", known.text) is not None
    )


def _status(sentence: Sentence, section: Section, case: Case) -> Iterator[Finding]:
    """Done, under way and planned against the entry that the sentence speaks of; sure only if it says nearly the same."""
    fact = case.fact(sentence.fact_ids[0])
    told = Section(key=section.key, cause=section.cause, sentences=(sentence.with_(role="done"),))
    for breach in lock_section(told, case):
        if breach.rule in ("status_changed", "polarity_changed"):
            sure = overlap(sentence.text, fact_text(fact)) >= _SURE
            if breach.rule == "polarity_changed" and not sure:
                continue
            yield breach.with_(
                severity="blocking" if sure else "advice", message=f"{breach.message} Your entry: “{_short(fact)}”."
            )


def _papers(letter: Letter, case: Case) -> Iterator[Finding]:
    """Documents that the letter lists and the seller does not have."""
    have = [fact_text(f) for f in case.items("evidence")]
    listed = [
        s
        for section in letter.sections
        if section.key in ("enclosures", "documents")
        for s in section.sentences
        if not s.continues
    ]
    for sentence in listed:
        if not any(
            overlap(sentence.text, paper) >= _SHARE and shared_words(sentence.text, paper) >= 2 for paper in have
        ):
            yield Finding(
                rule="document_invented", severity="blocking", checker="lock", section="enclosures", sentence=sentence.text,
                message="This document is not in the evidence of your facts.", suggestion="Add it to the facts' evidence, or take it out of the list.",
            )  # fmt: skip


def _not_said(letter: Letter, case: Case) -> Iterator[Finding]:
    said = {i for s in letter.sentences for i in s.fact_ids}
    for key, name in _LIST_OF.items():
        entries = case.items(name)
        unsaid = [f for f in entries if f.id not in said]
        if unsaid:
            quoted = "; ".join(f"“{_short(f, 60)}”" for f in unsaid)
            yield Finding(
                rule="entry_not_said", severity="advice", checker="lock", section=key,
                message=f"The letter does not seem to say {len(unsaid)} of your {len(entries)} {name.replace('_', ' ')}: {quoted}.",
                suggestion="Say them, if they belong to this notice.",
            )  # fmt: skip


def _short(fact: Fact, most: int = 120) -> str:
    text = fact.quote or str(fact.value)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A sentence of the composer's, the entry it rests on, and whether that is another entry than the sentence's own."""

    text: str
    fact_id: str
    other: bool


def rewrites(findings: Sequence[Finding], letter: Letter, case: Case) -> dict[int, Rewrite]:
    """Return, by number of finding, the composer's wording of the entry that its sentence speaks of; once a sentence.

    A sentence that speaks of no entry gets one that the same part of the letter leaves unsaid, each once.
    """
    worded = _composed(case)
    facts_of = {s.text: s.fact_ids for s in letter.sentences}
    said = {i for ids in facts_of.values() for i in ids}
    unsaid = {
        key: [f.id for f in case.items(name) if f.id not in said and f.id in worded] for key, name in _LIST_OF.items()
    }
    found: dict[int, Rewrite] = {}
    done = set()
    for number, finding in enumerate(findings):
        if finding.sentence not in facts_of or finding.sentence in done or not _for_rewriting(finding):
            continue
        own = facts_of[finding.sentence]
        left = unsaid.get(finding.section, []) if finding.section else []
        fact_id = own[0] if own else left.pop(0) if left else None
        done.add(finding.sentence)
        if fact_id in worded and worded[fact_id] != finding.sentence:
            found[number] = Rewrite(worded[fact_id], fact_id, not own)
    return found


def _for_rewriting(finding: Finding) -> bool:
    """Whether other words would mend it: not where only length or grammar is at fault."""
    return finding.checker != "grammar" and finding.rule != "rubric.sentence_length"


def _composed(case: Case) -> dict[str, str]:
    """Fact id -> the composer's sentences that rest on this entry, gaps left out."""
    letter = compose(case)
    words: dict[str, list[str]] = {}
    for sentence in letter.sentences if letter else ():
        for fact_id in sentence.fact_ids if not sentence.gap else ():
            words.setdefault(fact_id, []).append(sentence.text)
    return {fact_id: " ".join(dict.fromkeys(texts)) for fact_id, texts in words.items()}
