"""Adding to a ledger: whole documents only, and a run that was stopped goes on where it ended."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import Ahead, items_of
from ledgers import FIRST, SECOND, a_document
from onrecord.errors import InputError, StoreError
from onrecord.ingest import Item, read_path
from onrecord.record.document import Document
from onrecord.record.reading import Reading
from onrecord.record.run import Counts, Method
from onrecord.record.span import Span
from onrecord.record.statement import Statement, statement_id
from onrecord.run import IN_LEDGER, SAME_TWICE, Quarantine, add_stream
from onrecord.store import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "news.db", create=True) as opened:
        yield opened


def texts(ledger: Ledger) -> list[str]:
    return [doc.text for doc in ledger.documents()]


def test_everything_is_recorded_and_counted(ledger: Ledger) -> None:
    reports: list[Counts] = []
    counts = add_stream(ledger, items_of("dfsdbttd"), Ahead(3), progress=reports.append, cpu=("avx2",))
    assert texts(ledger) == ["Text 0.", "Text 3.", "Again.", "Text 7."]
    assert (counts.kept, counts.read) == (4, 8)
    assert counts.skipped == {"unknown kind of file": 1, SAME_TWICE: 1}
    assert counts.failed == {"OR-105": 1, "OR-303": 1}
    [run] = ledger.runs()
    assert (run.counts, run.cpu, run.method) == (counts, ("avx2",), FIRST)
    assert run.finished is not None
    assert reports[-1] == counts
    assert [report.read for report in reports] == list(range(1, 9))


def test_a_second_run_does_no_work(ledger: Ledger) -> None:
    add_stream(ledger, items_of("ddd"), Ahead(1))
    stages = Ahead(1)
    counts = add_stream(ledger, items_of("dddd"), stages)
    assert stages.seen == ["Text 3."]
    assert (counts.kept, counts.skipped) == (1, {IN_LEDGER: 3})
    assert len(texts(ledger)) == 4


def test_another_method_reads_again(ledger: Ledger) -> None:
    class Later(Ahead):
        @property
        def method(self) -> Method:
            return SECOND

    add_stream(ledger, items_of("dd"), Ahead())
    assert add_stream(ledger, items_of("dd"), Later()).kept == 2
    assert len(texts(ledger)) == 2


@pytest.mark.slow
@settings(max_examples=10)
@given(st.integers(0, 9), st.integers(0, 4))
def test_stopped_and_run_again(tmp_path_factory: pytest.TempPathFactory, stop: int, ahead: int) -> None:
    class Stopped(Ahead):
        def statements(self, doc: Document) -> tuple[Statement, ...]:
            if doc.text.startswith(f"Text {stop}"):
                raise KeyboardInterrupt
            return super().statements(doc)

    path = tmp_path_factory.mktemp("stopped") / "news.db"
    items = items_of("dddfdddddd")
    with Ledger.open(path, create=True) as ledger:
        if stop != 3:
            with pytest.raises(KeyboardInterrupt):
                add_stream(ledger, items, Stopped(ahead))
            [stopped] = ledger.runs()
            assert stopped.finished is None
        for reading in ledger.readings():
            assert [stmt.content for stmt in reading.statements] == [(Span(0, len(reading.document.text)),)]
        before = len(texts(ledger))
        counts = add_stream(ledger, items, Ahead(ahead))
        assert counts.read == 10
        assert counts.kept == 9 - before
        assert texts(ledger) == [item.text for item in items if isinstance(item, Document)]


def test_a_reading_that_does_not_fit_its_text_is_a_failure(ledger: Ledger) -> None:
    class Beyond(Ahead):
        def read_many(self, docs: Iterable[Document]) -> Iterator[Reading]:
            for doc in docs:
                content = (Span(0, 1000 if doc.text == "Text 1." else 2),)
                stmt = Statement(
                    id=statement_id(doc.id, content=content, cue=(), source=()),
                    document_id=doc.id,
                    kind="direct",
                    content=content,
                    cue=(),
                    source=(),
                    within=None,
                    score=0.5,
                )
                yield Reading(document=doc, statements=(stmt,))

    counts = add_stream(ledger, items_of("ddd"), Beyond())
    assert (counts.kept, counts.failed) == (2, {"OR-201": 1})
    assert texts(ledger) == ["Text 0.", "Text 2."]


def test_added_by_another_process_in_the_meantime(tmp_path: Path) -> None:
    class Raced(Ahead):
        def statements(self, doc: Document) -> tuple[Statement, ...]:
            statements = super().statements(doc)
            with Ledger.open(tmp_path / "news.db") as other:
                other.add(other.start_run(self.method).id, Reading(document=doc, statements=statements))
            return statements

    with Ledger.open(tmp_path / "news.db", create=True) as ledger:
        counts = add_stream(ledger, items_of("dd"), Raced())
        assert (counts.kept, counts.skipped) == (0, {IN_LEDGER: 2})
        assert len(texts(ledger)) == 2


def test_a_ledger_that_cannot_be_written_ends_the_run(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "news.db", create=True):
        pass
    with Ledger.open(tmp_path / "news.db", readonly=True) as ledger, pytest.raises(StoreError):
        add_stream(ledger, items_of("dd"), Ahead())


def test_odd_texts_are_kept_as_they_are(ledger: Ledger) -> None:
    odd = ["a\ud800b", "nul\0nul", "crlf\r\n", "👩‍👩‍👧 e\u0301", "\u202eשלום"]
    items: list[Item] = [a_document(text, title=text.strip() + "!") for text in odd]
    assert add_stream(ledger, items, Ahead(2)).kept == len(odd)
    assert texts(ledger) == odd


def test_from_files_to_the_ledger(tmp_path: Path, ledger: Ledger) -> None:
    folder = tmp_path / "in put's"
    folder.mkdir()
    lines = [json.dumps({"text": f"Line {number}.", "outlet": "A"}) for number in range(1, 11)]
    lines[2] = "{broken"
    (folder / "a.jsonl").write_text("\n".join([*lines, lines[0]]))
    (folder / "b.txt").write_text("A text.")
    (folder / "c.txt").write_text("A text.")
    (folder / "d.pdf").write_bytes(b"%PDF-1.7")
    (folder / "e.txt").write_bytes(b"")
    with Quarantine(tmp_path / "quarantine.jsonl") as quarantine:
        counts = add_stream(ledger, read_path(folder), Ahead(4), quarantine=quarantine)
    assert (counts.kept, counts.read) == (10, 15)
    assert counts.skipped == {SAME_TWICE: 2, "unknown kind of file": 1}
    assert counts.failed == {"OR-105": 1, "OR-102": 1}
    found = [json.loads(line) for line in (tmp_path / "quarantine.jsonl").read_text().splitlines()]
    assert [(entry["path"], entry["record"], entry["code"]) for entry in found] == [
        (str(folder / "a.jsonl"), 3, "OR-105"),
        (str(folder / "e.txt"), None, "OR-102"),
    ]
    data = (folder / "a.jsonl").read_bytes()
    assert data[found[0]["byte_offset"] :].startswith(b"{broken")
    assert "line 3" in found[0]["message"]
    assert found[0]["hint"]


def test_the_quarantine_is_written_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "it's \u00fc.jsonl"
    with Quarantine(path) as quarantine:
        assert path.read_text() == ""
        for number, item in enumerate(items_of("ff"), start=1):
            quarantine.write(item)  # type: ignore[arg-type]
            assert len(path.read_text().splitlines()) == number


def test_a_quarantine_that_cannot_be_written(tmp_path: Path) -> None:
    for path in (tmp_path / "no" / "such", tmp_path, "a\0b"):
        with pytest.raises(InputError) as caught:
            Quarantine(path)
        assert caught.value.code == "OR-110"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full disk")
def test_a_quarantine_on_a_full_disk() -> None:
    with Quarantine("/dev/full") as quarantine, pytest.raises(InputError) as caught:
        quarantine.write(items_of("f")[0])  # type: ignore[arg-type]
    assert caught.value.code == "OR-110"
