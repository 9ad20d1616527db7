"""What did somebody say? Finding statements by their actor, without looking at every statement.

Who is the source of a statement depends on the reading that counts and on what people decided, so it is asked
of one statement after the other, as late as possible. What any reading or person ever said is in an index:
from it come candidates, and those that still are of the actor are kept.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

from onrecord.record.position import Act
from onrecord.store.actors import actors_now
from onrecord.store.filters import Asked, Filters, Parameters, filters
from onrecord.store.nouns import Manner

_CHUNK = 200

Candidates: TypeAlias = tuple[str, tuple[str, ...]]
"""SQL that gives the numbers of statements, a column ``n``, and its parameters."""

_GIVEN = """
    SELECT a.statement_id FROM actor_group AS m JOIN attribution AS a ON a.actor_id = m.actor_id
    WHERE m.representative_id IN (SELECT value FROM json_each(?))
    {union} SELECT f.subject FROM field_decision AS f JOIN actor_group AS m ON m.actor_id = json_extract(f.value, '$')
    WHERE f.field = 'actor' AND m.representative_id IN (SELECT value FROM json_each(?))"""
_CANDIDATES = _GIVEN.format(union="UNION")

CANDIDATE_NUMBERS = f"SELECT s.n FROM ({_CANDIDATES}) AS c CROSS JOIN statement AS s ON s.id = c.statement_id"
"""The numbers of the statements that any reading or person ever gave to some representatives.

The parameters are the representatives' ids as a JSON array, twice. Which still are theirs has yet to be asked."""

ACTOR = """(SELECT a.actor_id FROM decided_attribution AS a
    WHERE a.reading_id = o.reading_id AND a.statement_id = o.statement_id)"""
"""The actor of the statement that ``current_observation AS o`` has found."""

ACT = """(SELECT p.act FROM decided_position AS p
    WHERE p.reading_id = o.reading_id AND p.statement_id = o.statement_id)"""
"""What is done by it."""

BY_DATE_OF = """
    SELECT o.n, 0.0 FROM document AS d
    CROSS JOIN reading AS r ON r.document_id = d.id
    CROSS JOIN observation AS x ON x.reading_id = r.id
    LEFT JOIN attribution AS y ON y.reading_id = x.reading_id AND y.statement_id = x.statement_id
    CROSS JOIN current_observation AS o ON o.statement_id = x.statement_id AND o.reading_id = x.reading_id
    WHERE (y.actor_id IN (SELECT m.actor_id FROM actor_group AS m
                          WHERE m.representative_id IN (SELECT value FROM json_each(?)))
      OR x.statement_id IN (SELECT f.subject FROM field_decision AS f WHERE f.field = 'actor'))
      AND {where} ORDER BY d.published DESC, d.n DESC, o.n LIMIT ? OFFSET ?"""
"""The statements of frequent speakers, newest first: document by document, a look at its attributions first."""


def few_candidates(connection: sqlite3.Connection, actors: str, most: int) -> bool:
    """Are there at most `most` statements that may be of one of these representatives, a JSON array?"""
    (count,) = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM ({_GIVEN.format(union='UNION ALL')}) LIMIT {most + 1})", (actors, actors)
    ).fetchone()
    return int(count) <= most


def newest_among(
    connection: sqlite3.Connection,
    candidates: Candidates,
    narrow: Filters,
    where: str,
    values: Parameters,
    asked: Asked,
) -> list[tuple[int, float]]:
    """The numbers of the newest statements of few candidates that fit, and 0 for each: a page and one more.

    Args:
        connection: The ledger.
        candidates: The statements to look at.
        narrow: The filters on documents.
        where: All conditions, on ``current_observation AS o`` and ``document AS d``.
        values: Their parameters.
        asked: How many, and after how many.
    """
    numbers = _by_date(connection, candidates, narrow, newest_first=True)
    query = f"""
        SELECT o.n FROM json_each(?) AS j CROSS JOIN current_observation AS o ON o.n = j.value
        CROSS JOIN document AS d ON d.id = o.document_id WHERE {where} ORDER BY j.key"""
    found: list[int] = []
    for start in range(0, len(numbers), _CHUNK):
        if len(found) > asked.offset + asked.limit:
            break
        chunk = json.dumps(numbers[start : start + _CHUNK])
        found += [number for (number,) in connection.execute(query, [chunk, *values])]
    return [(number, 0.0) for number in found[asked.offset : asked.offset + asked.limit + 1]]


