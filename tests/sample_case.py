"""A rich case for tests of what comes after drafting: late shipment, one gap, findings, questions, enclosures."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from amends.schemas import (
    Authenticity,
    Case,
    CauseFound,
    Criterion,
    Deadline,
    Disagreement,
    Enclosure,
    Enforcement,
    Fact,
    Finding,
    GrammarChange,
    GrammarFault,
    GrammarReport,
    HistoryEntry,
    Item,
    ItemResult,
    Letter,
    Metric,
    Notice,
    PatternMatch,
    PromptUse,
    Question,
    Reason,
    Requested,
    Scorecard,
    Section,
    Seller,
    Sentence,
    Sign,
    Span,
    Usage,
    Verdict,
)

NOTICE_TEXT = """Dear Brookfen Home,

Your seller-fulfilled offers are paused as of today. Your late shipment rate is 6.1% for 4 Oct to 2 Nov 2026.
The target is under 4%.

To sell again, send us:
- the root cause of the late shipments
- the actions you have taken
- the steps that keep it from happening again

Please answer within 17 days through the Appeal button in Performance Notifications. Ship all open orders.

Seller Performance Team"""


def _span(quote: str) -> Span:
    start = NOTICE_TEXT.index(quote)
    return Span(quote=quote, start=start, end=start + len(quote))


def _notice_fact(fact_id: str, kind: Any, value: Any, quote: str, unit: str | None = None) -> Fact:
    span = _span(quote)
    return Fact(
        id=fact_id,
        kind=kind,
        value=value,
        unit=unit,
        source="notice",
        origin="notice",
        quote=quote,
        start=span.start,
        end=span.end,
    )


def _seller_fact(fact_id: str, kind: Any, item: Item, origin: str) -> Fact:
    return Fact(
        id=fact_id,
        kind=kind,
        value=item.text,
        status=item.status,
        source="seller",
        origin=origin,
        quote=item.text,
        start=0,
        end=len(item.text),
        item=item,
    )


def _facts() -> tuple[Fact, ...]:
    cause = Item(
        list="root_causes",
        cause="late_shipment",
        count=22,
        asins=("B0BRKF3N01",),
        text="22 of the 25 late orders were for the oak lamp, which we ordered from the supplier only after each sale.",
    )
    shipped = Item(
        list="corrective_actions",
        text="All 14 open orders were handed to the carrier.",
        date="2026-11-03",
        count=14,
        status="done",
    )
    handling = Item(
        list="corrective_actions",
        text="Handling time of nine supplier-ordered SKUs set from 1 to 4 days.",
        date="2026-11-04",
        count=9,
        status="done",
        tool="Manage All Inventory",
    )
    labels = Item(
        list="corrective_actions",
        text="Moving label purchase to Buy Shipping.",
        status="in_progress",
        tool="Buy Shipping",
    )
    check = Item(
        list="preventive_measures",
        text="Unshipped orders are checked at 9:00 and 15:00.",
        owner="warehouse lead",
        frequency="twice each working day",
        since="2026-11-06",
        status="done",
    )
    report = Item(
        list="preventive_measures",
        text="Weekly late shipment report with each order named.",
        frequency="each Monday",
        limit="2 %",
        status="planned",
        date="2026-11-16",
    )
    orders = Item(
        list="evidence",
        text="List of the 25 late orders",
        document="list of the 25 late orders",
        file="late orders.xlsx",
        proves="which orders were late and why",
    )
    invoice = Item(
        list="evidence",
        text="Invoice from North Supply, 12 March 2026",
        document="invoice from North Supply",
        date="2026-03-12",
        file="scan (3).PDF",
        proves="the stock bought for the oak lamp",
    )
    return (
        _notice_fact("F1", "metric", Metric(name="late shipment rate", value=6.1, target=4.0), "6.1%", "%"),
        _notice_fact("F2", "date", "2026-11-02", "2 Nov 2026"),
        _seller_fact("F3", "cause", cause, "facts.yaml, root_causes 1"),
        _seller_fact("F4", "action", shipped, "facts.yaml, corrective_actions 1"),
        _seller_fact("F5", "action", handling, "facts.yaml, corrective_actions 2"),
        _seller_fact("F6", "action", labels, "facts.yaml, corrective_actions 3"),
        _seller_fact("F7", "measure", check, "facts.yaml, preventive_measures 1"),
        _seller_fact("F8", "measure", report, "facts.yaml, preventive_measures 2"),
        _seller_fact("F9", "document", orders, "facts.yaml, evidence 1"),
        _seller_fact("F10", "document", invoice, "facts.yaml, evidence 2"),
        Fact(id="F11", kind="count", value=25, unit="orders", source="report", origin="orders.txt, 410 rows"),
        Fact(
            id="F12",
            kind="order_id",
            value="114-5550123-7788001",
            source="report",
            origin="orders.txt, row 212",
            quote="114-5550123-7788001",
            start=0,
            end=19,
        ),
    )


def _letter() -> Letter:
    s = Sentence
    return Letter(
        kind="plan_of_action",
        subject="Appeal of seller-fulfilled offers, late shipment rate 6.1 %, notice of 3 November 2026",
        addressee="Amazon Seller Performance",
        sections=(
            Section(
                key="opening",
                sentences=(
                    s(text="We ask for a review of the pause that your notice of 3 November 2026 put on our offers."),
                    s(
                        text=(
                            "Between 4 October and 2 November 2026 our late shipment rate was 6.1 % (25 of 410 orders)."
                        ),
                        fact_ids=("F1", "F2", "F11"),
                        role="what_happened",
                    ),
                ),
            ),
            Section(
                key="root_cause",
                title="Root cause",
                cause="late_shipment",
                sentences=(
                    s(
                        text=(
                            "22 of the 25 late orders were for the oak lamp (B0BRKF3N01), which we "
                            "ordered from our supplier "
                            "only after each sale, while the offer promised one day of handling."
                        ),
                        fact_ids=("F3", "F11"),
                        role="why",
                    ),
                    s(
                        text=(
                            "Our supplier needs [missing: how many days the supplier needs] to "
                            "deliver, and nobody compared "
                            "this with the handling time."
                        ),
                        fact_ids=("F3",),
                        role="why",
                        gap=True,
                    ),
                ),
            ),
            Section(
                key="corrective_actions",
                title="Corrective actions taken",
                bullets=True,
                sentences=(
                    s(
                        text="On 3 November 2026 we handed all 14 open orders to the carrier.",
                        fact_ids=("F4",),
                        role="done",
                    ),
                    s(
                        text=(
                            "On 4 November 2026 we set the handling time of nine supplier-ordered "
                            "SKUs from 1 to 4 days."
                        ),
                        fact_ids=("F5",),
                        role="done",
                    ),
                    s(text="We are moving label purchase to Buy Shipping.", fact_ids=("F6",), role="done"),
                ),
            ),
            Section(
                key="preventive_measures",
                title="Preventive measures",
                bullets=True,
                sentences=(
                    s(
                        text=(
                            "Since 6 November 2026 the warehouse lead checks unshipped orders at "
                            "9:00 and 15:00 each working day."
                        ),
                        fact_ids=("F7",),
                        role="in_force",
                    ),
                    s(
                        text=(
                            "From 16 November 2026 a report each Monday will name every late order "
                            "when the rate is above 2 %."
                        ),
                        fact_ids=("F8",),
                        role="planned",
                    ),
                ),
            ),
            Section(
                key="enclosures",
                title="Enclosures",
                bullets=True,
                sentences=(
                    s(text="List of the 25 late orders, with the reason for each.", fact_ids=("F9",), role="attached"),
                    s(
                        text="Invoice from North Supply of 12 March 2026 for the oak lamp.",
                        fact_ids=("F10",),
                        role="attached",
                    ),
                ),
            ),
            Section(
                key="closing",
                sentences=(s(text="We ask you to reactivate our seller-fulfilled offers.", role="request"),),
            ),
        ),
        enclosures=(
            Enclosure(
                number=1,
                document="list of the 25 late orders",
                file="late orders.xlsx",
                proves="which orders were late and why",
                fact_id="F9",
            ),
            Enclosure(
                number=2,
                document="invoice from North Supply, 12 March 2026",
                file="scan (3).PDF",
                proves="the stock bought for the oak lamp",
                fact_id="F10",
            ),
        ),
        signature=("Mara Lindqvist", "Brookfen Home Ltd", "Brookfen Home"),
    )


def _scorecard(letter: Letter) -> Scorecard:
    i = ItemResult
    return Scorecard(
        criteria=(
            Criterion(
                name="non-defensive",
                score=100.0,
                items=(
                    i(id="nd1", question="No buyer, carrier or Amazon is blamed?", state="met", severity="blocking"),
                    i(
                        id="nd2",
                        question="Would a reviewer call the tone factual?",
                        state="not_checked",
                        severity="advice",
                        note="needs a judge model; none was set",
                    ),
                ),
            ),
            Criterion(
                name="specific",
                score=50.0,
                items=(
                    i(
                        id="sp1",
                        question="Does each root cause carry a count?",
                        state="met",
                        severity="blocking",
                        sentence=letter.sentences[2].text,
                    ),
                    i(
                        id="sp2",
                        question="Is every figure filled in?",
                        state="unmet",
                        severity="blocking",
                        sentence=letter.sentences[3].text,
                        note="a gap is left",
                    ),
                ),
            ),
            Criterion(
                name="plain English",
                score=None,
                items=(
                    i(
                        id="pe1",
                        question="Is the English free of faults?",
                        state="not_checked",
                        severity="advice",
                        note="the grammar engine did not run",
                    ),
                ),
            ),
        ),
        grammar=GrammarReport(checked=False, reason="Java 17 or newer was not found"),
        lock_breaches=1,
        rounds=1,
        usage=Usage(
            model="openai:sample-model",
            calls=6,
            repairs=1,
            input_tokens=9120,
            output_tokens=1840,
            cost_usd=0.0213,
            prompts=(PromptUse(name="draft_root_cause", version=1, sha256="0123456789ab"),),
        ),
    )


def checked_grammar() -> GrammarReport:
    """A grammar report of an engine that ran: one fault left, one change made."""
    return GrammarReport(
        checked=True,
        engine="LanguageTool 6.8",
        words=180,
        faults=(GrammarFault(rule="EN_A_VS_AN", message="Use 'an'.", sentence="We keep a index.", start=8, end=9),),
        changes=(GrammarChange(rule="SVA", before="orders was", after="orders were"),),
    )


def sample_case(**changes: Any) -> Case:
    """The sample case after the whole pipeline; `changes` replace fields of it."""
    letter = _letter()
    moving = letter.sections[2].sentences[2].text
    case = Case(
        today=date(2026, 11, 9),
        notice=Notice(
            text=NOTICE_TEXT,
            subject="Your seller-fulfilled offers are paused",
            sender="seller-performance@amazon.com",
            received=datetime(2026, 11, 3, 8, 30, tzinfo=UTC),
            marketplace="amazon.com",
            authenticity=Authenticity(
                verdict="unknown",
                advice="Check that the same message stands in Performance Notifications.",
                signs=(
                    Sign(id="sender", speaks="likely_genuine", detail="The sender's domain is Amazon's own."),
                    Sign(id="dkim", speaks="unknown", detail="The mail carries no signature result."),
                ),
            ),
        ),
        enforcement=Enforcement(
            cause="late_shipment",
            cause_reason="The notice names the late shipment rate as the reason.",
            causes=(CauseFound(cause="late_shipment", score=4.2, evidence=(_span("late shipment rate"),)),),
            stage="deactivated",
            stage_evidence=_span("offers are paused"),
            scope="account",
            answer_kind="plan_of_action",
            answer_kind_reason="The notice asks for root cause, actions and prevention.",
            requests=(
                Requested(item="root_cause", evidence=_span("the root cause of the late shipments")),
                Requested(item="corrective_actions", evidence=_span("the actions you have taken")),
                Requested(item="preventive_measures", evidence=_span("the steps that keep it from happening again")),
            ),
            deadline=Deadline(text="within 17 days", days=17, due=date(2026, 11, 20)),
            channel="appeal_button",
        ),
        seller=Seller(
            store="Brookfen Home",
            legal_name="Brookfen Home Ltd",
            signatory="Mara Lindqvist",
            merchant_token="A1BROOKFEN7XQ",
        ),
        story="The oak lamp is ordered after sale. In October this went wrong.",
        facts=_facts(),
        matches=(
            PatternMatch(
                pattern_id="late_shipment.stock_bought_after_sale",
                cause="late_shipment",
                situation="stock bought after sale",
                score=0.91,
                why=("story: ordered after sale",),
            ),
        ),
        questions=(
            Question(
                id="Q1",
                text="How many days does the supplier of the oak lamp need from order to delivery?",
                why="The root cause must show that the promised handling time could not be met.",
                answer_type="number",
                blocking=True,
                about="F3",
                slot="lead_time",
                example="3",
                proof="the supplier's order confirmation",
            ),
            Question(
                id="Q2",
                text="Who stands in for the warehouse lead?",
                why="A measure that hangs on one person is weak.",
                answer_type="text",
                blocking=False,
                about="F7",
                slot="owner",
            ),
        ),
        letter=letter,
        findings=(
            Finding(
                rule="lock.status",
                severity="blocking",
                checker="lock",
                section="corrective_actions",
                message="The move to Buy Shipping is under way, not done.",
                sentence=moving,
                start=0,
                end=13,
                suggestion="Give the date on which it will be finished, or move it to the preventive measures.",
            ),
            Finding(
                rule="one_request",
                severity="advice",
                checker="rubric",
                message="The closing names no notice date.",
                section="closing",
            ),
        ),
        scorecard=_scorecard(letter),
        verdict=Verdict(
            readiness="fix_first",
            reasons=(
                Reason(
                    code="gap",
                    severity="blocking",
                    message="One fact is missing in the root cause.",
                    action="Answer question Q1.",
                ),
                Reason(
                    code="order_list",
                    severity="advice",
                    message="The order list is a spreadsheet.",
                    action="Save it as PDF.",
                ),
            ),
            next_step="Answer the open question, then draft again.",
            outlook="good: metric case with dated actions",
            route="Account Health, banner on top, Reactivate your account.",
        ),
        disagreements=(
            Disagreement(
                about="late orders", one="notice: 26 orders", other="report: 25 orders", kept="report: 25 orders"
            ),
        ),
        history=(HistoryEntry(on=date(2026, 11, 3), what="notice received"),),
    )
    return case.with_(**changes)
