"""Every form of input: what is read, what is skipped, what fails, and that it adds up."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from archives import lines, packed, page, record, text
from onrecord.archive.entries import entries_of
from onrecord.archive.plan import Shard, plan_shards
from onrecord.ingest import Failure, Item, Skip, read_path
from onrecord.record.document import Document


def items(*inputs: Path, size: int = 10**6, limit_bytes: int = 10**5, text_column: str = "text") -> list[Item]:
    return [
        item
        for shard in plan_shards(map(str, inputs), size)
        for pending in entries_of(shard, encoding=None, limit_bytes=limit_bytes, text_column=text_column)
        for item in pending.load()
    ]


def texts(found: list[Item]) -> list[str]:
    return [item.text for item in found if isinstance(item, Document)]


def codes(found: list[Item]) -> list[str]:
    return [item.error.code for item in found if isinstance(item, Failure)]


def reasons(found: list[Item]) -> list[str]:
    return [item.reason for item in found if isinstance(item, Skip)]


# JSON Lines


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst"])
@pytest.mark.parametrize("size", [1, 500, 1234, 10**6])
def test_lines_are_the_same_however_they_are_cut_and_packed(tmp_path, suffix, size) -> None:
    raw = (lines(text(n) for n in range(15)) + "\n{no json\n" + lines([text(99)])).encode()
    pack = {".jsonl": bytes, ".jsonl.gz": gzip.compress, ".jsonl.zst": zstandard.ZstdCompressor().compress}[suffix]
    path = tmp_path / f"a{suffix}"
    path.write_bytes(pack(raw))
    plain = tmp_path / "plain.jsonl"
    plain.write_bytes(raw)
    found, expected = items(path, size=size), list(read_path(plain))
    places = [(item.origin.record, item.origin.byte_offset, item.origin.digest) for item in found]
    assert places == [(item.origin.record, item.origin.byte_offset, item.origin.digest) for item in expected]
    assert texts(found) == texts(expected) and codes(found) == ["OR-105"]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["", "x", "é" * 40, "y" * 300]), max_size=30), st.integers(1, 700), st.booleans())
def test_cuts_lie_between_lines_and_cover_the_file(tmp_path_factory, parts, size, ends) -> None:
    path = tmp_path_factory.mktemp("cuts") / "a.jsonl"
    data = "\n".join(parts).encode() + (b"\n" if ends else b"")
    path.write_bytes(data)
    shards = list(plan_shards([str(path)], size))
    assert b"".join(data[shard.start : shard.end] for shard in shards) == data
    for shard in shards[1:]:
        assert data[shard.start - 1 : shard.start] == b"\n"
        assert shard.before == data[: shard.start].count(b"\n")


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_compressed_file_that_is_cut_off(tmp_path, suffix) -> None:
    raw = lines(os.urandom(500).hex() for _ in range(50)).encode()
    data = gzip.compress(raw) if suffix == ".gz" else zstandard.ZstdCompressor().compress(raw)
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(data[: len(data) // 2])
    found = items(path, size=4000)
    assert codes(found)[-1] == "OR-112"
    # zstandard packs in blocks of 128 kB; of this small file nothing comes before the damage.
    assert len(texts(found)) >= 15 or suffix == ".zst"


def test_a_line_that_is_too_long_is_passed_over(tmp_path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(lines([text(1), "x" * 200_000, text(2)]))
    found = items(path)
    assert codes(found) == ["OR-111"] and texts(found) == [text(1), text(2)]


# WARC


@pytest.mark.parametrize("size", [1, 900, 5000, 10**6])
@pytest.mark.parametrize("suffix", [".warc", ".warc.gz"])
def test_pages_of_a_warc_however_it_is_cut(tmp_path, suffix, size) -> None:
    records = [record(0, b"software: test", kind="warcinfo"), *(record(n) for n in range(1, 12))]
    path = tmp_path / f"a{suffix}"
    path.write_bytes(packed(records) if suffix.endswith("gz") else b"".join(records))
    found = items(path, size=size)
    assert texts(found) == [text(n) for n in range(1, 12)] and len(found) == 11
    first = found[0]
    assert isinstance(first, Document)
    assert first.url == "https://news.example/1" and first.title == "Bridge 1" and first.language == "en"
    assert first.retrieved == "2026-03-04T10:15:00Z"
    assert first.origin.kind == "warc" and first.origin.path == str(path) and first.origin.byte_offset


def test_what_is_no_page_is_skipped_with_its_reason(tmp_path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(
        packed(
            [
                record(1, kind="request"),
                record(2, b"\x89PNG", content_type="image/png"),
                record(3, status="404 Not Found"),
                record(4, kind="revisit"),
                record(5, text(5).encode(), content_type="text/plain; charset=utf-8"),
                record(6, b"x" * 300_000, content_type="video/mp4"),
            ]
        )
    )
    found = items(path)
    assert sorted(reasons(found)) == [
        "HTTP status 404",
        "a page that was stored before",
        "not a page: image/png",
        "not a page: video/mp4",
    ]
    assert texts(found) == [text(5)] and codes(found) == []


@pytest.mark.parametrize("suffix", [".warc", ".warc.gz"])
@pytest.mark.parametrize("length", [3, 10**6])
def test_a_record_that_states_a_wrong_length(tmp_path, suffix, length) -> None:
    records = [record(1), record(2, length=length), record(3), record(4)]
    path = tmp_path / f"a{suffix}"
    path.write_bytes(packed(records) if suffix.endswith("gz") else b"".join(records))
    found = items(path)
    assert texts(found) == [text(1), text(3), text(4)] and codes(found) == ["OR-118"]


@pytest.mark.parametrize(("suffix", "code"), [(".warc", "OR-118"), (".warc.gz", "OR-112")])
def test_a_warc_that_is_cut_off(tmp_path, suffix, code) -> None:
    records = [record(1), record(2), record(3)]
    data = packed(records) if suffix.endswith("gz") else b"".join(records)
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data[:-60])
    found = items(path)
    assert texts(found) == [text(1), text(2)] and codes(found) == [code]


def test_a_huge_page_is_not_held(tmp_path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(packed([record(1), record(2, b"<p>" + b"many words " * 100_000), record(3)]))
    found = items(path)
    assert codes(found) == ["OR-111"] and texts(found) == [text(1), text(3)]


MEASURE = """
import resource, sys
sys.path[:0] = sys.argv[2:]
from pathlib import Path
from test_archive_inputs import codes, items, texts
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = items(Path(sys.argv[1]), limit_bytes=1 << 20)
print(codes(found), len(texts(found)), (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10)
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.jsonl", "a.jsonl.gz"])
def test_a_page_of_100_mb_costs_no_memory(tmp_path, name) -> None:
    huge = b"many words " * (100_000_000 // 11)
    if name.startswith("a.warc"):
        records = [record(1), record(2, b"<p>" + huge), record(3)]
    else:
        records = [lines([text(1)]).encode(), b'{"text": "' + huge + b'"}\n', lines([text(3)]).encode()]
    pack = (lambda data: gzip.compress(data, 1)) if name.endswith(".gz") else bytes
    path = tmp_path / name
    path.write_bytes(b"".join(map(pack, records)))
    del huge, records
    here = Path(__file__).parent
    command = [sys.executable, "-c", MEASURE, str(path), str(here), str(here.parents[1])]
    failed, read, grown = subprocess.run(command, check=True, capture_output=True, text=True).stdout.rsplit(maxsplit=2)
    assert (failed, read) == ("['OR-111']", "2")
    assert int(grown) < 30


def test_days_that_no_clock_should_show(tmp_path) -> None:
    """A page fetched before it was printed, or in another century: the record is read, and says what it says."""
    dates = [b"1970-01-01T00:00:00Z", b"2099-12-31T23:59:59Z", b"yesterday", b"2026-13-45T99:99:99Z", b""]
    records = [record(n).replace(b"2026-03-04T10:15:00Z", date) for n, date in enumerate(dates)]
    path = tmp_path / "a.warc.gz"
    path.write_bytes(packed(records))
    found = items(path)
    assert texts(found) == [text(n) for n in range(len(dates))]
    assert [item.retrieved for item in found if isinstance(item, Document)][:2] == [
        "1970-01-01T00:00:00Z",
        "2099-12-31T23:59:59Z",
    ]


def test_one_id_for_two_texts_is_two_documents(tmp_path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"id": "same", "text": text(n)}) + "\n" for n in (1, 2)))
    twice = tmp_path / "a.warc"
    twice.write_bytes(record(1) + record(1, page(2)))
    for found in (items(path), items(twice)):
        assert texts(found) == [text(1), text(2)]
        assert len({item.id for item in found if isinstance(item, Document)}) == 2


