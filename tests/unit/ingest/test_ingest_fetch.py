"""Addresses: http and https only, bounded in time and size. All servers are on this machine."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from onrecord.errors import UsageError
from onrecord.ingest import Failure, Item, fetch, read_paths
from onrecord.record.document import Document

PARAGRAPH = "The minister said on Monday that the talks would go on for another week. – «Мы готовы»."
PAGE = f"<!doctype html><html lang=uk><body><p>{PARAGRAPH}</p></body></html>"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        answer = getattr(self, "answer_" + self.path.strip("/").split("/")[0].split("?")[0], None)
        if answer is None:
            self.send_error(404)
        else:
            answer()

    def send(self, body: bytes, kind: str = "text/html", **headers: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def redirect(self, target: str) -> None:
        self.send_response(302)
        self.send_header("Location", target)
        self.end_headers()

    def answer_page(self) -> None:
        self.send(PAGE.encode())

    def answer_cyrillic(self) -> None:
        self.send(PAGE.encode("cp1251"), "text/html; charset=windows-1251")

    def answer_plain(self) -> None:
        self.send("Он сказал: нет.".encode("koi8-r"), "text/plain; charset=koi8-r")

    def answer_packed(self) -> None:
        self.send(gzip.compress(PAGE.encode()), Content_Encoding="gzip")

    def answer_lines(self) -> None:
        self.send(b'{"text": "one"}\nbad\n{"text": "two"}\n', "application/x-ndjson")

    def answer_moved(self) -> None:
        self.redirect("/page?from=moved")

    def answer_circle(self) -> None:
        self.redirect("/circle")

    def answer_file(self) -> None:
        self.redirect("file:///etc/passwd")

    def answer_ftp(self) -> None:
        self.redirect("ftp://127.0.0.1/x")

    def answer_large(self) -> None:
        self.send(b"x" * 100_000, "text/plain")

    def answer_cut(self) -> None:
        self.send(b"x" * 100, "text/plain", Content_Length="5000")

    def answer_slow(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(50):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    def answer_nothing(self) -> None:
        self.send(b"")

    def log_request(self, *args: object) -> None:
        pass

    def log_error(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def document(items: Iterator[Item]) -> Document:
    [item] = items
    assert isinstance(item, Document), item
    return item


def code(items: Iterator[Item]) -> str:
    [item] = items
    assert isinstance(item, Failure)
    return item.error.code


@pytest.mark.parametrize("path", ["page", "cyrillic", "packed"])
def test_a_page(server: str, path: str) -> None:
    doc = document(fetch(f"{server}/{path}"))
    assert doc.text == PARAGRAPH
    assert (doc.origin.kind, doc.origin.path) == ("url", f"{server}/{path}")
    assert doc.url == f"{server}/{path}"
    assert doc.language == "uk"
    assert doc.retrieved is not None
    assert doc.retrieved.endswith("+00:00")


def test_the_senders_charset_counts(server: str) -> None:
    assert document(fetch(f"{server}/plain")).text == "Он сказал: нет."


def test_the_final_address_is_kept(server: str) -> None:
    assert document(fetch(f"{server}/moved")).origin.path == f"{server}/page?from=moved"


def test_lines_from_an_address(server: str) -> None:
    items = list(read_paths([f"{server}/lines"]))
    assert [isinstance(item, Document) for item in items] == [True, False, True]
    assert {item.origin.path for item in items} == {f"{server}/lines"}


@pytest.mark.parametrize("path", ["missing", "circle", "file", "ftp", "cut", "with space/ü"])
def test_what_cannot_be_fetched(server: str, path: str) -> None:
    assert code(fetch(f"{server}/{path}")) == "OR-108"


def test_an_empty_answer(server: str) -> None:
    assert code(fetch(f"{server}/nothing")) == "OR-102"


def test_a_large_answer(server: str) -> None:
    assert code(fetch(f"{server}/large", limit_bytes=10_000)) == "OR-111"


def test_a_slow_answer(server: str) -> None:
    start = time.monotonic()
    assert code(fetch(f"{server}/slow", timeout_s=0.3)) == "OR-108"
    assert time.monotonic() - start < 2


def test_nobody_answers() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert code(fetch(f"http://127.0.0.1:{port}/", timeout_s=1)) == "OR-108"


@pytest.mark.parametrize("url", ["http://", "http://[::1", "http://127.0.0.1:99999/", "https://\0/", "http://ü..ü/"])
def test_broken_addresses(url: str) -> None:
    assert code(fetch(url, timeout_s=1)) == "OR-108"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/", "example.org", ""])
def test_other_schemes_are_the_callers_fault(url: str) -> None:
    with pytest.raises(UsageError):
        fetch(url)


def test_nothing_is_called_before_the_first_item(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*args: object, **kwargs: object) -> None:
        raise AssertionError("the network was called")

    monkeypatch.setattr(socket.socket, "connect", forbidden)
    fetch("http://127.0.0.1/")
