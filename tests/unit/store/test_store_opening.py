"""Files that are no ledger, or a ledger that cannot be used, say so; nothing is written into them."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledgers import FIRST, said
from onrecord.errors import StoreError
from onrecord.store import Ledger
from onrecord.store.connection import APPLICATION_ID, migrations


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger with one reading."""
    place = tmp_path / "a.ledger"
    with Ledger.open(place, create=True) as ledger:
        ledger.add(ledger.start_run(FIRST).id, said("Ann", "it works"))
    return place


def code_of(path: Path, *, create: bool = False, readonly: bool = False) -> str:
    with pytest.raises(StoreError) as caught:
        Ledger.open(path, create=create, readonly=readonly, wait_s=0.05).close()
    assert str(path) in caught.value.message or repr(str(path)) in caught.value.message
    assert caught.value.hint
    return caught.value.code


BOTH = pytest.mark.parametrize("readonly", [False, True])


def test_a_closed_ledger_is_one_file_that_says_what_it_is(path: Path) -> None:
    assert [entry.name for entry in path.parent.iterdir()] == ["a.ledger"]
    header = path.read_bytes()[:100]
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID
    assert int.from_bytes(header[60:64], "big") == migrations()[-1][0]


@pytest.mark.parametrize("name", ["a b.ledger", 'it\'s "q".db', "50%.db", "a?mode=ro", "#1", "%41", "é 日本", "a;b"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    with Ledger.open(tmp_path / name, create=True) as ledger:
        ledger.add(ledger.start_run(FIRST).id, said("Ann", "it works"))
    assert [entry.name for entry in tmp_path.iterdir()] == [name]
    with Ledger.open(str(tmp_path / name), readonly=True) as ledger:
        assert ledger.counts().documents == 1


def test_a_name_that_is_not_text_will_do(tmp_path: Path) -> None:
    name = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.ledger"))
    Ledger.open(name, create=True).close()
    Ledger.open(name).close()


def test_a_relative_path_will_do(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    Ledger.open("a.ledger").close()


@BOTH
def test_it_must_exist(tmp_path: Path, readonly: bool) -> None:
    assert code_of(tmp_path / "none.ledger", readonly=readonly) == "OR-408"
    assert code_of(tmp_path / "none.ledger", create=True, readonly=True) == "OR-408"
    assert code_of(tmp_path / "no folder" / "a.ledger", readonly=readonly) == "OR-408"
    assert code_of(tmp_path / "nul\0.ledger", readonly=readonly) == "OR-408"
    assert list(tmp_path.iterdir()) == []


def test_its_folder_must_exist(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        Ledger.open(tmp_path / "no folder" / "a.ledger", create=True)
    assert caught.value.code == "OR-408"


@pytest.mark.parametrize("create", [False, True])
def test_a_foreign_file_is_left_as_it_is(tmp_path: Path, create: bool) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("Ann said that it works.")
    short = tmp_path / "short"
    short.write_bytes(b"SQL")
    foreign = tmp_path / "other.db"
    with sqlite3.connect(foreign) as other:
        other.execute("CREATE TABLE t (x)")
    other.close()
    numbered = tmp_path / "numbered.db"
    with sqlite3.connect(numbered) as other:
        other.execute("PRAGMA user_version = 1")
    other.close()
    for place in (text, short, foreign, numbered):
        before = place.read_bytes()
        assert code_of(place, create=create) == "OR-401"
        assert code_of(place, readonly=True) == "OR-401"
        assert place.read_bytes() == before
    assert code_of(tmp_path, create=create) == "OR-401"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [
        "notes.txt",
        "numbered.db",
        "other.db",
        "short",
    ]


def test_an_empty_file_becomes_a_ledger_only_if_asked(tmp_path: Path) -> None:
    place = tmp_path / "empty"
    place.touch()
    assert code_of(place) == "OR-401"
    assert code_of(place, readonly=True) == "OR-401"
    assert place.stat().st_size == 0
    Ledger.open(place, create=True).close()
    Ledger.open(place).close()


def test_a_file_that_was_made_but_not_filled_becomes_a_ledger(tmp_path: Path) -> None:
    place = tmp_path / "killed"
    started = sqlite3.connect(place)
    started.execute("PRAGMA journal_mode = WAL")
    started.close()
    assert place.stat().st_size > 0
    assert code_of(place) == "OR-401"
    Ledger.open(place, create=True).close()
    Ledger.open(place).close()


@BOTH
def test_a_newer_version(path: Path, readonly: bool) -> None:
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 99")
    other.close()
    assert code_of(path, readonly=readonly) == "OR-405"


@BOTH
def test_a_truncated_file(path: Path, readonly: bool) -> None:
    whole = path.read_bytes()
    for size in (len(whole) - 1, len(whole) // 2, 4096, 4095, 100, 50, 16):
        path.write_bytes(whole[:size])
        assert code_of(path, readonly=readonly) == "OR-404", size
    path.write_bytes(whole)
    Ledger.open(path, readonly=readonly).close()


def test_a_damaged_file_is_an_error_of_ours(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    page = 4096
    for start in range(page, len(whole), page):
        broken = bytearray(whole)
        broken[start : start + page] = b"\xa5" * page
        path.write_bytes(broken)
        try:
            with Ledger.open(path, readonly=True) as ledger:
                list(ledger.records())
                ledger.search("works")
                ledger.search_documents("works")
                ledger.counts()
        except StoreError as error:
            assert error.code == "OR-404"


def test_locked_by_another_program(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Ledger.open(path, wait_s=0.05) as ledger:
        assert ledger.counts().documents == 1  # reading goes on
        for write in (
            lambda: ledger.start_run(FIRST),
            lambda: ledger.decide(next(ledger.readings()).statements[0].id, "rejected", by="eva"),
        ):
            with pytest.raises(StoreError) as caught:
                write()
            assert caught.value.code == "OR-402"
    other.execute("ROLLBACK")
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    other.close()


@BOTH
def test_held_for_itself_by_another_program(path: Path, readonly: bool) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sqlite3, sys\n"
            "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
            "c.execute('PRAGMA locking_mode = EXCLUSIVE'); c.execute('BEGIN IMMEDIATE')\n"
            "c.execute('UPDATE run SET cpu = cpu'); print('held', flush=True); sys.stdin.read()",
            path,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        assert code_of(path, readonly=readonly) == "OR-402"
    finally:
        holder.communicate()
    Ledger.open(path).close()


READ_AS_NOBODY = """
import os, sys, tempfile
from onrecord.errors import StoreError
from onrecord.store import Ledger
with tempfile.TemporaryDirectory() as folder, Ledger.open(folder + "/warm", create=True) as ledger:
    ledger.search("warm", outlet="x", since="2026")  # imports what nobody else may read
os.setgid(65534); os.setuid(65534)
path, how = sys.argv[1:]
try:
    with Ledger.open(path, readonly=how == "readonly", create=how == "create") as ledger:
        print(ledger.counts().documents, len(ledger.search("works").hits))
        ledger.start_run(next(ledger.runs()).method)
except StoreError as error:
    print(error.code)
"""


def as_nobody(path: Path, how: str) -> list[str]:
    """What one sees who may not write."""
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody who may not write; root itself may always")
    done = subprocess.run(
        [sys.executable, "-c", READ_AS_NOBODY, path, how], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.fail(done.stderr)
    return done.stdout.split()


@pytest.fixture
def readable(path: Path) -> Iterator[Path]:
    """A ledger in a folder that all may read and nobody else may write; those of pytest are private."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(shutil.copy(path, folder))


def test_a_ledger_that_may_only_be_read(readable: Path) -> None:
    path = readable
    path.chmod(0o444)
    assert as_nobody(path, "readonly") == ["1", "1", "OR-403"]
    assert as_nobody(path, "write") == ["OR-403"]
    assert as_nobody(path.parent / "new.ledger", "create") == ["OR-403"]
    path.chmod(0o000)
    assert as_nobody(path, "readonly") == ["OR-403"]


def test_opened_for_reading_it_refuses_to_write(path: Path) -> None:
    before = path.read_bytes()
    with Ledger.open(path, readonly=True) as ledger:
        with pytest.raises(StoreError) as caught:
            ledger.start_run(FIRST)
        assert caught.value.code == "OR-403"
        ledger.search("works")
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["a.ledger"]


def test_no_space_left(path: Path) -> None:
    with Ledger.open(path) as ledger:
        run = ledger.start_run(FIRST)
        pages = ledger._connection.execute("PRAGMA page_count").fetchone()[0]
        ledger._connection.execute(f"PRAGMA max_page_count = {pages + 3}")
        kept = 1
        with pytest.raises(StoreError) as caught:
            for n in range(1000):
                ledger.add(run.id, said("Ann", f"it works {n} " + "again and " * 200 + "again"))
                kept += 1
        assert caught.value.code == "OR-406"
        ledger._connection.execute("PRAGMA max_page_count = 100000")
        assert ledger.counts().documents == kept
        assert ledger.add(run.id, said("Bob", "there is room again"))
        assert len(list(ledger.readings())) == kept + 1


FILL = """
import resource, signal, sys
sys.path.insert(0, sys.argv[2])
from ledgers import FIRST, said
from onrecord.errors import StoreError
from onrecord.store import Ledger
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Ledger.open(sys.argv[1]) as ledger:
    run = ledger.start_run(FIRST)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))
    try:
        for n in range(10_000):
            ledger.add(run.id, said("Ann", f"it works {n} " + "again and " * 200 + "again"))
    except StoreError as error:
        print(error.code, n)
"""


def test_a_disk_that_takes_no_more(path: Path) -> None:
    tests = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", FILL, path, tests], capture_output=True, text=True, check=False)
    code, added = done.stdout.split()
    assert code == "OR-406"
    assert int(added) > 10
    with Ledger.open(path) as ledger:
        assert ledger.counts().documents == 1 + int(added)
        assert all(len(reading.statements) == 1 for reading in ledger.readings())
