"""Web pages: the article's text and what the page states about it."""

from __future__ import annotations

import logging

import pytest

from onrecord.ingest import Failure, Item, read_bytes
from onrecord.ingest.markup import text_of_fragment
from onrecord.record.document import Document

FIRST = "The minister said on Monday that talks would go on for another week."
LAST = "Nobody in the capital expects an agreement soon, a spokesman told reporters."


def page(head: str = "", body: str | None = None, attributes: str = "") -> str:
    inner = f"<p>{FIRST}</p><p>{LAST}</p>" if body is None else body
    return f"<!doctype html><html{attributes}><head>{head}</head><body><article>{inner}</article></body></html>"


def read(markup: str | bytes, encoding: str | None = None) -> Item:
    data = markup.encode() if isinstance(markup, str) else markup
    [item] = read_bytes(data, kind="html", encoding=encoding)
    return item


def document(markup: str | bytes, encoding: str | None = None) -> Document:
    item = read(markup, encoding)
    assert isinstance(item, Document), item
    return item


def code(markup: str | bytes, encoding: str | None = None) -> str:
    item = read(markup, encoding)
    assert isinstance(item, Failure)
    return item.error.code


def test_paragraphs_are_kept_apart() -> None:
    body = (
        f"<p>{FIRST}<br>In a second\n   line.</p><blockquote><p>“We will not give in, whatever happens.”</p>"
        f"<p>“Not ever, in no case.”</p></blockquote><ul><li>One thing.</li><li>Another.</li></ul>"
        f"<p>{LAST}</p>"
    )
    assert document(page(body=body)).text == "\n\n".join(
        [
            f"{FIRST}\nIn a second line.",
            "“We will not give in, whatever happens.”",
            "“Not ever, in no case.”",
            "One thing.",
            "Another.",
            LAST,
        ]
    )


@pytest.mark.parametrize(
    "head",
    [
        "<title>Talks go on</title>",
        "<title>Talks go on | The Daily</title>",
        '<title>The Daily: news</title><meta property="og:title" content="Talks go on">',
    ],
)
def test_the_headline_is_the_title_and_is_not_repeated(head: str) -> None:
    doc = document(page(head, f"<h1>Talks go on</h1><p>{FIRST}</p><p>{LAST}</p>"))
    assert doc.title == "Talks go on"
    assert doc.text == f"{FIRST}\n\n{LAST}"


def test_the_headline_is_found_after_a_menu_but_not_in_the_article() -> None:
    head = "<title>Talks go on</title>"
    doc = document(page(head, f"<p>Home</p><h2>Talks go on</h2><p>{FIRST}</p><p>{LAST}</p>"))
    assert doc.text == f"Home\n\n{FIRST}\n\n{LAST}"
    long = f"{FIRST} {LAST} {FIRST}"
    doc = document(page(head, f"<p>{long}</p><p>Talks go on</p><p>{LAST}</p>"))
    assert doc.text == f"{long}\n\nTalks go on\n\n{LAST}"


@pytest.mark.parametrize(
    ("head", "value", "precision"),
    [
        (
            '<meta property="article:published_time" content="2026-03-04T10:15:30+02:00">',
            "2026-03-04T10:15:30+02:00",
            "second",
        ),
        ('<meta name="DC.date" content="2026-03-04">', "2026-03-04", "day"),
        ('<meta itemprop="datePublished" content="2026-03-04T10:15Z">', "2026-03-04T10:15Z", "minute"),
        ('<meta name="dcterms.date" content="2026-03">', "2026-03", "month"),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "Person"}, {"@type": "NewsArticle", '
            '"datePublished": "2026-03-04T10:15:30.123Z"}]}</script>',
            "2026-03-04T10:15:30Z",
            "second",
        ),
        (
            '<script type="application/ld+json">{"broken</script><meta name="date" content="2026-03-04">',
            "2026-03-04",
            "day",
        ),
        (
            '<meta property="article:published_time" content="soon"><meta name="date" content="2026-03-04">',
            "2026-03-04",
            "day",
        ),
        ('<link rel="canonical" href="https://daily.example/2026/03/04/talks">', "2026-03-04", "day"),
    ],
)
def test_dates_have_the_precision_that_the_page_states(head: str, value: str, precision: str) -> None:
    published = document(page(head)).published
    assert published is not None
    assert (published.value, published.precision) == (value, precision)


def test_no_date_is_made_up() -> None:
    assert document(page("<title>Talks</title>")).published is None


