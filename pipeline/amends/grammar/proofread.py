"""Proofreading a letter: few requests, facts untouched, safe corrections only, every one of them listed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from amends.errors import GrammarUnavailable
from amends.grammar.engine import GrammarEngine, Match, RuleChoice
from amends.grammar.own import own_faults
from amends.grammar.protect import changed_range, protected_spans, touches
from amends.grammar.rules import GrammarRules, grammar_rules
from amends.schemas import GrammarChange, GrammarFault, GrammarReport, Letter, Section, Sentence

#: One request holds about this many characters; the public service takes 20,000.
_REQUEST_CHARS = 15_000
_BETWEEN = "\n\n"
_MOST_REPLACEMENTS = 5
_CAPITAL_NEXT = re.compile(r" (?:& )?[A-Z]")

Accept = Callable[[Sentence, Sentence], bool]


def proofread(
    letter: Letter,
    protected: Sequence[str],
    engine: GrammarEngine | None,
    *,
    fix: bool = True,
    accept: Accept | None = None,
) -> tuple[Letter, GrammarReport]:
    """Return the letter, corrected where that is safe, and what the engine saw.

    `protected` are strings that no correction may touch (ids, names, products, file names …); tokens with a digit,
    addresses and file names are protected anyway; gaps are not checked. `accept(before, after)` is asked for every
    corrected sentence (the lock): a sentence that it refuses stays as it was. The faults of the report are those left.
    Never raises for a missing engine: the report then says `checked=False` and why.
    """
    sentences = [s for s in letter.sentences if not s.gap]
    if engine is None:
        return letter, GrammarReport(reason="No grammar engine was asked for.")
    if not sentences:
        return letter, GrammarReport(engine=engine.name, reason="The letter has no finished sentence.")
    try:
        found = check_texts([s.text for s in sentences], letter.language, protected, engine)
        fixed = _corrections(sentences, found, accept) if fix else {}
        again = check_texts([s.text for s, _ in fixed.values()], letter.language, protected, engine) if fixed else []
    except GrammarUnavailable as error:
        return letter, GrammarReport(engine=engine.name, reason=str(error))
    left = dict(enumerate(found)) | dict(zip(fixed, again, strict=True))
    sections = _sections(letter)
    return _rebuilt(letter, {i: sentence for i, (sentence, _) in fixed.items()}), GrammarReport(
        checked=True,
        engine=engine.name,
        words=sum(count_words(s.text) for s in sentences),
        faults=tuple(f.with_(section=sections[i].key) for i in sorted(left) for f in left[i]),
        changes=tuple(change for _, changes in fixed.values() for change in changes),
    )


def check_texts(
    texts: Sequence[str],
    language: str,
    protected: Sequence[str],
    engine: GrammarEngine,
    choice: RuleChoice | None = None,
) -> list[tuple[GrammarFault, ...]]:
    """Return the faults of each text, in the order of `texts`; offsets are in that text. `language` is ISO 639-1.

    `choice`: the engine's rules; without it the shipped ones.

    Raises:
        GrammarUnavailable: the engine cannot be used.
    """
    rules = grammar_rules()
    tag = rules.tag(language)
    faults: list[tuple[GrammarFault, ...]] = []
    for group in _requests(texts):
        matches = engine.check(_BETWEEN.join(group), tag, choice or rules.choice)
        faults += [
            _with_own(_faults(text, seen, protected, tag, rules), own_faults(text, language))
            for text, seen in _shared_out(group, matches)
        ]
    return faults


def _with_own(seen: tuple[GrammarFault, ...], own: tuple[GrammarFault, ...]) -> tuple[GrammarFault, ...]:
    """What the engine saw, and of our own rules what stands at other words: no error is told twice."""
    return (*seen, *(f for f in own if not any(f.start < s.end and s.start < f.end for s in seen)))


def warm_up(engine: GrammarEngine, language: str = "en") -> None:
    """Start the engine and load `language` (ISO 639-1): 5 to 15 seconds that can pass while a model writes.

    Raises:
        GrammarUnavailable: the engine cannot be used.
    """
    check_texts(["We are ready."], language, (), engine)


def apply(sentence: Sentence, faults: Sequence[GrammarFault]) -> tuple[Sentence, tuple[GrammarChange, ...]]:
    """Return the sentence with the first replacement of each fault that `is_safe`, and the changes made. Pure."""
    text, changes, free = sentence.text, [], len(sentence.text)
    for fault in sorted(faults, key=lambda f: f.start, reverse=True):
        if fault.end > free or fault.sentence != sentence.text or not is_safe(fault):
            continue
        before, after, free = text[fault.start : fault.end], fault.replacements[0], fault.start
        text = text[: fault.start] + after + text[fault.end :]
        changes.append(GrammarChange(rule=fault.rule, before=before, after=after))
    return (sentence.with_(text=text) if changes else sentence), tuple(reversed(changes))


def is_safe(fault: GrammarFault) -> bool:
    """True if the first replacement may be applied unasked: its rule is listed, or it is the only one, keeps every
    negation and tense word, and does not respell a word with a capital, which may be a name. Digits always stay."""
    if not fault.replacements:
        return False
    rules = grammar_rules()
    before, after = fault.sentence[fault.start : fault.end], fault.replacements[0]
    if re.findall(r"\d", before) != re.findall(r"\d", after):
        return False
    if fault.rule in {entry.rule for entry in rules.first_is_right}:
        return True
    if len(fault.replacements) > 1 or (fault.rule in rules.spelling and not before.islower()):
        return False
    return _kept(before, rules) == _kept(after, rules)


def count_words(text: str) -> int:
    """Return the number of words; two Chinese characters count as one word."""
    chinese = len(re.findall(r"[\u4e00-\u9fff]", text))
    return len(re.findall(r"[^\W\u4e00-\u9fff]+(?:['’-]\w+)*", text)) + (chinese + 1) // 2


# --- from matches to faults -----------------------------------------------------------------------------------------


def _requests(texts: Sequence[str]) -> Iterator[list[str]]:
    group: list[str] = []
    size = 0
    for text in texts:
        if group and size + len(text) > _REQUEST_CHARS:
            yield group
            group, size = [], 0
        group.append(text)
        size += len(text) + len(_BETWEEN)
    if group:
        yield group


def _shared_out(group: Sequence[str], matches: Sequence[Match]) -> Iterator[tuple[str, list[Match]]]:
    """Give each text its matches, with offsets of its own; what reaches over the end of a text is left out."""
    start = 0
    for text in group:
        end = start + len(text)
        inside = [m for m in matches if start <= m.start and m.end <= end]
        yield text, [m.with_(start=m.start - start, end=m.end - start) for m in inside]
        start = end + len(_BETWEEN)


def _faults(
    text: str, matches: Sequence[Match], protected: Sequence[str], tag: str, rules: GrammarRules
) -> tuple[GrammarFault, ...]:
    spans = protected_spans(text, (*protected, *rules.accepted_words))
    faults = []
    for match in matches:
        kept = tuple(
            r for r in match.replacements if not touches(changed_range(text, match.start, match.end, r), spans)
        )
        if match.replacements and not kept:
            continue
        if not match.replacements and touches((match.start, match.end), spans):
            continue
        if match.rule in rules.spelling and not tag.startswith("de") and _looks_like_a_name(text, match):
            continue
        faults.append(_fault(text, match, kept))
    return tuple(faults)


def _fault(text: str, match: Match, replacements: tuple[str, ...]) -> GrammarFault:
    return GrammarFault(
        rule=match.rule,
        message=match.message,
        sentence=text,
        start=match.start,
        end=match.end,
        replacements=replacements[:_MOST_REPLACEMENTS],
    )


def _looks_like_a_name(text: str, match: Match) -> bool:
    """True for an unknown word with a capital inside a sentence, or before another capital: a person, firm or tool.

    In German that would be any noun.
    """
    word = text[match.start : match.end]
    if not word[:1].isupper():
        return False
    return match.start > 0 or not word[1:].islower() or _CAPITAL_NEXT.match(text, match.end) is not None


def _kept(text: str, rules: GrammarRules) -> list[int]:
    group_of = {word: i for i, group in enumerate(rules.kept_words.groups) for word in group}
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", text.lower().replace("’", "'"))
    return [group_of[word] for word in words if word in group_of]


# --- from corrections to a letter -----------------------------------------------------------------------------------


def _corrections(
    sentences: Sequence[Sentence], found: Sequence[Sequence[GrammarFault]], accept: Accept | None
) -> dict[int, tuple[Sentence, tuple[GrammarChange, ...]]]:
    """Return the sentences that changed, by their number."""
    fixed = {}
    for i, (sentence, faults) in enumerate(zip(sentences, found, strict=True)):
        after, changes = apply(sentence, faults)
        if changes and (accept is None or accept(sentence, after)):
            fixed[i] = (after, changes)
    return fixed


def _sections(letter: Letter) -> list[Section]:
    """The section of each sentence that is no gap."""
    return [section for section in letter.sections for sentence in section.sentences if not sentence.gap]


def _rebuilt(letter: Letter, fixed: dict[int, Sentence]) -> Letter:
    if not fixed:
        return letter
    number = iter(range(len(letter.sentences)))
    sections = [
        section.with_(sentences=tuple(s if s.gap else fixed.get(next(number), s) for s in section.sentences))
        for section in letter.sections
    ]
    return letter.with_(sections=tuple(sections))
