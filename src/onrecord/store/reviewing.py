"""What does a review need of the ledger: what is in doubt, and what each reviewer said?"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from onrecord.record.decision import Decision, Verdict
from onrecord.store.connection import translated
from onrecord.store.filters import outlets_named
from onrecord.store.rows import DECISION_COLUMNS, decision_of

UNKNOWN = 0.5
"""What an actor counts that nobody found, though the text names a source."""

# How likely everything that is shown of a statement is right: its words, its actor, what it does.
_BY_DOUBT = f"""
    SELECT o.statement_id,
      o.score * coalesce(p.score, 1.0) * CASE
        WHEN a.statement_id IS NULL OR (a.actor_id IS NULL AND a.mention IS NULL) THEN 1.0
        WHEN a.actor_id IS NULL THEN {UNKNOWN}
        ELSE coalesce(a.score, 1.0) END AS sure
    FROM (SELECT max(r.id) AS id FROM reading AS r {{among}} GROUP BY r.document_id) AS r
    JOIN observation AS o ON o.reading_id = r.id
    LEFT JOIN attribution AS a ON a.reading_id = o.reading_id AND a.statement_id = o.statement_id
    LEFT JOIN position AS p ON p.reading_id = o.reading_id AND p.statement_id = o.statement_id
    ORDER BY sure, o.reading_id, o.ordinal"""
_STANDS = "NOT EXISTS (SELECT 1 FROM withdrawal AS w WHERE w.decision_id = x.id)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one reviewer says of one statement as a whole: the last word that was not taken back.

    Attributes:
        statement_id: The statement.
        by: The reviewer.
        verdict: *accepted*, *rejected* or *unsure*.
    """

    statement_id: str
    by: str
    verdict: Verdict


class Reviewing:
    """Which statements are in doubt, and what each reviewer said. Pure reads."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection

    def newest_reading(self) -> int:
        """Grows with every reading; what :meth:`by_doubt` says does not change while this does not. 0: no reading."""
        with translated(self._path):
            return int(self._connection.execute("SELECT coalesce(max(id), 0) FROM reading").fetchone()[0])

    def by_doubt(self, *, outlet: str | None = None) -> tuple[str, ...]:
        """The statements of the latest readings, by their ids, the most doubtful first, as machines left them.

        Args:
            outlet: An outlet's name, or a part of it; None for all.
        """
        with translated(self._path):
            names = outlets_named(self._connection, outlet) if outlet else []
            marks = ", ".join("?" * len(names))
            among = f"JOIN document AS d ON d.id = r.document_id WHERE d.outlet IN ({marks})" if outlet else ""
            rows = self._connection.execute(_BY_DOUBT.format(among=among), names)
            return tuple(row[0] for row in rows)

    def said(self) -> tuple[Said, ...]:
        """What did each reviewer say of each statement as a whole? In the order in which they said it."""
        with translated(self._path):
            rows = self._connection.execute(
                "SELECT x.subject, x.by, x.verdict FROM decision AS x WHERE x.field IS NULL "
                f"AND x.subject >= 's' AND x.subject < 't' AND {_STANDS} "
                "AND NOT EXISTS (SELECT 1 FROM decision AS y WHERE y.subject = x.subject AND y.field IS NULL "
                "AND y.by = x.by AND y.n > x.n "
                "AND NOT EXISTS (SELECT 1 FROM withdrawal AS w WHERE w.decision_id = y.id)) ORDER BY x.n"
            ).fetchall()
        return tuple(Said(statement_id=row[0], by=row[1], verdict=cast(Verdict, row[2])) for row in rows)

    def decision(self, identifier: str) -> Decision | None:
        """The decision with exactly this id; None if there is none."""
        with translated(self._path):
            row = self._connection.execute(
                f"SELECT {', '.join(DECISION_COLUMNS)} FROM decision WHERE id = ?", (identifier,)
            ).fetchone()
        return decision_of(row) if row is not None else None

    def last_of(self, by: str) -> Decision | None:
        """The last decision about a statement that this person made and nobody took back."""
        with translated(self._path):
            columns = ", ".join(f"x.{name}" for name in DECISION_COLUMNS)
            row = self._connection.execute(
                f"SELECT {columns} FROM decision AS x WHERE x.by = ? AND x.subject >= 's' AND x.subject < 't' "
                f"AND {_STANDS} ORDER BY x.n DESC LIMIT 1",
                (by,),
            ).fetchone()
        return decision_of(row) if row is not None else None
