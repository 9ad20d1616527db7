"""Whatever happens to a run, running it again ends in the bytes of an undisturbed one."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archives import a_job, contents, done, failures, lines, packed, record, text, texts_of
from onrecord.archive.entries import entries_of
from onrecord.archive.job import opened
from onrecord.archive.plan import plan_shards
from onrecord.archive.supervise import check_system
from onrecord.errors import ArchiveError, InputError, ModelError, UsageError
from onrecord.ingest import Failure
from onrecord.record.document import Document

DRIVER = """
import sys
sys.path[:0] = sys.argv[3:]
from pathlib import Path
from archives import done
done(Path(sys.argv[1]), Path(sys.argv[2]), workers=2)
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_text(lines(text(n) for n in range(60)))
    return path


@pytest.fixture
def undisturbed(tmp_path: Path, archive: Path) -> dict[str, bytes]:
    done(tmp_path / "whole", archive)
    return contents(tmp_path / "whole")


def drive(out: Path, archive: Path, *, seconds_each: float = 0.02) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(out), str(archive), str(Path(__file__).parents[2])],
        env=os.environ | {"SECONDS_EACH": str(seconds_each)},
        stderr=subprocess.DEVNULL,
    )


def markers(out: Path) -> int:
    return len(list((out / "shards").glob("[0-9]*[0-9].json")))


def children(pid: int) -> list[int]:
    return [
        int(stat.parent.name)
        for stat in Path("/proc").glob("[0-9]*/stat")
        if (fields := read_or_empty(stat).rpartition(")")[2].split()) and int(fields[1]) == pid
    ]


def read_or_empty(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


@pytest.mark.slow
def test_any_number_of_workers_makes_the_same_bytes(tmp_path, archive, undisturbed) -> None:
    report = done(tmp_path / "out", archive, workers=3)
    assert contents(tmp_path / "out") == undisturbed
    assert report.counts.kept == 60 and report.shards > 5 and report.deaths == 0


@pytest.mark.slow
def test_the_driver_is_killed_again_and_again(tmp_path, archive, undisturbed) -> None:
    out = tmp_path / "out"
    for wanted in (1, 4):
        driver = drive(out, archive)
        while markers(out) < wanted and driver.poll() is None:
            time.sleep(0.01)
        workers = children(driver.pid)
        driver.kill()
        assert driver.wait() == -signal.SIGKILL
        deadline = time.monotonic() + 10
        while any(Path(f"/proc/{pid}/fd/0").exists() for pid in workers):
            assert time.monotonic() < deadline, "a worker outlives its supervisor"
            time.sleep(0.01)
    before = markers(out)
    report = done(out, archive)
    assert report.resumed == before >= 4
    assert contents(out) == undisturbed


@pytest.mark.slow
def test_a_worker_is_killed_from_outside(tmp_path, archive, undisturbed) -> None:
    out = tmp_path / "out"
    driver = drive(out, archive)
    killed = 0
    while driver.poll() is None and killed < 2:
        if markers(out) > killed:
            for pid in children(driver.pid)[:1]:
                os.kill(pid, signal.SIGKILL)
                killed += 1
        time.sleep(0.01)
    assert driver.wait() == 0 and killed == 2
    assert contents(out) == undisturbed
    assert failures(out) == []


@pytest.mark.slow
def test_a_death_that_is_no_documents_fault_blames_none(tmp_path) -> None:
    archive = tmp_path / "in.jsonl"
    archive.write_text(lines([text(0), f"ONCE {tmp_path / 'mark'} {text(1)}", text(2)]))
    report = done(tmp_path / "out", archive)
    assert report.deaths == 1 and report.counts.kept == 3


@pytest.mark.slow
@pytest.mark.parametrize(
    ("word", "code", "changes"),
    [
        ("DIE", "OR-506", {}),
        ("FAULT", "OR-507", {}),
        ("HANG", "OR-504", {"time_limit_s": 3.0}),
        ("SWELL", "OR-505", {"memory_limit_mb": 300}),
        ("bad", "OR-303", {}),
    ],
)
def test_a_poisoned_document_goes_to_the_quarantine_alone(tmp_path, word, code, changes) -> None:
    archive = tmp_path / "in.jsonl"
    texts = [text(n) for n in range(12)]
    archive.write_text(lines([*texts[:7], f"{word} {texts[7]}", *texts[8:]]))
    report = done(tmp_path / "out", archive, workers=2, **changes)
    assert texts_of(tmp_path / "out") == [*texts[:7], *texts[8:]]
    (failure,) = failures(tmp_path / "out")
    assert failure["code"] == code and failure["record"] == 8 and failure["path"] == str(archive)
    assert report.counts.read == 12 and report.counts.failed == {code: 1}
    done(tmp_path / "again", archive, **changes)
    again, first = contents(tmp_path / "again"), contents(tmp_path / "out")
    assert again == first


@pytest.mark.slow
def test_no_space_left(tmp_path, archive, undisturbed) -> None:
    out = tmp_path / "out"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal_before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        # Every file that grows beyond it fails to be written, as on a full disk.
        resource.setrlimit(resource.RLIMIT_FSIZE, (5000, before[1]))
        with pytest.raises(InputError) as told:
            done(out, archive, workers=2)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, signal_before)
    assert told.value.code == "OR-110"
    assert not list(out.rglob(".*.draft"))
    done(out, archive)
    assert contents(out) == undisturbed


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"languages": ("en",)}, 'languages was ["all"], is ["en"]'),
        ({"shard_bytes": 3000}, "shard_bytes was 1500, is 3000"),
        ({"loader": "test_archive_faults:newer"}, 'method.version was "1", is "2"'),
    ],
)
def test_another_configuration_is_not_mixed_in(tmp_path, archive, changes, said) -> None:
    out = tmp_path / "out"
    done(out, archive)
    before = contents(out)
    with pytest.raises(ArchiveError, match="OR-501") as told:
        done(out, archive, **changes)
    assert said in told.value.message
    assert contents(out) == before


