"""Parquet: one row per statement, with pyarrow (the extra ``onrecord[parquet]``)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import BinaryIO

from onrecord.errors import UsageError
from onrecord.export.table import COLUMNS, Cell, rows
from onrecord.store import Entries

ROWS_PER_GROUP = 10_000


def write_parquet(records: Iterable[Entries], out: BinaryIO) -> None:
    """Writes the table to `out`; spans are lists of structs ``{start, end}``.

    Raises:
        UsageError: OR-003, pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError(
            "OR-003",
            "Parquet needs pyarrow, which is not installed",
            hint="pip install 'onrecord[parquet]'",
        ) from error
    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "spans": pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64())])),
    }
    schema = pa.schema([(column.name, types[column.type]) for column in COLUMNS])
    stream = rows(records)
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while group := list(islice(stream, ROWS_PER_GROUP)):
            columns = [[_value(row[i]) for row in group] for i in range(len(COLUMNS))]
            arrays = [pa.array(values, type=field.type) for values, field in zip(columns, schema, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def _value(cell: Cell) -> object:
    if isinstance(cell, tuple):
        return [{"start": span.start, "end": span.end} for span in cell]
    return cell
