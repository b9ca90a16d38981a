"""Items on form: headings and points, one closing request, length, and no data of buyers."""

from __future__ import annotations

import re

from amends.evaluate.figures import is_table
from amends.evaluate.headings import is_heading, is_label
from amends.evaluate.rubric import RubricItem, pattern
from amends.evaluate.view import Fault, Line, Outcome, View, judged, not_checked
from amends.regex import regex
from amends.verify import fact_text

_MAIL = regex(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_RELAY = regex(r"@(?:m\.)?marketplace\.amazon\.", re.IGNORECASE)
_PHONE = regex(r"(?<![\w-])\+?\d{1,3}[ .(-]{1,2}\d{2,4}[ .)-]{1,2}\d{3,4}[ .-]?\d{2,5}(?![\w-])")
_ORDER_ID = regex(r"\b\d{3}-\d{7}-\d{7}\b")
_STREET = regex(
    r"\b\d{1,5}[a-z]? (?:[A-Z][\w']+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Court|Blvd|Way)\b"
    r"|\b[A-ZÄÖÜ][a-zäöüß]+(?:straße|strasse|weg|gasse|platz) \d{1,4}\b"
)
_MAYBE_PERSONAL = regex(r"@|\d[ .()-]+\d|\d [A-Z]|[a-z] \d|[a-z]\d")
_AMAZONS = regex(r"@(?!(?:m\.)?marketplace\.)(?:[\w-]+\.)*amazon\.[a-z]{2,3}(?:\.[a-z]{2})?$", re.IGNORECASE)
_BUYER = regex(r"\b(?:buyers?|customers?|recipients?|kunde\w*|käufer\w*)\b")
_BUSINESS = regex(
    r"\b(?:suppliers?|manufacturers?|rights owner|contact|factory|our|my|invoices?|carrier|agency|ltd|gmbh|inc|llc)\b"
)
_NAME = r"(?:(?:Mr|Mrs|Ms|Miss|Herr|Frau)\.? [A-Z][a-zà-ÿ]+|[A-Z][a-zà-ÿ]+ (?:[A-Z]\. ?)?[A-Z][a-zà-ÿ]+)"
_NAMED_BUYER = regex(
    rf"\b(?i:buyer|customer|recipient|kunde|kundin|käufer)s? (?:(?:named|called|was|is|,) ?)?{_NAME}"
    r"|\b(?:Mr|Mrs|Ms|Miss)\.? [A-Z][a-zà-ÿ]+[^.;]{0,40}\b(?:ordered|returned|complained|bought|wrote|claimed)\b"
)
_ADDRESS = regex(
    r"\b[A-Z][\w'’-]+ [A-Z][\w'’-]+, \d{1,5}[a-z]?,? [A-Z]\w+|\b\d{1,5}[a-z]? (?:Rue|Via|Calle|Avenida|Plaza|Piazza|Rua|Quai|Chemin)\b"
    r"|\b[A-ZÄÖÜ][\wäöüß.-]+ \d{1,4}[a-z]?,? (?:in )?\d{5} [A-ZÄÖÜ]"
)
_TITLED = regex(r"\b(?:Mr|Mrs|Ms|Miss|Herrn?|Frau)\.? (?:[A-Z]\. ?)?[A-ZÀ-Ž][a-zà-ž'-]+")
_OF_A_FIRM = regex(
    r"\b(?:director|manager|owner|officer|lead|clerk|sales|supplier|contact|partner|of [A-Z]\w+ (?:[A-Z]\w+ )?(?:Ltd|GmbH|Inc|LLC|AB)|geschäftsführer\w*|inhaber\w*)\b",
    re.IGNORECASE,
)
_IBAN = regex(r"\b[A-Z]{2}\d{2}(?: ?[\dA-Z]{4}){3,7}\b")
_PHONE_TOLD = regex(
    r"(?:\b(?:phone|tel|telephone|mobile|handy|telefon|cell|whatsapp)\b\.?:? ?(?:number|no\.?)? ?)\+?[\d][\d /().-]{5,18}\d|(?<![\w-])\d{3}-\d{3}-\d{4}(?![\w-])",
    re.IGNORECASE,
)
_PAID_BACK = regex(r"\b(?:refund\w*|called|angerufen|erstattet|household|lives?|resident|wohn\w*)\b")
_GIVEN = r"(?!Seller|Buy|Account|Voice|Amazon|Brand|Order|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|The|Our|This|On|In|At|All|Since|Both|Each)[A-ZÀ-Ž][a-zà-ž']{1,}"
_SOMEBODY = regex(
    rf"(?<=[(;,] ){_GIVEN} [A-ZÀ-Ž][a-zà-ž'-]+(?=,| and| from|\)| in )|(?<=\(){_GIVEN} [A-ZÀ-Ž][a-zà-ž'-]+(?=,| and|\))|(?<=; ){_GIVEN} [A-ZÀ-Ž][a-zà-ž'-]+(?= (?:from|got|received|in)\b)"
    rf"|\b(?:Mr|Mrs|Ms|Miss|Herr|Frau)\.? {_GIVEN}(?: [A-ZÀ-Ž][a-zà-ž'-]+)?"
)


#: Sentences that a part may have without points: one of ours, and one of another writer's, who may number in the text.
_FEW, _RUN_ON, _LIST = 2, 9, 3
#: Sections that are lists of papers: nobody reads them as prose.
LISTS = ("enclosures", "documents")


def headings_and_lists(view: View, _item: RubricItem) -> Outcome:
    """Answer whether the three parts have titles, and several actions or measures stand as points."""
    keys = ("root_cause", "corrective_actions", "preventive_measures")
    parts = [s for s in view.letter.sections if s.key in keys]
    if not parts:
        return not_checked("The parts of the letter could not be told apart (no headings known).")
    bare = view.bare
    faults = [
        Fault(f"The part {s.key.replace('_', ' ')} has no heading.", "Give it a heading.")
        for s in parts
        if not (s.title or (bare and any(is_heading(x.text) or is_label(x.text) for x in s.sentences)))
    ]
    faults += [
        Fault(
            f"The part {s.title or s.key.replace('_', ' ')} runs on without points.",
            "Set one action or measure per point.",
        )
        for s in parts
        if s.key != "root_cause" and not s.bullets and len(s.sentences) > (_RUN_ON if bare else _FEW)
    ]
    if bare and len(faults) > 1:  # the parts of somebody else's letter are mended all at once: told once
        faults = [Fault(" ".join(f.message for f in faults), "Give each part a heading, and set one action a point.")]
    titled, points = sum(bool(s.title) for s in parts), sum(s.bullets for s in parts)
    return judged(faults, f"{titled} of {len(parts)} parts have a heading, {points} stand as points.")


def closing_one_request(view: View, item: RubricItem) -> Outcome:
    """Answer whether the last lines hold exactly one request, in few sentences; what stands behind it belongs to the papers."""
    closing = _closing(view)
    if not closing:
        return not_checked("The letter has no sentences.")
    asks = pattern(item.settings["request"]).search
    requests = [line for line in closing if (line.part == "request" and not view.bare) or asks(line.low)]
    faults = []
    if len(requests) > 1 or not (requests or (view.bare and any(asks(line.low) for line in view.lines))):
        faults.append(
            Fault(
                f"The closing holds {len(requests)} requests instead of one.",
                "Close with one sentence: what you ask, for which account or listing.",
                requests[1] if requests else closing[-1],
            )
        )
    behind = [line for line in closing if line.part != "attached"]
    limit = item.settings["max_sentences"]
    if len(behind) > limit and view.letter.sections[-1].key == "closing":
        faults.append(
            Fault(f"The closing has {len(behind)} sentences (limit {limit}).", "Keep the request.", behind[0])
        )
    return judged(faults, f"{len(requests)} requests in {len(closing)} closing sentences.", next(iter(requests), None))


def _closing(view: View) -> tuple[Line, ...]:
    marked = tuple(line for line in view.lines if line.section.key == "closing")
    return marked or tuple(line for line in view.lines if line.part == "request") or view.lines[-2:]


def word_count(view: View, item: RubricItem) -> Outcome:
    """Answer whether the letter keeps to its length."""
    limit = item.settings["max_words"]
    words = sum(len(line.text.split()) for line in view.lines if line.section.key not in LISTS)
    faults = [Fault(f"{words} words (limit {limit}).", "Move lists and tables into an attachment.")] * (words > limit)
    return judged(faults, f"{words} words without the list of enclosures; at most {limit}.")


def sentence_length(view: View, item: RubricItem) -> Outcome:
    """Answer whether no sentence is too long, nor their mean; Chinese, which has no blanks, is not counted."""
    if view.letter.language.startswith("zh"):
        return not_checked("Words are counted by blanks; Chinese has none.")
    counted = [
        (line, _length(line.text))
        for line in view.lines
        if line.section.key not in LISTS and not line.sentence.gap and not is_table(line.text)
    ]
    if not counted:
        return not_checked("The letter has no sentences.")
    limit, most = item.settings["max_words"], item.settings["max_mean"]
    mean = sum(n for _, n in counted) / len(counted)
    faults = [
        Fault(f"{n} words in one sentence (limit {limit}).", "Cut it in two, one idea each.", line)
        for line, n in counted
        if n > limit
    ]
    if mean > most:
        faults.append(Fault(f"Sentences have {mean:.1f} words on average (limit {most}).", "Cut the longest ones."))
    longest = max(n for _, n in counted)
    return judged(faults, f"Longest {longest}, mean {mean:.1f} words; at most {limit} and {most}.")


def _length(text: str) -> int:
    """The words of a sentence; of a list run on with semicolons, those of its longest item."""
    items = text.split(";")
    return max(len(item.split()) for item in items) if len(items) > _LIST else len(text.split())


def no_buyer_data(view: View, _item: RubricItem) -> Outcome:
    """Answer whether no sentence holds a buyer's name, address, mail or phone; those of suppliers are no fault."""
    faults = [
        Fault(
            f"“{found.group()}” looks like {what}.",
            "Name the order by its id only.",
            line,
            found.start(),
            found.end(),
            "advice" if what.startswith("perhaps") or _is_own(line, what) else None,
        )
        for line in view.lines
        for what, found in _personal(line)
        if not (_known(view, line, found.group()) or (_is_own(line, what) and view.letter.kind != "plan_of_action"))
    ]
    return judged(faults, f"{len(faults)} found in {len(view.lines)} sentences.")


def _is_own(line: Line, what: str) -> bool:
    """Whether an address is likely the seller's own or a firm's: no buyer is spoken of in a letter without facts."""
    return "address" in what and "mail" not in what and not (_BUYER.search(line.low) or _PAID_BACK.search(line.low))


def _known(view: View, line: Line, text: str) -> bool:
    """Whether it is Amazon's own address, or one that the seller's facts name and no buyer is spoken of."""
    if _AMAZONS.search(text):
        return True
    cited = (view.facts[i] for i in line.sentence.fact_ids if i in view.facts)
    return _BUYER.search(line.low) is None and any(text in fact_text(f) for f in cited)


def _personal(line: Line) -> list[tuple[str, re.Match[str]]]:
    text = line.text
    of_buyer = _BUYER.search(line.low) is not None
    found = [("a buyer's name", m) for m in _NAMED_BUYER.finditer(text)] if of_buyer or " M" in f" {text}" else []
    mails = list(_MAIL.finditer(text)) if "@" in text else []
    found += [("a mail address of a buyer", m) for m in mails if _RELAY.search(m.group())]
    if of_buyer or _PAID_BACK.search(line.low):
        known = {m.group() for _, m in found}
        found += [("a buyer's name", m) for m in _SOMEBODY.finditer(text) if m.group() not in known]
    if ("M" in text or "Frau" in text or "Herr" in text) and not _OF_A_FIRM.search(text):
        known = {m.group() for _, m in found}
        found += [
            ("perhaps a buyer's name", m) for m in _TITLED.finditer(text) if not any(m.group() in k for k in known)
        ]
        if _TITLED.search(text):
            found += [("a phone number", m) for m in _PHONE.finditer(_ORDER_ID.sub("#" * 19, text))]
    if not _BUSINESS.search(line.low.replace(" our ", " ")):
        found += [("perhaps a postal address", m) for m in _ADDRESS.finditer(text)]
    if _MAYBE_PERSONAL.search(text) and (of_buyer or not _BUSINESS.search(line.low)):
        plain = _ORDER_ID.sub(lambda m: "#" * len(m.group()), text)
        found += [("a mail address", m) for m in mails if not _RELAY.search(m.group())]
        found += [("a phone number", m) for m in _PHONE.finditer(plain)]
        found += [("a bank account", m) for m in _IBAN.finditer(text)]
        found += [("a phone number", m) for m in _PHONE_TOLD.finditer(plain)]
        found += [("a postal address", m) for m in _STREET.finditer(text)]
    return found
