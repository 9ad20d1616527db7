"""Killed at any moment: the ledger opens, holds whole documents only, and the same work completes it."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ledgers import FIRST, a_document, a_statement
from onrecord.record import Reading
from onrecord.store import Ledger

DOCUMENTS = 120

ADD_ALL = """
import sys
sys.path[:0] = sys.argv[2:]
from ledgers import FIRST
from onrecord.store import Ledger
from test_store_killed import some_readings
with Ledger.open(sys.argv[1], create=True) as ledger:
    run = ledger.start_run(FIRST)
    for n, reading in enumerate(some_readings()):
        ledger.add(run.id, reading)
        print(n, flush=True)
"""


def some_readings() -> list[Reading]:
    """Documents with many statements each, so that most of the time is spent inside of one."""
    found = []
    for n in range(DOCUMENTS):
        words = [f"w{n}x{i}" for i in range(40)]
        doc = a_document("Ann said " + " ".join(words) + ".")
        found.append(Reading(document=doc, statements=tuple(a_statement(doc, word, source="Ann") for word in words)))
    return found


@pytest.mark.slow
def test_killed_at_any_moment(tmp_path: Path) -> None:
    path = tmp_path / "a.ledger"
    expected = some_readings()
    command = [
        sys.executable,
        "-c",
        ADD_ALL,
        str(path),
        str(Path(__file__).parents[2]),
        str(Path(__file__).parent),
    ]
    rng = random.Random(7)
    interrupted = 0
    for _ in range(8):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
            assert worker.stdout is not None
            for _ in range(rng.randint(0, 20)):
                worker.stdout.readline()
            time.sleep(rng.uniform(0, 0.02))
            worker.send_signal(signal.SIGKILL)
            reported = [int(line) for line in worker.stdout.read().split("\n")[:-1]]
        interrupted += worker.returncode == -signal.SIGKILL
        if not path.exists() or path.stat().st_size == 0:
            continue
        with Ledger.open(path, create=True) as ledger:
            kept = list(ledger.readings())
            assert kept == expected[: len(kept)]
            if reported:
                assert len(kept) > reported[-1]  # what was said to be added is there
            assert ledger._connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert ledger.counts().observed == 40 * len(kept)
    assert interrupted >= 4
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with Ledger.open(path) as ledger:
        assert list(ledger.readings()) == expected
        counts = ledger.counts()
        assert (counts.documents, counts.readings, counts.observed) == (DOCUMENTS, DOCUMENTS, 40 * DOCUMENTS)
        assert [hit.entry.content for hit in ledger.search("w119x39").hits] == ["w119x39"]
        assert all(run.finished is None for run in ledger.runs())


@pytest.mark.slow
def test_several_programs_add_and_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.ledger"
    Ledger.open(path, create=True).close()
    command = [
        sys.executable,
        "-c",
        ADD_ALL,
        str(path),
        str(Path(__file__).parents[2]),
        str(Path(__file__).parent),
    ]
    workers = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(3)]
    sizes = [0]
    with Ledger.open(path, readonly=True) as reader:
        while any(worker.poll() is None for worker in workers):
            kept = list(reader.readings())
            assert all(len(reading.statements) == 40 for reading in kept)
            sizes.append(len(kept))
    assert sizes == sorted(sizes)
    assert [worker.returncode for worker in workers] == [0, 0, 0]
    with Ledger.open(path, readonly=True) as ledger:
        ids = [doc.id for doc in ledger.documents()]
        assert sorted(ids) == sorted(reading.document.id for reading in some_readings())
        assert ledger.counts().readings == DOCUMENTS
        assert len({run.id for run in ledger.runs()}) == 3
        assert ledger.has(ids[0], FIRST.id)
