"""Postal addresses: US and UK, German and other EU, Chinese; and whatever follows "Ship to:"."""

from __future__ import annotations

import re

from amends.masking.numbers import protected
from amends.masking.spans import Found

_UP = "A-ZÀ-ÖØ-Þ"
_WORD = rf"[{_UP}][\w'’.-]{{0,30}}"
_PLAIN = rf"[{_UP}][\w'’.]{{0,30}}"  # without the hyphen that parts it from the next: one way to read a text, not many
_CITY = rf"{_PLAIN}(?:[ -](?:(?:an der|am|im|on|upon|de|la|le|in der|ob der)[ -])?{_PLAIN}){{0,3}}"
_STATE = (
    "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]"
)
_SURE = "Street|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Terrace|Parkway|Pkwy|Highway|Hwy|Crescent|Mews"
#: These are also words of product names ("12 Inch Square Pan"): they need an end or a unit after them.
_UNSURE = "St|Drive|Dr|Ln|Court|Ct|Way|Place|Pl|Circle|Cir|Square|Sq|Close|Gardens|Grove|Row|Hill|Trail|Loop"
_ENDS = r"(?=\.?(?:\s*[,;)\n]|\s*$| (?:Apt|Apartment|Suite|Ste|Unit|Floor|#)|\s+[A-Z][\w ]+,)|\.)"
_TYPE = rf"(?:{_SURE})\b|(?:{_UNSURE})\b{_ENDS}"
_NO_STREET = (
    r"(?!(?:[GTM]B|Pack|Pieces?|Pcs?|Inch|Ft|Set|Count|Ct|Days?|Hours?|Star|Port|Gallon|Oz|Lbs?|Units?|Watt|Volt)\b)"
)
_UNIT = r"(?:[,\s]+(?:Apartment|Apt|Suite|Ste|Unit|Floor|Room|Rm|Flat|#)\.? ?#?[\w-]+)?"
_ZIP = rf"(?:{_STATE})\.?,?\s+\d{{5}}(?:-\d{{4}})?"
_POSTCODE = r"(?:GIR 0AA|[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2})"
_COUNTRY = (
    r"(?:[,\s]+(?:USA|U\.S\.A\.|United States(?: of America)?|UK|United Kingdom|England|Scotland|Wales|Germany|"
    r"Deutschland|Österreich|Schweiz|France|Italia|Italy|España|Spain|China|P\.? ?R\.? China))?"
)
_TOWN = rf"(?:(?:[,\s]+{_CITY}){{1,2}}[,\s]+(?:{_ZIP}|{_POSTCODE}))?{_COUNTRY}"
_EU_TOWN = rf"(?:[A-Z]{{1,2}}-)?\d{{4,5}}(?: [A-Z]{{2}})? {_CITY}{_COUNTRY}"

_NUMBER_FIRST = rf"\d{{1,6}}[A-Za-z]?,? (?:[NSEW]{{1,2}}\.? )?{_NO_STREET}(?:{_WORD} ){{1,4}}(?:{_TYPE})\.?"
_US_UK = rf"(?<![\w-])(?:(?:Flat|Apartment|Unit|Suite) \w+,? )?{_NUMBER_FIRST}{_UNIT}{_TOWN}"
_US_LOWER = (
    rf"(?<![\w-])\d{{1,6}} (?:[a-z.'-]+ ){{1,4}}(?:{_SURE}|{_UNSURE})\b\.?{_UNIT}"
    rf"[,\s]+[a-z .'-]{{2,30}}[,\s]+(?:{_STATE})\s+\d{{5}}(?:-\d{{4}})?"
)
_PO_BOX = rf"(?<!\w)P\.? ?O\.? Box \d+{_TOWN}"
_US_TOWN = rf"(?<!\w){_CITY}, {_ZIP}{_COUNTRY}"

_GLUED = r"(?:straße|strasse|str\.|weg|platz|allee|gasse|chaussee|straat|gracht|laan|plein)"
_APART = r"(?:Straße|Strasse|Str\.|Weg|Platz|Allee|Gasse)"
_HOUSE = r" ?\d{1,4}(?: ?[a-z])?(?:[-/]\d+)?\b"
_GERMAN = rf"(?<!\w)(?:{_PLAIN}[ -]){{0,3}}(?:[{_UP}]\w{{0,40}}{_GLUED}|{_APART}){_HOUSE}(?:[,\s]+{_EU_TOWN})?"
_EU_STREET = rf"(?<!\w){_WORD}(?: {_WORD}){{0,2}} \d{{1,4}} ?[a-z]?,\s*{_EU_TOWN}"
_EU_PREFIXED = rf"(?<![\w-])(?:D|DE|A|AT|CH|F|FR|I|IT|E|ES|NL|PL)-\d{{4,5}} {_CITY}"
_FRENCH = (
    r"(?<![\w-])\d{1,4}(?: ?(?:bis|ter))?,? (?i:rue|avenue|boulevard|place|chemin|allée|impasse|quai|route) "
    rf"(?:[\w'’-]+ ?){{1,5}}?,?\s+\d{{5}} {_CITY}{_COUNTRY}"
)
_SOUTHERN = (
    r"(?<!\w)(?:Via|Viale|Corso|Piazza|Calle|Carrer|Avenida|Plaza|Rua|ul\.) (?:[\w'’.]+ ){1,4}?\d{1,4},?\s+"
    rf"(?:\d{{2}}-\d{{3}}|\d{{4,5}}) {_CITY}{_COUNTRY}"
)

