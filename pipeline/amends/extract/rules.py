"""The rules of reading as data: `prompts/notice.v1.yaml` and `prompts/causes.v1.yaml`, loaded once, cues ready to use.

A group of cues has a name like `stage.off` or `strong.trademark`. `Reading` holds one folded text and finds the places
of a group in it once, whichever sentence asks first.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from amends.data import load_yaml
from amends.extract import cues
from amends.extract.cues import Cue, Part, Searched, Sign, Span, expand, occurrences
from amends.extract.folding import Folded
from amends.prepared import prepared
from amends.vocabulary import Cause

#: The code that makes the index of the cues, which is kept with it.
_CODE = tuple(Path(file).read_bytes() for file in (cues.__file__, __file__))
#: The languages with rules of their own; any other is read by the English ones.
LANGUAGES: tuple[str, ...] = ("en", "zh", "de", "ja", "fr", "it", "es")


@dataclass(frozen=True)
class Rules:
    """All cues for one language (the English ones are always among them) by group, and the policies of each cause.

    `phrases` and `chains` tell by key what to look for in a text: the cues that are one phrase only, as (group, phrase,
    its bare form, its second key); and those of which a cue of another form needs one, as (group, number of the cue in it,
    bare form, second key).
    """

    groups: dict[str, tuple[Cue, ...]]
    phrases: dict[str, list[tuple[str, str, str, str]]]
    chains: dict[str, list[tuple[str, int, str, str]]]
    names: dict[str, tuple[str, ...]]
    policies: dict[Cause, tuple[str, ...]]

    def of(self, section: str) -> tuple[str, ...]:
        """The names below a section, in the file's order: `of("stage")` is ("off", "on" …)."""
        return self.names[section]


@lru_cache(maxsize=16)
def rules_for(language: str) -> Rules:
    """The rules for a notice in `language` (ISO 639-1); English ones always included.

    Raises:
        PromptError: a rule file is missing or broken.
    """
    languages = ("en",) if language not in LANGUAGES else tuple(dict.fromkeys(("en", language)))
    notice, causes = load_yaml("notice.v1.yaml"), load_yaml("causes.v1.yaml")
    words = _word_lists(notice["words"], languages)
    parts: dict[str, Part] = {}
    groups: dict[str, tuple[Cue, ...]] = {}
    names: dict[str, list[str]] = {}

    def add(section: str, name: str, node: dict[str, list[str]]) -> None:
        sources = dict.fromkeys(_merged(node, languages))
        groups[f"{section}.{name}"] = tuple(Cue(source, words, parts) for source in sources)
        names.setdefault(section, []).append(name)

    for section, node in notice.items():
        if section != "words":
            for name, by_language in node.items():
                add(section, name, by_language)
    for cause, node in causes.items():
        for strength in ("labels", "strong", "weak"):
            add(strength, cause, node.get(strength, {}))
    told = {group: [cue.source for cue in members] for group, members in groups.items()}
    made_of = (json.dumps([words, told]).encode(), *_CODE)
    index = prepared(f"cues.{'-'.join(languages)}", made_of, lambda: _index(groups))
    return Rules(
        groups=groups,
        phrases=index["phrases"],
        chains=index["chains"],
        names={section: tuple(below) for section, below in names.items()},
        policies={cause: tuple(node.get("policies", ())) for cause, node in causes.items()},
    )


def _index(groups: dict[str, tuple[Cue, ...]]) -> dict[str, dict[str, list[Any]]]:
    phrases: dict[str, list[Any]] = {}
    chains: dict[str, list[Any]] = {}
    for group, members in groups.items():
        for number, cue in enumerate(members):
            by_key: dict[str, list[Sign]] = {}
            for sign in cue.signs():
                by_key.setdefault(sign.key, []).append(sign)
            for key, (sign, *more) in by_key.items():
                if cue.plain:
                    phrases.setdefault(key, []).append([group, sign.phrase, sign.bare, sign.other])
                else:  # of several phrases with one key the key alone tells
                    bare, other = ("", key) if more else (sign.bare, sign.other)
                    chains.setdefault(key, []).append([group, number, bare, other])
    return {"phrases": phrases, "chains": chains}


