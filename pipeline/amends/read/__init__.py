"""Read: from a mail, page, PDF or pasted text to the notice in it, with its text verbatim.

kind of file -> decoded parts -> Amazon's part of the thread -> language, store, date -> authenticity
"""

from __future__ import annotations

import codecs
from pathlib import Path

from amends.authenticity import judge
from amends.authenticity.domains import domains
from amends.errors import NoticeError
from amends.read.dates import aware
from amends.read.encoding import declared_in_html, decode
from amends.read.headerlines import opening_date
from amends.read.innermost import Found, innermost
from amends.read.language import language
from amends.read.limits import refuse_big_file, refuse_long_text
from amends.read.mail import Head, Mail
from amends.read.marketplace import marketplace, named_store
from amends.read.plain import respaced, tidy
from amends.read.sniff import kind_of
from amends.schemas import Notice

__all__ = ["read_bytes", "read_path", "read_text"]

_ANYWHERE = "UTC"


def read_path(path: Path) -> Notice:
    """Return the notice in the file `path`: .eml, .msg, .html, .txt or text PDF, told by content.

    Raises:
        NoticeError: the file cannot be opened, or `read_bytes` cannot use it.
    """
    try:
        if path.is_dir():
            raise NoticeError(f"{path} is a folder, not a notice.", hint="Name the file of the mail.")
        refuse_big_file(path.stat().st_size)
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise NoticeError(f"Cannot read {path}: {reason}.", hint="Check the name and the permission.") from error
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str = "stdin") -> Notice:
    """Return the notice in `data`; `name` only helps to tell HTML from text.

    Raises:
        NoticeError: empty, binary, too big, without readable text, or in an unknown encoding.
    """
    refuse_big_file(len(data))
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise _empty(name, "is empty" if not data else "holds nothing but blanks")
    data = _without_mark(data)
    kind = kind_of(data, name)
    if kind == "mail":
        from amends.read.mime import mail

        return _notice(mail(data), name)
    if kind == "pdf":
        from amends.read.pdf import pdf

        return _notice(pdf(data), name)
    if kind == "msg":
        from amends.read.outlook import outlook

        return _notice(outlook(data), name)
    refuse_long_text(len(data))
    return _notice(_page(data) if kind == "html" else _text(decode(data, where=name)), name)


def read_text(text: str) -> Notice:
    """Return the notice in pasted `text`; a pasted raw mail is read as a mail.

    Raises:
        NoticeError: as `read_bytes`.
    """
    refuse_long_text(len(text))
    return read_bytes(tidy(text).encode("utf-8"), "text")


def _without_mark(data: bytes) -> bytes:
    """Return UTF-16 and UTF-32 with a mark as UTF-8, so that header lines can be seen; UTF-8 without its mark."""
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:]
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        refuse_long_text(len(data) // 2)
        data = decode(data).encode("utf-8", "replace")
    return data.lstrip(b"\r\n")


def _page(data: bytes) -> Mail:
    from amends.read.markup import page

    shown = page(decode(data, declared_in_html(data), where="The page"))
    return Mail(Head(subject=shown.title), shown.text, shown.links)


def _text(text: str) -> Mail:
    return Mail(Head(), respaced(tidy(text)))


def _notice(mail: Mail, name: str) -> Notice:
    found = innermost(mail)
    if not found.text.strip():
        raise _no_text(mail, name)
    refuse_long_text(len(found.text))
    notice = _assembled(found)
    notice = notice.with_(authenticity=judge(notice))
    if notice.authenticity.verdict == "suspicious":
        return notice.with_(marketplace=named_store(notice.text, subject=notice.subject, sender=notice.sender))
    return notice


def _assembled(found: Found) -> Notice:
    head, text = found.head, found.text
    store = marketplace(text, subject=head.subject, sender=head.sender, links=[link.href for link in found.links])
    # A printed date without offset is taken as a day of the store: it is counted from as it is printed.
    zone = next((s.zone for s in domains().stores if s.domain == store), _ANYWHERE)
    return Notice(
        text=text,
        subject=head.subject,
        sender=head.sender,
        reply_to=head.reply_to,
        received=aware(date, zone) if (date := head.date or opening_date(text)) else None,
        marketplace=store,
        language=language(text),
        links=found.links,
        attachments=found.attachments,
        earlier_from=found.earlier_from,
        headers=dict(head.others),
    )


def _empty(name: str, what: str) -> NoticeError:
    return NoticeError(f"The notice ({name}) {what}.", hint="Give the whole mail from Amazon, as a file or as text.")


def _no_text(mail: Mail, name: str) -> NoticeError:
    names = [*mail.attachments, *(n for m in mail.inner for n in m.attachments)]
    if names:
        return NoticeError(
            f"The mail has no text of its own, only attachments: {', '.join(names)}.",
            hint="Save the attachment that holds the notice and give that file.",
        )
    return _empty(name, "holds no readable text")
