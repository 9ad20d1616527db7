"""What a run asks of the stages and of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from onrecord.ingest import Failure
from onrecord.record.document import Document
from onrecord.record.reading import Reading
from onrecord.record.run import Counts, Method, Run


class Reads(Protocol):
    """Says what documents say, as `onrecord.run.Stages` does."""

    @property
    def method(self) -> Method:
        """What decides the outcome."""
        ...

    def read(self, doc: Document, /) -> Reading:
        """The reading of one document."""
        ...

    def read_many(self, docs: Iterable[Document], /) -> Iterator[Reading]:
        """The readings of many documents, in their order, taking a bounded number of them ahead."""
        ...


class TakesFailures(Protocol):
    """Is told of everything that could not be read, as `onrecord.run.Quarantine` is."""

    def write(self, failure: Failure, /) -> None:
        """One failure."""
        ...


class Keeps(Protocol):
    """Keeps readings on record."""

    def start_run(self, method: Method, /, *, cpu: tuple[str, ...] = ()) -> Run:
        """A new run."""
        ...

    def add(self, run_id: str, reading: Reading, /) -> bool:
        """Records a document with its statements, all or nothing; False if it was there."""
        ...

    def has(self, document_id: str, method_id: str, /) -> bool:
        """Has this method read this document?"""
        ...

    def finish_run(self, run_id: str, counts: Counts, /) -> Run:
        """Records that the run is over."""
        ...
