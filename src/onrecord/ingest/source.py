"""From a path, a pipe or bytes to documents: finds out what it is and calls the reader for it."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import InputError
from onrecord.ingest.encoding import check_encoding
from onrecord.ingest.folder import bare_origin, cannot_read, files_of, shown
from onrecord.ingest.items import Failure, Item
from onrecord.ingest.jsonl import read_jsonl
from onrecord.ingest.plain import plain_document, read_plain
from onrecord.ingest.sniff import HEAD_BYTES, InputKind, kind_of_bytes, kind_of_name
from onrecord.record.document import Document, Origin, OriginKind
from onrecord.record.ids import sha256_hex

MAX_DOCUMENT_BYTES = 256 * 1024 * 1024
"""More than this is not read in one piece (OR-111). JSON Lines files may be of any size; this is for each
line."""

GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What is known of a stream of bytes before it is read.

    Attributes:
        origin_kind: The sort of place.
        path: File path or final address.
        kind: What the bytes are, if the name or the sender states it.
        encoding: Named by the user.
        charset: Named by the sender (``Content-Type``); counts less than a byte order mark.
        retrieved: When the bytes were fetched, ISO 8601.
        limit_bytes: More than this is not read in one piece.
    """

    origin_kind: OriginKind
    path: str | None = None
    kind: InputKind | None = None
    encoding: str | None = None
    charset: str | None = None
    retrieved: str | None = None
    limit_bytes: int = MAX_DOCUMENT_BYTES

    @property
    def place(self) -> str:
        """How messages name it."""
        if self.path is not None:
            return shown(self.path)
        return "standard input" if self.origin_kind == "stdin" else "the input"

    def origin(self, data: bytes, *, record: int | None = None, byte_offset: int | None = None) -> Origin:
        """The origin of the document made of these bytes."""
        return Origin(
            kind=self.origin_kind,
            path=self.path,
            record=record,
            byte_offset=byte_offset,
            digest=sha256_hex(data),
        )

    def failure(self, error: InputError, data: bytes | None = None) -> Failure:
        """Nothing could be made of it, or of these bytes of it."""
        origin = Origin(kind=self.origin_kind, path=self.path, digest="") if data is None else self.origin(data)
        return Failure(origin=origin, error=error)


def read_path(
    path: str | Path, *, encoding: str | None = None, limit_bytes: int = MAX_DOCUMENT_BYTES
) -> Iterator[Item]:
    """Which documents does this file or folder hold?

    The suffix tells the kind of a file (plain text, HTML, JSON Lines, RSS/Atom; ``.gz`` is looked through),
    else its first bytes. Folders are read with all folders in them, sorted by name; hidden files are passed
    over.

    Args:
        path: A file or folder.
        encoding: The encoding of the files. None: found out, or an error that names a likely one.
        limit_bytes: Larger documents are Failures (OR-111).

    Returns:
        A lazy iterator in a fixed order. What cannot be read is a Failure in its place; nothing is raised for
        it.

    Raises:
        UsageError: OR-001, there is no such encoding.
    """
    return _path_items(Path(path), check_encoding(encoding), limit_bytes)


def read_paths(
    targets: Iterable[str | Path], *, encoding: str | None = None, limit_bytes: int = MAX_DOCUMENT_BYTES
) -> Iterator[Item]:
    """Which documents do these files, folders, pipes and addresses hold, in the order given?

    ``"-"`` is standard input, and a string that begins with ``http://`` or ``https://`` is fetched. For the
    rest see :func:`read_path`.
    """
    return _targets_items(targets, check_encoding(encoding), limit_bytes)


def read_stdin(
    stream: BinaryIO | None = None, *, encoding: str | None = None, limit_bytes: int = MAX_DOCUMENT_BYTES
) -> Iterator[Item]:
    """Which documents come through this pipe?

    The first bytes tell what it is. JSON Lines are handed on line by line as they come in. Several HTML pages
    in a row (``cat *.html |``) are several documents.

    Args:
        stream: Another stream of bytes; None is standard input.
        encoding: As in :func:`read_path`.
        limit_bytes: As in :func:`read_path`.
    """
    source = Source(origin_kind="stdin", encoding=check_encoding(encoding), limit_bytes=limit_bytes)
    return read_stream(sys.stdin.buffer if stream is None else stream, source)


def read_bytes(
    data: bytes, *, kind: InputKind | None = None, encoding: str | None = None, path: str | None = None
) -> Iterator[Item]:
    """Which documents do these bytes hold?

    Args:
        data: Raw bytes of a whole file.
        kind: What they are; None: their first bytes tell.
        encoding: As in :func:`read_path`.
        path: Where they came from, for the origin; nothing is opened.
    """
    source = Source(origin_kind="memory", path=path, kind=kind, encoding=check_encoding(encoding))
    return read_stream(io.BytesIO(data), source)


def read_text(text: str) -> Document:
    """Which document does this string make? Its code points are kept as they are.

    Raises:
        InputError: OR-102, there is nothing but white space in it.
    """
    if not text or text.isspace():
        raise InputError("OR-102", "the text is empty")
    return plain_document(text, Source(origin_kind="memory").origin(text.encode("utf-8", "surrogatepass")))


