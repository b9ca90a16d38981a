"""Deadlines, money, ways of answering, metrics, ids and parties: read by what governs them, in wordings of many kinds."""

from __future__ import annotations

from datetime import datetime

import pytest

from amends.extract.deadline import deadline
from amends.extract.layout import Layout, lay_out
from amends.extract.requests import asking
from amends.extract.rules import Reading
from amends.extract.values import values
from amends.extract.ways import channel, funds
from amends.schemas import Metric, Notice
from own_times_and_ways import IDS, LIMITS, METRICS, MONEY, NO_LIMITS, WAYS

OPENINGS = {
    "en": "Hello,\nyour listing was removed.\n",
    "de": "Guten Tag,\nIhr Angebot wurde entfernt.\n",
    "fr": "Bonjour,\nvotre offre a été retirée.\n",
    "it": "Gentile venditore,\nla sua offerta è stata rimossa.\n",
    "es": "Estimado vendedor:\nsu oferta fue retirada.\n",
    "zh": "您好：\n您的商品已被移除。\n",
    "ja": "出品者様\n商品を取り下げました。\n",
    "nl": "Beste verkoper,\nuw aanbieding is verwijderd.\n",
    "pl": "Witamy,\noferta została usunięta.\n",
}


def notice_of(language: str, sentence: str) -> Notice:
    return Notice(
        text=OPENINGS[language] + sentence,
        language=language,
        received=datetime(2026, 3, 20, 12, 0),
        marketplace="amazon.co.uk",
    )


def laid_out(language: str, sentence: str) -> Layout:
    return lay_out(Reading(OPENINGS[language] + sentence, language))


@pytest.mark.parametrize(("language", "limit", "sentence"), LIMITS)
def test_a_time_that_binds_the_seller_is_the_deadline(language: str, limit: float | str, sentence: str) -> None:
    found = deadline(laid_out(language, sentence), notice_of(language, sentence))
    assert found is not None
    assert limit == (str(found.due) if isinstance(limit, str) else found.days)


@pytest.mark.parametrize(("language", "sentence"), NO_LIMITS)
def test_windows_waits_usual_lengths_and_the_past_are_no_deadlines(language: str, sentence: str) -> None:
    assert deadline(laid_out(language, sentence), notice_of(language, sentence)) is None


@pytest.mark.parametrize(("language", "said", "sentence"), MONEY)
def test_what_is_said_of_the_money(language: str, said: str, sentence: str) -> None:
    assert funds(laid_out(language, sentence), "deactivated") == said


@pytest.mark.parametrize(("language", "way", "sentence"), WAYS)
def test_the_way_of_the_answer_is_a_means_bound_to_a_verb(language: str, way: str, sentence: str) -> None:
    layout = laid_out(language, sentence)
    assert channel(layout, "deactivated", "plan_of_action", asking(layout)) == way


@pytest.mark.parametrize(("language", "name", "value", "target", "sentence"), METRICS)
def test_own_value_and_target_of_a_metric(
    language: str, name: str, value: float | None, target: float | None, sentence: str
) -> None:
    facts = values(laid_out(language, sentence), notice_of(language, sentence))
    assert [fact.value for fact in facts if fact.kind == "metric"] == [Metric(name=name, value=value, target=target)]


@pytest.mark.parametrize(("language", "expected", "sentence"), IDS)
def test_ids_after_any_noun_of_their_kind_and_the_party(
    language: str, expected: tuple[str, ...], sentence: str
) -> None:
    facts = values(laid_out(language, sentence), notice_of(language, sentence))
    kinds = ("complaint_id", "case_id", "statement", "party")
    assert sorted(f"{fact.kind}:{fact.value}" for fact in facts if fact.kind in kinds) == list(expected)


TABLE = """ASIN | Title | Complaint ID | Owner | Reg. no.
B0CW2F8KQ1 | Hose reel | 15620018834 | Verdanta Inc. | 5988120
B0CW2F9MTX | Tap | 15620018835 | Brackett & Sons | 6127743
"""


def test_a_column_names_the_ids_the_owner_and_the_right_of_its_cells() -> None:
    sentence = f"Complaint type: Trademark\n\n{TABLE}"
    facts = values(laid_out("en", sentence), notice_of("en", sentence))
    assert [fact.value for fact in facts if fact.kind == "complaint_id"] == ["15620018834", "15620018835"]
    assert [fact.value for fact in facts if fact.kind == "party"] == ["Verdanta Inc.", "Brackett & Sons"]
    assert {(fact.value, fact.unit) for fact in facts if fact.kind == "statement"} == {
        ("5988120", "trademark_number"),
        ("6127743", "trademark_number"),
    }


def test_a_column_of_targets_gives_each_row_its_target() -> None:
    sentence = "Measure | Period | Yours | Wanted\nCancellation rate | 7 days | 4.4% | < 2.5%\nLate shipment rate | 30 days | 5.2% | < 4%"
    facts = values(laid_out("en", sentence), notice_of("en", sentence))
    assert [fact.value for fact in facts if fact.kind == "metric"] == [
        Metric(name="cancellation_rate", value=4.4, target=2.5),
        Metric(name="late_shipment_rate", value=5.2, target=4),
    ]
