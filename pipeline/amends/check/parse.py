"""A letter that somebody else wrote, read into our `Letter`: subject, parts, points, enclosures, signature.

Parts are told by headings in the usual wordings (English, Chinese, German); a plan without any is told by what its
paragraphs speak of. Every sentence keeps the role `frame`: the rules then go by the parts. Offsets are kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from amends.check.blocks import Block, Unit, blocks_of, head_of, lines_of, signature_of
from amends.check.parts import cue_of, kind_of
from amends.check.pieces import Piece, piece, sentences
from amends.read.language import language
from amends.schemas import Enclosure, Letter, Section, Sentence
from amends.vocabulary import AnswerKind, SectionKey

_PLAN: tuple[SectionKey, ...] = ("root_cause", "corrective_actions", "preventive_measures")
#: Parts that list papers.
_LISTS: tuple[SectionKey, ...] = ("enclosures", "documents")
_FEW_PARAGRAPHS = 3
_SAMPLE = 1200
_GAP = re.compile(r"\[missing\b", re.IGNORECASE)
_FILE = re.compile(r"[\w\-]+(?:\.[\w\-]+)*\.(?:pdf|docx?|xlsx?|csv|txt|jpe?g|png|tiff?|zip|eml)\b", re.IGNORECASE)
_PROVES = re.compile(
    r"\b(?:proves?|shows?|showing|covers?|covering|confirms?|confirming|as proof of|zeigt|belegt)\b (.{5,160})|证明(.{2,80})",
    re.IGNORECASE,
)


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


@dataclass(frozen=True, slots=True)
class _Part:
    key: SectionKey
    title: str
    points: tuple[tuple[Piece, bool], ...]


def parse(text: str, kind: AnswerKind | None = None) -> Parsed:
    """Return the letter in `text`. `kind`: what the case or the user says that it is; None lets its words tell."""
    lines = lines_of(text)
    head, first = head_of(lines)
    last, signature = signature_of(lines, first)
    blocks = blocks_of(lines[first:last])
    told = any(block.key in (*_PLAN, "corrective_and_preventive") for block in blocks)
    rooted = any(block.key == "root_cause" for block in blocks)
    guess: AnswerKind = "plan_of_action" if rooted else kind_of(text, has_plan=told)
    parts = _parts(text, blocks, by_cues=not told and (kind or guess) in ("plan_of_action", "questionnaire"))
    told_in = [[tuple(sentences(unit)) for unit, _ in part.points] for part in parts]
    sections = tuple(_section(part, said) for part, said in zip(parts, told_in, strict=True))
    letter = Letter(
        kind=kind or guess, subject=head.subject, addressee=head.addressee, sections=sections, enclosures=_enclosures(parts),
        signature=signature, language=language(text[:_SAMPLE]),
    )  # fmt: skip
    pieces = tuple(p for said in told_in for unit in said for p in unit)
    by = "the case" if kind else "its headings" if rooted else "its words"
    edges = [(line, start) for line, start in (*lines[:first], *lines[last:]) if line.strip()]
    around = tuple(piece(text, [(start, start + len(line))]) for line, start in edges)
    return Parsed(text, letter, pieces, by, around)


def _parts(text: str, blocks: Sequence[Block], *, by_cues: bool) -> tuple[_Part, ...]:
    parts: list[_Part] = []
    for block in blocks:
        units = [(piece(text, u.ranges), _as_point(u, block)) for u in block.units]
        parts += _by_words(units) if by_cues else _one(block, units)
    return tuple(_with_closing(parts))


def _as_point(unit: Unit, block: Block) -> Unit:
    """Lines that follow each other without a blank one, each a unit of its own, are points without a mark."""
    listed = block.key in _PLAN and sum(u.paragraph == unit.paragraph for u in block.units) > 1
    return replace(unit, point=unit.point or listed)


def _one(block: Block, units: Sequence[tuple[Piece, Unit]]) -> Iterator[_Part]:
    """The part that a headed block is; a closing request that stands under it as a paragraph of its own is set apart."""
    if block.key == "corrective_and_preventive":
        yield from _mixed(block.title, units)
        return
    last = units[-1][1].paragraph if units else 0
    request = [(p, u) for p, u in units if u.paragraph == last and not u.point]
    body = [(p, u) for p, u in units if (p, u) not in request]
    asks = bool(body and request) and cue_of(" ".join(p.text for p, _ in request)) == "closing"
    if not asks or block.key not in (*_PLAN, *_LISTS, "statement"):
        body, request = list(units), []
    yield _Part(block.key or "statement", block.title, tuple((p, u.point) for p, u in body))
    if request:
        yield _Part("closing", "", tuple((p, False) for p, _ in request))


def _mixed(title: str, units: Sequence[tuple[Piece, Unit]]) -> Iterator[_Part]:
    """Actions and measures under one heading, told apart by their words."""
    told: list[tuple[SectionKey, Piece, bool]] = [
        ("preventive_measures" if cue_of(p.text) == "preventive_measures" else "corrective_actions", p, u.point)
        for p, u in units
    ]
    for key, group in groupby(told, key=lambda one: one[0]):
        yield _Part(key, title, tuple((p, point) for _, p, point in group))


def _by_words(units: Sequence[tuple[Piece, Unit]]) -> Iterator[_Part]:
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


def _section(part: _Part, told: Sequence[tuple[Piece, ...]]) -> Section:
    points = part.key in _LISTS or any(point for _, point in part.points)
    said = tuple(
        Sentence(text=s.text, gap=bool(_GAP.search(s.text)), continues=(point or points) and n > 0)
        for unit, (_, point) in zip(told, part.points, strict=True)
        for n, s in enumerate(unit)
    )
    return Section(key=part.key, title=part.title, bullets=points, sentences=said, written_by="seller")


def _enclosures(parts: Sequence[_Part]) -> tuple[Enclosure, ...]:
    listed = [unit.text for part in parts if part.key in _LISTS for unit, _ in part.points]
    return tuple(_enclosure(number, text) for number, text in enumerate(listed, 1))


def _enclosure(number: int, text: str) -> Enclosure:
    own = re.match(r"(?:enclosure|annex|attachment|exhibit|anlage|附件)\s*(\d{1,2})\s*[:.：]?\s*", text, re.IGNORECASE)
    file, proves = _FILE.search(text), _PROVES.search(text)
    document = text[own.end() :] if own else text
    return Enclosure(
        number=int(own[1]) if own else number, document=document, file=file[0] if file else None,
        proves=(proves[1] or proves[2]).strip(" .。") if proves else None, fact_id="",
    )  # fmt: skip
