"""What would a collection of any size take? From the measured rates in `benchmarks/results`, and nothing else.

    python benchmarks/archive_plan.py [--documents 1.35e9] [--words 500] [--cores 64] [--price 0.04]

Prints the processor time, the days on so many cores, the bytes that come out, and what the search for copies holds;
and, where `results/links.json` is there, the growth of linking to 10^9 statements by the exponents measured between its
sizes. Documents, words of each and price are the reader's to set; the rates are those of `archive_run.json`.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
BANDS_BYTES = 64 * (1 + 8 + 8)
"""A document's bands in the search for copies, before DuckDB compresses them."""


def plan(documents: float, words: float, cores: int, price: float) -> dict[str, float]:
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


def growth(sizes: list[tuple[float, float]], to: float) -> dict[str, float]:
    """The figure at `to` statements, by the exponent between the two largest sizes that were measured."""
    (small, first), (large, second) = sizes[-2:]
    exponent = math.log(second / first) / math.log(large / small)
    return {"exponent": round(exponent, 3), "at_1e9": round(second * (to / large) ** exponent)}


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--documents", type=float, default=1.35e9)
    a.add_argument("--words", type=float, default=500)
    a.add_argument("--cores", type=int, default=64)
    a.add_argument("--price", type=float, default=0.04)
    args = a.parse_args()
    result: dict[str, object] = {"plan": plan(args.documents, args.words, args.cores, args.price)}
    links = RESULTS / "links.json"
    if links.exists():
        rows = json.loads(links.read_text())["figures"]
        result["linking_to_1e9"] = {
            name: growth([(row["statements"], row[name]) for row in rows], 1e9) for name in ("cpu_seconds", "peak_mb")
        }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
