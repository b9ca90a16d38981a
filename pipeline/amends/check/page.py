"""Findings as one self-contained HTML page: each letter as it was written, its faults marked, the reasons beside it.

Letters are untrusted: the template engine escapes everything, and the page's policy allows its one style and no script.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from amends.check.report import Checked, CheckReport, Mark
from amends.render import wording
from amends.render.page import content_hash

if TYPE_CHECKING:
    from jinja2 import Template


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a letter under the same marks: `numbers` of those that cover it, `ends` of those that end with it."""

    text: str
    numbers: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    blocking: bool = False


def page(report: CheckReport) -> str:
    """Return the page for this report."""
    from markupsafe import Markup

    style = files("amends.render").joinpath("page.css").read_text("utf-8") + files("amends.check").joinpath(
        "page.css"
    ).read_text("utf-8")
    # The style is our own file; a test holds that it cannot end its element early.
    return _template().render(
        style=Markup(style), policy=f"default-src 'none'; style-src '{content_hash(style)}'; base-uri 'none'; form-action 'none'",
        letters=[_view(number, checked) for number, checked in enumerate(report.letters, 1)], states=wording.STATES, symbols=wording.SYMBOLS,
        usage=wording.usage_line(report.usage), blocking=sum(len(c.blocking) for c in report.letters),
    )  # fmt: skip


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"words": wording.words}
    return environment.from_string(files("amends.check").joinpath("page.html.j2").read_text("utf-8"))


def _view(number: int, checked: Checked) -> dict[str, Any]:
    placed = [m for m in checked.marks if m.start is not None]
    return {
        "id": f"l{number}",
        "checked": checked,
        "runs": list(runs(checked.text, placed)),
        "placed": list(enumerate(placed, 1)),
        "whole": [m for m in checked.marks if m.start is None],
        "grammar": wording.grammar_line(checked.grammar),
    }


def runs(text: str, marks: list[Mark]) -> Iterator[Run]:
    """Yield the letter's text cut where marks begin and end; marks are numbered from 1 in their order."""
    spans = [(n, m.start or 0, m.end or 0, m.severity == "blocking") for n, m in enumerate(marks, 1)]
    cuts = sorted({0, len(text), *(s for _, s, _, _ in spans), *(e for _, _, e, _ in spans)})
    for start, end in pairwise(cuts):
        over = [(n, e, blocks) for n, s, e, blocks in spans if s <= start and end <= e]
        yield Run(
            text[start:end],
            tuple(n for n, _, blocks in sorted(over, key=lambda o: not o[2])),
            tuple(n for n, e, _ in over if e == end),
            any(blocks for _, _, blocks in over),
        )
