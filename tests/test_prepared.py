"""What is kept between starts: made once from the same sources, anew from others, and never needed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from amends.casing import small
from amends.data import load_yaml, parsed
from amends.extract.rules import rules_for
from amends.prepared import prepared
from amends.prompting import prompt_root


class Counted:
    """Makes a value and counts how often it was asked to."""

    def __init__(self, value: Any) -> None:
        self.value = value
        self.times = 0

    def __call__(self) -> Any:
        self.times += 1
        return self.value


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AMENDS_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache" / "prepared"


def test_a_second_start_takes_what_the_first_made(cache: Path) -> None:
    make = Counted({"a": [1, "é"]})
    assert prepared("rules", [b"source"], make) == prepared("rules", [b"source"], make) == {"a": [1, "é"]}
    assert make.times == 1


def test_other_sources_are_made_anew_and_both_are_kept(cache: Path) -> None:
    prepared("rules", [b"ab", b"c"], Counted("one"))
    assert prepared("rules", [b"a", b"bc"], Counted("other")) == "other"
    assert prepared("rules", [b"a", b"bc"], Counted("not asked")) == "other"
    assert prepared("rules", [b"ab", b"c"], Counted("not asked")) == "one"


def test_old_versions_are_removed_and_other_things_are_not(cache: Path) -> None:
    prepared("rules-too", [b"source"], Counted("kept"))
    for number in range(9):
        prepared("rules", [bytes([number])], Counted(number))
    assert len(list(cache.glob("rules.*"))) == 3
    assert prepared("rules", [bytes([8])], Counted("not asked")) == 8
    assert prepared("rules-too", [b"source"], Counted("not asked")) == "kept"


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b'["cut'])
def test_a_damaged_file_is_made_anew(cache: Path, damage: bytes) -> None:
    prepared("rules", [b"source"], Counted("good"))
    (file,) = cache.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage)
    assert prepared("rules", [b"source"], Counted("good")) == "good"
    assert file.read_bytes() == whole


def test_what_json_would_change_is_not_kept(cache: Path) -> None:
    for value in ({1: "a"}, ("a",), date(2026, 11, 25)):
        assert prepared("rules", [b"source"], Counted(value)) == value
    assert not cache.exists()


def test_nothing_is_needed_where_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("AMENDS_CACHE_DIR", str(tmp_path / "file" / "cache"))
    assert prepared("rules", [b"source"], Counted("made")) == "made"


def test_a_rule_file_reads_the_same_from_the_cache(cache: Path) -> None:
    path = prompt_root() / "notice.v1.yaml"
    first = parsed(path)
    assert len(list(cache.glob("notice.v1.yaml.*.json"))) == 1
    load_yaml.cache_clear()
    assert parsed(path) == first == load_yaml("notice.v1.yaml")


def test_files_of_the_user_are_not_kept(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("answer: no")
    assert parsed(tmp_path / "own.yaml") == {"answer": False}
    assert parsed(tmp_path / "own.yaml", as_text=True) == {"answer": "no"}
    assert not cache.exists()


def test_the_cues_are_the_same_from_the_cache(cache: Path) -> None:
    rules_for.cache_clear()
    made = rules_for("de")
    rules_for.cache_clear()
    kept = rules_for("de")
    assert len(list(cache.glob("cues.en-de.*.json"))) == 1
    assert (made.phrases, made.chains, made.names) == (kept.phrases, kept.chains, kept.names)


def test_small_letters_keep_every_offset() -> None:
    assert small("ÀB İstanbul ẞ") == "àb İstanbul ß"
    assert small("PLAN") == "plan"
