"""The reasons and examples of the shared questions in Chinese, by their English words."""

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

#: File names, dates, bare figures and the signature read the same in both languages and are left out.
EXAMPLE_ZH: dict[str, str] = {
    "From 4 October to 2 November 2026, 25 of 410 orders were confirmed late.": "2026年10月4日至11月2日，410 单中有 25 单确认发货过晚。",
    "The handling time stood at 1 day although engraving takes 3 days, because nobody changed it.": "刻字需要 3 天，处理时间却一直是 1 天，因为没有人改过。",
    "On 3 November 2026 we shipped the 12 overdue orders.": "2026年11月3日我们寄出了 12 个逾期订单。",
    "Since 5 November 2026 the packing lead checks the unshipped orders at 08:00 and 14:00 every day.": "自2026年11月5日起，打包组长每天 08:00 和 14:00 检查未发货订单。",
    "The other account is Alder Shoes on amazon.de.": "另一个账户是 amazon.de 上的 Alder Shoes。",
    "We own the account; it was opened in 2019.": "该账户是我们的，于2019年开立。",
    "It was deactivated for missing papers and reactivated on 9 November 2026.": "它因缺少文件被停用，已于2026年11月9日恢复。",
    "The complaint ID is 11223344551.": "投诉编号是 11223344551。",
    "We wrote to the brand's agent on 5 November 2026 and have no answer yet.": "我们于2026年11月5日致信品牌方代理人，尚无答复。",
    "We buy the goods from the brand's distributor under a contract of March 2026.": "我们按2026年3月的合同向该品牌的经销商采购。",
    "Nobody compared the offered quantity with the shelf.": "没有人把上架数量与货架实物核对。",
    "warehouse lead": "仓库主管",
    "every working day at 08:00": "每个工作日 08:00",
    "more than 90 open orders": "未完成订单超过 90 单",
    "unshipped-orders report": "未发货订单报告",
    "The new stock file was loaded only at night, so that 9 sold-out lamps stayed on offer for a day.": "新的库存文件只在夜里上传，9 款售罄的灯因此又挂了一天。",
    "On 21 November 2026 we counted all 96 lamps and corrected the quantity of 9 offers.": "2026年11月21日我们清点了全部 96 款灯，更正了 9 个报价的数量。",
    "Since 22 November 2026 the stock clerk counts the 20 best-selling lamps every morning at 8:00.": "自2026年11月22日起，库存文员每天早上 8:00 清点 20 款最畅销的灯。",
    "The parcel was sent back to us on 18 November 2026 and is in our store.": "该包裹于2026年11月18日退回，现在我们仓库。",
}  # fmt: skip
