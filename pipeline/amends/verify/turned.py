"""Whether a sentence turns its facts: denies what they affirm, affirms what they deny, calls planned what is done."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from amends.schemas import Fact
from amends.verify import meaning
from amends.verify.hard import Breach
from amends.verify.meaning import Denial, Token
from amends.verify.source import Source, of_fact

_AS_FACTS = "Say it as the facts do."
#: Share of the words of a denied part that a sentence must affirm for its "not" to count as dropped.
_DROPPED = 0.6
#: Share of words in common from which two clauses say the same, but for a "not".
_ALIKE = 0.8
#: Words that limit or undo: they can stand for a "not" in other words ("only after" is "not before").
_LIMITING = frozenset(
    "only just merely solely few late stop stopped stops close closed ended end except instead alone out missing wrong removed "
    "deleted abolished less fewer free left away fail failed fails failing lack lacked lacking lacks unable prevent prevented neither rather apart absent without "
    "impossible refused sold empty longer unless other than otherwise besides separately independent independently departure separate".split()
)


def breaches(sentence: Source, source: Source, cited: Sequence[Fact]) -> Iterator[Breach]:
    """Every turn of the facts in a sentence that names some."""
    if cited and not source.foreign:
        yield from _denied(sentence, source)
        yield from _denial_dropped(sentence, source)
        yield from _denied_otherwise(sentence, source)
        yield from _opposites(sentence, source)
        yield from _with_for_without(sentence, source)
    yield from _status(sentence, source, cited)


# --- denied or not ----------------------------------------------------------------------------------------------------


def _denied(sentence: Source, source: Source) -> Iterator[Breach]:
    """A denial of what the facts affirm, and nowhere deny or limit."""
    if not sentence.denials:
        return
    denied_there = {k for d in source.denials for t in meaning.content(d.reach) for k in t.keys}
    affirmed = {k for t in source.tokens if not t.negated for k in t.keys}
    for denial in sentence.denials:
        words = _claiming(denial.group) or _claiming(denial.clause)
        turned = [t for t in words if t.keys & affirmed]
        if not turned or any(t.keys & denied_there for t in _claiming(denial.clause)) or 2 * len(turned) < len(words):
            continue
        if not _limited(denial, source, sentence):
            yield Breach("polarity_changed", "It denies what the facts do not deny.", _AS_FACTS, turned[-1].word)
            return


def _claiming(tokens: Sequence[Token]) -> list[Token]:
    return [t for t in meaning.content(tokens) if not t.word[0].isdigit()]


def _limited(denial: Denial, source: Source, sentence: Source) -> bool:
    """Whether the facts limit the same in another way, with a word that the sentence has given up for its "not"."""
    clause = _closest(denial.clause, source)
    words = {t.word for t in clause}
    limits = {w for w in words if w in _LIMITING or _is_privative(w)}
    in_order = words & _ORDER and {t.word for t in denial.clause} & _ORDER - words
    return bool(limits - sentence.spoken - {"only"} or in_order)


def _closest(tokens: Sequence[Token], source: Source) -> list[Token]:
    """The clause of the facts that has most in common with `tokens`."""
    wanted = _claiming(tokens)
    return max(_clauses(source.tokens), key=lambda c: _common(wanted, c), default=[])


def _common(wanted: Sequence[Token], clause: Sequence[Token]) -> int:
    keys = {k for t in clause for k in t.keys}
    return sum(bool(t.keys & keys) for t in wanted)


_PRIVATIVE = re.compile(
    r"un(?!der|it|til|less|iq|ion|iv)\w{5,}|in(?:active|correct|complete|valid|accurate|sufficient)"
)
_ORDER = frozenset("only after before until till unless without".split())


@lru_cache(maxsize=16384)
def _is_privative(word: str) -> bool:
    """Whether a word denies by its beginning: "unanswered", "inactive"."""
    return _PRIVATIVE.match(word) is not None


def _denial_dropped(sentence: Source, source: Source) -> Iterator[Breach]:
    """More of what the facts deny is told than the sentence has words that deny."""
    if not source.denials:
        return
    told: dict[int, Counter[int]] = {}
    for denial in source.denials:
        if places := _told_in(denial, sentence, source):
            own = denial.clause[0].clause
            place = next((p for p in places if p not in told or told[p][own]), places[0])
            told.setdefault(place, Counter())[own] += 1
    most = [max(of_clause.values()) for of_clause in told.values()]
    missing = sum(most) - _denying_words(sentence, source) if told else 0
    if missing > 0 and not (missing == 2 and 2 in most):
        yield Breach("polarity_changed", "It says the opposite of the facts: a “not” is missing.", _AS_FACTS, "")


def _stems(tokens: Sequence[Token]) -> frozenset[str]:
    """The stems of the words that claim something."""
    return frozenset(meaning.stem(t.word) for t in _claiming(tokens))


def _told_in(denial: Denial, sentence: Source, source: Source) -> list[int]:
    """The clauses of the sentence that say what is denied, and say nothing else of the facts better; the likest first."""
    end = next((n for n, t in enumerate(denial.group) if t.word in _ORDER), len(denial.group))
    words = _claiming(denial.group[:end]) or _claiming(denial.clause)
    affirmed = {k for t in source.tokens if not t.negated for k in t.keys}
    never = [t for t in words if not t.keys & affirmed]
    places: list[tuple[int, int]] = []
    for clause in _clauses(sentence.tokens):
        said = _claiming(clause)
        if words and _common(words, clause) >= _DROPPED * len(words):
            own = _common(said, denial.clause)
            others = [c for c in _clauses(source.tokens) if c[0].clause != denial.clause[0].clause]
            best = (
                len(never) == len(words)
                or any(meaning.is_negation(t.word) for t in clause)
                or all(_common(said, c) < own for c in others)
            )
            if best and not _before_for_not_before(denial, clause):
                places.append((own, -clause[0].clause))
    return [-clause for _, clause in sorted(places, reverse=True)]


def _denied_otherwise(sentence: Source, source: Source) -> Iterator[Breach]:
    """A clause in nearly the words of one of the facts', with a "not" more or less."""
    if _denials_in(sentence.tokens) == _denials_in(source.tokens):
        return
    known = [(clause, _stems(clause)) for clause in _clauses(source.tokens)]
    for clause in _clauses(sentence.tokens):
        words = _stems(clause) if not _ORDER - {"without", "unless"} & {t.word for t in clause} else frozenset()
        alike = [
            c for c, there in known if len(words) > 1 and len(words & there) >= _ALIKE * max(len(words), len(there))
        ]
        if alike and _denials_in(clause) not in [_denials_in(c) for c in alike]:
            yield Breach("polarity_changed", "It says the opposite of the facts.", _AS_FACTS, "")
            return


