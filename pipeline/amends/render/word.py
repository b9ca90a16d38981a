"""The letter as a Word file that looks like a business letter."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import TYPE_CHECKING

from amends.dates import long_date
from amends.regex import regex
from amends.render.plain import enclosure_number, sections_with_enclosures, shown
from amends.schemas import Case, Letter, Section, Sentence

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_GAP = regex(r"(\[missing:[^\]]*\]?)")
#: What XML 1.0 cannot hold; such a character in a fact would make the file unreadable.
_NOT_XML = regex("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LETTER_PAPER = frozenset({"amazon.com", "amazon.ca", "amazon.com.mx"})


def docx(case: Case) -> bytes:
    """Return the letter as a .docx file; without a letter, one page that says so. Gaps are highlighted in yellow."""
    from docx import Document as new_document

    document = new_document()
    _lay_out(document, case)
    _name(document, case)
    if case.letter is None:
        document.add_paragraph("This case has no letter.")
    else:
        _head(document, case, case.letter)
        for section in sections_with_enclosures(case.letter):
            _section(document, case.letter, section)
        _sign(document, case.letter)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _lay_out(document: Document, case: Case) -> None:
    """Set paper (Letter in North America, else A4), margins, typeface and spacing."""
    from docx.shared import Cm, Inches, Pt, RGBColor

    page = document.sections[0]
    letter_paper = case.notice.marketplace in _LETTER_PAPER
    page.page_width, page.page_height = (Inches(8.5), Inches(11)) if letter_paper else (Cm(21), Cm(29.7))
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin, page.bottom_margin = Cm(2.2), Cm(2.0)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after = Pt(7)
    normal.paragraph_format.line_spacing = 1.12
    heading = document.styles["Heading 2"]
    heading.font.name, heading.font.size, heading.font.bold = "Calibri", Pt(12), True
    heading.font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(12), Pt(4)
    heading.paragraph_format.keep_with_next = True
    _unthemed(heading.element)
    for name in ("List Bullet", "List Number"):
        document.styles[name].paragraph_format.space_after = Pt(3)


def _unthemed(style: object) -> None:
    """Drop the theme's typeface from a heading style: it would win over the name set on it."""
    from docx.oxml.ns import qn

    for fonts in style.iter(qn("w:rFonts")):  # type: ignore[attr-defined]
        for attribute in [a for a in fonts.attrib if a.endswith("Theme")]:
            del fonts.attrib[attribute]


def _name(document: Document, case: Case) -> None:
    """Set the file's own properties, so that it names the seller and not the library that made it."""
    about = document.core_properties
    about.title = _clean(case.letter.subject if case.letter else "No reply needed")[:255]
    about.author = about.last_modified_by = _clean(case.seller.legal_name or "")[:255]
    about.comments = about.keywords = ""
    about.created = about.modified = datetime.combine(case.today, time())


def _head(document: Document, case: Case, letter: Letter) -> None:
    from docx.shared import Pt

    seller = case.seller
    token = f"Merchant token {seller.merchant_token}" if seller.merchant_token else None
    store = f"Store: {seller.store}" if seller.store else None
    for group in ((seller.legal_name, store, token), (long_date(case.today),), (letter.addressee,)):
        lines = [_clean(line) for line in group if line]
        if lines:
            document.add_paragraph("\n".join(lines)).paragraph_format.space_after = Pt(14)
    subject = document.add_paragraph()
    subject.add_run(_clean(letter.subject)).bold = True
    subject.paragraph_format.space_after = Pt(10)


def _section(document: Document, letter: Letter, section: Section) -> None:
    from docx.shared import Pt

    if section.title:
        document.add_heading(_clean(section.title), level=2)
    if section.key == "enclosures":
        for position, sentence in enumerate(section.sentences, 1):
            number = enclosure_number(letter, sentence, position)
            # Word's own numbering counts from 1; it is only right where the letter's numbers do so too.
            style = "List Number" if number == position else "List Bullet"
            prefix = "" if number in (position, None) else f"{number}. "
            _add(document.add_paragraph(prefix, style=style), sentence)
    elif section.bullets:
        for point in section.points:
            _add_all(document.add_paragraph(style="List Bullet"), point)
    else:
        paragraph = document.add_paragraph()
        if not section.title:
            paragraph.paragraph_format.space_before = Pt(10)
        _add_all(paragraph, section.sentences)


def _add_all(paragraph: Paragraph, sentences: tuple[Sentence, ...]) -> None:
    for position, sentence in enumerate(sentences):
        if position:
            paragraph.add_run(" ")
        _add(paragraph, sentence)


def _add(paragraph: Paragraph, sentence: Sentence) -> None:
    from docx.enum.text import WD_COLOR_INDEX

    for piece in _GAP.split(_clean(shown(sentence))):
        if piece:
            run = paragraph.add_run(piece)
            if piece.startswith("[missing:"):
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _sign(document: Document, letter: Letter) -> None:
    from docx.shared import Pt

    if not letter.signature:
        return
    paragraph = document.add_paragraph("\n".join(_clean(line) for line in letter.signature))
    paragraph.paragraph_format.space_before = Pt(18)
    paragraph.paragraph_format.keep_together = True
