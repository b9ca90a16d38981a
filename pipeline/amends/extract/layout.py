"""The notice cut into sentences, each with the block it stands in and what boilerplate it holds.

A notice is made of fixed blocks (what we did, why, what to send, how, if it is an error, what if not, help, list), told
apart by their headings [V:N1,N5,N10a,N11b,N12a]. Pasted copies lose line breaks, so headings are looked for anywhere.
Old notices have none: there the sentences themselves tell what they are about.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from amends.extract.cues import Span as Place
from amends.extract.rules import Reading
from amends.extract.sentences import BULLET, cut
from amends.extract.thread import Mail, newest_mail
from amends.schemas import Span

Block = Literal["measure", "reason", "request", "way", "error", "consequence", "help", "list"]
BLOCKS: tuple[Block, ...] = get_args(Block)

_FIELD = re.compile(r"\s*[^\s:：|.][^:：\n|]{1,40}?\s*(?:[:：|]|\.{3,}|\t| {3,})\s*\S")
_DIGIT = re.compile(r"\d{1,3}(?!\d)")
_FIRST_PERSON = re.compile(r"(?<![\w\"“'])(?:I|I'm|I’m|I've|I’ve|I'd|my|My|me)\b(?!['\w])")
_QUESTION_HEADING = re.compile(
    r"(?:why|what|how|where|when|has|have|was|were|do|did|does|is|who|can|warum|was|wie|wo|wurde|wohin|pourquoi|comment|que|où|perché|come|cosa|dove|"
    r"¿|为什么|如何|我|如果|怎)[^.!。\n]{0,90}[?？]\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sentence:
    """A sentence of the notice: `text == notice.text[start:end]`, its folded form `reading[at:to]`, in its block.

    `boilerplate` names the kind of boilerplate it holds, which begins at folded offset `boilerplate_at`. `older` marks
    what belongs to an earlier mail of a pasted thread.
    """

    text: str
    start: int
    end: int
    at: int
    to: int
    block: Block
    listed: bool
    older: bool
    reading: Reading
    boilerplate: str | None = None
    boilerplate_at: int = 0
    boilerplate_to: int = 0

    @property
    def folded(self) -> str:
        """The sentence folded for matching."""
        return self.reading.folded.text[self.at : self.to]

    def first(self, group: str) -> Place | None:
        """The first place of a group of cues in this sentence, in folded offsets of the whole text."""
        return self.reading.first(group, self.at, self.to)

    def all(self, group: str) -> list[Place]:
        """Every place of a group in this sentence."""
        return self.reading.all(group, self.at, self.to)

    def has(self, *groups: str) -> bool:
        """Whether any of the groups stands in this sentence."""
        first, at, to = self.reading.first, self.at, self.to
        for group in groups:  # noqa: SIM110  asked hundreds of times per notice, and any() takes twice as long
            if first(group, at, to):
                return True
        return False

    def quote(self, place: Place) -> Span:
        """The verbatim words at a folded place."""
        start, end = self.reading.folded.span(*place)
        return Span(quote=self.text[start - self.start : end - self.start], start=start, end=end)


@dataclass(frozen=True)
class Layout:
    """The sentences in order; `has_headings` tells the modern form from the old one; `mail` is the newest mail."""

    sentences: tuple[Sentence, ...]
    has_headings: bool
    mail: Mail
    reading: Reading

    @cached_property
    def newest(self) -> tuple[Sentence, ...]:
        """The sentences of the newest mail."""
        return tuple(s for s in self.sentences if not s.older)


def lay_out(reading: Reading) -> Layout:
    """Return the text cut into sentences and blocks. Linear in its length."""
    folded = reading.folded
    text = folded.original
    mail = newest_mail(reading)
    headings = [(start, _whole_heading(text, end), block) for start, end, block in _headings(reading)]
    forced = [offset for start, end, _ in headings for offset in (start, end)] + _inline_fields(reading)
    forced += [mail.start, mail.end]
    starts = {start for start, _, _ in headings}
    english = reading.language == "en"
    sentences: list[Sentence] = []
    block: Block = "measure"
    aside: tuple[Block, int] | None = None
    paragraph = _paragraph_ends(text)
    known = {start: opens for start, _, opens in headings}
    for start, end in cut(text, forced):
        body = text[start:end]
        if start in (mail.start, mail.end):
            block, aside = "measure", None
        if aside and start >= aside[1]:
            block, aside = aside[0], None
        if start in starts:
            opened = known[start]
            if opened == "error" and not (_is_question(text, start) or _alone(text, start, end)):
                aside = aside or (block, _next(paragraph, start))
            else:
                aside = None
            block = opened
            if not _DIGIT.search(body):
                continue
        if (opened_by := _question_block(body, sentences)) is not None:
            block, aside = opened_by, None
            continue
        if english and _chatter(body):
            continue
        sentences.append(_sentence(reading, start, end, body, block, sentences, mail))
    return Layout(tuple(sentences), bool(headings), mail, reading)


def _sentence(
    reading: Reading, start: int, end: int, body: str, block: Block, before: list[Sentence], mail: Mail
) -> Sentence:
    at, to = reading.folded.index(start), reading.folded.index(end)
    listed = bool(BULLET.match(body))
    boilerplate, since, until = _boilerplate(reading, at, to)
    if (
        boilerplate is None
        and listed
        and before
        and before[-1].boilerplate
        and (before[-1].listed or before[-1].text.endswith((":", "：", "to")))
    ):
        boilerplate, since, until = before[-1].boilerplate, at, to
    if _FIELD.match(body) and _is_list_field(reading, at, to):
        block = "list"
    older = not mail.start <= start < mail.end
    return Sentence(body, start, end, at, to, block, listed, older, reading, boilerplate, since, until)


#: Boilerplate that may be one clause of a sentence that says something else besides.
_CLAUSES = ("funds", "inventory", "open_orders", "conduct_list")


def _boilerplate(reading: Reading, at: int, to: int) -> tuple[str | None, int, int]:
    """The kind of boilerplate, and where its clause begins and ends."""
    for kind in reading.rules.of("boilerplate"):
        place = reading.first(f"boilerplate.{kind}", at, to)
        if place:
            text = reading.folded.text
            clause = max(text.rfind(mark, at, place[0]) for mark in (", ", "; ", ": ", " and ", ",", "，"))
            until = next((at for mark in (": ", "; ") if (at := text.find(mark, place[1], to)) >= 0), to)
            return kind, clause if clause >= 0 and kind in _CLAUSES else at, until if kind == "wrapper" else to
    return None, 0, 0


def _is_list_field(reading: Reading, at: int, to: int) -> bool:
    place = reading.first("list.fields", at, to)
    return place is not None and place[0] - at <= 6


def _headings(reading: Reading) -> list[tuple[int, int, Block]]:
    """(start, end, block) of every heading, in the original's offsets, in order, without overlaps."""
    found: list[tuple[int, int, Block]] = []
    for block in reading.rules.of("heading"):
        spans = [reading.folded.span(*place) for place in reading.places(f"heading.{block}")]
        found += [(*span, block) for span in spans if block == "error" or _begins(reading.folded.original, span[0])]  # type: ignore[misc]
    ordered: list[tuple[int, int, Block]] = []
    for start, end, block in sorted(found, key=lambda h: (h[0], -h[1])):
        if not ordered or start >= ordered[-1][1]:
            ordered.append((start, end, block))
    return ordered


