"""Rules that change one sentence of a letter: `PLANTED` makes it false, `HONEST` only words it otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from random import Random

from amends.dates import find_dates
from amends.schemas import Case, Sentence
from amends.verify.atoms import atoms

Rule = Callable[[Sentence, Case, Random], Sentence | None]
_MONTHS = "January February March April May June July August September October November December".split()
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_NAMES = ("Bartholomew Quist", "Northgate Logistics", "PackMaster Pro", "Helena Voss", "Riverside Trading Ltd")
_VERBS = {
    "counted": "destroyed", "checked": "replaced", "refunded": "replaced", "corrected": "deleted", "shipped": "cancelled", "bought": "rented",
    "wrote to": "called", "deleted": "corrected", "removed": "trained", "searched": "rewrote", "inspected": "tested", "compared": "adjusted",
    "closed": "deleted", "set": "inspected", "sent": "refunded", "stopped": "raised", "opened": "destroyed", "ordered": "returned",
    "reads": "deletes", "checks": "refunds", "compares": "replaces", "looks at": "photographs", "changed": "audited", "moved": "sold",
}  # fmt: skip
_SCOPES = ("thoroughly", "immediately", "permanently", "fully", "strictly", "carefully", "promptly")


def _new(sentence: Sentence, text: str) -> Sentence:
    return sentence.with_(text=text)


def _spliced(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def _figures(text: str) -> list[re.Match[str]]:
    """Plain counts: no part of a date, a time, an id or a file."""
    taken = [(a.start, a.end) for a in atoms(text, names=False) if a.kind != "number" or ":" in a.text]
    found = re.finditer(r"(?<![\w.,:#-])\d{1,4}(?![\w:#-]|[.,]\d)", text)
    return [
        m
        for m in found
        if all(m.end() <= s or m.start() >= e for s, e in taken)
        and not text[: m.start()].endswith(("nclosure ", "nclosures ", " and "))
    ]


def number_changed(sentence: Sentence, _: Case, seed: Random) -> Sentence | None:
    """One count changed by one, by ten times, or in its digits."""
    figures = _figures(sentence.text)
    if not figures or sentence.role == "attached":
        return None
    m = seed.choice(figures)
    value = int(m[0])
    new = seed.choice(
        [
            value + 1,
            value + 7,
            value * 10 + 3,
            max(value - 1, 0) if value > 1 else value + 2,
            int(m[0][::-1]) if m[0][::-1] != m[0] else value + 11,
        ]
    )
    if str(new) in {f[0] for f in figures}:
        return None
    worded = _WORDS[new] if new < 13 and seed.random() < 0.5 else str(new)
    return _new(sentence, _spliced(sentence.text, m.start(), m.end(), worded))


def number_swapped(sentence: Sentence, _: Case, seed: Random) -> Sentence | None:
    """Part and whole in each other's place."""
    m = re.search(r"\b(\d+) of (?:the )?(\d+)\b", sentence.text)
    return (
        _new(sentence, _spliced(sentence.text, m.start(), m.end(), f"{m[2]} of the {m[1]}"))
        if m and seed and m[1] != m[2]
        else None
    )


def date_changed(sentence: Sentence, _: Case, seed: Random) -> Sentence | None:
    """One date with another day, month or year."""
    found = list(find_dates(sentence.text))
    if not found or sentence.role == "attached":
        return None
    on, start, end = seed.choice(found)
    choices = [
        date(on.year, on.month, on.day % 27 + 1),
        date(on.year, on.month % 12 + 1, min(on.day, 28)),
        date(on.year - 1, on.month, min(on.day, 28)),
    ]
    new = seed.choice(choices)
    form = seed.choice(["{0.day} {1} {0.year}", "{0.year}-{0.month:02}-{0.day:02}", "{1} {0.day}, {0.year}"])
    return _new(sentence, _spliced(sentence.text, start, end, form.format(new, _MONTHS[new.month - 1])))


