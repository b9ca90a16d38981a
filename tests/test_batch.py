from __future__ import annotations

import asyncio
import json
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest

from amends import batch
from amends.batch import CaseRow, NoticeRow, Report, Sample, find_samples, load_expected, running
from amends.batch.limits import Limits, beyond, figures, limits_for
from amends.batch.rows import says
from amends.batch.running import Bench
from amends.batch.totals import case_totals
from amends.errors import InputError, ModelNotConfigured
from amends.grammar import engine as grammar_engine
from amends.schemas import Usage
from amends.settings import Settings
from amends.testing import OpenAIServer, answers, by_schema
from sample_case import NOTICE_TEXT

EVAL = Path(__file__).parent.parent / "eval"
TODAY = date(2026, 11, 25)
LABEL = """
cause: late_shipment
requested: [root_cause, corrective_actions, preventive_measures]
facts:
  - {kind: metric, name: late_shipment_rate, value: 6.1, target: 4}
today: 2026-11-10
verdict: fix_first
must_say: ["6.1"]
must_not_say: [elephant]
gaps: [everything]
"""
FACTS = """
seller: {store: Brookfen Home}
root_causes: [We set 1 day of handling time although assembly takes 3 days.]
"""


@pytest.fixture(autouse=True)
def plain_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AMENDS_MODEL", "OPENAI_BASE_URL", "OPENAI_API_KEY", "AMENDS_API_KEY", "AMENDS_LANGUAGETOOL_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no-config"))


def make_case(folder: Path, label: str = LABEL, facts: str = FACTS, notice: str = NOTICE_TEXT) -> Path:
    folder.mkdir(parents=True)
    (folder / "notice.txt").write_text(notice, encoding="utf-8")
    (folder / "expected.yaml").write_text(label, encoding="utf-8")
    (folder / "facts.yaml").write_text(facts, encoding="utf-8")
    return folder


def make_notice(folder: Path, name: str, label: str = "cause: late_shipment") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.txt").write_text(NOTICE_TEXT, encoding="utf-8")
    (folder / f"{name}.expected.yaml").write_text(label, encoding="utf-8")


def evaluated(folder: Path, **options: Any) -> Report:
    given: dict[str, Any] = {"today": TODAY, "grammar": False} | options
    return batch.run(folder, **given)


# --- labels and samples ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "said", "hint"),
    [
        ("must_sai: [x]", "unknown key “must_sai”", "Did you mean must_say?"),
        ("cause: late_shipments", "cause: “late_shipments” is not known", "Did you mean late_shipment?"),
        ("requested: [invoice]", "requested.0: “invoice” is not known", "Did you mean invoices?"),
        ("facts: [{kind: asin, valu: B0C7QX41LM}]", "unknown key “facts.0.valu”", "Did you mean value?"),
        ("deadline: {day: 3}", "unknown key “deadline.day”", "Did you mean days?"),
        ("must_say: dog", "must_say: input should be a valid tuple, not 'dog'", ""),
        ("- a list", "must be keys with values", "Begin with"),
        ("cause: [", "is no YAML", "quotes"),
    ],
)
def test_a_broken_label_is_named_with_its_file_its_key_and_the_nearest_right_one(
    tmp_path: Path, label: str, said: str, hint: str
) -> None:
    path = tmp_path / "expected.yaml"
    path.write_text(label, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_expected(path)
    assert str(path) in caught.value.message
    assert said in caught.value.message
    assert hint in caught.value.hint


def test_a_broken_label_stops_the_batch_before_anything_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_case(tmp_path / "a")
    make_case(tmp_path / "b", label="verdikt: send")
    with pytest.raises(InputError, match="verdikt"):
        evaluated(tmp_path)
    assert capsys.readouterr().err == ""


def test_every_label_of_ours_can_be_read() -> None:
    assert all(sample.whole and sample.expected.today for sample in find_samples(EVAL / "cases"))
    assert not any(sample.whole for sample in find_samples(EVAL / "cases" / "notices" / "dev"))


def test_flat_notices_are_scored_only_when_their_own_folder_is_named(tmp_path: Path) -> None:
    make_case(tmp_path / "deep" / "down" / "one")
    make_notice(tmp_path / "held_out", "001_late")
    assert [s.name for s in find_samples(tmp_path)] == ["deep/down/one"]
    assert [s.name for s in find_samples(tmp_path / "held_out")] == ["001_late"]
    assert [s.name for s in find_samples(tmp_path / "deep" / "down" / "one")] == ["one"]


def test_a_folder_without_samples_names_the_folders_that_have_some(tmp_path: Path) -> None:
    make_notice(tmp_path / "held_out", "001_late")
    with pytest.raises(InputError, match="held_out"):
        find_samples(tmp_path)
    with pytest.raises(InputError, match="There is no folder"):
        find_samples(tmp_path / "nowhere")


def test_a_label_needs_exactly_one_notice(tmp_path: Path) -> None:
    home = make_case(tmp_path / "a")
    (home / "notice.html").write_text("<p>Hello</p>", encoding="utf-8")
    with pytest.raises(InputError, match=r"notice\.html, notice\.txt"):
        find_samples(tmp_path)


# --- rows -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "whole", "found"),
    [
        ("6.4", True, True),
        ("4", True, False),
        ("6", True, False),
        ("31 OF 486", True, True),
        ("1 of 486", True, False),
        ("storm", True, False),
        ("storm", False, True),
        ("orm", False, False),
        ("马上", False, True),
        ("seller's", True, True),
        ("0b", False, False),
    ],
)
def test_a_phrase_is_found_whole_and_never_inside_a_number_or_an_id(phrase: str, whole: bool, found: bool) -> None:
    text = "A rate of 6.4 % (31 of\n486, B0BN7L4XRC) after two storms; the seller’s list 我们马上处理."
    assert says(text, phrase, whole=whole) is found


