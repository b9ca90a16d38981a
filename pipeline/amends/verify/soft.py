"""Deeds, their status, how far they went, and whether they are denied: none may differ from the facts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from amends.data import load_yaml
from amends.schemas import Fact
from amends.verify import meaning
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
        yield from _deputies(sentence, source)
    yield from _status(sentence, source, cited)


def _new_words(sentence: Source, source: Source, around: frozenset[str]) -> Iterator[Breach]:
    """Words whose meaning is in none of the facts: another deed, another thing it was done to, another person or paper."""
    known = source.keys | around | _month_keys(source)
    inside = [(f.atom.start, f.atom.end) for f in sentence.figures]
    plain = meaning.plain_words()
    for n, token in enumerate(sentence.tokens):
        if token.word in plain or token.keys & known or any(s <= token.start < e for s, e in inside) or meaning.is_negation(token.word):
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
    return len(parts) > 1 and all(p.isdigit() or p in meaning.plain_words() or meaning.keys_of(p) & known for p in parts)


def _month_keys(source: Source) -> frozenset[str]:
    dates = [f.atom.value for f in source.figures if f.atom.kind == "date"]
    return frozenset(meaning.stem(_MONTHS[int(d[5:7]) - 1] if d[0] != "-" else _MONTHS[int(d[2:4]) - 1]) for d in dates)


def _named(token: Token, sentence: Source) -> Breach:
    word = sentence.text[token.start : token.end]
    kinds = load_yaml("lexicon/actions.v1.yaml")
    if token.word in kinds["documents"] or meaning.stem(token.word) in kinds["documents"]:
        return Breach("document_invented", f"No fact speaks of “{word}”.", "Name only papers that the facts name.", word)
    if word[:1].isupper() and token.start > 0 or token.word in kinds["roles"]:
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
        if not families or (token.word in ("every", "each") and _is_rhythm(sentence.tokens, n)):
            continue
        here = _window(sentence.tokens, n)
        if not families & there.keys() or ("scope.all" in families and here and not any(here & w for f in families for w in there.get(f, ()))):
            yield Breach("scope_inflated", f"The scope word “{token.word}” is not what the facts say.", _OWN_WORD, token.word)
    for period, words in meaning.rhythms(sentence.text).items():
        if period not in meaning.rhythms(source.text) and not (period == "day" and re.search(r"\b(?:daily|working day)", source.text)):
            yield Breach("scope_inflated", f"“{words}”: the facts give no such rhythm.", _OWN_WORD, words)


def _window(tokens: Sequence[Token], at: int) -> set[str]:
    near = meaning.content(tokens[max(0, at - 2) : at + 6])
    return {k for t in near for k in t.keys if t is not tokens[at]}


def _is_rhythm(tokens: Sequence[Token], at: int) -> bool:
    from amends.verify.atoms import WEEKDAYS

    return any(t.word in _TIME_NOUNS or t.word in WEEKDAYS for t in tokens[at + 1 : at + 4])


# --- denied or not ----------------------------------------------------------------------------------------------------


def _polarity(sentence: Source, source: Source) -> Iterator[Breach]:
    """A denial that the facts do not have, or one of theirs that is gone."""
    denied_there = {k for t in source.tokens if t.negated for k in t.keys}
    said = meaning.content(sentence.tokens)
    for group, clause in _denied_groups(sentence.tokens):
        keys = meaning.content(group) or meaning.content(clause)
        if not any(t.keys & denied_there for t in keys):
            yield Breach("polarity_changed", "It denies something that the facts do not deny.", "Say it as the facts do.", keys[-1].word if keys else "")
            return
    affirmed_there = {meaning.stem(t.word) for t in source.tokens if not t.negated}
    here = {meaning.stem(t.word): t.negated for t in said}
    for group, clause in _denied_groups(source.tokens):
        whole = _stems(group)
        only = whole - affirmed_there
        if only and _share(only, here) >= _DENIED <= _share(_stems(clause), here) and not any(here.get(w) for w in whole):
            yield Breach("polarity_changed", "It says the opposite of the facts: a “not” is missing.", "Say it as the facts do.", "")
            return


def _stems(tokens: Sequence[Token]) -> set[str]:
    return {meaning.stem(t.word) for t in meaning.content(tokens)}


def _share(wanted: set[str], here: Collection[str]) -> float:
    return sum(w in here for w in wanted) / len(wanted) if wanted else 0.0


def _denied_groups(tokens: Sequence[Token]) -> list[tuple[list[Token], list[Token]]]:
    """(the words under one denial, all words of its clause), in order."""
    groups: list[tuple[list[Token], list[Token]]] = []
    before: Token | None = None
    for token in tokens:
        if not token.negated or meaning.is_negation(token.word):
            before = None
            continue
        if before is None or before.clause != token.clause:
            groups.append(([], [t for t in tokens if t.clause == token.clause]))
        groups[-1][0].append(token)
        before = token
    return groups


# --- who stands in for whom -------------------------------------------------------------------------------------------


_DEPUTY = re.compile(r"\bdeput(?:y|ies)(?: \w+)?(?:\sis|\sare|:)?\s(?:the\s|our\s)?(?P<after>[\w' -]+)|(?P<before>[\w' -]+?)\s(?:is|as|are)\s(?:the\s|a\s|our\s)?deput", re.IGNORECASE)


def _deputies(sentence: Source, source: Source) -> Iterator[Breach]:
    """A deputy told as the one in charge, or the other way round."""
    roles = load_yaml("lexicon/actions.v1.yaml")["roles"]
    here, there = _second(sentence.text), _second(source.text)
    if not here and not there:
        return
    first_there = _pairs_of(_DEPUTY.sub(" ", source.text), roles)
    for pair in _pairs_of(_DEPUTY.sub(" ", sentence.text), roles) - first_there:
        if pair in _pairs_of(" | ".join(there), roles):
            yield Breach("name_invented", f"“{' '.join(pair)}” is the deputy in the facts.", "Name each person for the part the facts give.", pair[1])
    for pair in _pairs_of(" | ".join(here), roles) - _pairs_of(" | ".join(there), roles):
        if pair in first_there:
            yield Breach("name_invented", f"“{' '.join(pair)}” is no deputy in the facts.", "Name each person for the part the facts give.", pair[1])


def _second(text: str) -> list[str]:
    return [m["after"] or m["before"] for m in _DEPUTY.finditer(text)]


def _pairs_of(text: str, roles: Sequence[str]) -> set[tuple[str, str]]:
    """(word before, role) for every role named: ("office", "manager")."""
    found = meaning.words(text)
    return {(a, b) for a, b in zip(found, found[1:], strict=False) if b in roles and a not in ("the", "a", "our", "deputy")}


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
        yield Breach("status_changed", "It is told as planned, but the facts say that it is done.", "Tell it in the past or present.")
    elif fact.status == "done" and fact.kind != "measure" and under_way and not meaning.is_under_way(source):
        yield Breach("status_changed", "It is told as under way, but the facts say that it is done.", "Tell it in the past.")
    elif fact.status == "planned" and not future:
        yield Breach("status_changed", "It is told as done, but the facts say that it is only planned.", "Say “will” or “planned for”, with the date.")
    elif fact.status == "in_progress" and not (under_way or future):
        yield Breach("status_changed", "It is told as done, but the facts say that it is under way.", "Say “under way since …”.")
