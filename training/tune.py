"""Compare values of the decoder's numbers on the held-out training articles.

    python -m training.tune --data ../shared/data/attribution --model src/onrecord/models/tagger
    python -m training.tune --data … --model … --set source=0.3+cue=0.3 --set least=0.2

The articles are read as they stand and in other house styles (``training.styles``), which makes two tables: the corpus
has one style, the product has many. The tagger reads each article once. Then every number of
``onrecord.extract.tuning.Tuning`` is varied alone (a star marks what it is now), or the tunings given by --set are
compared. One line each: F1 in points of content, source and cue words, of contents met word for word, of statements
that are right (``is_right``), and how many statements there are. A person chooses from the table; nothing is written.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.extract.again import alone
from onrecord.extract.assemble import assemble
from onrecord.extract.decode import decode
from onrecord.extract.ends import Weights
from onrecord.extract.extractor import Extractor
from onrecord.extract.link import Pull
from onrecord.extract.pieces import Int32, Pieces
from onrecord.extract.section import Section, view
from onrecord.extract.tuning import TUNED, Tuning
from onrecord.models.session import TaggerSession
from onrecord.record.document import Document
from onrecord.record.statement import Statement
from training.evaluate import as_document, is_right, words
from training.held_out import held_out, restyled

VALUES = {
    "source": (0.0, 0.25, 0.5, 0.75, 1.0),
    "cue": (0.0, 0.15, 0.3, 0.45, 0.6),
    "content": (-0.4, -0.3, -0.2, -0.1, 0.0, 0.1),
    "spare": (-9.0, 1.0, 1.5, 2.0, 3.0),
    "inner": (0.0, 0.5, 1.0, 1.5, 2.0),
    "inner_content": (0.0, 0.5, 1.0, 1.5),
    "step_cost": (0.0, 0.75, 1.5, 2.25),
    "far_cost": (0.0, 0.1, 0.2, 0.3),
    "far_cost_source": (0.0, 0.05, 0.1, 0.2),
    "dash_most": (0.3, 0.5, 0.7),
    "part": (-4.0, -2.4, -1.8, -1.2, -0.9, -0.6),
    "part_told": (-1.2, -0.9, -0.7, -0.5, -0.3),
    "least": (0.05, 0.1, 0.15, 0.2, 0.25, 0.3),
}
"""What each number is compared at unless --set says otherwise."""

ROLES = ("content", "source", "cue")


@dataclass(frozen=True)
class Seen:
    """A section as the tagger left it."""

    doc: Document
    pieces: Pieces
    words: Int32
    section: Section


class Recorder(Extractor):
    """An extractor that keeps what its decoder is given."""

    def __init__(self, session: TaggerSession, **options: Any) -> None:
        super().__init__(session, **options)
        self.session = session
        self.seen: list[Seen] = []

    def _section(self, job: Any, held: list[Any]) -> list[Any]:
        parts = [np.concatenate([getattr(p, name) for p in held]) for name in ("words", "tags", "vectors")]
        if len(parts[0]):
            section = view(job.doc, job.pieces, parts[0], tags=parts[1], vectors=parts[2])
            self.seen.append(Seen(job.doc, job.pieces, parts[0], section))
        return []


def f1(hits: int, found: int, gold: int) -> float:
    """In points."""
    return 200.0 * hits / (found + gold) if found + gold else 0.0


def figures(seen: Sequence[Seen], gold: dict[str, list[dict]], session: TaggerSession, tuning: Tuning) -> list[float]:
    """F1 of content, source and cue words, of exact contents and of whole statements; then their number."""
    pull = Pull(session.biases, tuning)
    ends = Weights.from_table(session.ends) if session.ends else None
    tokens = np.zeros((len(ROLES), 3), dtype=int)
    exact, right, found, wanted = 0, 0, 0, 0
    texts = {s.doc.id: s.doc.text for s in seen}
    outer: dict[str, list[Statement]] = {name: [] for name in texts}
    for s in seen:
        read = partial(alone, section=s.section, pieces=s.pieces, words=s.words, session=session)
        made_of = decode(s.section, pull, ends, read)
        made = assemble(s.doc, made_of, s.pieces, s.words, session.manifest.calibration, tuning)
        outer[s.doc.id] += [stmt for stmt, _ in made if stmt.within is None]
    for name, statements in outer.items():
        text, truth = texts[name], gold[name]
        for row, role in enumerate(ROLES):
            here = frozenset().union(*(words(text, getattr(x, role)) for x in statements))
            there = frozenset().union(*(words(text, a[role]) for a in truth))
            tokens[row] += (len(here & there), len(here), len(there))
        contents = {words(text, a["content"]) for a in truth}
        exact += len(contents & {words(text, x.content) for x in statements})
        right += sum(is_right(text, x, truth) for x in statements)
        found += len(statements)
        wanted += len(truth)
    return [*(f1(*map(int, row)) for row in tokens), f1(exact, found, wanted), f1(right, found, wanted), float(found)]


def variations(asked: Sequence[str]) -> Iterator[tuple[str, Tuning]]:
    """Tunings that differ in one number (or in several: ``A=1+B=2``), from --set or, without any, from VALUES."""
    if not asked:
        for name, values in VALUES.items():
            for value in values:
                yield (
                    f"{name}={value:g}" + ("*" if getattr(TUNED, name) == value else ""),
                    replace(TUNED, **{name: value}),
                )
        return
    known = {f.name for f in fields(Tuning)}
    for text in asked:
        pairs = dict(pair.split("=") for pair in text.split("+"))
        if pairs.keys() - known:
            raise SystemExit(f"no such number in {text}; there are {', '.join(sorted(known))}")
        yield text, replace(TUNED, **{name: float(value) for name, value in pairs.items()})


def main() -> None:
    """Print the table."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=Path, required=True)
    a.add_argument("--model", type=Path, required=True)
    a.add_argument("--set", action="append", default=[], metavar="NAME=VALUE+NAME=VALUE")
    args = a.parse_args()
    rows = held_out(args.data)
    session = TaggerSession(args.model)
    table = [("as it is", TUNED), *variations(args.set)]
    for title, part in (("as they stand", rows), ("in other styles", restyled(rows))):
        docs = [as_document(row["text"]) for row in part]
        gold = {doc.id: row["attributions"] for doc, row in zip(docs, part, strict=True)}
        with Recorder(session) as recorder:
            for _ in recorder.extract_many(docs):
                pass
        print(f"{len(docs)} articles {title:15} content  source    cue  exact  right  statements")
        for name, tuning in table:
            *shares, count = figures(recorder.seen, gold, session, tuning)
            print(f"{name:28}" + "".join(f"{x:7.1f}" for x in shares) + f"{count:9.0f}", flush=True)


if __name__ == "__main__":
    main()
