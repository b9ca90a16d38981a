"""Questions that Amazon's answer raises: what it names as missing, and what the last letter did not say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amends.history import answers, last_answer, last_sent, new_entries
from amends.interview.chinese import EXAMPLE_ZH
from amends.interview.kinds import Gap, has_document
from amends.interview.wording import DOCUMENTS
from amends.schemas import Case, HistoryEntry, Missing, Question
from amends.vocabulary import AnswerKind, AnswerType, FactList, ReplyKind, RequestedItem

_ASKING: tuple[ReplyKind, ...] = ("more_information", "plan_incomplete", "denied", "final")
_LISTS: dict[RequestedItem, FactList] = {
    "root_cause": "root_causes",
    "corrective_actions": "corrective_actions",
    "preventive_measures": "preventive_measures",
}
_TYPES: dict[FactList, AnswerType] = {
    "root_causes": "text", "corrective_actions": "list", "preventive_measures": "list", "evidence": "file", "other_facts": "text",
}  # fmt: skip
#: By list: what to tell, in English and Chinese, and an example of a good answer.
_TELL: dict[FactList, tuple[str, str, str]] = {
    "root_causes": (
        "Which step, setting or missing check of your own led to it that your last letter does not name?",
        "是您自己工作中的哪个步骤、设置或缺失的检查造成的，而上一封信没有写到？",
        "The new stock file was loaded only at night, so that 9 sold-out lamps stayed on offer for a day.",
    ),
    "corrective_actions": (
        "What have you done about it that your last letter does not say? Give day and number of each step.",
        "您为此做了哪些上一封信没有写到的事？请写明每一项的日期和数量。",
        "On 21 November 2026 we counted all 96 lamps and corrected the quantity of 9 offers.",
    ),
    "preventive_measures": (
        "What is in force against it that your last letter does not say: who does what, how often, with which limit, since when?",
        "现在有哪些上一封信没有写到的预防措施：谁、做什么、多久一次、什么限度、从何时起？",
        "Since 22 November 2026 the stock clerk counts the 20 best-selling lamps every morning at 8:00.",
    ),
    "evidence": (
        "Which document can you add that was not with your last letter? Give the file name, or answer “none”.",
        "您能补充哪份上一封信没有附上的文件？请写文件名；如没有请回答“没有”。",
        "stock_count_2026-11-21.pdf",
    ),
    "other_facts": (
        "What can you say to this that your last letter does not say?",
        "对此您能补充哪些上一封信没有写到的事实？",
        "The parcel was sent back to us on 18 November 2026 and is in our store.",
    ),
}  # fmt: skip
_PAPER = re.compile(
    r"\b(?:reports?|documents?|photos?|pictures?|images?|screenshots?|files?|receipts?|copy|copies|certificates?)\b|报告|文件|截图|照片|证明|单据|Unterlagen|Fotos?|Bericht",
    re.IGNORECASE,
)
_PARTICULARS = re.compile(
    r"\b(?:contact|phone|telephone|website|name|address|explanation|explain)\b|联系|电话|网址|地址|Kontakt|Telefon|Anschrift",
    re.IGNORECASE,
)
_WHY = "Amazon's answer names this as missing; the same words again count as noise."
_WHY_ZH = "亚马逊的答复指出缺少这一项；重复同样的内容只会被视为无效申诉。"
_NEW_WHY = "A refused letter has a chance only with a reason, step or document that it did not contain."
_NEW_WHY_ZH = "被拒的申诉只有补充新的原因、措施或文件才有机会。"
#: Kinds of answer in which the new thing is a document rather than a cause.
_PAPER_KINDS: tuple[AnswerKind, ...] = ("documents_only", "dispute", "retraction", "corrected_data")


def follow_ups(case: Case) -> Iterator[Gap]:
    """Yield a gap for each thing that Amazon's last answer names as missing; for a bare refusal, one for anything new.

    Known once the seller made a new entry of that kind. The ids carry the number of the answer, so that a later answer
    asks anew: `amazon.2.root_cause`.
    """
    answer = last_answer(case)
    if answer is None or answer.kind not in _ASKING:
        return
    number = len(answers(case))
    fresh = {f.item.list for f in new_entries(case) if f.item}
    used: dict[str, int] = {}
    for missing in answer.missing:
        of = list_of(missing)
        if missing.item in DOCUMENTS and not missing.said and not has_document(case, DOCUMENTS[missing.item][2]):
            continue  # the general question for this document is open, and asks the same
        used[missing.item] = used.get(missing.item, 0) + 1
        suffix = f"_{used[missing.item]}" if used[missing.item] > 1 else ""
        yield Gap(_question(f"amazon.{number}.{missing.item}{suffix}", missing, of), of in fresh)
    if not answer.missing:
        yield Gap(_anything_new(f"amazon.{number}.new", case, answer), bool(fresh) or last_sent(case) is None)


def list_of(missing: Missing) -> FactList:
    """Which of the seller's lists an answer to this belongs to."""
    if missing.item in _LISTS:
        return _LISTS[missing.item]
    if missing.item in ("supply_chain_docs", "other") and _PARTICULARS.search(missing.words):
        return "other_facts"
    return "evidence" if missing.item in DOCUMENTS or _PAPER.search(missing.words) else "other_facts"


def _question(question_id: str, missing: Missing, of: FactList) -> Question:
    tell, tell_zh, example = _TELL[of]
    unsaid = ", ".join(f"“{t}”" for t in missing.unsaid)
    lacks = f" Your last letter does not speak of {unsaid}." if unsaid and missing.said else ""
    lacks_zh = f"上一封信没有提到 {unsaid}。" if unsaid and missing.said else ""
    return Question(
        id=question_id,
        text=f"Amazon's answer asks for “{missing.words}”.{lacks} {tell}",
        text_zh=f"亚马逊的答复要求：“{missing.words}”。{lacks_zh}{tell_zh}",
        why=_WHY, why_zh=_WHY_ZH, answer_type=_TYPES[of], blocking=missing.detail or not missing.said or bool(missing.unsaid),
        fills=of, example=example, example_zh=EXAMPLE_ZH.get(example),
    )  # fmt: skip


def _anything_new(question_id: str, case: Case, answer: HistoryEntry) -> Question:
    of: FactList = "evidence" if case.enforcement.answer_kind in _PAPER_KINDS else "root_causes"
    tell, tell_zh, example = _TELL[of]
    return Question(
        id=question_id, text=f"Amazon's answer of {answer.on.isoformat()} names no missing part. {tell}",
        text_zh=f"亚马逊 {answer.on.isoformat()} 的答复没有指出缺少什么。{tell_zh}",
        why=_NEW_WHY, why_zh=_NEW_WHY_ZH, answer_type=_TYPES[of], blocking=True, fills=of, example=example, example_zh=EXAMPLE_ZH.get(example),
    )  # fmt: skip
