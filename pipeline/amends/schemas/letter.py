"""The reply: sentences with their facts, sections, enclosures."""

from __future__ import annotations

from pydantic import Field

from amends.schemas.base import Frozen
from amends.vocabulary import AnswerKind, Cause, Role, SectionKey


class Sentence(Frozen):
    """One sentence and the facts it rests on. A gap is a visible hole: `[missing: …]`, never to be sent."""

    text: str
    fact_ids: tuple[str, ...] = ()
    role: Role = "frame"
    gap: bool = False
    continues: bool = Field(False, description="In a list: belongs to the point of the sentence before")


class Section(Frozen):
    """A part of the letter. `written_by` is `composer` or a model's name."""

    key: SectionKey
    title: str = ""
    cause: Cause | None = None
    bullets: bool = False
    sentences: tuple[Sentence, ...] = ()
    written_by: str = "composer"

    @property
    def points(self) -> tuple[tuple[Sentence, ...], ...]:
        """The sentences grouped into list points; one group with all of them when the section is no list."""
        if not self.bullets:
            return (self.sentences,) if self.sentences else ()
        groups: list[tuple[Sentence, ...]] = []
        for sentence in self.sentences:
            if sentence.continues and groups:
                groups[-1] += (sentence,)
            else:
                groups.append((sentence,))
        return tuple(groups)

    @property
    def text(self) -> str:
        """The section's body as plain text, without its title."""
        mark = "- " if self.bullets else ""
        return "\n".join(mark + " ".join(s.text for s in point) for point in self.points)


class Enclosure(Frozen):
    """A document that the seller has and the letter names."""

    number: int
    document: str
    file: str | None = None
    proves: str | None = None
    fact_id: str


class Letter(Frozen):
    """The reply: a subject line, sections in order, and the signature block."""

    kind: AnswerKind
    subject: str
    addressee: str
    sections: tuple[Section, ...]
    enclosures: tuple[Enclosure, ...] = ()
    signature: tuple[str, ...] = ()
    language: str = "en"

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, in reading order."""
        return tuple(s for section in self.sections for s in section.sentences)

    @property
    def gaps(self) -> tuple[Sentence, ...]:
        """The sentences that still wait for a fact."""
        return tuple(s for s in self.sentences if s.gap)
