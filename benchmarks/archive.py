"""How much of the encoder's speed does `onrecord process` keep, what do two workers bring, and what does WARC cost?

    python benchmarks/archive.py [--articles 120] [--rounds 3] [--out benchmarks/results/archive.json]

- share: the encoder alone (the shipped ONNX file on exactly the windows of these articles, one by one, one thread,
  their tokens ready) against a whole shard (reading JSON Lines, detecting the language, tokens, windows, encoder,
  decoding, resolution, positions, Parquet), in turns, by processor time, the best of the rounds each;
- forms: the same articles from JSON Lines and from the WARC of their pages, likewise;
- workers: `onrecord process` with one worker and with two, on articles of their own number (`--worker-articles`), so
  that loading the model (about a second) weighs little. A worker is a process with one thread (`--threads 1`), which
  keeps one processor busy and no more: `cores_busy` shows it. By wall time, start and end included, which says
  something on an idle machine alone (the load is in the result); and by processor time: what two processors for
  themselves would give if nothing but the work itself counted, which is a bound.

Everything runs with one thread a worker. The articles are those of `speed.py`, about 700 words each.
"""

from __future__ import annotations

import argparse
import cProfile
import gzip
import json
import os
import platform
import pstats
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime

from archive_make import page, record
from archive_run import children, cpu_seconds
from onrecord.archive.gauge import Gauge
from onrecord.archive.job import Job
from onrecord.archive.plan import plan_shards
from onrecord.archive.work import ShardWork
from onrecord.extract.pieces import cut_pieces
from onrecord.extract.windows import plan_windows
from onrecord.run import Stages
from report import report
from speed import articles


def best(rounds: int, *works: Callable[[], None]) -> list[float]:
    """Processor seconds of the fastest of several rounds of each, in turns."""
    found = [float("inf")] * len(works)
    for _ in range(rounds):
        for place, work in enumerate(works):
            began = time.process_time()
            work()
            found[place] = min(found[place], time.process_time() - began)
    return found


def files(rows: list[dict[str, str]], folder: Path) -> tuple[Path, Path]:
    """The articles as JSON Lines and as a WARC of pages."""
    plain, warc = folder / "in.jsonl", folder / "in.warc.gz"
    plain.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with warc.open("wb") as file:
        for number, row in enumerate(rows):
            doc = {"outlet": "Sava Courier", "published": "2026-03-04", "language": "en", "title": f"Article {number}"}
            file.write(gzip.compress(record(number, page(doc | {"text": row["text"]})), 6, mtime=0))
    return plain, warc


def shard_work(source: Path, out: Path, stages: Stages) -> Callable[[], None]:
    """Takes a file through the stages into parts, in this process."""
    job = Job(inputs=(str(source),), out=out, shard_bytes=1 << 30)
    for name in ("shards", "documents", "statements", "hops", "positions", "conditions"):
        (out / name).mkdir(parents=True, exist_ok=True)
    (shard,) = plan_shards(job.inputs, job.shard_bytes)
    gauge = Gauge()

    def work() -> None:
        done = ShardWork(job, shard, stages, gauge, {}).run()
        assert not done.counts.failed, done.counts

    return work


def encoder_work(rows: list[dict[str, str]], stages: Stages) -> tuple[Callable[[], None], int]:
    """Runs the encoder alone on the windows of the articles; and how many pieces they hold."""
    session = stages._extractor._session
    windows = []
    for row in rows:
        pieces = cut_pieces(row["text"], session.tokenizer)
        for window in plan_windows(len(pieces)):
            part = slice(window.start, window.end)
            windows.append((pieces.ids[part], np.ascontiguousarray(pieces.features[:, part])))

    def work() -> None:
        for ids, features in windows:
            session.run(ids, features)

    return work, sum(len(ids) for ids, _ in windows)


