"""How judgements, figures and states are worded, the same in every format."""

from __future__ import annotations

from amends.dates import long_date
from amends.schemas import Case, Fact, Finding, GrammarReport, Letter, Metric, Sentence, Usage
from amends.vocabulary import ItemState, Readiness

READINESS: dict[Readiness, str] = {"send": "Send", "fix_first": "Fix first", "do_not_send": "Do not send"}
STATES: dict[ItemState, str] = {"met": "met", "unmet": "unmet", "not_checked": "NOT CHECKED"}
SYMBOLS: dict[ItemState, str] = {"met": "✓", "unmet": "✗", "not_checked": "?"}
STATUSES = {"done": "done", "in_progress": "under way", "planned": "planned"}
ROLES = {
    "what_happened": "What happened",
    "why": "Why it happened",
    "done": "Done",
    "in_force": "In force",
    "planned": "Planned",
    "attached": "Enclosure",
    "request": "Request",
    "frame": "Frame",
}

_SOURCES = {"V": "Amazon's own text", "C": "commonly said", "U": "not verified", "D": "our advice"}


def words(code: str) -> str:
    """Return a vocabulary code as words: `late_shipment` -> `late shipment`."""
    return code.replace("_", " ")


def source_words(marks: str) -> str:
    """Return source marks as a reader understands them: `[V:A1][C:C10]` -> `Amazon's own text, commonly said`."""
    kinds = (part.strip("[")[:1] for part in marks.split("]"))
    return ", ".join(dict.fromkeys(_SOURCES[kind] for kind in kinds if kind in _SOURCES))


def number(value: float) -> str:
    """Return a figure without a needless decimal."""
    return f"{value:g}"


def fact_value(fact: Fact) -> str:
    """Return a fact's value as one line, unit included."""
    value = fact.value
    if isinstance(value, Metric):
        figure = "no figure" if value.value is None else f"{number(value.value)} %"
        return f"{value.name} {figure}" + ("" if value.target is None else f" (target {number(value.target)} %)")
    text = number(value) if isinstance(value, int | float) and abs(value) < 100_000 else str(value)
    return f"{text} {fact.unit}" if fact.unit else text


def deadline_line(case: Case) -> str:
    """Return when the answer is due, and how many days are left counted from the case's day."""
    deadline = case.enforcement.deadline
    if deadline is None:
        return "No deadline printed; answer soon."
    if deadline.due is None:
        return f'"{deadline.text}", but the notice has no date to count from.'
    left = (deadline.due - case.today).days
    if left < 0:
        return f"{long_date(deadline.due)}: over since {-left} {_plural('day', -left)}."
    return f"{long_date(deadline.due)}: {left} {_plural('day', left)} left."


def grammar_line(report: GrammarReport) -> str:
    """Return what the grammar engine saw, or why nothing was checked."""
    if not report.checked:
        return f"Grammar: NOT CHECKED: {report.reason or 'no reason was recorded'}"
    rate = report.per_100_words
    per = "" if rate is None else f" ({number(rate)} per 100 words)"
    faults, changes = len(report.faults), len(report.changes)
    return (
        f"Grammar: {faults} {_plural('fault', faults)} left{per}, {changes} {_plural('correction', changes)} made, "
        f"by {report.engine or 'an unnamed engine'}"
    )


def lock_line(breaches: int | None) -> str:
    """Return whether every statement of the letter was found in the facts."""
    if breaches is None:
        return "Facts lock: NOT CHECKED"
    return f"Facts lock: {breaches} {_plural('breach', breaches)}" if breaches else "Facts lock: no breach"


def usage_line(usage: Usage) -> str:
    """Return calls, tokens and cost; an unknown price is called unknown."""
    if not usage.calls and not usage.failure:
        return "No model was called."
    cost = "cost not known" if usage.cost_usd is None else f"{usage.cost_usd:.4f} USD"
    line = (
        f"{usage.model}: {usage.calls} calls ({usage.repairs} repairs, {usage.retries} retries), "
        f"{usage.input_tokens} tokens in, {usage.output_tokens} out, {cost}"
    )
    return f"{line}. The provider failed: {usage.failure}" if usage.failure else line


def writers(letter: Letter) -> dict[str, tuple[str, ...]]:
    """Return for each writer (`composer` or a model) the titles of the sections it worded."""
    by = dict.fromkeys(s.written_by for s in letter.sections)
    return {w: tuple(s.title or words(s.key) for s in letter.sections if s.written_by == w) for w in by}


def findings_on(case: Case, sentence: Sentence) -> tuple[Finding, ...]:
    """Return the findings whose sentence this is, blocking ones first."""
    found = [f for f in case.findings if f.sentence == sentence.text]
    return tuple(sorted(found, key=lambda f: f.severity != "blocking"))


def findings_elsewhere(case: Case) -> tuple[Finding, ...]:
    """Return the findings that belong to no sentence of the letter."""
    texts = {s.text for s in case.letter.sentences} if case.letter else set()
    return tuple(f for f in case.findings if f.sentence not in texts)


def _plural(word: str, count: int) -> str:
    if count == 1:
        return word
    return f"{word}es" if word.endswith("ch") else f"{word}s"
