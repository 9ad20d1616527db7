"""What goes into the parts comes out of them, and answers questions."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from archives import contents, done, failures, lines, packed, page, record, text, texts_of
from onrecord.archive.job import Job, read_run
from onrecord.archive.language import Detected, detect
from onrecord.archive.loading import load_parts, readings_of
from onrecord.archive.parts import PartWriter, read_parts
from onrecord.archive.schema import COLUMNS, TABLES, schema_of
from onrecord.archive.views import VIEWS, ask, database
from onrecord.errors import ArchiveError, UsageError
from onrecord.export.ledger import record_to_line
from onrecord.record.flat import counts_to_json
from onrecord.record.reading import Reading
from onrecord.store import Ledger
from stories import stories
from strategies import readings


def written(out: Path, found: list[Reading]) -> Path:
    for table in TABLES:
        (out / table).mkdir(parents=True, exist_ok=True)
    with PartWriter(out, 0) as parts:
        for reading in found:
            parts.add(reading, Detected("en", 1.0))
        parts.finish()
    return out


def in_order(reading: Reading) -> Reading:
    """With what is said of the statements in the order of the statements, as the stages hand it out."""
    from dataclasses import replace

    place = {stmt.id: k for k, stmt in enumerate(reading.statements)}

    def ordered(parts):
        return tuple(sorted(parts, key=lambda part: place[part.statement_id]))

    return replace(
        reading,
        attributions=ordered(reading.attributions),
        settings=ordered(reading.settings),
        mentions=(),
    )


@settings(max_examples=40)
@given(st.lists(readings(), max_size=4, unique_by=lambda reading: reading.document.id))
def test_a_reading_survives_the_parts(tmp_path_factory, found) -> None:
    out = written(tmp_path_factory.mktemp("parts"), found)
    assert [*map(in_order, read_parts(out, 0))] == [*map(in_order, found)]


def test_the_shipped_stories_survive_the_parts(tmp_path) -> None:
    found = list(stories())
    assert [*map(in_order, read_parts(written(tmp_path, found), 0))] == [*map(in_order, found)]
    for table in TABLES:
        assert parquet.read_schema(tmp_path / table / "000000.parquet").equals(schema_of(table))
        assert parquet.read_table(tmp_path / table / "000000.parquet").num_rows > 0


def test_nothing_is_seen_of_parts_that_were_not_finished(tmp_path) -> None:
    for table in TABLES:
        (tmp_path / table).mkdir()
    with PartWriter(tmp_path, 0) as parts:
        parts.add(next(iter(stories())), None)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_every_column_has_a_meaning_and_a_type() -> None:
    for table in TABLES:
        assert schema_of(table).names == list(COLUMNS[table])
        assert all(meaning and isinstance(kind, str) for kind, meaning in COLUMNS[table].values())
        assert all(field.nullable for field in schema_of(table)) and isinstance(schema_of(table), pa.Schema)


# A run, and what can be asked of it


@pytest.fixture
def out(tmp_path: Path) -> Path:
    archive = tmp_path / "in.warc.gz"
    french = "<p>" + "Le ministre a déclaré que le pont serait fermé jusqu'à la fin de l'année. " * 5 + "</p>"
    archive.write_bytes(
        packed(
            [
                *(record(n) for n in range(8)),
                record(8, page(8, french)),
                record(3),
                record(9, b"\x89PNG", content_type="image/png"),
                record(10, length=7),
            ]
        )
    )
    again = tmp_path / "again.jsonl"
    again.write_text(lines([text(100), text(101)]))
    copy = tmp_path / "copy.jsonl"
    copy.write_text(again.read_text())
    done(tmp_path / "out", archive, again, copy, languages=("en",), shard_bytes=10**6)
    return tmp_path / "out"


@pytest.mark.slow
def test_every_record_is_accounted_for(out) -> None:
    counts = read_run(out)["counts"]
    assert counts == {
        "read": 16,
        "kept": 12,
        "skipped": {"language fr": 1, "not a page: image/png": 1, "same document twice": 1},
        "failed": {"OR-118": 1},
        "statements": 12,
        "words": counts["words"],
        "repeated": 2,
        "shards": 3,
    }
    assert [failure["code"] for failure in failures(out)] == ["OR-118"]
    report = json.loads((out / "report.json").read_text())
    assert report["counts"] == {key: counts[key] for key in report["counts"]}
    assert report["languages"] == {"en": 13, "fr": 1}
    assert "16 read = 12 kept + 3 skipped + 1 failed" in (out / "report.md").read_text()


@pytest.mark.slow
def test_the_views_show_a_repeated_document_once(out) -> None:
    with database(out) as connection:
        assert next(ask(connection, "SELECT count(*), count(DISTINCT id) FROM documents").rows) == (10, 10)
        assert next(ask(connection, "SELECT count(*) FROM said").rows) == (10,)
        for name in (*TABLES, *VIEWS):
            assert ask(connection, f"SELECT * FROM {name}").columns
        detected = ask(connection, "SELECT DISTINCT detected_language FROM documents").rows
        assert list(detected) == [("en",)]
        with pytest.raises(ArchiveError, match="OR-510"):
            ask(connection, "SELECT nothing FROM nowhere")


@pytest.mark.slow
def test_a_folder_without_a_run_is_told(tmp_path) -> None:
    with pytest.raises(ArchiveError, match="OR-509"), database(tmp_path):
        pass
    with pytest.raises(ArchiveError, match="OR-509"):
        list(readings_of(tmp_path)) or read_run(tmp_path)


@pytest.mark.slow
def test_a_ledger_that_was_loaded_is_the_one_that_add_would_have_made(tmp_path) -> None:
    """With the real stages."""
    from importlib.resources import files

    from onrecord.archive.driver import process
    from onrecord.ingest import read_path
    from onrecord.run import Stages, add_stream

    source = tmp_path / "in.jsonl"
    shipped = (files("onrecord") / "demo" / "stories.jsonl").read_text("utf-8").splitlines(keepends=True)
    source.write_text("".join(shipped[:8]), encoding="utf-8")
    process(Job(inputs=(str(source),), out=tmp_path / "out", shard_bytes=4000), workers=2)
    process(Job(inputs=(str(source),), out=tmp_path / "one", shard_bytes=4000), workers=1)
    assert contents(tmp_path / "out") == contents(tmp_path / "one")
    records = []
    with Ledger.open(tmp_path / "loaded.ledger", create=True) as loaded:
        counts = load_parts(tmp_path / "out", loaded)
        assert load_parts(tmp_path / "out", loaded).skipped == {"already in the ledger": 8}
        records.append([record_to_line(found) for found in loaded.records()])
    with Ledger.open(tmp_path / "added.ledger", create=True) as added, Stages.load(threads=1) as stages:
        assert counts_to_json(add_stream(added, read_path(source), stages)) == counts_to_json(counts)
        records.append([record_to_line(found) for found in added.records()])
        assert {run.method.id for run in added.runs()} == {method_of_loaded(tmp_path / "loaded.ledger")}
    assert records[0] == records[1] and counts.statements > 40


def method_of_loaded(path: Path) -> str:
    with Ledger.open(path, readonly=True) as ledger:
        return next(iter(ledger.runs())).method.id


def test_languages_are_told_apart() -> None:
    assert detect(text(1)) == detect(text(1)) and detect(text(1)).code == "en" and detect(text(1)).sure
    assert detect("Der Minister sagte am Dienstag, die Brücke bleibe bis zum Jahresende geschlossen.").code == "de"
    assert not detect("ok").sure


@pytest.mark.slow
def test_a_document_in_another_language_is_marked_and_read_when_all_are_wanted(tmp_path) -> None:
    french = "Le ministre a déclaré mardi que le pont serait fermé jusqu'à la fin de l'année. " * 3
    archive = tmp_path / "in.jsonl"
    archive.write_text(lines([text(1), french]))
    report = done(tmp_path / "out", archive, languages=("en", "fr"))
    assert report.counts.kept == 2 and dict(report.languages) == {"en": 1, "fr": 1}
    assert done(tmp_path / "every", archive, languages=("all",)).counts.kept == 2
    assert texts_of(tmp_path / "every") == [text(1), french]


@pytest.mark.parametrize("missing", ["pyarrow", "duckdb", "py3langid"])
def test_a_missing_library_is_told_before_any_work(tmp_path, monkeypatch, missing) -> None:
    from onrecord.archive import libraries

    archive = tmp_path / "in.jsonl"
    archive.write_text(lines([text(1)]))
    monkeypatch.setattr(libraries, "find_spec", lambda name: None if name == missing else object())
    with pytest.raises(UsageError, match=f"OR-003.*needs {missing}, which is not installed"):
        done(tmp_path / "out", archive, languages=("en",))
    assert not (tmp_path / "out").exists()
