"""Items that go by the build of a sentence, not by its words: who is its subject, and whether it says anything to check.

Blame and empty talk have endless wordings; what a plain report says of others has few. So the plain verbs are listed in the
rubric, and whatever else is said of a buyer, a carrier, a supplier, an employee or Amazon is shown as advice. Bare letters
only: a sentence from facts has its fact, and the lock has held it against that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from amends.evaluate.headings import is_heading
from amends.evaluate.matter import Matter
from amends.evaluate.phrases import Word, words_of
from amends.evaluate.rubric import RubricItem
from amends.evaluate.view import Fault, Line, Outcome, View, judged, not_checked

_PREPOSITIONS = frozenset(
    "to with by from of for in at on and or between about via per through among than as under into against without within before after over outside inside beyond despite except no".split()
)
_DETERMINERS = frozenset(
    "second third first more the our a an this these those their both one each other new all its his her your every some two three four five six seven eight nine ten as own same last".split()
)
_AUXILIARIES = frozenset(
    "is are was were be been being has have had did does do will would could should can may might must shall not never also then still already later always often now just only "
    "simply really himself themselves herself who which that whom s".split()
)
_PHRASE_STARTS = frozenset("of at from in on with".split())
_FAR, _SHORT = 9, 4


def no_party_in_the_dock(view: View, item: RubricItem) -> Outcome:
    """Answer whether what is said of buyers, Amazon, carriers, suppliers and staff is what a plain report says of them."""
    if not view.english:
        return not_checked("This rule reads English.")
    parties, matter = (
        _parties(_frozen(item.settings["parties"]), item.settings["plain"], item.settings["plainest"]),
        Matter(view),
    )
    faults = [
        Fault(
            f"“{line.text[found[0] : found[1]]}”: this tells what somebody else did or is.",
            "Say what your own process lacked, and leave the conduct of others out.",
            line,
            *found,
        )
        for line in view.lines
        if line.part not in ("attached", "request") and not is_heading(line.text)
        if (found := _accused(line, parties, matter))
    ]
    return judged(faults, f"{len(faults)} sentences on others in {len(view.lines)}.")


@dataclass(frozen=True, slots=True)
class _Parties:
    """Who counts as a party, and the verbs of a plain report: with a figure beside them, and without."""

    who: frozenset[str]
    plain: tuple[frozenset[str], tuple[str, ...]]
    plainest: tuple[frozenset[str], tuple[str, ...]]


@lru_cache(maxsize=4)
def _parties(who: str, plain: str, plainest: str) -> _Parties:
    return _Parties(frozenset(who.split()), _verbs(plain), _verbs(plainest))


def _frozen(parties: Mapping[str, str]) -> str:
    return " ".join(parties.values())


def _verbs(listed: str) -> tuple[frozenset[str], tuple[str, ...]]:
    words = listed.split()
    return frozenset(w for w in words if not w.endswith("*")), tuple(w[:-1] for w in words if w.endswith("*"))


def _accused(line: Line, parties: _Parties, matter: Matter) -> tuple[int, int] | None:
    """The first party that is a subject and does what no plain report says; from its first letter to its verb's last.

    Without a figure only the plainest verbs are passed; then a sentence apart from the matter is shown for a party in any
    place. A word in capitals behind the party is its name, no verb.
    """
    words = words_of(line.text)
    named = [n for n, word in enumerate(words) if word.text in parties.who or _is_yours(words, n)]
    if not named:
        return None
    plain = parties.plain if any(map(str.isdigit, line.text)) else parties.plainest
    for n in named:
        verb = _verb(words, n + 1) if _is_subject(words, n) else None
        if verb is None or not words[verb].text[:1].isalpha() or line.text[words[verb].start].isupper():
            continue
        if not (words[verb].text in plain[0] or words[verb].text.startswith(plain[1])):
            return words[n].start, words[verb].end
    return (words[named[0]].start, words[named[0]].end) if matter.stands_apart(line) else None


_YOUR_PAPERS = frozenset(
    "notice message messages mail email e request letter answer reply decision report review page form question questions submission policy notification address team seller".split()
)


def _is_yours(words: Sequence[Word], at: int) -> bool:
    """Whether a word is something of Amazon's that acts: "your system", "your reviewers", but not "your notice"."""
    return at > 0 and words[at - 1].text in ("your", "amazon's") and words[at].text not in _YOUR_PAPERS


def _is_subject(words: Sequence[Word], at: int) -> bool:
    """Whether no preposition stands before a noun, its determiner and its adjectives, and it is no part of another noun."""
    following = words[at + 1] if at + 1 < len(words) else None
    if following is None or following.text == "s":
        return False
    n = at - 1
    while n >= 0 and words[n + 1].joined and (words[n].text in _DETERMINERS or words[n].text.isdigit()):
        n -= 1
    relative = following.text in ("who", "which")
    return relative or n < 0 or not words[n + 1].joined or words[n].text not in _PREPOSITIONS


def _verb(words: Sequence[Word], at: int) -> int | None:
    """The main verb behind a subject: auxiliaries, adverbs and one phrase with its preposition are passed over."""
    passed = 0
    while at < len(words) and passed < _FAR and words[at].joined and not words[at].text.isdigit():
        text = words[at].text
        if text in _PHRASE_STARTS and passed == 0:
            at, passed = _behind_phrase(words, at), passed + 1
        elif text in _AUXILIARIES or (text.endswith("ly") and len(text) > _SHORT):
            at, passed = at + 1, passed + 1
        else:
            return at
    return None


def _behind_phrase(words: Sequence[Word], at: int) -> int:
    at += 1
    while at < len(words) and words[at].text in _DETERMINERS:
        at += 1
    return at + 1


def every_sentence_checkable(view: View, _item: RubricItem) -> Outcome:
    """Answer whether every sentence has a figure, a date, an id, a role, a tool, a step, or the letter's own matter."""
    if not view.english:
        return not_checked("This rule reads English.")
    matter = Matter(view)
    empty = [line for line in view.lines if matter.stands_apart(line)]
    faults = [
        Fault("Nothing in this sentence can be checked.", "Give it a figure, a date or a step, or take it out.", line)
        for line in empty
    ]
    return judged(faults, f"{len(view.lines) - len(empty)} of {len(view.lines)} sentences hold something to check.")
