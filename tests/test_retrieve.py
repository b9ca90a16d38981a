"""Ranking: the patterns' own examples, stories in other words, several causes, and why something matched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from amends.patterns import Pattern, load_patterns
from amends.retrieve import cues_in, retrieve
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
