"""What goes into a ledger comes out of it, exactly and once."""

from __future__ import annotations

import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import account, somebody
from ledgers import FIRST, SECOND, a_document, a_statement, said
from onrecord.errors import StoreError, TextError
from onrecord.record import (
    Actor,
    ActorLink,
    Anonymity,
    Attribution,
    Chain,
    Condition,
    Counts,
    Hop,
    Issue,
    Link,
    Position,
    Reading,
    Setting,
    Span,
    Statement,
)
from onrecord.store import Ledger
from onrecord.store.nouns import joined
from onrecord.store.values import storable
from onrecord.store.words import segmented
from strategies import readings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.ledger"


def indexed(connection: sqlite3.Connection, table: str) -> set[tuple[str, int, str, int]]:
    """Every word of a full-text index: (word, row, column, place in the column)."""
    connection.execute(f"CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, {table}, instance)")
    words = set(connection.execute('SELECT term, doc, col, "offset" FROM temp.words'))
    connection.execute("DROP TABLE temp.words")
    return words


@given(st.lists(readings(), max_size=3, unique_by=lambda r: r.document.id))
def test_every_reading_comes_back_as_it_went_in(some: list[Reading]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "a.ledger"
        with Ledger.open(place, create=True) as ledger:
            run = ledger.start_run(FIRST)
            assert [ledger.add(run.id, reading) for reading in some] == [True] * len(some)
            assert [ledger.add(run.id, reading) for reading in some] == [False] * len(some)
        with Ledger.open(place, readonly=True) as ledger:
            assert list(ledger.readings()) == some
            assert list(ledger.documents()) == [reading.document for reading in some]
            for reading in some:
                assert ledger.document(reading.document.id) == reading.document
                assert ledger.has(reading.document.id, FIRST.id)
                assert not ledger.has(reading.document.id, SECOND.id)
                for stmt in reading.statements:
                    assert ledger.statement(stmt.id) == stmt


@given(readings(judged=False))
def test_sql_reads_the_same_words_at_the_same_offsets(reading: Reading) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "a.ledger"
        with Ledger.open(place, create=True) as ledger:
            ledger.add(ledger.start_run(FIRST).id, reading)
        text = reading.document.text
        other = sqlite3.connect(place)
        try:
            rows = other.execute("SELECT statement_id, content, cue, source, outlet FROM current_statement")
            expected = {
                (
                    s.id,
                    storable(joined(s.content, text)),
                    storable(joined(s.cue, text)) or None,
                    storable(joined(s.source, text)) or None,
                    None if reading.document.outlet is None else storable(reading.document.outlet),
                )
                for s in reading.statements
            }
            assert set(rows) == expected
            spans = other.execute('SELECT statement_id, role, ordinal, start, "end", text FROM statement_span')
            assert set(spans) == {
                (s.id, role, i, span.start, span.end, storable(span.of(text)))
                for s in reading.statements
                for role, group in (("content", s.content), ("cue", s.cue), ("source", s.source))
                for i, span in enumerate(group)
            }
        finally:
            other.close()


def test_text_that_sql_cannot_hold_keeps_its_offsets_and_comes_back(path: Path) -> None:
    doc = a_document("\x00\ud83d\ude00 Ann said\udfff that it\x00works.", title="\ud800", outlet="\x00")
    reading = Reading(document=doc, statements=(a_statement(doc, "it\x00works", source="Ann", cue="said"),))
    with Ledger.open(path, create=True) as ledger:
        ledger.add(ledger.start_run(FIRST).id, reading)
        assert list(ledger.readings()) == [reading]
        assert len(ledger.document(doc.id).text) == len(doc.text)
        hit = ledger.search("works").hits[0]
        assert [mark.of(doc.text) for mark in hit.marks] == ["works"]
    other = sqlite3.connect(path)
    text, words = other.execute("SELECT d.text, c.content FROM document AS d, current_statement AS c").fetchone()
    other.close()
    assert text == "���� Ann said� that it�works.".replace("����", "���", 1)
    assert words == "it�works"


@given(st.lists(readings(judged=False), max_size=3, unique_by=lambda r: r.document.id))
def test_the_index_says_what_the_texts_say(some: list[Reading]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "a.ledger"
        with Ledger.open(place, create=True) as ledger:
            run = ledger.start_run(FIRST)
            for reading in some:
                ledger.add(run.id, reading)
        other = sqlite3.connect(place)
        try:
            for table, view, columns in (
                ("statement_fts", "statement_words", "n, content, source, facets"),
                ("document_fts", "document", "n, title, text"),
            ):
                rows = other.execute(f"SELECT {columns} FROM {view}").fetchall()
                fresh = sqlite3.connect(":memory:")
                names = columns.removeprefix("n, ")
                fresh.execute(
                    f"CREATE VIRTUAL TABLE f USING fts5 ({names}, tokenize = 'unicode61 remove_diacritics 2')"
                )
                marks = ", ".join("?" * len(columns.split(", ")))
                fresh.executemany(
                    f"INSERT INTO f (rowid, {names}) VALUES ({marks})",
                    [(n, *(segmented(text or "") for text in texts)) for n, *texts in rows],
                )
                assert indexed(other, table) == indexed(fresh, "f")
                fresh.close()
        finally:
            other.close()


def test_a_document_read_by_two_methods_has_the_later_reading(path: Path) -> None:
    doc = a_document("Ann said that it works. Bob said that it does not.")
    ann = a_statement(doc, "it works", source="Ann", cue="said", kind="mixed", score=0.5)
    again = a_statement(doc, "it works", source="Ann", cue="said", kind="direct", score=0.7)
    bob = a_statement(doc, "it does not", source="Bob")
    with Ledger.open(path, create=True) as ledger:
        first, second = ledger.start_run(FIRST), ledger.start_run(SECOND)
        ledger.add(first.id, Reading(document=doc, statements=(ann, bob)))
        assert ledger.add(second.id, Reading(document=doc, statements=(again,)))
        assert list(ledger.readings()) == [Reading(document=doc, statements=(again,))]
        assert [hit.entry.statement for hit in ledger.search("it").hits] == [again]
        assert ledger.entry(bob.id).in_latest_reading is False
        assert ledger.entry(ann.id).method_id == SECOND.id
        counts = ledger.counts()
        assert (counts.documents, counts.readings, counts.statements, counts.observed) == (1, 2, 1, 2)


def test_counts_and_runs(path: Path) -> None:
    with Ledger.open(path, create=True) as ledger:
        run = ledger.start_run(FIRST, cpu=("avx2",))
        assert ledger.run(run.id) == run
        assert run.finished is None
        ledger.add(run.id, said("Ann", "it works"))
        counts = Counts(kept=1, skipped={"same document twice": 2}, failed={"OR-103": 1}, statements=1, words=5)
        finished = ledger.finish_run(run.id, counts)
        assert finished.counts == counts
        assert finished.finished is not None
        other = ledger.start_run(FIRST)
        assert [r.id for r in ledger.runs()] == [run.id, other.id]
        assert ledger.counts().statements == 1
        with pytest.raises(StoreError) as caught:
            ledger.finish_run("r0", counts)
        assert caught.value.code == "OR-407"
        with pytest.raises(StoreError) as caught:
            ledger.add("r0", said("Ann", "it works"))
        assert caught.value.code == "OR-407"


def test_ids_may_be_given_by_a_unique_beginning(path: Path) -> None:
    some = [said("Ann", f"it works {n}") for n in range(40)]
    with Ledger.open(path, create=True) as ledger:
        run = ledger.start_run(FIRST)
        for reading in some:
            ledger.add(run.id, reading)
        stmt, doc = some[7].statements[0], some[7].document
        assert ledger.statement(stmt.id[:10]) == stmt
        assert ledger.document(doc.id[:10]) == doc
        assert ledger.entries(doc.id[:10]).reading() == some[7]
        for wrong in ("s", "", "sx", "d", "s%", "'", "\x00", "\ud800", stmt.id + "0"):
            with pytest.raises(StoreError) as caught:
                ledger.statement(wrong)
            assert caught.value.code == "OR-407"


@pytest.mark.parametrize(
    "broken",
    [
        lambda doc, s: (s, s),
        lambda doc, s: (a_statement(a_document("other"), "other"),),
        lambda doc, s: (replaced(s, content=(Span(0, len(doc.text) + 1),)),),
        lambda doc, s: (replaced(s, within="s0"),),
        lambda doc, s: (replaced(s, within=s.id),),
    ],
    ids=["twice", "of another document", "outside the text", "within nothing", "within itself"],
)
def test_a_reading_that_does_not_hold_together_is_not_recorded(path: Path, broken) -> None:  # type: ignore[no-untyped-def]
    reading = said("Ann", "it works")
    stmts = broken(reading.document, reading.statements[0])
    with Ledger.open(path, create=True) as ledger:
        run = ledger.start_run(FIRST)
        with pytest.raises(TextError):
            ledger.add(run.id, Reading(document=reading.document, statements=stmts))
        assert ledger.counts().documents == 0
        assert ledger.add(run.id, reading)


def replaced(stmt: Statement, **changes: object) -> Statement:
    names = ("id", "document_id", "kind", "content", "cue", "source", "within", "score")
    return Statement(**{**{name: getattr(stmt, name) for name in names}, **changes})  # type: ignore[arg-type]


def test_what_names_nobody_that_the_reading_holds_is_not_recorded(path: Path) -> None:
    reading = said("Ann", "it works")
    stmt = reading.statements[0]
    at, outside = Span(0, 3), Span(0, 1000)
    ann = Actor(id="a1", name="Ann")
    who = Attribution(statement_id=stmt.id, mention=at, source_kind="name", actor_id="a1")
    hop = Hop(mention=at, actor_id=None, kind="person", named=True, act="said")
    wrong: list[dict[str, object]] = [
        {"attributions": (who,)},
        {"attributions": (who, who), "actors": (ann,)},
        {"attributions": (replace(who, statement_id="s0"),), "actors": (ann,)},
        {"attributions": (replace(who, evidence=(outside,)),), "actors": (ann,)},
        {"actors": (ann, ann)},
        {"actors": (replace(ann, id="\ud800"),)},
        {"chains": (Chain(statement_id=stmt.id, hops=(replace(hop, on_behalf_of="a1"),)),)},
        {"chains": (Chain(statement_id=stmt.id, hops=(replace(hop, anonymity=Anonymity(side=outside)),)),)},
        {"settings": (Setting(statement_id=stmt.id, addressee_id="a1"),)},
        {"settings": (Setting(statement_id=stmt.id, place=outside),)},
        {"positions": (Position(statement_id=stmt.id, act="asserts", polarity=None, certainty=None, issue_id="i1"),)},
    ]
    with Ledger.open(path, create=True) as ledger:
        run = ledger.start_run(FIRST)
        for changes in wrong:
            with pytest.raises(TextError):
                ledger.add(run.id, replace(reading, **changes))  # type: ignore[arg-type]
        assert ledger.counts().documents == 0
        whole = replace(reading, actors=(ann,), attributions=(who,))
        assert ledger.add(run.id, whole)
        assert list(ledger.readings()) == [whole]


def test_one_id_for_two_things_is_an_error(path: Path) -> None:
    one, two = said("Ann", "it works"), said("Ann", "it fails")
    forged = replaced(two.statements[0], id=one.statements[0].id)
    with Ledger.open(path, create=True) as ledger:
        first, second = ledger.start_run(FIRST), ledger.start_run(SECOND)
        ledger.add(first.id, one)
        with pytest.raises(StoreError) as caught:
            ledger.add(first.id, Reading(document=two.document, statements=(forged,)))
        assert caught.value.code == "OR-409"
        moved = replaced(one.statements[0], content=(Span(0, 2),))
        with pytest.raises(StoreError) as caught:
            ledger.add(second.id, Reading(document=one.document, statements=(moved,)))
        assert caught.value.code == "OR-409"
        assert list(ledger.readings()) == [one]


TABLES = (
    "document reading statement observation actor reading_actor issue reading_issue attribution hop setting position "
    "condition link linking actor_link"
)


def test_nothing_observed_is_ever_changed(path: Path) -> None:
    reading = account(somebody("Ann"), "it works")
    stmt = reading.statements[0]
    at = Span(0, 3)
    whole = replace(
        reading,
        issues=(Issue(id="i1", label="Works?"),),
        settings=(Setting(statement_id=stmt.id, place=at),),
        positions=(replace(reading.positions[0], conditions=(Condition(relation="before", what=at, requirement=at),)),),
    )
    with Ledger.open(path, create=True) as ledger:
        run = ledger.start_run(FIRST)
        assert ledger.add(run.id, whole)
        link = Link(id="l1", kind="repeats", left=stmt.id, right=stmt.id)
        ledger.add_links(run.id, [link], documents=[whole.document.id])
        ann, printer = whole.actors
        ledger.add_actor_links(run.id, [ActorLink(left=ann.id, right=printer.id, score=0.1)])
        assert list(ledger.readings()) == [whole]
    other = sqlite3.connect(path)
    for table in TABLES.split():
        (column,) = other.execute(f"SELECT name FROM pragma_table_info('{table}') LIMIT 1").fetchone()
        with pytest.raises(sqlite3.IntegrityError, match="immutable"):
            other.execute(f"UPDATE {table} SET {column} = {column}")
        with pytest.raises(sqlite3.IntegrityError, match="immutable"):
            other.execute(f"DELETE FROM {table}")
    other.close()


def test_documents_come_while_others_are_added(path: Path) -> None:
    with Ledger.open(path, create=True) as ledger:
        run = ledger.start_run(FIRST)
        ledger.add(run.id, said("Ann", "it works"))
        seen = []
        for doc in ledger.documents():
            seen.append(doc)
            if len(seen) < 5:
                ledger.add(run.id, said("Ann", f"it works {len(seen)}"))
        assert len(seen) == 5
