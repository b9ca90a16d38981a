"""Which causes explain others away: forged papers are asked about in the words of inauthentic goods."""

from __future__ import annotations

from amends.vocabulary import Cause

#: A cause that explains away a weaker one: what is said of the second belongs to the first.
COVERS: dict[Cause, tuple[Cause, ...]] = {
    "forged_documents": ("inauthentic", "counterfeit", "verification", "product_safety_compliance", "fraud_deceptive"),
    "inauthentic": ("counterfeit", "verification", "trademark"),
    "counterfeit": ("trademark", "inauthentic"),
    "copyright": ("trademark",),
    "patent": ("trademark",),
    "verification": ("payment_tax", "inauthentic", "fraud_deceptive"),
    "related_accounts": ("restricted_products", "code_of_conduct", "verification", "fraud_deceptive"),
    "review_manipulation": ("code_of_conduct", "order_defect_rate"),
    "drop_shipping": ("code_of_conduct", "late_shipment", "on_time_delivery", "valid_tracking"),
    "expired": ("product_safety_compliance", "not_as_described_defective"),
    "used_sold_as_new": ("not_as_described_defective",),
    "restricted_products": ("product_safety_compliance",),
    "product_safety_compliance": ("restricted_products", "not_as_described_defective"),
    "pricing": ("listing_policy",),
    "trademark": ("inauthentic", "listing_policy", "code_of_conduct"),
    "late_shipment": ("on_time_delivery",),
    "on_time_delivery": ("late_shipment",),
    "order_defect_rate": ("not_as_described_defective", "on_time_delivery", "inauthentic"),
    "valid_tracking": ("order_defect_rate",),
    "listing_policy": ("code_of_conduct",),
    "code_of_conduct": ("review_manipulation",),
    "fraud_deceptive": ("verification", "payment_tax", "valid_tracking", "forged_documents"),
    "payment_tax": ("verification", "expired"),
    "not_as_described_defective": ("used_sold_as_new", "inauthentic"),
}
