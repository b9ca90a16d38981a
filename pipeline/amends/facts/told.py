"""Entries and sentences of the story as facts: cause, action, measure or statement, done or planned, told by their words."""

from __future__ import annotations

import re
from typing import Any

from amends.facts.file import SellerFacts
from amends.schemas import Fact, Item
from amends.vocabulary import FactKind, FactList

_KIND: dict[FactList, FactKind] = {
    "root_causes": "cause", "corrective_actions": "action", "preventive_measures": "measure", "evidence": "document",
    "other_facts": "statement",
}  # fmt: skip


def seller_facts(given: SellerFacts, first: int) -> tuple[Fact, ...]:
    """The entries and the sentences of the story as facts, numbered from F`first` on."""
    facts = [_item_fact(item, origin) for item, origin in given.items]
    facts += _story_facts(given.story)
    return tuple(fact.with_(id=f"F{first + n}") for n, fact in enumerate(facts))


def _item_fact(item: Item, origin: str) -> Fact:
    return Fact(
        id="", kind=_KIND[item.list], value=item.text, unit=item.unit, status=status_of(item), source="seller", origin=origin,
        quote=item.text, start=0, end=len(item.text), item=item,
    )  # fmt: skip


def status_of(item: Item) -> Any:
    """The status an entry has: the one given; else `done` for a corrective action with a date, None where nobody said."""
    if item.status is not None or item.list not in ("corrective_actions", "preventive_measures"):
        return item.status
    if _FUTURE.search(item.text):
        return "planned"
    return "done" if item.date or item.since or _PAST.match(item.text) else None


_FUTURE = re.compile(
    r"\b(?:will|plan(?:s|ned)? to|going to|shall|intend(?:s)? to)\b|将|计划|werden wir|geplant", re.IGNORECASE
)
_PAST = re.compile(
    r"(?:we |i )?(?:have |has )?(?:\w+ed|set|sent|bought|put|made|took|gave|wrote|found|cut|paid|told|built|kept|ran|sold|split|shut|read|chose)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?。！？\n]+(?:\.(?=\S)[^.!?。！？\n]*)*[.!?。！？]*")
_CAUSE = re.compile(
    r"\bbecause\b|\bdue to\b|\bthe reason\b|\bcaused\b|\bwe had no\b|\bnobody\b|\bwas set to\b|\bdid not (?:check|notice|know)\b|因为|由于|原因|没有|weil|aufgrund",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\b(?:every|each|daily|weekly|monthly|twice a)\b|\bfrom now\b|\bsince then\b|每天|每周|每月|täglich|wöchentlich|jeden",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"\b(?:we|i)\s(?:have\s|also\s|then\s|already\s|now\s|immediately\s)*(?!(?:had|were|was|did|needed|believed|thought|knew|received|learned|lost)\b)"
    r"(?:\w{2,}ed|set|sent|bought|put|made|took|gave|wrote|found|cut|paid|told|built|kept|sold|split|shut|read|chose|hired|left|began|drew|held)\b"
    r"|已经|已将|删除了|修改了|退款|联系了|停售|检查了|haben wir|wir haben",
    re.IGNORECASE,
)


def _story_facts(story: str) -> list[Fact]:
    """One fact per sentence of the story: a cause, an action, a measure or a statement, in the seller's own words."""
    facts = []
    for match in _SENTENCE.finditer(story):
        text = match[0].strip()
        if len(text) < 3:
            continue
        start = match.start() + match[0].index(text)
        kind = _story_kind(text)
        planned = kind in ("action", "measure") and _FUTURE.search(text)
        status: Any = "planned" if planned else "done" if kind == "action" else None
        facts.append(
            Fact(
                id="",
                kind=kind,
                value=text,
                status=status,
                source="seller",
                origin="story",
                quote=text,
                start=start,
                end=start + len(text),
            )
        )
    return facts


def _story_kind(text: str) -> FactKind:
    if _MEASURE.search(text) and not _CAUSE.search(text):
        return "measure"
    if _CAUSE.search(text):
        return "cause"
    return "action" if _DEED.search(text) else "statement"
