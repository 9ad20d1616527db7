"""What would a collection of any size take? From the measured rates in `benchmarks/results`, and nothing else.

    python benchmarks/archive_plan.py [--documents 1.35e9] [--words 500] [--cores 64] [--price 0.04]

Prints the processor time, the days on so many cores, the bytes that come out, and what the search for copies holds;
and, where `results/links.json` is there, the growth of linking to 10^9 statements by the exponent measured between its
sizes. Documents, words of each and price are the reader's to set; the rates are those of `archive_run.json`.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path
from typing import Any

from report import report

RESULTS = Path(__file__).parent / "results"
BANDS_BYTES = 64 * (1 + 8 + 8)
"""A document's bands in the search for copies, before DuckDB compresses them."""


def plan(documents: float, words: float, cores: int, price: float) -> dict[str, Any]:
    """Time, cost and bytes of a collection.

    Args:
        documents: How many there are.
        words: Of each, on average.
        cores: Processors that work on it.
        price: Of one processor for an hour.
    """
    run = json.loads((RESULTS / "archive_run.json").read_text())
    counts = run["counts"]
    core_hours = documents * words / run["words_per_cpu_s"] / 3600
    out_per_word = sum(run["bytes_out"].values()) / counts["words"]
    per_document = counts["words"] / counts["kept"]
    return {
        "core_hours": round(core_hours),
        "days_on_these_cores": round(core_hours / cores / 24, 1),
        "cost": round(core_hours * price),
        "statements": round(documents * words * counts["statements"] / counts["words"]),
        "parquet_tb": round(documents * words * out_per_word / 1e12, 2),
        "copies_bands_tb": round(documents * BANDS_BYTES / 1e12, 2),
        "copies_wording_tb": round(documents * words / 4 * 8 / 1e12, 2),
        "repeats_ids_gb": round(documents * 17 / 1e9, 1),
        "measured_words_per_core_s": run["words_per_cpu_s"],
        "measured_words_per_document": round(per_document, 1),
        "measured_parquet_bytes_per_word": round(out_per_word, 2),
    }


def linking(figures: list[dict[str, float]], *, block: int, window: int, per_day: float) -> dict[str, object]:
    """How linking grows to 10^9 statements: in one ledger, and in blocks with a window before each.

    Processor time grows by the exponent between the two largest sizes that were measured; what a statement holds in
    memory is that of the largest, above what the process held before.

    Args:
        figures: Those of `links.json`.
        block: Statements of a block.
        window: Statements before it that are compared with it.
        per_day: Statements that the collection gains in a day.
    """
    small, large = figures[-2:]
    exponent = math.log(large["cpu_seconds"] / small["cpu_seconds"]) / math.log(
        large["statements"] / small["statements"]
    )
    kb = (large["peak_mb"] - large["made_mb"]) / large["statements"] * 1000

    def seconds(statements: float) -> float:
        return large["cpu_seconds"] * (statements / large["statements"]) ** exponent

    sizes = []
    for power in range(5, 10):
        number = 10.0**power
        sizes.append(
            {
                "statements": f"1e{power}",
                "ledger_days": round(seconds(number) / 86400, 2),
                "ledger_gb": round(number * kb / 1e6, 1),
                "blocks_core_days": round(number / block * seconds(block + window) / 86400, 2),
                "blocks_gb_each": round((block + window) * kb / 1e6, 2),
            }
        )
    return {
        "measured_to": large["statements"],
        "exponent": round(exponent, 3),
        "kb_per_statement": round(kb, 1),
        "statements_in_128_gb": round(128e6 / kb),
        "block": block,
        "window": window,
        "sizes": sizes,
        "statements_a_day": round(per_day),
        "minutes_that_the_window_spans": round(window / per_day * 1440, 1),
        "gb_of_a_window_of_a_week": round(7 * per_day * kb / 1e6),
    }


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--documents", type=float, default=1.35e9)
    a.add_argument("--words", type=float, default=500)
    a.add_argument("--cores", type=int, default=64)
    a.add_argument("--price", type=float, default=0.04)
    a.add_argument("--years", type=float, default=9.8, help="over which the documents came: August 2016 to May 2026")
    a.add_argument("--block", type=int, default=25_000)
    a.add_argument("--window", type=int, default=25_000)
    args = a.parse_args()
    result: dict[str, dict[str, Any]] = {"plan": plan(args.documents, args.words, args.cores, args.price)}
    links = RESULTS / "links.json"
    if links.exists():
        figures = json.loads(links.read_text())["figures"]
        per_day = result["plan"]["statements"] / (args.years * 365.25)
        result["linking"] = linking(figures, block=args.block, window=args.window, per_day=per_day)
    report(result, None)


if __name__ == "__main__":
    main()
