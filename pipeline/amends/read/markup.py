"""HTML to text: what a reader sees, with line breaks where blocks end, and the links behind it."""

from __future__ import annotations

import re
from typing import NamedTuple

from amends.read.plain import tidy, trimmed
from amends.schemas import Link

_DROPPED = frozenset({"script", "style", "template", "noscript", "title", "select", "textarea", "svg", "object"})
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "pre", "blockquote", "table", "hr"})
_LINES = frozenset(
    {"div", "tr", "li", "dt", "dd", "section", "article", "header", "footer", "main", "aside", "nav", "address"}
    | {"center", "caption", "form", "fieldset", "figure"}
)
_BLOCKS = _PARAGRAPHS | _LINES
_CELLS = frozenset({"td", "th"})
_HIDDEN_STYLE = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|(?<![\w-])opacity:0(?:\.0+)?(?:;|!|$)"
    r"|(?<![\w-])max-height:0(?:px)?(?=;|!|$).*overflow:hidden|overflow:hidden.*(?<![\w-])max-height:0(?:px)?(?:;|!|$)"
)
_NO_SIZE = re.compile(r"(?<![\w-])font-size:0(?:\.0+)?(?:px|pt|em|rem|%)?(?:;|!|$)")
_SIZE = re.compile(r"(?<![\w-])font(?:-size)?:")
_BLANKS = re.compile(r"[ \t\r\n\f\xa0\u2007\u202f]+")
_SPACES = re.compile(r" {2,}")
_COLUMN_GAP = re.compile(r" {2,}")
_LONE_MARK = re.compile(r"^(-|\d{1,4}\.)\n+(?=[^\n-])", re.M)
_CELL_AT_MOST = 400
_LINKS_AT_MOST = 2000
_NESTED_AT_MOST = 30
#: Where a block begins or ends. Such breaks merge, `<br>` adds up. Never in the input: `tidy` removes controls.
_LINE_BREAK, _PARAGRAPH_BREAK = "\x1e", "\x1d"
_BREAKS = re.compile(r" ?[\n\x1d\x1e][\n\x1d\x1e ]*")
_SHOWN, _SIZELESS, _HIDDEN = range(3)


class Page(NamedTuple):
    """The text of a page, its links in order, and its title."""

    text: str
    links: tuple[Link, ...]
    title: str | None


def page(html: str) -> Page:
    """Return what `html` shows. Any text is accepted; what is no markup stays as it is."""
    from lxml import etree

    reader = _Reader()
    parser = etree.HTMLParser(target=reader, huge_tree=True)
    try:
        parser.feed(tidy(html))
        parser.close()
    except etree.LxmlError:
        # What came before a fault of the parser is what can be shown.
        pass
    return Page(reader.text(), tuple(reader.links), reader.title())


class _Frame(NamedTuple):
    """A row or quotation being read: what was written before it, its finished cells, the prefix of its lines."""

    tag: str
    outer: list[str]
    cells: list[str]
    prefix: str


