"""Grammar of letters, no sentence checked twice: the engine's answers are kept by sentence for as long as the process runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from amends.errors import GrammarUnavailable
from amends.schemas import GrammarFault, GrammarReport, Letter
from amends.vocabulary import SectionKey

if TYPE_CHECKING:
    from amends.grammar import GrammarEngine


class GrammarMemo:
    """Checks letters with one engine, which it does not close. Safe for several threads. No engine: not checked, and why.

    `protected` are words of a case that no correction may touch; names, ids and files of the letter itself are added.
    """

    def __init__(
        self, engine: GrammarEngine | None, protected: Sequence[str] = (), *, reason: str = "it was switched off."
    ) -> None:
        self._engine = engine
        self._protected = tuple(protected)
        self._reason = reason
        self._known: dict[tuple[str, str], tuple[GrammarFault, ...]] = {}
        self.asked = 0

    def report(self, letter: Letter) -> GrammarReport:
        """Return what the engine sees in the letter; gaps are not checked."""
        if self._engine is None:
            return GrammarReport(reason=self._reason)
        from amends.grammar import count_words

        told = [(section.key, s.text) for section in letter.sections for s in section.sentences if not s.gap]
        if not told:
            return GrammarReport(engine=self._engine.name, reason="the letter has no finished sentence.")
        try:
            self._learn([text for _, text in told], letter, self._engine)
        except GrammarUnavailable as error:
            return own_only(told, letter.language, str(error))
        faults = tuple(f.with_(section=key) for key, text in told for f in self._known[letter.language, text])
        return GrammarReport(
            checked=True, engine=self._engine.name, words=sum(count_words(text) for _, text in told), faults=faults
        )

    def _learn(self, texts: Sequence[str], letter: Letter, engine: GrammarEngine) -> None:
        from amends.grammar import check_texts

        new = [t for t in dict.fromkeys(texts) if (letter.language, t) not in self._known]
        if not new:
            return
        self.asked += len(new)
        found = check_texts(new, letter.language, (*self._protected, *names_in(texts)), engine)
        self._known.update({(letter.language, text): faults for text, faults in zip(new, found, strict=True)})


def own_only(told: Sequence[tuple[SectionKey, str]], language: str, why: str) -> GrammarReport:
    """Return what our own few rules see where the engine cannot be used: grammar then stays "not checked"."""
    from amends.grammar.own import ENGINE, own_faults

    faults = tuple(f.with_(section=key) for key, text in told for f in own_faults(text, language))
    return GrammarReport(engine=ENGINE, reason=f"{why} ({ENGINE})", faults=faults)


def names_in(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the names, ids and files that these texts hold."""
    from amends.verify.atoms import atoms

    return tuple(dict.fromkeys(a.text for text in texts for a in atoms(text) if a.kind in ("name", "id", "document")))
