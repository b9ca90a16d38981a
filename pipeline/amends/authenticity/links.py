"""Signs in the links and attachments of a mail. No link is opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from amends.authenticity.asks import Flat, asks_for_login, claims_amazon
from amends.authenticity.domains import domains, within
from amends.authenticity.hosts import URL, embeds_amazon, host_of, imitates_amazon, is_proxy, target_of
from amends.authenticity.wording import presses
from amends.regex import regex
from amends.schemas import Notice, Sign

_SHOWN_HOST = regex(r"(?<![\w@])(?:[\w-]{1,63}\.){0,5}amazon\.(?:com?\.)?[a-z]{2,3}\b", re.I)
_SHOWN_PLACE = regex(r"seller central|account health|performance notifications?|卖家平台|セラーセントラル", re.I)
#: `https://sellercentral.amazon.com@host`: what stands before the @ is a user name.
_USER_PART = regex(r"(?:https?:)?//[^/?#\s]{0,100}amazon[^/?#\s]{0,100}@", re.I)
_LOGIN_TEXT = regex(
    r"log.?in|sign.?in|seller central|verify|reactivate|reinstate|restore|unlock|confirm|update|appeal"
    r"|account health"
    r"|anmelden|bestätigen|verifizieren|entsperren|登录|验证|确认|申诉|激活|ログイン|確認",
    re.I,
)
_BAIT_HOST = regex(r"seller|account|verif|login|signin|secure|appeal|reinstat|reactivat|suspen|marketplace|update")
_MAIL = regex(r"[\w.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})")
_DANGEROUS = regex(r"\.(?:html?|shtml|zip|rar|7z|exe|scr|js|vbs|iso|img|lnk|bat|cmd|hta|jar|msi)$", re.I)
_SENTENCE_BREAK = regex(r"[.!?]\s|[。！？]|\n\s*\n")
_LEAD = 160
_SEEN_AT_MOST = 300


class _Link(NamedTuple):
    """One address with the words that lead to it. `shown` is None for an address written in the text."""

    address: str
    lead: str
    shown: str | None = None


class _Mood:
    """What the text around the links does; looked at only where a link leads elsewhere."""

    def __init__(self, flat: Flat) -> None:
        self._flat = flat

    @cached_property
    def pressed(self) -> bool:
        """Whether it presses or asks for secrets."""
        return presses(self._flat) or asks_for_login(self._flat)

    @cached_property
    def claims_amazon(self) -> bool:
        """Whether it speaks of Amazon."""
        return claims_amazon(self._flat)


def link_signs(notice: Notice, flat: Flat) -> tuple[Sign, ...]:
    """Return the signs of links, mail addresses in the text, and attachments; each kind and host once."""
    signs: dict[tuple[str, str], Sign] = {}
    mood = _Mood(flat)
    for link in _links(notice):
        if (sign := _of_link(link, notice, mood)) is not None:
            signs.setdefault((sign.id, sign.detail), sign)
    for sign in (*_of_forms(notice), *_of_addresses(notice.text), *_of_attachments(notice)):
        signs.setdefault((sign.id, sign.detail), sign)
    return tuple(signs.values())


def _links(notice: Notice) -> Iterator[_Link]:
    for link in notice.links[:_SEEN_AT_MOST]:
        if not link.text.startswith("(form"):
            yield _Link(link.href, link.text, link.text)
    for count, found in enumerate(URL.finditer(notice.text)):
        if count >= _SEEN_AT_MOST:
            return
        before = notice.text[max(0, found.start() - _LEAD) : found.start()]
        yield _Link(found.group(), _SENTENCE_BREAK.split(before)[-1])


def _of_link(link: _Link, notice: Notice, mood: _Mood) -> Sign | None:
    """Return the gravest sign of one link; None for an unsuspicious one."""
    target = target_of(link.address)
    host = target.wrapped or target.host
    if not host or link.address.lower().startswith("mailto:") or _is_usual(host):
        return None
    if embeds_amazon(host) or (imitates_amazon(host) and is_proxy(host)):
        return _of_embedded(host, link, notice, mood)
    if imitates_amazon(host) or _USER_PART.match(link.address):
        detail = f"A link leads to {host}, which is made to look like Amazon's."
        return Sign(id="link_lookalike", speaks="suspicious", detail=detail, quote=link.address[:300])
    if is_proxy(host):
        detail = f"A link goes through {host}, a web filter or mail gateway; that says nothing about the sender."
        return Sign(id="link_rewritten", speaks="unknown", detail=detail, quote=link.address[:300])
    if link.shown and (shown := _SHOWN_HOST.search(link.shown) or _SHOWN_PLACE.search(link.shown)):
        detail = f"A link shows {shown.group()} but leads to {host}."
        return Sign(id="link_mismatch", speaks="suspicious", detail=detail, quote=link.shown[:300])
    return _of_foreign(host, link, mood)


def _is_usual(host: str) -> bool:
    """True for Amazon, its rented machines, and the public offices and surveys that genuine notices point to."""
    if domains().is_amazon(host) or within(host, (*domains().outside, *domains().rented)):
        return True
    return re.search(r"\.(?:gov|edu|mil)(?:\.[a-z]{2})?$", host) is not None


def _of_embedded(host: str, link: _Link, notice: Notice, mood: _Mood) -> Sign:
    """A store's host before a foreign one: a company's web filter in pasted text, or a trap."""
    trap = not is_proxy(host) and (notice.sender is not None or link.shown is not None or mood.pressed or _baits(host))
    if trap:
        detail = f"A link leads to {host}: it begins like Amazon's address and ends elsewhere."
        return Sign(id="link_lookalike", speaks="suspicious", detail=detail, quote=link.address[:300])
    detail = f"A link leads to {host}: Amazon's address behind another host, perhaps a web filter."
    return Sign(id="link_rewritten", speaks="unknown", detail=detail, quote=link.address[:300])


def _baits(host: str) -> bool:
    tail = re.split(r"amazon\.(?:com?\.)?[a-z]{2,3}\.", host)[-1]
    return bool(_BAIT_HOST.search(tail))


def _of_foreign(host: str, link: _Link, mood: _Mood) -> Sign | None:
    """A link elsewhere: suspicious only where one is to log in or is pressed to go there."""
    wanted = _LOGIN_TEXT.search(link.lead)
    hides = within(host, domains().shorteners)
    if wanted and mood.claims_amazon and (mood.pressed or hides or _BAIT_HOST.search(host)):
        detail = f"The mail speaks of an Amazon account but sends you to {host} to log in or confirm something."
        return Sign(id="link_foreign_login", speaks="suspicious", detail=detail, quote=link.address[:300])
    detail = f"A link leads to {host}, which is not Amazon's."
    return Sign(id="link_foreign", speaks="unknown", detail=detail, quote=link.address[:300])


def _of_forms(notice: Notice) -> Iterator[Sign]:
    for link in notice.links:
        if link.text == "(form asking for a password)":
            yield Sign(
                id="password_form", speaks="suspicious", detail="The mail itself holds a form that asks for a password."
            )
        elif link.text == "(form)" and (host := host_of(link.href)) and not domains().is_amazon(host):
            detail = f"The mail holds a form whose entries go to {host}."
            yield Sign(id="form_foreign", speaks="suspicious", detail=detail, quote=link.href[:300])


def _of_addresses(text: str) -> Iterator[Sign]:
    words = (word for word in text.split() if "@" in word)
    for found in islice((found for word in words for found in _MAIL.finditer(word)), _SEEN_AT_MOST):
        host = host_of("mailto:" + found[1])
        if imitates_amazon(host):
            detail = f"The mail names an address at {host}, which is made to look like Amazon's."
            yield Sign(id="address_lookalike", speaks="suspicious", detail=detail, quote=found.group())


def _of_attachments(notice: Notice) -> Iterator[Sign]:
    """A page or program hanging on a mail that says it is Amazon's; a person's forward may carry anything."""
    sender = (notice.sender or "").lower()
    private = "@" in sender and within(sender.rsplit("@", 1)[-1].strip(" >"), domains().mailboxes)
    for name in notice.attachments:
        if _DANGEROUS.search(name.strip()):
            detail = f"Do not open {name}: Amazon's notices carry no pages, archives or programs."
            speaks = "suspicious" if sender and not private and asks_to_open(notice.text) else "unknown"
            yield Sign.model_validate({"id": "attachment_risky", "speaks": speaks, "detail": detail, "quote": name})


def asks_to_open(text: str) -> bool:
    """True if the mail tells its reader to open or fill in what hangs on it."""
    return bool(_OPEN.search(text[:20_000]))


_OPEN = regex(
    r"(?:open|download|fill|complete|see|use|view|review|run)\b.{0,80}\b(?:attach\w*|enclosed|form)"
    r"|attach\w*.{0,60}\b(?:form|log.?in|page)"
    r"|anhang|angehängt|附件|添付",
    re.I | re.S,
)
