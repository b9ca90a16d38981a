"""The sample cases agree with themselves: labels with notices, figures with rates, dates with today."""

from __future__ import annotations

import email
import re
from datetime import date, datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from amends import vocabulary as v
from amends.schemas import Item, Seller

CASES = Path(__file__).parents[1] / "eval" / "cases"
FOLDERS = sorted(path.parent for path in CASES.glob("*/expected.yaml"))
LABELS = {
    "cause", "other_causes", "stage", "answer_kind", "requested", "deadline", "funds", "channel", "marketplace",
    "language", "authenticity", "scope", "facts", "traps", "today", "verdict", "must_say", "must_not_say", "gaps",
    "note",
}  # fmt: skip
METRICS = {
    "order_defect_rate", "late_shipment_rate", "cancellation_rate", "valid_tracking_rate", "on_time_delivery_rate",
    "invoice_defect_rate", "account_health_rating", "negative_customer_experience_rate",
}  # fmt: skip
HIGHER_IS_BETTER = {"valid_tracking_rate", "on_time_delivery_rate"}
MEASURE_SLOTS = ("owner", "frequency", "limit", "tool", "since")

every_case = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


class _Words(HTMLParser):
    """Collects the visible text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in {"script", "style", "title"}

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"script", "style", "title"}

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def visible(html: str) -> str:
    parser = _Words()
    parser.feed(html)
    return " ".join(parser.words)


def mail_of(folder: Path) -> EmailMessage:
    mail = email.message_from_bytes((folder / "notice.eml").read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def bodies(folder: Path) -> list[str]:
    """Every reading of the notice: the plain part and the HTML part of a mail, else the one text there is."""
    if (folder / "notice.txt").exists():
        return [(folder / "notice.txt").read_text("utf-8")]
    if (folder / "notice.html").exists():
        return [visible((folder / "notice.html").read_text("utf-8"))]
    parts = [part for part in mail_of(folder).walk() if part.get_content_maintype() == "text"]
    return [
        visible(part.get_content()) if part.get_content_subtype() == "html" else part.get_content() for part in parts
    ]


def flat(text: str) -> str:
    """The text without quote marks and line ends, so that wrapping hides nothing."""
    return re.sub(r"\s+", " ", re.sub(r"(?m)^> ?", "", text))


def numbers(text: str) -> set[float]:
    return {float(n.replace(",", ".")) for n in re.findall(r"\d+(?:[.,]\d+)?", text)}


def notice_date(folder: Path) -> date | None:
    """The date of Amazon's own mail: of the quoted one in a forwarded mail."""
    text = bodies(folder)[0]
    if quoted := re.search(r"(?m)^> Date: (.+)$", text):
        return parsedate_to_datetime(quoted[1]).date()
    if (folder / "notice.eml").exists():
        return parsedate_to_datetime(mail_of(folder)["Date"]).date()
    if pasted := re.search(r"(?m)^Date: (.+)$", text):
        return parsedate_to_datetime(pasted[1]).date()
    if outlook := re.search(r"(?m)^Sent: \w+, (\d+ \w+ \d{4})", text):
        return datetime.strptime(outlook[1], "%d %B %Y").date()
    return None


