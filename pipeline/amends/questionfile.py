"""The open questions as a facts file to fill in with an editor; `amends draft --facts` reads it back as it is.

What the file holds already is left as it stands, comments too: only its `answers` are written anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from amends.errors import FactsError
from amends.facts import SellerFacts, parse_facts
from amends.schemas import Question
from amends.vocabulary import FACT_LISTS, AnswerType

Lang = Literal["en", "zh"]

_ANSWERS = re.compile(r"^answers:.*\n?(?:(?:[ \t#].*|)\n)*(?:[ \t].*\Z)?", re.MULTILINE)
_WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        "head": "Write each answer behind its colon and leave open what you cannot answer. Then: {command}",
        "needed": "NEEDED", "useful": "useful", "why": "Why", "answer": "Answer", "example": "Example", "proof": "Proof", "choices": "one of", "ideas": "To think of, only if it is true",
    },
    "zh": {
        "head": "请在每个冒号后填写答案，不能回答的留空。然后运行：{command}",
        "needed": "必答", "useful": "选答", "why": "原因", "answer": "答案类型", "example": "示例", "proof": "证明文件", "choices": "可选", "ideas": "供参考，只写属实的内容",
    },
}  # fmt: skip
TYPES: dict[Lang, dict[AnswerType, str]] = {
    "en": {
        "number": "a number", "date": "a date, such as 2026-11-04", "choice": "one of the choices", "yes_no": "yes or no", "text": "one or more sentences",
        "list": "a list, one sentence a line, each after “- ”", "file": "file names, each after “- ”, or none",
    },
    "zh": {
        "number": "数字", "date": "日期，如 2026-11-04", "choice": "从选项中选一个", "yes_no": "是或否", "text": "一句或几句话",
        "list": "列表，每行一句，以“- ”开头", "file": "文件名，每行一个，以“- ”开头；没有则写“没有”",
    },
}  # fmt: skip


def question_file(
    existing: str,
    open_questions: Sequence[Question],
    answers: Mapping[str, Any],
    *,
    name: str = "facts",
    lang: Lang = "en",
    command: str = "amends draft NOTICE --facts FILE",
) -> str:
    """Return the facts file `existing` with `answers` and, below them, the open questions with empty answers.

    Raises:
        FactsError: `existing` is no facts file.
    """
    before = parse_facts(existing, name)
    if existing.lstrip().startswith("{"):
        return json.dumps({**json.loads(existing), "answers": dict(answers)}, ensure_ascii=False, indent=2) + "\n"
    block = _block(open_questions, answers, command, lang)
    found = _ANSWERS.search(existing)
    if found:
        text = f"{existing[: found.start()]}{block}{existing[found.end() :]}"
    else:
        text = f"{existing.rstrip()}\n\n{block}" if existing.strip() else block
    return text if _holds(text, before, answers, name) else whole_file(before, block)


def whole_file(given: SellerFacts, block: str = "") -> str:
    """Return facts as a new file, with `block` (its `answers`) at the end."""
    tree: dict[str, Any] = {"seller": given.seller.model_dump(exclude_none=True), "story": given.story}
    for which in FACT_LISTS:
        tree[which] = [
            item.model_dump(mode="json", exclude_none=True, exclude_defaults=True, exclude={"list"})
            for item, _ in given.items
            if item.list == which
        ]
    filled = {key: value for key, value in tree.items() if value}
    return "\n".join(filter(None, (_yaml(filled) if filled else "", block)))


def _holds(text: str, before: SellerFacts, answers: Mapping[str, Any], name: str) -> bool:
    """Whether the new text says all that the old one said, and the answers."""
    try:
        now = parse_facts(text, name)
    except FactsError:
        return False
    same = (now.seller, now.story, [i for i, _ in now.items]) == (
        before.seller,
        before.story,
        [i for i, _ in before.items],
    )
    return same and set(now.answers) == set(answers)


def _block(questions: Sequence[Question], answers: Mapping[str, Any], command: str, lang: Lang) -> str:
    lines = ["answers:", *_comment(_WORDS[lang]["head"].format(command=command))]
    for question_id, value in answers.items():
        lines += [_indented(_yaml({question_id: value}))]
    for number, question in enumerate((q for q in questions if q.id not in answers), 1):
        lines += ["", *_described(number, question, lang), f"  {_key(question.id)}:"]
    if not answers and not questions:
        return ""
    return "\n".join(lines) + "\n"


def _described(number: int, question: Question, lang: Lang) -> list[str]:
    said = _WORDS[lang]
    text = (question.text_zh if lang == "zh" else None) or question.text
    why = (question.why_zh if lang == "zh" else None) or question.why
    need = said["needed"] if question.blocking else said["useful"]
    lines = [
        f"{number}. [{need}] {text}",
        f"{said['why']}: {why}",
        f"{said['answer']}: {TYPES[lang][question.answer_type]}",
    ]
    if question.choices:
        lines.append(f"{said['choices']}: {', '.join(question.choices)}")
    example = (question.example_zh if lang == "zh" else None) or question.example
    if example:
        lines.append(f"{said['example']}: {example}")
    if question.proof:
        lines.append(f"{said['proof']}: {question.proof}")
    if question.ideas:
        lines.append(f"{said['ideas']}: {'; '.join(question.ideas)}")
    return [comment for line in lines for comment in _comment(line)]


def _comment(text: str) -> list[str]:
    return [f"  # {line}" for line in text.splitlines() if line.strip()]


def _key(question_id: str) -> str:
    return _yaml({question_id: 0}).rpartition(":")[0]


def _yaml(tree: Mapping[str, Any]) -> str:
    import yaml

    text: str = yaml.safe_dump(_plain(tree), allow_unicode=True, sort_keys=False, width=1_000)
    return text


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, list | tuple) else value


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" if line else line for line in text.rstrip().splitlines())
