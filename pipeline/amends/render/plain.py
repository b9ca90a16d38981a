"""The letter as the text that survives a form's text box, whole, in parts and shortened."""

from __future__ import annotations

import re

from amends.schemas import Case, Enclosure, Frozen, Letter, Section, Sentence
from amends.vocabulary import SectionKey

#: No limit of a form's field is published; 1,000 characters a section is a cautious reading [U] (domain 5.2).
COMPACT_LIMIT = 1000
NOT_THE_LETTER = "--- Notes for you, not part of the letter ---"

_ASCII = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f", " "),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
        **dict.fromkeys("•‣·", "-"),
        "…": "...",
        "×": "x",
        "≤": "<=",
        "≥": ">=",
        "→": "->",
    }
)
_GAP = "[missing:"
_OWN_NUMBER = re.compile(r"\s*(?:\d+\s*[.):]|(?:enclosure|attachment|annex)\s+\d+)", re.IGNORECASE)
_PART_TITLES: dict[SectionKey, str] = {
    "opening": "Opening",
    "root_cause": "Root cause",
    "corrective_actions": "Actions taken",
    "preventive_measures": "Prevention",
    "statement": "Statement",
    "documents": "Documents",
    "enclosures": "Enclosures",
    "closing": "Closing",
}


class Part(Frozen):
    """One field of a form: `characters` is the length of `text`, line breaks included."""

    key: SectionKey
    title: str
    text: str
    characters: int


def straight(text: str) -> str:
    """Return `text` with quotes, dashes, spaces and bullets that every form keeps; letters stay as they are."""
    return text.translate(_ASCII)


def shown(sentence: Sentence) -> str:
    """Return the sentence as every format shows it: a gap is always marked `[missing: …]`."""
    return f"{_GAP} {sentence.text}]" if sentence.gap and _GAP not in sentence.text else sentence.text


def enclosure_line(enclosure: Enclosure) -> str:
    """Return an enclosure without its number: document, file, and what it proves."""
    file = f" ({enclosure.file})" if enclosure.file else ""
    return f"{enclosure.document}{file}" + (f" - proves {enclosure.proves}" if enclosure.proves else "")


def enclosure_number(letter: Letter, sentence: Sentence, position: int) -> int | None:
    """Return the number that an enclosure's sentence carries; None when the sentence writes its own."""
    if _OWN_NUMBER.match(sentence.text):
        return None
    numbers = {e.fact_id: e.number for e in letter.enclosures}
    return next((numbers[i] for i in sentence.fact_ids if i in numbers), position)


def body_lines(letter: Letter, section: Section) -> list[str]:
    """Return the section's lines without its title: bullets as "- ", enclosures numbered, else one paragraph."""
    if section.key == "enclosures":
        numbered = [(enclosure_number(letter, s, n), shown(s)) for n, s in enumerate(section.sentences, 1)]
        return [straight(text if number is None else f"{number}. {text}") for number, text in numbered]
    if section.bullets:
        return [straight("- " + " ".join(map(shown, point))) for point in section.points]
    return [straight(" ".join(map(shown, section.sentences)))]


def sections_with_enclosures(letter: Letter) -> tuple[Section, ...]:
    """Return the sections; enclosures that no section lists get one, before the closing."""
    if not letter.enclosures or any(s.key in ("enclosures", "documents") for s in letter.sections):
        return letter.sections
    listed = Section(
        key="enclosures",
        title="Enclosures",
        bullets=True,
        sentences=tuple(
            Sentence(text=enclosure_line(e), fact_ids=(e.fact_id,), role="attached") for e in letter.enclosures
        ),
    )
    before = tuple(s for s in letter.sections if s.key != "closing")
    return (*before, listed, *(s for s in letter.sections if s.key == "closing"))


def _block(letter: Letter, section: Section) -> str:
    title = [straight(section.title)] if section.title else []
    return "\n".join([*title, *body_lines(letter, section)])


def plain(case: Case) -> str:
    """Return the letter as plain text for a form: nothing wrapped, no tables; empty when there is no letter."""
    letter = case.letter
    if letter is None:
        return ""
    blocks = [f"Subject: {straight(letter.subject)}", f"To: {straight(letter.addressee)}"]
    blocks += [_block(letter, section) for section in sections_with_enclosures(letter)]
    if letter.signature:
        blocks.append("\n".join(straight(line) for line in letter.signature))
    return "\n\n".join(block for block in blocks if block) + "\n"


def parts(case: Case) -> list[Part]:
    """Return the letter in the parts that some forms ask for separately; sections of one kind stand in one part."""
    letter = case.letter
    return [] if letter is None else [_part(letter, group) for group in _grouped(sections_with_enclosures(letter))]


def _grouped(sections: tuple[Section, ...]) -> list[tuple[Section, ...]]:
    keys = dict.fromkeys(s.key for s in sections)
    return [tuple(s for s in sections if s.key == key) for key in keys]


def _part(letter: Letter, group: tuple[Section, ...]) -> Part:
    key = group[0].key
    if len(group) == 1:
        text = "\n".join(body_lines(letter, group[0]))
    else:
        text = "\n\n".join(_block(letter, section) for section in group)
    title = group[0].title if len(group) == 1 and group[0].title else _PART_TITLES[key]
    return Part(key=key, title=straight(title), text=text, characters=len(text))


def compact(case: Case) -> str | None:
    """Return the parts with at most `COMPACT_LIMIT` characters each, then notes on what that cost; None without letter.

    Frame sentences go first, then the mentions of enclosures. A sentence that carries a fact is never left out: a part
    that is still too long stays whole and the notes say by how much.
    """
    letter = case.letter
    if letter is None:
        return None
    blocks: list[str] = []
    notes: list[str] = []
    for group in _grouped(sections_with_enclosures(letter)):
        part, left_out = _shortened(letter, group)
        blocks.append(f"{part.title} ({part.characters} characters)\n{part.text}")
        notes += [f'- Left out of "{part.title}" for length: {straight(s.text)}' for s in left_out]
        if part.characters > COMPACT_LIMIT:
            over = part.characters - COMPACT_LIMIT
            notes.append(
                f'- "{part.title}" is {over} characters over {COMPACT_LIMIT}: nothing but facts is left in it.'
            )
    notes = notes or [f"- Nothing was left out: every part has at most {COMPACT_LIMIT} characters."]
    return "\n\n".join([*blocks, "\n".join([NOT_THE_LETTER, *notes])]) + "\n"


def _shortened(letter: Letter, group: tuple[Section, ...]) -> tuple[Part, list[Sentence]]:
    """Return the part of `group` and the sentences that had to go, each only if the part was still too long."""
    left_out: list[Sentence] = []
    for role in ("frame", "attached"):
        if _part(letter, group).characters <= COMPACT_LIMIT:
            break
        if role == "attached" and group[0].key == "enclosures":
            continue
        goes = [s for section in group for s in section.sentences if _may_go(s, role)]
        kept = [tuple(s for s in section.sentences if s not in goes) for section in group]
        if any(kept):
            left_out += goes
            group = tuple(x.with_(sentences=k) for x, k in zip(group, kept, strict=True) if k)
    return _part(letter, group), left_out


def _may_go(sentence: Sentence, role: str) -> bool:
    return sentence.role == role and not sentence.gap and (role == "attached" or not sentence.fact_ids)
