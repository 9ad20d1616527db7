"""A document as one flat row, for tables in SQL, Parquet and files; and counts as a JSON object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from onrecord.record.document import Document, Origin, Published, Reader
from onrecord.record.run import Counts

Cell: TypeAlias = str | int | None


def document_values(doc: Document) -> dict[str, Cell]:
    """What is known of a document, by column."""
    published = doc.published
    origin = doc.origin
    return {
        "id": doc.id,
        "external_id": doc.external_id,
        "url": doc.url,
        "title": doc.title,
        "outlet": doc.outlet,
        "published": published.value if published else None,
        "published_precision": published.precision if published else None,
        "retrieved": doc.retrieved,
        "language": doc.language,
        "story": doc.story,
        "origin_kind": origin.kind,
        "origin_path": origin.path,
        "origin_record": origin.record,
        "origin_byte_offset": origin.byte_offset,
        "origin_digest": origin.digest,
        "origin_note": origin.note,
        "reader_name": doc.reader.name,
        "reader_version": doc.reader.version,
        "text": doc.text,
    }


def document_of(values: Mapping[str, Any]) -> Document:
    """The document that :func:`document_values` described; other columns are passed over."""
    published = values["published"]
    return Document(
        id=values["id"],
        text=values["text"],
        external_id=values["external_id"],
        url=values["url"],
        title=values["title"],
        outlet=values["outlet"],
        published=None if published is None else Published(value=published, precision=values["published_precision"]),
        retrieved=values["retrieved"],
        language=values["language"],
        story=values["story"],
        origin=Origin(
            kind=values["origin_kind"],
            path=values["origin_path"],
            record=values["origin_record"],
            byte_offset=values["origin_byte_offset"],
            digest=values["origin_digest"],
            note=values["origin_note"],
        ),
        reader=Reader(name=values["reader_name"], version=values["reader_version"]),
    )


def counts_to_json(counts: Counts) -> dict[str, object]:
    """The JSON form of counts; ``read`` is the sum of the others."""
    return {
        "read": counts.read,
        "kept": counts.kept,
        "skipped": dict(counts.skipped),
        "failed": dict(counts.failed),
        "statements": counts.statements,
        "words": counts.words,
    }
