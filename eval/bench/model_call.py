"""CPU per model call: the median over many calls through a door to a local server in another process.

    python eval/bench/model_call.py [CALLS]

Beside it, as a reference, the same through `with_structured_output` of langchain-openai.
"""

from __future__ import annotations

import asyncio
import json
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable

from pydantic import BaseModel, SecretStr

from amends.model import Request, close_clients, open_door
from amends.prompting import Filled
from amends.schemas import PromptUse
from amends.settings import Settings

SERVER = """
import sys
from amends.testing import OpenAIServer, answers
sentences = [{"text": "We ship on time.", "fact_ids": ["F1"]}] * 6
with OpenAIServer(respond=lambda _: answers.ok({"sentences": sentences})) as s:
    print(s.base_url, flush=True)
    sys.stdin.read()
"""
AIM_MS = 6.0


class Worded(BaseModel):
    text: str
    fact_ids: list[str]


class Drafted(BaseModel):
    sentences: list[Worded]


USE = PromptUse(name="bench", version=1, sha256="0" * 12)
SYSTEM = "You word sentences. " * 150
FACTS = "\n".join(
    f"F{n} done: on 14 March 2026 we set handling time of {n * 7} listings to 3 days." for n in range(1, 21)
)


def question(number: int) -> Request[Drafted]:
    """Return one question of a case: the fact table is shared by all, the rest of the text is its own."""
    return Request(Filled(SYSTEM, f"{FACTS}\n\nSection {number}: word it in plain English.", USE), Drafted, "bench")


async def cpu_ms(call: Callable[[int], Awaitable[object]], calls: int) -> float:
    """Return the median CPU milliseconds of this process per call, after ten calls to warm up."""
    for number in range(10):
        await call(number)
    spent = []
    for number in range(calls):
        start = time.process_time()
        await call(10 + number)
        spent.append((time.process_time() - start) * 1000)
    return statistics.median(spent)


async def measure(base_url: str, calls: int) -> dict[str, float]:
    from langchain_openai import ChatOpenAI

    door = open_door("openai:bench", Settings(base_url=base_url, api_key=SecretStr("k")))
    ours = await cpu_ms(lambda n: door.ask(question(n)), calls)
    plain = ChatOpenAI(model="bench", base_url=base_url, api_key=SecretStr("k"), max_retries=0, use_responses_api=False)
    structured = plain.with_structured_output(Drafted, method="json_schema", strict=True)
    reference = await cpu_ms(
        lambda n: structured.ainvoke([("system", SYSTEM), ("user", question(n).filled.user)]), calls
    )
    await close_clients()
    return {"door_ms": round(ours, 2), "with_structured_output_ms": round(reference, 2), "aim_ms": AIM_MS}


def main() -> None:
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", SERVER], stdin=pipe, stdout=pipe, text=True) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        found = asyncio.run(measure(server.stdout.readline().strip(), calls))
        server.stdin.close()
    machine = f"{platform.machine()} {platform.python_implementation()} {platform.python_version()}"
    print(json.dumps({"calls": calls, **found, "machine": machine}))


if __name__ == "__main__":
    main()
