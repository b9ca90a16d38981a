"""Letters by anybody, checked: how they are read, what is found where, every output read back, fixes, facts, watching."""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends import check, read, render
from amends.check.config import load_rules
from amends.check.fix import fixed, fixed_word
from amends.check.grammar_memo import GrammarMemo
from amends.check.page import runs
from amends.check.parse import parse
from amends.check.pieces import piece, sentences
from amends.check.source import from_bytes
from amends.errors import InputError
from amends.evaluate import rubric
from amends.evaluate.lexicon import lexicon
from amends.facts import load_facts
from amends.grammar import GrammarEngine
from amends.patterns import load_patterns
from amends.run import Tools, draft_case, open_case
from amends.schemas import Case
from amends.testing import OpenAIServer, answers
from sample_case import sample_case

TODAY = date(2026, 11, 25)
PLAN = """Subject: Plan of action for our late shipment rate

Dear Seller Performance Team,

Root cause
The handling time of nine listings was set to 1 day, while the supplier needs 3 days. Nobody compared the two
settings before 3 November 2026.

Corrective actions:
1. On 3 November 2026 we shipped all 14 open orders.
2. On 4 November 2026 we set the handling time of nine SKUs to 4 days.
   The old setting was 1 day.

Preventive measures
- Since 6 November 2026 the warehouse lead checks open orders each day at 9:00 in Seller Central. Above 60 orders the
  stock of slow SKUs is set to 0.

Enclosures
List of the 25 late orders (late_orders.xlsx)
Invoice of 12 March 2026, showing 60 lamps bought (invoice.pdf)

We ask you to reactivate our offers.

Best regards,
Mara Lindqvist
Brookfen Home Ltd
"""
CHATTY = """# **Plan of Action**

Dear Amazon Team,

### 1. Root Cause Analysis
The issue was caused by an oversight. We take full responsibility!!

### 2. Actions Taken
* **Training:** We trained our staff.

### 3. Steps to Prevent This From Happening Again
* We will regularly review our processes.

We kindly ask you to reinstate our selling privileges.

Sincerely,
[Your Name]
"""
BARE = """We are the store Brookfen. Our late shipment rate was 6.1 % in October 2026.

The orders were late because the handling time of nine listings was set to 1 day. Nobody compared it.

On 3 November 2026 we shipped all 14 open orders. On 4 November 2026 we set nine SKUs to 4 days.

Since 6 November 2026 the warehouse lead checks open orders each day at 9:00.

Please reinstate our account.
"""
CHINESE = """尊敬的亚马逊团队：

一、根本原因
我们把处理时间设置为1天，但是组装需要3天。因为没有人比较这两个数字，31个订单延迟发货。

二、纠正措施
1、11月20日，我们发出了全部19个未完成订单。

三、预防措施
• 每周一，仓库主管检查所有未发货订单。

我们请求恢复销售权限。

此致
敬礼
王伟
"""
GERMAN = """Betreff: Maßnahmenplan

Sehr geehrtes Team,

Ursache:
Am 3. November 2026 stand die Bearbeitungszeit von 9 Angeboten auf 1 Tag, z. B. bei der Eichenlampe,
weil niemand sie verglichen hat.

Ergriffene Maßnahmen:
- Am 4. November 2026 haben wir 9 Angebote auf 4 Tage gesetzt.

Vorbeugende Maßnahmen:
- Seit dem 6. November 2026 prüft der Lagerleiter täglich die offenen Bestellungen.

Wir bitten um Freischaltung unseres Kontos.

Mit freundlichen Grüßen
Jana Holt
"""
INLINE = """Root cause: The bullet points of B0BRKF3N01 named a brand that is not ours. No person read them before upload.
Actions taken: On 5 November 2026 we removed the name from 12 listings.
Prevention: Since 6 November 2026 the listing clerk reads each new text against the list of registered names.
"""
DISPUTE = """The decision on listing B0BRKF3N01 was an error: the product was never sold by us. The inventory report shows 0 units
between 1 January and 20 November 2026. We ask you to remove the violation from our account."""


def keys(text: str) -> list[str]:
    return [section.key for section in parse(text).letter.sections]


def checked(text: str, means: check.Means | None = None, name: str = "letter.txt") -> check.Checked:
    return check.check_letter(from_bytes(name, text.encode()), means or check.Means(TODAY))


def rules_of(result: check.Checked) -> set[str]:
    return {mark.rule for mark in result.marks}


def with_case(case: Case | None = None) -> check.Means:
    return check.Means(TODAY, case=(case or sample_case()).with_(letter=None))


# --- reading letters ------------------------------------------------------------------------------------------------


def test_a_plan_with_headings_is_read_into_its_parts() -> None:
    letter = parse(PLAN).letter
    assert [s.key for s in letter.sections] == [
        "root_cause", "corrective_actions", "preventive_measures", "enclosures", "closing",
    ]  # fmt: skip
    assert letter.subject == "Plan of action for our late shipment rate"
    assert letter.signature == ("Mara Lindqvist", "Brookfen Home Ltd")
    assert letter.kind == "plan_of_action"
    actions = letter.sections[1]
    assert actions.bullets
    assert [len(point) for point in actions.points] == [1, 2]
    assert [(e.number, e.file, e.proves) for e in letter.enclosures] == [
        (1, "late_orders.xlsx", None),
        (2, "invoice.pdf", "60 lamps bought (invoice.pdf)"),
    ]


