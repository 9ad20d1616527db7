"""From items to readings, and on into a ledger: lazily, in order, with counts that add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from onrecord.errors import StoreError, TextError
from onrecord.ingest import Failure, Item
from onrecord.record.document import Document
from onrecord.record.reading import Reading
from onrecord.record.run import Counts
from onrecord.run.contract import Keeps, Reads, TakesFailures
from onrecord.run.ordered import Ordered
from onrecord.run.tally import Tally

SAME_TWICE = "same document twice"
IN_LEDGER = "already in the ledger"

Progress: TypeAlias = Callable[[Counts], None]
"""Called with the counts so far after every document, kept, skipped or failed."""


class ReadingStream(Iterator[Reading | Failure]):
    """Readings and failures as they come, and the counts so far.

    Attributes:
        counts: What became of what was handed out or skipped up to now.
    """

    def __init__(
        self,
        items: Iterable[Item],
        stages: Reads,
        *,
        quarantine: TakesFailures | None = None,
        progress: Progress | None = None,
    ) -> None:
        self._tally = Tally()
        self._quarantine = quarantine
        self._progress = progress
        self._results = iter(Ordered(items, stages, reason_to_skip=_first_time_only(), skipped=self._skipped))

    def __next__(self) -> Reading | Failure:
        result = next(self._results)
        if isinstance(result, Reading):
            self._tally.keep(result)
        else:
            self._tally.fail(result.error.code)
            if self._quarantine is not None:
                self._quarantine.write(result)
        self._report()
        return result

    @property
    def counts(self) -> Counts:
        """The counts so far; final when the stream has ended."""
        return self._tally.counts

    def _skipped(self, reason: str) -> None:
        self._tally.skip(reason)
        self._report()

    def _report(self) -> None:
        if self._progress is not None:
            self._progress(self._tally.counts)


def read_stream(
    items: Iterable[Item],
    stages: Reads,
    *,
    quarantine: TakesFailures | None = None,
    progress: Progress | None = None,
) -> ReadingStream:
    """What do these documents say? Lazily and in order, with failures in their places.

    The same document twice is read once. A document that cannot be read becomes a Failure; the others go on.

    Args:
        items: What the readers of :mod:`onrecord.ingest` hand out.
        stages: Read the documents.
        quarantine: Told of every failure as well, for instance a :class:`Quarantine`.
        progress: Told the counts after every document.

    Returns:
        An iterator with ``counts``. Memory is bounded by what the stages take ahead, plus about 100
        bytes for the id of every document.

    Raises:
        ModelError: While iterating: OR-301 or OR-302, there is no model to read with.
        InputError: While iterating: OR-110, the quarantine cannot be written.
    """
    return ReadingStream(items, stages, quarantine=quarantine, progress=progress)


def add_stream(
    ledger: Keeps,
    items: Iterable[Item],
    stages: Reads,
    *,
    quarantine: TakesFailures | None = None,
    progress: Progress | None = None,
    cpu: tuple[str, ...] = (),
) -> Counts:
    """Records what these documents say, each document whole or not at all. What became of them?

    Documents that the ledger holds by the same method are skipped before any work is done on them, so a run
    that was stopped goes on where it ended. When this is interrupted, the ledger holds whole documents only
    and the run stays on record as not finished.

    Args:
        ledger: An open ledger.
        items: What the readers of :mod:`onrecord.ingest` hand out.
        stages: Read the documents; their method decides what was read before.
        quarantine: Told of every failure as well, for instance a :class:`Quarantine`.
        progress: Told the counts after every document.
        cpu: Features of the processor, for the run's entry.

    Raises:
        StoreError: The ledger cannot be written.
        ModelError: OR-301 or OR-302, there is no model to read with.
        InputError: OR-110, the quarantine cannot be written.
    """
    method = stages.method
    run = ledger.start_run(method, cpu=cpu)
    tally = Tally()
    first_time_only = _first_time_only()

    def report() -> None:
        if progress is not None:
            progress(tally.counts)

    def skipped(reason: str) -> None:
        tally.skip(reason)
        report()

    def reason_to_skip(doc: Document) -> str | None:
        return first_time_only(doc) or (IN_LEDGER if ledger.has(doc.id, method.id) else None)

    for result in Ordered(items, stages, reason_to_skip=reason_to_skip, skipped=skipped):
        outcome = _added(ledger, run.id, result) if isinstance(result, Reading) else result
        if isinstance(outcome, Failure):
            tally.fail(outcome.error.code)
            if quarantine is not None:
                quarantine.write(outcome)
        elif outcome is None:
            # Another process added it since it was looked for.
            tally.skip(IN_LEDGER)
        else:
            tally.keep(outcome)
        report()
    ledger.finish_run(run.id, tally.counts)
    return tally.counts


def _added(ledger: Keeps, run_id: str, reading: Reading) -> Reading | Failure | None:
    """The reading once it is on record; None if it was there; a failure if it does not fit its own text.

    Raises:
        StoreError: The ledger cannot be written.
    """
    try:
        return reading if ledger.add(run_id, reading) else None
    except TextError as error:
        return Failure(origin=reading.document.origin, error=error)
    except StoreError as error:
        if error.code != "OR-409":
            raise
        return Failure(origin=reading.document.origin, error=error)


def _first_time_only() -> Callable[[Document], str | None]:
    """A reason to skip documents that were asked about before."""
    seen: set[str] = set()

    def reason(doc: Document) -> str | None:
        if doc.id in seen:
            return SAME_TWICE
        seen.add(doc.id)
        return None

    return reason
