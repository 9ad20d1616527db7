"""``onrecord show``: one statement of a ledger in its passage, or one document."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.display import Excerpt, print_reading
from onrecord.cli.options import json_option
from onrecord.cli.paper import Paper
from onrecord.cli.streams import Sink
from onrecord.export.linked import newer_line
from onrecord.export.public import document_to_json, statement_to_json
from onrecord.export.visible import visible
from onrecord.export.wording import Piece

if TYPE_CHECKING:
    from onrecord.store import Ledger
    from onrecord.views.show import Shown


@click.command("show")
@click.argument("ledger", type=click.Path(path_type=Path))
@click.argument("identifier", metavar="ID")
@click.option("--plain", "as_plain", is_flag=True, help="No colours, on a terminal too.")
@json_option("Print a JSON object.")
def command(*, ledger: Path, identifier: str, as_plain: bool, as_json: bool) -> None:
    """Show the entry of LEDGER with this ID: a statement in its passage, or a whole document.

    Ids of statements begin with s, those of documents with d; a unique beginning is enough.
    """
    from onrecord.record.codec import reading_to_json
    from onrecord.store import Ledger
    from onrecord.views.show import show

    sink = Sink(sys.stdout.buffer)
    with Ledger.open(ledger, readonly=True) as opened:
        if identifier.startswith("d"):
            reading = opened.entries(identifier).reading()
            if as_json:
                sink.write_json(reading_to_json(reading), indent=2)
            else:
                paper = Paper(plain=as_plain)
                print_reading(reading, paper)
                _print_newer(opened, reading.document.id, paper)
            return
        shown = show(opened, identifier)
        if as_json:
            sink.write_json(_to_json(shown), indent=2)
            return
        paper = Paper(plain=as_plain)
        reading = opened.entries(shown.entry.document.id).reading(rejected=True)
        print_reading(reading, paper, only=Excerpt(shown.entry.statement.id, shown.passage))
        paper.line()
        for line in _facts(shown):
            paper.line(Piece(line, "soft"))
        _print_newer(opened, shown.entry.document.id, paper)


def _print_newer(ledger: Ledger, document_id: str, paper: Paper) -> None:
    newer = ledger.linking.newer_version(document_id)
    if newer is not None:
        paper.line()
        paper.line(*newer_line(newer))


def _facts(shown: Shown) -> Iterator[str]:
    stmt = shown.entry.statement
    method = shown.run.method
    yield f"statement {stmt.id} of document {stmt.document_id}"
    yield f"found by run {shown.run.id}, {shown.run.started}, onrecord {method.version}"
    for outer in shown.around:
        yield f"within {outer.statement.id}"
    for decision in shown.decisions:
        what = f" {decision.field}" if decision.field else ""
        about = f": {visible(decision.note)}" if decision.note else ""
        yield f"{decision.verdict}{what} by {visible(decision.by)}, {decision.at}{about}"


def _to_json(shown: Shown) -> dict[str, object]:
    entry = shown.entry
    return {
        "statement": statement_to_json(entry),
        "document": document_to_json(entry.document),
        "passage": {"start": shown.passage.start, "end": shown.passage.end, "text": shown.text},
        "around": [other.statement.id for other in shown.around],
        "inside": [other.statement.id for other in shown.inside],
        "run": {"id": shown.run.id, "started": shown.run.started, "version": shown.run.method.version},
        "decision": entry.decision.verdict if entry.decision else None,
    }
