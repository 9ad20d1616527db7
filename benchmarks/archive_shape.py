"""What does the shape of an archive change in the time it takes: how long its documents are, how many are copies?

    python benchmarks/archive_shape.py [--documents 400] [--out benchmarks/results/archive_shape.json]

Runs `onrecord process` on a constructed WARC of short documents (the constructed stories: `archive_make.py`) and of
long ones (three of them in one), with the real stages and with stages that find nothing, and takes the processor time
of the worker for one document more: the difference between two sizes, so that starting does not count. What a document
costs without the stages is what a copy would cost that was found before the encoder; today a copy costs what any
document costs. From both follows the time of an archive of 200,000, by its share of copies.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from archive_make import document, page, record, stories
from onrecord.archive.driver import process
from onrecord.archive.job import LOADER, Job
from onrecord.record import Document, Reading
from onrecord.record.run import Method
from report import report

ARCHIVE = 200_000


class Nothing:
    """Stages that find nothing."""

    method = Method(version="nothing", models={})

    def read(self, doc: Document, /) -> Reading:
        return Reading(document=doc, statements=())

    def read_many(self, docs: Iterable[Document], /) -> Iterator[Reading]:
        yield from map(self.read, docs)


def nothing(_folder: Path | None, *, threads: int | None, actors: Path | None) -> Nothing:
    """What a worker calls instead of `Stages.load`."""
    return Nothing()


def archive(path: Path, number: int, joined: int) -> None:
    """A WARC of so many documents, each of so many constructed ones."""
    paragraphs = stories()
    with path.open("wb") as target:
        for k in range(number):
            parts = [document(k * joined + j, paragraphs, 0.0) for j in range(joined)]
            text = "\n\n".join(part["text"] for part in parts)
            target.write(record(k, page({**parts[0], "text": text})))


def cpu_of(path: Path, loader: str) -> tuple[float, int, int]:
    """Processor seconds of the worker; documents and words that it read."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as folder:
        counts = process(Job(inputs=(str(path),), out=Path(folder) / "out", loader=loader)).counts
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, counts.kept, counts.words


def one_more(number: int, joined: int, loader: str) -> dict[str, float]:
    """Milliseconds of processor time, and words, of one document more."""
    with tempfile.TemporaryDirectory() as folder:
        runs = []
        for size in (number // 10, number):
            path = Path(folder) / f"{size}.warc"
            archive(path, size, joined)
            runs.append(cpu_of(path, loader))
    (small, few, less), (large, many, more) = runs
    return {
        "ms": round((large - small) / (many - few) * 1000, 2),
        "words": round((more - less) / (many - few), 1),
    }


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--documents", type=int, default=400)
    a.add_argument("--out", type=Path)
    args = a.parse_args()
    shapes = {}
    for name, joined in (("short", 1), ("long", 3)):
        whole = one_more(args.documents, joined, LOADER)
        bare = one_more(args.documents, joined, "archive_shape:nothing")
        shapes[name] = {
            "words": whole["words"],
            "ms_per_document": whole["ms"],
            "ms_without_the_stages": bare["ms"],
            "words_per_cpu_s": round(whole["words"] / whole["ms"] * 1000),
            f"cpu_hours_of_{ARCHIVE}": round(ARCHIVE * whole["ms"] / 3.6e6, 2),
            "the_same_if_copies_cost_no_stages": {
                f"{share:.0%} copies": round(ARCHIVE * (whole["ms"] * (1 - share) + bare["ms"] * share) / 3.6e6, 2)
                for share in (0.1, 0.3, 0.5)
            },
        }
    result = {
        "command": f"python benchmarks/archive_shape.py --documents {args.documents}",
        "machine": {"cores": os.cpu_count(), "load_1min": round(os.getloadavg()[0], 2)},
        "shapes": shapes,
    }
    report(result, args.out)


if __name__ == "__main__":
    main()
