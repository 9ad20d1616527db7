"""How much memory does a long run take, and does it stay flat?

    python benchmarks/memory.py [--articles 10000] [--out benchmarks/results/memory.json]

Runs `onrecord extract` on a file of that many articles of about 700 words and reads the peak of its resident memory
from the operating system; the resident memory after each tenth of the run shows whether it grows. Also measures what
`onrecord add` costs over `onrecord extract` on the first 300 of them.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from report import report
from speed import articles


def resident_mb(pid: int) -> float:
    """Resident memory of a process, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--articles", type=int, default=10_000)
    a.add_argument("--rounds", type=int, default=3, help="of the comparison of add and extract")
    a.add_argument("--out", type=Path)
    args = a.parse_args()
    onrecord = [sys.executable, "-m", "onrecord"]
    with tempfile.TemporaryDirectory() as folder:
        source, few = Path(folder) / "in.jsonl", Path(folder) / "few.jsonl"
        rows = articles(args.articles)
        source.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
        few.write_text("".join(json.dumps(r) + "\n" for r in rows[:300]), encoding="utf-8")
        extract_s, add_s = [], []
        for k in range(args.rounds):
            start = time.perf_counter()
            subprocess.run(
                [*onrecord, "extract", few, "-o", f"{folder}/few.out"], check=True, stderr=subprocess.DEVNULL
            )
            extract_s.append(time.perf_counter() - start)
            start = time.perf_counter()
            subprocess.run(
                [*onrecord, "add", f"{folder}/{k}.ledger", few],
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            add_s.append(time.perf_counter() - start)
        start = time.perf_counter()
        run = subprocess.Popen(
            [*onrecord, "extract", str(source), "-o", f"{folder}/out.jsonl"], stderr=subprocess.DEVNULL
        )
        samples: list[tuple[float, float]] = []
        while run.poll() is None:
            samples.append((time.perf_counter() - start, resident_mb(run.pid)))
            time.sleep(0.5)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        tenths = [round(max(mb for at, mb in samples if k <= 10 * at / seconds < k + 1), 0) for k in range(10)]
    result = {
        "machine": {"cpu": platform.processor() or platform.machine(), "python": platform.python_version()},
        "articles": args.articles,
        "seconds": round(seconds, 1),
        "documents_per_s": round(args.articles / seconds, 2),
        "peak_mb": round(peak, 1),
        "resident_mb_by_tenth": tenths,
        "extract_300_s": round(min(extract_s), 2),
        "add_300_s": round(min(add_s), 2),
        "add_overhead": round(min(add_s) / min(extract_s) - 1, 3),
    }
    report(result, args.out)


if __name__ == "__main__":
    main()
