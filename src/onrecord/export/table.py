"""One row per statement of the current record: every attribute, for spreadsheets and data frames."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from onrecord.record.document import Document
from onrecord.record.span import Spans
from onrecord.store import Entries, Entry

Type: TypeAlias = Literal["text", "integer", "number", "flag", "spans"]
Cell: TypeAlias = str | int | float | bool | Spans | None

_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the table: its name, the type of its values and what it says."""

    name: str
    type: Type
    says: str


_COLUMNS: tuple[tuple[str, Type, str], ...] = (
    ("statement_id", "text", "id of the statement"),
    ("kind", "text", "direct, indirect or mixed, as corrected"),
    ("score", "number", "how likely the statement is right, 0 to 1"),
    ("source", "text", "the words that name who it comes from; empty if the text names nobody"),
    ("cue", "text", "the words that attribute it"),
    ("content", "text", "the words or the thought; stretches are joined by ' … '"),
    ("content_start", "integer", "where the content begins in the document, code points from 0"),
    ("content_end", "integer", "where the content ends, one past its last code point"),
    ("content_spans", "spans", "every stretch of the content, code points, half-open"),
    ("cue_spans", "spans", "every stretch of the cue"),
    ("source_spans", "spans", "every stretch of the source"),
    ("within", "text", "id of the enclosing statement"),
    ("decision", "text", "what a person decided about it: accepted, rejected, unsure"),
    ("decided_by", "text", "who"),
    ("decided_at", "text", "when, ISO 8601"),
    ("decision_note", "text", "why"),
    ("in_latest_reading", "flag", "whether the latest reading of the document found it"),
    ("document_id", "text", "id of the document"),
    ("external_id", "text", "the id that the input gave the document"),
    ("outlet", "text", "who published it"),
    ("published", "text", "when, ISO 8601 cut to its precision"),
    ("published_precision", "text", "year, month, day, minute or second"),
    ("title", "text", "headline"),
    ("url", "text", "canonical address"),
    ("language", "text", "BCP 47 code"),
    ("story", "text", "the input's own grouping of documents"),
    ("retrieved", "text", "when it was fetched, ISO 8601"),
    ("origin_kind", "text", "the sort of place the document came from"),
    ("origin_path", "text", "file path or address"),
    ("origin_record", "integer", "which record of the file, from 1"),
    ("origin_byte_offset", "integer", "where in the file the record begins"),
    ("origin_digest", "text", "sha256 of the raw bytes"),
    ("origin_note", "text", "what the input itself says of where the text comes from"),
    ("reader_name", "text", "which reader made the text from the bytes"),
    ("reader_version", "text", "its version"),
    ("run_id", "text", "the run that found the statement"),
    ("method_id", "text", "the method of that run"),
)

COLUMNS = tuple(Column(name=name, type=kind, says=says) for name, kind, says in _COLUMNS)
"""The columns, in their order."""


def rows(records: Iterable[Entries]) -> Iterator[tuple[Cell, ...]]:
    """The rows of the table, in the order of :data:`COLUMNS`.

    NUL and lone surrogates, which neither CSV nor Parquet can carry, are U+FFFD there, one for one; JSON
    Lines keeps them. Everything else is exact.
    """
    for found in records:
        for entry in found.entries:
            cells = {**_statement(entry), **_document(entry.document)}
            yield tuple(_printable(cells[column.name]) for column in COLUMNS)


def _printable(cell: Cell) -> Cell:
    return _UNPRINTABLE.sub("�", cell) if isinstance(cell, str) else cell


def _statement(entry: Entry) -> dict[str, Cell]:
    stmt, decision = entry.statement, entry.decision
    return {
        "statement_id": stmt.id,
        "kind": stmt.kind,
        "score": stmt.score,
        "source": entry.source,
        "cue": entry.cue,
        "content": entry.content,
        "content_start": stmt.content[0].start,
        "content_end": stmt.content[-1].end,
        "content_spans": stmt.content,
        "cue_spans": stmt.cue,
        "source_spans": stmt.source,
        "within": stmt.within,
        "decision": decision.verdict if decision else None,
        "decided_by": decision.by if decision else None,
        "decided_at": decision.at if decision else None,
        "decision_note": decision.note if decision else None,
        "in_latest_reading": entry.in_latest_reading,
        "run_id": entry.run_id,
        "method_id": entry.method_id,
    }


def _document(doc: Document) -> dict[str, Cell]:
    origin, published = doc.origin, doc.published
    return {
        "document_id": doc.id,
        "external_id": doc.external_id,
        "outlet": doc.outlet,
        "published": published.value if published else None,
        "published_precision": published.precision if published else None,
        "title": doc.title,
        "url": doc.url,
        "language": doc.language,
        "story": doc.story,
        "retrieved": doc.retrieved,
        "origin_kind": origin.kind,
        "origin_path": origin.path,
        "origin_record": origin.record,
        "origin_byte_offset": origin.byte_offset,
        "origin_digest": origin.digest,
        "origin_note": origin.note,
        "reader_name": doc.reader.name,
        "reader_version": doc.reader.version,
    }
