"""The lists of hosts and mail domains behind the signs: data in `domains.v1.yaml`, loaded once."""

from __future__ import annotations

from functools import cache

from pydantic import ValidationError

from amends.data import load_yaml
from amends.errors import PromptError
from amends.schemas import Frozen

_FILE = "domains.v1.yaml"


class Entry(Frozen):
    """One domain and the mark of its source."""

    domain: str
    mark: str


class Store(Entry):
    """One of Amazon's stores: its marketplace id and the IANA time zone in which its days are counted."""

    id: str
    zone: str


class Domains(Frozen):
    """Who owns which host. Source: domain.md 3.5 [V:A39c,A39d] and 6.9 [V:DOC-MKT]; each entry has its own mark."""

    version: int
    stores: tuple[Store, ...]
    own: tuple[Entry, ...]
    rented: tuple[Entry, ...]
    buyer_messages: tuple[Entry, ...]
    mailboxes: tuple[Entry, ...]
    rewriters: tuple[Entry, ...]
    outside: tuple[Entry, ...]
    shorteners: tuple[Entry, ...]

    def store(self, host: str) -> Store | None:
        """Return the store whose domain `host` is or lies under."""
        return next((s for s in self.stores if under(host, s.domain)), None)

    def is_amazon(self, host: str) -> bool:
        """True if `host` is one of Amazon's own; a rented machine is not."""
        return self.store(host) is not None or within(host, self.own)

    def carries_buyer_messages(self, host: str) -> bool:
        """True if mail from `host` is written by buyers, whatever it claims."""
        return any(host.startswith(e.domain) for e in self.buyer_messages)


def under(host: str, domain: str) -> bool:
    """True if `host` is `domain` or one of its subdomains."""
    return host == domain or host.endswith("." + domain)


def within(host: str, entries: tuple[Entry, ...]) -> bool:
    """True if `host` is or lies under one of `entries`."""
    return any(under(host, e.domain) for e in entries)


@cache
def domains() -> Domains:
    """Return the shipped lists.

    Raises:
        PromptError: the file is missing or broken.
    """
    try:
        return Domains.model_validate(load_yaml(_FILE))
    except ValidationError as error:
        raise PromptError(f"The data file {_FILE} cannot be used: {error}", hint="Reinstall amends.") from error
