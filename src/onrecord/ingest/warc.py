"""WARC, the form in which web archives keep pages: each response that is a page is one document.

A file compressed record by record (``.warc.gz``, as Common Crawl writes it) may be read from any byte on: the next
record is found by its mark. So one file can be cut into shards without being read first, and what stands after a
damaged record is not lost. HTTP is taken apart by fastwarc.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from onrecord.errors import InputError, UsageError
from onrecord.ingest.folder import shown
from onrecord.ingest.html import read_html
from onrecord.ingest.items import Failure, Item, Skip
from onrecord.ingest.pending import Pending
from onrecord.ingest.plain import read_plain
from onrecord.ingest.source import Source
from onrecord.record.document import Document, Origin, Reader, document_id
from onrecord.record.ids import sha256_hex

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

READER = Reader(name="warc text", version="1")
GZIP_MAGIC = b"\x1f\x8b\x08"
BLOCK = 1 << 18
HEAD_BYTES = 1 << 16
"""A record's own header ends within so many bytes."""

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_TYPE = re.compile(rb"^warc-type:[ \t]*([\w-]+)", re.IGNORECASE | re.MULTILINE)
_NEXT = re.compile(rb"\n\r?\n(?=WARC/1\.\d\r?\n)")
_PAGES = ("text/html", "application/xhtml+xml")
_HOLDS_PAGE = (b"response", b"resource", b"conversion", b"revisit")
"""Types of record that stand for a page; requests and the like belong to one that is read already."""


@dataclass(frozen=True, slots=True)
class _Raw:
    """The bytes of a record, or why there are none."""

    offset: int
    end: int
    data: bytes
    problem: InputError | None = None
    cut: bool = False


def is_packed(file: BinaryIO) -> bool:
    """Is this WARC file compressed? Leaves the file at its start."""
    file.seek(0)
    head = file.read(len(GZIP_MAGIC))
    file.seek(0)
    return head == GZIP_MAGIC


def read_warc(file: BinaryIO, *, path: str, start: int, end: int, limit_bytes: int) -> Iterator[Pending]:
    """Which records of this file begin in a stretch of it?

    Args:
        file: The file as it lies on the disk; it is moved about in.
        path: Its path, for the origins.
        start: Where the stretch begins, in bytes. Any place of a compressed file; of another, where a record begins.
        end: Where it ends.
        limit_bytes: A page that is larger is a Failure (OR-111), and is not held in memory.

    Yields:
        The records that stand for pages, and the damaged ones.
    """
    try:
        import fastwarc  # noqa: F401 - asked for at once, not at the first page
    except ImportError as error:
        raise UsageError(
            "OR-003", "WARC needs fastwarc, which is not installed", hint="pip install 'onrecord[archive]'"
        ) from error
    packed = is_packed(file)
    found = _members(file, start, end, limit_bytes) if packed else plain_records(file, start, end, limit_bytes)
    for raw in found:
        origin = Origin(kind="warc", path=path, byte_offset=raw.offset, digest=sha256_hex(raw.data) if raw.data else "")
        place = f"the record at byte {raw.offset} of {shown(path)}"
        if raw.problem is not None:
            told = InputError(raw.problem.code, f"{place} {raw.problem.message}")
            yield Pending(origin=origin, position=raw.end, load=partial(_failed, origin, told))
            continue
        for data in _records(raw):
            kind = _TYPE.search(data, 0, HEAD_BYTES)
            if kind is not None and kind[1].lower() in _HOLDS_PAGE:
                load = partial(_items, data, replace(origin, digest=sha256_hex(data)), place, raw.cut, limit_bytes)
                yield Pending(origin=origin, position=raw.end, load=load)


def _failed(origin: Origin, error: InputError) -> tuple[Item, ...]:
    return (Failure(origin=origin, error=error),)


