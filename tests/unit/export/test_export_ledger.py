"""Everything in a ledger goes out: all rows, every attribute, and what comes back in is the same."""

from __future__ import annotations

import csv
import io
import json
import sys
import tempfile
from pathlib import Path

import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledgers import FIRST, SECOND, a_document, a_statement, said
from onrecord.errors import InputError, UsageError
from onrecord.export import parquet
from onrecord.export.ledger import FORMATS, Exported, export_ledger
from onrecord.export.table import COLUMNS
from onrecord.record import Reading
from onrecord.record.codec import reading_from_line
from onrecord.store import Entry, Ledger
from onrecord.store.values import storable
from strategies import readings


def exported(ledger: Ledger, form: str) -> bytes:
    out = io.BytesIO()
    export_ledger(ledger, out, format=form)  # type: ignore[arg-type]
    return out.getvalue()


def csv_rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def parquet_rows(data: bytes) -> list[dict[str, object]]:
    return pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()


@given(st.lists(readings(), max_size=3, unique_by=lambda r: r.document.id))
def test_export_then_import_gives_the_same_record(some: list[Reading]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder) / "a.ledger", create=True) as first,
        Ledger.open(Path(folder) / "b.ledger", create=True) as second,
    ):
        run = first.start_run(FIRST)
        for reading in some:
            first.add(run.id, reading)
        lines = exported(first, "jsonl")
        back = [reading_from_line(line) for line in lines.split(b"\n")[:-1]]
        run = second.start_run(FIRST)
        for reading in back:
            second.add(run.id, reading)
        assert list(second.documents()) == list(first.documents())
        assert list(second.readings()) == list(first.readings())
        assert exported(second, "jsonl") == lines


@given(st.lists(readings(), max_size=2, unique_by=lambda r: r.document.id))
def test_tables_say_what_the_record_says(some: list[Reading]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder) / "a.ledger", create=True) as ledger,
    ):
        run = ledger.start_run(FIRST)
        for reading in some:
            ledger.add(run.id, reading)
        table, typed = csv_rows(exported(ledger, "csv")), parquet_rows(exported(ledger, "parquet"))
        expected = [(reading.document, stmt) for reading in some for stmt in reading.statements]
        assert len(table) == len(typed) == len(expected)
        for (doc, stmt), line, row in zip(expected, table, typed, strict=True):
            assert row["statement_id"] == line["statement_id"] == stmt.id
            assert row["score"] == float(line["score"]) == stmt.score
            assert row["content_spans"] == [{"start": s.start, "end": s.end} for s in stmt.content]
            assert json.loads(line["content_spans"]) == [[s.start, s.end] for s in stmt.content]
            assert row["content"] == storable(" … ".join(span.of(doc.text) for span in stmt.content))
            for name in ("content", "source", "cue", "outlet", "url", "title", "origin_path"):
                assert line[name] == (row[name] or "")
            assert row["outlet"] == (None if doc.outlet is None else storable(doc.outlet))
            assert row["origin_byte_offset"] == doc.origin.byte_offset
            assert row["run_id"] == run.id
            _says_what_is_known(ledger.entry(stmt.id), row, line)


def _says_what_is_known(entry: Entry, row: dict[str, object], line: dict[str, str]) -> None:
    who, position, setting = entry.attribution, entry.position, entry.setting
    hops = entry.chain.hops if entry.chain else ()
    assert row["actor_id"] == (who.actor_id if who else None)
    assert row["actor"] == (storable(entry.actor.name) if entry.actor else None)
    assert row["actor_score"] == (who.score if who else None)
    assert row["unnamed"] == (any(not hop.named for hop in hops) if hops else None)
    assert [hop["actor_id"] for hop in json.loads(line["chain"] or "[]")] == [hop.actor_id for hop in hops]
    assert row["said_on"] == (setting.said_on if setting else None)
    assert row["act"] == (position.act if position else None)
    conditions = position.conditions if position else ()
    assert [c["relation"] for c in json.loads(line["conditions"] or "[]")] == [c.relation for c in conditions]


def test_every_attribute_has_a_column() -> None:
    names = [column.name for column in COLUMNS]
    assert len(set(names)) == len(names)
    needed = "statement_id document_id outlet url published source content cue score decision content_spans "
    needed += "actor actor_id source_kind chain unnamed occasion said_on act polarity certainty conditions issue"
    assert set(needed.split()) <= set(names)
    assert all(column.says for column in COLUMNS)


