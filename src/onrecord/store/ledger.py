"""The ledger: one file that keeps what was read, what was found in it, and what people decided about it."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType

from onrecord.errors import StoreError
from onrecord.record.actor_link import ActorLink
from onrecord.record.decision import Decision, Verdict
from onrecord.record.document import Document
from onrecord.record.ids import content_id
from onrecord.record.link import Link, LinkKind
from onrecord.record.position import Act
from onrecord.record.reading import Reading
from onrecord.record.run import Counts, Method, Run
from onrecord.record.statement import Kind, Statement
from onrecord.store import actors, counting, decisions, links, read, speaking
from onrecord.store.bearings import Issues
from onrecord.store.connection import connect, translated
from onrecord.store.filters import Asked
from onrecord.store.groups import MERGED_INTO, representative
from onrecord.store.ids import Subject, full_id, subject_of
from onrecord.store.linking import Linking
from onrecord.store.nouns import (
    ActorEntry,
    DocumentPage,
    Entries,
    Entry,
    LedgerCounts,
    LinkEntry,
    Manner,
    OpenSource,
    Page,
    Withdrawal,
)
from onrecord.store.reviewing import Reviewing
from onrecord.store.rows import RUN_COLUMNS, counts_text, method_text, run_of
from onrecord.store.search import manner_of, search_documents, search_statements
from onrecord.store.write import check, transaction, write_reading

_AT_ONCE = 50


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
                started = decisions.now()
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
                "UPDATE run SET finished = ?, counts = ? WHERE id = ?", (decisions.now(), counts_text(counts), run_id)
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
        """Records the document, all its statements and all that is said of them, or nothing. Was it new?

        The reading is on record when this returns, whatever happens to the process then. False: this method
        has read this document before, and nothing was written. A reading by another method becomes the
        document's latest reading; the earlier one and what people decided stay.

        Raises:
            TextError: OR-201, a span does not fit the text or a statement is not of this document; OR-202, an
                actor or issue is named that the reading does not hold.
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

    def add_links(self, run_id: str, found: Iterable[Link], *, documents: Iterable[str] = ()) -> int:
        """Records how statements stand to each other, all of it or nothing. How many links were new?

        The current record shows the links of the method that linked last, and those that a person kept.

        Args:
            run_id: The run that found them.
            found: Links between statements of this ledger, by their ids.
            documents: The ids of documents that were compared with those before them; see :meth:`unlinked`.

        Raises:
            StoreError: OR-407, there is no such run or statement.
            TextError: OR-201, evidence does not lie in the text of its document.
        """
        with translated(self.path):
            method_id = self._method_of(run_id)
            with transaction(self._connection):
                new, _ = links.write_links(self._connection, run_id, method_id, found)
                links.write_linked(self._connection, run_id, method_id, documents)
                return new

    def unlinked(self, method_id: str) -> tuple[str, ...]:
        """Which documents has this method not compared, as they were read last? In the order of arrival."""
        with translated(self.path):
            return tuple(links.unlinked(self._connection, method_id))

    def add_actor_links(self, run_id: str, found: Iterable[ActorLink]) -> int:
        """Records that actors may be one, all of it or nothing. How many proposals were new?

        Those with a score of at least 0.9, or without any, join the actors at once, unless a person keeps them
        apart; the others wait for a person. The proposals of the method that proposed last count.

        Raises:
            StoreError: OR-407, there is no such run or actor.
        """
        with translated(self.path):
            method_id = self._method_of(run_id)
            with transaction(self._connection):
                return links.write_actor_links(self._connection, run_id, method_id, found)

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
        """Records what a person decided about a statement, document, actor or link.

        The last decision about a subject and field that was not taken back stands and wins over every run,
        earlier or later; what stood before is named in ``supersedes``. What fields there are is in
        :data:`onrecord.store.decisions.FIELDS`. Of two actors, the field ``same as ID`` is accepted or rejected.

        Args:
            subject: Id of the entry, or its unique beginning.
            verdict: *accepted*, *rejected*, *corrected* (with `field` and `after`) or *unsure*.
            by: The person.
            field: Which of its fields; None for the entry as a whole.
            after: What the field says from now on. Of a statement's *actor*, None says that it is open.
            note: Why.

        Raises:
            StoreError: OR-407, there is no such entry; OR-410, an actor would be merged into itself.
            TextError: OR-202, the verdict is not a word of the codebook, nobody decides, or a correction
                lacks its field or value.
            UsageError: OR-001, the words cannot be recorded, or there is no such field or value.
        """
        with translated(self.path), transaction(self._connection):
            return decisions.record_decision(
                self._connection, subject, verdict, by=by, field=field, after=after, note=note
            )

    def merge(self, actor: str, into: str, *, by: str, note: str | None = None) -> Decision:
        """Decides that two actors are one, shown as `into`. Raises as :meth:`decide` does."""
        return self.decide(actor, "corrected", by=by, field=MERGED_INTO, after=into, note=note)

    def split(
        self, actor: str, *, by: str, apart_from: str | None = None, note: str | None = None
    ) -> tuple[Decision, ...]:
        """Decides that an actor is not the same as another, or as any that it was joined with directly.

        Raises:
            StoreError: OR-407, there is no such actor.
            UsageError: OR-001, it is joined with nobody.
        """
        with translated(self.path), transaction(self._connection):
            return decisions.split_actor(self._connection, actor, apart_from, by=by, note=note)

    def rename(self, actor: str, name: str, *, by: str, note: str | None = None) -> Decision:
        """Decides under which name an actor is shown, with all that it is one with.

        Raises as :meth:`decide` does.
        """
        with translated(self.path):
            chosen = representative(self._connection, full_id(self._connection, "actor", actor))
        return self.decide(chosen, "corrected", by=by, field="name", after=name, note=note)

    def undo(self, decision_id: str, *, by: str, note: str | None = None) -> Decision:
        """Takes a decision back: what stood before it stands again. Both stay on record. Which one was it?

        Args:
            decision_id: Its id, or a unique beginning of it.
            by: Who takes it back.
            note: Why.

        Raises:
            StoreError: OR-407, there is no such decision.
            UsageError: OR-001, it was taken back before.
        """
        with translated(self.path), transaction(self._connection):
            return decisions.withdraw_decision(self._connection, decision_id, by=by, note=note)

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
            return read.document_by_id(self._connection, full_id(self._connection, "document", identifier))

    def entry(self, identifier: str) -> Entry:
        """The statement with this id, or a unique beginning of it, with all that is on record of it.

        Raises:
            StoreError: OR-407, there is none, or several.
        """
        with translated(self.path):
            return read.entry_by_id(self._connection, full_id(self._connection, "statement", identifier))

    def some(self, identifiers: Collection[str]) -> dict[str, Entry]:
        """The statements with these ids, whole ids, by them; those that the ledger does not have are left out."""
        with translated(self.path):
            return read.entries_by_id(self._connection, identifiers)

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

    def actors(self, name: str | None = None, *, limit: int | None = None, offset: int = 0) -> Iterator[ActorEntry]:
        """Who is on record? Those of whom most is come first; those that are one are shown once.

        Args:
            name: Words of a name: those of exactly this name or spelling, or else those that have all the
                words. None for everybody.
            limit: How many; None for all of them.
            offset: How many to leave out before.

        Raises:
            UsageError: OR-001, there is no word in `name`.
        """
        with translated(self.path):
            yield from actors.actor_entries(self._connection, name, limit=limit, offset=offset)

    def actor(self, identifier: str) -> ActorEntry:
        """The actor with this id, or a unique beginning of it; or the one that stands for it.

        Raises:
            StoreError: OR-407, there is none, or several.
        """
        with translated(self.path):
            return actors.actor_entry(self._connection, full_id(self._connection, "actor", identifier))

    def months(self, identifier: str) -> dict[str, int]:
        """How many statements of the current record, not rejected, are this actor's, by month of publication?

        In order: ``2026-03``; ``2026`` where no more is known, an empty text where nothing is.

        Raises:
            StoreError: OR-407, there is no such actor, or several.
        """
        with translated(self.path):
            actor = full_id(self._connection, "actor", identifier)
            return counting.months_of(self._connection, representative(self._connection, actor))

    def statements_of(
        self,
        identifier: str,
        *,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        act: Act | None = None,
    ) -> Iterator[Entry]:
        """What did this actor say, by date of publication? All of it; rejected statements are left out.

        Args:
            identifier: The actor's id or a unique beginning; of those that are one, any.
            outlet: An outlet's name, or a part of it.
            since: Earliest publication, as for :meth:`search`.
            until: Latest publication, likewise.
            act: What is done by saying it.

        Raises:
            StoreError: OR-407, there is none, or several.
            UsageError: OR-001, a filter makes no sense.
        """
        asked = Asked(query="", outlet=outlet, since=since, until=until, act=act)
        chosen = self.actor(identifier).actor.id
        with translated(self.path):
            numbers = speaking.statements_of(self._connection, chosen, asked)
        for start in range(0, len(numbers), _AT_ONCE):
            with translated(self.path):
                some = speaking.still_of(self._connection, chosen, numbers[start : start + _AT_ONCE], act)
                found = read.entries_by_number(self._connection, some)
            yield from found

    def open_sources(self) -> tuple[OpenSource, ...]:
        """Why are sources not resolved, and of how many statements is that said? The most frequent reasons first."""
        with translated(self.path):
            return tuple(actors.open_sources(self._connection))

    def actor_links(self, identifier: str | None = None) -> tuple[ActorLink, ...]:
        """What does a machine propose of who is one with whom, for one actor or all?

        Raises:
            StoreError: OR-407, there is no such actor, or several.
        """
        with translated(self.path):
            actor = None if identifier is None else full_id(self._connection, "actor", identifier)
            return tuple(links.actor_links(self._connection, actor))

    def links(
        self, statement_id: str | None = None, kind: LinkKind | None = None, *, rejected: bool = False, after: int = 0
    ) -> Iterator[LinkEntry]:
        """How do statements of the current record stand to each other, in the order in which that was found?

        Args:
            statement_id: A statement, or a unique beginning of its id, that is one of the ends; None for all.
            kind: The kind of link, as corrected; None for all.
            rejected: Whether to include links that a person rejected.
            after: The number of a link: only those found after it.

        Raises:
            StoreError: OR-407, there is no such statement, or several.
        """
        with translated(self.path):
            end = None if statement_id is None else full_id(self._connection, "statement", statement_id)
            kinds = None if kind is None else (kind,)
            yield from links.current_links(
                self._connection, statement_id=end, kinds=kinds, rejected=rejected, after=after
            )

    def link(self, identifier: str) -> LinkEntry:
        """The link with this id, or a unique beginning of it, if it is in the current record.

        Raises:
            StoreError: OR-407, there is none, or several.
        """
        with translated(self.path):
            return links.link_by_id(self._connection, full_id(self._connection, "link", identifier))

    @property
    def linking(self) -> Linking:
        """What was linked so far, what remains to be linked, and which documents print others again."""
        return Linking(self.path, self._connection, run_method=self._method_of)

    @property
    def issues(self) -> Issues:
        """The questions on which actors take positions, and the statements that bear on them."""
        return Issues(self.path, self._connection, run_method=self._method_of)

    @property
    def reviewing(self) -> Reviewing:
        """How sure the machines were of each statement, and what each reviewer said of it."""
        return Reviewing(self.path, self._connection)

    def subject(self, identifier: str) -> tuple[Subject, str]:
        """What is this the id of, or a unique beginning of it: a statement, document, actor or link; and the whole id.

        Raises:
            StoreError: OR-407, there is no such entry, or several.
        """
        with translated(self.path):
            return subject_of(self._connection, identifier)

    def decisions(self, subject: str | None = None, *, standing: bool = False) -> tuple[Decision, ...]:
        """Every decision about `subject` (an id), or about anything, in the order in which they were made.

        Args:
            subject: The id of what they are about.
            standing: Whether to leave out those that were superseded or taken back.
        """
        with translated(self.path):
            return decisions.all_decisions(self._connection, subject, standing=standing)

    def withdrawals(self) -> Mapping[str, Withdrawal]:
        """Which decisions were taken back? By the id of the decision."""
        with translated(self.path):
            return decisions.withdrawals(self._connection)

    def search(
        self,
        query: str,
        *,
        source: str | None = None,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        kind: Kind | None = None,
        actor: str | None = None,
        act: Act | None = None,
        newest: bool = False,
        divided: int = 0,
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
            actor: Who said it: an actor's id, or a name as for :meth:`actors`.
            act: What is done by saying it.
            newest: Whether what was published last comes first, also where words are looked for.
            divided: Of how many of the first hits to say how they divide, by outlet and the like; 0 for none.
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
            actor=actor,
            act=act,
            newest=newest,
            divided=divided,
            limit=limit,
            offset=offset,
        )
        with translated(self.path):
            return search_statements(self._connection, asked)

    def manner(self, actor: str, *, most: int) -> Manner:
        """What does this actor, by its id, do by speaking, and who passes it on? Of its newest statements."""
        with translated(self.path):
            return manner_of(self._connection, Asked(query="", actor=actor, limit=most))

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