def test_a_page_that_is_compressed_and_sent_in_chunks(tmp_path) -> None:
    body = gzip.compress(page(7))
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:40], body[40:])) + b"0\r\n\r\n"
    http = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
        + chunks
    )
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Date: 2026-03-04T10:15:00Z\r\n"
        "WARC-Target-URI: https://news.example/7\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    path = tmp_path / "a.warc"
    path.write_bytes(head.encode() + http + b"\r\n\r\n")
    assert texts(items(path)) == [text(7)]


@settings(max_examples=80)
@given(st.data())
def test_no_damage_ends_the_reading_of_a_warc(tmp_path_factory, data) -> None:
    records = [record(n) for n in range(6)]
    whole = bytearray(packed(records) if data.draw(st.booleans()) else b"".join(records))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=30))
    suffix = "warc.gz" if whole[:2] == b"\x1f\x8b" else "warc"
    path = tmp_path_factory.mktemp("damage") / f"a.{suffix}"
    path.write_bytes(whole)
    one = items(path)
    for size in (400, 3000):
        cut = items(path, size=size)
        # A damaged stretch may hide a second fault; what can be read is the same however the file is cut.
        assert set(texts(one)) <= set(texts(cut))


# Parquet, ninjs, the quotation graph, folders


@pytest.mark.parametrize("size", [1, 10**6])
def test_rows_of_parquet(tmp_path, size) -> None:
    import datetime

    table = pa.table(
        {
            "body": [text(n) for n in range(6)] + [None],
            "id": list(range(7)),
            "published": [datetime.date(2026, 3, n + 1) for n in range(7)],
            "unused": [1] * 7,
        }
    )
    path = tmp_path / "a.parquet"
    parquet.write_table(table, path, row_group_size=2)
    found = items(path, size=size, text_column="body")
    assert texts(found) == [text(n) for n in range(6)] and codes(found) == ["OR-106"]
    first = found[2]
    assert isinstance(first, Document) and first.published and first.published.value == "2026-03-03"
    assert first.external_id == "2" and first.origin.record == 3
    assert set(codes(items(path))) == {"OR-119"}
    (tmp_path / "b.parquet").write_bytes(b"PAR1 no")
    assert codes(items(tmp_path / "b.parquet")) == ["OR-119"]


