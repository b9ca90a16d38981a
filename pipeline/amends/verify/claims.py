"""What a sentence brings in that its facts do not have: deeds, papers, persons, things, scope, whole clauses.

Only weighty words (`lexicon/actions.v1.yaml`) must be in the facts, as themselves or in a word of their family or row. All
other words are free: a good letter words the facts anew. What they may not do is fill a clause of which the facts know nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from amends.verify import lexicon, meaning, scope
from amends.verify.hard import Breach
from amends.verify.meaning import Token
from amends.verify.source import Source

_OWN_WORD = "Use the seller's own word."
#: New content words from which a clause without a known one is a claim of its own.
_NEW_CLAUSE = 3
_SHOWN = re.compile(
    r"\b(?:attached|enclosed|annexed|appended)\b|\b(?:as|see)\b[^.;]*\b(?:shows?|confirms?|documents?|documented|proves?|attests?|evidences?|states?|enclosed)\b",
    re.IGNORECASE,
)
_SHOWN_STARTS = frozenset("attached enclosed annexed appended as see".split())


def breaches(sentence: Source, source: Source, around: frozenset[str], *, frame: bool, paper: bool) -> Iterator[Breach]:
    """The weighty words and clauses that the facts do not bear. `around` are keys that need no fact; a `frame` has no
    facts, a `paper` sentence is about a document of the seller's."""
    if source.foreign:
        return
    if sentence.foreign:
        yield Breach("action_changed", "It is not in English.", "Write it in English.")
        return
    if frame:
        yield from _beyond_frame(sentence, around)
    else:
        yield from _new_words(sentence, source, around, paper=paper)
        yield from _miscounted(sentence, source)
        yield from _new_clauses(sentence, source, around)
    yield from scope.breaches(sentence, source, around)


def _beyond_frame(sentence: Source, around: frozenset[str]) -> Iterator[Breach]:
    """A sentence without facts may open, close and ask; each word that is of none of these claims something."""
    plain = lexicon.plain_words()
    for token in sentence.free:
        if token.word not in plain and not token.keys & around and not meaning.is_negation(token.word):
            yield _named(token, sentence)


def _new_words(sentence: Source, source: Source, around: frozenset[str], *, paper: bool) -> Iterator[Breach]:
    """Weighty words of which the facts have neither the word nor its family."""
    known = source.keys | around
    shown = paper or bool(
        _SHOWN_STARTS & sentence.spoken and _SHOWN.search(sentence.text) and not _SHOWN.search(source.text)
    )
    for token in sentence.free:
        keys = (
            {lexicon.stem(token.word)} if token.word in lexicon.listed("papers") and "-" in token.word else token.keys
        )
        if not _weighs(token.word, shown=shown) or keys & known or (token.negated and lexicon.deeds_of(token.word)):
            continue
        if any(lexicon.told_from(family) & known for family in lexicon.deeds_of(token.word)):
            continue
        yield _named(token, sentence)


@lru_cache(maxsize=16384)
def _weighs(word: str, *, shown: bool) -> bool:
    if lexicon.deeds_of(word) or any(word in lexicon.listed(n) for n in ("papers", "roles", "things")):
        return True
    return shown and word in lexicon.listed("light_papers")


def _named(token: Token, sentence: Source) -> Breach:
    word = sentence.text[token.start : token.end]
    if token.word in lexicon.listed("papers") or token.word in lexicon.listed("light_papers"):
        return Breach(
            "document_invented", f"No fact speaks of “{word}”.", "Name only papers that the facts name.", word
        )
    if (word[:1].isupper() and token.start > 0) or token.word in lexicon.listed("roles"):
        return Breach("name_invented", f"No fact speaks of “{word}”.", "Name only whom the facts name.", word)
    return Breach("action_changed", f"“{word}” is not what the facts say.", _OWN_WORD, word)


def _miscounted(sentence: Source, source: Source) -> Iterator[Breach]:
    """A figure that counts other things than in the facts: "58 orders" for "58 SKUs", "38 claims" for "38 claim words"."""
    rows = {row for word in source.spoken for row in lexicon.counted_as(word)}
    for figure in sentence.figures:
        if figure.atom.kind != "number" or not (noun := _counted(sentence, figure.atom.end)):
            continue
        texts = {f.atom.text for f in source.figures if f.atom.value == figure.atom.value}
        places = [m.end() for t in texts for m in re.finditer(rf"(?<![\w.,-]){re.escape(t)}(?![\w%])", source.text)]
        counted = [n for end in places if (n := _counted(source, end))]
        there = {row for n in counted for row in lexicon.counted_as(n.word)}
        own = lexicon.counted_as(noun.word)
        same = own & (there or rows) and not (counted and all(_is_modifier(noun, n, source) for n in counted))
        if (
            not same
            and (there or noun.word not in source.spoken)
            and not _returned(sentence, figure.atom.end, noun, counted)
        ):
            yield Breach("number_invented", f"“{noun.word}” is not what the facts count.", _OWN_WORD, noun.word)


def _is_modifier(noun: Token, there: Token, source: Source) -> bool:
    """Whether what the sentence counts stands in the facts only before the thing counted: "claims" in "38 claim words"."""
    after = next((t for t in source.tokens if t.start > there.start), None)
    if noun.word == there.word or after is None or after.start != there.end + 1 or after.clause != there.clause:
        return False
    return f"{there.word}s" == noun.word and after.word.endswith("s") and meaning.is_content(after.word)


def _returned(sentence: Source, start: int, noun: Token, counted: Sequence[Token]) -> bool:
    """ "five returned units" for "5 returns": the thing counted stands before a general word."""
    between = {k for t in sentence.tokens if start <= t.start < noun.start for k in t.keys}
    return any(t.keys & between for t in counted)


def _counted(text: Source, end: int) -> Token | None:
    """The thing that the figure ending at `end` counts: a word of `counted` among the next three, before any small word."""
    at = bisect_left(text.tokens, end, key=lambda t: t.start)
    for token in text.tokens[at : at + 3]:
        if not meaning.is_content(token.word) or re.search(r"[^\sA-Za-z'-]", text.text[end : token.start]):
            return None
        if lexicon.counted_as(token.word):
            return token
    return None


def _new_clauses(sentence: Source, source: Source, around: frozenset[str]) -> Iterator[Breach]:
    """Clauses with new words only: the facts know nothing of what they say."""
    known = source.keys | around
    figures = {(f.atom.kind, f.atom.value) for f in source.figures}
    backed = [(f.atom.start, f.atom.end) for f in sentence.figures if (f.atom.kind, f.atom.value) in figures]
    plain = lexicon.plain_words()
    for clause in _clauses(sentence.tokens):
        if any(t.negated for t in clause):
            continue
        fewest = _NEW_CLAUSE + any(s <= t.start < e for t in clause for s, e in backed)
        if len(clause) < _NEW_CLAUSE:
            continue
        words = [t for t in clause if meaning.is_content(t.word) and t.word not in plain and not t.word.isdigit()]
        if len(words) >= fewest and not any(t.keys & known for t in words):
            yield Breach(
                "action_changed",
                f"The facts say nothing of “{sentence.text[clause[0].start : clause[-1].end]}”.",
                "Leave it out.",
                sentence.text[clause[0].start : clause[-1].end],
            )


def _clauses(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    clause: list[Token] = []
    for token in tokens:
        if clause and token.clause != clause[-1].clause:
            yield clause
            clause = []
        clause.append(token)
    if clause:
        yield clause
