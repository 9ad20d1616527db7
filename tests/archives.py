"""Small archives in every form, and what `onrecord process` makes of them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path

from archive_stub import LOADER
from onrecord.archive.driver import process
from onrecord.archive.job import Job
from onrecord.archive.report import Report

SENTENCE = "The minister of roads said on Tuesday that bridge number {n} would be closed until the end of the year."


def text(number: int) -> str:
    return "\n\n".join(SENTENCE.format(n=number * 10 + k) for k in range(3))


def page(number: int, body: str | None = None) -> bytes:
    paragraphs = "".join(f"<p>{part}</p>" for part in (body or text(number)).split("\n\n"))
    return (
        f"<html lang=en><head><title>Bridge {number}</title></head><body><nav>Home | News</nav>"
        f"<article><h1>Bridge {number}</h1>{paragraphs}</article></body></html>"
    ).encode()


def record(
    number: int,
    body: bytes | None = None,
    *,
    kind: str = "response",
    content_type: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    length: int | None = None,
) -> bytes:
    """One WARC record; `length` is what it states instead of the truth."""
    payload = page(number) if body is None else body
    http = (
        f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(payload)}\r\n\r\n".encode()
        + payload
    )
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
        f"WARC-Date: 2026-03-04T10:15:00Z\r\nWARC-Target-URI: https://news.example/{number}\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(http) if length is None else length}\r\n\r\n"
    ).encode()
    return head + http + b"\r\n\r\n"


def packed(records: Iterable[bytes]) -> bytes:
    return b"".join(gzip.compress(each, mtime=0) for each in records)


def lines(texts: Iterable[str]) -> str:
    return "".join(json.dumps({"id": f"n{k}", "text": each}) + "\n" for k, each in enumerate(texts))


def a_job(out: Path, *inputs: Path, **changes: object) -> Job:
    settings = {
        "shard_bytes": 1500,
        "loader": LOADER,
        "time_limit_s": 20.0,
        "languages": ("all",),
    }
    return Job(inputs=tuple(map(str, inputs)), out=out, **{**settings, **changes})


def done(out: Path, *inputs: Path, workers: int = 1, **changes: object) -> Report:
    return process(a_job(out, *inputs, **changes), workers=workers)


def contents(out: Path) -> dict[str, bytes]:
    """Every file of the output whose bytes must not depend on how the work went."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in (".lock", "report.json", "report.md")
    }


def texts_of(out: Path) -> list[str]:
    from onrecord.archive.loading import readings_of

    return [reading.document.text for reading in readings_of(out)]


def failures(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "quarantine.jsonl").read_text().splitlines()]
