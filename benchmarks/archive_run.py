"""A constructed archive end to end, killed twice on the way: do the counts add up, and do the bytes agree?

    python benchmarks/archive_run.py --documents 200000 --workers 2 --out benchmarks/results/archive_run.json

Makes a WARC with reprints and dirt (`archive_make.py`) and runs `onrecord process` on it: a worker is killed with
SIGKILL after a fifth of the shards, the driver after two fifths; then the command is given again. Resident memory of
the largest worker is read every two seconds: its slope over the second half is given with its standard error. With
--check, an undisturbed run with one worker is made too, and its files are compared byte by byte.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from archive_make import write
from onrecord.archive.supervise import resident_mb


def children(pid: int) -> list[int]:
    """The processes that this one started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(stat.parent.name))
        except (OSError, IndexError):
            continue
    return found


def markers(out: Path) -> int:
    """Shards that are finished."""
    return len(list((out / "shards").glob("[0-9]*[0-9].json")))


def slope(samples: list[tuple[float, float]]) -> dict[str, float] | None:
    """MB per 1,000 s over the second half, and its standard error."""
    if len(samples) < 20:
        return None
    half = np.array(samples[len(samples) // 2 :])
    at, mb = half[:, 0], half[:, 1]
    (steep, _), covariance = np.polyfit(at, mb, 1, cov=True)
    return {"mb_per_1000_s": round(steep * 1000, 3), "standard_error": round(float(covariance[0, 0] ** 0.5) * 1000, 3)}


def run(command: list[str], out: Path, worker_at: int | None, driver_at: int | None,
        memory: list[tuple[float, float]]) -> float:  # fmt: skip
    """One call of the command, a worker and the driver killed after so many shards. CPU seconds of all of it."""
    cpu: dict[int, float] = {}
    with tempfile.TemporaryFile("w+") as said:
        driver = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        sampled = 0.0
        while driver.poll() is None:
            pids = children(driver.pid)
            cpu |= {pid: seconds for pid in (*pids, driver.pid) if (seconds := cpu_seconds(pid))}
            if worker_at is not None and pids and markers(out) >= worker_at:
                os.kill(pids[0], signal.SIGKILL)
                worker_at = None
            if driver_at is not None and markers(out) >= driver_at:
                driver.kill()
                driver_at = None
            if time.monotonic() - sampled > 2 and pids:
                sampled = time.monotonic()
                memory.append((sampled, max(resident_mb(pid) for pid in pids)))
            time.sleep(0.2)
        said.seek(0)
        if driver.returncode not in (0, 1, -signal.SIGKILL):
            raise RuntimeError(said.read())
    return sum(cpu.values())


def cpu_seconds(pid: int) -> float:
    """Processor time of a process so far."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def contents(out: Path) -> dict[str, bytes]:
    """What must be the same however the work went."""
    names = (".lock", "report.json", "report.md")
    return {
        str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file() and p.name not in names
    }


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--documents", type=int, default=200_000)
    a.add_argument("--workers", type=int, default=2)
    a.add_argument("--shard-size", default="1M")
    a.add_argument("--folder", type=Path, help="where to work; a temporary folder if not given")
    a.add_argument("--check", action="store_true")
    a.add_argument("--out", type=Path)
    args = a.parse_args()
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        source, target = Path(folder) / "in.warc.gz", Path(folder) / "out"
        held = write(source, args.documents, form="warc", reprints=0.1, with_dirt=True)
        bytes_in = source.stat().st_size
        command = [
            *(sys.executable, "-m", "onrecord", "process", str(source), "-o", str(target)),
            *("--workers", str(args.workers), "--shard-size", args.shard_size),
        ]
        shards = -(-bytes_in // ((1 << 20) * float(args.shard_size.rstrip("M"))))
        memory: list[tuple[float, float]] = []
        began = time.monotonic()
        cpu = run(command, target, round(shards * 0.2), round(shards * 0.4), memory)
        resumed_from = markers(target)
        cpu += run(command, target, None, None, memory)
        seconds = time.monotonic() - began
        report = json.loads((target / "report.json").read_text())
        undisturbed = None
        if args.check:
            whole = Path(folder) / "whole"
            command[command.index(str(target))] = str(whole)
            command[command.index("--workers") + 1] = "1"
            run(command, whole, None, None, [])
            undisturbed = contents(whole) == contents(target)
    counts = report["counts"]
    result = {
        "machine": {"cpu": platform.machine(), "cores": os.cpu_count(), "python": platform.python_version()},
        "made": held,
        "workers": args.workers,
        "counts": counts,
        "adds_up": counts["read"] == counts["kept"] + sum(counts["skipped"].values()) + sum(counts["failed"].values()),
        "cpu_s": round(cpu, 1),
        "documents_per_cpu_s": round(counts["read"] / cpu, 2),
        "words_per_cpu_s": round(counts["words"] / cpu, 1),
        "load_average": round(os.getloadavg()[0], 2),
        "shards": report["shards"]["all"],
        "finished_when_the_driver_was_killed": resumed_from,
        "an_undisturbed_run_has_the_same_bytes": undisturbed,
        "bytes_in": bytes_in,
        "bytes_text": report["bytes_text"],
        "bytes_out": report["bytes_out"],
        "resident_mb": {"peak": round(max((mb for _, mb in memory), default=0.0), 1), "slope": slope(memory)},
        "seconds_of_everything": round(seconds, 1),
    }  # fmt: skip
    text = json.dumps(result, indent=1)
    print(text)
    if args.out:
        args.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
