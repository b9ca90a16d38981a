"""Time and memory of reading a large orders report, beside the engine's bare row count of the same file.

`python eval/bench/reports.py --megabytes 1000` writes an orders file of that size, reads it as `read_report` does,
with `SELECT count(*)` and with a maximum of each column that is read, each in a process of its own, prints the
medians and deletes the file.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import statistics
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

COLUMNS = """amazon-order-id merchant-order-id purchase-date last-updated-date order-status fulfillment-channel
sales-channel order-channel ship-service-level product-name sku asin item-status quantity currency item-price item-tax
shipping-price shipping-tax gift-wrap-price gift-wrap-tax item-promotion-discount ship-promotion-discount ship-city
ship-state ship-postal-code ship-country promotion-ids is-business-order purchase-order-number price-designation"""
HEADER = tuple(COLUMNS.split())
START = "import json, resource, sys, time; from pathlib import Path; begun = time.perf_counter()\n"
END = """used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, rows]))
"""
READ = START + "from datetime import date; from amends.reports import read_report; "
READ += "rows = read_report(Path(sys.argv[1]), before=date(2026, 1, 1)).rows\n" + END
COUNT = (
    START
    + """import duckdb
c = duckdb.connect(config={'memory_limit': '100MB', 'threads': 2})
c.execute('SET enable_progress_bar = false')
file = "read_csv(?, delim='\\t', quote='', escape='', header=true, all_varchar=true, null_padding=true)"
rows = c.execute(f'SELECT count(*){sys.argv[2]} FROM {file}', [sys.argv[1]]).fetchall()[0][0]
"""
    + END
)
SAME_COLUMNS = ', max("amazon-order-id"), max("purchase-date"), max("order-status"), max("fulfillment-channel"), '
SAME_COLUMNS += 'max(sku), max(asin), max("item-status"), max(quantity)'


def generate(path: Path, megabytes: float) -> int:
    """Write an all-orders report of about that size; return its rows."""
    chance, day, written, rows = random.Random(7), datetime(2025, 1, 1), 0, 0
    with path.open("w", encoding="utf-8") as file:
        file.write("\t".join(HEADER) + "\n")
        while written < megabytes * 1e6:
            rows, day = rows + 1, day + timedelta(seconds=9)
            order = f"{chance.randrange(100, 1000)}-{chance.randrange(10**7):07d}-{chance.randrange(10**7):07d}"
            product, at = chance.randrange(2000), day.isoformat() + "+00:00"
            state, channel = chance.choice(["Shipped"] * 9 + ["Cancelled"]), chance.choice(["Amazon", "Merchant"])
            title, units = f'Garden lamp 12", model {product}', chance.choice("1112")
            row = [order, order, at, at, state, channel, "Amazon.com", "", "Standard", title, f"SKU-{product}"]
            row += [f"B0LAMP{product:04d}", "Shipped", units, "USD", "19.99", "1.20", *[""] * 6]
            row += ["Springfield", "IL", "62704", "US", "", "false", "", ""]
            line = "\t".join(row) + "\n"
            written += len(line)
            file.write(line)
    return rows


def measure(code: str, path: Path, times: int, also: str = "") -> dict[str, float]:
    """Medians of wall and processor seconds, the largest RSS in MB and the rows, each run in a fresh process."""
    command = [sys.executable, "-c", code, str(path), also]
    runs = [json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout) for _ in range(times)]
    wall, cpu = (round(statistics.median(run[n] for run in runs), 2) for n in (0, 1))
    return {"wall_s": wall, "cpu_s": cpu, "rss_mb": round(max(run[2] for run in runs)), "rows": runs[0][3]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=1000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        path = Path(folder) / "orders.txt"
        rows = generate(path, asked.megabytes)
        found = {
            "read_report": measure(READ, path, asked.times),
            "engine_count": measure(COUNT, path, asked.times),
            "engine_same_columns": measure(COUNT, path, asked.times, SAME_COLUMNS),
        }
    if any(one["rows"] != rows for one in found.values()):
        sys.exit(f"rows differ: {rows} written, {found}")
    machine = f"{platform.machine()}, python {platform.python_version()}"
    print(json.dumps({"megabytes": asked.megabytes, **found, "machine": machine}, indent=2))


if __name__ == "__main__":
    main()
