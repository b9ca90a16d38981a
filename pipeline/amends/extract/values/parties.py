"""Parties: who reported an infringement, and the other account that a notice names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amends.casing import small
from amends.extract.layout import Layout
from amends.extract.values.found import found
from amends.extract.values.tables import cells
from amends.regex import regex
from amends.schemas import Fact

_OWNER = (
    r"(?:rights?|brand|trade ?mark|mark|patent|copyright|design|ip)[\s-]?(?:owner|holder)(?:'s)?(?: name| contact)?|owner of the (?:right|brand|trade ?mark|patent|copyright|design)s?|"
    r"(?:reported|submitted|filed|raised|sent) by|name of (?:the )?(?:rights?|brand) (?:owner|holder)|claimant|complainant|reporter|complaining party|reporting party|"
    r"权利所有者(?:名称|姓名)?|权利人(?:名称)?|品牌方|商标权人|专利权人|版权人|投诉人|投诉方|举报人|(?:rechte|marken|patent)?inhaber(?:in)?|name des rechteinhabers|beschwerdeführer(?:in)?|(?<!\w)titulaires?(?: des droits| de la marque| du droit)?|plaignante?|"
    r"(?<!\w)titolare(?: dei diritti| del marchio)?|(?<!\w)titular(?: de los derechos| de la marca)?|reclamante|denunciante|権利者(?:名)?|申立人|merkhouder|rechthebbende|właściciel praw|uprawniony"
)
#: In small letters, for text in small letters.
_FIELD = regex(rf"(?:{_OWNER})[ \t]*(?:[:：|]|\.{{3,}}|[ ]{{3,}}|\s[-–—]\s|\t)[ \t]*(?P<name>[^\n:：|\t]{{2,90}})")
_NAME = r"(?P<name>[A-ZÀ-Þ0-9][\w'’.&-]*(?:[ \t](?:&|and|of|de|du|von|und|e|y|[A-ZÀ-Þ][\w'’.&-]*)){0,7})"
_CLAIMS = (
    r"(?:has |have |had )?(?:recently |also |now |since )?(?:report|claim|alleg|tell|told|inform|say|said|state|assert|file[ds]?\b|submit|contend|complain|withdr|contact|believe|notif|object|hold|held|maintain|consider|accus|point|wrote|write|"
    r"let us know|drew|is of the (?:opinion|view)|takes the view|asks? us|asked us|owns|registered)\w*"
)
_COMPLAINT = r"(?:complaints?|reports?|notices?|notifications?|claims?|allegations?)(?: of (?:\w+ ){0,2}infringement)?"
#: What a complaint is about.
_SUBJECTS = (
    "infring", "trade", "patent", "copyright", "counterfeit", "design", "intellectual", "its rights", "complain", "photograph", "image",
    "picture", "licen", "artwork", "brand", "genuine",
)  # fmt: skip
#: What names a party in a sentence, each with words of which the text must hold one.
_INLINE = (
    (("complain", "report", "notice", "notif", "claim", "allegation"), regex(rf"(?i:\b{_COMPLAINT} (?:(?:was|were|has been|have been|that was|which was|we received) )?(?:sent |submitted |filed |made |received |reported |lodged )?(?:by|from) (?:the (?:rights? |brand |trade ?mark |patent |copyright )?owner,? )?){_NAME}")),
    (_SUBJECTS, regex(rf"(?:^|\n|[.:] |because |that |since ){_NAME}(?i:,? {_CLAIMS}\b)(?=[^.\n]*(?i:infring|trade ?mark|patent|copyright|counterfeit|design|intellectual|its rights|complain|photograph|image|picture|licen[cs]e|artwork|brand|genuine))")),
    (_SUBJECTS, regex(rf"(?:(?<![\w'’])|^)(?!(?:The|We|You|Your|Our|It|They|He|She|In|On|At|This|That|These|Amazon|Customers|Buyers|Sellers|Several|Some|Two|Three)\b)(?:(?:Because|Since|After|When|As|If|That|Following)[ \t])?{_NAME}(?i:,? {_CLAIMS}\b)(?=[^\n]{{0,240}}(?i:infring|trade ?mark|patent|copyright|counterfeit|imitation|fake|copies|design|intellectual|invention|its rights|as its own|its mark|complain|photograph|image|picture|licen[cs]e|artwork|brand|genuine|without (?:permission|consent)))")),
    (("complain", "report", "claim", "notice", "allegation"), regex(rf"(?i:\b(?:trade ?mark|patent|copyright|design|counterfeit|infringement|brand|ip) (?:complaint|report|claim|notice|allegation)s?\b,?(?: ?\(?(?:no\.?|number|id)?:? ?\d{{8,13}}\)?,?)? (?:of|by|from) (?:the (?:rights? |brand |mark )?owner,? )?){_NAME}")),
    (("complain", "report", "claim"), regex(rf"(?i:\b(?:complaint|report|claim)\b(?: id| no\.?| number)? ?:?\d{{8,13}}, ?){_NAME}(?=\))")),
    (("claimant", "complainant", "owner", "holder", "inhaber", "titulaire", "titolare", "titular"), regex(rf"(?i:\b(?:claimant|complainant|(?:rights?|brand|trade ?mark|mark|patent|copyright|design) (?:owner|holder)|owner of (?:the |this )?(?:rights?|brand|(?:trade ?)?mark|patent|copyright|design)|(?:rechte|marken|patent)?inhaber(?:in)?(?: der marke| des patents| des rechts)?|titulaire de (?:la marque|ces droits)|titolare del marchio|titular de la marca)\b[^.;,\n]{{0,30}}, (?:die |der |das |the |la |le |il |el |l['’])?){_NAME}")),
    (("settle", "resolve", "come to terms", "request of", "on behalf of", "speak", "talk"), regex(rf"(?i:\b(?:(?:settle|resolve|come to terms|speak|talk)\b[^.;\n]{{0,40}} with |at the request of |on behalf of )){_NAME}(?=[ ,.](?:owner|directly|itself|and|\n|which|$)|, )")),
    (("gemeldet", "mitgeteilt", "beanstandet", "signal", "inform", "segnalat", "comunic", "denunci", "geltend"), regex(rf"(?:(?<![\w'’])|^)(?:(?:Die|Der|Das|La société|La|Le|Il|El|L['’])[ \t])?{_NAME}(?i:,? (?:hat (?:uns |eine |einen |gemeldet|beanstandet|geltend)|meldet|beanstandet|nous a (?:signal|inform)|a (?:signalé|déposé)|ci ha (?:inform|segnal)|ha (?:segnalato|denunciado|comunicado)|nos (?:inform|comunic)))(?=[^\n]{{0,200}}(?i:marke|marque|marchi|marca|patent|brevet|urheber|auteur|autor|rechte|recht |droits|diritt|derech|fälsch|contrefa|falsi))")),
    (("withdraw", "retract", "take", "prove", "came from"), regex(rf"(?i:\b(?:only (?:if|when|once)|unless|until) ){_NAME}(?i: (?:itself |himself |herself )?(?:withdraws|retracts|takes back|tells us|informs us|confirms))")),
    (("reported",), regex(rf"(?i:\breported (?:to us )?by (?:the (?:rights? |brand |mark )?(?:owner|holder),? )?){_NAME}")),
    (("belongs", "owned", "held", "registered"), regex(rf"(?i:\b(?:patent|trade ?mark|copyright|brand|rights?|design|mark) (?:belongs|is owned|owned|is held|held|is registered|registered) (?:to|by|for|in the name of) ){_NAME}")),
    (("according to",), regex(rf"(?i:\baccording to ){_NAME}(?=,)")),
    (("owner",), regex(rf"(?:^|\n|[,;] )[Oo]wner:? {_NAME}")),
    (("contact",), regex(rf"(?i:\bcontact (?:the rights? owner,? )?){_NAME}(?i: (?:at|under|directly|via|\()\b)")),
    (("owner", "holder"), regex(rf"(?i:\b(?:rights?|brand|trade ?mark|patent|copyright|design) (?:owner|holder)(?: is| was|,)? ){_NAME}")),
    ((" by ",), regex(rf"(?i:\b(?:reported|submitted|filed|made|raised) by (?:the )?(?:rights? owner )?){_NAME}")),
    (("owner", "holder"), regex(rf"(?i:\brights? (?:owner|holder),? ){_NAME}(?=,? (?:has|have|is|says|said|reports|reported|claims|informed|told|asserts|withdr|contacted)\b)")),
    (("complaint", "report", "notice", "dispute"), regex(rf"(?i:\b(?:complaint|report|notice|dispute)\b[^\n.]{{0,40}}?\d{{6,}} (?:from|by) ){_NAME}")),
    (("owner of",), regex(rf"(?i:\bowner of (?:the )?(?:U\.S\. |US )?(?:patent|trademark|copyright|design)\b[^\n]{{0,40}}?\d, ){_NAME}(?=,)")),
    (("the party ",), regex(rf"(?i:\bthe party (?:who|that) (?:reported|complained)[^\n:]{{0,40}}:\s+){_NAME}(?=[ \t]*\n)")),
    (("rechteinhaber",), regex(rf"(?i:\bRechteinhaber(?:in)? ){_NAME}(?= (?:hat|gibt|meldet|teilt)\b)")),
)  # fmt: skip
_OWNER_COLUMN = regex(
    r"\bowner|\bholder|claimant|complainant|reported by|inhaber|beschwerdeführer|titulaire|titolare|titular|权利|投诉人|投诉方|品牌方|権利者",
    re.IGNORECASE,
)
_WHOLE = regex(r"(?P<name>[^\W\d_][^\n]{1,80})")
_EAST = regex(r"(?P<name>[\u3040-\u9fff]{2,30}公司|株式会社[\u3040-\u9fff]{1,20})")
_JAPANESE = regex(
    r"(?:権利者である|権利者の|権利者、|申立人の)(?P<name>株式会社[\u3040-\u9fff]{1,16}?)(?=より|から|が|は|様)"
)
_EAST_INLINE = regex(
    r"(?:权利人|权利所有者|品牌方|商标权人|专利权人|版权人|投诉人|投诉方|收到来自|来自|接到|收到|権利者である|権利者の|権利者、)[为是：:“\"「 ]{0,2}(?P<name>[\u4e00-\u9fffA-Za-z][\u3040-\u9fffA-Za-z&. ]{1,40}?(?:公司|集团|株式会社|GmbH|LLC|Inc\.?|Ltd\.?|SAS|S\.A\.|AB|A/S|ApS|B\.V\.))(?![A-Za-z])"
    r""
)
_END = regex(
    r"\s*(?:[;,]?\s*(?:e-?mail|contact|mail|phone|address|邮箱|电子邮件|联系|kontakt|asin|we're here|we are here)\b.*|[(<（].*|\s[-–—]\s.*|[;,。；].*)$",
    re.IGNORECASE,
)
#: Without one of these words no party is named.
_SPEAKS_OF_ONE = (
    "owner", "holder", "complain", "report", "notice of", "according to", "claims", "alleg", "patent", "trademark", "copyright", "account",
    "权利", "投诉", "品牌方", "inhaber", "claim", "invention", "mark", "marque", "marchio", "marca ", "権利", "rechteinhaber", "beschwerde", "titulaire", "titolare", "titular", "権利者",
)  # fmt: skip
#: Words with a capital that name no party.
_NO_NAME = regex(
    r"(?:copyrights?|patents?|trade ?marks?|designs?|a-to-z\b.*|please|nature\b.*|united\b.*|[A-Z0-9]{10}|notice team|(?:rechte|marken)inhaber(?:in)?|titulaire|titolare|titular|verkäufer\b.*|product\b.*|seller\b.*|policy|reference|unknown|n/a)",
    re.IGNORECASE,
)
#: Words with a capital that stand before a name and are none of it.
_BEFORE_NAME = regex(
    r"(?:(?:\d{1,2}(?:st|nd|rd|th|\.)? (?=[a-zäé]{3,9} )|january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|because|since|after|when|as|on|if|that|following|owner|claimant|complainant|(?:rechte|marken)inhaber(?:in)?|die|der|das|la société|il titolare(?: dei diritti| del marchio)?|el titular|le titulaire)(?:\s+|(?<= )))+",
    re.IGNORECASE,
)
#: Words that begin a sentence and name nobody.
_NOBODY = frozenset(
    {
        "the", "we", "you", "your", "customers", "buyers", "sellers", "it", "they", "a", "an", "this", "these", "our", "if", "someone",
        "rights owner", "the rights owner", "the brand", "brand", "several", "one", "two", "some", "asin", "performance", "performance notifications", "account health", "seller central", "as", "us",
    }
)  # fmt: skip
_NEXT_SENTENCE = regex(r"(?:(?<=LLC)|(?<=Inc)|(?<=Ltd)|(?<=GmbH)|(?<=Corp))\.\s(?=[A-Z][a-z]+).*$")
_SENTENCE_END = regex(r"(?<=[a-z]{3})\.\s.*$")
_COMPANY_END = regex(
    r"(?:\b(?:Inc|Corp|Ltd|Co|LLC|Bros|Sp)|\b[A-Za-z](?:\.[A-Za-z]{1,2})+|\b[Ss]\.[Aa]|\b[Bb]\.[Vv]|S\.r\.l|z o\.o)\.$"
)


def parties(layout: Layout) -> Iterator[Fact]:
    """The rights owner or complainant named, in a field, a column or a sentence."""
    text, folded = layout.reading.folded.original, layout.reading.folded.text
    if not any(word in folded for word in _SPEAKS_OF_ONE):
        return
    low = small(text)
    for match in _FIELD.finditer(low):
        yield from _named(match, text)
    for words, pattern in _INLINE:
        if any(word in low for word in words):
            for match in pattern.finditer(text):
                yield from _named(match, text)
    for cell in cells(text):
        if _OWNER_COLUMN.search(cell.head) and (name := _EAST.search(cell.text) or _WHOLE.search(cell.text)):
            yield from _named(name, text, cell.start)
    for pattern in (
        (_EAST_INLINE, _JAPANESE) if "公司" in text or "株式" in text or "权利" in text or "投诉" in text else ()
    ):
        for match in pattern.finditer(text):
            yield from _named(match, text)


def _named(match: re.Match[str], text: str, at: int = 0) -> Iterator[Fact]:
    """The party whose name the match is, as `text` writes it; `at` is where the matched string begins in it."""
    start, end = (at + offset for offset in match.span("name"))
    ahead = _BEFORE_NAME.match(text, start, end)
    start = ahead.end() if ahead else start
    name = _END.sub("", text[start:end])
    name = _SENTENCE_END.sub("", _NEXT_SENTENCE.sub("", name)).strip(" ;,。*_\"'“”")
    if name.endswith(".") and not _COMPANY_END.search(name):
        name = name.rstrip(".")
    if (
        len(name) >= 2
        and "@" not in name
        and not name[0].islower()
        and not name.isdigit()
        and not _NO_NAME.fullmatch(name)
        and name.lower() not in _NOBODY
        and "amazon" not in name.lower()
    ):
        start += text[start:end].index(name)
        yield found("party", name, text, start, start + len(name))
