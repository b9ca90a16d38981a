"""Word files as letters: a paragraph a line for reading, and changes of that text made in the runs they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from amends.errors import InputError

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_HINT = "Give the letter as .txt, .md or .docx, or paste it to stdin (-)."
_MOST_WORDS_OF_HEADING = 8
_PIECES = "w:br | w:cr | w:noBreakHyphen | w:ptab | w:t | w:tab"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text; `paragraph` None for the row of a table. `before` counts the marks put before its words."""

    text: str
    paragraph: Paragraph | None = None
    before: int = 0


def opened(name: str, data: bytes) -> Document:
    """Return the Word file in `data`. Raises InputError if it cannot be opened."""
    from zipfile import BadZipFile

    from docx import Document
    from docx.opc.exceptions import OpcError

    try:
        return Document(BytesIO(data))
    except (OpcError, BadZipFile, KeyError, ValueError, OSError) as error:
        raise InputError(f"{name} is no Word file that can be opened ({error}).", hint=_HINT) from None


def saved(document: Document) -> bytes:
    """Return the file."""
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def text_of(lines: Sequence[Line]) -> str:
    """Return the letter as text."""
    return "\n".join(line.text for line in lines)


def lines_of(document: Any) -> tuple[Line, ...]:
    """Return the file as lines: headings get a `#`, list points a `-`, the cells of a row are joined."""
    return tuple(_lines(document))


def _lines(document: Any) -> Iterator[Line]:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = dict.fromkeys(cell.text.strip() for cell in row.cells if cell.text.strip())
                yield Line("- " + "; ".join(cells))
            continue
        words = block.text.replace("\n", " ").strip()
        mark = _mark(block) if words else ""
        yield Line(mark + words, block, len(mark))


def _mark(paragraph: Any) -> str:
    style = (paragraph.style.name or "").lower()
    properties = paragraph._p.pPr
    bold = bool(paragraph.runs) and all(run.bold for run in paragraph.runs if run.text.strip())
    few = len(paragraph.text.split()) <= _MOST_WORDS_OF_HEADING
    if style.startswith(("heading", "title", "überschrift", "标题")) or (bold and few):
        return "\n# "
    return "- " if "list" in style or (properties is not None and properties.numPr is not None) else ""


def change(lines: Sequence[Line], start: int, end: int, after: str) -> bool:
    """Write `after` for `start`:`end` of the text of `lines` into the file. False, and nothing is changed, where that

    range is no text of one paragraph: a row of a table, a line break, a mark of ours. What follows it stays as it was,
    so make several changes from the last to the first. The new words get the form of the first character they replace.
    """
    begins = 0
    for line in lines:
        ends = begins + len(line.text)
        if begins <= start < end <= ends:
            return line.paragraph is not None and _write(line, start - begins, end - begins, after)
        begins = ends + 1
    return False


def _write(line: Line, start: int, end: int, after: str) -> bool:
    assert line.paragraph is not None
    spots = list(_characters(line.paragraph))
    raw = line.paragraph.text
    if start < line.before or len(spots) != len(raw):
        return False
    shift = len(raw) - len(raw.lstrip()) - line.before
    touched = spots[start + shift : end + shift]
    if any(element is None for element, _ in touched):
        return False
    _replace([(element, index) for element, index in touched if element is not None], after)
    return True


def _characters(paragraph: Paragraph) -> Iterator[tuple[Any | None, int]]:
    """Each character of the paragraph's text as (text element, index in it); no element for breaks and tabs."""
    for part in paragraph.iter_inner_content():
        runs: Any = getattr(part, "runs", (part,))  # a link holds runs of its own
        for run in runs:
            for piece in run._r.xpath(_PIECES):
                own = piece if piece.tag.endswith("}t") else None
                yield from ((own, index) for index in range(len(str(piece))))


def _replace(touched: Sequence[tuple[Any, int]], after: str) -> None:
    first, at = touched[0]
    for element in dict.fromkeys(element for element, _ in touched):
        gone = {index for other, index in touched if other is element}
        kept = [letter for index, letter in enumerate(element.text or "") if index not in gone]
        if element is first:
            kept.insert(at, after)
        element.text = "".join(kept)
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
