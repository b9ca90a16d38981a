"""The lock: nothing added, nothing lost, nothing turned into something else. All in code.

A sentence may say only what the facts it names say: the same numbers, dates, ids, names and documents, the same actions
with the same status, no wider scope, no turned negation. A percentage of two counts it names is the one thing it may
compute. Every entry that the seller made must be said somewhere in the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from amends.data import load_yaml
from amends.schemas import Case, Fact, Finding, Letter, Metric, Section, Sentence
from amends.verify import meaning
from amends.verify.atoms import WEEKDAYS, Atom, atoms

__all__ = ["fact_text", "lock", "lock_section"]

_MESSAGES = {
    "number": "The number “{}” is in none of the facts this sentence names.",
    "date": "The date “{}” is in none of the facts this sentence names.",
    "id": "The id “{}” is in none of the facts this sentence names.",
    "document": "The file “{}” is in none of the facts this sentence names.",
    "name": "“{}” is named in none of the facts this sentence names.",
}
_SENTENCES = re.compile(r"(?<=[.!?;])\s+")


def lock(letter: Letter, case: Case) -> tuple[Finding, ...]:
    """Every breach in the letter, blocking; empty when each sentence is covered by its facts and no entry is lost."""
    found = [f for section in letter.sections for f in lock_section(section, case)]
    return (*found, *_lost(letter, case))


def lock_section(section: Section, case: Case) -> tuple[Finding, ...]:
    """The breaches of one section."""
    return tuple(f for sentence in section.sentences if not sentence.gap for f in _sentence(sentence, section, case))


def fact_text(fact: Fact) -> str:
    """All that a fact says, as one text: its value, its quote and every field of its entry."""
    parts: list[str] = [fact.quote]
    if isinstance(fact.value, Metric):
        parts += [fact.value.name.replace("_", " "), *(_figure(v) for v in (fact.value.value, fact.value.target) if v is not None)]
    else:
        parts.append(_figure(fact.value) if not isinstance(fact.value, str) else fact.value)
    parts.append(fact.unit or "")
    if fact.item:
        for name, value in fact.item:
            if name in ("list", "cause", "status") or value in (None, ()):
                continue
            parts.append(" ".join(value) if isinstance(value, tuple) else _figure(value) if not isinstance(value, str) else value)
    return "\n".join(dict.fromkeys(p for p in parts if p))


def _figure(value: float | int) -> str:
    return str(int(value)) if float(value).is_integer() else f"{value:.10g}"


def _sentence(sentence: Sentence, section: Section, case: Case) -> Iterable[Finding]:
    known = {f.id: f for f in case.facts}
    missing = [i for i in sentence.fact_ids if i not in known]
    if missing:
        yield _breach("fact_unknown", sentence, section, f"The sentence names {', '.join(missing)}, which does not exist.")
        return
    cited = [known[i] for i in sentence.fact_ids]
    if not cited and sentence.role not in ("frame", "request"):
        yield _breach("uncited", sentence, section, "The sentence names no fact.", "Name the facts it rests on, or leave it out.")
        return
    source = "\n".join(fact_text(f) for f in cited)
    yield from _hard(sentence, section, source, case)
    yield from _soft(sentence, section, source, cited)


def _hard(sentence: Sentence, section: Section, source: str, case: Case) -> Iterable[Finding]:
    context = _context(case)
    allowed = {(a.kind, a.value) for a in atoms(f"{source}\n{context}", names=False)}
    spoken = {w for w in meaning.words(f"{source}\n{context}")}
    for atom in atoms(sentence.text):
        if not _covered(atom, allowed, spoken, source):
            yield _breach(
                f"{atom.kind}_invented", sentence, section, _MESSAGES[atom.kind].format(atom.text),
                "Use only what the facts say, or leave it out.", atom.start, atom.end,
            )  # fmt: skip


def _covered(atom: Atom, allowed: set[tuple[str, str]], spoken: set[str], source: str) -> bool:
    if (atom.kind, atom.value) in allowed:
        return True
    if atom.kind == "date":
        return _date_covered(atom.value, {v for k, v in allowed if k == "date"})
    if atom.kind == "number":
        return atom.value in _years(allowed) or atom.value in _percentages(source) or ("id", atom.value) in allowed
    if atom.kind == "id":
        return ("number", atom.value) in allowed or atom.value in spoken
    if atom.kind == "name":
        parts = meaning.words(atom.text)
        return all(p in spoken or p.removesuffix("'s") in spoken for p in parts) or (atom.value in WEEKDAYS and atom.value.rstrip("s") in {s.rstrip("s") for s in spoken})
    return atom.value in source.lower()


def _date_covered(value: str, known: set[str]) -> bool:
    """A date without year is covered by the same day of any year said, a month by any day in it."""
    if value.startswith("--"):
        return any(k.endswith(value[1:]) for k in known)
    if len(value) == 7:
        return any(k.startswith(value) for k in known)
    return f"-{value[4:]}" in known


def _years(allowed: set[tuple[str, str]]) -> set[str]:
    return {v[:4] for k, v in allowed if k == "date" and v[0] != "-"}


def _percentages(source: str) -> set[str]:
    """Every percentage that two counts of the source make, with none, one and two decimals."""
    counts = [float(a.value) for a in atoms(source, names=False) if a.kind == "number" and a.value.replace(".", "", 1).isdigit()][:40]
    return {
        f"{100 * part / whole:.{places}f}".rstrip("0").rstrip(".") if places else f"{100 * part / whole:.0f}"
        for part in counts
        for whole in counts
        if 0 < part < whole
        for places in (0, 1, 2)
    }


def _context(case: Case) -> str:
    """What every sentence may say without naming a fact: the parties, the notice's date and subject of complaint."""
    seller, notice = case.seller, case.notice
    received = notice.received.date().isoformat() if notice.received else ""
    causes = " ".join(c.replace("_", " ") for c in case.enforcement.all_causes)
    who = " ".join(filter(None, (seller.store, seller.legal_name, seller.signatory, seller.merchant_token)))
    return "\n".join((who, notice.marketplace or "", received, causes, " ".join(case.enforcement.policies), " ".join(load_yaml("lexicon/actions.v1.yaml")["amazon_terms"])))


