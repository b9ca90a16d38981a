"""The ways of answering that a sentence names, each with where it stands and how plainly it is meant.

A way is a means bound to a verb of sending or opening: a mail address written to, a reply to this mail, a web address that
is opened, a button that is pressed or a page that is gone to.
"""

from __future__ import annotations

from collections.abc import Iterator

from amends.extract.layout import Sentence
from amends.regex import regex
from amends.vocabulary import Channel

ADDRESS = regex(r"[\w.+*-]{1,64}@[\w-][\w.-]{2,100}", 2)  # re.IGNORECASE
HEADER = regex(
    r"(?:from|von|de|da|to|an|sent by|sender|reply-to|来自|发件人|差出人)(?: ?:| )[^.;]{0,80}[<(]?[\w.+-]+@[\w.-]+[>)]?(?: [\d-]+)?$"
)
#: Before an address that something goes to.
_GOES_TO = regex(
    r"(?:\b(?:to|at|under|an|via|à|a|aan|na|writing|write|mail|e-?mail)|至|到|给)[:\s]{0,2}(?:the address |our address |die adresse |l'adresse )?$"
)
_WRITES = regex(
    r"\b(?:send|write|mail|e-?mail|submit|forward|contact|reach|address|hand|approach|schreib\w*|schick\w*|send\w*|richt\w*|écri\w*|envo\w*|scriv\w*|invi\w*|mand\w*|escrib\w*|envi\w*|stuur|wyślij)\b|发送|发至|发到|写信|送"
)
#: Mail that is only for questions, or that is the owner's to write.
_ASIDE = regex(
    r"\bquestions?\b|\bask about\b|inquire|enquire|after that time|days from|notice-retraction|by a message to|they can|itself|on (?:its|their) own|fragen zu|rückfragen|疑问|如有问题"
)
_URL = regex(r"(?:https?://|www\.)[^\s<>()（）]+")
_NO_WAY_URL = regex(r"/help\b|/gp/help|policy|/learn|news|\bwww\.amazon\.[a-z.]+/?\W*$|faq")
_OPENS = regex(
    r"\b(?:open|go to|visit|use|on|at|under|through|via|here|page|link|upload|submit|choose|follow|fill|öffnen|unter|auf|hier|gehen|ouvrez|sur|rendez-vous|ici|apra|alla pagina|su|qui|abra|entre|en|aquí|op|via)\b|:|入口|访问|登录|打开|通过|から|にて"
)
_NAMED_URL = regex(r"[(（] ?$")
#: A thing to press, told by a verb or as a label in quotes.
_LABEL = regex(
    r"\b(?:under|unter|via|über|click(?: on)?|press|choose|follow|use|using|take|with|through|by|behind|beneath|on|in|sur|su|en|op(?: de knop)?|klik|kies|na|the|den|die|auf)(?: (?:the|same|den|die|der|das|la|le|il|el|link|button|pulsante|bouton|botón|knop|field called|page|seite|rubrique|banner|then|then on))* [\"„“«'‘].{2,48}?[\"“”»'’]"
)
_PRESSED = regex(
    r"\b(?:klik|knop|kies|przycisk|kliknij|wybierz|respond' beneath|button next|link (?:at|next|beside))\b|in the same (?:form|place|row)|入口在|提交入口|上传位置|(?:row|entry) of (?:this|the|that) (?:complaint|listing|product|asin)"
)
_NO_PRESS = regex(r"(?:choose|select|press|tap|click),|follow the steps|dashboard")
_PATH = regex(r"\S ?(?:>|›|→|➜) ?\S")
_PRESS = "press "


#: How plainly a way is meant: a thing to press most of all, though the first of all that weigh 2 or more is taken.
PRESSED = 3
#: "Reply within 10 days", "reply by way of the link": not by mail.
_NOT_THIS_MAIL = regex(r"(?:in\b|,? (?:by way|by means|through|via|using|under|in account|on account|with the))")
_REPLY = regex(
    r"\b(?:answer\w*|repl\w+|respond\w*)(?: to| on)? (?:this|the present|our)(?: very| same)? (?:e-?mail|mail|message|letter|notice|note)\b|antwort\w* (?:\w+ )?auf (?:diese|unsere)|回复(?:本|此|该)(?:邮件|信)|以回复|(?:メール|メッセージ)(?:に|への|へ)(?:直接)?(?:ご)?返信"
)
_NO_NEED = regex(r"\b(?:not|no need|needn't|without|never|nicht|ne|pas|non|no)\b|n't\b|不|请勿")
#: A page that is only to be looked at.
_LOOKED_AT = regex(
    r"\b(?:look at|see|check|shown (?:in|on|under)|listed (?:in|on|under)|your|the one in|stands? in)\W+(?:\w+ ){0,2}$"
)
_CORRECTS = regex(
    r"\b(?:corrig\w*|correct\w*|renseign\w*|ändern|berichtig\w*|update\w*|modif\w*|edit\w*|change\w*|bring|put|adjust|enter|insert\w*|inserisc\w*|déposez|envoyez|transmettez|téléversez|carichi|invii|envíe|suba|presente|reichen|submit|upload|file|aggiorn\w*|actualic\w*)\b|更正|修改|更新"
)
_NAMES_URL = regex(r" ?[:：]? ?https?:")
_FIELD = regex(r"(?!(?:please )?(?:send|submit|write|mail|forward)\b)[^:]{2,40}: ?\S+@\S+$")


