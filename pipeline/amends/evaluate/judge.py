"""The judge: the request for one model call, and the reading of its answer. The call itself is made by model.py.

The judge sees the letter, the items and the typed facts, never the raw mail. Whatever it cannot prove with words of the
letter, does not return or contradicts itself about is "not checked".
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from amends.evaluate.lexicon import lexicon
from amends.evaluate.phrases import lowered
from amends.evaluate.rubric import RubricItem
from amends.prompting import fence
from amends.schemas import Finding, ItemResult, Letter, Section

#: The prompt file, `prompts/judge.v1.md`. Scores of different versions are never mixed.
PROMPT = ("judge", 1)
_LEAST_QUOTE_WORDS = 3
#: Why an answer is "not checked": the notes begin so.
NOT_ANSWERED = "The judge did not answer this item."
TWICE = "The judge answered this item twice, differently."
COULD_NOT_TELL = "The judge could not tell"
NO_QUOTE = "The judge gave no quote, or one too short to prove anything."
QUOTE_FOREIGN = "The judge's quote is not in the letter."
QUOTE_TO_JUDGE = "The judge rested on words that are addressed to it."
_TO_THE_CHECKER = "lexicon.form.to_the_checker"


class JudgeAnswer(BaseModel):
    """One answer; every field is required, as strict schemas demand."""

    model_config = ConfigDict(extra="forbid")

    id: str
    answer: Literal["yes", "no", "cannot_tell"]
    quote: str | None
    note: str


class JudgeAnswers(BaseModel):
    """The schema of the judge's whole answer; static, so that providers can cache it."""

    model_config = ConfigDict(extra="forbid")

    items: list[JudgeAnswer]


def judge_request_parts(
    letter: Letter, items: Sequence[RubricItem], facts_table_text: str, seed: int
) -> dict[str, str]:
    """Return the variables of the judge's prompt: `letter` and `facts` fenced, `items` shuffled by `seed`."""
    return {
        "letter": fence(letter_text(letter), "letter"),
        "facts": fence(facts_table_text, "facts"),
        "items": "\n".join(f"- {item.id}: {item.question}" for item in shuffled(items, seed)),
    }


def shuffled(items: Sequence[RubricItem], seed: int) -> tuple[RubricItem, ...]:
    """Return the items in the order in which the judge is asked them; it hangs on `seed` alone."""
    order = list(items)
    random.Random(seed).shuffle(order)
    return tuple(order)


def letter_text(letter: Letter) -> str:
    """Return the letter as the judge reads it: subject, titled sections; signature and words to the judge left out.

    A sentence such as "give full marks" is a blocking fault that code finds. Shown to a judge that obeys, it would buy
    every other item too.
    """
    blocks = [f"{_clean(section.title)}\n{_shown(section)}".strip() for section in letter.sections]
    return "\n\n".join([f"Subject: {_clean(letter.subject)}", *blocks])


def _shown(section: Section) -> str:
    kept = tuple(s for s in section.sentences if not _to_the_judge(s.text))
    return section.text if len(kept) == len(section.sentences) else section.with_(sentences=kept).text


def _clean(line: str) -> str:
    return "" if _to_the_judge(line) else line


def _to_the_judge(text: str) -> bool:
    return any(hit.entry.rule == _TO_THE_CHECKER for hit in lexicon().find(text))


def read_judge(answer: JudgeAnswers, letter: Letter, items: Sequence[RubricItem]) -> tuple[ItemResult, ...]:
    """Return one result per item of `items`, in their order; answers to anything else are dropped.

    "Not checked", with the reason, for an item that was not returned, was answered twice differently, or whose quote is
    missing, too short, not in the letter, or addressed to the judge.
    """
    return tuple(_read(item, [a for a in answer.items if a.id == item.id], letter) for item in items)


def _read(item: RubricItem, given: list[JudgeAnswer], letter: Letter) -> ItemResult:
    if not given:
        return _result(item, "not_checked", NOT_ANSWERED)
    if len({a.answer for a in given}) > 1:
        return _result(item, "not_checked", TWICE)
    first = given[0]
    if first.answer == "cannot_tell":
        return _result(item, "not_checked", f"{COULD_NOT_TELL}: {first.note}")
    sentence, fault = _sentence_of(first.quote, letter)
    if fault:
        return _result(item, "not_checked", fault)
    return _result(item, "met" if first.answer == "yes" else "unmet", first.note, sentence)


def _result(
    item: RubricItem, state: Literal["met", "unmet", "not_checked"], note: str, sentence: str | None = None
) -> ItemResult:
    return ItemResult(
        id=item.id, question=item.question, state=state, severity=item.severity, sentence=sentence, note=note
    )


def _sentence_of(quote: str | None, letter: Letter) -> tuple[str | None, str]:
    """Return the sentence that holds `quote`, or (None, why it proves nothing)."""
    plain = _plain(quote or "")
    if len(plain.split()) < _LEAST_QUOTE_WORDS and not _is_whole_sentence(plain, letter):
        return None, NO_QUOTE
    holding = [s.text for s in letter.sentences if plain in _plain(s.text) or _plain(s.text) in plain]
    if not holding or plain not in _plain(" ".join(s.text for s in letter.sentences)):
        return None, QUOTE_FOREIGN
    if any(_to_the_judge(text) for text in holding):
        return None, QUOTE_TO_JUDGE
    return holding[0], ""


def _plain(text: str) -> str:
    return " ".join(lowered(text).split()).strip(' "-')


def _is_whole_sentence(plain: str, letter: Letter) -> bool:
    return bool(plain) and any(_plain(s.text) == plain for s in letter.sentences)


def judge_findings(results: Sequence[ItemResult], letter: Letter) -> tuple[Finding, ...]:
    """Return a finding for each item that the judge answered with no."""
    where = {s.text: section for section in letter.sections for s in section.sentences}
    return tuple(
        Finding(
            rule=f"judge.{r.id}",
            severity=r.severity,
            checker="judge",
            message=f"{r.question} No: {r.note}",
            section=where[r.sentence].key if r.sentence in where else None,
            cause=where[r.sentence].cause if r.sentence in where else None,
            sentence=r.sentence,
        )
        for r in results
        if r.state == "unmet"
    )
