"""A ledger of an older schema opens, keeps what it holds, and takes what is new."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from accounts import account, somebody
from ledgers import FIRST, SECOND, said
from onrecord.errors import StoreError
from onrecord.record import Reading
from onrecord.store import Ledger
from onrecord.store.connection import APPLICATION_ID, migrations
from onrecord.store.nouns import joined
from onrecord.store.rows import DOCUMENT_COLUMNS, document_row, method_text
from onrecord.store.values import spans_text
from onrecord.store.words import facets

OLD = (said("Ann", "it works", outlet="UNN", published="2026-03-04"), said("Bob", "it does not"))


def first_version(path: Path, readings: tuple[Reading, ...]) -> None:
    """Writes a ledger with the schema of version 1 alone, in its own words."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(migrations()[0][1])
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 1")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(
        "INSERT INTO run VALUES ('r1', ?, ?, '2026-01-01', NULL, '[]', ?)",
        (FIRST.id, method_text(FIRST), '{"kept": 0, "skipped": {}, "failed": {}, "statements": 0, "words": 0}'),
    )
    for number, reading in enumerate(readings, start=1):
        doc, (stmt,) = reading.document, reading.statements
        places = ", ".join("?" * len(DOCUMENT_COLUMNS))
        connection.execute(f"INSERT INTO document ({', '.join(DOCUMENT_COLUMNS)}) VALUES ({places})", document_row(doc))
        connection.execute("INSERT INTO document_fts (rowid, title, text) VALUES (?, '', ?)", (number, doc.text))
        connection.execute("INSERT INTO reading VALUES (?, ?, 'r1', ?, 1)", (number, doc.id, FIRST.id))
        spans = tuple(map(spans_text, (stmt.content, stmt.cue, stmt.source)))
        connection.execute("INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?)", (number, stmt.id, doc.id, *spans))
        connection.execute(
            "INSERT INTO observation VALUES (?, ?, 0, ?, ?, NULL)", (number, stmt.id, stmt.kind, stmt.score)
        )
        words = (joined(stmt.content, doc.text), joined(stmt.source, doc.text), facets(doc))
        connection.execute(
            "INSERT INTO statement_fts (rowid, content, source, facets) VALUES (?, ?, ?, ?)", (number, *words)
        )
    stmt = readings[0].statements[0]
    connection.execute(
        "INSERT INTO decision (id, subject, field, before, after, verdict, by, at) "
        "VALUES ('x1', ?, 'kind', '\"indirect\"', '\"mixed\"', 'corrected', 'eva', '2026-01-02')",
        (stmt.id,),
    )
    connection.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "old.ledger"
    first_version(place, OLD)
    return place


def test_an_old_ledger_keeps_all_it_holds(path: Path) -> None:
    with Ledger.open(path) as ledger:
        first, second = ledger.readings()
        assert first.statements[0].kind == "mixed"
        assert second == OLD[1]
        assert len(ledger.search("works", outlet="unn").hits) == 1
        assert [run.method for run in ledger.runs()] == [FIRST]
        assert list(ledger.actors()) == list(ledger.links()) == []
        ledger.undo("x1", by="eva")
        assert list(ledger.readings()) == list(OLD)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (migrations()[-1][0],)
    connection.close()


def test_an_old_ledger_takes_what_is_new(path: Path) -> None:
    more = account(somebody("Ann"), "it works", outlet="UNN")
    assert more.document.id == OLD[0].document.id
    with Ledger.open(path) as ledger:
        assert not ledger.add(ledger.start_run(FIRST).id, more)
        assert ledger.add(ledger.start_run(SECOND).id, more)
        assert ledger.entry(more.statements[0].id).actor == somebody("Ann")
        assert ledger.entry(more.statements[0].id).statement.kind == "mixed"


def test_an_old_and_a_new_ledger_have_the_same_schema(path: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.ledger"
    Ledger.open(path).close()
    Ledger.open(new, create=True).close()
    found = []
    for place in (path, new):
        connection = sqlite3.connect(place)
        found.append(connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall())
        connection.close()
    assert found[0] == found[1]


def test_an_old_ledger_is_not_changed_by_reading(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(StoreError) as caught:
        Ledger.open(path, readonly=True)
    assert caught.value.code == "OR-403"
    assert path.read_bytes() == before


def test_a_migration_that_fails_leaves_the_old_ledger(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = migrations()
    broken = [steps[0], (2, steps[1][1] + "\nCREATE TABLE actor (again TEXT);\n")]
    monkeypatch.setattr("onrecord.store.connection.migrations", lambda: broken)
    with pytest.raises(sqlite3.OperationalError):
        Ledger.open(path)
    monkeypatch.undo()
    with Ledger.open(path) as ledger:
        assert len(list(ledger.readings())) == 2
