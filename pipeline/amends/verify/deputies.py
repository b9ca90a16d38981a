"""Who is in charge and who stands in: the two must not change places."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from amends.verify import meaning
from amends.verify.hard import Breach
from amends.verify.source import Source

_DEPUTY = re.compile(
    r"\bdeput(?:y|ies)(?:\sis|\sare|:|,)?\s(?:the\s|our\s)?(?P<after>[\w' -]{1,60})|(?P<before>[\w' -]{1,60}?)\s(?:is|as|are)\s(?:the\s|a\s|our\s)?deput",
    re.IGNORECASE,
)


def breaches(sentence: Source, source: Source) -> Iterator[Breach]:
    """A deputy told as the one in charge, or the other way round."""
    if source.foreign or not any(w.startswith("deput") for w in (*sentence.spoken, *source.spoken)):
        return
    roles = meaning.listed("roles")
    here, there = _second(sentence.text), _second(source.text)
    if not here and not there:
        return
    first_there = _pairs_of(_DEPUTY.sub(" ", source.text), roles)
    for pair in _pairs_of(_DEPUTY.sub(" ", sentence.text), roles) - first_there:
        if pair in _pairs_of(" | ".join(there), roles):
            yield Breach(
                "name_invented",
                f"“{' '.join(pair)}” is the deputy in the facts.",
                "Name each person for the part the facts give.",
                pair[1],
            )
    for pair in _pairs_of(" | ".join(here), roles) - _pairs_of(" | ".join(there), roles):
        if pair in first_there:
            yield Breach(
                "name_invented",
                f"“{' '.join(pair)}” is no deputy in the facts.",
                "Name each person for the part the facts give.",
                pair[1],
            )


def _second(text: str) -> list[str]:
    return [m["after"] or m["before"] for m in _DEPUTY.finditer(text)] if "deput" in text.lower() else []


def _pairs_of(text: str, roles: Collection[str]) -> set[tuple[str, str]]:
    """(word before, role) for every role named: ("office", "manager")."""
    found = meaning.words(text)
    return {(a, b) for a, b in pairwise(found) if b in roles and a not in ("the", "a", "our", "deputy")}
