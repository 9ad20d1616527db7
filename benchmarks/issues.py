"""How long does it take to ask a question of many statements, and to find their issues?

    python benchmarks/issues.py [--statements 1000 10000 100000] [--out benchmarks/results/issues.json]

Makes stories of eight documents with ten statements each: six words in ten come from the forty of a story, the others
from the whole vocabulary of the rarity table. Prints seconds of the processor, which other work stretches little, and
the growth from size to size: the exponent is 1 where twice as many statements take twice as long.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import resource
import sys
import time
from itertools import pairwise
from math import log
from pathlib import Path

from onrecord.connect.tables import rows
from onrecord.issues import Corpus, ask, find, parse
from onrecord.record import (
    Document,
    Origin,
    Position,
    Published,
    Reader,
    Reading,
    Span,
    Statement,
    document_id,
    sha256_hex,
    statement_id,
)
from report import report

DOCUMENTS, STATEMENTS, WORDS, TOPIC, NAMES = 8, 10, 14, 40, 4


def stories(count: int, rng: random.Random) -> list[Reading]:
    """Documents with so many statements."""
    words = [word for word, _ in rows("rarity.csv") if word.isalpha() and len(word) > 3]
    readings: list[Reading] = []
    while len(readings) * STATEMENTS < count:
        topic, names = rng.sample(words, TOPIC), [f"{word.title()}ia" for word in rng.sample(words, NAMES)]
        day = f"2026-{rng.randrange(1, 13):02}-{rng.randrange(1, 28):02}"
        readings += [document(f"Outlet {n}", day, topic, names, words, rng) for n in range(DOCUMENTS)]
    return readings[: -(-count // STATEMENTS)]


def document(
    outlet: str, day: str, topic: list[str], names: list[str], words: list[str], rng: random.Random
) -> Reading:
    """A document of a story."""
    text, spans = "", []
    for _ in range(STATEMENTS):
        said = [rng.choice(topic if rng.random() < 0.6 else words) for _ in range(WORDS)]
        begin = len(text) + len("She said that ")
        text += f"She said that {' '.join(said)} {rng.choice(names)}. "
        spans.append(Span(begin, len(text) - 2))
    doc = Document(
        id=document_id(text, url=None, outlet=outlet, published=day),
        text=text,
        outlet=outlet,
        title=" ".join(rng.sample(topic, 5)),
        published=Published.from_iso(day),
        origin=Origin(kind="memory", digest=sha256_hex(text.encode())),
        reader=Reader(name="plain", version="1"),
    )
    statements = tuple(
        Statement(
            id=statement_id(doc.id, content=(span,), cue=(), source=()),
            document_id=doc.id,
            kind="indirect",
            content=(span,),
            cue=(),
            source=(),
            within=None,
            score=0.9,
        )
        for span in spans
    )
    positions = tuple(
        Position(statement_id=stmt.id, act="asserts", polarity="positive", certainty="certain") for stmt in statements
    )
    return Reading(document=doc, statements=statements, positions=positions)


def measure(count: int) -> dict[str, float]:
    """Seconds of the processor for each step, by so many statements."""
    readings = stories(count, random.Random(count))
    marks = [time.process_time()]
    corpus = Corpus.of(readings)
    marks.append(time.process_time())
    topic = (readings[0].document.title or "").split()
    bearing = ask(parse(f"Will {' '.join(topic[:3])} go on?"), "i0", corpus)
    marks.append(time.process_time())
    found = find(corpus, made_by="r0")
    marks.append(time.process_time())
    steps = dict(zip(("look_s", "ask_s", "find_s"), (b - a for a, b in pairwise(marks)), strict=True))
    return {
        "statements": corpus.n_statements,
        **{name: round(value, 2) for name, value in steps.items()},
        "bearing": len(bearing),
        "issues": len(found),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    measured = []
    for count in asked.statements:
        measured.append(measure(count))
        print(measured[-1], file=sys.stderr)
    exponents = [
        round(
            log((b["look_s"] + b["find_s"]) / (a["look_s"] + a["find_s"])) / log(b["statements"] / a["statements"]), 2
        )
        for a, b in pairwise(measured)
    ]
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    report({"machine": machine, "measured": measured, "exponent": exponents}, asked.out)


if __name__ == "__main__":
    main()
