"""The words that govern a span of time or a date: a limit for the seller, a window, a wait of Amazon's, a usual length.

All are looked for in folded text (small letters, single spaces, one form of quotes). A list that ends in `$` stands right
before the time, one that is matched right after it begins with a space.
"""

from __future__ import annotations

import re

from amends.regex import regex

_FILLER = r"(?: ?(?:the|a|an|another|next|coming|following|den|der|die|dem|les|los|gli|un|une|una|el|i|de|des|het|each|just|only|nur|jeweils|的|a maximum of|at most|max\.?|a period of|a further))* ?"


def _before(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_\u2e80-\U0010ffff])(?:{words}){_FILLER}\W?$")


#: A period that lies behind, an age, a length: "the last 365 days", "older than 90 days", "for 90 days".
WINDOW = _before(
    r"last|past|previous|preceding|prior|recent|trailing|rolling|older than|younger than|newer than|more recent than|over|during(?<!filed during)|every|for|from the last|"
    r"exceed|not exceed|as long as|once|a delay of|more than(?<!no more than)(?<!not more than)|less than|fewer than|at least|of(?<!inside of)(?<!course of)(?<!space of)(?<!end of)(?<!period of)(?<!deadline of)(?<!limit of)(?<!maximum of)(?<!term of)(?<!time of)(?<!span of)|between|and|(?<=\d )to|(?<=\d)-|"
    r"letzten|letzte|vergangenen|vorigen|älter als|jünger als|seit|über|für|alle|mehr als|weniger als|während|von(?<!innerhalb von)(?<!binnen von)(?<!frist von)(?<!zeitraum von)|"
    r"derniers|dernières|depuis|pendant|durant|moins de|plus de|tous|ultimi|ultime|scorsi|per|ogni|più di|meno di|da oltre|últimos|últimas|durante|desde hace|más de|menos de|cada|por|"
    r"laatste|afgelopen|ouder dan|gedurende|sinds|voor|ostatnich|ponad|przez|过去|最近|近|每|保留|已|直近|過去|未満"
)
#: "Open for 72 hours", "appeals are accepted for 30 days": lengths that are limits all the same.
OPEN_FOR = regex(
    r"(?<!has been )(?<!have been )\b(?:open|opens?|works?|active|valid|accepted|taken|received|sent|uploaded|submitted|filed|handed in|reached|completed|made|lodged|possible|available|do so|appeals?|contest|dispute|object|answer|reply|respond|we (?:can )?wait|waiting|hear nothing|nothing|"
    r"offen|möglich|gültig|ouverte?|valable|possible|apert[oa]|valid[oa]|abiert[oa])(?: (?:the|this|it|us|to|case|file|request|decision|only|still|open|\w+ing))* (?:for|during|für|pendant|per|por|durante)(?: (?:the|another|only|a further))? $"
)
AFTER = _before(
    r"after|once|longer than|at the end of|nach|après|au bout de|passés?|dopo|trascorsi|después de|pasados|tras|na|po|超过|超過|过了|满"
)
AFTER_IDEOGRAPH = regex(r" ?(?:后|後|以后|之后|过后|を過ぎ|を超え|が過ぎ)")
#: No exact span: a reply that usually takes so long.
ABOUT = _before(
    r"about|around|approximately|roughly|some|nearly|almost|up to(?<!possible up to)(?<!accepted up to)(?<!open up to)|at least|at minimum|as little as|etwa|ungefähr|rund|circa|ca\.|bis zu|mindestens|environ|jusqu'à|au moins|"
    r"fino a|almeno|aproximadamente|unos|unas|hasta|al menos|ongeveer|tot wel|około|约|大约|最多|至少|最长|最大"
)
USUAL = regex(
    r"\b(?:usual(?:ly)?|normal(?:ly)?|typically|general(?:ly)?|ordinarily|mostly|as a rule|in most cases|most (?:checks|reviews|cases)|often|or so(?! later)|in der regel|üblicherweise|normalerweise|"
    r"meist(?:ens)?|gewöhnlich|erfahrungsgemäß|en général|généralement|habituellement|d'ordinaire|en principe|di norma|di solito|generalmente|normalmente|por lo general|suele[ns]?|solemos|"
    r"meestal|doorgaans|gewoonlijk|zwykle|zazwyczaj)\b|通常|一般|左右|ほど|程度|预计"
)
#: A length, no limit: "takes two days".
LASTS = regex(
    r"(?:\b(?:tak(?:es?|ing)|took|lasts?|dauert|dauern|benötigen|brauchen|prend|prennent|demande|richiede|richiedono|occorrono|servono|tarda|lleva|requiere|duurt|trwa)(?: (?!until|within|no|not|in\b)[\w-]+){0,3}|"
    r"\b(?:allow|give)(?: us| it)?(?: up to)?|\bneeds?(?: us)?|需要|需|用时)\W?$"
)
#: Amazon, a bank, a court or the other side has so long.
OTHERS = regex(
    r"(?:the other (?:side|party)|complainant|claimant|rights owner|owner|courts?) (?:has|have|needs)|go to court|\b(?:suits?|lawsuit)\b|the other party|"
    r"(?:banks?|carriers?|courts?) (?:need|take|may)|the bank\b|at your bank|"
    r"(?<!if )\b(?:we|amazon(?:\.\w+)*|our team|our specialists|the team|team|somebody|someone|a colleague)(?:'ll| will| shall)?(?: (?!need|want|expect|ask|require|await|look forward|must|get|hear|have|receiv|would|do|did|not|cannot|can't|don't)\w+){0,2} "
    r"(?:review|reply|respond|answer|get back|revert|decide|contact(?:ing)? you|be in touch|call(?:ing)? you|phon(?:e|ing) you|ring you|notify|email you|write to you|send you|let you know|come back|looks? at|read|process|check)|"
    r"you(?:'ll| will| should| can expect to| may) (?:receive|hear|get)\b|you can expect|expect (?:a|an|our|to hear)\b|allow (?:us )?(?:up to|about|some|around|\d)|"
    r"\b(?:our own|our|the|a|an) (?:reading|answer|reply|response|review|check|re-check|examination|verification|decision|assessment)\b(?<!for a reply)(?<!for an answer)(?: \w+)? (?:takes?|can|may|will|is|are|should|follows|reaches)|"
    r"^(?:our |the )?(?:checking|answering|reviewing|processing|verification|reviews?|checks?) (?:\w+ )?(?:takes?|is|are|needs?|can|may|will|should|lasts?)|"
    r"\bwir (?:\w+ ){0,4}(?:antworten|prüfen|melden|bearbeiten|lesen|entscheiden|an\b)|wir (?:werden|antworten|prüfen|melden|bearbeiten|lesen|sehen)|(?:sehen|lesen|prüfen|melden) wir|sie (?:erhalten|bekommen|hören) (?:innerhalb|binnen|von uns|eine|in)|die prüfung|in anspruch|"
    r"(?<!pour )nous (?:vous )?(?:répondrons|répondons|examin|recontact|étudi|trait)|notre (?:réponse|décision|examen)|vous recevrez|(?:le|la|ti|vi) (?:risponderemo|contatteremo)|risponderemo|esamineremo|la verifica|riceverà|"
    r"(?:le |te )?responderemos|contestamos|contestar en|revisaremos|nuestra respuesta|la revisión|recibirá|wij (?:antwoorden|reageren|beoordelen)|u (?:ontvangt|hoort)|odpowiemy|odpowiadamy|sprawdzimy|"
    r"我们(?:会|将|通常|一般|可能|在(?=\d))(?!要求)[^请]{0,14}(?:回复|审核|答复|联系|处理|核实)(?!后)|审核(?:一般|通常|需|期)|您(?:会|将)(?:在.{0,8})?收到|当社は|弊社より|審査|お知らせいたします"
)
#: Money, stock, figures, what is seen or counted: a period of its own.
ELSE = regex(
    r"\bfunds|\bmoney\b|disburs|\bbalance|inventory|\bdisposed?\b|destroy|removal order|ordered (?:them )?back|look-?back|\bvisible|displayed|appear|disappear|\bshow(?:s|n)? (?:up|again|in)|metric|\brate\b|window|measured|shelf|"
    r"fulfil(?:l)?ment cent|\bfba\b|warehouse|\bunits\b|\bstock\b|reimburs|refund|payouts?|\bclaims? may|contested|ship(?:ped|ment)? (?:orders?|within)|create (?:new )?asin|stays? (?:on|in view)|"
    r"\bin view|remains? (?:on|in)\b|back (?:on|online|for sale)|available again|takes? effect|credited|"
    r"资金|款项|库存|销量|余额|显示|展示|生效|到账|guthaben|auszahlung|lagerbestand|bestand|sichtbar|angezeigt|erscheint|fonds|réappara|affich|fondi|inventario|riappar|visibil|fondos|aparec|売上金|在庫|反映|表示|"
    r"voorraad|zichtbaar|uitbetaling|权限已被|暂停"
)
#: Right after the time: counted from another event than this mail, or an age or a length.
NOT_AFTER = regex(
    r" ?(?:old\b|delay|ago\b|later\b|earlier\b|of (?!this|the date|the day|the issue|receipt|receiv|today|notice|the notice|our|getting|your receipt|time)\w|visible|"
    r"(?:after|from) (?!this|the date|the day|the time|the issue|receipt|receiv|you receive|you get|today|now|the notice|that date|\d|january|february|march|april|may|june|july|august|september|october|november|december)\w|"
    r"before\b|prior to|in a row|alt\b|vor dem|nach (?!erhalt|empfang|zugang|datum|dieser|dem datum|diesem|heute)\w|"
    r"until (?:buyers|every)|und länger|or longer|or more|或更久|以上|前的|以前の|後に(?!提出)|the agreement|rolling|con retraso|de retard)"
)
#: Right after the time: it counts from this mail, or sets an end.
ANCHOR = regex(
    r" ?(?:,? ?(?:counted |counting )?(?:from|of|after|since|following|that follow) (?:the (?:date|day|time|issue|sending|receipt)|today|now|this|receipt|receiving|getting|you receive|you get|that date)|left\b|remain|are (?:allowed|given|at your)|,? ?(?:starting|beginning|effective) (?:today|now|from|with)|at (?:the latest|most)|in which|to (?!every|appear|show|reach)\w|"
    r"ab (?:dem|heute|erhalt|datum|zugang)|nach (?:erhalt|empfang|zugang|datum|dieser|dem datum|diesem)|zeit\b|lang (?:freigeschaltet|offen|möglich|verfügbar)|à compter|à partir|suivant|"
    r"dalla data|da oggi|dal ricevimento|di tempo|a partir|desde (?:la fecha|hoy)|para |vanaf|na (?:dagtekening|ontvangst)|de tijd|od (?:daty|dnia|otrzymania)|之?内|以?内|期限)"
)
#: "If 10 days go by without a word", "before 14 days have passed" bind the seller; "when 90 days have passed" does not.
PASSED = regex(
    r" ?(?:(?:have|has|had|are) )?(?:go(?:ne)? by|pass(?:ed|es)?|elapsed?|run out|over\b)|verstr|vergangen sind|se sont écoulés|transcurran"
)
RUNNING = regex(
    r"(?<![^\W\d_])(?:if|should|before|wenn|falls|bevor|si|avant|se|prima|antes|als|voordat)(?: \w+){0,3} $"
)
#: Sets a limit, somewhere near.
LIMIT = regex(
    r"\b(?:within|inside|at most|at the latest|later than|after this|by|by the end of|in the|in|have|has|given|gives?|allows?|grants?|got|are|remain|left|before|unless|deadline|until|till|under|time(?: limit)? is|wait|"
    r"if|when|due|limit|innerhalb|binnen|in|spätestens|bis|frist|haben|hat|zeit|dans|sous|d'ici|avant|délai|disposez|avez|reste|entro|prima|hai|ha|avete|resta|plazo|en|dentro de|antes de|tiene|dispone|quedan|hebt|heeft|"
    r"uiterlijk|vóór|ciągu|masz|ma|macie|najpóźniej|terminie)\b|time:|给您|您(?:有|还有)|以内|之内|内|期限|之前|前|までに|若|如|于|在"
)
#: The seller has a time: "you have 10 days".
HAVE = regex(
    r"(?:\byou(?:'ve|'ll)?(?: (?:now|still|will|only|then|have))* (?:have|are given|get|got)|\bthere (?:are|is)|\b(?:time(?: limit)?|deadline|when)(?: is)?:?|\bthe law (?:allows|gives)|\bgives? you|\ballows? you|\bgrant you|haben sie|sie haben|ihnen (?:bleiben|verbleiben)|vous (?:disposez|avez)|il vous reste|"
    r"\b(?:ha|hai|avete|dispone)\b|\b(?:tiene|tienes|dispone|quedan)\b|u (?:hebt|heeft)|ma(?:sz|cie|ją)(?: państwo)?(?: na)?|wir (?:geben|lassen) ihnen|您(?:有|还有)|给您)(?: \w+){0,2} ?(?:de |di |von |über )?$"
)
#: "The period for a reply is 17 days", "Frist: 14 Tage", "申诉期限为14天": a noun of limit.
NOUN = regex(
    r"(?:(?<!look-back )(?<!review )(?<!holding )(?<!return )\b(?:deadline|time limit|limit|(?:response|reply|answer|appeal) (?:time|period|window)|(?:period|window|time|term)(?: \w+){0,2} (?:to|for|in which)(?: \w+){1,4}|time allowed|"
    r"frist|délai|termine|plazo|termijn|termin)\b|期限|时限|有效期|期間は)(?: (?:is|are|of|ist|beträgt|läuft|est|de|è|di|es|von|bedraagt|wynosi|set at|:))*[:：为是は]?(?: ?(?:本日より|今日より|自.{1,8}起))? ?$"
)
#: Words of limit that stand right at the time and need no other sign.
STRONG = _before(
    r"within|inside(?: of)?|(?:no|not) later than|in the next|in the coming|in the course of|by the end of|innerhalb(?: von)?|binnen|in den (?:nächsten|kommenden)|d'ici|dans un délai de|dans les|sous|au plus tard|entro|non oltre|nei prossimi|"
    r"en un plazo de|dentro de|en los próximos|uiterlijk binnen|w ciągu|在|于"
)
STRONG_AFTER = regex(r" ?(?:之内|以内|内)")
#: Something that is told of the past: "within four days 200 orders were taken", "we asked you to answer within 14 days".
PAST = regex(r"\b(?:were|was|had|wurden|waren|hatten|ont été|sono stati|fueron)\b")
ASKED_BEFORE = regex(
    r"\b(?:we|amazon) (?:had )?(?:asked|told|gave|requested|invited|reminded)\b|wir (?:baten|hatten)|我们曾|我们已要求"
)
#: Duties to buyers, which hold for every seller.
DUTIES = regex(
    r"(?:messages?|questions?) (?:of|from) (?:buyers?|customers?)|(?:buyers?'?|customers?'?) (?:messages?|questions?)|(?:orders?|refunds?|returns?) (?:must|have to|has to|can|need to)|handling time|"
    r"买家(?:的)?(?:消息|问题|咨询)|käufernachrichten|nachrichten von käufern|messages des acheteurs|messaggi degli acquirenti|mensajes de (?:los )?compradores"
)
#: "Within that span": the time named in the same sentence.
THAT_SPAN = regex(r"\b(?:within|inside|in|by the end of) (?:that|this|the same) (?:span|time|period|term|window)\b")
#: Something is to be sent or done by the seller.
SEND = regex(
    r"otherwise|or else|andernfalls|ansonsten|sinon|à défaut|altrimenti|de lo contrario|否则|逾期|\bsend|\bsent\b|\bwrite\b|submi|\bif not\b|provid|\breply|respond|\bappeal\b|\bplan\b|upload|load |complet|\breceiv|\bdocuments?\b|\bpapers?\b|\banswer|\bquiz|\btest\b|questionnaire|\btell\b|\blet us|hear from|\bheard?\b|\bnothing\b|\bdo it\b|(?:be|must) (?:happen|done)|\bneed (?:this|your|it|the|an?)\b|"
    r"\bresolve|\bcorrect|\bupdate|\bpay\b|confirm|\binvoice|retract|\bget (?:a|the|your|here|to)\b|got a plan|get back to us|\barriv|need to see|we.d like|want to see|to see\b|\bmail\b|handle|unless|\bact\b|\bhands?\b|with us|"
    r"reach(?:ed|es)? us|please|kindly|for this|\bsign and|(?:be|is|has been|are) done|by then|do so|\bfix|put (?:\w+ ){1,3}right|take the|is missing|are missing|come in|has come|should be there|passed|\bpass it|if you pass|"
    r"evidence|submission|requests?\b|explanation|statement|counter-notice|\bform\b|\bdeal with|we expect|we await|a word from you|slots?|make sure|"
    r"dossier|vorgang|expediente|pratica|案件|申请|提交|提供|更正|修改|补|递交|发送|发来|送达|交给|回复|申诉|完成|收到|上传|采取|更新|支付|告知|告诉|说明|补充|改正|整改|操作|"
    r"senden|schicken|übermittel|einreich|antwort|reichen|maßnahmenplan|widerspruch|einspruch|unterlagen|dokument|hochladen|laden sie|vorlegen|erhalten|beantwort|aktualisier|begleich|teilen sie|beschreib|schilder|erläuter|füllen|reagier|dafür|"
    r"nichts|von ihnen|eingeh|einge|liegen|holen sie|stellungnahme|geben sie|bitte|legen sie|erwarten wir|liegen|"
    r"提出|届|送信|返信|回答|ご連絡|対応|お送り|お願い|envoy|fourni|répond|soumett|transmett|disposez|rempli|merci|veuillez|téléverse|parvenir|sans nouvelles|invi|forni|rispond|presenta|aggiorn|carica|comunic|provved|"
    r"estinto|manda|envi|envía|proporcion|respond|recib|facilit|remit|actualic|plazo|hazlo|resuelto|corrija|rogamos|stuur|verzend|lever|vul|doe dat|upload|ontvang|wyślij|prześlij|prosimy|złóż|odpowied"
)
#: Words by which a time passed means a door closed.
CLOSED = regex(
    r"\b(?:no|not|nothing|cannot|can't|won't|n't|never|closed?|final|missing|too late|lapses?|ignored|disregarded|unread|refused|rejected|forfeited|without|deleted?|removed?|cancell?ed|nicht|keine?|ohne|geschlossen|schließen|löschen|gelöscht|entfern\w+|verfällt|endet|plus|pas|sans|aucun|clos|non|senza|nessun|chiuso|sin|ningun[ao]?|cerra\w*|niet|geen|zonder|gesloten|nie|bez)\b|n't\b|不|未|ません|ない|終了"
)
#: What is to be done only if something changes one day.
ONE_DAY = regex(
    r"\b(?:if|when|should) (?:\w+ ){1,6}changes?\b|如日后|如今后|今后如|如有变更|sollte sich .{0,30} ändern"
)
#: The notice says that it sets no limit.
NO_LIMIT = regex(
    r"\bno (?:closing date|deadline|date is set|time limit|fixed date|hurry|rush)|not (?:set|setting) (?:you )?a (?:deadline|date|time limit)|(?:need|must) not hurry|take (?:all )?the time you need|"
    r"keine frist|frist (?:setzen|besteht|gibt es|gilt)[^.]{0,20} nicht|(?:pas de|aucun(?:e)?) (?:délai|date limite)|nessun(?:a)? (?:scadenza|termine)|(?:sin|no hay|ningún) plazo|没有(?:截止|期限|时间限制)|(?:无|不设)(?:时间)?期限|期限(?:は|も)(?:ありません|設け)|"
    r"geen (?:termijn|deadline)|bez terminu"
)
