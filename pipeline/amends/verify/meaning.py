"""Words as the lock compares them: stems, families of equal meaning, negation, tense, rhythm.

Two words are the same to the lock when they share a stem or a family of `lexicon/actions.v1.yaml`. Nothing here knows
facts or letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from amends.data import load_yaml

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PLAN = r"(?:will|shall|going to|plan(?:s|ned)?(?: to| for)?|intend(?:s|ed)? to|(?:is|are) to be|scheduled|(?:is|are) due|expected (?:on|for|by|to)|(?:prepared|ready|about|set aside) to|from \d{1,2} \w+ 20\d\d onwards?)"
_FUTURE = re.compile(rf"\b{_PLAN}\b|\bwon['’]t\b|\w['’]ll\b|^planned\b", re.IGNORECASE)
_UNDER_WAY = re.compile(
    r"\b(?:under way|underway|in progress|(?:is|are) being|(?:am|is|are) (?:now |currently |still )?(?!according|working|missing|existing|outstanding|during)[a-z]+ing|continu\w+|started to|began to|so far|not yet|ongoing)\b",
    re.IGNORECASE,
)
_PHRASES = tuple(
    (re.compile(rf"\b{old}\b", re.IGNORECASE), new)
    for old, new in (
        (r"(?:nothing|nobody|no[ -]one|none) (?:but|except|other than)", "only"), (r"no[ -]one", "nobody"), ("out of stock", "not in stock"), ("instead of", "not"), ("rather than", "not"), ("failed to", "not"),
        (r"lack(?:s|ed|ing)?(?: of)?(?: an?)?", "no"), ("free of", "no"), ("any ?more", "now"), ("pa(?:id|y|ys) back", "refunded"), ("in all(?=[,.;:)]|$)", "in total"), ("not any(?:one|body)", "nobody"), ("two times", "twice"), ("lead time", "delivery time"), ("delivery notes?", "delivery-note"), ("lead(s?) to", r"cause\1"), (r"has(?:n't| not) got", "has no"),
    )
)  # fmt: skip
_ANY_PHRASE = re.compile(
    r"\b(?:no[ -]one|(?:nothing|nobody|none) (?:but|except|other)|out of stock|instead of|rather than|failed to|lack|free of|in all|not any|any ?more|pa(?:id|y|ys) back|two times|leads? t|delivery note|has(?:n't| not) got)",
    re.IGNORECASE,
)
_NEGATIONS = frozenset(
    "missing absent not no never none neither nor without nobody nothing nowhere cannot unable hardly".split()
)
#: Negations that turn all of their clause, wherever they stand in it.
_WHOLE = frozenset("none nothing nobody missing absent".split())
_CLAUSE = re.compile(
    r"\n+|[,;:.!?()–—]+(?=\s|$|\()|[\"“”]|(?<=\s)\(|\b(?:and|but|while|because|although|though|so|which|who|whose|where|when|whenever|if|until|even|or)\b",
    re.IGNORECASE,
)
_ENDS_NOUN = frozenset("the a an our this that these those no in on at by for from of with to is are was were".split())


class Token(NamedTuple):
    """One word: its small form, its `keys` (stem and families), its place, its clause, whether a negation covers it."""

    word: str
    keys: frozenset[str]
    start: int
    end: int
    clause: int
    negated: bool


def words(text: str) -> list[str]:
    """The words of `text`, lower-cased, straight apostrophes."""
    return [w.lower().replace("’", "'") for w in _WORD.findall(text)]


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """The part of a word that its forms share: "shipped", "ships" -> "ship"; "copies" -> "copi"."""
    word = word.removesuffix("'s").removesuffix("'")
    for ending in ("ing", "ed", "es", "s"):
        if (
            word.endswith(ending)
            and len(word) - len(ending) >= 3
            and not (ending in ("s", "es") and word.endswith(("ss", "us")))
        ):
            word = word.removesuffix(ending)
            if ending in ("ing", "ed") and len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
                word = word[:-1]
            break
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    return f"{word[:-1]}i" if word.endswith("y") and len(word) > 3 else word


def _forms(entry: str) -> tuple[str, ...]:
    """The forms that an entry of the lexicon stands for: "count*" is count, counts, counted, counting."""
    if not entry.endswith("*"):
        return (entry,)
    base = entry[:-1]
    if base.endswith("e"):
        return (base, f"{base}s", f"{base}d", f"{base[:-1]}ing")
    if base.endswith("y") and base[-2] not in "aeiou":
        return (base, f"{base[:-1]}ies", f"{base[:-1]}ied", f"{base}ing")
    return (base, f"{base}{'es' if base.endswith(('s', 'sh', 'ch', 'x')) else 's'}", f"{base}ed", f"{base}ing")


@cache
def _table(name: str, *, stems: bool) -> dict[str, frozenset[str]]:
    """Word form (and stem, if `stems`) -> the families or rows of `lexicon/actions.v1.yaml` that it belongs to."""
    table: dict[str, set[str]] = {}
    for family, entries in load_yaml("lexicon/actions.v1.yaml")[name].items():
        for form in (f for entry in entries for f in _forms(entry)):
            table.setdefault(form, set()).add(f"{name}.{family}")
            if stems:
                table.setdefault(stem(form), set()).add(f"{name}.{family}")
    return {form: frozenset(families) for form, families in table.items()}


@cache
def listed(name: str) -> frozenset[str]:
    """The words of one plain list of the lexicon, such as `papers`."""
    return frozenset(load_yaml("lexicon/actions.v1.yaml")[name])


@cache
def plain_words() -> frozenset[str]:
    """Words that carry no claim of their own."""
    return frozenset(w for group in load_yaml("lexicon/actions.v1.yaml")["plain"].values() for w in group)


@lru_cache(maxsize=16384)
def keys_of(word: str) -> frozenset[str]:
    """All that `word` may be compared by: its stem, its rows and deeds; for a compound also its parts that are no deeds."""
    keys = {stem(word)}
    for name in ("deeds", "same"):
        table = _table(name, stems=True)
        keys |= table.get(word, frozenset()) | table.get(stem(word), frozenset())
    for part in word.split("-") if "-" in word else ():
        if not deeds_of(part):
            keys |= {stem(part), *_table("same", stems=True).get(part, ())}
    return frozenset(keys)


@lru_cache(maxsize=16384)
def deeds_of(word: str) -> frozenset[str]:
    """The families of deeds that `word`, as a verb form, belongs to."""
    return _table("deeds", stems=False).get(word, frozenset())


@cache
def told_from(family: str) -> frozenset[str]:
    """The families and stems that let the facts' words be told as a deed of `family` ("set from 2 to 10" as raised)."""
    words_ = load_yaml("lexicon/actions.v1.yaml")["stands_for"].get(family.removeprefix("deeds."), ())
    return frozenset(k for w in words_ for k in (f"deeds.{w}", stem(w)))


