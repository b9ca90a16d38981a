"""The results of `make bench` as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_LABELS = {
    "door_ms": "CPU per model call, ours (ms)",
    "with_structured_output_ms": "CPU per model call, `with_structured_output` (ms)",
    "notices": "sample notices read and extracted",
    "per_notice_ms": "read and extract, median notice (ms)",
    "slowest_ms": "read and extract, slowest notice (ms)",
    "per_mb_ms": "read and extract, 1 MB of text (ms)",
    "start_ms": "LanguageTool, first start with English loaded (ms)",
    "first_letter_ms": "LanguageTool, first letter (ms)",
    "warm_letter_ms": "LanguageTool, one letter when warm (ms)",
    "not_measured": "not measured",
}


@dataclass(frozen=True)
class Aim:
    """What was measured beside what it should be at most; `value` is None when it was not measured."""

    name: str
    value: float | None
    most: float
    unit: str

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None: not measured."""
        return None if self.value is None else self.value <= self.most


def as_markdown(results: Mapping[str, Any], aims: Sequence[Aim]) -> str:
    """Return the whole report."""
    machine = results["machine"]
    lines = [
        "# Measurements",
        "",
        f"{machine['processor']}, {machine['cores']} cores, {machine['system']}, Python {machine['python']}; "
        f"load at the start {machine['load_before']}. Medians of {results['rounds']} rounds, the commands in turn. "
        "Written by `make bench`.",
        "",
        *_table(("aim", "measured", "at most", "met"), [_aim(aim) for aim in aims]),
        "",
        *_table(
            ("command", "wall s", "fastest", "slowest", "CPU s"), [_command(*c) for c in results["commands"].items()]
        ),
        "",
        f"The model answers after 300 ms; one draft makes {results['calls_per_draft']} calls.",
        "",
        *_table(
            ("measure", "median"), [r for n in ("model_call", "extraction", "grammar") for r in _measured(n, results)]
        ),
        "",
    ]
    return "\n".join(lines)


def _aim(aim: Aim) -> tuple[str, ...]:
    said = {True: "yes", False: "**no**", None: "not measured"}[aim.met]
    value = "" if aim.value is None else f"{aim.value:.2f} {aim.unit}"
    return aim.name, value, f"{aim.most:g} {aim.unit}", said


def _command(name: str, times: Mapping[str, float]) -> tuple[str, ...]:
    return (f"`{name}`", *(f"{times[key]:.2f}" for key in ("wall_s", "fastest_s", "slowest_s", "cpu_s")))


def _measured(group: str, results: Mapping[str, Any]) -> list[tuple[str, ...]]:
    found = [(_LABELS[key], value) for key, value in results[group].items() if key in _LABELS]
    prefix = f"{group}: " if "not_measured" in results[group] else ""
    return [(f"{prefix}{label}", f"{value:.2f}" if isinstance(value, float) else str(value)) for label, value in found]


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (head, ("---",) * len(head), *rows)]