def id_changed(sentence: Sentence, _: Case, seed: Random) -> Sentence | None:
    """One character of an id changed."""
    found = [a for a in atoms(sentence.text, names=False) if a.kind == "id"]
    if not found:
        return None
    a = seed.choice(found)
    at = seed.choice([i for i, c in enumerate(a.text) if c.isdigit()])
    changed = _spliced(a.text, at, at + 1, str((int(a.text[at]) + seed.randint(1, 8)) % 10))
    return _new(sentence, _spliced(sentence.text, a.start, a.end, changed))


def amount_changed(sentence: Sentence, _: Case, seed: Random) -> Sentence | None:
    """An amount of money changed, in its figure or its currency."""
    m = seed.choice([*re.finditer(r"(\d+\.\d\d) (USD|EUR)", sentence.text)] or [None])
    if m is None:
        return None
    new = seed.choice([f"{float(m[1]) + 10:.2f} {m[2]}", f"{round(float(m[1]) + 0.6)} {m[2]}", f"{m[1]} GBP"])
    return _new(sentence, _spliced(sentence.text, m.start(), m.end(), new))


def document_invented(sentence: Sentence, case: Case, seed: Random) -> Sentence | None:
    """A paper or a file that the seller does not have."""
    new = seed.choice([
        f"(enclosure {len(case.items('evidence')) + seed.randint(1, 4)})", "(training_record.pdf)", "as the attached certificate shows",
        "(see the signed declaration enclosed)", "(photos_warehouse.zip)", "with the delivery notes attached", "as the lab report confirms",
    ])  # fmt: skip
    return _new(sentence, f"{sentence.text.rstrip('.')} {new}.")


def name_changed(sentence: Sentence, _: Case, seed: Random) -> Sentence | None:
    """A person, a firm or a tool that no fact names."""
    m = re.search(r"responsible: [^();]+", sentence.text)
    if m and seed.random() < 0.5:
        return _new(
            sentence,
            _spliced(
                sentence.text,
                m.start(),
                m.end(),
                f"responsible: {seed.choice((*_NAMES, 'supply chain director', 'quality engineer'))}",
            ),
        )
    return _new(sentence, f"{sentence.text.rstrip('.')} with {seed.choice(_NAMES)}.")


def action_changed(sentence: Sentence, _: Case, seed: Random) -> Sentence | None:
    """Another deed in the place of the one done."""
    found = [v for v in _VERBS if re.search(rf"\b(?:we|and|lead|clerk|manager|were|was) {v}\b", sentence.text)]
    if not found or sentence.role not in ("done", "in_force"):
        return None
    verb = seed.choice(found)
    return _new(sentence, re.sub(rf"\b{verb}\b", _VERBS[verb], sentence.text, count=1))


def action_added(sentence: Sentence, _: Case, seed: Random) -> Sentence | None:
    """A further deed at the end."""
    if sentence.role not in ("done", "why", "in_force"):
        return None
    more = (
        "and inspected the rest",
        "and informed the supplier",
        "and trained the team on it",
        "and tested each of them",
        "and replaced the software",
        "and had it audited",
    )
    return _new(sentence, f"{sentence.text.rstrip('.')} {seed.choice(more)}.")


def status_changed(sentence: Sentence, case: Case, seed: Random) -> Sentence | None:
    """Done as planned, planned as done."""
    if sentence.role == "planned":
        text = re.sub(r" \(planned for ([^)]*)\)", r" (\1)", sentence.text)
        text = re.sub(r"\bwill be (\w+)", r"was \1", text)
        text = re.sub(r"\bwill have ", "has ", text)
        return (
            _new(sentence, re.sub(r"\bwill (\w+)", r"did \1", text))
            if "will" in sentence.text and "planned" not in text
            else None
        )
    status = next((f.status for f in case.facts if f.id in sentence.fact_ids), None)
    if sentence.role != "done" or status != "done":
        return None
    m = re.search(r"\bwe (\w+ed)\b", sentence.text)
    if m:
        return _new(
            sentence,
            _spliced(
                sentence.text,
                m.start(),
                m.end(),
                seed.choice([f"we will have {m[1]}", f"we are going to have {m[1]}", f"we plan to have {m[1]}"]),
            ),
        )
    m = re.search(r"\b(?:was|were) (\w+ed)\b", sentence.text)
    return (
        _new(
            sentence,
            _spliced(
                sentence.text,
                m.start(),
                m.end(),
                seed.choice([f"will be {m[1]}", f"are being {m[1]}", f"are to be {m[1]}"]),
            ),
        )
        if m
        else None
    )


