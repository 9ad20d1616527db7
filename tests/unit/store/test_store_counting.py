"""The counts that are kept as the ledger is written are those that a count of the current record gives."""

from __future__ import annotations

import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import account, somebody
from ledgers import FIRST, SECOND
from onrecord.errors import OnRecordError
from onrecord.record import Actor, Reading
from onrecord.store import Ledger
from onrecord.store.connection import migrations

PEOPLE = (somebody("Anna Roth"), somebody("A. Roth"), somebody("Tom Ash"))
WORDS = ("it rains", "it snows", "it is dry")
DAYS = ("2026-03-04", "2026-04", "2026", None)
READINGS = tuple(
    account(person, words, published=day)
    for person, words, day in zip(PEOPLE * 4, WORDS * 4, [day for day in DAYS for _ in range(3)], strict=True)
)


def said_by_another(reading: Reading, actor: Actor) -> Reading:
    """The same words in the same document, given to somebody else by another method."""
    (attribution,) = reading.attributions
    return replace(
        reading,
        actors=(*reading.actors, *((actor,) if actor not in reading.actors else ())),
        attributions=(replace(attribution, actor_id=actor.id),),
        chains=(),
    )


def counted(path: Path) -> tuple[list[object], list[object]]:
    """What is kept by actor and month, and by group of actors."""
    connection = sqlite3.connect(path)
    by_month = connection.execute("SELECT actor_id, month, n FROM actor_month ORDER BY 1, 2").fetchall()
    by_group = connection.execute("SELECT actor_id, n_statements FROM actor_group ORDER BY 1").fetchall()
    connection.close()
    return by_month, by_group


def count(path: Path) -> tuple[list[object], list[object]]:
    """The same, counted from the current record."""
    connection = sqlite3.connect(path)
    by_month = connection.execute(
        "SELECT actor_id, month, count(*) FROM said_by WHERE actor_id IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"
    ).fetchall()
    by_group = connection.execute(
        "SELECT g.actor_id, (SELECT count(*) FROM current_attribution AS a "
        "WHERE a.actor_id = g.actor_id AND a.decision IS NOT 'rejected') FROM actor_group AS g ORDER BY 1"
    ).fetchall()
    connection.close()
    return by_month, by_group


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("reads", "rereads", "rejects", "accepts", "corrects", "opens", "merges", "splits", "undoes")),
        st.integers(0, len(READINGS) - 1),
        st.integers(0, len(PEOPLE) - 1),
    ),
    max_size=12,
)


def step(ledger: Ledger, what: str, reading: Reading, other: Actor, runs: dict[str, str]) -> None:
    (stmt,) = reading.statements
    (attribution,) = reading.attributions
    assert attribution.actor_id is not None
    if what == "reads":
        ledger.add(runs["first"], reading)
    elif what == "rereads":
        ledger.add(runs["second"], said_by_another(reading, other))
    elif what in ("rejects", "accepts"):
        ledger.decide(stmt.id, "rejected" if what == "rejects" else "accepted", by="eva")
    elif what in ("corrects", "opens"):
        after = other.id if what == "corrects" else None
        ledger.decide(stmt.id, "corrected", by="eva", field="actor", after=after)
    elif what == "merges":
        ledger.merge(attribution.actor_id, other.id, by="eva")
    elif what == "splits":
        ledger.split(attribution.actor_id, by="eva")
    else:
        ledger.undo(ledger.decisions()[-1].id, by="eva") if ledger.decisions() else None


@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_whatever_happens_the_counts_are_right(steps: list[tuple[str, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.ledger"
        with Ledger.open(path, create=True) as ledger:
            runs = {"first": ledger.start_run(FIRST).id, "second": ledger.start_run(SECOND).id}
            for reading in READINGS[::2]:
                ledger.add(runs["first"], reading)
            for what, number, person in steps:
                try:
                    step(ledger, what, READINGS[number], PEOPLE[person], runs)
                except OnRecordError:
                    continue  # an actor merged into itself, a statement that is not there
                assert counted(path) == count(path), what


def test_a_ledger_of_an_older_version_is_counted_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.ledger"
    with Ledger.open(path, create=True) as ledger:
        first, second = ledger.start_run(FIRST).id, ledger.start_run(SECOND).id
        for reading in READINGS:
            ledger.add(first, reading)
        ledger.add(second, said_by_another(READINGS[0], PEOPLE[2]))
        ledger.decide(READINGS[1].statements[0].id, "rejected", by="eva")
        ledger.decide(READINGS[3].statements[0].id, "corrected", by="eva", field="actor", after=PEOPLE[1].id)
        ledger.merge(PEOPLE[1].id, PEOPLE[0].id, by="eva")
    right = counted(path)
    connection = sqlite3.connect(path, isolation_level=None)
    for old in (
        "DROP VIEW said_by",
        "DROP TABLE actor_month",
        "DROP INDEX actor_group_most",
        "DROP INDEX decision_field",
        "DROP VIEW current_actor",
        "ALTER TABLE actor_group DROP COLUMN n_statements",
        next(part for part in migrations()[1][1].split(";\n") if "VIEW decided_statement_of" in part),
        next(part for part in migrations()[1][1].split(";\n") if "VIEW current_actor" in part),
        "PRAGMA user_version = 5",
    ):
        connection.execute(old)
    connection.close()
    Ledger.open(path).close()
    assert counted(path) == right == count(path)


def test_months_are_those_of_all_that_are_one(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.ledger", create=True) as ledger:
        run = ledger.start_run(FIRST).id
        for reading in READINGS:
            ledger.add(run, reading)
        assert ledger.months(PEOPLE[0].id) == {"": 1, "2026": 1, "2026-03": 1, "2026-04": 1}
        ledger.merge(PEOPLE[1].id, PEOPLE[0].id, by="eva")
        assert ledger.months(PEOPLE[1].id) == {"": 2, "2026": 2, "2026-03": 2, "2026-04": 2}
        assert [entry.n_statements for entry in ledger.actors(limit=2)] == [8, 4]
        assert [entry.actor.name for entry in ledger.actors(limit=1, offset=1)] == ["Tom Ash"]
