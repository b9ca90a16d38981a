"""What a notice says: cause, stage, kind of answer, requests, deadline, ids and figures, each with its words.

Rules only; `extract.by_model` adds what a model finds. Nothing here can reach a model.
"""

from __future__ import annotations

from amends.extract import causes
from amends.extract.deadline import deadline
from amends.extract.kinds import answer_kind
from amends.extract.layout import lay_out
from amends.extract.metric_causes import of_metrics, target_only, targets_met
from amends.extract.requests import asking, requests
from amends.extract.rules import Reading
from amends.extract.stage import tell
from amends.extract.values import values
from amends.extract.ways import channel, funds
from amends.schemas import Enforcement, Fact, Notice

__all__ = ["extract"]

#: So many characters of a notice are searched for what it says; ids are found in all of it. No notice is as long [D].
SEARCHED = 60_000


def extract(notice: Notice) -> tuple[Enforcement, tuple[Fact, ...]]:
    """Return what the notice says, and its ids and figures as facts F1, F2 …; never raises on any text.

    Of a text longer than `SEARCHED` only its beginning is read, and the rest looked through for ids.
    """
    reading = Reading(notice.text[:SEARCHED], notice.language)
    layout = lay_out(reading)
    subject = lay_out(Reading(notice.subject or "", notice.language))
    if notice.authenticity.verdict == "suspicious":
        return _not_amazons(), values(layout, notice, trusted=False)
    asks = asking(layout)
    facts = values(layout, notice)
    weighed = causes.weigh(layout, subject, asks)
    held, reason = causes.decide(weighed, targets_met(facts))
    breached = any(c.cause in of_metrics(facts) for c in held)
    told = tell(layout, subject, held[0].cause if held else "unspecified", asks, breached=breached)
    if told.stage == "reinstated":
        held, reason = causes.decide(weighed)  # a figure that meets its target again is why the account is back
    if told.stage == "not_enforcement":
        facts = tuple(f for f in facts if f.kind != "count" and not target_only(f))
        held, reason = (), "This mail takes no action against the account."
    main = held[0].cause if held else "unspecified"
    wanted = requests(layout, told.stage)
    kind, why = answer_kind(layout, main, told.stage, wanted)
    return Enforcement(
        cause=main,
        other_causes=tuple(c.cause for c in held[1:]),
        causes=held,
        cause_reason=reason,
        stage=told.stage,
        stage_evidence=told.evidence,
        scope=told.scope,
        answer_kind=kind,
        answer_kind_reason=why,
        requests=wanted,
        deadline=deadline(layout, notice) if kind != "no_reply_needed" else None,
        funds=funds(layout, told.stage),
        channel=channel(layout, told.stage, kind, asks),
        policies=_policies(reading),
    ), facts


def _not_amazons() -> Enforcement:
    return Enforcement(
        cause_reason="The mail shows signs of not being Amazon's; what it claims is not taken for a reason.",
        answer_kind="no_reply_needed",
        answer_kind_reason="A mail that may not be Amazon's must not be answered; look in Performance Notifications first.",
    )


def _policies(reading: Reading) -> tuple[str, ...]:
    lowered = reading.folded.text
    return tuple(
        dict.fromkeys(name for names in reading.rules.policies.values() for name in names if name.lower() in lowered)
    )
