"""The reasons of the shared questions in Chinese, by their English words."""

from __future__ import annotations

WHY_ZH: dict[str, str] = {
    "The notice gives a rate at most; a count with its total and period can be checked.": "通知最多只给出比率；写明数量、总数和期间，亚马逊才能核实。",
    "The notice asks for it; without it this reply is not complete.": "通知要求提供该文件；没有它，答复就不完整。",
    "A dispute stands on proof, not on words.": "异议要靠证据，而不是文字。",
    "A document for each step lets Amazon check it; a claim without one weighs little.": "每项措施都有文件，亚马逊才能核实；没有文件的说法分量很轻。",
    "The reply is signed by the seller named in the account.": "答复须由账户中登记的卖家签署。",
    "The plan must own a process; that a figure was too high is no cause.": "行动计划要承认自己流程上的问题；“指标过高”不是原因。",
    "Only finished, dated and counted actions convince.": "只有已完成、有日期、有数量的措施才有说服力。",
    "A measure without an owner, a rhythm and a start date counts as a promise.": "没有负责人、频率和开始日期的措施只算承诺。",
    "A symptom is not a root cause; reviewers send such plans back.": "现象不是根本原因；这样的计划会被退回。",
    "An action without a date reads like an intention.": "没有日期的措施看起来只是打算。",
    "A number lets Amazon check the action.": "有数量，亚马逊才能核实。",
    "A measure that nobody owns is not believed.": "没有负责人的措施不可信。",
    "The rhythm shows that it is a process and not a single effort.": "有频率才说明是流程，而不是一次性的努力。",
    "The start date tells what is in force from what is only planned.": "开始日期区分已实行的和只是计划的措施。",
    "A limit makes the measure checkable.": "有限度，措施才可检验。",
    "The tool shows how the measure works.": "写明工具，才能看出措施如何运作。",
    "The list of enclosures names the file.": "附件清单要写文件名。",
    "This letter must name the account that Amazon sees as related.": "信中必须写明亚马逊认为相关联的账户。",
    "The notice has one path for own accounts and another for accounts of others.": "自己的账户和他人的账户，通知要求的处理方式不同。",
    "An own account must be reactivated before this appeal can succeed.": "自己的关联账户须先恢复，本次申诉才可能成功。",
    "The rights owner can withdraw the report only by its ID.": "权利人只能凭投诉编号撤诉。",
    "The letter must fit what was already said, and a retraction has to come from the owner directly.": "信的内容须与此前的沟通一致，且撤诉须由权利人直接提出。",
    "The rights owner needs a reason to retract.": "权利人需要撤诉的理由。",
}  # fmt: skip
