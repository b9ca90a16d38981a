from __future__ import annotations

import time
from pathlib import Path

import pytest

from amends.errors import PromptError
from amends.evaluate.lexicon import Entry, lexicon
from amends.evaluate.phrases import compile_phrase, end_of_match, words_of

ENTRIES = lexicon().entries
GROUPS = {
    *("blaming_buyers", "blaming_amazon", "blaming_others", "emotion", "threats", "denial_self_praise"),
    *("vague", "cliche", "risky_admission", "off_topic", "form", "zh", "de"),
}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.rule)
def test_its_must_trip_text_trips_exactly_this_entry(entry: Entry) -> None:
    assert {hit.entry.rule for hit in lexicon().find(entry.must_trip)} == {entry.rule}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.rule)
def test_its_must_pass_text_trips_nothing_at_all(entry: Entry) -> None:
    assert [(hit.entry.rule, hit.text) for hit in lexicon().find(entry.must_pass)] == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.rule)
def test_it_says_why_whence_and_what_is_better(entry: Entry) -> None:
    assert entry.reason
    assert entry.better_move
    assert entry.source.startswith("[")
    assert bool(entry.phrases) != bool(entry.pattern)


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.match == "words" and e.phrases], ids=lambda e: e.rule)
def test_each_of_its_phrases_finds_its_own_words(entry: Entry) -> None:
    for source in entry.phrases:
        phrase = compile_phrase(source)
        text = " ".join(sorted(step.words | set(step.stems))[0] for step in phrase if not step.optional)
        assert end_of_match(phrase, words_of(text), 0) == len(words_of(text)), source


def test_rules_are_unique_and_all_groups_are_there() -> None:
    assert len({e.rule for e in ENTRIES}) == len(ENTRIES)
    assert {e.group for e in ENTRIES} == GROUPS


def test_a_hit_gives_the_place_of_its_words() -> None:
    text = "On 3 May the refund was sent; we’ll take Legal Action now."
    (hit,) = lexicon().find(text)
    assert text[hit.start : hit.end] == hit.text == "Legal Action"


@pytest.mark.parametrize("said", ["We didn't do anything wrong.", "we’ve done nothing wrong", "I did nothing wrong"])
def test_contractions_curly_apostrophes_and_persons_make_no_difference(said: str) -> None:
    assert [h.entry.id for h in lexicon().find(said)] == ["nothing_wrong"]


def test_words_quoted_from_the_notice_are_exempt() -> None:
    text = 'You wrote "product is a counterfeit product that was reported"; invoice 4471 covers it.'
    assert lexicon().find(text)
    assert not lexicon().find(text, exempt=["product is a counterfeit product that was reported"])


def test_overlapping_words_of_one_entry_are_told_once() -> None:
    assert [h.text for h in lexicon().find("The shop will never ship late again.")] == ["never ship late again"]


def test_a_phrase_does_not_run_over_a_comma() -> None:
    assert not lexicon().find("The new seal is legal, action 4 is the count.")


def test_the_allowed_apology_is_counted_over_the_whole_letter() -> None:
    one, two = lexicon().find_in(["We apologise to 25 buyers.", "We apologise to Amazon."])
    assert one == ()
    assert [h.entry.id for h in two] == ["apology"]


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("group: mine\nentries:\n- id: x\n  phrases: a b\n")
    with pytest.raises(PromptError, match=r"mine\.yaml"):
        lexicon(tmp_path)


def test_an_unknown_word_class_is_named(tmp_path: Path) -> None:
    source = (
        (Path(__file__).parent.parent / "prompts/lexicon/threats.yaml")
        .read_text()
        .replace("<we> demand", "<his> demand")
    )
    (tmp_path / "threats.yaml").write_text(source)
    with pytest.raises(PromptError, match="<his>"):
        lexicon(tmp_path)


def test_time_grows_no_faster_than_the_text() -> None:
    def seconds(text: str) -> float:
        times = []
        for _ in range(3):
            start = time.process_time()
            lexicon().find(text)
            times.append(time.process_time() - start)
        return min(times)

    evil = "we will take all necessary appropriate [ <a __ we have the "
    assert seconds(evil * 400) < 25 * max(seconds(evil * 40), 0.002)


def test_a_wide_gap_passes_commas_and_has_an_end() -> None:
    phrase = compile_phrase("<carriers> ~ <misdeed>")
    near = words_of("couriers, as all of us know, are lazy")
    assert end_of_match(phrase, near, 0) == len(near)
    far = words_of("couriers " + "come " * 21 + "and are lazy")
    assert end_of_match(phrase, far, 0) is None


def test_a_family_is_told_once_a_sentence_and_not_beside_an_entry_of_its_kind() -> None:
    (once,) = lexicon().find("The couriers were lazy, and the drivers were careless.")
    assert once.entry.family
    assert [h.entry.id for h in lexicon().find("It was the courier's fault, and the drivers were lazy.")] == [
        "carriers_fault"
    ]


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.hint], ids=lambda e: e.rule)
def test_the_hint_of_a_pattern_stands_in_what_it_finds(entry: Entry) -> None:
    assert any(h in entry.must_trip for h in entry.hint)


def test_an_account_active_since_a_day_is_no_praise() -> None:
    assert not lexicon().find("The account has been active since 20 November 2026.")
    assert lexicon().find("Our shop has been active since 2014.")
