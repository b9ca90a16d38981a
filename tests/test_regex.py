"""Patterns that are compiled late: the same as `re.compile`, and none of them is wrong."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re

import pytest

import amends
from amends import regex as module
from amends.regex import regex


def test_it_is_compiled_at_its_first_use_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_ = re.compile

    def counted(pattern: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(pattern)
        return compile_(pattern, flags)

    monkeypatch.setattr(re, "compile", counted)
    number = regex(r"(?P<n>\d+) x", re.IGNORECASE)
    assert not compiled
    found = number.search("of 12 X")
    assert found
    assert found["n"] == "12"
    assert number.sub("-", "3 x") == "-"
    assert compiled == [number.pattern]


def test_a_wrong_pattern_raises_at_its_first_use() -> None:
    wrong = regex("(")
    with pytest.raises(re.error):
        wrong.search("")


def test_every_late_pattern_of_the_package_can_be_compiled() -> None:
    for found in pkgutil.walk_packages(amends.__path__, "amends."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    late = [thing for thing in gc.get_objects() if type(thing) is module._Later and thing.pattern != "("]
    assert len(late) > 100
    for pattern in late:
        assert pattern.groups >= 0, pattern.pattern