def test_a_case_goes_through_all_stages_and_becomes_one_line_of_json(tmp_path: Path) -> None:
    make_case(tmp_path / "late")
    row = evaluated(tmp_path).cases[0]
    assert (row.error, row.letter, row.verdict) == (None, True, "fix_first")
    assert row.right("cause") is True
    assert row.facts == (1, 0, 0)
    assert (row.must_say_missing, row.must_not_say_found) == ((), ())
    assert row.gaps > 0
    assert row.gaps_right is True
    assert row.rubric is not None
    assert row.rubric.not_checked > 0
    assert (row.grammar, row.grammar_note) == (None, "it was switched off.")
    line = row.model_dump_json()
    assert "\n" not in line
    assert CaseRow.model_validate_json(line) == row


def test_what_a_case_must_not_have_is_seen(tmp_path: Path) -> None:
    label = LABEL.replace("fix_first", "send").replace("elephant", "Brookfen").replace('"6.1"', '"6.2"')
    label = label.replace("gaps: [everything]", "gaps: []").replace("value: 6.1", "value: 9.9")
    make_case(tmp_path / "late", label=label.replace("cause: late_shipment", "cause: cancellation"))
    report = evaluated(tmp_path)
    row = report.cases[0]
    assert row.right("cause") is False
    assert row.facts == (0, 1, 1)
    assert (row.verdict_right, row.gaps_right) == (False, False)
    assert (row.must_say_missing, row.must_not_say_found) == (("6.2",), ("Brookfen",))
    text = batch.as_text(report.model_dump(mode="json"))
    assert "cause: should be cancellation, read late_shipment" in text
    assert "verdict: should be send, is fix_first" in text
    assert "not said: 6.2" in text
    assert "said, and must not be: Brookfen" in text


def test_the_labels_day_wins_unless_the_day_was_asked_for(tmp_path: Path) -> None:
    make_case(tmp_path / "late")
    make_case(tmp_path / "late_without_day", label=LABEL.replace("today: 2026-11-10", ""))
    assert [row.today for row in evaluated(tmp_path).cases] == [date(2026, 11, 10), TODAY]
    assert [row.today for row in evaluated(tmp_path, today_wins=True).cases] == [TODAY, TODAY]


def test_a_flat_notice_is_only_read_and_has_a_table_of_fields(tmp_path: Path) -> None:
    make_notice(tmp_path, "001_right")
    make_notice(tmp_path, "002_wrong", label="cause: cancellation")
    report = evaluated(tmp_path)
    assert (report.cases, report.totals) == ((), None)
    assert [(row.name, row.right("cause")) for row in report.notices] == [("001_right", True), ("002_wrong", False)]
    assert [(row.name, row.right, row.of) for row in report.fields if row.name == "cause"] == [("cause", 1, 2)]
    assert "2 notices read" in batch.as_text(report.model_dump(mode="json"))


# --- running --------------------------------------------------------------------------------------------------------


def test_a_case_with_broken_facts_is_a_row_and_the_others_go_on(tmp_path: Path) -> None:
    make_case(tmp_path / "bad", facts="root_cause: [x]")
    make_case(tmp_path / "good")
    report = evaluated(tmp_path)
    bad, good = report.cases
    assert bad.error is not None
    assert "root_causes" in bad.error
    assert good.error is None
    assert (report.failed, report.all_right) == (("bad",), False)
    assert report.totals is not None
    assert (report.totals.crashed, report.totals.cause.not_checked) == (1, 1)
    assert "failed: bad" in batch.as_text(report.model_dump(mode="json"))


