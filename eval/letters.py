"""Score the rules on seeded faults: `python eval/letters.py [--part PART] [--show KIND]`.

Applies each change to its sound letter, checks both, and counts per kind. `test` has other faults in the letters in sight;
`held` has its own letters too, by another writer (`letters/held/`). Both are scored, never shown.
Faults of grammar are scored apart: our own rules always, LanguageTool with `--grammar`.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from amends.batch.faults import Outcome, Sound, changed, findings, outcome, seeded_faults, sound_letters, table
from amends.check.config import Rules
from amends.check.parse import parse
from amends.grammar import GrammarEngine
from amends.grammar.own import own_faults
from amends.grammar.proofread import check_texts
from amends.schemas import Finding

FOLDER = Path(__file__).with_name("letters")


def main() -> None:
    """Check, count, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("dev", "dev2", "dev3", "test", "held"), default="dev")
    parser.add_argument(
        "--show", metavar="KIND", help="list the missed faults of this kind (dev only), `all`, or `sound`"
    )
    parser.add_argument("--grammar", action="store_true", help="ask LanguageTool too, for the faults of grammar")
    chosen = parser.parse_args()
    if chosen.show and (chosen.part == "held" or (chosen.part == "test" and chosen.show != "sound")):
        parser.error(f"the {chosen.part} part is held out: it is scored, not shown")
    folder = FOLDER / "held" if chosen.part == "held" else FOLDER
    rules = Rules()
    letters = {letter.name: letter for letter in sound_letters(folder / "sound")}
    began = time.perf_counter()
    before = {name: findings(letter.text, letter.case, rules) for name, letter in letters.items()}
    spent = time.perf_counter() - began
    outcomes: list[Outcome] = []
    grammar: list[str] = []
    for seeded in seeded_faults(folder / f"faults.{chosen.part}.yaml"):
        letter = letters[seeded.letter]
        if seeded.fault == "grammar":
            grammar.append(seeded.sentence or "")
        else:
            after = findings(changed(letter.text, seeded.change), letter.case, rules)
            outcomes.append(outcome(seeded, before[seeded.letter], after, rules.kinds))
    _print_table(outcomes)
    _print_alarms(before)
    _print_grammar(grammar, letters, with_engine=chosen.grammar)
    print(f"{1000 * spent / len(letters):.1f} ms a letter, parsing included")
    if chosen.show == "sound":
        _show_sound(letters, before)
    elif chosen.show:
        _show_missed(outcomes, chosen.show)


def _print_table(outcomes: list[Outcome]) -> None:
    print(f"{'kind':26}{'faults':>7}{'caught':>8}{'recall':>8}{'or flagged':>12}{'recall':>8}")
    for row in table(outcomes):
        print(
            f"{row.kind:26}{row.total:7}{row.caught:8}{row.caught / row.total:8.0%}{row.seen:12}{row.seen / row.total:8.0%}"
        )


def _print_alarms(before: dict[str, tuple[Finding, ...]]) -> None:
    every = [f for found in before.values() for f in found]
    blocking = sum(f.severity == "blocking" for f in every)
    most = max(len(found) for found in before.values())
    print(
        f"sound letters: {len(before)}, blocking findings {blocking}, advice {len(every) - blocking}, "
        f"{len(every) / len(before):.2f} a letter, most {most}"
    )


def _print_grammar(faulty: list[str], letters: dict[str, Sound], *, with_engine: bool) -> None:
    parsed = [parse(letter.text).letter for letter in letters.values()]
    sound = [s.text for letter in parsed if letter.language == "en" for s in letter.sentences]
    own, alarms = (sum(bool(own_faults(text, "en")) for text in texts) for texts in (faulty, sound))
    print(f"grammar: {own} of {len(faulty)} by our own rules, which flag {alarms} of {len(sound)} sound sentences")
    if with_engine:
        with GrammarEngine() as engine:
            found = check_texts([*faulty, *sound], "en", (), engine)
        seen, wrong = sum(map(bool, found[: len(faulty)])), sum(map(bool, found[len(faulty) :]))
        print(f"grammar: {seen} of {len(faulty)} with LanguageTool, {wrong} of {len(sound)} sound sentences flagged")


def _show_sound(letters: dict[str, Sound], before: dict[str, tuple[Finding, ...]]) -> None:
    for name in letters:
        for f in before[name]:
            print(f"{name[:14]} {f.severity[:5]} {f.rule} | {f.message[:110]} | {f.sentence or ''}")


def _show_missed(outcomes: list[Outcome], kind: str) -> None:
    for o in outcomes:
        if not o.caught and kind in ("all", o.seeded.fault):
            found = ", ".join(f.rule for f in o.found)
            print(f"{o.seeded.id} {o.seeded.letter[:2]} {o.seeded.fault} | {o.seeded.sentence} | {found or '-'}")


if __name__ == "__main__":
    main()
