"""The labelled pairs of eval/retrieval: the ranking keeps what was measured, and the held-out stories stay held out."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from amends.patterns import load_patterns
from amends.prompting import prompt_root
from amends.retrieve.concepts import concept
from amends.retrieve.words import Told

SCRIPT = Path(__file__).parent.parent / "eval" / "retrieval.py"
PATTERNS = load_patterns()


@cache
def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("eval_retrieval", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("part", "top1", "top3"), [("dev", 1.0, 1.0), ("test", 0.82, 0.94), ("unseen2", 0.90, 0.98)])
def test_the_ranking_keeps_its_measured_quality(part: str, top1: float, top3: float) -> None:
    pairs = [p for p in _script().load_pairs(_script().PAIRS, PATTERNS) if p.part == part]
    ranks = [_script().rank(p, PATTERNS, read_cause=False).rank for p in pairs]
    assert sum(r == 1 for r in ranks) >= top1 * len(ranks)
    assert sum(1 <= r <= 3 for r in ranks) >= top3 * len(ranks)


def test_of_the_wrong_first_places_few_go_unasked() -> None:
    pairs = [p for p in _script().load_pairs(_script().PAIRS, PATTERNS) if p.part in _script().HELD_OUT]
    ranked = [_script().rank(p, PATTERNS, read_cause=False) for p in pairs]
    unasked = [r for r in ranked if r.rank != 1 and not r.matches[0].unsure]
    asked_for_nothing = [r for r in ranked if r.rank == 1 and r.matches[0].unsure]
    assert len(unasked) <= 0.05 * len(ranked)
    assert len(asked_for_nothing) <= 0.10 * len(ranked)


def test_every_situation_has_a_story_in_the_parts_that_are_held_out() -> None:
    held_out = {p.expected for p in _script().load_pairs(_script().PAIRS, PATTERNS) if p.part in _script().HELD_OUT}
    assert held_out == {p.id for p in PATTERNS}


def test_no_word_for_a_concept_was_taken_from_the_held_out_stories_alone() -> None:
    pairs = _script().load_pairs(_script().PAIRS, PATTERNS)
    unseen = [Told(p.story) for p in pairs if p.part == "unseen2"]
    others = [Told(p.story) for p in pairs if p.part != "unseen2"] + [Told(p.model_dump_json()) for p in PATTERNS]
    leaked = []
    for path in (prompt_root() / "concepts").glob("*.yaml"):
        words = concept(path.stem).words
        there = tuple({w for text in unseen for w in text.found(words)})
        elsewhere = {w for text in others for w in text.found(there)}
        leaked += [f"{path.stem}: {w}" for w in there if w not in elsewhere]
    assert leaked == []
