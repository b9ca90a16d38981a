"""Words turned into their opposites, and limits let fall: "tracked" for "untracked", "with" for "without", a dropped "only"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from amends.verify import lexicon, meaning
from amends.verify.hard import Breach
from amends.verify.meaning import Token
from amends.verify.source import Source

_AS_FACTS = "Say it as the facts do."
#: How far around a word its companions stand.
_NEAR = 3
_PREFIX = re.compile(r"un(?=\w{4})|i[nmr](?=\w{5})|non-?(?=\w{4})")
_ONLY = frozenset("only solely exclusively alone".split())
#: Words that keep a limit without "only".
_KEEPING = _ONLY | frozenset(
    "merely purely just nothing sole single limited restricted confined unless except until till first before after no not none never nobody "
    "neither nor without instead simply reserved specifically irrespective regardless one same enough sufficient "
    "mere cannot omitted left lacked lacking missing stops stopped ended ends ignored disregarded ignoring".split()
)
#: Share of the words of a clause that must be told for its "only" to count as let fall.
_TOLD = 0.75


def breaches(sentence: Source, source: Source) -> Iterator[Breach]:
    """Every opposite, and every limit let fall, in a sentence whose facts are English."""
    yield from _plain(sentence, source)
    yield from _beside(sentence, source)
    yield from _with_for_without(sentence, source)
    yield from _only_dropped(sentence, source)
    yield from _order_turned(sentence, source)


def _plain(sentence: Source, source: Source) -> Iterator[Breach]:
    """ "tracked" where the facts say "untracked", neither of them denied."""
    for word in sentence.spoken - source.spoken:
        others = _flat_opposites(word, source)
        if not others or others & sentence.spoken or any(t.word == word and t.negated for t in sentence.tokens):
            continue
        if not any(t.negated for t in source.tokens if t.word in others):
            yield Breach("polarity_changed", f"The facts say “{min(others)}”.", _AS_FACTS, word)


def _flat_opposites(word: str, source: Source) -> set[str]:
    """The opposites of a word that the facts have: listed ones, and those with or without a denying beginning."""
    denied = {f"{prefix}{word}" for prefix in ("un", "in", "im", "ir", "non-")} & source.spoken
    others = set(lexicon.opposites().get(word, ())) | {w for w in denied if _PREFIX.match(w)}
    if _PREFIX.match(word):
        others.add(_PREFIX.sub("", word, count=1))
    return others & source.spoken


def _beside(sentence: Source, source: Source) -> Iterator[Breach]:
    """A word of one side where the facts have one of the other beside the same thing: "separate shelves" for "the same shelf"."""
    here = {side for w in sentence.spoken for side in lexicon.sides_of(w)}
    if not here:
        return
    there = {side for w in source.spoken for side in lexicon.sides_of(w)}
    for place, token in enumerate(sentence.tokens):
        others = {(row, 1 - side) for row, side in lexicon.sides_of(token.word) if (row, side) not in there}
        others &= there - here
        if not others or token.negated or token.word in source.spoken:
            continue
        near = _companions(sentence.tokens, place)
        for at, other in enumerate(source.tokens):
            if lexicon.sides_of(other.word) & others and not other.negated and near & _companions(source.tokens, at):
                yield Breach("polarity_changed", f"The facts say “{other.word}”.", _AS_FACTS, token.word)
                return


def _companions(tokens: Sequence[Token], at: int) -> set[str]:
    """The keys of the words that carry meaning around a place in its clause."""
    around = (*tokens[max(0, at - _NEAR) : at], *tokens[at + 1 : at + 1 + _NEAR])
    return {k for t in _weighty(around) if t.clause == tokens[at].clause for k in t.keys}


def _weighty(tokens: Sequence[Token]) -> list[Token]:
    plain = lexicon.plain_words()
    return [t for t in meaning.content(tokens) if t.word not in plain and not t.word[0].isdigit()]


def _only_dropped(sentence: Source, source: Source) -> Iterator[Breach]:
    """A clause of the facts with "only", told without any word that limits."""
    if not _ONLY & source.spoken or _KEEPING & sentence.spoken or sentence.denials:
        return
    for token in source.tokens:
        if token.word not in _ONLY:
            continue
        words = _weighty([t for t in source.tokens if t.clause == token.clause and t.word not in _ONLY])
        told = [t for t in words if t.keys & sentence.keys]
        if len(told) > 1 and len(told) >= _TOLD * len(words):
            yield Breach("scope_inflated", f"The facts say “{token.word}”.", "Keep the limit.", "")
            return


_WITH = frozenset("with after by upon on".split())


def _with_for_without(sentence: Source, source: Source) -> Iterator[Breach]:
    """ "with a scan", "only after a scan" where the facts only say "without a scan"; "no parcel without a scan" asks for one."""
    if "without" not in source.spoken:
        return
    asked_for = {t.clause for t in source.tokens if t.word != "without" and meaning.is_negation(t.word)}
    lacking = {
        t.word for t in _next_to([t for t in source.tokens if t.clause not in asked_for], frozenset({"without"}))
    }
    lacking -= {t.word for t in _next_to(source.tokens, _WITH)}
    for token in _next_to(sentence.tokens, _WITH):
        if token.word in lacking and not token.negated:
            yield Breach("polarity_changed", f"The facts say “without … {token.word}”.", _AS_FACTS, token.word)


_EARLIER = frozenset("before by until within".split())


def _order_turned(sentence: Source, source: Source) -> Iterator[Breach]:
    """ "before the lead has signed" where the facts say "after the lead has signed", and the other way round."""
    for here, there in ((_EARLIER, frozenset({"after"})), (frozenset({"after"}), frozenset({"before"}))):
        if not (here & sentence.spoken and there & source.spoken) or there & sentence.spoken:
            continue
        known = [_following(source.tokens, n) for n, t in enumerate(source.tokens) if t.word in there and not t.negated]
        denied = {t.clause for t in sentence.tokens if meaning.is_negation(t.word)}
        for n, token in enumerate(sentence.tokens):
            if token.word not in here or token.clause in denied:
                continue
            what = _following(sentence.tokens, n)
            if any(sum(bool(w & k) for w in what for k in ks) > 1 for ks in known):
                yield Breach("polarity_changed", f"The facts do not say “{token.word}” of this.", _AS_FACTS, token.word)
                return


def _following(tokens: Sequence[Token], at: int) -> list[frozenset[str]]:
    """The keys of the three words that carry meaning after a place, in its clause."""
    return [t.keys for t in _weighty(tokens[at + 1 : at + 8]) if t.clause == tokens[at].clause][:3]


def _next_to(tokens: Sequence[Token], words: frozenset[str]) -> list[Token]:
    """The words that carry meaning after each of `words`."""
    found = []
    for n, token in enumerate(tokens):
        if token.word in words:
            found += meaning.content(tokens[n + 1 : n + 5])[:2]
    return found
