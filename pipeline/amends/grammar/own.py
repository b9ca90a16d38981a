"""Our own grammar rules, data in `lexicon/grammar_own.v1.yaml`: errors that the engine does not see, no Java needed."""

from __future__ import annotations

import re
from functools import cache

from pydantic import ValidationError

from amends.data import load_yaml
from amends.errors import PromptError
from amends.schemas import Frozen, GrammarFault

_FILE = "lexicon/grammar_own.v1.yaml"
#: What stands before the id of each own rule in findings.
PREFIX = "amends."
ENGINE = "own rules only"


class OwnRule(Frozen):
    """A pattern of an error, on one sentence as written. `kind` is that of the measured sentences."""

    id: str
    kind: str
    pattern: str
    message: str
    must_trip: str
    must_pass: str


class OwnRules(Frozen):
    """The whole file."""

    version: int
    language: str
    rules: tuple[OwnRule, ...]


@cache
def own_rules() -> OwnRules:
    """Return the rules shipped with this package.

    Raises:
        PromptError: the file is missing or broken.
    """
    try:
        return OwnRules.model_validate(load_yaml(_FILE))
    except ValidationError as error:
        raise PromptError(f"The grammar rules in {_FILE} cannot be used: {error}") from error


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], OwnRule], ...]:
    try:
        return tuple((re.compile(rule.pattern), rule) for rule in own_rules().rules)
    except re.error as error:
        raise PromptError(f"A grammar rule in {_FILE} cannot be compiled: {error}") from error


def own_faults(text: str, language: str) -> tuple[GrammarFault, ...]:
    """Return what our own rules see in one sentence, in its order; nothing for other languages than English.

    The faults carry no replacement, so that no correction is ever made from them.
    """
    if not language.startswith(own_rules().language):
        return ()
    faults = [
        GrammarFault(
            rule=f"{PREFIX}{rule.id}", message=rule.message, sentence=text, start=found.start(), end=found.end()
        )
        for pattern, rule in _compiled()
        if (found := pattern.search(text))
    ]
    return tuple(sorted(faults, key=lambda f: f.start))
