"""JSON objects for one statement or one document out of the public form of a reading."""

from __future__ import annotations

from onrecord.record.codec import reading_to_json
from onrecord.record.document import Document
from onrecord.record.reading import Reading
from onrecord.record.statement import Statement


def document_to_json(doc: Document) -> dict[str, object]:
    """The public form of a document without its text and statements."""
    whole = reading_to_json(Reading(document=doc, statements=()))
    return {key: value for key, value in whole.items() if key not in ("text", "statements", "issues")}


def statement_to_json(doc: Document, stmt: Statement) -> dict[str, object]:
    """The public form of a statement, each span with the text that it reads back as."""
    statements = reading_to_json(Reading(document=doc, statements=(stmt,)), texts=True)["statements"]
    assert isinstance(statements, list)
    first: dict[str, object] = statements[0]
    return first
