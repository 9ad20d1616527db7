"""GDELT's Global Quotation Graph: the quotations of an article, each with the words around it.

A record is no article: the text is what stands before and after each quotation, and the quotation. One record is
one document *of context*: its paragraphs are the quotations in their order, with the marks put back, and its origin
says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from onrecord.errors import InputError
from onrecord.ingest.dates import find_published
from onrecord.record.document import Document, Origin, Reader, document_id

READER = Reader(name="gqg", version="1")
NOTE = "GDELT Global Quotation Graph: the words around each quotation, not the article"
_CODES = {"ENGLISH": "en"}


def is_gqg(record: Mapping[str, object]) -> bool:
    """Is this JSON object a record of the quotation graph?"""
    return "text" not in record and isinstance(record.get("quotes"), list)


def gqg_document(record: Mapping[str, object], origin: Origin, place: str) -> Document:
    """Which document of context is this record?

    Raises:
        InputError: OR-102, it holds no quotation; OR-106, a quotation is no object.
    """
    quotes = record.get("quotes")
    paragraphs: list[str] = []
    for number, entry in enumerate(quotes if isinstance(quotes, list) else [], start=1):
        if not isinstance(entry, Mapping):
            raise InputError("OR-106", f"{place}: quotation {number} is not a JSON object")
        before, words, after = (_line(entry.get(name)) for name in ("pre", "quote", "post"))
        if words:
            paragraphs.append(" ".join(part for part in (before, f"“{words}”", after) if part))
    if not paragraphs:
        raise InputError("OR-102", f"{place}: the record holds no quotation")
    text = "\n\n".join(paragraphs)
    url = _line(record.get("url")) or None
    stated = _line(record.get("lang"))
    date = find_published(_line(record.get("date")) or None)
    return Document(
        id=document_id(text, url=url, outlet=None, published=None if date is None else date.value),
        text=text,
        url=url,
        title=_line(record.get("title")) or None,
        published=date,
        language=_CODES.get(stated.upper(), stated if 2 <= len(stated) <= 3 else None),
        origin=replace(origin, note=NOTE),
        reader=READER,
    )


def _line(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
