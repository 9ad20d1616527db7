"""What did the machine observe in a document when it read it last, whatever people decided since?"""

from __future__ import annotations

import sqlite3

from onrecord.record.reading import Reading
from onrecord.store.actors import COLUMNS, actor_of
from onrecord.store.judged import NOTHING, judged_of
from onrecord.store.read import document_by_id
from onrecord.store.rows import STATEMENT_COLUMNS, statement_of

_STATEMENTS = ", ".join(
    f"o.{name}" if name in ("kind", "within", "score") else f"s.{name.removeprefix('statement_')}"
    for name in STATEMENT_COLUMNS
)


def observed_reading(connection: sqlite3.Connection, document_id: str) -> Reading:
    """The latest reading of the document with exactly this id, every actor as the reading names it."""
    (latest,) = connection.execute("SELECT max(id) FROM reading WHERE document_id = ?", (document_id,)).fetchone()
    rows = connection.execute(
        f"SELECT {_STATEMENTS} FROM observation AS o JOIN statement AS s ON s.id = o.statement_id "
        "WHERE o.reading_id = ? ORDER BY o.ordinal",
        (latest,),
    ).fetchall()
    statements = tuple(map(statement_of, rows))
    judged = judged_of(connection, latest, heard=False)
    said = [judged.get(stmt.id, NOTHING) for stmt in statements]
    actors = connection.execute(
        f"SELECT {', '.join(f'a.{name}' for name in COLUMNS)} FROM reading_actor AS m JOIN actor AS a "
        "ON a.n = m.actor_n WHERE m.reading_id = ? ORDER BY m.ordinal",
        (latest,),
    )
    return Reading(
        document=document_by_id(connection, document_id),
        statements=statements,
        attributions=tuple(each.attribution for each in said if each.attribution is not None),
        chains=tuple(each.chain for each in said if each.chain is not None),
        positions=tuple(each.position for each in said if each.position is not None),
        settings=tuple(each.setting for each in said if each.setting is not None),
        actors=tuple(map(actor_of, actors)),
    )
