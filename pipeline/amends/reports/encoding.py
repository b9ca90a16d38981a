"""A report's bytes as UTF-8 with one kind of line end: the file itself where it is so already, else a streamed copy."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from amends.errors import InputError
from amends.reports.headers import folded, known_headers

_CHUNK = 4 << 20
_SAMPLE = 1 << 18
_USUAL_LATIN = frozenset("äöüßÄÖÜéèêëàâçùûîïôœÉÈÀÇñáíóúÑ¿¡ìòåøæÅØÆãõ’‘“”–—•…€£®™©°§\xa0«»´`²³½ºª×")
_BINARY = (
    (b"PK\x03\x04", "a workbook or an archive"),
    (b"\x1f\x8b", "a compressed file"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old workbook"),
)


@dataclass(frozen=True)
class Scan:
    """One look at all bytes: is it UTF-8, are the line ends mixed, and the lines that are not ASCII."""

    utf8: bool
    mixed_ends: bool
    beyond_ascii: bytes


def as_utf8(path: Path, folder: Path) -> tuple[Path, str]:
    """Return the path of a UTF-8 text of the report, in `folder` where a copy was needed, and the encoding found.

    Raises:
        InputError: unreadable, empty, a workbook or another binary file, or in no encoding that reports come in.
    """
    try:
        with path.open("rb") as file:
            head = file.read(8192)
        _refuse_binary(head, path)
        encoding = _by_mark(head)
        scan = _scan(path) if encoding in (None, "utf-8-sig") else None
    except OSError as error:
        raise InputError(f"Cannot read the report {path}: {error.strerror}.", hint="Check the path.") from error
    if scan is None:
        return _copied(path, folder, (encoding or "utf-16",)), encoding or "utf-16"
    if scan.utf8:
        name = encoding or "utf-8"
        return (_copied(path, folder, (name,)) if scan.mixed_ends else path), name
    candidates = _ranked(scan.beyond_ascii)
    return _copied(path, folder, candidates), candidates[0] if candidates else ""


def _refuse_binary(head: bytes, path: Path) -> None:
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise InputError(
            f"The report {path.name} is empty.", hint="Download it again; an empty report holds no figures."
        )
    for mark, what in _BINARY:
        if head.startswith(mark):
            raise InputError(
                f"{path.name} is {what}, not a text file.",
                hint="Unpack it, or save the sheet as CSV or tab-separated text.",
            )
    if b"\0" in head and _by_mark(head) is None:
        raise InputError(
            f"{path.name} is not a text file.", hint="Give the report as it was downloaded: text, CSV, JSON or XML."
        )


def _by_mark(head: bytes) -> str | None:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even + odd > len(head) * 0.2 and min(even, odd) <= max(even, odd) * 0.1:
        return "utf-16-be" if even > odd else "utf-16-le"
    return None


def _scan(path: Path) -> Scan:
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    utf8, sample, ends = True, bytearray(), _Ends()
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK):
            ends.see(chunk)
            if chunk.isascii() and not decoder.getstate()[0]:
                continue
            if len(sample) < _SAMPLE:
                beyond = b"\n".join(line for line in chunk.splitlines() if not line.isascii())
                sample += beyond[: _SAMPLE - len(sample)]
            utf8 = utf8 and _decodes(decoder, chunk)
    return Scan(utf8 and not decoder.getstate()[0], ends.mixed, bytes(sample))


class _Ends:
    """Counts of line ends; the counting of `\\n` starts with the first `\\r`, which most files never have."""

    def __init__(self) -> None:
        self._feeds = self._returns = self._pairs = 0
        self._earlier_feeds, self._last = False, b""

    def see(self, chunk: bytes) -> None:
        returns = chunk.count(b"\r")
        if returns or self._returns:
            self._returns += returns
            self._feeds += chunk.count(b"\n")
            self._pairs += chunk.count(b"\r\n") + (self._last == b"\r" and chunk.startswith(b"\n"))
        else:
            self._earlier_feeds = self._earlier_feeds or b"\n" in chunk
        self._last = chunk[-1:]

    @property
    def mixed(self) -> bool:
        """Whether the file has more than one kind of line end."""
        if not self._returns:
            return False
        if not self._feeds and not self._earlier_feeds:
            return False
        return self._earlier_feeds or not self._returns == self._pairs == self._feeds


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        decoder.reset()
        return False
    return True


def _ranked(sample: bytes) -> tuple[str, ...]:
    """The encodings that reports are seen in, likeliest first; those that cannot be are left out."""
    scores = [(_score(_sampled(sample, name), name), name) for name in ("cp932", "gb18030", "cp1252")]
    likely = [name for score, name in sorted(scores, reverse=True) if score > 0.4]
    return (*likely, *(("latin-1",) if "cp1252" in likely else ()))


def _sampled(sample: bytes, encoding: str) -> str | None:
    """The sample's text; its last line may be cut off, so it is left out when there is more than one."""
    whole = sample[: sample.rfind(b"\n")] if len(sample) >= _SAMPLE and b"\n" in sample else sample
    try:
        return whole.decode(encoding)
    except UnicodeDecodeError:
        return None


def _score(text: str | None, encoding: str) -> float:
    """The share of characters beyond ASCII that this encoding's users would write; above 1 for a known header."""
    if not text:
        return 0.0
    names = {folded(cell) for line in text.splitlines()[:5] for cell in re.split(r"[\t,;]", line) if not cell.isascii()}
    high = [(at, c) for at, c in enumerate(text) if c > "\x7f"]
    usual = {"cp932": _japanese, "gb18030": _chinese, "cp1252": _western}[encoding]
    return len(names & known_headers()) + sum(usual(text, at, c) for at, c in high) / max(1, len(high))


def _japanese(text: str, at: int, c: str) -> bool:
    return "\u3041" <= c <= "\u30ff" or (
        "\u4e00" <= c <= "\u9fff" and any("\u3041" <= k <= "\u30ff" for k in text[max(0, at - 40) : at + 40])
    )


def _chinese(text: str, at: int, c: str) -> bool:  # noqa: ARG001 - one signature for the three
    """The 3,755 frequent characters of GB 2312's first level, and full-width punctuation."""
    try:
        lead = c.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return 0xB0 <= lead <= 0xD7 or lead in (0xA1, 0xA3)


def _western(text: str, at: int, c: str) -> bool:
    return c in _USUAL_LATIN and not any(
        n > "\x7f" and n.isalpha() and n not in "äöüßéèàç" for n in text[max(0, at - 1) : at] + text[at + 1 : at + 2]
    )


def _copied(path: Path, folder: Path, encodings: tuple[str, ...]) -> Path:
    """A UTF-8 copy with `\\n` line ends; a lone carriage return inside such a text becomes a space."""
    target = folder / "report.txt"
    for encoding in encodings:
        try:
            with (
                path.open(encoding=encoding, newline="") as source,
                target.open("w", encoding="utf-8", newline="") as copy,
            ):
                held = ""
                while text := source.read(_CHUNK):
                    text, held = held + text, ""
                    if text.endswith("\r"):
                        text, held = text[:-1], "\r"
                    copy.write(_one_line_end(text))
            return target
        except UnicodeError:
            continue
    raise InputError(f"{path.name} is in an encoding that could not be recognised.", hint="Save it as UTF-8 text.")


def _one_line_end(text: str) -> str:
    text = text.replace("\r\n", "\n")
    return text.replace("\r", " " if "\n" in text else "\n")
