"""Which part of a thread is Amazon's: the forwarding person's words are left out where the border is certain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from amends.read.headerlines import attribution, block, is_end, is_mark, is_rule
from amends.read.mail import Head, Mail
from amends.read.plain import trimmed
from amends.regex import regex
from amends.schemas import Link

_DEPTH = regex(r"^(?:[ \t]?>)+ ?")
_PREFIX = regex(r"^\s*(?:(?:fwd?|re|aw|wg|tr|rv|i|r|转发|轉寄|回复|回覆|转|答复)\s?[:：]\s*)+", re.I)
_CLAIMS = regex(
    r"amazon|arnazon|amaz[o0]n|seller.?(?:performance|central|support)|卖家绩效|亚马逊|アマゾン|verk(?:ä|ae)ufer", re.I
)
_ADDRESS = regex(r"@[\w-]")
_SIGNATURE = regex(
    r"^\W{0,3}(?:the )?(?:amazon )?seller performance(?: team)?\W{0,3}$|^\W{0,3}amazon\.[a-z.]{2,6}\W{0,3}$"
    r"|^卖家绩效团队",
    re.I | re.M,
)
_NOTICE_PHRASES = tuple(
    regex(pattern, re.I | re.M)
    for pattern in (
        r"why (?:is|did) this happen|why did i receive this|为什么会发生|warum ist das passiert",
        r"how do i (?:reactivate|send|submit|reinstate)|如何重新激活|wie (?:reaktiviere|sende) ich",
        r"\b(?:has|have) been (?:temporarily |permanently )?(?:deactivated|removed|suspended)"
        r"|已被(?:暂时)?停用|已被移除|deaktiviert",
        r"we(?:'re| are) here to help|what happens if",
        _SIGNATURE.pattern,
        r"business solutions agreement|商业解决方案协议",
        r"your (?:amazon )?(?:seller |selling )?(?:account|listing|privileges)|ihre? (?:amazon|verkäufer|verkaufs)"
        r"|您的(?:亚马逊)?(?:销售|卖家)?账户",
    )
)


class Found(NamedTuple):
    """The notice's text, the head that belongs to it, and what the mail around it carries.

    From offset `earlier_from` on the text is Amazon's earlier mails of the thread.
    """

    head: Head
    text: str
    links: tuple[Link, ...]
    attachments: tuple[str, ...]
    earlier_from: int | None = None


class _Piece(NamedTuple):
    """What one author wrote, under which head, how deeply quoted, in which mail."""

    head: Head
    lines: list[str]
    depth: int
    mail: Mail

    @property
    def text(self) -> str:
        return trimmed("\n".join(self.lines))


def innermost(mail: Mail) -> Found:
    """Return Amazon's part of `mail`: the newest first, earlier ones of the same thread below it.

    All text is kept when no part can be told to be Amazon's, or when words outside such a part read like a notice too.
    """
    pieces = [p for m in _all_mails(mail) for p in _pieces(m) if p.text]
    if len(pieces) == 1:
        return _found(pieces[0], _quoted_notice(pieces[0].mail) or pieces[0].text)
    claimed = [p for p in pieces if _claims_amazon(p)]
    unknown = [p for p in pieces if not p.head.sender]
    if not claimed:
        return _everything(mail, pieces)
    if any(_reads_like_notice(p.text) for p in unknown):
        return _found(claimed[0], _all_text(mail))
    newest, *earlier = [p.text for p in claimed]
    found = _found(claimed[0], "\n\n".join((newest, *earlier)))
    return found._replace(earlier_from=len(newest) + 2) if earlier else found


def _everything(mail: Mail, pieces: list[_Piece]) -> Found:
    head = mail.head if mail.head.sender or not pieces else pieces[0].head
    mails = list(_all_mails(mail))
    links = tuple(link for m in mails for link in m.links)
    return Found(head, _all_text(mail), links, tuple(name for m in mails for name in m.attachments))


def _quoted_notice(mail: Mail) -> str | None:
    """Return the quoted lines of `mail`, if they are signed as Amazon's and nothing around them reads like a"
    " notice."""
    depths, lines = _split(mail.text)
    quoted = trimmed("\n".join(line for depth, line in zip(depths, lines, strict=True) if depth))
    around = trimmed("\n".join(line for depth, line in zip(depths, lines, strict=True) if not depth))
    if not quoted or not around or not _SIGNATURE.search(quoted) or len(around) > len(quoted):
        return None
    return None if _SIGNATURE.search(around) or _count_phrases(around) else quoted


