"""An English sentence that words a Chinese or German fact: what two small tables can check of it.

Figures, dates, ids and names are checked as everywhere. Here: scope, rhythm, denial, and those deeds and papers of weight
whose foreign words are known. A word that no table has is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from amends.verify import foreign, lexicon, meaning, timing, turned
from amends.verify.hard import Breach
from amends.verify.scope import widens_nothing
from amends.verify.source import Source

_AS_FACT = "Say only what the seller's own words say."


def breaches(sentence: Source, source: Source) -> Iterator[Breach]:
    """What the sentence brings in that its foreign facts have no word for; nothing for English facts."""
    if not source.foreign:
        return
    yield from _scope(sentence, source)
    yield from _rhythms(sentence, source)
    yield from _polarity(sentence, source)
    yield from _weighty(sentence, source)


def _scope(sentence: Source, source: Source) -> Iterator[Breach]:
    known = foreign.table("scope")
    english = {f for t in source.tokens for f in lexicon.scope_of(t.word)}
    for place, token in enumerate(sentence.tokens):
        families = lexicon.scope_of(token.word)
        if not families or families & english or widens_nothing(sentence, place, source):
            continue
        if not any(foreign.has_sign(source.text, known[f.removeprefix("scope.")]) for f in families):
            yield Breach("scope_inflated", f"The seller's words have no “{token.word}”.", _AS_FACT, token.word)


def _rhythms(sentence: Source, source: Source) -> Iterator[Breach]:
    known = foreign.table("rhythm")
    for period, words in timing.rhythms(sentence.text).items():
        if period not in timing.rhythms(source.text) and not foreign.has_sign(source.text, known[period]):
            yield Breach("scope_inflated", f"“{words}”: the seller's words give no such rhythm.", _AS_FACT, words)


def _polarity(sentence: Source, source: Source) -> Iterator[Breach]:
    here = [t.word for t in sentence.tokens if meaning.is_negation(t.word) or t.word in ("unless", "without")]
    there = foreign.denies(source.text) or any(meaning.is_negation(t.word) for t in source.tokens)
    if here and not there and not foreign.limits(source.text):
        yield Breach("polarity_changed", "It denies what the seller's words do not deny.", _AS_FACT, here[0])
    if there and not here and not any(turned.limits(t.word) for t in sentence.tokens):
        yield Breach("polarity_changed", "The seller's words deny it: a “not” is missing.", _AS_FACT, "")


def _weighty(sentence: Source, source: Source) -> Iterator[Breach]:
    deeds, papers = foreign.table("deeds"), foreign.table("papers")
    for token in sentence.tokens:
        if token.keys & source.keys:
            continue
        families = [f.removeprefix("deeds.") for f in lexicon.deeds_of(token.word)]
        if families and all(f in deeds for f in families) and not _has_any(source, [deeds[f] for f in families]):
            yield Breach("action_changed", f"The seller's words say nothing of “{token.word}”.", _AS_FACT, token.word)
        paper = papers.get(token.word) or papers.get(token.word.removesuffix("s"))
        if paper and not foreign.has_sign(source.text, paper):
            yield Breach("document_invented", f"The seller's words name no “{token.word}”.", _AS_FACT, token.word)


def _has_any(source: Source, entries: list[foreign.Entry]) -> bool:
    return any(foreign.has_sign(source.text, entry) for entry in entries)
