"""The words of performance metrics: what a rate is about when its name is not printed, and what makes a figure a target."""

from __future__ import annotations

import re

from amends.regex import regex

PERCENT = regex(
    r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,3})?)\s?(?:%|％|percent|per cent|pct\b|prozent|pour cent|por ciento|per cento|procent|v\.\s?h\.|パーセント)",
    re.IGNORECASE,
)
POINTS = regex(
    r"(?<![\w.,/-])(\d{1,4})(?![\d%/]|[.,]\d|-)(?!\s*(?:days|tage|jours|giorni|días|天|日|hours|points per))"
)
#: What a rate is about, told in other words than its name: "6.8% of the orders were called off".
CONCEPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("cancellation_rate", regex(
        r"\bcancel(?:l?ed|l?ations?|s|l?ing)?\b|call(?:ed|ing)? off|withdrawn (?:after|before)|storni\w+|annul(?:é|ati|ado|ada|ation|aciones|lamenti|iert)\w*|\banul\w+|cancelad\w+|geannuleer\w+|anulowan\w+|取消|キャンセル", re.IGNORECASE)),
    ("late_shipment_rate", regex(
        r"\blate (?:dispatch(?:es)?|shipments?|rate|confirm\w+|orders|postings?)|(?:shipped|dispatched|sent(?: out)?|confirmed|posted|handed over|left|went out|go out)\b[^.;%]{0,40}?\b(?:too late|late|behind (?:time|schedule)|after (?:the )?(?:expected |promised |latest )?(?:ship|dispatch)\w*)|"
        r"verspätet (?:versand|verschickt|versendet|bestätigt)\w*|zu spät (?:versand|verschickt|bestätigt)\w*|verspätete[rn]? (?:versand|lieferung|sendung)\w*|expédi\w+ (?:en retard|tardiv)\w*|spedit\w+ (?:in ritardo|tardi)|spedizioni (?:in ritardo|tardive)|"
        r"(?:sali\w+|enviad\w+|expedid\w+)\b[^.;%]{0,30}?(?:después de la fecha|con retraso|tarde)|envíos (?:tardíos|con retraso)|te laat (?:verzonden|verstuurd)|wysłan\w+ z opóźnieniem|迟发|延迟发货|出荷遅延|出荷が遅", re.IGNORECASE)),
    ("on_time_delivery_rate", regex(
        r"\bon[ -]time\b|by the (?:promised|last|latest|expected) (?:delivery )?(?:date|day)|within the (?:promised|delivery)|(?:reached|arriv\w+|deliver\w+|came)\b[^.;%]{0,40}?\b(?:too late|late|in time|punctual\w*|after (?:the )?(?:last day|promis\w+|delivery))|pünktlich\w*|(?:livré\w*|arriv\w+)[^.;%]{0,20}(?:à temps|dans les délais|en retard)|"
        r"consegn\w+[^.;%]{0,20}(?:puntual\w*|in tempo|in ritardo)|entreg\w+[^.;%]{0,20}(?:a tiempo|puntual\w*|con retraso)|op tijd|na czas|准时|按时送达|期日内|納期", re.IGNORECASE)),
    ("valid_tracking_rate", regex(
        r"\btrack(?:able|ing)\b|be tracked|tracked (?:with|by|from)|traceable|carrier scan|\bscanned\b|sendungsverfolg\w*|sendungsnummer\w*|\bsuivi\b|tracci\w+|seguimiento|rastre\w+|traceer\w+|śledzeni\w+|追踪|追跡", re.IGNORECASE)),
    ("order_defect_rate", regex(
        r"\bdefect(?:s|ive)?\b(?=[^.;]{0,20}(?:orders|rate|share))|(?:orders|purchases) (?:that|which) (?:go|went|turn\w* out) (?:wrong|bad\w*)|orders? with (?:a )?(?:defect|problem)s?|mangelhafte[rn]? bestellungen|bestellmängel\w*|commandes défectueuses|"
        r"ordini difettosi|pedidos defectuosos|defecte bestellingen|订单缺陷|注文不良", re.IGNORECASE)),
    ("invoice_defect_rate", regex(r"invoice defects?|(?:invoices?|rechnung\w*) (?:missing|late|fehl\w+)|rechnungsmängel\w*|fehlerhafte[rn]? rechnungen|factures défectueuses", re.IGNORECASE)),
    ("negative_customer_experience_rate", regex(
        r"(?:unhappy|dissatisfied|disappointed) (?:orders|buyers|customers)|negative[rn]? (?:customer |buyer |kunden)?(?:experiences?|erfahrung\w*|erlebnis\w*)|bad experiences?|\bncx\b|expériences? (?:client )?négatives?|"
        r"esperienz\w+ negativ\w+|experiencias? negativas?|negatieve (?:klant)?ervaring\w*|负面(?:买家)?体验|不满意", re.IGNORECASE)),
    ("account_health_rating", regex(r"\b(?:account )?health (?:rating|score)\b|health points", re.IGNORECASE)),
)  # fmt: skip
#: "Rose from 3 % to 9 %": the first is past.
FORMER = regex(r"\b(?:from|von|de|da|van|od)\s$", re.IGNORECASE)
LATTER = regex(r"\s(?:to|auf|à|al?|naar|do)\s(?:\w+\s)?\d", re.IGNORECASE)
#: "Account health: healthy, rating 412".
RATED = regex(r"health\b[^.\n]{0,40}\b(?:rating|score)\D{0,12}\d{1,4}\b", re.IGNORECASE)
#: A percentage of something else: prices, shares of a company, other sellers.
ELSEWHERE = regex(
    r"(?:similar|other|comparable|average|usual|typical|andere|ähnliche|durchschnitt\w*|autres|altri|otros|其他|平均)[^\d%]{0,24}$",
    re.IGNORECASE,
)
OF_ELSE = regex(
    r"\s?(?:of (?:the )?(?:shares?|capital|company|proceeds|price|discount)|der anteile|des parts|delle quote|discount|off\b|rabatt|under the|below the (?:lowest|price))",
    re.IGNORECASE,
)
COMPARISON = regex(
    r"(?:(?:target|goal|threshold|limit|requirement|required|standard|must be|must not be|should be|needs? to be|has to be)[^\d%。.;|]{0,48}|(?:line|maximum|minimum|max\.?|min\.?|\b(?:we|you) need|wanted|wanted|ceiling|floor|not (?:reach|pass|go (?:above|beyond|over|below|under))|beneath|the least|at most|permitted|require|benchmark|less than|lower than|below|under|above|over(?! the (?:past|last|previous))|"
    r"more than|greater than|higher than|at least|exceed(?:s|ed|ing)?|within|up to|no more than|allowed|expected|stay(?:s)? at|healthy(?!,)|short of|must be|must not be|should be|should not be|needs? to be|has to be|must stay|must remain|should stay|remain|keep|maintain|we ask for|we want|we require|requires|<|>|≤|≥|"
    r"目标|要求|标准|低于|高于|超过|不超过|至少|不得|小于|大于|阈值|上限|"
    r"ziel\w*|vorgabe|grenz\w+|erlaubt|zulässig|tolerate|unter|über|höchstens|vorgeschrieben|verlangen|erwarten|soll(?:wert)?|mindestens|maximal|überschreitet|weniger als|mehr als|"
    r"目標|基準|未満|以上|以下|超え|objectif|seuil|inférieur(?:e)? à|supérieur(?:e)? à|moins de|plus de|au moins|"
    r"obiettivo|soglia|inferiore a(?:l)?|superiore a(?:l)?|meno del|almeno|più del|máximo|mínimo|massimo|minimo|maximum|l[ií]mit\w*|tope|au-dess\w+|en dessous|en deçà|plafond|autorisé|dépass\w+|sotto|oltre|minstens|hoogstens|minder dan|meer dan|onder de|boven de|verlangen|eis|docelow\w+|poniżej|powyżej|co najmniej|objetivo|umbral|inferior al?|superior al?|menos del?|más del?|al menos|superar|por debajo del?|por encima del?|verlangt|richiest|exig)"
    r"[^\d%。.;|]{0,28})$",
    re.IGNORECASE,
)
#: Words after a comparison by which the figure is the seller's own all the same.
OWN_WORDS = regex(
    r"\b(?:yours|you are|you're|you have|you had|now|it is|it was|at present|currently|stands|stood|dropped|came to|fell|fallen|rose|risen|"
    r"reached|derzeit|aktuell)\b",
    re.IGNORECASE,
)
#: What puts an own value after a comparison: "under 90 %; it is now 68 %".
OWN = regex(
    r"(?:\b(?:is|was|at|reads|stands|stood|of|now|currently|reached|to|beträgt|liegt bei|derzeit|atteint|è|es|actual)\b|为|は|[:：])\s{0,3}(?:now |currently |nur |only )?$",
    re.IGNORECASE,
)
AFTER = regex(
    r"\s?(?:\)?\s?(?:target|goal|threshold|limit|maximum|minimum|requirement|standard|line\b|we require|we expect|we ask|we allow|we set|we want|required|that we|is required|is the|is our|is allowed|expected)|at (?:most|least)\b|(?:and|or) (?:less|more|lower|higher|below|above|better|over)|we allow|allowed|"
    r"の目標|を(?:超え|下回|上回)|以下|以上|未満|的目标|的要求|is the least|is the most|is what we|counts as|(?:et )?(?:maximum|minimum)|oder (?:mehr|weniger)|ou (?:plus|moins)|o (?:più|meno|más|menos))",
    re.IGNORECASE,
)
#: The head of a target column or line, and what parts the cells of a table's row.
TARGET_HEAD = regex(
    r"\b(?:target|goal|threshold|limit|required|requirement|wanted|minimum|maximum|min\.|max\.|benchmark|standard|allowed|permitted|expected|should be|ziel\w*|soll\w*|vorgabe|grenzwert|mindest\w*|höchst\w*|objectif|seuil|obiettivo|soglia|"
    r"objetivo|umbral|mínimo|máximo|doel|norm|cel)\b|目标|要求|标准|最低|上限|目標|基準",
    re.IGNORECASE,
)
CELLS = regex(r"\t|\||\S {2,}\S")
CELL_MARK = regex(r"\s*[|\t]\s*|(?<=\S) {2,}(?=\S)")
ABOUT_IT = regex(
    r"\b(?:rating|score|it|this|target|threshold|minimum|needs?|must|at least|above|below)\b", re.IGNORECASE
)
RATE_WORD = regex(
    r"\brate|ratio|figures?\b|target|goal|minimum|maximum|percentage|share\b|proportion|anteil|part des|quota|porcentaje|percentuale|aandeel|rating|比率|目标|该指标|\bwert|quote|kennzahl|taux|tasso|tasa|率",
    re.IGNORECASE,
)
