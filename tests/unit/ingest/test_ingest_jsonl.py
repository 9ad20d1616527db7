"""JSON Lines: the good records are kept, the bad ones named."""

from __future__ import annotations

import gzip
import hashlib
import io
import itertools
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ingest import Failure, Item, read_bytes, read_path, read_stdin
from onrecord.ingest.jsonl import read_jsonl
from onrecord.record.document import Document

RECORD = {
    "id": "a1",
    "story": "talks",
    "outlet": "The Daily",
    "title": "Talks go on",
    "published": "2026-03-04",
    "language": "en",
    "text": "He said “no”.",
    "url": "https://daily.example/1",
    "origin": "constructed",
    "statements": [{"anything": "at all"}],
    "unknown": float("nan"),
}


def items(data: bytes, encoding: str | None = None) -> list[Item]:
    return list(read_bytes(data, kind="jsonl", encoding=encoding))


def one(record: object) -> Item:
    [item] = items(json.dumps(record).encode())
    return item


def test_every_documented_field_is_kept() -> None:
    doc = one(RECORD)
    assert isinstance(doc, Document)
    assert (doc.external_id, doc.story, doc.outlet, doc.title) == ("a1", "talks", "The Daily", "Talks go on")
    assert doc.published is not None
    assert (doc.published.value, doc.published.precision) == ("2026-03-04", "day")
    assert (doc.language, doc.text, doc.url) == ("en", "He said “no”.", "https://daily.example/1")
    assert (doc.origin.kind, doc.origin.record, doc.origin.byte_offset) == ("jsonl", 1, 0)
    assert doc.origin.note == "constructed"


def test_text_is_enough() -> None:
    doc = one({"text": "So.", "title": None, "outlet": " ", "published": ""})
    assert isinstance(doc, Document)
    assert (doc.title, doc.outlet, doc.published, doc.external_id) == (None, None, None, None)


def test_integer_ids_are_shown_as_they_are_written() -> None:
    doc = one({"id": 17, "text": "So."})
    assert isinstance(doc, Document)
    assert doc.external_id == "17"


@pytest.mark.parametrize(
    ("record", "code", "named"),
    [
        ({}, "OR-106", "text"),
        ({"text": None}, "OR-106", "text"),
        ({"text": ["a"]}, "OR-106", "text"),
        ({"text": 5}, "OR-106", "text"),
        ({"text": True}, "OR-106", "text"),
        ({"text": {"de": "x"}}, "OR-106", "text"),
        ({"text": ""}, "OR-102", "text"),
        ({"text": " \n"}, "OR-102", "text"),
        ({"text": "a", "title": 3}, "OR-106", "title"),
        ({"text": "a", "url": ["u"]}, "OR-106", "url"),
        ({"text": "a", "id": True}, "OR-106", "id"),
        ({"text": "a", "id": 1.5}, "OR-106", "id"),
        ({"text": "a", "published": 2026}, "OR-106", "published"),
        ({"text": "a", "published": "last Tuesday"}, "OR-106", "published"),
        ([1], "OR-105", "line 1"),
        ("text", "OR-105", "line 1"),
        (None, "OR-105", "line 1"),
    ],
)
def test_what_is_wrong_with_a_record_is_named(record: object, code: str, named: str) -> None:
    item = one(record)
    assert isinstance(item, Failure)
    assert item.error.code == code
    assert named in item.error.message


@pytest.mark.parametrize(
    "line",
    [
        b'{"text": "cut',
        b"{'text': 'x'}",
        b"text",
        b"[" * 100_000,
        b'{"n": ' + b"9" * 5000 + b', "text": "x"}',
        b"\0",
    ],
)
def test_malformed_third_line_of_ten(line: bytes, tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"Text {number}."}).encode() for number in range(1, 11)]
    lines[2] = line
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"\n".join(lines))
    found = list(read_path(path))
    assert [item.text for item in found if isinstance(item, Document)] == [f"Text {n}." for n in range(1, 11) if n != 3]
    assert isinstance(found[2], Failure)
    assert found[2].error.code == "OR-105"
    assert found[2].origin.record == 3
    assert f"line 3 of {path}" in found[2].error.message


def test_a_legacy_line_names_its_encoding_and_the_others_are_kept() -> None:
    good, bad = (
        '{"text": "Так."}'.encode(),
        '{"text": "Министр заявил, что переговоры идут."}'.encode("cp1251"),
    )
    found = items(b"\n".join([good, bad, good]))
    assert [isinstance(item, Document) for item in found] == [True, False, True]
    failure = found[1]
    assert isinstance(failure, Failure)
    assert failure.error.code == "OR-104"
    assert "cp1251" in failure.error.message
    [doc] = items(bad, "cp1251")
    assert isinstance(doc, Document)
    assert doc.text == "Министр заявил, что переговоры идут."


@pytest.mark.parametrize(
    "data", ['\ufeff{"text": "a"}\n'.encode("utf-16-le"), '\ufeff{"text": "a"}\n'.encode("utf-16-be")]
)
def test_utf16_is_one_failure(data: bytes) -> None:
    [failure] = items(data)
    assert isinstance(failure, Failure)
    assert failure.error.code == "OR-104"
    [named] = items(data[2:], "utf-16-le")
    assert isinstance(named, Failure)
    assert named.error.code == "OR-104"