def _begins(text: str, at: int) -> bool:
    """Whether a heading can begin at `at`: with a capital, at a line's start, or after a sentence; not in mid-sentence."""
    before = text[max(0, at - 12) : at].rstrip(' \t*#_>"“”‘’¿')
    return not text[at].islower() or not before or before[-1] in "\n.?!:。？！："


def _inline_fields(reading: Reading) -> list[int]:
    """Where the name of a field stands in the middle of a line, with its colon: lost line breaks."""
    text, places = reading.folded.text, reading.places("list.fields")
    cuts: list[int] = []
    reached = 0
    for start, end in places:
        colon = text[end : end + 1] == ":" or text[end - 1 : end] == ":"
        if start >= reached and colon and _capital(reading.folded.original, reading.folded.origin(start)):
            cuts.append(reading.folded.origin(start))
        reached = max(reached, end)
    return cuts


def _capital(text: str, at: int) -> bool:
    """Whether the word at `at` begins as a field's name does: not in small letters, and not in the middle of a name."""
    before = text[max(0, at - 24) : at].rstrip()
    joined = (
        bool(before) and text[at - 1 : at] == " " and before[-1].isalpha() and before.rsplit(None, 1)[-1][:1].isupper()
    )
    return not text[at : at + 1].islower() and not (joined and "\n" in text[max(0, at - 24) : at])


