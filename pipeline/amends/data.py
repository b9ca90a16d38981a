"""The shipped YAML data: parsed once per process, and kept parsed for the next one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from amends.errors import PromptError
from amends.prepared import prepared
from amends.prompting import prompt_root


@cache
def load_yaml(name: str) -> Any:
    """Return the parsed file `prompts/{name}`. Callers must not change it.

    Raises:
        PromptError: the file is missing or is no YAML; the installation is broken.
    """
    try:
        return parsed(prompt_root() / name)
    except OSError as error:
        raise PromptError(f"The data file {name} is missing.", hint="Install amends again.") from error
    except ValueError as error:
        raise PromptError(f"The data file {name} is no YAML: {error}") from error


def parsed(path: Path, *, as_text: bool = False) -> Any:
    """Return what the YAML file `path` holds; `as_text` leaves every scalar as text (no `no` that turns into False).

    Raises:
        OSError: it cannot be read. ValueError: it is no YAML, or not UTF-8.
    """
    content, root = path.read_bytes(), prompt_root()
    if not path.is_relative_to(root):
        return _yaml(content, as_text)
    name = "-".join((*(("text",) if as_text else ()), *path.relative_to(root).parts))
    return prepared(name, (content,), lambda: _yaml(content, as_text))


def _yaml(content: bytes, as_text: bool) -> Any:
    import yaml

    plain, fast = ("BaseLoader", "CBaseLoader") if as_text else ("SafeLoader", "CSafeLoader")
    try:  # builds text, lists and mappings only; without libyaml the same answers, slower
        return yaml.load(content.decode("utf-8"), Loader=getattr(yaml, fast, getattr(yaml, plain)))
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error
