"""Nothing lost: every entry of the seller's is said, with its figures, days, names and the fields of a measure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from amends.schemas import Case, Fact, Letter
from amends.verify import lexicon, meaning, timing, turned
from amends.verify.atoms import Atom
from amends.verify.figures import Figure, figures_of
from amends.verify.hard import date_covered
from amends.verify.meaning import Token
from amends.verify.source import Source, of_fact, of_text
from amends.vocabulary import FactKind, FactList, SectionKey

#: Share of the words of a field that the letter must hold.
_FIELD = 0.5
#: Share of the words of a clause from which it counts as left out.
_LEFT = 0.7
_FIELDS = ("owner", "frequency", "limit", "tool")
#: Sentences of the story that stand in for a list of the seller's that is empty, and the section that says them.
_INSTEAD: dict[FactList, tuple[SectionKey, tuple[FactKind, ...]]] = {
    "root_causes": ("root_cause", ("cause", "statement")),
    "corrective_actions": ("corrective_actions", ("action",)),
    "preventive_measures": ("preventive_measures", ("measure",)),
}


def losses(letter: Letter, case: Case) -> Iterator[tuple[Fact, str]]:
    """(fact, what the letter leaves out of it) for every entry, and every sentence in place of one, not said in full."""
    cited = {i for s in letter.sentences for i in s.fact_ids} | {e.fact_id for e in letter.enclosures}
    said: dict[str, str] = {}
    open_: set[str] = set()
    for sentence in letter.sentences:
        for i in sentence.fact_ids:
            said[i] = f"{said.get(i, '')}\n{sentence.text}".strip()
            if sentence.gap:
                open_.add(i)
    for fact in (*(f for f in case.facts if f.item is not None), *_told(letter, case)):
        if fact.id in open_:
            continue
        if fact.id not in cited:
            yield fact, f"The letter leaves out what you said: “{short(fact)}”."
            continue
        words = of_text(said.get(fact.id, ""))
        paper = fact.item is not None and fact.item.list == "evidence"
        if missing := _missing_of_paper(fact, words) if paper else _missing(fact, words):
            yield fact, f"The letter drops {', '.join(dict.fromkeys(missing))} of “{short(fact)}”."


def _told(letter: Letter, case: Case) -> list[Fact]:
    """The sentences of the story that the letter has to say, because the seller made no entries of their kind."""
    sections = {s.key for s in letter.sections}
    nothing = not any(case.items(which) for which in (*_INSTEAD, "other_facts"))
    wanted = [
        kind
        for which, (section, kinds) in _INSTEAD.items()
        if not case.items(which) and (section in sections or ("statement" in sections and nothing))
        for kind in kinds
    ]
    return [f for f in case.facts if f.origin == "story" and f.item is None and f.kind in wanted]


def _missing_of_paper(fact: Fact, said: Source) -> list[str]:
    """The figures in the name of a paper that a sentence on it does not hold; none where it only stands in the list."""
    if not said.text or fact.item is None:
        return []
    named = figures_of(getattr(fact.item, "document", None) or "")
    there = {(f.atom.kind, f.atom.value) for f in said.figures}
    return [f.atom.text for f in named if f.atom.kind in ("number", "id") and (f.atom.kind, f.atom.value) not in there]


def _missing(fact: Fact, said: Source) -> list[str]:
    """The parts of an entry that `said` does not hold, in the entry's words."""
    known = of_fact(fact)
    parts = [f.atom.text for f in known.figures if not (_goes_without_saying(f) or _is_said(f.atom, said))]
    if known.foreign or said.foreign:
        return [p for p in parts if not p[:1].isalpha()]
    for name in _FIELDS:
        value = getattr(fact.item, name, None)
        if value and not (_field_said(name, value, said) and (name != "limit" or _own_words_said(fact, value, said))):
            parts.append(f"“{value}”")
    unsaid = list(_unsaid_clauses(fact, known, said)) or _unsaid_words(fact, known, said)
    return parts + [f"“{text}”" for text in unsaid]


def _goes_without_saying(figure: Figure) -> bool:
    """A count of one or two that the entry's text does not write out: its words show it ("the user", "the two planters")."""
    return figure.bare and figure.atom.kind == "number" and figure.atom.value in ("1", "2")


def _unsaid_clauses(fact: Fact, known: Source, said: Source) -> Iterator[str]:
    """The clauses of an entry's text of which nothing is said, and in whose place stand no other words either."""
    new = _new_words(known, said)
    new_deeds = any(lexicon.deeds_of(t.word) for t in new)
    text = meaning.normal(fact.quote)
    clauses: dict[int, list[Token]] = {}
    for token in meaning.tokens(fact.quote):
        clauses.setdefault(token.clause, []).append(token)
    for clause in clauses.values():
        words = _weighty(clause)
        missing = [t for t in words if not t.keys & said.keys]
        deed = any(lexicon.deeds_of(t.word) for t in words)
        if len(missing) == 1 and any(meaning.is_negation(t.word) for t in clause) and _denying(said) >= _denying(known):
            continue
        in_place = len(new) >= len(missing) and (new_deeds or not deed or len(new) > len(missing))
        if len(missing) > _LEFT * len(words) and not in_place:
            yield text[clause[0].start : clause[-1].end]


def _denying(text: Source) -> int:
    return sum(meaning.is_negation(t.word) for t in text.tokens)


