"""Every block of README.md is run: Python as it stands, console lines with what they print, help as commands give it.

A block after `<!-- not run: reason -->` is skipped with its reason. In a console block a line `...` is any lines.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(
    r"(?:^<!-- not run: (?P<reason>.+?) -->\n\s*)?^```(?P<kind>python|console)\n(?P<body>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True)
class Block:
    kind: str
    body: str
    line: int
    reason: str | None


def blocks(kind: str, text: str = TEXT) -> list[Block]:
    found = (
        Block(m["kind"], m["body"], text.count("\n", 0, m.start("body")) + 1, m["reason"])
        for m in _BLOCK.finditer(text)
    )
    return [block for block in found if block.kind == kind]


def commands(body: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a console block with the lines that it should print."""
    joined = body.replace("\\\n", " ")
    for part in re.split(r"^\$ ", joined, flags=re.MULTILINE)[1:]:
        command, *expected = part.rstrip().splitlines()
        yield command, expected


def matches(expected: list[str], printed: list[str]) -> bool:
    """Whether `printed` is `expected`, in which a line `...` stands for any number of lines."""
    pattern = "".join(r"(?:.*\n)*?" if line.strip() == "..." else re.escape(line.rstrip()) + "\n" for line in expected)
    return re.fullmatch(pattern, "".join(f"{line.rstrip()}\n" for line in printed)) is not None


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with `eval/` in it and no settings around it, as the current one."""
    (tmp_path / "eval").symlink_to(ROOT / "eval")
    for name in [n for n in os.environ if n.startswith(("AMENDS_", "OPENAI_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / ".config"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def path_with_amends(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A PATH on which `amends` is this Python's."""
    script = tmp_path_factory.mktemp("bin") / "amends"
    code = "import sys; sys.argv[0] = 'amends'; from amends.cli import main; main()"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{code}" "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return f"{script.parent}{os.pathsep}{os.environ['PATH']}"


@pytest.mark.parametrize("block", blocks("python"), ids=lambda b: f"line_{b.line}")
def test_a_python_block_runs(block: Block, folder: Path) -> None:
    if block.reason:
        pytest.skip(f"README says: not run: {block.reason}")
    source = "\n" * (block.line - 1) + block.body
    exec(compile(source, str(ROOT / "README.md"), "exec"), {"__name__": "__main__"})


@pytest.mark.parametrize("block", blocks("console"), ids=lambda b: f"line_{b.line}")
def test_a_console_block_prints_what_it_shows(block: Block, folder: Path, path_with_amends: str) -> None:
    if block.reason:
        pytest.skip(f"README says: not run: {block.reason}")
    found = list(commands(block.body))
    assert found, "a console block without a line that begins with `$ `"
    for command, expected in found:
        assert command.startswith("amends "), f"only `amends` is run from README, not: {command}"
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            env={**os.environ, "PATH": path_with_amends},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode in (0, 1), f"{command}\n{done.stdout}{done.stderr}"
        printed = (done.stdout + done.stderr).rstrip().splitlines()
        assert matches(expected, printed), f"{command}\nprints\n{done.stdout}{done.stderr}"


def test_the_readme_shows_real_output_and_a_python_example() -> None:
    assert [block for block in blocks("console") if not block.reason], "no console block of README.md is run"
    assert [block for block in blocks("python") if not block.reason], "no Python block of README.md is run"


@pytest.mark.parametrize(
    ("expected", "printed", "same"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a", "b"], ["a", "c"], False),
        (["a"], ["a", "b"], False),
        (["a", "..."], ["a", "b", "c"], True),
        (["a", "...", "d"], ["a", "b", "c", "d"], True),
        (["a", "...", "d"], ["a", "d"], True),
        (["...", "d"], ["a", "e"], False),
        (["a..."], ["a..."], True),
    ],
)
def test_three_dots_stand_for_any_lines_and_nothing_else_does(
    expected: list[str], printed: list[str], same: bool
) -> None:
    assert matches(expected, printed) is same


def test_blocks_commands_and_reasons_are_found() -> None:
    text = (
        "<!-- not run: needs a key -->\n```console\n$ amends a \\\n  b\none\n$ amends c\n```\n\n```python\nx = 1\n```\n"
    )
    (console,), (python,) = blocks("console", text), blocks("python", text)
    assert (console.reason, python.reason, python.line) == ("needs a key", None, 10)
    assert list(commands(console.body)) == [("amends a    b", ["one"]), ("amends c", [])]


@pytest.fixture(scope="module")
def readme_help() -> ModuleType:
    spec = importlib.util.spec_from_file_location("readme_help", ROOT / "tools" / "readme_help.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_help_shown_in_the_readme_is_up_to_date(readme_help: ModuleType) -> None:
    assert readme_help.filled(TEXT) == TEXT, "run python tools/readme_help.py"


def test_a_help_block_is_filled_and_a_filled_one_stays(readme_help: ModuleType) -> None:
    once = readme_help.filled("a\n<!-- help: amends patterns show -->\nold\n<!-- /help -->\nb\n")
    assert once.startswith("a\n<!-- help: amends patterns show -->\n```text\nUsage: amends patterns show")
    assert once.endswith("```\n<!-- /help -->\nb\n")
    assert "\nold\n" not in once
    assert readme_help.filled(once) == once


@pytest.mark.parametrize(
    "text",
    ["<!-- help: amends draft -->\nno end\n", "<!-- help: amends nonsense -->\n<!-- /help -->\n", "<!-- /help -->\n"],
)
def test_a_help_block_that_cannot_be_filled_is_refused(readme_help: ModuleType, text: str) -> None:
    with pytest.raises(SystemExit, match=r"README\.md"):
        readme_help.filled(text)


def test_check_ends_with_1_and_a_diff_when_a_block_is_out_of_date(
    readme_help: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("<!-- help: amends doctor -->\nold\n<!-- /help -->\n", encoding="utf-8")
    monkeypatch.setattr(readme_help, "README", readme)
    assert readme_help.main(["--check"]) == 1
    assert "-old" in capsys.readouterr().out
    assert readme_help.main([]) == 0
    assert readme_help.main(["--check"]) == 0
    assert readme_help.main(["--help"]) == 2
