"""A plain text is one document, and its code points stay exactly as they are.

Offsets of statements point into the text that the user has, so nothing is normalised: line ends, NUL and odd
spaces are kept. Only a byte order mark at the start is dropped. No title is guessed: the first line may be
one or may not.
"""

from __future__ import annotations

from onrecord.ingest.encoding import decode
from onrecord.record.document import Document, Origin, Reader, document_id

READER = Reader(name="plain", version="1")


def read_plain(data: bytes, origin: Origin, *, encoding: str | None = None, place: str = "the input") -> Document:
    """Which document do these bytes of plain text make?

    Raises:
        InputError: OR-102 empty, OR-103 binary, OR-104 in another encoding.
    """
    return plain_document(decode(data, encoding=encoding, place=place), origin)


def plain_document(text: str, origin: Origin) -> Document:
    """The document of a text of which nothing else is known."""
    return Document(
        id=document_id(text, url=None, outlet=None, published=None), text=text, origin=origin, reader=READER
    )
