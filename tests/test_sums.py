from __future__ import annotations

from datetime import date

import pytest

from amends.evaluate.rubric import rubric
from amends.evaluate.rules import CHECKS
from amends.evaluate.view import Fault, View
from amends.schemas import Case, CauseFound, Enforcement, Letter, Notice, Section, Sentence
from amends.vocabulary import SectionKey

TODAY = date(2026, 11, 20)


def told(
    *said: str, attached: tuple[str, ...] = (), key: SectionKey = "root_cause", facts: bool = False
) -> list[Fault]:
    """The faults of figures in a letter with these sentences; `facts`: as if each rested on a fact of the seller's."""
    cited = tuple(Sentence(text=t, role="why", fact_ids=("F1",)) if facts else Sentence(text=t) for t in said)
    sections = [Section(key=key, title=key.replace("_", " "), bullets=False, sentences=cited)]
    if attached:
        papers = tuple(Sentence(text=t) for t in attached)
        sections.append(Section(key="enclosures", title="Enclosures", bullets=True, sentences=papers))
    letter = Letter(kind="plan_of_action", subject="Appeal", addressee="", sections=tuple(sections))
    cause = CauseFound(cause="late_shipment", score=1, asins=("B0D4KJ71TQ",))
    case = Case(today=TODAY, notice=Notice(text=""), enforcement=Enforcement(cause="late_shipment", causes=(cause,)))
    item = rubric().item("numbers_consistent")
    return list(CHECKS["numbers_consistent"](View(letter, case), item).faults)


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (("24 of 410 orders left late.", "The 31 orders were refunded."), "nowhere else"),
        (("7 of the 9 orders were broken; the other 3 orders came late.",), "no total"),
        (("12 cancellations: mats (7 orders) and balls (6 orders).",), "7 + 6 is 13, not 12"),
        (("47 of these parcels named the wholesaler; 17 named us.", "58 parcels came back."), "add up to 64"),
        (("211 parcels count as valid and 31 do not.", "240 parcels were sent."), "add up to 242"),
        (("70 units were opened.", "9 had a broken seal; 71 were sealed."), "more than the 70"),
        (("We bought 450 units, sold 296 units, 54 units in stock.",), "is 154, not 54"),
        (("We sent 2,417 messages.", "A list names 2,147 messages."), "Elsewhere it is 2417"),
        (("28 parcels came late.", "In 32 cases the label was missing.", "In 5 cases the scan was."), "make 37"),
        (("12 of 9 orders were late.",), "cannot be a part"),
        (("The rate was 8.0 %: 42 of 300 orders.",), "14.00 %, not 8 %"),
        (("It has 9 lines: users, cards, bank and tax.",), "4 are listed, not 9"),
        (("We sold them from 3 May 2026 to 2 April 2026.",), "lies before"),
        (
            ("Invoice K-4471 of 2 March 2026 covers it.", "Invoice K-4471 of 3 March 2026 is attached."),
            "dated 2 March 2026",
        ),
        (("ASIN B0D4KJ71TQ was closed.", "ASIN B0D4KJ71TO was opened."), "is nearly B0D4KJ71TQ"),
        (("The bill of 20 October 2026 is 41 days old, that of 9 November 2026 not.",), "41 days back"),
        (("On 5 May 2026 it was seen, six months after 20 March 2026 and 3 April 2026.",), ""),
    ],
)
def test_figures_that_do_not_agree_are_told(said: tuple[str, ...], says: str) -> None:
    messages = [f.message for f in told(*said)]
    assert any(says in m for m in messages) if says else not messages, messages


@pytest.mark.parametrize(
    "said",
    [
        ("22 of 27 orders were lamps and 5 were mats.", "The 27 orders were refunded."),
        ("7 of the 9 orders were broken; the other 2 orders came late.",),
        (
            "23 repaired units came back.",
            "11 were on the shelf, 6 were reported.",
            "The remaining 6 of the 23 units were found.",
        ),
        ("12 cancellations: mats (7 orders) and balls (5 orders).",),
        ("We bought 350 units, sold 296 units, 54 units in stock.",),
        ("Invoices of March and May cover 240 units and 300 units.", "588 units were sold, minus none."),
        ("On 3 November 94 units were compared; 11 were repaired units.",),
        ("All 402 shelf positions were counted; 40 positions had a gap.",),
        ("The rate was 8.0 %: 24 of 300 orders.",),
        ("40 pairs of each of the four sizes were measured.", "The sheet of the 160 pairs is attached."),
        ("It has 4 lines: users, cards, bank and tax.",),
        ("We sold them from 3 May to 2 November 2026.",),
    ],
)
def test_figures_that_agree_are_left_alone(said: tuple[str, ...]) -> None:
    assert [f.message for f in told(*said)] == []