def test_lone_surrogates_are_kept() -> None:
    [doc] = items(rb'{"text": "a\ud800b \udc00", "title": "\udfff"}')
    assert isinstance(doc, Document)
    assert doc.text == "a\ud800b \udc00"
    assert doc.title == "\udfff"


def test_nul_and_crlf_are_kept() -> None:
    [doc] = items(rb'{"text": "a\u0000b\r\nc"}' + b"\r\n")
    assert isinstance(doc, Document)
    assert doc.text == "a\0b\r\nc"


def test_only_lf_ends_a_line() -> None:
    text = "one\u2028two\u2029three\u0085four"
    data = "".join(json.dumps({"text": text}, ensure_ascii=False) + end for end in ("\r\n", "\n", "")).encode()
    assert [item.text for item in items(data) if isinstance(item, Document)] == [text] * 3


@given(
    st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=5),
    st.sampled_from([b"\n", b"\r\n", b"\n\n", b"\n \t\n"]),
    st.booleans(),
    st.booleans(),
)
def test_offsets_and_digests_read_back(texts: list[str], end: bytes, ascii_only: bool, mark: bool) -> None:
    lines = [json.dumps({"text": text}, ensure_ascii=ascii_only or not _is_utf8(text)).encode() for text in texts]
    data = (b"\xef\xbb\xbf" if mark else b"") + end.join(lines)
    docs = [item for item in items(data) if isinstance(item, Document)]
    assert [doc.text for doc in docs] == texts
    for doc, line in zip(docs, lines, strict=True):
        start = doc.origin.byte_offset
        assert start is not None
        assert data[start : start + len(line)] == line
        assert doc.origin.digest == hashlib.sha256(line).hexdigest()
        assert data[:start].count(b"\n") + 1 == doc.origin.record


def _is_utf8(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


def test_gzip(tmp_path: Path) -> None:
    data = b"".join(json.dumps({"text": f"Text {number}."}).encode() + b"\n" for number in range(2000))
    path = tmp_path / "in.jsonl.gz"
    path.write_bytes(gzip.compress(data))
    docs = list(read_path(path))
    assert len(docs) == 2000
    assert [item.origin.byte_offset for item in docs][1] == data.index(b"\n") + 1
    path.write_bytes(gzip.compress(data)[:-200])
    found = list(read_path(path))
    assert isinstance(found[-1], Failure)
    assert found[-1].error.code == "OR-112"
    assert all(isinstance(item, Document) for item in found[:-1])
    assert len(found) > 100


def test_a_line_over_the_limit_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b'{"text": "a"}\n{"text": "' + b"x" * 5000 + b'"}\n{"text": "b"}\n' + b"y" * 3000)
    found = list(read_path(path, limit_bytes=1000))
    assert [
        item.text if isinstance(item, Document) else item.error.code for item in found if not hasattr(item, "reason")
    ] == [
        "a",
        "OR-111",
        "b",
        "OR-111",
    ]
    assert [item.origin.record for item in found] == [1, 2, 3, 4]
    assert found[2].origin.byte_offset == 14 + 5013


class Endless(io.RawIOBase):
    """A file without an end, as large as it is read."""

    def __init__(self, line: bytes) -> None:
        self._lines = itertools.repeat(line)
        self.given = 0

    def readable(self) -> bool:
        return True

    def readline(self, size: int | None = -1, /) -> bytes:
        self.given += 1
        return next(self._lines)


def test_lines_are_read_as_they_are_asked_for() -> None:
    stream = Endless(b'{"text": "a"}\n')
    docs: Iterator[Item] = read_jsonl(stream, path=None, encoding=None, limit_bytes=1000)  # type: ignore[arg-type]
    assert len(list(itertools.islice(docs, 10))) == 10
    assert stream.given == 10


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    line = json.dumps({"text": "word " * 200}).encode() + b"\n"
    with path.open("wb") as file:
        for _ in range(8000):
            file.write(line)
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_path(path)) == 8000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert path.stat().st_size > 8_000_000
    assert peak < 1_500_000


@pytest.mark.slow
@pytest.mark.parametrize("name", ["one.jsonl", "one.txt"])
def test_a_single_line_of_50_megabytes(name: str, tmp_path: Path) -> None:
    text = "He said “no” to that. " * 2_100_000
    data = text.encode() if name.endswith("txt") else json.dumps({"text": text}, ensure_ascii=False).encode()
    assert len(data) > 50_000_000
    path = tmp_path / name
    path.write_bytes(data)
    tracemalloc.start()
    try:
        [doc] = read_path(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert isinstance(doc, Document)
    assert doc.text == text
    # A str of these characters takes 2 bytes each, and its id is hashed from another copy of it.
    assert peak < 12 * len(data)


def test_stdin_is_known_by_its_first_line() -> None:
    [doc] = read_stdin(io.BytesIO(b'\n {"text": "a"}\n'))
    assert isinstance(doc, Document)
    assert (doc.origin.kind, doc.origin.path, doc.origin.record) == ("jsonl", None, 2)
