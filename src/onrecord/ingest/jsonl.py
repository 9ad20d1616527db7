"""JSON Lines: one JSON object per line, one document each.

=============  ==================  ====================================================================
field          type                meaning
=============  ==================  ====================================================================
``text``       string, required    The text that all offsets point into. Kept code point by code point.
``id``         string or integer   The document's id in your collection; ``Document.external_id``.
``story``      string              Your own grouping of documents.
``outlet``     string              Who published it.
``title``      string              The headline, if it is not part of the text.
``published``  string              ``2026``, ``2026-03``, ``2026-03-04`` or ``2026-03-04T10:15+02:00``.
``language``   string              BCP 47 code: ``en``, ``uk``, ``pt-BR``.
``url``        string              The canonical address.
``origin``     string              Where the text comes from, in your words ("Wikinews, CC BY 2.5").
=============  ==================  ====================================================================

Every field but ``text`` may be missing, null or blank, which is the same. Other fields (``statements``,
``issues``, ...) are ignored, so the output of ``onrecord extract`` is again valid input.

The file is UTF-8, or another encoding that keeps ASCII if it is named; it may be compressed with gzip. Lines
end with LF or CRLF only: U+2028 and its like are part of a string. Empty lines are passed over. A line that
is no document is a :class:`~onrecord.ingest.items.Failure` with its line number; the others are kept. Files
are read line by line, so memory does not grow with the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import BinaryIO

from onrecord.errors import InputError
from onrecord.ingest.dates import parse_published
from onrecord.ingest.encoding import byte_order_mark, wrong_encoding
from onrecord.ingest.folder import shown
from onrecord.ingest.items import Failure, Item
from onrecord.record.document import Document, Origin, Reader, document_id
from onrecord.record.ids import sha256_hex

READER = Reader(name="jsonl", version="1")
BOM = b"\xef\xbb\xbf"


def read_jsonl(
    stream: BinaryIO,
    *,
    path: str | None,
    encoding: str | None,
    limit_bytes: int,
    retrieved: str | None = None,
) -> Iterator[Item]:
    """Which documents does this stream of JSON Lines hold, one by one?

    Args:
        stream: Uncompressed bytes, read forward only.
        path: File path or address, for the origin.
        encoding: Named by the user; None is UTF-8.
        limit_bytes: A longer line is a Failure (OR-111) and is passed over without being held in memory.
        retrieved: When the bytes were fetched, if they were.

    Yields:
        A Document or a Failure per line that is not empty; ``origin.record`` is the line number, from 1.
        ``origin.byte_offset`` and the digest are those of the line without its line end.
    """
    if encoding is not None and "\n".encode(encoding, "replace") != b"\n":
        yield Failure(origin=_origin(path, 1, 0, b""), error=_utf16(path))
        return
    for number, offset, line, cut in _lines(stream, limit_bytes):
        start = offset
        raw = line.rstrip(b"\r\n")
        if number == 1:
            if raw.startswith(BOM):
                start, raw = start + len(BOM), raw[len(BOM) :]
            elif byte_order_mark(raw) is not None:
                yield Failure(origin=_origin(path, number, start, raw), error=_utf16(path))
                return
        if not raw.strip():
            continue
        origin = _origin(path, number, start, raw)
        place = f"line {number}" + (f" of {shown(path)}" if path is not None else "")
        if cut:
            yield Failure(origin=origin, error=InputError("OR-111", f"{place} is longer than {limit_bytes} bytes"))
            continue
        try:
            yield document_of_record(json_record(raw, encoding, place), origin, place, retrieved)
        except InputError as error:
            yield Failure(origin=origin, error=error)


def _origin(path: str | None, number: int, offset: int, raw: bytes) -> Origin:
    return Origin(kind="jsonl", path=path, record=number, byte_offset=offset, digest=sha256_hex(raw))


def _utf16(path: str | None) -> InputError:
    place = "the input" if path is None else shown(path)
    return InputError(
        "OR-104",
        f"{place} is UTF-16 or the like; JSON Lines must be UTF-8 or keep ASCII as it is",
        hint="Convert it, for instance with `iconv -f UTF-16 -t UTF-8`.",
    )


def _lines(stream: BinaryIO, limit_bytes: int) -> Iterator[tuple[int, int, bytes, bool]]:
    """Number, byte offset and bytes of each line, and whether the line was cut because it is too long."""
    number = offset = 0
    while line := stream.readline(limit_bytes + 1):
        number += 1
        size = len(line)
        cut = size > limit_bytes and not line.endswith(b"\n")
        if cut:
            while rest := stream.readline(1 << 20):
                size += len(rest)
                if rest.endswith(b"\n"):
                    break
        yield number, offset, line, cut
        offset += size


def json_record(raw: bytes, encoding: str | None, place: str) -> Mapping[str, object]:
    """The JSON object of one line.

    Raises:
        InputError: OR-104 other encoding, OR-105 no JSON object.
    """
    try:
        line = raw.decode(encoding or "utf-8")
    except UnicodeError as error:
        if encoding is not None:
            raise InputError("OR-104", f"{place} is not {encoding}: the bytes do not fit") from None
        raise wrong_encoding(raw, place, error) from None
    try:
        value: object = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError("OR-105", f"{place} is not JSON: {error.msg} at column {error.colno}") from None
    except ValueError:
        raise InputError("OR-105", f"{place} holds a number that is too long") from None
    except RecursionError:
        raise InputError("OR-105", f"{place} is nested too deeply") from None
    if not isinstance(value, dict):
        raise InputError("OR-105", f"{place} is not a JSON object")
    return value


def document_of_record(
    record: Mapping[str, object], origin: Origin, place: str, retrieved: str | None = None
) -> Document:
    """The document that a record describes.

    Raises:
        InputError: OR-102 the text is empty, OR-106 a field is missing or of another type.
    """
    text = _string(record, "text", place)
    if text is None:
        raise InputError("OR-106", f"{place}: the record has no `text`")
    if not text or text.isspace():
        raise InputError("OR-102", f"{place}: the text is empty")
    stated = _string(record, "published", place)
    try:
        published = None if stated is None else parse_published(stated)
    except InputError as error:
        raise InputError("OR-106", f"{place}: `published`: {error.message}", hint=error.hint) from None
    url, outlet = _string(record, "url", place), _string(record, "outlet", place)
    return Document(
        id=document_id(text, url=url, outlet=outlet, published=None if published is None else published.value),
        text=text,
        external_id=_external_id(record, place),
        url=url,
        title=_string(record, "title", place),
        outlet=outlet,
        published=published,
        retrieved=retrieved,
        language=_string(record, "language", place),
        story=_string(record, "story", place),
        origin=replace(origin, note=_string(record, "origin", place)),
        reader=READER,
    )


def _string(record: Mapping[str, object], field: str, place: str) -> str | None:
    value = record.get(field)
    if isinstance(value, str):
        return value if field == "text" or value.strip() else None
    if value is None:
        return None
    raise InputError("OR-106", f"{place}: `{field}` must be a string, not {_json_type(value)}")


def _external_id(record: Mapping[str, object], place: str) -> str | None:
    value = record.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(record, "id", place)


def _json_type(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    return "a list" if isinstance(value, list) else "an object"
