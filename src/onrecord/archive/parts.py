"""The parts of a shard: one Parquet file for each table, there when they are whole, the same bytes every time."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from onrecord.archive.language import Detected
from onrecord.archive.rows import Row, Rows, reading_of, rows_of
from onrecord.archive.schema import COLUMNS, TABLES, Table, schema_of
from onrecord.errors import ArchiveError, InputError
from onrecord.record.reading import Reading

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetWriter

DOCUMENTS = 512
"""Documents of a row group; so many are held in memory."""


def part_path(out: Path, table: str, shard: int) -> Path:
    """Where the part of a shard, or of a block of links, lies."""
    return out / table / f"{shard:06d}.parquet"


def unwritable(path: Path, error: OSError) -> InputError:
    """The error OR-110 for what the system said."""
    return InputError("OR-110", f"{path}: {error.strerror or error}")


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that appears when it is whole and on the disk.

    Raises:
        OSError: It cannot be written; nothing is left behind.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise


class PartWriter:
    """Writes the parts of one shard. Nothing of them is seen before :meth:`finish`.

    Used as a context: what was not finished is taken away again.
    """

    def __init__(self, out: Path, shard: int) -> None:
        """Begin the parts of a shard.

        Raises:
            OSError: They cannot be written.
        """
        from pyarrow import parquet

        self._out, self._shard = out, shard
        self._stack = ExitStack()
        self._writers: dict[Table, ParquetWriter] = {}
        self._drafts: dict[Table, Path] = {}
        self._rows: Rows = {table: [] for table in TABLES}
        self._documents = 0
        for table in TABLES:
            path = part_path(out, table, shard)
            draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
            self._drafts[table] = draft
            file = self._stack.enter_context(draft.open("wb"))
            self._writers[table] = parquet.ParquetWriter(file, schema_of(table), compression="zstd")

    def add(self, reading: Reading, detected: Detected | None) -> None:
        """One more document with all that was found in it.

        Raises:
            TextError: OR-201, a text holds a surrogate pair as two code points; nothing was added.
            OSError: The parts cannot be written.
        """
        rows = rows_of(reading, shard=self._shard, number=self._documents, detected=detected)
        for table, more in rows.items():
            self._rows[table] += more
        self._documents += 1
        if self._documents % DOCUMENTS == 0:
            self._flush()

    def finish(self) -> dict[str, str]:
        """Close the parts and let them be seen. The sha256 of each, by table.

        Raises:
            OSError: They cannot be written.
        """
        import hashlib

        self._flush()
        digests: dict[str, str] = {}
        for writer in self._writers.values():
            writer.close()
        self._stack.close()
        for table, draft in self._drafts.items():
            with draft.open("rb") as file:
                digests[table] = hashlib.file_digest(file, "sha256").hexdigest()
                os.fsync(file.fileno())
        for table, draft in self._drafts.items():
            draft.replace(part_path(self._out, table, self._shard))
        return digests

    def _flush(self) -> None:
        import pyarrow as pa

        for table, rows in self._rows.items():
            if rows:
                schema = schema_of(table)
                columns = [[row[name] for row in rows] for name in COLUMNS[table]]
                arrays = [pa.array(values, type=field.type) for values, field in zip(columns, schema, strict=True)]
                self._writers[table].write_batch(pa.record_batch(arrays, schema=schema))
                rows.clear()

    def __enter__(self) -> PartWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # After a full disk the files still hold bytes that they cannot write.
        for writer in self._writers.values():
            with suppress(OSError):
                writer.close()
        with suppress(OSError):
            self._stack.close()
        for draft in self._drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def read_parts(out: Path, shard: int) -> Iterator[Reading]:
    """The readings of a shard, in their order, a few hundred in memory at a time.

    Raises:
        ArchiveError: OR-509, a part is missing or damaged.
    """
    yield from readings_from({table: _rows(out, table, shard) for table in TABLES})


def readings_from(rows: Mapping[Table, Iterator[Row]]) -> Iterator[Reading]:
    """The readings that these rows of every table make; those of a document together, in the order of `documents`."""
    tables: list[Table] = ["statements", "hops", "positions", "conditions"]
    others = {table: groupby(rows[table], key=lambda row: row["document_id"]) for table in tables}
    waiting: dict[Table, tuple[str, Any] | None] = {table: next(groups, None) for table, groups in others.items()}
    for document in rows["documents"]:
        found: dict[Table, list[Row]] = {}
        for table in tables:
            ahead = waiting[table]
            found[table] = []
            if ahead is not None and ahead[0] == document["id"]:
                found[table] = list(ahead[1])
                waiting[table] = next(others[table], None)
        yield reading_of(document, *(found[table] for table in tables))


def _rows(out: Path, table: Table, shard: int) -> Iterator[Row]:
    import pyarrow as pa
    from pyarrow import parquet

    path = part_path(out, table, shard)
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(DOCUMENTS):
                yield from batch.to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise ArchiveError("OR-509", f"the part {path} is missing or damaged: {error}") from error
