"""Measure grammar engines on `eval/grammar/sentences.yaml`: `python eval/grammar.py [--bare|--engine-only] [--picky] [--rules]`.

Per kind of error: sentences flagged at all, flagged at the wrong words, and precision: of the flags by rules of that kind, the
share that are at wrong words. A rule is of the kind that it finds most; one that finds no error is of the kind `none`.
`--rules` prints the same per rule, so that it can be seen which one is worth having.
"""

from __future__ import annotations

import argparse
import difflib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from amends.batch.faults import sound_letters
from amends.check.parse import parse
from amends.grammar import GrammarEngine
from amends.grammar.engine import EVERYTHING
from amends.grammar.own import PREFIX, own_faults
from amends.grammar.proofread import check_texts
from amends.grammar.rules import grammar_rules
from amends.schemas import GrammarFault

SENTENCES = Path(__file__).with_name("grammar") / "sentences.yaml"
LETTERS = Path(__file__).with_name("letters") / "sound"
Faults = tuple[GrammarFault, ...]


@dataclass
class Rule:
    """What one rule did: errors found by kind, flags beside the error, and flags in correct sentences."""

    found: Counter[str] = field(default_factory=Counter)
    beside: int = 0
    alarms: int = 0

    @property
    def kind(self) -> str:
        """The kind of error that it finds most."""
        return self.found.most_common(1)[0][0] if self.found else "none"


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
    parser.add_argument("--engine-only", action="store_true", help="without our own rules")
    parser.add_argument("--all-rules", action="store_true", help="without our choice of rules: whatever the engine has")
    parser.add_argument("--picky", action="store_true", help="with the engine's picky rules")
    parser.add_argument("--rules", action="store_true", help="a row per rule")
    chosen = parser.parse_args()
    data = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))
    errors, right = data["errors"], [*data["correct"], *_sound_sentences()]
    found = _checked([e["error"] for e in errors] + right, chosen)
    flagged, alarms = found[: len(errors)], found[len(errors) :]
    rules = _rules(errors, flagged, alarms)
    _report(errors, flagged, rules, chosen.show)
    few = len(data["correct"])
    for name, part in ((f"{SENTENCES.name}, correct", alarms[:few]), ("letters/sound", alarms[few:])):
        print(f"flagged in {name}: {sum(map(bool, part))} of {len(part)}")
    _f1(sum(map(bool, flagged)), len(errors), sum(map(bool, alarms[:few])))
    if chosen.rules:
        _print_rules(rules)
    if chosen.show == "alarms":
        for text, faults in zip(right, alarms, strict=True):
            if faults:
                print([f.rule for f in faults], text)


def _sound_sentences() -> list[str]:
    letters = [parse(letter.text).letter for letter in sound_letters(LETTERS)]
    return [s.text for letter in letters if letter.language == "en" for s in letter.sentences]


def _checked(texts: list[str], chosen: argparse.Namespace) -> list[Faults]:
    if chosen.bare:
        return [own_faults(text, "en") for text in texts]
    choice = (EVERYTHING if chosen.all_rules else grammar_rules().choice).with_(picky=chosen.picky)
    with GrammarEngine() as engine:
        found = check_texts(texts, "en", (), engine, choice)
    kept = [tuple(f for f in faults if not f.rule.startswith(PREFIX)) for faults in found]
    return kept if chosen.engine_only else found


def _hits(entry: dict[str, str], fault: GrammarFault) -> bool:
    start, end = wrong_words(entry["error"], entry["right"])
    return fault.start < end and fault.end > start


def _rules(errors: Sequence[dict[str, str]], flagged: Sequence[Faults], alarms: Sequence[Faults]) -> dict[str, Rule]:
    rules: dict[str, Rule] = defaultdict(Rule)
    for entry, faults in zip(errors, flagged, strict=True):
        for fault in faults:
            if _hits(entry, fault):
                rules[fault.rule].found[entry["kind"]] += 1
            else:
                rules[fault.rule].beside += 1
    for faults in alarms:
        for fault in faults:
            rules[fault.rule].alarms += 1
    return rules


def _report(
    errors: Sequence[dict[str, str]], flagged: Sequence[Faults], rules: dict[str, Rule], show: str | None
) -> None:
    """Print a row per kind and one for all."""
    rows: dict[str, list[tuple[bool, bool]]] = {}
    for entry, faults in zip(errors, flagged, strict=True):
        hit = any(_hits(entry, f) for f in faults)
        rows.setdefault(entry["kind"], []).append((bool(faults), hit))
        if show in (entry["kind"], "all") and not hit:
            print(entry["kind"], "|", entry["error"], "->", entry["right"], [f.rule for f in faults])
    print(
        f"{'kind':14}{'of':>5}{'flagged':>9}{'at the words':>14}{'recall':>8}{'beside':>8}{'alarms':>8}{'precision':>11}"
    )
    for kind, marks in {**rows, "none": [], "all": [m for own in rows.values() for m in own]}.items():
        own = [r for r in rules.values() if kind in (r.kind, "all")]
        found, beside, alarms = (
            sum(r.found.total() for r in own),
            sum(r.beside for r in own),
            sum(r.alarms for r in own),
        )
        hits, told = sum(hit for _, hit in marks), found + beside + alarms
        print(
            f"{kind:14}{len(marks):5}{sum(any_ for any_, _ in marks):9}{hits:14}{_percent(hits, len(marks)):>8}"
            f"{beside:8}{alarms:8}{_percent(found, told):>11}"
        )


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "-"


def _f1(flagged: int, errors: int, alarms: int) -> None:
    precision, recall = flagged / max(1, flagged + alarms), flagged / errors
    both = precision + recall
    print(
        f"sentences: precision {precision:.0%}, recall {recall:.0%}, F1 {2 * precision * recall / both if both else 0:.3f}"
    )


def _print_rules(rules: dict[str, Rule]) -> None:
    print(f"\n{'rule':52}{'kind':>14}{'found':>7}{'beside':>8}{'alarms':>8}")
    for name, rule in sorted(rules.items(), key=lambda pair: (-pair[1].found.total(), -pair[1].alarms)):
        print(f"{name:52}{rule.kind:>14}{rule.found.total():7}{rule.beside:8}{rule.alarms:8}")


if __name__ == "__main__":
    main()