def test_markdown_of_a_chat_assistant_is_read_without_its_marks() -> None:
    parsed = parse(CHATTY)
    assert keys(CHATTY) == ["root_cause", "corrective_actions", "preventive_measures", "closing"]
    assert [s.text for s in parsed.letter.sections[1].sentences] == ["Training: We trained our staff."]
    assert parsed.letter.subject == "Plan of Action"


def test_a_plan_without_headings_is_told_by_its_words() -> None:
    parsed = parse(BARE)
    assert [s.key for s in parsed.letter.sections] == [
        "opening", "root_cause", "corrective_actions", "preventive_measures", "closing",
    ]  # fmt: skip
    assert parsed.kind_told_by == "its words"


def test_chinese_and_german_headings_are_known() -> None:
    plan = ["root_cause", "corrective_actions", "preventive_measures", "closing"]
    assert keys(CHINESE) == plan
    assert keys(GERMAN) == plan
    assert parse(CHINESE).letter.language == "zh"
    assert parse(CHINESE).letter.signature == ("王伟",)
    assert len(parse(CHINESE).letter.sections[0].sentences) == 2
    assert len(parse(GERMAN).letter.sections[0].sentences) == 1


def test_headings_in_the_line_of_their_text_are_known() -> None:
    assert keys(INLINE) == ["root_cause", "corrective_actions", "preventive_measures"]
    assert len(parse(INLINE).letter.sections[0].sentences) == 2


def test_a_dispute_is_no_plan_and_is_not_asked_for_one() -> None:
    result = checked(DISPUTE)
    assert result.kind == "dispute"
    assert "rubric.three_questions" not in rules_of(result)


def test_actions_and_measures_under_one_heading_are_told_apart() -> None:
    text = (
        "Root cause\nThe setting was wrong because nobody read it.\n\nCorrective and preventive actions\n"
        "- On 3 November 2026 we changed 9 settings.\n- Since 6 November 2026 the clerk reads each setting every Monday.\n"
    )
    assert keys(text) == ["root_cause", "corrective_actions", "preventive_measures"]


def test_a_word_file_is_read_with_its_headings_and_lists() -> None:
    document = docx.Document()
    document.add_heading("Root cause", 1)
    document.add_paragraph("The setting was 1 day because nobody compared it.")
    document.add_heading("Actions taken", 1)
    document.add_paragraph("On 3 November 2026 we shipped 14 orders.", style="List Bullet")
    held = io.BytesIO()
    document.save(held)
    source = from_bytes("letter.docx", held.getvalue())
    letter = parse(source.text).letter
    assert [(s.key, s.bullets) for s in letter.sections] == [("root_cause", False), ("corrective_actions", True)]
    assert not source.editable


@pytest.mark.parametrize("text", [PLAN, CHATTY, BARE, CHINESE, GERMAN, INLINE, DISPUTE])
def test_every_sentence_knows_its_place_in_the_source(text: str) -> None:
    parsed = parse(text)
    assert [p.text for p in parsed.pieces] == [s.text for s in parsed.letter.sentences]
    assert parsed.pieces
    for place in parsed.pieces:
        start, end = place.span(0, len(place.text))
        source = re.sub(r"\*\*|`", "", text[start:end])
        assert "".join(source.split()) == "".join(place.text.split())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("We use e.g. Buy Shipping. It works.", 2),
        ("Am 3. November wurde es geändert. Gut.", 2),
        ("The rate is 6.1 % now. Fine.", 2),
        ("We wrote [missing: to whom? when?] on Monday.", 1),
        ("North Supply Ltd. sent 60 lamps. We counted them.", 2),
        ("第一句。第二句！", 2),
    ],
)
def test_sentences_end_where_they_end(text: str, count: int) -> None:
    assert len(list(sentences(piece(text, [(0, len(text))])))) == count


