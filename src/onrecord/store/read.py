"""Reading the current record: entries, whole documents, counts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import cast

from onrecord.record.actor import Actor
from onrecord.record.document import Document
from onrecord.record.issue import Issue
from onrecord.store.actors import actors_by_reading, actors_of
from onrecord.store.decisions import standing_decision
from onrecord.store.issues import issues_of
from onrecord.store.judged import NOTHING, Judged, judged_among, judged_of
from onrecord.store.nouns import Entries, Entry, LedgerCounts
from onrecord.store.rows import DOCUMENT_COLUMNS, STATEMENT_COLUMNS, document_of, statement_of

_DOCUMENT = f"SELECT {', '.join(DOCUMENT_COLUMNS)} FROM document"
_STATEMENT = ", ".join(
    f"s.{name}" if name in ("content", "cue", "source") else f"o.{name}" for name in STATEMENT_COLUMNS
)
_READING = len(STATEMENT_COLUMNS)
_COLUMNS = f"{_STATEMENT}, r.id, r.run_id, r.method_id, o.in_latest_reading, o.verdict"
_ENTRY = f"""
    SELECT {_COLUMNS} FROM {{view}} AS o
    JOIN decided_spans AS s ON s.n = o.n JOIN reading AS r ON r.id = o.reading_id"""
_ENTRIES = f"""
    SELECT {_COLUMNS} FROM json_each(?) AS j CROSS JOIN last_observation AS o ON o.n = j.value
    CROSS JOIN decided_spans AS s ON s.n = o.n CROSS JOIN reading AS r ON r.id = o.reading_id"""


def document_by_id(connection: sqlite3.Connection, identifier: str) -> Document:
    """The document with exactly this id."""
    return document_of(connection.execute(f"{_DOCUMENT} WHERE id = ?", (identifier,)).fetchone())


def documents_by_number(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[Document]:
    """The documents with these numbers in the order of arrival, in the order given."""
    rows = connection.execute(
        f"SELECT {', '.join(f'd.{name}' for name in DOCUMENT_COLUMNS)} "
        "FROM json_each(?) AS j CROSS JOIN document AS d ON d.n = j.value ORDER BY j.key",
        (json.dumps(numbers),),
    )
    return [document_of(row) for row in rows]


def documents_by_id(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, Document]:
    """The documents with exactly these ids."""
    rows = connection.execute(f"{_DOCUMENT} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),))
    return {doc.id: doc for doc in map(document_of, rows)}


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
    latest = cast(int, connection.execute("SELECT max(id) FROM reading WHERE document_id = ?", (doc.id,)).fetchone()[0])
    judged = {
        (reading, identifier): found
        for reading in {row[_READING] for row in rows}
        for identifier, found in judged_of(connection, reading).items()
    }
    chosen = [judged.get((row[_READING], row[0]), NOTHING) for row in rows]
    named = dict.fromkeys(actor for each in chosen for actor in each.actor_ids)
    actors = actors_of(connection, latest, named, listed=True)
    issues = issues_of(connection, latest, dict.fromkeys(issue for each in chosen for issue in _issue_ids(each)))
    who = {actor.id: actor for actor in actors}
    what = {issue.id: issue for issue in issues}
    entries = tuple(_entry(connection, doc, row, each, who, what) for row, each in zip(rows, chosen, strict=True))
    return Entries(document=doc, entries=entries, actors=actors, issues=issues)


def entry_by_id(connection: sqlite3.Connection, identifier: str) -> Entry:
    """The entry of the statement with exactly this id, also if the latest reading did not find it."""
    row = connection.execute(f"{_ENTRY.format(view='last_observation')} WHERE s.id = ?", (identifier,)).fetchone()
    (entry,) = _entries(connection, [row])
    return entry


def entries_by_number(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[Entry]:
    """The entries of these statements, in the order given."""
    rows = connection.execute(f"{_ENTRIES} ORDER BY j.key", (json.dumps(numbers),)).fetchall()
    return _entries(connection, rows)


def entries_by_id(connection: sqlite3.Connection, identifiers: Collection[str]) -> dict[str, Entry]:
    """The entries of the statements with exactly these ids."""
    rows = connection.execute(
        "SELECT s.n FROM json_each(?) AS j CROSS JOIN statement AS s ON s.id = j.value",
        (json.dumps(list(identifiers)),),
    )
    return {entry.statement.id: entry for entry in entries_by_number(connection, [number for (number,) in rows])}


def _issue_ids(judged: Judged) -> tuple[str, ...]:
    issue = judged.position.issue_id if judged.position is not None else None
    return () if issue is None else (issue,)


def _entries(connection: sqlite3.Connection, rows: Sequence[tuple[str | int | float | None, ...]]) -> list[Entry]:
    """The entries of statements of several documents, asked for together: each question to the ledger once."""
    keys = [(cast(int, row[_READING]), cast(str, row[0])) for row in rows]
    docs = documents_by_id(connection, {cast(str, row[1]) for row in rows})
    judged = judged_among(connection, dict.fromkeys(keys))
    named: dict[int, dict[str, None]] = {}
    for reading, identifier in keys:
        named.setdefault(reading, {}).update(dict.fromkeys(judged.get(identifier, NOTHING).actor_ids))
    actors = actors_by_reading(connection, named)
    about = {issue for identifier in judged for issue in _issue_ids(judged[identifier])}
    issues = {issue.id: issue for issue in issues_of(connection, None, about)}
    return [
        _entry(connection, docs[cast(str, row[1])], row, judged.get(identifier, NOTHING), actors[reading], issues)
        for row, (reading, identifier) in zip(rows, keys, strict=True)
    ]


def _entry(
    connection: sqlite3.Connection,
    doc: Document,
    row: tuple[str | int | float | None, ...],
    judged: Judged,
    actors: Mapping[str, Actor],
    issues: Mapping[str, Issue],
) -> Entry:
    stmt = statement_of(row[:_READING])
    _reading, run_id, method_id, in_latest_reading, verdict = row[_READING:]
    return Entry(
        document=doc,
        statement=stmt,
        attribution=judged.attribution,
        chain=judged.chain,
        setting=judged.setting,
        position=judged.position,
        actors=tuple(actors[identifier] for identifier in judged.actor_ids),
        issue=next((issues[identifier] for identifier in _issue_ids(judged)), None),
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
