"""Links of a whole archive: those of a ledger, block by block, whatever stops the work."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from benchmarks.archive_make import write_parts

from archives import done, lines, text
from linkers import NearestEarlier
from onrecord.archive.linked import done_blocks
from onrecord.archive.linking import begin, link_block, link_parts
from onrecord.archive.loading import load_parts
from onrecord.archive.schema import COLUMNS, LINK_TABLES, schema_of
from onrecord.archive.views import ask, database
from onrecord.connect import Connector
from onrecord.errors import ArchiveError
from onrecord.run.linking import link_ledger, linking_method
from onrecord.store import Ledger
from stories import stories

EVERYTHING = 10**9


@pytest.fixture
def out(tmp_path: Path) -> Path:
    write_parts(tmp_path / "out", list(stories()), each=7)
    return tmp_path / "out"


def linked(out: Path) -> dict[str, bytes]:
    folder = out / "linking"
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.slow
def test_the_links_are_those_of_the_ledger(out, tmp_path) -> None:
    """With what really links statements: every field of every link, found in nine blocks, by two processes."""
    found = link_parts(out, Connector.load, workers=2, block=40, window=EVERYTHING)
    with Ledger.open(tmp_path / "a.ledger", create=True) as ledger:
        load_parts(out, ledger)
        counts = link_ledger(ledger, Connector.load)
        links = {link.id: link for link in ledger.linking.standing(linking_method().id)}
        printed = ledger.linking.printed(linking_method().id)
    assert found.blocks > 5
    assert (found.documents, found.statements) == (counts.documents, counts.statements)
    assert sum(found.links.values()) == len(links) > 1000
    with database(out) as connection:
        rows = ask(connection, "SELECT * FROM links")
        for row in rows.rows:
            told = dict(zip(rows.columns, row, strict=True))
            link = links.pop(told["id"])
            for name in ("kind", "left", "right", "scope", "opposite", "same_time", "independent", "why", "story"):
                assert told[name] == getattr(link, name)
            assert told["score"] == link.score
            assert [(s["start"], s["end"]) for s in told["left_evidence"]] == [
                (s.start, s.end) for s in link.left_evidence
            ]
        sql = (
            'SELECT count(*) FROM links l JOIN statements a ON a.id = l."left" JOIN statements b ON b.id = l."right"'
            " WHERE a.document_id = left_document AND b.document_id = right_document"
        )
        assert list(ask(connection, sql).rows) == [(sum(found.links.values()),)]
        sql = 'SELECT document_id, "first", share, credited FROM reprints ORDER BY 1'
        reprints = [(each.document_id, each.first_id, each.share, each.credited) for each in printed]
        assert list(ask(connection, sql).rows) == sorted(reprints)
        assert found.reprints == len(reprints) > 0
    assert not links


@pytest.mark.slow
def test_any_number_of_workers_makes_the_same_bytes_and_nothing_is_done_twice(out) -> None:
    link_parts(out, Connector.load, workers=1, block=60, window=100)
    one = linked(out)
    again = link_parts(out, Connector.load, workers=1, block=60, window=100)
    assert again.resumed == again.blocks and linked(out) == one
    for path in sorted((out / "linking").rglob("00000[1-3].*")):
        path.unlink()
    some = link_parts(out, Connector.load, workers=2, block=60, window=100)
    assert some.resumed == some.blocks - 3 and linked(out) == one


@pytest.mark.slow
def test_the_driver_is_killed_and_the_command_given_again(out, tmp_path) -> None:
    link_parts(out, Connector.load, block=60, window=100)
    undisturbed = linked(out)
    shutil.rmtree(out / "linking")
    command = [sys.executable, "-m", "onrecord", "link", str(out), "--block", "60", "--window", "100", "--workers", "1"]
    driver = subprocess.Popen(command, stderr=subprocess.PIPE)
    while not done_blocks(out) and driver.poll() is None:
        time.sleep(0.01)
    driver.kill()
    driver.communicate()
    assert driver.returncode == -signal.SIGKILL
    assert subprocess.run([*command, "--json"], check=True, capture_output=True).returncode == 0
    assert linked(out) == undisturbed


@pytest.mark.slow
def test_a_scheduler_of_your_own_links_block_by_block(out) -> None:
    link_parts(out, Connector.load, block=60, window=100)
    undisturbed = linked(out)
    shutil.rmtree(out / "linking")
    with Connector.load() as connector:
        for block in reversed(begin(out, block=60, window=100)):
            link_block(out, block, 100, connector)
    assert begin(out, block=60, window=100) == []
    found = link_parts(out, dies, block=60, window=100)
    assert found.resumed == found.blocks and linked(out) == undisturbed


def dies() -> NearestEarlier:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


@pytest.mark.slow
def test_a_worker_that_dies_is_told(out) -> None:
    with pytest.raises(ArchiveError, match="OR-508"):
        link_parts(out, dies)


@pytest.mark.slow
def test_blocks_cover_every_document_once_and_reprints_are_found_beyond_the_window(tmp_path) -> None:
    archive = tmp_path / "in.jsonl"
    words = [" ".join(f"{'abcdefghijkl'[k]}{'nopqrstuvwxyz'[j % 13]}{j}" for j in range(80)) for k in range(12)]
    rows = [{"id": f"n{k}", "text": each, "published": f"2026-01-{k + 1:02d}"} for k, each in enumerate(words)]
    rows.append({"id": "again", "text": words[0] + "\n\nEnd.", "published": "2026-02-01"})
    archive.write_text("".join(json.dumps(row) + "\n" for row in rows))
    copy = tmp_path / "copy.jsonl"
    copy.write_text("".join(json.dumps(row) + "\n" for row in rows[:3]))
    done(tmp_path / "out", archive, copy, shard_bytes=900)
    found = link_parts(tmp_path / "out", Connector.load, block=2, window=0)
    assert (found.documents, found.statements) == (13, 13)
    with database(tmp_path / "out") as connection:
        sql = 'SELECT d.external_id FROM reprints r JOIN documents d ON d.id = r."first" WHERE r.document_id = ('
        sql += "SELECT id FROM documents WHERE external_id = 'again')"
        assert list(ask(connection, sql).rows) == [("n0",)]


@pytest.mark.slow
def test_other_blocks_or_other_documents_are_not_mixed_in(tmp_path) -> None:
    archive = tmp_path / "in.jsonl"
    archive.write_text(lines(text(n) for n in range(4)))
    out = tmp_path / "out"
    done(out, archive)
    link_parts(out, NearestEarlier, block=2)
    with pytest.raises(ArchiveError, match=r"OR-501.*block was 2, is 3"):
        link_parts(out, NearestEarlier, block=3)
    marker = json.loads((out / "shards" / "000000.json").read_text())
    marker["parts"]["statements"] = "0" * 64
    (out / "shards" / "000000.json").write_text(json.dumps(marker))
    with pytest.raises(ArchiveError, match=r"OR-501.*documents was"):
        link_parts(out, NearestEarlier, block=2)
    run = json.loads((out / "run.json").read_text())
    (out / "run.json").write_text(json.dumps({**run, "finished": False}))
    with pytest.raises(ArchiveError, match=r"OR-509.*not finished"):
        link_parts(out, NearestEarlier, block=2)


@pytest.mark.parametrize("table", LINK_TABLES)
def test_every_column_of_links_has_a_meaning_and_a_type(table) -> None:
    pytest.importorskip("pyarrow")
    assert schema_of(table).names == list(COLUMNS[table])
    assert all(meaning for _, meaning in COLUMNS[table].values())
