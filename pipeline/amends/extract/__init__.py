"""What a notice says: cause, stage, kind of answer, requests, deadline, ids and figures, each with its words.

Rules only; `extract.by_model` adds what a model finds. Nothing here can reach a model.
"""

from __future__ import annotations

from amends.extract import causes, requests
from amends.extract.deadline import deadline
from amends.extract.folding import Folded
from amends.extract.layout import lay_out
from amends.extract.rules import Rules, rules_for
from amends.extract.stage import scope, stage
from amends.extract.values import values
from amends.schemas import Enforcement, Fact, Notice

__all__ = ["extract"]


def extract(notice: Notice) -> tuple[Enforcement, tuple[Fact, ...]]:
    """Return what the notice says, and its ids and figures as facts F1, F2 …; never raises on any text."""
    whole = Folded(notice.text)
    subject = Folded(notice.subject or "").text
    rules = rules_for(notice.language).narrowed(f"{subject}\n{whole.text}")
    layout = lay_out(whole, rules)
    found = values(layout, rules, notice.text)
    facts = tuple(fact.with_(id=f"F{number}") for number, fact in enumerate(found, 1))
    if notice.authenticity.verdict == "suspicious":
        return _not_amazons(), facts
    weighed = causes.weigh(layout, rules, subject)
    held, reason = causes.decide(weighed)
    main = held[0].cause if held else "unspecified"
    at, evidence = stage(layout, rules, subject, has_cause=bool(held))
    if at == "not_enforcement":
        held, main, reason = (), "unspecified", "This mail takes no action against the account."
    wanted = requests.requests(layout, rules, at)
    kind, why = requests.answer_kind(layout, rules, main, at, wanted)
    return Enforcement(
        cause=main,
        other_causes=tuple(c.cause for c in held[1:]),
        causes=held,
        cause_reason=reason,
        stage=at,
        stage_evidence=evidence,
        scope=scope(layout, rules, at, evidence),
        answer_kind=kind,
        answer_kind_reason=why,
        requests=wanted,
        deadline=deadline(layout, notice) if kind != "no_reply_needed" else None,
        funds=requests.funds(layout, rules),
        channel=requests.channel(layout, rules, at),
        policies=_policies(rules, notice.text),
    ), facts


def _not_amazons() -> Enforcement:
    return Enforcement(
        cause_reason="The mail shows signs of not being Amazon's; what it claims is not taken for a reason.",
        answer_kind="no_reply_needed",
        answer_kind_reason="A mail that may not be Amazon's must not be answered; look in Performance Notifications first.",
    )


def _policies(rules: Rules, text: str) -> tuple[str, ...]:
    lowered = text.lower()
    return tuple(dict.fromkeys(name for rule in rules.causes for name in rule.policies if name.lower() in lowered))