def _denials_in(clause: Sequence[Token]) -> int:
    return sum(meaning.is_negation(t.word) or _is_privative(t.word) for t in clause)


def _before_for_not_before(denial: Denial, clause: Sequence[Token]) -> bool:
    """ "Before new material is used, we test it" for "no new material is used before we have tested it"."""
    here, there = [t.word for t in clause], [t.word for t in denial.clause]
    if "before" not in here or "before" not in there:
        return False
    first = {k for t in _claiming(denial.clause[: there.index("before")]) for k in t.keys}
    return any(t.keys & first for t in _claiming(clause[here.index("before") :])[:3])


def _denying_words(sentence: Source, source: Source) -> int:
    """How many words of the sentence deny, or limit as no word of the facts does."""
    order = _ORDER if any(t.word in _ORDER for d in source.denials for t in d.clause) else frozenset()
    limiting = {
        t.word
        for t in sentence.tokens
        if (t.word in _LIMITING or _is_privative(t.word) or t.word in order) and t.word not in source.spoken
    }
    return len(limiting) + sum(meaning.is_negation(t.word) for t in sentence.tokens)


def _clauses(tokens: Sequence[Token]) -> list[list[Token]]:
    clauses: dict[int, list[Token]] = {}
    for token in tokens:
        clauses.setdefault(token.clause, []).append(token)
    return list(clauses.values())


def _opposites(sentence: Source, source: Source) -> Iterator[Breach]:
    """ "tracked" where the facts say "untracked", neither of them denied."""
    pairs = meaning.opposites()
    for token in sentence.tokens:
        others = pairs.get(token.word)
        if not others or token.word in source.spoken or token.negated:
            continue
        against = [t for t in source.tokens if t.word in others]
        if against and not any(t.negated for t in against) and not others & sentence.spoken:
            yield Breach("polarity_changed", f"The facts say “{against[0].word}”.", _AS_FACTS, token.word)


def _with_for_without(sentence: Source, source: Source) -> Iterator[Breach]:
    """ "with a scan" where the facts only say "without a scan"."""
    if "without" not in source.spoken:
        return
    lacking = {t.word for t in _next_to(source.tokens, "without")} - {t.word for t in _next_to(source.tokens, "with")}
    for token in _next_to(sentence.tokens, "with"):
        if token.word in lacking and not token.negated:
            yield Breach("polarity_changed", f"The facts say “without … {token.word}”.", _AS_FACTS, token.word)


def _next_to(tokens: Sequence[Token], word: str) -> list[Token]:
    """The word that carries meaning after each `word`."""
    found = []
    for n, token in enumerate(tokens):
        if token.word == word:
            found += meaning.content(tokens[n + 1 : n + 5])[:2]
    return found


# --- done, under way, planned -----------------------------------------------------------------------------------------


def _status(sentence: Source, source: Source, cited: Sequence[Fact]) -> Iterator[Breach]:
    """Tense against the status of the facts; with facts of different status each clause against the fact it is like."""
    with_status = [f for f in cited if f.status and f.kind in ("action", "measure", "statement", "cause")]
    if len({f.status for f in with_status}) > 1:
        for clause in re.split(r"(?:[,;]\s|\s)(?:and|while|but)\s|;\s", sentence.text):
            closest = max(with_status, key=lambda f: meaning.shared_words(clause, of_fact(f).text))
            yield from _tense(clause, of_fact(closest).text, closest)
        return
    for fact in with_status[:1]:
        yield from _tense(sentence.text, source.text, fact)


_WILL_NOT = re.compile(r"\b(?:will|shall) (?:not|never|no longer)\b|\bwon['’]t\b", re.IGNORECASE)


def _tense(text: str, source: str, fact: Fact) -> Iterator[Breach]:
    future, under_way = meaning.is_future(_WILL_NOT.sub("", text)), meaning.is_under_way(text)
    if fact.status == "done" and future and not meaning.is_future(source):
        yield Breach(
            "status_changed",
            "It is told as planned, but the facts say that it is done.",
            "Tell it in the past or present.",
        )
    elif fact.status == "done" and fact.kind != "measure" and under_way and not meaning.is_under_way(source):
        yield Breach(
            "status_changed", "It is told as under way, but the facts say that it is done.", "Tell it in the past."
        )
    elif fact.status == "planned" and not future:
        yield Breach(
            "status_changed",
            "It is told as done, but the facts say that it is only planned.",
            "Say “will” or “planned for”, with the date.",
        )
    elif fact.status == "in_progress" and not (under_way or future):
        yield Breach(
            "status_changed", "It is told as done, but the facts say that it is under way.", "Say “under way since …”."
        )
