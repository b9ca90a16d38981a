"""Text of a PDF."""

from __future__ import annotations

import io
import logging
import struct
import zlib
from typing import TYPE_CHECKING

from amends.errors import NoticeError
from amends.read.limits import PDF_PAGES_AT_MOST, refuse_long_text
from amends.read.mail import Head, Mail
from amends.read.plain import respaced, tidy
from amends.schemas import Link

if TYPE_CHECKING:
    from pypdf import PageObject

#: What pypdf was seen to raise on damaged files, besides its own errors.
_DAMAGE = (ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, NotImplementedError, OSError)
_DAMAGE_TOO = (RecursionError, TypeError, ValueError, struct.error, zlib.error, EOFError)


def pdf(data: bytes) -> Mail:
    """Return the text layer of the PDF in `data` and its links.

    Raises:
        NoticeError: damaged, encrypted, without text (a scan), or of more than `PDF_PAGES_AT_MOST` pages.
    """
    from pypdf.errors import PyPdfError

    try:
        return _read(data)
    except (PyPdfError, *_DAMAGE, *_DAMAGE_TOO) as error:
        raise NoticeError(
            f"The PDF cannot be read: {error or type(error).__name__}.",
            hint="Open it in a PDF reader, copy the text, and give that as a .txt file.",
        ) from error


def _read(data: bytes) -> Mail:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise NoticeError("The PDF is protected by a password.", hint="Save a copy without password.")
    count = len(reader.pages)
    if count > PDF_PAGES_AT_MOST:
        raise NoticeError(
            f"The PDF has {count} pages; the limit is {PDF_PAGES_AT_MOST}.", hint="Give only the pages of the notice."
        )
    text = "\n".join(page.extract_text() for page in reader.pages)
    refuse_long_text(len(text))
    if not text.strip():
        raise NoticeError(
            "The PDF holds no text: it is probably a scan or a screenshot.",
            hint="Copy the text from Seller Central or from the mail, or run text recognition (OCR) first.",
        )
    links = tuple(link for page in reader.pages for link in _links(page))
    return Mail(Head(), respaced(tidy(text)), links)


def _links(page: PageObject) -> list[Link]:
    found = []
    for reference in page.annotations or ():
        action = reference.get_object().get("/A")
        address = action.get_object().get("/URI") if action is not None else None
        if address:
            found.append(Link(text="", href=tidy(str(address))))
    return found
