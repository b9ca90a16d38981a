"""Check: any letter, by whoever wrote it. Its words, its rubric, its grammar, and with a case its facts.

source -> parse -> rulings, grammar, judge, facts -> places -> text, JSON, GitHub, SARIF, HTML
"""

from __future__ import annotations

from amends.check.config import Rules, load_rules
from amends.check.output import Format, format_named, kind_named, put, rendered, to_json
from amends.check.parse import Parsed, parse
from amends.check.report import Checked, CheckReport, Fix, Mark
from amends.check.run import Means, check_letter
from amends.check.session import Job, Session
from amends.check.source import Source, load

__all__ = [
    "CheckReport", "Checked", "Fix", "Format", "Job", "Mark", "Means", "Parsed", "Rules", "Session", "Source", "check_letter", "format_named", "kind_named",
    "load", "load_rules", "parse", "put", "rendered", "to_json",
]  # fmt: skip
