"""Ranking: the patterns' own examples, stories in other words, several causes, and why something matched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from amends.errors import PromptError
from amends.patterns import Pattern, load_patterns
from amends.prompting import prompt_root
from amends.retrieve import cues_in, retrieve
from amends.retrieve.concepts import concept
from amends.retrieve.evidence import weigh
from amends.retrieve.words import Told, negated_stems, phrase, stem, stems
from amends.schemas import Enforcement, Fact, Item, Notice, PatternMatch

PATTERNS = load_patterns()
every_pattern = pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.id)


def _ranked(cause: Any, story: str, notice: str = "", **more: Any) -> tuple[PatternMatch, ...]:
    enforcement = Enforcement(cause=cause, other_causes=more.pop("other_causes", ()))
    return retrieve(enforcement, Notice(text=notice), story, more.pop("facts", ()), PATTERNS, **more)


@every_pattern
def test_its_own_example_brings_a_pattern_to_the_top(pattern: Pattern) -> None:
    best = _ranked(pattern.cause, pattern.must_match.story, pattern.must_match.notice)[0]
    assert best.pattern_id == pattern.id
    assert best.why, "it must be said what matched"


@every_pattern
def test_its_counter_example_does_not(pattern: Pattern) -> None:
    best = _ranked(pattern.cause, pattern.must_not_match.story, pattern.must_not_match.notice)[0]
    assert best.pattern_id != pattern.id or not any(line.startswith("story") for line in best.why)


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("Engraving needs three days, the offers promised one.", "late_shipment.handling_time_too_short"),
        ("我们的备货时间设置太短，来不及发货。", "late_shipment.handling_time_too_short"),
        ("Der Lieferant kam zu spät, die Ware war nicht auf Lager.", "late_shipment.stock_bought_after_sale"),
        ("春节期间员工请假，人手不足。", "late_shipment.staff_absence_or_peak"),
        ("Couriers took everything at 5 pm, tracking was keyed in next day.", "late_shipment.confirmed_after_handover"),
        ("仓库盘点发现库存不符，颜色弄混了。", "cancellation.stock_mismatch"),
        ("Customers wrote asking us to cancel since they ordered twice.", "cancellation.price_error_or_buyer_request"),
        ("Wir verkaufen auch im eigenen Shop, ein Teil wurde doppelt verkauft.", "cancellation.sold_on_two_channels"),
        ("国际小包无法追踪，货代只给了内部单号。", "valid_tracking.untracked_international_service"),
        ("The mugs came shattered although we used a carton.", "order_defect_rate.packaging_damage"),
        ("客服周末没有回复消息，退款太慢。", "order_defect_rate.slow_replies_refunds"),
        ("The size chart was for another model.", "order_defect_rate.listing_not_as_described"),
        ("我是新手，不了解政策，上架了杂志。", "restricted_products.novice_no_check"),
        ("The bottle says it is antibacterial and treats eczema.", "restricted_products.claim_words_in_text"),
        ("我们只有收据，没有发票，是清仓货。", "inauthentic.supplier_without_papers"),
        ("以前的店铺是自己的账户，忘记关闭。", "related_accounts.own_forgotten_account"),
        ("代运营公司有我们的子账户权限。", "related_accounts.agency_or_former_employee"),
        ("Eine Agentur hatte Benutzerrechte.", "related_accounts.agency_or_former_employee"),
    ],
)
def test_stories_in_other_words_and_languages_find_their_situation(story: str, expected: str) -> None:
    assert _ranked(expected.split(".")[0], story)[0].pattern_id == expected


def test_why_names_the_words_and_their_place() -> None:
    best = _ranked("late_shipment", "Our handling time was too short.", "your handling time settings")[0]
    assert "story: “handling time”, “too short”" in best.why
    assert "notice: “handling time”" in best.why


def test_several_causes_give_one_full_ranking_each_in_their_order() -> None:
    ranked = _ranked("cancellation", "stock count was wrong", other_causes=("late_shipment",))
    assert [m.cause for m in ranked] == ["cancellation"] * 3 + ["late_shipment"] * 4
    for cause in ("cancellation", "late_shipment"):
        scores = [m.score for m in ranked if m.cause == cause]
        assert scores == sorted(scores, reverse=True)


def test_with_no_word_to_go_by_the_most_usual_situation_comes_first() -> None:
    best = _ranked("valid_tracking", "")[0]
    assert best.pattern_id == "valid_tracking.untracked_international_service"
    assert (best.score, best.why) == (0.0, ())


def test_a_cause_without_patterns_gives_nothing() -> None:
    assert retrieve(Enforcement(cause="late_shipment"), Notice(text="x"), "", (), ()) == ()


def test_the_same_input_gives_the_same_ranking() -> None:
    story = "Stock was bought from the supplier after the sale and the packer was ill."
    assert _ranked("late_shipment", story) == _ranked("late_shipment", story)


def test_what_the_seller_lists_as_cause_counts_like_the_story_and_before_the_remedies() -> None:
    def fact(number: int, kind: Any, text: str, of: Any) -> Fact:
        item = Item(list=of, text=text)
        return Fact(id=f"F{number}", kind=kind, value=text, source="seller", origin="facts.yaml", quote=text, item=item)

    facts = (
        fact(1, "cause", "We ordered from the supplier only after the sale.", "root_causes"),
        fact(2, "action", "Open orders were handed to the carrier, confirmation by software.", "corrective_actions"),
    )
    assert _ranked("late_shipment", "", facts=facts)[0].pattern_id == "late_shipment.stock_bought_after_sale"
    assert _ranked("late_shipment", "", facts=facts[1:])[0].pattern_id == "late_shipment.confirmed_after_handover"


def test_a_side_cause_of_few_orders_does_not_decide() -> None:
    def root(number: int, text: str, count: int) -> Fact:
        item = Item(list="root_causes", text=text, count=count)
        return Fact(
            id=f"F{number}", kind="cause", value=text, source="seller", origin="facts.yaml", quote=text, item=item
        )

    main = root(1, "We bought the goods only after the sale.", 15)
    side = "The only packer was ill."
    assert (
        _ranked("late_shipment", "", facts=(main, root(2, side, 3)))[0].pattern_id
        == "late_shipment.stock_bought_after_sale"
    )
    assert (
        _ranked("late_shipment", "", facts=(main, root(2, side, 14)))[0].pattern_id
        == "late_shipment.staff_absence_or_peak"
    )


def test_a_german_noun_is_not_found_in_an_english_word() -> None:
    assert cues_in("The charger has the wrong plug.", ["Charge"]) == ()
    assert cues_in("Die Charge war fehlerhaft.", ["Charge"]) == ("Charge",)


def test_embeddings_join_the_fusion() -> None:
    def similar(query: str, documents: Sequence[str]) -> Sequence[float]:
        assert query == "It went wrong."
        return [1.0 if "synchronised" in d else 0.0 for d in documents]

    assert (
        _ranked("cancellation", "It went wrong.", similar=similar)[0].pattern_id == "cancellation.sold_on_two_channels"
    )


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("We were SHIPPING late", "shipped late"),
        ("two handling\ntimes", "handling time"),
        ("因库存不符取消", "库存不符"),
        ("drop-ship orders", "drop ship"),
    ],
)
def test_cues_are_found_in_any_inflection(text: str, cue: str) -> None:
    assert cues_in(text, [cue]) == (cue,)


def test_a_cue_inside_another_word_is_not_found() -> None:
    assert cues_in("We stocktake and repackage", ["stock", "pack"]) == ()


CONCEPTS = sorted(path.stem for path in (prompt_root() / "concepts").glob("*.yaml"))


@pytest.mark.parametrize("name", CONCEPTS)
def test_a_concept_is_named_by_a_pattern_and_says_each_word_once(name: str) -> None:
    known = concept(name)
    assert any(name in p.concepts for p in PATTERNS)
    assert len({w if w.endswith("*") else phrase(w).lower() for w in known.words}) == len(known.words)
    for word in known.words:
        assert Told(f"{word.rstrip('*')} {word.rstrip('*').capitalize()}").found((word,)), word


@every_pattern
def test_a_pattern_names_its_concepts_and_no_sister_has_the_same_first_alone(pattern: Pattern) -> None:
    assert pattern.concepts
    sisters = [p.concepts for p in PATTERNS if p.cause == pattern.cause and p.id != pattern.id]
    assert pattern.concepts not in sisters


def test_an_unknown_concept_is_named_in_the_error() -> None:
    with pytest.raises(PromptError, match="`snow`"):
        concept("snow")


def test_a_word_for_a_concept_finds_the_situation_and_is_named_with_its_meaning() -> None:
    best = _ranked("related_accounts", "My brother-in-law sells too, from the next room.")[0]
    assert best.pattern_id == "related_accounts.family_member_or_partner"
    assert any("friends, relatives" in line and "brother-in-law" in line for line in best.why)


@every_pattern
def test_every_word_quoted_as_reason_stands_in_the_story(pattern: Pattern) -> None:
    story = pattern.must_match.story
    written = set(stems(story))
    for match in _ranked(pattern.cause, story):
        for line in match.why:
            for quoted in line.split("“")[1:] if line.startswith(("story", "words")) else ():
                assert set(stems(quoted.split("”")[0])) <= written or quoted.split("”")[0] in story, (line, story)


def test_what_the_seller_denies_weighs_less() -> None:
    admitted = "We paid a review service and put cards in the box."
    denied = "We never paid a review service and have no cards in the box."
    patterns = [p for p in PATTERNS if p.cause == "review_manipulation"]
    place = [p.id for p in patterns].index("review_manipulation.insert_card_reward")
    scores = [weigh([Told(story)], patterns)[place].score for story in (admitted, denied)]
    assert 0 < scores[1] < scores[0] - 2
    assert not Told("我们没有授权").denies("没有授权")
    assert Told("我们没有授权").denies("授权")


def test_a_negation_ends_with_the_clause_and_does_not_count_for_what_is_also_affirmed() -> None:
    assert negated_stems("No agency. Sold alone.") == {stem("agency")}
    assert {stem("marked"), stem("converted")} <= negated_stems("Nobody here changed, converted or marked it.")
    assert negated_stems("Friends wrote 0 reviews at 4.0 stars.") == {stem("reviews"), "'at", "1", stem("stars")}
    assert "card" not in negated_stems("We use no cards but last year there were cards.")


def test_a_function_word_is_no_inflection_of_another_word() -> None:
    assert cues_in("It does not match our book.", ["note", "ours"]) == ()
    assert cues_in("The notes are ours.", ["note", "ours"]) == ("note", "ours")


def test_words_that_all_situations_of_a_cause_share_decide_nothing() -> None:
    scores = {m.score for m in _ranked("late_shipment", "Orders, shipment.") if not m.why}
    assert scores <= {0.0}


def test_a_near_tie_is_unsure_and_a_clear_story_is_not() -> None:
    tie = "The only packer was ill, and the supplier delivered after the order came in."
    assert _ranked("late_shipment", tie)[0].unsure
    clear = _ranked("late_shipment", "The handling time was one day; engraving takes four days by hand.")
    assert not clear[0].unsure
    assert not any(m.unsure for m in clear[1:])


def test_without_a_story_nothing_is_unsure() -> None:
    assert not any(m.unsure for m in _ranked("late_shipment", ""))
