"""How far the rubric's answers agree with labels: precision, recall and kappa per item. Pure functions, no files.

The labels are seeded faults: a sound letter has the answer yes to every item, a letter with one fault the answer no to the
items of that fault's kind. Nothing is claimed of the other items of a faulty letter, so they are not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from amends.schemas import Frozen, ItemResult

#: Fault -> the items of the rubric to which it is the answer no; any one of them suffices.
ITEMS_OF: Mapping[str, tuple[str, ...]] = {
    "blame_buyer": ("no_blame_buyers", "no_party_in_the_dock"),
    "blame_amazon": ("no_blame_amazon", "no_party_in_the_dock"),
    **dict.fromkeys(
        ("blame_carrier", "blame_supplier", "blame_staff", "blame_competitor"),
        ("no_blame_others", "no_party_in_the_dock"),
    ),
    "emotion": ("no_emotion",),
    "threat": ("no_threats",),
    "denial": ("no_denial",),
    "self_praise": ("no_denial", "no_off_topic"),
    "risky_admission": ("no_risky_admissions",),
    "off_topic": ("no_off_topic",),
    "cliche": ("no_cliches", "no_vague_actions"),
    "vague": ("no_vague_actions", "no_cliches"),
    "promise_without_process": ("no_vague_actions", "no_open_promises", "measure_slots"),
    "placeholder": ("no_placeholders",),
    "contradictory_number": ("numbers_consistent",),
    "symptom_as_cause": ("root_not_symptom", "root_names_process"),
    "missing_owner": ("measure_slots",),
    "missing_rhythm": ("measure_slots",),
    "missing_start": ("measure_slots",),
    "missing_date": ("corrective_dated_counted",),
    "missing_asin": ("every_asin_covered",),
    "over_long": ("sentence_length",),
    "personal_data": ("no_buyer_data",),
}


@dataclass(frozen=True, slots=True)
class Answered:
    """One letter as answered: `fault` None for a sound one."""

    letter: str
    fault: str | None
    items: tuple[ItemResult, ...]


class Agreement(Frozen):
    """One item against the labels. "Positive" is the answer no: a fault. Shares are 0..1, None where nothing was counted.

    `not_checked` answers enter no share. `kappa` is Cohen's: 0 is chance, 1 is full agreement.
    """

    item: str
    right_no: int = 0
    wrong_no: int = 0
    missed_no: int = 0
    right_yes: int = 0
    not_checked: int = 0

    @property
    def precision(self) -> float | None:
        """Of the faults told, the share that are labelled so."""
        return _share(self.right_no, self.right_no + self.wrong_no)

    @property
    def recall(self) -> float | None:
        """Of the faults labelled, the share that were told."""
        return _share(self.right_no, self.right_no + self.missed_no)

    @property
    def kappa(self) -> float | None:
        """Agreement beyond chance; None if nothing was counted or both say the same of every letter."""
        n = self.right_no + self.wrong_no + self.missed_no + self.right_yes
        if not n:
            return None
        told, labelled = self.right_no + self.wrong_no, self.right_no + self.missed_no
        chance = (told * labelled + (n - told) * (n - labelled)) / n**2
        return None if chance == 1 else ((self.right_no + self.right_yes) / n - chance) / (1 - chance)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def agreements(letters: Iterable[Answered]) -> tuple[Agreement, ...]:
    """Return a row per item that the labels speak of, in the order of their names."""
    counts: dict[str, dict[str, int]] = {}
    for letter in letters:
        for item, outcome in _outcomes(letter):
            row = counts.setdefault(item, {})
            row[outcome] = row.get(outcome, 0) + 1
    return tuple(Agreement(item=item, **counts[item]) for item in sorted(counts))


def _outcomes(letter: Answered) -> list[tuple[str, str]]:
    states = {r.id: r.state for r in letter.items}
    if letter.fault is None:
        labelled = {item for items in ITEMS_OF.values() for item in items}
        return [(i, _name(states[i], told_no="wrong_no", told_yes="right_yes")) for i in states if i in labelled]
    wanted = [i for i in ITEMS_OF.get(letter.fault, ()) if i in states]
    found = [i for i in wanted if states[i] == "unmet"] or wanted[:1]  # one item that tells it is enough
    return [(i, _name(states[i], told_no="right_no", told_yes="missed_no")) for i in found]


def _name(state: str, *, told_no: str, told_yes: str) -> str:
    return {"unmet": told_no, "met": told_yes}.get(state, "not_checked")


def as_text(rows: Sequence[Agreement], *, decided_by: str, sound: int, faulty: int) -> str:
    """Return the table. What this run did not measure is said below it, never left to be guessed."""
    lines = [f"{'item':28}{'no':>5}{'of':>5}{'alarms':>8}{'precision':>11}{'recall':>8}{'kappa':>8}{'not checked':>13}"]
    for r in rows:
        labelled = r.right_no + r.missed_no
        lines.append(
            f"{r.item:28}{r.right_no:5}{labelled:5}{r.wrong_no:8}{_percent(r.precision):>11}{_percent(r.recall):>8}"
            f"{'-' if r.kappa is None else f'{r.kappa:.2f}':>8}{r.not_checked:13}"
        )
    lines.append(f"{sound} sound letters, {faulty} with one fault each; decided by {decided_by}.")
    lines.append(
        "Judge items, and their bias by length, by order and by who wrote the letter: not measured (no model was asked)."
    )
    return "\n".join(lines)


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.0%}"
