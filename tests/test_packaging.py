"""The built wheel, installed elsewhere, its sources deleted: only this guards what is shipped."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOTICE = """From: Seller Performance <notice@amazon.com>
To: seller@example.com
Subject: Your Amazon.com selling privileges
Date: Mon, 16 Nov 2026 09:30:00 +0000
Content-Type: text/plain; charset=utf-8

Hello,

Your seller-fulfilled offers are paused because your late shipment rate is 6.1%. Our target is under 4%.
To sell again, send us a plan of action within 17 days: the root cause, what you have done, and how you will prevent it.

Seller Performance Team
"""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what the build needs; the copy is deleted."""
    copy = tmp_path_factory.mktemp("source") / "amends"
    copy.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    for name in ("pipeline", "prompts"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    out = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(copy)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    shutil.rmtree(copy)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds nothing but the unpacked wheel."""
    target = tmp_path_factory.mktemp("installed")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    done = subprocess.run([*install, str(wheel)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture
def run(installed: Path, tmp_path: Path) -> Run:
    """Runs this Python with the wheel in front of everything else, in an empty folder."""

    def run_python(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("AMENDS_")}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env={**environment, "PYTHONPATH": str(installed), "COLUMNS": "120"},
            capture_output=True,
            text=True,
            check=False,
        )

    return run_python


def test_the_wheel_holds_the_package_the_prompts_and_the_licence_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {f"amends/prompts/{p.relative_to(ROOT / 'prompts')}" for p in _files(ROOT / "prompts")}
    shipped |= {f"amends/{p.relative_to(ROOT / 'pipeline' / 'amends')}" for p in _files(ROOT / "pipeline" / "amends")}
    assert shipped <= names
    assert {"amends/py.typed", "amends/grammar/pom.xml", "amends/grammar/server.properties"} <= names
    assert {name.split("/")[0] for name in names - shipped} == {f"{wheel.name.split('-py3')[0]}.dist-info"}
    assert any(name.endswith("LICENSE") for name in names)


def _files(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts]


def test_the_installed_package_finds_its_own_prompts_and_data(run: Run, installed: Path) -> None:
    code = (
        "import amends; from amends.prompting import prompt_root; from amends.grammar.rules import grammar_rules; "
        "print(amends.__file__); print(prompt_root()); print(grammar_rules().version)"
    )
    done = run("-c", code)
    assert done.returncode == 0, done.stderr
    package, root, version = done.stdout.splitlines()
    assert Path(package) == installed / "amends" / "__init__.py"
    assert Path(root) == installed / "amends" / "prompts"
    assert version == "1"


def test_the_installed_command_line_shows_its_help(run: Run) -> None:
    done = run("-m", "amends", "--help")
    assert done.returncode == 0, done.stderr
    assert {"draft", "extract", "setup", "doctor"} <= set(done.stdout.split())


def test_the_installed_package_extracts_a_notice(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notice.eml").write_text(NOTICE, encoding="utf-8")
    done = run("-m", "amends", "extract", "notice.eml", "--json", "--today", "2026-11-25")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["cause"] == "late_shipment"
    assert answer["answer_kind"] == "plan_of_action"
