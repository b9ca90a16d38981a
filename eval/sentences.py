"""Score the reader on single sentences: `python eval/sentences.py [stages|asks] [--show CLASS]`.

Each sentence of eval/sentences stands alone in a minimal notice. The odd lines of a class may be read while rules are
made; the even ones are only counted, so that they tell whether a change holds beyond what was read. `--show` lists the
misses of a class among the odd lines (`all`: of every class).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from amends.extract import extract
from amends.read import read_text
from amends.schemas import Enforcement, Notice

#: Up to so many characters the language of Latin words is not told reliably.
SHORT = 60
FOLDER = Path(__file__).parent / "sentences"
#: A measure for the sentences that only ask; it sets no stage of an answer to an appeal.
MEASURE = "Your selling account has been deactivated.\n\nHow do I reactivate my account?\n"


@dataclass(frozen=True)
class Scored:
    """One sentence: its class, whether it may be read, whether it was recognised, and what was read instead."""

    name: str
    odd: bool
    right: bool
    sentence: str
    read: str


def stage_of(sentence: str, language: str) -> str:
    """The stage of a mail that says nothing but the sentence."""
    return _extracted(f"Hello,\n\n{sentence}\n\nKind regards", language).stage


def asked_by(sentence: str, language: str, *, listed: bool) -> str:
    """The items asked for by the sentence, as a point of a list of requests or as a sentence below their heading."""
    body = f"Please send us the following information:\n- {sentence}\n" if listed else f"{sentence}\n"
    items = {request.item for request in _extracted(MEASURE + body, language).requests if not request.dispute_only}
    return "+".join(sorted(items)) or "-"


def _extracted(text: str, language: str) -> Enforcement:
    return extract(Notice(text=text, language=language))[0]


def _languages(sentence: str) -> tuple[str, ...]:
    """The language told; a few Latin words tell it badly, so that each is tried for them."""
    told = read_text(sentence).language
    return (told,) if ord(sentence[0]) > 0x2E7F or len(sentence) > SHORT else (told, "de", "fr", "it", "es")


def stages() -> Iterator[Scored]:
    """Every sentence about a stage; one of `none` is right when no measure and no answer is taken from it."""
    for name, odd, sentence in _sentences("stages"):
        wanted = ("warning", "not_enforcement") if name == "none" else (name,)
        reads = [stage_of(sentence, language) for language in _languages(sentence)]
        yield Scored(name, odd, _right(name, [read in wanted for read in reads]), sentence, reads[0])


def asks() -> Iterator[Scored]:
    """Every sentence that asks; one of `none` is right when no item is taken from it."""
    for name, odd, sentence in _sentences("asks"):
        wanted = "-" if name == "none" else "+".join(sorted(name.split("+")))
        reads = [asked_by(sentence, language, listed=name != "none") for language in _languages(sentence)]
        yield Scored(name, odd, _right(name, [read == wanted for read in reads]), sentence, reads[0])


def _right(name: str, rights: list[bool]) -> bool:
    return all(rights) if name == "none" else any(rights)


def _sentences(part: str) -> Iterator[tuple[str, bool, str]]:
    for name, sentences in yaml.safe_load((FOLDER / f"{part}.yaml").read_text(encoding="utf-8")).items():
        for number, sentence in enumerate(sentences, start=1):
            yield name, number % 2 == 1, str(sentence)


def table(scored: list[Scored]) -> str:
    """Counts per class and half as text columns."""
    lines = [f"{'class':58}{'odd':>9}{'even':>9}"]
    for name in [*dict.fromkeys(s.name for s in scored), "all"]:
        halves = [[s for s in scored if name in (s.name, "all") and s.odd is odd] for odd in (True, False)]
        lines.append(f"{name:58}" + "".join(f"{sum(s.right for s in half):5}/{len(half):3}" for half in halves))
    return "\n".join(lines)


def main() -> None:
    """Score, print the counts, and list what may be seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="?", choices=("stages", "asks"))
    parser.add_argument("--show", metavar="CLASS", help="list the misses of this class among the odd lines, or of all")
    chosen = parser.parse_args()
    for part, score in (("stages", stages), ("asks", asks)):
        if chosen.part not in (None, part):
            continue
        scored = list(score())
        print(f"== {part}\n{table(scored)}")
        for one in scored:
            if one.odd and not one.right and chosen.show in ("all", one.name):
                print(f"{one.name}: read {one.read}: {one.sentence}")


if __name__ == "__main__":
    main()
