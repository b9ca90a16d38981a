"""MIME mail: the readable text of each part, the links behind it, the names of its attachments, forwarded mails."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value
from typing import NamedTuple

from amends.errors import NoticeError
from amends.read.dates import printed
from amends.read.encoding import declared_in_html, decode
from amends.read.limits import refuse_long_text
from amends.read.mail import Head, Mail
from amends.read.plain import tidy, unflowed
from amends.schemas import Link

_KEPT = ("Return-Path", "Authentication-Results", "ARC-Authentication-Results", "Received-SPF", "Message-ID", "To")
_DEEPEST = 30
_SPACE = re.compile(r"\s+")
#: Below this share of the HTML part's length the plain part is a stub ("please use an HTML reader").
_STUB = 0.4
_HEAD = 65_536
#: Bytes of text in a byte of base64, line ends counted.
_BASE64 = 0.72


class _Body(NamedTuple):
    """What one part contributes."""

    text: str = ""
    links: tuple[Link, ...] = ()
    attachments: tuple[str, ...] = ()
    inner: tuple[Mail, ...] = ()


def mail(data: bytes) -> Mail:
    """Return the mail in `data`.

    Raises:
        NoticeError: it is nested too deeply, its text is too long or in no known encoding.
    """
    if b"multipart/" not in data[:_HEAD].lower():
        refuse_long_text(int(len(data) * _BASE64))
    try:
        return _mail(message_from_bytes(data), 0)
    except RecursionError as error:
        raise _too_deep() from error


def head_of(message: Message) -> Head:
    """Return the decoded header fields of `message`."""
    others = tuple((name, value) for name in _KEPT if (value := _joined_fields(message, name)))
    date = _field(message, "Date") or _field(message, "Sent")
    return Head(
        sender=_field(message, "From"),
        subject=_field(message, "Subject"),
        date=printed(date) if date else None,
        reply_to=_field(message, "Reply-To"),
        others=others,
    )


def _mail(message: Message, depth: int) -> Mail:
    body = _body(message, depth)
    return Mail(head_of(message), body.text, body.links, body.attachments, body.inner)


def _body(part: Message, depth: int) -> _Body:
    if depth > _DEEPEST:
        raise _too_deep()
    kind = part.get_content_type()
    if kind == "message/rfc822" or (_file_name(part) or "").lower().endswith(".eml"):
        return _forwarded(part, depth)
    if part.is_multipart():
        return _multipart(part, kind, depth)
    name = _file_name(part)
    if kind not in ("text/plain", "text/html") or part.get_content_disposition() == "attachment":
        return _Body(attachments=(name or f"unnamed {kind}",)) if name or _bytes(part).strip() else _Body()
    return _html(part) if kind == "text/html" else _plain(part)


def _multipart(part: Message, kind: str, depth: int) -> _Body:
    payload = part.get_payload()
    children = [_body(c, depth + 1) for c in payload if isinstance(c, Message)] if isinstance(payload, list) else []
    if kind == "multipart/alternative":
        return _alternative(children)
    return _together(children)


def _alternative(children: list[_Body]) -> _Body:
    """Take the plain part, unless it is a stub; links and attachments of all parts count."""
    filled = [c for c in children if c.text.strip()]
    if not filled:
        return _together(children)
    longest = max(len(_SPACE.sub("", c.text)) for c in filled)
    chosen = next(c for c in filled if len(_SPACE.sub("", c.text)) >= _STUB * longest)
    return _together(children)._replace(text=chosen.text)


def _together(children: list[_Body]) -> _Body:
    return _Body(
        "\n\n".join(c.text for c in children if c.text.strip()),
        tuple(link for c in children for link in c.links),
        tuple(name for c in children for name in c.attachments),
        tuple(m for c in children for m in c.inner),
    )


def _forwarded(part: Message, depth: int) -> _Body:
    payload = part.get_payload()
    if isinstance(payload, list):
        found = [_mail(m, depth + 1) for m in payload if isinstance(m, Message)]
    else:
        found = [_mail(message_from_bytes(_bytes(part)), depth + 1)]
    return _Body(inner=tuple(found))


def _plain(part: Message) -> _Body:
    text = tidy(decode(_text_bytes(part), _parameter(part, "charset"), where="The mail's text"))
    if (_parameter(part, "format") or "").lower() == "flowed":
        text = unflowed(text, delete_space=(_parameter(part, "delsp") or "").lower() == "yes")
    return _Body(text)


def _html(part: Message) -> _Body:
    from amends.read.markup import page

    data = _text_bytes(part)
    shown = page(decode(data, _parameter(part, "charset") or declared_in_html(data), where="The mail's HTML"))
    return _Body(shown.text, shown.links)


def _text_bytes(part: Message) -> bytes:
    data = _bytes(part)
    refuse_long_text(len(data))
    return data


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _parameter(part: Message, name: str) -> str | None:
    value = part.get_param(name)
    if value is None:
        return None
    try:
        return collapse_rfc2231_value(value).strip()
    except (LookupError, ValueError, TypeError):
        return None


def _file_name(part: Message) -> str | None:
    try:
        name = part.get_filename()
    except (LookupError, ValueError, TypeError, AttributeError):
        return None
    return _decoded(name) if name else None


def _field(message: Message, name: str) -> str | None:
    values = _raw_values(message, name)
    return (_decoded(values[0]) or None) if values else None


def _joined_fields(message: Message, name: str) -> str:
    return "\n".join(_decoded(value) for value in _raw_values(message, name))


def _raw_values(message: Message, name: str) -> list[str]:
    """Return the values as they stand in the mail: `Message.get` would lose bytes above ASCII."""
    return [str(value) for key, value in message.raw_items() if key.lower() == name.lower()]


def _decoded(value: str) -> str:
    """Decode encoded words and raw bytes of a header on one line. A broken encoded word stays as written."""
    raw = value.encode("utf-8", "surrogateescape")
    if not raw.isascii():
        value = decode(raw, where="A header of the mail")
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        pieces = [(value, None)]
    text = "".join(p if isinstance(p, str) else _word(p, charset) for p, charset in pieces)
    return _SPACE.sub(" ", tidy(text)).strip()


def _word(piece: bytes, charset: str | None) -> str:
    return piece.decode("latin-1") if charset is None and piece.isascii() else decode(piece, charset, where="A header")


def _too_deep() -> NoticeError:
    return NoticeError(
        f"The mail has more than {_DEEPEST} mails or parts within each other.",
        hint="Save the notice itself as a mail of its own, or paste its text.",
    )