def _records(raw: _Raw) -> Iterator[bytes]:
    """The records of one member: one, unless the file was compressed in another way than archives are."""
    data = raw.data
    while data:
        size = _size(data)
        if raw.cut or size is None or size >= len(data):
            yield data
            return
        yield data[:size]
        data = data[size:].lstrip(b"\r\n")


def _size(data: bytes) -> int | None:
    """How many bytes does the record at the start of `data` take, header and all? None if it does not say."""
    head = _HEAD_END.search(data, 0, HEAD_BYTES)
    length = _LENGTH.search(data, 0, head.start() + 1) if head else None
    return None if head is None or length is None else head.end() + int(length[1])


# Compressed files


def _members(file: BinaryIO, start: int, end: int, limit_bytes: int) -> Iterator[_Raw]:
    offset = start if start == 0 else _next_member(file, start)
    while offset is not None and offset < end:
        raw = _unpacked(file, offset, limit_bytes)
        if raw is None:
            return
        if raw.problem is None:
            raw = _checked(raw)
            offset = raw.end
        else:
            offset = _next_member(file, offset + 1)
        yield raw


def _unpacked(file: BinaryIO, offset: int, limit_bytes: int) -> _Raw | None:
    """The member at `offset`; None at the end of the file."""
    file.seek(offset)
    unpacker = zlib.decompressobj(31)
    parts: list[bytes] = []
    size = read = 0
    cut = False
    try:
        while not unpacker.eof:
            block = unpacker.unconsumed_tail or file.read(BLOCK)
            read += len(block) if not unpacker.unconsumed_tail else 0
            if not block:
                problem = InputError("OR-112", "is cut off")
                return _Raw(offset, offset + read, b"", problem) if read else None
            part = unpacker.decompress(block, BLOCK)
            # Of a record that is too large the beginning is kept: it tells what the record was.
            parts.append(part[: max(limit_bytes + HEAD_BYTES - size, 0)])
            size += len(part)
            cut = size > limit_bytes + HEAD_BYTES
    except zlib.error as error:
        file.seek(offset)
        if not file.read(BLOCK).strip(b"\0"):
            return None  # padding
        return _Raw(offset, offset + read, b"", InputError("OR-112", f"cannot be unpacked: {error}"))
    return _Raw(offset, offset + read - len(unpacker.unused_data), b"".join(parts), None, cut)


def _checked(raw: _Raw) -> _Raw:
    """The member, with its problem if its length is not the one that it states."""
    if raw.cut:
        return raw
    data = raw.data
    while data:
        size = _size(data)
        rest = data[size:] if size is not None else b""
        if not data.startswith(b"WARC/") or size is None or size > len(data):
            return replace(raw, problem=InputError("OR-118", "is damaged: its length is not the one that it states"))
        data = rest.lstrip(b"\r\n")
        if data and not data.startswith(b"WARC/"):
            return replace(raw, problem=InputError("OR-118", "is damaged: it is longer than it states"))
    return raw


def _next_member(file: BinaryIO, start: int) -> int | None:
    """Where does the next record begin, at `start` or after it?"""
    file.seek(start)
    base, data = start, file.read(BLOCK)
    while data:
        at = data.find(GZIP_MAGIC)
        while at >= 0:
            file.seek(base + at)
            try:
                if zlib.decompressobj(31).decompress(file.read(HEAD_BYTES), 5) == b"WARC/":
                    return base + at
            except zlib.error:
                pass
            at = data.find(GZIP_MAGIC, at + 1)
        # A mark may lie across the border of two blocks.
        keep = len(GZIP_MAGIC) - 1
        base += max(len(data) - keep, 1)
        file.seek(base)
        data = file.read(BLOCK)
        if len(data) <= keep:
            return None
    return None


# Files that are not compressed