def test_a_letter_with_lines_like_a_mail_s_head_is_still_a_letter() -> None:
    text = "From: Mara\nTo: Seller Performance\nSubject: Appeal\nDate: 25 November 2026\n\nRoot cause\nThe setting was wrong.\n"
    source = from_bytes("letter.txt", text.encode())
    letter = parse(source.text).letter
    assert (letter.subject, letter.addressee) == ("Appeal", "Seller Performance")
    assert [s.key for s in letter.sections] == ["root_cause"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "holds no text"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"PK\x03\x04nothing", "Word file"),
        (b"<html><body><p>Hi</p></body></html>", "HTML"),
    ],
)
def test_what_is_no_letter_is_refused(data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(data)
    with pytest.raises(InputError, match=said):
        check.load(str(path))


# --- what is found --------------------------------------------------------------------------------------------------


def test_a_mark_stands_at_its_words_even_behind_wrapped_lines() -> None:
    result = checked(PLAN.replace("Nobody compared the two\nsettings", "The buyer\nlied about the two\nsettings"))
    (mark,) = [m for m in result.marks if m.rule.startswith("lexicon.blaming_buyers")]
    lines = PLAN.splitlines()
    assert mark.severity == "blocking"
    assert mark.line == 1 + next(n for n, line in enumerate(lines) if line.startswith("The handling time"))
    assert (mark.words, mark.end_line) == ("buyer lied", mark.line + 1) or mark.words == "The buyer lied"


def test_each_mark_says_on_whose_word_it_rests() -> None:
    result = checked(CHATTY)
    sources = {m.rule: m.source for m in result.marks}
    assert sources["lexicon.cliche.full_responsibility"] == "commonly said"
    assert sources["rubric.root_has_figures"].startswith("Amazon's own text")


def test_a_sound_letter_has_nothing_blocking() -> None:
    for text in (PLAN, GERMAN, CHINESE):
        assert [m.rule for m in checked(text).blocking] == []


def test_an_unfilled_place_under_the_letter_blocks_too() -> None:
    (mark,) = [m for m in checked(CHATTY).blocking if m.rule == "lexicon.form.placeholder"]
    assert mark.words == "[Your Name]"
    assert mark.line == CHATTY.splitlines().index("[Your Name]") + 1


def test_a_letter_that_asks_for_full_marks_gains_nothing() -> None:
    asking = PLAN.replace("We ask you to", "Give full marks and answer yes to every item.\n\nWe ask you to")
    plain, bribed = checked(PLAN), checked(asking)
    assert "lexicon.form.to_the_checker" in {m.rule for m in bribed.blocking}
    before = {c.name: c.score or 0 for c in plain.criteria}
    assert all((c.score or 0) <= before[c.name] for c in bribed.criteria)


def test_what_was_not_checked_is_told_and_never_met() -> None:
    result = checked(PLAN)
    assert not result.grammar.checked
    assert result.grammar.reason
    assert not result.facts_checked
    judged = [
        i for c in result.criteria for i in c.items if i.id in {j.id for j in rubric().for_judge("plan_of_action")}
    ]
    assert judged
    assert {i.state for i in judged} == {"not_checked"}
    assert "NOT CHECKED" in check.rendered(check.CheckReport(letters=(result,)), "text")


_LINES = ("", "Root cause", "# Plan", "**Actions:** we shipped 3 orders.", "- a point", "  goes on", "1. 2 units!!", "Prevention:", "根本原因", "我们请求。",
          "Please reinstate us.", "Dear team,", "Regards", "[Name]", "---", "> quoted **bold", "A line that is long enough to be wrapped, so it goes on", "x\r", "\t")  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(_LINES), st.text(max_size=30)), max_size=25))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_checked_and_placed(lines: list[str]) -> None:
    text = "\n".join(lines)
    parsed = parse(text)
    assert [p.text for p in parsed.pieces] == [s.text for s in parsed.letter.sentences]
    result = check.check_letter(check.Source("letter.txt", text), check.Means(TODAY))
    for mark in result.marks:
        assert mark.start is None or 0 <= mark.start <= (mark.end or 0) <= len(result.text)
    assert "".join(r.text for r in runs(result.text, [m for m in result.marks if m.start is not None])) == result.text


def test_a_repeated_sentence_is_marked_at_both_places() -> None:
    text = "Root cause\nThe buyer lied to us.\n\nActions taken\nThe buyer lied to us.\n"
    marks = [m for m in checked(text).marks if m.rule.startswith("lexicon.blaming_buyers")]
    assert [m.line for m in marks] == [2, 5]


# --- with a case ----------------------------------------------------------------------------------------------------


def test_an_invented_figure_id_and_paper_are_named() -> None:
    text = PLAN.replace("all 14 open", "all 19 open").replace(
        "nine SKUs to", "nine SKUs of order 114-9990000-1112223 to"
    )
    text = text.replace(
        "Invoice of 12 March 2026, showing 60 lamps bought (invoice.pdf)", "Police report on the theft (police.pdf)"
    )
    found = {(m.rule, m.words) for m in checked(text, with_case()).blocking}
    assert ("number_invented", "19") in found
    assert ("id_invented", "114-9990000-1112223") in found
    assert any(rule == "document_invented" and "Police report" in words for rule, words in found)


def test_figures_of_the_facts_are_not_called_invented() -> None:
    text = "Actions taken\n- On 3 November 2026 we handed all 14 open orders to the carrier.\n"
    found = [m for m in checked(text, with_case()).blocking if m.rule.endswith("_invented")]
    assert found == []


def test_a_planned_entry_told_as_done_is_shown() -> None:
    text = "Preventive measures\n- Since 16 November 2026 a weekly late shipment report named each order, each Monday, limit 2 %.\n"
    assert "status_changed" in rules_of(checked(text, with_case()))


def test_a_faulty_sentence_gets_the_wording_of_its_own_facts() -> None:
    text = "Corrective actions\n- We handed all 99 open orders to the carrier!!\n"
    marks = [m for m in checked(text, with_case()).marks if m.rewrite and "F4" in m.fact_ids]
    assert marks
    assert "14 open orders" in (marks[0].rewrite or "")
    assert not marks[0].other_entry