def test_outlet_address_and_language() -> None:
    doc = document(
        page(
            '<meta property="og:site_name" content="The Daily"><link rel="canonical" href="https://daily.example/a">',
            attributes=' lang="en-GB"',
        )
    )
    assert (doc.outlet, doc.url, doc.language) == ("The Daily", "https://daily.example/a", "en-GB")
    doc = document(page('<meta property="og:locale" content="pt_BR">'))
    assert (doc.outlet, doc.url, doc.language) == (None, None, "pt-BR")


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body></body></html>",
        "<html><head><title>Talks go on</title></head><body><h1>Talks go on</h1></body></html>",
        "<html><body><nav><a href=/>Home</a> <a href=/l>Log in</a></nav></body></html>",
        "<html><body><script>var text = 'The minister said that talks would go on.'</script></body></html>",
        "<html>",
        "<",
        "<!-- only a comment, however long it may be, and it is long -->",
    ],
)
def test_pages_without_an_article(markup: str) -> None:
    assert code(markup) == "OR-107"


RU = "Министр заявил в понедельник: «Переговоры продолжатся ещё неделю, но мы не уступим»."


@pytest.mark.parametrize(
    "declaration", ['<meta charset="{}">', '<meta http-equiv=Content-Type content="text/html; charset={}">']
)
@pytest.mark.parametrize("name", ["windows-1251", "koi8-r", "iso-8859-5", "utf-8", "UTF-8"])
def test_the_page_names_its_encoding(declaration: str, name: str) -> None:
    text = RU.replace("«", '"').replace("»", '"')
    doc = document(page(declaration.format(name), f"<p>{text}</p>").encode(name))
    assert doc.text == text


def test_an_xml_declaration_names_the_encoding() -> None:
    markup = '<?xml version="1.0" encoding="windows-1251"?>' + page("", f"<p>{RU}</p>")
    assert document(markup.encode("cp1251")).text == RU


@pytest.mark.parametrize("name", ["iso-8859-1", "us-ascii", "latin1"])
def test_names_mean_what_browsers_take_them_for(name: str) -> None:
    text = "The minister’s words – “never again” – were heard in the capital."
    markup = page(f"<meta charset={name}>", f"<p>{text}</p>")
    assert document(markup.encode("cp1252")).text == text
    # A wrong name out of habit: the bytes are UTF-8.
    assert document(markup.encode()).text == text


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_comes_before_the_declaration(name: str) -> None:
    assert document(page("<meta charset=windows-1252>", f"<p>{RU}</p>").encode(name)).text == RU


def test_an_undeclared_legacy_encoding_is_named() -> None:
    data = page("", f"<p>{RU}</p>").encode("cp1251")
    item = read(data)
    assert isinstance(item, Failure)
    assert item.error.code == "OR-104"
    assert "cp1251" in item.error.message
    assert document(data, "cp1251").text == RU
    assert code(data, "utf-8") == "OR-104"


def test_bytes_that_do_not_fit_matter_in_the_article_only() -> None:
    good, bad = page("<meta charset=utf-8>").encode(), b"\xff"
    assert document(good.replace(b"</body>", b"<!-- " + bad + b" --></body>")).text == f"{FIRST}\n\n{LAST}"
    assert code(good.replace(b"week", b"we" + bad)) == "OR-104"


def test_an_unknown_encoding_in_the_page_does_not_matter() -> None:
    assert document(page("<meta charset=klingon>", f"<p>{RU}</p>")).text == RU


@pytest.mark.parametrize("data", [b"%PDF-1.7 <html><meta charset=utf-8>", b"<html>" + bytes(range(32)) * 20])
def test_binary_data_is_no_page(data: bytes) -> None:
    assert code(data) == "OR-103"


def test_other_scripts_and_emoji() -> None:
    text = "قال الوزير إن المفاوضات مستمرة 👩‍👩‍👧 ולא ניסוג מעמדותינו בשום מקרה — e\u0301 naïve."
    assert document(page("", f"<p>{text}</p>")).text == text


def test_the_same_page_gives_the_same_document_again() -> None:
    markup = page("<title>Talks go on</title>")
    assert document(markup) == document(markup)


def test_nothing_is_logged_for_users_to_puzzle_over(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.CRITICAL):
        read("<html>")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("Plain  text\nof one line.", "Plain text of one line."),
        ("5 &lt; 6 &amp; so on", "5 < 6 & so on"),
        ("<p>One.<p>Two.", "One.\n\nTwo."),
        ("One.<br/><br>Two.", "One.\n\nTwo."),
        ("<div>One <b>bold</b><i>er</i></div>Two", "One bolder\n\nTwo"),
        ("<script>x</script><style>y</style>One<!-- no -->", "One"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\n\nc"),
        ("a\u2028b", "a b"),
        ("no\u00a0break", "no\u00a0break"),
        ("<b>unclosed", "unclosed"),
        ("a <b", "a"),
        ("\ud800 <b>x</b>", "? x"),
    ],
)
def test_fragments(markup: str, text: str) -> None:
    assert text_of_fragment(markup) == text
