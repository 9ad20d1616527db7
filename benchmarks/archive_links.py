"""Links of an archive block by block, beside those of the same documents linked at once: what is lost, what it takes.

    python benchmarks/archive_links.py [--statements 4000] [--out benchmarks/results/archive_links.json]

Makes articles on made-up events as `links.py` does: 40 a day with ten statements each, an event in the news for a week.
Links them with a window that holds everything before a block, and with shorter ones, and counts the links of a score of
0.5 or more that the whole has and the blocks have not. Memory is that of the largest worker, less what a process with
its libraries holds; processor time is that of all workers.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from archive_make import write_parts
from links import Maker
from onrecord.archive.linking import link_parts
from onrecord.archive.views import ask, database
from onrecord.connect import Connector
from report import report

SURE = 0.5
EVERYTHING = 10**9
A_DAY = 400


def measure(statements: int, block: int, window: int, workers: int) -> dict[str, object]:
    """Link the archive with that window; what was found, and what it took."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        readings = Maker(seed=1).readings(statements)
        write_parts(out, readings, each=500)
        del readings
        found = link_parts(out, Connector.load, workers=workers, block=block, window=window)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        with database(out) as connection:
            sure = [row[0] for row in ask(connection, f"SELECT id FROM links WHERE score >= {SURE}").rows]
        return {
            "statements": found.statements,
            "block": block,
            "window": window if window < EVERYTHING else "everything",
            "days_of_window": round(window / A_DAY, 1) if window < EVERYTHING else None,
            "blocks": found.blocks,
            "links": sum(found.links.values()),
            "reprints": found.reprints,
            "cpu_s": round(used.ru_utime + used.ru_stime, 1),
            "largest_worker_mb": round(used.ru_maxrss / 1024, 1),
            "sure": sure,
        }


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--statements", type=int, default=4000)
    a.add_argument("--block", type=int, default=1000)
    a.add_argument("--windows", type=int, nargs="+", default=[EVERYTHING, 2000, 1000, 500])
    a.add_argument("--workers", type=int, default=1)
    a.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    a.add_argument("--out", type=Path)
    args = a.parse_args()
    if args.one:
        print(json.dumps(measure(args.statements, args.block, args.windows[0], args.workers)))
        return
    rows = []
    whole: set[str] | None = None
    for window in args.windows:
        # A process of its own, so that time and memory are those of this window's workers.
        command = [sys.executable, __file__, "--one", "--statements", str(args.statements), "--block", str(args.block)]
        command += ["--windows", str(window), "--workers", str(args.workers)]
        row = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        sure = set(row.pop("sure"))
        whole = sure if whole is None else whole
        rows.append(
            row | {"sure_links": len(sure), "share_of_sure_links_kept": round(len(sure & whole) / len(whole), 3)}
        )
        print(rows[-1], file=sys.stderr)
    result = {
        "command": f"python benchmarks/archive_links.py --statements {args.statements} --block {args.block}",
        "machine": {"cores": os.cpu_count(), "load_1min": round(os.getloadavg()[0], 2)},
        "figures": rows,
    }
    report(result, args.out)


if __name__ == "__main__":
    main()
