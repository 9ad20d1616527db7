"""Opening a ledger file: is it one, may we use it, is it whole, and which version is it?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.errors import StoreError

APPLICATION_ID = 0x4F526563
"""``ORec``: what ``PRAGMA application_id`` of a ledger says."""

_SCHEMA = Path(__file__).with_name("schema")
_MAGIC = b"SQLite format 3\x00"
_CACHE_KIB = 32 * 1024


def migrations() -> list[tuple[int, str]]:
    """Which steps lead from an empty file to the current schema? (version, SQL), in order."""
    files = sorted(_SCHEMA.glob("*.sql"))
    return [(int(file.name.split("_", 1)[0]), file.read_text("utf-8")) for file in files]


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """SQLite's errors, said in our words.

    Raises:
        StoreError: OR-402 locked, OR-403 may not be written, OR-404 damaged, OR-406 no space.
    """
    try:
        yield
    except sqlite3.Error as error:
        found = store_error(error, path)
        if found is None:
            raise
        raise found from error


def store_error(error: sqlite3.Error, path: Path) -> StoreError | None:
    """Which of our errors is this one? None: a fault in the program, not in the file."""
    extended = getattr(error, "sqlite_errorcode", None)
    if extended is None:
        return None
    primary = extended & 0xFF
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL):
        return StoreError("OR-402", f"another program is using {path}")
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return StoreError("OR-403", f"{path} may not be opened or written: {error}")
    # A file size limit or a quota is reported as a failed write, not as a full disk.
    if primary == sqlite3.SQLITE_FULL or extended in (
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_IOERR_SHMSIZE,
    ):
        return StoreError("OR-406", f"no space left to write {path}")
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR):
        return StoreError("OR-404", f"{path} is damaged: {error}")
    return None


def connect(path: Path, *, create: bool, readonly: bool, wait_s: float) -> sqlite3.Connection:
    """A connection to the ledger at `path`, of the current schema.

    Raises:
        StoreError: OR-401 not a ledger, OR-402 locked, OR-403 may not be written, OR-404 damaged, OR-405
            newer, OR-406 no space, OR-408 does not exist.
    """
    empty = _look_at(path, create=create and not readonly)
    with translated(path):
        # Opened for reading alone, SQLite could not clear away the files that readers share; query_only sees
        # to it that nothing is written. Where the file may not be written, SQLite itself falls back to
        # reading.
        connection = _open(path, f"?mode={'rwc' if empty else 'rw'}", wait_s)
        try:
            _prepare(connection, path, create=create, readonly=readonly)
        except sqlite3.OperationalError as error:
            connection.close()
            if not (readonly and _may_be_immutable(error, path)):
                raise
            # A ledger in a folder that may not be written has no place for the files that readers share.
            connection = _open(path, "?mode=ro&immutable=1", wait_s)
            _prepare_or_close(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def _look_at(path: Path, *, create: bool) -> bool:
    """Is there nothing at `path` yet (or an empty file)? Checks what can be seen without SQLite."""
    try:
        if path.is_dir():
            raise StoreError("OR-401", f"{path} is a folder")
        if not path.exists():
            if not create:
                raise StoreError("OR-408", f"{path} does not exist")
            if not path.absolute().parent.is_dir():
                raise StoreError("OR-408", f"the folder {path.absolute().parent} does not exist", hint="Make it first.")
            return True
        size = path.stat().st_size
        if size == 0 and not create:
            raise StoreError("OR-401", f"{path} is empty")
        if size == 0:
            return True
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise StoreError("OR-403", f"{path} cannot be opened: {error.strerror}") from error
    except ValueError as error:  # a NUL in the path
        raise StoreError("OR-408", f"{str(path)!r} is not a path") from error
    if not header.startswith(_MAGIC):
        raise StoreError("OR-401", f"{path} is not an onrecord ledger")
    _check_whole(path, header, size)
    return False


def _check_whole(path: Path, header: bytes, size: int) -> None:
    """Does the file hold all the pages that its header promises?"""
    wal = Path(f"{path}-wal")
    if wal.exists() and wal.stat().st_size > 0:
        return  # pages may still lie in the write-ahead log; SQLite checks them
    page_size = int.from_bytes(header[16:18], "big")
    page_size = 65536 if page_size == 1 else page_size
    pages = int.from_bytes(header[28:32], "big")
    if len(header) < 100 or size < page_size * pages:
        raise StoreError("OR-404", f"{path} is damaged: it holds {size:,} bytes of {page_size * pages:,}")


def _open(path: Path, query: str, wait_s: float) -> sqlite3.Connection:
    # as_uri() escapes what a URI gives a meaning: ? # % and spaces.
    address = path.absolute().as_uri() + query
    # One thread at a time uses a ledger, but a server hands it from the thread of one request to that of the next.
    return sqlite3.connect(address, uri=True, timeout=wait_s, isolation_level=None, check_same_thread=False)


def _may_be_immutable(error: sqlite3.OperationalError, path: Path) -> bool:
    primary = error.sqlite_errorcode & 0xFF
    wal = Path(f"{path}-wal")
    return primary in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) and not (wal.exists() and wal.stat().st_size)


def _prepare_or_close(connection: sqlite3.Connection, path: Path) -> None:
    try:
        _prepare(connection, path, create=False, readonly=True)
    except BaseException:
        connection.close()
        raise


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _prepare(connection: sqlite3.Connection, path: Path, *, create: bool, readonly: bool) -> None:
    steps = migrations()
    newest = steps[-1][0]
    version = _version(connection, path, create=create)
    if version > newest:
        raise StoreError("OR-405", f"{path} has schema {version}; this onrecord knows schemas up to {newest}")
    if version < newest and readonly:
        raise StoreError("OR-403", f"{path} has schema {version} and must be upgraded: open it once for writing")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.execute("PRAGMA temp_store = MEMORY")
    if readonly:
        connection.execute("PRAGMA query_only = ON")
        return
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = WAL")
    # In WAL mode NORMAL never damages the file, and what was committed outlives a killed process; FULL would
    # add a disk flush per document to also outlive a power cut, after which a rerun completes the ledger
    # anyway.
    connection.execute("PRAGMA synchronous = NORMAL")
    # Larger than the default: fewer flushes while adding, and 16 MB beside the ledger at most.
    connection.execute("PRAGMA wal_autocheckpoint = 4000")
    if version < newest:
        _migrate(connection, path, steps, create=create)


def _version(connection: sqlite3.Connection, path: Path, *, create: bool) -> int:
    """The schema version of the file; 0 for a new one."""
    application = _pragma(connection, "application_id")
    version = _pragma(connection, "user_version")
    if application == APPLICATION_ID and version > 0:
        return version
    entries = int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    # A process killed between making the file and filling it leaves a database without anything in it.
    if create and application == 0 and version == 0 and entries == 0:
        return 0
    raise StoreError("OR-401", f"{path} is not an onrecord ledger")


def _migrate(connection: sqlite3.Connection, path: Path, steps: list[tuple[int, str]], *, create: bool) -> None:
    """All missing steps, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _version(connection, path, create=create)  # another process may have been faster
        for number, script in steps:
            if number > version:
                for statement in _statements(script):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    """The SQL statements of a script, one by one: ``executescript`` would commit in between."""
    lines: list[str] = []
    for line in script.splitlines(keepends=True):
        lines.append(line)
        statement = "".join(lines)
        if sqlite3.complete_statement(statement):
            yield statement
            lines = []
