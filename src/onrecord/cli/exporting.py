"""``onrecord export``: write everything in a ledger for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from onrecord.cli.options import json_option, output_option
from onrecord.cli.progress import Progress
from onrecord.cli.streams import Stopped, dumps, is_terminal, note, open_sink, tell
from onrecord.errors import UsageError
from onrecord.export.visible import counted
from onrecord.record.run import Counts

if TYPE_CHECKING:
    from onrecord.export.ledger import Exported, Format

FORMATS = ("jsonl", "csv", "parquet")


@click.command("export")
@click.argument("ledger", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="jsonl",
    show_default=True,
    help="jsonl: a document per line in the public form; csv, parquet: a row per statement.",
)
@output_option()
@json_option("Print the closing counts as a JSON object on stderr.")
def command(*, ledger: Path, form: str, output: str, as_json: bool) -> None:
    """Write every document and statement of LEDGER, with every attribute; nothing is capped.

    Statements that a person rejected are among them, and say so. Parquet needs `pip install
    'onrecord[parquet]'`.
    """
    from onrecord.export.ledger import export_ledger
    from onrecord.store import Ledger

    if form == "parquet" and output == "-" and is_terminal(sys.stdout):
        raise UsageError("OR-001", "Parquet is no text", hint="Give a file: --output all.parquet")
    with Ledger.open(ledger, readonly=True) as opened:
        shown = not as_json and not (output == "-" and is_terminal(sys.stdout))
        bar = Progress(show=shown, total=opened.counts().documents)

        def progress(so_far: Exported) -> None:
            bar.show(Counts(kept=so_far.documents, statements=so_far.statements))

        try:
            with bar, open_sink(output) as sink:
                done = export_ledger(opened, sink.stream, format=cast("Format", form), progress=progress)
                sink.flush()
        except KeyboardInterrupt as stop:
            raise Stopped("Nothing was kept: an export is written whole or not at all.") from stop
    if as_json:
        tell(dumps({"counts": {"documents": done.documents, "statements": done.statements}}))
    else:
        note(f"wrote {counted(done.documents, 'document')}, {counted(done.statements, 'statement')}")
