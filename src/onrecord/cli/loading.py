"""``onrecord load``: bring what `onrecord process` wrote into a ledger."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.cli.machine import cpu_flags
from onrecord.cli.options import json_option
from onrecord.cli.streams import Sink, note
from onrecord.cli.work import Work
from onrecord.record.flat import counts_to_json
from onrecord.record.run import Counts


@click.command("load")
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("ledger", type=click.Path(path_type=Path))
@json_option("Print the counts as a JSON object.")
def command(*, out: Path, ledger: Path, as_json: bool) -> int:
    """Bring the documents and statements of OUT, a folder that `onrecord process` wrote, into LEDGER.

    The ledger is then what `onrecord add` of the same documents would have made it. LEDGER is made if it does not
    exist; a document that it holds already is skipped, so the same command goes on where it was stopped.
    """
    from onrecord.archive.job import read_run
    from onrecord.archive.loading import load_parts
    from onrecord.store import Ledger

    if not read_run(out)["finished"]:
        note(f"{out} is not finished; what is finished of it is loaded")

    def kept_where(counts: Counts) -> str:
        return f"{counts.kept:,} documents were added to {ledger}; the same command goes on from there."

    with (
        Work(as_json=as_json, allow_failures=False, quarantine=None, silent=as_json, kept_where=kept_where) as work,
        Ledger.open(ledger, create=True) as opened,
    ):
        counts = load_parts(out, opened, cpu=cpu_flags(), progress=work.progress)
        if as_json:
            Sink(sys.stdout.buffer).write_json(counts_to_json(counts))
    return work.exit_code
