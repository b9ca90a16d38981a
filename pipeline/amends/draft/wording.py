"""Small honest rewordings: dates written out, lists joined, a clause fitted with its date, owner and limit.

Nothing here adds a fact. The seller's words stay; what changes is where a sentence starts and which field follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Literal, TypeVar

from amends.dates import find_dates
from amends.dates import long_date as day_written_out

_T = TypeVar("_T")
_IRREGULAR = frozenset(
    "set sent bought put made took gave wrote found cut paid told built kept left met ran sold split spent went did shut read drew chose began held hired "
    "brought taught rewrote withdrew redid spoke got let laid led".split()
)
_NOT_VERBS = frozenset(
    "need feed seed speed used based related united limited unfulfilled detailed indeed hundred unused damaged expired red bed".split()
)
_BASE = frozenset(
    "check read count compare review open inspect scan buy use send ship update write keep move set test measure photograph weigh look call store list "
    "close stop remove print mark train sign run walk sort pack label approve confirm verify search export record note report add audit reconcile monitor "
    "divide pull drop draw answer enter hold match tick take give lock block return refund separate collect ask inform".split()
)
_LOWER_START = frozenset(
    "the a an we our all every each one two three four five six seven eight nine ten both no any this these those it its his her their my i in on at from after "
    "before if when with for by since until only of to as under above below over within without once more less there nobody somebody".split()
)
_DETERMINERS = r"(?:the|an?|all|each|every|any|no|it|them|its|our|their|his|her|those|these|this|that|which|whether|two|three|four|five|ten|\d|[\"“])"

#: What an entry's text is: a clause with its own subject, a past-tense predicate without one, a bare instruction, a label.
Form = Literal["clause", "past", "instruction", "label"]


def form_of(text: str) -> Form:
    """What kind of words an entry starts with. "Set" and "read" are taken for the past; see `is_instruction`."""
    words = re.findall(r"[\w'’-]+", text)
    if not words:
        return "label"
    first = words[0].lower()
    if first not in _NOT_VERBS and (first in _IRREGULAR or (len(first) > 4 and first.endswith("ed"))):
        return "past"
    if first in _BASE:
        return "instruction"
    return "clause" if _has_verb(words) else "label"


def is_instruction(text: str) -> bool:
    """Whether `text` starts with a bare verb, past forms that look the same included ("Read the list"), not with a noun
    of the same letters ("Label printers are checked")."""
    word = re.match(r"[A-Za-z]+", text)
    if word is None or word[0].lower() not in _BASE:
        return False
    return bool(re.match(rf"\w+ {_DETERMINERS}", text)) or not re.match(
        r"\w+(?: [\w-]+){0,3} (?:is|are|was|were|has|have|must|may|will)\b", text
    )


def third_person(text: str) -> str:
    """An instruction with its verbs in the third person: "read it and count the days" -> "reads it and counts the days"."""
    verb, _, rest = text.partition(" ")
    return f"{_with_s(verb)} {_COORDINATED.sub(_conjugated, rest)}".rstrip()


_COORDINATED = re.compile(rf"(?<=\band )([a-z]+)(?= {_DETERMINERS})|(?<=, )([a-z]+)(?= {_DETERMINERS})")


def _conjugated(match: re.Match[str]) -> str:
    """The verb after "and" with its ending, unless it hangs on a "to" before it."""
    verb, before = match[0], match.string[: match.start()]
    if verb not in _BASE or re.search(r"\bto [a-z]+[^,;.]*$", before):
        return verb
    return _with_s(verb)


def _with_s(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "o")):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}s"


def has_verb(text: str) -> bool:
    """Whether `text` is a clause by its auxiliary verb ("the list is checked on Monday")."""
    return any(_AUXILIARY.match(w) for w in re.findall(r"[\w'’-]+", text)[1:])


_AUXILIARY = re.compile(r"^(?:is|are|was|were|has|have|had|will|can|may|must|does|do|did|goes)$", re.IGNORECASE)
_VERBISH = re.compile(r"^\w{3,}(?:ed|es)$|^[a-z]{3,}s$", re.IGNORECASE)
_PLURALS = re.compile(
    r"^(?:orders|units|days|buyers|listings|items|products|invoices|claims|hours|sales|returns|offers|parcels|asins|skus|weeks|files|photos|"
    r"pieces|times|boxes|labels|pages|copies|cases)$",
    re.IGNORECASE,
)


def _has_verb(words: list[str]) -> bool:
    """Whether a finite verb follows; "Handling time raised" has none, "the time raised" and "time was raised" have one."""
    if words[0].lower() in ("we", "i", "it", "they", "nobody", "amazon"):
        return True
    following = [w.lower() for w in words[1:14]]
    if any(_AUXILIARY.match(w) for w in following):
        return True
    return words[0].lower() in _LOWER_START and any(
        w in _IRREGULAR or (_VERBISH.match(w) and not _PLURALS.match(w) and w not in _NOT_VERBS) for w in following
    )


def long_date(value: str) -> str:
    """An ISO date written out ("2026-11-04" -> "4 November 2026"); anything else as it is."""
    try:
        on = date.fromisoformat(value)
    except ValueError:
        return value
    return day_written_out(on)


def says_date(text: str, value: str) -> bool:
    """Whether `text` already names the day `value` (ISO), or the words of `value` if it is no calendar date."""
    try:
        on = date.fromisoformat(value)
    except ValueError:
        return value.lower() in text.lower()
    return any(found == on for found, _, _ in find_dates(text, year=on.year))


def may_be_lowered(text: str) -> bool:
    """Whether `text` can follow other words: its first word is small already, an everyday one or a verb, never a name."""
    word = re.match(r"[A-Za-z'’-]+", text)
    if not word:
        return bool(re.match(r"\d", text))
    return word[0][0].islower() or _is_everyday(word[0].lower()) or bool(_PLURAL_SUBJECT.match(text))


def _is_everyday(word: str) -> bool:
    return word in _LOWER_START or word in _BASE or word in _IRREGULAR or word.endswith(("ed", "ing"))


_PLURAL_SUBJECT = re.compile(r"[A-Z][a-z]+s (?:are|were|have|may|must|can)\b")
#: A name at the start: two capitals in a row, one inside the word, or Amazon.
_NAME = re.compile(r"Amazon\b|[A-Z][a-z]+[A-Z]|([A-Z][\w'’-]+) (?:[A-Z][\w'’-]*|&)")


def may_follow(text: str, owner: str | None = None) -> bool:
    """Whether `text` can follow other words as it is, or with a small letter: a name at its start keeps its capital."""
    return may_be_lowered(text) or _is_name(text) or bool(owner and text.startswith(owner.split(",")[0]))


def _is_name(text: str) -> bool:
    name = _NAME.match(text)
    return name is not None and not (name[1] and _is_everyday(name[1].lower()))


def lower_first(text: str) -> str:
    """`text` with its first letter small, when its first word may be."""
    if not may_be_lowered(text) or re.match(r"I\b|[A-Z]{2}", text) or _is_name(text):
        return text
    return text[0].lower() + text[1:]


def sentence(text: str) -> str:
    """`text` as a sentence: trimmed, one space between words, capital first letter, a full stop at the end."""
    text = re.sub(r"\s+", " ", text).strip().rstrip(" ;,")
    if not text:
        return text
    first = text[0].upper() if not re.match(r"\w+@|\w+\.\w{2,4}\b", text) else text[0]
    return first + text[1:] + ("" if text[-1] in ".!?" else ".")


_SPLIT = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"“(])")
_ABBREVIATED = re.compile(r"\b(?:No|Nr|Inc|Ltd|Co|Corp|St|Mr|Mrs|Ms|Dr|approx|e\.g|i\.e|vs|etc|pcs|min|max)\.$")


def split_sentences(text: str) -> list[str]:
    """The sentences of an entry, each trimmed; abbreviations do not end one."""
    pieces: list[str] = []
    for piece in _SPLIT.split(re.sub(r"\s+", " ", text).strip()):
        if pieces and _ABBREVIATED.search(pieces[-1]):
            pieces[-1] += f" {piece}"
        elif piece:
            pieces.append(piece)
    return pieces


def joined(parts: Iterable[str], last: str = "and") -> str:
    """ "a, b and c"."""
    items = list(parts)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""


def percent(value: float) -> str:
    """A percentage with the decimals it has: 6.38 -> "6.38 %"."""
    return f"{value:.10g}%"


def chosen(options: list[_T], *seed: str) -> _T:
    """One of `options`, always the same for the same seed: letters differ between cases, not between runs."""
    digest = sha256("\x1f".join(seed).encode()).digest()
    return options[int.from_bytes(digest[:4], "big") % len(options)]


def is_foreign(text: str) -> bool:
    """Whether `text` is not English: Chinese or Japanese characters, or German function words."""
    if re.search(r"[\u3040-\u30ff\u3400-\u9fff]", text):
        return True
    words = re.findall(r"[a-zäöüß]+", text.lower())
    german = sum(w in _GERMAN for w in words)
    return german >= 2 and german / max(len(words), 1) > 0.12


_GERMAN = frozenset(
    "wir haben der das den dem und nicht ist wurde wurden für mit auf eine einen einer unsere unser zu von bei im sind seit jeden nach".split()
)
