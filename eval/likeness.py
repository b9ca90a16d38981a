"""Learns the weights of `prompts/likeness.v1.json`: `python eval/likeness.py learn`, `collect`, or `check`.

`collect` takes sentences out of the labelled notices in sight (`dev*`, never `test`) into `sentences/noticed.yaml`: those in
which the cues found the labelled cause, and those that are no reason at all. `learn` reads all sentences and the cues and
writes the weights; the same input gives the same file. `check` learns on four fifths and prints what the rest shows.
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

import yaml

from amends.extract.folding import Folded
from amends.extract.likeness import FILE, SCALE, Likeness, features

HERE = Path(__file__).parent
SENTENCES = HERE / "sentences"
PROMPTS = HERE.parent / "prompts"
SOFTNESS = 0.3
#: A feature seen less often tells nothing; a weight below is left out.
SEEN, LEAST = 2, 0.02
Example = tuple[frozenset[str], str]


def example(text: str, label: str) -> Example:
    return frozenset(features(Folded(text).text)), label


def examples(noticed: bool = True) -> list[Example]:
    """Every sentence with its cause or `none`; with those taken from notices unless not `noticed`."""
    found = [example(e["text"], e["cause"]) for e in _yaml("causes.yaml")]
    for name in ("stages.yaml", "asks.yaml"):
        found += [example(text, "none") for texts in _yaml(name).values() for text in texts]
    found += [example(text, "none") for text in _yaml("none.yaml")]
    found += [example(text, cause) for cause, text in _cues()]
    if noticed:
        found += [example(text, cause) for cause, texts in _yaml("noticed.yaml").items() for text in texts]
    return found


def _yaml(name: str) -> object:
    return yaml.load((SENTENCES / name).read_bytes(), Loader=yaml.CSafeLoader)


def _cues() -> Iterator[tuple[str, str]]:
    """The phrases of the cues, without the marks of the cue language."""
    causes = yaml.load((PROMPTS / "causes.v1.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    for cause, told in causes.items():
        for sort in ("labels", "strong", "weak"):
            for phrases in (told.get(sort) or {}).values():
                for phrase in phrases:
                    for one in str(phrase).split("|"):
                        yield cause, re.sub(r"\{\w+\}|~|\.\.|&|\$", " ", one)


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
            weights[name] = [
                round(rarity[name] * SCALE),
                *(int(x) for new, w in kept for x in (new, numpy.rint(w * SCALE))),
            ]
    bias = tuple(round(float(found.intercept_[old]) * SCALE) for old in order)
    return Likeness(tuple(str(found.classes_[old]) for old in order), bias, weights)


def check() -> None:
    """Learn on four fifths of the written sentences, try the rest."""
    written = [example(e["text"], e["cause"]) for e in _yaml("causes.yaml")]
    rest = examples(noticed=False)[len(written) :]
    random.Random(1).shuffle(written)
    right: Counter[str] = Counter()
    of = Counter(label for _, label in written)
    for part in range(5):
        model = learned([e for n, e in enumerate(written) if n % 5 != part] + rest)
        for fs, label in written[part::5]:
            points = model.of(fs)
            right[label] += label == max(points, key=points.__getitem__, default="none")
    told, all_told = sum(right.values()) - right["none"], len(written) - of["none"]
    print(
        f"the right cause of {told} of {all_told} ({told / all_told:.1%}); none of {right['none']} of {of['none']} near misses"
    )


def fingerprint() -> str:
    """Of everything that `learn` reads."""
    read = [*sorted(SENTENCES.glob("*.yaml")), PROMPTS / "causes.v1.yaml"]
    return hashlib.sha256(b"".join(p.read_bytes() for p in read)).hexdigest()


def learn(noticed: bool = True) -> None:
    given = examples(noticed)
    model = learned(given)
    told = {"learned_from": fingerprint(), "classes": model.classes, "bias": model.bias, "weights": model.weights}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    (PROMPTS / FILE).write_text(text.replace('],"', '],\n"') + "\n", "utf-8")
    print(f"{len(given)} sentences and phrases, {len(model.weights)} features, {len(text) // 1024} KB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("learn", "collect", "check"))
    parser.add_argument("--sets", nargs="+", default=["dev", "dev2", "dev3", "dev4", "dev5"])
    parser.add_argument("--without-notices", action="store_true")
    asked = parser.parse_args()
    if asked.what == "check":
        check()
    elif asked.what == "learn":
        learn(not asked.without_notices)
    else:
        collect(asked.sets)


def collect(sets: Sequence[str]) -> None:
    """Write `noticed.yaml`. A notice with one cause gives the sentences where it was found; one without gives all as `none`."""
    from amends.extract import extract
    from amends.extract.layout import lay_out
    from amends.extract.rules import Reading
    from amends.read import read_path

    found: dict[str, list[str]] = {"none": []}
    for folder in (HERE / "cases" / "notices" / s for s in sets):
        if folder.name == "test":
            raise SystemExit("test is held out")
        for labelled in sorted(folder.glob("*.expected.yaml")):
            label = yaml.safe_load(labelled.read_bytes())
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


if __name__ == "__main__":
    main()
