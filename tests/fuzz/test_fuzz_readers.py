"""Any bytes into every reader: documents, skips and failures come out, and nothing else is raised."""

from __future__ import annotations

import gzip
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.ingest import Failure, Skip, read_bytes, read_stdin
from onrecord.ingest.sniff import InputKind
from onrecord.record.document import Document, document_id

pytestmark = pytest.mark.slow

# Parsers of third parties are slow at their first call, and other work may share the processor.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)

KINDS = st.sampled_from(["plain", "html", "jsonl", "feed", None])
ENCODINGS = st.sampled_from([None, None, "utf-8", "utf-16", "cp1251", "latin-1", "shift_jis"])

PIECES = (
    *(
        "<html>",
        "</html>",
        "<head>",
        "<body>",
        "<p>",
        "</p>",
        "<br>",
        "<article>",
        "<title>",
        "<h1>",
        "<!--",
        "-->",
    ),
    *(
        "<!doctype html>",
        "<?xml version='1.0' encoding='",
        "'?>",
        "<meta charset=",
        "utf-8",
        "windows-1251",
        ">",
        "<",
    ),
    *(
        "<rss version='2.0'>",
        "<channel>",
        "<item>",
        "</item>",
        "<description>",
        "</description>",
        "<![CDATA[",
        "]]>",
    ),
    *(
        "<feed xmlns='http://www.w3.org/2005/Atom'>",
        "<entry>",
        "<summary type='xhtml'>",
        "<pubDate>",
        "2026-03-04",
    ),
    *(
        "<!DOCTYPE x [<!ENTITY a '",
        "'>]>",
        "&a;",
        "&#xD800;",
        "&#0;",
        "&lt;",
        "&",
        "{",
        '{"text": "',
        '"}',
        "\n",
        "\r\n",
    ),
    *(
        '<script type="application/ld+json">',
        '{"@type": "Article", "datePublished": ',
        "</script>",
        "\ufeff",
        "\0",
    ),
    *(
        "The minister said that talks would go on for a week. ",
        "“Нет”, — сказал он. ",
        "\u2028",
        "é",
        '<time datetime="',
    ),
    *(
        '<meta property="article:published_time" content="',
        '<link rel=canonical href="http://[',
        "<table><tr><td>",
        "<li>",
    ),
)
markup = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=25).map("".join)
encoded = st.builds(
    lambda text, name: text.encode(name, "surrogatepass" if name.startswith("utf") else "replace"),
    markup,
    st.sampled_from(["utf-8", "utf-16-le", "utf-16", "cp1251", "utf-8"]),
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)
records = st.dictionaries(
    st.sampled_from(["text", "id", "title", "outlet", "published", "language", "url", "story", "origin", "other"]),
    values,
)
lines = st.lists(records.map(lambda record: json.dumps(record).encode()) | st.binary(max_size=30), max_size=6).map(
    b"\n".join
)


def check(data: bytes, kind: InputKind | None, encoding: str | None) -> None:
    items = list(read_bytes(data, kind=kind, encoding=encoding))
    for item in items:
        if isinstance(item, Failure):
            assert isinstance(item.error, InputError)
            assert item.error.message
            assert item.error.hint
        elif isinstance(item, Document):
            assert item.text.strip()
            published = item.published.value if item.published else None
            assert item.id == document_id(item.text, url=item.url, outlet=item.outlet, published=published)
        else:
            assert isinstance(item, Skip)
            assert item.reason
    # Nothing goes without an account, except lines with nothing in them.
    assert items or kind == "jsonl" or not data.strip(b"\xef\xbb\xbf \t\r\n\v\f")
    assert list(read_bytes(data, kind=kind, encoding=encoding)) == items or any(
        isinstance(item, Failure) for item in items
    )


@patient
@given(st.binary(max_size=300), KINDS, ENCODINGS)
def test_any_bytes(data: bytes, kind: InputKind | None, encoding: str | None) -> None:
    check(data, kind, encoding)


@patient
@given(encoded, st.sampled_from(["html", "feed", None]), ENCODINGS)
def test_anything_like_markup(data: bytes, kind: InputKind | None, encoding: str | None) -> None:
    check(data, kind, encoding)


@patient
@given(lines, ENCODINGS)
def test_anything_like_json_lines(data: bytes, encoding: str | None) -> None:
    check(data, "jsonl", encoding)


@patient
@given(encoded | lines, st.integers(0, 400), st.integers(0, 255))
def test_damaged_gzip(data: bytes, place: int, byte: int) -> None:
    packed = bytearray(gzip.compress(data))
    packed[min(place, len(packed) - 1)] = byte
    for item in read_stdin(io.BytesIO(bytes(packed))):
        assert isinstance(item, Document | Failure | Skip)