def test_a_crash_is_told_with_the_place_where_it_arose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Path) -> None:
        raise RuntimeError("out of luck")

    monkeypatch.setattr(running, "load_facts", broken)
    make_case(tmp_path / "late")
    error = evaluated(tmp_path).cases[0].error
    assert error is not None
    assert error.startswith("RuntimeError: out of luck (test_batch.py, line ")


@pytest.mark.parametrize("concurrency", [1, 3])
async def test_never_more_cases_run_than_asked_for_and_rows_come_as_they_end(
    monkeypatch: pytest.MonkeyPatch, concurrency: int
) -> None:
    now, most = 0, 0

    async def slow(sample: Sample, _: Bench) -> NoticeRow:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.2 if sample.name == "0" else 0.01)
        now -= 1
        return NoticeRow(name=sample.name)

    monkeypatch.setattr(running, "row", slow)
    expected = batch.Expected()
    many = [Sample(str(n), Path("notice.txt"), expected) for n in range(7)]
    names = [row.name async for row in running.stream(many, Bench(Settings(), TODAY), concurrency)]
    assert sorted(names) == [str(n) for n in range(7)]
    assert most == concurrency
    assert names[-1] == ("0" if concurrency > 1 else "6")


def test_progress_is_a_line_every_ten_where_nobody_looks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for n in range(11):
        make_notice(tmp_path, f"{n:03}")
    evaluated(tmp_path)
    assert capsys.readouterr().err == "10 of 11\n11 of 11\n"


class CountingEngine:
    """Stands for LanguageTool: sees nothing wrong, counts how often it was made and closed."""

    made: ClassVar[list[CountingEngine]] = []

    def __init__(self, *_: object, **__: object) -> None:
        self.name = "counting"
        self.closed = 0
        self.made.append(self)

    def check(self, *_: object) -> tuple[()]:
        return ()

    def start(self) -> None:
        return

    def close(self) -> None:
        self.closed += 1


def test_one_grammar_engine_serves_all_cases_and_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amends.grammar.GrammarEngine", CountingEngine)
    monkeypatch.setattr(CountingEngine, "made", [])
    make_case(tmp_path / "one")
    make_case(tmp_path / "two")
    report = evaluated(tmp_path, grammar=True)
    assert [row.grammar for row in report.cases] == [0.0, 0.0]
    assert [engine.closed for engine in CountingEngine.made] == [1]


def test_notices_alone_need_no_grammar_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grammar_engine.GrammarEngine, "__init__", _must_not_run)
    make_notice(tmp_path, "001_late")
    assert evaluated(tmp_path, grammar=True).all_right


def _must_not_run(*_: object, **__: object) -> None:
    raise AssertionError("no engine is needed here")


# --- with a model ---------------------------------------------------------------------------------------------------


def test_each_case_has_its_own_calls_and_tokens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    nothing: dict[str, Any] = {"DraftedSection": {"sentences": [], "not_stated": []}, "JudgeAnswers": {"items": []}}
    make_case(tmp_path / "one")
    make_case(tmp_path / "two")
    with OpenAIServer(respond=by_schema(nothing), latency_s=0.02) as server:
        report = evaluated(tmp_path, model="openai:test-model", base_url=server.base_url, concurrency=3)
    calls = [row.usage.calls for row in report.cases]
    assert calls[0] == calls[1] > 0
    assert sum(calls) == len(server.requests)
    assert server.most_at_once <= 3
    assert report.totals is not None
    assert report.totals.input_tokens == 100 * sum(calls)
    assert report.cases[0].tokens == 120 * calls[0]
    assert report.model == "openai:test-model"


def test_a_provider_that_gives_up_is_the_rows_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    make_case(tmp_path / "one")
    with OpenAIServer(respond=lambda _: answers.quota_used_up()) as server:
        report = evaluated(tmp_path, model="openai:test-model", base_url=server.base_url)
    row = report.cases[0]
    assert row.usage.failure is not None
    assert row.letter  # the composer's
    assert (report.failed, report.all_right) == (("one",), False)
    assert report.totals is not None
    assert (report.totals.crashed, report.totals.model_failed) == (0, 1)
    assert "the model failed:" in batch.as_text(report.model_dump(mode="json"))


def test_a_missing_key_is_told_before_anything_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_case(tmp_path / "one")
    with pytest.raises(ModelNotConfigured):
        evaluated(tmp_path, model="openai:test-model")
    assert capsys.readouterr().err == ""


