"""The review page: one self-contained HTML file, each sentence of the letter beside its proof.

Notice, facts and model texts are untrusted: everything is escaped by the template engine, the page loads nothing
from outside, and its content security policy allows only the one style and the one script named by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from amends.dates import long_date
from amends.render import wording
from amends.render.attachments import attachments
from amends.render.channels import channels, file_profile, route
from amends.render.plain import COMPACT_LIMIT, parts, plain
from amends.render.proof import NOTICE_LIMIT, gap_pieces, notice_pieces, proof_sections, shown_fact
from amends.schemas import Case

if TYPE_CHECKING:
    from jinja2 import Template


def html(case: Case) -> str:
    """Return the review page for this case.

    Raises:
        PromptError: the rules of the channels cannot be read.
    """
    return _template().render(_view(case))


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {
        "words": wording.words,
        "long_date": long_date,
        "source_words": wording.source_words,
    }
    return environment.from_string(_own_file("page.html.j2"))


@cache
def _own_file(name: str) -> str:
    return files("amends.render").joinpath(name).read_text("utf-8")


def content_hash(text: str) -> str:
    """Return the source expression that lets a content security policy allow exactly `text` inline."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _view(case: Case) -> dict[str, Any]:
    """Return everything the template needs; it decides nothing itself but the layout."""
    return {**_frame(case), **_letter_view(case), **_judgement_view(case), **_sending_view(case)}


def _frame(case: Case) -> dict[str, Any]:
    from markupsafe import Markup

    style, script = _own_file("page.css"), _own_file("page.js")
    policy = (
        f"default-src 'none'; style-src '{content_hash(style)}'; script-src '{content_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    # Both are our own files; a test holds that neither can end its element early.
    return {
        "style": Markup(style),
        "script": Markup(script),
        "policy": policy,
        "case": case,
        "headline": _headline(case),
    }


def _headline(case: Case) -> tuple[str, ...]:
    """Return what the page's head says of the case after its causes."""
    notice = case.notice
    received = f"notice of {long_date(notice.received.date())}" if notice.received else None
    pieces = (wording.words(case.enforcement.stage), notice.marketplace, case.seller.store, received)
    return tuple(piece for piece in pieces if piece)


def _letter_view(case: Case) -> dict[str, Any]:
    letter = case.letter
    sections = proof_sections(case, letter) if letter else ()
    proofs = [p for section in sections for p in section.proofs]
    used = {fact.id: [p.anchor for p in proofs if fact.id in {f.id for f in p.facts}] for fact in case.facts}
    text = plain(case)
    return {
        "letter": letter,
        "sections": sections,
        "proofs": proofs,
        "facts": [(shown_fact(f), used[f.id]) for f in case.facts],
        "subject": gap_pieces(letter.subject) if letter else (),
        "parts": parts(case),
        "plain": text,
        "word_count": len(text.split()),
        "limit": COMPACT_LIMIT,
        "writers": wording.writers(letter) if letter else {},
    }


def _judgement_view(case: Case) -> dict[str, Any]:
    card = case.scorecard
    return {
        "readiness": wording.READINESS,
        "states": wording.STATES,
        "symbols": wording.SYMBOLS,
        "grammar_line": wording.grammar_line(card.grammar) if card else "",
        "lock_line": wording.lock_line(card.lock_breaches) if card else "",
        "usage_line": wording.usage_line(card.usage) if card else "",
        "other_findings": wording.findings_elsewhere(case),
        "blocking_count": sum(f.severity == "blocking" for f in case.findings),
        "authenticity": {"likely_genuine": "likely genuine", "suspicious": "suspicious", "unknown": "cannot tell"},
    }


def _sending_view(case: Case) -> dict[str, Any]:
    rules = channels()
    return {
        "attachments": attachments(case),
        "profile": file_profile(case),
        "every_file": rules.every_file,
        "route": route(case),
        "waiting": rules.waiting,
        "never": rules.never,
        "deadline": wording.deadline_line(case),
        "notice_pieces": notice_pieces(case),
        "notice_cut": max(0, len(case.notice.text) - NOTICE_LIMIT),
    }