class _Reader:
    """Collects text from the parser's events. A row is kept apart until it ends, so that its cells can share a line."""

    def __init__(self) -> None:
        self.links: list[Link] = []
        self._out: list[str] = []
        self._frames: list[_Frame] = []
        self._states = [_SHOWN]
        self._in_title = 0
        self._pre = 0
        self._lists: list[int] = []
        self._href: str | None = None
        self._label: list[str] = []
        self._title: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._states.append(_state(tag, attributes, self._states[-1]))
        if self._states[-1] == _HIDDEN:
            self._in_title += tag == "title"
        elif tag == "br":
            self._out.append("\n")
        elif tag in _CELLS:
            self._open_cell()
        elif tag in _BLOCKS:
            self._open_block(tag, attributes)
        elif tag in ("a", "area"):
            self._open_link(attributes.get("href", ""))
        elif tag == "img":
            self._label.append(attributes.get("alt", ""))
        elif tag == "input":
            self._read_input(attributes)

    def end(self, tag: str) -> None:
        state = self._states.pop() if len(self._states) > 1 else _SHOWN
        if state == _HIDDEN:
            self._in_title -= tag == "title"
        elif tag == "a":
            self._close_link()
        elif tag in _BLOCKS:
            self._close_block(tag)

    def data(self, data: str) -> None:
        if self._in_title:
            self._title.append(data)
        if self._states[-1] != _SHOWN:
            return
        if self._href is not None:
            self._label.append(data)
        self._out.append(_COLUMN_GAP.sub("\t", data) if self._pre else _BLANKS.sub(" ", data))

    def close(self) -> None:
        self._close_link()

    def text(self) -> str:
        while self._frames:
            self._close_block(self._frames[-1].tag)
        return trimmed(_joined(self._out))

    def title(self) -> str | None:
        return _BLANKS.sub(" ", "".join(self._title)).strip() or None

    def _open_block(self, tag: str, attributes: dict[str, str]) -> None:
        self._out.append(_PARAGRAPH_BREAK if tag in _PARAGRAPHS else _LINE_BREAK)
        if tag == "tr":
            self._open_row()
        elif tag == "li":
            self._open_item()
        elif tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else -1)
        elif tag == "pre":
            self._pre += 1
        elif tag == "blockquote":
            self._open_quote(attributes)
        elif tag == "form":
            self.links.append(Link(text="(form)", href=attributes.get("action", "")))

    def _close_block(self, tag: str) -> None:
        if tag == "tr":
            self._close_row()
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "pre" and self._pre:
            self._pre -= 1
        elif tag == "blockquote":
            self._close_quote()
        self._out.append(_PARAGRAPH_BREAK if tag in _PARAGRAPHS else _LINE_BREAK)

    def _open_item(self) -> None:
        if self._lists and self._lists[-1] >= 0:
            self._lists[-1] += 1
            self._out.append(f"{self._lists[-1]}. ")
        else:
            self._out.append("- ")

    def _open_row(self) -> None:
        self._frames.append(_Frame("tr", self._out, [], ""))
        self._out = self._out if len(self._frames) > _NESTED_AT_MOST else []

    def _open_cell(self) -> None:
        if self._frames and self._frames[-1].tag == "tr" and self._out is not self._frames[-1].outer:
            self._frames[-1].cells.append(_joined(self._out))
            self._out = []
        else:
            self._out.append(_LINE_BREAK)

    def _close_row(self) -> None:
        """Put the row's cells on one line if each is short and has one line; else one below the other."""
        frame = self._popped("tr")
        if frame is None:
            return
        filled = [c.strip() for c in (*frame.cells, _joined(self._out)) if c.strip()]
        one_line = all("\n" not in c and len(c) <= _CELL_AT_MOST for c in filled)
        self._out = frame.outer
        self._out.append((" | " if one_line else "\n\n").join(filled))

    def _open_quote(self, attributes: dict[str, str]) -> None:
        """A quotation of a mail program gets the `>` of plain mail; an indented paragraph does not."""
        cited = attributes.get("type", "").lower() == "cite" or "quote" in attributes.get("class", "").lower()
        self._frames.append(_Frame("blockquote", self._out, [], "> " if cited else ""))
        self._out = self._out if len(self._frames) > _NESTED_AT_MOST else []

    def _close_quote(self) -> None:
        frame = self._popped("blockquote")
        if frame is not None:
            inner = trimmed(_joined(self._out))
            self._out = frame.outer
            self._out.append("\n".join(frame.prefix + line for line in inner.split("\n")))

    def _popped(self, tag: str) -> _Frame | None:
        """Take the innermost frame, if it is a `tag` whose text was kept apart."""
        if not self._frames or self._frames[-1].tag != tag:
            return None
        frame = self._frames.pop()
        return None if frame.outer is self._out else frame

    def _open_link(self, href: str) -> None:
        self._close_link()
        self._href = href.strip()

    def _close_link(self) -> None:
        if self._href and len(self.links) < _LINKS_AT_MOST:
            self.links.append(Link(text=_BLANKS.sub(" ", "".join(self._label)).strip(), href=self._href))
        self._href = None
        self._label = []

    def _read_input(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("type", "text").lower()
        if kind == "password":
            self.links.append(Link(text="(form asking for a password)", href=""))
        elif kind in ("submit", "button"):
            self._out.append(attributes.get("value", ""))


def _state(tag: str, attributes: dict[str, str], outer: int) -> int:
    """Return whether the element's own text is shown. Hidden is for all within; a size of zero is undone by a size."""
    if outer == _HIDDEN or tag in _DROPPED or "hidden" in attributes:
        return _HIDDEN
    style = attributes.get("style")
    if not style:
        return outer
    style = "".join(style.lower().split())
    if _HIDDEN_STYLE.search(style):
        return _HIDDEN
    if _NO_SIZE.search(style):
        return _SIZELESS
    return _SHOWN if _SIZE.search(style) else outer


def _joined(pieces: list[str]) -> str:
    """Join pieces: no blanks at line edges, at most one blank line, and a list mark on the line of its item."""
    text = _BREAKS.sub(_newlines, _SPACES.sub(" ", "".join(pieces)))
    return _LONE_MARK.sub(r"\1 ", text)


def _newlines(run: re.Match[str]) -> str:
    """One newline where a line ends, two where a paragraph does; `<br>` counts, but not before the end of a block."""
    breaks = run.group().replace(" ", "")
    if _PARAGRAPH_BREAK in breaks:
        return "\n\n"
    before, _, after = breaks.partition(_LINE_BREAK)
    return "\n" * min(2, max(1, len(before)) + after.count("\n"))
