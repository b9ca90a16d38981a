"""Find, load, fill, fence and identify a prompt.

A prompt is the file `prompts/NAME.vN.md`: first the system part, which is constant (providers cache a constant prefix),
then a line `--- user ---`, then the user part with its `{{ variable }}` slots. A released file is never edited.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from amends.errors import PromptError
from amends.schemas import PromptUse

DIVIDER = "--- user ---"
_SLOT = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """One version of a prompt. `sha256` is of the file's text with Unix line ends."""

    name: str
    version: int
    system: str
    user: str
    sha256: str

    @property
    def variables(self) -> frozenset[str]:
        """The names of the slots of the user part."""
        return frozenset(_SLOT.findall(self.user))


@dataclass(frozen=True, slots=True)
class Filled:
    """A prompt ready to be sent, and which prompt it was."""

    system: str
    user: str
    use: PromptUse


def prompt_root() -> Path:
    """Return the folder of prompts and other shipped data: inside the package when installed, else the checkout's.

    Raises:
        PromptError: neither is there; the installation is broken.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "prompts", package.parent.parent / "prompts"):
        if folder.is_dir():
            return folder
    raise PromptError("The folder of prompts is missing.", hint="Install amends again.")


def load(name: str, version: int, root: Path | None = None) -> Prompt:
    """Return version `version` of the prompt `name`, from `root` if given.

    Raises:
        PromptError: there is no such file, or it has not exactly a constant system part and a user part.
    """
    return _load(root or prompt_root(), name, version)


@cache
def _load(root: Path, name: str, version: int) -> Prompt:
    path = root / f"{name}.v{version}.md"
    try:
        text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except FileNotFoundError:
        there = ", ".join(sorted(p.name for p in root.glob(f"{name}.v*.md"))) or "none"
        raise PromptError(f"There is no prompt {path.name}.", hint=f"Versions there are: {there}.") from None
    except UnicodeDecodeError as error:
        raise PromptError(f"{path.name} is not UTF-8: {error}.") from None
    system, user = _split(path.name, text)
    return Prompt(name, version, system, user, hashlib.sha256(text.encode()).hexdigest())


def _split(file: str, text: str) -> tuple[str, str]:
    parts = [part.strip() for part in re.split(rf"^{DIVIDER}$", text, flags=re.MULTILINE)]
    if len(parts) != 2 or not all(parts):
        raise PromptError(f"{file} needs a system part, one line {DIVIDER!r} and a user part.")
    system, user = parts
    if "{{" in system:
        raise PromptError(f"{file}: the system part must be constant, but has a slot.")
    if "{{" in _SLOT.sub("", user):
        raise PromptError(f"{file}: the user part has a slot that is not of the form {{{{ name }}}}.")
    return system, user


def identify(prompt: Prompt) -> PromptUse:
    """Return the record of `prompt` that every result keeps."""
    return PromptUse(name=prompt.name, version=prompt.version, sha256=prompt.sha256[:12])


def fill(prompt: Prompt, **variables: str) -> Filled:
    """Return `prompt` with every slot filled; what is filled in is not searched for slots again.

    Raises:
        PromptError: a variable is missing or not asked for; each is named.
    """
    missing = sorted(prompt.variables - variables.keys())
    extra = sorted(variables.keys() - prompt.variables)
    if missing or extra:
        said = [f"{word} {', '.join(names)}" for word, names in (("missing", missing), ("unknown", extra)) if names]
        raise PromptError(f"Prompt {prompt.name}.v{prompt.version} was filled wrongly: {'; '.join(said)}.")
    user = _SLOT.sub(lambda slot: variables[slot[1]], prompt.user)
    return Filled(prompt.system, user, identify(prompt))


def fence(text: str, label: str) -> str:
    """Return `text` between two delimiter lines that it cannot forge, for data from outside that enters a prompt.

    The delimiter is derived from the text and does not occur in it, so no text can close its own fence. Letters only:
    a run of digits could be taken for a phone number by the masking.
    """
    tag = _letters(f"{label}\n{text}")
    while tag in text:
        tag = _letters(tag)
    return f"<<<{label} {tag}>>>\n{text}\n<<<end of {label} {tag}>>>"


def _letters(seed: str) -> str:
    return hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:12].translate(_TO_LETTERS)


_TO_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")
