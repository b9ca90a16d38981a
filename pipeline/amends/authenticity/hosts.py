"""Hosts of links and addresses, seen as a browser sees them; and hosts made to look like Amazon's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import unquote

from amends.authenticity.domains import domains, under, within

#: An address in running text, or one without scheme that begins with `www.`.
URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'()\[\]{}（）。，；]{3,2000}", re.I)
_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]{0,20}:)?(?://)?", re.I)
_BRAND = re.compile(r"amazon|amzon|amazn|amazom|arnazon|amazcn|arnzon|amazonn|sellercentral|seller-central")
#: Characters that are drawn like others, folded to what they imitate.
_FOLD = str.maketrans("0134аеорсхуіѕԁӏɑοαｏａｍｚｎ", "oleaaeopcxyisdlaoaoamzn")
_PROXY = re.compile(
    r"(?:^|[.-])(?:proxy|vpn|webvpn|gateway|filter|mirror|ezproxy|cache|casb|isolat\w{0,5})(?:[.-]|\d|$)"
)


class Target(NamedTuple):
    """Where an address leads: its host, and the host hidden in it by a mail gateway, if any."""

    host: str
    wrapped: str | None = None


def target_of(address: str) -> Target:
    """Return the host of `address` in lower case, without user, port and final dot, punycode decoded."""
    host = host_of(address)
    if within(host, domains().rewriters):
        hidden = next((m for m in URL.finditer(_unwrapped(address)) if host_of(m.group()) != host), None)
        return Target(host, host_of(hidden.group()) if hidden else None)
    return Target(host)


def host_of(address: str) -> str:
    """Return the host of a web or mail address; empty for what has none."""
    rest = _SCHEME.sub("", address.strip()[:4000], count=1)
    rest = re.split(r"[/?#\\]", rest, maxsplit=1)[0]
    host = rest.rsplit("@", 1)[-1].split(":", 1)[0].rstrip(".,;").lower()
    return ".".join(_decoded(label) for label in host.split(".")) if "." in host else ""


def hosts_in(addresses: Iterable[str]) -> list[str]:
    """Return the hosts of `addresses`, those behind a mail gateway's rewriting included."""
    targets = (target_of(a) for a in addresses)
    return [t.wrapped or t.host for t in targets if t.host]


def imitates_amazon(host: str) -> bool:
    """True if `host` is not Amazon's but carries its name or one drawn like it."""
    if not host or domains().is_amazon(host) or under(host, "amazon") or within(host, domains().rented):
        return False
    return bool(_BRAND.search(folded(host)))


def embeds_amazon(host: str) -> bool:
    """True if a whole host of Amazon stands in front of a foreign one (`sellercentral.amazon.com.example.net`)."""
    return not domains().is_amazon(host) and any(f"{s.domain}." in host for s in domains().stores)


def is_proxy(host: str) -> bool:
    """True for a web filter, mail gateway or translator, which says nothing about the sender."""
    return within(host, domains().rewriters) or bool(_PROXY.search(host))


def folded(host: str) -> str:
    """Return `host` with look-alike characters replaced by what they imitate (`arnaz0n` to `amazon`)."""
    return host.translate(_FOLD).replace("rn", "m").replace("vv", "w").replace("á", "a").replace("à", "a")


def _decoded(label: str) -> str:
    if not label.startswith("xn--") or len(label) > 63:
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


def _unwrapped(address: str) -> str:
    """Return the address with its query decoded, also in the dash form of one gateway (`https-3A__host`)."""
    decoded = unquote(address[:4000])
    decoded = re.sub(r"https?-3A__([^_&\s]{1,250})_?", r"https://\1/", decoded)
    return re.sub(r"[?&=]", " ", decoded)
