"""A letter that somebody else wrote, read into our `Letter`: subject, parts, points, enclosures, signature.

Parts are told by headings in the usual wordings (English, Chinese, German); a plan without any is told by what its
paragraphs speak of. Every sentence keeps the role `frame`: the rules then go by the parts. Offsets are kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from amends.check.parts import Heading, PartKey, bullet, cue_of, heading, kind_of, letterhead
from amends.check.pieces import Piece, piece, sentences
from amends.read.language import language
from amends.schemas import Enclosure, Letter, Section, Sentence
from amends.vocabulary import AnswerKind, SectionKey

_PLAN: tuple[SectionKey, ...] = ("root_cause", "corrective_actions", "preventive_measures")
_LINE = re.compile(r"[^\n]+|(?<=\n)(?=\n)")
_RULE = re.compile(r"\s*(?:[-*_=~]\s?){3,}\s*$")
_NOT_THE_LETTER = re.compile(r"^(?:-- ?$|---\s*\n+# verdict: |--- .{0,60}not part of the letter)", re.MULTILINE | re.IGNORECASE)
_WRAPPED_FROM = 50
_FEW_PARAGRAPHS = 3
_SIGNATURE_LINES = 7
_GAP = re.compile(r"\[missing\b", re.IGNORECASE)
_FILE = re.compile(r"[\w\-]+(?:\.[\w\-]+)*\.(?:pdf|docx?|xlsx?|csv|txt|jpe?g|png|tiff?|zip|eml)\b", re.IGNORECASE)
_PROVES = re.compile(r"\b(?:proves?|shows?|showing|covers?|covering|confirms?|confirming|as proof of|zeigt|belegt)\b (.{5,160})|证明(.{2,80})", re.IGNORECASE)
_ENDS = re.compile(r"[.!?。！？:：,，;；]\s*$")
_FIRM_END = re.compile(r"\b(?:Ltd|Inc|Co|Corp|LLC|S\.L|S\.A)\.\s*$")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A letter and where it stands: `pieces[i]` belongs to `letter.sentences[i]`, its offsets refer to `text`.

    `around` are the lines that are no sentences but may hold an unfilled place: subject, addressee, greeting, signature.
    """

    text: str
    letter: Letter
    pieces: tuple[Piece, ...]
    kind_told_by: str
    around: tuple[Piece, ...] = ()


@dataclass(slots=True)
class _Unit:
    """Lines that run on together: a point of a list, or a piece of a paragraph."""

    ranges: list[tuple[int, int]]
    point: bool
    paragraph: int


@dataclass(slots=True)
class _Block:
    key: PartKey | None
    title: str = ""
    units: list[_Unit] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Part:
    key: SectionKey
    title: str
    points: tuple[tuple[Piece, bool], ...]


@dataclass(slots=True)
class _Head:
    subject: str = ""
    addressee: str = ""


def parse(text: str, kind: AnswerKind | None = None) -> Parsed:
    """Return the letter in `text`. `kind`: what the case or the user says that it is; None lets its words tell."""
    lines = _lines(text)
    head, first = _letterhead(lines)
    last, signature = _signature(lines, first)
    blocks = _blocks(lines[first:last], first == 0)
    told = any(block.key in (*_PLAN, "corrective_and_preventive") for block in blocks)
    guess: AnswerKind = "plan_of_action" if told else kind_of(text)
    parts = _parts(text, blocks, by_cues=not told and (kind or guess) in ("plan_of_action", "questionnaire"))
    sections = tuple(_section(part) for part in parts)
    letter = Letter(
        kind=kind or guess, subject=head.subject, addressee=head.addressee, sections=sections, enclosures=_enclosures(parts),
        signature=signature, language=language(text),
    )  # fmt: skip
    pieces = tuple(p for part in parts for unit, _ in part.points for p in sentences(unit))
    by = "the case" if kind else "its headings" if told else "its words"
    edges = [(line, start) for line, start in (*lines[:first], *lines[last:]) if line.strip()]
    around = tuple(piece(text, [(start, start + len(line))]) for line, start in edges)
    return Parsed(text, letter, pieces, by, around)


def _lines(text: str) -> list[tuple[str, int]]:
    """Return the lines with their offsets, up to what is marked as no part of the letter; drawn lines count as blank."""
    end = _NOT_THE_LETTER.search(text)
    found = [(m[0], m.start()) for m in _LINE.finditer(text[: end.start()] if end else text)]
    return [("" if _RULE.match(line) else line, start) for line, start in found]


