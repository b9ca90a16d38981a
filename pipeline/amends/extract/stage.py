"""What Amazon did: the stage, its scope, and whether this is an enforcement at all.

A deed is a predicate ("deactivated", "taken down") with an object (the account, seller-fulfilled offers, listings) that
is said as done: conditions, possibilities, questions and negations are no deeds, and neither is what befell another
account. "If you do not reply, your account will be deactivated" is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from amends.extract.cues import Span as Place
from amends.extract.layout import Layout, Sentence
from amends.extract.requests import asking
from amends.schemas import Span
from amends.vocabulary import Cause, Scope, Stage

Target = Literal["account", "seller_fulfilled", "listing", "feature", "unknown"]

_CLAUSE = re.compile(
    r"[,;:,。、](?!\d)|\.\s| (?:and|but|because|so|since|as|while|und|aber|weil|et|mais|car|e|ma|perché|y|pero|porque)(?= )"
)
_AUXILIARY = re.compile(r"(?:\b(?:has|have|had|was|were|is|are|been|we|amazon|now|already|today)\b|'ve|'s)")
_ACTIVE = re.compile(r"\b(?:we|team|amazon(?:\.\w+)*)(?:'ve)?(?: (?:has|have|had|also|therefore|now|just))*(?: [a-z]+ly)? ?$")
_ANOTHERS = re.compile(r"\b(?:another|other|those|previous|former|related) (?:\w+ ){0,3}(?:that|which|who|we)\b|\bother sellers\b|\ban account (?:that|which)\b|\b(?:that|which) (?:was|were|has been) $")
#: The seller's own doing: "that you have closed all such listings".
_BY_YOU = re.compile(r"\b(?:you|you've|you have|you had|vous avez|hai)(?: already| either)? $")
#: Causes whose measure falls on the orders that the seller ships.
_SHIPPING: frozenset[Cause] = frozenset({"late_shipment", "cancellation", "valid_tracking", "on_time_delivery", "drop_shipping"})
_OF_ACCOUNT: frozenset[Cause] = frozenset({"order_defect_rate", "related_accounts", "verification", "payment_tax", "forged_documents", "fraud_deceptive", "unspecified"})


@dataclass(frozen=True)
class Deed:
    """Something done (`sure`) or only threatened to a target: the words and where they stand."""

    kind: Literal["off", "barred", "on", "keep", "refused"]
    target: Target
    sure: bool
    sentence: Sentence
    place: Place

    @property
    def span(self) -> Span:
        """The verbatim words."""
        return self.sentence.quote(self.place)


@dataclass(frozen=True)
class Told:
    """The stage, the words that tell it, and what the measure falls on."""

    stage: Stage
    evidence: Span | None
    scope: Scope


def tell(layout: Layout, subject: Layout, cause: Cause) -> Told:
    """The stage and scope of the newest mail; `cause` is the one found, which alone makes a notice a warning at least."""
    deeds = [deed for sentence in layout.newest for deed in _deeds(sentence)]
    titles = [deed for sentence in subject.sentences for deed in _deeds(sentence)]
    after = _after_appeal(layout, deeds)
    if after:
        stage, deed, evidence = after
        return Told(stage, evidence or (deed.span if deed else None), _scope_after(stage, deed, deeds, layout, cause))
    done = [d for d in deeds if d.sure and d.kind in ("off", "barred") and d.sentence.block not in ("error", "consequence", "help")]
    done = done or [d for d in titles if d.sure and d.kind in ("off", "barred") and not _broadcast(layout, subject)]
    for target in ("account", "seller_fulfilled", "listing"):
        found = next((d for d in done if d.target == target), None)
        if found:
            told: Stage = "listing_removed" if target == "listing" else "deactivated"
            evidence = found.span if found.sentence.reading is layout.reading else None
            wide = found.target == "account" and any(d.target == "seller_fulfilled" for d in done) and found.kind == "barred"
            return Told(told, evidence, "seller_fulfilled" if wide else target)  # type: ignore[arg-type]
    return _without_deed(layout, subject, deeds, cause)


def _after_appeal(layout: Layout, deeds: list[Deed]) -> tuple[Stage, Deed | None, Span | None] | None:
    """The stage that answers an earlier submission, or None when the mail answers none."""
    told = [d for d in deeds if d.sure and d.sentence.block not in ("error", "consequence", "help", "list")]
    appealed = any(s.has("speech.appealed") for s in layout.newest)
    earlier = appealed or any(s.has("speech.earlier") for s in layout.newest)
    refused = next((d for d in told if d.kind == "refused"), None)
    keep = next((d for d in told if d.kind == "keep"), None)
    restored = next((d for d in told if d.kind == "on" and d.sentence.block in ("measure", "reason")), None)
    if restored and not refused and not keep:
        return "reinstated", restored, None
    lacking = _first(layout, "stage.lacking") if earlier else None
    firmly = any(s.has("stage.firmly") for s in layout.newest if s.block not in ("error", "consequence"))
    if lacking and not firmly:
        return "more_info_requested", refused or keep, lacking
    barred = next((d for d in told if d.kind == "barred"), None) if appealed else None
    if refused or (keep and (earlier or not any(d.kind == "off" for d in told))) or barred or (firmly and appealed):
        return "appeal_denied", refused or keep or barred, (refused or keep or barred).span if refused or keep or barred else _first(layout, "stage.firmly")  # type: ignore[union-attr]
    detail = _first(layout, "stage.detail") if appealed else None
    return ("more_info_requested", None, detail) if detail else None


def _first(layout: Layout, group: str) -> Span | None:
    for sentence in layout.newest:
        if sentence.block not in ("error", "consequence", "help"):
            place = sentence.first(group)
            if place:
                return sentence.quote(place)
    return None


def _deeds(sentence: Sentence) -> Iterator[Deed]:
    text = sentence.reading.folded.text
    asked = sentence.text.rstrip().endswith(("?", "？"))
    for kind in ("off", "on", "keep", "refused", "barred"):
        for place in sentence.all(f"stage.{kind}"):
            clause = _clause_start(text, sentence.at, place[0])
            sure = not asked and _said_as_done(sentence, kind, place, clause)
            target = _target(sentence, kind, place, clause)
            if target != "unknown" or kind != "off":
                yield Deed(kind, target, sure, sentence, place)  # type: ignore[arg-type]


def _clause_start(text: str, start: int, end: int) -> int:
    begin = max(start, end - 160)
    last = begin if begin == start else start
    for match in _CLAUSE.finditer(text, begin, end):
        last = match.end()
    return max(last, start)


def _said_as_done(sentence: Sentence, kind: str, place: Place, clause: int) -> bool:
    reading, text = sentence.reading, sentence.reading.folded.text
    before = text[clause : place[0]]
    if kind != "refused" and reading.first("speech.condition", sentence.at, place[0]):
        return False
    if kind == "refused" and reading.first("speech.condition", clause, place[0]):
        return False
    if kind in ("keep", "refused"):
        return not (kind == "keep" and reading.first("speech.modal", clause, place[0]))
    if kind == "barred":
        return not re.search(r"\b(?:may|might|could|will|would)\b", before)
    if reading.first("speech.modal", clause, place[0]) or reading.first("speech.modal_after", place[1], min(sentence.to, place[1] + 24)):
        return False
    if kind == "off" and _BY_YOU.search(before):
        return False
    if reading.first("speech.negation", clause, place[0]) or _ANOTHERS.search(text[max(sentence.at, place[0] - 60) : place[0]]):
        return False
    return _finite(sentence, kind, place, before)


def _finite(sentence: Sentence, kind: str, place: Place, before: str) -> bool:
    """Whether the predicate has a subject and a finite form: "listings removed" in mid-sentence has not."""
    words = sentence.reading.folded.text[place[0] : place[1]]
    if words[0] >= "\u2e80":
        around = sentence.reading.folded.text[max(sentence.at, place[0] - 8) : place[1] + 3]
        return bool(re.search(r"[已了被现経]|しました|ました|となり|ており|ています|中です", around)) or words[-1] in "たすん"
    if not words.isascii() or sentence.reading.first("stage.plain", *place) is None:
        return True
    title = sentence.to - sentence.at < 70 and not sentence.text.rstrip().endswith(".") and not sentence.listed
    return bool(title or _AUXILIARY.search(before) or _AUXILIARY.search(sentence.reading.folded.text[sentence.at : place[0]][-60:]))


def _target(sentence: Sentence, kind: str, place: Place, clause: int) -> Target:
    """What the predicate is about: the object after an active verb, else the nearest noun before, else after."""
    text = sentence.reading.folded.text
    active = bool(_ACTIVE.search(text[clause : place[0]]))
    after = _noun(sentence, place[0], min(sentence.to, place[1] + (70 if active else 40)), nearest_first=True)
    before = _noun(sentence, max(clause, place[0] - 130), place[1], nearest_first=False)
    before = before or _noun(sentence, sentence.at, place[0], nearest_first=False)
    found = (after or before) if active else (before or after)
    if found in (None, "account") and kind == "barred":
        return "seller_fulfilled" if sentence.has("cue.seller_fulfilled_scope") else "account"
    if found == "listing" and sentence.has("cue.seller_fulfilled_scope"):
        return "seller_fulfilled"
    return found or "unknown"


def _noun(sentence: Sentence, start: int, end: int, *, nearest_first: bool) -> Target | None:
    text = sentence.reading.folded.text
    found: list[tuple[int, Target]] = []
    for group, target in (("cue.account_noun", "account"), ("cue.listing_noun", "listing"), ("cue.feature_noun", "feature"), ("cue.seller_fulfilled_scope", "seller_fulfilled")):
        for place in sentence.reading.all(group, start, end):
            if not (target == "account" and text.startswith((" health", "状况"), place[1])):
                found.append((place[0] if nearest_first else -place[1], target))  # type: ignore[arg-type]
    return min(found)[1] if found else None


def _scope_after(stage: Stage, deed: Deed | None, deeds: list[Deed], layout: Layout, cause: Cause) -> Scope:
    targets = [d.target for d in (deed, *deeds) if d and (d.sure or d is deed)]
    if any(s.has("cue.seller_fulfilled_scope") for s in layout.newest[:6]) and "account" not in targets:
        return "seller_fulfilled"
    for known in ("account", "listing"):
        if known in targets:
            return known  # type: ignore[return-value]
    nouns = [_noun(s, s.at, s.to, nearest_first=True) for s in layout.newest if s.block in ("measure", "reason")]
    first = next((n for n in nouns if n in ("account", "listing")), None)
    return first or ("account" if stage in ("appeal_denied", "more_info_requested") else "unknown")  # type: ignore[return-value]


def _without_deed(layout: Layout, subject: Layout, deeds: list[Deed], cause: Cause) -> Told:
    if _broadcast(layout, subject):
        return Told("not_enforcement", None, "unknown")
    if cause == "unspecified" and _only_money(layout, subject):
        return Told("funds_held", None, "account")
    risk = [(s, place) for s in (*subject.sentences, *layout.newest) for place in s.all("stage.risk") if s.boilerplate is None]
    threatened = [d for d in deeds if d.kind in ("off", "barred") and d.sentence.boilerplate is None]
    enforcing = any(s.has("cue.enforcement") for s in (*subject.sentences, *layout.newest))
    if _routine(layout, subject) and not risk and (cause == "unspecified" or not (threatened or asking(layout))):
        return Told("not_enforcement", None, "unknown")
    if cause != "unspecified" or risk or (enforcing and threatened):
        return Told("warning", _warning_evidence(risk, threatened, layout), _threatened_scope(layout, risk, threatened, cause))
    return Told("warning", None, "unknown") if enforcing else Told("not_enforcement", None, "unknown")


def _warning_evidence(risk: list[tuple[Sentence, Place]], threatened: list[Deed], layout: Layout) -> Span | None:
    own = [sentence.quote(place) for sentence, place in risk if sentence.reading is layout.reading]
    return own[0] if own else threatened[0].span if threatened else None


def _threatened_scope(layout: Layout, risk: list[tuple[Sentence, Place]], threatened: list[Deed], cause: Cause) -> Scope:
    if cause in _SHIPPING and (any(s.has("cue.seller_fulfilled_scope") for s in layout.newest) or cause != "drop_shipping"):
        return "seller_fulfilled"
    for sentence, _ in risk:
        noun = _noun(sentence, sentence.at, sentence.to, nearest_first=True)
        if noun and noun != "feature":
            return noun
    if cause in _OF_ACCOUNT:
        return "account"
    nouns = [_noun(s, s.at, s.to, nearest_first=True) for s in layout.newest if s.block in ("measure", "reason", "request")]
    first = next((n for n in nouns if n and n != "feature"), None)
    return first or next((d.target for d in threatened if d.target in ("account", "listing")), "unknown")  # type: ignore[return-value]


def _only_money(layout: Layout, subject: Layout) -> bool:
    """Whether the mail is about the seller's money and about nothing else."""
    first = (*subject.sentences, *layout.newest[:4])
    about = any(s.has("cue.funds_subject") for s in first)
    held = any(s.has("funds.held", "funds.review") for s in layout.newest)
    return about and held and not any(s.has("cue.payment_sent") for s in first)


def _broadcast(layout: Layout, subject: Layout) -> bool:
    """Whether the mail goes to many sellers: a newsletter, a change of policy."""
    return any(s.has("cue.broadcast") for s in (*subject.sentences, *layout.newest))


def _routine(layout: Layout, subject: Layout) -> bool:
    """Whether the mail belongs to daily business: an order, a payment, an invoice, a shipment."""
    return any(s.has("cue.routine") for s in (*subject.sentences, *layout.newest))
