"""Parties: who reported an infringement, and the other account that a notice names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amends.extract.layout import Layout
from amends.extract.values.found import found
from amends.schemas import Fact

_OWNER = (
    r"(?:rights?|brand|trade ?mark|patent|copyright|design)[\s-]?(?:owner|holder)(?:'s)?(?: name| contact)?|owner of the (?:right|brand|trade ?mark|patent|copyright|design)s?|"
    r"(?:reported|submitted|filed|raised|sent) by|name of (?:the )?rights? (?:owner|holder)|complainant|reporter|complaining party|reporting party|reporter|"
    r"权利所有者(?:名称|姓名)?|权利人(?:名称)?|投诉人|投诉方|rechteinhaber(?:in)?|name des rechteinhabers|beschwerdeführer(?:in)?|titulaire des droits|"
    r"titolare dei diritti|titular de los derechos|権利者(?:名)?"
)
_FIELD = re.compile(
    rf"(?:{_OWNER})[ \t]*(?:[:：|]|\.{{3,}}|[ ]{{3,}}|\s[-–—]\s|\t)[ \t]*(?P<name>[^\n:：|\t]{{2,90}})", re.IGNORECASE
)
_NAME = r"(?P<name>[A-ZÀ-Þ0-9][\w'’.&-]*(?:[ \t](?:&|and|of|de|du|von|und|e|y|[A-ZÀ-Þ][\w'’.&-]*)){0,7})"
_CLAIMS = r"(?:has |have |had )?(?:reported|reports|claims|claimed|alleges|alleged|told|informed|informs|says|said|states|stated|asserts|asserted|filed|submitted|contends|complained|withdr|contacted|believes|notified)"
_COMPLAINT = r"(?:complaints?|reports?|notices?|notifications?|claims?|allegations?)(?: of (?:\w+ ){0,2}infringement)?"
_INLINE = (
    re.compile(rf"(?i:\b{_COMPLAINT} (?:(?:was|were|has been|have been|that was|which was|we received) )?(?:sent |submitted |filed |made |received |reported |lodged )?(?:by|from) (?:the (?:rights? |brand |trade ?mark |patent |copyright )?owner,? )?){_NAME}"),
    re.compile(rf"(?:^|\n|[.:] |because |that |since ){_NAME}(?i:,? {_CLAIMS}\b)(?=[^.\n]*(?i:infring|trade ?mark|patent|copyright|counterfeit|design|intellectual|its rights|complain|photograph|image|picture|licen[cs]e|artwork|brand|genuine))"),
    re.compile(rf"(?i:\b(?:patent|trade ?mark|copyright|brand|rights?|design|mark) (?:belongs|is owned|owned|is held|held|is registered|registered) (?:to|by|for|in the name of) ){_NAME}"),
    re.compile(rf"(?i:\baccording to ){_NAME}(?=,)"),
    re.compile(rf"(?:^|\n|[,;] )[Oo]wner:? {_NAME}"),
    re.compile(rf"(?i:\bcontact (?:the rights? owner,? )?){_NAME}(?i: (?:at|under|directly|via|\()\b)"),
    re.compile(rf"(?i:\b(?:rights?|brand|trade ?mark|patent|copyright|design) (?:owner|holder)(?: is| was|,)? ){_NAME}"),
    re.compile(rf"(?i:\b(?:reported|submitted|filed|made|raised) by (?:the )?(?:rights? owner )?){_NAME}"),
    re.compile(rf"(?i:\brights? (?:owner|holder),? ){_NAME}(?=,? (?:has|have|is|says|said|reports|reported|claims|informed|told|asserts|withdr|contacted)\b)"),
    re.compile(rf"(?i:\b(?:complaint|report|notice|dispute)\b[^\n.]{{0,40}}?\d{{6,}} (?:from|by) ){_NAME}"),
    re.compile(rf"(?i:\bowner of (?:the )?(?:U\.S\. |US )?(?:patent|trademark|copyright|design)\b[^\n]{{0,40}}?\d, ){_NAME}(?=,)"),
    re.compile(rf"(?i:\bthe party (?:who|that) (?:reported|complained)[^\n:]{{0,40}}:\s+){_NAME}(?=[ \t]*\n)"),
    re.compile(rf"(?i:\bRechteinhaber(?:in)? ){_NAME}(?= (?:hat|gibt|meldet|teilt)\b)"),
)  # fmt: skip
_OTHER_ACCOUNT = re.compile(
    r"(?:another|other|an|the related|following|linked) (?:\w+ ){0,2}accounts?\b[^\n\"“”]{0,80}[\"“](?P<name>[^\"“”\n]{2,60})[\"”]",
    re.IGNORECASE,
)
_END = re.compile(
    r"\s*(?:[;,]?\s*(?:e-?mail|contact|mail|phone|address|邮箱|电子邮件|联系|kontakt|asin|we're here|we are here)\b.*|[(<（].*|\s[-–—]\s.*|[;,。；].*)$",
    re.IGNORECASE,
)
#: Without one of these words no party is named.
_SPEAKS_OF_ONE = (
    "owner", "holder", "complain", "report", "notice of", "according to", "claims", "alleg", "patent", "trademark", "copyright", "account",
    "权利", "投诉", "rechteinhaber", "beschwerde", "titulaire", "titolare", "titular", "権利者",
)  # fmt: skip
#: Words that begin a sentence and name nobody.
_NOBODY = frozenset(
    {
        "the", "we", "you", "your", "customers", "buyers", "sellers", "it", "they", "a", "an", "this", "these", "our", "if", "someone",
        "rights owner", "the rights owner", "the brand", "brand", "several", "one", "two", "some", "asin", "performance", "performance notifications", "account health", "seller central", "as", "us",
    }
)  # fmt: skip
_NEXT_SENTENCE = re.compile(r"(?:(?<=LLC)|(?<=Inc)|(?<=Ltd)|(?<=GmbH)|(?<=Corp))\.\s(?=[A-Z][a-z]+).*$")
_SENTENCE_END = re.compile(r"(?<=[a-z]{3})\.\s.*$")
_COMPANY_END = re.compile(
    r"(?:\b(?:Inc|Corp|Ltd|Co|LLC|Bros|Sp)|\b[A-Za-z](?:\.[A-Za-z]{1,2})+|\b[Ss]\.[Aa]|\b[Bb]\.[Vv]|S\.r\.l|z o\.o)\.$"
)


def parties(layout: Layout) -> Iterator[Fact]:
    """The rights owner or complainant named, in a field or in a sentence; and the name of a related account in quotes."""
    text, folded = layout.reading.folded.original, layout.reading.folded.text
    if not any(word in folded for word in _SPEAKS_OF_ONE):
        return
    for match in _FIELD.finditer(text):
        yield from _named(match, text)
    for pattern in _INLINE:
        for match in pattern.finditer(text):
            yield from _named(match, text)
    if "account" in text:
        for match in _OTHER_ACCOUNT.finditer(text):
            yield from _named(match, text)


def _named(match: re.Match[str], text: str) -> Iterator[Fact]:
    name = _END.sub("", match["name"])
    name = _SENTENCE_END.sub("", _NEXT_SENTENCE.sub("", name)).strip(" ;,。*_\"'“”")
    if name.endswith(".") and not _COMPANY_END.search(name):
        name = name.rstrip(".")
    if (
        len(name) >= 2
        and "@" not in name
        and not name.isdigit()
        and name.lower() not in _NOBODY
        and "amazon" not in name.lower()
    ):
        start = match.start("name") + match["name"].index(name)
        yield found("party", name, text, start, start + len(name))
