"""Where a case stands: the reminder over a weekend and across time zones, the deadline, what was promised."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import answer_mails as mails
from amends import read
from amends.history import awaits_answer, last_sent, with_sent
from amends.reply import follow
from amends.schemas import Case, HistoryEntry
from amends.status import as_text, reminder_moment, status
from answer_mails import FIRST, LATER

SHANGHAI, SEATTLE = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/Los_Angeles")


def entry(on: str, at: str | None = None, zone: ZoneInfo = SHANGHAI) -> HistoryEntry:
    moment = datetime.fromisoformat(at).replace(tzinfo=zone) if at else None
    return HistoryEntry(on=date.fromisoformat(on), what="sent", at=moment)


@pytest.mark.parametrize(
    ("sent", "store", "zone", "due"),
    [
        pytest.param(entry("2026-11-17"), "amazon.com", SEATTLE, "2026-11-20T00:00-08:00", id="tuesday"),
        pytest.param(entry("2026-11-20"), "amazon.com", SEATTLE, "2026-11-25T00:00-08:00", id="friday_over_the_weekend"),
        pytest.param(entry("2026-11-21"), "amazon.com", SEATTLE, "2026-11-25T00:00-08:00", id="saturday"),
        pytest.param(entry("2026-11-20", "2026-11-20T09:00"), "amazon.com", SHANGHAI, "2026-11-24T00:00-08:00", id="friday_morning_in_china_is_thursday_there"),
        pytest.param(entry("2026-11-21", "2026-11-21T09:00"), "amazon.com", SHANGHAI, "2026-11-25T00:00-08:00", id="saturday_in_china_is_friday_there"),
        pytest.param(entry("2026-11-20"), "amazon.co.jp", SEATTLE, "2026-11-25T00:00+09:00", id="friday_night_in_seattle_is_saturday_in_japan"),
        pytest.param(entry("2026-10-30"), "amazon.com", SEATTLE, "2026-11-04T00:00-08:00", id="over_the_end_of_summer_time"),
        pytest.param(entry("2026-11-20"), None, SHANGHAI, "2026-11-25T00:00+08:00", id="unknown_store_by_the_sellers_clock"),
    ],
)  # fmt: skip
def test_a_reminder_is_due_when_two_business_days_of_the_store_are_over(
    sent: HistoryEntry, store: str | None, zone: ZoneInfo, due: str
) -> None:
    assert reminder_moment(sent, store, zone) == datetime.fromisoformat(due)


def sent_case(on: date = FIRST) -> Case:
    return with_sent(mails.drafted(), on)


def test_the_reminder_is_seen_from_the_sellers_zone_and_has_its_text_only_when_due() -> None:
    case = sent_case()
    before = status(case, date(2026, 11, 24), SHANGHAI).reminder
    on_the_day = status(case, date(2026, 11, 25), SHANGHAI).reminder
    assert before is not None
    assert on_the_day is not None
    assert (before.due, before.text) == (False, "")
    assert on_the_day.due
    assert on_the_day.at_seller.isoformat() == "2026-11-25T16:00:00+08:00"
    assert on_the_day.at_store == on_the_day.at_seller
    for said in ("20 November 2026", "19 November 2026", "Birchlane Lamps", "A3KD81LQZ7W2MN"):
        assert said in on_the_day.text
    assert "\n" not in on_the_day.text
    assert "without public holidays" in on_the_day.rule


def test_standing_follows_the_history() -> None:
    case = mails.drafted()
    assert status(case.with_(letter=None), FIRST).standing == "no_letter"
    assert status(case, FIRST).standing == "drafted"
    assert status(sent_case(), FIRST).standing == "sent"
    answered = follow(sent_case(), read.read_bytes(mails.DENIED), LATER).case
    assert status(answered, LATER).standing == "answered"
    assert status(answered, LATER).reminder is None
    back = follow(sent_case(), read.read_bytes(mails.REINSTATED), LATER).case
    assert status(back, LATER).standing == "reinstated"


def test_deadline_and_days_left() -> None:
    found = status(mails.drafted(), date(2026, 11, 26))
    assert (found.deadline, found.days_left) == (date(2026, 12, 6), 10)
    assert "10 days left" in as_text(found)
    assert "over since 2 days" in as_text(status(mails.drafted(), date(2026, 12, 8)))
    assert "in time" in as_text(status(sent_case(), LATER))


def test_promises_whose_day_has_come_are_listed_first() -> None:
    early, late = (status(sent_case(), day) for day in (date(2026, 11, 27), date(2026, 11, 28)))
    assert [(p.on, p.due) for p in early.promises] == [(date(2026, 11, 28), False)]
    assert late.promises[0].due
    assert "Promised, and due now:" in as_text(late)


def test_telling_the_day_again_corrects_it_and_a_new_letter_after_an_answer_is_another() -> None:
    case = with_sent(sent_case(), date(2026, 11, 21))
    assert [e.on for e in case.history] == [date(2026, 11, 21)]
    answered = follow(case, read.read_bytes(mails.DENIED), LATER).case
    again = with_sent(answered.with_(letter=mails.drafted().letter), LATER)
    assert [e.what for e in again.history] == ["sent", "answer", "sent"]
    assert awaits_answer(again)


def amends(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("AMENDS_")}
    done = subprocess.run(
        [sys.executable, "-m", "amends", "status", *arguments], cwd=folder, env=clean, capture_output=True, text=True, timeout=60, check=False
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done


def test_the_command_records_the_day_and_says_where_the_case_stands(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_text(mails.drafted().model_dump_json(), encoding="utf-8")
    done = amends(
        tmp_path,
        "case.json",
        "--sent",
        "2026-11-20T09:00",
        "--zone",
        "Asia/Shanghai",
        "--today",
        "2026-11-25",
        "--json",
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["standing"], said["sent_on"], said["reminder"]["due"]) == ("sent", "2026-11-20", True)
    kept = last_sent(Case.model_validate_json(path.read_bytes()))
    assert kept is not None
    assert kept.at == datetime(2026, 11, 20, 9, tzinfo=SHANGHAI)
    assert kept.letter == mails.drafted().letter
    told = amends(tmp_path, "case.json", "--zone", "Asia/Shanghai", "--today", "2026-11-25")
    assert "Please tell us whether our answer has arrived." in told.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("case.json", "2026-11-20"), "--sent"),
        (("case.json", "--sent", "soon"), "soon"),
        (("case.json", "--zone", "Mars/Base"), "Mars/Base"),
        (("empty.json", "--sent"), "no letter"),
        (("none.json",), "none.json"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    (tmp_path / "case.json").write_text(mails.drafted().model_dump_json(), encoding="utf-8")
    (tmp_path / "empty.json").write_text(mails.drafted().with_(letter=None).model_dump_json(), encoding="utf-8")
    done = amends(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
