"""Amazon's answers for tests, in our own words, and the letter they answer."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

from amends import read
from amends.facts import facts_of
from amends.patterns import load_patterns
from amends.run import Tools, draft_case, open_case
from amends.schemas import Case, Notice

CASES = Path(__file__).parents[1] / "eval" / "cases"
FIRST, LATER = date(2026, 11, 20), date(2026, 11, 25)
SELLER = {
    "store": "Birchlane Lamps",
    "legal_name": "Birchlane Lighting LLC",
    "signatory": "Marta Lindqvist",
    "merchant_token": "A3KD81LQZ7W2MN",
}
ROOT = (
    "31 of 486 orders between 18 October and 16 November 2026 were confirmed late, because the handling time of 12 lamps "
    "was set to 1 day although assembly takes 3 working days."
)
FACTS = {
    "seller": SELLER,
    "root_causes": [ROOT],
    "corrective_actions": [
        {"text": "We shipped all 19 open orders.", "date": "2026-11-20", "count": 19, "status": "done"},
        {
            "text": "The rota of the packing table will be changed for Saturdays.",
            "date": "2026-11-28",
            "status": "planned",
        },
    ],
    "preventive_measures": [
        {
            "text": "The warehouse lead checks the unshipped orders.",
            "owner": "warehouse lead",
            "frequency": "every day at 08:00",
            "since": "2026-11-20",
            "status": "done",
        }
    ],
}
COPIED = (
    "The 1-day setting was copied from our stock lamps in March 2026, and no step compared it with the assembly time."
)
NEW_FACTS = {
    "root_causes": [
        COPIED,
        "7 buyer messages stayed unanswered because nobody read the inbox from 6 to 9 November 2026.",
    ],
    "corrective_actions": [
        {"text": "We answered the 7 buyer messages.", "date": "2026-11-23", "count": 7, "status": "done"}
    ],
    "preventive_measures": [
        {
            "text": "The office manager reads the buyer messages.",
            "owner": "office manager",
            "frequency": "every day at 09:00",
            "since": "2026-11-24",
            "limit": "each is answered within 24 hours",
            "tool": "Buyer-Seller Messages",
            "status": "done",
        }
    ],
    "evidence": [
        {"file": "orders_30_days.csv", "document": "order report of the 30 days to 16 November 2026", "proves": "the 31 late orders"}
    ],
}  # fmt: skip


def mail(
    subject: str,
    body: str,
    *,
    on: str = "Tue, 24 Nov 2026 18:11:02 +0000",
    sender: str = "no-replies-appeals@amazon.com",
) -> bytes:
    """A mail from Amazon as raw bytes."""
    host = sender.rpartition("@")[2]
    return (
        f"Authentication-Results: mx.mailhost.example; spf=pass smtp.mailfrom=bounces.{host};\n"
        f" dkim=pass header.d={host}; dmarc=pass header.from={host}\nDate: {on}\n"
        f"From: Amazon Seller Performance <{sender}>\nTo: orders@birchlanelamps.example\nSubject: {subject}\n"
        f'Content-Type: text/plain; charset="utf-8"\nMIME-Version: 1.0\n\n{body}'
    ).encode()


INCOMPLETE = mail(
    "More information needed for your appeal",
    """Hello Birchlane Lamps,

We received your appeal for your Amazon.com account, which is still deactivated. Your plan is incomplete.

Why is this happening?

Your late shipment rate is 6.38%, and the target is under 4%.

What information is missing?

-- Greater detail on the root cause of the late shipments and the unanswered buyer messages
-- Greater detail on the steps you have taken to prevent late shipments from now on
-- The order reports of the last 30 days

How do I send the required information?

Select View appeal on the Account Health page. Your case ID is 15538820991.

Seller Performance Team
Amazon.com
""",
)
MORE = mail(
    "More information needed for your appeal",
    """Hello Birchlane Lamps,

Thank you for your appeal. Your Amazon.com account is still deactivated. We need more information before we can decide.

What information is missing?

-- The steps you have taken to prevent late shipments
-- Invoices from your supplier issued in the last 365 days

Please send it through View appeal on the Account Health page within 7 days.

Seller Performance Team
Amazon.com
""",
)
DENIED = mail(
    "Your appeal: we cannot reactivate your account",
    """Hello Birchlane Lamps,

Thank you for your appeal. We have reviewed it and cannot accept it. Your Amazon.com account remains deactivated.

You may send a new plan through View appeal on the Account Health page.

Seller Performance Team
Amazon.com
""",
)
FINAL = mail(
    "Final decision on your appeal",
    """Hello Birchlane Lamps,

We have reviewed your appeal again. We cannot reactivate your account, and you may no longer sell on Amazon.com.
This decision is final. We may not respond to further emails about this.

Seller Performance Team
Amazon.com
""",
)
REINSTATED = mail(
    "Your Amazon seller account has been reactivated",
    """Hello Birchlane Lamps,

Your Amazon.com account has been reactivated after the review of your appeal. You may sell on our site again.

Seller Performance Team
Amazon.com
""",
)
RECEIPT = mail(
    "We received your appeal",
    """Hello Birchlane Lamps,

We have received your appeal. We will review it and get back to you within two days.

Seller Performance Team
Amazon.com
""",
)
NEWSLETTER = mail(
    "Holiday selling tips",
    """Hello,

The holiday season is near. Join our webinar on advertising on 30 November and learn how to prepare your ads.

Amazon.com
""",
)
OTHER_STORE = mail(
    "Your appeal: we cannot reactivate your account",
    """Hello Birchlane Lamps,

Thank you for your appeal. We cannot accept it. Your Amazon.co.uk account remains deactivated.

Seller Performance Team
Amazon.co.uk
""",
    sender="seller-performance@amazon.co.uk",
)
GERMAN = mail(
    "Weitere Informationen zu Ihrem Widerspruch",
    """Guten Tag,

vielen Dank für Ihren Maßnahmenplan. Ihre Angaben reichen jedoch nicht aus, um Ihr Verkäuferkonto zu reaktivieren.

Welche Informationen fehlen?

-- Die Ursache der späten Lieferungen
-- Die Schritte, mit denen Sie späte Lieferungen künftig verhindern

Bitte senden Sie uns diese Angaben innerhalb von 7 Tagen auf der Seite Account-Zustand.

Seller Performance Team
Amazon.com
""",
)
OLDER = DENIED.replace(b"Tue, 24 Nov 2026", b"Tue, 10 Nov 2026")


def notice() -> Notice:
    """The notice of the late shipments, 19 November 2026, of amazon.com."""
    return read.read_path(CASES / "late_shipment_handling_time" / "notice.eml")


def tools() -> Tools:
    return Tools(load_patterns(causes={"late_shipment"}))


def drafted(facts: object = FACTS, today: date = FIRST) -> Case:
    """The case with its first letter, ready to send."""
    return asyncio.run(draft_case(open_case(notice(), today, tools(), facts_of(facts)), tools()))
