"""The shipped YAML data: parsed once per process, with the fast loader."""

from __future__ import annotations

from functools import cache
from typing import Any

from amends.errors import PromptError
from amends.prompting import prompt_root


@cache
def load_yaml(name: str) -> Any:
    """Return the parsed file `prompts/{name}`. Callers must not change it.

    Raises:
        PromptError: the file is missing or is no YAML; the installation is broken.
    """
    import yaml

    path = prompt_root() / name
    try:
        return yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except OSError as error:
        raise PromptError(f"The data file {name} is missing.", hint="Install amends again.") from error
    except yaml.YAMLError as error:
        raise PromptError(f"The data file {name} is no YAML: {error}") from error
