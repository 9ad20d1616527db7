"""Reads what visitors bring, one job after another, in a thread of its own.

The models are loaded when the first job comes, and stay: they belong to that thread. A job that is done is on record
whatever happens to the server then; jobs that wait are lost with it, and nothing of them is on record.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import Queue
from typing import Literal, TypeAlias

from onrecord.errors import OnRecordError, UsageError
from onrecord.ingest import Failure, Item
from onrecord.record.document import Document
from onrecord.record.run import Counts
from onrecord.run import Reads, Stages, add_stream
from onrecord.run.linking import Connects, link_ledger
from onrecord.store import Ledger

State: TypeAlias = Literal["waiting", "loading", "reading", "linking", "done", "failed"]

MOST_DOCUMENTS = 2_000
"""Documents of one job; what is more is said, and left to `onrecord add`."""

MOST_LINKED = 5_000
"""Ledgers with more documents are not linked here, since that takes long: `onrecord link` does it."""

MOST_WAITING = 20
_MOST_KNOWN = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What became of something that a visitor brought.

    Attributes:
        id: Names the job; it cannot be guessed.
        what: What it reads, in a few words.
        state: How far it is.
        counts: What became of its documents so far.
        documents: The ids of the documents that are on record, in their order.
        failures: What could not be read, and why.
        left_out: Whether more documents came than a job reads.
        links: Links that hold after it; None if nothing was linked.
        unlinked: Whether the ledger is too large to be linked here.
        error: What ended it, if it failed.
    """

    id: str
    what: str
    state: State = "waiting"
    counts: Counts = field(default_factory=Counts)
    documents: tuple[str, ...] = ()
    failures: tuple[tuple[str, str], ...] = ()
    left_out: bool = False
    links: int | None = None
    unlinked: bool = False
    error: str | None = None

    @property
    def over(self) -> bool:
        """Will nothing more happen?"""
        return self.state in ("done", "failed")


class Reader:
    """Takes jobs, and knows what became of them.

    Args:
        ledger: The ledger's file.
        load_stages: Makes what reads documents, in the reader's thread.
        load_connector: Makes what links statements, likewise.
    """

    def __init__(
        self, ledger: Path, *, load_stages: Callable[[], Reads], load_connector: Callable[[], Connects]
    ) -> None:
        self._ledger = ledger
        self._load_stages, self._load_connector = load_stages, load_connector
        self._stages: Reads | None = None
        self._connector: Connects | None = None
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._waiting: Queue[tuple[str, Iterable[Item]] | None] = Queue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def take(self, what: str, items: Iterable[Item]) -> Job:
        """A new job: reads `items`, keeps them in the ledger and links them.

        Raises:
            UsageError: OR-001, too many jobs wait.
        """
        job = Job(id=secrets.token_urlsafe(12), what=what)
        with self._lock:
            if sum(each.state == "waiting" for each in self._jobs.values()) >= MOST_WAITING:
                raise UsageError("OR-001", "too much waits to be read", hint="Wait until some of it is done.")
            self._jobs[job.id] = job
            while len(self._jobs) > _MOST_KNOWN:
                self._jobs.popitem(last=False)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="onrecord-reader", daemon=True)
                self._thread.start()
        self._waiting.put((job.id, items))
        return job

    def job(self, identifier: str) -> Job | None:
        """The job with this id."""
        with self._lock:
            return self._jobs.get(identifier)

    def close(self) -> None:
        """Ends the thread after the job that it is at."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join(timeout=10)
            self._thread = None

    def _work(self) -> None:
        try:
            while (taken := self._waiting.get()) is not None:
                self._read(*taken)
        finally:
            for each in (self._stages, self._connector):
                if each is not None and hasattr(each, "close"):
                    each.close()

    def _change(self, identifier: str, **changes: object) -> None:
        with self._lock:
            if identifier in self._jobs:
                self._jobs[identifier] = replace(self._jobs[identifier], **changes)  # type: ignore[arg-type]

    def _read(self, identifier: str, items: Iterable[Item]) -> None:
        try:
            self._change(identifier, state="loading")
            if self._stages is None:
                self._stages = self._load_stages()
            self._change(identifier, state="reading")
            failures = _Failures()
            taken = _Taken(items)
            with Ledger.open(self._ledger, create=True, wait_s=30.0) as ledger:
                counts = add_stream(
                    ledger,
                    taken,
                    self._stages,
                    quarantine=failures,
                    progress=lambda now: self._change(identifier, counts=now),
                )
                kept = tuple(each for each in taken.documents if ledger.has(each, self._stages.method.id))
                self._change(
                    identifier, counts=counts, documents=kept, failures=tuple(failures.found), left_out=taken.left_out
                )
                self._link(identifier, ledger, new=counts.kept > 0)
            self._change(identifier, state="done")
        except OnRecordError as error:
            self._change(identifier, state="failed", error=f"{error.message}. {error.hint}")
        except Exception as error:  # noqa: BLE001
            # Whatever it is, the visitor must hear of it, and the next job must be read.
            self._change(identifier, state="failed", error=f"a fault of onrecord: {type(error).__name__}: {error}")

    def _link(self, identifier: str, ledger: Ledger, *, new: bool) -> None:
        if not new:
            return
        if ledger.counts().documents > MOST_LINKED:
            self._change(identifier, unlinked=True)
            return
        self._change(identifier, state="linking")
        if self._connector is None:
            self._connector = self._load_connector()
        connector = self._connector
        self._change(identifier, links=link_ledger(ledger, lambda: connector).links.standing)


def installed_reader(ledger: Path) -> Reader:
    """A reader with the models that came with onrecord."""

    def load_connector() -> Connects:
        from onrecord.connect import Connector

        return Connector.load()

    return Reader(ledger, load_stages=Stages.load, load_connector=load_connector)


class _Failures:
    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    def write(self, failure: Failure) -> None:
        place = failure.origin.path or "the text"
        if failure.origin.record is not None:
            place += f", record {failure.origin.record}"
        self.found.append((place, failure.error.message))


class _Taken:
    """The items of a job, up to the most that a job reads; remembers which documents there were."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = items
        self.documents: dict[str, None] = {}
        self.left_out = False

    def __iter__(self) -> Iterator[Item]:
        for number, item in enumerate(self._items):
            if number == MOST_DOCUMENTS:
                self.left_out = True
                return
            if isinstance(item, Document):
                self.documents[item.id] = None
            yield item
