"""Scores the lock: recall of each kind of planted change, false alarms on honest rewordings, with counts."""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from functools import cache

from build import FILES, Draft, by_hand, drafts

from amends.draft import compose
from amends.schemas import Case, Finding, Letter
from amends.verify import lock
from cases import case_of, names

KINDS = ("number", "date", "id", "amount", "name", "document", "action", "status", "scope", "polarity", "lost")


def scored(made: list[Draft], *, show: bool) -> dict[tuple[str, str], tuple[int, int]]:
    """(kind, by) -> (drafts with a breach, drafts)."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for draft in made:
        found = [f for f in lock(draft.letter, draft.case) if f not in _own(draft.case)]
        counts[draft.kind, draft.by][0] += bool(found)
        counts[draft.kind, draft.by][1] += 1
        if show and draft.kind == "honest" and found:
            print("FALSE ALARM", draft.by, draft.text, *(f"\n      {f.rule}: {f.message}" for f in found))
        if show and draft.kind != "honest" and not found:
            print("MISSED", draft.kind, draft.by, draft.text)
    return {key: (caught, of) for key, (caught, of) in counts.items()}


@cache
def _breaches_before(name: str) -> tuple[Finding, ...]:
    letter = compose(case_of(name))
    return lock(letter, case_of(name)) if letter else ()


def _own(case: Case) -> tuple[Finding, ...]:
    """The breaches of the composer's own letter: a fault of the letter that was changed, not of the change."""
    return next(_breaches_before(n) for n in names() if case_of(n) is case)


def table(counts: dict[tuple[str, str], tuple[int, int]]) -> str:
    """One line per kind: by hand, by rule, together."""
    lines = [f"{'':10}{'by hand':>16}{'by rule':>16}{'together':>16}"]
    for kind in (*KINDS, "honest"):
        parts = [counts.get((kind, by), (0, 0)) for by in ("hand", "rule")]
        parts.append((parts[0][0] + parts[1][0], parts[0][1] + parts[1][1]))
        lines.append(f"{kind:10}" + "".join(f"{f'{c}/{n} {100 * c / n:.1f} %' if n else '-':>16}" for c, n in parts))
    return "\n".join(lines)


def composer_breaches() -> list[str]:
    """The lock's breaches in the composer's own letters: none, or a bug of one of the two."""
    found = []
    for name in names():
        case = case_of(name)
        letter = compose(case)
        found += [f"{name}: {f.rule}: {f.message} | {f.sentence}" for f in (lock(letter, case) if letter else ())]
    return found


def milliseconds() -> tuple[float, float]:
    """Median and worst time of the lock over the composer's letters in ms: facts seen before, every sentence new."""
    letters = [(case_of(n), letter) for n in names() if (letter := compose(case_of(n)))]
    times = []
    for turn in range(4):
        for case, letter in letters:
            new = _worded_anew(letter, turn)
            started = time.process_time()
            lock(new, case)
            if turn:
                times.append(1000 * (time.process_time() - started))
    times = sorted(times)
    return times[len(times) // 2], times[-1]


def _worded_anew(letter: Letter, turn: int) -> Letter:
    """The same letter in texts that no cache holds."""
    sections = tuple(
        s.with_(sentences=tuple(x.with_(text=x.text + " " * turn) for x in s.sentences)) for s in letter.sections
    )
    return letter.with_(sections=sections)


def main() -> None:
    """Print the table of one part, the composer's breaches and the time per letter."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="?", choices=FILES, default="dev")
    parser.add_argument("--hand", action="store_true", help="without the drafts made by rule")
    parser.add_argument("-v", "--verbose", action="store_true", help="print every miss and false alarm")
    asked = parser.parse_args()
    if asked.verbose and asked.part == "held":
        parser.error("held is held out: it is scored, not shown")
    made = list(by_hand(asked.part)) if asked.hand else drafts(asked.part)
    print(table(scored(made, show=asked.verbose)))
    print("\ncomposer's letters:", *(composer_breaches() or ["no breach"]), sep="\n  ")
    print("\nlock of a letter: median {:.2f} ms, worst {:.2f} ms".format(*milliseconds()))


if __name__ == "__main__":
    main()
