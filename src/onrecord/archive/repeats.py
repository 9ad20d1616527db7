"""Which documents came in several shards?

A shard leaves out what comes twice in it; what another shard holds it cannot know without waiting for that one. So
this is looked for when all are finished: the first shard keeps the document, and the views leave the others out.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from onrecord.archive.parts import part_path, unwritable

REPEATS = "repeats.parquet"
MEMORY = "1GB"
"""What the search may take; beyond that DuckDB goes to the disk."""


def count_repeats(out: Path, shards: Sequence[int]) -> int:
    """Write ``repeats.parquet`` (id, shard, first), sorted. How many are there?

    Raises:
        InputError: OR-110, it cannot be written.
    """
    import duckdb
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([("id", pa.string()), ("shard", pa.int32()), ("first", pa.int32())])
    table = schema.empty_table()
    if shards:
        with duckdb.connect() as database:
            database.execute(f"SET memory_limit = '{MEMORY}'")
            database.execute("SET temp_directory = ?", [str(out / ".duckdb")])
            paths = [str(part_path(out, "documents", number)) for number in shards]
            found: pa.Table = database.sql(
                "SELECT id, shard, first FROM (SELECT id, shard, min(shard) OVER (PARTITION BY id) AS first"
                " FROM read_parquet($parts)) WHERE shard > first ORDER BY id, shard",
                params={"parts": paths},
            ).to_arrow_table()
            table = found.cast(schema)
    target = out / REPEATS
    draft = target.with_name(f".{REPEATS}.{os.getpid()}.draft")
    try:
        with draft.open("wb") as file:
            parquet.write_table(table, file, compression="zstd")
        draft.replace(target)
    except OSError as error:
        raise unwritable(target, error) from error
    return int(table.num_rows)
