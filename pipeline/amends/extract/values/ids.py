"""Ids: ASINs, order, complaint and case ids, numbers of registered rights.

Forms: ASIN `B0` + 8 characters or an ISBN-10 that is named as ASIN [D]; order id 3-7-7 digits [V:DOC-REP]; complaint and
case ids are numbers of 8 to 13 digits after their name [V:N12a,A30].
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from amends.casing import small
from amends.extract.layout import Layout
from amends.extract.values.found import found
from amends.extract.values.tables import cells
from amends.regex import regex
from amends.schemas import Fact
from amends.vocabulary import FactKind

_ASIN = regex(r"(?<![A-Za-z0-9])B0[A-Z0-9]{8}(?![A-Za-z0-9])")
_ISBN = regex(r"(?<![\w-])\d{9}[\dX](?![\w-])")
_NAMED_ISBN = regex(r"(?:ISBN|ASIN)s?[\s:#-]{0,3}$", re.IGNORECASE)
_ORDER = regex(r"(?<![\d-])\d{3}-\d{7}-\d{7}(?![\d-])")
_NUMBER = regex(r"(?<![A-Za-zÀ-ÿ\d_-])\d{8,13}(?![A-Za-zÀ-ÿ\d_-]|[.,]\d)")
#: The nouns that say what a number is of; the one next before it decides.
_NOUN_OF: tuple[tuple[FactKind | None, str], ...] = (
    ("complaint_id", r"(?<!test )(?<!lab )(?<!laboratory )(?:complaints?|(?:infringement )?reports?|infringements?|notices?|claims?|allegations?|objections?)|beschwerde\w*|rechtsverletzung\w*|meldung\w*|plaintes?|réclamations?|signalements?|"
     r"segnalazion\w+|reclam\w+|denuncia|queja|klacht\w*|melding|skarg\w*|zgłoszeni\w*|投诉|举报|申し立て|苦情|通報|侵害"),
    ("case_id", r"cases?|tickets?|dossiers?|demandes?|enquiry|inquiry|pratica|vorgang\w*|fall(?:nummer|-?id|s)?|aktenzeichen|caso|expediente|zaak\w*|spraw\w*|问题编号|案例|个案|核验编号|工单|お問い合わせ(?:番号)?|受付番号|ケース"),
    (None, r"trade ?marks?|brand|patents?|design|copyrights?|registrations?|registered|marken?|geschmacksmuster|marques?|brevets?|marchio|brevetto|marca|patente|商标|专利|版权|商標|特許|test report|orders?|bestellung|commande|ordine|pedido|订单|"
     r"phone|telephone|tel|telefon|token|tax|vat|iban|ust|steuer|upc|gtin|ean|isbn|asin|sku|batch|lot|invoice|rechnung|bill|facture|bank|account|konto|ending"),
    ("case_id", r"ref(?:erence|\.)?|referencia|riferimento|référence|referenz|编号"),
)  # fmt: skip
_NOUNS = regex("|".join(f"(?P<n{n}>(?<![^\\W\\d_\\u2e80-\U0010ffff])(?:{words})(?![a-zäöüß]))" for n, (_, words) in enumerate(_NOUN_OF)), re.IGNORECASE)  # fmt: skip
#: So many characters before its number a noun stands at most, and between two numbers of one noun.
_REACH, _BETWEEN = 34, 40
_JOINED = regex(
    r"(?:\s?[(（\[][^()（）\[\]\n]{0,24}[)）\]])?\s?(?:,|;|、|&|/|and|und|et|e|y|en|i|和|及|与|sowie|as well as|or)\s?(?:no\.? |nr\.? )?"
)
_RIGHT = r"trade\s?mark|eutm|uktm|unionsmarke|design patent|patent|registered design|copyright|商标|专利|版权|marken?|geschmacksmuster|marque|brevet|marchio|brevetto|marca|patente|商標|特許"
_RIGHT_NAMED = regex(_RIGHT)
_REGISTRATION = regex(
    rf"(?P<right>{_RIGHT})(?P<between>[^\n\d:：#]{{0,45}}?)[:：#\s]\s{{0,3}}(?:no\.?|nr\.?|#|n[°º.]?)?\s{{0,3}}"
    r"(?P<number>(?-i:[A-Z]{2}\s?)?(?:D\s?)?\d(?:[\d,./ -]{4,16})\d(?:\s?[A-Z]\d?)?)(?!\w)",
    re.IGNORECASE,
)
#: The form of a number tells the right: class and number of a US copyright; office, number and kind of a patent.
_COPYRIGHT = regex(r"(?<!\w)(?:VA|TX|PA|SR)u? ?\d[\d-]{5,10}\d(?![\w-])")
_PATENT = regex(r"(?<!\w)(?:US|EP|DE|GB|CN|JP|FR|CA|AU)[ -]?(?:D ?)?\d[\d,. ]{4,12}\d ?[A-CSUY]\d?(?!\w)")
_NUMBER_FIELD = regex(
    r"^[ \t]*(?:registration|registered under|register(?:nummer|ed)|(?:registration |reg\.? )?(?:number|no\.)|nummer|numéro|numero|número|编号|番号)[ \t]*(?:[:：|]|\.{3,})[ \t]*"
    r"(?P<number>(?:[A-Z]{2} ?)?\d[\d,./-]{4,16}\d(?: ?[A-Z]\d?)?)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_REGISTERED = regex(r"(?:[A-Z]{2} ?)?\d[\d,./-]{4,16}\d(?: ?[A-Z]\d?)?")
_NUMBER_COLUMN = regex(
    r"\breg(?:istration|istered)?\b|\b(?:trade ?mark|patent|copyright|mark|right)s?(?: (?:no|number|nr|reg))|注册|登録|marken?nr|markennummer|enregistrement|registr",
    re.IGNORECASE,
)
_OTHER_IDS = regex(
    r"complaint|case|report|notice|beschwerde|投诉|reclam|réclam|plainte|asin|order|email|mail|id\b|date", re.IGNORECASE
)
_RIGHTS = (
    ("trademark", regex(r"trade|eutm|uktm|union|商标|mark|marque|marchio|marca|商標", re.IGNORECASE)),
    ("copyright", regex(r"copyright|版权", re.IGNORECASE)),
    ("patent", regex(r".")),
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
    """Complaint and case ids, each after the noun that names it, or in a column so named; several after one noun too."""
    before: tuple[int, FactKind] | None = None
    for match in _NUMBER.finditer(text):
        kind = _kind(text, match.start())
        if kind is None and before and _JOINED.fullmatch(text[before[0] : match.start()]):
            kind = before[1]
        before = (match.end(), kind) if kind else None
        if kind:
            yield found(kind, match[0], text, match.start(), match.end())
    for cell in cells(text):
        if _NUMBER.fullmatch(cell.text) and (kind := _last_noun(cell.head)):
            yield found(kind, cell.text, text, cell.start, cell.start + len(cell.text))


def _kind(text: str, at: int) -> FactKind | None:
    """What a number is of, by the last noun before it in its line, or by the short line above that is its label."""
    begin = max(0, at - 2 * _REACH)
    line = text.rfind("\n", begin, at) + 1
    if line and not text[line:at].strip(" \t|:*-") and at - begin > 0:
        line = text.rfind("\n", begin, line - 1) + 1
    return _last_noun(text[max(begin, line) : at])


def _last_noun(words: str) -> FactKind | None:
    nouns = list(_NOUNS.finditer(words))
    last = nouns[-1] if nouns else None
    if last is None or len(words) - last.end() > _REACH or re.search(r"\d{6}", words[last.end() :]):
        return None
    kind = _NOUN_OF[int((last.lastgroup or "n0")[1:])][0]
    if kind == "case_id" and last.lastgroup == "n3":  # "complaint reference 123": the noun before says of what
        earlier = _last_noun(words[: last.start()]) if len(words) - last.start() <= _REACH else None
        return earlier if earlier and words[: last.start()].rstrip()[-1:].isalpha() else kind
    return kind


def _each_after(named: re.Pattern[str], low: str, pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Every match of `pattern` in `text` where `named` stands in the small letters `low`, without overlaps."""
    reached = 0
    for name in named.finditer(low):
        match = pattern.match(text, name.start()) if name.start() >= reached else None
        if match:
            reached = match.end()
            yield match


