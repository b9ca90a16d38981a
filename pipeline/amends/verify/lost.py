"""Nothing lost: every entry of the seller's is said, with its figures, days, names and the fields of a measure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amends.schemas import Case, Fact, Letter
from amends.verify import meaning
from amends.verify.atoms import Atom
from amends.verify.hard import date_covered
from amends.verify.source import Source, of_fact, of_text

#: Share of the words of a field, and of each sentence of an entry, that the letter must hold.
_FIELD, _OWNER, _SENTENCE = 0.55, 0.5, 0.34
_FIELDS = ("owner", "frequency", "limit", "tool")


def losses(letter: Letter, case: Case) -> Iterator[tuple[Fact, str]]:
    """(fact, what the letter leaves out of it) for every entry that is not said in full."""
    cited = {i for s in letter.sentences for i in s.fact_ids} | {e.fact_id for e in letter.enclosures}
    said: dict[str, str] = {}
    open_: set[str] = set()
    for sentence in letter.sentences:
        for i in sentence.fact_ids:
            said[i] = f"{said.get(i, '')}\n{sentence.text}".strip()
            if sentence.gap:
                open_.add(i)
    for fact in case.facts:
        if fact.item is None or fact.id in open_:
            continue
        if fact.id not in cited:
            yield fact, f"The letter leaves out what you said: “{short(fact)}”."
        elif fact.item.list != "evidence" and (missing := _missing(fact, of_text(said.get(fact.id, "")))):
            yield fact, f"The letter drops {', '.join(dict.fromkeys(missing))} of “{short(fact)}”."


def _missing(fact: Fact, said: Source) -> list[str]:
    """The parts of an entry that `said` does not hold, in the entry's words."""
    known = of_fact(fact)
    parts = [f.atom.text for f in known.figures if not _is_said(f.atom, said)]
    if known.foreign or said.foreign:
        return [p for p in parts if not p[:1].isalpha()]
    for name in _FIELDS:
        value = getattr(fact.item, name)
        if value and not (_owner_said(value, said) if name == "owner" else _share(value, said) >= _FIELD):
            parts.append(f"“{value}”")
    texts = [t for t in re.split(r"(?<=[.!?])\s+", fact.quote) if t]
    parts += [f"“{text}”" for text in texts if _share(text, said) < _SENTENCE]
    return parts


def _owner_said(owner: str, said: Source) -> bool:
    """Whether the one in charge is said, by name or by part, and the deputy too."""
    parts = re.split(r",\s*|\s+(?=deputy\b)", owner)
    persons = [p for p in parts if re.search(r"[A-Z]\w+ [A-Z]", p)]
    named = [p for p in parts if _share(p, said) >= (1.0 if p in persons else _OWNER)]
    return bool(named) and all(p in named for p in parts if p in persons or p.startswith("deputy"))


def _share(text: str, said: Source) -> float:
    wanted = [
        t for t in meaning.content(meaning.tokens(text)) if t.word not in meaning.plain_words() and not t.word.isdigit()
    ]
    return sum(bool(t.keys & said.keys) for t in wanted) / len(wanted) if wanted else 1.0


def _is_said(atom: Atom, said: Source) -> bool:
    here = {(f.atom.kind, f.atom.value) for f in said.figures}
    if (atom.kind, atom.value) in here or atom.text in said.text:
        return True
    if atom.kind == "date":
        return any(k == "date" and (date_covered(v, {atom.value}) or date_covered(atom.value, {v})) for k, v in here)
    if atom.kind == "number":
        return bool({"1": {"one", "single"}, "2": {"both"}}.get(atom.value, set()) & said.spoken) or bool(
            re.search(rf"(?<!\d){re.escape(atom.value)}(?!\d)", said.text)
        )
    return atom.kind == "name" and all(
        meaning.keys_of(w) & said.keys or w in meaning.plain_words() for w in meaning.words(atom.text)
    )


def short(fact: Fact) -> str:
    """The entry's words, cut to a line."""
    text = fact.quote or str(fact.value)
    return text if len(text) <= 80 else f"{text[:77]}…"
