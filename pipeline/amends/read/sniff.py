"""What a file is, by its content; the file's name only tips the balance."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal

from amends.errors import NoticeError

Kind = Literal["mail", "html", "text", "pdf", "msg"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"BM", "a bitmap image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"RIFF", "an image or sound file (RIFF)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"{\\rtf", "an RTF document"),
)
_IN_ZIP = (
    (b"word/", "a Word document (.docx)"),
    (b"xl/", "an Excel workbook (.xlsx)"),
    (b"ppt/", "a slide show (.pptx)"),
)
_IMAGE_HINT = "Copy the text of the notice from Seller Central or from the mail; a picture cannot be read."
_DOCUMENT_HINT = "Save it as PDF or plain text, or paste the text of the notice."
_HEADER = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{1,60}):(?:[ \t]|\r?$)", re.M)
_OF_MAIL = frozenset(
    {b"mime-version", b"content-type", b"received", b"message-id", b"return-path", b"delivered-to", b"dkim-signature"}
    | {b"x-received", b"authentication-results", b"arc-seal", b"content-transfer-encoding", b"x-mozilla-status"}
)
_USUAL = frozenset({b"from", b"to", b"subject", b"date", b"sender", b"reply-to", b"cc"})
_HTML_START = re.compile(
    rb"^\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta)\b", re.I | re.S
)
_HTML_TAGS = re.compile(rb"</?(?:p|div|td|tr|table|span|li|ul|ol|br|a|b|strong|h[1-6]|body|html)\b[^>]{0,500}>", re.I)
_SAMPLE = 65_536


def kind_of(data: bytes, name: str) -> Kind:
    """Return what `data` is.

    Raises:
        NoticeError: an image, archive, program or other binary file.
    """
    head = data[:_SAMPLE]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_OLE):
        return "msg"
    _refuse_binary(head)
    if is_mail(head):
        return "mail"
    return "html" if _is_html(head, PurePath(name).suffix.lower()) else "text"


def is_mail(head: bytes) -> bool:
    """True if `head` begins with the header fields of a mail, not merely with lines that a person pasted."""
    end = re.search(rb"\r?\n[ \t]*\r?\n|\r\r", head)
    fields = [f.lower() for f in _HEADER.findall(head[: end.start()] if end else head[:4096])]
    first = head.split(b"\n", 1)[0]
    if not (_HEADER.match(first.rstrip()) or first.startswith(b"From ")):
        return False
    if any(f in _OF_MAIL for f in fields[:60]):
        return True
    return end is not None and b"from" in fields and len(_USUAL.intersection(fields)) >= 3


def _is_html(head: bytes, suffix: str) -> bool:
    if _HTML_START.match(head.replace(b"\0", b"")):
        return True
    found = len(_HTML_TAGS.findall(head.replace(b"\0", b"")))
    return found >= (1 if suffix in (".html", ".htm", ".xhtml") else 6)


def _refuse_binary(head: bytes) -> None:
    what = _binary_kind(head)
    if what:
        hint = _IMAGE_HINT if "image" in what else _DOCUMENT_HINT
        raise NoticeError(f"The notice is {what}, not a mail or a text.", hint=hint)


def _binary_kind(head: bytes) -> str | None:
    if head.startswith(b"PK\x03\x04"):
        return next((what for mark, what in _IN_ZIP if mark in head), "a zip archive")
    if head[4:8] == b"ftyp":
        return "a HEIC image or a film"
    for magic, what in _MAGIC:
        if head.startswith(magic) and (len(magic) > 2 or _has_controls(head)):
            return what
    return "a binary file" if _has_controls(head) else None


def _has_controls(head: bytes) -> bool:
    """True if more than a few bytes are control codes that no text has; UTF-16 and UTF-32 are excepted."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or head[:4] == b"\0\0\xfe\xff":
        return False
    zeros_even, zeros_odd = head[::2].count(0), head[1::2].count(0)
    if max(zeros_even, zeros_odd) > 0.2 * len(head) and min(zeros_even, zeros_odd) < 0.1 * max(zeros_even, zeros_odd):
        return False
    controls = len(head) - len(head.translate(None, bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32))))
    return controls > max(1, 0.01 * len(head))
