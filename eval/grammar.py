"""Measure grammar engines on `eval/grammar/sentences.yaml`: `python eval/grammar.py [--bare] [--show KIND]`.

Per kind of error: sentences flagged at all, and flagged at the wrong words. Then the correct sentences that were flagged.
"""

from __future__ import annotations

import argparse
import difflib
from collections import Counter
from pathlib import Path

import yaml

from amends.grammar import GrammarEngine
from amends.grammar.own import own_faults
from amends.grammar.proofread import check_texts
from amends.schemas import GrammarFault

SENTENCES = Path(__file__).with_name("grammar") / "sentences.yaml"


def wrong_words(error: str, right: str) -> tuple[int, int]:
    """Return the range of `error` that differs from `right`, widened to whole words and their neighbours."""
    same = [b for b in difflib.SequenceMatcher(None, error, right, autojunk=False).get_matching_blocks() if b.size]
    start = same[0].size if same and same[0].a == 0 and same[0].b == 0 else 0
    end = same[-1].a if same and same[-1].a + same[-1].size == len(error) else len(error)
    start, end = min(start, end), max(start, end)
    return error.rfind(" ", 0, max(0, start - 1)) + 1, error.find(" ", end + 1) % (len(error) + 1)


def main() -> None:
    """Check, count, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", metavar="KIND", help="list the errors of this kind that are missed, or `alarms`")
    parser.add_argument("--bare", action="store_true", help="our own rules alone, as where there is no Java")
    chosen = parser.parse_args()
    data = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))
    texts = [e["error"] for e in data["errors"]] + list(data["correct"])
    if chosen.bare:
        found = [own_faults(text, "en") for text in texts]
    else:
        with GrammarEngine() as engine:
            found = check_texts(texts, "en", (), engine)
    errors, correct = found[: len(data["errors"])], found[len(data["errors"]) :]
    report(data["errors"], errors, chosen.show)
    alarms = [(t, f) for t, f in zip(data["correct"], correct, strict=True) if f]
    print(f"correct sentences flagged: {len(alarms)} of {len(correct)}")
    print("rules that flag them:", Counter(f.rule for _, faults in alarms for f in faults).most_common())
    if chosen.show == "alarms":
        for text, faults in alarms:
            print([f.rule for f in faults], text)


def report(errors: list[dict[str, str]], found: list[tuple[GrammarFault, ...]], show: str | None) -> None:
    """Print a row per kind and one for all."""
    rows: dict[str, list[tuple[bool, bool]]] = {}
    for entry, faults in zip(errors, found, strict=True):
        start, end = wrong_words(entry["error"], entry["right"])
        hit = any(f.start < end and f.end > start for f in faults)
        rows.setdefault(entry["kind"], []).append((bool(faults), hit))
        if show in (entry["kind"], "all") and not hit:
            print(entry["kind"], "|", entry["error"], "->", entry["right"], [f.rule for f in faults])
    print(f"{'kind':22}{'of':>5}{'flagged':>9}{'at the words':>14}")
    for kind, marks in {**rows, "all": [m for own in rows.values() for m in own]}.items():
        print(f"{kind:22}{len(marks):5}{sum(a for a, _ in marks):9}{sum(b for _, b in marks):14}")


if __name__ == "__main__":
    main()
