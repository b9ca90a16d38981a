"""How far answers agree with labels, and two judges with each other: precision, recall and kappa per item. Pure.

A sound letter has the answer yes to every item, a letter with one fault the answer no to the items of that fault's kind.
Nothing is claimed of the other items of a faulty letter, so they are not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pydantic import computed_field

from amends.batch.judging.labels import ITEMS_OF, Labels
from amends.schemas import Frozen, ItemResult


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

    @computed_field  # type: ignore[prop-decorator]
    @property
    def precision(self) -> float | None:
        """Of the faults told, the share that are labelled so."""
        return _share(self.right_no, self.right_no + self.wrong_no)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def recall(self) -> float | None:
        """Of the faults labelled, the share that were told."""
        return _share(self.right_no, self.right_no + self.missed_no)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def kappa(self) -> float | None:
        """Agreement beyond chance; None if nothing was counted or both say the same of every letter."""
        return _kappa(self.right_no, self.wrong_no, self.missed_no, self.right_yes)


class Between(Frozen):
    """One item as two judges answered it: letters on which both say no, one says no, both say yes, or one says nothing."""

    item: str
    both_no: int = 0
    only_first_no: int = 0
    only_second_no: int = 0
    both_yes: int = 0
    not_checked: int = 0

    @computed_field  # type: ignore[prop-decorator]
    @property
    def same(self) -> float | None:
        """Of the letters that both answered, the share with the same answer."""
        alike = self.both_no + self.both_yes
        return _share(alike, alike + self.only_first_no + self.only_second_no)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def kappa(self) -> float | None:
        """Cohen's kappa; None if nothing was counted or both always say the same one thing."""
        return _kappa(self.both_no, self.only_first_no, self.only_second_no, self.both_yes)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _kappa(both: int, one: int, other: int, neither: int) -> float | None:
    n = both + one + other + neither
    if not n:
        return None
    chance = ((both + one) * (both + other) + (n - both - one) * (n - both - other)) / n**2
    return None if chance == 1 else ((both + neither) / n - chance) / (1 - chance)


def agreements(letters: Iterable[Answered], labels: Labels = ITEMS_OF) -> tuple[Agreement, ...]:
    """Return a row per item that the labels speak of, in the order of their names."""
    counts: dict[str, dict[str, int]] = {}
    for letter in letters:
        for item, outcome in _outcomes(letter, labels):
            _count(counts, item, outcome)
    return tuple(Agreement.model_validate({"item": item, **counts[item]}) for item in sorted(counts))


def _count(counts: dict[str, dict[str, int]], item: str, outcome: str) -> None:
    row = counts.setdefault(item, {})
    row[outcome] = row.get(outcome, 0) + 1


def _outcomes(letter: Answered, labels: Labels) -> list[tuple[str, str]]:
    states = {r.id: r.state for r in letter.items}
    if letter.fault is None:
        labelled = {item for items in labels.values() for item in items}
        return [(i, _name(states[i], told_no="wrong_no", told_yes="right_yes")) for i in states if i in labelled]
    wanted = [i for i in labels.get(letter.fault, ()) if i in states]
    found = [i for i in wanted if states[i] == "unmet"] or wanted[:1]  # one item that tells it is enough
    return [(i, _name(states[i], told_no="right_no", told_yes="missed_no")) for i in found]


def _name(state: str, *, told_no: str, told_yes: str) -> str:
    return {"unmet": told_no, "met": told_yes}.get(state, "not_checked")


def between(first: Sequence[Answered], second: Sequence[Answered]) -> tuple[Between, ...]:
    """Return a row per item; `first` and `second` are the same letters in the same order, each by one judge."""
    counts: dict[str, dict[str, int]] = {}
    for one, other in zip(first, second, strict=True):
        theirs = {r.id: r.state for r in other.items}
        for mine in one.items:
            _count(counts, mine.id, _both(mine.state, theirs[mine.id]))
    return tuple(Between.model_validate({"item": item, **counts[item]}) for item in sorted(counts))


def _both(mine: str, theirs: str) -> str:
    if "not_checked" in (mine, theirs):
        return "not_checked"
    if mine == theirs:
        return "both_no" if mine == "unmet" else "both_yes"
    return "only_first_no" if mine == "unmet" else "only_second_no"
