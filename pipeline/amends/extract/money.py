"""What a sentence says of the seller's money: that it is held, or that it moves.

Money (a noun, or an amount with its currency) and what befalls it must stand in one clause. "We may keep" is a threat;
"will be kept" and "is kept" are not.
"""

from __future__ import annotations

from typing import Literal

from amends.regex import regex

Said = Literal["held", "threatened", "released"]

_MONEY = (
    r"(?:\b(?:funds|money|balance|payouts?|payments?|disbursements?|proceeds|transfers?|reserve|sums?|amounts?(?! of)|what (?:it|the account) holds|what is (?:left )?(?:in|on) (?:your|the) account|remaining sum|earnings|revenues?|deposits?)\b"
    r"|(?:usd|eur|gbp|cad|aud|sgd|jpy|cny|try|pln|sek|mxn|inr|aed|[$€£¥]) ?\d[\d.,' ]{0,16}\d|(?<!\d)\d[\d.,' ]{0,16}\d ?(?:eur|usd|gbp|€|美元|欧元|英镑|元|円)"
    r"|\b(?:guthaben|auszahlung(?:en)?|gelder|geld|beträge|zahlungen|saldo|erlöse|fonds|solde|versements?|paiements?|sommes|virements?|argent|fondi|somme|pagament[oi]|importi|denaro|fondos|pagos?|dinero|importe|transferencias?|desembolsos?|uitbetaling(?:en)?|tegoed|bedrag|środki|wypłat\w*)\b"
    r"|款项|资金|余额|货款|结算款|付款|売上金|資金|振込|残高|入金)"
)
_HOLD = (
    r"(?:\b(?:hold(?:s|ing)?|held|withhold|withheld|retain(?:s|ed)?|kept|keep(?:s|ing)?|frozen|freez\w*|blocked|suspend(?:ed|s)?|stopped|paused|remain(?:s|ing)? (?:in|on|with|blocked|suspended|frozen|where|here)|remains|stays?(?! (?:on|live|active))|set aside|forfeit(?:ed)?|"
    r"held back|on hold|on pause|halted|put back|no longer paid|rests? where|limited|locked)\b"
    r"|\b(?:einbehalten|zurückgehalten|gesperrt|eingefroren|angehalten|ausgesetzt|ruhen|ruht|gestoppt|bleibt|bleiben|verbleib\w+|retenue?s?|conservée?s?|bloquée?s?|gelée?s?|suspendus?|retenir|trattenut[eio]|bloccat[eio]|sospes[eio]|congelat[eio]|resta(?:no)?|"
    r"retenid[oa]s?|retiene[n]?|retendr\w+|bloquead[oa]s?|congelad[oa]s?|ingehouden|bevroren|vastgehouden|geblokkeerd|wstrzyman\w+|zablokowan\w+)\b"
    r"|保留|冻结|暂扣|扣留|扣押|暂缓|暂停|停止|没收|保管|保留|留置|凍結|停止|差し止め)"
)
_PAID = (
    r"(?:\b(?:paid(?: out)?|pay out|pay(?= it| you| your)|transferred|transfer(?= \w)|released?|releasing|sent|disbursed?|take out|withdraw(?:n|al)?|drawn?|leave|go(?:es)? out|received?|ausgezahlt|auszahlen|überwiesen|freigegeben|versée?s?|virée?s?|débloquée?s?|versat[eio]|accreditat[eio]|sbloccat[eio]|"
    r"pagad[oa]s?|depositad[oa]s?|liberad[oa]s?|transferid[oa]s?|abonad[oa]s?|uitbetaald|vrijgegeven|wypłacon\w+)\b|aus\b(?= |$|\.)|转出|发放|支付|付款|转至|转入|提现|振り込|入金)"
)
_NOT = r"(?:\b(?:no|not|never|cannot|won't|can't|nicht|keine?|ne|pas|aucun\w*|non|nessun\w*|no se|niet|geen|nie)\b|n't\b|不|未|无法|暂)"
_NAMED = regex(rf"{_MONEY}|zahlen wir|已")
_HELD = regex(
    rf"{_MONEY}[^.;!]{{0,80}}?{_HOLD}|{_HOLD}[^.;!,]{{0,50}}?{_MONEY}|{_MONEY}[^.;!]{{0,60}}?{_NOT}[^.;!,]{{0,30}}?{_PAID}|{_NOT}[^.;!,]{{0,36}}?{_PAID}[^.;!,]{{0,36}}?{_MONEY}"
    rf"|\b(?:no|keine?) (?:payments?|payouts?|disbursements?|transfers?|auszahlung(?:en)?|zahlung(?:en)?)\b|{_NOT} ?[^.;!,]{{0,12}}{_MONEY}[^.;!,]{{0,40}}{_PAID}|(?:placed|put|set|apply|applied) (?:a )?(?:hold|reserve)\b|(?:不|暂不|不会)[^,。;]{{0,6}}(?:付款|支付|放款|转账)|\bso do (?:payouts?|payments?|disbursements?)|zahlen wir [^.;]{{0,40}}nicht aus|(?:stop|halt) (?:your )?(?:sales and )?(?:hold )?(?:payouts|payments|disbursements)"
    rf"|{_NOT} ?(?:予|能|得)?{_PAID}[^。;]{{0,10}}{_MONEY}"
)
#: To be asked for later: held till then.
_LATER = regex(
    rf"\b(?:ask|inquire|enquire|request|apply|look at)\b[^.;]{{0,60}}{_MONEY}[^.;]{{0,60}}\b(?:days?|once|when|after)\b|\b(?:after|once|when)\b[^.;]{{0,50}}\bdays?\b[^.;]{{0,60}}\b(?:ask|inquire|enquire|request|apply)\b[^.;]{{0,40}}(?:{_MONEY}|\b(?:it|them)\b)|{_MONEY}[^.;]{{0,60}}\b(?:available|asked for|requested)\b[^.;]{{0,20}}\bafter\b"
)
_FREED = regex(
    rf"{_MONEY}[^.;!]{{0,70}}?(?:\b(?:(?:is|are|was|were|has been|have been|will be|now|been) (?:now |again |also )?(?:paid(?: out)?|transferred|released|sent|freed|unblocked|unlocked|available|included)|goes? out|go out|on (?:its|their|the) way|(?:will )?resumes?|restart\w*|continues?|flow again|back on|lifted|normal again|"
    rf"ausgezahlt|überwiesen|freigegeben|unterwegs|wieder|versée?s?|virée?s?|débloquée?s?|versat[eio]|accreditat[eio]|sbloccat[eio]|liberad[oa]s?|depositad[oa]s?|se (?:deposit|liber|pag|transfer)\w+|uitbetaald|vrijgegeven)\b|解冻|恢复|转至|转入|正常|已支付|入金され|お振り込み)"
    rf"|\b(?:started|initiated|made|sent) (?:a |your )?(?:transfer|payment|payout|disbursement)|\b(?:released?|paying out|transferring|unblocked|freed) (?:the |your )?{_MONEY}|已(?:解冻|恢复)[^。]{{0,12}}{_MONEY}|已(?:向您[^。]{{0,24}})?(?:转出|汇出|发起付款|打款)"
)
#: "The retained balance goes out": it was held.
_ONCE_HELD = regex(
    rf"\b(?:retained|withheld|held|blocked|frozen|reserved|einbehaltene\w*|zurückgehaltene\w*) {_MONEY}|{_MONEY} (?:\w+ )?(?:retenid\w+|retenus?|trattenut\w+|bloccat\w+)|what (?:had been|was) (?:held|kept)|(?:暂缓|保留|冻结|扣留|暂扣)的?{_MONEY}"
)
#: Where the money is the heading of a line of its own: "Payouts? Suspended for the same time."
_HEADED = regex(
    r"\b(?:payouts?|payments|disbursements|(?:the|your) money|(?:the|your) balance|funds)\b(?: ?[?:-])? (?:suspended|remains? (?:in|with)|stays? (?:in|where|with)|held|on hold|kept|frozen|stopped)|the rest (?:stays|remains|is kept)"
)
_MAY = regex(
    r"\b(?:may|might|could|können|kann|könnten|peut|peuvent|pourr\w+|può|possono|potrebb\w+|puede[n]?|podr\w+|kan|kunnen|może|mogą)\b|可能|ことがあります|場合があります"
)
_NOT_YET = regex(
    r"\b(?:after \w+ days|once|if|when|until(?! now)|nach \w+ tagen|wenn|sobald|si|lorsque|quando|cuando|als|zodra|erst|only after|seulement après|solo dopo|solo después)\b|天后|如果|后可|までは"
)
_NEGATED = regex(rf"{_NOT}[^.;!,]{{0,40}}$")
_OTHERS = regex(
    r"refund|buyers?' money|gift|pay the|payment method|valid payment|card|gutschein|fee\b|subscription|invoice|credit note"
)


def said_of_money(text: str) -> Said | None:
    """What folded `text`, a sentence, says of the seller's money; None if nothing."""
    if not _NAMED.search(text):
        return None
    held = _HELD.search(text) or _LATER.search(text)
    freed = _FREED.search(text)
    if held and freed and _ONCE_HELD.search(text):
        return "released"
    if held and not (_OTHERS.search(held[0]) and not _HELD.search(text, held.end())):
        clause = max(0, held.start() - 40, text.rfind(", ", 0, held.start()) + 1)
        return "threatened" if _MAY.search(text, clause, held.end()) else "held"
    if freed and not _NEGATED.search(text[: freed.start()][-60:]) and not _NOT_YET.search(text):
        return "released"
    return None


def headed_held(text: str) -> bool:
    """Whether a heading of money in folded `text` is followed by a word of holding."""
    return _HEADED.search(text) is not None