def _whole_heading(text: str, end: int) -> int:
    """Where the heading whose words end at `end` ends: its question mark, colon or line, if that is near."""
    if text[end - 1] in "?？:：":
        return end
    for at in range(end, min(len(text), end + 70)):
        if text[at] in "?？:：":
            return at + 1
        if text[at] == "\n":
            return at
        if text[at] in ".!。！":
            break
    return end


def _alone(text: str, start: int, end: int) -> bool:
    """Whether the heading is a line of its own, with an empty line after it."""
    line = text[text.rfind("\n", 0, start) + 1 : start].strip(" \t*#_>")
    return not line and bool(re.compile(r"[ \t*#_:：]*\n[ \t]*\n").match(text, end)) and text[end - 1] not in ".。"


def _is_question(text: str, start: int) -> bool:
    """Whether the sentence from `start` ends as a question."""
    stop = re.compile(r"[.!?。？！\n]").search(text, start)
    return bool(stop and stop[0] in "?？")


def _question_block(body: str, before: list[Sentence]) -> Block | None:
    """The block opened by a short question that is no known heading; None for anything else."""
    if len(body) > 95 or not _QUESTION_HEADING.match(body) or (before and before[-1].text.endswith((":", "："))):
        return None
    words = body.lower()
    kinds: tuple[tuple[Block, str], ...] = (
        ("error", r"error|mistake|wrong|irrtüm|fehler|erreur|errore|por error|误"),
        ("consequence", r"not send|don't|do not|nothing|funds|money|payment|open orders|inventory|stock|nicht|nichts|ne .* pas|non |si no|不|资金|订单|库存"),
        ("reason", r"why|reason|led|happened|warum|grund|pourquoi|perché|por qué|为什么|原因"),
        ("way", r"(?:how|where) .*(?:send|submit|provide|appeal|answer|reply)|sende|einreich|envoy|inviar|enví|提交|发送"),
        ("request", r"how|what .*(?:do|need|send|next|want|should|can)|wie|was .*(?:tun|brauch)|comment|que .*faire|come|cosa|qué|如何|怎"),
        ("help", r"question|help|contact|hilfe|fragen|aide|aiuto|ayuda"),
    )  # fmt: skip
    return next((block for block, pattern in kinds if re.search(pattern, words)), "measure")


def _chatter(body: str) -> bool:
    """Whether a seller or a forum speaks: Amazon never says "I" outside its headings' questions."""
    return bool(_FIRST_PERSON.search(body)) and not body.rstrip().endswith(("?", "？")) and len(body) < 600


def _paragraph_ends(text: str) -> list[int]:
    return [match.start() for match in re.finditer(r"\n[ \t]*\n", text)]


def _next(ends: list[int], start: int) -> int:
    at = bisect_right(ends, start)
    return ends[at] if at < len(ends) else 1 << 60