def _soft(sentence: Sentence, section: Section, source: str, cited: list[Fact]) -> Iterable[Finding]:
    if sentence.role in ("frame", "request"):
        return
    text = sentence.text
    yield from _families("action_changed", "action", meaning.actions(text), meaning.actions(source), sentence, section)
    yield from _families("scope_inflated", "scope word", meaning.scope(text), meaning.scope(source), sentence, section)
    yield from _status(sentence, section, source, cited)
    yield from _polarity(sentence, section, source)


def _families(rule: str, what: str, said: dict[str, str], known: dict[str, str], sentence: Sentence, section: Section) -> Iterable[Finding]:
    for family in said.keys() - known.keys():
        at = sentence.text.lower().find(said[family])
        yield _breach(rule, sentence, section, f"The {what} “{said[family]}” is not what the facts say.", "Use the seller's own word.", at, at + len(said[family]))


def _status(sentence: Sentence, section: Section, source: str, cited: list[Fact]) -> Iterable[Finding]:
    statuses = {f.status for f in cited if f.kind in ("action", "measure") and f.status}
    text = sentence.text
    if statuses and "planned" not in statuses and meaning.is_future(text) and not meaning.is_future(source):
        yield _breach("status_changed", sentence, section, "It is told as planned, but the facts say that it is done.", "Tell it in the past or present.")
    if statuses == {"planned"} and not meaning.is_future(text):
        yield _breach("status_changed", sentence, section, "It is told as done, but the facts say that it is only planned.", "Say “will” or “planned for”, with the date.")
    if statuses == {"in_progress"} and not (meaning.is_under_way(text) or meaning.is_future(text)):
        yield _breach("status_changed", sentence, section, "It is told as done, but the facts say that it is under way.", "Say “under way since …”.")


def _polarity(sentence: Sentence, section: Section, source: str) -> Iterable[Finding]:
    said = meaning.is_negated(sentence.text)
    pieces = [p for line in source.splitlines() for p in _SENTENCES.split(line)]
    near = [p for p in pieces if meaning.overlap(p, sentence.text) >= 0.6 and len(meaning.words(p)) > 3]
    if said and not meaning.is_negated(source):
        yield _breach("polarity_changed", sentence, section, "It denies something that the facts do not deny.")
    elif not said and near and all(meaning.is_negated(p) for p in near):
        yield _breach("polarity_changed", sentence, section, "It says the opposite of the facts: a “not” is missing.")


def _lost(letter: Letter, case: Case) -> Iterable[Finding]:
    cited = {i for s in letter.sentences for i in s.fact_ids} | {e.fact_id for e in letter.enclosures}
    said: dict[str, str] = {}
    for sentence in letter.sentences:
        for i in sentence.fact_ids:
            said[i] = f"{said.get(i, '')}\n{sentence.text}"
    for fact in case.facts:
        if fact.item is None:
            continue
        if fact.id not in cited:
            yield _lost_finding(fact, f"The letter leaves out what you said: “{_short(fact)}”.")
        elif fact.item.list != "evidence":
            missing = [a.text for a in atoms(fact_text(fact), names=False) if a.kind != "name" and not _said(a, said.get(fact.id, ""))]
            if missing and not any(s.gap for s in letter.sentences if fact.id in s.fact_ids):
                yield _lost_finding(fact, f"The letter drops {', '.join(dict.fromkeys(missing))} of “{_short(fact)}”.")


def _said(atom: Atom, text: str) -> bool:
    here = {(a.kind, a.value) for a in atoms(text, names=False)}
    if (atom.kind, atom.value) in here or atom.text in text:
        return True
    if atom.kind == "date":
        return any(k == "date" and (_date_covered(v, {atom.value}) or _date_covered(atom.value, {v})) for k, v in here)
    return atom.kind == "number" and bool(re.search(rf"(?<!\d){re.escape(atom.text)}(?!\d)", text))


def _lost_finding(fact: Fact, message: str) -> Finding:
    return Finding(rule="fact_lost", severity="blocking", checker="lock", message=message, suggestion=f"Say it, or take it out of the facts ({fact.origin}).")


def _short(fact: Fact) -> str:
    text = fact.quote or str(fact.value)
    return text if len(text) <= 80 else f"{text[:77]}…"


def _breach(
    rule: str, sentence: Sentence, section: Section, message: str, suggestion: str = "", start: int | None = None, end: int | None = None
) -> Finding:  # fmt: skip
    return Finding(
        rule=rule, severity="blocking", checker="lock", message=message, suggestion=suggestion, section=section.key, cause=section.cause,
        sentence=sentence.text, start=start, end=end,
    )  # fmt: skip
