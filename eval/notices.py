"""Score the reader of notices on a folder of labelled ones: `python eval/notices.py eval/cases/notices/dev [--show FIELD]`.

Works on `NAME.expected.yaml` beside `NAME.*`, and on case folders with `expected.yaml` beside `notice.*`. Without
`--show` only counts are printed, so that a held-out part can be scored unread; `--show all` lists every miss.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from amends.extract import extract
from amends.read import read_path
from amends.scoring import NoticeScore, Row, score_notice, totals


def labelled(folder: Path) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    """Yield (id, notice file, label) of every labelled notice, in the order of names."""
    for label in sorted(folder.glob("*.expected.yaml")):
        name = label.name.removesuffix(".expected.yaml")
        notice = next(p for p in sorted(folder.glob(f"{name}.*")) if p != label)
        yield name, notice, yaml.safe_load(label.read_text(encoding="utf-8"))
    for label in sorted(folder.glob("*/expected.yaml")):
        for notice in sorted(label.parent.glob("notice.*")):
            yield label.parent.name, notice, yaml.safe_load(label.read_text(encoding="utf-8"))


def table(rows: tuple[Row, ...]) -> str:
    """The rows as text columns."""

    def share(value: float | None) -> str:
        return "      -" if value is None else f"{value:7.1%}"

    lines = [f"{'field':24}{'right':>7}{'of':>7}{'share/F1':>10}{'precision':>11}{'recall':>8}"]
    for row in rows:
        lines.append(
            f"{row.name:24}{row.right:7}{row.of:7}{share(row.share):>10}{share(row.precision):>11}{share(row.recall):>8}"
        )
    return "\n".join(lines)


def main() -> None:
    """Read, extract, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", metavar="FIELD", help="list the misses of this field, or of all")
    chosen = parser.parse_args()
    scores: list[tuple[str, NoticeScore]] = []
    spent = 0.0
    for name, path, expected in labelled(chosen.folder):
        notice = read_path(path)
        began = time.perf_counter()
        enforcement, facts = extract(notice)
        spent += time.perf_counter() - began
        scores.append((name, score_notice(expected, enforcement, notice, facts)))
    if not scores:
        parser.error(f"no labelled notice in {chosen.folder}")
    print(table(totals(score for _, score in scores)))
    print(f"{len(scores)} notices, {1000 * spent / len(scores):.2f} ms each to extract")
    for name, score in scores:
        for miss in score.misses:
            if chosen.show in ("all", miss.field):
                print(f"{name}: {miss.field}: label {miss.expected} | read {miss.read}")


if __name__ == "__main__":
    main()
