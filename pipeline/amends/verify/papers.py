"""A sentence on enclosures alone: what a paper is called, and what it proves, is said in the facts' own words.

A letter names a paper by what it is. A word of its own there ("an expert opinion", "a gas bill") makes it another paper, so
that such a sentence may bring in nothing but the words with which a paper is said to prove.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from amends.verify import lexicon, meaning
from amends.verify.hard import Breach
from amends.verify.source import Source


def breaches(sentence: Source, source: Source, around: frozenset[str]) -> Iterator[Breach]:
    """The words of a sentence on enclosures alone that none of its facts has, nor its surroundings `around`."""
    if source.foreign:
        return
    free = _proof_words() | lexicon.plain_words()
    known = source.keys | around
    for token in sentence.free:
        if not meaning.is_content(token.word) or token.word[0].isdigit():
            continue
        if token.word not in free and not token.keys & known:
            yield Breach(
                "document_invented",
                f"The facts on this paper have no “{token.word}”.",
                "Call the paper what the facts call it, and say of it only what they say it proves.",
                token.word,
            )


@cache
def _proof_words() -> frozenset[str]:
    return frozenset(f for entry in lexicon.listed("proof_words") for f in lexicon.forms(entry))