def _new_words(known: Source, said: Source) -> list[Token]:
    """The words said that carry meaning and that the entry does not have."""
    plain = lexicon.plain_words()
    return [
        t for t in meaning.content(said.tokens) if t.word not in plain and not t.keys & known.keys and t.word.isalpha()
    ]


def _weighty(tokens: Iterable[Token]) -> list[Token]:
    plain = lexicon.plain_words()
    return [t for t in meaning.content(tokens) if t.word not in plain and not t.word[0].isdigit()]


def _unsaid_words(fact: Fact, known: Source, said: Source) -> list[str]:
    """Two words of an entry's text, or a thing or person of it, of which nothing is said, with no new word in their place."""
    if _new_words(known, said):
        return []
    tokens = meaning.tokens(fact.quote)
    unsaid = [t for t in _weighty(tokens) if not t.keys & said.keys and not turned.limits(t.word)]
    missing = list(dict.fromkeys(t.word for t in unsaid))
    return (
        missing
        if len(missing) > 1 or any(lexicon.is_thing(t.word) and not _is_modifier(t, tokens) for t in unsaid)
        else []
    )


def _is_modifier(token: Token, tokens: Iterable[Token]) -> bool:
    """Whether a word belongs to the noun right behind it, as in "the order form"."""
    after = next((t for t in tokens if t.start > token.start), None)
    return after is not None and after.start == token.end + 1 and meaning.is_content(after.word)


def _own_words_said(fact: Fact, limit: str, said: Source) -> bool:
    """Whether one of the words that only the limit of a measure has is said, or as many new ones in their place."""
    others = [fact.quote, *(getattr(fact.item, n, None) or "" for n in _FIELDS if n != "limit")]
    elsewhere = {k for text in others for t in meaning.tokens(text) for k in t.keys}
    own = [t for t in _weighty(meaning.tokens(limit)) if not t.keys & elsewhere]
    return not own or any(t.keys & said.keys for t in own) or len(_new_words(of_fact(fact), said)) > len(own)


def _field_said(name: str, value: str, said: Source) -> bool:
    if name == "owner":
        return says_owner(said.text, value)
    if name == "frequency":
        periods = timing.rhythms(value)
        if periods:
            return bool(periods.keys() & timing.rhythms(said.text).keys()) or _share(value, said) >= _FIELD
        return bool(_EACH & said.spoken) or _share(value, said) >= _FIELD
    turned = name == "limit" and meaning.is_negated(value) and not _DENYING.search(said.text)
    return _share(value, said) >= _FIELD and not turned


_DENYING = re.compile(
    r"\b(?:not?|never|none|nobody|nothing|without|cannot|only|unless|until|refuse\w*|reject\w*|stop\w*|before|less|fewer|un\w{5,}|fail\w*|block\w*|mandatory|must|always|every)\b|n't\b",
    re.IGNORECASE,
)
_EACH = frozenset("each every any all per before whenever always no".split())


def says_owner(text: str, owner: str) -> bool:
    """Whether `text` names the one in charge and each deputy: every personal name in `owner`, else the head of each part.

    The title beside a personal name ("Henrik Osei, owner") need not be said.
    """
    said = {k for w in meaning.words(text) for k in (w.removesuffix("'s"), lexicon.stem(w))}
    parts = [p for p in re.split(r",\s*|\s+(?=deputy\b)|\s+and\s+", owner) if p.strip()]
    named = [p for p in parts if _PERSON.search(p)]
    for part in parts:
        person = _PERSON.search(part)
        words = meaning.words(person[0]) if person else [_head(part)]
        if (person or not named or part.startswith("deputy")) and not all(
            {w, lexicon.stem(w)} & said for w in words if w
        ):
            return False
    return True


_PERSON = re.compile(r"[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+)+")


def _head(part: str) -> str:
    """The word that says what a person is: the part's name ("clerk" in "office clerk on duty"), else its last word."""
    words = meaning.words(re.split(r"\s(?:on|of|in|at|for|from)\s", part)[0])
    return next((w for w in reversed(words) if w in lexicon.listed("roles")), words[-1] if words else "")


def _share(text: str, said: Source) -> float:
    wanted = [
        t for t in meaning.content(meaning.tokens(text)) if t.word not in lexicon.plain_words() and not t.word.isdigit()
    ]
    return sum(bool(t.keys & said.keys) for t in wanted) / len(wanted) if wanted else 1.0


def _is_said(atom: Atom, said: Source) -> bool:
    here = {(f.atom.kind, f.atom.value) for f in said.figures}
    if (atom.kind, atom.value) in here or (atom.kind != "number" and atom.text in said.text):
        return True
    if atom.kind == "date":
        return any(k == "date" and (date_covered(v, {atom.value}) or date_covered(atom.value, {v})) for k, v in here)
    if atom.kind == "number":
        words = {"1": {"one", "single", "a"}, "2": {"both"}}.get(atom.value, set()) & said.spoken
        denied = atom.value == "0" and any(meaning.is_negation(t.word) for t in said.tokens)
        return bool(words) or denied or bool(re.search(rf"(?<!\d){re.escape(atom.value)}(?!\d)", said.text))
    return atom.kind == "name" and all(
        lexicon.keys_of(w) & said.keys or w in lexicon.plain_words() for w in meaning.words(atom.text)
    )


def short(fact: Fact) -> str:
    """The entry's words, cut to a line."""
    text = fact.quote or str(fact.value)
    return text if len(text) <= 80 else f"{text[:77]}…"