def newer(folder: Path | None, *, threads: int | None, actors: Path | None) -> object:
    from extractors import Ahead
    from ledgers import SECOND

    class Newer(Ahead):
        @property
        def method(self):
            return SECOND

    return Newer()


@pytest.mark.slow
def test_an_input_that_has_changed_is_not_mixed_in(tmp_path, archive) -> None:
    out = tmp_path / "out"
    done(out, archive)
    archive.write_text(archive.read_text().replace("bridge", "tunnel"))
    with pytest.raises(ArchiveError, match="has changed"):
        done(out, archive)


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path, archive) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("years of work")
    with pytest.raises(ArchiveError, match="OR-502"):
        done(out, archive)
    assert [path.name for path in out.iterdir()] == ["thesis.txt"]
    with pytest.raises(ArchiveError, match="OR-502"):
        done(archive, archive)


def test_an_output_that_would_be_read_the_next_time(tmp_path, archive) -> None:
    with pytest.raises(UsageError, match="lies in"):
        done(tmp_path / "out", tmp_path)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_another_process_works_on(tmp_path, archive) -> None:
    job = a_job(tmp_path / "out", archive)
    with opened(job), pytest.raises(ArchiveError, match="OR-503"), opened(job):
        pass


@pytest.fixture
def nobody() -> Iterator[Path]:
    """A folder that everybody may look into, and nobody special while the test runs: root may write everywhere."""
    root = os.geteuid() == 0
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o755)
        (place / "in.jsonl").write_text(lines([text(1)]))
        (place / "closed").mkdir()
        (place / "closed" / "in.jsonl").write_text(lines([text(2)]))
        if root:
            os.seteuid(65534)
        try:
            yield place
        finally:
            if root:
                os.seteuid(0)


def closed(place: Path, mode: int) -> Path:
    own = os.geteuid()
    os.seteuid(os.getuid())
    (place / "closed").chmod(mode)
    os.seteuid(own)
    return place / "closed"


def test_no_permission_to_write(nobody) -> None:
    with pytest.raises(InputError, match="OR-110"):
        done(closed(nobody, 0o555) / "out", nobody / "in.jsonl")


