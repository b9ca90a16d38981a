"""How far a sentence goes: words that widen, pairs, rhythms. Each must be in the facts, "all" and its like beside the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from amends.verify import lexicon, meaning, timing
from amends.verify.atoms import WEEKDAYS
from amends.verify.hard import Breach
from amends.verify.meaning import Token
from amends.verify.source import Source

_OWN_WORD = "Use the seller's own word."
_TIME_NOUNS = frozenset("day days week weeks month months hour hours quarter year time times morning evening".split())
_WHOLE = frozenset("all every entire entirely whole complete completely fully full totally wholly".split())
_AT_ONCE_ENDS = frozenset(
    "once delay away spot time possible single exception times all certain good doubt matter".split()
)
_AT_ONCE = re.compile(
    r"\b(?:at once|without (?:any )?delay|right away|straight away|on the spot|in no time|as quickly as possible|every single|without (?:any )?exception|at all times|once and for all|for certain|for good|(?:without|beyond) (?:any |all )?doubt|no doubt|no matter)\b",
    re.IGNORECASE,
)


def breaches(sentence: Source, source: Source, around: frozenset[str]) -> Iterator[Breach]:
    """Words that widen: each must be in the facts, "all" and its like beside the same thing."""
    places = [n for n, t in enumerate(sentence.tokens) if t.word == "both" or lexicon.scope_of(t.word)]
    there: dict[str, list[set[str]]] = {}
    denied = {k for t in source.tokens if t.negated for k in t.keys} if places else set()
    for n, token in enumerate(source.tokens if places else ()):
        for family in lexicon.scope_of(token.word):
            there.setdefault(family, []).append(_window(source.tokens, n))
    for n in places:
        token = sentence.tokens[n]
        families = lexicon.scope_of(token.word)
        if token.word == "both" and not _has_two(sentence, n, source):
            yield Breach("scope_inflated", "The facts do not speak of two.", _OWN_WORD, token.word)
        if not families or lexicon.stem(token.word) in around or widens_nothing(sentence, n, source):
            continue
        beside = _beside(sentence.tokens, n) if token.word in _WHOLE else frozenset()
        if token.word in _WHOLE and beside & denied and _lacking(sentence, token.clause):
            continue
        windows = [window for f in families for window in there.get(f, ())]
        if not windows or (beside and not any(beside & window for window in windows)):
            yield Breach(
                "scope_inflated", f"The scope word “{token.word}” is not what the facts say.", _OWN_WORD, token.word
            )
    for m in _AT_ONCE.finditer(sentence.text) if _AT_ONCE_ENDS & sentence.spoken else ():
        if m[0].lower() == "every single" and any("scope.all" in lexicon.scope_of(w) for w in source.spoken):
            continue
        if m[0].lower() not in source.text.lower():
            yield Breach("scope_inflated", f"“{m[0]}” is not what the facts say.", _OWN_WORD, m[0])
    rhythms = timing.rhythms(sentence.text)
    known = _rhythms_of(source) if rhythms else frozenset()
    for period, words in rhythms.items():
        if period not in known:
            yield Breach("scope_inflated", f"“{words}”: the facts give no such rhythm.", _OWN_WORD, words)


def _lacking(sentence: Source, clause: int) -> bool:
    """Whether a clause denies: "missing from every setting" is "in no setting"."""
    return any(t.clause == clause and meaning.is_negation(t.word) for t in sentence.tokens)


def _beside(tokens: Sequence[Token], at: int) -> frozenset[str]:
    """The keys of the thing that a scope word speaks of: the next word that carries meaning and is no figure."""
    following = meaning.content(t for t in tokens[at + 1 : at + 6] if t.clause == tokens[at].clause)
    return next(
        (t.keys for t in following if not t.word[0].isdigit() and t.word not in lexicon.plain_words()), frozenset()
    )


def widens_nothing(sentence: Source, at: int, source: Source) -> bool:
    """Whether a scope word widens nothing where it stands: "every Monday", "all 27", "at most", "the rest: 3"."""
    tokens, word = sentence.tokens, sentence.tokens[at].word
    before = tokens[at - 1].word if at else ""
    if word in ("every", "each") and any(t.word in _TIME_NOUNS or t.word in WEEKDAYS for t in tokens[at + 1 : at + 4]):
        return True
    if word == "ever" and _lacking(sentence, tokens[at].clause):
        return True
    if word == "all" and tokens[at + 1 : at + 2] and tokens[at + 1].word in ("that", "which"):
        return True
    if word == "many" and before in ("how", "as", "so", "too"):
        return True
    if word == "all" and "total" in source.spoken and _has_known_number(sentence, source):
        return True
    if word == "all" and before in ("are", "is", "were") and {"only", "exclusively"} & source.spoken:
        return True
    if word == "each" and _shared_out(sentence, at, source):
        return True
    if (word == "most" and before in ("at", "the")) or (word == "never" and source.denials):
        return True
    return "scope.all" in lexicon.scope_of(word) and _of_a_known_number(sentence, at, source)


def _has_known_number(sentence: Source, source: Source) -> bool:
    known = {f.atom.value for f in source.figures if f.atom.kind == "number"} - {"0", "1"}
    return any(f.atom.value in known for f in sentence.figures if f.atom.kind == "number")


def _shared_out(sentence: Source, at: int, source: Source) -> bool:
    """ "the remaining two each", "the three parents each": each of a number that the facts have."""
    numbers = {f.atom.value for f in source.figures if f.atom.kind == "number"} - {"0", "1"}
    place = sentence.tokens[at].start
    return any(
        f.unit is None
        and f.atom.value in numbers
        and re.fullmatch(r"\s(?:\w+\s){0,2}", sentence.text[f.atom.end : place])
        for f in sentence.figures
        if f.atom.end <= place
    )


def _of_a_known_number(sentence: Source, at: int, source: Source) -> bool:
    """ "all 27", "each of the 27", "the 27 ... all": no more than "the 27", unless the facts speak of a part of the 27."""
    place = sentence.tokens[at]
    numbers = {f.atom.value for f in source.figures if f.atom.kind == "number"}
    wholes = {whole for _, whole in source.pairs}
    said_all = {f for t in source.tokens for f in lexicon.scope_of(t.word)}
    before = sentence.tokens[at - 1].word if at else ""
    for figure in sentence.figures:
        if figure.atom.kind != "number" or figure.atom.value not in numbers:
            continue
        if before in ("were", "are", "was", "is", "been", "they", "them") and figure.atom.end <= place.start:
            return True
        between = sentence.text[place.end : figure.atom.start]
        if re.fullmatch(r"\s(?:of\s)?(?:the\s|these\s|those\s|our\s|other\s)*", between):
            return figure.atom.value not in wholes or "scope.all" in said_all
    if place.word in ("each", "every", "all") and re.match(
        r"\s(?:of\s)?(?:them|these|those|one)\b", sentence.text[place.end :]
    ):
        return bool(numbers - {"1"})
    return False


def _has_two(sentence: Source, at: int, source: Source) -> bool:
    """Whether "both" joins two words of the sentence itself, or the facts have two of something."""
    following = [t.word for t in sentence.tokens[at + 1 : at + 7]]
    return "both" in source.spoken or "and" in following or any(f.atom.value == "2" for f in source.figures)


def _window(tokens: Sequence[Token], at: int) -> set[str]:
    near = meaning.content(tokens[max(0, at - 5) : at + 7])
    return {k for t in near for k in t.keys if t is not tokens[at]}


def _rhythms_of(source: Source) -> frozenset[str]:
    """The periods of the facts; a weekday makes a week, a clock time a day."""
    periods = set(timing.rhythms(source.text))
    if any(w.rstrip("s") in {d.rstrip("s") for d in WEEKDAYS} for w in source.spoken):
        periods.add("week")
    if {"day", "daily"} & source.spoken and any(":" in f.atom.value for f in source.figures):
        periods.add("day")
    if "night" in source.spoken:
        periods |= {"night", "day"}
    return frozenset(periods)
