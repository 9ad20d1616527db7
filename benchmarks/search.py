"""How long does a search take in a ledger of a million statements?

    python benchmarks/search.py [--statements 1000000] [--ledger FILE] [--out benchmarks/results/search.json]

Makes documents of about 700 words from a made-up vocabulary of 60,000 words whose frequencies fall as in
natural language (Zipf), 20 statements in each with actor, chain and position, adds them with `Ledger.add`, and
asks what people ask: a rare, a middling and a common word, two words, a phrase, an actor, each with and without
filters. Every query is asked once, with other words, in a random order; a page of 20 hits is read in full, marks
included. A ledger that exists is used as it is. Beside the time on the clock stands the processor's, which other
work on the machine does not stretch as much.
"""

from __future__ import annotations

import argparse
import itertools
import os
import platform
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from onrecord.record import (
    ACTS,
    Actor,
    Attribution,
    Chain,
    Document,
    Hop,
    Method,
    Origin,
    Position,
    Published,
    Reader,
    Reading,
    Span,
    Statement,
    content_id,
    document_id,
    sha256_hex,
    statement_id,
)
from onrecord.store import Ledger
from report import report

PER_DOCUMENT = 20
OUTLETS = [f"Outlet {chr(65 + n % 26)}{n}" for n in range(60)]
SYLLABLES = [
    c + v
    for c in ["b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "st", "kr"]
    for v in "aeiou"
]
KINDS = ("direct", "indirect", "mixed")
LISTED = 1000
"""Names that are one actor in all documents."""
MUST_MS, AIM_MS = 100.0, 30.0


def vocabulary(rng: random.Random, size: int = 60_000) -> list[str]:
    words: dict[str, None] = {}
    while len(words) < size:
        words["".join(rng.choices(SYLLABLES, k=rng.choice((1, 2, 2, 3, 3, 4))))] = None
    return list(words)


class Maker:
    """Makes readings whose words fall in frequency like those of a language."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.vocabulary = vocabulary(self.rng)
        self.weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(self.vocabulary))))
        self.names = [f"{a.title()} {b.title()}" for a, b in zip(*[iter(self.vocabulary[500:4500])] * 2, strict=True)]
        # A few people are quoted all the time, most of them once in a while.
        self.name_weights = list(itertools.accumulate(1 / (rank + 1) for rank in range(len(self.names))))
        self.listed = frozenset(self.names[:LISTED])

    def words(self, k: int) -> list[str]:
        return self.rng.choices(self.vocabulary, cum_weights=self.weights, k=k)

    def reading(self, number: int) -> Reading:
        pieces: list[str] = []
        places: list[tuple[Span, Span, Span]] = []
        at = 0
        for _ in range(PER_DOCUMENT):
            source = self.rng.choices(self.names, cum_weights=self.name_weights)[0]
            content = " ".join(self.words(self.rng.randint(12, 32)))
            rest = " ".join(self.words(10))
            sentence = f"{source} said {content}. {rest}.\n"
            cue = at + len(source) + 1
            places.append(
                (
                    Span(cue + 5, cue + 5 + len(content)),
                    Span(cue, cue + 4),
                    Span(at, at + len(source)),
                )
            )
            pieces.append(sentence)
            at += len(sentence)
        text = "".join(pieces)
        day = f"{self.rng.randint(2020, 2026)}-{self.rng.randint(1, 12):02}-{self.rng.randint(1, 28):02}"
        outlet = OUTLETS[min(int(self.rng.expovariate(0.1)), len(OUTLETS) - 1)]
        url = f"https://example.org/{number}"
        identifier = document_id(text, url=url, outlet=outlet, published=day)
        doc = Document(
            id=identifier,
            text=text,
            url=url,
            title=" ".join(self.words(8)),
            outlet=outlet,
            published=Published.from_iso(day),
            language="en",
            origin=Origin(kind="jsonl", path="made.jsonl", record=number + 1, digest=sha256_hex(text.encode())),
            reader=Reader(name="jsonl", version="1"),
        )
        speakers = [source.of(text) for _, _, source in places]
        stmts = tuple(
            Statement(
                id=statement_id(identifier, content=(content,), cue=(cue,), source=(source,)),
                document_id=identifier,
                kind=KINDS[n % 3],
                content=(content,),
                cue=(cue,),
                source=(source,),
                within=None,
                score=0.9,
            )
            for n, (content, cue, source) in enumerate(places)
        )
        return self.judged(Reading(document=doc, statements=stmts), speakers, outlet)

    def judged(self, reading: Reading, speakers: list[str], outlet: str) -> Reading:
        """The reading with an actor, a chain and a position for every statement."""
        own = reading.document.id
        # A catalogue knows those who are quoted often; the others are a person of their own in each document.
        ids = {name: content_id("a", "table" if name in self.listed else own, name) for name in speakers}
        actors = {identifier: Actor(id=identifier, name=name, kind="person") for name, identifier in ids.items()}
        printer = Actor(id=content_id("a", "outlet", outlet), name=outlet, kind="outlet")
        attributions, chains, positions = [], [], []
        for stmt, speaker in zip(reading.statements, speakers, strict=True):
            (mention,) = stmt.source
            attributions.append(
                Attribution(
                    statement_id=stmt.id,
                    mention=mention,
                    source_kind="name",
                    actor_id=ids[speaker],
                    evidence=(mention,),
                    score=0.9,
                )
            )
            said = Hop(mention=mention, actor_id=ids[speaker], kind="person", named=True, act="said", evidence=stmt.cue)
            told = Hop(mention=mention, actor_id=None, kind="person", named=False, act="told")
            printed = Hop(mention=None, actor_id=printer.id, kind="outlet", named=True, act="published")
            hops = (said, told, printed) if self.rng.random() < 0.2 else (said, printed)
            chains.append(Chain(statement_id=stmt.id, hops=hops))
            positions.append(
                Position(
                    statement_id=stmt.id,
                    act=self.rng.choices(ACTS, weights=[60, *([2] * (len(ACTS) - 1))])[0],
                    polarity="positive",
                    certainty="certain",
                    score=0.8,
                )
            )
        return replace(
            reading,
            actors=(*actors.values(), printer),
            attributions=tuple(attributions),
            chains=tuple(chains),
            positions=tuple(positions),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    group: str
    ask: Callable[[Ledger], int]


def load(path: Path, maker: Maker, n_statements: int) -> dict[str, float]:
    seconds: list[float] = []
    cpu = 0.0
    with Ledger.open(path, create=True) as ledger:
        run = ledger.start_run(Method(version="benchmark", models={}))
        for number in range(n_statements // PER_DOCUMENT):
            reading = maker.reading(number)
            start, start_cpu = time.perf_counter(), time.process_time()
            ledger.add(run.id, reading)
            seconds.append(time.perf_counter() - start)
            cpu += time.process_time() - start_cpu
    seconds.sort()
    return {
        "documents": len(seconds),
        "add_ms_mean": round(1000 * statistics.fmean(seconds), 3),
        "add_ms_p50": round(1000 * seconds[len(seconds) // 2], 3),
        "add_ms_p99": round(1000 * seconds[int(len(seconds) * 0.99)], 3),
        "add_ms_max": round(1000 * seconds[-1], 3),
        "add_cpu_ms_mean": round(1000 * cpu / len(seconds), 3),
        "add_s_total": round(sum(seconds), 1),
    }


def questions(ledger: Ledger, maker: Maker, per_group: int) -> Iterator[Question]:
    """What people ask, with words of the ledger."""
    rng = maker.rng
    contents = [entry.content.split() for found in itertools.islice(ledger.records(), 400) for entry in found.entries]

    def word(first: int, last: int) -> str:
        return maker.vocabulary[rng.randrange(first, last)]

    def phrase(size: int) -> str:
        words = rng.choice([c for c in contents if len(c) > size])
        at = rng.randrange(len(words) - size)
        return '"' + " ".join(words[at : at + size]) + '"'

    def asking(query: str, **filters: str) -> Callable[[Ledger], int]:
        return lambda ledger: len(ledger.search(query, **filters).hits)  # type: ignore[arg-type]

    for _ in range(per_group):
        rare, middling, common = word(5000, 30_000), word(300, 3000), word(20, 100)
        outlet = rng.choice(OUTLETS[:20])
        year = str(rng.randint(2020, 2026))
        month = f"{year}-{rng.randint(1, 12):02}"
        name = rng.choices(maker.names, cum_weights=maker.name_weights)[0]
        yield Question(group="rare word", ask=asking(rare))
        yield Question(group="middling word", ask=asking(middling))
        yield Question(group="common word", ask=asking(common))
        yield Question(group="two words", ask=asking(f"{middling} {word(20, 300)}"))
        yield Question(group="one OR other", ask=asking(f"{middling} OR {word(300, 3000)}"))
        yield Question(group="phrase of two", ask=asking(phrase(2)))
        yield Question(group="phrase of three", ask=asking(phrase(3)))
        yield Question(group="word, outlet", ask=asking(middling, outlet=outlet))
        yield Question(group="word, one year", ask=asking(middling, since=year, until=year))
        yield Question(group="word, one month", ask=asking(middling, since=month, until=month))
        yield Question(group="word, kind", ask=asking(middling, kind="direct"))
        yield Question(group="word, source", ask=asking(middling, source=name))
        yield Question(group="common word, outlet, month", ask=asking(common, outlet=outlet, since=month, until=month))
        yield Question(group="source alone", ask=asking("", source=name))
        yield Question(group="phrase, outlet, year", ask=asking(phrase(2), outlet=outlet, since=year))
        yield Question(group="word, act", ask=asking(middling, act=rng.choice(ACTS[1:])))
        yield Question(group="word, actor", ask=asking(middling, actor=name))
        yield Question(group="common word, actor", ask=asking(common, actor=name))
        yield Question(group="word, who is quoted most", ask=asking(middling, actor=maker.names[0]))
        yield Question(group="actor alone", ask=asking("", actor=name))
        yield Question(group="actor, act", ask=asking("", actor=name, act="denies"))
        yield Question(group="documents, word", ask=lambda ledger, q=middling: len(ledger.search_documents(q).hits))


def measure(ledger: Ledger, asked: list[Question]) -> dict[str, dict[str, float]]:
    times: dict[str, list[float]] = {}
    cpu: dict[str, list[float]] = {}
    hits: dict[str, int] = {}
    for question in asked:
        start, start_cpu = time.perf_counter(), time.process_time()
        found = question.ask(ledger)
        elapsed, worked = 1000 * (time.perf_counter() - start), 1000 * (time.process_time() - start_cpu)
        for group in (question.group, "all"):
            times.setdefault(group, []).append(elapsed)
            cpu.setdefault(group, []).append(worked)
            hits[group] = hits.get(group, 0) + found
    return {
        group: {
            "queries": len(values),
            "hits_per_page": round(hits[group] / len(values), 1),
            "p50_ms": round(statistics.median(values), 2),
            "p95_ms": round(percentile(values, 0.95), 2),
            "max_ms": round(max(values), 2),
            "cpu_p50_ms": round(statistics.median(cpu[group]), 2),
            "cpu_p95_ms": round(percentile(cpu[group], 0.95), 2),
        }
        for group, values in times.items()
    }


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def machine() -> dict[str, str | int | float]:
    names = [line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    return {
        "cpu": names[0] if names else platform.processor(),
        "cores": os.cpu_count() or 0,
        "load_1min": round(os.getloadavg()[0], 2),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


def _lines(path: str) -> list[str]:
    place = Path(path)
    return place.read_text().splitlines() if place.exists() else []


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--per-group", type=int, default=60)
    parser.add_argument("--ledger", type=Path, help="kept and used again; default: a temporary one")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = args.ledger or Path(folder) / "made.ledger"
        maker = Maker(seed=1)
        loaded = {} if path.exists() else load(path, maker, args.statements)
        with Ledger.open(path, readonly=True) as ledger:
            counts = ledger.counts()
            asked = list(questions(ledger, maker, args.per_group))
            maker.rng.shuffle(asked)
            figures = measure(ledger, asked)
        result = {
            "what": "full-text search, one page of 20 hits with marks, milliseconds",
            "command": "python benchmarks/search.py",
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "machine": machine(),
            "statements": counts.statements,
            "documents": counts.documents,
            "ledger_mb": round(path.stat().st_size / 1e6, 1),
            "load": loaded,
            "must_p95_ms": MUST_MS,
            "aim_p95_ms": AIM_MS,
            "figures": figures,
        }
    report(result, args.out)
    return 0 if figures["all"]["p95_ms"] <= MUST_MS else 1


if __name__ == "__main__":
    sys.exit(main())
