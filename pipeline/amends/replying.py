"""`amends reply` and `amends status --sent` as functions: read the case and the mail, run the stages, write whole files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amends import drafting, read, render
from amends.casefile import load_case, load_given, not_yet_told
from amends.errors import CaseError
from amends.files import write_whole
from amends.history import last_answer, new_entries, with_sent
from amends.interview.wording import DOCUMENTS
from amends.patterns import load_patterns
from amends.render.wording import source_words
from amends.reply import Followed, advice, escalation_note, follow, stands_still
from amends.reply.compared import topics
from amends.run import Tools, with_facts
from amends.schemas import Case, Missing, Notice, Reason, Verdict

if TYPE_CHECKING:
    from rich.console import Console

_TITLES = {
    "more_information": "More information is needed", "plan_incomplete": "The plan is incomplete", "denied": "The letter is refused",
    "final": "The refusal is final", "reinstated": "Reinstated", "unrelated": "This mail is no answer in this case",
}  # fmt: skip


@dataclass(frozen=True)
class Replied:
    """The answer as read, the case after it (with its new letter, if one is to be written), and the files written.

    `note` goes with a letter to an executive address, after a final refusal.
    """

    followed: Followed
    case: Case
    written: tuple[Path, ...]
    note: str | None = None

    @property
    def blocked(self) -> bool:
        """Whether something stands in the way: an unrelated mail, a final refusal, a letter with faults."""
        if self.followed.reading.kind == "reinstated":
            return False
        return (
            self.case.verdict is None
            or self.case.verdict.readiness != "send"
            or self.followed.reading.kind == "unrelated"
        )


def run(job: drafting.Job, answer: str, note: Callable[[str], None] = lambda _: None) -> Replied:
    """Read Amazon's answer to the letter of the case `job.case`, write the case file, and draft the next version.

    An unrelated mail changes nothing and writes nothing. With nothing new to say after a final refusal, or after a
    reinstatement, no letter is drafted and the verdict says so.

    Raises:
        InputError: case, answer, facts or output cannot be used. ModelNotConfigured: as `drafting.run`.
    """
    if job.case is None:
        raise CaseError("There is no case file.", hint="Name the one that `amends draft --case CASE.json` wrote.")
    known = load_case(job.case)
    followed = follow(known, _mail(answer), job.today)
    if followed.reading.kind == "unrelated":
        load_given(job.facts)
        return Replied(followed, known, ())
    before, given = not_yet_told(followed.case, load_given(job.facts))
    tools = Tools(load_patterns(job.patterns, causes=before.enforcement.all_causes), pattern_id=job.pattern)
    case = with_facts(before, tools, given)
    if stands_still(case):
        case = case.with_(verdict=_stopped(case))
        targets = {job.case: case.model_dump_json(indent=2)}
        return Replied(followed, case, tuple(write_whole(path, text) for path, text in targets.items()))
    done = drafting.finish(replace(job, notice="case"), case, tools, note)
    escalation, written = escalation_note(done.case), done.written
    if escalation and job.output and job.output.is_dir():
        written = (*written, write_whole(job.output / "escalation_note.txt", escalation + "\n"))
    return Replied(followed, done.case, written, escalation)


def mark_sent(path: Path, on: date, at: datetime | None) -> Case:
    """Record in the case file that its letter was sent, and return the case.

    Raises:
        CaseError: no case file, or it holds no letter.
    """
    case = load_case(path)
    if case.letter is None:
        raise CaseError(
            f"{path} holds no letter that could have been sent.", hint="Draft it first: amends draft … --case."
        )
    case = with_sent(case, on, at)
    write_whole(path, case.model_dump_json(indent=2))
    return case


def _mail(answer: str) -> Notice:
    import sys

    return read.read_bytes(sys.stdin.buffer.read()) if answer == "-" else read.read_path(Path(answer))


def _stopped(case: Case) -> Verdict:
    answer = last_answer(case)
    assert answer is not None
    assert answer.kind is not None
    counsel = advice(answer.kind, case.notice.marketplace, new_facts=bool(new_entries(case)))
    code = "reinstated" if answer.kind == "reinstated" else "final_refusal"
    severity: Any = "advice" if answer.kind == "reinstated" else "blocking"
    reasons = tuple(
        Reason(code=code, severity=severity if n == 0 else "advice", message=answer.reason if n == 0 else a.text, action=a.text if n == 0 else "")
        for n, a in enumerate(counsel)
    )  # fmt: skip
    return Verdict(readiness="do_not_send", reasons=reasons, next_step=counsel[0].text)


# --- shown ------------------------------------------------------------------------------------------------------------


def show(done: Replied) -> None:
    """Print what the answer is, what is missing and was said of it, what to do, then the new letter with its verdict."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, soft_wrap=True)
    _show_answer(done, console)
    if done.followed.reading.kind == "unrelated":
        console.print("Nothing was changed.")
        return
    if done.case.letter is not None:
        console.rule("new version", style="dim")
        render.terminal(done.case, console)
        if done.note:
            console.rule("note for an executive address; send it by hand, with the letter", style="dim")
            console.print(done.note)
    elif done.case.questions:
        console.print("\nTo go on, something new is needed:")
        for question in done.case.questions:
            if question.blocking:
                console.print(f"  {question.id}: {question.text}")
    for path in done.written:
        console.print(f"Written: {path}")


