"""`process`, `copies`, `query` and `load` as a user runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from archives import done, lines, text
from onrecord.cli.main import run
from onrecord.cli.processing import Size
from onrecord.cli.shards import Bars, clock
from onrecord.errors import EXIT_STORE, EXIT_USAGE


@pytest.fixture
def out(tmp_path: Path) -> Path:
    archive = tmp_path / "in.jsonl"
    archive.write_text(lines(text(n) for n in range(4)))
    done(tmp_path / "out", archive)
    return tmp_path / "out"


@pytest.mark.slow
def test_folder_to_parquet_to_answer(tmp_path, capsys) -> None:
    """With the real stages: the three commands of the README."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "“We will sign the agreement on Monday,” said Anna Roth, the minister of roads.\n" * 2
    )
    (folder / "b.pdf").write_bytes(b"%PDF")
    (folder / "c.jsonl").write_text('{"text": "broken\n')
    metrics = tmp_path / "metrics.prom"
    command = ["process", str(folder), "-o", str(tmp_path / "out"), "--workers", "1", "--metrics", str(metrics)]
    assert run(command) == 1
    said = capsys.readouterr().err
    assert "read 3 = kept 1 + skipped 1 (unknown kind of file: 1) + failed 1 (OR-105: 1)" in said
    assert "quarantine.jsonl" in said and "report.md" in said
    assert 'onrecord_documents{fate="kept"} 1' in metrics.read_text()
    assert run([*command, "--allow-failures", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["shards"] == {"all": 2, "resumed": 2, "given_up": []}
    assert run([*command, "--languages", "all"]) == EXIT_STORE
    assert "languages was" in capsys.readouterr().err
    assert run(["query", str(tmp_path / "out"), "SELECT actor, content FROM said"]) == 0
    assert "Anna Roth" in capsys.readouterr().out
    assert run(["load", str(tmp_path / "out"), str(tmp_path / "a.ledger"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["kept"] == 1
    assert run(["search", str(tmp_path / "a.ledger"), "agreement"]) == 0
    assert "Anna Roth" in capsys.readouterr().out


@pytest.mark.slow
def test_answers_as_a_table_csv_and_json(out, capsysbinary) -> None:
    sql = "SELECT kind, count(*) AS n, any_value(content) AS spans FROM statements GROUP BY 1"
    assert run(["query", str(out), sql]) == 0
    head, row = capsysbinary.readouterr().out.decode().splitlines()
    assert head.split() == ["kind", "n", "spans"] and row.split()[:2] == ["direct", "4"]
    assert run(["query", str(out), sql, "--csv"]) == 0
    rows = list(csv.reader(io.StringIO(capsysbinary.readouterr().out.decode())))
    assert rows[0] == ["kind", "n", "spans"] and json.loads(rows[1][2])[0]["start"] == 0
    assert run(["query", str(out), sql, "--json"]) == 0
    assert json.loads(capsysbinary.readouterr().out)["n"] == 4
    assert run(["query", str(out), "SELECT", "--json"]) == EXIT_STORE
    assert json.loads(capsysbinary.readouterr().err)["error"]["code"] == "OR-510"


@pytest.mark.slow
def test_without_sql_the_views_and_columns_are_listed(out, capsys) -> None:
    assert run(["query", str(out)]) == 0
    listed = capsys.readouterr().out
    assert "said: Who said what" in listed and "requirement_text" in listed


@pytest.mark.slow
def test_links_of_an_archive_are_told_and_asked(out, tmp_path, capsys) -> None:
    assert run(["query", str(out), "SELECT * FROM links"]) == EXIT_STORE
    assert run(["link", str(out), "--workers", "1", "--block", "2", "--window", "2"]) == 0
    said = capsys.readouterr().err
    assert "2 blocks = 2 new + 0 linked before; 4 documents, 4 statements" in said and "reprint" in said
    assert run(["link", str(out), "--block", "2", "--window", "2", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["blocks"], told["resumed"], told["documents"]) == (2, 2, 4)
    assert run(["query", str(out), "SELECT count(*) AS n FROM links", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["n"] == sum(told["links"].values())
    assert run(["link", str(out)]) == EXIT_STORE
    assert "block was 2, is 25000" in capsys.readouterr().err
    assert run(["link", str(tmp_path / "a.ledger"), "--block", "2"]) == EXIT_USAGE
    assert "OR-001" in capsys.readouterr().err


@pytest.mark.slow
def test_copies_are_told(out, capsys) -> None:
    assert run(["copies", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 4
    assert run(["copies", str(out)]) == 0
    assert "of 4 documents" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["query", "X", "SELECT 1"], ["load", "X", "L"], ["copies", "X"]])
def test_a_folder_that_holds_no_run(command, tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(command) == EXIT_STORE
    assert "OR-509" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_sizes_are_read_as_people_write_them() -> None:
    read = Size().convert
    assert [read(value, None, None) for value in ("64M", "1g", "0.5", "20kb")] == [64 << 20, 1 << 30, 1 << 19, 20480]
    assert run(["process", "x", "-o", "y", "--shard-size", "many"]) == EXIT_USAGE


def test_times_are_told_as_people_read_them() -> None:
    assert [clock(s) for s in (None, 45, 700, 11400, 400_000)] == ["?", "45 s", "12 min", "3 h 10 min", "4.6 days"]


@pytest.mark.slow
def test_the_bars_show_how_far_it_is(tmp_path, monkeypatch) -> None:
    from archives import a_job
    from onrecord.archive.driver import process
    from onrecord.cli import shards

    archive = tmp_path / "in.jsonl"
    archive.write_text(lines(text(n) for n in range(30)))
    monkeypatch.setattr(shards, "is_terminal", lambda _: True)
    monkeypatch.setenv("SECONDS_EACH", "0.05")
    with Bars(show=True) as bars:
        assert bars._bar is not None
        process(a_job(tmp_path / "out", archive, shard_bytes=5000), workers=2, progress=bars.show)
        total = bars._bar.tasks[0]
    assert total.completed == total.total and "30 documents" in total.fields["facts"]
    assert {"shard 0 in.jsonl", "shard 1 in.jsonl"} & {task.description for task in bars._bar.tasks}
