"""Which shards does the input make? The same ones every time: they depend on the input and the size of a shard alone.

A shard is the smallest piece of work that is finished or not: a stretch of one large file, or some small files in a
row. Compressed WARC is cut anywhere, since its records can be found from any byte; JSON Lines between two lines;
Parquet between two row groups.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias

from onrecord.errors import InputError
from onrecord.ingest.columns import open_columns
from onrecord.ingest.folder import UNKNOWN_KIND, bare_origin, cannot_read, files_of
from onrecord.ingest.items import Failure, Skip
from onrecord.ingest.sniff import kind_of_name
from onrecord.ingest.unpack import DAMAGES, open_unpacked
from onrecord.ingest.warc import is_packed, plain_records
from onrecord.record.ids import sha256_hex

ShardKind: TypeAlias = Literal["files", "lines", "warc", "rows"]
BLOCK = 1 << 20
EDGE = 1 << 16
"""Bytes at each end of a large file that tell whether it is still the same one."""
FILES = 2000
"""At most so many small files make a shard."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a shard, or an entry of a folder that is none.

    Attributes:
        path: The path.
        skip: Why it is left out; None if it is read.
        failure: Why it cannot be read, code and message; None if nothing is known against it.
    """

    path: str
    skip: str | None = None
    failure: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """One piece of work.

    Attributes:
        number: Its place in the plan, from 0; the parts are named by it.
        kind: *files* (small ones, read one by one), *lines* (JSON Lines), *warc*, *rows* (Parquet).
        members: The files; one but for *files*.
        start: Where the stretch begins: bytes (unpacked for *lines*), or row groups.
        end: Where it ends; None to the end of the file, which is damaged.
        before: Lines or rows of the file before it.
        size: How much it is, for the progress: bytes, or rows.
    """

    number: int
    kind: ShardKind
    members: tuple[Member, ...]
    start: int = 0
    end: int | None = None
    before: int = 0
    size: int = 0

    @property
    def path(self) -> str:
        """The file, or the first one."""
        return self.members[0].path

    def identity(self) -> dict[str, object]:
        """What tells whether this is still the same input: paths and sizes, and the edges of a large file."""
        facts: list[list[object]] = []
        for member in self.members:
            size, edges = _size(member.path), None
            if self.kind != "files" and size is not None:
                edges = _edges(member.path, size)
            facts.append([member.path, size, edges])
        return {"kind": self.kind, "files": facts, "start": self.start, "end": self.end}


def plan_shards(inputs: Iterable[str], size_bytes: int) -> Iterator[Shard]:
    """The shards of these files and folders, in their order, lazily.

    Args:
        inputs: Paths.
        size_bytes: About so much of the input makes a shard; a record or a row group is never cut.

    Raises:
        UsageError: OR-003, a library for this kind of file is missing.
    """
    number = 0
    waiting: list[Member] = []
    waiting_bytes = 0

    def closed() -> Iterator[Shard]:
        nonlocal number, waiting_bytes
        if waiting:
            yield Shard(number=number, kind="files", members=tuple(waiting), size=max(waiting_bytes, 1))
            number += 1
            waiting.clear()
            waiting_bytes = 0

    for member in _members(inputs):
        kind = _kind(member)
        if kind == "files":
            waiting.append(member)
            waiting_bytes += _size(member.path) or 0
            if waiting_bytes >= size_bytes or len(waiting) >= FILES:
                yield from closed()
            continue
        yield from closed()
        for start, end, before, size in _CUTTERS[kind](member.path, size_bytes):
            yield Shard(
                number=number, kind=kind, members=(member,), start=start, end=end, before=before, size=max(size, 1)
            )
            number += 1
    yield from closed()


def _members(inputs: Iterable[str]) -> Iterator[Member]:
    for given in inputs:
        path = Path(given)
        # Not `Path.is_dir`: what may not be looked at is no folder to us, and a failure when it is read.
        if not os.path.isdir(path):  # noqa: PTH112
            yield Member(given)
            continue
        empty = True
        for entry in files_of(path):
            empty = False
            if isinstance(entry, Path):
                yield Member(str(entry))
            elif isinstance(entry, Failure):
                yield Member(entry.origin.path or given, failure=(entry.error.code, entry.error.message))
            elif entry.reason == UNKNOWN_KIND and entry.origin.path and _known(entry.origin.path):
                yield Member(entry.origin.path)
            else:
                yield Member(entry.origin.path or given, skip=entry.reason)
        if empty:
            yield Member(given, failure=("OR-102", f"the folder {given} holds no files"))


def _known(path: str) -> bool:
    """Is this a kind of file that archives are made of, though other commands do not read it?"""
    name = _bare(path)
    return name.endswith((".warc", ".parquet", ".json")) or kind_of_name(Path(name).name) is not None


def _bare(path: str) -> str:
    """The name in lower case, without the suffix of compression."""
    return path.lower().removesuffix(".gz").removesuffix(".zst")


def _kind(member: Member) -> ShardKind:
    if member.skip is not None or member.failure is not None or not os.path.isfile(member.path):  # noqa: PTH113
        return "files"
    name = _bare(member.path)
    if name.endswith(".warc"):
        return "warc"
    if name.endswith(".parquet"):
        return "rows"
    if name.endswith((".jsonl", ".ndjson")) or (name.endswith(".json") and _is_lines(member.path)):
        return "lines"
    return "files"


def _is_lines(path: str) -> bool:
    """Is this file, named as JSON, an object to a line?"""
    try:
        with open_unpacked(Path(path)) as stream:
            first = stream.readline(BLOCK).strip()
            return first.startswith(b"{") and first.endswith(b"}") and bool(stream.readline(BLOCK).strip())
    except (OSError, *DAMAGES):
        return False


_Cut: TypeAlias = tuple[int, int | None, int, int]


def _line_cuts(path: str, size_bytes: int) -> Iterator[_Cut]:
    start = offset = lines = before = 0
    try:
        with open_unpacked(Path(path)) as stream:
            while block := stream.read(BLOCK):
                place = 0
                while (want := max(start + size_bytes - 1 - offset, place)) < len(block):
                    cut = block.find(b"\n", want)
                    if cut < 0:
                        break
                    lines += block.count(b"\n", place, cut + 1)
                    place = cut + 1
                    yield start, offset + place, before, offset + place - start
                    start, before = offset + place, lines
                lines += block.count(b"\n", place)
                offset += len(block)
    except (OSError, *DAMAGES):
        # The worker that reads this stretch meets the damage and says so.
        yield start, None, before, max(offset - start, 1)
        return
    if offset > start or start == 0:
        yield start, offset, before, offset - start


def _warc_cuts(path: str, size_bytes: int) -> Iterator[_Cut]:
    try:
        with Path(path).open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            packed = is_packed(file)
            starts = range(size_bytes, size, size_bytes) if packed else _record_starts(file, size, size_bytes)
            start = 0
            for cut in starts:
                yield start, cut, 0, cut - start
                start = cut
            yield start, size, 0, size - start
    except OSError:
        yield 0, None, 0, 1


def _record_starts(file: BinaryIO, size: int, size_bytes: int) -> Iterator[int]:
    wanted = size_bytes
    for record in plain_records(file, 0, size, 0):
        if record.offset >= wanted:
            yield record.offset
            wanted = record.offset + size_bytes


def _row_cuts(path: str, size_bytes: int) -> Iterator[_Cut]:
    try:
        with open_columns(path) as file:
            groups = [file.metadata.row_group(k) for k in range(file.metadata.num_row_groups)]
            facts = [(group.num_rows, group.total_byte_size) for group in groups]
    except InputError:
        yield 0, None, 0, 1
        return
    start = before = rows = size = 0
    for number, (more, its_bytes) in enumerate(facts, start=1):
        rows, size = rows + more, size + its_bytes
        if size >= size_bytes or number == len(facts):
            yield start, number, before, rows
            start, before, rows, size = number, before + rows, 0, 0


_CUTTERS = {"lines": _line_cuts, "warc": _warc_cuts, "rows": _row_cuts}


def _size(path: str) -> int | None:
    try:
        return Path(path).stat().st_size
    except OSError:
        return None


def _edges(path: str, size: int) -> str | None:
    try:
        with Path(path).open("rb") as file:
            head = file.read(EDGE)
            file.seek(max(size - EDGE, 0))
            return sha256_hex(head + file.read(EDGE))
    except OSError:
        return None


def unreadable(path: str, error: OSError) -> Failure:
    """The failure of a file that cannot be opened."""
    return Failure(origin=bare_origin(path), error=cannot_read(path, error))


def skipped(member: Member) -> Skip:
    """The skip of an entry that is left out."""
    return Skip(origin=bare_origin(member.path), reason=member.skip or UNKNOWN_KIND)
