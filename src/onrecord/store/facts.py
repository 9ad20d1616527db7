"""What can this installation's SQLite do?"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SqliteFacts:
    """What the SQLite library that Python uses can do.

    Attributes:
        version: Its version, like ``3.40.1``.
        fts5: Whether it has full-text search, which a ledger needs.
    """

    version: str
    fts5: bool


def sqlite_facts() -> SqliteFacts:
    """Which version is it, and does it have full-text search? Nothing is written to disk."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
        fts5 = True
    except sqlite3.OperationalError:
        fts5 = False
    finally:
        connection.close()
    return SqliteFacts(version=sqlite3.sqlite_version, fts5=fts5)
