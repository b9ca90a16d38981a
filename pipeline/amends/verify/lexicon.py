"""The words of `lexicon/actions.v1.yaml`: stems, families of deeds, rows of equal meaning, scope, opposites."""

from __future__ import annotations

from functools import cache, lru_cache

from amends.data import load_yaml

#: Nouns that only look like a form of a verb.
_NOUNS = frozenset("setting building wording meeting".split())


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """The part of a word that its forms share: "shipped", "ships" -> "ship"; "copies" -> "copi"."""
    word = word.removesuffix("'s").removesuffix("'")
    if word.rstrip("s") in _NOUNS:
        return word.rstrip("s")
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


def forms(entry: str) -> tuple[str, ...]:
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
        for form in (f for entry in entries for f in forms(entry)):
            table.setdefault(form, set()).add(f"{name}.{family}")
            if stems:
                table.setdefault(stem(form), set()).add(f"{name}.{family}")
    return {form: frozenset(families) for form, families in table.items()}


@cache
def listed(name: str) -> frozenset[str]:
    """The words of one plain list of the lexicon, such as `papers`."""
    return frozenset(load_yaml("lexicon/actions.v1.yaml")[name])


@lru_cache(maxsize=16384)
def is_thing(word: str) -> bool:
    """Whether `word` names a thing or person that nobody brings in, or leaves out, who only words a sentence anew."""
    return word in listed("things") or word in listed("roles") or word in listed("papers") or bool(counted_as(word))


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


@cache
def _standing() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for family, entries in load_yaml("lexicon/actions.v1.yaml")["stands_for"].items():
        for word in entries:
            table.setdefault(word, set()).add(f"deeds.{family}")
    return {word: frozenset(families) for word, families in table.items()}


def stands_for(word: str) -> frozenset[str]:
    """The families of deeds that `word` of the facts lets be told ("signature" the signing)."""
    return _standing().get(word, frozenset())


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


@cache
def _sides() -> dict[str, frozenset[tuple[int, int]]]:
    table: dict[str, set[tuple[int, int]]] = {}
    for row, pair in enumerate(load_yaml("lexicon/actions.v1.yaml")["sides"]):
        for side, entries in enumerate(pair):
            for form in (f for entry in entries.split() for f in forms(entry)):
                table.setdefault(form, set()).add((row, side))
    return {form: frozenset(found) for form, found in table.items()}


def sides_of(word: str) -> frozenset[tuple[int, int]]:
    """(row, side 0 or 1) of every pair of opposite sides in which `word` stands."""
    return _sides().get(word, frozenset())
