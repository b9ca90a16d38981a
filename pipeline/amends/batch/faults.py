"""Seeded faults: sound letters, changes that each bring one fault, and how many the rules of `check` find.

A fault is caught when the rules find something of its own kind that they did not find in the sound letter; as one change
is all that differs, it may be found at another place than the change (the other of two figures that contradict). It is
flagged when anything new is found on its sentence, of whatever kind. A false alarm is a finding on a sound letter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from amends.check.config import Rules
from amends.check.parse import parse
from amends.check.rulings import ruled
from amends.errors import InputError
from amends.schemas import Case, CauseFound, Enforcement, Finding, Notice, Requested, Span

#: The rules that are of a fault's own kind: kinds of wording, and patterns of rules.
_BLAME = ("blame_buyer", "blame_amazon", "blame_other")
_ALIKE = ("rubric.no_party_in_the_dock", "alike.blame_*")
OWN_KIND: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "blame_buyer": (_BLAME, _ALIKE),
    "blame_amazon": (_BLAME, _ALIKE),
    "blame_carrier": (_BLAME, _ALIKE),
    "blame_supplier": (_BLAME, _ALIKE),
    "blame_staff": (_BLAME, _ALIKE),
    "blame_competitor": (_BLAME, _ALIKE),
    "emotion": (("emotion", "apology"), ("alike.emotion",)),
    "threat": (("threat",), ("alike.threat",)),
    "denial": (("denial",), ("alike.denial",)),
    "self_praise": (("denial", "off_topic"), ("alike.self_praise",)),
    "risky_admission": (("admission",), ("alike.risky_admission",)),
    "off_topic": (("off_topic",), ("alike.off_topic",)),
    "cliche": (("cliche", "vague"), ("alike.cliche", "alike.vague")),
    "vague": (
        ("vague", "cliche", "modal"),
        ("rubric.corrective_dated_counted", "rubric.measure_slots", "alike.vague", "alike.cliche"),
    ),
    "promise_without_process": (
        ("vague", "cliche"),
        ("rubric.measure_slots", "rubric.no_open_promises", "alike.promise_*", "alike.vague"),
    ),
    "placeholder": (("placeholder",), ()),
    "contradictory_number": ((), ("rubric.numbers_consistent",)),
    "symptom_as_cause": ((), ("rubric.root_*", "alike.symptom_as_cause")),
    "missing_owner": ((), ("rubric.measure_slots",)),
    "missing_rhythm": (("vague",), ("rubric.measure_slots",)),
    "missing_start": ((), ("rubric.measure_slots", "rubric.no_open_promises")),
    "missing_date": (("vague",), ("rubric.corrective_dated_counted",)),
    "missing_asin": ((), ("rubric.every_asin_covered",)),
    "over_long": ((), ("rubric.sentence_length", "rubric.word_count", "rubric.headings_and_lists")),
    "personal_data": ((), ("rubric.no_buyer_data",)),
    "grammar": ((), ("grammar.*",)),
}
_WORDS = re.compile(r"\w+")
_SHORTEST = 12


@dataclass(frozen=True, slots=True)
class Sound:
    """A letter without fault, and the case that says what it answers."""

    name: str
    text: str
    case: Case


@dataclass(frozen=True, slots=True)
class Seeded:
    """One change to one sound letter that brings a fault. `sentence`: the faulty one as it then stands, if it is one."""

    id: str
    letter: str
    fault: str
    change: Mapping[str, str]
    sentence: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rules made of a seeded fault: `found` are the findings that the sound letter did not have."""

    seeded: Seeded
    caught: bool
    flagged: bool
    found: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class KindRow:
    """One line of the table: faults of a kind, how many were caught, and caught or flagged."""

    kind: str
    total: int
    caught: int
    seen: int


def sound_letters(folder: Path) -> tuple[Sound, ...]:
    """Return the letters `NAME.txt` of `folder`, each with the case of `NAME.yaml`, in the order of names.

    Raises:
        InputError: there is none, or a label is broken.
    """
    found = tuple(_sound(path) for path in sorted(folder.glob("*.txt")))
    if not found:
        raise InputError(f"There is no letter in {folder}.", hint="Give the folder that holds `sound`.")
    return found


def _sound(path: Path) -> Sound:
    label = _yaml(path.with_suffix(".yaml"))
    try:
        return Sound(path.stem, path.read_text(encoding="utf-8"), case_of(label))
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path.stem}.yaml is no label of a letter: {error}.") from None


