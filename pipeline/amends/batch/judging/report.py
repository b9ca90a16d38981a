"""What `amends eval --judge` measures: the code's answers, and those of up to two judges with their biases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from amends.batch.judging.agreement import Agreement, Answered, Between, agreements, between
from amends.batch.judging.asking import Results, ask_all
from amends.batch.judging.authors import Written, hand_written, written
from amends.batch.judging.bias import Bias, Pair, Test, bias
from amends.batch.judging.labels import ITEMS_OF, JUDGE_ITEMS_OF
from amends.batch.judging.sets import Ask, Variant, labelled, twinned, twins
from amends.batch.progress import progress
from amends.check.config import Rules
from amends.check.parse import parse
from amends.check.rulings import ruled
from amends.errors import InputError
from amends.evaluate import judge
from amends.judging import UNUSABLE
from amends.schemas import Case, Frozen, ItemResult, Usage
from amends.settings import Settings, load_settings

_REASONS = {
    judge.NOT_ANSWERED: "not answered",
    judge.TWICE: "answered twice, differently",
    judge.COULD_NOT_TELL: "could not tell",
    judge.NO_QUOTE: "no quote, or too short",
    judge.QUOTE_FOREIGN: "quote not in the letter",
    judge.QUOTE_TO_JUDGE: "quoted words addressed to it",
    UNUSABLE: "no usable answer",
}
_TWINS: tuple[Variant, ...] = ("again", "order", "length", "told")


class Judge(Frozen):
    """One judge: its agreement with the labels, why answers were not checked, and what sways it.

    `asked` counts the items put to it on the labelled letters; `not_checked` is reason -> how many of them.
    """

    model: str
    asked: int
    not_checked: dict[str, int]
    items: tuple[Agreement, ...]
    biases: tuple[Bias, ...]
    usage: Usage


class JudgeReport(Frozen):
    """The whole measurement. `between` compares two judges on the same letters; empty with fewer than two."""

    part: str
    seed: int
    sound: int
    faulty_for_code: int
    code: tuple[Agreement, ...]
    faulty_for_judge: int = 0
    judges: tuple[Judge, ...] = ()
    between: tuple[Between, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether a provider failed for good."""
        return any(j.usage.failure for j in self.judges)


def measure(
    folder: Path, *, models: Sequence[str] = (), base_url: str | None = None, concurrency: int = 4, seed: int = 1,
    part: str = "dev",
) -> JudgeReport:  # fmt: skip
    """Return how far code, and each judge of `models`, agree with the labels of `folder`. Blocking.

    No model: the one of the settings, and none if they say `offline`. `seed` shuffles the items of every question.

    Raises:
        InputError: letters, labels or settings are missing or broken.
        ModelNotConfigured: a model's key, package or provider is missing.
    """
    each = [load_settings({"model": m, "base_url": base_url, "concurrency": concurrency}) for m in models or (None,)]
    settings = [s for s in each if s.model != "offline"]
    if len(settings) < len(models) and len(models) > 1:
        raise InputError("Two judges must be two models; “offline” is none.", hint="Leave out --second-judge.")
    code = answered_by_code(folder, part)
    report = JudgeReport(
        part=part, seed=seed, sound=_sound(code), faulty_for_code=len(code) - _sound(code), code=agreements(code)
    )
    if not settings:
        return report
    from amends.model import open_door
    from amends.model import run as run_with_clients

    for one in settings:
        open_door(one.model, one)  # a missing key is told once, before anything is asked
    asks = labelled(folder, part, seed)
    return run_with_clients(_judged(report, asks, folder, settings))


async def _judged(report: JudgeReport, asks: tuple[Ask, ...], folder: Path, settings: list[Settings]) -> JudgeReport:
    found = hand_written(folder)
    judges, answered = [], []
    for one in settings:
        by_hand = await written(found, one, report.seed)
        result, own = await _one_judge(asks, by_hand, one)
        judges.append(result)
        answered.append(own)
    return report.with_(
        faulty_for_judge=sum(a.fault is not None for a in asks), judges=tuple(judges),
        between=between(*answered) if len(answered) > 1 else (),
    )  # fmt: skip


async def _one_judge(
    asks: tuple[Ask, ...], by_hand: tuple[Written, ...], settings: Settings
) -> tuple[Judge, list[Answered]]:
    chosen = twinned(asks)
    pairs = [(ask, twin) for number, ask in enumerate(chosen) for twin in twins(ask, number)]
    authors = [ask for one in by_hand for ask in one.asks]
    every = (*asks, *(twin for _, twin in pairs), *authors)
    with progress(len(every)) as step:
        answers, usage = await ask_all(every, settings.model, settings, step)
    pairs += [(one.asks[0], other) for one in by_hand for other in one.asks[1:]]
    own = [Answered(a.letter, a.fault, answers[a]) for a in asks]
    return Judge(
        model=usage.model, asked=sum(len(a.items) for a in own), not_checked=_reasons(i for a in own for i in a.items),
        items=agreements(own, JUDGE_ITEMS_OF), biases=_biases(pairs, answers),
        usage=Usage.summed((usage, *(one.usage for one in by_hand if one.usage.calls))),
    ), own  # fmt: skip


def _biases(pairs: Sequence[tuple[Ask, Ask]], answers: Mapping[Ask, Results]) -> tuple[Bias, ...]:
    def of(test: Test) -> list[Pair]:
        return [(answers[one], answers[twin]) for one, twin in pairs if twin.variant == test]

    noise = bias("again", of("again"))
    others: tuple[Test, ...] = ("length", "told", "composer", "model")
    return (noise, bias("order", of("order"), noise), *(bias(test, of(test)) for test in others))


def _reasons(items: Iterable[ItemResult]) -> dict[str, int]:
    notes = [i.note for i in items if i.state == "not_checked"]
    told = (next((said for begin, said in _REASONS.items() if note.startswith(begin)), note) for note in notes)
    return dict(Counter(told).most_common())


def _sound(letters: Sequence[Answered]) -> int:
    return sum(letter.fault is None for letter in letters)


def answered_by_code(folder: Path, part: str = "dev") -> tuple[Answered, ...]:
    """Return the code items' answers on the sound letters of `folder` and on each seeded fault of `part` (dev or test).

    Raises:
        InputError: letters or labels are missing or broken.
    """
    asks = labelled(folder, part, 0, ITEMS_OF)
    return tuple(Answered(a.letter, a.fault, _by_code(a.text, a.case)) for a in asks)


def _by_code(text: str, case: Case) -> tuple[ItemResult, ...]:
    parsed = parse(text, case.enforcement.answer_kind)
    return ruled(parsed.letter, parsed, case, Rules())[0]