def test_decisions_go_out_with_what_they_are_about(ledger: Ledger) -> None:
    doc = a_document("Ann said that it works. Bob said that it does not.", outlet="UNN", url="https://unn.ua/1")
    ann = a_statement(doc, "it works", source="Ann")
    bob = a_statement(doc, "it does not", source="Bob")
    ledger.add(ledger.start_run(FIRST).id, Reading(document=doc, statements=(ann, bob)))
    ledger.add(ledger.start_run(FIRST).id, said("Cy", "maybe"))
    ledger.decide(ann.id, "accepted", by="eva", note='=1+1, "quoted"\nsecond line')
    ledger.decide(bob.id, "rejected", by="eva")
    ledger.add(ledger.start_run(SECOND).id, Reading(document=doc, statements=(bob,)))
    rows = {row["statement_id"]: row for row in csv_rows(exported(ledger, "csv"))}
    assert len(rows) == 3
    assert rows[ann.id]["decision"] == "accepted"
    assert rows[ann.id]["decision_note"] == '=1+1, "quoted"\nsecond line'
    assert rows[ann.id]["in_latest_reading"] == "0"
    assert (rows[bob.id]["decision"], rows[bob.id]["decided_by"]) == ("rejected", "eva")
    assert (rows[bob.id]["outlet"], rows[bob.id]["url"]) == ("UNN", "https://unn.ua/1")
    first, second = (json.loads(line) for line in exported(ledger, "jsonl").splitlines())
    assert [(s["id"], s["decision"]) for s in first["statements"]] == [
        (bob.id, "rejected"),
        (ann.id, "accepted"),
    ]
    assert [s["decision"] for s in second["statements"]] == [None]
    assert {row["decision"] for row in parquet_rows(exported(ledger, "parquet"))} == {
        "accepted",
        "rejected",
        None,
    }


def test_an_empty_ledger_has_a_header_and_no_rows(ledger: Ledger) -> None:
    names = [column.name for column in COLUMNS]
    assert exported(ledger, "jsonl") == b""
    assert exported(ledger, "csv").decode().strip().split(",") == names
    assert pyarrow.parquet.read_table(io.BytesIO(exported(ledger, "parquet"))).column_names == names


def test_nothing_is_capped(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS_PER_GROUP", 7)
    run = ledger.start_run(FIRST)
    for n in range(30):
        ledger.add(run.id, said("Ann", f"it works {n}"))
    seen: list[Exported] = []
    for form in FORMATS:
        out = io.BytesIO()
        seen.clear()
        total = export_ledger(ledger, out, format=form, progress=seen.append)
        assert (total.documents, total.statements) == (30, 30)
        assert seen[-1] == total
        assert len(seen) == 30
        assert not out.closed
    assert len(parquet_rows(exported(ledger, "parquet"))) == 30
    assert len(csv_rows(exported(ledger, "csv"))) == 30


class Full(io.RawIOBase):
    """A disk without space, or a reader that has gone."""

    def __init__(self, error: OSError) -> None:
        self.error = error

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        raise self.error


@pytest.mark.parametrize("form", FORMATS)
def test_an_output_that_takes_nothing(ledger: Ledger, form: str) -> None:
    ledger.add(ledger.start_run(FIRST).id, said("Ann", "it works"))
    with pytest.raises(InputError) as caught:
        export_ledger(ledger, Full(OSError(28, "No space left on device")), format=form)  # type: ignore[arg-type]
    assert caught.value.code == "OR-110"
    with pytest.raises(BrokenPipeError):
        export_ledger(ledger, Full(BrokenPipeError(32, "Broken pipe")), format=form)  # type: ignore[arg-type]


def test_parquet_without_pyarrow_names_the_pip_line(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError) as caught:
        exported(ledger, "parquet")
    assert caught.value.code == "OR-003"
    assert "pip install 'onrecord[parquet]'" in caught.value.hint


def test_no_such_format(ledger: Ledger) -> None:
    with pytest.raises(UsageError) as caught:
        exported(ledger, "xlsx")
    assert caught.value.code == "OR-001"
