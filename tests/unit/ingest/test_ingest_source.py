"""Files, folders and pipes: everything is accounted for, in a fixed order."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError, UsageError
from onrecord.ingest import Failure, Item, Skip, read_bytes, read_path, read_paths, read_stdin, read_text
from onrecord.ingest.sniff import kind_of_bytes, kind_of_name
from onrecord.record.document import Document, document_id

TEXT = "He said “no”, twice.\r\n\r\nمرحبا — שלום 👩‍👩‍👧 e\u0301\n"
PAGE = b"<!doctype html><html><body><p>The minister said that talks would go on for a week.</p></body></html>"


def summary(items: list[Item]) -> list[tuple[str, str]]:
    """File name and what became of it."""
    return [
        (
            Path(item.origin.path or "-").name,
            "read" if isinstance(item, Document) else item.error.code if isinstance(item, Failure) else item.reason,
        )
        for item in items
    ]


def failure_of(items: list[Item]) -> Failure:
    [item] = items
    assert isinstance(item, Failure)
    return item


def test_plain_text_is_kept_to_the_code_point(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    [doc] = read_path(path)
    assert isinstance(doc, Document)
    assert doc.text == TEXT
    assert doc.title is None
    assert doc.id == document_id(TEXT, url=None, outlet=None, published=None)
    assert (doc.origin.kind, doc.origin.path, doc.origin.record) == ("file", str(path), None)
    assert doc.origin.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (doc.reader.name, bool(doc.reader.version)) == ("plain", True)


@pytest.mark.parametrize("name", ["missing.txt", "a.txt/below", "x" * 300, "a\0b", "loop"])
def test_unreadable_paths(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    failure = failure_of(list(read_path(str(tmp_path / name))))
    assert failure.error.code == "OR-101"
    assert failure.origin.digest == ""


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs POSIX permissions")
def test_a_file_without_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    path = tmp_path / "a.txt"
    path.write_text("text")
    path.chmod(0)
    me = os.geteuid()
    if me == 0:
        # Root reads everything, so somebody else has to look. The folders above may be closed to them.
        os.chdir(tmp_path)
        os.seteuid(65534)
    try:
        failure = failure_of(list(read_path(path.name if me == 0 else path)))
    finally:
        if me == 0:
            os.seteuid(me)
            os.chdir("/")
    assert failure.error.code == "OR-101"
    assert "ermission" in failure.error.message


def test_empty_and_blank_files(tmp_path: Path) -> None:
    for name, data in (
        ("a.txt", b""),
        ("b.html", b""),
        ("c.jsonl", b""),
        ("d.xml", b""),
        ("e.txt", b" \n"),
        ("f", b""),
    ):
        (tmp_path / name).write_bytes(data)
    assert summary(list(read_path(tmp_path))) == [
        (name, "OR-102") for name in ("a.txt", "b.html", "c.jsonl", "d.xml", "e.txt", "f")
    ]


def test_a_folder_is_read_in_order_and_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "b" / "deep").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "b" / "deep" / "x.txt").write_text("x")
    (tmp_path / "b" / "a.txt").write_text("a")
    (tmp_path / "a.md").write_text("markdown")
    (tmp_path / "c.html").write_bytes(PAGE)
    (tmp_path / "d.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "e.txt").write_bytes(b"%PDF-1.7")
    (tmp_path / "README").write_text("No suffix.")
    (tmp_path / ".secret.txt").write_text("hidden")
    (tmp_path / ".hidden" / "x.txt").write_text("hidden")
    (tmp_path / "g.txt.gz").write_bytes(gzip.compress(b"packed"))
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.md")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "up").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    assert summary(list(read_path(tmp_path))) == [
        ("README", "read"),
        ("a.md", "read"),
        ("a.txt", "read"),
        ("x.txt", "read"),
        ("c.html", "read"),
        ("d.pdf", "unknown kind of file"),
        ("e.txt", "OR-103"),
        ("g.txt.gz", "read"),
        ("gone.txt", "OR-101"),
        ("link.txt", "read"),
        ("pipe.txt", "not a regular file"),
        ("up", "a link to a folder"),
    ]


def test_a_folder_without_files_is_empty(tmp_path: Path) -> None:
    (tmp_path / ".hidden.txt").write_text("x")
    assert failure_of(list(read_path(tmp_path))).error.code == "OR-102"


@pytest.mark.parametrize(
    "name",
    [
        "with space",
        'it\'s "quoted"',
        "line\nend",
        "-",
        "\u202ertl",
        "ünï",
        "a.b",
        "http:",
        os.fsdecode(b"\xff"),
    ],
)
def test_odd_names(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (folder / f"{name}.txt").write_text("text")
    (folder / f"{name}.jsonl").write_text('{"text": "text"}\nbad')
    items = list(read_paths([folder, str(folder / f"{name}.txt")]))
    assert [isinstance(item, Document) for item in items] == [True, False, True, True]
    failure = items[1]
    assert isinstance(failure, Failure)
    assert failure.origin.path == str(folder / f"{name}.jsonl")
    assert "\n" not in failure.error.message


def test_an_unknown_suffix_is_looked_into_if_the_file_itself_is_named(tmp_path: Path) -> None:
    for name, data in (
        ("a.article", TEXT.encode()),
        ("b.page", PAGE),
        ("c.dump", b'{"text": "x"}'),
        ("d.xml", PAGE),
    ):
        (tmp_path / name).write_bytes(data)
    readers = [
        doc.reader.name for item in sorted(tmp_path.iterdir()) for doc in read_path(item) if isinstance(doc, Document)
    ]
    assert readers == ["plain", "html", "jsonl", "html"]


def test_large_documents_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 1001)
    assert failure_of(list(read_path(path, limit_bytes=1000))).error.code == "OR-111"
    assert summary(list(read_path(path, limit_bytes=1001))) == [("a.txt", "read")]
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"x" * 10_000_000))
    assert failure_of(list(read_path(tmp_path / "a.txt.gz", limit_bytes=1000))).error.code == "OR-111"
    assert failure_of(list(read_path("/dev/zero", limit_bytes=1000))).error.code == "OR-111"


@pytest.mark.parametrize(
    "data",
    [
        b"\x1f\x8b",
        b"\x1f\x8b\x08\x00" + b"x" * 50,
        gzip.compress(b"text " * 99)[:-9],
        gzip.compress(TEXT.encode())[:12],
    ],
)
def test_damaged_gzip(data: bytes) -> None:
    assert failure_of(list(read_bytes(data))).error.code == "OR-112"


def test_a_wrong_encoding_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    for read in (
        read_path,
        read_stdin,
        read_bytes,
        lambda path, encoding: read_paths([path], encoding=encoding),
    ):
        with pytest.raises(UsageError):
            read(tmp_path, encoding="no-such-encoding")  # type: ignore[operator]


def test_the_encoding_is_taken_at_its_word(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Министр заявил.".encode("cp1251"))
    assert failure_of(list(read_path(path))).error.code == "OR-104"
    [doc] = read_path(path, encoding="windows-1251")
    assert isinstance(doc, Document)
    assert doc.text == "Министр заявил."


@pytest.mark.parametrize(
    ("data", "reader"),
    [
        (TEXT.encode(), "plain"),
        (b"<3 is what she said, and {no} more", "plain"),
        (b"{curly} words", "plain"),
        (PAGE, "html"),
        (b"\n  <!-- saved -->\n<html lang=en>" + PAGE, "html"),
        (b'{"text": "x"}', "jsonl"),
        (b'\xef\xbb\xbf{"text": "x"}', "jsonl"),
        (
            b"<rss version='2.0'><channel><item><description>Some text</description></item></channel></rss>",
            "feed",
        ),
        (
            '\ufeff<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><summary>x</summary></entry></feed>'.encode(
                "utf-16-le"
            ),
            "feed",
        ),
        (
            b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x.dtd'>\n" + PAGE[15:],
            "html",
        ),
    ],
)
def test_stdin_is_known_by_its_bytes(data: bytes, reader: str) -> None:
    for packed in (data, gzip.compress(data)):
        [doc] = read_stdin(io.BytesIO(packed))
        assert isinstance(doc, Document)
        assert doc.reader.name == reader
        assert doc.origin.kind == ("stdin" if reader in ("plain", "html") else reader)


def test_stdin_of_no_bytes() -> None:
    failure = failure_of(list(read_stdin(io.BytesIO())))
    assert failure.error.code == "OR-102"
    assert failure.error.message == "standard input is empty"


def test_pages_one_after_another_are_several_documents() -> None:
    second = PAGE.replace(b"minister", b"president")
    empty = b"<html><body></body></html>"
    data = PAGE + b"\n" + empty + second
    items = list(read_stdin(io.BytesIO(data)))
    assert [isinstance(item, Document) for item in items] == [True, False, True]
    starts = [item.origin.byte_offset for item in items]
    assert [data[start : start + 8].lstrip()[:5] for start in starts if start is not None] == [
        b"<!doc",
        b"<html",
        b"<!doc",
    ]
    assert [item.origin.record for item in items] == [1, 2, 3]


def test_a_pipe_is_read_while_it_is_written() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, ours.makefile("rb") as stream:
        items = read_stdin(stream)
        for number in range(5):
            theirs.sendall(b'{"text": "Text %d."}\n' % number)
            done: list[Item] = []
            reader = threading.Thread(target=lambda: done.append(next(items)), daemon=True)  # noqa: B023
            reader.start()
            reader.join(timeout=10)
            assert isinstance(done[0], Document)
            assert done[0].text == f"Text {number}."
        theirs.shutdown(socket.SHUT_WR)
        assert list(items) == []


def test_targets_in_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("a")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"from the pipe")))
    items = list(read_paths([tmp_path / "a.txt", "-", str(tmp_path / "missing"), tmp_path]))
    assert summary(items) == [("a.txt", "read"), ("-", "read"), ("missing", "OR-101"), ("a.txt", "read")]
    assert items[0] == items[3]


@given(st.text(st.characters(exclude_categories=()), min_size=1).filter(str.strip))
def test_a_string_is_a_document_whatever_is_in_it(text: str) -> None:
    assert read_text(text).text == text


def test_a_blank_string_is_none() -> None:
    with pytest.raises(InputError) as caught:
        read_text(" \n")
    assert caught.value.code == "OR-102"


@pytest.mark.parametrize("mark", ['"', "“", "«", "’"])
def test_a_million_quotation_marks(mark: str) -> None:
    [doc] = read_stdin(io.BytesIO((mark * 1_000_000).encode()))
    assert isinstance(doc, Document)
    assert doc.text == mark * 1_000_000


def test_the_same_text_from_two_places_is_one_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    (tmp_path / "b.txt").write_bytes(TEXT.encode("utf-16"))
    items = [*read_path(tmp_path), read_text(TEXT)]
    assert len({item.id for item in items if isinstance(item, Document)}) == 1


@given(st.binary(max_size=200))
def test_sniffing_any_bytes(data: bytes) -> None:
    assert kind_of_bytes(data) in {"plain", "html", "jsonl", "feed"}


@pytest.mark.parametrize("opening", [b"<?xml ", b"<!--", b"<! [", b"<!doctype x [", b" <?a?>"])
def test_sniffing_takes_linear_time(opening: bytes) -> None:
    assert kind_of_bytes(opening * 100_000) == "plain"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.TXT", "plain"),
        ("a.htm", "html"),
        ("a.jsonl.gz", "jsonl"),
        ("a.gz", None),
        ("a", None),
        ("a.txt.pdf", None),
        (".txt", None),
    ],
)
def test_kinds_by_name(name: str, kind: str | None) -> None:
    assert kind_of_name(name) == kind


def test_readers_are_imported_when_they_are_needed() -> None:
    code = (
        "import sys, onrecord.ingest as i; list(i.read_bytes(b'text')); list(i.read_bytes(b'{}'));"
        "heavy = {'trafilatura', 'feedparser', 'lxml', 'urllib.request', 'ssl', 'email'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_skips_are_no_errors(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    [item] = read_path(tmp_path)
    assert isinstance(item, Skip)
    assert item.origin.path == str(tmp_path / "a.pdf")
