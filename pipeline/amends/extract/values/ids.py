"""Ids: ASINs, order, complaint and case ids, numbers of registered rights.

Forms: ASIN `B0` + 8 characters or an ISBN-10 that is named as ASIN [D]; order id 3-7-7 digits [V:DOC-REP]; complaint and
case ids are numbers of 8 to 13 digits after their name [V:N12a,A30].
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from amends.extract.layout import Layout
from amends.extract.values.found import found
from amends.schemas import Fact
from amends.vocabulary import FactKind

_ASIN = re.compile(r"(?<![A-Za-z0-9])B0[A-Z0-9]{8}(?![A-Za-z0-9])")
_ISBN = re.compile(r"(?<![\w-])\d{9}[\dX](?![\w-])")
_NAMED_ISBN = re.compile(r"(?:ISBN|ASIN)s?[\s:#-]{0,3}$", re.IGNORECASE)
_ORDER = re.compile(r"(?<![\d-])\d{3}-\d{7}-\d{7}(?![\d-])")
_NUMBER = r"(?<![\w-])\d{8,13}(?![\w-]|[.,]\d)"
_ID_NAMES: tuple[tuple[FactKind, str], ...] = (
    ("complaint_id", r"complaints?|number of (?:their|the|its) (?:report|complaint) is|(?:infringement )?report (?:id|number|no)|notice (?:id|number)|claim (?:id|number)|reclam\w*|réclamation|plainte|投诉|beschwerde\w*|segnalazione|申し立て|苦情"),
    ("case_id", r"cases?|dossier|问题编号|案例|个案|fall|fallnummer|fall-?id|vorgang\w*|caso|ケース|お問い合わせ番号|ticket|ref(?:erence)?|votre demande|demande|referencia|riferimento|aktenzeichen|vorgangsnummer"),
)  # fmt: skip
_NAMED_IDS = tuple(
    (kind, re.compile(rf"(?<![a-z])(?:{names})(?![a-z])[^\d\n]{{0,26}}?(?P<ids>{_NUMBER}(?:\s?(?:,|;|、|and|und|et|e|y|和|/)\s?{_NUMBER}){{0,20}})", re.IGNORECASE))
    for kind, names in _ID_NAMES
)  # fmt: skip
_RIGHT = r"trade\s?mark|design patent|patent|registered design|copyright|商标|专利|版权|marken?|geschmacksmuster|marque|brevet|marchio|brevetto|marca|patente|商標|特許"
_REGISTRATION = re.compile(
    rf"(?P<right>{_RIGHT})(?P<between>[^\n\d:：#]{{0,45}}?)[:：#\s]\s{{0,3}}(?:no\.?|nr\.?|#|n[°º.]?)?\s{{0,3}}"
    r"(?P<number>(?-i:[A-Z]{2}\s?)?(?:D\s?)?\d(?:[\d,./ -]{4,16})\d(?:\s?[A-Z]\d?)?)(?!\w)",
    re.IGNORECASE,
)
#: The form of a number tells the right: class and number of a US copyright; office, number and kind of a patent.
_COPYRIGHT = re.compile(r"(?<!\w)(?:VA|TX|PA|SR)u? ?\d[\d-]{5,10}\d(?![\w-])")
_PATENT = re.compile(r"(?<!\w)(?:US|EP|DE|GB|CN|JP|FR|CA|AU)[ -]?(?:D ?)?\d[\d,. ]{4,12}\d ?[A-CSUY]\d?(?!\w)")
_NUMBER_FIELD = re.compile(
    r"^[ \t]*(?:registration |reg\.? )?(?:number|no\.|nummer|numéro|numero|número|编号|番号)[ \t]*(?:[:：|]|\.{3,})[ \t]*"
    r"(?P<number>(?:[A-Z]{2} ?)?\d[\d,./-]{4,16}\d(?: ?[A-Z]\d?)?)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_OTHER_IDS = re.compile(
    r"complaint|case|beschwerde|投诉|reclam|réclam|plainte|asin|order|email|mail|id\b|date", re.IGNORECASE
)
_RIGHTS = (
    ("trademark", re.compile(r"trade|商标|mark|marque|marchio|marca|商標", re.IGNORECASE)),
    ("copyright", re.compile(r"copyright|版权", re.IGNORECASE)),
    ("patent", re.compile(r".")),
)


def products(layout: Layout, text: str) -> Iterator[Fact]:
    """ASINs, and ISBN-10s (the ASINs of books) where the line or the one before it says ASIN; masked ones are none."""
    for match in _ASIN.finditer(text):
        if any(c.isdigit() for c in match[0][2:]) and not match[0].endswith(("XXXX", "0000")):
            yield found("asin", match[0], text, match.start(), match.end())
    named = False
    for sentence in layout.sentences:
        here = "asin" in sentence.folded or "isbn" in sentence.folded
        if here or (named and sentence.listed):
            for match in _ISBN.finditer(sentence.text):
                if _valid_isbn(match[0]) or _NAMED_ISBN.search(sentence.text[: match.start()]):
                    yield found("asin", match[0], text, sentence.start + match.start(), sentence.start + match.end())
        named = here or (named and sentence.listed)


def _valid_isbn(digits: str) -> bool:
    return sum((10 - i) * (10 if c == "X" else int(c)) for i, c in enumerate(digits)) % 11 == 0


def order_ids(text: str) -> Iterator[Fact]:
    """Order ids, 3-7-7 digits."""
    for match in _ORDER.finditer(text):
        yield found("order_id", match[0], text, match.start(), match.end())


def named_ids(text: str) -> Iterator[Fact]:
    """Complaint and case ids, each after its name; several after one name too."""
    for kind, pattern in _NAMED_IDS:
        for match in pattern.finditer(text):
            for number in re.finditer(_NUMBER, match["ids"]):
                start = match.start("ids") + number.start()
                if not _named_otherwise(kind, text[match.start() : start]):
                    yield found(kind, number[0], text, start, start + len(number[0]))


#: "Complaint: trademark, complaint 10482233901": what stands before the last name is about something else.
_LAST_NAME = re.compile(r"^.*complaint", re.IGNORECASE | re.DOTALL)


def _named_otherwise(kind: FactKind, words: str) -> bool:
    """Whether a name of the other kind, or of a right, stands between the name and the number."""
    return (
        bool(re.search(r"\bcase\b|trade ?mark|patent", _LAST_NAME.sub("", words[9:]), re.IGNORECASE))
        if kind == "complaint_id"
        else "omplaint" in words
    )


def registrations(text: str) -> Iterator[Fact]:
    """Numbers of trademarks, patents and copyrights, as statements whose unit names the right."""
    for match in _REGISTRATION.finditer(text):
        number = match["number"].strip(" .,-/")
        if _OTHER_IDS.search(match["between"]) or _ORDER.search(number) or sum(c.isdigit() for c in number) < 5:
            continue
        start = match.start("number") + match["number"].index(number)
        yield _registration(match["right"], number, text, start)
    for match in _NUMBER_FIELD.finditer(text):
        rights = re.findall(_RIGHT, text[max(0, match.start() - 160) : match.start()], re.IGNORECASE)
        if rights:
            yield _registration(rights[-1], match["number"], text, match.start("number"))


def rights_by_form(text: str) -> Iterator[Fact]:
    """Numbers whose form tells the right: of patents with office and kind, of copyrights with class."""
    for match in _COPYRIGHT.finditer(text):
        yield found("statement", match[0], text, match.start(), match.end(), unit="copyright_number")
    for match in _PATENT.finditer(text):
        yield found("statement", match[0], text, match.start(), match.end(), unit="patent_number")


def _registration(words: str, number: str, text: str, start: int) -> Fact:
    right = next(name for name, pattern in _RIGHTS if pattern.match(words))
    return found("statement", number, text, start, start + len(number), unit=f"{right}_number")
