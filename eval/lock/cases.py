"""The sample cases as the lock sees them: facts by `amends.facts`, the notice's labels from `expected.yaml`."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from amends.facts import load_facts, seller_facts
from amends.read import read_path
from amends.schemas import Case, Enforcement, Fact, Metric

CASES = Path(__file__).parents[1] / "cases"


def names() -> list[str]:
    """The sample cases that have a facts file, in order."""
    return sorted(p.parent.name for p in CASES.glob("*/facts.yaml"))


@cache
def case_of(name: str) -> Case:
    """One sample case with its facts; no letter yet."""
    folder = CASES / name
    label: dict[str, Any] = yaml.safe_load((folder / "expected.yaml").read_text("utf-8"))
    given = load_facts(folder / "facts.yaml")
    notice = [_notice_fact(n, f) for n, f in enumerate(label["facts"], 1)]
    today = label["today"] if isinstance(label["today"], date) else date.fromisoformat(label["today"])
    enforcement = Enforcement(
        cause=label["cause"], other_causes=tuple(label["other_causes"]), stage=label["stage"],
        answer_kind=label["answer_kind"], scope=label["scope"], channel=label["channel"],
    )  # fmt: skip
    return Case(
        today=today, notice=read_path(next(folder.glob("notice.*"))), enforcement=enforcement, seller=given.seller,
        story=given.story, facts=(*notice, *seller_facts(given, len(notice) + 1)),
    )  # fmt: skip


def _notice_fact(number: int, label: dict[str, Any]) -> Fact:
    """A labelled fact of the notice, as extraction gives it."""
    if label["kind"] == "metric":
        metric = Metric(name=label["name"], value=label["value"], target=label["target"])
        unit = None if label["name"] == "account_health_rating" else "%"
        return Fact(id=f"F{number}", kind="metric", value=metric, unit=unit, source="notice", origin="notice")
    value = str(label["value"])
    return Fact(id=f"F{number}", kind=label["kind"], value=value, source="notice", origin="notice", quote=value)
