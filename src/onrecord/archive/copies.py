"""Which documents of an archive print an earlier one again? For millions of documents, in bounded memory.

`connect.reprints` compares every document with all that share wording with it, and holds them all. Here MinHash finds
the few that are worth comparing (rensa), DuckDB sorts them on the disk when memory is short, and the same judge
decides on a sample of the wording. Documents that print one text form a cluster; the earliest printing comes first.

The signature of a document is cut into bands of two values: two documents whose grams are alike to the share J meet in
at least one of 64 bands with a likelihood of 1 - (1 - J²)^64: 93% for J = 0.2, which is where reprints that editors cut
and rewrote begin, and 15% for J = 0.05, which is what articles on the same event share.
"""

from __future__ import annotations

import os
import tempfile
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.archive.libraries import need
from onrecord.archive.parts import unwritable
from onrecord.archive.views import COPIES, database
from onrecord.connect.claim import Page
from onrecord.connect.reprints import Print, print_of, reprint, sample_of
from onrecord.errors import ArchiveError

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

BANDS, ROWS = 64, 2
SEED = 1
AT_ONCE = 512
"""Documents that are held with their text."""
PAIRS = 5000
"""Pairs that are compared with one fetch of their samples."""
EARLIEST = 3
"""Of the documents that meet in a band, each is compared with so many of the earliest: many copies stay linear."""
FEW_GRAMS = 10
"""A text with fewer grams is no copy of anything: too little to say."""
MEMORY = "2GB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """What was found.

    Attributes:
        documents: Documents that were looked at.
        clusters: Texts that were printed more than once.
        copies: Documents that print an earlier one again.
        compared: Pairs that were compared.
    """

    documents: int
    clusters: int
    copies: int
    compared: int


def find_copies(out: Path, *, memory: str = MEMORY, progress: Callable[[int], None] | None = None) -> Copies:
    """Write ``copies.parquet``: document_id, first (the earliest printing), share, credited; in the order of printing.

    The earliest printing of a text is in no row of its own: a cluster is what shares one ``first``, and that one.

    Args:
        out: The folder that `onrecord process` wrote.
        memory: What DuckDB may hold; beyond that it goes to the disk.
        progress: Told how many documents were looked at.

    Raises:
        ArchiveError: OR-509, there is no run; OR-510, the memory is too small.
        InputError: OR-110, the result cannot be written.
        UsageError: OR-003, a library is missing.
    """
    need("duckdb", "rensa", "pyarrow", what="`onrecord copies`")
    import duckdb

    try:
        with (
            database(out, memory=memory) as connection,
            tempfile.TemporaryDirectory(dir=out, prefix=".copies.") as folder,
        ):
            connection.execute(f"SET temp_directory = '{_sql(folder)}'")
            connection.execute(f"ATTACH '{_sql(folder)}/work.duckdb' AS work")
            documents = _sketch(connection, progress)
            found, compared = _judge(connection, documents)
            _write(out, found)
    except OSError as error:
        raise unwritable(out / COPIES, error) from error
    except duckdb.Error as error:
        told = str(error).strip().splitlines()[0]
        raise ArchiveError("OR-510", f"the search for copies failed: {told}", hint="Give it more --memory.") from error
    return Copies(
        documents=documents,
        clusters=len(set(found["first"])),
        copies=len(found["document_id"]),
        compared=compared,
    )


def _sql(text: str) -> str:
    return text.replace("'", "''")


def _sketch(connection: DuckDBPyConnection, progress: Callable[[int], None] | None) -> int:
    """Number the documents as they were printed; keep of each a sample of its wording, and its bands."""
    # A date after the day on which the page was fetched is a wrong date.
    connection.execute("""
        CREATE TABLE work.printed AS
        SELECT row_number() OVER (ORDER BY day, shard, number) - 1 AS n, id, outlet, shard, number FROM (
            SELECT id, outlet, shard, number,
                   CASE WHEN published IS NULL OR published > coalesce(retrieved, '9999')
                        THEN coalesce(retrieved, '9999') ELSE published END AS day
            FROM documents)
    """)
    connection.execute("CREATE TABLE work.sketch (n BIGINT, outlet VARCHAR, narration UBIGINT[], quoted UBIGINT[],"
                       " credits VARCHAR)")  # fmt: skip
    connection.execute("CREATE TABLE work.band (band UTINYINT, hash UBIGINT, n BIGINT)")
    texts = connection.cursor()
    texts.execute("SELECT p.n, d.outlet, d.text FROM documents d JOIN work.printed p ON p.id = d.id")
    seen = 0
    while rows := texts.fetchmany(AT_ONCE):
        prints = [(n, print_of(_page(str(n), outlet), text)) for n, outlet, text in rows]
        _keep(connection, prints)
        seen += len(rows)
        if progress is not None:
            progress(seen)
    return seen


def _page(name: str, outlet: str | None) -> Page:
    return Page(
        id=name,
        name=name,
        order=("", name),
        day=None,
        outlet=outlet.casefold() if outlet else None,
        outlet_words=frozenset(),
        topic={},
        usual=frozenset(),
        story=None,
    )


def _keep(connection: DuckDBPyConnection, prints: list[tuple[int, Print]]) -> None:
    sketches, bands = sketch_tables(prints)
    connection.register("new_sketches", sketches)
    connection.execute("INSERT INTO work.sketch SELECT * FROM new_sketches")
    connection.register("new_bands", bands)
    connection.execute("INSERT INTO work.band SELECT * FROM new_bands")


def sketch_tables(prints: list[tuple[int, Print]]) -> tuple[pa.Table, pa.Table]:
    """What is kept of these documents: the samples of their wording, and the bands of their signatures."""
    import numpy as np
    import pyarrow as pa
    from rensa import RMinHash

    narrations = [sample_of(each.narration) for _, each in prints]
    quoted = [sample_of(each.quoted) for _, each in prints]
    telling = [k for k, (_, each) in enumerate(prints) if len(each.sample) >= FEW_GRAMS]
    sketches = pa.table(
        {
            "n": pa.array([n for n, _ in prints], pa.int64()),
            "outlet": pa.array([each.page.outlet for _, each in prints], pa.string()),
            "narration": pa.array(narrations, pa.list_(pa.uint64())),
            "quoted": pa.array(quoted, pa.list_(pa.uint64())),
            "credits": pa.array([_writable(each.credits) for _, each in prints], pa.string()),
        }
    )
    if not telling:
        empty = pa.schema([("band", pa.uint8()), ("hash", pa.uint64()), ("n", pa.int64())]).empty_table()
        return sketches, empty
    rows = RMinHash.digest_matrix_from_token_hash_sets(
        [prints[k][1].sample.tolist() for k in telling], num_perm=BANDS * ROWS, seed=SEED
    ).to_rows()
    values = np.array(rows, dtype=np.uint64).reshape(len(telling), BANDS, ROWS)
    hashes = (values[:, :, 0] << np.uint64(32)) ^ values[:, :, 1]
    numbers = np.array([prints[k][0] for k in telling], dtype=np.int64)
    bands = pa.table(
        {
            "band": np.tile(np.arange(BANDS, dtype=np.uint8), len(telling)),
            "hash": hashes.reshape(-1),
            "n": np.repeat(numbers, BANDS),
        }
    )
    return sketches, bands


def _writable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _judge(connection: DuckDBPyConnection, documents: int) -> tuple[dict[str, list[Any]], int]:
    """Compare the documents that met in a band with the earliest there, the later ones last."""
    connection.execute(f"""
        CREATE TABLE work.pair AS
        WITH met AS (SELECT band, hash, n, row_number() OVER (PARTITION BY band, hash ORDER BY n) AS place
                     FROM work.band)
        SELECT DISTINCT b.n AS later, a.n AS earlier FROM met a JOIN met b USING (band, hash)
        WHERE a.place <= {EARLIEST} AND b.place > a.place
    """)
    cursor = connection.cursor()
    cursor.execute("SELECT later, earlier FROM work.pair ORDER BY later, earlier")
    firsts = array("q", range(documents))
    copies: list[tuple[int, int, float, bool]] = []
    compared = 0
    # A batch at a time: the samples of all pairs at once would be many times those of all documents.
    while pairs := cursor.fetchmany(PAIRS):
        prints = _prints(connection, {n for pair in pairs for n in pair})
        for later, earlier in pairs:
            if firsts[later] != later:
                continue
            compared += 1
            found = reprint(prints[later], prints[earlier])
            if found is not None:
                firsts[later] = firsts[earlier]
                copies.append((later, firsts[later], round(found[0], 4), found[1]))
    return _named(connection, copies), compared


def _prints(connection: DuckDBPyConnection, numbers: set[int]) -> dict[int, Print]:
    """What is kept of the wording of these documents."""
    rows = connection.execute(
        "SELECT n, outlet, narration, quoted, credits FROM work.sketch WHERE n IN (SELECT unnest(?))", [sorted(numbers)]
    ).fetchall()
    return {row[0]: _print(row[1:]) for row in rows}


def _print(row: tuple[Any, ...]) -> Print:
    outlet, narration, quoted, credits_of = row
    import numpy as np

    narrated, said = (np.array(grams, dtype=np.uint64) for grams in (narration, quoted))
    return Print(
        page=_page("", outlet),
        narration=narrated,
        quoted=said,
        whole=False,
        sample=np.union1d(narrated, said),
        credits=credits_of,
    )


def _named(connection: DuckDBPyConnection, copies: list[tuple[int, int, float, bool]]) -> dict[str, list[Any]]:
    """The copies with the ids of the documents in place of their numbers."""
    found: dict[str, list[Any]] = {"document_id": [], "first": [], "share": [], "credited": []}
    rows = iter(copies)
    while some := list(islice(rows, 100_000)):
        numbers = sorted({n for later, first, _, _ in some for n in (later, first)})
        ids = dict(
            connection.execute("SELECT n, id FROM work.printed WHERE n IN (SELECT unnest(?))", [numbers]).fetchall()
        )
        for later, first, share, credited in some:
            found["document_id"].append(ids[later])
            found["first"].append(ids[first])
            found["share"].append(share)
            found["credited"].append(credited)
    return found


def _write(out: Path, found: dict[str, list[Any]]) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    types = {"document_id": pa.string(), "first": pa.string(), "share": pa.float64(), "credited": pa.bool_()}
    table = pa.table({name: pa.array(found[name], kind) for name, kind in types.items()})
    draft = out / f".{COPIES}.{os.getpid()}.draft"
    with draft.open("wb") as file:
        parquet.write_table(table, file, compression="zstd")
    draft.replace(out / COPIES)
