from __future__ import annotations

import pytest

from amends.evaluate.headings import is_heading, is_label, title_part
from amends.evaluate.parting import is_standing, parts_of
from amends.schemas import Letter, Section, Sentence
from amends.vocabulary import SectionKey


def letter(*sections: tuple[SectionKey, str, tuple[str, ...]]) -> Letter:
    return Letter(
        kind="plan_of_action",
        subject="Appeal",
        addressee="Seller Performance",
        sections=tuple(
            Section(key=key, title=title, bullets=False, sentences=tuple(Sentence(text=t) for t in said))
            for key, title, said in sections
        ),
    )


DEED = "On 3 November 2026 we closed 14 offers."
RULE = "Since 6 November 2026 the warehouse lead counts 40 shelves each Monday."
LACK = "Our packing rule named no limit for the height of a drop, and nobody tested it."
REQUEST = "We ask you to reinstate the ASIN."


def test_parts_that_headings_name_are_taken_from_them() -> None:
    told = parts_of(
        letter(
            ("root_cause", "Root cause", (LACK,)),
            ("corrective_actions", "Done", (DEED,)),
            ("preventive_measures", "Prevention", (RULE,)),
            ("closing", "", (REQUEST,)),
        )
    )
    assert told.parts == ("root", "done", "measure", "request")
    assert told.titled == {"root", "done", "measure"}


def test_a_heading_within_the_text_begins_a_part_and_belongs_to_none() -> None:
    told = parts_of(letter(("corrective_actions", "Done", (DEED, "What we operate now.", RULE))))
    assert told.parts == ("done", "other", "measure")


@pytest.mark.parametrize("title", ["Safeguards", "What applies now", "What is checked from here on", "IV. Controls"])
def test_prevention_is_known_by_many_names(title: str) -> None:
    assert title_part(title) == "measure"


def test_labels_at_the_head_of_a_sentence_tell_its_part() -> None:
    told = parts_of(
        letter(
            ("statement", "", ("CAUSE 1 - wrong date typed.", f"Action 1: {DEED}", f"Control 1: {RULE}")),
        )
    )
    assert told.parts == ("root", "done", "measure")


def test_without_headings_the_build_of_a_sentence_tells_what_is_missing() -> None:
    told = parts_of(
        letter(("opening", "", (LACK,)), ("corrective_actions", "", (DEED, RULE)), ("closing", "", (REQUEST,)))
    )
    assert told.parts == ("root", "done", "measure", "request")
    assert not told.titled & {"root", "measure"}


def test_what_a_heading_calls_its_part_is_not_taken_for_another() -> None:
    told = parts_of(letter(("root_cause", "Root cause", (LACK, DEED)), ("preventive_measures", "Prevention", (RULE,))))
    assert "done" not in told.parts


def test_results_and_questions_belong_to_no_part() -> None:
    told = parts_of(
        letter(
            (
                "preventive_measures",
                "In force",
                ("Since 6 November 2026: 71 parcels sent, 69 on time.", "What prevents it?"),
            )
        )
    )
    assert told.parts == ("other", "other")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("What we completed.", True),
        ("Why buyers doubted the goods", True),
        ("On 3 November 2026 we closed 14 offers.", False),
        ("They are not offered on Amazon.", False),
    ],
)
def test_a_heading_is_short_and_no_report(text: str, is_one: bool) -> None:
    assert is_heading(text) is is_one


def test_a_label_names_the_part_and_a_plain_word_does_not() -> None:
    assert is_label("Control 2: since 9 November the lead reads the list.")
    assert not is_label("Heavy goods: since 9 November the lead reads the list.")


@pytest.mark.parametrize(
    "text",
    ["since 6 november 2026 the lead reads it", "he opens ten parcels each friday", "seit dem 6. november liest sie"],
)
def test_a_standing_rule_holds_since_a_day_or_again_and_again(text: str) -> None:
    assert is_standing(text)


def test_a_deed_of_one_day_is_no_standing_rule() -> None:
    assert not is_standing("on 6 november 2026 we read each of the 14 pages")


# --- forms: letters and numbers over a part, questions, forms with keys ---------------------------------------------

GERMAN_RULE = "Seit dem 6. November zählt die Lagerleiterin jeden Montag 40 Fächer."


@pytest.mark.parametrize(
    ("heading", "text", "part"),
    [
        ("B. Completed", DEED, "done"),
        ("IV. Rules that apply now", RULE, "measure"),
        ("3 Running", "3.1 " + RULE, "measure"),
        ("Q4: What keeps such units out of the stock?", "A4: " + RULE, "measure"),
        ("Q2: Why did buyers receive used units?", "A2: " + LACK, "root"),
        ("C. Dauerhaft in Kraft", GERMAN_RULE, "measure"),
        ("制度", "11月6日起，仓管员每周一清点40个货位。", "measure"),
        ("Control 1", "Who: warehouse lead", "measure"),
    ],
)
def test_a_heading_inside_the_text_tells_the_part_below_it(heading: str, text: str, part: str) -> None:
    told = parts_of(letter(("root_cause", "Root cause", (LACK, heading, text)), ("closing", "", (REQUEST,))))
    assert told.parts[1:3] == ("other", part)


def test_a_lettered_heading_of_unknown_words_ends_the_part_before_it() -> None:
    told = parts_of(letter(("root_cause", "Root cause", (LACK, "C. Odds and ends", "Two boxes stand there."))))
    assert told.parts == ("root", "other", "other")


def test_standing_rules_under_another_heading_are_measures_where_no_heading_names_these() -> None:
    told = parts_of(letter(("root_cause", "Root cause", (LACK,)), ("corrective_actions", "What we did", (DEED, RULE))))
    assert told.parts == ("root", "done", "measure")


def test_a_dated_deed_in_the_story_of_the_cause_is_no_corrective_action() -> None:
    story = "On 13 October we added a template for freight."
    lacked = "No one compared the charges before and after."
    told = parts_of(letter(("corrective_actions", "", (story, lacked, DEED)), ("preventive_measures", "", (RULE,))))
    assert told.parts == ("root", "root", "done", "measure")