# --- totals and limits ----------------------------------------------------------------------------------------------


def row_of(name: str, **values: Any) -> CaseRow:
    return CaseRow(name=name, **values)


def test_what_was_not_checked_enters_no_mean_and_is_counted() -> None:
    totals = case_totals([
        row_of("a", letter=True, grammar=1.0, score=80.0, lock_breaches=2),
        row_of("b", letter=True, grammar=None, score=90.0, lock_breaches=0),
        row_of("c", error="crashed"),
    ])  # fmt: skip
    assert (totals.grammar.mean, totals.grammar.checked, totals.grammar.not_checked) == (1.0, 1, 2)
    assert (totals.score.mean, totals.score.not_checked) == (85.0, 1)
    assert (totals.lock_breaches, totals.lock_not_checked, totals.crashed) == (2, 1, 1)
    assert totals.verdict.share is None


@pytest.mark.parametrize(("costs", "total"), [([0.25, 0.5], 0.75), ([0.25, None], None), ([], None)])
def test_the_cost_is_known_only_if_every_price_is(costs: list[float | None], total: float | None) -> None:
    rows = [row_of(str(n), letter=True, usage=Usage(calls=1, cost_usd=c)) for n, c in enumerate(costs)]
    assert case_totals([*rows, row_of("without calls")]).cost_usd == total


def test_limits_hold_or_say_what_lies_beyond() -> None:
    found = figures(case_totals([row_of("a", letter=True, lock_breaches=2, score=80.0)]), ())
    limits = Limits(min={"score": 75, "grammar_per_100_words": 0, "verdict": 1}, max={"lock_breaches": 0})
    off = frozenset({"grammar_per_100_words"})
    assert beyond(limits, found, switched_off=off) == (
        "verdict: not checked, and the limit is min 1",
        "lock_breaches: 2, and the limit is max 0",
    )
    assert len(beyond(limits, found, switched_off=frozenset())) == 3
    with pytest.raises(InputError, match="Did you mean lock_breaches"):
        beyond(Limits(max={"lock_breeches": 0}), found, switched_off=off)


def test_a_set_has_its_own_limits_and_a_single_case_those_of_its_set(tmp_path: Path) -> None:
    make_case(tmp_path / "cases" / "one")
    (tmp_path / "cases" / "other").mkdir()
    (tmp_path / "thresholds.toml").write_text('["cases"]\nmax = {lock_breaches = 0}\n', encoding="utf-8")
    wanted = (Limits(max={"lock_breaches": 0}), "cases")
    assert limits_for(tmp_path / "cases") == wanted
    assert limits_for(tmp_path / "cases" / "one") == wanted
    assert limits_for(tmp_path / "cases" / "other") == (Limits(), "")


@pytest.mark.parametrize("text", ["[cases]\nmaximum = {lock_breaches = 0}", "[cases]\nmax = {score = 'x'}", "[cases"])
def test_a_broken_file_of_limits_is_an_error_that_names_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "thresholds.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"thresholds\.toml"):
        limits_for(tmp_path)


def test_a_broken_limit_makes_the_batch_fail_and_none_means_that_only_crashes_do(tmp_path: Path) -> None:
    make_case(tmp_path / "cases" / "late")
    free = evaluated(tmp_path / "cases")
    assert (free.limits, free.beyond, free.all_right) == ("", (), True)
    (tmp_path / "thresholds.toml").write_text("[cases]\nmax = {rubric_unmet = -1}\n", encoding="utf-8")
    bound = evaluated(tmp_path / "cases")
    assert (bound.limits, bound.all_right) == ("cases", False)
    text = batch.as_text(json.loads(bound.model_dump_json()))
    assert "beyond the limit: rubric_unmet" in text


@pytest.mark.parametrize("name", ["cases", "cases/notices/dev", "cases/notices/test"])
def test_our_own_limits_name_sets_that_are_there(name: str) -> None:
    limits, section = limits_for(EVAL / name)
    assert section == name
    assert limits.min


def test_our_own_cases_are_within_their_limits() -> None:
    report = evaluated(EVAL / "cases")
    assert (report.failed, report.beyond) == ((), ())
    assert len(report.cases) >= 16


def test_without_an_engine_grammar_is_not_checked_and_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMENDS_LANGUAGETOOL_URL", "http://127.0.0.1:9")
    make_case(tmp_path / "late")
    row = evaluated(tmp_path, grammar=True).cases[0]
    assert (row.error, row.grammar) == (None, None)
    assert "127.0.0.1:9" in row.grammar_note
