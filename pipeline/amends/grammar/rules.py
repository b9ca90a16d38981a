"""Our choice of grammar rules: data in `lexicon/grammar.v1.yaml`, each entry with its reason and an example."""

from __future__ import annotations

from functools import cache

from pydantic import ValidationError

from amends.data import load_yaml
from amends.errors import PromptError
from amends.grammar.engine import RuleChoice
from amends.schemas import Frozen

_FILE = "lexicon/grammar.v1.yaml"


class Off(Frozen):
    """A rule or category that is not for appeal letters. `trips` is a text that it would flag."""

    rule: str | None = None
    category: str | None = None
    language: str = "en"
    reason: str
    trips: str


class On(Frozen):
    """A rule that stays on although its category is off."""

    rule: str
    language: str = "en"
    reason: str
    trips: str


class Accepted(Frozen):
    """Words of the trade that the engine does not know: it would flag each of them in `trips`."""

    words: tuple[str, ...]
    language: str = "en"
    reason: str
    trips: str


class FirstIsRight(Frozen):
    """A rule whose first replacement may be applied although it offers several."""

    rule: str
    reason: str
    trips: str
    becomes: str


class KeptWords(Frozen):
    """Words that carry status or negation; a correction may swap them only within one group."""

    reason: str
    groups: tuple[tuple[str, ...], ...]


class GrammarRules(Frozen):
    """The whole file."""

    version: int
    languages: dict[str, str]
    spelling: tuple[str, ...]
    switched_off: tuple[Off, ...]
    still_on: tuple[On, ...]
    accepted: tuple[Accepted, ...]
    first_is_right: tuple[FirstIsRight, ...]
    kept_words: KeptWords

    @property
    def choice(self) -> RuleChoice:
        """The ids that every request carries."""
        return RuleChoice(
            off=tuple(o.rule for o in self.switched_off if o.rule),
            off_categories=tuple(dict.fromkeys(o.category for o in self.switched_off if o.category)),
            on=tuple(o.rule for o in self.still_on),
        )

    @property
    def accepted_words(self) -> tuple[str, ...]:
        """All words of the trade, in any language."""
        return tuple(word for entry in self.accepted for word in entry.words)

    def tag(self, language: str) -> str:
        """Return the engine's tag for an ISO 639-1 code: `en` is en-US; an unlisted code is passed on as it is."""
        return self.languages.get(language, language)


@cache
def grammar_rules() -> GrammarRules:
    """Return the rules shipped with this package.

    Raises:
        PromptError: the file is missing or broken.
    """
    try:
        return GrammarRules.model_validate(load_yaml(_FILE))
    except ValidationError as error:
        raise PromptError(f"The grammar rules in {_FILE} cannot be used: {error}") from error
