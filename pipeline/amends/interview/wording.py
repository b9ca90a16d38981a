"""The questions that every cause shares, in English and Chinese, with reason, example and proof."""

from __future__ import annotations

from typing import NamedTuple

from amends.interview.chinese import EXAMPLE_ZH, WHY_ZH
from amends.schemas import Question
from amends.vocabulary import AnswerType, Cause, FactList, RequestedItem


class Wording(NamedTuple):
    """What a question says; `{quote}` and `{name}` are filled by the caller."""

    text: str
    text_zh: str
    why: str
    answer_type: AnswerType
    example: str
    proof: str | None = None


LISTS: dict[FactList, Wording] = {
    "root_causes": Wording(
        "Which step, setting or missing check in your own work led to this?",
        "是您自己工作中的哪个步骤、设置或缺失的检查导致了这个问题？",
        "The plan must own a process; that a figure was too high is no cause.",
        "text",
        "The handling time stood at 1 day although engraving takes 3 days, because nobody changed it.",
    ),
    "corrective_actions": Wording(
        "What have you already done about it? Give the date and the number for each step.",
        "您已经采取了哪些措施？请写明每一项的日期和数量。",
        "Only finished, dated and counted actions convince.",
        "list",
        "On 3 November 2026 we shipped the 12 overdue orders.",
        "Screenshot, list or record of each step",
    ),
    "preventive_measures": Wording(
        "What is in force now so that it does not happen again: which check or rule, by whom, how often, since when?",
        "现在有什么措施防止再次发生：什么检查或规定、由谁负责、多久一次、从何时开始？",
        "A measure without an owner, a rhythm and a start date counts as a promise.",
        "list",
        "Since 5 November 2026 the packing lead checks the unshipped orders at 08:00 and 14:00 every day.",
    ),
}

SLOTS: dict[str, Wording] = {
    "root_causes.process": Wording(
        "You wrote “{quote}”. Which step, setting or missing check of yours let that happen?",
        "您写道：“{quote}”。是您的哪个步骤、设置或缺失的检查造成的？",
        "A symptom is not a root cause; reviewers send such plans back.",
        "text",
        "Nobody compared the offered quantity with the shelf.",
    ),
    "corrective_actions.date": Wording(
        "On which day did you do this: “{quote}”?",
        "这件事是哪一天完成的：“{quote}”？",
        "An action without a date reads like an intention.",
        "date",
        "2026-11-04",
    ),
    "corrective_actions.count": Wording(
        "How many were there in this step: “{quote}”?",
        "这一项涉及多少数量：“{quote}”？",
        "A number lets Amazon check the action.",
        "number",
        "12",
    ),
    "preventive_measures.owner": Wording(
        "Who carries this out: “{quote}”? A role is enough.",
        "这项措施由谁负责：“{quote}”？写职位即可。",
        "A measure that nobody owns is not believed.",
        "text",
        "warehouse lead",
    ),
    "preventive_measures.frequency": Wording(
        "How often, or on which occasion, is this done: “{quote}”?",
        "这项措施多久执行一次或在何时执行：“{quote}”？",
        "The rhythm shows that it is a process and not a single effort.",
        "text",
        "every working day at 08:00",
    ),
    "preventive_measures.since": Wording(
        "Since which day is this in force, or on which day will it begin: “{quote}”?",
        "这项措施从哪天开始执行，或将从哪天开始：“{quote}”？",
        "The start date tells what is in force from what is only planned.",
        "date",
        "2026-11-05",
    ),
    "preventive_measures.limit": Wording(
        "At which limit do you act, and what happens then: “{quote}”?",
        "到什么限度时采取行动、采取什么行动：“{quote}”？",
        "A limit makes the measure checkable.",
        "text",
        "more than 90 open orders",
    ),
    "preventive_measures.tool": Wording(
        "With which tool, list or report is this done: “{quote}”?",
        "用什么工具、清单或报告执行：“{quote}”？",
        "The tool shows how the measure works.",
        "text",
        "unshipped-orders report",
    ),
    "evidence.file": Wording(
        "What is the file name of “{quote}”?",
        "“{quote}” 的文件名是什么？",
        "The list of enclosures names the file.",
        "file",
        "invoice_4471.pdf",
    ),
}

COUNTS = Wording(
    "How many orders were concerned, out of how many, in which period ({name})? Please answer in one sentence.",
    "{name}：在哪个期间、总共多少订单中有多少受影响？请用一句话回答。",
    "The notice gives a rate at most; a count with its total and period can be checked.",
    "text",
    "From 4 October to 2 November 2026, 25 of 410 orders were confirmed late.",
    "Performance or order report",
)

METRICS: dict[str, tuple[str, str]] = {
    "order_defect_rate": ("orders with a defect", "有缺陷的订单"),
    "late_shipment": ("orders confirmed as shipped too late", "延迟发货的订单"),
    "cancellation": ("orders cancelled before dispatch", "发货前取消的订单"),
    "valid_tracking": ("parcels without valid tracking", "无有效追踪的包裹"),
    "on_time_delivery": ("units delivered after the promised day", "未按承诺日期送达的商品"),
}

DOCUMENT = Wording(
    "Which {name} do you have? Give the file name, or answer “none”.",
    "您有哪些{name}？请写文件名；如没有请回答“没有”。",
    "The notice asks for it; without it this reply is not complete.",
    "file",
    "document_1.pdf",
)

