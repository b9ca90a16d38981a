"""What the talk shows: a question with its help, the facts read out of an answer; in English or Chinese."""

from __future__ import annotations

from collections.abc import Sequence

from amends.asking.talk import Talk
from amends.questionfile import TYPES, Lang
from amends.schemas import Item, Question

SAY: dict[Lang, dict[str, str]] = {
    "en": {
        "intro": "Enter skips a question; ? says why it is asked, b goes back, q stops (all answers are kept).",
        "left": "{open} open, {needed} of them needed", "needed": "needed", "useful": "useful",
        "why": "Why", "example": "Example", "proof": "Proof", "ideas": "To think of, only if it is true", "type": "Answer",
        "one_a_line": "One per line; an empty line ends the list.", "now": "So far", "keep": "Enter keeps it.",
        "taken": "This is how it is understood:", "right": "Is that right? Enter = yes, n = write it again", "line": "line {n}",
        "done": "No question is left.", "done_skipped": "No more questions; {n} skipped ones stay open.", "stopped": "Stopped; go on with the same command.",
        "saved": "Your answers are in {name}.", "then": "Next: {command}",
    },
    "zh": {
        "intro": "按回车跳过；输入 ? 查看原因，b 返回上一题，q 退出（已答内容都会保存）。",
        "left": "还有 {open} 题，其中必答 {needed} 题", "needed": "必答", "useful": "选答",
        "why": "原因", "example": "示例", "proof": "证明文件", "ideas": "供参考，只写属实的内容", "type": "答案类型",
        "one_a_line": "每行一条，空行结束。", "now": "目前的答案", "keep": "按回车保留。",
        "taken": "系统这样理解您的答案：", "right": "对吗？回车 = 对，n = 重写", "line": "第 {n} 行",
        "done": "没有更多问题了。", "done_skipped": "没有更多问题了；{n} 个跳过的问题仍未回答。", "stopped": "已停止；用同样的命令可以继续。",
        "saved": "您的答案保存在 {name}。", "then": "下一步：{command}",
    },
}  # fmt: skip
_KINDS: dict[Lang, dict[str, str]] = {
    "en": {
        "root_causes": "cause", "corrective_actions": "step, status not clear", "corrective_actions.done": "done", "corrective_actions.in_progress": "under way",
        "corrective_actions.planned": "planned", "preventive_measures": "measure, start not clear", "preventive_measures.done": "in force",
        "preventive_measures.in_progress": "being introduced", "preventive_measures.planned": "planned", "evidence": "document", "other_facts": "fact",
    },
    "zh": {
        "root_causes": "原因", "corrective_actions": "措施（状态不明）", "corrective_actions.done": "已完成", "corrective_actions.in_progress": "进行中",
        "corrective_actions.planned": "计划中", "preventive_measures": "预防措施（开始日期不明）", "preventive_measures.done": "已实行",
        "preventive_measures.in_progress": "正在实行", "preventive_measures.planned": "计划实行", "evidence": "文件", "other_facts": "事实",
    },
}  # fmt: skip


def screen(talk: Talk) -> tuple[str, ...]:
    """The lines that show the current question, or the facts to confirm; empty when the talk is over."""
    question = talk.current
    if question is None or talk.state in ("done", "left"):
        return ()
    say = SAY[talk.lang]
    if talk.state == "confirming":
        return (say["taken"], *confirmation(talk.items, talk.lang), say["right"])
    if talk.lines:
        return ()
    head = f"[{say['needed'] if question.blocking else say['useful']}] ({say['left'].format(open=len(talk.open), needed=talk.needed)})"
    return (head, asked_text(question, talk.lang), *_hints(talk, question))


def asked_text(question: Question, lang: Lang) -> str:
    """The question in the language wanted, English where it was not translated."""
    return (question.text_zh if lang == "zh" else None) or question.text


def _hints(talk: Talk, question: Question) -> list[str]:
    say, lines = SAY[talk.lang], []
    if question.id in talk.answers:
        lines.append(f"{say['now']}: {_shown(talk.answers[question.id])}  {say['keep']}")
    lines += [f"  {n}) {choice}" for n, choice in enumerate(question.choices, 1)]
    kind = TYPES[talk.lang][question.answer_type]
    collects = question.answer_type in ("list", "file")
    lines.append(say["one_a_line"] if collects else f"{say['type']}: {kind}")
    example = (question.example_zh if talk.lang == "zh" else None) or question.example
    if example:
        lines.append(f"{say['example']}: {example}")
    return lines


def explanation(talk: Talk) -> tuple[str, ...]:
    """What `?` shows: why it is asked, which document proves it, and what others in this situation found."""
    question = talk.current
    if question is None:
        return ()
    say = SAY[talk.lang]
    lines = [f"{say['why']}: {(question.why_zh if talk.lang == 'zh' else None) or question.why}"]
    if question.proof:
        lines.append(f"{say['proof']}: {question.proof}")
    if question.ideas:
        lines += [f"{say['ideas']}:", *(f"  · {idea}" for idea in question.ideas)]
    return tuple(lines)


def confirmation(items: Sequence[Item], lang: Lang) -> tuple[str, ...]:
    """The facts read out of an answer, one line each: what it counts as, its words, its file."""
    kinds = _KINDS[lang]
    lines = []
    for item in items:
        kind = kinds.get(f"{item.list}.{item.status}") or kinds[item.list]
        file = f" [{item.file}]" if item.file and item.file != item.text else ""
        lines.append(f"  • {kind}: {item.text}{file}")
    return tuple(lines)


def _shown(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