@pytest.mark.parametrize("name", ["in.jsonl", "in.warc", "in.parquet", "in.txt", ""])
@pytest.mark.parametrize("mode", [0o000, 0o711])
def test_no_permission_to_read(nobody, name, mode) -> None:
    """A failure with its code, as of a file that is not there; the others are read."""
    for each in ("in.jsonl", "in.warc", "in.parquet", "in.txt"):
        target = nobody / "closed" / each
        os.seteuid(os.getuid())
        target.write_text("x")
        target.chmod(0o600)
        if os.getuid() == 0:
            os.seteuid(65534)
    inputs = [str(closed(nobody, mode) / name), str(nobody / "in.jsonl")]
    check_system(a_job(nobody / "out", *map(Path, inputs)))
    found = [
        item
        for shard in plan_shards(inputs, 1500)
        for pending in entries_of(shard, encoding=None, limit_bytes=10**5, text_column="text")
        for item in pending.load()
    ]
    assert [item.error.code for item in found if isinstance(item, Failure)] == ["OR-101"]
    assert [item.text for item in found if isinstance(item, Document)] == [text(1)]


@pytest.mark.slow
def test_shards_of_wildly_different_size(tmp_path) -> None:
    """One line that fills ten shards, a file of many lines, an empty one, and forty of a page each."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_text(lines([" ".join(text(n) for n in range(60))]))
    (folder / "b.jsonl").write_text(lines(text(n) for n in range(30)))
    (folder / "c.jsonl").write_text("")
    (folder / "d.warc.gz").write_bytes(packed(record(n) for n in range(100, 120)))
    for n in range(40):
        (folder / f"e{n:02d}.txt").write_text(text(200 + n))
    report = done(tmp_path / "three", folder, workers=3)
    assert report.counts.kept == 1 + 30 + 20 + 40 and not report.given_up
    assert report.counts.read == report.counts.kept + sum(report.counts.failed.values())
    done(tmp_path / "one", folder, workers=1)
    assert contents(tmp_path / "one") == contents(tmp_path / "three")


def test_a_place_that_cannot_be_written(tmp_path, archive) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="OR-110"):
        done(tmp_path / "file" / "out", archive)


@pytest.mark.slow
def test_a_lost_part_is_made_again(tmp_path, archive, undisturbed) -> None:
    out = tmp_path / "out"
    done(out, archive)
    (out / "hops" / "000002.parquet").unlink()
    (out / "shards" / "000003.json").write_text("{")
    assert done(out, archive).resumed == len(list((out / "shards").glob("[0-9]*[0-9].json"))) - 2
    assert contents(out) == undisturbed


@pytest.mark.slow
def test_stopped_by_hand(tmp_path, archive, undisturbed) -> None:
    out = tmp_path / "out"
    driver = drive(out, archive)
    while markers(out) < 2:
        time.sleep(0.01)
    driver.send_signal(signal.SIGINT)
    assert driver.wait(timeout=20) != 0
    assert not list(out.rglob("*.draft.*"))
    done(out, archive)
    assert contents(out) == undisturbed


@pytest.mark.slow
def test_damage_to_a_member_of_a_warc_costs_that_record_alone(tmp_path) -> None:
    records = [record(n) for n in range(20)]
    members = [packed([each]) for each in records]
    hurt = bytearray(members[9])
    hurt[len(hurt) // 2] ^= 0xFF
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join([*members[:9], bytes(hurt), *members[10:]]))
    for size in (700, 10**6):
        out = tmp_path / f"out{size}"
        report = done(out, path, shard_bytes=size)
        assert report.counts.kept == 19 and len(failures(out)) == 1
        assert failures(out)[0]["code"] == "OR-112"
        assert failures(out)[0]["byte_offset"] == sum(map(len, members[:9]))


@pytest.mark.slow
def test_a_run_without_a_model_ends_at_once(tmp_path, archive) -> None:
    before = threading.active_count()
    with pytest.raises(ModelError, match="no_such_module"):
        done(tmp_path / "out", archive, loader="no_such_module:load", workers=2)
    assert threading.active_count() == before
    done(tmp_path / "out", archive)
