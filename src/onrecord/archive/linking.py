"""Links between the statements of a whole archive, as Parquet parts: block by block, side by side, resumable.

What links statements is that of a ledger, and takes a block as it would take a ledger that holds the block and its
context. In an archive that is no larger than a block and its window, the links are those of the ledger; in a larger
one, those that reach back further than the window are not found, apart from reprints.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import asdict
from itertools import chain, islice
from pathlib import Path
from typing import Any

from onrecord.archive.blocks import Block, BlockDocuments, blocks_of, order_documents
from onrecord.archive.copies import find_copies
from onrecord.archive.job import done_shards, locked, read_run
from onrecord.archive.libraries import need
from onrecord.archive.linked import (
    DONE,
    FOLDER,
    BlockResult,
    LinkedParts,
    agree,
    done_blocks,
    mark_done,
    summed,
    write_account,
)
from onrecord.archive.parts import part_path, unwritable
from onrecord.archive.rows import Row, clean
from onrecord.archive.schema import LINK_TABLES, LinkTable, schema_of
from onrecord.archive.views import COPIES
from onrecord.connect import Reprint
from onrecord.errors import ArchiveError
from onrecord.record.link import Link
from onrecord.record.reading import Reading
from onrecord.record.run import Counts
from onrecord.run.linking import Connects, linking_method
from onrecord.run.tally import count_words

BLOCK = 25_000
WINDOW = 25_000
MEMORY = "1GB"
"""What DuckDB may hold of a block, beside the statements that are compared."""
AT_ONCE = 5000
"""Links of a row group."""


def link_parts(
    out: Path,
    connector: Callable[[], Connects],
    *,
    workers: int = 1,
    block: int = BLOCK,
    window: int = WINDOW,
    progress: Callable[[Counts], None] | None = None,
) -> LinkedParts:
    """Write the links and reprints of an archive, or go on where that was stopped.

    The parts are the same for any number of workers, stopped in between or not.

    Args:
        out: The folder that `onrecord process` wrote and finished.
        connector: Makes what links statements; called in the workers, so it must be importable there.
        workers: Processes; each holds the statements of a block and its window.
        block: So many statements make a block.
        window: So many statements before it are compared with them.
        progress: Told the documents and statements of the finished blocks.

    Raises:
        ArchiveError: OR-509 there is no finished run, OR-501 it was linked with another configuration, OR-503 another
            process works on it, OR-508 a worker died, OR-510 there is too little memory to sort the documents.
        ModelError: What links statements cannot be loaded.
        InputError: OR-110, the output cannot be written.
        UsageError: OR-003, a library is missing.
    """
    configuration = _configuration(out, block, window)
    with _prepared(out, configuration, block) as blocks:
        results = done_blocks(out)
        resumed = len(results)
        left = (each for each in blocks if each.number not in results)
        for result in _linked(out, connector, left, workers, window):
            results[result.number] = result
            if progress is not None:
                progress(_counts(results.values()))
        found = summed(results.values(), resumed=resumed)
        counts = {name: value for name, value in asdict(found).items() if name != "resumed"}
        write_account(out, configuration, counts=counts)
    return found


def begin(out: Path, *, block: int = BLOCK, window: int = WINDOW) -> list[Block]:
    """Which blocks are left to link? For schedulers of your own.

    Give each to :func:`link_block`, anywhere where `out` leads to the same files; then call :func:`link_parts`, which
    finds them linked and writes the account.

    Raises:
        OnRecordError: As :func:`link_parts`.
    """
    with _prepared(out, _configuration(out, block, window), block) as blocks:
        results = done_blocks(out)
        return [each for each in blocks if each.number not in results]


@contextmanager
def _prepared(out: Path, configuration: Mapping[str, object], block: int) -> Iterator[list[Block]]:
    """The blocks, while no other process works on the folder."""
    with _told(out), locked(out, (FOLDER, f"{FOLDER}/{DONE}", *(f"{FOLDER}/{table}" for table in LINK_TABLES))):
        agree(out, configuration)
        if not (out / COPIES).is_file():
            find_copies(out)
        order_documents(out, size=block, memory=MEMORY)
        yield blocks_of(out)


def _configuration(out: Path, block: int, window: int) -> dict[str, object]:
    """What decides which links are found: the method, the blocks, and the documents."""
    need("duckdb", "pyarrow", "rensa", what="`onrecord link` of a folder")
    if not read_run(out)["finished"]:
        raise ArchiveError("OR-509", f"{out} is not finished", hint="Repeat `onrecord process` until it is.")
    parts = [[shard.number, *sorted(shard.parts.items())] for shard in done_shards(out)]
    method = linking_method()
    return {
        "method": {"version": method.version, "models": dict(sorted(method.models.items()))},
        "block": block,
        "window": window,
        "documents": hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest(),
    }


@contextmanager
def _told(out: Path) -> Iterator[None]:
    """What the disk or DuckDB says, as an error with a code."""
    import duckdb

    try:
        yield
    except OSError as error:
        raise unwritable(out / FOLDER, error) from error
    except duckdb.Error as error:
        told = str(error).strip().splitlines()[0]
        raise ArchiveError("OR-510", f"the documents cannot be brought into order: {told}") from error


def _counts(results: Iterable[BlockResult]) -> Counts:
    together = list(results)
    return Counts(
        kept=sum(each.documents for each in together),
        statements=sum(each.statements for each in together),
        words=sum(each.words for each in together),
    )


def _linked(
    out: Path, connector: Callable[[], Connects], blocks: Iterator[Block], workers: int, window: int
) -> Iterator[BlockResult]:
    """The blocks as they are finished, in any order, each by a process that serves several."""
    first = next(blocks, None)
    if first is None:
        return
    blocks = chain((first,), blocks)
    start = multiprocessing.get_context("spawn")
    others = multiprocessing.active_children()
    pool = ProcessPoolExecutor(workers, mp_context=start, initializer=_begin, initargs=(connector,))
    try:
        waiting: set[Future[BlockResult]] = set()
        while True:
            waiting |= {pool.submit(_link, out, each, window) for each in islice(blocks, workers - len(waiting))}
            if not waiting:
                return
            finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (each.result() for each in finished)
    except (BrokenProcessPool, MemoryError) as error:
        raise ArchiveError(
            "OR-508",
            "a process that linked a block died, perhaps for want of memory",
            hint="Repeat the command, with fewer --workers if memory is short: it goes on there.",
        ) from error
    finally:
        # What is left of them, when they are no longer wanted, would work on for minutes.
        for process in multiprocessing.active_children():
            if process not in others:
                process.terminate()
        pool.shutdown(cancel_futures=True)


class _Worker:
    """What a process keeps between blocks: what makes links, and what was made."""

    connector: Callable[[], Connects]
    loaded: Connects | None = None


def _begin(connector: Callable[[], Connects]) -> None:
    # Ctrl-C goes to the whole group; the driver decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_driver, daemon=True).start()
    _Worker.connector = connector


def _end_with_driver() -> None:
    if (driver := multiprocessing.parent_process()) is not None:
        driver.join()
        os._exit(1)


def _link(out: Path, block: Block, window: int) -> BlockResult:
    if _Worker.loaded is None:
        _Worker.loaded = _Worker.connector()
    return link_block(out, block, window, _Worker.loaded)


def link_block(out: Path, block: Block, window: int, connector: Connects) -> BlockResult:
    """Link one block in this process, and write its parts and its done-marker.

    Raises:
        ArchiveError: OR-510, the documents cannot be read.
        InputError: OR-110, the parts cannot be written.
    """
    import duckdb

    with _told(out), duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute("SET threads = 1")
        connection.execute("SET temp_directory = ?", [str(out / FOLDER / ".duckdb")])
        documents = BlockDocuments(connection, out, block, window)
        growing = connector.start()
        context, own = _Seen(), _Seen()
        growing.add(context.through(documents.context()))
        update = growing.add(own.through(documents.own()))
        where = context.document_of | own.document_of
        links = (_link_row(link, block.number, where) for link in update.links)
        reprints = (_reprint_row(each, block.number) for each in growing.reprints if each.page.id in own.ids)
        kinds: Counter[str] = Counter()
        _write(out, "links", block.number, _counted(links, kinds))
        result = BlockResult(
            number=block.number,
            documents=len(own.ids),
            context=len(context.ids),
            statements=len(own.document_of),
            words=own.words,
            links=dict(sorted(kinds.items())),
            reprints=_write(out, "reprints", block.number, reprints),
        )
        mark_done(out, result)
    return result


class _Seen:
    """What passed through.

    Attributes:
        ids: The documents.
        document_of: Of each statement.
        words: Of all of them.
    """

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self.document_of: dict[str, str] = {}
        self.words = 0

    def through(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """The same readings, noted."""
        for reading in readings:
            self.ids.add(reading.document.id)
            self.document_of |= {stmt.id: reading.document.id for stmt in reading.statements}
            self.words += count_words(reading.document.text)
            yield reading


def _counted(rows: Iterable[Row], kinds: Counter[str]) -> Iterator[Row]:
    for row in rows:
        kinds[row["kind"]] += 1
        yield row


def _link_row(link: Link, block: int, document_of: Mapping[str, str]) -> Row:
    names = ("id", "kind", "left", "right", "scope", "opposite", "same_time", "independent", "why", "score", "story")
    row: Row = {name: getattr(link, name) for name in names}
    return row | {
        "block": block,
        "left_document": document_of[link.left],
        "right_document": document_of[link.right],
        "left_evidence": [{"start": span.start, "end": span.end} for span in link.left_evidence],
        "right_evidence": [{"start": span.start, "end": span.end} for span in link.right_evidence],
    }


def _reprint_row(found: Reprint, block: int) -> Row:
    return {
        "document_id": found.page.id,
        "block": block,
        "first": found.of.id,
        "share": found.share,
        "credited": found.credited,
    }


def _write(out: Path, table: LinkTable, block: int, rows: Iterator[Row]) -> int:
    """Write a part, some rows in memory at a time; it appears when it is whole. How many rows has it?"""
    import pyarrow as pa
    from pyarrow import parquet

    target = part_path(out / FOLDER, table, block)
    draft = target.with_name(f".{target.name}.{os.getpid()}.draft")
    schema = schema_of(table)
    number = 0
    try:
        with draft.open("wb") as file, parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            while some := list(islice(rows, AT_ONCE)):
                kept: Any = clean(some)
                writer.write_batch(pa.RecordBatch.from_pylist(kept, schema=schema))
                number += len(some)
            writer.close()
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return number
