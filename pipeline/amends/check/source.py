"""Where a letter comes from: a text or Markdown file, a Word file, or stdin."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from amends.errors import InputError, NoticeError

STDIN = "-"
#: A letter has a page or two; more than this is a wrong file.
MOST_CHARS = 200_000
_HEAD = 4096
_HINT = "Give the letter as .txt, .md or .docx, or paste it to stdin (-)."


@dataclass(frozen=True, slots=True)
class Source:
    """A letter as given: `name` is what messages call it; `path` is None for stdin; lines of a Word file are paragraphs.

    `editable`: corrections can be written back to `path`.
    """

    name: str
    text: str
    path: Path | None = None
    editable: bool = False
    word: bool = False


def load(name: str) -> Source:
    """Return the letter in the file `name`, or from stdin for `-`.

    Raises:
        InputError: it cannot be read, is no text or Word file, is empty, or is far too long for a letter.
    """
    path = None if name == STDIN else Path(name)
    source = from_bytes("stdin" if path is None else name, _bytes(path), path)
    if not source.text.strip():
        raise InputError(f"{source.name} holds no text.", hint=_HINT)
    if len(source.text) > MOST_CHARS:
        raise InputError(f"{source.name} has {len(source.text):,} characters; a letter has a page or two.", hint=_HINT)
    return source


def from_bytes(name: str, data: bytes, path: Path | None = None) -> Source:
    """Return the letter in `data`. Raises InputError for anything but text and Word files."""
    if data.startswith(b"PK\x03\x04"):
        from amends.check import word

        text = word.text_of(word.lines_of(word.opened(name, data)))
        return Source(name, text, path, editable=path is not None, word=True)
    from amends.read.encoding import decode
    from amends.read.sniff import kind_of

    try:
        kind = kind_of(data, name)
        text = decode(data, where=name)
    except NoticeError as error:
        raise InputError(
            f"{name} cannot be read as a letter: {error.message.replace('The notice is', 'it is')}", hint=_HINT
        ) from None
    if kind != "text" and not (kind == "mail" and b"mime-version" not in data[:_HEAD].lower()):
        raise InputError(f"{name} is {'an HTML' if kind == 'html' else f'a {kind}'} file, not a letter.", hint=_HINT)
    return Source(name, text, path, editable=path is not None and _is_utf8(data))


def _bytes(path: Path | None) -> bytes:
    if path is None:
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror or error}.", hint="Check the path.") from None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