def spoken_by(actors: str) -> Candidates:
    """The statements that any reading or person ever gave to some representatives, a JSON array."""
    return CANDIDATE_NUMBERS, (actors, actors)


def _by_date(
    connection: sqlite3.Connection, candidates: Candidates, narrow: Filters, *, newest_first: bool
) -> list[int]:
    """The numbers of the candidates by date of publication, then by their place in the text."""
    order = (
        "d.published DESC, d.n DESC, s.n"
        if newest_first
        else "d.published, d.n, json_extract(s.content, '$[0][0]'), s.n"
    )
    query, parameters = candidates
    rows = connection.execute(
        f"""
        SELECT s.n FROM ({query}) AS c
        CROSS JOIN statement AS s ON s.n = c.n
        CROSS JOIN document AS d ON d.id = s.document_id
        WHERE {" AND ".join(narrow.conditions) or "1"} ORDER BY {order}""",
        (*parameters, *narrow.values),
    )
    return [number for (number,) in rows]


def statements_of(connection: sqlite3.Connection, actor: str, asked: Asked) -> list[int]:
    """The numbers of the statements that may be of this representative; ask :func:`still_of` which of them are.

    By date of publication, those without one first, then by their place in the text.

    Args:
        connection: The ledger.
        actor: The representative.
        asked: Outlet and time; the rest of it is not asked.
    """
    return _by_date(connection, spoken_by(json.dumps([actor])), filters(connection, asked), newest_first=False)


def still_of(connection: sqlite3.Connection, actor: str, numbers: Sequence[int], act: Act | None) -> list[int]:
    """Which of these statements are of this representative in the current record, and not rejected? In their order.

    Args:
        connection: The ledger.
        actor: The representative.
        numbers: The numbers of the statements.
        act: What is done by saying it; None for anything.
    """
    rows = connection.execute(
        f"""
        SELECT o.n FROM json_each(?1) AS j CROSS JOIN current_observation AS o ON o.n = j.value
        WHERE {ACTOR} = ?2 AND o.verdict IS NOT 'rejected' AND (?3 IS NULL OR {ACT} = ?3) ORDER BY j.key""",
        (json.dumps(numbers), actor, act),
    )
    return [number for (number,) in rows]


def manner(connection: sqlite3.Connection, numbers: Sequence[int]) -> Manner:
    """What is done by these statements, who passes them on, and when were they printed?"""
    chosen = (json.dumps(numbers),)
    among = "FROM json_each(?) AS j CROSS JOIN last_observation AS o ON o.n = j.value"
    rows = connection.execute(
        f"SELECT o.statement_id, substr(d.published, 1, 10), {ACT} {among} "
        "CROSS JOIN document AS d ON d.id = o.document_id ORDER BY j.key",
        chosen,
    ).fetchall()
    hops = connection.execute(
        "SELECT o.n, h.actor_id, CASE WHEN h.actor_id IS NULL AND h.mention IS NOT NULL THEN substr(d.text, "
        "json_extract(h.mention, '$[0]') + 1, json_extract(h.mention, '$[1]') - json_extract(h.mention, '$[0]')) END "
        f"{among} CROSS JOIN decided_hop AS h ON h.reading_id = o.reading_id AND h.statement_id = o.statement_id "
        "CROSS JOIN document AS d ON d.id = o.document_id WHERE h.position > 0",
        chosen,
    ).fetchall()
    known = actors_now(connection, list(dict.fromkeys(actor for _, actor, _ in hops if actor is not None)))
    # Two of one name are shown as one relay, and a statement that passes both counts once.
    passed = {
        (number, known[actor].name if actor is not None else " ".join((words or "").split()))
        for number, actor, words in hops
    }
    named = {known[actor].name: known[actor] for _, actor, _ in hops if actor is not None}
    relays = Counter(name for _, name in passed if name)
    return Manner(
        statements=tuple(identifier for identifier, _, _ in rows),
        days=Counter(day for _, day, _ in rows if day is not None),
        acts=Counter(act for _, _, act in rows if act is not None),
        relays=tuple(
            (named.get(name), name, n) for name, n in sorted(relays.items(), key=lambda pair: (-pair[1], pair[0]))
        ),
    )
