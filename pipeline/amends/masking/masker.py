"""The masker: stable tokens for what must not leave, one masker per case."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from amends.masking.addresses import addresses
from amends.masking.names import looks_like_part, names
from amends.masking.numbers import emails, phones, protected
from amends.masking.spans import Found, keep_apart

T = TypeVar("T")
_PARAGRAPH = "\n\n"
_TOKEN = re.compile(r"\[\[(EMAIL|PHONE|ADDRESS|NAME|LITERAL)_(\d+)\]\]")


class Masker:
    """Replaces buyers' names, e-mail addresses, phone numbers and postal addresses by tokens such as `[[EMAIL_1]]`.

    The same string gets the same token for the life of the masker. Names that a text introduces ("Buyer: …") are
    replaced wherever they occur afterwards; give the raw texts of the case as `sources` to learn them beforehand.
    What is in `keep` (the seller's own store or company) is never replaced. Masking is by known forms, so it is a
    careful net and no proof: an unusual form can pass. A bare run of digits with no word beside it that says "phone"
    is taken for an id, except for mobile numbers of mainland China.
    """

    def __init__(
        self,
        names: Iterable[str] = (),
        *,
        addresses: Iterable[str] = (),
        keep: Iterable[str] = (),
        sources: Iterable[str] = (),
    ) -> None:
        self._keep = frozenset(_plain(k) for k in keep)
        self._token_of: dict[tuple[str, str], str] = {}
        self._text_of: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self._seen: dict[str, tuple[Found, ...]] = {}
        self._pattern: re.Pattern[str] | None = None
        for name in names:
            self._learn_name(name)
        for address in addresses:
            self._know(address, "ADDRESS")
        for source in sources:
            for paragraph in source.split(_PARAGRAPH):
                self._learn(paragraph)

    def mask(self, text: str) -> str:
        """Return `text` with a token for each piece of personal data."""
        paragraphs = text.split(_PARAGRAPH)
        for paragraph in paragraphs:
            self._learn(paragraph)
        return _PARAGRAPH.join(self._mask(paragraph) for paragraph in paragraphs)

    def restore(self, text: str) -> str:
        """Return `text` with each known token replaced by what it stands for; unknown tokens stay."""
        return _TOKEN.sub(lambda token: self._text_of.get(token[0], token[0]), text)

    def restore_model(self, value: T) -> T:
        """Return `value` with every string in it restored: a pydantic model, or any nest of lists, tuples and dicts."""
        return cast("T", self._restored(value))

    def _restored(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.restore(value)
        if isinstance(value, BaseModel):
            return value.model_copy(update={k: self._restored(v) for k, v in value.__dict__.items()})
        if isinstance(value, dict):
            return {self._restored(k): self._restored(v) for k, v in value.items()}
        if isinstance(value, (list, tuple, set, frozenset)):
            return type(value)(self._restored(v) for v in value)
        return value

    def unrestored(self, text: str) -> tuple[str, ...]:
        """Return the tokens still in `text`, each once, in order: those not restored and those nobody issued."""
        return tuple(dict.fromkeys(match[0] for match in _TOKEN.finditer(text)))

    def _mask(self, paragraph: str) -> str:
        pieces, end = [], 0
        for found in self._spans(paragraph):
            pieces += [paragraph[end : found.start], self._token(found.kind, paragraph[found.start : found.end])]
            end = found.end
        return "".join([*pieces, paragraph[end:]])

    def _learn(self, paragraph: str) -> None:
        """Look through a paragraph once: the prompts of one case share most of theirs."""
        if paragraph in self._seen:
            return
        introduced, self._seen[paragraph] = detect(paragraph)
        for name in introduced:
            self._learn_name(name)

    def _learn_name(self, name: str) -> None:
        """Know the whole name and those of its parts that are no everyday words."""
        self._know(name, "NAME")
        for part in name.split():
            if part != name and looks_like_part(part):
                self._know(part, "NAME")

    def _know(self, text: str, kind: str) -> None:
        if (plain := text.strip()) and _plain(plain) not in self._keep and plain not in self._known:
            self._known[plain] = kind
            self._pattern = None

    def _spans(self, paragraph: str) -> list[Found]:
        spans = keep_apart([*self._seen[paragraph], *self._known_spans(paragraph)])
        return [f for f in spans if _plain(paragraph[f.start : f.end]) not in self._keep]

    def _known_spans(self, text: str) -> list[Found]:
        if not self._known:
            return []
        if self._pattern is None:
            longest_first = sorted(self._known, key=len, reverse=True)
            self._pattern = re.compile("|".join(_whole(known) for known in longest_first))
        return [Found(m.start(), m.end(), self._known[_same(m[0], self._known)]) for m in self._pattern.finditer(text)]

    def _token(self, kind: str, text: str) -> str:
        if (kind, text) not in self._token_of:
            number = 1 + sum(1 for other, _ in self._token_of if other == kind)
            self._token_of[kind, text] = f"[[{kind}_{number}]]"
            self._text_of[f"[[{kind}_{number}]]"] = text
        return self._token_of[kind, text]


def detect(paragraph: str) -> tuple[tuple[str, ...], tuple[Found, ...]]:
    """Return the names that `paragraph` introduces, and where its other personal data and its forged tokens are."""
    people = names(paragraph)
    places = [*emails(paragraph), *addresses(paragraph), *phones(paragraph)]
    guarded = protected(paragraph) if people or places else []
    forged = [Found(m.start(), m.end(), "LITERAL") for m in _TOKEN.finditer(paragraph)]
    introduced = tuple(paragraph[f.start : f.end] for f in people if not f.overlaps(guarded))
    return introduced, (*forged, *(f for f in places if not f.overlaps(guarded)))


def _whole(known: str) -> str:
    """Match `known` as whole words, its blanks as any blanks; Chinese has no word ends to look for."""
    body = r"\s+".join(re.escape(part) for part in known.split())
    before = r"(?<!\w)" if known[0].isascii() or known[0].isupper() else ""
    after = r"(?!\w)" if known[-1].isascii() or known[-1].islower() else ""
    return before + body + after


def _same(matched: str, known: dict[str, str]) -> str:
    return matched if matched in known else " ".join(matched.split())


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