def scope_inflated(sentence: Sentence, _: Case, seed: Random) -> Sentence | None:
    """A word that widens the claim."""
    m = re.search(r"\b(?:we|was|were|clerk|lead|manager) (?=\w+(?:ed|s|nt)\b)", sentence.text)
    if not m or sentence.role == "attached":
        return None
    return _new(sentence, _spliced(sentence.text, m.end(), m.end(), f"{seed.choice(_SCOPES)} "))


def polarity_changed(sentence: Sentence, _: Case, seed: Random) -> Sentence | None:
    """A negation dropped or put in."""
    text = sentence.text
    for pattern, new in (
        (r"\bnobody\b", "somebody"),
        (r"\bwithout\b", "with"),
        (r"\bno (?=\w)", "a "),
        (r"\bNo (?=\w)", "A "),
        (r"\bdid not (?=\w)", "did "),
        (r"\b(was|were|is|are) not\b", r"\1"),
    ):
        if re.search(pattern, text) and seed.random() < 0.8:
            return _new(sentence, re.sub(pattern, new, text, count=1))
    if sentence.role == "attached" or re.search(r"\bno[tn]?\b|nobody|without", text):
        return None
    m = re.search(r"\b(?:was|were|is|are)(?= \w+ed\b)", text)
    return _new(sentence, _spliced(text, m.end(), m.end(), " not")) if m else None


def lost(sentence: Sentence, case: Case, seed: Random) -> Sentence | None:
    """A day, a count or all that is said in brackets left out."""
    fact = next((f for f in case.facts if f.id in sentence.fact_ids), None)
    if fact is None or fact.item is None or sentence.role not in ("done", "in_force", "planned"):
        return None
    options = [
        re.sub(r"^(?:On|Since) \d+ \w+ 20\d\d,? ", "", sentence.text),
        re.sub(r" \((?!enclosure)[^()]*(?:responsible|Limit|since|orders?|ASIN)[^()]*\)", "", sentence.text),
    ]
    options = [o for o in options if o != sentence.text]
    return _new(sentence, seed.choice(options)) if options else None


def date_form(sentence: Sentence, _: Case, seed: Random) -> Sentence | None:
    """Every date in another form."""
    text = sentence.text
    if sentence.role == "attached" or re.search(r"\d (?:to|and) \d+ [A-Z]|\d, \d", text):
        return None
    form = seed.choice(
        [
            "{0.year}-{0.month:02}-{0.day:02}",
            "{1} {0.day}, {0.year}",
            "{0.day} {2} {0.year}",
            "{2} {0.day}, {0.year}",
            "the {0.day}th of {1} {0.year}",
        ]
    )
    for on, start, end in reversed(list(find_dates(text))):
        if "th of" in form and on.day in (1, 2, 3, 21, 22, 23, 31):
            return None
        text = _spliced(text, start, end, form.format(on, _MONTHS[on.month - 1], _MONTHS[on.month - 1][:3]))
    return _new(sentence, text)


def number_in_words(sentence: Sentence, _: Case, seed: Random) -> Sentence | None:
    """A small count in words."""
    small = [
        m
        for m in _figures(sentence.text)
        if 1 < int(m[0]) < 13 and sentence.text[m.end() : m.end() + 2] not in (" %", " U", " E")
    ]
    if not small or sentence.role == "attached":
        return None
    m = seed.choice(small)
    word = _WORDS[int(m[0])]
    return _new(sentence, _spliced(sentence.text, m.start(), m.end(), word.capitalize() if m.start() == 0 else word))


