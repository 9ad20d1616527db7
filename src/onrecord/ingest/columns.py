"""Parquet: one row, one document; the columns have the names of the fields of JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from onrecord.errors import InputError, UsageError
from onrecord.ingest.folder import shown
from onrecord.ingest.items import Failure, Item
from onrecord.ingest.jsonl import document_of_record
from onrecord.ingest.pending import Pending
from onrecord.record.document import Origin
from onrecord.record.ids import sha256_hex

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

FIELDS = ("text", "id", "story", "outlet", "title", "published", "language", "url", "origin")
ROWS = 256
"""Rows that are held at once."""


def open_columns(path: str) -> ParquetFile:
    """The Parquet file at `path`.

    Raises:
        InputError: OR-101 it cannot be opened, OR-119 it is no Parquet file.
        UsageError: OR-003, pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError(
            "OR-003", "Parquet needs pyarrow, which is not installed", hint="pip install 'onrecord[archive]'"
        ) from error
    try:
        return parquet.ParquetFile(path)
    except pa.ArrowInvalid as error:
        raise InputError("OR-119", f"{shown(path)} is not a Parquet file: {error}") from error
    except OSError as error:
        raise InputError("OR-101", f"cannot read {shown(path)}: {error.strerror or error}") from error


def read_columns(path: str, start: int, end: int, first: int, *, text_column: str = "text") -> Iterator[Pending]:
    """Which documents do these row groups hold?

    Args:
        path: The Parquet file.
        start: The first row group.
        end: One past the last one.
        first: Rows of the file before them.
        text_column: The column that holds the text.
    """
    import pyarrow as pa

    origin = Origin(kind="parquet", path=path, record=first + 1, digest="")
    try:
        file = open_columns(path)
        names = set(file.schema_arrow.names)
        if text_column not in names:
            missing = InputError("OR-119", f"{shown(path)} has no column `{text_column}`")
            yield Pending(origin=origin, position=first, load=partial(_failed, origin, missing))
            return
        wanted = [text_column, *(name for name in FIELDS[1:] if name in names)]
        number = first
        for batch in file.iter_batches(ROWS, row_groups=range(start, end), columns=wanted):
            for row in batch.to_pylist():
                number += 1
                record = {"text" if name == text_column else name: _plain(value) for name, value in row.items()}
                text = record["text"]
                digest = sha256_hex(text.encode("utf-8", "surrogatepass")) if isinstance(text, str) else ""
                origin = Origin(kind="parquet", path=path, record=number, digest=digest)
                yield Pending(origin=origin, position=number, load=partial(_items, record, origin, path, number))
    except (InputError, UsageError) as error:
        yield Pending(origin=origin, position=first, load=partial(_failed, origin, error))
    except (OSError, pa.ArrowException) as error:
        told = InputError("OR-119", f"{shown(path)} cannot be read after row {origin.record}: {error}")
        yield Pending(origin=origin, position=first, load=partial(_failed, origin, told))


def _items(record: dict[str, object], origin: Origin, path: str, number: int) -> tuple[Item, ...]:
    try:
        return (document_of_record(record, origin, f"row {number} of {shown(path)}"),)
    except InputError as error:
        return _failed(origin, error)


def _failed(origin: Origin, error: InputError | UsageError) -> tuple[Item, ...]:
    return (Failure(origin=origin, error=error),)


def _plain(value: object) -> object:
    """Dates and times as the strings that JSON Lines would hold."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value
