"""Of whom how much is on record, kept as it is written: the table ``actor_month``, and its sums in ``actor_group``.

Both are derived. What one statement adds is asked before and after whatever may change it, a reading of its document or
a decision about it, and the difference is written down.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeAlias

from onrecord.record.document import Document
from onrecord.record.reading import Reading

Months: TypeAlias = Mapping[tuple[str, str], int]
"""Statements by an actor's id, as readings and people name it, and a month."""


@contextmanager
def recounted(connection: sqlite3.Connection, statements: Collection[str]) -> Iterator[None]:
    """Counts anew what these statements add, once what is done in it is done. Inside a transaction."""
    before = _said(connection, statements)
    yield
    after = _said(connection, statements)
    after.subtract(before)
    add(connection, after)


def said_in(reading: Reading) -> Months:
    """What the reading of a new document adds, about which nobody has decided anything."""
    month = _month(reading.document)
    return Counter((each.actor_id, month) for each in reading.attributions if each.actor_id is not None)


def add(connection: sqlite3.Connection, changes: Months) -> None:
    """Adds to the counts; what is negative is taken away."""
    rows = [(actor, month, n) for (actor, month), n in changes.items() if n]
    connection.executemany(
        "INSERT INTO actor_month (actor_id, month, n) VALUES (?, ?, ?) "
        "ON CONFLICT (actor_id, month) DO UPDATE SET n = n + excluded.n",
        rows,
    )
    connection.executemany(
        "DELETE FROM actor_month WHERE actor_id = ? AND month = ? AND n = 0",
        ((actor, month) for actor, month, _ in rows),
    )
    totals: Counter[str] = Counter()
    for actor, _, n in rows:
        totals[actor] += n
    connection.executemany(
        "UPDATE actor_group SET n_statements = n_statements + ?2 "
        "WHERE actor_id = (SELECT m.representative_id FROM actor_group AS m WHERE m.actor_id = ?1)",
        totals.items(),
    )


def add_up(connection: sqlite3.Connection, actors: Collection[str]) -> None:
    """Adds up the counts of these actors anew, after they were joined or parted."""
    connection.execute(
        "UPDATE actor_group AS g SET n_statements = (SELECT coalesce(sum(t.n), 0) FROM actor_group AS m "
        "JOIN actor_month AS t ON t.actor_id = m.actor_id WHERE m.representative_id = g.actor_id) "
        "WHERE actor_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(actors)),),
    )


def months_of(connection: sqlite3.Connection, representative: str) -> dict[str, int]:
    """Statements by month, of an actor and all that are one with it; see the table ``actor_month`` for the months."""
    rows = connection.execute(
        "SELECT t.month, sum(t.n) FROM actor_group AS m JOIN actor_month AS t ON t.actor_id = m.actor_id "
        "WHERE m.representative_id = ? GROUP BY t.month ORDER BY t.month",
        (representative,),
    )
    return dict(rows)


def _said(connection: sqlite3.Connection, statements: Collection[str]) -> Counter[tuple[str, str]]:
    rows = connection.execute(
        "SELECT s.actor_id, s.month, count(*) FROM json_each(?) AS j "
        "CROSS JOIN said_by AS s ON s.statement_id = j.value WHERE s.actor_id IS NOT NULL GROUP BY 1, 2",
        (json.dumps(list(statements)),),
    )
    return Counter({(actor, month): n for actor, month, n in rows})


def _month(doc: Document) -> str:
    return doc.published.value[:7] if doc.published is not None else ""