def _show_answer(done: Replied, console: Console) -> None:
    reading, case = done.followed.reading, done.case
    console.print(f"{_TITLES[reading.kind]}. {reading.reason}", style="bold")
    if done.followed.assumed_sent:
        console.print(
            "Nobody had marked the letter as sent; since it is answered, it is taken for sent (`amends status --sent DATE` before a reply avoids this)."
        )
    if reading.missing:
        console.print("\nWhat the answer asks for, and what your last letter said of it:")
    for number, missing in enumerate(reading.missing, 1):
        console.print(f"  {number}. {missing.words}")
        for line in compared_lines(missing):
            console.print(f"     {line}", style="dim")
    if reading.kind == "unrelated":
        return
    console.print("\nWhat to do:")
    for entry in advice(reading.kind, case.notice.marketplace, new_facts=bool(new_entries(case))):
        console.print(f"  - {entry.text} ({source_words(entry.source)})")


def compared_lines(missing: Missing) -> list[str]:
    """What the last letter said of a missing thing, in lines for a person."""
    if not missing.said:
        return ["Your last letter says nothing of it."]
    where = (missing.section or "").replace("_", " ")
    lines = [
        f"Your last letter speaks of it under {where} ({len(missing.said)} {'sentence' if len(missing.said) == 1 else 'sentences'}): “{_short(missing.said[0])}”"
    ]
    if missing.unsaid:
        lines.append(f"It does not speak of: {', '.join(missing.unsaid)}.")
    elif missing.item in DOCUMENTS:
        lines.append("Amazon calls it missing all the same: ask Account Health Support what is not accepted.")
    elif missing.detail or not topics(missing.words):
        lines.append("Amazon wants more on it: figures, days and the process behind it.")
    else:
        lines.append(
            "It names all topics; say it first and more plainly, and ask Account Health Support what is not seen."
        )
    return lines


def _short(text: str) -> str:
    return text if len(text) <= 110 else f"{text[:107]}…"


def to_json(done: Replied) -> dict[str, Any]:
    """All of it as one JSON object."""
    reading = done.followed.reading
    return {
        "answer": {
            "kind": reading.kind,
            "reason": reading.reason,
            "missing": [m.model_dump(mode="json") for m in reading.missing],
        },
        "assumed_sent": done.followed.assumed_sent,
        "advice": [
            {"text": a.text, "source": a.source}
            for a in advice(reading.kind, done.case.notice.marketplace, new_facts=bool(new_entries(done.case)))
        ],
        "questions": [q.model_dump(mode="json") for q in done.case.questions],
        "letter": render.plain(done.case) if done.case.letter and reading.kind != "unrelated" else None,
        "escalation_note": done.note,
        "case": done.case.model_dump(mode="json"),
        "written": [str(p) for p in done.written],
    }
