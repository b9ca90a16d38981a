"""When a text says that something happens: still to come, under way, at which rhythm."""

from __future__ import annotations

import re
from functools import lru_cache

_PLAN = r"(?:will|shall|going to|plan(?:s|ned)?(?: to| for)?|intend(?:s|ed)? to|(?:is|are) to be|scheduled|(?:is|are) due (?:to|for|on \d|in \w+ 20)|expects? (?:its|the|it|to|them|delivery)|expected (?:on|for|by|to)|(?:prepared|ready|about|set aside) to|from \d{1,2} \w+ 20\d\d onwards?)"
_FUTURE = re.compile(rf"\b{_PLAN}\b|\bwon['’]t\b|\w['’]ll\b|^planned\b", re.IGNORECASE)
_UNDER_WAY = re.compile(
    r"\b(?:under way|underway|in progress|(?:is|are) being|(?:am|is|are) (?:now |currently |still )?(?!according|working|missing|existing|outstanding|during)[a-z]+ing|continu\w+|started to|began to|so far|not yet|ongoing)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def is_future(text: str) -> bool:
    """Whether `text` speaks of something still to come."""
    return bool(_FUTURE.search(text))


@lru_cache(maxsize=8192)
def is_under_way(text: str) -> bool:
    """Whether `text` speaks of something begun and not finished."""
    return bool(_UNDER_WAY.search(text))


_RHYTHM = re.compile(
    r"\b(?:every|each|per|once an?|twice an?|times an?|of (?:every|each)|of the(?=\s(?:month|week|quarter|year)))\s(?:(?!an?\b|the\b)\w+[\s-]){0,2}?(?P<noun>day|week|month|hour|quarter|year|minute|second)s?\b"
    r"|\b(?P<adverb>daily|weekly|monthly|hourly|quarterly|yearly|annually|nightly)\b|\b(?P<plain>(?:once|times|twice|only once) (?:a|per|each|every) (?P<last>day|night|week|month|hour|quarter|year))\b",
    re.IGNORECASE,
)
_ADVERBS = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "hourly": "hour",
    "quarterly": "quarter",
    "yearly": "year",
    "annually": "year",
    "nightly": "night",
}


@lru_cache(maxsize=8192)
def rhythms(text: str) -> dict[str, str]:
    """The periods at which `text` says that something happens ("daily", "every week"), each with its words."""
    found = {}
    for m in _RHYTHM.finditer(text):
        noun = m["noun"] or m["last"] or _ADVERBS[m["adverb"].lower()]
        found[noun.lower()] = m[0]
    return found