_ROOM = r"(?:(?:Room|Rm\.?|Flat|Unit|Floor|Building|Block) ?[\w-]+,? ?){0,4}"
_CN_LATIN = (
    rf"(?<!\w){_ROOM}No\.? ?\d+,? (?:{_WORD} ){{1,3}}(?:{_SURE}|{_UNSURE})\b"
    rf"(?:, ?{_CITY}){{0,4}}(?:,? \d{{6}})?{_COUNTRY}"
)
#: Found from its end, "…路88号3栋501室": what stands before the road, up to a word such as 在 or 寄往, is the area.
_CN_NUMBER = re.compile(r"[路街道巷弄]\s?\d+\s?[号弄](?:[一-龥\dA-Za-z-]{0,12}?(?:室|单元|栋|幢|楼|座|号)){0,4}")
_CN_AREA = re.compile(r"(?:(?![是在到址为给往至于从住把])[一-龥]){1,30}$")

_FORMS = tuple(
    re.compile(form) for form in (_US_UK, _US_TOWN, _GERMAN, _EU_STREET, _EU_PREFIXED, _FRENCH, _SOUTHERN, _CN_LATIN)
) + tuple(re.compile(form, re.IGNORECASE) for form in (_US_LOWER, _PO_BOX))

_CUE = (
    r"(?:ship(?:ping|ped)?|deliver(?:y|ed)?|bill(?:ing|ed)?|home|street|postal|mailing|buyer'?s?|customer'?s?)[ -]"
    r"(?:to|address)|address|lieferadresse|lieferanschrift|versandadresse|rechnungsadresse|anschrift|adresse|"
    r"收货地址|收件地址|送货地址|地址"
)
_CUED = re.compile(
    rf"(?i:(?<![^\W_])(?:{_CUE}))[ \t]*[:：][ \t]*(?:\n((?:[^\n:：]{{2,70}}(?:\n|$)){{1,6}})|([^\n;。]{{6,160}}))"
)
_DIGIT = re.compile(r"\d")
_SENTENCE_END = re.compile(r"(?<!St)(?<!Str)(?<!Rd)(?<!Ave)(?<!Apt)(?<!No)(?<!Dr)(?<!\b[A-Z])[.!?](?=\s|$)")
_NO_HOME = re.compile(r"\b(?:Ltd|Limited|GmbH|LLC|Inc|Corp|AG|KG|Co)\b|公司|@|://")


def addresses(text: str) -> list[Found]:
    """Return the postal addresses in `text`, by their form or because a word before them says so."""
    if not _DIGIT.search(text):
        return []
    found = [Found(m.start(), m.end(), "ADDRESS") for form in _FORMS for m in form.finditer(text)]
    for number in _CN_NUMBER.finditer(text):
        area = _CN_AREA.search(text[max(0, number.start() - 30) : number.start()])
        found.append(Found(number.start() - len(area[0] if area else ""), number.end(), "ADDRESS"))
    for cue in _CUED.finditer(text):
        below, beside = cue.span(1), cue.span(2)
        found += _lines(text, *below) if below[0] >= 0 else _said(text, *beside)
    return found


def _said(text: str, start: int, end: int) -> list[Found]:
    """Take what follows an address cue up to its sentence's end or an id, if it holds a number and no company."""
    stops = [end, *(start + f.start for f in protected(text[start:end]))]
    if sentence := _SENTENCE_END.search(text, start, end):
        stops.append(sentence.start())
    said = text[start : min(stops)].rstrip(" ,-(")
    home = any(c.isdigit() for c in said) and not _NO_HOME.search(said)
    return [Found(start, start + len(said), "ADDRESS")] if home else []


def _lines(text: str, start: int, end: int) -> list[Found]:
    """Take each line of the block below an address cue, if one of its lines holds a number."""
    lines = [m for m in re.finditer(r"[^\n]+", text[start:end]) if m[0].strip()]
    guarded = protected(text)
    spans = [Found(start + m.start(), start + m.end(), "ADDRESS") for m in lines if not _NO_HOME.search(m[0])]
    spans = [s for s in spans if not s.overlaps(guarded)]
    return spans if any(c.isdigit() for s in spans for c in text[s.start : s.end]) else []
