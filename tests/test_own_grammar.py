"""Our own grammar rules: each trips on its own error, none on correct sentences, and none of them corrects anything."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from amends.check.grammar_memo import own_only
from amends.grammar.own import ENGINE, OwnRule, own_faults, own_rules

RULES = own_rules().rules
SENTENCES = yaml.safe_load((Path(__file__).parents[1] / "eval/grammar/sentences.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_a_rule_trips_on_its_error_and_passes_its_correct_sentence(rule: OwnRule) -> None:
    assert f"amends.{rule.id}" in [f.rule for f in own_faults(rule.must_trip, "en")]
    assert own_faults(rule.must_pass, "en") == ()


def test_no_correct_sentence_is_flagged() -> None:
    assert [t for t in SENTENCES["correct"] if own_faults(t, "en")] == []


def test_other_languages_are_left_alone_and_nothing_is_replaced() -> None:
    assert own_faults("We counted 14 order in May.", "de") == ()
    assert all(f.replacements == () for f in own_faults("We counted 14 order in May.", "en"))


def test_without_engine_the_own_rules_show_and_grammar_stays_unchecked() -> None:
    report = own_only([("root_cause", "We counted 14 order in May.")], "en", "There is no Java.")
    assert (report.checked, report.engine) == (False, ENGINE)
    assert [(f.rule, f.section) for f in report.faults] == [("amends.number_singular", "root_cause")]
    assert "There is no Java." in (report.reason or "")