def command_work(source: Path, workers: int, folder: Path) -> dict[str, float]:
    """Wall and processor seconds of the command, start included."""
    out = folder / f"workers{workers}"
    command = [sys.executable, "-m", "onrecord", "process", str(source), "-o", str(out), "--workers", str(workers)]
    began, cpu = time.monotonic(), {}
    with tempfile.TemporaryFile("w+") as said:
        driver = subprocess.Popen([*command, "--threads", "1", "--shard-size", "60K"], stderr=said)
        while driver.poll() is None:
            cpu |= {pid: seconds for pid in (*children(driver.pid), driver.pid) if (seconds := cpu_seconds(pid))}
            time.sleep(0.1)
        said.seek(0)
        if driver.returncode:
            raise RuntimeError(said.read())
    wall = time.monotonic() - began
    report = json.loads((out / "report.json").read_text())["this_run"]
    return {
        "wall_s": round(wall, 2),
        "cpu_s": round(sum(cpu.values()), 2),
        "cores_busy": round(sum(cpu.values()) / wall, 2),
        "documents_per_s": report["documents_per_s"],
        "words_per_s": report["words_per_s"],
    }


def profile(work: Callable[[], None]) -> list[dict[str, object]]:
    """Where the time of a shard goes: each of the project's functions that takes over 1.5% by itself."""
    profiler = cProfile.Profile()
    profiler.runcall(work)
    stats = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    total = sum(own for _, _, own, _, _ in stats.values())
    rows = sorted(((own / total, at) for at, (_, _, own, _, _) in stats.items()), reverse=True)
    return [
        {"share": round(share, 3), "function": f"{Path(file).parent.name}/{Path(file).name}:{name}"}
        for share, (file, _, name) in rows
        if share > 0.015
    ]


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--articles", type=int, default=120)
    a.add_argument("--worker-articles", type=int, default=320)
    a.add_argument("--rounds", type=int, default=3)
    a.add_argument("--parts", default="share,forms,workers", help="which of them, and `profile`")
    a.add_argument("--out", type=Path)
    args = a.parse_args()
    rows = articles(args.articles)
    words = sum(len(row["text"].split()) for row in rows)
    result: dict[str, object] = {
        "machine": {"cpu": platform.machine(), "cores": os.cpu_count(), "python": platform.python_version()},
        "libraries": {"onnxruntime": onnxruntime.__version__, "numpy": np.__version__},
        "load_average_before": round(os.getloadavg()[0], 2),
        "articles": len(rows),
        "words": words,
    }
    with tempfile.TemporaryDirectory() as name, Stages.load(threads=1) as stages:
        folder = Path(name)
        plain, warc = files(rows, folder)
        from_lines = shard_work(plain, folder / "lines", stages)
        from_lines()
        if "share" in args.parts:
            encoder, pieces = encoder_work(rows, stages)
            alone, whole = best(args.rounds, encoder, from_lines)
            result["share"] = {
                "pieces": pieces,
                "encoder_words_per_cpu_s": round(words / alone, 1),
                "process_words_per_cpu_s": round(words / whole, 1),
                "share_of_encoder": round(alone / whole, 3),
            }
        if "forms" in args.parts:
            from_pages = shard_work(warc, folder / "pages", stages)
            lines, pages = best(args.rounds, from_lines, from_pages)
            result["forms"] = {"jsonl_cpu_s": round(lines, 2), "warc_cpu_s": round(pages, 2),
                               "warc_as_share_of_jsonl": round(lines / pages, 3)}  # fmt: skip
        if "profile" in args.parts:
            result["profile"] = profile(from_lines)
        if "workers" in args.parts:
            many, _ = files(articles(args.worker_articles), folder)
            one, two = (command_work(many, workers, folder) for workers in (1, 2))
            result["workers"] = {"articles": args.worker_articles, "one": one, "two": two,
                                 "two_over_one_by_wall": round(one["wall_s"] / two["wall_s"], 2),
                                 "two_over_one_by_cpu": round(2 * one["cpu_s"] / two["cpu_s"], 2)}  # fmt: skip
    report(result, args.out)


if __name__ == "__main__":
    main()