@lru_cache(maxsize=16384)
def counted_as(word: str) -> frozenset[str]:
    """The rows of things that figures count ("orders", "buyers") that `word` belongs to."""
    return _table("counted", stems=False).get(word, frozenset())


@lru_cache(maxsize=16384)
def scope_of(word: str) -> frozenset[str]:
    """The families of scope words ("all", "immediately") that `word` belongs to."""
    return _table("scope", stems=False).get(word, frozenset())


@cache
def opposites() -> dict[str, frozenset[str]]:
    """Word -> its opposites."""
    table: dict[str, set[str]] = {}
    for row in load_yaml("lexicon/actions.v1.yaml")["opposites"]:
        for word in row:
            table.setdefault(word, set()).update(set(row) - {word})
    return {word: frozenset(others) for word, others in table.items()}


def is_future(text: str) -> bool:
    """Whether `text` speaks of something still to come."""
    return bool(_FUTURE.search(text))


def is_under_way(text: str) -> bool:
    """Whether `text` speaks of something begun and not finished."""
    return bool(_UNDER_WAY.search(text))


@lru_cache(maxsize=16384)
def is_negation(word: str) -> bool:
    """Whether `word` turns what follows it into its opposite."""
    return word.removesuffix("'s") in _NEGATIONS or word.endswith("n't")


