"""What a sentence brings in that its facts do not have: deeds, papers, persons, things, scope, whole clauses.

Only weighty words (`lexicon/actions.v1.yaml`) must be in the facts, as themselves or in a word of their family or row. All
other words are free: a good letter words the facts anew. What they may not do is fill a clause of which the facts know nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from amends.verify import meaning
from amends.verify.atoms import WEEKDAYS
from amends.verify.hard import Breach
from amends.verify.meaning import Token
from amends.verify.source import Source

_OWN_WORD = "Use the seller's own word."
#: New content words from which a clause without a known one is a claim of its own.
_NEW_CLAUSE = 3
_TIME_NOUNS = frozenset("day days week weeks month months hour hours quarter year time times morning evening".split())
_WHOLE = frozenset("all every entire entirely whole complete completely fully full totally wholly".split())
_SHOWN = re.compile(
    r"\b(?:attached|enclosed|annexed|appended)\b|\b(?:as|see)\b[^.;]*\b(?:shows?|confirms?|documents?|documented|proves?|attests?|evidences?|states?|enclosed)\b",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(
    r"\b(?:at once|without (?:any )?delay|right away|straight away|on the spot|in no time|as quickly as possible|every single|without (?:any )?exception|at all times|once and for all|for certain|for good|(?:without|beyond) (?:any |all )?doubt|no doubt|no matter)\b",
    re.IGNORECASE,
)
_AT_ONCE_ENDS = frozenset(
    "once delay away spot time possible single exception times all certain good doubt matter".split()
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
    yield from _scope(sentence, source, around)


def _free_tokens(sentence: Source) -> Iterator[Token]:
    """The words that are no part of a figure, an id or a name."""
    inside = {place for f in sentence.figures for place in range(f.atom.start, f.atom.end)}
    return (t for t in sentence.tokens if t.start not in inside)


def _beyond_frame(sentence: Source, around: frozenset[str]) -> Iterator[Breach]:
    """A sentence without facts may open, close and ask; each word that is of none of these claims something."""
    plain = meaning.plain_words()
    for token in _free_tokens(sentence):
        if token.word not in plain and not token.keys & around and not meaning.is_negation(token.word):
            yield _named(token, sentence)


def _new_words(sentence: Source, source: Source, around: frozenset[str], *, paper: bool) -> Iterator[Breach]:
    """Weighty words of which the facts have neither the word nor its family."""
    known = source.keys | around
    shown = paper or bool(
        _SHOWN_STARTS & sentence.spoken and _SHOWN.search(sentence.text) and not _SHOWN.search(source.text)
    )
    for token in _free_tokens(sentence):
        keys = (
            {meaning.stem(token.word)} if token.word in meaning.listed("papers") and "-" in token.word else token.keys
        )
        if not _weighs(token.word, shown=shown) or keys & known or (token.negated and meaning.deeds_of(token.word)):
            continue
        if any(meaning.told_from(family) & known for family in meaning.deeds_of(token.word)):
            continue
        yield _named(token, sentence)


@lru_cache(maxsize=16384)
def _weighs(word: str, *, shown: bool) -> bool:
    if meaning.deeds_of(word) or any(word in meaning.listed(n) for n in ("papers", "roles", "things")):
        return True
    return shown and word in meaning.listed("light_papers")


def _named(token: Token, sentence: Source) -> Breach:
    word = sentence.text[token.start : token.end]
    if token.word in meaning.listed("papers") or token.word in meaning.listed("light_papers"):
        return Breach(
            "document_invented", f"No fact speaks of “{word}”.", "Name only papers that the facts name.", word
        )
    if (word[:1].isupper() and token.start > 0) or token.word in meaning.listed("roles"):
        return Breach("name_invented", f"No fact speaks of “{word}”.", "Name only whom the facts name.", word)
    return Breach("action_changed", f"“{word}” is not what the facts say.", _OWN_WORD, word)


def _miscounted(sentence: Source, source: Source) -> Iterator[Breach]:
    """A figure that counts other things than in the facts: "58 orders" for "58 SKUs"."""
    rows = {row for word in source.spoken for row in meaning.counted_as(word)}
    for figure in sentence.figures:
        if figure.atom.kind != "number" or not (noun := _counted(sentence, figure.atom.end)):
            continue
        texts = {f.atom.text for f in source.figures if f.atom.value == figure.atom.value}
        places = (m.end() for t in texts for m in re.finditer(rf"(?<![\w.,-]){re.escape(t)}(?![\w%])", source.text))
        there = {row for end in places if (n := _counted(source, end)) for row in meaning.counted_as(n.word)}
        if not meaning.counted_as(noun.word) & (there or rows) and (there or noun.word not in source.spoken):
            yield Breach("number_invented", f"“{noun.word}” is not what the facts count.", _OWN_WORD, noun.word)


def _counted(text: Source, end: int) -> Token | None:
    """The thing that the figure ending at `end` counts: a word of `counted` among the next three, before any small word."""
    at = bisect_left(text.tokens, end, key=lambda t: t.start)
    for token in text.tokens[at : at + 3]:
        if not meaning.is_content(token.word) or re.search(r"[^\sA-Za-z'-]", text.text[end : token.start]):
            return None
        if meaning.counted_as(token.word):
            return token
    return None


def _new_clauses(sentence: Source, source: Source, around: frozenset[str]) -> Iterator[Breach]:
    """Clauses with new words only: the facts know nothing of what they say."""
    known = source.keys | around
    figures = {(f.atom.kind, f.atom.value) for f in source.figures}
    backed = [(f.atom.start, f.atom.end) for f in sentence.figures if (f.atom.kind, f.atom.value) in figures]
    plain = meaning.plain_words()
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


# --- how far ----------------------------------------------------------------------------------------------------------


def _scope(sentence: Source, source: Source, around: frozenset[str]) -> Iterator[Breach]:
    """Words that widen: each must be in the facts, "all" and its like beside the same thing."""
    places = [n for n, t in enumerate(sentence.tokens) if t.word == "both" or meaning.scope_of(t.word)]
    there: dict[str, list[set[str]]] = {}
    for n, token in enumerate(source.tokens if places else ()):
        for family in meaning.scope_of(token.word):
            there.setdefault(family, []).append(_window(source.tokens, n))
    for n in places:
        token = sentence.tokens[n]
        families = meaning.scope_of(token.word)
        if token.word == "both" and not _has_two(sentence, n, source):
            yield Breach("scope_inflated", "The facts do not speak of two.", _OWN_WORD, token.word)
        if not families or meaning.stem(token.word) in around or _limits(sentence, n, source):
            continue
        beside = _beside(sentence.tokens, n) if token.word in _WHOLE else frozenset()
        windows = [window for f in families for window in there.get(f, ())]
        if not windows or (beside and not any(beside & window for window in windows)):
            yield Breach(
                "scope_inflated", f"The scope word “{token.word}” is not what the facts say.", _OWN_WORD, token.word
            )
    for m in _AT_ONCE.finditer(sentence.text) if _AT_ONCE_ENDS & sentence.spoken else ():
        if m[0].lower() not in source.text.lower():
            yield Breach("scope_inflated", f"“{m[0]}” is not what the facts say.", _OWN_WORD, m[0])
    rhythms = meaning.rhythms(sentence.text)
    known = _rhythms_of(source) if rhythms else frozenset()
    for period, words in rhythms.items():
        if period not in known:
            yield Breach("scope_inflated", f"“{words}”: the facts give no such rhythm.", _OWN_WORD, words)


def _beside(tokens: Sequence[Token], at: int) -> frozenset[str]:
    """The keys of the thing that a scope word speaks of: the next word that carries meaning and is no figure."""
    following = meaning.content(t for t in tokens[at + 1 : at + 6] if t.clause == tokens[at].clause)
    return next(
        (t.keys for t in following if not t.word[0].isdigit() and t.word not in meaning.plain_words()), frozenset()
    )


def _limits(sentence: Source, at: int, source: Source) -> bool:
    """Whether a scope word widens nothing where it stands: "every Monday", "all 27", "at most", "the rest: 3"."""
    tokens, word = sentence.tokens, sentence.tokens[at].word
    before = tokens[at - 1].word if at else ""
    if word in ("every", "each") and any(t.word in _TIME_NOUNS or t.word in WEEKDAYS for t in tokens[at + 1 : at + 4]):
        return True
    if (word == "most" and before in ("at", "the")) or (word == "never" and source.denials):
        return True
    return "scope.all" in meaning.scope_of(word) and _of_a_known_number(sentence, at, source)


def _of_a_known_number(sentence: Source, at: int, source: Source) -> bool:
    """ "all 27", "each of the 27", "the 27 ... all": no more than "the 27", unless the facts speak of a part of the 27."""
    place = sentence.tokens[at]
    numbers = {f.atom.value for f in source.figures if f.atom.kind == "number"}
    wholes = {whole for _, whole in source.pairs}
    said_all = {f for t in source.tokens for f in meaning.scope_of(t.word)}
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
    near = meaning.content(tokens[max(0, at - 3) : at + 7])
    return {k for t in near for k in t.keys if t is not tokens[at]}


def _rhythms_of(source: Source) -> frozenset[str]:
    """The periods of the facts; a weekday makes a week, a clock time a day."""
    periods = set(meaning.rhythms(source.text))
    if any(w.rstrip("s") in {d.rstrip("s") for d in WEEKDAYS} for w in source.spoken):
        periods.add("week")
    if {"day", "daily"} & source.spoken and any(":" in f.atom.value for f in source.figures):
        periods.add("day")
    if "night" in source.spoken:
        periods |= {"night", "day"}
    return frozenset(periods)
