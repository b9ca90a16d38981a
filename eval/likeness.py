"""Learns the weights of `prompts/likeness/`: `python eval/likeness.py learn|check|collect causes|faults`.

`learn` reads written sentences (`sentences/`), phrase lists and sentences taken from what is in sight, and writes the
weights; the same input gives the same file. `check` learns on four fifths of the written sentences and tries the rest.
`collect causes` takes sentences out of the labelled notices in sight (`dev*`, never `test`) into `sentences/noticed.yaml`: those
in which the cues found the labelled cause, and those that are no reason at all; `collect faults` those of the composer's letters.
Learning needs scikit-learn (`pip install scikit-learn`); reading the weights needs nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from amends.extract.folding import Folded
from amends.likeness import SCALE, Likeness, features

HERE = Path(__file__).parent
SENTENCES, LETTERS, PROMPTS = HERE / "sentences", HERE / "letters", HERE.parent / "prompts"
SOFTNESS = 0.3
#: A feature seen less often tells nothing; a weight below is left out.
SEEN, LEAST = 2, 0.02
#: Faults of one sentence, whatever stands beside it; the others are faults of the letter or of a missing part.
FAULTS = (
    "blame_buyer", "blame_amazon", "blame_carrier", "blame_supplier", "blame_staff", "blame_competitor", "denial", "threat",
    "emotion", "self_praise", "cliche", "off_topic", "risky_admission", "vague", "symptom_as_cause", "promise_without_process",
)  # fmt: skip
#: Seeded faults in sight.
SEEDED = ("faults.dev.yaml", "faults.dev2.yaml", "faults.dev3.yaml")
Example = tuple[frozenset[str], str]


def example(text: str, label: str) -> Example:
    return frozenset(features(Folded(text).text)), label


def _yaml(path: Path) -> Any:
    return yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)


# --- what is learned from ---------------------------------------------------------------------------------------------


def written(of: str) -> list[Example]:
    """The sentences written for this reader, each with its class."""
    if of == "causes":
        return [example(e["text"], e["cause"]) for e in _yaml(SENTENCES / "causes.yaml")]
    told = {**_yaml(SENTENCES / "tone.yaml"), **_yaml(SENTENCES / "letters.yaml")}
    return [example(text, "none" if kind == "sound" else kind) for kind, texts in told.items() for text in texts]


def beside(of: str) -> list[Example]:
    """What stands beside them: phrases, sentences that say nothing of the kind, and those of notices or letters in sight."""
    return list(_beside_causes() if of == "causes" else _beside_faults())


def _beside_causes() -> Iterator[Example]:
    for name in ("stages.yaml", "asks.yaml"):
        yield from (example(text, "none") for texts in _yaml(SENTENCES / name).values() for text in texts)
    yield from (example(text, "none") for text in _yaml(SENTENCES / "none.yaml"))
    for cause, told in _yaml(PROMPTS / "causes.v1.yaml").items():
        phrases = [p for sort in ("labels", "strong", "weak") for ps in (told.get(sort) or {}).values() for p in ps]
        for phrase in (one for p in phrases for one in str(p).split("|")):
            yield example(re.sub(r"\{\w+\}|~|\.\.|&|\$", " ", phrase), cause)
    for cause, texts in _yaml(SENTENCES / "noticed.yaml").items():
        yield from (example(text, cause) for text in texts)


def _beside_faults() -> Iterator[Example]:
    from amends.check.parse import parse

    for name in SEEDED:
        for fault in _yaml(LETTERS / name):
            if fault["fault"] in FAULTS and fault["sentence"]:
                yield example(fault["sentence"], fault["fault"])
    yield from (example(text, "none") for text in _yaml(SENTENCES / "composed.yaml"))
    for path in sorted((LETTERS / "sound").glob("*.txt")):
        yield from (example(s.text, "none") for s in parse(path.read_text("utf-8")).letter.sentences)


def fingerprint(of: str) -> str:
    """Of everything that `learn` reads."""
    causes = [SENTENCES / f"{n}.yaml" for n in ("causes", "stages", "asks", "none", "noticed")]
    faults = [
        SENTENCES / "tone.yaml",
        SENTENCES / "letters.yaml",
        SENTENCES / "composed.yaml",
        *(LETTERS / name for name in SEEDED),
    ]
    read = (
        [*causes, PROMPTS / "causes.v1.yaml"]
        if of == "causes"
        else [*faults, *sorted((LETTERS / "sound").glob("*.txt"))]
    )
    return hashlib.sha256(b"".join(p.read_bytes() for p in read)).hexdigest()


# --- learning ---------------------------------------------------------------------------------------------------------


def learned(given: Sequence[Example]) -> Likeness:
    """One linear classifier per class against the rest, features weighted by rarity. Class 0 is `none`."""
    import numpy
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.preprocessing import normalize
    from sklearn.svm import LinearSVC

    seen = Counter(f for fs, _ in given for f in fs)
    rarity = {f: math.log((1 + len(given)) / (1 + n)) + 1 for f, n in seen.items() if n >= SEEN}
    vectors = DictVectorizer()
    table = normalize(vectors.fit_transform([{f: rarity[f] for f in fs if f in rarity} for fs, _ in given]))
    labels = [label for _, label in given]
    found = LinearSVC(C=SOFTNESS, class_weight="balanced", random_state=7).fit(table, labels)
    order = sorted(range(len(found.classes_)), key=lambda n: (found.classes_[n] != "none", found.classes_[n]))
    weights: dict[str, list[int]] = {}
    for at, name in enumerate(vectors.feature_names_):
        kept = [(new, found.coef_[old, at]) for new, old in enumerate(order) if abs(found.coef_[old, at]) >= LEAST]
        if kept:
            pairs = (int(x) for new, weight in kept for x in (new, numpy.rint(weight * SCALE)))
            weights[name] = [round(rarity[name] * SCALE), *pairs]
    bias = tuple(round(float(found.intercept_[old]) * SCALE) for old in order)
    return Likeness(tuple(str(found.classes_[old]) for old in order), bias, weights)


def learn(of: str) -> None:
    given = [*written(of), *beside(of)]
    model = learned(given)
    told = {"learned_from": fingerprint(of), "classes": model.classes, "bias": model.bias, "weights": model.weights}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace('],"', '],\n"') + "\n"
    (PROMPTS / "likeness" / f"{of}.v1.json").write_text(text, "utf-8")
    print(f"{of}: {len(given)} sentences and phrases, {len(model.weights)} features, {len(text) // 1024} KB")


def check(of: str) -> None:
    given, rest = written(of), beside(of)
    random.Random(1).shuffle(given)
    right: Counter[str] = Counter()
    all_of = Counter(label for _, label in given)
    for part in range(5):
        model = learned([e for n, e in enumerate(given) if n % 5 != part] + rest)
        for fs, label in given[part::5]:
            points = model.of(fs)
            right[label] += label == max(points, key=points.__getitem__, default="none")
    for label, total in sorted(all_of.items()):
        print(f"{label:28}{right[label]:5} of {total:4}  {right[label] / total:.0%}")
    told, of_all = sum(right.values()) - right["none"], len(given) - all_of["none"]
    print(f"{'all but none':28}{told:5} of {of_all:4}  {told / of_all:.1%}")


def collect_noticed() -> None:
    """Write `noticed.yaml`. A notice with one cause gives the sentences where it was found; one without gives all as `none`."""
    from amends.extract import extract
    from amends.extract.layout import lay_out
    from amends.extract.rules import Reading
    from amends.read import read_path

    found: dict[str, list[str]] = {"none": []}
    for folder in sorted((HERE / "cases" / "notices").glob("dev*")):
        for labelled in sorted(folder.glob("*.expected.yaml")):
            label = _yaml(labelled)
            stem = labelled.name.removesuffix(".expected.yaml")
            notice = read_path(next(p for p in folder.glob(f"{stem}.*") if p != labelled))
            said, _ = extract(notice)
            spots = [e.start for c in said.causes for e in c.evidence]
            for sentence in lay_out(Reading(notice.text, notice.language)).sentences:
                hit = any(sentence.start <= at < sentence.end for at in spots)
                if label["cause"] == "unspecified":
                    found["none"].append(sentence.text)
                elif hit and said.cause == label["cause"] and not label["other_causes"]:
                    found.setdefault(label["cause"], []).append(sentence.text)
                elif sentence.block in ("way", "help", "error", "consequence") or sentence.boilerplate:
                    found["none"].append(sentence.text)
    tidy = {c: list(dict.fromkeys(t.strip() for t in texts if len(t.strip()) > 4)) for c, texts in found.items()}
    text = yaml.safe_dump(tidy, allow_unicode=True, sort_keys=True, width=1000)
    head = "# Sentences of the labelled notices in sight, written by `python eval/likeness.py collect`; do not edit.\n"
    (SENTENCES / "noticed.yaml").write_text(head + text, "utf-8")
    print({cause: len(texts) for cause, texts in tidy.items()})


def collect_composed() -> None:
    """Write `composed.yaml`: the sentences of the composer's letters for the sample cases that may be sent as they are."""
    from amends.draft import compose
    from amends.extract import extract
    from amends.facts import load_facts, seller_facts
    from amends.read import read_path
    from amends.schemas import Case

    texts: list[str] = []
    for folder in sorted(p.parent for p in (HERE / "cases").glob("*/facts.yaml")):
        label = _yaml(folder / "expected.yaml")
        if label["verdict"] != "send":
            continue
        notice, given = read_path(next(folder.glob("notice.*"))), load_facts(folder / "facts.yaml")
        enforcement, facts = extract(notice)
        case = Case(
            today=label["today"], notice=notice, enforcement=enforcement, seller=given.seller, story=given.story,
            facts=(*facts, *seller_facts(given, len(facts) + 1)),
        )  # fmt: skip
        letter = compose(case)
        texts += [s.text for s in letter.sentences if not s.gap] if letter else []
    text = yaml.safe_dump(list(dict.fromkeys(texts)), allow_unicode=True, width=1000)
    head = "# Sentences of the composer's letters for the sample cases, by `python eval/likeness.py collect faults`; do not edit.\n"
    (SENTENCES / "composed.yaml").write_text(head + text, "utf-8")
    print(f"{len(texts)} sentences")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("learn", "check", "collect"))
    parser.add_argument("of", nargs="?", choices=("causes", "faults"), default="causes")
    asked = parser.parse_args()
    if asked.what == "collect":
        (collect_noticed if asked.of == "causes" else collect_composed)()
    else:
        (learn if asked.what == "learn" else check)(asked.of)


if __name__ == "__main__":
    main()
