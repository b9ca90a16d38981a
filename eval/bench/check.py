"""How fast letters are checked: by rules alone, with grammar, and beside the bare LanguageTool server on the same texts.

`python eval/bench/check.py [--letters 40] [--rounds 3]` writes letters that all differ, checks them without grammar, then with a
warm engine, and sends the same texts to the same server with nothing around them, both with one thread a core, in turns in one
run. Prints medians as JSON. `…_cpu_ms` is processor time for a letter of one page, so that other work on the machine counts less.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path

from amends.check import Job, Means, Session, check_letter
from amends.check.parse import parse
from amends.check.source import from_bytes
from amends.evaluate import rules
from amends.grammar import GrammarEngine, warm_up
from amends.grammar.rules import grammar_rules

TODAY = date(2026, 11, 25)
THINGS = "lamp mug clock tray basket candle mirror stool shelf vase blanket kettle".split()


def letter(n: int) -> str:
    """A plan of about 400 words; no two letters share a sentence with a figure."""
    thing, other = THINGS[n % len(THINGS)], THINGS[(n + 5) % len(THINGS)]
    a, b, c = 11 + n, 402 + 3 * n, 5 + n % 17
    return f"""Subject: Plan of action for our late shipment rate, case {n}

Dear Seller Performance Team,

On 19 November 2026 you wrote to us about {a} of {b} orders of the {thing}. Below is what caused them and what is in force.

Root cause
- {a} of {b} orders between 18 October and 16 November 2026 were confirmed after the expected ship date. Most of them were for
  the {thing} that we assemble after the order. Assembly takes {c} working days, but the {n + 3} listings were set to 1 day.
- The setting was copied from the {other} when the {n + 3} listings were made in March 2026, because our process had no step
  that compares the handling time of the {thing} with the working time.

Corrective actions
- On 20 November 2026 we worked through all {c + 9} open orders of the {thing}, shipped them and sent each buyer the number.
- On 20 November 2026 we raised the handling time of the {n + 3} listings of the {thing} from 1 to {c} days.
- On 21 November 2026 we compared the handling time of the other {n + 30} listings of the {other} with the packing log.
- On 22 November 2026 we wrote to the {a} late buyers of the {thing} and refunded the shipping fee of {n + 4}.99 USD each.

Preventive measures
- Since 20 November 2026, daily at 08:00 and 14:00, the warehouse lead opens the list of unshipped orders of the {thing} in Seller
  Central and starts each order that is due within 24 hours first. The deputy of lead {n} is the office manager.
- With more than {n + 40} open orders, the quantity of the {n + 3} listings of the {thing} is set to 0 on the same day.
- Since 23 November 2026, every Monday, the operations manager compares the real working time of the past 7 days with the handling
  time of each offer of the {other} in sheet {n}. Above {c} days the setting is raised by 1 day on the same day.
- Since 23 November 2026, every Monday, the owner of store {n} reads the late shipment rate and writes down the reason of each
  late order of the {thing} in the order log. Above {c % 3 + 1} % the handling time is raised on the same day.

Enclosures
1. List of the {a} late orders of the {thing} (late_orders_{n}.xlsx)
2. Screenshot of the handling time of the {thing} before and after the change (setting_{n}.png)

We ask you to reactivate our selling account of store {n}.

Best regards,
Marta Lindqvist
"""


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def bare(url: str, texts: Sequence[str]) -> None:
    """Send each text to the server with the same rule choice, one request each, one thread a core."""
    choice = grammar_rules().choice
    fixed = {
        "language": "en-US",
        "disabledRules": ",".join(choice.off),
        "disabledCategories": ",".join(choice.off_categories),
    }
    fixed["enabledRules"] = ",".join(choice.on)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ask(text: str) -> None:
        data = urllib.parse.urlencode({**fixed, "text": text}).encode()
        with opener.open(f"{url.rstrip('/')}/v2/check", data, timeout=120) as answer:
            json.load(answer)

    with ThreadPoolExecutor(cores()) as pool:
        list(pool.map(ask, texts))


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def cpu_ms(text: str, times: int = 100) -> dict[str, float]:
    """Median processor time in milliseconds of the rules on one letter, and of reading, ruling and placing together."""
    source, means = from_bytes("letter.txt", text.encode()), Means(TODAY)
    read = parse(text).letter
    works: dict[str, Callable[[], object]] = {
        "rules_cpu_ms": partial(rules, read, means.known),
        "whole_check_cpu_ms": partial(check_letter, source, means),
    }
    return {name: _median_cpu_ms(work, times) for name, work in works.items()}


def _median_cpu_ms(work: Callable[[], object], times: int) -> float:
    work()
    spent = []
    for _ in range(times):
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    return round(1000 * statistics.median(spent), 2)


def measure(folder: Path, letters: int, rounds: int) -> dict[str, object]:
    """Letters per second without grammar, with it, and of the bare server; new texts each round, the order in turns."""
    session = Session(Job(letters=("unused",), today=TODAY, grammar=True))
    assert isinstance(session.engine, GrammarEngine)
    taken: dict[str, list[float]] = {"without": [], "ours": [], "bare": []}
    with session, GrammarEngine() as other:  # a server of its own: the engine remembers sentences it has seen
        warm_up(session.engine)
        warm_up(other)
        for n in range(rounds + 1):
            numbers = range(1 + n * letters, 1 + (n + 1) * letters)
            names = [str(_written(folder, number)) for number in numbers]
            sent = ["\n\n".join(s.text for s in parse(letter(number)).letter.sentences) for number in numbers]
            turns: list[tuple[str, Callable[[], object]]] = [
                ("without", partial(Session(Job(letters=tuple(names), today=TODAY, grammar=False)).check, names)),
                ("ours", partial(session.check, names)),
                ("bare", partial(bare, other.url or "", sent)),
            ]
            for name, work in turns if n % 2 else reversed(turns):
                took = seconds(work)
                if n:  # the first round only warms the engine up
                    taken[name].append(took)
    rate = {name: letters / statistics.median(times) for name, times in taken.items()}
    return {
        "letters_per_s_without_grammar": round(rate["without"], 1),
        "letters_per_s_with_grammar_warm": round(rate["ours"], 2),
        "letters_per_s_bare_languagetool": round(rate["bare"], 2),
        "share_of_bare": round(rate["ours"] / rate["bare"], 3),
    }


def _written(folder: Path, number: int) -> Path:
    path = folder / f"{number}.txt"
    path.write_text(letter(number), encoding="utf-8")
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    result: dict[str, object] = {"words": len(letter(1).split()), **cpu_ms(letter(1))}
    with tempfile.TemporaryDirectory() as folder:
        result |= measure(Path(folder), asked.letters, asked.rounds)
    machine = f"{platform.machine()}, {cores()} cores, python {platform.python_version()}"
    print(json.dumps({**result, "letters": asked.letters, "rounds": asked.rounds, "machine": machine}, indent=2))


if __name__ == "__main__":
    main()
