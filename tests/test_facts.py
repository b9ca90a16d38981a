"""The facts file: forgiving in form, strict in keys and types, and every complaint says where and what to do."""

from __future__ import annotations

import pytest

from amends.errors import FactsError
from amends.facts import SellerFacts, facts_of, parse_facts, seller_facts

WHOLE = """
seller: {store: Fennick Ceramics, legal_name: Fennick Ceramics Ltd, signatory: Ada Fennick}
story: |
  We packed orders only on weekdays because nobody worked on Saturday.
  On 3 November 2026 we refunded 12 buyers.
root_causes:
  - nobody packed on Saturday
corrective_actions:
  - text: Hired a Saturday packer
    date: 2026-11-04
    count: "1"
preventive_measures:
  - {text: Read the list of open orders, owner: packing lead, frequency: every day at 9:00, since: 5 November 2026}
evidence:
  - {file: rota.pdf, document: packing rota}
answers: {handling_time.before: 1}
"""


def test_a_whole_file_is_read_with_its_words_kept() -> None:
    given = parse_facts(WHOLE)
    assert given.seller.store == "Fennick Ceramics"
    assert [item.text for item, _ in given.items][:2] == ["nobody packed on Saturday", "Hired a Saturday packer"]
    assert given.answers == {"handling_time.before": 1}


def test_an_entry_knows_where_it_stands() -> None:
    assert [origin for _, origin in parse_facts(WHOLE, "f.yaml").items][1] == "f.yaml: corrective_actions[0]"


def test_json_is_read_too() -> None:
    assert parse_facts('{"root_causes": ["no stock count"]}').items[0][0].text == "no stock count"


def test_an_empty_file_is_no_facts() -> None:
    assert parse_facts("") == SellerFacts()


def test_dates_become_iso_whatever_their_form() -> None:
    items = [item for item, _ in parse_facts(WHOLE).items]
    assert items[1].date == "2026-11-04"
    assert items[2].since == "2026-11-05"


def test_a_vague_date_is_kept_as_it_is() -> None:
    assert (
        facts_of({"root_causes": [{"text": "x y", "date": "mid October 2026"}]}).items[0][0].date == "mid October 2026"
    )


def test_a_document_alone_is_an_entry() -> None:
    assert [i.text for i, _ in parse_facts(WHOLE).items][-1] == "packing rota"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("root_cause: [x]", "unknown key “root_cause”", "root_causes"),
        (
            "corrective_actions: [{text: x, datum: 2026-11-04}]",
            "corrective_actions[0] has the unknown key “datum”",
            "date",
        ),
        ("seller: {shop: x}", "seller has the unknown key “shop”", "Known keys"),
        ("corrective_actions: [{text: x, count: many}]", "corrective_actions[0].count must be a whole number", "unit"),
        ("corrective_actions: [{text: x, count: 1.5}]", "count must be a whole number", "unit"),
        ("corrective_actions: [{text: x, status: finished}]", "“finished” is not known", "done"),
        ("root_causes: [{text: x, cause: late_shipping}]", "“late_shipping” is not known", "late_shipment"),
        ("corrective_actions: [{text: x, date: 2026-11-31}]", "no day 2026-11-31", "2026-11-03"),
        ("corrective_actions: [{text: x, date: soon}]", "“soon” is no date", "leave it out"),
        ("root_causes: 3", "root_causes must be a list", "- "),
        ("story: [a, b]", "story must be text", "story: |"),
        ("- a\n- b", "must be keys with values", ""),
        ("root_causes: [{date: 2026-11-01}]", "has no text", "text"),
        ("a: [1, 2", "no YAML or JSON at line", "quotes"),
        ("corrective_actions: [{text: [a]}]", "text must be text, not a list", ""),
    ],
)
def test_a_wrong_file_is_refused_with_place_and_remedy(text: str, message: str, hint: str) -> None:
    with pytest.raises(FactsError) as caught:
        parse_facts(text, "facts.yaml")
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_bytes_that_are_no_utf8_are_refused_with_the_place() -> None:
    with pytest.raises(FactsError, match=r"not UTF-8 text \(byte 7\)"):
        parse_facts(b"story: \xff\xfe")


def test_facts_are_numbered_on_and_keep_their_kind_and_status() -> None:
    facts = seller_facts(parse_facts(WHOLE), first=7)
    assert facts[0].id == "F7"
    assert [f.kind for f in facts[:4]] == ["cause", "action", "measure", "document"]
    assert [f.status for f in facts[:3]] == [None, "done", "done"]


def test_sentences_of_the_story_become_facts_with_offsets_in_it() -> None:
    given = parse_facts(WHOLE)
    told = [f for f in seller_facts(given, 1) if f.origin == "story"]
    assert [f.kind for f in told] == ["cause", "action"]
    for fact in told:
        assert given.story[fact.start : fact.end] == fact.quote


def test_a_time_of_day_stays_a_time() -> None:
    given = parse_facts("preventive_measures: [{text: x y, frequency: 9:30}]")
    assert given.items[0][0].frequency == "9:30"


def test_what_will_be_done_is_planned() -> None:
    facts = seller_facts(facts_of({"corrective_actions": ["We will hire a packer"]}), 1)
    assert facts[0].status == "planned"
