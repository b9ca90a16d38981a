"""Drafts for the lock: the composer's letters with one change each, planted or honest, by hand and by rule.

`python eval/lock/build.py FILE` writes them as JSON lines; `run.py` scores the lock on them.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mutations
import yaml

from amends.draft import compose
from amends.schemas import Case, Letter, Section, Sentence
from cases import case_of, names

HERE = Path(__file__).parent
_LISTS = {
    "rc": "root_causes",
    "ca": "corrective_actions",
    "pm": "preventive_measures",
    "ev": "evidence",
    "of": "other_facts",
}
#: Part -> its hand-written files; each file's head says how it was written and first scored. `held` is unseen, the others are not.
FILES = {
    "dev": (
        "dev.yaml",
        "dev2.yaml",
        "dev3.yaml",
        "dev4.yaml",
        "dev5.yaml",
        "dev6.yaml",
        "dev7.yaml",
        "dev8.yaml",
        "dev9.yaml",
        "dev10.yaml",
    ),
    "test": ("test.yaml",),
    "fresh": ("fresh.yaml",),
    "fresh2": ("fresh2.yaml",),
    "held": ("held.yaml",),
}
#: Parts to which drafts made by rule are added.
_WITH_RULES = ("dev", "test")
#: Drafts made by rule, of each sort and part.
PLANTED, HONEST = 340, 400


@dataclass(frozen=True)
class Draft:
    """One letter: `kind` is what was planted, or `honest`; `by` is `hand` or `rule`."""

    kind: str
    by: str
    case: Case
    letter: Letter
    text: str


def drafts(part: str) -> list[Draft]:
    """All drafts of a part, the same for every run. Raises KeyError for a part that is none."""
    made = list(by_hand(part))
    if part not in _WITH_RULES:
        return made
    seed = random.Random(f"lock {part}")
    chosen = names()[::2] if part == "dev" else names()[1::2]
    letters = [(case, letter) for case in map(case_of, chosen) if (letter := compose(case))]
    made += _by_rule(mutations.PLANTED, PLANTED, letters, seed)
    made += _by_rule(mutations.HONEST, HONEST, letters, seed)
    return made


def by_hand(part: str) -> Iterator[Draft]:
    """The hand-written drafts of a part."""
    for file in FILES[part]:
        tree: dict[str, dict[str, list[list[str]]]] = yaml.safe_load((HERE / file).read_text("utf-8"))
        for name, sorts in tree.items():
            for facts, text in sorts.get("honest", []):
                yield _hand(name, "honest", facts, text)
            for facts, kind, text in sorts.get("planted", []):
                yield _hand(name, kind, facts, text)


def _hand(name: str, kind: str, facts: str, text: str) -> Draft:
    case = case_of(name)
    letter = compose(case)
    if letter is None:
        raise ValueError(f"{name} has no letter")
    return Draft(kind, "hand", case, replaced(letter, ids_of(facts, case), text), text)


def ids_of(keys: str, case: Case) -> tuple[str, ...]:
    """The fact ids behind keys such as "ca0 ca1"; none for "frame"."""
    if keys == "frame":
        return ()
    return tuple(case.items(_LISTS[k[:2]])[int(k[2:])].id for k in keys.split())  # type: ignore[arg-type]


def replaced(letter: Letter, ids: tuple[str, ...], text: str) -> Letter:
    """The letter in which `text` stands for all that was said of the facts `ids`."""
    if not ids:
        closing = letter.sections[-1]
        added = closing.with_(sentences=(*closing.sentences, Sentence(text=text, role="frame")))
        return letter.with_(sections=(*letter.sections[:-1], added))
    sections: list[Section] = []
    placed = False
    for section in letter.sections:
        kept: list[Sentence] = []
        for sentence in section.sentences:
            if not set(sentence.fact_ids) & set(ids) or sentence.gap:
                kept.append(sentence)
            elif not placed:
                placed = True
                kept += [
                    Sentence(text=t, fact_ids=ids, role=sentence.role, continues=n > 0)
                    for n, t in enumerate(text.split(" || "))
                ]
        sections.append(section.with_(sentences=tuple(kept)))
    if not placed:
        raise ValueError(f"{ids} are not in the letter")
    return letter.with_(sections=tuple(sections))


def _by_rule(
    rules: dict[str, Any], wanted: int, letters: list[tuple[Case, Letter]], seed: random.Random
) -> list[Draft]:
    """`wanted` drafts, the kinds in turn, each kind's rule tried on random sentences until it has something to change."""
    made: dict[str, Draft] = {}
    kinds = list(rules)
    tries = 0
    while len(made) < wanted and tries < 60 * wanted:
        kind = kinds[tries % len(kinds)]
        tries += 1
        case, letter = seed.choice(letters)
        section = seed.choice([s for s in letter.sections if s.key not in ("opening", "closing")])
        sentence = seed.choice(section.sentences)
        changed = None if sentence.gap else rules[kind](sentence, case, seed)
        if changed is None or changed == sentence:
            continue
        new = tuple(changed if s is sentence else s for s in section.sentences if changed.text or s is not sentence)
        whole = letter.with_(
            sections=tuple(section.with_(sentences=new) if s is section else s for s in letter.sections)
        )
        made.setdefault(f"{kind} {changed.text}", Draft(kind.split(".")[0], "rule", case, whole, changed.text))
    return list(made.values())


if __name__ == "__main__":
    lines = [
        json.dumps(
            {"part": part, "kind": d.kind, "by": d.by, "text": d.text, "letter": d.letter.model_dump(mode="json")}
        )
        for part in FILES
        for d in drafts(part)
    ]
    Path(sys.argv[1]).write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines)} drafts in {sys.argv[1]}")
