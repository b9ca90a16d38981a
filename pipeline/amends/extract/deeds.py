"""What Amazon did, threatened or refused: predicates with their object, and whether they are said as done.

A deed is a predicate ("deactivated", "taken down") with an object (the account, seller-fulfilled offers, listings).
Conditions, possibilities, questions and negations are no deeds, and neither is what befell another account or what the
seller did. "If you do not reply, your account will be deactivated" is a threat.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from amends.extract.cues import Span as Place
from amends.extract.layout import Sentence
from amends.regex import regex
from amends.schemas import Span

Kind = Literal["off", "on", "keep", "refused", "barred"]
KINDS: tuple[Kind, ...] = ("off", "on", "keep", "refused", "barred")
Target = Literal["account", "seller_fulfilled", "listing", "feature", "unknown"]

#: Blocks that tell no measure of their own.
ASIDE = ("error", "consequence", "help")

_CLAUSE = regex(
    r"[,;:,。、](?!\d)|\.\s| (?:and|but|because|so|since|as|while|und|aber|weil|et|mais|car|e|ma|perché|y|pero|porque)(?= )"
)
_AUXILIARY = regex(r"(?:\b(?:has|have|had|was|were|is|are|been|we|amazon|now|already|today)\b|'ve|'s)")
_ACTIVE = regex(
    r"\b(?:we|team|amazon(?:\.\w+)*)(?:'ve)?(?: (?:has|have|had|also|therefore|now|just))*(?: [a-z]+ly)? ?$"
)
#: "We have cancelled your listings and removed …": the subject stands in the clause before.
_WE = regex(r"\b(?:we|we've|amazon)\b[^.;:]*$")
_ANOTHERS = regex(
    r"\b(?:another|other|those|previous|former|related) (?:\w+ ){0,3}(?:that|which|who|we)\b|\bother sellers\b|\ban account (?:that|which)\b|\b(?:that|which) (?:was|were|has been) $"
)
#: "Until we have checked it, your account is off" tells a deed all the same.
_UNTIL = (
    "until", "till", "while", "bis ", "jusqu", "finché", "hasta", "as long as", "for as long", "solange", "tant que", "mientras", "once",
)  # fmt: skip
#: The seller's own doing: "that you have closed all such listings".
_BY_YOU = regex(r"\b(?:you|you've|you have|you had|vous avez|hai)(?: already| either)?(?: \w+(?:,? or|,? and))? $")


_UNLESS = regex(r"\b(?:unless|until|except)\b")
_IF_LATER = regex(
    r"[^.,;:]{0,24}?\b(?:once|as soon as|when|if|after|provided|until|sobald|wenn|dès que|lorsque|cuando|quando|una volta|en cuanto)\b"
)
#: What is to be reached, not what was done: "to sell again", "para volver a vender".
_PURPOSE = regex(
    r"(?<!decided )(?<!able )(?<!free )(?<!agreed )(?<!happy )(?<!pleased )\b(?:to|para|pour|per|um|zu|damit|pueda|puedas|possa|puissiez)(?: [\w']+){0,2} ?$"
)
#: "Can be ordered again" tells of a thing done.
_ABLE = regex(r"(?:can|kann|können|peut|peuvent|può|possono|puede|pueden)\b")
#: A subject of its own after a negation: "your offer did not meet the rule we removed it for".
_SUBJECT = regex(r"\b(?:we|wir|nous) ")
#: A point of a list that asks: "2. why nobody stopped it".
_QUESTION = regex(r"\W*\w{0,2}[.):]? ?(?:who|why|how|what|which|where|when)\b")
_YET = regex(r" ?(?:for you )?yet\b")
#: "See that it is opened again": wished for, not done.
_WISHED = regex(r"\b(?:see (?:\w+ )?that|make sure|ensure|await|wait for|ask for|ask that|get (?:it|that|the))\b")
_AFTERWARDS = regex(r"\b(?:after|past|from) that (?:day|date|time)\b")
_NOT = regex(r"\b(?:cannot|can't|not|never|nicht|pas|non|no)\b|n't\b|不能|无法|不会|尚未|暂不|未能")
#: What had been done before something else happened.
_HAD = regex(r"\b(?:had|hatten|avions|avevamo|habíamos)(?: \w+)? $")
#: "To sell this brand": what may not be sold is named.
_THIS_ONE = regex(r"\w*(?: this| these| that| the| following)\b")
#: The account or selling as such, and not only a feature of it.
_WHOLE = regex(r"\baccounts?\b|\bselling\b|\bto sell\b|konto|compte|cuenta|账户|アカウント|verkauf")
#: The seller is barred, whatever the goods: no product is pointed at.
_YOURSELF = regex(r"^(?!.*(?:该|此|以下|下列|这)).*您")
#: Some listings, named or counted: not every offer of a way of fulfilment.
_SOME = regex(
    r"\b(?:these|following|two|three|four|five|some of|one of|certain)(?: [\w-]+){0,2} (?:offers?|listings?|products?|items?|asins?)\b"
    r"|\bb0[a-z0-9]{8}\b"
)
_PRONOUN = regex(r"\b(?:it|them|they|these|this|both|that)\b")
_ASIN = regex(r"\bb0[a-z0-9]{8}\b")
#: "Your closed account": the participle is an attribute and tells no deed.
_ATTRIBUTE = regex(r"\b(?:your|the|a|an|any|of|their|its|all|this|that|for|another|other)(?: \w+)? $")
_ATTRIBUTED = regex(r" (?:seller |selling |amazon )?(?:accounts?|listings?|offers?|items?|products?|asins?)\b")


_NOUNS: tuple[tuple[str, Target], ...] = (
    ("cue.account_noun", "account"),
    ("cue.listing_noun", "listing"),
    ("cue.feature_noun", "feature"),
    ("cue.seller_fulfilled_scope", "seller_fulfilled"),
)


@dataclass(frozen=True)
class Deed:
    """Something done (`sure`) or only threatened to a target: the words and where they stand."""

    kind: Kind
    target: Target
    sure: bool
    sentence: Sentence
    place: Place

    @property
    def span(self) -> Span:
        """The verbatim words."""
        return self.sentence.quote(self.place)


def measure(deed: Deed, told: list[Deed]) -> bool:
    """Whether the deed is a measure told as taken; "remains deactivated" tells of an earlier one."""
    sentence = deed.sentence
    asked = sentence.listed and (sentence.block == "request" or _QUESTION.match(sentence.folded))
    aside = sentence.block in ASIDE or asked
    taken = deed.sure and deed.kind in ("off", "barred") and not aside
    text = sentence.reading.folded.text
    if _HAD.search(text[max(sentence.at, deed.place[0] - 20) : deed.place[0]]):
        return False
    return taken and not _at_risk(deed) and not any(_kept(deed, other) for other in told)


def _at_risk(deed: Deed) -> bool:
    """Whether the words are part of a threat."""
    return any(start <= deed.place[0] and deed.place[1] <= end for start, end in deed.sentence.all("stage.risk"))


def _kept(deed: Deed, other: Deed) -> bool:
    """Whether `other` says of the same words that they go on, and not only until something is done, or are undone."""
    if other.kind not in ("keep", "on") or other.sentence is not deed.sentence or not other.sure:
        return False
    overlaps = other.place[0] < deed.place[1] and deed.place[0] < other.place[1]
    return overlaps and (other.kind == "on" or not any(word in other.sentence.folded for word in _UNTIL))


def deeds(sentence: Sentence, spoken_of: Target | None = None) -> Iterator[Deed]:
    """Every deed and threat of the sentence. "It" and "them" stand for what was `spoken_of` before."""
    text = sentence.reading.folded.text
    asked = sentence.text.rstrip().endswith(("?", "？"))
    for kind in KINDS:
        for place in sentence.all(f"stage.{kind}"):
            clause = _clause_start(text, sentence.at, place[0])
            sure = not asked and _said_as_done(sentence, kind, place, clause)
            target = _target(sentence, kind, place, clause)
            if (
                target == "unknown"
                and spoken_of
                and _PRONOUN.search(text, max(sentence.at, place[0] - 40), place[1] + 12)
            ):
                target = spoken_of
            if target != "unknown" or kind != "off":
                yield Deed(kind, target, sure, sentence, place)


def _clause_start(text: str, start: int, end: int) -> int:
    begin = max(start, end - 160)
    last = begin if begin == start else start
    for match in _CLAUSE.finditer(text, begin, end):
        last = match.end()
    return max(last, start)


def _clause_end(text: str, start: int, end: int) -> int:
    """Where the clause ends, at `end` at the latest."""
    match = _CLAUSE.search(text, start, end)
    return match.start() if match else end


def _said_as_done(sentence: Sentence, kind: Kind, place: Place, clause: int) -> bool:
    reading, text = sentence.reading, sentence.reading.folded.text
    before = text[clause : place[0]]
    begin = max(sentence.at, text.rfind(": ", sentence.at, place[0]), text.rfind("; ", sentence.at, place[0]))
    condition = reading.first("speech.condition", begin, place[0]) if kind != "refused" else None
    if condition and not (kind in ("off", "barred") and text.startswith(_UNTIL, condition[0])):
        return False
    if kind == "refused" and (
        reading.first("speech.condition", clause, place[0])
        or _AFTERWARDS.search(text, begin, place[0])
        or _UNLESS.search(text, place[1], min(sentence.to, place[1] + 12))
    ):
        return False
    if kind == "keep" and _YET.match(text, place[1]):
        return False
    if kind in ("keep", "refused"):
        return not (kind == "keep" and reading.first("speech.modal", clause, place[0]))
    if kind == "barred":
        return not re.search(r"\b(?:may|might|could|will|would)\b", before)
    modal = reading.first("speech.modal", clause, place[0])
    if (modal and not (kind == "on" and _ABLE.match(text, modal[0]))) or reading.first(
        "speech.modal_after", place[1], _clause_end(text, place[1], min(sentence.to, place[1] + 24))
    ):
        return False
    if kind == "on" and (
        _PURPOSE.search(text[max(sentence.at, place[0] - 40) : place[0]])
        or _IF_LATER.match(text, place[1], min(sentence.to, place[1] + 40))
    ):
        return False
    if kind == "on" and (_NOT.search(before) or _WISHED.search(before)):
        return False
    if kind == "off" and _BY_YOU.search(before):
        return False
    negation = reading.first("speech.negation", clause, place[0])
    if (negation and not _SUBJECT.search(text, negation[1], place[0])) or _ANOTHERS.search(
        text[max(sentence.at, place[0] - 60) : place[0]]
    ):
        return False
    return _finite(sentence, place, before)


def _finite(sentence: Sentence, place: Place, before: str) -> bool:
    """Whether the predicate has a subject and a finite form: "listings removed" in mid-sentence has not."""
    words = sentence.reading.folded.text[place[0] : place[1]]
    if words[0] >= "\u2e80":
        around = before[-24:] + sentence.reading.folded.text[place[0] : place[1] + 6]
        return (
            bool(re.search(r"[已了被现経]|目前|暂时|即日起|しました|ました|となり|ており|ています|中です", around))
            or words[-1] in "たすん"
        )
    if not words.isascii() or sentence.reading.first("stage.plain", *place) is None:
        return True
    whole = sentence.reading.folded.text
    if _ATTRIBUTED.match(whole, place[1]) and _ATTRIBUTE.search(before):
        return False
    title = sentence.to - sentence.at < 70 and not sentence.text.rstrip().endswith(".") and not sentence.listed
    return bool(
        title
        or _AUXILIARY.search(before + words)
        or _AUXILIARY.search(sentence.reading.folded.text[sentence.at : place[0]][-60:])
    )


def _target(sentence: Sentence, kind: Kind, place: Place, clause: int) -> Target:
    """What the predicate is about: the object after an active verb, else the nearest noun before, else after."""
    text = sentence.reading.folded.text
    own = text[clause : place[0]]
    joined = _WE.search(text[sentence.at : clause]) if not own.strip() else None
    active = bool(_ACTIVE.search(own) or joined)
    reach = min(sentence.to, place[1] + (70 if active else 40))
    if kind == "barred":
        reach = _clause_end(text, place[1], reach)
    after = noun(sentence, place[0], reach, nearest_first=True)
    before = noun(sentence, max(clause, place[0] - 130), place[1], nearest_first=False)
    before = before or noun(sentence, sentence.at, place[0], nearest_first=False)
    found = (after or before) if active else (before or after)
    if found in (None, "account") and kind == "barred" and _THIS_ONE.match(text, place[1]):
        found = noun(sentence, place[1], reach, nearest_first=True)
    if found in ("account", "listing") and _of_feature(sentence, place, found):
        return "feature"
    if kind == "barred" and found == "listing" and _YOURSELF.search(own + text[place[0] : place[1]]):
        return "account"
    if found in (None, "account") and kind == "barred":
        return "seller_fulfilled" if sentence.has("cue.seller_fulfilled_scope") else "account"
    if found in ("listing", "seller_fulfilled") and sentence.has("cue.seller_fulfilled_scope"):
        return "listing" if _SOME.search(sentence.folded) else "seller_fulfilled"
    return found or "unknown"


def _of_feature(sentence: Sentence, place: Place, found: Target) -> bool:
    """Whether the predicate is about a feature named before it: "advertising for your products has been paused"."""
    if _WHOLE.search(sentence.folded):
        return False
    feature = sentence.first("cue.feature_noun")
    if found == "account" or feature is None:
        return feature is not None
    listing = sentence.first("cue.listing_noun")
    return feature[0] < place[0] and (listing is None or feature[0] < listing[0])


def noun(sentence: Sentence, start: int, end: int, *, nearest_first: bool) -> Target | None:
    """What the nouns between two folded offsets name: the first one, or the last."""
    text = sentence.reading.folded.text
    found: list[tuple[int, Target]] = []
    for group, target in _NOUNS:
        for place in sentence.reading.all(group, start, end):
            if not (target == "account" and text.startswith((" health", "状况"), place[1])):
                found.append((place[0] if nearest_first else -place[1], target))
    for match in _ASIN.finditer(text, start, end):
        found.append((match.start() if nearest_first else -match.end(), "listing"))
    return min(found)[1] if found else None
