"""The checklist of files to attach: number, file name to give it, and what the form demands of it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from amends.render.channels import FileProfile, file_profile
from amends.schemas import Case, Enclosure, Frozen

_SPREADSHEETS = frozenset({"xlsx", "xls", "csv", "tsv", "txt", "ods"})
_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_WRITTEN_DATE = re.compile(r"\b(?:\d{1,2}\.? [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2},?) \d{4}\b|\b\d{4}-\d{2}-\d{2}\b")
_DIVIDER = re.compile(r"\s+(?:from|by|of|for|with|dated)\s+|\s*[,;:(]\s*", re.IGNORECASE)
_SMALL = frozenset({"the", "a", "an", "and", "from", "by", "of", "for", "with", "dated", "to", "our"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


class Attachment(Frozen):
    """One file to attach. `file` is the seller's own name for it, None when the seller named none."""

    number: int
    document: str
    proposed_name: str
    file: str | None
    rules: tuple[str, ...]
    proves: str | None


def attachments(case: Case) -> tuple[Attachment, ...]:
    """Return the files to attach, in the letter's order; without a letter, the seller's evidence in the order given.

    Raises:
        PromptError: the rules of the channels cannot be read.
    """
    profile = file_profile(case)
    return tuple(_attachment(case, enclosure, profile) for enclosure in _enclosures(case))


def _enclosures(case: Case) -> tuple[Enclosure, ...]:
    if case.letter is not None:
        return case.letter.enclosures
    return tuple(
        Enclosure(
            number=n, document=f.item.document or f.item.text, file=f.item.file, proves=f.item.proves, fact_id=f.id
        )
        for n, f in enumerate(case.items("evidence"), 1)
        if f.item is not None
    )


def _attachment(case: Case, enclosure: Enclosure, profile: FileProfile) -> Attachment:
    given = _extension(enclosure.file)
    extension, rules = _format(given, profile)
    return Attachment(
        number=enclosure.number,
        document=enclosure.document,
        proposed_name=f"{_stem(enclosure, _date(case, enclosure))}.{extension}",
        file=enclosure.file,
        rules=(*rules, *_size_rule(profile)),
        proves=enclosure.proves,
    )


def _extension(file: str | None) -> str | None:
    suffix = PurePosixPath(file.replace("\\", "/")).suffix if file else ""
    return suffix[1:].lower() if re.fullmatch(r"\.[A-Za-z0-9]{1,5}", suffix) else None


def _format(given: str | None, profile: FileProfile) -> tuple[str, tuple[str, ...]]:
    """Return the extension to use and what to do to get there (domain 5.2)."""
    wanted = profile.formats[0]
    listed = ", ".join(profile.formats)
    if given is None:
        return wanted, (f"Find the file; it must be one of: {listed}.",)
    if given in profile.formats:
        return given, (f"{given.upper()} is taken here.",)
    if given in _SPREADSHEETS:
        return wanted, (f"Print the table to {wanted.upper()}: {given} is not taken here.",)
    if given == "pdf":
        return "png", ("This form takes no PDF: turn the pages into images without any edit and keep the original.",)
    return given, (f"{given} is not taken here ({listed}): ask the issuer for it in one of these, do not re-make it.",)


def _size_rule(profile: FileProfile) -> tuple[str, ...]:
    return () if profile.max_megabytes is None else (f"Under {profile.max_megabytes} MB.",)


def _date(case: Case, enclosure: Enclosure) -> str | None:
    """Return the document's ISO date, from the seller's entry or the enclosure's own words."""
    own = next((f.item.date for f in case.facts if f.id == enclosure.fact_id and f.item and f.item.date), None)
    found = _ISO.search(own or "") or _ISO.search(enclosure.document)
    return found.group() if found else None


def _stem(enclosure: Enclosure, day: str | None) -> str:
    """Return `01_invoice_NorthSupply_2026-03-12`: ASCII letters, digits, `_` and `-` only (domain 5.2)."""
    undated = _WRITTEN_DATE.sub(" ", enclosure.document)
    kind, *rest = _DIVIDER.split(undated, maxsplit=1)
    kind_words = [w.lower() for w in _ascii_words(kind)][:5] or ["document"]
    rest_words = [w for part in rest for w in _ascii_words(part) if w.lower() not in _SMALL][:3]
    pieces = [f"{enclosure.number:02d}", "-".join(kind_words), "".join(w[0].upper() + w[1:] for w in rest_words), day]
    return "_".join(piece for piece in pieces if piece)


def _ascii_words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text.translate(_UMLAUTS)).encode("ascii", "ignore").decode()
    return re.findall(r"[A-Za-z0-9]+", folded)
