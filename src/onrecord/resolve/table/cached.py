"""A long list of actors is compiled once: where is it kept for the next run?

In the user's folder for caches, under the sha256 of the list, of the table under it and of the layout: another list,
table or layout never finds it. Whoever empties the folder loses a few seconds and nothing else.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Sequence
from pathlib import Path

from onrecord.errors import InputError
from onrecord.record.ids import sha256_hex
from onrecord.resolve.table.compile import INDEXES, SCHEMA

LARGE = 4_000_000
"""From how many bytes on a list is kept."""
_KEPT = 4
"""How many lists are kept, the latest used."""
_CODE = b"1"
"""To be counted up when what is compiled from the same list changes."""


def place(path: Path, list_sha256: str, table_sha256: str) -> Path:
    """Where the list at `path`, over this table, is kept, if it is: what was wrong with its rows names the path too."""
    key = sha256_hex("\n".join((str(path), list_sha256, table_sha256, SCHEMA, INDEXES)).encode() + _CODE)
    return folder() / f"actors-{key[:32]}.sqlite"


def folder() -> Path:
    """The user's folder for what can be made anew."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "onrecord"


def load(path: Path) -> tuple[sqlite3.Connection, dict[str, int], frozenset[str], tuple[InputError, ...]] | None:
    """What :func:`keep` kept at `path`; None if there is nothing, or nothing whole."""
    if not path.is_file():
        return None
    try:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        (text,) = connection.execute("SELECT about FROM kept").fetchone()
        about = json.loads(text)
        os.utime(path)
    except (sqlite3.Error, OSError, TypeError, ValueError):
        return None
    problems = tuple(InputError(code, message) for code, message in about["problems"])
    return connection, about["counts"], frozenset(about["replaced"]), problems


def keep(
    path: Path,
    connection: sqlite3.Connection,
    *,
    counts: dict[str, int],
    replaced: frozenset[str],
    problems: Sequence[InputError],
) -> None:
    """Keep a compiled list at `path`; where that cannot be written, nothing happens.

    Args:
        path: Where, see :func:`place`.
        connection: The compiled list.
        counts: Rows read and actors made.
        replaced: Ids of the table under it that it speaks for.
        problems: What was wrong with rows.
    """
    about = {
        "counts": counts,
        "replaced": sorted(replaced),
        "problems": [[problem.code, problem.message] for problem in problems],
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        os.close(handle)
        try:
            with sqlite3.connect(name) as copy:
                connection.backup(copy)
                copy.execute("CREATE TABLE kept (about TEXT NOT NULL)")
                copy.execute("INSERT INTO kept VALUES (?)", (json.dumps(about),))
            copy.close()
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
        lists = sorted(path.parent.glob("actors-*.sqlite"), key=lambda one: one.stat().st_mtime, reverse=True)
        for old in lists[_KEPT:]:
            old.unlink(missing_ok=True)
    except (OSError, sqlite3.Error):
        return
