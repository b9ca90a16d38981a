"""Deeds that the facts name without saying that they were done: only asked for, or only the name of a thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from amends.verify import lexicon, meaning
from amends.verify.hard import Breach
from amends.verify.meaning import Token
from amends.verify.source import Source

#: How many words an attempt may stand before its deed ("offered all 96 buyers a free return").
_REACH = 6
_IRREGULAR = frozenset(
    "bought sold sent paid shut wrote written told thrown threw withdrawn withdrew rebuilt taught hid hidden resold repaid shipped rewritten split met".split()
)
_DETERMINERS = frozenset("a an the this that another each every".split())
_BE = frozenset("was were been is are be being".split())
#: Words before which a bare form is a verb, not the name of a thing.
_BEFORE_VERB = frozenset("to will must can may shall should we i they you and or not do did does who which".split())


def breaches(sentence: Source, source: Source) -> Iterator[Breach]:
    """Deeds told as done that the facts only ask for, offer or order, or have only as a part of a name ("test orders")."""
    if source.foreign:
        return
    attempts = attempt_words()
    yield from _only_attempted(sentence, source)
    attempted_here = bool(attempts & sentence.spoken)
    yield from _told_twice(sentence, source)
    for n, token in enumerate(sentence.tokens):
        told = _is_past(token.word) or _is_head(sentence.tokens, n)
        if token.negated or not lexicon.deeds_of(token.word) or not told:
            continue
        there = {n for key in token.keys for n in source.places.get(key, ())}
        if not there:
            continue
        if not attempted_here and all(_attempted(source.tokens, n) for n in there):
            yield Breach(
                "action_changed",
                f"“{token.word}” is told as done; the facts only ask for it or offer it.",
                "Say it as the facts do.",
                token.word,
            )
        elif not token.word.endswith("s") and all(_is_attribute(source, n, token) for n in there):
            yield Breach(
                "action_changed",
                f"The facts have “{token.word}” only in the name of a thing.",
                "Say only what was done.",
                token.word,
            )


def _is_head(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word is a noun by itself: "a test on 17 orders"."""
    before, after = tokens[at - 1 : at] if at else (), tokens[at + 1 : at + 2]
    return bool(before) and before[0].word in _DETERMINERS and not (after and meaning.is_content(after[0].word))


def _told_twice(sentence: Source, source: Source) -> Iterator[Breach]:
    """A deed told twice that the facts have once, where another of theirs is missing: it stands in that one's place."""
    here, there = _past_families(sentence), _past_families(source)
    more = [f for f in here if there.get(f) and len(here[f]) > len(there[f])]
    missing = [f for f, tokens in there.items() if f not in here and not any(t.keys & sentence.keys for t in tokens)]
    if more and missing:
        word = here[more[0]][-1].word
        yield Breach(
            "action_changed", f"The facts say “{word}” of one thing only.", "Say of each thing what was done.", word
        )


@lru_cache(maxsize=4096)
def _past_families(text: Source) -> dict[str, list[Token]]:
    found: dict[str, list[Token]] = {}
    for token in text.tokens:
        if _is_past(token.word):
            for family in lexicon.deeds_of(token.word):
                found.setdefault(family, []).append(token)
    return found


_WE_TRIED = re.compile(
    r"\b(?:we|and|I) (?:have |had |also )*(?P<word>offered|requested|asked|proposed|promised|demanded|suggested)\b",
    re.IGNORECASE,
)


def _only_attempted(sentence: Source, source: Source) -> Iterator[Breach]:
    """What the facts tell as done, told as offered or asked for only."""
    for m in _WE_TRIED.finditer(sentence.text):
        if not attempt_words() & source.spoken and not lexicon.keys_of(m["word"]) & source.keys:
            yield Breach(
                "action_changed", f"The facts say nothing of “{m['word']}”.", "Say only what was done.", m["word"]
            )


def _is_past(word: str) -> bool:
    """Whether a form of a deed can tell it as done."""
    return word[-2:] == "ed" or word in _IRREGULAR


@cache
def attempt_words() -> frozenset[str]:
    """Every form of the words of an attempt, an offer or a request."""
    return frozenset(f for entry in lexicon.listed("attempts") for f in lexicon.forms(entry))


def _attempted(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word at this place is what an attempt before it, or a passive one after it, is about."""
    token, words = tokens[at], attempt_words()
    if token.word in words:
        return False
    before = [t for t in tokens[max(0, at - _REACH) : at] if t.clause == token.clause]
    if any(t.word in words for t in before):
        return True
    after = [t for t in tokens[at + 1 : at + _REACH] if t.clause == token.clause]
    return any(b.word in words and a.word in _BE for a, b in pairwise(after))


def _is_attribute(source: Source, at: int, deed: Token) -> bool:
    """Whether the root of `deed` at this place stands bare before the noun that it belongs to: "17 test orders", "the count sheet"."""
    token, following = source.tokens[at], source.tokens[at + 1 : at + 2]
    if (
        lexicon.stem(token.word) != lexicon.stem(deed.word)
        or _is_past(token.word)
        or token.word.endswith(("ing", "s"))
        or not following
        or not at
    ):
        return False
    touching = source.text[token.end : following[0].start] == " " and following[0].clause == token.clause
    before = source.tokens[at - 1]
    return (
        touching
        and meaning.is_content(following[0].word)
        and not following[0].word[0].isdigit()
        and before.clause == token.clause
        and before.word not in _BEFORE_VERB
    )