def is_negated(text: str) -> bool:
    """Whether `text` contains a negation."""
    return any(is_negation(w) for w in words(normal(text)))


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """`text` with phrases that deny put as one word ("no one" -> "nobody", "out of stock" -> "not in stock")."""
    if _ANY_PHRASE.search(text):
        for pattern, new in _PHRASES:
            text = pattern.sub(new, text)
    return text


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of `text` with clause and polarity. Places refer to `normal(text)`."""
    text = normal(text)
    breaks = [m.end() for m in _CLAUSE.finditer(text)]
    found: list[tuple[str, int, int, int]] = []
    clause = 0
    for m in _WORD.finditer(text):
        while clause < len(breaks) and breaks[clause] <= m.start():
            clause += 1
        found.append((m[0].lower().replace("’", "'"), m.start(), m.end(), clause))
    denied = _denied([f for f in found if not _quoted(text, f[1])]) if '"' in text or "“" in text else _denied(found)
    return tuple(Token(w, keys_of(w), s, e, c, s in denied) for w, s, e, c in found)


def _quoted(text: str, at: int) -> bool:
    """Whether the place stands between quotation marks: words that are shown there deny nothing."""
    before = text[:at]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def _denied(found: list[tuple[str, int, int, int]]) -> set[int]:
    """The places of the words that a negation covers: those after it in its clause; after "without" the next noun only."""
    if not any(is_negation(f[0]) for f in found):
        return set()
    whole = {clause for word, _, _, clause in found if word.removesuffix("'s") in _WHOLE}
    denied: set[int] = set()
    under, noun, content_words = -1, False, 0
    for word, start, _, clause in found:
        if noun and content_words and word in _ENDS_NOUN:
            under = -1
        if clause == under or clause in whole:
            denied.add(start)
            content_words += word not in _EMPTY or word == "one"
        if is_negation(word) and (under != clause or noun):
            under, noun, content_words = clause, word == "without", 0
    return denied


class Denial(NamedTuple):
    """One denial: the words it covers, all words of its clause, and all from its clause to the end of the sentence."""

    group: tuple[Token, ...]
    clause: tuple[Token, ...]
    reach: tuple[Token, ...]


_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n")


@lru_cache(maxsize=8192)
def denials(text: str) -> tuple[Denial, ...]:
    """Every denial in `text`, in order."""
    found = tokens(text)
    groups: list[list[Token]] = []
    before: Token | None = None
    for token in found:
        if not token.negated or is_negation(token.word):
            before = before if token.word in _WHOLE else None
            continue
        if before is None or before.clause != token.clause:
            groups.append([])
        groups[-1].append(token)
        before = token
    ends = [m.start() for m in _SENTENCE_END.finditer(normal(text))] if groups else []
    return tuple(_denial(group, found, ends) for group in groups)


def _denial(group: list[Token], found: tuple[Token, ...], ends: list[int]) -> Denial:
    clause = tuple(t for t in found if t.clause == group[0].clause)
    end = next((e for e in ends if e >= group[-1].end), len(found) and found[-1].end)
    return Denial(tuple(group), clause, tuple(t for t in found if clause[0].start <= t.start < end))


_EMPTY = frozenset(
    "the a an and or of to in on at for by with from that this these those it its is its are was were be been being has have had having we our us i my they "
    "their them he she his her as each every all which who whose so not no never none neither nor without nobody nothing cannot do does did done can may "
    "there here then than if when while because although but also any some such only out up into under over after before since until within one".split()
)


def content(tokens_: Iterable[Token]) -> list[Token]:
    """The tokens that carry meaning."""
    return [t for t in tokens_ if is_content(t.word)]


@lru_cache(maxsize=16384)
def is_content(word: str) -> bool:
    """Whether `word` carries meaning: no function word, no negation."""
    return word not in _EMPTY and not is_negation(word)


def overlap(one: str, other: str) -> float:
    """Share of the content words of the shorter text that stand in the other, 0..1."""
    a, b = _weighty(one), _weighty(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def shared_words(one: str, other: str) -> int:
    """How many different content words two texts share."""
    return len(_weighty(one) & _weighty(other))


@lru_cache(maxsize=4096)
def _weighty(text: str) -> frozenset[str]:
    return frozenset(words(text)) - _LITTLE


_LITTLE = frozenset(
    "the a an and or of to in on at for by with from that this these those it its is are was were be been has have had we our us i my they their as "
    "each every all which who so".split()
)
_RHYTHM = re.compile(
    r"\b(?:every|each|per|once an?|twice an?|times an?|of (?:every|each)|of the(?=\s(?:month|week|quarter|year)))\s(?:(?!an?\b|the\b)\w+[\s-]){0,2}?(?P<noun>day|week|month|hour|quarter|year|minute|second)s?\b"
    r"|\b(?P<adverb>daily|weekly|monthly|hourly|quarterly|yearly|annually|nightly)\b|\b(?P<plain>(?:once|times|twice|only once) (?:a|per|each|every) (?P<last>day|night|week|month|hour|quarter|year))\b",
    re.IGNORECASE,
)
_ADVERBS = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "hourly": "hour",
    "quarterly": "quarter",
    "yearly": "year",
    "annually": "year",
    "nightly": "night",
}


@lru_cache(maxsize=8192)
def rhythms(text: str) -> dict[str, str]:
    """The periods at which `text` says that something happens ("daily", "every week"), each with its words."""
    found = {}
    for m in _RHYTHM.finditer(text):
        noun = m["noun"] or m["last"] or _ADVERBS[m["adverb"].lower()]
        found[noun.lower()] = m[0]
    return found


def is_foreign(text: str) -> bool:
    """Whether `text` is not English: Chinese or Japanese characters, or German function words."""
    if re.search(r"[\u3040-\u30ff\u3400-\u9fff]", text):
        return True
    german = load_yaml("lexicon/actions.v1.yaml")["german"]
    found = words(text)
    known = sum(w in german for w in found)
    return known >= 2 and known / max(len(found), 1) > 0.12
