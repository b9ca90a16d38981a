"""How much is read: a notice is a page or two, so more than this is a wrong file."""

from __future__ import annotations

from amends.errors import NoticeError

#: Bytes of text, before and after decoding.
TEXT_AT_MOST = 5_000_000
#: Bytes of a file that may carry attachments or images (mail, Outlook, PDF).
FILE_AT_MOST = 40_000_000
PDF_PAGES_AT_MOST = 60


def refuse_long_text(size: int) -> None:
    """Let `size` bytes or characters of text pass.

    Raises:
        NoticeError: it is more than `TEXT_AT_MOST`.
    """
    if size > TEXT_AT_MOST:
        raise _too_big(size, TEXT_AT_MOST, "of text")


def refuse_big_file(size: int) -> None:
    """Let a file of `size` bytes pass.

    Raises:
        NoticeError: it is more than `FILE_AT_MOST`.
    """
    if size > FILE_AT_MOST:
        raise _too_big(size, FILE_AT_MOST, "in all")


def _too_big(size: int, limit: int, what: str) -> NoticeError:
    return NoticeError(
        f"The notice has {size / 1e6:.1f} MB {what}; the limit is {limit / 1e6:.0f} MB.",
        hint="Give only the mail from Amazon, without long threads or attachments.",
    )