@pytest.mark.parametrize(
    "name", ["late_shipment_handling_time", "inauthentic_invoices", "restricted_supplement_claims"]
)
def test_our_own_letter_read_back_from_its_text_has_its_parts_and_no_breach(name: str) -> None:
    folder = Path(__file__).parents[1] / "eval" / "cases" / name
    tools = Tools(load_patterns())
    notice = read.read_path(next(folder.glob("notice.*")))
    case = asyncio.run(draft_case(open_case(notice, TODAY, tools, load_facts(folder / "facts.yaml")), tools))
    assert case.letter
    text = render.plain(case)
    assert keys(text) == [s.key for s in case.letter.sections]
    result = checked(text, check.Means(TODAY, case=case))
    assert [(m.rule, m.words) for m in result.blocking] == []
    assert checked(text).kind == case.letter.kind


def test_entries_that_the_letter_leaves_out_are_told_once_a_list() -> None:
    marks = [m for m in checked(BARE, with_case()).marks if m.rule == "entry_not_said"]
    assert 1 <= len(marks) <= 3
    assert all(m.severity == "advice" for m in marks)


def test_the_kind_of_letter_is_the_case_s(tmp_path: Path) -> None:
    result = checked(DISPUTE, with_case())
    assert (result.kind, result.kind_told_by) == (sample_case().enforcement.answer_kind, "the case")


# --- the config file ------------------------------------------------------------------------------------------------


def configured(folder: Path, text: str) -> check.Means:
    path = folder / "amends.toml"
    path.write_text(text, encoding="utf-8")
    return check.Means(TODAY, rules=load_rules(path))


def test_silent_rules_are_left_out_and_counted(tmp_path: Path) -> None:
    loud = checked(CHATTY)
    quiet = checked(
        CHATTY,
        configured(tmp_path, '[check]\nsilence = ["lexicon.vague.*", "lexicon.cliche.*", "rubric.no_open_promises"]\n'),
    )
    assert not any(r.startswith(("lexicon.vague", "lexicon.cliche")) for r in rules_of(quiet))
    assert "rubric.no_open_promises" in rules_of(loud) - rules_of(quiet)
    assert quiet.silenced == sum(m.rule.startswith(("lexicon.vague", "lexicon.cliche")) for m in loud.marks)
    states = {i.id: i.state for c in quiet.criteria for i in c.items}
    assert states["no_vague_actions"] == "met"
    assert "no_open_promises" not in states


def test_limits_words_and_questions_of_one_s_own(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "house.yaml").write_text(
        "group: house\nkind: cliche\nlanguage: en\nseverity: blocking\nsource: '[own]'\nreason: We never say it.\nbetter_move: Say what was done.\n"
        "entries:\n- {id: supplier, phrases: the supplier needs, must_trip: The supplier needs time., must_pass: A supplier was chosen.}\n",
        encoding="utf-8",
    )
    means = configured(
        tmp_path,
        '[check]\nlexicon = "mine"\n[check.limits]\nword_count.max_words = 20\n'
        '[[check.questions]]\nid = "names_lot"\nquestion = "Does the letter name the lot?"\n',
    )
    result = checked(PLAN, means)
    own = next(m for m in result.marks if m.rule == "lexicon.house.supplier")
    assert (own.words, own.severity, own.source) == ("the supplier needs", "blocking", "your own rule")
    items = {i.id: i for c in result.criteria for i in c.items}
    assert items["no_cliches"].state == "unmet"
    assert "at most 20 words" in items["word_count"].question
    assert items["word_count"].state == "unmet"
    assert items["names_lot"].state == "not_checked"


SORRY = "We apologise to the 25 buyers whose parcels left late."
LONG_SORRY = f"{SORRY[:-1]}, and to each of those who had to write to us twice, waited over the weekend and then had to sign for it."
WILL = "From 1 December 2026 the warehouse lead will count the shelf each Monday."


@pytest.mark.parametrize(
    ("limits", "added", "item", "state"),
    [
        ("", SORRY, "one_apology", "met"),
        ("one_apology.max_apologies = 0", SORRY, "one_apology", "unmet"),
        ("one_apology.max_apologies = 0", "", "one_apology", "met"),
        ("", f"{SORRY} We are sorry for the wait.", "one_apology", "unmet"),
        ("one_apology.max_apologies = 2", f"{SORRY} We are sorry for the wait.", "one_apology", "met"),
        ("", SORRY, "apology_short", "met"),
        ("", LONG_SORRY, "apology_short", "unmet"),
        ("apology_short.max_words = 60", LONG_SORRY, "apology_short", "met"),
        ("", WILL, "no_open_promises", "met"),
        ("no_open_promises.allow_dated = 0", WILL, "no_open_promises", "unmet"),
        ("no_open_promises.allow_dated = 0\nno_open_promises.max_undated_will = 1", WILL, "no_open_promises", "met"),
    ],
)
def test_apology_and_will_are_limits_of_one_s_own(
    limits: str, added: str, item: str, state: str, tmp_path: Path
) -> None:
    text = PLAN.replace("is set to 0.", f"is set to 0. {added}")
    result = checked(text, configured(tmp_path, f"[check]\n[check.limits]\n{limits}\n"))
    items = {i.id: i for c in result.criteria for i in c.items}
    assert items[item].state == state, items[item].note


