"""Bringing parts into a ledger: what `onrecord add` of the same documents would have made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

from onrecord.archive.job import done_shards, method_of, read_run
from onrecord.archive.libraries import need
from onrecord.archive.parts import read_parts
from onrecord.record.reading import Reading
from onrecord.record.run import Counts
from onrecord.run.contract import Keeps
from onrecord.run.pipeline import IN_LEDGER
from onrecord.run.tally import Tally


def readings_of(out: Path) -> Iterator[Reading]:
    """The readings of all finished shards, in the order of the input; a repeated document comes again.

    Raises:
        ArchiveError: OR-509, there is no run, or a part is missing.
    """
    for result in done_shards(out):
        yield from read_parts(out, result.number)


def load_parts(
    out: Path, ledger: Keeps, *, cpu: tuple[str, ...] = (), progress: Callable[[Counts], None] | None = None
) -> Counts:
    """Records what the parts hold, each document whole or not at all. What became of them?

    Documents that the ledger holds by the same method are skipped, so what was stopped goes on where it ended.

    Args:
        out: The folder that `onrecord process` wrote.
        ledger: An open ledger.
        cpu: Features of the processor, for the run's entry.
        progress: Told the counts after every document.

    Raises:
        ArchiveError: OR-509, there is no run, or a part is missing.
        StoreError: The ledger cannot be written.
    """
    need("pyarrow", what="`onrecord load`")
    table = read_run(out)
    run = ledger.start_run(method_of(cast("dict[str, object]", table["configuration"])), cpu=cpu)
    tally = Tally()
    for reading in readings_of(out):
        if ledger.add(run.id, reading):
            tally.keep(reading)
        else:
            tally.skip(IN_LEDGER)
        if progress is not None:
            progress(tally.counts)
    ledger.finish_run(run.id, tally.counts)
    return tally.counts
