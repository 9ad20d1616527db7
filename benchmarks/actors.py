"""How long does it take to open the table of actors, to ask it, to load a user's list, and to resolve articles, and
with how much memory?

    python benchmarks/actors.py [--rows 1000000] [--out benchmarks/results/actors.json]

Each figure comes from a process of its own, so that nothing is warm and the peak of memory is the figure's own.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from report import report

ARTICLES = Path(__file__).parents[1] / "src" / "onrecord" / "demo" / "stories.jsonl"
NAMES = ["Volodymyr Zelenskyy", "Wolodymyr Selenskyj", "Зеленський", "Andriej Jermak", "Biden", "President Macron"]
NAMES += [
    "NATO",
    "White House",
    "Karim Hale",
    "Jana Korde",
    "Al Thani",
    "Министр Лавров",
    "Reuters",
    "Ursula von der Leyen",
]
ROLES = [
    ("president", "France"),
    ("prime minister", "Britain"),
    ("foreign minister", "Ukraine"),
    ("secretary general", "NATO"),
]
SYLLABLES = "ka ro mi ten sor bal vi dan lek pa tur os nel gri sha mo".split()


def peak_mb() -> float:
    """The most memory that this process has held so far, in MB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def write_list(path: Path, rows: int) -> None:
    """A user's list of invented people."""
    draw = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("id,name,kind,aliases,role,jurisdiction,start,end\n")
        for row in range(rows):
            given, surname = ("".join(draw.choices(SYLLABLES, k=k)).title() for k in (2, 3))
            out.write(f"p{row},{given} {surname},person,{given[0]}. {surname},Minister of Finance,FR,2010-01-01,2012\n")


def measure_opening() -> dict[str, float]:
    """Seconds to open the table and answer once."""
    begun = time.perf_counter()
    from onrecord.resolve.table.table import ActorTable

    imported = time.perf_counter()
    table = ActorTable.open()
    opened = time.perf_counter()
    table.find("Volodymyr Zelenskyy")
    asked = time.perf_counter()
    return {
        "import_ms": round(1e3 * (imported - begun), 2),
        "open_ms": round(1e3 * (opened - imported), 2),
        "first_answer_ms": round(1e3 * (asked - opened), 2),
    }


def measure_asking() -> dict[str, float]:
    """Microseconds for an answer, the caches of words warm, those of answers not."""
    from onrecord.resolve.table.table import ActorTable

    table = ActorTable.open()
    found = {}
    for what, ask in (
        ("find", lambda: [table.find(name) for name in NAMES]),
        ("holder", lambda: [table.holder(role, where, date(2018, 5, 1)) for role, where in ROLES]),
    ):
        ask()
        begun = time.process_time()
        for _ in range(100):
            ask()
        each = (time.process_time() - begun) / 100 / (len(NAMES) if what == "find" else len(ROLES))
        found[f"{what}_us"] = round(1e6 * each, 1)
    return found


def measure_list(rows: int) -> dict[str, float]:
    """Seconds and memory for a user's list of so many rows."""
    from onrecord.resolve.table.table import ActorTable
    from onrecord.resolve.table.users import read_user_actors

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "actors.csv"
        write_list(path, rows)
        size = path.stat().st_size
        os.environ["XDG_CACHE_HOME"] = folder
        shipped = ActorTable.open()
        before = peak_mb()
        begun, begun_cpu = time.perf_counter(), time.process_time()
        users = read_user_actors(path, shipped)
        took, took_cpu = time.perf_counter() - begun, time.process_time() - begun_cpu
        peak = peak_mb()
        begun = time.perf_counter()
        read_user_actors(path, shipped)
        again = time.perf_counter() - begun
        table = users.over(shipped)
        begun = time.perf_counter()
        found = table.find("Karo Mitensor")
        return {
            "rows": rows,
            "file_mb": round(size / 1e6, 1),
            "kept": users.kept,
            "seconds": round(took, 2),
            "cpu_seconds": round(took_cpu, 2),
            "seconds_again": round(again, 2),
            "peak_mb": peak,
            "added_mb": round(peak - before, 1),
            "first_answer_ms": round(1e3 * (time.perf_counter() - begun), 2),
            "candidates": len(found),
        }


def measure_resolving(path: Path) -> dict[str, float]:
    """Seconds of processor time for finding statements and for resolving them, in one run over the same articles."""
    from onrecord.extract import Extractor
    from onrecord.record.codec import reading_from_json
    from onrecord.resolve import Resolver

    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    docs = [reading_from_json({**row, "statements": [], "issues": []}).document for row in rows]
    with Extractor.load(threads=1) as extractor:
        resolver = Resolver.load()
        resolver.resolve(next(extractor.extract_many(docs[:1])))
        finding = resolving = 0.0
        for _ in range(3):
            begun = time.process_time()
            readings = list(extractor.extract_many(docs))
            found = time.process_time()
            for reading in readings:
                resolver.resolve(reading)
            finding, resolving = finding + found - begun, resolving + time.process_time() - found
    return {
        "documents": len(docs),
        "finding_cpu_seconds": round(finding / 3, 2),
        "resolving_cpu_seconds": round(resolving / 3, 2),
        "resolving_adds_percent": round(100 * resolving / finding, 1),
        "peak_mb": peak_mb(),
    }


def main() -> None:
    """Run the benchmark, or one part of it in this process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--articles", type=Path, default=ARTICLES, help="JSON Lines of documents to resolve")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--part", choices=["opening", "asking", "list", "resolving"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    parts = {"opening": measure_opening, "asking": measure_asking, "list": lambda: measure_list(options.rows)}
    parts["resolving"] = lambda: measure_resolving(options.articles)
    if options.part:
        print(json.dumps(parts[options.part]()))
        return
    result: dict[str, object] = {"machine": f"{platform.machine()}, Python {platform.python_version()}"}
    for part in parts:
        command = [sys.executable, __file__, "--part", part, "--rows", str(options.rows)]
        command += ["--articles", str(options.articles)]
        result[part] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    report(result, options.out)


if __name__ == "__main__":
    main()
