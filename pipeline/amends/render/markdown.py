"""The letter with its scorecard, open questions, attachments and route, as Markdown."""

from __future__ import annotations

import re

from amends.render.attachments import attachments
from amends.render.channels import channels, route
from amends.render.plain import enclosure_number, sections_with_enclosures, shown
from amends.render.wording import READINESS, STATES, deadline_line, grammar_line, lock_line, usage_line, words, writers
from amends.schemas import Case, Letter, Scorecard, Section, Sentence, Verdict

_SPECIAL = re.compile(r"([\\`*<>|~])|(?<!\w)(_)|(_)(?!\w)|(\])(?=[(:\[])|(!)(?=\[)")
_LINE_START = re.compile(r"^(\s*)([#+\-=]|\d+(?=[.)]))", re.MULTILINE)
_GAP = re.compile(r"\[missing:[^\]]*\]?")


def markdown(case: Case) -> str:
    """Return the letter, then what was checked, what is missing, what to attach and where to send it.

    Raises:
        PromptError: the rules of the channels cannot be read.
    """
    blocks = [_letter(case.letter) if case.letter else "# No reply\n\nThis case has no letter."]
    blocks += [_verdict(case.verdict)] if case.verdict else []
    blocks += [_scorecard(case.scorecard, case.letter)] if case.scorecard else []
    blocks += [_findings(case), _questions(case), _attachments(case), _sending(case)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def escaped(text: str) -> str:
    """Return text from outside as one line of Markdown that shows it and does nothing else."""
    line = " ".join(text.split())
    line = _SPECIAL.sub(lambda m: "\\" + m.group(), line)
    return _LINE_START.sub(lambda m: f"{m[1]}{m[2]}\\" if m[2].isdigit() else f"{m[1]}\\{m[2]}", line)


def _sentence(sentence: Sentence) -> str:
    return _GAP.sub(lambda m: f"**{m.group()}**", escaped(shown(sentence)))


def _letter(letter: Letter) -> str:
    blocks = [f"# {escaped(letter.subject)}", f"To: {escaped(letter.addressee)}"]
    blocks += [_section(letter, section) for section in sections_with_enclosures(letter)]
    if letter.signature:
        blocks.append("  \n".join(escaped(line) for line in letter.signature))
    return "\n\n".join(blocks)


def _section(letter: Letter, section: Section) -> str:
    head = f"## {escaped(section.title)}\n\n" if section.title else ""
    if section.key == "enclosures":
        numbers = [enclosure_number(letter, s, n) for n, s in enumerate(section.sentences, 1)]
        lines = [
            f"{n}. {_sentence(s)}" if n is not None else f"- {_sentence(s)}"
            for n, s in zip(numbers, section.sentences, strict=True)
        ]
        return head + "\n".join(lines)
    if section.bullets:
        return head + "\n".join("- " + " ".join(map(_sentence, point)) for point in section.points)
    return head + " ".join(_sentence(s) for s in section.sentences)


def _verdict(verdict: Verdict) -> str:
    lines = [f"---\n\n# Verdict: {READINESS[verdict.readiness].lower()}", ""]
    lines += [
        f"- **{r.severity}**: {escaped(r.message)}" + (f" *{escaped(r.action)}*" if r.action else "")
        for r in verdict.reasons
    ]
    lines += ["", f"Next step: {escaped(verdict.next_step)}"] if verdict.next_step else []
    lines += ["", f"Outlook: {escaped(verdict.outlook)}"] if verdict.outlook else []
    return "\n".join(lines)


def _scorecard(card: Scorecard, letter: Letter | None) -> str:
    rows = ["# Scorecard", "", "| Criterion | Score | Item | State | Note |", "| --- | --- | --- | --- | --- |"]
    for criterion in card.criteria:
        score = "NOT CHECKED" if criterion.score is None else f"{criterion.score:.0f}"
        rows += [
            f"| {escaped(criterion.name)} | {score} | {escaped(i.question)} | {STATES[i.state]} | {escaped(i.note)} |"
            for i in criterion.items
        ]
    lines = [grammar_line(card.grammar), lock_line(card.lock_breaches), usage_line(card.usage)]
    if letter is not None:
        lines += [f"Written by {who}: {', '.join(what)}" for who, what in writers(letter).items()]
    return "\n".join([*rows, "", *(f"- {escaped(line)}" for line in lines)])


def _findings(case: Case) -> str:
    lines = [
        f"- **{f.severity}** ({escaped(f.rule)}): {escaped(f.message)}"
        + (f' In: "{escaped(f.sentence)}"' if f.sentence else "")
        + (f" *{escaped(f.suggestion)}*" if f.suggestion else "")
        for f in case.findings
    ]
    return "\n".join(["# Findings", "", *lines]) if lines else ""


def _questions(case: Case) -> str:
    lines = [
        f"- [ ] **{escaped(q.id)}**{' (blocks the letter)' if q.blocking else ''}: {escaped(q.text)}"
        f" Why: {escaped(q.why)}" + (f" Proof: {escaped(q.proof)}" if q.proof else "")
        for q in case.questions
    ]
    return "\n".join(["# Still missing", "", *lines]) if lines else ""


def _attachments(case: Case) -> str:
    lines = [
        f"- [ ] {a.number}. `{a.proposed_name}`: {escaped(a.document)}"
        + (f", your file {escaped(a.file)}" if a.file else "")
        + f". {escaped(' '.join(a.rules))}"
        for a in attachments(case)
    ]
    return "\n".join(["# Attach", "", *lines]) if lines else ""


def _sending(case: Case) -> str:
    way = route(case)
    lines = ["# Where to send it", "", f"**{escaped(way.title)}** (answer due: {escaped(deadline_line(case))})", ""]
    lines += [f"{n}. {escaped(step)}" for n, step in enumerate(way.steps, 1)]
    lines += ["", "While you wait:", "", *(f"- {escaped(a.text)}" for a in channels().waiting)]
    kind = words(case.enforcement.answer_kind)
    return "\n".join([*lines, "", f"Kind of answer: {kind}. {escaped(case.enforcement.answer_kind_reason)}".strip()])
