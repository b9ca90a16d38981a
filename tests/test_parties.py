from __future__ import annotations

from datetime import date

import pytest

from amends.evaluate.matter import Matter, content
from amends.evaluate.rubric import rubric
from amends.evaluate.rules import CHECKS
from amends.evaluate.view import Fault, View
from amends.schemas import Case, Enforcement, Letter, Notice, Section, Sentence

STORY = (
    "Our packing rule named no limit for the height of a drop.",
    "22 of 410 lamps broke between 4 October and 2 November 2026.",
    "The carton for lamps had one wall, and no lamp was tested in it.",
)


def view(*said: str) -> View:
    sentences = tuple(Sentence(text=t) for t in (*STORY, *said))
    section = Section(key="root_cause", title="Root cause", bullets=False, sentences=sentences)
    letter = Letter(kind="plan_of_action", subject="Broken lamps", addressee="", sections=(section,))
    case = Case(today=date(2026, 11, 10), notice=Notice(text=""), enforcement=Enforcement(cause="order_defect_rate"))
    return View(letter, case)


def told(item: str, *said: str) -> list[Fault]:
    return list(CHECKS[item](view(*said), rubric().item(item)).faults)


@pytest.mark.parametrize(
    "said",
    [
        "The drivers throw our boxes around.",
        "Your reviewers closed their eyes to this.",
        "On 3 November 2026 the wholesaler cheated us with 40 cells.",
        "It was one of the customers who dropped the lamp.",
        "You moved the goalposts overnight.",
    ],
)
def test_what_no_plain_report_says_of_others_is_shown(said: str) -> None:
    (fault,) = told("no_party_in_the_dock", said)
    assert fault.line is not None
    assert fault.line.text == said


@pytest.mark.parametrize(
    "said",
    [
        "The carrier collects at 16:30 from Monday to Friday.",
        "9 buyers received a lamp with a crack.",
        "The supplier confirmed the new carton on 3 November 2026.",
        "We asked the carrier for a second scan.",
        "Our carrier asks 31.50 USD for this parcel.",
        "Customer number 70418 is on the invoice.",
    ],
)
def test_plain_reports_on_others_pass(said: str) -> None:
    assert told("no_party_in_the_dock", said) == []


@pytest.mark.parametrize(
    "said", ["Transparency grows wherever partners breathe together.", "Feeding birds brings nature close to families."]
)
def test_a_sentence_apart_from_its_letter_is_shown(said: str) -> None:
    (fault,) = told("every_sentence_checkable", said)
    assert fault.line is not None
    assert fault.line.text == said


@pytest.mark.parametrize(
    "said",
    [
        "The wall of the carton is thicker now.",
        "Since 6 November 2026 the lead reads the log.",
        "What still broke",
        "The clerk enters the batch in the sheet.",
    ],
)
def test_figures_roles_tools_headings_and_the_letters_own_matter_pass(said: str) -> None:
    assert told("every_sentence_checkable", said) == []


def test_content_words_are_stems_without_the_words_of_the_trade() -> None:
    assert content("the lamps of our customers were packed") == {"lamps", "packed"}


def test_matter_is_asked_of_talk_only() -> None:
    seen = view("Please send us your answer soon.", '"Nothing of this kind" stands there.')
    assert not any(Matter(seen).stands_apart(line) for line in seen.lines)
