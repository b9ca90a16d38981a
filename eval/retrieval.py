"""Score the ranking of situations: `python eval/retrieval.py [--cause given|read] [--show] [PAIRS.yaml]`.

`--cause given` (default) ranks within the labelled cause and so measures the ranking alone; `--cause read` lets the
rules find the causes in the notice excerpt first, so their misses count as well. "asked" counts the pairs whose first
place is so near a tie that the seller is asked which situation it is, "unasked" the wrong first places that are not.
`--show` lists the misses of the parts `dev` and `read` with what matched; the others stay held out.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from amends.extract import extract
from amends.patterns import Pattern, load_patterns
from amends.read import read_text
from amends.retrieve import retrieve
from amends.schemas import Enforcement, Fact, PatternMatch

PAIRS = Path(__file__).parent / "retrieval" / "pairs.yaml"
PARTS = ("dev", "read", "test", "unseen2")
HELD_OUT = ("test", "unseen2")


class Pair(NamedTuple):
    """A notice excerpt and a seller's story, with the id of the situation that they tell."""

    id: str
    part: str
    notice: str
    story: str
    expected: str


class Ranked(NamedTuple):
    """A pair and its ranking; `rank` is 1 for the first place and 0 when the situation is not in the list."""

    pair: Pair
    matches: tuple[PatternMatch, ...]

    @property
    def rank(self) -> int:
        ids = [m.pattern_id for m in self.matches]
        return ids.index(self.pair.expected) + 1 if self.pair.expected in ids else 0


def load_pairs(path: Path, patterns: Sequence[Pattern]) -> tuple[Pair, ...]:
    """Return the labelled pairs of a file.

    Raises:
        ValueError: a part or an expected id does not exist, or an id stands twice.
    """
    pairs = tuple(Pair(**entry) for entry in yaml.safe_load(path.read_text(encoding="utf-8")))
    known = {p.id for p in patterns}
    for pair in pairs:
        if pair.expected not in known or pair.part not in PARTS:
            raise ValueError(f"{path.name}: {pair.id}: unknown part `{pair.part}` or situation `{pair.expected}`")
    if len({p.id for p in pairs}) != len(pairs):
        raise ValueError(f"{path.name}: an id stands twice")
    return pairs


def rank(pair: Pair, patterns: Sequence[Pattern], *, read_cause: bool) -> Ranked:
    """Rank the library for one pair, within its labelled cause or within the causes read from the excerpt."""
    notice = read_text(pair.notice)
    enforcement, facts = _given(pair)
    if read_cause:
        enforcement, facts = extract(notice)
    return Ranked(pair, retrieve(enforcement, notice, pair.story, facts, patterns))


def _given(pair: Pair) -> tuple[Enforcement, tuple[Fact, ...]]:
    return Enforcement.model_validate({"cause": pair.expected.split(".")[0]}), ()


def row(part: str, ranked: Sequence[Ranked]) -> str:
    """Counts and shares of one part: first place, first three, mean reciprocal rank, and what the seller is asked."""
    ranks = [r.rank for r in ranked]
    top1, top3 = sum(k == 1 for k in ranks), sum(1 <= k <= 3 for k in ranks)
    mrr = sum(1 / k for k in ranks if k) / len(ranks)
    asked = sum(bool(r.matches) and r.matches[0].unsure for r in ranked)
    unasked = sum(bool(r.matches) and r.rank != 1 and not r.matches[0].unsure for r in ranked)
    return (
        f"{part:8}{len(ranks):6}{top1:7}{top1 / len(ranks):8.1%}{top3:7}{top3 / len(ranks):8.1%}{mrr:8.3f}"
        f"{ranks.count(0):9}{asked:7}{unasked:9}"
    )


def miss(ranked: Ranked) -> str:
    """One miss as text: what was expected on which place, and what came first and why."""
    first = ranked.matches[0] if ranked.matches else None
    why = " | ".join(first.why) if first else ""
    return (
        f"{ranked.pair.id}: {ranked.pair.expected} on place {ranked.rank or 'none'}; "
        f"first: {first.pattern_id if first else 'nothing'} ({why})\n      {ranked.pair.story}"
    )


def main() -> None:
    """Load, rank, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path, nargs="?", default=PAIRS)
    parser.add_argument("--cause", choices=("given", "read"), default="given")
    parser.add_argument("--show", action="store_true", help="list the misses of the parts that are not held out")
    chosen = parser.parse_args()
    patterns = load_patterns()
    pairs = load_pairs(chosen.pairs, patterns)
    began = time.perf_counter()
    ranked = [rank(pair, patterns, read_cause=chosen.cause == "read") for pair in pairs]
    spent = time.perf_counter() - began
    print(
        f"{'part':8}{'pairs':>6}{'top-1':>7}{'':8}{'top-3':>7}{'':8}{'MRR':>8}{'unlisted':>9}{'asked':>7}{'unasked':>9}"
    )
    for part in PARTS:
        of_part = [r for r in ranked if r.pair.part == part]
        if of_part:
            print(row(part, of_part))
    print(row("all", ranked))
    print(f"{len(patterns)} situations, cause {chosen.cause}, {1000 * spent / len(pairs):.1f} ms a pair")
    if chosen.show:
        print("\n".join(miss(r) for r in ranked if r.rank != 1 and r.pair.part not in HELD_OUT))


if __name__ == "__main__":
    main()
