"""The import layers hold, each contract can fail, and no command loads a heavy library that it does not use."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CASE = ROOT / "eval" / "cases" / "late_shipment_handling_time"
HEAVY = (
    "langchain",
    "langchain_core",
    "langchain_openai",
    "openai",
    "httpx",
    "tenacity",
    "language_tool_python",
    "duckdb",
    "pypdf",
    "oxmsg",
    "pydantic_settings",
)
NOTICE, FACTS = str(CASE / "notice.eml"), str(CASE / "facts.yaml")
#: Runs a command in this process and then says which of the named libraries were imported.
WITNESS = """
import json, sys
names, sys.argv = json.loads(sys.argv[1]), ["amends", *sys.argv[2:]]
from amends.cli import main
try:
    main()
except SystemExit as end:
    code = end.code
print("WITNESS", json.dumps([code, [n for n in names if n in sys.modules]]), file=sys.stderr)
"""


def lint(package_root: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter with our contracts on the `amends` below `package_root`."""
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(sys.argv[1], no_cache=True))"
    return subprocess.run(
        [sys.executable, "-c", code, str(ROOT / "pyproject.toml")],
        env={**os.environ, "PYTHONPATH": str(package_root), "COLUMNS": "200"},
        cwd=package_root,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_import_layers_hold() -> None:
    done = lint(ROOT / "pipeline")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 kept, 0 broken" in done.stdout


def test_each_contract_is_broken_by_a_module_that_breaks_it(tmp_path: Path) -> None:
    copy = tmp_path / "amends"
    shutil.copytree(ROOT / "pipeline" / "amends", copy, ignore=shutil.ignore_patterns("__pycache__"))
    seeded = {
        "schemas.py": "def late() -> None:\n    import amends.run\n",
        "cli.py": "def late() -> None:\n    import openai\n",
        "proofing.py": "def late() -> None:\n    import language_tool_python\n",
        "verify/meaning.py": "def late() -> None:\n    import amends.judging\n",
    }
    for name, fault in seeded.items():
        with (copy / name).open("a", encoding="utf-8") as file:
            file.write(f"\n\n{fault}")
    (copy / "manager.py").write_text('"""A module without a place."""\n', encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stderr
    assert "0 kept, 4 broken" in done.stdout
    assert "manager" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "names", "codes"),
    [
        pytest.param(["--help"], (*HEAVY, "pydantic", "yaml", "bs4", "rich"), (0,), id="help"),
        pytest.param(["extract", NOTICE, "--json"], (*HEAVY, "rich"), (0,), id="extract"),
        pytest.param(
            ["draft", NOTICE, "--facts", FACTS, "--today", "2026-11-25", "--no-grammar"],
            (*HEAVY, "docx", "jinja2"),
            (0, 1),
            id="offline_draft",
        ),
    ],
)
def test_a_command_loads_no_library_it_does_not_use(
    arguments: list[str], names: tuple[str, ...], codes: tuple[int, ...]
) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("AMENDS_", "OPENAI_"))}
    done = subprocess.run(
        [sys.executable, "-c", WITNESS, json.dumps(names), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "WITNESS " in done.stderr, done.stderr
    code, loaded = json.loads(done.stderr.rpartition("WITNESS ")[2])
    assert code in codes, done.stderr
    assert loaded == []
