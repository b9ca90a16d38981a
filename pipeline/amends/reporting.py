"""What the commands print of an extraction or a pattern: the promised JSON, and text for people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from amends.patterns import Pattern
from amends.schemas import Case, Enforcement, Notice, PatternMatch, Scorecard
from amends.vocabulary import Cause

_FACT_KEYS = {"id", "kind", "value", "unit", "source", "quote", "start", "end"}
_REPORT_KEYS = _FACT_KEYS | {"origin", "about", "since", "until"}


def understood(
    notice: Notice, today: date, *, reports: Sequence[Path] = (), invoices: Sequence[Path] = (),
    model: str | None = None, base_url: str | None = None,
) -> Case:  # fmt: skip
    """Return what the rules read in a notice and in the seller's own files, and with a model its second reading.

    Raises:
        InputError: the settings, a report or an invoice list cannot be read. SetupError: the engine for tables is missing.
        ModelNotConfigured: the model's key, package or provider is missing.
    """
    from amends.extract import extract
    from amends.settings import load_settings

    settings = load_settings({"model": model, "base_url": base_url})
    enforcement, facts = extract(notice)
    case = Case(today=today, notice=notice, enforcement=enforcement, facts=facts)
    if settings.model != "offline":
        from amends.model import run
        from amends.run import open_door
        from amends.second_reading import read_again

        door = open_door(case, settings.model, settings)
        case = run(read_again(case, door)).with_(scorecard=Scorecard(usage=door.usage))
    if not (reports or invoices):
        return case
    from amends.own_data import with_contradictions, with_reports

    return with_contradictions(with_reports(case, reports, invoices))


def extracted(case: Case) -> dict[str, Any]:
    """The object that `amends extract --json` prints; its keys are a promise to other scripts."""
    notice, enforcement, facts = case.notice, case.enforcement, case.facts
    deadline = enforcement.deadline
    return {
        "notice": {
            "marketplace": notice.marketplace,
            "language": notice.language,
            "subject": notice.subject,
            "sender": notice.sender,
            "received": notice.received.isoformat() if notice.received else None,
            "authenticity": notice.authenticity.model_dump(mode="json"),
        },
        "cause": enforcement.cause,
        "other_causes": list(enforcement.other_causes),
        "cause_reason": enforcement.cause_reason,
        "stage": enforcement.stage,
        "scope": enforcement.scope,
        "answer_kind": enforcement.answer_kind,
        "answer_kind_reason": enforcement.answer_kind_reason,
        "requested": list(enforcement.requested),
        "dispute_only": [r.item for r in enforcement.requests if r.dispute_only],
        "deadline": {
            "text": deadline.text,
            "days": _plain(deadline.days),
            "due": deadline.due.isoformat() if deadline.due else None,
        }
        if deadline
        else None,
        "funds": enforcement.funds,
        "channel": enforcement.channel,
        "policies": list(enforcement.policies),
        "facts": [
            f.model_dump(mode="json", include=_REPORT_KEYS if f.source == "report" else _FACT_KEYS) for f in facts
        ],
        "disagreements": [d.model_dump(mode="json") for d in case.disagreements],
        "checks": [c.model_dump(mode="json") for c in case.checks],
        "evidence": {
            "causes": [c.model_dump(mode="json") for c in enforcement.causes],
            "stage": enforcement.stage_evidence.model_dump(mode="json") if enforcement.stage_evidence else None,
            "requested": [r.model_dump(mode="json") for r in enforcement.requests],
        },
    }


def extracted_text(found: dict[str, Any]) -> str:
    """The same for a person: one line each, then the facts."""
    notice = found["notice"]
    authenticity = notice["authenticity"]
    deadline = found["deadline"]
    due = f" (due {deadline['due']})" if deadline and deadline["due"] else ""
    days = f"{deadline['days']:g} days" if deadline and deadline["days"] is not None else ""
    lines = [
        ("From Amazon?", authenticity["verdict"].replace("_", " ")),
        *(("", f"{sign['speaks'].replace('_', ' ')}: {sign['detail']}") for sign in authenticity["signs"]),
        ("Store, language", f"{notice['marketplace'] or 'unknown'}, {notice['language']}"),
        ("Received", notice["received"] or "no date in the mail"),
        ("What happened", f"{found['stage'].replace('_', ' ')} ({found['scope'].replace('_', ' ')})"),
        ("Cause", ", ".join([found["cause"], *found["other_causes"]])),
        ("", found["cause_reason"]),
        ("Right answer", found["answer_kind"].replace("_", " ")),
        ("", found["answer_kind_reason"]),
        ("Asked for", ", ".join(r.replace("_", " ") for r in found["requested"]) or "nothing named"),
        ("Deadline", f"{days}{due}: “{_one_line(deadline['text'])}”" if deadline else "none printed; answer soon"),
        ("Funds", found["funds"].replace("_", " ")),
        ("How to answer", found["channel"].replace("_", " ")),
        *((_label(f), _fact(f)) for f in found["facts"]),
        *(("Told otherwise", f"{d['about']}: {d['one']}; {d['other']}") for d in found["disagreements"]),
        *(("Your files", c["message"]) for c in found["checks"]),
    ]
    return "\n".join(f"{label:16} {text}" for label, text in lines if text)


def _label(fact: dict[str, Any]) -> str:
    kind: str = fact["kind"]
    return "Your report" if fact["source"] == "report" else kind.replace("_", " ")


def _fact(fact: dict[str, Any]) -> str:
    value = fact["value"]
    if isinstance(value, dict):
        own = "not given" if value["value"] is None else f"{value['value']:g}"
        target = "" if value["target"] is None else f", target {value['target']:g}"
        return f"{value['name'].replace('_', ' ')}: {own}{target} {fact['unit'] or ''}".rstrip()
    about = f"{fact['about']}: ".replace("_", " ") if fact.get("about") else ""
    return f"{about}{value} {fact['unit'] or ''}".rstrip()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _plain(days: float | None) -> float | int | None:
    return int(days) if days is not None and float(days).is_integer() else days


def as_yaml(value: Any) -> str:
    """A pattern as YAML, in the order of its fields."""
    import yaml

    text: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110)
    return text.rstrip()


def search(text: str, patterns: Sequence[Pattern], most: int = 10) -> tuple[PatternMatch, ...]:
    """The situations that `text` is about, over all causes, best first; only those that match by something."""
    from amends.retrieve import retrieve

    causes: tuple[Cause, ...] = tuple(dict.fromkeys(p.cause for p in patterns))
    enforcement = Enforcement(cause=causes[0], other_causes=causes[1:]) if causes else Enforcement()
    found = retrieve(enforcement, Notice(text=""), text, (), patterns)
    return tuple(sorted((m for m in found if m.why), key=lambda m: -m.score)[:most])
