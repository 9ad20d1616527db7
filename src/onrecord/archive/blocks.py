"""The documents of an archive in the order of printing, cut into blocks that can be linked each by itself.

A block is linked together with what was printed just before it, its window, and with the earliest printings of what it
prints again, however long ago those were. So no block waits for another one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.archive.linked import FOLDER
from onrecord.archive.parts import part_path, readings_from
from onrecord.archive.rows import Row
from onrecord.archive.schema import TABLES, Table
from onrecord.archive.views import COPIES, database, quoted
from onrecord.record.reading import Reading

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ORDER = "order.parquet"
AT_ONCE = 512
"""Rows that are turned into Python's own at once."""


@dataclass(frozen=True, slots=True)
class Block:
    """Documents that are linked together.

    Attributes:
        number: Of the block.
        first: The first document of it, by its place in the order of printing.
        before: How many statements stand before it.
    """

    number: int
    first: int
    before: int


def order_documents(out: Path, *, size: int, memory: str) -> None:
    """Write where each document stands in the order of printing, and in which block, unless that is written already.

    Args:
        out: The folder that `onrecord process` wrote.
        size: So many statements make a block.
        memory: What DuckDB may hold; beyond that it goes to the disk.

    Raises:
        ArchiveError: OR-509, there is no run.
        OSError: It cannot be written.
        duckdb.Error: It cannot be sorted.
    """
    target = out / FOLDER / ORDER
    if target.is_file():
        return
    draft = target.with_name(f".{ORDER}.{os.getpid()}.draft")
    with database(out, memory=memory) as connection:
        connection.execute("SET temp_directory = ?", [str(out / FOLDER / ".duckdb")])
        connection.execute(f"""
            COPY (
                SELECT n, id, shard, before, CAST(before // {size} AS INTEGER) AS block FROM (
                    SELECT row_number() OVER printing - 1 AS n, id, shard,
                           CAST(coalesce(sum(statements) OVER (printing ROWS BETWEEN UNBOUNDED PRECEDING
                                                               AND 1 PRECEDING), 0) AS BIGINT) AS before
                    FROM documents WINDOW printing AS (ORDER BY coalesce(published, '~'), id))
                ORDER BY n
            ) TO {quoted(draft)} (FORMAT parquet, COMPRESSION zstd)
        """)
    draft.replace(target)


def blocks_of(out: Path) -> list[Block]:
    """The blocks, in the order of printing."""
    import duckdb

    with duckdb.connect() as connection:
        rows = connection.execute(
            f"SELECT block, min(n), min(before) FROM read_parquet({quoted(out / FOLDER / ORDER)}) GROUP BY 1 ORDER BY 1"
        ).fetchall()
    return [Block(*row) for row in rows]


class BlockDocuments:
    """The documents of a block and those that they are compared with, read from the parts as they are asked for.

    Args:
        connection: A database of this block's own.
        out: The folder that `onrecord process` wrote.
        block: The block.
        window: So many statements before the block belong to its context.
    """

    def __init__(self, connection: DuckDBPyConnection, out: Path, block: Block, window: int) -> None:
        self._connection, self._out = connection, out
        order = f"read_parquet({quoted(out / FOLDER / ORDER)})"
        connection.execute(
            f"CREATE TABLE wanted AS SELECT n, id, shard, block = ? AS own FROM {order}"
            " WHERE block <= ? AND (block = ? OR before >= ?)",
            [block.number, block.number, block.number, block.before - window],
        )
        connection.execute(
            f"INSERT INTO wanted SELECT DISTINCT o.n, o.id, o.shard, false FROM {order} o"
            f" JOIN read_parquet({quoted(out / COPIES)}) c ON c.first = o.id JOIN wanted w ON w.id = c.document_id"
            " WHERE o.n < ? AND o.n NOT IN (SELECT n FROM wanted)",
            [block.first],
        )

    def own(self) -> Iterator[Reading]:
        """Those of the block, in the order of printing."""
        return self._readings("w.own")

    def context(self) -> Iterator[Reading]:
        """Those before it, likewise."""
        return self._readings("NOT w.own")

    def _readings(self, which: str) -> Iterator[Reading]:
        return readings_from({table: self._rows(table, which) for table in TABLES})

    def _rows(self, table: Table, which: str) -> Iterator[Row]:
        shards = self._connection.execute(f"SELECT DISTINCT shard FROM wanted w WHERE {which} ORDER BY 1").fetchall()
        if not shards:
            return
        parts = ", ".join(quoted(part_path(self._out, table, shard)) for (shard,) in shards)
        key = "id" if table == "documents" else "document_id"
        cursor = self._connection.cursor()
        cursor.execute(
            f"SELECT t.* EXCLUDE (file_row_number) FROM read_parquet([{parts}], file_row_number = true) t"
            f" JOIN wanted w ON w.id = t.{key} AND w.shard = t.shard WHERE {which} ORDER BY w.n, t.file_row_number"
        )
        names = [str(column[0]) for column in cursor.description or ()]
        while rows := cursor.fetchmany(AT_ONCE):
            yield from (dict(zip(names, row, strict=True)) for row in rows)