#: Requested item -> its name in English and Chinese, and the words that show an enclosure of that kind.
DOCUMENTS: dict[RequestedItem, tuple[str, str, tuple[str, ...]]] = {
    "invoices": ("invoices", "发票", ("invoice", "receipt", "发票", "rechnung")),
    "letter_of_authorization": (
        "letter of authorization or licence",
        "授权书",
        ("authori", "loa", "licen", "授权", "vollmacht", "lizenz", "genehmigung"),
    ),
    "identity_document": (
        "identity document",
        "身份证件",
        ("passport", "identity", "id card", "driving licen", "护照", "身份证", "ausweis"),
    ),
    "utility_bill": ("utility bill", "水电费账单", ("utility", "electricity", "water bill", "账单", "stromrechnung")),
    "bank_statement": ("bank statement", "银行对账单", ("bank", "银行", "kontoauszug")),
    "business_license": (
        "business licence or register extract",
        "营业执照",
        ("business licen", "register", "营业执照", "handelsregister", "gewerbe"),
    ),
    "supply_chain_docs": (
        "supply chain documents",
        "供应链文件",
        ("supply", "contract", "delivery note", "供应", "合同", "lieferschein"),
    ),
    "safety_test_report": ("safety test report", "安全检测报告", ("test report", "safety", "检测", "prüfbericht")),
    "evidence_of_compliance": (
        "evidence of compliance",
        "合规证明",
        ("complian", "certificate", "registration", "approval", "合规", "证书", "zertifikat", "konformität"),
    ),
    "rights_owner_retraction": (
        "retraction by the rights owner",
        "权利人撤诉",
        ("retract", "撤诉", "撤回", "rücknahme"),
    ),
}

DISPUTE = Wording(
    "Which documents or records show that the notice is an error? Give file names, or answer “none”.",
    "哪些文件或记录能证明该通知有误？请写文件名；如没有请回答“没有”。",
    "A dispute stands on proof, not on words.",
    "file",
    "order_report_no_sales.csv",
)

PROOFS = Wording(
    "Which documents prove your steps (screenshots, lists, invoices, records)? Give file names, or answer “none”.",
    "有哪些文件能证明您采取的措施（截图、清单、发票、记录）？请写文件名；如没有请回答“没有”。",
    "A document for each step lets Amazon check it; a claim without one weighs little.",
    "file",
    "handling_time_before_after.png",
)

OTHER_ACCOUNT: dict[str, Wording] = {
    "which": Wording(
        "Which other account is meant? Give store name, region and what you know of it.",
        "另一个账户是哪个？请写店铺名、站点和您所知道的情况。",
        "This letter must name the account that Amazon sees as related.",
        "text",
        "The other account is Alder Shoes on amazon.de.",
    ),
    "owned": Wording(
        "Do you own it, did you once own it, or is it somebody else's? Since and until when?",
        "该账户是您的、曾经是您的，还是他人的？起止时间？",
        "The notice has one path for own accounts and another for accounts of others.",
        "text",
        "We own the account; it was opened in 2019.",
        "Company register extract, sale contract",
    ),
    "state": Wording(
        "What is its state now (active, deactivated and why, closed, reactivated on which date)?",
        "该账户现在的状态（正常、停用及原因、关闭、何时恢复）？",
        "An own account must be reactivated before this appeal can succeed.",
        "text",
        "It was deactivated for missing papers and reactivated on 9 November 2026.",
        "Reinstatement mail",
    ),
}

RETRACTION: dict[str, Wording] = {
    "complaint_id": Wording(
        "What is the complaint ID of the rights owner's report?",
        "权利人投诉的投诉编号是什么？",
        "The rights owner can withdraw the report only by its ID.",
        "text",
        "The complaint ID is 11223344551.",
    ),
    "contacted": Wording(
        "Have you written to the rights owner: when, and what was the answer?",
        "您是否已联系权利人？何时？对方如何答复？",
        "The letter must fit what was already said, and a retraction has to come from the owner directly.",
        "text",
        "We wrote to the brand's agent on 5 November 2026 and have no answer yet.",
        "Correspondence",
    ),
    "reason": Wording(
        "Why is the report mistaken, or which permission do you have?",
        "为什么该投诉有误？或者您有什么授权？",
        "The rights owner needs a reason to retract.",
        "text",
        "We buy the goods from the brand's distributor under a contract of March 2026.",
        "Contract, invoices, letter of authorization",
    ),
}

SIGNATURE = Wording(
    "Who signs the letter, and for which legal entity? Write the name, a comma, then the firm.",
    "由谁签署？公司法定名称是什么？请先写姓名，加逗号，再写公司名。",
    "The reply is signed by the seller named in the account.",
    "text",
    "Wei Zhang, Linden Trading Ltd",
)


def ask(
    question_id: str,
    words: Wording,
    blocking: bool,
    *,
    quote: str = "",
    name: tuple[str, str] = ("", ""),
    fills: FactList | None = None,
    slot: str | None = None,
    about: str | None = None,
    cause: Cause | None = None,
    ideas: tuple[str, ...] = (),
) -> Question:
    """Return the question with these words; `{quote}` and `{name}` (English, Chinese) are put in."""
    return Question(
        id=question_id,
        text=words.text.replace("{name}", name[0]).replace("{quote}", quote),
        text_zh=words.text_zh.replace("{name}", name[1]).replace("{quote}", quote),
        why=words.why,
        why_zh=WHY_ZH.get(words.why),
        answer_type=words.answer_type,
        example=words.example,
        example_zh=EXAMPLE_ZH.get(words.example),
        proof=words.proof,
        blocking=blocking,
        fills=fills,
        slot=slot,
        about=about,
        cause=cause,
        ideas=ideas,
    )
