"""How much letters of different cases share: `python eval/sameness.py [eval/cases]`.

For each letter that the composer writes, the share of its 8-word runs that stand in another case's letter, 0..1; then
the median. Aim: at most 5 % (issue 4). Letters of different cases should read as written for their case alone.
"""

from __future__ import annotations

import re
import statistics
import sys
from datetime import date
from pathlib import Path

from amends import Appeal
from amends.facts import load_facts

RUN = 8
TODAY = date(2026, 11, 25)


def runs(text: str) -> set[tuple[str, ...]]:
    """The 8-word runs of a text, lower-cased."""
    words = re.findall(r"[\w'%.-]+", text.lower())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def main() -> None:
    """Compose, compare, print one line per case and the median."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "eval/cases")
    appeal = Appeal(model="offline", today=TODAY, grammar=False)
    letters: dict[str, set[tuple[str, ...]]] = {}
    for facts in sorted(folder.glob("*/facts.yaml")):
        case = appeal.draft(appeal.open(next(facts.parent.glob("notice.*")), facts=load_facts(facts)))
        if case.letter is not None:
            letters[facts.parent.name] = runs(" ".join(s.text for s in case.letter.sentences if not s.gap))
    shares = {}
    for name, mine in letters.items():
        others = set().union(*(r for n, r in letters.items() if n != name))
        shares[name] = len(mine & others) / len(mine) if mine else 0.0
        print(f"{name:36} {shares[name]:6.1%} of {len(mine)} runs")
    print(
        f"median {statistics.median(shares.values()):.1%}, worst {max(shares.values()):.1%}, {len(shares)} letters; aim: median at most 5 %"
    )


if __name__ == "__main__":
    main()