def case_of(label: Mapping[str, Any]) -> Case:
    """Return a case that knows what the letter answers, and no fact of the seller's."""
    none = Span(start=0, end=0, quote="")
    cause, *others = label["causes"]
    requests = tuple(Requested(item=item, evidence=none) for item in label["requested"])
    return Case(
        today=label["today"] if isinstance(label["today"], date) else date.fromisoformat(label["today"]),
        notice=Notice(text=""),
        enforcement=Enforcement(
            cause=cause, other_causes=tuple(others), requests=requests, answer_kind=label["kind"],
            causes=(CauseFound(cause=cause, score=1, asins=tuple(label["asins"])),), scope="listing",
        ),
    )  # fmt: skip


def seeded_faults(path: Path) -> tuple[Seeded, ...]:
    """Return the faults listed in the YAML file `path`. Raises InputError for a broken list."""
    rows = _yaml(path)
    try:
        return tuple(Seeded(r["id"], r["letter"], r["fault"], r["change"], r["sentence"]) for r in rows)
    except (KeyError, TypeError) as error:
        raise InputError(f"{path.name} is no list of faults: {error}.") from None


def _yaml(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise InputError(f"Cannot read {path}: {error}.") from None


def changed(text: str, change: Mapping[str, str]) -> str:
    """Return the text with a change made: `append`; `delete`; `replace` … `by`; `from` … `to` … `by`; `insert_after` … `text`.

    Raises:
        InputError: the words to be changed do not stand in the text exactly once.
    """
    if "append" in change:
        return text.rstrip("\n") + "\n" + change["append"].lstrip("\n")
    if "from" in change:
        return _passage(text, change["from"], change["to"], change["by"])
    words = change.get("replace") or change.get("delete") or change["insert_after"]
    if text.count(words) != 1:
        raise InputError(f"The words to be changed stand {text.count(words)} times in the letter, not once.")
    return text.replace(words, words + change["text"] if "insert_after" in change else change.get("by", ""))


def _passage(text: str, first: str, last: str, by: str) -> str:
    if text.count(first) != 1 or last not in text[text.index(first) :]:
        raise InputError(f"The passage from {first!r} to {last!r} does not stand in the letter once.")
    start = text.index(first)
    return text[:start] + by + text[text.index(last, start) + len(last) :]


def findings(text: str, case: Case, rules: Rules) -> tuple[Finding, ...]:
    """Return what the rules find in a letter, grammar and judge left out."""
    parsed = parse(text, case.enforcement.answer_kind)
    return ruled(parsed.letter, parsed, case, rules)[1]


def outcome(seeded: Seeded, before: Sequence[Finding], after: Sequence[Finding], kinds: Mapping[str, str]) -> Outcome:
    """Return whether a fault was seen. `kinds`: rule of a word list -> its kind of wording."""
    new = _new(before, after)
    wordings, rules = OWN_KIND[seeded.fault]
    caught = any(kinds.get(f.rule) in wordings or any(fnmatchcase(f.rule, r) for r in rules) for f in new)
    flagged = seeded.sentence is not None and any(_same(f.sentence or "", seeded.sentence) for f in new)
    return Outcome(seeded, caught, flagged, new)


def _new(before: Sequence[Finding], after: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings that came with the change; of a rule that also found something before, only what is one more."""
    known = {(f.rule, f.sentence, f.start) for f in before}
    more = Counter(f.rule for f in after) - Counter(f.rule for f in before)
    return tuple(f for f in after if more[f.rule] and (f.rule, f.sentence, f.start) not in known)


def _same(found: str, labelled: str) -> bool:
    one, other = (" ".join(_WORDS.findall(text.lower())) for text in (found, labelled))
    short, long = sorted((one, other), key=len)
    return short in long and (short == long or len(short) >= _SHORTEST)


def table(outcomes: Iterable[Outcome]) -> tuple[KindRow, ...]:
    """Return a row per kind of fault, in the order of their first fault, and one for all."""
    outcomes = tuple(outcomes)
    kinds = dict.fromkeys(o.seeded.fault for o in outcomes)
    rows = [_row(kind, [o for o in outcomes if o.seeded.fault == kind]) for kind in kinds]
    return (*rows, _row("all", outcomes))


def _row(kind: str, own: Sequence[Outcome]) -> KindRow:
    return KindRow(kind, len(own), sum(o.caught for o in own), sum(o.caught or o.flagged for o in own))