def read_stream(stream: BinaryIO, source: Source) -> Iterator[Item]:
    """Which documents does this stream hold? gzip is unpacked; damage to it is a Failure after what came
    before it.

    Args:
        stream: Raw bytes, read forward; it is not closed.
        source: What is known of it.
    """
    try:
        head, whole = _with_head(stream)
        if head.startswith(GZIP_MAGIC):
            with gzip.GzipFile(fileobj=whole, mode="rb") as unpacked:
                head, whole = _with_head(io.BufferedReader(unpacked))
                yield from _items(head, whole, source)
        else:
            yield from _items(head, whole, source)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        yield source.failure(InputError("OR-112", f"{source.place} cannot be unpacked: {error}"))
    except OSError as error:
        yield source.failure(cannot_read(source.path or source.place, error))


def _items(head: bytes, whole: BinaryIO, source: Source) -> Iterator[Item]:
    kind = source.kind
    # `.xml` may be a feed or XHTML: the root element tells.
    if kind is None or (kind == "feed" and kind_of_bytes(head) == "html"):
        kind = kind_of_bytes(head)
    if not head:
        yield source.failure(InputError("OR-102", f"{source.place} is empty"), b"")
        return
    if kind == "jsonl":
        yield from read_jsonl(
            whole,
            path=source.path,
            encoding=source.encoding,
            limit_bytes=source.limit_bytes,
            retrieved=source.retrieved,
        )
        return
    data = whole.read(source.limit_bytes + 1)
    if len(data) > source.limit_bytes:
        yield source.failure(InputError("OR-111", f"{source.place} is larger than {source.limit_bytes} bytes"))
        return
    try:
        yield from _documents(data, kind, source)
    except InputError as error:
        yield source.failure(error, data)


def _documents(data: bytes, kind: InputKind, source: Source) -> Iterator[Item]:
    """The documents of a file that is held as a whole.

    Raises:
        InputError: Nothing can be made of it.
    """
    if kind == "feed":
        from onrecord.ingest.feed import read_feed

        yield from read_feed(data, source)
    elif kind == "html":
        from onrecord.ingest.html import read_html

        yield from read_html(data, source)
    else:
        yield read_plain(data, source.origin(data), encoding=source.encoding or source.charset, place=source.place)


def _path_items(path: Path, encoding: str | None, limit_bytes: int) -> Iterator[Item]:
    try:
        is_folder = path.is_dir()
    except OSError as error:
        yield Failure(origin=bare_origin(str(path)), error=cannot_read(str(path), error))
        return
    if not is_folder:
        yield from _file_items(path, encoding, limit_bytes)
        return
    empty = True
    for entry in files_of(path):
        empty = False
        if isinstance(entry, Path):
            yield from _file_items(entry, encoding, limit_bytes)
        else:
            yield entry
    if empty:
        nothing = InputError("OR-102", f"the folder {shown(str(path))} holds no files")
        yield Failure(origin=bare_origin(str(path)), error=nothing)


def _file_items(path: Path, encoding: str | None, limit_bytes: int) -> Iterator[Item]:
    source = Source(
        origin_kind="file",
        path=str(path),
        kind=kind_of_name(path.name),
        encoding=encoding,
        limit_bytes=limit_bytes,
    )
    try:
        stream = path.open("rb")
    except (OSError, ValueError) as error:
        yield source.failure(cannot_read(str(path), error))
        return
    with stream:
        yield from read_stream(stream, source)


def _targets_items(targets: Iterable[str | Path], encoding: str | None, limit_bytes: int) -> Iterator[Item]:
    for target in targets:
        if target == "-":
            yield from read_stdin(encoding=encoding, limit_bytes=limit_bytes)
        elif isinstance(target, str) and target.lower().startswith(("http://", "https://")):
            from onrecord.ingest.fetch import fetch

            yield from fetch(target, encoding=encoding)
        else:
            yield from _path_items(Path(target), encoding, limit_bytes)


def _with_head(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes, enough to tell the kind, and a stream that begins with them.

    Of a pipe that is still being written, no more than the first line with something in it is waited for,
    unless that line is markup, whose kind may show later.
    """
    lines: list[bytes] = []
    size = 0
    markup = False
    while size < HEAD_BYTES:
        line = stream.readline(HEAD_BYTES - size)
        if not line:
            break
        lines.append(line)
        size += len(line)
        # The first line with something in it decides; going through all of them again would be quadratic.
        start = b"" if markup else line.lstrip(b"\xef\xbb\xbf \t\r\n")
        markup = markup or start.startswith(b"<")
        if start and not markup:
            break
    head = b"".join(lines)
    return head, io.BufferedReader(_Rewound(head, stream), buffer_size=HEAD_BYTES)


class _Rewound(io.RawIOBase):
    """A stream that begins with bytes already taken from it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        # By lines, so that a line of a pipe is handed on before the next one is written.
        data = self._head[: len(buffer)] if self._head else self._rest.readline(len(buffer))
        self._head = self._head[len(data) :] if self._head else b""
        buffer[: len(data)] = data
        return len(data)