def _found(piece: _Piece, text: str) -> Found:
    head = piece.head
    if not head.subject and piece.mail.head.subject:
        head = head._replace(subject=_PREFIX.sub("", piece.mail.head.subject) or None)
    return Found(head, text, piece.mail.links, piece.mail.attachments)


def _all_mails(mail: Mail) -> Iterator[Mail]:
    yield mail
    for inner in mail.inner:
        yield from _all_mails(inner)


def _all_text(mail: Mail) -> str:
    texts = ("\n".join(_unquoted(line)[1] for line in m.text.split("\n")) for m in _all_mails(mail))
    return trimmed("\n\n".join(t for t in texts if t.strip()))


def _unquoted(line: str) -> tuple[int, str]:
    """Return how deeply `line` is quoted, and the line without its marks."""
    found = _DEPTH.match(line)
    return (found.group().count(">"), line[found.end() :]) if found else (0, line)


def _pieces(mail: Mail) -> list[_Piece]:
    """Split the text of `mail` by author. A piece ends at the next head, at an end mark, or where the quoting"
    " ends."""
    depths, lines = _split(mail.text)
    stack = [_Piece(mail.head, [], 0, mail)]
    done = list(stack)
    index, marked = 0, False
    while index < len(lines):
        opened = _opened(depths, lines, index, mail, marked)
        if opened is not None:
            piece, index = opened
            _drop_rule(stack[-1].lines)
            stack = [p for p in stack if p.depth <= depths[index - 1]]
            stack.append(piece)
            done.append(piece)
            marked = False
            continue
        line = lines[index]
        if is_end(line) and len(stack) > 1:
            stack.pop()
        elif not _is_opening_mark(lines, index):
            while line.strip() and len(stack) > 1 and depths[index] < stack[-1].depth:
                stack.pop()
            stack[-1].lines.append(line)
            marked = marked and not line.strip()
        else:
            marked = True
        index += 1
    return done


def _split(text: str) -> tuple[list[int], list[str]]:
    pairs = [_unquoted(line) for line in text.split("\n")]
    return [d for d, _ in pairs], [line for _, line in pairs]


def _is_opening_mark(lines: list[str], index: int) -> bool:
    """True for a forwarding mark that a head follows; without one it is an ordinary line."""
    if not is_mark(lines[index]):
        return False
    following = next((i for i in range(index + 1, min(index + 4, len(lines))) if lines[i].strip()), None)
    return following is not None and block(lines, following, after_mark=True) is not None


def _opened(depths: list[int], lines: list[str], index: int, mail: Mail, marked: bool) -> tuple[_Piece, int] | None:
    """Return the piece that begins at line `index`, and the line at which its text begins."""
    if found := block(lines, index, after_mark=marked):
        return _Piece(found.head, [], depths[index], mail), found.end
    if found := attribution(lines, index):
        following = next((i for i in range(found.end, min(found.end + 4, len(lines))) if lines[i].strip()), None)
        if following is not None:
            deeper = max(depths[index], min(depths[index] + 1, depths[following]))
            return _Piece(found.head, [], deeper, mail), found.end
    return None


def _drop_rule(lines: list[str]) -> None:
    """Take the line of dashes above a head, which belongs to neither author."""
    while lines and (not lines[-1].strip() or is_rule(lines[-1])):
        lines.pop()


def _claims_amazon(piece: _Piece) -> bool:
    sender = piece.head.sender
    if not sender:
        return False
    if _CLAIMS.search(sender):
        return True
    return not _ADDRESS.search(sender) and _reads_like_notice(piece.text)


def _reads_like_notice(text: str) -> bool:
    return _count_phrases(text) >= 3


def _count_phrases(text: str) -> int:
    return sum(bool(p.search(text)) for p in _NOTICE_PHRASES)
