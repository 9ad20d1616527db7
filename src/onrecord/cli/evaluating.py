"""``onrecord evaluate``: score onrecord on the user's own annotated data."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import failure_options, json_option, model_options
from onrecord.cli.streams import Sink
from onrecord.cli.tables import layout
from onrecord.cli.tools import deferred, tools_of
from onrecord.cli.work import Work
from onrecord.errors import InputError, OnRecordError
from onrecord.export.visible import counted
from onrecord.record.document import Document, Origin
from onrecord.record.ids import sha256_hex
from onrecord.record.reading import Reading
from onrecord.views.evaluate import Agreement, Evaluation, Gold

if TYPE_CHECKING:
    from onrecord.ingest import Failure
    from onrecord.run import Reads


@click.command("evaluate")
@click.argument("gold", type=click.Path())
@model_options
@failure_options
@json_option("Print all figures as one JSON object.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    gold: str,
    threads: int | None,
    model: Path | None,
    actors: Path | None,
    allow_failures: bool,
    quarantine: str | None,
    as_json: bool,
) -> int:
    """Read the documents of GOLD and compare what is found with what people annotated.

    GOLD is a JSON Lines file (.gz too; - is stdin) in the public form with `statements`, or with
    `attributions` of `source`, `cue` and `content`; these are taken to be the outermost ones.
    """
    from onrecord.views.evaluate import evaluate

    stages = deferred(lambda: tools_of(ctx).load_stages(model, threads, actors))
    targets = (gold,)
    with Work(as_json=as_json, allow_failures=allow_failures, quarantine=quarantine, targets=targets) as work:
        figures = evaluate(_pairs(_gold(gold), stages, work))
        sink = Sink(sys.stdout.buffer)
        if as_json:
            sink.write_json(_to_json(figures), indent=2)
        elif figures.documents:
            sink.write(_table(figures))
    return work.exit_code


def _pairs(golds: Iterator[Gold | Failure], stages: Reads, work: Work) -> Iterator[tuple[Gold, Reading]]:
    from onrecord.run.ordered import Ordered
    from onrecord.run.tally import Tally

    # Results come in the order of the input, one for each item, so each takes its gold from the front.
    waiting: deque[Gold | Failure] = deque()

    def items() -> Iterator[Document | Failure]:
        for gold in golds:
            waiting.append(gold)
            yield gold.document if isinstance(gold, Gold) else gold

    tally = Tally()
    # Several people may have annotated the same document: each annotation is compared.
    for result in Ordered(items(), stages, reason_to_skip=lambda _: None, skipped=tally.skip):
        gold = waiting.popleft()
        if isinstance(result, Reading):
            tally.keep(result)
            if isinstance(gold, Gold):
                yield gold, result
        else:
            tally.fail(result.error.code)
            work.write(result)
        work.progress(tally.counts)


def _gold(path: str) -> Iterator[Gold | Failure]:
    from onrecord.ingest import Failure
    from onrecord.record.codec import json_object
    from onrecord.views.gold import gold_from_json

    shown = None if path == "-" else path
    empty = True
    for number, line in _lines(path):
        if line.isspace():
            continue
        empty = False
        origin = Origin(kind="jsonl", path=shown, record=number, digest=sha256_hex(line))
        try:
            yield gold_from_json(json_object(line))
        except OnRecordError as error:
            told = type(error)(error.code, f"line {number} of {path}: {error.message}", hint=error.hint)
            yield Failure(origin=origin, error=told)
    if empty:
        raise InputError("OR-102", f"{path} is empty")


def _lines(path: str) -> Iterator[tuple[int, bytes]]:
    try:
        if path == "-":
            yield from enumerate(sys.stdin.buffer, start=1)
        elif path.endswith(".gz"):
            with gzip.open(path, "rb") as packed:
                yield from enumerate(packed, start=1)
        else:
            with Path(path).open("rb") as plain:
                yield from enumerate(plain, start=1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError("OR-112", f"{path} cannot be unpacked: {error}") from error
    except OSError as error:
        raise InputError("OR-101", f"cannot read {path}: {error.strerror or error}") from error


def _rows(figures: Evaluation) -> Iterator[tuple[str, Agreement]]:
    yield "statements", figures.statements
    for kind, agreement in figures.by_kind.items():
        yield f"  {kind}", agreement
    yield "statements with their source", figures.attributions
    yield "words of sources, matched statements", figures.source
    yield "words of content", figures.content_words
    yield "words of sources", figures.source_words
    yield "words of cues", figures.cue_words


def _table(figures: Evaluation) -> str:
    rows = [
        (name, *(f"{100 * part:.1f}" for part in (a.precision, a.recall, a.f1)), str(a.found), str(a.gold))
        for name, a in _rows(figures)
    ]
    head = ("", "precision", "recall", "F1", "found", "annotated")
    lines = layout(head, rows, right=range(1, len(head)))
    if figures.without_content:
        lines += f"{figures.without_content} annotations without content were left out\n"
    return f"{counted(figures.documents, 'document')}\n{lines}"


def _to_json(figures: Evaluation) -> dict[str, object]:
    return {
        "documents": figures.documents,
        "annotations_without_content": figures.without_content,
        "statements": _agreement(figures.statements),
        "by_kind": {kind: _agreement(each) for kind, each in figures.by_kind.items()},
        "attributions": _agreement(figures.attributions),
        "source_of_matched": _agreement(figures.source),
        "content_words": _agreement(figures.content_words),
        "source_words": _agreement(figures.source_words),
        "cue_words": _agreement(figures.cue_words),
    }


def _agreement(each: Agreement) -> dict[str, object]:
    return {
        "precision": round(each.precision, 4),
        "recall": round(each.recall, 4),
        "f1": round(each.f1, 4),
        "found": each.found,
        "annotated": each.gold,
    }
