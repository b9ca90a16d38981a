"""Find the samples in a folder: whole cases (a folder each) wherever they are, flat labelled notices only right there.

Flat notices of a folder below are left alone: a part that is held out is run only by whoever names its folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from amends.batch.labels import Expected, load_expected
from amends.errors import InputError

_LABEL = "expected.yaml"
_FACTS = ("facts.yaml", "facts.yml", "facts.json")


@dataclass(frozen=True)
class Sample:
    """One sample: its name, its notice, its label; `facts` is the facts file of a whole case.

    `whole` tells a case that goes through all stages from a notice that is only read.
    """

    name: str
    notice: Path
    expected: Expected
    facts: Path | None = None
    whole: bool = True


def find_samples(folder: Path) -> tuple[Sample, ...]:
    """Return the samples of `folder`, or the one that it is, by name; all labels are read before anything runs.

    Raises:
        InputError: no folder, no sample in it, a label without notice (or with several), or a broken label.
    """
    if not folder.is_dir():
        raise InputError(f"There is no folder {folder}.", hint="Give a folder of cases, or one case.")
    found = (*_cases(folder), *_flat(folder))
    if not found:
        raise InputError(f"There is no case in {folder}.", hint=_hint(folder))
    return tuple(sorted(found, key=lambda s: s.name))


def _cases(folder: Path) -> Iterator[Sample]:
    for label in folder.rglob(_LABEL):
        home = label.parent
        notice = _only(home, "notice.*", label)
        facts = next((home / name for name in _FACTS if (home / name).is_file()), None)
        name = home.name if home == folder else home.relative_to(folder).as_posix()
        yield Sample(name, notice, load_expected(label), facts)


def _flat(folder: Path) -> Iterator[Sample]:
    for label in folder.glob(f"*.{_LABEL}"):
        name = label.name.removesuffix(f".{_LABEL}")
        yield Sample(name, _only(folder, f"{name}.*", label), load_expected(label), whole=False)


def _only(home: Path, pattern: str, label: Path) -> Path:
    found = [p for p in home.glob(pattern) if p != label and p.is_file()]
    if len(found) == 1:
        return found[0]
    several = ", ".join(sorted(p.name for p in found))
    raise InputError(
        f"{label} needs one notice beside it, and there {'are ' + several if found else 'is none'}.",
        hint=f"Name it {pattern.replace('*', 'eml')} (or .txt, .html, .pdf).",
    )


def _hint(folder: Path) -> str:
    below = sorted({p.parent for p in folder.rglob(f"*.{_LABEL}")})
    if below:
        return f"Labelled notices are scored when their own folder is named: {', '.join(map(str, below))}."
    return f"A case is a folder with notice.eml (or .txt, .html, .pdf), {_LABEL}, and mostly facts.yaml."
