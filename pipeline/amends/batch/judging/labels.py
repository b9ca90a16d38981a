"""What a seeded fault says of the rubric: the items to which it is the answer no."""

from __future__ import annotations

from collections.abc import Mapping

Labels = Mapping[str, tuple[str, ...]]

#: Fault -> the items decided by code to which it is the answer no; any one of them suffices.
ITEMS_OF: Labels = {
    "blame_buyer": ("no_blame_buyers", "no_party_in_the_dock"),
    "blame_amazon": ("no_blame_amazon", "no_party_in_the_dock"),
    **dict.fromkeys(
        ("blame_carrier", "blame_supplier", "blame_staff", "blame_competitor"),
        ("no_blame_others", "no_party_in_the_dock"),
    ),
    "emotion": ("no_emotion",),
    "threat": ("no_threats",),
    "denial": ("no_denial",),
    "self_praise": ("no_denial", "no_off_topic"),
    "risky_admission": ("no_risky_admissions",),
    "off_topic": ("no_off_topic",),
    "cliche": ("no_cliches", "no_vague_actions"),
    "vague": ("no_vague_actions", "no_cliches"),
    "promise_without_process": ("no_vague_actions", "no_open_promises", "measure_slots"),
    "placeholder": ("no_placeholders",),
    "contradictory_number": ("numbers_consistent",),
    "symptom_as_cause": ("root_not_symptom", "root_names_process"),
    "missing_owner": ("measure_slots",),
    "missing_rhythm": ("measure_slots",),
    "missing_start": ("measure_slots",),
    "missing_date": ("corrective_dated_counted",),
    "missing_asin": ("every_asin_covered",),
    "over_long": ("sentence_length",),
    "personal_data": ("no_buyer_data",),
}

#: Fault -> the item that the judge decides to which it is the answer no.
JUDGE_ITEMS_OF: Labels = {
    **dict.fromkeys(
        (
            "blame_buyer",
            "blame_amazon",
            "blame_carrier",
            "blame_supplier",
            "blame_staff",
            "blame_competitor",
            "denial",
        ),
        ("owns_without_defence",),
    ),
    "symptom_as_cause": ("root_is_deepest",),
    "measure_off_root": ("measure_stops_root",),
    "template_letter": ("only_this_case",),
    "hard_to_read": ("reads_plainly",),
}
