"""The lock: nothing added, nothing lost, nothing turned into something else. All in code.

A sentence may say only what the facts it names say: the same numbers, dates, ids, names and documents, attached to the
same things; the same actions with the same status, no wider scope, no turned negation. A percentage of two counts that
the facts set in relation is the one thing it may compute. Every entry that the seller made must be said somewhere.

    source: what the named facts give · hard: figures and names · claims, papers, deeds: what is brought in
    turned, opposites: polarity, status · translated: what can be checked against Chinese and German · lost: the entries
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from amends.history import ANSWERED
from amends.schemas import Case, Fact, Finding, Letter, Section, Sentence
from amends.verify import claims, context, deeds, deputies, hard, opposites, papers, source, translated, turned
from amends.verify.lost import losses
from amends.verify.source import Source, fact_text

__all__ = ["LONGEST", "fact_text", "lock", "lock_section"]

#: Characters of the longest sentence that is checked; what is longer is a breach by itself.
LONGEST = 2000


def lock(letter: Letter, case: Case) -> tuple[Finding, ...]:
    """Every breach in the letter, blocking; empty when each sentence is covered by its facts and no entry is lost."""
    found = [f for section in letter.sections for f in lock_section(section, case)]
    return (*found, *(_lost(fact, message) for fact, message in losses(letter, case)))


def lock_section(section: Section, case: Case) -> tuple[Finding, ...]:
    """The breaches of one section."""
    known = {f.id: f for f in case.facts}
    return tuple(
        _finding(b, sentence, section)
        for sentence in section.sentences
        if not _is_hole(sentence)
        for b in _breaches(sentence, known, case)
    )


def _is_hole(sentence: Sentence) -> bool:
    """A marked gap, which is never sent and so claims nothing."""
    return sentence.gap and "[missing:" in sentence.text


def _breaches(sentence: Sentence, known: dict[str, Fact], case: Case) -> Iterator[hard.Breach]:
    missing = [i for i in sentence.fact_ids if i not in known]
    if missing:
        yield hard.Breach(
            "fact_unknown",
            f"The sentence names {', '.join(missing)}, which does not exist.",
            "Name only facts of the table.",
        )
        return
    if not sentence.fact_ids and sentence.role not in ("frame", "request"):
        yield hard.Breach("uncited", "The sentence names no fact.", "Name the facts it rests on, or leave it out.")
        return
    if len(sentence.text) > LONGEST:
        yield hard.Breach(
            "uncited",
            f"A sentence of {len(sentence.text)} characters cannot be held against facts.",
            "Write short sentences.",
        )
        return
    yield from _held(
        sentence.text, tuple(known[i] for i in sentence.fact_ids), context.context_of(case), len(case.items("evidence"))
    )


_ENDS = re.compile(r"[.!?]+(?=\s|$)|[。！？；\n]+")


@lru_cache(maxsize=8192)
def _held(text: str, named: tuple[Fact, ...], around: Source, enclosures: int) -> tuple[hard.Breach, ...]:
    """The breaches of one sentence against the facts it names; kept, since a letter is locked after each change of it."""
    said = source.of_text(text)
    cited = source.relevant(said, named)
    of_facts = source.together([source.of_fact(f) for f in cited])
    found = [
        *hard.breaches(said, text, of_facts, around, enclosures),
        *claims.breaches(said, of_facts, _free(named, cited, around), frame=not named, paper=_on_paper(cited)),
        *deputies.breaches(said, of_facts),
        *turned.breaches(said, of_facts, cited),
        *(opposites.breaches(said, of_facts) if cited and not of_facts.foreign else ()),
        *deeds.breaches(said, of_facts),
        *translated.breaches(said, of_facts),
    ]
    if cited and all(_is_paper(f) for f in cited):
        found += papers.breaches(said, of_facts, _free(named, cited, around))
    if of_facts.foreign and _sentences(text) > sum(_sentences(f.quote or str(f.value)) for f in cited):
        found.append(
            hard.Breach(
                "uncited",
                "It says more sentences than its facts, whose words are in a language that cannot be compared one by one.",
                "Say one sentence for each sentence of the facts.",
            )
        )
    if "[" in text and "[" not in of_facts.text:
        found.append(hard.Breach("uncited", "The sentence holds a placeholder.", "State a fact, or leave it out.", "["))
    return tuple(found)


def _sentences(text: str) -> int:
    return sum(bool(piece.strip()) for piece in _ENDS.split(text))


def _on_paper(cited: list[Fact]) -> bool:
    return any(_is_paper(f) for f in cited)


def _is_paper(fact: Fact) -> bool:
    return fact.item is not None and fact.item.list == "evidence"


def _free(named: tuple[Fact, ...], cited: list[Fact], around: Source) -> frozenset[str]:
    """The words that need no fact: the case's parties and subject; the frames', for a sentence on the notice alone; a new version's own."""
    frame = all(f.source == "notice" for f in cited)
    renewed = any(f.about == ANSWERED for f in named)
    return (
        around.keys
        | (context.frame_keys() if frame else frozenset())
        | (context.renewal_keys() if renewed else frozenset())
    )


def _finding(breach: hard.Breach, sentence: Sentence, section: Section) -> Finding:
    at = sentence.text.lower().find(breach.words.lower()) if breach.words else -1
    return Finding(
        rule=breach.rule, severity="blocking", checker="lock", message=breach.message, suggestion=breach.suggestion, section=section.key, cause=section.cause,
        sentence=sentence.text, start=at if at >= 0 else None, end=at + len(breach.words) if at >= 0 else None,
    )  # fmt: skip


def _lost(fact: Fact, message: str) -> Finding:
    return Finding(
        rule="fact_lost",
        severity="blocking",
        checker="lock",
        message=message,
        suggestion=f"Say it, or take it out of the facts ({fact.origin}).",
    )
