"""A JSON object is one document: in onrecord's own form, in ninjs, or a record of GDELT's quotation graph."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.ingest.gqg import gqg_document, is_gqg
from onrecord.ingest.jsonl import document_of_record
from onrecord.ingest.ninjs import is_ninjs, ninjs_document
from onrecord.record.document import Document, Origin


def read_record(record: Mapping[str, object], origin: Origin, place: str) -> Document:
    """Which document does this object describe? The fields that it has tell its form.

    Args:
        record: The object.
        origin: Where its bytes came from.
        place: How messages name it ("line 7 of news.jsonl").

    Raises:
        InputError: OR-102 no text, OR-106 a field is missing or of another type.
    """
    if is_ninjs(record):
        return ninjs_document(record, origin, place)
    if is_gqg(record):
        return gqg_document(record, origin, place)
    return document_of_record(record, origin, place)
