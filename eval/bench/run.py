"""`make bench`: start-up, draft, model and grammar times, beside a bare program in the same run.

    python eval/bench/run.py [ROUNDS]

The commands are run in turn, round by round, so that a busy machine slows all of them alike. Medians go to RESULTS.md
and results.json in this folder, each aim with whether it was met; a missed aim fails nothing.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from report import Aim, as_markdown

from amends.testing import OpenAIServer, honest

HERE = Path(__file__).parent
DEMO = HERE.parent / "cases" / "late_shipment_handling_time"
NOTICE = str(DEMO / "notice.eml")
AMENDS = (sys.executable, "-m", "amends")
DRAFT = (*AMENDS, "draft", NOTICE, "--facts", str(DEMO / "facts.yaml"), "--today", "2026-11-25", "--no-grammar")
LATENCY_S = 0.3
LEAST_ROUNDS = 7


@dataclass(frozen=True)
class Timed:
    """Medians and extremes over all rounds, in seconds."""

    wall_s: float
    cpu_s: float
    fastest_s: float
    slowest_s: float


def once(command: tuple[str, ...], environment: Mapping[str, str]) -> tuple[float, float]:
    """Run `command` and return its wall and CPU seconds.

    Raises:
        SystemExit: it failed; a time of a command that fails means nothing.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def commands(server: OpenAIServer) -> dict[str, tuple[str, ...]]:
    """What is timed, by name."""
    return {
        "reference --help": (sys.executable, str(HERE / "reference.py"), "--help"),
        "amends --help": (*AMENDS, "--help"),
        "amends extract": (*AMENDS, "extract", NOTICE, "--json"),
        "amends draft, offline": DRAFT,
        "amends draft, with a model": (*DRAFT, "--model", "openai:bench", "--base-url", server.base_url),
    }


def clean_environment(bytecode: str) -> dict[str, str]:
    """Return an environment without our settings, in which modules are compiled once, as after an installation by pip."""
    dropped = ("AMENDS_", "OPENAI_", "PYTHONDONTWRITEBYTECODE")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return {**clean, "OPENAI_API_KEY": "bench", "PYTHONPYCACHEPREFIX": bytecode}


def time_commands(rounds: int, environment: Mapping[str, str]) -> tuple[dict[str, Timed], int]:
    """Time every command `rounds` times, in turn, after one that compiles its modules; also calls per draft."""
    with OpenAIServer(respond=honest, latency_s=LATENCY_S) as server:
        todo = commands(server)
        for command in todo.values():
            once(command, environment)
        calls = len(server.requests)
        seen: dict[str, list[tuple[float, float]]] = {name: [] for name in todo}
        for number in range(rounds):
            say(f"round {number + 1} of {rounds}")
            for name, command in todo.items():
                seen[name].append(once(command, environment))
    return {name: _timed(times) for name, times in seen.items()}, calls


def _timed(times: list[tuple[float, float]]) -> Timed:
    walls, cpus = zip(*times, strict=True)
    return Timed(statistics.median(walls), statistics.median(cpus), min(walls), max(walls))


def inside(environment: Mapping[str, str], script: str, *arguments: str) -> dict[str, Any]:
    """Run one of the measuring scripts beside this one and return the JSON object it prints."""
    say(f"{script} {' '.join(arguments)}".strip())
    command = [sys.executable, str(HERE / script), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
        return {"not_measured": last}
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def machine() -> dict[str, Any]:
    """Name the machine that the figures are of, and how busy it was."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return {
        "processor": model or platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def aims(timed: Mapping[str, Timed], measured: Mapping[str, Mapping[str, Any]]) -> list[Aim]:
    """Return every aim with what was measured."""
    base = timed["reference --help"].wall_s
    call = measured["model_call"].get("door_ms")
    return [
        Aim("`amends --help` against the bare program", timed["amends --help"].wall_s / base, 1.3, "×"),
        Aim("`amends extract` against the bare program's `--help`", timed["amends extract"].wall_s / base, 2.5, "×"),
        Aim("offline draft, grammar off, in all", timed["amends draft, offline"].wall_s, 1.0, "s"),
        Aim(
            f"the same with a model of {LATENCY_S * 1000:.0f} ms: 4 latencies + 2.5 s",
            timed["amends draft, with a model"].wall_s,
            4 * LATENCY_S + 2.5,
            "s",
        ),
        Aim("CPU per model call", call, 6.0, "ms"),
    ]


def say(message: str) -> None:
    print(f"bench: {message}", file=sys.stderr, flush=True)


def main() -> None:
    rounds = max(LEAST_ROUNDS, int(sys.argv[1]) if len(sys.argv) > 1 else LEAST_ROUNDS)
    named = machine()
    with tempfile.TemporaryDirectory() as bytecode:
        environment = clean_environment(bytecode)
        timed, calls = time_commands(rounds, environment)
        measured = {
            "model_call": inside(environment, "model_call.py"),
            "extraction": inside(environment, "inside.py", "extraction"),
            "grammar": inside(environment, "inside.py", "grammar"),
        }
    reached = aims(timed, measured)
    results = {
        "machine": named,
        "rounds": rounds,
        "calls_per_draft": calls,
        "commands": {name: asdict(times) for name, times in timed.items()},
        **measured,
        "aims": [{**asdict(aim), "met": aim.met} for aim in reached],
    }
    (HERE / "results.json").write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    text = as_markdown(results, reached)
    (HERE / "RESULTS.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