def plain_records(file: BinaryIO, start: int, end: int, limit_bytes: int) -> Iterator[_Raw]:
    """The records that begin between `start`, where one begins, and `end`."""
    offset: int | None = start
    while offset is not None and offset < end:
        file.seek(offset)
        head = file.read(HEAD_BYTES)
        if not head.strip(b"\r\n\0"):
            return
        size = _size(head) if head.startswith(b"WARC/") else None
        following = None if size is None else _after(file, offset + size)
        if size is None or following is None:
            after = _next_plain(file, offset + 1)
            stop = after if after is not None else file.seek(0, io.SEEK_END)
            problem = InputError("OR-118", "is damaged: its length is not the one that it states")
            yield _Raw(offset, stop, b"", problem)
            offset = after
            continue
        file.seek(offset)
        data = file.read(min(size, limit_bytes + HEAD_BYTES))
        yield _Raw(offset, following, data, None, size > len(data))
        offset = following


def _after(file: BinaryIO, end: int) -> int | None:
    """Where does the record after one that ends at `end` begin? None if the file is not as it should be there."""
    if file.seek(0, io.SEEK_END) < end:
        return None
    file.seek(end)
    tail = file.read(16)
    rest = tail.lstrip(b"\r\n")
    return end + len(tail) - len(rest) if not rest or rest.startswith(b"WARC/1") else None


def _next_plain(file: BinaryIO, start: int) -> int | None:
    file.seek(start)
    base, data = start, file.read(BLOCK)
    while data:
        if found := _NEXT.search(data):
            return base + found.end()
        if len(data) < BLOCK:
            return None
        base += len(data) - 32
        file.seek(base)
        data = file.read(BLOCK)
    return None


# From a record to a document


def _items(data: bytes, origin: Origin, place: str, cut: bool, limit_bytes: int) -> tuple[Item, ...]:
    from fastwarc.warc import ArchiveIterator

    try:
        record = next(iter(ArchiveIterator(io.BytesIO(data), parse_http=True, auto_decode="all")), None)
        if record is None:
            return _failed(origin, InputError("OR-118", f"{place} is damaged"))
        reason = _reason_to_skip(record)
        if reason is not None:
            return (Skip(origin=origin, reason=reason),)
        if cut:
            return _failed(origin, InputError("OR-111", f"{place} is larger than {limit_bytes} bytes"))
        payload = record.reader.read()
    except OSError as error:
        return _failed(origin, InputError("OR-118", f"{place} is damaged: {error}"))
    return tuple(_documents(record, payload, origin, place))


def _reason_to_skip(record: WarcRecord) -> str | None:
    if (record.headers.get("WARC-Type") or "").lower() == "revisit":
        return "a page that was stored before"
    if record.http_headers is not None:
        status = record.http_headers.status_code
        if status is not None and status != 200:
            return f"HTTP status {status}"
    kind = _content_type(record)
    return None if kind in (*_PAGES, "text/plain") else f"not a page: {kind[:40] or 'unknown type'}"


def _content_type(record: WarcRecord) -> str:
    stated = record.http_content_type if record.http_headers is not None else record.headers.get("Content-Type")
    return (stated or "").partition(";")[0].strip().lower()


def _documents(record: WarcRecord, payload: bytes, origin: Origin, place: str) -> Iterator[Item]:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ") or None
    retrieved = record.headers.get("WARC-Date") or None
    charset = record.http_charset if record.http_headers is not None else "utf-8"
    try:
        if _content_type(record) == "text/plain":
            doc = read_plain(payload, origin, encoding=charset, place=place)
            name = document_id(doc.text, url=url, outlet=None, published=None)
            yield replace(doc, id=name, url=url, retrieved=retrieved, reader=READER)
            return
        source = Source(origin_kind="url", path=url, kind="html", charset=charset, retrieved=retrieved)
        for item in read_html(payload, source):
            # The page is known by its address; where its bytes lie is in the archive.
            yield replace(item, origin=origin) if isinstance(item, Document | Failure) else item
    except (InputError, UsageError) as error:
        yield Failure(origin=origin, error=error)
