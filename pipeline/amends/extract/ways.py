"""The seller's money, and by which way the answer is to be sent."""

from __future__ import annotations

from collections.abc import Iterator

from amends.extract.layout import Layout, Sentence
from amends.extract.means import ADDRESS, HEADER, means
from amends.extract.money import Said, headed_held, said_of_money
from amends.extract.requests import is_money_or_stock
from amends.vocabulary import AnswerKind, Channel, Funds, Stage


def funds(layout: Layout, stage: Stage) -> Funds:
    """Whether the newest mail says that money is held or released.

    "We may withhold" counts as held where the account is off; it is a mere threat where it is not.
    """
    if any(sentence.has("cue.payment_sent") for sentence in layout.newest[:4]):
        return "released"
    said = {said for sentence in layout.newest for said in _said(sentence, stage)}
    if headed_held(layout.reading.folded.text[_newest(layout)]):
        said.add("held")
    over = stage in ("reinstated", "not_enforcement")
    if "released" in said and (over or "held" not in said):
        return "released"
    if "held" in said or ("threatened" in said and stage in _OFF):
        return "held"
    return "held" if stage == "funds_held" else "not_mentioned"


#: Where selling is off, money that Amazon may keep counts as held.
_OFF = ("deactivated", "appeal_denied", "funds_held", "more_info_requested")


def _newest(layout: Layout) -> slice:
    folded = layout.reading.folded
    return slice(folded.index(layout.mail.start), folded.index(layout.mail.end))


def _said(sentence: Sentence, stage: Stage) -> Iterator[Said]:
    """What a sentence says of money, by its grammar and by the phrases of the rule file."""
    by_grammar = said_of_money(sentence.folded)
    if by_grammar:
        yield by_grammar
    freed = sentence.first("funds.released")
    place = sentence.first("funds.held") if not (freed and sentence.has("funds.usual")) else None
    if place and by_grammar is None:
        certain = not sentence.reading.first("speech.modal", sentence.at, place[1]) and not sentence.reading.first(
            "speech.condition", sentence.at, place[1]
        )
        yield "held" if certain else "threatened"
    over = stage in ("reinstated", "not_enforcement")
    if freed and by_grammar is None and (not place or over) and not sentence.has("funds.not_yet"):
        yield "released"


def channel(layout: Layout, stage: Stage, kind: AnswerKind, asks: frozenset[int]) -> Channel:
    """By which way the notice wants the answer: the first way that the sentences which ask for it name, else none."""
    if stage in ("not_enforcement", "reinstated") or kind == "no_reply_needed":
        return "none"
    named: list[tuple[int, Channel]] = []
    barred = any(sentence.has("cue.no_reply_way") for sentence in layout.newest)
    sentences = layout.newest
    for number, sentence in enumerate(sentences):
        money = is_money_or_stock(sentence) and stage != "funds_held"
        if money or HEADER.match(sentence.folded):
            continue
        asked = sentence.start in asks or sentence.block == "way"
        after_colon = number > 0 and sentences[number - 1].text.endswith((":", "："))
        found = sorted(means(sentence, asked=asked, after_colon=after_colon, money=stage == "funds_held"))
        most = {"error": 1, "help": 1 if sentence.has("cue.appeal_button") else 0}.get(sentence.block, 2)
        named += [(min(weight, most), way) for _, weight, way in found if not (way == "reply" and barred)]
    if not named and kind == "retraction" and any(ADDRESS.search(s.text) for s in layout.sentences):
        return "email"
    return max(named, key=lambda n: n[0])[1] if named and max(named)[0] else "none"
