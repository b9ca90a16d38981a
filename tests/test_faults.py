"""Seeded faults: changes are made exactly, new findings are told from old ones, and agreement is counted rightly."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from amends.batch.faults import Seeded, case_of, changed, findings, outcome, seeded_faults, sound_letters, table
from amends.batch.judging import as_text
from amends.batch.judging.agreement import Answered, agreements
from amends.batch.judging.report import JudgeReport
from amends.check.config import Rules
from amends.errors import InputError
from amends.schemas import ItemResult

LETTERS = Path(__file__).parents[1] / "eval" / "letters"
RULES = Rules()
LABEL = {
    "kind": "plan_of_action",
    "causes": ["late_shipment"],
    "asins": ["B0C7QX41LM"],
    "requested": ["root_cause"],
    "language": "en",
    "today": "2026-11-25",
}


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"append": "Three."}, "One. Two.\nThree."),
        ({"delete": "Two."}, "One. "),
        ({"replace": "Two", "by": "2"}, "One. 2."),
        ({"insert_after": "One.", "text": " And."}, "One. And. Two."),
    ],
)
def test_a_change_touches_only_its_words(change: dict[str, str], text: str) -> None:
    assert changed("One. Two.", change) == text


@pytest.mark.parametrize("words", ["Four", "o"])
def test_a_change_whose_words_stand_never_or_twice_is_refused(words: str) -> None:
    with pytest.raises(InputError, match="times in the letter"):
        changed("One. Two, so.", {"delete": words})


def test_the_case_of_a_label_knows_what_is_asked_and_no_fact() -> None:
    case = case_of(LABEL)
    assert (case.today, case.enforcement.requested, case.facts) == (date(2026, 11, 25), ("root_cause",), ())
    assert case.enforcement.causes[0].asins == ("B0C7QX41LM",)


def test_a_fault_is_caught_only_by_what_the_sound_letter_does_not_have() -> None:
    letter = sound_letters(LETTERS / "sound")[0]
    before = findings(letter.text, letter.case, RULES)
    seeded = Seeded("x", letter.name, "threat", {"append": "We will sue you."}, "We will sue you.")
    after = findings(changed(letter.text, seeded.change), letter.case, RULES)
    assert outcome(seeded, before, after, RULES.kinds).caught
    assert not outcome(seeded, after, after, RULES.kinds).caught
    rows = table([outcome(seeded, before, after, RULES.kinds), outcome(seeded, after, after, RULES.kinds)])
    assert [(r.kind, r.total, r.caught) for r in rows] == [("threat", 2, 1), ("all", 2, 1)]


def test_no_sound_letter_has_a_blocking_finding_and_they_have_at_most_one_each_on_average() -> None:
    letters = sound_letters(LETTERS / "sound")
    found = [f for letter in letters for f in findings(letter.text, letter.case, RULES)]
    assert [f.rule for f in found if f.severity == "blocking"] == []
    assert len(found) <= len(letters)


@pytest.mark.parametrize("kind", ["placeholder", "threat", "missing_date", "over_long"])
def test_faults_of_the_development_part_are_found(kind: str) -> None:
    letters = {letter.name: letter for letter in sound_letters(LETTERS / "sound")}
    own = [s for s in seeded_faults(LETTERS / "faults.dev.yaml") if s.fault == kind]
    found = []
    for s in own:
        letter = letters[s.letter]
        before, after = (findings(t, letter.case, RULES) for t in (letter.text, changed(letter.text, s.change)))
        found.append(outcome(s, before, after, RULES.kinds))
    assert sum(o.caught for o in found) >= 0.8 * len(own) > 0


def _item(state: str) -> tuple[ItemResult, ...]:
    return (ItemResult.model_validate({"id": "no_threats", "question": "?", "state": state, "severity": "advice"}),)


def test_agreement_is_counted_and_what_was_not_checked_enters_no_share() -> None:
    states = [
        ("threat", "unmet"),
        ("threat", "met"),
        (None, "unmet"),
        (None, "met"),
        (None, "met"),
        (None, "not_checked"),
    ]
    (row,) = agreements(Answered("a", fault, _item(state)) for fault, state in states)
    assert (row.precision, row.recall, row.not_checked) == (0.5, 0.5, 1)
    assert row.kappa == pytest.approx((3 / 5 - 13 / 25) / (1 - 13 / 25))


def test_an_item_with_no_label_and_no_answer_has_no_share() -> None:
    (row,) = agreements([Answered("a", None, _item("not_checked"))])
    assert (row.precision, row.recall, row.kappa) == (None, None, None)
    report = JudgeReport(part="dev", seed=1, sound=1, faulty_for_code=0, code=(row,))
    assert "not measured (no model was asked)" in as_text(report)
