"""``onrecord add``: read documents and keep their statements in a ledger."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.cli.machine import cpu_flags
from onrecord.cli.options import failure_options, input_options, json_option
from onrecord.cli.streams import Sink
from onrecord.cli.tools import tools_of
from onrecord.cli.work import Work
from onrecord.record.flat import counts_to_json
from onrecord.record.run import Counts


@click.command("add")
@click.argument("ledger", type=click.Path(path_type=Path))
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@input_options
@failure_options
@json_option("Print the counts as a JSON object.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    ledger: Path,
    inputs: tuple[str, ...],
    encoding: str | None,
    threads: int | None,
    model: Path | None,
    actors: Path | None,
    allow_failures: bool,
    quarantine: str | None,
    as_json: bool,
) -> int:
    """Read each INPUT and keep its documents with their statements in LEDGER, one SQLite file.

    LEDGER is made if it does not exist. An INPUT is what `onrecord extract` reads. Each document is added
    whole or not at all; one that the ledger holds already is skipped, so the same command goes on where it
    was stopped.
    """
    from onrecord.ingest import read_paths
    from onrecord.run import add_stream
    from onrecord.store import Ledger

    def kept_where(counts: Counts) -> str:
        return f"{counts.kept:,} documents were added to {ledger}; the same command goes on from there."

    # Loaded first: without a model, no empty ledger is left behind.
    stages = tools_of(ctx).load_stages(model, threads, actors)
    with (
        Work(
            as_json=as_json,
            allow_failures=allow_failures,
            quarantine=quarantine,
            targets=inputs,
            silent=as_json,
            kept_where=kept_where,
        ) as work,
        Ledger.open(ledger, create=True) as opened,
    ):
        items = read_paths(inputs, encoding=encoding)
        counts = add_stream(opened, items, stages, quarantine=work, progress=work.progress, cpu=cpu_flags())
        if as_json:
            Sink(sys.stdout.buffer).write_json(counts_to_json(counts))
    return work.exit_code
