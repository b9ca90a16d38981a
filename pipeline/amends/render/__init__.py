"""Rendering: the letter for the form, in parts, as Markdown, Word, a review page, JSON, and on the terminal."""

from __future__ import annotations

from amends.render.attachments import Attachment, attachments
from amends.render.channels import Route, route
from amends.render.markdown import markdown
from amends.render.page import html
from amends.render.plain import Part, compact, parts, plain
from amends.render.terminal import terminal
from amends.render.word import docx
from amends.schemas import Case

__all__ = [
    "Attachment",
    "Part",
    "Route",
    "attachments",
    "compact",
    "docx",
    "html",
    "json_text",
    "markdown",
    "parts",
    "plain",
    "route",
    "terminal",
]


def json_text(case: Case) -> str:
    """Return the whole case as JSON, the one format of state; `Case.model_validate_json` reads it back."""
    return case.model_dump_json(indent=2) + "\n"