def load(path: Path) -> dict[str, Any]:
    loaded = yaml.safe_load(path.read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def expected(folder: Path) -> dict[str, Any]:
    return load(folder / "expected.yaml")


def facts(folder: Path) -> dict[str, Any]:
    return load(folder / "facts.yaml") if (folder / "facts.yaml").exists() else {}


def entries(of: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [{"text": entry} if isinstance(entry, str) else entry for entry in of.get(name, [])]


def words_of(of: dict[str, Any], *, story: bool) -> str:
    """All that the facts file says, as one text; figures also as they are written."""
    kept = {key: value for key, value in of.items() if story or key != "story"}
    return flat(yaml.safe_dump(kept, allow_unicode=True, width=10_000).replace("''", "'"))


def test_there_are_enough_cases_in_enough_forms() -> None:
    forms = [path.suffix for folder in FOLDERS for path in folder.glob("notice.*")]
    assert len(forms) == len(FOLDERS) >= 60
    assert forms.count(".eml") >= 8
    assert forms.count(".html") >= 2


def test_every_cause_and_every_kind_of_answer_has_its_case() -> None:
    assert {expected(folder)["cause"] for folder in FOLDERS} == set(v.CAUSES)
    assert {expected(folder)["answer_kind"] for folder in FOLDERS} == set(v.ANSWER_KINDS)


def test_the_seed_articles_causes_are_all_there() -> None:
    seen = {expected(folder)["cause"] for folder in FOLDERS}
    assert seen >= {
        "order_defect_rate", "late_shipment", "cancellation", "valid_tracking", "restricted_products", "inauthentic",
        "counterfeit", "trademark", "related_accounts", "unspecified",
    }  # fmt: skip


@every_case
def test_labels_use_the_vocabulary(folder: Path) -> None:
    label = expected(folder)
    assert set(label) == LABELS
    assert {label["cause"], *label["other_causes"]} <= set(v.CAUSES)
    assert set(label["requested"]) <= set(v.REQUESTED_ITEMS)
    assert len(label["requested"]) == len(set(label["requested"]))
    for key, allowed in (
        ("stage", v.STAGES),
        ("answer_kind", v.ANSWER_KINDS),
        ("funds", get_args(v.Funds)),
        ("channel", get_args(v.Channel)),
        ("authenticity", get_args(v.AuthenticityVerdict)),
        ("scope", get_args(v.Scope)),
        ("verdict", get_args(v.Readiness)),
    ):
        assert label[key] in allowed, key


@every_case
def test_labelled_facts_stand_in_every_reading_of_the_notice(folder: Path) -> None:
    for body in map(flat, bodies(folder)):
        for fact in expected(folder)["facts"]:
            assert fact["kind"] in get_args(v.FactKind)
            if fact["kind"] == "metric":
                assert fact["name"] in METRICS
                assert {float(fact[key]) for key in ("value", "target") if fact[key] is not None} <= numbers(body)
            else:
                assert str(fact["value"]) in body


@every_case
def test_ids_of_the_notice_are_all_labelled(folder: Path) -> None:
    labelled = {str(fact.get("value")) for fact in expected(folder)["facts"]}
    for body in map(flat, bodies(folder)):
        assert set(re.findall(r"\bB0[0-9A-Z]{8}\b|\b\d{3}-\d{7}-\d{7}\b|\b\d{11}\b", body)) <= labelled


@every_case
def test_deadline_counts_from_the_notices_own_date(folder: Path) -> None:
    deadline = expected(folder)["deadline"]
    if deadline is None:
        return
    sent = notice_date(folder)
    assert deadline["due"] == (sent and sent + timedelta(days=deadline["days"]))
    readings = {float(deadline["days"]), 24.0 * deadline["days"]}
    assert all(readings & numbers(flat(body)) for body in bodies(folder))


@every_case
def test_notice_is_of_this_autumn_and_not_after_today(folder: Path) -> None:
    sent = notice_date(folder)
    if sent is not None:
        assert date(2026, 10, 20) <= sent <= expected(folder)["today"]


@every_case
def test_facts_file_has_only_known_keys(folder: Path) -> None:
    known = facts(folder)
    assert set(known) <= {"seller", "story", "answers", *v.FACT_LISTS}
    assert set(known.get("seller", {})) <= set(Seller.model_fields)
    for name in v.FACT_LISTS:
        for entry in entries(known, name):
            assert set(entry) <= set(Item.model_fields) - {"list"}, entry


@every_case
def test_what_the_letter_must_say_is_known_and_what_it_must_not_is_no_fact(folder: Path) -> None:
    known, label = facts(folder), expected(folder)
    sources = words_of(known, story=True) + " ".join(map(flat, bodies(folder)))
    assert [text for text in label["must_say"] if text not in sources] == []
    stated = words_of(known, story=False).lower()
    assert [text for text in label["must_not_say"] if text.lower() in stated] == []


@every_case
def test_sellers_counts_give_the_rate_of_the_notice(folder: Path) -> None:
    label = expected(folder)
    if label["verdict"] != "send":
        return
    causes = words_of({"root_causes": facts(folder).get("root_causes", [])}, story=False)
    rates = [100 * int(part) / int(whole) for part, whole in re.findall(r"(\d+) of (\d+)\b", causes)]
    for metric in (fact for fact in label["facts"] if fact["kind"] == "metric"):
        wanted = 100 - metric["value"] if metric["name"] in HIGHER_IS_BETTER else metric["value"]
        assert any(abs(rate - wanted) < 0.006 for rate in rates), metric


@every_case
def test_done_is_past_and_planned_is_to_come(folder: Path) -> None:
    known, today = facts(folder), expected(folder)["today"]
    for name in v.FACT_LISTS:
        for entry in entries(known, name):
            if entry.get("status") == "planned":
                assert entry["date"] > today, entry
            else:
                assert entry.get("date", today) <= today, entry
                assert entry.get("since", today) <= today, entry


@every_case
def test_evidence_is_a_named_file_that_proves_something(folder: Path) -> None:
    evidence = entries(facts(folder), "evidence")
    assert all(entry.keys() >= {"file", "document", "date", "proves"} for entry in evidence)
    assert len({entry["file"] for entry in evidence}) == len(evidence)


@every_case
def test_a_plan_to_be_sent_is_complete_and_one_to_be_mended_is_not(folder: Path) -> None:
    label, known = expected(folder), facts(folder)
    assert bool(label["gaps"]) == (label["verdict"] == "fix_first")
    if label["answer_kind"] != "plan_of_action":
        return
    done = [e for e in entries(known, "corrective_actions") if e.get("status") == "done" and "date" in e]
    full = [e for e in entries(known, "preventive_measures") if all(e.get(slot) for slot in MEASURE_SLOTS)]
    complete = len(done) >= 3 and len(full) >= 2 and len(known["root_causes"]) >= 2 and bool(known["evidence"])
    assert complete == (label["verdict"] == "send")


@every_case
def test_a_letter_to_be_sent_is_still_in_time(folder: Path) -> None:
    label = expected(folder)
    if label["verdict"] == "send" and label["deadline"] and label["deadline"]["due"]:
        assert label["deadline"]["due"] >= label["today"]


def test_no_two_cases_share_a_sentence_of_the_seller() -> None:
    seen: dict[str, str] = {}
    for folder in FOLDERS:
        for name in ("root_causes", "corrective_actions", "preventive_measures"):
            for entry in entries(facts(folder), name):
                assert seen.setdefault(flat(entry["text"]), folder.name) == folder.name, entry["text"]
