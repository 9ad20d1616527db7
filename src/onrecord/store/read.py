"""Reading the current record: entries, whole documents, counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import cast

from onrecord.errors import StoreError
from onrecord.record.document import Document
from onrecord.store.decisions import standing_decision
from onrecord.store.nouns import Entries, Entry, LedgerCounts
from onrecord.store.rows import DOCUMENT_COLUMNS, STATEMENT_COLUMNS, document_of, statement_of

_DOCUMENT = f"SELECT {', '.join(DOCUMENT_COLUMNS)} FROM document"
_STATEMENT = ", ".join(
    f"s.{name}" if name in ("content", "cue", "source") else f"o.{name}" for name in STATEMENT_COLUMNS
)
_ENTRY = f"""
    SELECT {_STATEMENT}, r.run_id, r.method_id, o.in_latest_reading, o.verdict
    FROM {{view}} AS o
    JOIN statement AS s ON s.n = o.n
    JOIN reading AS r ON r.id = o.reading_id"""


def full_id(connection: sqlite3.Connection, table: str, beginning: str) -> str:
    """Which entry of `table` has an id that begins so?

    Raises:
        StoreError: OR-407, none, or several.
    """
    rows = connection.execute(
        f"SELECT id FROM {table} WHERE id >= ?1 AND id < ?1 || char(1114111) ORDER BY id LIMIT 2",
        (beginning.encode("utf-8", "replace").decode("utf-8").partition("\0")[0],),
    ).fetchall()
    if beginning and len(rows) == 1:
        return cast(str, rows[0][0])
    if not beginning or not rows:
        raise StoreError("OR-407", f"the ledger has no {table} {beginning!r}")
    raise StoreError(
        "OR-407", f"several {table}s have an id that begins with {beginning!r}", hint="Give more of the id."
    )


def document_by_id(connection: sqlite3.Connection, identifier: str) -> Document:
    """The document with exactly this id."""
    return document_of(connection.execute(f"{_DOCUMENT} WHERE id = ?", (identifier,)).fetchone())


def document_by_number(connection: sqlite3.Connection, number: int) -> Document:
    """The document with this number in the order of arrival."""
    return document_of(connection.execute(f"{_DOCUMENT} WHERE n = ?", (number,)).fetchone())


def each_document(connection: sqlite3.Connection) -> Iterator[Document]:
    """All documents in the order of arrival; those that arrive meanwhile come too."""
    number = 0
    # One at a time, by number: a query left open would keep the write-ahead log from being cleared.
    while True:
        row = connection.execute(
            f"SELECT n, {', '.join(DOCUMENT_COLUMNS)} FROM document WHERE n > ? ORDER BY n LIMIT 1", (number,)
        ).fetchone()
        if row is None:
            return
        number = row[0]
        yield document_of(row[1:])


def entries_of(connection: sqlite3.Connection, doc: Document) -> Entries:
    """The current record of one document."""
    rows = connection.execute(
        f"{_ENTRY.format(view='current_observation')} WHERE o.document_id = ? "
        "ORDER BY o.in_latest_reading DESC, o.reading_id DESC, o.ordinal",
        (doc.id,),
    ).fetchall()
    return Entries(document=doc, entries=tuple(_entry(connection, doc, row) for row in rows))


def entry_by_id(connection: sqlite3.Connection, identifier: str) -> Entry:
    """The entry of the statement with exactly this id, also if the latest reading did not find it."""
    row = connection.execute(f"{_ENTRY.format(view='last_observation')} WHERE s.id = ?", (identifier,)).fetchone()
    return _entry(connection, document_by_id(connection, row[1]), row)


def entries_by_number(connection: sqlite3.Connection, numbers: list[int]) -> list[Entry]:
    """The entries of these statements, in the order given."""
    docs: dict[str, Document] = {}
    entries = []
    for number in numbers:
        row = connection.execute(f"{_ENTRY.format(view='last_observation')} WHERE s.n = ?", (number,)).fetchone()
        identifier = row[1]
        if identifier not in docs:
            docs[identifier] = document_by_id(connection, identifier)
        entries.append(_entry(connection, docs[identifier], row))
    return entries


def _entry(connection: sqlite3.Connection, doc: Document, row: tuple[str | int | float | None, ...]) -> Entry:
    stmt = statement_of(row[: len(STATEMENT_COLUMNS)])
    run_id, method_id, in_latest_reading, verdict = row[len(STATEMENT_COLUMNS) :]
    return Entry(
        document=doc,
        statement=stmt,
        run_id=cast(str, run_id),
        method_id=cast(str, method_id),
        in_latest_reading=bool(in_latest_reading),
        decision=standing_decision(connection, stmt.id, None) if verdict is not None else None,
    )


def counts(connection: sqlite3.Connection) -> LedgerCounts:
    """How much is there?"""

    def count(query: str) -> int:
        return int(connection.execute(query).fetchone()[0])

    latest = count(
        "SELECT coalesce(sum(n_statements), 0) FROM reading AS r "
        "WHERE r.id = (SELECT max(l.id) FROM reading AS l WHERE l.document_id = r.document_id)"
    )
    # Only decided statements can be in the current record without being in the latest reading: count those
    # one by one.
    decided = (
        "current_observation AS o JOIN (SELECT DISTINCT subject FROM current_decision) AS c "
        "ON c.subject = o.statement_id"
    )
    return LedgerCounts(
        documents=count("SELECT count(*) FROM document"),
        statements=latest + count(f"SELECT count(*) FROM {decided} WHERE NOT o.in_latest_reading"),
        rejected=count(f"SELECT count(*) FROM {decided} WHERE o.verdict = 'rejected'"),
        observed=count("SELECT count(*) FROM statement"),
        readings=count("SELECT count(*) FROM reading"),
        runs=count("SELECT count(*) FROM run"),
        decisions=count("SELECT count(*) FROM decision"),
    )
