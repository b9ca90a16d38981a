"""The seller's entries, and what each already says: a slot counts as known when its field or its sentence has it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from amends.dates import find_dates
from amends.patterns import Pattern
from amends.regex import regex
from amends.retrieve import cues_in
from amends.schemas import Case, Fact, Item
from amends.vocabulary import Cause, FactKind, FactList

KIND_OF_LIST: dict[FactList, FactKind] = {
    "root_causes": "cause",
    "corrective_actions": "action",
    "preventive_measures": "measure",
    "evidence": "document",
    "other_facts": "statement",
}
_DATE_WITHOUT_YEAR = 2000  # any year: only whether there is a date is asked
_ROLE = regex(
    r"\b(manager|owner|clerk|assistant|lead|leader|head|packer|agent|accountant|director|supervisor|officer|"
    r"employee|colleague|staff|team|we check|i check|leiter|leiterin|mitarbeiter|mitarbeiterin|inhaber|chef)\b|"
    r"经理|主管|负责人|店主|仓管|员工|专员|客服|老板",
    re.IGNORECASE,
)
_FREQUENCY = regex(
    r"\b(daily|weekly|monthly|quarterly|hourly|yearly|every|each|twice a|once a|per (?:day|week|month)|on (?:mon|tues|"
    r"wednes|thurs|fri|satur|sun)days?|before (?:any|a new)|always|täglich|wöchentlich|monatlich|jede[nrsm]?)\b|"
    r"每天|每日|每周|每月|每次|每季|每小时|每个",
    re.IGNORECASE,
)
_PROCESS = regex(
    r"\b(pick\w*|scan\w*|compar\w*|releas\w*|approv\w*|by hand|manual\w*|typed|rule|test\w*|measur\w*|copied|setting|"
    r"handling time|set to|stock|inventory|count|check|checked|pack\w*|supplier|carrier|service|software|template|"
    r"upload|feed|listing|listed|photo\w*|description|process|routine|step|rota|deputy|buffer|synch?\w*|search|label|filter|"
    r"approval|invoice|account|agency|access|nobody|no one|without|never|did not|didn't|only after|"
    r"prüf\w*|bearbeitungszeit|bestand|lieferant|niemand|ohne)\b|"
    r"没有|未|设置|流程|库存|检查|包装|供应商|物流|软件|上传|处理时间",
    re.IGNORECASE,
)
_SYMPTOM = regex(
    r"\b(rates?|complain\w*|feedback|claims?|defects?|late|cancel\w*|negative|received|high|reviews?)\b|太高|过高|投诉|差评|索赔",
    re.IGNORECASE,
)
_TOO_SHORT = 12  # characters: no cause is told in less
_COUNTABLE = regex(
    r"\b(refunded|replaced|closed|removed|deleted|shipped|corrected|inspected|answered|counted|contacted|informed|"
    r"destroyed|ordered back|paid|supplied|traced|erstattet|gelöscht|versendet|korrigiert)\b|"
    r"退款|补发|下架|删除|发出|盘点",
    re.IGNORECASE,
)
_RATIO = regex(
    r"\d[\d.,]*\s*(?:\w+\s+)?(?:of|out of|von|aus|/)\s*(?:the|our|all|a total of|den|insgesamt)?\s*\d|"
    r"\d+[^。\d]{0,8}中[^。\d]{0,10}\d+",
    re.IGNORECASE,
)
_END = regex(r"(?<=[.!?])(?<!\b[Nn]o\.)(?<!\bapprox\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\d\.)\s+|(?<=[。！？；])|\n+")
_BULLET = regex(r"^\s*(?:[-*•–·]|\(?\d{1,2}[.)、])\s+")


def entries(case: Case, of: FactList) -> tuple[Fact, ...]:
    """The seller's entries in the list `of`, then what the story says of that kind; numbered from 1 in question ids."""
    told = tuple(f for f in case.facts if f.item is None and f.source == "seller" and f.kind == KIND_OF_LIST[of])
    return case.items(of) + told


def item_of(fact: Fact, of: FactList) -> Item:
    """The entry of a fact, with the status that the fact has; for a sentence of the story, a new one with its words."""
    item = fact.item or Item(list=of, text=fact.quote or str(fact.value))
    return item if item.status == fact.status else item.with_(status=fact.status)


def belongs(item: Item, cause: Cause, case: Case, patterns: Sequence[Pattern]) -> bool:
    """Whether an entry speaks of `cause`: by its mark, else by the cues in its words, else the main cause has it."""
    causes = tuple(dict.fromkeys(case.enforcement.all_causes))
    if item.cause is not None:
        return item.cause == cause
    if len(causes) == 1 or not any(p.cause == cause for p in patterns):  # nothing to tell it by
        return True
    hits = {c: len(cues_in(item.text, _cues(c, patterns))) for c in causes}
    best = max(hits.values())
    return hits[cause] == best if best else cause == case.enforcement.cause


def _cues(cause: Cause, patterns: Sequence[Pattern]) -> tuple[str, ...]:
    own = dict.fromkeys(cue for p in patterns if p.cause == cause for cue in p.cues.all)
    return (cause.replace("_", " "), *own)


def says_date(item: Item) -> bool:
    """Whether the entry gives a calendar date, with or without a year."""
    if item.date or item.since:
        return True
    return bool(next(find_dates(item.text, _DATE_WITHOUT_YEAR), None)) or bool(
        re.search(r"\d+\s*月\s*\d+\s*日", item.text)
    )


def says_owner(item: Item) -> bool:
    """Whether the entry names a role that carries it out."""
    return bool(item.owner or _ROLE.search(item.text))


def says_frequency(item: Item) -> bool:
    """Whether the entry says how often, or that it holds for each case."""
    return bool(item.frequency or _FREQUENCY.search(item.text))


def names_process(item: Item) -> bool:
    """Whether a root cause is more than a symptom: it names a step, setting or check, or at least no mere figure."""
    return bool(_PROCESS.search(item.text)) or not (_SYMPTOM.search(item.text) or len(item.text) < _TOO_SHORT)


def lacks_count(item: Item) -> bool:
    """Whether the entry does something countable and gives no figure."""
    without_dates = item.text
    for _, start, end in reversed(list(find_dates(item.text, _DATE_WITHOUT_YEAR))):
        without_dates = without_dates[:start] + without_dates[end:]
    counted = item.count is not None or item.value is not None or bool(item.asins or item.orders)
    return bool(_COUNTABLE.search(item.text)) and not counted and not re.search(r"\d", without_dates)


def gives_ratio(text: str) -> bool:
    """Whether the text gives a part and its whole: `7 of 412`."""
    return bool(_RATIO.search(text))


def sentences(text: str) -> tuple[str, ...]:
    """Lines and sentences of free text, without bullets; each becomes an entry."""
    return tuple(s for part in _END.split(text) if part and (s := _BULLET.sub("", part).strip()))


def told_sentences(case: Case) -> Iterator[str]:
    """Every sentence of the story, the seller's entries and the reports."""
    yield from sentences(case.story)
    for fact in case.facts:
        if fact.source != "notice":
            item = fact.item
            fields = (item.text, item.document, item.file, item.proves) if item else (fact.quote, str(fact.value))
            yield " ".join(f for f in fields if f)