def registrations(text: str) -> Iterator[Fact]:
    """Numbers of trademarks, patents and copyrights, as statements whose unit names the right."""
    low = small(text)
    for match in _each_after(_RIGHT_NAMED, low, _REGISTRATION, text):
        number = match["number"].strip(" .,-/")
        if _OTHER_IDS.search(match["between"]) or _ORDER.search(number) or sum(c.isdigit() for c in number) < 5:
            continue
        start = match.start("number") + match["number"].index(number)
        yield _registration(match["right"], number, text, start)
    for match in _NUMBER_FIELD.finditer(text):
        if right := _right_before(text, match.start()):
            yield _registration(right, match["number"], text, match.start("number"))
    for cell in cells(text):
        number = _REGISTERED.fullmatch(cell.text)
        if number and _NUMBER_COLUMN.search(cell.head) and not _last_noun_is_id(cell.head):
            head = re.search(_RIGHT, cell.head, re.IGNORECASE)
            if name := head[0] if head else _right_before(text, cell.start, 2000):
                yield _registration(name, cell.text, text, cell.start)


def _last_noun_is_id(head: str) -> bool:
    return _last_noun(head) == "complaint_id"


def _right_before(text: str, at: int, reach: int = 160) -> str | None:
    rights: list[str] = re.findall(_RIGHT, text[max(0, at - reach) : at], re.IGNORECASE)
    return rights[-1] if rights else None


def rights_by_form(text: str) -> Iterator[Fact]:
    """Numbers whose form tells the right: of patents with office and kind, of copyrights with class."""
    for match in _COPYRIGHT.finditer(text):
        yield found("statement", match[0], text, match.start(), match.end(), unit="copyright_number")
    for match in _PATENT.finditer(text):
        yield found("statement", match[0], text, match.start(), match.end(), unit="patent_number")


def _registration(words: str, number: str, text: str, start: int) -> Fact:
    right = next(name for name, pattern in _RIGHTS if pattern.match(words))
    return found("statement", number, text, start, start + len(number), unit=f"{right}_number")
