"""The lock: nothing added, nothing lost, nothing turned into something else. All in code.

A sentence may say only what the facts it names say: the same numbers, dates, ids, names and documents, attached to the
same things; the same actions with the same status, no wider scope, no turned negation. A percentage of two counts that
the facts set in relation is the one thing it may compute. Every entry that the seller made must be said somewhere.

    source: what the named facts give · hard: figures and names · soft: deeds, scope, polarity, status · lost: the entries
"""

from __future__ import annotations

from collections.abc import Iterator

from amends.schemas import Case, Fact, Finding, Letter, Section, Sentence
from amends.verify import hard, soft, source
from amends.verify.lost import losses
from amends.verify.source import Source, fact_text

__all__ = ["fact_text", "lock", "lock_section"]


def lock(letter: Letter, case: Case) -> tuple[Finding, ...]:
    """Every breach in the letter, blocking; empty when each sentence is covered by its facts and no entry is lost."""
    found = [f for section in letter.sections for f in lock_section(section, case)]
    return (*found, *(_lost(fact, message) for fact, message in losses(letter, case)))


def lock_section(section: Section, case: Case) -> tuple[Finding, ...]:
    """The breaches of one section."""
    known = {f.id: f for f in case.facts}
    return tuple(_finding(b, sentence, section) for sentence in section.sentences if not _is_hole(sentence) for b in _breaches(sentence, known, case))


def _is_hole(sentence: Sentence) -> bool:
    """A marked gap, which is never sent and so claims nothing."""
    return sentence.gap and "[missing:" in sentence.text


def _breaches(sentence: Sentence, known: dict[str, Fact], case: Case) -> Iterator[hard.Breach]:
    missing = [i for i in sentence.fact_ids if i not in known]
    if missing:
        yield hard.Breach("fact_unknown", f"The sentence names {', '.join(missing)}, which does not exist.", "Name only facts of the table.")
        return
    if not sentence.fact_ids and sentence.role not in ("frame", "request"):
        yield hard.Breach("uncited", "The sentence names no fact.", "Name the facts it rests on, or leave it out.")
        return
    said, around = source.of_text(sentence.text), source.context_of(case)
    cited = source.relevant(said, [known[i] for i in sentence.fact_ids])
    of_facts = source.together([source.of_fact(f) for f in cited])
    if "[" in sentence.text and "[" not in of_facts.text:
        yield hard.Breach("uncited", "The sentence holds a placeholder.", "State a fact, or leave it out.", "[")
    yield from hard.breaches(said, sentence.text, of_facts, around, len(case.items("evidence")))
    yield from soft.breaches(said, of_facts, _free(cited, around), cited)


def _free(cited: list[Fact], around: Source) -> frozenset[str]:
    """The words that need no fact: the case's parties and subject, and for a sentence on the notice alone the frames'."""
    frame = all(f.source == "notice" for f in cited)
    return around.keys | (source.frame_keys() if frame else frozenset())


def _finding(breach: hard.Breach, sentence: Sentence, section: Section) -> Finding:
    at = sentence.text.lower().find(breach.words.lower()) if breach.words else -1
    return Finding(
        rule=breach.rule, severity="blocking", checker="lock", message=breach.message, suggestion=breach.suggestion, section=section.key, cause=section.cause,
        sentence=sentence.text, start=at if at >= 0 else None, end=at + len(breach.words) if at >= 0 else None,
    )  # fmt: skip


def _lost(fact: Fact, message: str) -> Finding:
    return Finding(rule="fact_lost", severity="blocking", checker="lock", message=message, suggestion=f"Say it, or take it out of the facts ({fact.origin}).")
