"""Writing one reading: the document, that it was read, and every statement found, or nothing at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from onrecord.errors import StoreError, TextError
from onrecord.record.document import Document
from onrecord.record.reading import Reading
from onrecord.record.span import Span
from onrecord.record.statement import Statement
from onrecord.store.actors import write_actors
from onrecord.store.counting import add, recounted, said_in
from onrecord.store.issues import write_issues
from onrecord.store.judged import judged_in, write_judged
from onrecord.store.nouns import joined
from onrecord.store.rows import DOCUMENT_COLUMNS, document_of, document_row
from onrecord.store.values import Row, spans_text, storable
from onrecord.store.words import facets, segmented

_INSERT_DOCUMENT = (
    f"INSERT INTO document ({', '.join(DOCUMENT_COLUMNS)}) VALUES ({', '.join('?' * len(DOCUMENT_COLUMNS))})"
)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing, whatever stops us. Waits for other writers first."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite itself rolls back when the disk is full
            connection.execute("ROLLBACK")
        raise


def check(reading: Reading) -> None:
    """Does the reading hold together, so that everything in it reads back?

    Raises:
        TextError: OR-201, a span ends outside the text, a statement is of another document, comes twice, or
            lies within one that is not in the reading; OR-202, an actor, issue or statement is named that the
            reading does not hold, something is said twice, or an id cannot be written.
    """
    doc = reading.document
    ids = {stmt.id for stmt in reading.statements}
    if len(ids) != len(reading.statements):
        raise TextError("OR-201", f"document {doc.id}: a statement comes twice in one reading")
    length = len(doc.text)
    for stmt in reading.statements:
        if stmt.document_id != doc.id:
            raise TextError("OR-201", f"statement {stmt.id} is of document {stmt.document_id}, not of {doc.id}")
        if stmt.within is not None and (stmt.within not in ids or stmt.within == stmt.id):
            raise TextError("OR-201", f"statement {stmt.id} lies within {stmt.within}, which is not in its reading")
        _check_spans((*stmt.content, *stmt.cue, *stmt.source), stmt.id, length)
    _check_judged(reading, ids, length)


def _check_spans(spans: Iterable[Span], statement_id: str, length: int) -> None:
    for span in spans:
        if span.end > length:
            raise TextError(
                "OR-201", f"statement {statement_id}: span [{span.start}, {span.end}) ends outside the text"
            )


def _check_judged(reading: Reading, ids: set[str], length: int) -> None:
    """Is what the reading says of its statements about them, once each, and about actors and issues it holds?"""
    actors = _once([actor.id for actor in reading.actors], "an actor")
    issues = _once([issue.id for issue in reading.issues], "an issue")
    for what, said in (
        ("an attribution", reading.attributions),
        ("a chain", reading.chains),
        ("a setting", reading.settings),
        ("a position", reading.positions),
    ):
        for identifier in _once([each.statement_id for each in said], f"{what} of a statement") - ids:
            raise TextError("OR-202", f"{what} is of statement {identifier}, which is not in the reading")
    for identifier in (*ids, *actors, *issues):
        if identifier != storable(identifier):
            raise TextError("OR-202", f"the id {identifier!r} holds NUL or half of a surrogate pair")
    for identifier, judged in judged_in(reading).items():
        _check_spans(judged.spans, identifier, length)
        for actor in judged.actor_ids:
            if actor not in actors:
                raise TextError(
                    "OR-202", f"statement {identifier} names actor {actor}, which the reading does not hold"
                )
        issue = judged.position.issue_id if judged.position is not None else None
        if issue is not None and issue not in issues:
            raise TextError("OR-202", f"statement {identifier} names issue {issue}, which the reading does not hold")


def _once(ids: Sequence[str], what: str) -> set[str]:
    unique = set(ids)
    if len(unique) != len(ids):
        raise TextError("OR-202", f"{what} comes twice in one reading")
    return unique


def write_reading(connection: sqlite3.Connection, run_id: str, method_id: str, reading: Reading) -> bool:
    """Records the reading. Was it new? Call it inside :func:`transaction`.

    Raises:
        StoreError: OR-409, an id is already there for something else.
    """
    doc = reading.document
    known = connection.execute(
        "SELECT 1 FROM reading WHERE document_id = ? AND method_id = ?", (doc.id, method_id)
    ).fetchone()
    if known:
        return False
    new = _write_document(connection, doc)
    if new:
        _write_found(connection, run_id, method_id, reading, new=True)
        add(connection, said_in(reading))
    else:
        # What the document's latest reading said until now is not said any more, unless a person kept it.
        with recounted(connection, {*_known(connection, doc.id), *(stmt.id for stmt in reading.statements)}):
            _write_found(connection, run_id, method_id, reading, new=False)
    return True


def _write_found(connection: sqlite3.Connection, run_id: str, method_id: str, reading: Reading, *, new: bool) -> None:
    doc = reading.document
    made = connection.execute(
        "INSERT INTO reading (document_id, run_id, method_id, n_statements) VALUES (?, ?, ?, ?)",
        (doc.id, run_id, method_id, len(reading.statements)),
    )
    _write_statements(connection, reading, new_document=new)
    connection.executemany(
        "INSERT INTO observation (reading_id, statement_id, ordinal, kind, score, within) VALUES (?, ?, ?, ?, ?, ?)",
        (
            (made.lastrowid, stmt.id, ordinal, stmt.kind, float(stmt.score), stmt.within)
            for ordinal, stmt in enumerate(reading.statements)
        ),
    )
    assert made.lastrowid is not None
    write_actors(connection, made.lastrowid, reading.actors)
    write_issues(connection, made.lastrowid, reading.issues)
    write_judged(connection, made.lastrowid, reading)


def _write_document(connection: sqlite3.Connection, doc: Document) -> bool:
    row = document_row(doc)
    kept = connection.execute(f"SELECT {', '.join(DOCUMENT_COLUMNS)} FROM document WHERE id = ?", (doc.id,)).fetchone()
    if kept is not None:
        if document_of(kept).text != doc.text:
            raise StoreError("OR-409", f"two documents with different texts have the id {doc.id}")
        return False
    made = connection.execute(_INSERT_DOCUMENT, row)
    connection.execute(
        "INSERT INTO document_fts (rowid, title, text) VALUES (?, ?, ?)",
        (made.lastrowid, segmented(doc.title or ""), segmented(doc.text)),
    )
    return True


def _write_statements(connection: sqlite3.Connection, reading: Reading, *, new_document: bool) -> None:
    """The statements that no earlier reading found."""
    known = {} if new_document else _known(connection, reading.document.id)
    text, narrow = reading.document.text, facets(reading.document)
    number = int(connection.execute("SELECT coalesce(max(n), 0) FROM statement").fetchone()[0])
    rows: list[Row] = []
    words: list[Row] = []
    for stmt in reading.statements:
        spans = _spans(stmt)
        if stmt.id in known:
            if known[stmt.id] != spans:
                raise StoreError("OR-409", f"two statements with different spans have the id {stmt.id}")
            continue
        number += 1
        rows.append((number, stmt.id, stmt.document_id, *spans))
        words.append((number, segmented(joined(stmt.content, text)), segmented(joined(stmt.source, text)), narrow))
    try:
        connection.executemany(
            "INSERT INTO statement (n, id, document_id, content, cue, source) VALUES (?, ?, ?, ?, ?, ?)", rows
        )
    except sqlite3.IntegrityError as error:
        raise StoreError("OR-409", f"a statement of {reading.document.id} has the id of another one") from error
    connection.executemany("INSERT INTO statement_fts (rowid, content, source, facets) VALUES (?, ?, ?, ?)", words)


def _known(connection: sqlite3.Connection, document_id: str) -> dict[str, tuple[str, str, str]]:
    rows = connection.execute("SELECT id, content, cue, source FROM statement WHERE document_id = ?", (document_id,))
    return {identifier: (content, cue, source) for identifier, content, cue, source in rows}


def _spans(stmt: Statement) -> tuple[str, str, str]:
    return spans_text(stmt.content), spans_text(stmt.cue), spans_text(stmt.source)
