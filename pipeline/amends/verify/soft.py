"""Deeds, their status, how far they went, and whether they are denied: none may differ from the facts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from amends.data import load_yaml
from amends.schemas import Fact
from amends.verify import deputies, meaning
from amends.verify.atoms import WEEKDAYS
from amends.verify.hard import Breach
from amends.verify.meaning import Token
from amends.verify.source import Source, of_fact

_OWN_WORD = "Use the seller's own word."
_LABELS = frozenset("order orders asin asins product products complaint case invoice shelf sku skus".split())
_MONTHS = "january february march april may june july august september october november december".split()
#: Share of the words of a denied part that a sentence must say for its "not" to count as dropped.
_DENIED = 0.6
_TIME_NOUNS = frozenset("day days week weeks month months hour hours quarter year time times morning evening".split())


def breaches(sentence: Source, source: Source, around: frozenset[str], cited: Sequence[Fact]) -> Iterator[Breach]:
    """The words of a sentence that its facts do not bear. `around` are the keys that need no fact."""
    if not source.foreign:
        yield from _new_words(sentence, source, around)
        yield from _scope(sentence, source)
        if cited:
            yield from _polarity(sentence, source)
        yield from deputies.breaches(sentence, source)
    yield from _status(sentence, source, cited)


def _new_words(sentence: Source, source: Source, around: frozenset[str]) -> Iterator[Breach]:
    """Words whose meaning is in none of the facts: another deed, another thing it was done to, another person or paper."""
    known = source.keys | around | _month_keys(source)
    inside = [(f.atom.start, f.atom.end) for f in sentence.figures]
    plain = meaning.plain_words()
    for n, token in enumerate(sentence.tokens):
        if (
            token.word in plain
            or token.keys & known
            or any(s <= token.start < e for s, e in inside)
            or meaning.is_negation(token.word)
        ):
            continue
        after = sentence.tokens[n + 1].start if n + 1 < len(sentence.tokens) else -1
        if token.word in _LABELS and any(f.atom.kind == "id" and f.atom.start == after for f in sentence.figures):
            continue
        if meaning.scope_of(token.word) or token.word.isdigit() or _parts_known(token, known):
            continue
        yield _named(token, sentence)


def _parts_known(token: Token, known: frozenset[str]) -> bool:
    """A compound ("10-day", "lamp-maker") is known by its parts."""
    parts = token.word.split("-")
    return len(parts) > 1 and all(
        p.isdigit() or p in meaning.plain_words() or meaning.keys_of(p) & known for p in parts
    )


def _month_keys(source: Source) -> frozenset[str]:
    dates = [f.atom.value for f in source.figures if f.atom.kind == "date"]
    return frozenset(meaning.stem(_MONTHS[int(d[5:7]) - 1] if d[0] != "-" else _MONTHS[int(d[2:4]) - 1]) for d in dates)


def _named(token: Token, sentence: Source) -> Breach:
    word = sentence.text[token.start : token.end]
    kinds = load_yaml("lexicon/actions.v1.yaml")
    if token.word in kinds["documents"] or meaning.stem(token.word) in kinds["documents"]:
        return Breach(
            "document_invented", f"No fact speaks of “{word}”.", "Name only papers that the facts name.", word
        )
    if (word[:1].isupper() and token.start > 0) or token.word in kinds["roles"]:
        return Breach("name_invented", f"No fact speaks of “{word}”.", "Name only whom the facts name.", word)
    if token.word.endswith("ly"):
        return Breach("scope_inflated", f"“{word}” is not what the facts say.", _OWN_WORD, word)
    return Breach("action_changed", f"“{word}” is not what the facts say.", _OWN_WORD, word)


# --- how far ----------------------------------------------------------------------------------------------------------


def _scope(sentence: Source, source: Source) -> Iterator[Breach]:
    """Words that widen: each must be in the facts, and "all" beside the same thing."""
    there: dict[str, list[set[str]]] = {}
    for n, token in enumerate(source.tokens):
        for family in meaning.scope_of(token.word):
            there.setdefault(family, []).append(_window(source.tokens, n))
    for n, token in enumerate(sentence.tokens):
        families = meaning.scope_of(token.word)
        if token.word == "both" and not _has_two(source):
            yield Breach("scope_inflated", "The facts do not speak of two.", _OWN_WORD, token.word)
        if not families or (token.word in ("every", "each") and _is_rhythm(sentence.tokens, n)):
            continue
        here = _window(sentence.tokens, n)
        if "scope.all" in families and _all_of_a_known_number(sentence, n, source):
            continue
        if not families & there.keys() or (
            "scope.all" in families and here and not any(here & w for f in families for w in there.get(f, ()))
        ):
            yield Breach(
                "scope_inflated", f"The scope word “{token.word}” is not what the facts say.", _OWN_WORD, token.word
            )
    for period, words in meaning.rhythms(sentence.text).items():
        if period not in meaning.rhythms(source.text):
            yield Breach("scope_inflated", f"“{words}”: the facts give no such rhythm.", _OWN_WORD, words)


def _has_two(source: Source) -> bool:
    return "both" in source.spoken or any(f.atom.value == "2" for f in source.figures)


def _all_of_a_known_number(sentence: Source, at: int, source: Source) -> bool:
    """ "all 27", "each of the 27" says no more than "the 27" does."""
    place = sentence.tokens[at]
    for figure in sentence.figures:
        between = sentence.text[place.end : figure.atom.start]
        if figure.atom.kind == "number" and re.fullmatch(r"\s(?:of\s)?(?:the\s|these\s|our\s)?", between):
            same = [f.atom.text for f in source.figures if f.atom.value == figure.atom.value]
            return any(
                re.search(
                    rf"(?<!\d of )\b(?:the|these|all|both|our|each of the)\s{re.escape(t)}\b",
                    source.text,
                    re.IGNORECASE,
                )
                for t in same
            )
    return False


def _window(tokens: Sequence[Token], at: int) -> set[str]:
    near = meaning.content(tokens[max(0, at - 2) : at + 6])
    return {k for t in near for k in t.keys if t is not tokens[at]}


def _is_rhythm(tokens: Sequence[Token], at: int) -> bool:
    return any(t.word in _TIME_NOUNS or t.word in WEEKDAYS for t in tokens[at + 1 : at + 4])


# --- denied or not ----------------------------------------------------------------------------------------------------


def _polarity(sentence: Source, source: Source) -> Iterator[Breach]:
    """A denial that the facts do not have, or one of theirs that is gone."""
    if not sentence.denials and not source.denials:
        return
    denied_there = {k for t in source.tokens if t.negated for k in t.keys}
    said = meaning.content(sentence.tokens)
    for group, clause in sentence.denials:
        keys = meaning.content(group) or meaning.content(clause)
        if (
            not any(t.keys & denied_there for t in keys)
            and not _only_turned(keys, source)
            and not _denied_too(clause, source)
        ):
            yield Breach(
                "polarity_changed",
                "It denies something that the facts do not deny.",
                "Say it as the facts do.",
                keys[-1].word if keys else "",
            )
            return
    affirmed_there = {meaning.stem(t.word) for t in source.tokens if not t.negated}
    here = {meaning.stem(t.word): t.negated for t in said}
    if any(t.negated and t.word == "one" for t in sentence.tokens):
        return
    turned = "only" in sentence.spoken or sentence.tokens[0].word in ("before", "after")
    for group, clause in source.denials:
        if turned and any(t.word in ("before", "until") for t in clause):
            continue
        whole = _stems(group)
        only = whole - affirmed_there
        known = _share(_stems(clause), here)
        dropped = only and _share(only, here) >= _DENIED <= known and not any(here.get(w) for w in whole)
        if dropped or (known == 1 and _said_outright(clause, sentence, source)):
            yield Breach(
                "polarity_changed",
                "It says the opposite of the facts: a “not” is missing.",
                "Say it as the facts do.",
                "",
            )
            return


def _denied_too(clause: Sequence[Token], source: Source) -> bool:
    """Whether a denied clause of the facts speaks of the same, in other words ("was not part of", "did not include")."""
    wanted = meaning.content(clause)
    theirs = [{k for t in whole for k in t.keys} for _, whole in source.denials]
    return len(wanted) > 2 and any(sum(bool(t.keys & k) for t in wanted) >= _DENIED * len(wanted) for k in theirs)


def _only_turned(denied: Sequence[Token], source: Source) -> bool:
    """Whether "only after X" is said as "not before X"."""
    return "only" in source.spoken and sum(bool(t.keys & source.keys) for t in denied) >= _DENIED * len(denied)


def _said_outright(denied: Sequence[Token], sentence: Source, source: Source) -> bool:
    """Whether a clause of the sentence says all of a denied clause without its denial, and no clause of the facts does."""
    wanted = _stems(denied)
    negations = sum(meaning.is_negation(t.word) for t in denied)

    def plain(tokens: Sequence[Token]) -> bool:
        for clause in {t.clause for t in tokens}:
            part = [t for t in tokens if t.clause == clause]
            if (
                len(wanted) > 1
                and wanted <= _stems(part)
                and sum(meaning.is_negation(t.word) for t in part) < negations
            ):
                return True
        return False

    return plain(sentence.tokens) and not plain(source.tokens)


def _stems(tokens: Sequence[Token]) -> set[str]:
    return {meaning.stem(t.word) for t in meaning.content(tokens) if not t.word[0].isdigit()}


def _share(wanted: set[str], here: Collection[str]) -> float:
    return sum(w in here for w in wanted) / len(wanted) if wanted else 0.0


# --- done, under way, planned -----------------------------------------------------------------------------------------


def _status(sentence: Source, source: Source, cited: Sequence[Fact]) -> Iterator[Breach]:
    """Tense against the status of the facts; with facts of different status each clause against the fact it is like."""
    with_status = [f for f in cited if f.status and f.kind in ("action", "measure", "statement", "cause")]
    statuses = {f.status for f in with_status}
    if len(statuses) > 1:
        for clause in re.split(r"(?:[,;]\s|\s)(?:and|while|but)\s|;\s", sentence.text):
            closest = max(with_status, key=lambda f: meaning.shared_words(clause, of_fact(f).text))
            yield from _tense(clause, of_fact(closest).text, closest)
        return
    for fact in with_status[:1]:
        yield from _tense(sentence.text, source.text, fact)


def _tense(text: str, source: str, fact: Fact) -> Iterator[Breach]:
    future, under_way = meaning.is_future(text), meaning.is_under_way(text)
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
