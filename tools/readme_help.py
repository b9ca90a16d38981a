"""Fill README.md's help blocks with what the commands really print: `python tools/readme_help.py [--check]`.

A block begins with `<!-- help: amends draft -->` and ends with `<!-- /help -->`. `--check` changes nothing and exits 1,
with a diff, when a block is out of date.
"""

from __future__ import annotations

import difflib
import re
import sys
from pathlib import Path

from typer.testing import CliRunner

from amends.cli import app

README = Path(__file__).parents[1] / "README.md"
WIDTH = 100
_BLOCK = re.compile(r"(?P<open><!-- help: amends(?P<command>[\w -]*?) -->\n).*?(?P<close><!-- /help -->)", re.DOTALL)
_MARK = re.compile(r"<!-- /?help\b")


def help_of(command: tuple[str, ...]) -> str:
    """Return what `amends COMMAND --help` prints on a terminal of `WIDTH` columns.

    Raises:
        SystemExit: there is no such command.
    """
    done = CliRunner().invoke(app, [*command, "--help"], prog_name="amends", terminal_width=WIDTH - 2)
    if done.exit_code:
        raise SystemExit(f"README.md: there is no command `amends {' '.join(command)}`: {done.output.strip()}")
    return "\n".join(line.rstrip() for line in done.output.rstrip().splitlines())


def filled(text: str) -> str:
    """Return the README's text with every help block as it must be.

    Raises:
        SystemExit: a block names no command, or its marks are not in pairs.
    """
    written, blocks = _BLOCK.subn(_fill, text)
    if 2 * blocks != len(_MARK.findall(text)):
        raise SystemExit("README.md: the help marks are not in pairs `<!-- help: amends … -->`, `<!-- /help -->`.")
    return written


def _fill(block: re.Match[str]) -> str:
    return f"{block['open']}```text\n{help_of(tuple(block['command'].split()))}\n```\n{block['close']}"


def main(arguments: list[str]) -> int:
    """Fill the blocks, or with `--check` say what is out of date. Returns the exit code."""
    if arguments not in ([], ["--check"]):
        sys.stderr.write("usage: python tools/readme_help.py [--check]\n")
        return 2
    there = README.read_text(encoding="utf-8")
    wanted = filled(there)
    if not arguments:
        README.write_text(wanted, encoding="utf-8")
        return 0
    diff = difflib.unified_diff(there.splitlines(), wanted.splitlines(), "README.md", "as it must be", lineterm="")
    said = "\n".join(diff)
    if said:
        sys.stdout.write(f"{said}\n\nREADME.md is out of date: run python tools/readme_help.py\n")
    return 1 if said else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