def means(sentence: Sentence, *, asked: bool, after_colon: bool, money: bool) -> Iterator[tuple[int, int, Channel]]:
    """Yield (where, how plainly, way) for every way of answering that the sentence names."""
    if not sentence.has("cue.no_reply_way"):
        yield from _replies(sentence)
    yield from _addresses(sentence, asked=asked, money=money)
    pressed = list(_pressed(sentence, asked=asked))
    yield from pressed
    if not any(weight == PRESSED for _, weight, _ in pressed):
        yield from _web(sentence, asked=asked, after_colon=after_colon)


def _replies(sentence: Sentence) -> Iterator[tuple[int, int, Channel]]:
    text = sentence.reading.folded.text
    for start, end in sentence.all("cue.reply"):
        if not _NOT_THIS_MAIL.match(text, end):
            yield start, 2, "reply"
    for match in _REPLY.finditer(sentence.folded):
        if not _NO_NEED.search(sentence.folded, max(0, match.start() - 30), match.start()):
            yield sentence.at + match.start(), 2, "reply"


def _addresses(sentence: Sentence, *, asked: bool, money: bool) -> Iterator[tuple[int, int, Channel]]:
    if (
        "@" not in sentence.text
        or sentence.block == "list"
        or _FIELD.match(sentence.folded)
        or (_ASIDE.search(sentence.folded) and not money)
    ):
        return
    for match in ADDRESS.finditer(sentence.folded):
        before = sentence.folded[: match.start()]
        if _GOES_TO.search(before[-40:]) or sentence.has("cue.email_way") or (asked and _WRITES.search(before)):
            yield sentence.at + match.start(), 2, "email"


def _web(sentence: Sentence, *, asked: bool, after_colon: bool) -> Iterator[tuple[int, int, Channel]]:
    text = sentence.folded
    for match in _URL.finditer(text):
        if _NO_WAY_URL.search(match[0]) or _NAMED_URL.search(text[: match.start()]):
            continue
        alone = len(match[0]) > len(text) - 4
        if (not alone and (asked or _OPENS.search(text[: match.start()][-60:]))) or (alone and after_colon):
            yield sentence.at + max(0, match.start() - 20), 2, "url"


def _pressed(sentence: Sentence, *, asked: bool) -> Iterator[tuple[int, int, Channel]]:
    """Buttons, and pages where something asked is to be done; the words inside a web address are none."""
    text, at = sentence.folded, sentence.at
    spans = [match.span() for match in _URL.finditer(text)]

    def free(start: int) -> bool:
        return not any(left <= start - at < right for left, right in spans)

    for start, _ in sentence.all("cue.appeal_button"):
        if (
            free(start)
            and not _is_name(sentence, start)
            and not _NO_PRESS.match(text, start - at)
            and not text[: start - at].endswith("you ")
        ):
            yield start, PRESSED, "appeal_button"
    for pattern in (_LABEL, _PRESSED):
        if pattern is _PRESSED or asked or sentence.has("cue.page", "cue.page_opens"):
            for match in pattern.finditer(text):
                yield at + match.start(), PRESSED, "appeal_button"
    if sentence.block == "consequence":
        return
    opens = asked or sentence.has("cue.page_opens") or bool(_CORRECTS.search(text))
    for start, end in sentence.all("cue.page"):
        if free(start) and not _NAMES_URL.match(text, end - at) and not _LOOKED_AT.search(text[: start - at][-40:]):
            weight = 2 if opens and not sentence.listed else 1 if opens or _PATH.search(text) else 0
            yield start, weight, "appeal_button"


def _is_name(sentence: Sentence, start: int) -> bool:
    """Whether "press" is part of a name: "Larch Lane Press"."""
    if not sentence.reading.folded.text.startswith(_PRESS.strip(), start):
        return False
    first = sentence.reading.folded.origin(start)
    return sentence.reading.folded.original[first : first + 1].isupper() and start > sentence.at
