"""The linear reader of sentences: what it adds where no cue speaks, and that its weights are those of its sentences."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from amends.extract import extract
from amends.likeness import Likeness, features, likeness
from amends.prompting import prompt_root
from amends.schemas import Notice
from amends.vocabulary import CAUSES

ROOT = Path(__file__).parents[1]


def mail(reason: str) -> Notice:
    text = f"Hello,\n\nYour selling account has been deactivated.\n\nWhy did this happen?\n\n{reason}\n\nSeller Performance Team"
    return Notice(text=text, language="en")


@pytest.mark.parametrize("of", ["causes", "faults"])
def test_the_weights_were_learned_from_the_sentences_that_are_here(of: str) -> None:
    spec = importlib.util.spec_from_file_location("learning", ROOT / "eval" / "likeness.py")
    assert spec
    assert spec.loader
    learning = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(learning)
    told = json.loads((prompt_root() / "likeness" / f"{of}.v1.json").read_bytes())["learned_from"]
    assert told == learning.fingerprint(of), f"sentences have changed: run `python eval/likeness.py learn {of}`"


def test_every_class_is_a_cause_or_none() -> None:
    classes = likeness("causes").classes
    assert classes[0] == "none"
    assert set(classes[1:]) == set(CAUSES) - {"unspecified"}


@pytest.mark.parametrize(
    ("sentence", "cause"),
    [
        ("orders are leaving your warehouse after the day you promised.", "late_shipment"),
        ("you also hold, or held, another store with us that was closed.", "related_accounts"),
        ("buyers received goods with scratches and traces of use.", "used_sold_as_new"),
    ],
)
def test_a_sentence_is_most_like_those_of_its_cause(sentence: str, cause: str) -> None:
    points = likeness("causes").points(sentence)
    assert max(points, key=points.__getitem__) == cause


def test_a_reason_in_words_that_no_cue_has_is_read_and_said_to_be_so() -> None:
    reason = "Purchasers say that what they got had been worn or opened before."
    said, _ = extract(mail(reason))
    assert said.cause == "used_sold_as_new"
    assert said.causes[0].evidence[0].quote == reason
    assert "reads most like" in said.cause_reason


@pytest.mark.parametrize(
    "reason",
    [
        "We looked at your account and decided to act.",
        "The sale of counterfeit products is strictly prohibited.",
        "We do this to keep our store a place that buyers trust.",
    ],
)
def test_a_reason_that_is_none_stays_unspecified(reason: str) -> None:
    assert extract(mail(reason))[0].cause == "unspecified"


def test_points_are_weights_times_rarity_over_the_length_and_only_above_none() -> None:
    model = Likeness(("none", "a", "b"), (100, 0, -500), {"red": [2000, 1, 900], "sea": [1000, 0, 300, 2, 5000]})
    points = model.points("red sea unknown")
    length = (2000**2 + 1000**2) ** 0.5
    assert points["a"] == pytest.approx(2000 * 900 / length / 1000)
    assert points["b"] == pytest.approx((1000 * 5000 / length - 500) / 1000)
    assert model.points("red") == {"a": pytest.approx(0.9)}
    assert model.points("unknown") == {}


def test_features_are_words_beginnings_pairs_and_runs_without_figures() -> None:
    found = features("delivered b0abcd1234 in 27 days")
    assert {"delivered", "<deli", "<delive", "<delivere", "asin", "delivered asin", "0", "0 days"} <= found
    assert not [f for f in found if "27" in f]
    assert features("延迟发货") >= {"延", "延迟", "延迟发", "迟发货"}
    assert "延迟发货" not in features("延迟发货")
