"""The command line as a process of its own: what it prints where, which code it ends with, what it writes and sends."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml

from amends.grammar import engine_status
from amends.schemas import Case
from amends.settings import load_settings
from amends.testing import OpenAIServer, answers, honest, schema_name

ROOT = Path(__file__).parents[1]
CASES = ROOT / "eval" / "cases"
GOOD = CASES / "late_shipment_handling_time"
POOR = CASES / "late_shipment_missing_facts"
TODAY = ("--today", "2026-11-25", "--no-grammar")
FIGURES = yaml.safe_load((GOOD / "expected.yaml").read_text(encoding="utf-8"))["must_say"]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def start(
    folder: Path, *arguments: str | Path, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `amends` in `folder`, with no settings but those given."""
    folder.mkdir(exist_ok=True)
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("AMENDS_", "OPENAI_"))}
    done = subprocess.run(
        [sys.executable, "-m", "amends", *map(str, arguments)],
        cwd=folder,
        env={**clean, "XDG_CONFIG_HOME": str(folder.parent / "config"), "COLUMNS": "100", **environment},
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in err, err
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`amends` in an empty folder of this test."""
    return partial(start, tmp_path / "cwd")


def good(*more: str | Path) -> tuple[str | Path, ...]:
    return ("draft", GOOD / "notice.eml", "--facts", GOOD / "facts.yaml", *TODAY, *more)


def refused(done: subprocess.CompletedProcess[str], code: int = 2) -> str:
    """The one line of an error of ours: nothing on stdout, no more than that on stderr."""
    assert done.returncode == code, done.stdout + done.stderr
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("amends: ")
    return line


# --- what each command prints ---------------------------------------------------------------------------------------


def test_help_names_every_command(run: Run) -> None:
    done = run("--help")
    assert done.returncode == 0
    assert done.stderr == ""
    assert {"draft", "extract", "patterns", "eval", "setup", "doctor"} <= set(done.stdout.split())


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """The good case drafted once, in every format, into a folder that was not there."""
    folder = tmp_path_factory.mktemp("drafted")
    out = folder / "new" / "out"
    return start(folder / "cwd", *good("-o", out, "--format", "all")), out


Drafted = tuple["subprocess.CompletedProcess[str]", Path]


def test_a_draft_prints_the_letter_with_its_figures_then_the_verdict_and_nothing_on_stderr(drafted: Drafted) -> None:
    done, _ = drafted
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    letter, _, rest = done.stdout.partition("end of letter")
    assert [figure for figure in FIGURES if figure not in letter] == []
    assert "Verdict: SEND" in rest
    assert "No model was called" in rest
    assert "NOT CHECKED" in rest


def test_a_draft_writes_every_format_whole(drafted: Drafted) -> None:
    done, out = drafted
    names = ["case.json", "letter.docx", "letter.md", "letter.txt", "review.html"]
    assert sorted(p.name for p in out.iterdir()) == names
    assert all(f"Written: {out / name}" in done.stdout for name in names)
    case = Case.model_validate_json((out / "case.json").read_bytes())
    assert case.verdict is not None
    assert case.verdict.readiness == "send"
    word = "\n".join(p.text for p in docx.Document(io.BytesIO((out / "letter.docx").read_bytes())).paragraphs)
    page = (out / "review.html").read_text(encoding="utf-8")
    assert page.rstrip().endswith("</html>")
    for text in (word, page, *((out / n).read_text(encoding="utf-8") for n in ("letter.txt", "letter.md"))):
        assert [figure for figure in ("31 of 486", "185.69", "Buy Shipping") if figure not in text] == []


def test_one_format_goes_to_the_file_that_is_named(run: Run, tmp_path: Path) -> None:
    done = run(*good("-o", tmp_path / "answer.txt"))
    assert done.returncode == 0, done.stderr
    assert "31 of 486" in (tmp_path / "answer.txt").read_text(encoding="utf-8")
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["answer.txt"]


def test_a_draft_as_json_is_one_object_with_case_letter_and_files(run: Run, tmp_path: Path) -> None:
    done = run(*good("--json", "-o", tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said.keys() == {"case", "letter", "written"}
    assert Case.model_validate_json(json.dumps(said["case"])).letter is not None
    assert "31 of 486" in said["letter"]
    assert said["written"] == [str(tmp_path / "out" / "letter.txt")]


def test_missing_facts_give_a_letter_with_gaps_the_questions_and_exit_1(run: Run) -> None:
    done = run("draft", POOR / "notice.eml", "--facts", POOR / "facts.yaml", *TODAY)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "[missing:" in done.stdout.partition("end of letter")[0]
    assert "Verdict: FIX FIRST" in done.stdout
    assert "Still missing" in done.stdout


def test_a_case_file_keeps_what_was_said_for_the_next_run(run: Run, tmp_path: Path) -> None:
    kept, story = tmp_path / "case.json", tmp_path / "story.txt"
    story.write_text(
        "On 18 November 2026 we raised the handling time of 9 products from 1 to 3 days.", encoding="utf-8"
    )
    first = run("draft", POOR / "notice.eml", "--facts", POOR / "facts.yaml", "--case", kept, *TODAY)
    assert first.returncode == 1, first.stderr
    second = run("draft", "case", "--story", story, "--case", kept, *TODAY)
    assert second.returncode == 1, second.stderr
    case = Case.model_validate_json(kept.read_bytes())
    assert case.seller.store == "Driftwicket"
    assert "one colleague was away" in case.story
    assert "9 products" in case.story
    assert len({f.id for f in case.facts}) == len(case.facts)


def test_a_notice_comes_from_stdin(run: Run) -> None:
    done = run("extract", "-", "--json", stdin=(GOOD / "notice.eml").read_bytes())
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["cause"] == "late_shipment"


def test_extract_as_json_has_exactly_the_promised_keys(run: Run) -> None:
    done = run("extract", GOOD / "notice.eml", "--json")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    said = json.loads(done.stdout)
    promised = {
        "notice", "cause", "other_causes", "stage", "answer_kind", "requested", "deadline", "funds", "channel",
        "policies", "facts",
    }  # fmt: skip
    reasons = {"cause_reason", "answer_kind_reason", "scope", "dispute_only", "disagreements", "checks", "evidence"}
    assert said.keys() == promised | reasons
    assert said["notice"].keys() == {"marketplace", "language", "subject", "sender", "received", "authenticity"}
    assert said["notice"]["authenticity"].keys() == {"verdict", "signs", "advice"}
    assert said["deadline"].keys() == {"text", "days", "due"}
    assert said["deadline"]["due"] == "2026-12-06"
    keys = {"id", "kind", "value", "unit", "source", "quote", "start", "end"}
    assert all(fact.keys() == keys for fact in said["facts"])
    (rate,) = [f["value"] for f in said["facts"] if f["kind"] == "metric"]
    assert rate == {"name": "late_shipment_rate", "value": 6.38, "target": 4}


def test_extract_recomputes_the_sellers_rate_and_lists_what_the_notice_tells_otherwise(
    run: Run, tmp_path: Path
) -> None:
    snapshot = {
        "accountStatuses": [{"marketplaceId": "ATVPDKIKX0DER", "status": "NORMAL"}],
        "performanceMetrics": [
            {
                "marketplaceId": "ATVPDKIKX0DER",
                "lateShipmentRate": {
                    "reportingDateRange": {"reportingDateFrom": "2026-10-20", "reportingDateTo": "2026-11-18"},
                    "status": "BAD", "targetValue": 0.04, "targetCondition": "LESS_THAN",
                    "orderCount": 400, "lateShipmentCount": 30, "rate": 0.075,
                },
            }
        ],
    }  # fmt: skip
    (tmp_path / "performance.json").write_text(json.dumps(snapshot))
    done = run("extract", GOOD / "notice.eml", "--report", tmp_path / "performance.json", "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    (rate,) = [f for f in said["facts"] if f["source"] == "report" and f["about"] == "late_shipment_rate"]
    assert (rate["value"]["value"], rate["since"], rate["until"]) == (7.5, "2026-10-20", "2026-11-18")
    assert [d["about"] for d in said["disagreements"]] == ["late shipment rate: rate"]
    people = run("extract", GOOD / "notice.eml", "--report", tmp_path / "performance.json")
    assert "Told otherwise" in people.stdout


def test_extract_names_a_report_that_it_cannot_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "poem.txt").write_text("roses are red\n")
    done = run("extract", GOOD / "notice.eml", "--report", tmp_path / "poem.txt")
    assert done.returncode == 2
    assert "poem.txt" in done.stderr


def test_extract_for_people_has_a_line_for_each_of_them(run: Run) -> None:
    done = run("extract", GOOD / "notice.eml")
    assert done.returncode == 0, done.stderr
    for said in ("late_shipment", "plan of action", "17 days (due 2026-12-06)", "late shipment rate: 6.38, target 4"):
        assert said in done.stdout


def test_patterns_are_listed_shown_and_searched(run: Run) -> None:
    handling_time = "late_shipment.handling_time_too_short"
    ids = [entry["id"] for entry in json.loads(run("patterns", "list", "--json").stdout)]
    assert handling_time in ids
    assert len(set(ids)) == len(ids)
    shown = yaml.safe_load(run("patterns", "show", handling_time).stdout)
    assert shown == json.loads(run("patterns", "show", handling_time, "--json").stdout)
    found = run("patterns", "search", "the handling time was one day but assembly takes three")
    assert found.returncode == 0
    assert found.stdout.startswith(handling_time)


def test_a_search_that_finds_nothing_says_so_and_ends_with_1(run: Run) -> None:
    done = run("patterns", "search", "zzyzx")
    assert (done.returncode, done.stdout) == (1, "Nothing matches.\n")


def test_doctor_says_what_is_there_and_ends_with_3_when_something_is_missing(run: Run, tmp_path: Path) -> None:
    bare = {"XDG_CACHE_HOME": str(tmp_path), "PATH": str(tmp_path), "AMENDS_MODEL": "openai:some-model"}
    done = run("doctor", "--json", **bare)
    assert done.returncode == 3, done.stderr
    said = json.loads(done.stdout)
    assert said["packages"]["amends"]
    assert any("OPENAI_API_KEY" in what for what in said["missing"])
    assert any("LanguageTool" in what for what in said["missing"])
    told = run("doctor", **bare)
    assert told.returncode == 3
    assert all(f"Missing: {what}" in told.stdout for what in said["missing"])


def test_setup_is_content_with_an_engine_that_is_there(run: Run) -> None:
    if engine_status(url=None, cache=load_settings().cache_dir).missing:
        pytest.skip("no grammar engine here: `amends setup` would have to download it")
    done = run("setup")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "is ready" in done.stderr


# --- bad input: one clear message, exit 2, nothing written ------------------------------------------------------------


def mail_with_only_an_attachment() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "notice@amazon.com", "shop@example.com", "Your account"
    mail.add_attachment(b"PK\x05\x06" + bytes(18), maintype="application", subtype="zip", filename="papers.zip")
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(bytes(range(256)) * 20, "binary file", id="binary"),
        pytest.param(mail_with_only_an_attachment(), "only attachments: papers.zip", id="attachments_only"),
        pytest.param(b"Your late shipment rate is 6.1%.\n" * 610_000, "20.1 MB of text; the limit is 5 MB", id="20_MB"),
        pytest.param(None, "Cannot read", id="absent"),
    ],
)
def test_a_notice_that_cannot_be_used_is_refused(run: Run, tmp_path: Path, content: bytes | None, said: str) -> None:
    notice = tmp_path / "notice.eml"
    if content is not None:
        notice.write_bytes(content)
    line = refused(run("draft", notice, "--facts", GOOD / "facts.yaml", "-o", tmp_path / "out", *TODAY))
    assert said in line
    assert not (tmp_path / "out").exists()


def test_a_mail_in_an_unknown_encoding_is_read_as_far_as_it_can_be(run: Run, tmp_path: Path) -> None:
    mail = (
        b"From: Seller Performance <notice@amazon.com>\nSubject: Your account\nMIME-Version: 1.0\n"
        b"Content-Type: text/plain; charset=x-nowhere-7\n\n"
        b"Hello Caf\xe9 Lumi\xe8re,\nYour account has been deactivated because your late shipment rate is 6.1%, "
        b"above our target of 4%.\nSend us a plan of action.\n"
    )
    done = run("extract", "-", "--json", stdin=mail)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["cause"] == "late_shipment"


def test_a_text_that_is_no_notice_gets_no_letter(run: Run, tmp_path: Path) -> None:
    diary = b"Dear diary,\nit rained all day and we baked bread. Tomorrow we go to the lake.\n"
    done = run("draft", "-", "--facts", GOOD / "facts.yaml", "-o", tmp_path / "out", *TODAY, stdin=diary)
    assert done.returncode == 1, done.stderr
    assert "Verdict: DO NOT SEND" in done.stdout
    assert "Root cause" not in done.stdout
    assert "31 of 486" not in "".join(p.read_text(encoding="utf-8") for p in tmp_path.glob("out/*.txt"))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        pytest.param("root_cause:\n  - We packed late.", ("root_cause", "root_causes"), id="wrong_key"),
        pytest.param(
            "preventive_measures:\n  - {text: Ann checks, ownr: Ann}", ("ownr", "owner"), id="wrong_inner_key"
        ),
        pytest.param("corrective_actions: 5", ("corrective_actions",), id="wrong_type"),
        pytest.param("answers: {no.such_question: 5}", ("no.such_question",), id="unknown_question"),
        pytest.param("story: [", ("facts.yaml",), id="no_yaml"),
        pytest.param(None, ("Cannot read",), id="absent"),
    ],
)
def test_a_facts_file_that_cannot_be_used_is_refused_by_key(
    run: Run, tmp_path: Path, facts: str | None, said: tuple[str, ...]
) -> None:
    path = tmp_path / "facts.yaml"
    if facts is not None:
        path.write_text(facts, encoding="utf-8")
    line = refused(run("draft", GOOD / "notice.eml", "--facts", path, "-o", tmp_path / "out", *TODAY))
    assert [word for word in said if word not in line] == []
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("more", "environment", "said"),
    [
        pytest.param(("--today", "tomorrow"), {}, "tomorrow", id="today"),
        pytest.param(("--format", "txt,rtf"), {}, "rtf", id="format"),
        pytest.param(("--format", "txt,md", "-o", "one.txt"), {}, "one.txt", id="two_formats_one_file"),
        pytest.param(
            ("--pattern", "late_shipment.handling_time_to_short"), {}, "handling_time_too_short", id="pattern"
        ),
        pytest.param(("--case", "broken.json"), {}, "broken.json", id="case"),
        pytest.param((), {"AMENDS_MAX_ATTEMPTS": "many"}, "AMENDS_MAX_ATTEMPTS", id="setting"),
    ],
)
def test_an_option_or_setting_that_cannot_be_used_is_refused(
    run: Run, tmp_path: Path, more: tuple[str, ...], environment: Mapping[str, str], said: str
) -> None:
    (tmp_path / "cwd").mkdir()
    (tmp_path / "cwd" / "broken.json").write_text("{}", encoding="utf-8")
    assert said in refused(run(*good(*more), **environment))
    assert [p.name for p in (tmp_path / "cwd").iterdir()] == ["broken.json"]


def test_an_unknown_command_or_option_is_wrong_usage(run: Run) -> None:
    assert run("draught").returncode == 2
    done = run("extract", GOOD / "notice.eml", "--jason")
    assert (done.returncode, done.stdout) == (2, "")


def test_an_output_that_cannot_be_written_leaves_nothing_half_written(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "letter.docx").mkdir(parents=True)
    line = refused(run(*good("-o", out, "--format", "all")))
    assert "letter.docx" in line
    assert [p.name for p in out.rglob("*")] == ["letter.docx"]


# --- with a model: a real server on this machine, through the real libraries ---------------------------------------


def with_model(server: OpenAIServer) -> tuple[str, ...]:
    return ("--model", "openai:some-model", "--base-url", server.base_url)


def test_a_model_words_the_letter_from_the_facts_and_judges_it(run: Run) -> None:
    with OpenAIServer(respond=honest) as server:
        done = run(*good("--json", *with_model(server)), OPENAI_API_KEY="k")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    said = json.loads(done.stdout)
    usage = said["case"]["scorecard"]["usage"]
    assert usage["calls"] == len(server.requests)
    assert usage["input_tokens"] == 100 * len(server.requests)
    written = {s["key"]: s["written_by"] for s in said["case"]["letter"]["sections"]}
    assert written["root_cause"] == "openai:some-model"
    assert [figure for figure in FIGURES if figure not in said["letter"]] == []
    judged = [
        i for c in said["case"]["scorecard"]["criteria"] for i in c["items"] if i["note"].startswith("The quoted")
    ]
    assert judged
    assert {item["state"] for item in judged} == {"met"}


def test_a_missing_key_is_a_missing_set_up(run: Run, tmp_path: Path) -> None:
    line = refused(run(*good("--model", "openai:some-model", "-o", tmp_path / "out")), code=3)
    assert "OPENAI_API_KEY" in line
    assert not (tmp_path / "out").exists()


def test_with_a_refused_key_the_composers_letter_is_written_says_so_and_the_code_is_4(run: Run, tmp_path: Path) -> None:
    with OpenAIServer(respond=lambda _: answers.wrong_key()) as server:
        done = run(*good("-o", tmp_path / "out", "--format", "all", *with_model(server)), OPENAI_API_KEY="sk-wrong")
    assert done.returncode == 4, done.stdout + done.stderr
    assert "31 of 486" in (tmp_path / "out" / "letter.txt").read_text(encoding="utf-8")
    assert "Written by composer: opening, Root cause" in done.stdout
    assert "the composer's wording stands" in " ".join(done.stdout.split())
    assert "sk-wrong" not in done.stdout + done.stderr
    assert not [p for p in (tmp_path / "out").iterdir() if b"sk-wrong" in p.read_bytes()]


def test_with_an_unreachable_server_the_composers_letter_is_written_and_the_code_is_4(run: Run) -> None:
    with OpenAIServer() as server:
        model = with_model(server)
    done = run(*good(*model), OPENAI_API_KEY="k", AMENDS_MAX_ATTEMPTS="2", AMENDS_BACKOFF_INITIAL_S="0")
    assert done.returncode == 4, done.stdout + done.stderr
    assert "31 of 486" in done.stdout.partition("end of letter")[0]
    assert "the composer's wording stands" in " ".join(done.stdout.split())


# --- what leaves the process ----------------------------------------------------------------------------------------

BUYER, MAIL, PHONE = "Jonathan Fairweather", "jon.fairweather@mailhost.example", "+1 555 010 4477"
STREET = "418 Maple Hollow Road, Springfield, IL 62704"
PRIVATE = ("Fairweather", "Jonathan", MAIL, "010 4477", "Maple Hollow", "62704", "Petra Holloway", "Holloway")
LEAKY_NOTICE = f"""Hello Birchlane Lamps,

Your selling account has been deactivated because your late shipment rate is 6.38%. Our target is under 4%.
A shopper told us that the parcel never arrived and that nobody ever answered a single letter of hers.
Buyer: {BUYER}, {MAIL}, phone {PHONE}
Ship to: {STREET}
Another buyer, Petra Holloway, had waited for eleven days.

Send us a plan of action within 17 days: the root cause, what you have done, and how you will prevent it.

Seller Performance Team
Amazon.com
"""


def leaky_facts() -> str:
    """The facts with the buyers in them: one introduced as a buyer, one whom only the notice says to be one."""
    facts: dict[str, Any] = yaml.safe_load((GOOD / "facts.yaml").read_text(encoding="utf-8"))
    facts["story"] = f"Our buyer {BUYER} called from {PHONE} on 18 November 2026. Petra Holloway wrote 2 letters."
    told = (
        f"We refunded 24.90 USD to {BUYER} ({MAIL}) and sent a new lamp to {STREET}.",
        "We answered the 2 letters of Petra Holloway.",
    )
    facts["corrective_actions"] += [{"text": text, "date": "2026-11-23", "status": "done"} for text in told]
    return yaml.safe_dump(facts, allow_unicode=True, width=10_000)


def test_no_buyers_data_leave_the_process_and_no_sentence_of_the_mail_reaches_the_writer_or_the_judge(
    run: Run, tmp_path: Path
) -> None:
    facts, notice = tmp_path / "facts.yaml", LEAKY_NOTICE.encode()
    facts.write_text(leaky_facts(), encoding="utf-8")
    with OpenAIServer(respond=honest) as server:
        arguments = ("draft", "-", "--facts", facts, "--json", *TODAY, *with_model(server))
        done = run(*arguments, stdin=notice, OPENAI_API_KEY="k")
    sent = "\n".join(text for request in server.requests for text in request.texts) + server.recorded.decode()
    assert [private for private in PRIVATE if private in sent] == []
    worded = [r for r in server.requests if schema_name(r.json) in ("DraftedSection", "JudgeAnswers")]
    assert len(worded) >= 6, done.stderr
    sent = "\n".join(text for request in worded for text in request.texts)
    sentences = [s.strip() for s in re.split(r"(?<=[.!?])\s+|\n", LEAKY_NOTICE) if len(s.split()) > 3]
    assert [sentence for sentence in sentences if sentence in sent] == []
    assert "We refunded 24.90 USD to [[NAME_" in sent
    letter = json.loads(done.stdout)["letter"]
    assert f"We refunded 24.90 USD to {BUYER} ({MAIL}) and sent a new lamp to {STREET}" in letter
    assert "We answered the 2 letters of Petra Holloway" in letter
    assert "[[" not in letter
