"""What Amazon did: the stage, its scope, and whether this is an enforcement at all.

The answer to an earlier submission outranks the measure it repeats; an account outranks its listings; what is only
threatened is a warning; mail to many sellers and mail of daily business is none of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from amends.extract.answers import answer
from amends.extract.cues import Span as Place
from amends.extract.deeds import Deed, Target, deeds, measure, noun
from amends.extract.layout import Layout, Sentence
from amends.schemas import Span
from amends.vocabulary import Cause, Scope, Stage

#: Causes whose measure falls on the orders that the seller ships.
_SHIPPING: frozenset[Cause] = frozenset(
    {"late_shipment", "cancellation", "valid_tracking", "on_time_delivery", "drop_shipping"}
)
_OF_ACCOUNT: frozenset[Cause] = frozenset(
    {
        "order_defect_rate",
        "related_accounts",
        "verification",
        "payment_tax",
        "forged_documents",
        "fraud_deceptive",
        "unspecified",
    }
)


_WIDEST_FIRST: tuple[Literal["account", "seller_fulfilled", "listing"], ...] = (
    "account",
    "seller_fulfilled",
    "listing",
)


@dataclass(frozen=True)
class Told:
    """The stage, the words that tell it, and what the measure falls on."""

    stage: Stage
    evidence: Span | None
    scope: Scope


def tell(layout: Layout, subject: Layout, cause: Cause, asks: frozenset[int], *, breached: bool = False) -> Told:
    """The stage and scope of the newest mail; `cause` is the one found, which alone makes a notice a warning at least.

    `breached` tells that the seller's own figure is printed for it.
    """
    told = _told(layout)
    if _money_only(layout, subject, told):
        return Told("funds_held", None, "account")
    after = answer(layout, subject, told, asks)
    daily = cause == "unspecified" and bool(after and after.deed and after.deed.target == "unknown")
    if after and not (daily and after.stage == "reinstated" and _routine(layout, subject)):
        return Told(after.stage, after.evidence, _scope_after(after.deed, told, layout, cause))
    done = [d for d in told if measure(d, told)]
    if not done and not _broadcast(layout, subject):
        done = [d for sentence in subject.sentences for d in deeds(sentence) if measure(d, told)]
    if _at_risk(layout, subject) and all(d.target == "listing" for d in done):
        done = []
    return _measured(done, layout) or _without_deed(layout, subject, told, cause, asks, breached=breached)


def _at_risk(layout: Layout, subject: Layout) -> bool:
    """Whether the subject or the first words say that the account, or a policy, is at stake; then it is a warning."""
    first = [s for s in layout.newest if s.block == "measure" and s.has("cue.account_noun")][:2]
    return any(s.has("stage.at_stake") for s in (*subject.sentences, *first) if s.boilerplate is None)


def _told(layout: Layout) -> list[Deed]:
    """Every deed of the newest mail; "we removed them" speaks of what the sentences before named."""
    told: list[Deed] = []
    spoken_of: Target | None = None
    for sentence in layout.newest:
        told += deeds(sentence, spoken_of)
        spoken_of = noun(sentence, sentence.at, sentence.to, nearest_first=False) or spoken_of
    return told


def _measured(done: list[Deed], layout: Layout) -> Told | None:
    """The widest measure taken: the account, else seller-fulfilled offers, else listings."""
    for target in _WIDEST_FIRST:
        found = next((d for d in done if d.target == target), None)
        if found:
            evidence = found.span if found.sentence.reading is layout.reading else None
            scope = target
            if found.kind == "barred" and any(d.target == "seller_fulfilled" for d in done):
                scope = "seller_fulfilled"
            return Told("listing_removed" if target == "listing" else "deactivated", evidence, scope)
    return None


def _scope_after(deed: Deed | None, told: list[Deed], layout: Layout, cause: Cause) -> Scope:
    """What an answer to an appeal is about: what its deeds name, else what its first sentences name."""
    if cause in _OF_ACCOUNT and cause != "unspecified":
        return "account"
    targets = [d.target for d in (deed, *told) if d and (d.sure or d is deed)]
    if "account" not in targets and any(s.has("cue.seller_fulfilled_scope") for s in layout.newest[:6]):
        return "seller_fulfilled"
    targets.sort(key=lambda target: target != "account")
    nouns = [noun(s, s.at, s.to, nearest_first=True) for s in layout.newest if s.block in ("measure", "reason")]
    for target in (*targets, *nouns):
        if target == "account" or target == "listing":
            return target
    return "account"


def _without_deed(
    layout: Layout, subject: Layout, told: list[Deed], cause: Cause, asks: frozenset[int], *, breached: bool
) -> Told:
    """A warning, a mail about money only, or no enforcement at all."""
    if _broadcast(layout, subject):
        return Told("not_enforcement", None, "unknown")
    if _only_money(layout, subject) and (
        cause == "unspecified" or any(s.has("cue.funds_subject") for s in subject.sentences)
    ):
        return Told("funds_held", None, "account")
    every = (*subject.sentences, *layout.newest)
    risk = [(s, place) for s in every if s.boilerplate is None for place in s.all("stage.risk")]
    threatened = [d for d in told if d.kind in ("off", "barred") and d.sentence.boilerplate is None]
    limited = any(d.sure and d.kind == "off" and d.target == "feature" for d in told)
    spoken_to = cause != "unspecified" and (threatened or breached or _asks_for_answer(layout, asks))
    asks_nothing = not threatened and any(s.has("kind.no_reply_needed") for s in layout.newest)
    grave = risk and (cause != "unspecified" or any(s.has("cue.enforcement") for s in every))
    if (_routine(layout, subject) or asks_nothing) and not (grave or limited) and not (spoken_to and not asks_nothing):
        return Told("not_enforcement", None, "unknown")
    if cause != "unspecified" or risk or threatened or limited:
        evidence = _warning_evidence(risk, threatened, layout)
        return Told("warning", evidence, _threatened_scope(layout, risk, threatened, cause))
    return _presumed(layout) or _by_words(every)


def _presumed(layout: Layout) -> Told | None:
    """What a way back presumes: "How do I reactivate my account?" tells that the account is off."""
    reading, mail = layout.reading, layout.mail
    start, end = reading.folded.index(mail.start), reading.folded.index(mail.end)
    if reading.first("stage.presumed", start, end):
        return Told("deactivated", None, "account")
    return Told("listing_removed", None, "listing") if reading.first("stage.presumed_listing", start, end) else None


def _by_words(every: tuple[Sentence, ...]) -> Told:
    """A warning when the words are those of enforcement, else no enforcement."""
    enforcing = any(s.has("cue.enforcement") for s in every)
    return Told("warning" if enforcing else "not_enforcement", None, "unknown")


def _warning_evidence(risk: list[tuple[Sentence, Place]], threatened: list[Deed], layout: Layout) -> Span | None:
    own = [sentence.quote(place) for sentence, place in risk if sentence.reading is layout.reading]
    if own:
        return own[0]
    return threatened[0].span if threatened else None


def _threatened_scope(
    layout: Layout, risk: list[tuple[Sentence, Place]], threatened: list[Deed], cause: Cause
) -> Scope:
    """What is at risk: what the warning names, else what the cause usually falls on."""
    if cause in _SHIPPING:
        return "seller_fulfilled"
    at_risk = [noun(s, s.at, s.to, nearest_first=True) for s, _ in risk]
    named = [
        noun(s, s.at, s.to, nearest_first=True)
        for s in layout.newest
        if s.block in ("measure", "reason", "request") and cause not in _OF_ACCOUNT
    ]
    usual: list[Target | None] = ["account"] if cause in _OF_ACCOUNT else []
    for target in (*at_risk, *usual, *named, *(d.target for d in threatened)):
        if target == "account" or target == "listing" or target == "seller_fulfilled":
            return target
    return "unknown"


def _asks_for_answer(layout: Layout, asks: frozenset[int]) -> bool:
    """Whether papers or parts of a plan are asked for."""
    items = layout.reading.rules.of("request")
    return any(s.start in asks and s.has(*(f"request.{item}" for item in items)) for s in layout.newest)


def _held(layout: Layout) -> bool:
    """Whether the mail says that money is held, or still looked at."""
    return any(
        s.has("funds.held", "funds.review") or (s.has("stage.payout") and s.has("cue.funds_subject"))
        for s in layout.newest
    )


def _only_money(layout: Layout, subject: Layout) -> bool:
    """Whether the mail is about the seller's money and about nothing else."""
    first = (*subject.sentences, *layout.newest[:4])
    about = any(s.has("cue.funds_subject") for s in first)
    return about and _held(layout) and not any(s.has("cue.payment_sent") for s in first)


def _money_only(layout: Layout, subject: Layout, told: list[Deed]) -> bool:
    """Whether the mail says itself, or in its subject, that it is about money and not about the account."""
    if not _held(layout) or any(s.has("cue.payment_sent") for s in (*subject.sentences, *layout.newest[:4])):
        return False
    if any(s.has("cue.money_only") for s in (*subject.sentences, *layout.newest)):
        return True
    named = any(s.has("cue.funds_subject") and not s.has("cue.enforcement") for s in subject.sentences)
    return named and not any(measure(d, told) for d in told)


def _broadcast(layout: Layout, subject: Layout) -> bool:
    """Whether the mail goes to many sellers: a newsletter, a change of policy."""
    return any(s.has("cue.broadcast") for s in (*subject.sentences, *layout.newest))


def _routine(layout: Layout, subject: Layout) -> bool:
    """Whether the mail belongs to daily business: an order, a payment, an invoice, a shipment."""
    return any(s.has("cue.routine") for s in (*subject.sentences, *layout.newest))
