"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from amends.errors import InputError
from amends.files import write_all, write_whole


def test_text_and_bytes_are_written_and_folders_made(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b.txt", "Grüße")
    write_whole(tmp_path / "a" / "c.bin", b"\x00\x01")
    assert (tmp_path / "a" / "b.txt").read_text("utf-8") == "Grüße"
    assert sorted(p.name for p in (tmp_path / "a").iterdir()) == ["b.txt", "c.bin"]


def test_a_failing_rename_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(InputError, match="No space left"):
        write_whole(tmp_path / "x.txt", "new")
    assert list(tmp_path.iterdir()) == []


def test_when_the_second_rename_fails_the_first_target_is_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new, third = tmp_path / "old.txt", tmp_path / "new.txt", tmp_path / "third.txt"
    old.write_text("before")
    real = Path.replace

    def fail_third(self: Path, target: Path) -> Path:
        if target == third:
            raise OSError(5, "Input/output error")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", fail_third)
    with pytest.raises(InputError):
        write_all({old: "after", new: "x", third: "y"})
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("old.txt", "before")]


def test_a_folder_or_device_as_target_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a folder\. Name a file"):
        write_whole(tmp_path, "x")
    with pytest.raises(InputError, match="not an ordinary file"):
        write_whole(os.devnull, "x")


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("x")
    with pytest.raises(InputError, match="with -o"):
        write_whole(tmp_path / "f" / "g.txt", "y")


def test_one_unusable_target_keeps_all_others_unwritten(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        write_all({tmp_path / "ok.txt": "x", tmp_path: "y"})
    assert list(tmp_path.iterdir()) == []


def test_the_mode_of_an_existing_file_and_a_link_are_kept(tmp_path: Path) -> None:
    target, link = tmp_path / "t.txt", tmp_path / "l.txt"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    write_whole(link, "new")
    assert link.is_symlink()
    assert (target.read_text(), target.stat().st_mode & 0o777) == ("new", 0o640)
