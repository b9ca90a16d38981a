"""The talk about a case's questions as a state machine, the question file, and one real talk at a pseudo-terminal."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

import answer_mails as mails
from amends import read
from amends.asking import Errand, Talk, confirmation, run, screen, start, step
from amends.asking.screen import explanation
from amends.casefile import load_given
from amends.errors import InputError
from amends.facts import SellerFacts, facts_of, parse_facts
from amends.patterns import load_patterns
from amends.questionfile import question_file, whole_file
from amends.reply import follow
from amends.run import Tools, open_case, with_facts
from amends.schemas import Case, Question
from answer_mails import CASES, FIRST

POOR = CASES / "late_shipment_missing_facts"
PATTERNS = load_patterns(causes={"late_shipment"})
COUNTS = "Between 18 October and 16 November 2026, 31 of 486 orders were confirmed late."
ROOT = "The handling time stood at 1 day although assembly takes 3 working days."


def opened(facts: Any = None) -> Case:
    return open_case(mails.notice(), FIRST, Tools(PATTERNS), facts_of(facts))


def talk(facts: Any = None, answers: dict[str, Any] | None = None, lang: Any = "en") -> Talk:
    return start(opened(facts), PATTERNS, answers, lang=lang)


def typed(talk: Talk, *lines: str) -> Talk:
    for line in lines:
        talk = step(talk, line)
    return talk


def about(talk: Talk, **changes: Any) -> Talk:
    """The talk with a question of our own as the current one."""
    question = Question.model_validate(
        {
            "id": "handling_time.automated",
            "text": "Is it?",
            "why": "So.",
            "answer_type": "yes_no",
            "blocking": False,
            **changes,
        }
    )
    return replace(talk, case=talk.case.with_(questions=(question,)), current=question)


# --- the state machine ------------------------------------------------------------------------------------------------


def test_it_begins_with_a_needed_question_and_shows_how_many_are_open() -> None:
    now = talk()
    assert now.current is not None
    assert now.current.blocking
    shown = screen(now)
    assert shown[0].startswith("[needed]")
    assert shown[1] == now.current.text
    assert any(line.startswith("Example: ") for line in shown)


def test_free_text_is_shown_back_as_facts_and_kept_only_when_confirmed() -> None:
    now = typed(talk(), COUNTS)
    assert now.state == "confirming"
    assert now.answers == {}
    assert confirmation(now.items, "en") == (f"  • fact: {COUNTS}",)
    kept = typed(now, "")
    assert kept.answers == {"counts.late_shipment": COUNTS}
    assert kept.current != now.current
    assert [f.value for f in kept.case.items("other_facts")] == [COUNTS]
    again = typed(now, "n")
    assert (again.answers, again.state, again.current) == ({}, "asking", now.current)


def test_a_list_is_typed_one_a_line_and_each_line_is_shown_with_its_status() -> None:
    now = typed(
        talk(),
        COUNTS,
        "y",
        ROOT,
        "y",
        "On 20 November 2026 we shipped all 19 open orders.",
        "- We will hire a second packer.",
    )
    assert len(now.lines) == 2
    now = typed(now, "")
    kinds = [line.split(":")[0].strip(" •") for line in confirmation(now.items, "en")]
    assert kinds == ["done", "planned"]
    assert confirmation(now.items, "zh")[0].startswith("  • 已完成")
    now = typed(now, "")
    assert [f.status for f in now.case.items("corrective_actions")] == ["done", "planned"]


def test_back_takes_back_the_last_line_of_a_list_first() -> None:
    now = typed(talk(), COUNTS, "y", ROOT, "y", "We shipped 19 orders.", "We wrote nonsense.", "b")
    assert now.lines == ("We shipped 19 orders.",)


def test_an_empty_line_skips_and_back_returns() -> None:
    first = talk()
    skipped = typed(first, "")
    assert skipped.current != first.current
    assert first.current in skipped.open
    back = typed(skipped, "b")
    assert back.current == first.current
    assert back.skipped == ()


def test_back_to_an_answered_question_shows_the_answer_and_enter_keeps_it() -> None:
    now = typed(talk(), COUNTS, "y", "b")
    assert any(COUNTS in line for line in screen(now))
    kept = typed(now, "")
    assert kept.answers == {"counts.late_shipment": COUNTS}
    assert kept.current is not None
    assert kept.current.id != "counts.late_shipment"


def test_another_answer_to_an_entry_drops_the_particulars_of_the_old_one() -> None:
    now = typed(talk(), COUNTS, "y", ROOT, "y", "We shipped 19 orders.", "", "y")
    now = replace(now, answers={**now.answers, "corrective_actions.1.date": "2026-11-20"})
    done = next(i for i in now.answers if i.endswith(".done"))
    now = replace(now, current=next(q for q in now.past if q.id == done), state="asking")
    now = typed(now, "We shipped 19 orders and 2 parcels.", "", "y")
    assert "corrective_actions.1.date" not in now.answers
    assert now.answers[done] == ["We shipped 19 orders and 2 parcels."]


def test_a_question_mark_says_why_and_stays() -> None:
    now = typed(talk(), "?")
    assert now.explain
    assert now.current == talk().current
    assert explanation(now)[0].startswith("Why: ")
    assert typed(now, "?").explain


def test_a_wrong_answer_says_what_is_expected_and_keeps_the_question() -> None:
    now = typed(talk(), "many orders")
    assert "both counts" in now.message
    assert now.current == talk().current
    assert "答案格式不对" in typed(talk(lang="zh"), "many orders").message


def test_choices_are_taken_by_number_or_word_and_yes_in_three_languages() -> None:
    choosing = about(talk(), answer_type="choice", choices=("by hand", "by software"))
    assert "  2) by software" in screen(choosing)
    question = choosing.current
    assert question is not None
    base = replace(choosing, base=choosing.base.with_(questions=(question,)))
    assert typed(base, "2").answers == {"handling_time.automated": "by software"}
    assert typed(base, "9").message
    yes = about(talk(), answer_type="yes_no")
    for word in ("yes", "ja", "是"):
        assert typed(yes, word).answers == {"handling_time.automated": word}


@pytest.mark.parametrize(
    ("said", "day"),
    [("2026-11-04", "2026-11-04"), ("4 November 2026", "2026-11-04"), ("Nov 4", "2026-11-04"), ("2026年11月4日", "2026-11-04"),
     ("4.11.2026", "2026-11-04"), ("yesterday", "2026-11-19"), ("今天", "2026-11-20"), ("28 Dec", "2026-12-28")],
)  # fmt: skip
def test_dates_are_taken_in_many_forms(said: str, day: str) -> None:
    facts = {"corrective_actions": [{"text": "We shipped 19 open orders.", "status": "done"}], "root_causes": [ROOT]}
    now = talk(facts)
    question = next(q for q in now.case.questions if q.id == "corrective_actions.1.date")
    now = typed(replace(now, current=question), said)
    assert now.message == ""
    assert [f.item.date for f in now.case.items("corrective_actions") if f.item] == [day]


def test_a_date_that_can_be_read_in_two_ways_is_asked_again() -> None:
    facts = {"corrective_actions": [{"text": "We shipped 19 open orders.", "status": "done"}], "root_causes": [ROOT]}
    now = talk(facts)
    question = next(q for q in now.case.questions if q.id == "corrective_actions.1.date")
    assert "2026-11-04" in typed(replace(now, current=question), "04/11/2026").message


def test_stopping_loses_neither_a_list_half_typed_nor_an_answer_not_yet_confirmed() -> None:
    halfway = typed(talk(), COUNTS, "y", ROOT, "y", "We shipped 19 orders.", "q")
    assert halfway.state == "left"
    assert ["We shipped 19 orders."] in halfway.answers.values()
    assert typed(talk(), COUNTS, "q").answers == {"counts.late_shipment": COUNTS}
    assert typed(talk(), "q").answers == {}


def test_it_goes_on_where_an_earlier_sitting_ended_and_ends_when_nothing_is_left() -> None:
    resumed = talk(answers={"counts.late_shipment": COUNTS})
    assert resumed.current is not None
    assert resumed.current.id != "counts.late_shipment"
    now = resumed
    for _ in range(40):
        if now.state == "done":
            break
        now = typed(now, "")
    assert now.state == "done"
    assert screen(now) == ()
    with pytest.raises(InputError):
        talk(answers={"no.such.question": 1})


def test_questions_and_help_are_in_chinese() -> None:
    now = talk(lang="zh")
    assert now.current is not None
    shown = screen(now)
    assert shown[0].startswith("[必答]")
    assert shown[1] == now.current.text_zh
    assert explanation(now)[0].startswith("原因: ")
    assert "亚马逊" in explanation(now)[0]


def test_every_shared_question_has_its_reason_in_chinese() -> None:
    from amends.interview import wording
    from amends.interview.chinese import WHY_ZH

    words = [w for w in vars(wording).values() if isinstance(w, wording.Wording)]
    groups = [g for g in vars(wording).values() if isinstance(g, dict)]
    words += [w for group in groups for w in group.values() if isinstance(w, wording.Wording)]
    assert len(words) > 15
    assert [w.why for w in words if w.why not in WHY_ZH] == []


# --- the file ---------------------------------------------------------------------------------------------------------

OWN = "# my notes\nseller:\n  store: Birchlane Lamps   # as in the account\nanswers:\n  # old\n  counts.late_shipment: 31 of 486 orders\n\n# keep this\nstory: |\n  We were slow.\n"


def test_the_question_file_reads_back_as_a_facts_file_and_has_reason_type_and_example() -> None:
    now = talk()
    text = question_file("", now.open, {}, command="amends draft notice.eml --facts facts.yaml")
    assert parse_facts(text) == SellerFacts()
    for question in now.open:
        assert f"  {question.id}:" in text
        assert question.text.splitlines()[0] in text
        assert question.why in text
    assert "Then: amends draft notice.eml --facts facts.yaml" in text
    assert "[NEEDED]" in text


def test_filled_in_it_gives_the_facts() -> None:
    text = question_file("", talk().open, {}).replace("  counts.late_shipment:", f"  counts.late_shipment: {COUNTS!r}")
    case = with_facts(opened(), Tools(PATTERNS), parse_facts(text))
    assert [f.value for f in case.items("other_facts")] == [COUNTS]


def test_what_the_file_holds_is_kept_with_its_comments() -> None:
    answers = {"counts.late_shipment": COUNTS, "handling_time.done": ["We shipped: 19 orders.", "# no comment"]}
    text = question_file(OWN, talk().open, answers)
    for kept in ("# my notes", "# as in the account", "story: |\n  We were slow."):
        assert kept in text
    now = parse_facts(text)
    assert now.answers == answers
    assert (now.seller.store, now.story) == ("Birchlane Lamps", "We were slow.")
    assert text.count("answers:") == 1
    assert question_file(text, talk().open, answers) == text, "written again, it is the same"


def test_json_and_flow_style_keep_all_they_hold() -> None:
    answers = {"counts.late_shipment": COUNTS}
    assert parse_facts(question_file('{"story": "Slow.", "answers": {}}', (), answers)).story == "Slow."
    flow = parse_facts(question_file("answers: {counts.late_shipment: old}\nstory: Slow.\n", talk().open, answers))
    assert (flow.story, flow.answers) == ("Slow.", answers)


def test_several_files_become_one_that_says_the_same() -> None:
    given = facts_of(mails.FACTS)
    again = parse_facts(whole_file(given))
    assert [i for i, _ in again.items] == [i for i, _ in given.items]
    assert again.seller == given.seller


def errand(tmp_path: Path, **changes: Any) -> Errand:
    return replace(
        Errand(source=str(POOR / "notice.eml"), output=tmp_path / "facts.yaml", today=mails.LATER), **changes
    )


def test_without_a_terminal_the_file_is_written_and_a_second_time_kept(tmp_path: Path) -> None:
    notes: list[str] = []
    left = run(errand(tmp_path, facts=(POOR / "facts.yaml",)), talks=False, note=notes.append).needed
    text = (tmp_path / "facts.yaml").read_text(encoding="utf-8")
    before, now = load_given([POOR / "facts.yaml"]), load_given([tmp_path / "facts.yaml"])
    assert left > 0
    assert f"{left} of them needed" in notes[0]
    assert ([i for i, _ in now.items], now.story) == ([i for i, _ in before.items], before.story)
    assert run(errand(tmp_path), talks=False, note=notes.append).needed == left
    assert load_given([tmp_path / "facts.yaml"]) == now
    assert "[NEEDED]" in text


def test_a_case_file_is_asked_about_what_amazon_found_missing(tmp_path: Path) -> None:
    answered = follow(mails.drafted(), read.read_bytes(mails.INCOMPLETE), mails.LATER).case
    (tmp_path / "case.json").write_text(answered.model_dump_json(), encoding="utf-8")
    notes: list[str] = []
    left = run(errand(tmp_path, source=str(tmp_path / "case.json"), lang="zh"), talks=False, note=notes.append).needed
    tree = yaml.safe_load((tmp_path / "facts.yaml").read_text(encoding="utf-8"))
    assert left >= 3
    assert {"amazon.1.root_cause", "amazon.1.preventive_measures", "amazon.1.other"} <= tree["answers"].keys()
    assert set(tree) == {"answers"}, "what the case holds already is not written a second time"
    assert "amends draft case --case" in notes[-1]
    with pytest.raises(InputError, match="--lang"):
        run(errand(tmp_path, lang="fr"), talks=False, note=notes.append)


# --- at a terminal ----------------------------------------------------------------------------------------------------


def at_terminal(arguments: list[str], lines: list[str | None]) -> tuple[int, str]:
    """Run `amends` at a pseudo-terminal, type a line at each prompt (None: Ctrl-C), and return exit code and all shown."""
    ours, theirs = pty.openpty()
    clean = {k: v for k, v in os.environ.items() if not k.startswith("AMENDS_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "amends", *arguments],
        stdin=theirs, stdout=theirs, stderr=theirs, env={**clean, "COLUMNS": "200", "TERM": "xterm", "PYTHONUTF8": "1"},
    )  # fmt: skip
    os.close(theirs)
    shown, waiting, until = b"", list(lines), time.monotonic() + 60
    try:
        while time.monotonic() < until:
            ready, _, _ = select.select([ours], [], [], 1)
            if ready:
                try:
                    piece = os.read(ours, 65_536)
                except OSError:
                    break
                if not piece:
                    break
                shown += piece
            if shown.endswith(b"> ") and waiting:
                line = waiting.pop(0)
                shown += b"\n"
                if line is None:
                    process.send_signal(signal.SIGINT)
                else:
                    os.write(ours, f"{line}\n".encode())
        return process.wait(timeout=20), shown.decode(errors="replace")
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def test_a_talk_at_a_terminal_saves_each_answer_and_goes_on_after_ctrl_c(tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    command = ["ask", str(POOR / "notice.eml"), "-o", str(facts), "--today", "2026-11-25"]
    code, shown = at_terminal(command, ["?", COUNTS, "", None])
    assert "Why: " in shown
    assert "This is how it is understood:" in shown
    kept = load_given([facts]).answers
    assert kept["counts.late_shipment"] == COUNTS
    assert code == 1
    code, shown = at_terminal([*command, "--lang", "zh"], ["q"])
    assert "必答" in shown
    assert "counts.late_shipment" in load_given([facts]).answers
    assert code == 1


def test_as_json_the_open_questions_are_printed_and_nothing_is_asked(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "amends", "ask", str(POOR / "notice.eml"), "-o", "f.yaml", "--json", "--today", "2026-11-25"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    said = json.loads(done.stdout)
    assert done.returncode == 1, done.stderr
    assert said["needed"] == sum(q["blocking"] for q in said["open"]) > 0
    assert (tmp_path / said["written"]).exists()
