"""Writing the whole current record of a ledger for other programs: all of it, streamed, never capped."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal, TypeAlias, cast, get_args

from onrecord.errors import InputError, UsageError
from onrecord.export.table import COLUMNS, Cell, rows
from onrecord.record.codec import json_line, reading_to_json
from onrecord.store import Entries, Ledger

Format: TypeAlias = Literal["jsonl", "csv", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """How much was written.

    Attributes:
        documents: Documents, those without statements included; CSV and Parquet have no rows for these.
        statements: Statements, those that a person rejected included; all formats say which these are.
    """

    documents: int
    statements: int


def export_ledger(
    ledger: Ledger,
    out: BinaryIO,
    *,
    format: Format,  # noqa: A002 - the word that users type
    progress: Callable[[Exported], None] | None = None,
) -> Exported:
    """Writes every document and statement of the current record to `out`. How much was it?

    Args:
        ledger: Where to read.
        out: Where to write, bytes; not closed.
        format: *jsonl*: one document to a line in the public form, with the field ``decision`` on each
            statement; *csv* and *parquet*: one row per statement, see :data:`onrecord.export.table.COLUMNS`.
        progress: Told after every document how much was written.

    Raises:
        UsageError: OR-001, there is no such format; OR-003, *parquet* needs pyarrow, which is not installed.
        InputError: OR-110, the output cannot be written. A closed pipe stays a BrokenPipeError.
        TextError: OR-201, a text holds a surrogate pair as two code points, which JSON cannot say.
        StoreError: The ledger cannot be read.
    """
    if format not in FORMATS:
        raise UsageError("OR-001", f"the format must be one of {', '.join(FORMATS)}, not {format!r}")
    tally = _Tally(progress)
    records = tally.through(ledger.records())
    try:
        if format == "jsonl":
            _write_jsonl(records, out)
        elif format == "csv":
            _write_csv(records, out)
        else:
            from onrecord.export.parquet import write_parquet

            write_parquet(records, out)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError("OR-110", f"the export cannot be written: {error.strerror or error}") from error
    return tally.exported


class _Tally:
    """Counts what passes."""

    def __init__(self, progress: Callable[[Exported], None] | None) -> None:
        self.exported = Exported(documents=0, statements=0)
        self._progress = progress

    def through(self, records: Iterable[Entries]) -> Iterator[Entries]:
        for found in records:
            yield found
            self.exported = Exported(
                documents=self.exported.documents + 1,
                statements=self.exported.statements + len(found.entries),
            )
            if self._progress is not None:
                self._progress(self.exported)


def record_to_line(found: Entries) -> str:
    """One document of the current record in the public JSON form, with ``decision`` on each statement.

    Raises:
        TextError: OR-201, a text holds a surrogate pair as two code points.
    """
    obj = reading_to_json(found.reading(rejected=True))
    for stmt, entry in zip(cast("list[dict[str, object]]", obj["statements"]), found.entries, strict=True):
        stmt["decision"] = entry.decision.verdict if entry.decision else None
    return json_line(obj)


def _write_jsonl(records: Iterable[Entries], out: BinaryIO) -> None:
    for found in records:
        out.write(record_to_line(found).encode("utf-8") + b"\n")


def _write_csv(records: Iterable[Entries], out: BinaryIO) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    try:
        # CR LF as in RFC 4180: with LF alone, Python 3.11 leaves a carriage return in a cell unquoted.
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([column.name for column in COLUMNS])
        for row in rows(records):
            writer.writerow([_printed(cell) for cell in row])
    finally:
        text.detach()  # else the wrapper closes what is not its own


def _printed(cell: Cell) -> str | int | float | None:
    if isinstance(cell, tuple):
        return json.dumps([[span.start, span.end] for span in cell])
    if isinstance(cell, bool):
        return int(cell)
    return cell
