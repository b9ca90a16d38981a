"""What a mail is to this stage: the same for MIME, Outlook and pasted text."""

from __future__ import annotations

from typing import NamedTuple

from amends.schemas import Link


class Printed(NamedTuple):
    """A date as a mail program printed it: with its offset, or without (`aware` is False)."""

    year: int
    month: int
    day: int
    hour: int = 0
    minute: int = 0
    second: int = 0
    offset_minutes: int | None = None


class Head(NamedTuple):
    """The lines above a mail, decoded. `others` are kept as they are (Return-Path, Authentication-Results …)."""

    sender: str | None = None
    subject: str | None = None
    date: Printed | None = None
    reply_to: str | None = None
    others: tuple[tuple[str, str], ...] = ()


class Mail(NamedTuple):
    """One mail with its readable text, what hangs on it, and the mails forwarded within it as attachments."""

    head: Head
    text: str
    links: tuple[Link, ...] = ()
    attachments: tuple[str, ...] = ()
    inner: tuple[Mail, ...] = ()
