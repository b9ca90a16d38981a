"""Which store a notice is about: a vote of its signature, ids, hosts and words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from amends.authenticity.domains import domains
from amends.authenticity.hosts import host_of, hosts_in

_STORE_NAME = re.compile(
    r"(?<![A-Za-z0-9_@.-])(?P<host>(?:[\w-]{1,40}\.){0,4})(?P<store>amazon\.(?:com?\.)?[a-z]{2,3})(?![A-Za-z0-9_])(?!-(?-i:[a-z0-9]))(?!\.[A-Za-z0-9])",
    re.I,
)
_SIGNATURE = re.compile(r"^\W{0,4}(?:the )?(?:www\.)?(amazon\.(?:com?\.)?[a-z]{2,3})\W{0,4}$", re.I | re.M)
_MARKETPLACE_ID = re.compile(r"(?<![A-Z0-9])A[A-Z0-9]{12,13}(?![A-Z0-9])")
_MAIL_DOMAIN = re.compile(
    r"@(?:[\w-]{1,40}\.){0,3}(amazon\.(?:com?\.)?[a-z]{2,3})(?![A-Za-z0-9_-])(?!\.[A-Za-z0-9])", re.I
)
#: How Chinese-speaking sellers and notices name a store without its domain.
_CHINESE_NAMES = {
    "美国站": "amazon.com",
    "加拿大站": "amazon.ca",
    "墨西哥站": "amazon.com.mx",
    "英国站": "amazon.co.uk",
    "德国站": "amazon.de",
    "法国站": "amazon.fr",
    "意大利站": "amazon.it",
    "西班牙站": "amazon.es",
    "日本站": "amazon.co.jp",
    "澳洲站": "amazon.com.au",
}
_SAMPLE = 200_000
#: The European Seller Central serves many stores, though its host ends in amazon.com.
_SHARED_HOST = "sellercentral-europe."


def marketplace(text: str, *, subject: str | None, sender: str | None, links: Iterable[str]) -> str | None:
    """Return the store domain (`amazon.de`) that the notice is about, or None where nothing tells.

    Ids: domain.md 6.9 [V:DOC-MKT]. amazon.com counts least, because its addresses serve other stores too.
    """
    votes: Counter[str] = Counter()
    name = (sender or "").split("<")[0] if "<" in (sender or "") else ""
    sample = f"{subject or ''}\n{name} \n{text[:_SAMPLE]}"
    for found in _SIGNATURE.finditer(sample):
        votes[found[1].lower()] += 6
    for found in _STORE_NAME.finditer(sample):
        votes[found["store"].lower()] += _weight(found["host"].lower(), sample[found.end() : found.end() + 1])
    for found in _MAIL_DOMAIN.finditer(sample):
        votes[found[1].lower()] += 1
    _vote_by_name_and_id(votes, sample, links)
    if sender and (store := domains().store(host_of("mailto:" + sender.rsplit("@", 1)[-1].strip(" >")))):
        votes[store.domain] += 2 if store.domain == "amazon.com" else 5
    return _winner(votes)


def named_store(text: str, *, subject: str | None, sender: str | None) -> str | None:
    """Return the store that a text calls by its name ("Amazon.de"): all that a mail which may not be Amazon's tells of it.

    Addresses and links prove nothing there: whoever forged the mail chose them.
    """
    votes: Counter[str] = Counter()
    name = (sender or "").split("<")[0] if "<" in (sender or "") else ""
    sample = f"{subject or ''}\n{name} \n{text[:_SAMPLE]}"
    for found in _STORE_NAME.finditer(sample):
        if (
            not found["host"]
            and sample[found.start() - 1 : found.start()] != "/"
            and sample[found.end() : found.end() + 1] not in ("/", "@")
        ):
            votes[found["store"].lower()] += 1
    return _winner(votes)


def _weight(host: str, following: str) -> int:
    """A name in a sentence says more than a host in an address."""
    if host.startswith(_SHARED_HOST):
        return 0
    return 1 if host.startswith("www.") or following == "/" else 3


def _vote_by_name_and_id(votes: Counter[str], sample: str, links: Iterable[str]) -> None:
    by_id = {s.id: s.domain for s in domains().stores}
    addresses = list(links)
    for found in _MARKETPLACE_ID.finditer("\n".join((sample, *addresses))):
        if domain := by_id.get(found.group()):
            votes[domain] += 5
    for name, domain in _CHINESE_NAMES.items():
        votes[domain] += 3 * sample.count(name)
    for host in hosts_in(addresses):
        store = domains().store(host)
        if store and not host.startswith(_SHARED_HOST):
            votes[store.domain] += 1


def _winner(votes: Counter[str]) -> str | None:
    known = {s.domain for s in domains().stores}
    ranked = [
        (count, domain != "amazon.com", domain) for domain, count in votes.items() if domain in known and count > 0
    ]
    return max(ranked, key=lambda r: (r[0], r[1]))[2] if ranked else None
