"""The views that `onrecord query` offers over the parts, each with the question that it answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.archive.job import done_shards, read_run
from onrecord.archive.libraries import need
from onrecord.archive.linked import FOLDER, done_blocks
from onrecord.archive.parts import part_path
from onrecord.archive.repeats import REPEATS
from onrecord.archive.schema import LINK_TABLES, TABLES
from onrecord.errors import ArchiveError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

COPIES = "copies.parquet"
"""What `onrecord copies` writes; the view *copies*."""
VIEWS: dict[str, tuple[str, str]] = {
    "said": (
        "Who said what, where: a statement with its document, actor, act and the length of its chain",
        """
        SELECT s.id, s.actor, s.actor_id, s.source_kind, s.reason, s.source_text AS source, s.cue_text AS cue,
               s.content_text AS content, s.kind, p.act, p.polarity, p.certainty, p.issue,
               d.outlet, d.published, d.title, d.url, s.score, s.document_id,
               h.hops, h.unnamed, s.setting.occasion AS occasion, s.setting.said_on AS said_on
        FROM statements s JOIN documents d ON d.id = s.document_id
        LEFT JOIN positions p ON p.statement_id = s.id
        LEFT JOIN (SELECT statement_id, count(*) AS hops, bool_or(NOT named) AS unnamed
                   FROM hops GROUP BY statement_id) h ON h.statement_id = s.id
        """,
    ),
    "actors": (
        "Who speaks, and how often",
        """
        SELECT a.id, any_value(a.name) AS name, any_value(a.kind) AS kind,
               count(DISTINCT s.id) AS statements, count(DISTINCT named.document_id) AS documents
        FROM (SELECT id AS document_id, unnest(actors) AS a FROM documents) named
        LEFT JOIN statements s ON s.actor_id = a.id AND s.document_id = named.document_id
        GROUP BY a.id
        """,
    ),
    "outlets": (
        "On whom outlets rest: statements, those with somebody unnamed in their chain, those unresolved",
        """
        SELECT outlet, count(*) AS statements, count(DISTINCT document_id) AS documents,
               count(*) FILTER (unnamed) AS with_unnamed, count(*) FILTER (actor_id IS NULL) AS unresolved
        FROM said GROUP BY outlet
        """,
    ),
}
"""Name -> what it is, and its SQL; over the tables of :data:`onrecord.archive.schema.COLUMNS`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query: names of the columns, and the rows, lazily."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[object, ...]]


@contextmanager
def database(out: Path, *, memory: str | None = None) -> Iterator[DuckDBPyConnection]:
    """A DuckDB connection with views of the finished parts of `out`.

    A document that came in several shards is seen once.

    Args:
        out: The folder that `onrecord process` wrote.
        memory: What DuckDB may take, for instance ``4GB``; beyond that it goes to the disk.

    Raises:
        ArchiveError: OR-509, it holds no run.
        UsageError: OR-003, duckdb is not installed.
    """
    need("duckdb", "pyarrow", what="`onrecord query`")
    import duckdb

    read_run(out)
    numbers = [result.number for result in done_shards(out)]
    if not numbers:
        raise ArchiveError("OR-509", f"{out} holds no finished shard yet")
    with duckdb.connect() as connection:
        if memory is not None:
            connection.execute(f"SET memory_limit = '{memory}'")
        repeats = out / REPEATS
        for table in TABLES:
            parts = ", ".join(quoted(part_path(out, table, number)) for number in numbers)
            key = "id" if table == "documents" else "document_id"
            once = (
                f" t WHERE NOT EXISTS (SELECT 1 FROM read_parquet({quoted(repeats)}) r"
                f" WHERE r.id = t.{key} AND r.shard = t.shard)"
                if repeats.is_file() and _rows(connection, repeats)
                else ""
            )
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet([{parts}]){once}")
        if (out / COPIES).is_file():
            connection.execute(f"CREATE VIEW copies AS SELECT * FROM read_parquet({quoted(out / COPIES)})")
        blocks = done_blocks(out)
        for linked in LINK_TABLES if blocks else ():
            parts = ", ".join(quoted(part_path(out / FOLDER, linked, number)) for number in blocks)
            connection.execute(f"CREATE VIEW {linked} AS SELECT * FROM read_parquet([{parts}])")
        for name, (_, sql) in VIEWS.items():
            connection.execute(f"CREATE VIEW {name} AS {sql}")
        yield connection


def ask(connection: DuckDBPyConnection, sql: str) -> Answer:
    """The answer to one SELECT.

    Raises:
        ArchiveError: OR-510, the query cannot be run.
    """
    import duckdb

    try:
        connection.execute(sql)
        columns = tuple(str(column[0]) for column in connection.description or ())
    except duckdb.Error as error:
        raise ArchiveError("OR-510", f"the query cannot be run: {str(error).strip()}") from error
    return Answer(columns, _fetched(connection))


def _fetched(connection: DuckDBPyConnection) -> Iterator[tuple[object, ...]]:
    while rows := connection.fetchmany(1000):
        yield from rows


def _rows(connection: DuckDBPyConnection, path: Path) -> int:
    found = connection.execute(f"SELECT count(*) FROM read_parquet({quoted(path)})").fetchone()
    return int(found[0]) if found else 0


def quoted(path: Path) -> str:
    """A path as SQL writes it."""
    return "'" + str(path).replace("'", "''") + "'"
