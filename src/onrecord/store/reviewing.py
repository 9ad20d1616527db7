"""What does a review need of the ledger: how sure the machines were, and what each reviewer said?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from onrecord.record.decision import Decision, Verdict
from onrecord.store.connection import translated
from onrecord.store.filters import outlets_named
from onrecord.store.rows import DECISION_COLUMNS, decision_of

_DOUBTS = """
    SELECT o.statement_id, o.score, a.statement_id IS NOT NULL, a.actor_id, a.score, a.source_kind, p.score,
      s.source = '[]'
    FROM observation AS o
    JOIN reading AS r ON r.id = o.reading_id
      AND r.id = (SELECT max(l.id) FROM reading AS l WHERE l.document_id = r.document_id)
    JOIN statement AS s ON s.id = o.statement_id
    JOIN document AS d ON d.id = r.document_id
    LEFT JOIN attribution AS a ON a.reading_id = o.reading_id AND a.statement_id = o.statement_id
    LEFT JOIN position AS p ON p.reading_id = o.reading_id AND p.statement_id = o.statement_id
    WHERE {where} ORDER BY r.id, o.ordinal"""
_STANDS = "NOT EXISTS (SELECT 1 FROM withdrawal AS w WHERE w.decision_id = x.id)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """How sure the machines were of a statement of its document's latest reading.

    Attributes:
        statement_id: The statement.
        score: That of content and source, in [0, 1].
        resolved: Whether the source has an actor; None if nobody has looked.
        actor_score: How likely that actor is right, in [0, 1]; None if not scored.
        silent: Whether the text names no source.
        position_score: How likely act and polarity are right, in [0, 1]; None if not scored.
    """

    statement_id: str
    score: float
    resolved: bool | None
    actor_score: float | None
    silent: bool
    position_score: float | None


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
    """How sure the machines were, and what each reviewer said. Pure reads."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection

    def newest_reading(self) -> int:
        """Grows with every reading; what :meth:`observed` says does not change while this does not. 0: no reading."""
        with translated(self._path):
            return int(self._connection.execute("SELECT coalesce(max(id), 0) FROM reading").fetchone()[0])

    def observed(self, *, outlet: str | None = None) -> Iterator[Observed]:
        """The statements of the latest readings, as machines observed them, in the order of reading.

        Args:
            outlet: An outlet's name, or a part of it; None for all.
        """
        with translated(self._path):
            names = outlets_named(self._connection, outlet) if outlet else []
            where = f"d.outlet IN ({', '.join('?' * len(names))})" if outlet else "1"
            for row in self._connection.execute(_DOUBTS.format(where=where), names):
                statement, score, looked, actor, actor_score, kind, position_score, sourceless = row
                yield Observed(
                    statement_id=statement,
                    score=score,
                    resolved=(actor is not None) if looked else None,
                    actor_score=actor_score,
                    silent=bool(sourceless) and actor is None and kind in (None, "none"),
                    position_score=position_score,
                )

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