def test_a_list_of_papers_counts_as_the_letter_does() -> None:
    (fault,) = told("37 orders had a card.", attached=("list with 73 orders",))
    assert fault.severity == "advice"
    assert "nowhere in the letter" in fault.message
    assert not told("37 orders had a card.", attached=("list with 37 orders",))


def test_the_same_thing_with_two_numbers_blocks_even_where_facts_give_both() -> None:
    said = ("26 of 500 orders were confirmed late.", "We wrote to the buyers of the 31 late orders of these 30 days.")
    assert [f.severity for f in told(*said, facts=True)] == ["blocking"]


def test_other_sums_over_cited_figures_are_a_hint() -> None:
    (fault,) = told("26 of 500 orders were late.", "The 31 orders were refunded.", facts=True)
    assert fault.severity == "advice"


def test_a_rule_in_force_since_a_day_to_come_is_told() -> None:
    (fault,) = told("Since 3 December 2026 the lead reads the list each Monday.", key="preventive_measures")
    assert "lies after today" in fault.message


def test_an_action_dated_weeks_before_the_notice_is_told() -> None:
    said = ("Notice of 9 November 2026 on late orders.", "10 October 2026: 14 offers closed.")
    assert any("before the notice" in f.message for f in told(*said, key="corrective_actions"))
    near = ("Notice of 9 November 2026 on late orders.", "10 November 2026: 14 offers closed.")
    assert told(*near, key="corrective_actions") == []


# --- tables, brackets, prices, rests, periods -----------------------------------------------------------------------

TABLE = "ASIN Invoice Bought Sold Left B0D4KJ71TQ HN-20 480 401 79 B0F2ZW5QRN HN-20 240 187 {left} Total 720 588 132"


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ((TABLE.format(left=63),), "the table says 132"),
        (("On 3 November 96 units were taken out of stock (61 tins, 53 jars).",), "61 + 53 is 114, not 96"),
        (("5 buyers were refunded the difference of 42.97 USD each (239.85 USD).",), "not 239.85"),
        (("We paid 46 refunds of 21.90 USD, 1,070.40 USD in total.",), "is 1007.40"),
        (("The jug had 6 complaints and the filter 4 complaints.", "That is 9 of 740 orders."), "6 + 4 is 10, not 9"),
        (("The list of 74 words gave 6 hits, of which 4 were deleted and 3 corrected.",), "4 + 3 is 7, not 6"),
        (("5 titles were too long and 2 fields were empty.", "These 6 were corrected."), "these 6"),
        (("We checked the 46 orders.", "File 1 lists the 46 orders.", "38 of the 64 orders led to a review."), "46 order"),
        (("The fair took place from 24 to 22 October.",), "22 lies before 24"),
        (("On Friday, 20 October 2026 the count was done.",), "is a Tuesday"),
        (("The price stood from 27 to 29 November (5 days).",), "27 to 29 are 3 days"),
        (("The late shipment rate is 7.5 %.", "It covers 51 of 200 orders."), "51 of 200 is 25.50 %"),
        (("Twelve of the 15 orders were tags.", "Drying takes two days.", "It was not timed.", "The other four orders came late."), "no total"),
    ],
)  # fmt: skip
def test_sums_in_other_forms_that_do_not_agree_are_told(said: tuple[str, ...], says: str) -> None:
    assert any(says in fault.message for fault in told(*said)), [fault.message for fault in told(*said)]


@pytest.mark.parametrize(
    "said",
    [
        (TABLE.format(left=53),),
        ("On 3 November 96 units were taken out of stock (61 tins, 35 jars).",),
        ("The notice names 12 orders (3 claims, 2 ratings).",),
        ("5 buyers were refunded the difference of 47.97 USD each (239.85 USD).",),
        ("The jug had 6 complaints and the filter 3 complaints.", "That is 9 of 740 orders."),
        ("The list of 74 words gave 6 hits, of which 4 were deleted and 2 corrected.",),
        ("5 titles were too long and 1 field was empty.", "These 6 were corrected."),
        ("On Tuesday, 20 October 2026 the count was done.",),
        ("The price stood from 27 to 29 November (3 days).",),
        ("The late shipment rate is 7.5 %.", "It covers 15 of 200 orders."),
        ("11 of 688 orders had a defect.", "8 orders had a weak hinge.", "The other 3 orders went astray."),
    ],
)
def test_sums_in_other_forms_that_agree_are_left_alone(said: tuple[str, ...]) -> None:
    assert [fault.message for fault in told(*said)] == []
