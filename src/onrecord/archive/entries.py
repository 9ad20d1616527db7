"""Which records does a shard hold, one by one, before any of them is read?"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from onrecord.archive.plan import Member, Shard, skipped, unreadable
from onrecord.errors import InputError, OnRecordError
from onrecord.ingest import read_path
from onrecord.ingest.columns import read_columns
from onrecord.ingest.encoding import byte_order_mark
from onrecord.ingest.folder import bare_origin, cannot_read, shown
from onrecord.ingest.items import Failure, Item
from onrecord.ingest.jsonl import BOM, json_record
from onrecord.ingest.pending import Pending
from onrecord.ingest.records import read_record
from onrecord.ingest.unpack import DAMAGES, damage, open_unpacked
from onrecord.ingest.warc import read_warc
from onrecord.record.document import Origin
from onrecord.record.ids import sha256_hex


def entries_of(shard: Shard, *, encoding: str | None, limit_bytes: int, text_column: str) -> Iterator[Pending]:
    """The records of a shard, in the order of the input.

    Args:
        shard: The shard.
        encoding: Of texts and lines, named by the user; None: found out, UTF-8 for lines.
        limit_bytes: A record that is larger is a Failure (OR-111).
        text_column: The column of a Parquet file that holds the text.
    """
    path = shard.path
    if shard.kind == "files":
        position = 0
        for member in shard.members:
            position += _bytes_of(member.path)
            load = partial(_file, member, encoding, limit_bytes)
            yield Pending(origin=bare_origin(member.path), position=position, load=load)
    elif shard.kind == "lines":
        yield from _lines(shard, encoding, limit_bytes)
    elif shard.kind == "warc":
        try:
            with Path(path).open("rb") as file:
                end = shard.end if shard.end is not None else file.seek(0, io.SEEK_END)
                yield from read_warc(file, path=path, start=shard.start, end=end, limit_bytes=limit_bytes)
        except OSError as error:
            yield _broken(path, shard.start, cannot_read(path, error))
    else:
        yield from read_columns(path, shard.start, shard.end or 0, shard.before, text_column=text_column)


def _bytes_of(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def _broken(path: str, position: int, error: OnRecordError, **place: int) -> Pending:
    failure = Failure(origin=replace(bare_origin(path), **place), error=error)  # type: ignore[arg-type]
    return Pending(origin=failure.origin, position=position, load=lambda: (failure,))


# Small files


def _file(member: Member, encoding: str | None, limit_bytes: int) -> Iterator[Item]:
    if member.skip is not None:
        yield skipped(member)
    elif member.failure is not None:
        code, message = member.failure
        yield Failure(origin=bare_origin(member.path), error=InputError(code, message))
    elif Path(member.path).name.lower().removesuffix(".gz").removesuffix(".zst").endswith(".json"):
        yield from _whole_json(member.path, encoding, limit_bytes)
    else:
        yield from read_path(member.path, encoding=encoding, limit_bytes=limit_bytes)


def _whole_json(path: str, encoding: str | None, limit_bytes: int) -> Iterator[Item]:
    """A file that is one JSON object, or a list of them."""
    try:
        with open_unpacked(Path(path)) as stream:
            data = stream.read(limit_bytes + 1)
    except DAMAGES as error:
        yield Failure(origin=bare_origin(path), error=damage(path, error))
        return
    except OSError as error:
        yield unreadable(path, error)
        return
    origin = Origin(kind="file", path=path, digest=sha256_hex(data))
    if len(data) > limit_bytes:
        yield Failure(origin=origin, error=InputError("OR-111", f"{shown(path)} is larger than {limit_bytes} bytes"))
        return
    try:
        found: object = json.loads(data.decode(encoding or "utf-8-sig"))
    except (ValueError, RecursionError) as error:
        yield Failure(origin=origin, error=InputError("OR-105", f"{shown(path)} is not JSON: {error}"))
        return
    records = found if isinstance(found, list) else [found]
    for number, record in enumerate(records, start=1):
        place = f"record {number} of {shown(path)}"
        own = origin if len(records) == 1 else replace(origin, record=number)
        if isinstance(record, Mapping):
            yield from _read(lambda r=record: r, own, place)  # type: ignore[misc]
        else:
            yield Failure(origin=own, error=InputError("OR-105", f"{place} is not a JSON object"))


def _read(record: Callable[[], Mapping[str, object]], origin: Origin, place: str) -> tuple[Item, ...]:
    try:
        return (read_record(record(), origin, place),)
    except InputError as error:
        return (Failure(origin=origin, error=error),)


# JSON Lines


def _lines(shard: Shard, encoding: str | None, limit_bytes: int) -> Iterator[Pending]:
    path, number, offset = shard.path, shard.before, shard.start
    if encoding is not None and "\n".encode(encoding, "replace") != b"\n":
        yield _broken(path, shard.start, _utf16(path))
        return
    try:
        with open_unpacked(Path(path)) as stream:
            _pass_over(stream, shard.start)
            while (shard.end is None or offset < shard.end) and (line := stream.readline(limit_bytes + 1)):
                number += 1
                size = len(line) + _rest(stream, line, limit_bytes)
                pending = _line(path, number, offset, line, size, encoding, limit_bytes)
                offset += size
                if pending is not None:
                    yield pending
    except DAMAGES as error:
        yield _broken(path, offset, damage(path, error), record=number + 1, byte_offset=offset)
    except OSError as error:
        yield _broken(path, offset, cannot_read(path, error))


def _pass_over(stream: BinaryIO, size: int) -> None:
    """Go on to this byte; what is compressed has to be unpacked on the way."""
    try:
        stream.seek(size)
    except (OSError, ValueError):
        while size > 0 and (block := stream.read(min(size, 1 << 20))):
            size -= len(block)


def _rest(stream: BinaryIO, line: bytes, limit_bytes: int) -> int:
    """How many bytes of a line that is too long come after its beginning? They are read, not held."""
    size = 0
    if len(line) > limit_bytes and not line.endswith(b"\n"):
        while more := stream.readline(1 << 20):
            size += len(more)
            if more.endswith(b"\n"):
                break
    return size


def _line(
    path: str, number: int, offset: int, line: bytes, size: int, encoding: str | None, limit_bytes: int
) -> Pending | None:
    raw, start = line.rstrip(b"\r\n"), offset
    if number == 1 and raw.startswith(BOM):
        start, raw = offset + len(BOM), raw[len(BOM) :]
    if not raw.strip():
        return None
    origin = Origin(kind="jsonl", path=path, record=number, byte_offset=start, digest=sha256_hex(raw))
    place = f"line {number} of {shown(path)}"
    error: InputError | None = None
    if number == 1 and byte_order_mark(raw) is not None:
        error = _utf16(path)
    elif size > len(line):
        error = InputError("OR-111", f"{place} is longer than {limit_bytes} bytes")
    if error is not None:
        failure = Failure(origin=origin, error=error)
        return Pending(origin=origin, position=offset + size, load=lambda: (failure,))
    load = partial(_read, partial(json_record, raw, encoding, place), origin, place)
    return Pending(origin=origin, position=offset + size, load=load)


def _utf16(path: str) -> InputError:
    return InputError(
        "OR-104",
        f"{shown(path)} is UTF-16 or the like; JSON Lines must be UTF-8 or keep ASCII as it is",
        hint="Convert it, for instance with `iconv -f UTF-16 -t UTF-8`.",
    )