def _letterhead(lines: Sequence[tuple[str, int]]) -> tuple[_Head, int]:
    """Read subject, addressee, greeting; return them and the number of the first line of the letter itself."""
    head = _Head()
    for number, (line, _) in enumerate(lines):
        words = line.strip().strip("*# ")
        if not words or letterhead("skipped", line) or letterhead("greeting", line):
            continue
        if found := letterhead("subject", line):
            head.subject = words[found.end() :].strip() or head.subject
        elif found := letterhead("addressee", line):
            head.addressee = words[found.end() :].strip()
        elif not head.subject and _is_title(line):
            head.subject = words
        else:
            return head, number
    return head, len(lines)


def _is_title(line: str) -> bool:
    found = heading(line, alone=True)
    unknown = found is not None and found.marked and found.key is None and found.rest is None
    return unknown or (letterhead("title", line) is not None and not re.search(r"[.!?。]\s*$", line))


def _signature(lines: Sequence[tuple[str, int]], first: int) -> tuple[int, tuple[str, ...]]:
    """Return the number of the line where the letter itself ends, and the lines of its signature.

    A part that comes behind the signature, such as a list of enclosures, makes the signature text of the letter's middle:
    then nothing is cut off but the valediction stays a line of its own.
    """
    filled = [n for n in range(first, len(lines)) if lines[n][0].strip()]
    for n in filled[-12:]:
        after = [lines[m][0] for m in filled if m > n]
        if letterhead("valediction", lines[n][0]) and not any((h := heading(a, alone=True)) and h.key for a in after):
            return n, tuple(a.strip() for a in after if not letterhead("valediction", a))
    tail: list[int] = []
    for n in reversed(filled):
        if not _signs(lines[n][0]) or (tail and n != tail[-1] - 1):
            break
        tail.append(n)
    if not tail or len(tail) > _SIGNATURE_LINES or len(filled) - len(tail) < 3:
        return len(lines), ()
    top, before = tail[-1], filled[len(filled) - len(tail) - 1]
    if top == before + 1 or heading(lines[before][0], alone=True):
        return len(lines), ()
    return top, tuple(lines[n][0].strip() for n in reversed(tail))


def _signs(line: str) -> bool:
    known = heading(line, alone=True)
    ends = _ENDS.search(line) is not None and not _FIRM_END.search(line)
    return not (ends or bullet(line) or (known and known.key)) and len(line) <= 60 and len(line.split()) <= 7


def _blocks(lines: Sequence[tuple[str, int]], at_start: bool) -> list[_Block]:
    blocks, paragraph, blank = [_Block("opening")], 0, at_start or True
    before = ""
    for line, start in lines:
        if not line.strip():
            paragraph, blank = paragraph + 1, True
            continue
        found = heading(line, alone=blank)
        if found:
            blocks.append(_Block(_key_after(found, blocks[-1]), found.title))
            paragraph += 1
        if found is None or found.rest is not None:
            begins = found.rest if found and found.rest is not None else 0
            runs_on = found is None and not blank and _wraps(before, line) and not _is_entry(blocks[-1], line)
            _add(blocks[-1], line, start, begins, paragraph, runs_on=runs_on)
        blank, before = False, "" if found else line
    return [b for b in blocks if b.units or b.title]


def _key_after(found: Heading, before: _Block) -> PartKey:
    """A heading that we do not know stands within the part before it, if that is one of the plan's."""
    return found.key or (before.key if before.key in _PLAN and before.key else "statement")


def _add(block: _Block, line: str, start: int, begins: int, paragraph: int, *, runs_on: bool) -> None:
    mark = bullet(line[begins:])
    place = (start + begins + mark, start + len(line.rstrip()))
    if runs_on and not mark and block.units:
        block.units[-1].ranges.append(place)
    else:
        block.units.append(_Unit([place], bool(mark), paragraph))


def _is_entry(block: _Block, line: str) -> bool:
    """Whether a line of a list of papers begins a new one: such lists often stand without marks."""
    return block.key == "enclosures" and not line.strip()[:1].islower()


def _wraps(before: str, line: str) -> bool:
    """Whether `line` goes on with the line before it: that one was full, or stopped in the middle of a sentence."""
    if not before.strip():
        return False
    unfinished = not re.search(r"[.!?。！？:：]\s*$", before)
    return len(before) >= _WRAPPED_FROM or line.strip()[:1].islower() or before.rstrip().endswith(",") or (bool(bullet(before)) and unfinished and line[:2].isspace())