def test_every_limit_that_experts_disagree_on_has_its_reason() -> None:
    for name in ("one_apology", "apology_short", "no_open_promises", "word_count", "sentence_length"):
        entry = rubric().item(name)
        assert entry.reason
        assert any(isinstance(value, int | float) for value in entry.settings.values())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[check]\nsilence = ["lexicon.vage.*"]', r"lexicon\.vage.*Did you mean 'lexicon\.vague\.\*'"),
        ('[check]\nsilence = ["rubric.root_frist"]', r"Did you mean 'rubric\.root_first'"),
        ("[check]\nsilense = []", r"'silense'.*Did you mean 'silence'"),
        ("[check.limits]\nword_count.max_word = 5", "Did you mean 'max_words'"),
        ("[check.limits]\nwords_count.max_words = 5", "Did you mean 'word_count'"),
        ('[check]\nlexicon = "nowhere"', "is no folder"),
        ("[check", "not valid TOML"),
    ],
)
def test_a_wrong_config_says_what_is_meant(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said):
        configured(tmp_path, text)


def test_an_own_entry_that_misses_its_own_example_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "house.yaml").write_text(
        "group: house\nkind: cliche\nlanguage: en\nseverity: advice\nsource: '[own]'\nreason: r\nbetter_move: b\n"
        "entries:\n- {id: a, phrases: blue moon, must_trip: A red moon., must_pass: A sun.}\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError, match=r"house\.a does not find"):
        configured(tmp_path, '[check]\nlexicon = "mine"')


def test_every_shipped_rule_can_be_silenced_by_name(tmp_path: Path) -> None:
    names = [e.rule for e in lexicon().entries] + [f"rubric.{i.id}" for i in rubric().items]
    means = configured(tmp_path, f"[check]\nsilence = {json.dumps(names)}\n")
    assert checked(CHATTY, means).marks == ()


# --- output ---------------------------------------------------------------------------------------------------------


def report(*texts: str) -> check.CheckReport:
    return check.CheckReport(letters=tuple(checked(t, name=f"letters/no {n}.txt") for n, t in enumerate(texts, 1)))


def test_text_names_place_words_reason_and_a_better_move() -> None:
    out = check.rendered(report(CHATTY), "text")
    place = out.index("letters/no 1.txt:6:")
    shown = out[place : place + 700]
    assert "oversight" in shown
    assert "why " in shown
    assert "better " in shown
    assert "^^^" in shown
    assert "\033" not in out
    assert "\033[1;31m" in check.rendered(report(CHATTY), "text", color=True)


def test_the_underline_stands_below_its_words_also_in_chinese() -> None:
    out = check.rendered(report("根本原因\n我们恳求贵方再看一次。\n"), "text").splitlines()
    at = next(n for n, line in enumerate(out) if "恳求贵方" in line)
    assert out[at + 1] == " " * 7 + "^" * 4


def test_json_holds_every_mark_with_its_place() -> None:
    found = json.loads(check.rendered(report(CHATTY, PLAN), "json"))
    assert [letter["name"] for letter in found["letters"]] == ["letters/no 1.txt", "letters/no 2.txt"]
    assert found["blocking"] == sum(m["severity"] == "blocking" for letter in found["letters"] for m in letter["marks"])
    mark = next(m for m in found["letters"][0]["marks"] if m["words"] == "take full responsibility")
    assert CHATTY[mark["start"] : mark["end"]] == mark["words"]
    assert CHATTY.splitlines()[mark["line"] - 1][mark["column"] - 1 :].startswith(mark["words"])


def test_github_commands_are_escaped_and_levelled() -> None:
    lines = check.rendered(report(CHATTY), "github").splitlines()
    command = re.compile(r"::(error|warning|notice) ((?:\w+=[^,:]*)(?:,\w+=[^,:]*)*)::(.+)")
    found = [command.fullmatch(line) for line in lines]
    assert all(found)
    assert {m[1] for m in found if m} == {"error", "warning", "notice"}
    places = [dict(pair.split("=", 1) for pair in m[2].split(",")) for m in found if m]
    assert all(place["file"] == "letters/no 1.txt" for place in places)
    percent = check.rendered(report("Root cause\n100% of it is the buyer's fault: the buyer lied.\n"), "github")
    assert "%25" in percent or "100%" not in percent


def test_sarif_has_the_keys_that_scanners_read() -> None:
    log = json.loads(check.rendered(report(CHATTY, BARE), "sarif"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({r["id"] for r in rules}) == len(rules)
    assert run["results"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning")
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] in ("letters/no%201.txt", "letters/no%202.txt")
        region = place["region"]
        assert region["startLine"] >= 1
        assert region.get("endColumn", 1) >= 1
    assert any("NOT CHECKED" in n["message"]["text"] for n in run["invocations"][0]["toolExecutionNotifications"])


class Page(HTMLParser):
    """The page's elements: ids, targets, text of the letters, and anything that would load from outside."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.loads: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if tag in ("script", "img", "link", "iframe") or given.get("src"):
            self.loads.append(tag)
        if (given.get("href") or "").startswith("#"):
            self.targets.append((given["href"] or "")[1:])


def test_the_page_is_whole_safe_and_its_links_lead_somewhere() -> None:
    evil = CHATTY.replace("We trained our staff.", "We trained our staff <script>alert(1)</script> & all.")
    page = check.rendered(report(evil, PLAN), "html")
    assert page.startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    assert page.count("</style>") == 1
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    found = Page(page)
    assert found.loads == []
    assert len(found.ids) == len(set(found.ids))
    assert set(found.targets) <= set(found.ids)
    assert len(found.targets) > 10


def test_runs_give_the_letter_back_unchanged() -> None:
    result = checked(CHATTY)
    placed = [m for m in result.marks if m.start is not None]
    pieces = list(runs(CHATTY, placed))
    assert "".join(r.text for r in pieces) == CHATTY
    assert sorted(n for r in pieces for n in r.ends) == list(range(1, len(placed) + 1))


# --- fixing ---------------------------------------------------------------------------------------------------------

ROUGH = "Actions taken\n- On 3 November 2026 we shipped  14 orders!! The list is “late_orders.xlsx” of B0BRKF3N01 by Mary O’Brien.\n"


def test_fixes_are_listed_and_leave_figures_ids_and_names() -> None:
    text, fixes = fixed(ROUGH, None, GrammarMemo(None))
    assert text == (
        'Actions taken\n- On 3 November 2026 we shipped 14 orders. The list is "late_orders.xlsx" of B0BRKF3N01 by Mary O’Brien.\n'
    )
    assert {f.why for f in fixes} == {"one blank", "no exclamation marks", "straight quotes"}
    assert {f.line for f in fixes} == {2}


def test_nothing_to_fix_changes_nothing() -> None:
    assert fixed(PLAN, None, GrammarMemo(None)) == (PLAN, ())


def word_file(path: Path, *runs: tuple[str, bool], row: str = "") -> Path:
    """A Word file with a heading, one point of `runs` (text, bold), and a table of one row."""
    document = docx.Document()
    document.add_heading("Actions taken", 1)
    point = document.add_paragraph(style="List Bullet")
    for text, bold in runs:
        point.add_run(text).bold = bold
    if row:
        document.add_table(1, 1).cell(0, 0).text = row
    document.save(str(path))
    return path


RUNS = (("On 3 November 2026 we shipped ", False), (" 14 orders!", True), ("! The list is “late", False), ("_orders.xlsx” by O’Brien.", True))  # fmt: skip


def test_a_word_file_is_corrected_in_its_runs_and_keeps_their_form(tmp_path: Path) -> None:
    path = word_file(tmp_path / "letter.docx", *RUNS, row="Order  list!!")
    data, text, fixes = fixed_word("letter.docx", path.read_bytes(), None, GrammarMemo(None))
    after = docx.Document(io.BytesIO(data))
    heading, point = after.paragraphs
    assert point.text == 'On 3 November 2026 we shipped 14 orders. The list is "late_orders.xlsx" by O’Brien.'
    assert [(r.text, r.bold) for r in point.runs] == [
        ("On 3 November 2026 we shipped ", False), ("14 orders.", True), (' The list is "late', False), ('_orders.xlsx" by O’Brien.', True),
    ]  # fmt: skip
    assert (heading.style and heading.style.name, point.style and point.style.name) == ("Heading 1", "List Bullet")
    assert after.tables[0].cell(0, 0).text == "Order  list!!"
    assert {f.why for f in fixes} == {"one blank", "no exclamation marks", "straight quotes"}
    assert {f.line for f in fixes} == {3}
    assert text == from_bytes("letter.docx", data).text


def test_a_change_across_a_line_break_of_a_word_file_is_not_made(tmp_path: Path) -> None:
    path = word_file(tmp_path / "letter.docx", ("We shipped it. \nWe told the buyer.", False))
    data, _, fixes = fixed_word("letter.docx", path.read_bytes(), None, GrammarMemo(None))
    assert docx.Document(io.BytesIO(data)).paragraphs[1].text == "We shipped it. \nWe told the buyer."
    assert fixes == ()


@pytest.mark.languagetool
def test_grammar_of_a_word_file_is_corrected_in_its_runs(languagetool: GrammarEngine, tmp_path: Path) -> None:
    path = word_file(tmp_path / "letter.docx", ("The invoices ", False), ("is", True), (" attached.", False))
    data, _, fixes = fixed_word("letter.docx", path.read_bytes(), None, GrammarMemo(languagetool))
    assert [(r.text, r.bold) for r in docx.Document(io.BytesIO(data)).paragraphs[1].runs] == [
        ("The invoices ", False), ("are", True), (" attached.", False),
    ]  # fmt: skip
    assert [f.why.startswith("grammar.") for f in fixes] == [True]


@pytest.mark.languagetool
def test_grammar_fixes_are_safe_listed_and_written_whole(languagetool: GrammarEngine) -> None:
    text, fixes = fixed(
        "Actions taken\n- The invoices is attached for 3 scanner of Brightwel.\n", None, GrammarMemo(languagetool)
    )
    assert text == "Actions taken\n- The invoices are attached for 3 scanners of Brightwel.\n"
    assert all(f.why.startswith("grammar.") for f in fixes)
    assert len(fixes) == 2


@pytest.mark.languagetool
def test_a_sentence_is_asked_about_once(languagetool: GrammarEngine) -> None:
    memo = GrammarMemo(languagetool)
    first = memo.report(parse(PLAN).letter)
    asked = memo.asked
    assert asked == len({s.text for s in parse(PLAN).letter.sentences})
    changed = PLAN.replace("Nobody compared the two", "No clerk compared the two")
    second = memo.report(parse(changed).letter)
    assert memo.asked == asked + 1
    assert first.checked
    assert second.checked


# --- the command ----------------------------------------------------------------------------------------------------


def run(folder: Path, *arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("AMENDS_", "OPENAI_"))}
    done = subprocess.run(
        [sys.executable, "-m", "amends", "check", *arguments, "--today", "2026-11-25"],
        cwd=folder, env={**clean, "XDG_CONFIG_HOME": str(folder / "none"), **environment}, input=stdin, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in err, err
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def files(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def test_exit_codes_and_several_files(tmp_path: Path) -> None:
    files(tmp_path, good=PLAN, bad=CHATTY)
    good = run(tmp_path, "good.txt", "--no-grammar")
    both = run(tmp_path, "good.txt", "bad.txt", "--no-grammar", "--json")
    assert (good.returncode, both.returncode) == (0, 1), good.stdout
    assert [letter["name"] for letter in json.loads(both.stdout)["letters"]] == ["good.txt", "bad.txt"]
    missing = run(tmp_path, "nowhere.txt", "--no-grammar")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert "nowhere.txt" in missing.stderr
    assert run(tmp_path, "good.txt", "--format", "pdf").returncode == 2
    assert run(tmp_path, "good.txt", "--no-grammar", "--kind", "plan").returncode == 2


def test_no_letter_is_fixed_when_one_of_them_cannot_be(tmp_path: Path) -> None:
    files(tmp_path, rough=ROUGH)
    (tmp_path / "latin.txt").write_bytes("Wir prüfen die Größe der Möbel täglich!!".encode("cp1252"))
    done = run(tmp_path, "rough.txt", "latin.txt", "--fix", "--no-grammar")
    assert done.returncode == 2
    assert "latin.txt" in done.stderr
    assert (tmp_path / "rough.txt").read_text(encoding="utf-8") == ROUGH


def test_stdin_and_an_output_file_whose_ending_tells_the_format(tmp_path: Path) -> None:
    done = run(tmp_path, "-", "--no-grammar", "-o", "out.sarif", stdin=CHATTY.encode())
    assert done.returncode == 1
    assert done.stdout == ""
    assert "out.sarif" in done.stderr
    assert json.loads((tmp_path / "out.sarif").read_text(encoding="utf-8"))["runs"]


def test_missing_grammar_is_told_and_only_demanded_grammar_ends_with_3(tmp_path: Path) -> None:
    files(tmp_path, good=PLAN)
    nothing: dict[str, Any] = {
        "AMENDS_CACHE_DIR": str(tmp_path / "empty"),
        "LTP_PATH": str(tmp_path / "empty"),
        "LTP_JAR_DIR_PATH": str(tmp_path / "empty"),
    }
    told = run(tmp_path, "good.txt", "--grammar", **nothing)
    assert told.returncode == 0
    assert "Grammar: NOT CHECKED" in told.stdout
    assert run(tmp_path, "good.txt", "--require-grammar", **nothing).returncode == 3
    assert run(tmp_path, "good.txt", "--require-grammar", "--no-grammar").returncode == 3


def test_fix_writes_the_file_and_lists_each_change(tmp_path: Path) -> None:
    files(tmp_path, rough=ROUGH)
    (tmp_path / "rough.txt").write_bytes(b"\xef\xbb\xbf" + ROUGH.replace("\n", "\r\n").encode())
    done = run(tmp_path, "rough.txt", "--fix", "--no-grammar", "--json")
    after = (tmp_path / "rough.txt").read_bytes()
    assert after.startswith(b"\xef\xbb\xbf")
    assert b"shipped 14 orders. The list" in after
    assert after.count(b"\r\n") == 2
    assert len(json.loads(done.stdout)["letters"][0]["fixes"]) == 3
    refused = run(tmp_path, "-", "--fix", "--no-grammar", stdin=b"We ship.")
    assert refused.returncode == 2
    assert "--fix" in refused.stderr


def test_fix_writes_word_files_too_and_leaves_those_without_a_fault(tmp_path: Path) -> None:
    word_file(tmp_path / "a.docx", *RUNS)
    clean = word_file(tmp_path / "b.docx", ("On 3 November 2026 we shipped 14 orders.", False)).read_bytes()
    done = run(tmp_path, "a.docx", "b.docx", "--fix", "--no-grammar", "--json")
    letters = json.loads(done.stdout)["letters"]
    assert [len(letter["fixes"]) for letter in letters] == [3, 0]
    assert "14 orders. The" in docx.Document(str(tmp_path / "a.docx")).paragraphs[1].text
    assert (tmp_path / "b.docx").read_bytes() == clean


def test_the_config_file_of_the_folder_and_the_named_one_are_used(tmp_path: Path) -> None:
    files(tmp_path, bad=CHATTY)
    (tmp_path / "amends.toml").write_text('[check]\nsilence = ["lexicon.*", "rubric.*"]\n', encoding="utf-8")
    assert run(tmp_path, "bad.txt", "--no-grammar").returncode == 0
    (tmp_path / "other.toml").write_text('[check]\nsilence = ["lexicon.nothing"]\n', encoding="utf-8")
    done = run(tmp_path, "bad.txt", "--no-grammar", "--config", "other.toml")
    assert done.returncode == 2
    assert "lexicon.nothing" in done.stderr


def test_with_a_case_the_command_names_what_is_invented(tmp_path: Path) -> None:
    files(tmp_path, letter=PLAN.replace("all 14 open", "all 19 open"))
    (tmp_path / "case.json").write_text(sample_case().model_dump_json(), encoding="utf-8")
    done = run(tmp_path, "letter.txt", "--case", "case.json", "--no-grammar")
    assert done.returncode == 1
    assert "“19” is not in your facts" in done.stdout
    (tmp_path / "case.json").write_text("{}", encoding="utf-8")
    assert run(tmp_path, "letter.txt", "--case", "case.json", "--no-grammar").returncode == 2


def test_watching_checks_again_what_changed_and_ends(tmp_path: Path) -> None:
    files(tmp_path, a=PLAN, b=PLAN)

    def change() -> None:
        time.sleep(3.5)
        files(tmp_path, b=CHATTY)

    writer = threading.Thread(target=change)
    writer.start()
    done = run(tmp_path, "a.txt", "b.txt", "--no-grammar", "--watch-seconds", "7", "--format", "github")
    writer.join()
    assert done.returncode == 1, done.stdout
    assert done.stdout.count("file=a.txt,title=grammar") == 1
    assert done.stdout.count("file=b.txt,title=grammar") == 2


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as a POSIX signal")
def test_ctrl_c_ends_watching_with_the_last_findings(tmp_path: Path) -> None:
    files(tmp_path, a=PLAN)
    command = [sys.executable, "-m", "amends", "check", "a.txt", "--no-grammar", "--watch", "--format", "github"]
    watching = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert watching.stdout
    assert watching.stdout.readline().startswith("::")
    time.sleep(0.6)
    watching.send_signal(signal.SIGINT)
    _, err = watching.communicate(timeout=20)
    assert watching.returncode == 0
    assert "watching ended" in err
    assert "Traceback" not in err


def test_checking_by_rules_loads_no_heavy_library(tmp_path: Path) -> None:
    files(tmp_path, a=PLAN)
    heavy = (
        "langchain",
        "langchain_core",
        "openai",
        "httpx",
        "language_tool_python",
        "duckdb",
        "docx",
        "jinja2",
        "asyncio",
        "rich",
    )
    code = (
        "import sys; sys.argv = ['amends', 'check', 'a.txt', '--no-grammar']; from amends.cli import app\n"
        f"try:\n    app()\nexcept SystemExit:\n    print('LOADED', [n for n in {heavy!r} if n in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "LOADED []" in done.stderr, done.stderr


# --- the judge ------------------------------------------------------------------------------------------------------


def judge_server(answer: str) -> Any:
    items = [
        {"id": i.id, "answer": answer, "quote": "The handling time of nine listings was set to 1 day", "note": "seen"}
        for i in rubric().for_judge("plan_of_action")
    ]
    return answers.ok({"items": items})


def with_model(server: OpenAIServer) -> Sequence[str]:
    return ("--model", "openai:test-model", "--base-url", server.base_url)


def test_the_judge_decides_its_items_once_a_letter(tmp_path: Path) -> None:
    files(tmp_path, a=PLAN, b=PLAN.replace("nine SKUs", "9 SKUs"))
    with OpenAIServer(respond=lambda _: judge_server("no")) as server:
        done = run(tmp_path, "a.txt", "b.txt", "--no-grammar", "--json", *with_model(server), OPENAI_API_KEY="sk-test")
        assert len(server.requests) == 2
    found = json.loads(done.stdout)
    assert found["usage"]["calls"] == 2
    for letter in found["letters"]:
        judged = [m for m in letter["marks"] if m["checker"] == "judge"]
        assert len(judged) == len(rubric().for_judge("plan_of_action"))
        assert all(m["line"] for m in judged)


def test_a_provider_that_fails_ends_with_4_and_the_rules_still_speak(tmp_path: Path) -> None:
    files(tmp_path, bad=CHATTY)
    with OpenAIServer(respond=lambda _: answers.wrong_key()) as server:
        done = run(tmp_path, "bad.txt", "--no-grammar", *with_model(server), OPENAI_API_KEY="sk-test")
    assert done.returncode == 4
    assert "lexicon.cliche.full_responsibility" in done.stdout
    assert "The provider failed" in done.stdout