def day_moved(sentence: Sentence, _: Case, seed: Random) -> Sentence | None:
    """The day behind instead of in front."""
    m = re.match(r"(On|Since) (\d+ \w+ 20\d\d),? (.+?)\.$", sentence.text)
    if not m:
        return None
    rest = m[3][0].upper() + m[3][1:]
    return _new(
        sentence,
        seed.choice(
            [
                f"{rest} ({m[1].lower()} {m[2]})." if m[1] == "Since" else f"{rest} ({m[2]}).",
                f"{rest}, {m[1].lower()} {m[2]}.",
            ]
        ),
    )


_PLAIN = (
    (r"\bbought\b", "purchased"), (r"\bevery (?=\w+day\b)", "each "), (r"\beach (?=order|parcel|delivery)", "every "), (r"\bmore than\b", "over"),
    (r"\bon the same day\b", "the same day"), (r"\bnobody\b", "no one"), (r"\bdid not\b", "didn't"), (r"\bin total\b", "altogether"), (r"\bwrote to\b", "contacted"),
    (r"\b(\d+) of the (\d+)\b", r"\1 out of the \2"), (r"\bwith a defect\b", "that had a defect"), (r"\btwice a day\b", "two times a day"), (r"\bshipped\b", "dispatched"),
    (r"\bdaily at\b", "every day at"), (r"\bquantity\b", "stock quantity"), (r"\bresponsible: ", "in charge: "),
    (r"\bbecause\b", "since"), (r"\balthough\b", "even though"), (r"\bis lower than\b", "falls below"), (r"\bclosed\b", "shut"), (r"\bstarts\b", "begins"), (r"\breceived\b", "got"),
    (r" USD\b", " US dollars"), (r"\b(\d+) %", r"\1 percent"), (r"\bASINs\b", "products"), (r"\bplanned for\b", "scheduled for"), (r"\bwe had no\b", "we lacked a"), (r"\bworking day\b", "business day"),
)  # fmt: skip


def plain_word(sentence: Sentence, _: Case, seed: Random) -> Sentence | None:
    """A plain word or phrase for another one."""
    if sentence.role == "attached":
        return None
    usable = [(p, n) for p, n in _PLAIN if re.search(p, sentence.text)]
    if not usable:
        return None
    text = sentence.text
    for pattern, new in seed.sample(usable, min(2, len(usable))):
        text = re.sub(pattern, new, text, count=1)
    return _new(sentence, text)


def perfect(sentence: Sentence, _: Case, __: Random) -> Sentence | None:
    """Simple past as present perfect: "were corrected" -> "have been corrected"."""
    if sentence.role != "done":
        return None
    text = re.sub(r"\bwere (?=\w+ed\b)", "have been ", sentence.text, count=1)
    text = re.sub(r"\bwas (?=\w+ed\b)", "has been ", text, count=1) if text == sentence.text else text
    return _new(sentence, re.sub(r"\bwe (?=\w+ed\b)", "we have ", text, count=1) if text == sentence.text else text)


def cited_more(sentence: Sentence, case: Case, seed: Random) -> Sentence | None:
    """A further fact cited, rightly: a document that proves the sentence's own fact, or the notice's subject."""
    more = [f.id for f in case.facts if f.kind in ("asin", "metric", "complaint_id") and f.id not in sentence.fact_ids]
    return sentence.with_(fact_ids=(*sentence.fact_ids, seed.choice(more))) if more else None


PLANTED: dict[str, Rule] = {
    "number": number_changed, "date": date_changed, "id": id_changed, "amount": amount_changed, "document": document_invented, "name": name_changed,
    "action.changed": action_changed, "action.added": action_added, "status": status_changed, "scope": scope_inflated, "polarity": polarity_changed,
    "lost": lost, "number.swapped": number_swapped,
}  # fmt: skip
HONEST: dict[str, Rule] = {
    "honest.date": date_form, "honest.words": number_in_words, "honest.day": day_moved, "honest.plain": plain_word, "honest.perfect": perfect,
    "honest.cited": cited_more,
}  # fmt: skip
