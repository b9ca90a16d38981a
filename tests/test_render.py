"""Every rendering keeps gaps visible, adds nothing, and lets nothing from outside act."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from rich.console import Console

from amends import render
from amends.render.channels import channels, file_profile, route_key
from amends.render.page import content_hash
from amends.render.plain import COMPACT_LIMIT, NOT_THE_LETTER
from amends.render.wording import deadline_line, fact_value, grammar_line, source_words, usage_line
from amends.schemas import (
    Case,
    Deadline,
    Enclosure,
    Enforcement,
    Fact,
    Item,
    Letter,
    Scorecard,
    Section,
    Sentence,
    Usage,
)
from sample_case import checked_grammar, sample_case

GAP = "[missing: how many days the supplier needs]"
EVIL = "</style></script><script>alert(1)</script><img src=http://evil.example/x onerror=alert(2)> \"' &"


def letter_of(case: Case) -> Letter:
    assert case.letter is not None
    return case.letter


def with_sections(*sections: Section, **changes: Any) -> Case:
    case = sample_case()
    return case.with_(letter=letter_of(case).with_(sections=sections, **changes))


def no_letter() -> Case:
    return sample_case(letter=None, verdict=None, scorecard=None, findings=())


def on_terminal(case: Case) -> str:
    out = io.StringIO()
    render.terminal(case, Console(file=out, width=100, color_system=None))
    return out.getvalue()


def soup(case: Case) -> BeautifulSoup:
    return BeautifulSoup(render.html(case), "lxml")


def words_of(data: bytes) -> str:
    return "\n".join(p.text for p in Document(io.BytesIO(data)).paragraphs)


# --- all formats ----------------------------------------------------------------------------------------------------


def test_every_format_shows_the_gap() -> None:
    case = sample_case()
    for text in (render.plain(case), render.compact(case) or "", render.markdown(case), on_terminal(case)):
        assert GAP in text
    assert GAP in words_of(render.docx(case))
    assert GAP in soup(case).find(id="letter").get_text()  # type: ignore[union-attr]
    assert any(GAP in part.text for part in render.parts(case))


def test_a_gap_without_its_mark_gets_one_in_every_format() -> None:
    case = with_sections(Section(key="opening", sentences=(Sentence(text="the date of the fix", gap=True),)))
    for text in (render.plain(case), render.markdown(case), on_terminal(case), words_of(render.docx(case))):
        assert "[missing: the date of the fix]" in text
    assert "[missing: the date of the fix]" in soup(case).find(id="letter").get_text()  # type: ignore[union-attr]


def test_every_format_works_without_a_letter() -> None:
    case = no_letter()
    assert render.plain(case) == ""
    assert render.parts(case) == []
    assert render.compact(case) is None
    assert "no letter" in render.markdown(case)
    assert "no letter" in words_of(render.docx(case))
    assert "No letter" in soup(case).get_text()
    assert "NOT CHECKED" in soup(case).find(id="verdict").get_text()  # type: ignore[union-attr]
    assert "Where:" in on_terminal(case)


def test_json_reads_back_as_the_same_case() -> None:
    case = sample_case()
    assert Case.model_validate_json(render.json_text(case)) == case


# --- plain text -----------------------------------------------------------------------------------------------------


def test_plain_puts_titles_on_their_own_line_and_numbers_enclosures() -> None:
    lines = render.plain(sample_case()).splitlines()
    assert lines[0].startswith("Subject: Appeal of seller-fulfilled offers")
    assert "Root cause" in lines
    assert "- We are moving label purchase to Buy Shipping." in lines
    assert "1. List of the 25 late orders, with the reason for each." in lines
    assert lines[-3:] == ["Mara Lindqvist", "Brookfen Home Ltd", "Brookfen Home"]


def test_plain_straightens_punctuation_and_keeps_letters() -> None:
    case = with_sections(Section(key="opening", sentences=(Sentence(text="Müller’s “lamp” — 3\u00a0units… ≤ 2"),)))
    assert 'Müller\'s "lamp" - 3 units... <= 2' in render.plain(case)


def test_plain_wraps_nothing() -> None:
    case = with_sections(Section(key="opening", sentences=(Sentence(text="word " * 300 + "end."),)))
    assert any(len(line) > 1400 for line in render.plain(case).splitlines())


def test_enclosures_that_no_section_lists_stand_before_the_closing() -> None:
    closing = Section(key="closing", sentences=(Sentence(text="We ask for a review.", role="request"),))
    text = render.plain(with_sections(closing))
    assert text.index("2. invoice from North Supply") < text.index("We ask for a review.")


def test_an_enclosure_that_writes_its_own_number_gets_no_second_one() -> None:
    case = with_sections(Section(key="enclosures", sentences=(Sentence(text="Enclosure 1: order list"),)))
    assert "\nEnclosure 1: order list" in render.plain(case)


def test_an_enclosure_keeps_the_letters_number_when_listed_out_of_order() -> None:
    case = with_sections(Section(key="enclosures", sentences=(Sentence(text="Invoice.", fact_ids=("F10",)),)))
    assert "2. Invoice." in render.plain(case)
    assert "2. Invoice." in words_of(render.docx(case))
    assert "2. Invoice." in render.markdown(case)


def test_parts_count_their_own_characters_and_join_sections_of_one_kind() -> None:
    two = [
        Section(key="root_cause", title=f"Root cause {n}", sentences=(Sentence(text=f"Cause {n}."),)) for n in (1, 2)
    ]
    part = next(p for p in render.parts(with_sections(*two)) if p.key == "root_cause")
    assert part.text == "Root cause 1\nCause 1.\n\nRoot cause 2\nCause 2."
    assert part.characters == len(part.text)
    assert [p.key for p in render.parts(sample_case())][:2] == ["opening", "root_cause"]


def test_compact_drops_frame_sentences_first_and_says_so() -> None:
    frame = Sentence(text="This part tells how we work. " + "x" * 600, role="frame")
    fact = Sentence(text="On 4 November 2026 we closed 9 offers. " + "y" * 600, fact_ids=("F5",), role="done")
    letter, notes = (render.compact(with_sections(Section(key="opening", sentences=(frame, fact)))) or "").split(
        NOT_THE_LETTER
    )
    assert "9 offers" in letter
    assert "how we work" not in letter
    assert "how we work" in notes


def test_compact_never_drops_a_fact_and_reports_what_is_over() -> None:
    facts = tuple(Sentence(text=f"Fact {n} " + "y" * 400, fact_ids=("F5",), role="done") for n in range(4))
    text = render.compact(with_sections(Section(key="corrective_actions", sentences=facts))) or ""
    assert all(f"Fact {n}" in text for n in range(4))
    assert f"characters over {COMPACT_LIMIT}" in text


def test_compact_leaves_a_short_letter_as_it_is() -> None:
    assert "Nothing was left out" in (render.compact(sample_case()) or "")


# --- Markdown and terminal ------------------------------------------------------------------------------------------


def test_markdown_holds_scorecard_questions_attachments_and_route() -> None:
    text = render.markdown(sample_case())
    assert "| specific | 50 | Is every figure filled in? | unmet | a gap is left |" in text
    assert "NOT CHECKED: Java 17" in text
    assert "**Q1** (blocks the letter)" in text
    assert "`02_invoice_NorthSupply_2026-03-12.pdf`" in text
    assert "Account Health, banner at the top" in text


def test_markdown_makes_untrusted_text_inert() -> None:
    text = "<script>x</script> | *bold* [a](http://evil.example) `code`\n# head"
    out = render.markdown(with_sections(Section(key="opening", sentences=(Sentence(text=text),))))
    assert r"\<script\>" in out
    assert r"\| \*bold\* [a\](http" in out
    assert "\n# head" not in out


def test_terminal_shows_verdict_states_and_what_is_missing() -> None:
    out = on_terminal(sample_case())
    for wanted in ("Verdict: FIX FIRST", "? NOT CHECKED", "✗ unmet", " met", "Q1", "01_list", "20 November 2026"):
        assert wanted in out


def test_terminal_reads_no_markup_in_untrusted_text() -> None:
    case = with_sections(Section(key="opening", sentences=(Sentence(text="Order [red]114[/red] [/] kept."),)))
    assert "Order [red]114[/red] [/] kept." in on_terminal(case)


# --- Word -----------------------------------------------------------------------------------------------------------


def test_docx_is_a_business_letter() -> None:
    document = Document(io.BytesIO(render.docx(sample_case())))
    text = "\n".join(p.text for p in document.paragraphs)
    assert text.startswith("Brookfen Home Ltd\nStore: Brookfen Home\nMerchant token A1BROOKFEN7XQ\n9 November 2026")
    styles = {p.text: p.style.name for p in document.paragraphs if p.style}
    assert styles["Root cause"] == "Heading 2"
    assert styles["We are moving label purchase to Buy Shipping."] == "List Bullet"
    assert styles["Invoice from North Supply of 12 March 2026 for the oak lamp."] == "List Number"
    subject = next(p for p in document.paragraphs if p.text.startswith("Appeal of"))
    assert all(run.bold for run in subject.runs)


def test_docx_highlights_the_gap_and_nothing_else() -> None:
    document = Document(io.BytesIO(render.docx(sample_case())))
    marked = [r.text for p in document.paragraphs for r in p.runs if r.font.highlight_color == WD_COLOR_INDEX.YELLOW]
    assert marked == [GAP]


@pytest.mark.parametrize(("marketplace", "width_cm"), [("amazon.com", 21.59), ("amazon.de", 21.0)])
def test_docx_uses_the_marketplaces_paper(marketplace: str, width_cm: float) -> None:
    case = sample_case()
    document = Document(io.BytesIO(render.docx(case.with_(notice=case.notice.with_(marketplace=marketplace)))))
    width = document.sections[0].page_width
    assert width is not None
    assert round(width.cm, 2) == width_cm


def test_docx_names_the_seller_as_author_and_not_the_library() -> None:
    case = sample_case()
    about = Document(io.BytesIO(render.docx(case))).core_properties
    assert (about.author, about.title) == ("Brookfen Home Ltd", letter_of(case).subject)
    nameless = render.docx(case.with_(seller=case.seller.with_(legal_name=None)))
    assert Document(io.BytesIO(nameless)).core_properties.author == ""


def test_docx_survives_control_characters() -> None:
    case = with_sections(Section(key="opening", sentences=(Sentence(text="Order\x00 kept\x0b here."),)))
    assert "Order kept here." in words_of(render.docx(case))


# --- the review page ------------------------------------------------------------------------------------------------


def test_each_sentence_of_the_page_leads_to_its_proof() -> None:
    case = sample_case()
    page = soup(case)
    links = page.select("a.s")
    assert len(links) == len(letter_of(case).sentences)
    for link, sentence in zip(links, letter_of(case).sentences, strict=True):
        assert link["data-facts"] == " ".join(sentence.fact_ids)
        proof = page.find(id=str(link["href"])[1:])
        assert isinstance(proof, Tag)
        assert [f["data-fact"] for f in proof.select(".fact")] == list(sentence.fact_ids)
        assert link["aria-controls"] == proof["id"]


def test_the_proof_shows_value_status_source_origin_and_finding() -> None:
    page = soup(sample_case())
    link = next(a for a in page.select("a.s") if "Buy Shipping" in a.get_text())
    assert "fault" in (link["class"] or [])
    proof = page.find(id=str(link["href"])[1:])
    assert isinstance(proof, Tag)
    text = proof.get_text(" ", strip=True)
    for wanted in ("under way", "from the seller", "facts.yaml, corrective_actions 3", "is under way, not done"):
        assert wanted in text


def test_a_sentence_that_names_an_unknown_fact_is_marked_as_a_fault() -> None:
    page = soup(with_sections(Section(key="opening", sentences=(Sentence(text="Odd.", fact_ids=("F99",)),))))
    assert page.select_one("a.s.fault") is not None
    assert "this case has no such fact" in page.get_text()


def test_the_page_loads_and_links_nothing_outside() -> None:
    page = soup(sample_case())
    for tag in page.find_all(True):
        for attribute in ("src", "srcset", "href", "action", "data", "poster"):
            value = tag.get(attribute)
            assert value is None or str(value).startswith("#"), f"{tag.name} {attribute}={value}"
        assert not [a for a in tag.attrs if a.startswith("on") or a == "style"]
    style = page.style.string if page.style else ""
    assert not re.search(r"url\(|@import", style or "")


def test_the_policy_allows_exactly_the_pages_own_style_and_script() -> None:
    page = soup(sample_case())
    policy = str(page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"])  # type: ignore[index]
    styles, scripts = page.find_all("style"), page.find_all("script")
    assert (len(styles), len(scripts)) == (1, 1)
    assert f"style-src '{content_hash(styles[0].string or '')}'" in policy
    assert f"script-src '{content_hash(scripts[0].string or '')}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_untrusted_text_stays_text_everywhere_on_the_page() -> None:
    case = sample_case()
    letter = letter_of(case)
    evil_item = Item(list="evidence", text=EVIL, document=EVIL, file=EVIL)
    case = case.with_(
        notice=case.notice.with_(text=EVIL, subject=EVIL, sender=EVIL),
        story=EVIL,
        seller=case.seller.with_(store=EVIL),
        facts=(Fact(id="F1", kind="document", value=EVIL, source="seller", origin=EVIL, quote=EVIL, item=evil_item),),
        questions=tuple(q.with_(text=EVIL, why=EVIL) for q in case.questions),
        findings=tuple(f.with_(message=EVIL, suggestion=EVIL) for f in case.findings),
        letter=letter.with_(
            subject=EVIL,
            signature=(EVIL,),
            sections=(Section(key="opening", title=EVIL, sentences=(Sentence(text=EVIL, fact_ids=("F1",)),)),),
            enclosures=(Enclosure(number=1, document=EVIL, file=EVIL, proves=EVIL, fact_id="F1"),),
        ),
    )
    page = soup(case)
    assert len(page.find_all("script")) == 1
    assert len(page.find_all("style")) == 1
    assert page.find("img") is None
    assert EVIL in (page.select_one("pre.mailtext") or page).get_text()
    assert EVIL in (page.select_one("a.s") or page).get_text()


def test_not_checked_differs_from_met_and_unmet_by_words() -> None:
    page = soup(sample_case())
    card = page.find(id="scorecard")
    assert isinstance(card, Tag)
    states = {str(tag["class"][-1]): tag.get_text(strip=True) for tag in card.select("li .state")}
    assert states == {"met": "✓ met", "unmet": "✗ unmet", "not_checked": "? NOT CHECKED"}
    assert "Grammar: NOT CHECKED: Java 17 or newer was not found" in card.get_text()
    assert any(tag.get_text() == "NOT CHECKED" for tag in card.select(".score"))


def test_the_page_tells_verdict_questions_route_and_disagreements() -> None:
    text = soup(sample_case()).get_text(" ", strip=True)
    for wanted in (
        "Fix first",
        "Answer question Q1.",
        "The root cause must show that the promised handling time could not be met.",
        "Used in the letter: report: 25 orders",
        "Ship the open orders",
        "The mail carries no signature result.",
        "0.0213 USD",
    ):
        assert wanted in text


def test_the_notice_is_shown_whole_with_its_evidence_marked() -> None:
    case = sample_case()
    mail = soup(case).select_one("pre.mailtext")
    assert mail is not None
    assert "asked: root cause" in [m["title"] for m in mail.select("mark")]
    for cue in mail.select(".cue"):
        cue.decompose()
    assert mail.get_text() == case.notice.text


def test_spans_that_do_not_match_the_notice_are_not_marked() -> None:
    case = sample_case()
    mail = soup(case.with_(notice=case.notice.with_(text="Another text altogether, longer than nothing."))).select(
        "pre.mailtext mark"
    )
    assert mail == []


def test_print_hides_all_but_the_letter() -> None:
    style = str(soup(sample_case()).style)
    printed = style[style.index("@media print") :]
    hidden = re.search(r"([^{}]+)\{ display: none !important; \}", printed)
    assert hidden is not None
    assert {".verdict", "#proofs", ".card", ".top", "footer"} <= {part.strip() for part in hidden[1].split(",")}


# --- attachments, routes, wording -----------------------------------------------------------------------------------


def named(document: str, file: str | None = None, cause: str = "late_shipment", date: str | None = None) -> str:
    case = sample_case()
    fact = Fact(
        id="F1",
        kind="document",
        value=document,
        source="seller",
        origin="facts.yaml",
        item=Item(list="evidence", text=document, date=date),
    )
    enclosure = Enclosure(number=1, document=document, file=file, fact_id="F1")
    letter = letter_of(case).with_(enclosures=(enclosure,))
    enforcement = case.enforcement.with_(cause=cause)
    return render.attachments(case.with_(facts=(fact,), letter=letter, enforcement=enforcement))[0].proposed_name


def test_attachment_names_are_ascii_and_say_kind_party_and_date() -> None:
    assert named("invoice of Müller & Söhne, 12 March 2026", "a.PDF", date="2026-03-12") == (
        "01_invoice_MuellerSoehne_2026-03-12.pdf"
    )
    assert named("utility bill", "bill.jpeg", "verification") == "01_utility-bill.jpeg"
    assert named("采购发票", "发票.png") == "01_document.png"
    assert re.fullmatch(r"[A-Za-z0-9_.-]+", named("../../etc; rm -rf / $&#", "x/y.p df"))


def test_attachments_follow_the_rules_of_the_form() -> None:
    assert named("letter of authorization", "loa.pdf", "trademark").endswith(".png")
    case = sample_case()
    ip = case.with_(enforcement=case.enforcement.with_(cause="trademark"))
    assert any("takes no PDF" in rule for rule in render.attachments(ip)[1].rules)
    papers = case.with_(enforcement=case.enforcement.with_(cause="verification"))
    assert "Under 10 MB." in render.attachments(papers)[0].rules
    assert "pdf" not in file_profile(ip).formats


def test_without_a_letter_the_sellers_evidence_is_listed() -> None:
    assert [a.file for a in render.attachments(no_letter())] == ["late orders.xlsx", "scan (3).PDF"]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"scope": "account"}, "account"),
        ({"scope": "listing", "stage": "listing_removed"}, "listing"),
        ({"cause": "trademark"}, "ip"),
        ({"cause": "trademark", "answer_kind": "retraction"}, "rights_owner"),
        ({"cause": "verification"}, "verification"),
        ({"stage": "appeal_denied"}, "view_appeal"),
        ({"channel": "reply"}, "reply"),
        ({"answer_kind": "other_account_first"}, "other_account"),
        ({"answer_kind": "information_request"}, "ask"),
        ({"answer_kind": "no_reply_needed"}, "nothing"),
        ({"scope": "unknown", "stage": "warning", "channel": "none"}, "unknown"),
    ],
)
def test_the_route_fits_the_case(changes: dict[str, Any], key: str) -> None:
    base: dict[str, Any] = {"answer_kind": "plan_of_action", "stage": "deactivated", "scope": "account"}
    case = sample_case(enforcement=Enforcement(**{**base, **changes}))
    assert route_key(case) == key
    assert render.route(case).steps


def test_a_suspicious_mail_is_not_to_be_answered() -> None:
    case = sample_case()
    authenticity = case.notice.authenticity.with_(verdict="suspicious")
    case = case.with_(notice=case.notice.with_(authenticity=authenticity))
    assert render.route(case).title == "Do not answer this mail"


def test_every_rule_of_the_channels_names_its_source() -> None:
    rules = channels()
    sources = [r.source for r in rules.routes.values()] + [p.source for p in rules.profiles.values()]
    sources += [a.source for a in (*rules.waiting, *rules.never, *rules.every_file)]
    assert all(source_words(source) for source in sources)


def test_lines_say_what_was_not_checked_or_not_known() -> None:
    assert grammar_line(checked_grammar()) == (
        "Grammar: 1 fault left (0.56 per 100 words), 1 correction made, by LanguageTool 6.8"
    )
    assert "NOT CHECKED" in grammar_line(Scorecard().grammar)
    assert "cost not known" in usage_line(Usage(model="x", calls=2))
    assert usage_line(Usage()) == "No model was called."
    assert "The provider failed: time-out" in usage_line(Usage(model="x", calls=1, failure="time-out"))


def test_deadline_counts_from_the_cases_day() -> None:
    case = sample_case()
    assert deadline_line(case) == "20 November 2026: 11 days left."
    late = case.with_(today=case.today.replace(day=21))
    assert deadline_line(late) == "20 November 2026: over since 1 day."
    bare = case.enforcement.with_(deadline=Deadline(text="within 72 hours"))
    assert "no date to count from" in deadline_line(case.with_(enforcement=bare))
    assert "No deadline printed" in deadline_line(case.with_(enforcement=case.enforcement.with_(deadline=None)))


def test_fact_values_carry_unit_and_target() -> None:
    facts = {f.id: fact_value(f) for f in sample_case().facts}
    assert facts["F1"] == "late shipment rate 6.1 % (target 4 %)"
    assert facts["F11"] == "25 orders"
