"""Who is in charge, with what, and who stands in: another clerk, another list, or the deputy in the first place is a breach."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from itertools import pairwise

from amends.verify import lexicon, meaning
from amends.verify.hard import Breach
from amends.verify.meaning import Token
from amends.verify.source import Source

_DEPUTY = re.compile(
    r"\bdeput(?:y|ies)(?:\sis|\sare|:|,)?\s(?:the\s|our\s)?(?P<after>[\w' -]{1,60})|(?P<before>[\w' -]{1,60}?)\s(?:is|as|are)\s(?:the\s|a\s|our\s)?deput",
    re.IGNORECASE,
)


def breaches(sentence: Source, source: Source) -> Iterator[Breach]:
    """A person or tool told by another word before it, a deputy as the one in charge, or the other way round."""
    if not source.foreign:
        yield from _others(sentence, source)
        yield from _first_names(sentence, source)
        yield from _exchanged(sentence, source)


def _others(sentence: Source, source: Source) -> Iterator[Breach]:
    """ "the office clerk" where the facts have a stock clerk, "the pick list" where they have a count list."""
    there: dict[str, set[str]] = {}
    here = _told_apart(sentence)
    for before, head in _told_apart(source) if here else ():
        there.setdefault(lexicon.stem(head.word), set()).update(before.keys)
    for before, head in here:
        known = there.get(lexicon.stem(head.word))
        unknown = known is None and head.word in lexicon.listed("roles") and not before.keys & source.keys
        if unknown or (known is not None and not before.keys & known):
            words = f"{before.word} {head.word}"
            yield Breach(
                "name_invented", f"No fact speaks of a “{words}”.", "Name whom and what the facts name.", words
            )


_FULL_NAME = re.compile(r"(?<![\w-])([A-Z][a-z]+) (?=([A-Z][a-z]+)\b)")
_FIRST_WORDS = re.compile(r"(?:^|[.!?]\s+)([A-Z][a-z]+) ([A-Z][a-z]+)\b")


def _first_names(sentence: Source, source: Source) -> Iterator[Breach]:
    """ "Ruben Osei" at a sentence's beginning, where the facts have Henrik Osei."""
    known: dict[str, set[str]] = {}
    if source.text.islower():
        return
    for first, last in _FULL_NAME.findall(source.text):
        known.setdefault(last, set()).add(first)
    for first, last in _FIRST_WORDS.findall(sentence.text) if known else ():
        if first.lower() in lexicon.plain_words() or last not in known or first.lower() in source.spoken:
            continue
        if first.lower() not in lexicon.listed("roles"):
            yield Breach(
                "name_invented", f"“{first} {last}” is named in none of the facts.", "Name whom the facts name.", first
            )


@lru_cache(maxsize=4096)
def _told_apart(text: Source) -> tuple[tuple[Token, Token], ...]:
    """(word before, person or tool) of every one that a word before it tells apart."""
    heads = _heads()
    if not heads & text.spoken:
        return ()
    return tuple((a, b) for a, b in pairwise(text.tokens) if b.word in heads and _tells_apart(a, b, text))


@cache
def _heads() -> frozenset[str]:
    return lexicon.listed("roles") | lexicon.listed("heads")


def _tells_apart(before: Token, head: Token, text: Source) -> bool:
    if head.start != before.end + 1 or head.clause != before.clause:
        return False
    if text.text[before.start].isupper() or before.word[0].isdigit() or before.word.endswith(("ed", "ing")):
        return False
    free = before.word in lexicon.listed("free_before") or before.word in lexicon.plain_words()
    return not free and meaning.is_content(before.word)


def _exchanged(sentence: Source, source: Source) -> Iterator[Breach]:
    """A deputy told as the one in charge, or the other way round."""
    if not any(w.startswith("deput") for w in (*sentence.spoken, *source.spoken)):
        return
    roles = lexicon.listed("roles")
    here, there = _second(sentence.text), _second(source.text)
    if not here and not there:
        return
    first_there = _pairs_of(_DEPUTY.sub(" ", source.text), roles)
    for pair in _pairs_of(_DEPUTY.sub(" ", sentence.text), roles) - first_there:
        if pair in _pairs_of(" | ".join(there), roles):
            yield Breach(
                "name_invented",
                f"“{' '.join(pair)}” is the deputy in the facts.",
                "Name each person for the part the facts give.",
                pair[1],
            )
    for pair in _pairs_of(" | ".join(here), roles) - _pairs_of(" | ".join(there), roles):
        if pair in first_there:
            yield Breach(
                "name_invented",
                f"“{' '.join(pair)}” is no deputy in the facts.",
                "Name each person for the part the facts give.",
                pair[1],
            )


def _second(text: str) -> list[str]:
    return [m["after"] or m["before"] for m in _DEPUTY.finditer(text)] if "deput" in text.lower() else []


def _pairs_of(text: str, roles: Collection[str]) -> set[tuple[str, str]]:
    """(word before, role) for every role named: ("office", "manager")."""
    found = meaning.words(text)
    return {(a, b) for a, b in pairwise(found) if b in roles and a not in ("the", "a", "our", "deputy")}
