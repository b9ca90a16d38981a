"""Outlook's .msg files."""

from __future__ import annotations

import struct
from datetime import datetime
from email.parser import HeaderParser
from typing import TYPE_CHECKING

from amends.errors import NoticeError
from amends.read.encoding import declared_in_html, decode
from amends.read.limits import refuse_long_text
from amends.read.mail import Head, Mail, Printed
from amends.read.markup import page
from amends.read.mime import head_of
from amends.read.plain import tidy
from amends.schemas import Link

if TYPE_CHECKING:
    from oxmsg import Message

_TRANSPORT_HEADERS, _HTML, _SUBMIT_TIME, _DELIVERY_TIME = 0x007D, 0x1013, 0x0039, 0x0E06
_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME = 0x3707, 0x3704, 0x3001
#: What the reader of the format raises on files that are damaged, or Office files of another kind.
_DAMAGE = (ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, OSError, RecursionError)
_DAMAGE_TOO = (EOFError, TypeError, ValueError, struct.error)


def outlook(data: bytes) -> Mail:
    """Return the mail saved by Outlook in `data`.

    Raises:
        NoticeError: an Office file of another kind, or damaged.
    """
    from oxmsg import Message

    try:
        _refuse_false_sizes(data)
        message = Message.load(data)
        return Mail(_head(message), *_body(message), attachments=_attachments(message))
    except (*_DAMAGE, *_DAMAGE_TOO) as error:
        raise NoticeError(
            "This is an Office or Outlook file (OLE) that holds no readable mail.",
            hint="In Outlook, save the mail as .msg, .html or text. A .doc, .xls or .ppt file cannot be read.",
        ) from error


def _refuse_false_sizes(data: bytes) -> None:
    """Raise ValueError if a stream says that it is longer than the file: reading it would take minutes."""
    from olefile import OleFileIO

    with OleFileIO(data) as container:
        if any(entry is not None and entry.size > len(data) for entry in container.direntries):
            raise ValueError("a stream is longer than the file")


def _head(message: Message) -> Head:
    head = Head()
    transport = message.properties.str_prop_value(_TRANSPORT_HEADERS)
    if transport:
        head = head_of(HeaderParser().parsestr(tidy(transport).lstrip()))
    sent = message.properties.date_prop_value(_SUBMIT_TIME) or message.properties.date_prop_value(_DELIVERY_TIME)
    return head._replace(
        sender=head.sender or tidy(message.sender or "") or None,
        subject=head.subject or tidy(message.subject) or None,
        date=head.date or (_printed(sent) if sent else None),
    )


def _printed(moment: datetime) -> Printed:
    """Outlook stores moments in UTC."""
    return Printed(*moment.timetuple()[:6], offset_minutes=0)


def _body(message: Message) -> tuple[str, tuple[Link, ...]]:
    raw = message.properties.binary_prop_value(_HTML)
    html = decode(raw, declared_in_html(raw), where="The mail's HTML") if raw else message.html_body
    plain = tidy(message.body or "")
    refuse_long_text(max(len(plain), len(html or "")))
    shown = page(html) if html else None
    if shown and not plain.strip():
        return shown.text, shown.links
    return plain, shown.links if shown else ()


def _attachments(message: Message) -> tuple[str, ...]:
    found = []
    for attachment in message.attachments:
        names = (attachment.properties.str_prop_value(p) for p in (_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME))
        found.append(tidy(next((n for n in names if n), "unnamed attachment")))
    return tuple(found)
