"""What is right for a sample: `expected.yaml`, checked key by key, so that a slip of the pen is no silent pass."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from amends.errors import InputError
from amends.schemas import Frozen
from amends.vocabulary import (
    AnswerKind,
    AuthenticityVerdict,
    Cause,
    Channel,
    FactKind,
    Funds,
    Readiness,
    RequestedItem,
    Scope,
    Stage,
)


class LabelledFact(Frozen):
    """An id or figure that the notice states; `name` and `target` are a metric's."""

    kind: FactKind
    value: str | int | float | None = None
    unit: str | None = None
    name: str | None = None
    target: float | None = None


class LabelledDeadline(Frozen):
    """Days that the notice gives, and the last one; None where the mail has no date."""

    days: float | None = None
    due: date | None = None


class Expected(Frozen):
    """The label of one sample. What a label leaves out is not scored; the part from `today` on is for whole cases."""

    cause: Cause = "unspecified"
    other_causes: tuple[Cause, ...] = ()
    stage: Stage = "not_enforcement"
    answer_kind: AnswerKind = "information_request"
    requested: tuple[RequestedItem, ...] = ()
    deadline: LabelledDeadline | None = None
    funds: Funds = "not_mentioned"
    channel: Channel = "none"
    marketplace: str | None = None
    language: str = "en"
    authenticity: AuthenticityVerdict = "unknown"
    scope: Scope = "unknown"
    facts: tuple[LabelledFact, ...] = ()
    traps: tuple[str, ...] = ()
    today: date | None = None
    verdict: Readiness | None = None
    must_say: tuple[str, ...] = ()
    must_not_say: tuple[str, ...] = ()
    gaps: tuple[str, ...] | None = None
    note: str = ""

    @property
    def label(self) -> dict[str, Any]:
        """The keys that were written, as plain values."""
        return self.model_dump(exclude_unset=True)


def load_expected(path: Path) -> Expected:
    """Read a label.

    Raises:
        InputError: unreadable, no YAML, an unknown key or word (with the nearest right one), or a wrong type.
    """
    import yaml

    try:
        tree = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror}.") from error
    except (yaml.YAMLError, ValueError) as error:
        said = " ".join(str(error).split())
        raise InputError(f"{path} is no YAML: {said}", hint="Put text that holds “: ” or “#” in quotes.") from error
    if not isinstance(tree, dict):
        raise InputError(f"{path} must be keys with values.", hint="Begin with “cause: …”.")
    try:
        return Expected.model_validate(tree)
    except ValidationError as error:
        raise _explained(path, error) from error


def _explained(path: Path, error: ValidationError) -> InputError:
    """The first fault with its key and the nearest right one."""
    fault = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        known = tuple(Expected.model_fields if len(fault["loc"]) == 1 else LabelledFact.model_fields)
        if fault["loc"][0] == "deadline":
            known = tuple(LabelledDeadline.model_fields)
        return InputError(f"{path}: unknown key “{key}”.", hint=_nearest(str(fault["loc"][-1]), known))
    if fault["type"] == "literal_error":
        words = [word.strip("'") for word in str(fault["ctx"]["expected"]).replace(" or ", ", ").split(", ")]
        said = str(fault["input"])
        return InputError(f"{path}: {key}: “{said}” is not known.", hint=_nearest(said, words))
    said = str(fault["msg"])
    return InputError(f"{path}: {key}: {said[:1].lower()}{said[1:]}, not {fault['input']!r}.")


def _nearest(said: str, known: list[str] | tuple[str, ...]) -> str:
    near = get_close_matches(said.lower().replace("-", "_").replace(" ", "_"), known, 1, 0.5)
    return f"Did you mean {near[0]}?" if near else f"Use one of: {', '.join(known)}."
