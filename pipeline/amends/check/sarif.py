"""Findings as SARIF 2.1.0, for code scanning of letters that are kept in a repository."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from amends.check.report import Checked, CheckReport, Mark
from amends.render.wording import grammar_line

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(report: CheckReport) -> str:
    """Return the report as one SARIF log with one run. Columns count characters, from 1."""
    rules = list(dict.fromkeys(mark.rule for checked in report.letters for mark in checked.marks))
    first = {mark.rule: mark for checked in reversed(report.letters) for mark in reversed(checked.marks)}
    run = {
        "tool": {
            "driver": {"name": "amends", "semanticVersion": _version(), "rules": [_rule(first[rule]) for rule in rules]}
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": list(_not_checked(report))}],
        "results": [_result(mark, checked, rules) for checked in report.letters for mark in checked.marks],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _version() -> str:
    try:
        return version("amends")
    except PackageNotFoundError:
        return "0.0.0"


def _rule(mark: Mark) -> dict[str, Any]:
    words = mark.rule.rpartition(".")[2].replace("_", " ")
    return {
        "id": mark.rule,
        "shortDescription": {"text": f"{words[:1].upper()}{words[1:]}"},
        "fullDescription": {"text": f"{mark.rule}, on the word of: {mark.source}"},
        "help": {"text": mark.suggestion or mark.message},
        "defaultConfiguration": {"level": _level(mark)},
        "properties": {"tags": [mark.checker, mark.severity]},
    }


def _level(mark: Mark) -> str:
    return "error" if mark.severity == "blocking" else "warning"


def _result(mark: Mark, checked: Checked, rules: list[str]) -> dict[str, Any]:
    better = " ".join(filter(None, (mark.message, mark.suggestion, f"Say: “{mark.rewrite}”" if mark.rewrite else "")))
    seen = hashlib.sha256(f"{mark.rule}\0{mark.words}".encode()).hexdigest()[:24]
    return {
        "ruleId": mark.rule,
        "ruleIndex": rules.index(mark.rule),
        "level": _level(mark),
        "message": {"text": better},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(checked.name)}, "region": _region(mark)}}],
        "partialFingerprints": {"ruleAndWords/v1": seen},
    }


def _region(mark: Mark) -> dict[str, Any]:
    if mark.line is None:
        return {"startLine": 1}
    return {
        "startLine": mark.line, "startColumn": mark.column, "endLine": mark.end_line, "endColumn": mark.end_column,
        "snippet": {"text": mark.words},
    }  # fmt: skip


def _uri(name: str) -> str:
    """A path as SARIF wants it: relative ones with slashes, absolute ones as file addresses."""
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _not_checked(report: CheckReport) -> Iterator[dict[str, Any]]:
    for checked in report.letters:
        if not checked.grammar.checked:
            yield _note(checked, grammar_line(checked.grammar))
        if not checked.facts_checked:
            yield _note(checked, f"Facts: NOT CHECKED: {checked.facts_reason}")


def _note(checked: Checked, text: str) -> dict[str, Any]:
    return {
        "level": "note",
        "message": {"text": text},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(checked.name)}}}],
    }
