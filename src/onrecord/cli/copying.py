"""``onrecord copies``: which documents of an archive print an earlier one again?"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from onrecord.cli.options import json_option
from onrecord.cli.streams import Sink, is_terminal, note
from onrecord.export.visible import counted


@click.command("copies")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--memory", default="2GB", show_default=True, metavar="SIZE", help="What the search may hold at once.")
@json_option("Print the counts as a JSON object.")
def command(*, out: Path, memory: str, as_json: bool) -> None:
    """Find the documents of OUT that print an earlier one again: whole, cut or lightly rewritten.

    OUT is a folder that `onrecord process` wrote. The result is OUT/copies.parquet, and the view copies of
    `onrecord query`: for each copy the earliest printing, and how much of it is shared.
    """
    from onrecord.archive.copies import find_copies

    began = time.monotonic()

    def show(seen: int) -> None:
        if not as_json and is_terminal(sys.stderr):
            click.echo(f"\ronrecord: {seen:,} documents looked at", nl=False, err=True)

    found = find_copies(out, memory=memory, progress=show)
    if not as_json and is_terminal(sys.stderr):
        click.echo("\r", nl=False, err=True)
    if as_json:
        Sink(sys.stdout.buffer).write_json(
            {
                "documents": found.documents,
                "clusters": found.clusters,
                "copies": found.copies,
                "compared": found.compared,
                "seconds": round(time.monotonic() - began, 3),
            }
        )
        return
    note(
        f"of {counted(found.documents, 'document')}, {found.copies:,} print an earlier one again:"
        f" {counted(found.clusters, 'text')} in several printings"
        f" ({counted(found.compared, 'pair')} compared in {time.monotonic() - began:,.1f} s)"
    )
