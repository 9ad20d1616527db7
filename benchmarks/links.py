"""How long does linking take, and does its time grow with the number of statements alone?

    python benchmarks/links.py [--statements 1000 10000 100000] [--out benchmarks/results/links.json]

Makes articles of about 400 words, ten statements in each, from a made-up vocabulary whose frequencies fall as in
natural language (Zipf). About eight articles tell of one event within a week: they share its names, some of its
numbers and some quotations; one in twenty is a reprint. Links all of them from scratch, in a process of its own for
each size, then adds one article more. Prints the exponent of growth between the sizes.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import os
import random
import resource
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from onrecord.connect import Connector
from onrecord.record import (
    Actor,
    Attribution,
    Chain,
    Document,
    Hop,
    Origin,
    Position,
    Published,
    Reader,
    Reading,
    Span,
    Statement,
    actor_id,
    document_id,
    sha256_hex,
    statement_id,
)
from report import report

PER_ARTICLE, PER_EVENT, ARTICLES_A_DAY = 10, 8, 40
MUST_S, MUST_MB, MUST_ADD_S = 900, 2000, 1.0
SYLLABLES = [c + v for c in "b d f g h k l m n p r s t v z st kr br gl".split() for v in "aeiou"]
FILLER = "the a of to in and that is was for on with as by at from it are be has have will would not".split()
ACTS = ("asserts", "asserts", "asserts", "denies", "demands", "criticises", "predicts")


class Maker:
    """Makes readings of made-up events."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.words = self._vocabulary(40_000)
        self.weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))
        names = iter(self.words[300:9300])
        self.people = [f"{a.title()} {b.title()}" for a, b in zip(names, names, strict=True)]
        self.outlets = [f"{word.title()} Post" for word in self.words[9300:9360]]

    def _vocabulary(self, size: int) -> list[str]:
        made: dict[str, None] = {}
        while len(made) < size:
            made["".join(self.rng.choices(SYLLABLES, k=self.rng.choice((2, 2, 3, 3, 4))))] = None
        return list(made)

    def sentence(self, topic: list[str], length: int) -> str:
        rng = self.rng
        chosen = rng.choices(self.words, cum_weights=self.weights, k=length // 2)
        chosen += rng.choices(FILLER, k=length // 3) + rng.choices(topic, k=max(1, length // 6))
        rng.shuffle(chosen)
        if rng.random() < 0.2:
            chosen.insert(rng.randrange(len(chosen)), str(rng.randint(2, 400)))
        return " ".join(chosen)

    def readings(self, statements: int) -> list[Reading]:
        articles = max(1, statements // PER_ARTICLE)
        out: list[Reading] = []
        while len(out) < articles:
            begins = date(2020, 1, 1) + timedelta(days=len(out) // ARTICLES_A_DAY)
            topic = [word.title() for word in self.rng.choices(self.words[2000:], k=4)]
            topic += self.rng.choices(self.words[100:], k=8)
            cast = self.rng.choices(self.people, k=6)
            quotes = [self.sentence(topic, 16) for _ in range(3)]
            event: list[Reading] = []
            for _ in range(min(PER_EVENT, articles - len(out))):
                day = begins + timedelta(days=self.rng.randrange(7))
                if event and self.rng.random() < 0.05:
                    event.append(self._reprint(self.rng.choice(event), day))
                else:
                    event.append(self._article(topic, cast, quotes, day))
            out += event
        return out

    def _article(self, topic: list[str], cast: list[str], quotes: list[str], day: date) -> Reading:
        rng = self.rng
        said, at, pieces = [], 0, []
        for _ in range(PER_ARTICLE):
            by, direct = rng.choice(cast), rng.random() < 0.3
            content = rng.choice(quotes) if rng.random() < 0.15 else self.sentence(topic, rng.randint(10, 30))
            content = f"“{content}”" if direct else content
            piece = f"{by} said {content}. {self.sentence(topic, 14)}.\n"
            said.append((by, direct, at + len(by) + 6, content))
            pieces.append(piece)
            at += len(piece)
        return reading("".join(pieces), rng.choice(self.outlets), day, self.sentence(topic, 8), said, rng)

    def _reprint(self, first: Reading, day: date) -> Reading:
        doc = first.document
        names = {actor.id: actor.name for actor in first.actors}
        said = [
            (names[a.actor_id or ""], s.kind == "direct", s.content[0].start, s.content[0].of(doc.text))
            for s, a in zip(first.statements, first.attributions, strict=True)
        ]
        return reading(doc.text, self.rng.choice(self.outlets), day, doc.title or "", said, self.rng)


def reading(
    text: str, outlet: str, day: date, title: str, said: list[tuple[str, bool, int, str]], rng: random.Random
) -> Reading:
    """A document and what is said in it: by whom, whether in quotation marks, where, and in which words."""
    doc = Document(
        id=document_id(text, url=None, outlet=outlet, published=day.isoformat()),
        text=text,
        outlet=outlet,
        title=title,
        published=Published.from_iso(day.isoformat()),
        origin=Origin(kind="memory", digest=sha256_hex(text.encode())),
        reader=Reader(name="made", version="1"),
    )
    statements, attributions, chains, positions = [], [], [], []
    for by, direct, start, content in said:
        spans = (Span(start, start + len(content)),)
        own = statement_id(doc.id, content=spans, cue=(), source=())
        statements.append(
            Statement(
                id=own,
                document_id=doc.id,
                kind="direct" if direct else "indirect",
                content=spans,
                cue=(),
                source=(),
                within=None,
                score=0.9,
            )
        )
        who = actor_id(by)
        attributions.append(Attribution(statement_id=own, mention=None, source_kind="name", actor_id=who))
        hops = (
            Hop(mention=None, actor_id=who, kind="person", named=True, act="said"),
            Hop(mention=None, actor_id=actor_id(outlet), kind="outlet", named=True, act="published"),
        )
        chains.append(Chain(statement_id=own, hops=hops))
        polarity = "negative" if rng.random() < 0.25 else "positive"
        positions.append(
            Position(statement_id=own, act=rng.choice(ACTS), polarity=polarity, certainty="certain")  # type: ignore[arg-type]
        )
    actors = {actor_id(by): Actor(id=actor_id(by), name=by, kind="person") for by, *_ in said}
    actors[actor_id(outlet)] = Actor(id=actor_id(outlet), name=outlet, kind="outlet")
    return Reading(
        document=doc,
        statements=tuple(statements),
        attributions=tuple(attributions),
        chains=tuple(chains),
        positions=tuple(positions),
        actors=tuple(actors.values()),
    )


def measure(statements: int) -> dict[str, float]:
    """Link so many statements from scratch, then one article more."""
    made = Maker(seed=1).readings(statements + PER_ARTICLE)
    # As the ledger hands them over.
    made[:-1] = sorted(
        made[:-1], key=lambda each: (str(each.document.published and each.document.published.value), each.document.id)
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    links = Connector.load().start()
    clock, cpu = time.perf_counter(), time.process_time()
    links.add(made[:-1])
    seconds, worked = time.perf_counter() - clock, time.process_time() - cpu
    cpu = time.process_time()
    found = sum(1 for _ in links)
    written = time.process_time() - cpu
    clock, cpu = time.perf_counter(), time.process_time()
    update = links.add(made[-1:])
    return {
        "statements": sum(len(r.statements) for r in made) - PER_ARTICLE,
        "links": found,
        "reprints": len(links.reprints),
        "seconds": round(seconds, 2),
        "cpu_seconds": round(worked, 2),
        "cpu_seconds_to_word_the_links": round(written, 2),
        "add_one_article_s": round(time.perf_counter() - clock, 3),
        "add_one_article_cpu_s": round(time.process_time() - cpu, 3),
        "links_of_one_article": len(update.links),
        "made_mb": round(before, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--statements", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measure(args.statements[0])))
        return 0
    figures = []
    for size in args.statements:
        # A process of its own, so that memory is that of this size.
        command = [sys.executable, __file__, "--one", "--statements", str(size)]
        figures.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
        print(figures[-1], file=sys.stderr)
    exponents = [
        round(math.log(b["cpu_seconds"] / a["cpu_seconds"]) / math.log(b["statements"] / a["statements"]), 3)
        for a, b in itertools.pairwise(figures)
    ]
    result = {
        "what": "links between statements, from scratch",
        "command": "python benchmarks/links.py",
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "machine": {
            "cores": os.cpu_count(),
            "load_1min": round(os.getloadavg()[0], 2),
            "python": sys.version.split()[0],
        },
        "must": {"100000 statements, s": MUST_S, "peak_mb": MUST_MB, "one article more, s": MUST_ADD_S},
        "figures": figures,
        "exponent_of_growth": exponents,
    }
    report(result, args.out)
    last = figures[-1]
    return 0 if last["seconds"] <= MUST_S and last["peak_mb"] <= MUST_MB else 1


if __name__ == "__main__":
    sys.exit(main())
