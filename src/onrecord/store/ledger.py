"""The ledger: one file that keeps what was read, what was found in it, and what people decided about it."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from onrecord.errors import StoreError
from onrecord.record.decision import Decision, Verdict
from onrecord.record.document import Document
from onrecord.record.ids import content_id
from onrecord.record.reading import Reading
from onrecord.record.run import Counts, Method, Run
from onrecord.record.statement import Kind, Statement
from onrecord.store import read
from onrecord.store.connection import connect, translated
from onrecord.store.decisions import all_decisions, now, record_decision, withdraw_decision
from onrecord.store.filters import Asked
from onrecord.store.nouns import DocumentPage, Entries, Entry, LedgerCounts, Page
from onrecord.store.rows import RUN_COLUMNS, counts_text, method_text, run_of
from onrecord.store.search import search_documents, search_statements
from onrecord.store.write import check, transaction, write_reading


class Ledger:
    """What was read, what was found in it, and what did people decide about it?

    One SQLite file. Several processes may read and write it at once; one object belongs to one thread. Every
    method may raise StoreError: OR-402 locked, OR-403 may not be written, OR-404 damaged, OR-406 no space.

    Attributes:
        path: The file.
        readonly: Whether this object only reads.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, *, readonly: bool) -> None:
        self.path = path
        self.readonly = readonly
        self._connection = connection
        self._methods: dict[str, str] = {}

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        create: bool = False,
        readonly: bool = False,
        wait_s: float = 5.0,
    ) -> Ledger:
        """The ledger at `path`.

        Args:
            path: The file.
            create: Whether to make it if it does not exist.
            readonly: Whether to open it for reading only.
            wait_s: How long to wait for other programs that write, in seconds.

        Raises:
            StoreError: OR-401 not a ledger, OR-402 locked, OR-403 may not be written, OR-404 damaged, OR-405
                made by a newer version, OR-406 no space, OR-408 does not exist.
        """
        place = Path(path)
        return cls(place, connect(place, create=create, readonly=readonly, wait_s=wait_s), readonly=readonly)

    def close(self) -> None:
        """Closes the file; the object cannot be used any more."""
        with translated(self.path):
            self._connection.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Writing

    def start_run(self, method: Method, *, cpu: tuple[str, ...] = ()) -> Run:
        """Which run do readings from now on belong to? A new one, recorded as not finished."""
        with translated(self.path), transaction(self._connection):
            taken = 1
            while taken:
                started = now()
                identifier = content_id("r", method.id, started)
                taken = self._connection.execute("SELECT count(*) FROM run WHERE id = ?", (identifier,)).fetchone()[0]
            run = Run(id=identifier, method=method, started=started, finished=None, cpu=cpu, counts=Counts())
            self._connection.execute(
                "INSERT INTO run (id, method_id, method, started, cpu, counts) VALUES (?, ?, ?, ?, ?, ?)",
                (run.id, method.id, method_text(method), started, json.dumps(cpu), counts_text(run.counts)),
            )
        self._methods[run.id] = method.id
        return run

    def finish_run(self, run_id: str, counts: Counts) -> Run:
        """Records that the run is over and what became of its documents.

        Raises:
            StoreError: OR-407, there is no such run.
        """
        with translated(self.path), transaction(self._connection):
            changed = self._connection.execute(
                "UPDATE run SET finished = ?, counts = ? WHERE id = ?", (now(), counts_text(counts), run_id)
            )
            if changed.rowcount != 1:
                raise StoreError("OR-407", f"the ledger has no run {run_id!r}")
        return self.run(run_id)

    def run(self, run_id: str) -> Run:
        """The run with exactly this id.

        Raises:
            StoreError: OR-407, there is none.
        """
        with translated(self.path):
            row = self._connection.execute(
                f"SELECT {', '.join(RUN_COLUMNS)} FROM run WHERE id = ?", (run_id,)
            ).fetchone()
        if row is None:
            raise StoreError("OR-407", f"the ledger has no run {run_id!r}")
        return run_of(row)

    def runs(self) -> Iterator[Run]:
        """Every run, in the order in which they started."""
        with translated(self.path):
            rows = self._connection.execute(f"SELECT {', '.join(RUN_COLUMNS)} FROM run ORDER BY started").fetchall()
        return iter([run_of(row) for row in rows])

    def add(self, run_id: str, reading: Reading) -> bool:
        """Records the document and all its statements, or nothing. Was it new?

        The reading is on record when this returns, whatever happens to the process then. False: this method
        has read this document before, and nothing was written. A reading by another method becomes the
        document's latest reading; the earlier one and what people decided stay.

        Raises:
            TextError: OR-201, a span does not fit the text or a statement is not of this document.
            UsageError: OR-001, the reading holds attributions, chains or positions, for which there is no
                place yet.
            StoreError: OR-407, there is no such run; OR-409, an id is there already for something else.
        """
        check(reading)
        with translated(self.path):
            method_id = self._method_of(run_id)
            with transaction(self._connection):
                return write_reading(self._connection, run_id, method_id, reading)

    def _method_of(self, run_id: str) -> str:
        if run_id not in self._methods:
            row = self._connection.execute("SELECT method_id FROM run WHERE id = ?", (run_id,)).fetchone()
            if row is None:
                raise StoreError("OR-407", f"the ledger has no run {run_id!r}")
            self._methods[run_id] = row[0]
        return self._methods[run_id]

    def decide(
        self,
        subject: str,
        verdict: Verdict,
        *,
        by: str,
        field: str | None = None,
        after: str | None = None,
        note: str | None = None,
    ) -> Decision:
        """Records what a person decided about a statement or a document.

        The last decision about a subject and field that was not taken back stands; what stood before is named
        in ``supersedes``. Corrections of a statement's *kind* show in the current record.

        Args:
            subject: Id of a statement or document, or its unique beginning.
            verdict: *accepted*, *rejected*, *corrected* (with `field` and `after`) or *unsure*.
            by: The person.
            field: Which of its fields; None for the entry as a whole.
            after: What the field says from now on.
            note: Why.

        Raises:
            StoreError: OR-407, there is no such entry.
            TextError: OR-202, the verdict is not a word of the codebook, nobody decides, or a correction
                lacks its field or value.
            UsageError: OR-001, the words cannot be recorded.
        """
        with translated(self.path), transaction(self._connection):
            table = "document" if subject.startswith("d") else "statement"
            identifier = read.full_id(self._connection, table, subject)
            return record_decision(self._connection, identifier, verdict, by=by, field=field, after=after, note=note)

    def undo(self, decision_id: str, *, by: str, note: str | None = None) -> None:
        """Takes a decision back: what stood before it stands again. Both stay on record.

        Raises:
            StoreError: OR-407, there is no such decision.
            UsageError: OR-001, it was taken back before.
        """
        with translated(self.path), transaction(self._connection):
            withdraw_decision(self._connection, decision_id, by=by, note=note)

    # Reading

    def has(self, document_id: str, method_id: str) -> bool:
        """Did this method read this document, to its end?"""
        with translated(self.path):
            row = self._connection.execute(
                "SELECT 1 FROM reading WHERE document_id = ? AND method_id = ?", (document_id, method_id)
            ).fetchone()
        return row is not None

    def documents(self) -> Iterator[Document]:
        """Every document, in the order of arrival."""
        with translated(self.path):
            yield from read.each_document(self._connection)

    def records(self) -> Iterator[Entries]:
        """Every document with its current statements, rejected ones among them, in the order of arrival."""
        for doc in self.documents():
            with translated(self.path):
                found = read.entries_of(self._connection, doc)
            yield found

    def readings(self, *, rejected: bool = False) -> Iterator[Reading]:
        """Every document with its current statements, in the order of arrival.

        Args:
            rejected: Whether to include statements that a person rejected.
        """
        return (found.reading(rejected=rejected) for found in self.records())

    def document(self, identifier: str) -> Document:
        """The document with this id, or with a unique beginning of it.

        Raises:
            StoreError: OR-407, there is none, or several.
        """
        with translated(self.path):
            return read.document_by_id(self._connection, read.full_id(self._connection, "document", identifier))

    def entry(self, identifier: str) -> Entry:
        """The statement with this id, or a unique beginning of it, with its document, run and decision.

        Raises:
            StoreError: OR-407, there is none, or several.
        """
        with translated(self.path):
            return read.entry_by_id(self._connection, read.full_id(self._connection, "statement", identifier))

    def entries(self, document_id: str) -> Entries:
        """The current record of one document, by its id or a unique beginning of it.

        Raises:
            StoreError: OR-407, there is none, or several.
        """
        doc = self.document(document_id)
        with translated(self.path):
            return read.entries_of(self._connection, doc)

    def statement(self, identifier: str) -> Statement:
        """The statement with this id, or with a unique beginning of it.

        Raises:
            StoreError: OR-407, there is none, or several.
        """
        return self.entry(identifier).statement

    def decisions(self, subject: str | None = None) -> tuple[Decision, ...]:
        """Every decision about `subject` (an id), or about anything, in order; superseded ones among them."""
        with translated(self.path):
            return all_decisions(self._connection, subject)

    def search(
        self,
        query: str,
        *,
        source: str | None = None,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        kind: Kind | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> Page:
        """Which statements of the current record, not rejected, hold these words in content or source?

        Args:
            query: Words that must all occur, ``"words that follow each other"``, ``one OR other``,
                ``-without``, ``begin*``. Case and accents do not count. Blank: everything that passes the
                filters, newest first.
            source: Words that must stand in the source.
            outlet: An outlet's name, or a part of it.
            since: Earliest publication, like ``2026``, ``2026-03``, ``2026-03-04`` or ``2026-03-04T10:15``.
            until: Latest publication, likewise; ``2026-03`` means to the end of that March.
            kind: The form of the statement.
            limit: Hits on a page, at least 1.
            offset: Hits to leave out before.

        Raises:
            UsageError: OR-001, there is no word to look for, or a filter makes no sense.
        """
        asked = Asked(
            query=query,
            source=source,
            outlet=outlet,
            since=since,
            until=until,
            kind=kind,
            limit=limit,
            offset=offset,
        )
        with translated(self.path):
            return search_statements(self._connection, asked)

    def search_documents(
        self,
        query: str,
        *,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> DocumentPage:
        """Which documents hold these words in title or text? The arguments are those of :meth:`search`.

        Raises:
            UsageError: OR-001, there is no word to look for, or a filter makes no sense.
        """
        asked = Asked(query=query, outlet=outlet, since=since, until=until, limit=limit, offset=offset)
        with translated(self.path):
            return search_documents(self._connection, asked)

    def counts(self) -> LedgerCounts:
        """How much does the ledger hold?"""
        with translated(self.path):
            return read.counts(self._connection)
