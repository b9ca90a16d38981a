"""Walks every shipped pattern: what it must hold, what it must not, and how a broken file is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from amends.errors import InputError
from amends.patterns import SLOT_FIELDS, Pattern, find_pattern, load_patterns
from amends.prompting import prompt_root
from amends.schemas import Item

PATTERNS = load_patterns()
SEED_CAUSES = {
    "order_defect_rate": 6,
    "late_shipment": 4,
    "cancellation": 3,
    "valid_tracking": 3,
    "restricted_products": 3,
    "inauthentic": 2,
    "counterfeit": 2,
    "trademark": 3,
    "related_accounts": 3,
    "unspecified": 1,
}
every_pattern = pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.id)


@pytest.mark.parametrize(("cause", "at_least"), SEED_CAUSES.items())
def test_each_seed_cause_has_its_situations(cause: str, at_least: int) -> None:
    assert sum(p.cause == cause for p in PATTERNS) >= at_least


@every_pattern
def test_each_move_has_slots_that_an_entry_can_hold_and_no_figure(pattern: Pattern) -> None:
    for move in (*pattern.moves.corrective, *pattern.moves.preventive):
        assert {SLOT_FIELDS[slot] for slot in move.slots} <= set(Item.model_fields)
        assert not re.search(r"\d", move.text), f"{move.id}: a menu item must hold no figure"


@every_pattern
def test_roots_and_moves_come_together(pattern: Pattern) -> None:
    if pattern.cause != "unspecified":
        assert pattern.true_roots
        assert pattern.moves.corrective
        assert pattern.moves.preventive
        assert pattern.evidence
    assert pattern.avoid


@every_pattern
def test_each_preventive_move_asks_for_its_start_and_for_an_owner_or_a_tool(pattern: Pattern) -> None:
    for move in pattern.moves.preventive:
        assert "since" in move.slots, move.id
        assert {"who", "tool", "what"} & set(move.slots), move.id


@every_pattern
def test_each_question_has_reason_and_chinese_text_and_an_example_where_free_text_is_asked(pattern: Pattern) -> None:
    for question in pattern.questions:
        assert question.text.endswith("?") or "?" in question.text, question.id
        assert re.search(r"[一-鿿]{4}", question.text_zh), question.id
        assert len(question.why) > 20, question.id
        if question.answer_type in ("text", "list", "file"):
            assert question.example, question.id


@every_pattern
def test_situation_reasons_and_examples_are_also_in_chinese_with_the_same_figures(pattern: Pattern) -> None:
    assert re.search(r"[一-鿿]{4}", pattern.situation_zh)
    for question in pattern.questions:
        assert re.search(r"[一-鿿]{4}", question.why_zh or ""), question.id
        assert bool(question.example) == bool(question.example_zh), question.id
        plain, chinese = question.example or "", question.example_zh or ""
        if re.search(r"[a-z]{3,} [a-z]{2,} ", plain):  # a sentence, not a file's name
            assert re.search(r"[一-鿿]", chinese), question.id
        figures = {f.lstrip("0") for f in re.findall(r"\d{2,}", plain)} - {""}
        assert figures <= {f.lstrip("0") for f in re.findall(r"\d+", chinese)}, question.id


@every_pattern
def test_choices_are_listed_by_number_in_the_chinese_question(pattern: Pattern) -> None:
    for question in pattern.questions:
        for number in range(1, len(question.choices) + 1):
            assert f"{number}) " in question.text_zh, question.id


@every_pattern
def test_sources_are_marks_of_the_domain_brief(pattern: Pattern) -> None:
    assert all(re.fullmatch(r"SEED|D|U|[VC]:[A-Z]+\d*[a-z]?(-[A-Z0-9]+)?", mark) for mark in pattern.sources)
    assert any(mark.startswith("V:") for mark in pattern.sources), "at least one verified source"
    assert pattern.checked_on.year >= 2026


@every_pattern
def test_cues_are_given_in_three_languages(pattern: Pattern) -> None:
    assert len(pattern.cues.en) >= 5
    assert all(re.search(r"[一-鿿]", cue) for cue in pattern.cues.zh)
    assert pattern.cues.zh
    assert pattern.cues.de


def test_question_ids_are_unique_over_all_patterns() -> None:
    ids = [q.id for p in PATTERNS for q in p.questions]
    assert len(ids) == len(set(ids))


def test_usual_ranks_within_a_cause_leave_no_tie() -> None:
    ranks = [(p.cause, p.usual_rank) for p in PATTERNS]
    assert len(ranks) == len(set(ranks))


def test_the_seeds_honest_poor_outlooks_are_kept() -> None:
    grades = {p.id: p.outlook.grade for p in PATTERNS}
    assert grades["related_accounts.unknown_account"] == "poor"
    assert grades["counterfeit.unproven_supply_chain"] == "poor"
    assert grades["inauthentic.supplier_without_papers"] == "poor"
    assert "good" not in {g for i, g in grades.items() if i.startswith(("related_accounts.", "restricted_products."))}


def test_no_pattern_promises_a_chance_in_per_cent() -> None:
    assert not [p.id for p in PATTERNS if re.search(r"\d\s*%|per cent", p.outlook.why)]


def test_only_the_files_of_the_asked_causes_are_loaded() -> None:
    some = load_patterns(causes=["late_shipment", "trademark"])
    assert {p.cause for p in some} == {"late_shipment", "trademark"}
    assert len(some) == sum(p.cause in ("late_shipment", "trademark") for p in PATTERNS)


# --- a user's own folder --------------------------------------------------------------------------------------------


def _own(tmp_path: Path, change: tuple[str, str] = ("", ""), name: str = "late_shipment.snow_storm.yaml") -> Path:
    text = (prompt_root() / "patterns" / "late_shipment.staff_absence_or_peak.yaml").read_text(encoding="utf-8")
    text = text.replace("late_shipment.staff_absence_or_peak", "late_shipment.snow_storm")
    assert change[0] in text
    (tmp_path / name).write_text(text.replace(*change, 1) if change[0] else text, encoding="utf-8")
    return tmp_path


def test_a_users_folder_adds_its_patterns(tmp_path: Path) -> None:
    loaded = load_patterns(_own(tmp_path))
    assert len(loaded) == len(PATTERNS) + 1
    assert find_pattern("late_shipment.snow_storm", loaded).cause == "late_shipment"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("stance: own", "stanze: own"), "stanze"),
        (("stance: own", "stance: deny"), "stance"),
        (("  grade: good", "  grade: superb"), "outlook.grade"),
        (("answer_type: text", "answer_type: essay"), "questions.0.answer_type"),
        (("slots: [count, date]", "slots: [howmany]"), "slots"),
        (("checked_on: 2026-11-25", "checked_on: lately"), "checked_on"),
        (("sources: [", "sources: ]["), "YAML"),
        (("id: late_shipment.snow_storm", "id: late_shipment.hail"), "late_shipment.hail"),
    ],
)
def test_a_broken_user_file_is_refused_with_file_and_key(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    with pytest.raises(InputError) as caught:
        load_patterns(_own(tmp_path, change))
    assert "late_shipment.snow_storm.yaml" in str(caught.value)
    assert told in str(caught.value)


def test_a_wrong_key_gets_the_nearest_right_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="`stance`"):
        load_patterns(_own(tmp_path, ("stance: own", "stanze: own")))


def test_an_id_that_is_shipped_already_is_refused(tmp_path: Path) -> None:
    source = prompt_root() / "patterns" / "trademark.generic_on_brand_page.yaml"
    (tmp_path / source.name).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(InputError, match=r"trademark\.generic_on_brand_page"):
        load_patterns(tmp_path)


def test_a_file_name_without_a_cause_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="`late_shipment`"):
        load_patterns(_own(tmp_path, name="late_shipments.snow_storm.yaml"))


def test_a_missing_or_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        load_patterns(tmp_path / "none")
    with pytest.raises(InputError, match=r"no \*\.yaml"):
        load_patterns(tmp_path)


def test_an_unknown_pattern_id_gets_the_nearest() -> None:
    with pytest.raises(InputError, match=r"`late_shipment\.handling_time_too_short`"):
        find_pattern("late_shipment.handling_time_to_short", PATTERNS)


def test_an_unknown_concept_gets_the_nearest(tmp_path: Path) -> None:
    folder = _own(tmp_path, ("stance: own", "concepts: [handling_times]\nstance: own"))
    with pytest.raises(InputError, match="`handling_time`"):
        load_patterns(folder)
