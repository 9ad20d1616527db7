"""A constructed archive end to end, killed twice on the way: do the counts add up, and do the bytes agree?

    python benchmarks/archive_run.py --documents 200000 --workers 2 --folder RUN --for 30

Makes a WARC with reprints and dirt (`archive_make.py`) and runs `onrecord process` on it: a worker is killed with
SIGKILL after a fifth of the shards, the driver after two fifths; then the command is given again. With --folder,
everything stays in that folder, and with --for the work is stopped after so many minutes (Ctrl-C): the same command
goes on where it was, and what it prints is an estimate until the last shard is finished. Resident memory of every
worker is read every two seconds; of the one that lived longest the slope over the second half of its life is given,
with its standard error. With --check, an undisturbed run with one worker is made too, and compared byte by byte.
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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from archive_make import write
from onrecord.archive.job import done_shards
from onrecord.archive.supervise import resident_mb
from report import report

SAMPLE_S = 2.0


@dataclass(slots=True)
class State:
    """What is known of a run, over all calls of this program.

    Attributes:
        made: Records of the archive, by kind.
        cpu_s: Processor time of all processes.
        seconds: Wall time of all calls.
        calls: How often the command was given.
        killed: What was killed, and after how many shards.
        life: Of the worker that lived longest: seconds since it began, MB, documents finished by all workers.
    """

    made: dict[str, int]
    cpu_s: float = 0.0
    seconds: float = 0.0
    calls: int = 0
    killed: dict[str, int] = field(default_factory=dict)
    life: list[tuple[float, float, int]] = field(default_factory=list)


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


def slope(life: list[tuple[float, float, int]], workers: int) -> dict[str, float] | None:
    """MB per 1,000 s, and per 1,000 documents of a worker, over the second half of a life, with standard errors."""
    if len(life) < 20:
        return None
    half = np.array(life[len(life) // 2 :])
    (steep, _), covariance = np.polyfit(half[:, 0], half[:, 1], 1, cov=True)
    error = float(covariance[0, 0] ** 0.5)
    documents = (half[-1, 2] - half[0, 2]) / workers
    per_document = (half[-1, 0] - half[0, 0]) / documents if documents else 0.0
    return {
        "mb_per_1000_s": round(steep * 1000, 3),
        "standard_error": round(error * 1000, 3),
        "documents_of_the_worker": round((life[-1][2] - life[0][2]) / workers),
        "mb_per_1000_documents": round(steep * per_document * 1000, 4),
        "standard_error_of_that": round(error * per_document * 1000, 4),
    }


def cpu_seconds(pid: int) -> float:
    """Processor time of a process so far."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Watch:
    """One call of the command, watched: what it takes, and what is killed on the way."""

    def __init__(self, out: Path, state: State, kills: dict[str, float], until: float) -> None:
        self._out, self._state, self._kills, self._until = out, state, kills, until
        self._cpu: dict[int, float] = {}
        self._lives: dict[int, list[tuple[float, float, int]]] = {}

    def run(self, command: list[str]) -> bool:
        """Give the command. Is it to be given again at once, since it was killed?

        Raises:
            RuntimeError: It ended with an error of its own.
        """
        began = time.monotonic()
        self._state.calls += 1
        with tempfile.TemporaryFile("w+") as said:
            driver = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
            killed = stopped = False
            sampled = 0.0
            while driver.poll() is None:
                pids = children(driver.pid)
                self._cpu |= {pid: seconds for pid in (*pids, driver.pid) if (seconds := cpu_seconds(pid))}
                killed = killed or self._kill(driver.pid, pids)
                if time.monotonic() > self._until and not stopped:
                    driver.send_signal(signal.SIGINT)
                    stopped = True
                if time.monotonic() - sampled > SAMPLE_S:
                    sampled = time.monotonic()
                    self._sample(pids)
                time.sleep(0.2)
            said.seek(0)
            if driver.returncode not in (0, 1) and not killed and not stopped:
                raise RuntimeError(said.read())
        self._state.cpu_s += sum(self._cpu.values())
        self._state.seconds += time.monotonic() - began
        self._state.life = max([self._state.life, *self._lives.values()], key=len)
        return killed and not stopped

    def _kill(self, driver: int, workers: list[int]) -> bool:
        """Kill what is due. Was it the driver?"""
        for name, at in self._kills.items():
            if name not in self._state.killed and markers(self._out) >= at and workers:
                os.kill(driver if name == "driver" else workers[0], signal.SIGKILL)
                self._state.killed[name] = markers(self._out)
                return name == "driver"
        return False

    def _sample(self, workers: list[int]) -> None:
        documents = sum(result.counts.read for result in done_shards(self._out)) if self._lives else 0
        for pid in workers:
            life = self._lives.setdefault(pid, [])
            life.append((time.monotonic(), resident_mb(pid), documents))