def _parts(text: str, blocks: Sequence[_Block], *, by_cues: bool) -> tuple[_Part, ...]:
    parts: list[_Part] = []
    for block in blocks:
        units = [(piece(text, u.ranges), u) for u in block.units]
        parts += _by_words(units) if by_cues else _one(block, units)
    return tuple(_with_closing(parts))


def _one(block: _Block, units: Sequence[tuple[Piece, _Unit]]) -> Iterator[_Part]:
    if block.key == "corrective_and_preventive":
        pairs = [("preventive_measures" if cue_of(p.text) == "preventive_measures" else "corrective_actions", p, u.point) for p, u in units]
        for key, group in groupby(pairs, key=lambda pair: pair[0]):
            yield _Part(key, block.title, tuple((p, point) for _, p, point in group))  # type: ignore[arg-type]
        return
    key: SectionKey = block.key or "statement"
    last = units[-1][1].paragraph if units else 0
    request = [(p, u) for p, u in units if u.paragraph == last and not u.point]
    body = [(p, u) for p, u in units if (p, u) not in request]
    if key in (*_PLAN, "enclosures", "statement") and body and request and cue_of(" ".join(p.text for p, _ in request)) == "closing":
        units = body
    else:
        request = []
    yield _Part(key, block.title, tuple((p, u.point) for p, u in units))
    if request:
        yield _Part("closing", "", tuple((p, False) for p, _ in request))


def _by_words(units: Sequence[tuple[Piece, _Unit]]) -> Iterator[_Part]:
    """Cut text without headings by what its paragraphs speak of; by sentences, if there are only one or two of them."""
    paragraphs = len({u.paragraph for _, u in units})
    if paragraphs < _FEW_PARAGRAPHS:
        units = [(s, replace(u, paragraph=n)) for n, (p, u) in enumerate(units) for s in sentences(p)]
        groups = [[pair] for pair in units]
    else:
        groups = [list(group) for _, group in groupby(units, key=lambda pair: pair[1].paragraph)]
    keyed: list[tuple[SectionKey, list[tuple[Piece, bool]]]] = []
    for n, group in enumerate(groups):
        told = cue_of(" ".join(p.text for p, _ in group))
        key: SectionKey = told or (keyed[-1][0] if keyed else "opening")
        if (n == 0 and len(groups) > _FEW_PARAGRAPHS) or (key == "closing" and n < len(groups) - 1):
            key = "opening" if n == 0 else keyed[-1][0]
        keyed.append((key, [(p, u.point) for p, u in group]))
    for key, run in groupby(keyed, key=lambda pair: pair[0]):
        yield _Part(key, "", tuple(point for _, points in run for point in points))


def _with_closing(parts: list[_Part]) -> list[_Part]:
    """Set the last sentence of a text that has no parts apart if it is the request."""
    if not parts or len(parts[-1].points) < 2 or parts[-1].key not in ("opening", "statement"):
        return parts
    *body, last = parts[-1].points
    if last[1] or cue_of(last[0].text) != "closing":
        return parts
    return [*parts[:-1], replace(parts[-1], points=tuple(body)), _Part("closing", "", (last,))]


def _section(part: _Part) -> Section:
    listed = part.key == "enclosures"
    said = tuple(
        Sentence(text=s.text, gap=bool(_GAP.search(s.text)), continues=(point or listed) and n > 0)
        for unit, point in part.points
        for n, s in enumerate(sentences(unit))
    )
    return Section(key=part.key, title=part.title, bullets=listed or any(point for _, point in part.points), sentences=said, written_by="seller")


def _enclosures(parts: Sequence[_Part]) -> tuple[Enclosure, ...]:
    listed = [unit.text for part in parts if part.key == "enclosures" for unit, _ in part.points]
    return tuple(_enclosure(number, text) for number, text in enumerate(listed, 1))


def _enclosure(number: int, text: str) -> Enclosure:
    own = re.match(r"(?:enclosure|annex|attachment|exhibit|anlage|附件)\s*(\d{1,2})\s*[:.：]?\s*", text, re.IGNORECASE)
    file, proves = _FILE.search(text), _PROVES.search(text)
    document = text[own.end() :] if own else text
    return Enclosure(
        number=int(own[1]) if own else number, document=document, file=file[0] if file else None,
        proves=(proves[1] or proves[2]).strip(" .。") if proves else None, fact_id="",
    )  # fmt: skip
