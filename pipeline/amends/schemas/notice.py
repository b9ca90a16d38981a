"""The mail as received, and what speaks for its being Amazon's."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from amends.schemas.base import Frozen
from amends.vocabulary import AuthenticityVerdict


class Span(Frozen):
    """A verbatim piece of a text: `text[start:end] == quote`, offsets in characters."""

    quote: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Sign(Frozen):
    """One thing seen that speaks for or against the mail being Amazon's."""

    id: str
    speaks: AuthenticityVerdict
    detail: str
    quote: str | None = None


class Authenticity(Frozen):
    """A careful word on who sent the mail, with the signs it rests on and what to do about it."""

    verdict: AuthenticityVerdict = "unknown"
    signs: tuple[Sign, ...] = ()
    advice: str = ""


class Link(Frozen):
    """A hyperlink of an HTML mail: the text shown and the address behind it."""

    text: str
    href: str


class Notice(Frozen):
    """The mail as received. `text` is kept verbatim; every offset in a case refers to it."""

    text: str
    subject: str | None = None
    sender: str | None = None
    reply_to: str | None = None
    received: datetime | None = None
    marketplace: str | None = Field(None, description="Store domain, such as amazon.com or amazon.de")
    language: str = Field("en", description="ISO 639-1 code")
    links: tuple[Link, ...] = ()
    attachments: tuple[str, ...] = ()
    earlier_from: int | None = Field(
        None, ge=0, description="Offset in `text` from which Amazon's earlier mails of the same thread follow"
    )
    headers: dict[str, str] = Field(default_factory=dict, description="Return-Path, Authentication-Results …")
    authenticity: Authenticity = Authenticity()