def test_a_story_in_ninjs(tmp_path) -> None:
    first = {
        "uri": "urn:x:1",
        "headline": "Bridge closed",
        "body_text": text(1),
        "versioncreated": "2026-03-04T10:15:00+02:00",
        "infosources": [{"name": "Velinform"}],
        "language": "en",
    }
    second = {
        "uri": "https://news.example/2",
        "headlines": [{"role": "main", "value": "Bridge open"}],
        "bodies": [{"contenttype": "text/html", "value": "<p>" + text(2).replace("\n\n", "</p><p>") + "</p>"}],
    }
    (tmp_path / "1.json").write_text(json.dumps(first, indent=1))
    (tmp_path / "2.json").write_text(json.dumps([second, {"uri": "urn:x:3", "body_text": " "}, 7]))
    (tmp_path / "3.json").write_text(json.dumps(first) + "\n" + json.dumps(second) + "\n")
    found = items(tmp_path)
    assert texts(found) == [text(1), text(2), text(1), text(2)] and codes(found) == ["OR-102", "OR-105"]
    one, two = (item for item in found[:2] if isinstance(item, Document))
    assert (one.title, one.outlet, one.external_id, one.url) == ("Bridge closed", "Velinform", "urn:x:1", None)
    assert one.published and one.published.value == "2026-03-04T10:15:00+02:00"
    assert (two.title, two.url) == ("Bridge open", "https://news.example/2")


def test_a_record_of_the_quotation_graph_is_a_document_of_context(tmp_path) -> None:
    path = tmp_path / "20260304.gqg.json.gz"
    quotes = [{"pre": "the minister said ", "quote": "We will sign", "post": " on Monday"}, {"quote": "No."}]
    rows = [
        {"date": "2026-03-04T10:15:00Z", "url": "https://news.example/1", "title": "T", "lang": "ENGLISH", "quotes": q}
        for q in (quotes, [])
    ]
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))
    found = items(path)
    assert texts(found) == ["the minister said “We will sign” on Monday\n\n“No.”"] and codes(found) == ["OR-102"]
    assert isinstance(found[0], Document) and found[0].language == "en" and "context" not in found[0].text
    assert "GDELT" in (found[0].origin.note or "")


def test_a_folder_of_everything(tmp_path) -> None:
    (tmp_path / "a.html").write_bytes(page(1))
    (tmp_path / "b.txt").write_text(text(2))
    (tmp_path / "c.jsonl").write_text(lines([text(3)]))
    (tmp_path / "d.warc.gz").write_bytes(packed([record(4)]))
    (tmp_path / "e.pdf").write_bytes(b"%PDF")
    (tmp_path / "f.txt").touch()
    (tmp_path / "empty").mkdir()
    found = items(tmp_path, tmp_path / "empty", tmp_path / "nothing.txt")
    assert texts(found) == [text(n) for n in (1, 2, 3, 4)]
    assert reasons(found) == ["unknown kind of file"] and codes(found) == ["OR-102", "OR-102", "OR-101"]


def test_the_plan_does_not_depend_on_anything_but_the_input(tmp_path) -> None:
    for n in range(30):
        (tmp_path / f"{n:02d}.txt").write_text(text(n))
    plan = list(plan_shards([str(tmp_path)], 2000))
    assert plan == list(plan_shards([str(tmp_path)], 2000)) and len(plan) > 3
    assert [shard.number for shard in plan] == list(range(len(plan)))
    assert all(isinstance(shard, Shard) and shard.identity() == shard.identity() for shard in plan)
