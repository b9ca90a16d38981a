"""The rules of reading as data: `prompts/notice.v1.yaml` and `prompts/causes.v1.yaml`, loaded once, cues ready to use.

A group of cues has a name like `stage.off` or `strong.trademark`. `Reading` holds one folded text and finds the places
of a group in it once, whichever sentence asks first.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache

from amends.data import load_yaml
from amends.extract.cues import Cue, Part, Searched, Span, expand, occurrences
from amends.extract.folding import Folded
from amends.vocabulary import Cause

#: The languages with rules of their own; any other is read by the English ones.
LANGUAGES: tuple[str, ...] = ("en", "zh", "de", "ja", "fr", "it", "es")


@dataclass(frozen=True)
class Rules:
    """All cues for one language (the English ones are always among them) by group; which of them a key points to; the
    names of the groups by section; and the policies of each cause.
    """

    groups: dict[str, tuple[Cue, ...]]
    index: dict[str, tuple[tuple[str, Cue], ...]]
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
    return Rules(
        groups=groups,
        index=_index(groups),
        names={section: tuple(below) for section, below in names.items()},
        policies={cause: tuple(node.get("policies", ())) for cause, node in causes.items()},
    )


def _index(groups: dict[str, tuple[Cue, ...]]) -> dict[str, tuple[tuple[str, Cue], ...]]:
    pointed: dict[str, list[tuple[str, Cue]]] = {}
    for group, cues in groups.items():
        for cue in cues:
            for key in set(cue.keys()):
                pointed.setdefault(key, []).append((group, cue))
    return {key: tuple(found) for key, found in pointed.items()}


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
    def _possible(self) -> dict[str, dict[Cue, None]]:
        """The cues that can stand in the text, by group: only they are looked for."""
        possible: dict[str, dict[Cue, None]] = {}
        index = self.rules.index
        for key in self._searched.keys:
            for group, cue in index.get(key, ()):
                possible.setdefault(group, {})[cue] = None
        return possible

    def places(self, group: str) -> list[Span]:
        """Every place of the group's cues, in order."""
        return self._places(group)[1]

    def _places(self, group: str) -> tuple[list[int], list[Span]]:
        known = self._found.get(group)
        if known is None:
            spans: list[Span] = []
            text, keys = self.folded.text, self._searched.keys
            for cue in self._possible.get(group, ()):
                if cue.plain is None:
                    spans += cue.find(self._searched)
                elif cue.plain[2] in keys and cue.plain[1] in text:
                    spans += occurrences(cue.plain[0], text)
            spans.sort()
            known = self._found[group] = ([start for start, _ in spans], spans)
        return known

    def present(self, *sections: str) -> tuple[str, ...]:
        """The names for which any group of the sections (which share their names) stands in the text."""
        known = self._present.get(sections)
        if known is None:
            names = dict.fromkeys(name for section in sections for name in self.rules.of(section))
            pairs = ((name, f"{section}.{name}") for section in sections for name in names)
            stand = {name for name, group in pairs if group in self._possible and self.places(group)}
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
