"""Where a reply goes, which files are taken there, what to do while waiting: the rules of `channels.v1.yaml`."""

from __future__ import annotations

from functools import cache

from pydantic import ValidationError

from amends.data import load_yaml
from amends.errors import PromptError
from amends.schemas import Case, Frozen

FILE = "channels.v1.yaml"

_IP_CAUSES = frozenset({"trademark", "copyright", "patent"})
_PAPER_CAUSES = frozenset({"verification", "payment_tax"})


class Advice(Frozen):
    """One piece of advice and where it comes from (marks as in the file's head)."""

    text: str
    source: str


class Route(Frozen):
    """One way to send a reply, step by step."""

    title: str
    steps: tuple[str, ...]
    source: str


class FileProfile(Frozen):
    """What one kind of form accepts. `max_megabytes` is per file, None where no figure is known."""

    title: str
    formats: tuple[str, ...]
    max_megabytes: int | None
    rules: tuple[str, ...]
    source: str


class Channels(Frozen):
    """The whole file."""

    version: int
    checked_on: str
    routes: dict[str, Route]
    profiles: dict[str, FileProfile]
    every_file: tuple[Advice, ...]
    waiting: tuple[Advice, ...]
    never: tuple[Advice, ...]


@cache
def channels() -> Channels:
    """Return the rules, read once.

    Raises:
        PromptError: the file is missing or broken.
    """
    try:
        return Channels.model_validate(load_yaml(FILE))
    except ValidationError as error:
        raise PromptError(f"{FILE} cannot be used: {error}", hint="Install amends again.") from error


def route_key(case: Case) -> str:
    """Return which route of the file fits this case: what must not be answered first, then the narrowest channel."""
    found = case.enforcement
    for wanted, key in (
        (case.notice.authenticity.verdict == "suspicious", "suspicious"),
        (found.answer_kind == "no_reply_needed", "nothing"),
        (found.answer_kind == "retraction", "rights_owner"),
        (found.answer_kind == "other_account_first", "other_account"),
        (found.answer_kind == "information_request", "ask"),
        (found.channel in ("reply", "email"), "reply"),
        (found.stage in ("appeal_denied", "more_info_requested"), "view_appeal"),
        (found.stage == "funds_held", "funds"),
        (found.cause in _PAPER_CAUSES, "verification"),
        (found.cause in _IP_CAUSES, "ip"),
        (found.cause == "product_safety_compliance", "compliance"),
        (found.cause == "drop_shipping", "drop_ship_review"),
        (found.scope == "listing" or found.stage == "listing_removed", "listing"),
        (found.scope == "account" or found.stage == "deactivated", "account"),
    ):
        if wanted:
            return key
    return "unknown"


def route(case: Case) -> Route:
    """Return where and how this case's reply is sent."""
    return channels().routes[route_key(case)]


def file_profile(case: Case) -> FileProfile:
    """Return what the form of this case accepts as files (domain 5.2)."""
    key = "ip" if case.enforcement.cause in _IP_CAUSES else "authenticity"
    if case.enforcement.cause in _PAPER_CAUSES:
        key = "identity"
    return channels().profiles[key]
