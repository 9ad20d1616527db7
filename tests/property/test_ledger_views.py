"""Whatever was read and decided, SQL and the Python API say the same of it."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledgers import FIRST, SECOND
from onrecord.errors import StoreError
from onrecord.record import ACTS, CERTAINTIES, KINDS, POLARITIES, SOURCE_KINDS, Reading, Spans
from onrecord.store import Entry, Ledger
from onrecord.store.nouns import joined
from onrecord.store.values import span_text, spans_text, storable
from strategies import readings

WORDS = {"kind": KINDS, "act": ACTS, "polarity": POLARITIES, "certainty": CERTAINTIES, "source_kind": SOURCE_KINDS}


def decide(ledger: Ledger, data: st.DataObject) -> None:
    """One decision about anything in the ledger, or one taken back."""
    entries = [entry for found in ledger.records() for entry in found.entries]
    actors = [identifier for entry in ledger.actors() for identifier in entry.joined]
    made = [decision.id for decision in ledger.decisions() if decision.id not in ledger.withdrawals()]
    kinds = (
        ["whole", "field", "actor"] * bool(entries) + ["merge", "split", "name"] * bool(actors) + ["undo"] * bool(made)
    )
    if not kinds:
        return
    what = data.draw(st.sampled_from(kinds))
    stmt = data.draw(st.sampled_from(entries)).statement.id if entries else ""
    one, two = (data.draw(st.sampled_from(actors)) if actors else "" for _ in range(2))
    if what == "whole":
        ledger.decide(stmt, data.draw(st.sampled_from(["accepted", "rejected", "unsure"])), by="eva")
    elif what == "field":
        field = data.draw(st.sampled_from(sorted(WORDS)))
        ledger.decide(stmt, "corrected", by="eva", field=field, after=data.draw(st.sampled_from(WORDS[field])))
    elif what == "actor":
        ledger.decide(stmt, "corrected", by="eva", field="actor", after=one or None)
    elif what == "merge":
        try:
            ledger.merge(one, two, by="eva")
        except StoreError as error:
            assert error.code == "OR-410"
    elif what == "split" and one != two:
        ledger.split(one, by="eva", apart_from=two)
    elif what == "name":
        ledger.rename(one, "Somebody", by="eva")
    elif what == "undo":
        ledger.undo(data.draw(st.sampled_from(made)), by="eva")


def words(entry: Entry, spans: Spans) -> str | None:
    return storable(joined(spans, entry.document.text)) if spans else None


def said(entry: Entry, name_of: dict[str | None, str | None]) -> dict[str, object]:
    """What the columns of ``current_statement`` should say."""
    who, position, chain = entry.attribution, entry.position, entry.chain
    actor = who.actor_id if who else None
    return {
        "content": words(entry, entry.statement.content),
        "kind": entry.statement.kind,
        "actor_id": actor,
        "actor": name_of[actor],
        "source_kind": who.source_kind if who else None,
        "act": position.act if position else None,
        "polarity": position.polarity if position else None,
        "certainty": position.certainty if position else None,
        "n_hops": len(chain.hops) if chain else 0,
        "unnamed": int(chain.unnamed) if chain else None,
    }


def rows(connection: sqlite3.Connection, query: str, *values: object) -> list[dict[str, object]]:
    cursor = connection.execute(query, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


@pytest.mark.slow
@settings(max_examples=40)
@given(st.lists(readings(), min_size=1, max_size=2, unique_by=lambda r: r.document.id), st.data())
def test_sql_says_what_the_api_says(some: list[Reading], data: st.DataObject) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder) / "a.ledger", create=True) as ledger,
    ):
        run = ledger.start_run(FIRST)
        for reading in some:
            ledger.add(run.id, reading)
        for _ in range(data.draw(st.integers(0, 4))):
            decide(ledger, data)
        if data.draw(st.booleans()):
            bare = Reading(document=some[0].document, statements=some[0].statements[:1])
            if all(stmt.within is None for stmt in bare.statements):
                ledger.add(ledger.start_run(SECOND).id, bare)
        connection = sqlite3.connect(ledger.path)
        try:
            check(ledger, connection)
        finally:
            connection.close()


def check(ledger: Ledger, connection: sqlite3.Connection) -> None:
    entries = [entry for found in ledger.records() for entry in found.entries]
    known = list(ledger.actors())
    # SQL cannot hold every name; and of two readings that name one actor differently, it shows the last.
    name_of: dict[str | None, str | None] = {None: None} | {e.actor.id: storable(e.actor.name) for e in known}
    table = {row["statement_id"]: row for row in rows(connection, "SELECT * FROM current_statement")}
    assert set(table) == {entry.statement.id for entry in entries}
    for entry in entries:
        expected = said(entry, name_of)
        assert {name: table[entry.statement.id][name] for name in expected} == expected
        assert ledger.entry(entry.statement.id) == entry
        chain = rows(
            connection, "SELECT * FROM current_chain WHERE statement_id = ? ORDER BY position", entry.statement.id
        )
        hops = entry.chain.hops if entry.chain else ()
        assert [(row["actor_id"], row["kind"], row["on_behalf_of_id"], row["evidence_spans"]) for row in chain] == [
            (hop.actor_id, hop.kind, hop.on_behalf_of, spans_text(hop.evidence)) for hop in hops
        ]
        conditions = rows(connection, "SELECT * FROM current_condition WHERE statement_id = ?", entry.statement.id)
        assert [(row["relation"], row["what_span"]) for row in conditions] == [
            (c.relation, span_text(c.what)) for c in (entry.position.conditions if entry.position else ())
        ]
        for found in rows(connection, "SELECT * FROM current_setting WHERE statement_id = ?", entry.statement.id):
            assert entry.setting is not None
            assert (found["occasion"], found["addressee_id"]) == (entry.setting.occasion, entry.setting.addressee_id)
    counted = rows(connection, "SELECT * FROM current_actor")
    assert {row["actor_id"]: (row["name"], row["n_statements"], row["n_joined"]) for row in counted} == {
        e.actor.id: (storable(e.actor.name), e.n_statements, len(e.joined)) for e in known
    }
    for actor in known:
        mine = [e.statement.id for e in ledger.statements_of(actor.actor.id)]
        assert sorted(mine) == sorted(
            e.statement.id
            for e in entries
            if not e.rejected and e.attribution is not None and e.attribution.actor_id == actor.actor.id
        )
        assert len(mine) == actor.n_statements
        found_too = ledger.search("", actor=actor.actor.id, limit=100).hits
        assert sorted(hit.entry.statement.id for hit in found_too) == sorted(mine)
        (row,) = [row for row in counted if row["actor_id"] == actor.actor.id]
        spellings = {name for name in actor.actor.names if name != actor.actor.name}
        # JSON says every name, by escapes where need be; SQLite itself ends a text at NUL.
        if not any("\0" in name for name in spellings | {actor.actor.name}):
            assert set(map(storable, json.loads(str(row["names"])))) - {row["name"]} == set(map(storable, spellings))
