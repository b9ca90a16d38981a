"""The documented limits of a set, `thresholds.toml`, and what of a report lies beyond them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from pydantic import Field, ValidationError

from amends.batch.totals import CaseTotals
from amends.errors import InputError
from amends.schemas import Frozen
from amends.scoring import Row

NAME = "thresholds.toml"
_LEVELS_UP = 4


class Limits(Frozen):
    """The limits of one set: figures that must be at least, or at most, a value. Shares are 0..1."""

    min: dict[str, float] = Field(default_factory=dict)
    max: dict[str, float] = Field(default_factory=dict)


def limits_for(folder: Path) -> tuple[Limits, str]:
    """Return the limits for `folder` and the name of the set they are for; none, and "", where nobody set any.

    The file is looked for in `folder` and above. A set's section is called after its folder, seen from the file; a
    single case takes its set's.

    Raises:
        InputError: the file is broken, or has an unknown key.
    """
    folder = folder.resolve()
    for home in (folder, *folder.parents[:_LEVELS_UP]):
        if (home / NAME).is_file():
            sections = _read(home / NAME)
            names = [folder.relative_to(home).as_posix()]
            if (folder / "expected.yaml").is_file():
                names.append(folder.parent.relative_to(home).as_posix() if folder != home else "")
            name = next((n for n in names if n in sections), "")
            return sections.get(name, Limits()), name
    return Limits(), ""


def _read(path: Path) -> dict[str, Limits]:
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: Limits.model_validate(section) for name, section in tree.items()}
    except (OSError, ValueError) as error:
        if isinstance(error, ValidationError):
            fault = error.errors(include_url=False)[0]
            key = ".".join(map(str, fault["loc"]))
            raise InputError(f"{path}: {key}: {fault['msg']}.", hint="A section has the tables min and max.") from error
        raise InputError(f"{path} cannot be read: {error}.") from error


def figures(totals: CaseTotals | None, fields: Sequence[Row]) -> dict[str, float | None]:
    """Return every figure that a limit may name; None is "not checked". `totals` is None without whole cases."""
    found: dict[str, float | None] = {row.name: row.share for row in fields}
    if totals is None:
        return found
    return found | {
        "verdict": totals.verdict.share,
        "gaps": totals.gaps.share,
        "facts_wrong": totals.facts_wrong,
        "facts_missing": totals.facts_missing,
        "lock_breaches": totals.lock_breaches if totals.lock_not_checked < totals.cases else None,
        "rubric_unmet": totals.rubric.unmet,
        "rubric_blocking": totals.rubric.blocking,
        "must_say_missing": totals.must_say_missing,
        "must_not_say_found": totals.must_not_say_found,
        "score": totals.score.mean,
        "grammar_per_100_words": totals.grammar.mean,
    }


def beyond(limits: Limits, found: Mapping[str, float | None], *, switched_off: frozenset[str]) -> tuple[str, ...]:
    """Return a line for each limit that does not hold. Not checked does not hold, unless `switched_off`.

    Raises:
        InputError: a limit names no figure; the hint has the nearest one.
    """
    lines = []
    for kind, table in (("min", limits.min), ("max", limits.max)):
        for name, limit in table.items():
            value = found[_known(name, found)]
            if value is None:
                if name not in switched_off:
                    lines.append(f"{name}: not checked, and the limit is {kind} {limit:g}")
            elif (value < limit) if kind == "min" else (value > limit):
                lines.append(f"{name}: {value:.4g}, and the limit is {kind} {limit:g}")
    return tuple(lines)


def _known(name: str, found: Mapping[str, float | None]) -> str:
    if name in found:
        return name
    near = get_close_matches(name, found, 1, 0.5)
    hint = f"Did you mean {near[0]}?" if near else f"Figures: {', '.join(sorted(found))}."
    raise InputError(f"{NAME}: “{name}” is no figure of this set.", hint=hint)
