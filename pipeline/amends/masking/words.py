"""Words that tell a personal name from what only looks like one."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: No part of a name, in lower case: after a cue such as "customer" they start a heading or a sentence.
NOT_A_NAME = _words(
    """a an the this that these those he she it we i you they our their his her not no yes all any some every each on in
    at to for from by of with and or but if when while after before because since so as is are was were has have had
    did does amazon seller sellers service services support review reviews return returns refund refunds trust
    experience satisfaction dissatisfaction messaging message messages messenger product products order orders claim
    claims policy complaint complaints feedback name names facing protection fraud care team department metrics
    information data id report reports request requests reported requested received address phone email contact
    contacts said told wrote fulfilled fulfillment invoice invoices item items account accounts performance central
    customer customers buyer buyers defect rate late shipment clean coffee potato unknown none redacted hidden n/a asin
    sku usa uk eu germany china united states kingdom england france street road
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    der die das den dem ein eine ist sind hat haben war wurde und oder nicht kein keine wir ich sie er es unsere
    dienst kundendienst rückgabe bestellung artikel beschwerde beschwerden bewertung bewertungen"""
)

#: With one of these, in lower case, it is a company.
COMPANY = _words(
    """ltd limited gmbh llc inc corp corporation co company ag kg ug ohg se sarl sas srl spa bv nv oy ab plc llp lp pty
    trading traders trade store stores shop market mart group holding holdings brands industries logistics electronics
    international enterprise enterprises supplies supply imports exports wholesale distribution fulfillment"""
)

#: Names that are everyday words: replaced within a full name, not on their own.
EVERYDAY = _words(
    """Black Brown Green White Gray Grey Gold Silver Rose Young Long Short King Price Page Day Best Good Case Bill Will
    Mark Grant Ray Art Sky Star Rich Wise Wood Stone Field Park Lake Hill Bush Rice Baker Cook Miller May June April
    August Summer"""
)

#: Chinese surnames that are rarely anything else; the ambiguous ones (高 于 方 马 …) need a colon or a title.
CN_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯董萧曹袁邓傅沈彭吕苏卢蒋蔡贾丁魏薛叶阎潘杜戴夏钟汪姜范姚"
    "谭廖邹熊陆郝孔崔邱秦顾侯邵孟钱汤尹"
)
#: Characters that go on after a name.
CN_AFTER_NAME = "投收说购要申退买下在的和于反表称留发给因对，。先女没不已未向来把被就也又与是有提认询联打"
