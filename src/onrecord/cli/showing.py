"""``onrecord show``: one statement of a ledger in its passage, or one document."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.cli.display import colours, plain, print_reading
from onrecord.cli.options import json_option
from onrecord.cli.public import document_to_json, statement_to_json
from onrecord.cli.streams import Sink


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

    sink = Sink(sys.stdout.buffer)
    with Ledger.open(ledger, readonly=True) as opened:
        if identifier.startswith("d"):
            reading = opened.entries(identifier).reading()
            if as_json:
                sink.write_json(reading_to_json(reading), indent=2)
                return
            within = None
        else:
            entry = opened.entry(identifier)
            if as_json:
                found: dict[str, object] = {
                    "statement": statement_to_json(entry.document, entry.statement),
                    "document": document_to_json(entry.document),
                    "run_id": entry.run_id,
                    "verdict": entry.decision.verdict if entry.decision else None,
                }
                sink.write_json(found, indent=2)
                return
            reading = opened.entries(entry.document.id).reading(rejected=True)
            within = entry.statement.id
    if colours(sys.stdout, plain=as_plain):
        print_reading(reading, sys.stdout, only=within)
    else:
        for piece in plain(reading, only=within):
            sink.write(piece)
