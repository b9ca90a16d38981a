from __future__ import annotations

from datetime import date

import pytest

from amends.evaluate.books import Books
from amends.evaluate.counts import Count, counts_of, singular
from amends.evaluate.view import View
from amends.schemas import Case, Enforcement, Letter, Notice, Section, Sentence


def view(*said: str, attached: tuple[str, ...] = (), subject: str = "Appeal") -> View:
    sections = [
        Section(key="root_cause", title="Root cause", bullets=False, sentences=tuple(Sentence(text=t) for t in said))
    ]
    if attached:
        papers = tuple(Sentence(text=t) for t in attached)
        sections.append(Section(key="enclosures", title="Enclosures", bullets=True, sentences=papers))
    letter = Letter(kind="plan_of_action", subject=subject, addressee="", sections=tuple(sections))
    return View(
        letter, Case(today=date(2026, 11, 10), notice=Notice(text=""), enforcement=Enforcement(cause="late_shipment"))
    )


def only(text: str) -> Count:
    (count,) = counts_of(view(text))
    return count


def test_a_count_has_its_noun_its_kind_and_its_place() -> None:
    count = only("We opened 94 returned units in the warehouse.")
    assert (count.value, count.noun, set(count.kind), count.words) == (94, "unit", {"returned"}, "94 returned units")


def test_a_part_knows_its_whole() -> None:
    count = only("7 of the 9 orders came back.")
    assert (count.value, count.whole, count.noun) == (7, 9, "order")


@pytest.mark.parametrize(
    "text", ["The 31 late orders left on Friday.", "These 17 units are new.", "All 9 orders were refunded."]
)
def test_a_count_may_point_back(text: str) -> None:
    assert only(text).definite


def test_all_with_a_kind_of_its_own_brings_a_new_count() -> None:
    assert not only("All 402 shelf positions were counted.").definite


def test_a_rest_is_marked() -> None:
    assert only("The other 3 orders were parcels.").rest


@pytest.mark.parametrize(
    "text",
    [
        "On 3 November 2026 we acted.",
        "The photo is annex 3.",
        "We paid 12.50 EUR.",
        "It has 2 m of cable.",
        "At 9:00 the list is read.",
        "The rate was 4 %.",
        "ASIN B0D4KJ71TQ was closed.",
        "See order 123-1234567-1234567.",
    ],
)
def test_dates_papers_money_measures_and_ids_are_no_counts(text: str) -> None:
    assert counts_of(view(text)) == ()


def test_words_for_numbers_count_too() -> None:
    assert only("We opened three cartons.").value == 3


def test_chinese_counts_have_their_classifier() -> None:
    count = only("销毁上述61件。")
    assert (count.value, count.noun, count.definite) == (61, "件", True)


def test_a_list_of_papers_marks_its_counts() -> None:
    (count,) = counts_of(view("Nothing here.", attached=("list of the 36 orders",)))
    assert count.listed


def test_plurals_lose_their_ending() -> None:
    assert [singular(n) for n in ("orders", "batches", "families", "boxes")] == ["order", "batch", "family", "box"]


def test_books_know_what_a_number_is_made_of() -> None:
    books = Books(view("We shipped 22 orders and 3 parcels.", "5 orders came late."))
    orders = [c for c in books.counts if c.noun == "order"]
    assert books.made_of(27, orders)
    assert books.made_of(17, orders)
    assert not books.made_of(26, orders)


def test_a_number_of_the_subject_stands_elsewhere_too() -> None:
    books = Books(view("The 25 orders left late.", subject="25 of 410 orders late"))
    assert books.elsewhere(books.counts[0])
