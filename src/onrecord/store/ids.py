"""Which entry has an id that begins so?"""

from __future__ import annotations

import sqlite3
from typing import Literal, TypeAlias, cast, get_args

from onrecord.errors import StoreError
from onrecord.store.values import storable

Subject: TypeAlias = Literal["statement", "document", "actor", "link", "issue"]
"""What a decision can be about."""
SUBJECTS: tuple[Subject, ...] = get_args(Subject)

_IDS = {"actor": ("actor_group", "actor_id")}


def full_id(connection: sqlite3.Connection, noun: str, beginning: str) -> str:
    """Which entry has an id that begins so? One of exactly this id goes before others.

    Args:
        connection: The ledger.
        noun: The table, like *statement*, *document*, *actor*, *link*, *issue*, *decision*.
        beginning: The beginning of the id.

    Raises:
        StoreError: OR-407, none, or several.
    """
    found = _ids(connection, noun, beginning)
    if not found:
        raise StoreError("OR-407", f"the ledger has no {noun} {beginning!r}")
    if len(found) > 1:
        raise StoreError(
            "OR-407", f"several {noun}s have an id that begins with {beginning!r}", hint="Give more of the id."
        )
    return found[0]


def subject_of(connection: sqlite3.Connection, beginning: str) -> tuple[Subject, str]:
    """Which statement, document, actor, link or issue has an id that begins so?

    Raises:
        StoreError: OR-407, none, or several.
    """
    found = [(noun, identifier) for noun in SUBJECTS for identifier in _ids(connection, noun, beginning)]
    found = [each for each in found if each[1] == beginning] or found
    if not found:
        raise StoreError("OR-407", f"the ledger has no statement, document, actor, link or issue {beginning!r}")
    if len(found) > 1:
        raise StoreError(
            "OR-407", f"several entries have an id that begins with {beginning!r}", hint="Give more of the id."
        )
    return found[0]


def _ids(connection: sqlite3.Connection, noun: str, beginning: str) -> list[str]:
    """The id that is meant, or two of those that may be; none if there is none."""
    wanted = storable(beginning)
    if not wanted:
        return []
    table, column = _IDS.get(noun, (noun, "id"))
    rows = connection.execute(
        f"SELECT DISTINCT {column} FROM {table} WHERE {column} >= ?1 AND {column} < ?1 || char(1114111) "
        f"ORDER BY {column} LIMIT 2",
        (wanted,),
    ).fetchall()
    found = [cast(str, identifier) for (identifier,) in rows]
    return found[:1] if found[:1] == [beginning] else found
