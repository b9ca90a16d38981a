"""A responder that does what the prompts ask: it words each section from the fact table alone, and judges by quoting.

Of the notice it reads nothing, so the rules' reading stands.
It knows no more than a model would: the facts, the section and the letter are read out of the prompt.
"""

from __future__ import annotations

import re
from typing import Any

from amends.testing.answers import Answer, Body, error, ok, schema_name

_ROW = re.compile(r"^(F\d+) \| (\w+ \w+) \| (\S+) \| (.*)$", re.MULTILINE)
_SECTION = re.compile(r"^Write the section: ([a-z ]+?)(?: \(only for .*?\))?[:,]", re.MULTILINE)
_WANTED = re.compile(r"^Facts to be said in this section: (.*)$", re.MULTILINE)
_FIELD = re.compile(
    r"; (date|count|value|unit|asins|orders|cause|owner|frequency|limit|tool|since|file|document|proves): "
)
_LETTER = re.compile(r"<<<letter (\w+)>>>\n(.*?)\n<<<end of letter \1>>>", re.DOTALL)
_ITEM = re.compile(r"^- ([\w.]+): ", re.MULTILINE)
_UNSAID = ("cause", "unit")
#: A `NoticeRead` in which nothing could be told.
NOTHING_READ: dict[str, Any] = {
    **dict.fromkeys(("cause", "stage", "stage_quote", "deadline_days", "deadline_quote")),
    **{name: [] for name in ("other_causes", "requested", "facts")},
}
_ROLES = {"root cause": "why", "corrective actions": "done", "preventive measures": "in_force"}


def honest(body: Body) -> Answer:
    """Answer a reading, drafting or judging request; any other schema gets a 400."""
    prompt = body["messages"][1]["content"]
    if schema_name(body) == "DraftedSection":
        return ok(drafted(prompt))
    if schema_name(body) == "JudgeAnswers":
        return ok(judged(prompt))
    if schema_name(body) == "NoticeRead":
        return ok(NOTHING_READ)
    return error(400, f"the honest responder knows no schema {schema_name(body)}")


def drafted(prompt: str) -> dict[str, Any]:
    """Return a `DraftedSection`: one point per wanted fact, in the fact's own words with its other fields after them."""
    section, wanted = _SECTION.search(prompt), _WANTED.search(prompt)
    key = section[1] if section else ""
    if key == "opening":
        return _section([_sentence("We answer your notice.", [], "frame")])
    if key == "closing":
        return _section([_sentence("We ask you to review this plan.", [], "request")])
    rows = {row[1]: (row[3], row[4]) for row in _ROW.finditer(prompt)}
    ids = [i for i in (wanted[1].split(", ") if wanted else ()) if i in rows]
    return _section([_sentence(_said(rows[i][1]), [i], _role(key, rows[i][0])) for i in ids])


def judged(prompt: str) -> dict[str, Any]:
    """Return `JudgeAnswers`: yes to every item, each proved by the letter's first sentence that names a figure."""
    letter = _LETTER.search(prompt)
    lines = (letter[2] if letter else "").splitlines()[1:]
    sentences = [s for line in lines for s in re.split(r"(?<=[.!?])\s+", line) if len(s.split()) >= 3]
    quote = next((s for s in sentences if re.search(r"\d", s)), sentences[0] if sentences else None)
    items = [
        {"id": i, "answer": "yes", "quote": quote, "note": "The quoted words show it."} for i in _ITEM.findall(prompt)
    ]
    return {"items": items}


def _said(words: str) -> str:
    text, *fields = _FIELD.split(words)
    pairs = [(n, v.removesuffix(".0")) for n, v in zip(fields[::2], fields[1::2], strict=True) if n not in _UNSAID]
    added = "; ".join(f"since {value}" if name == "since" else value for name, value in pairs if value not in text)
    text = text.rstrip(" .")
    return f"{text} ({added})." if added else f"{text}."


def _role(section: str, status: str) -> str:
    return "planned" if status == "planned" else _ROLES.get(section, "what_happened")


def _sentence(text: str, fact_ids: list[str], role: str) -> dict[str, Any]:
    return {"text": text, "fact_ids": fact_ids, "role": role, "new_point": True}


def _section(sentences: list[dict[str, Any]]) -> dict[str, Any]:
    return {"sentences": sentences, "not_stated": []}
