"""How long does it take to begin?

    python benchmarks/startup.py [--times 20] [--out benchmarks/results/startup.json]

Measures, each in a fresh process and as the median of so many: `import onrecord` (inside the process), and
`onrecord --help` and `onrecord read` of one article (from start to end, as a user waits for it).
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from report import report

IMPORT = "import time; t = time.perf_counter(); import onrecord; print(time.perf_counter() - t)"
STORIES = Path(__file__).parents[1] / "src/onrecord/demo/stories.jsonl"


def import_s() -> float:
    done = subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, text=True, check=True)
    return float(done.stdout)


def command_s(*arguments: str) -> float:
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "onrecord", *arguments], capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"onrecord {' '.join(arguments)} ended with {done.returncode}: {done.stderr.decode()}")
    return time.perf_counter() - started


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--times", type=int, default=20)
    a.add_argument("--out", type=Path)
    args = a.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder) / "article.txt"
        article.write_text(json.loads(STORIES.open(encoding="utf-8").readline())["text"], encoding="utf-8")
        measures = {
            "import onrecord": import_s,
            "onrecord --help": lambda: command_s("--help"),
            "onrecord read": lambda: command_s("read", str(article)),
        }
        figures = {}
        for name, measure in measures.items():
            measure()  # the first one fills the disk cache and writes byte code
            seconds = [measure() for _ in range(args.times)]
            figures[name] = {
                "median_ms": round(1000 * statistics.median(seconds), 1),
                "best_ms": round(1000 * min(seconds), 1),
            }
    result = {
        "what": "start-up",
        "times": args.times,
        "figures": figures,
        "machine": {"python": platform.python_version(), "platform": platform.platform()},
    }
    report(result, args.out)


if __name__ == "__main__":
    main()