@contextmanager
def place(folder: Path | None) -> Iterator[Path]:
    """Where to work."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory() as temporary:
        yield Path(temporary)


def contents(out: Path) -> dict[str, bytes]:
    """What must be the same however the work went."""
    names = (".lock", "report.json", "report.md")
    return {
        str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file() and p.name not in names
    }


def state_of(path: Path, source: Path, documents: int, reprints: float) -> State:
    """The state of the calls before, or that of an archive that is made now."""
    if path.is_file():
        return State(**json.loads(path.read_text()))
    draft = source.with_name(f"draft.{source.name}")
    state = State(made=write(draft, documents, form="warc", reprints=reprints, with_dirt=True))
    draft.replace(source)
    path.write_text(json.dumps(asdict(state)))
    return state


def estimate(out: Path, state: State, shards: int, workers: int) -> dict[str, object]:
    """How far it is, and what the rest will take at this rate."""
    done = list(done_shards(out))
    left = shards / len(done) - 1 if done else None
    return {
        "finished": False,
        "shards": {"all": shards, "done": len(done)},
        "documents": sum(result.counts.read for result in done),
        "cpu_s": round(state.cpu_s, 1),
        "seconds": round(state.seconds, 1),
        "calls": state.calls,
        "killed_after_shards": state.killed,
        "cpu_s_left": None if left is None else round(left * state.cpu_s),
        "minutes_left_at_this_pace": None if left is None else round(left * state.seconds / 60),
        "minutes_left_on_idle_processors": None if left is None else round(left * state.cpu_s / workers / 60),
    }


def account(out: Path, state: State, args: argparse.Namespace, bytes_in: int) -> dict[str, object]:
    """The result of a run that is finished."""
    report = json.loads((out / "report.json").read_text())
    counts = report["counts"]
    return {
        "machine": {"cpu": platform.machine(), "cores": os.cpu_count(), "python": platform.python_version()},
        "made": state.made,
        "shape": {"reprints": args.reprints, "words_per_document": round(counts["words"] / counts["kept"], 1)},
        "workers": args.workers,
        "counts": counts,
        "adds_up": counts["read"] == counts["kept"] + sum(counts["skipped"].values()) + sum(counts["failed"].values()),
        "cpu_s": round(state.cpu_s, 1),
        "documents_per_cpu_s": round(counts["read"] / state.cpu_s, 2),
        "words_per_cpu_s": round(counts["words"] / state.cpu_s, 1),
        "load_average": round(os.getloadavg()[0], 2),
        "shards": report["shards"]["all"],
        "calls": state.calls,
        "killed_after_shards": state.killed,
        "bytes_in": bytes_in,
        "bytes_text": report["bytes_text"],
        "bytes_out": report["bytes_out"],
        "resident_mb": {
            "peak": round(max((mb for _, mb, _ in state.life), default=0.0), 1),
            "slope": slope(state.life, args.workers),
        },
        "seconds_of_everything": round(state.seconds, 1),
    }


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--documents", type=int, default=200_000)
    a.add_argument("--reprints", type=float, default=0.1, help="share of documents that print an earlier one again")
    a.add_argument("--workers", type=int, default=2)
    a.add_argument("--shard-size", default="1M")
    a.add_argument("--folder", type=Path, help="where to work, and go on; a temporary folder if not given")
    a.add_argument("--for", type=float, dest="minutes", default=float("inf"), help="stop after so many minutes")
    a.add_argument("--check", action="store_true")
    a.add_argument("--out", type=Path)
    args = a.parse_args()
    until = time.monotonic() + args.minutes * 60
    with place(args.folder) as folder:
        source, target, kept = folder / "in.warc.gz", folder / "out", folder / "state.json"
        state = state_of(kept, source, args.documents, args.reprints)
        bytes_in = source.stat().st_size
        command = [
            *(sys.executable, "-m", "onrecord", "process", str(source), "-o", str(target)),
            *("--workers", str(args.workers), "--shard-size", args.shard_size),
        ]
        shards = -(-bytes_in // int((1 << 20) * float(args.shard_size.rstrip("M"))))
        kills = {"worker": shards * 0.2, "driver": shards * 0.4}
        again = True
        while again:
            again = Watch(target, state, kills, until).run(command)
            kept.write_text(json.dumps(asdict(state)))
        run = target / "run.json"
        if run.is_file() and json.loads(run.read_text())["finished"]:
            result = account(target, state, args, bytes_in)
            if args.check:
                whole = folder / "whole"
                command[command.index(str(target))] = str(whole)
                command[command.index("--workers") + 1] = "1"
                Watch(whole, State(made={}), {}, float("inf")).run(command)
                result["an_undisturbed_run_has_the_same_bytes"] = contents(whole) == contents(target)
            report(result, args.out)
        else:
            report(estimate(target, state, shards, args.workers), None)


if __name__ == "__main__":
    main()
