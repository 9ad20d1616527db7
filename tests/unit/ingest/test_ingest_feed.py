"""Feeds: an entry is a document if it holds text."""

from __future__ import annotations

import hashlib
from xml.sax.saxutils import escape

import pytest

from onrecord.ingest import Failure, Item, Skip, read_bytes
from onrecord.record.document import Document

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Вести &amp; Co</title><language>uk</language>
{items}
</channel></rss>"""


def rss(*items: str, encoding: str = "utf-8") -> bytes:
    return RSS.format(encoding=encoding, items="\n".join(f"<item>{item}</item>" for item in items)).encode(encoding)


def read(data: bytes, encoding: str | None = None) -> list[Item]:
    return list(read_bytes(data, kind="feed", encoding=encoding, path="feed.xml"))


def document(item: Item) -> Document:
    assert isinstance(item, Document), item
    return item


def code(item: Item) -> str:
    assert isinstance(item, Failure), item
    return item.error.code


def test_an_entry_with_everything() -> None:
    data = rss(
        "<title>Talks &lt;b&gt;go&lt;/b&gt; on</title><link>https://v.example/1</link><guid>g1</guid>"
        "<pubDate>Wed, 04 Mar 2026 10:15:00 +0200</pubDate><description>Short.</description>"
        "<content:encoded><![CDATA[<p>He said &laquo;no&raquo;.</p><p>She left &ndash; Привіт.</p>]]>"
        "</content:encoded>"
    )
    [item] = read(data)
    doc = document(item)
    assert doc.text == "He said «no».\n\nShe left – Привіт."
    assert (doc.title, doc.url, doc.external_id) == ("Talks go on", "https://v.example/1", "g1")
    assert (doc.outlet, doc.language) == ("Вести & Co", "uk")
    assert doc.published is not None
    assert (doc.published.value, doc.published.precision) == ("2026-03-04T10:15:00+02:00", "second")
    assert (doc.origin.kind, doc.origin.path, doc.origin.record) == ("feed", "feed.xml", 1)
    assert doc.origin.digest == hashlib.sha256(data).hexdigest()


def test_atom() -> None:
    data = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
    <title type="html">A &amp;amp; B</title>
    <entry><title>5 &lt; 6</title><id>urn:1</id><link href="https://a.example/1"/>
    <updated>2026-03-04T10:15:00Z</updated>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One &lt; two.</p><p>Two.</p></div>
    </content>
    </entry><entry><published>2026-03</published><updated>2026-04-05T10:15:00Z</updated>
    <summary type="text">plain &lt;not markup&gt; text</summary></entry></feed>"""
    first, second = map(document, read(data))
    assert (first.text, first.title, first.outlet) == ("One < two.\n\nTwo.", "5 < 6", "A & B")
    assert first.language == "en"
    assert first.published is not None
    assert first.published.value == "2026-03-04T10:15:00Z"
    assert second.text == "plain <not markup> text"
    assert second.published is not None
    assert (second.published.value, second.published.precision) == ("2026-03", "month")


def test_entries_without_text_are_skipped_with_the_reason() -> None:
    items = read(
        rss(
            "<title>Only a headline</title>",
            "<description>Text.</description>",
            "<description> </description>",
        )
    )
    assert [type(item) for item in items] == [Skip, Document, Skip]
    skip = items[0]
    assert isinstance(skip, Skip)
    assert skip.reason == "feed entry without text"
    assert [item.origin.record for item in items] == [1, 2, 3]


def test_a_date_without_a_time() -> None:
    [item] = read(rss("<description>Text.</description><pubDate>Wed, 04 Mar 2026</pubDate>"))
    published = document(item).published
    assert published is not None
    assert (published.value, published.precision) == ("2026-03-04", "day")


def test_an_unreadable_date_is_no_date() -> None:
    [item] = read(rss("<description>Text.</description><pubDate>Wed, 99 Foo 2026 25:00</pubDate>"))
    assert document(item).published is None


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "koi8-u", "utf-16"])
def test_encodings(encoding: str) -> None:
    text = "Міністр заявив, що переговори тривають."
    [item] = read(rss(f"<description>{text}</description>", encoding=encoding))
    assert document(item).text == text


def test_an_encoding_that_is_declared_wrongly() -> None:
    data = rss("<description>Міністр заявив, що переговори тривають.</description>", encoding="windows-1251")
    [failure] = read(data.replace(b"windows-1251", b"utf-8"))
    assert code(failure) == "OR-104"
    [item] = read(data.replace(b"windows-1251", b"klingon"), "cp1251")
    assert document(item).text == "Міністр заявив, що переговори тривають."
    [item] = read(rss("<description>Text.</description>").replace(b"utf-8", b"klingon"))
    assert document(item).text == "Text."


@pytest.mark.parametrize("end", [10, 30, 60, 80])
def test_a_feed_that_breaks_off_says_so(end: int) -> None:
    data = rss("<description>One is here.</description>", "<description>Two is here as well.</description>")
    items = read(data[:-end])
    assert code(items[-1]) == "OR-109"
    texts = [item.text for item in items if isinstance(item, Document)]
    assert texts == ["One is here.", "Two is here as well."][: len(texts)]
    assert texts


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<rss version='2.0'><channel></channel></rss>", "OR-102"),
        (b"<?xml version='1.0'?><opml><body/></opml>", "OR-109"),
        (b"no markup at all", "OR-109"),
        (b"<rss", "OR-109"),
        (b"%PDF-1.7", "OR-103"),
        (bytes(range(256)), "OR-103"),
        (b"<html><body><p>A whole page, and not a feed at all.</p></body></html>", "Document"),
    ],
)
def test_what_is_no_feed(data: bytes, expected: str) -> None:
    [item] = read(data)
    assert (item.error.code if isinstance(item, Failure) else type(item).__name__) == expected


def test_no_entity_is_expanded_without_end() -> None:
    nested = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 8))
    body = rss("<description>Text &a7; here.</description>").decode().partition("?>")[2]
    [failure] = read(f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a0 \"ha\">{nested}]>{body}".encode())
    assert code(failure) == "OR-109"
    [item] = read(f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a7 \"ha&#33;\">]>{body}".encode())
    assert document(item).text == "Text ha! here."


def test_no_file_is_opened_for_an_entity() -> None:
    data = (
        b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
        b"<rss version='2.0'><channel><item><description>Text &x; here.</description></item></channel></rss>"
    )
    assert all("root:" not in item.text for item in read(data) if isinstance(item, Document))


def test_markup_in_text_is_text() -> None:
    [item] = read(rss(f"<description>{escape('<p>One</p><script>alert(1)</script><p>5 &lt; 6</p>')}</description>"))
    assert document(item).text == "One\n\n5 < 6"