def _word_lists(node: dict[str, dict[str, list[str]]], languages: tuple[str, ...]) -> dict[str, list[str]]:
    """The lists of words; a list may name an earlier one in braces."""
    words: dict[str, list[str]] = {}
    for name, by_language in node.items():
        words[name] = [
            word
            for source in _merged(by_language, languages)
            for word in (expand(source, words) if "{" in source else (source,))
        ]
    return words


def _merged(node: dict[str, list[str]], languages: tuple[str, ...]) -> list[str]:
    return [str(source) for language in languages for source in node.get(language, ())]


class Reading:
    """One text under the rules: where each group of cues stands in it. Offsets are those of the folded text."""

    def __init__(self, text: str, language: str) -> None:
        self.folded = Folded(text)
        self.language = language
        self.rules = rules_for(language)
        self._searched = Searched(self.folded.text)
        self._present: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._found: dict[str, tuple[list[int], list[Span]]] = {}

    @cached_property
    def _phrases(self) -> dict[str, list[Span]]:
        """Where the cues that are one phrase stand, by group."""
        found: dict[str, list[Span]] = {}
        text, keys, phrases = self.folded.text, self._searched.keys, self.rules.phrases
        for key in keys.intersection(phrases):
            for group, phrase, bare, other in phrases[key]:
                if other in keys and bare in text:
                    found.setdefault(group, []).extend(occurrences(phrase, text))
        return found

    @cached_property
    def _chains(self) -> dict[str, dict[int, None]]:
        """The other cues that can stand in the text, by group: only they are looked for."""
        found: dict[str, dict[int, None]] = {}
        text, keys, chains = self.folded.text, self._searched.keys, self.rules.chains
        for key in keys.intersection(chains):
            for group, number, bare, other in chains[key]:
                if other in keys and bare in text:
                    found.setdefault(group, {})[number] = None
        return found

    def places(self, group: str) -> list[Span]:
        """Every place of the group's cues, in order."""
        return self._places(group)[1]

    def _places(self, group: str) -> tuple[list[int], list[Span]]:
        known = self._found.get(group)
        if known is None:
            spans = self._phrases.get(group, [])
            for number in self._chains.get(group, ()):
                spans += self.rules.groups[group][number].find(self._searched)
            spans.sort()
            known = self._found[group] = ([start for start, _ in spans], spans)
        return known

    def present(self, *sections: str) -> tuple[str, ...]:
        """The names for which any group of the sections (which share their names) stands in the text."""
        known = self._present.get(sections)
        if known is None:
            names = dict.fromkeys(name for section in sections for name in self.rules.of(section))
            groups = ((name, f"{section}.{name}") for section in sections for name in names)
            stand = {name for name, group in groups if self.places(group)}
            known = tuple(name for name in names if name in stand)
            self._present[sections] = known
        return known

    def first(self, group: str, start: int, end: int) -> Span | None:
        """The first place of the group that lies within `start:end`, or None."""
        starts, spans = self._found.get(group) or self._places(group)
        if not spans:
            return None
        for at in range(bisect_left(starts, start), len(spans)):
            if spans[at][0] >= end:
                return None
            if spans[at][1] <= end:
                return spans[at]
        return None

    def all(self, group: str, start: int, end: int) -> list[Span]:
        """Every place of the group within `start:end`."""
        starts, spans = self._found.get(group) or self._places(group)
        if not spans:
            return []
        first = bisect_left(starts, start)
        last = bisect_left(starts, end, lo=first)
        return [span for span in spans[first:last] if span[1] <= end]

    def last(self, group: str, start: int, end: int) -> Span | None:
        """The last place of the group within `start:end`, or None."""
        found = self.all(group, start, end)
        return found[-1] if found else None
