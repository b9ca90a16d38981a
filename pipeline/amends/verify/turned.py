"""Whether a sentence turns its facts: denies what they affirm, affirms what they deny, calls planned what is done."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from amends.schemas import Fact
from amends.verify import lexicon, meaning, timing
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
    "gone over expired ill sick away holiday omitted omits skipped overlooked ignored disregarded excluded "
    "impossible refused sold empty longer unless other than otherwise besides separately independent independently departure separate".split()
)

#: Deeds after which a thing is no more: "no access" for "we took the access from her".
_TAKING_AWAY = frozenset("took take takes taken withdrew withdrawn revoked cancelled abolished discontinued".split())


def breaches(sentence: Source, source: Source, cited: Sequence[Fact]) -> Iterator[Breach]:
    """Every turn of the facts in a sentence that names some."""
    if cited and not source.foreign:
        yield from _denied(sentence, source)
        yield from _denial_dropped(sentence, source)
        yield from _denied_otherwise(sentence, source)
    yield from _status(sentence, source, cited)


# --- denied or not ----------------------------------------------------------------------------------------------------


def _denied(sentence: Source, source: Source) -> Iterator[Breach]:
    """A denial of what the facts affirm, and nowhere deny or limit."""
    if not sentence.denials:
        return
    denied_there = {k for d in source.denials for t in meaning.content(d.reach) for k in t.keys}
    affirmed = source.affirmed
    for denial in sentence.denials:
        if "zero" in source.spoken and any(t.word == "zero" for t in denial.clause):
            continue
        words = _claiming(denial.group) or _claiming(denial.clause)
        turned = [t for t in words if t.keys & affirmed]
        if any(f"un{t.word}" in source.spoken for t in words) or _requires(denial, source):
            continue
        if not turned or any(t.keys & denied_there for t in _claiming(denial.clause)) or 2 * len(turned) < len(words):
            continue
        if not _limited(denial, source, sentence):
            yield Breach("polarity_changed", "It denies what the facts do not deny.", _AS_FACTS, turned[-1].word)
            return


_NO_OTHER = frozenset("other others further else another more additional".split())
#: How many words after a "no" its "without" or "until" stands.
_NEAR_BY = 12
_SOLE = frozenset("only sole solely exclusively single".split())
_CONDITION = frozenset("without unless until before".split())
_REQUIRING = _SOLE | frozenset(
    "need needs needed require requires required must has every each always all before after mandatory approves signs".split()
)


def _requires(denial: Denial, source: Source) -> bool:
    """ "no other model" for "the only model", "no order without her signature" for "orders need her signature"."""
    words = {t.word for t in denial.clause}
    if words & _NO_OTHER and _SOLE & source.spoken:
        return True
    no = next((n for n, t in enumerate(denial.reach) if meaning.is_negation(t.word)), len(denial.reach))
    after = [t.word for t in denial.reach[no + 1 : no + _NEAR_BY]]
    end = next((n for n, w in enumerate(after) if w in ("but", "and", "while", "although")), len(after))
    return bool(_CONDITION & set(after[:end]) and _REQUIRING & source.spoken)


def _claiming(tokens: Sequence[Token]) -> list[Token]:
    return [t for t in meaning.content(tokens) if not t.word[0].isdigit()]


def _limited(denial: Denial, source: Source, sentence: Source) -> bool:
    """Whether the facts limit the same in another way, with a word that the sentence has given up for its "not"."""
    clause = _closest(denial.clause, source)
    words = {t.word for t in clause}
    limiting = {w for w in words if limits(w) or w in _TAKING_AWAY}
    in_order = words & _ORDER and {t.word for t in denial.clause} & _ORDER - words
    if _by_for_after(denial.clause, [clause]):
        return True
    return bool(limiting - sentence.spoken - {"only"} or in_order)


def _closest(tokens: Sequence[Token], source: Source) -> list[Token]:
    """The clause of the facts that has most in common with `tokens`."""
    wanted = _claiming(tokens)
    return max(source.clauses, key=lambda c: _common(wanted, c), default=[])


def _common(wanted: Sequence[Token], clause: Sequence[Token]) -> int:
    keys = {k for t in clause for k in t.keys}
    return sum(bool(t.keys & keys) for t in wanted)


def _closeness(words: Sequence[Token], clause: Sequence[Token]) -> tuple[int, int]:
    """How many words a clause has in common with `words`, and how many of them as the very same word."""
    return _common(words, clause), len(_stems(words) & _stems(clause))


_PRIVATIVE = re.compile(
    r"un(?!der|it|til|less|iq|ion|iv)\w{5,}|in(?:active|correct|complete|valid|accurate|sufficient)"
)
_ORDER = frozenset("only after before until till unless without".split())


def limits(word: str) -> bool:
    """Whether a word limits, lacks or denies by itself, so that it can stand for a "not"."""
    return word in _LIMITING or _is_privative(word)


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
    return frozenset(lexicon.stem(t.word) for t in _claiming(tokens))


def _told_in(denial: Denial, sentence: Source, source: Source) -> list[int]:
    """The clauses of the sentence that say what is denied, and say nothing else of the facts better; the likest first."""
    end = next((n for n, t in enumerate(denial.group) if t.word in _ORDER), len(denial.group))
    words = _claiming(denial.group[:end]) or _claiming(denial.clause)
    affirmed = source.affirmed
    never = [t for t in words if not (t.keys | lexicon.stands_for(t.word)) & affirmed]
    places: list[tuple[int, int]] = []
    for clause in sentence.clauses:
        said = _claiming(clause)
        if words and _common(words, clause) >= _DROPPED * len(words):
            own = _common(said, denial.clause)
            others = [c for c in source.clauses if c[0].clause != denial.clause[0].clause]
            best = (
                len(never) == len(words)
                or any(meaning.is_negation(t.word) for t in clause)
                or all(_closeness(said, c) < _closeness(said, denial.clause) for c in others)
            )
            if best and not _before_for_not_before(denial, clause):
                places.append((own, -clause[0].clause))
    return [-clause for _, clause in sorted(places, reverse=True)]


def _denied_otherwise(sentence: Source, source: Source) -> Iterator[Breach]:
    """A clause in nearly the words of one of the facts', with a "not" more or less."""
    if _denials_in(sentence.tokens) == _denials_in(source.tokens):
        return
    known = [(clause, _stems(clause)) for clause in source.clauses]
    for clause in sentence.clauses:
        if any(limits(t.word) and t.word not in source.spoken and not meaning.is_negation(t.word) for t in clause):
            continue
        words = _stems(clause) if not _ORDER - {"without", "unless"} & {t.word for t in clause} else frozenset()
        alike = [
            c for c, there in known if len(words) > 1 and len(words & there) >= _ALIKE * max(len(words), len(there))
        ]
        if (
            alike
            and _denials_in(clause) % 2 not in [_denials_in(c) % 2 for c in alike]
            and not _by_for_after(clause, alike)
        ):
            yield Breach("polarity_changed", "It says the opposite of the facts.", _AS_FACTS, "")
            return


def _denials_in(clause: Sequence[Token]) -> int:
    return sum(meaning.is_negation(t.word) or _is_privative(t.word) or t.word == "unless" for t in clause)


def _by_for_after(clause: Sequence[Token], alike: Sequence[Sequence[Token]]) -> bool:
    """ "not confirmed by the ship date" for "confirmed after the ship date"."""
    words = {t.word for t in clause}
    if not words & {"by", "within", "before", "until"} or words & {"after", "later", "late"}:
        return False
    return any({"after", "later", "late"} & {t.word for t in c} for c in alike)


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
    limiting = {t.word for t in sentence.tokens if (limits(t.word) or t.word in order) and t.word not in source.spoken}
    return len(limiting) + sum(meaning.is_negation(t.word) for t in sentence.tokens)


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
    future, under_way = timing.is_future(_WILL_NOT.sub("", text)), timing.is_under_way(text)
    if fact.status == "done" and future and not timing.is_future(source):
        yield Breach(
            "status_changed",
            "It is told as planned, but the facts say that it is done.",
            "Tell it in the past or present.",
        )
    elif fact.status == "done" and fact.kind != "measure" and under_way and not timing.is_under_way(source):
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
