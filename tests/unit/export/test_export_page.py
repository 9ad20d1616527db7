"""The page holds the whole text, nothing that runs, and nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given

import strategies
from onrecord.export.marks import list_entries
from onrecord.export.page import render_page
from onrecord.export.visible import visible
from onrecord.ingest import read_text
from onrecord.record.reading import Reading
from onrecord.record.span import Span
from onrecord.record.statement import Statement, statement_id

CAN_LOAD_OR_RUN = {
    "script",
    "link",
    "img",
    "iframe",
    "frame",
    "object",
    "embed",
    "audio",
    "video",
    "source",
    "track",
    "svg",
    "math",
    "form",
    "input",
    "button",
    "base",
}
VOID = {"meta", "br", "hr", "img", "link", "input"}


class Page(HTMLParser):
    """Reads a page as a browser would, and refuses tags that do not nest."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.paragraphs: list[str] = []
        self._labels = 0
        self.feed(source)
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag in VOID:
            return
        self.stack.append(tag)
        if tag == "p" and self._in_text():
            self.paragraphs.append("")
        if tag == "a" and self._in_text():
            self._labels += 1

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag
        if tag == "a" and self._in_text():
            self._labels -= 1

    def handle_data(self, data):
        if "p" in self.stack and self._in_text() and not self._labels:
            self.paragraphs[-1] += data

    def _in_text(self) -> bool:
        return "section" in self.stack and "aside" not in self.stack


def page(reading: Reading) -> str:
    return render_page([reading], made_by="onrecord test")


@given(strategies.readings(judged=False))
def test_the_page_nests_and_says_the_whole_text_once(reading):
    found = Page(page(reading))
    lines = [line for line in reading.document.text.split("\n") if line.strip()]
    assert found.paragraphs == [visible(line) for line in lines]


@given(strategies.readings(judged=False))
def test_the_page_is_closed_to_the_world(reading):
    source = page(reading)
    source.encode("utf-8")
    found = Page(source)
    assert not {tag for tag, _ in found.tags} & CAN_LOAD_OR_RUN
    for _, attrs in found.tags:
        assert not {name for name in attrs if name.startswith("on") or name in ("src", "srcset", "style", "action")}
        if "href" in attrs:
            assert re.match(r"#|https?://", attrs["href"])
    sheet = re.search(r"<style>(.*?)</style>", source, re.DOTALL).group(1)
    assert "url(" not in sheet
    assert "@import" not in sheet
    (policy,) = [attrs["content"] for _, attrs in found.tags if attrs.get("http-equiv") == "Content-Security-Policy"]
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@given(strategies.readings(judged=False))
def test_every_statement_has_a_note_and_a_place_that_point_at_each_other(reading):
    found = Page(page(reading))
    ids = [attrs["id"] for _, attrs in found.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    labels = {entry.label for entry in list_entries(reading.statements)}
    assert {name[1:] for name in ids if name.startswith("n")} == labels
    places = {name[1:] for name in ids if name.startswith("p")}
    blank = {
        entry.label
        for entry in list_entries(reading.statements)
        if not any(span.of(reading.document.text).strip() for span in entry.statement.content)
    }
    assert labels - blank <= places <= labels
    targets = {attrs["href"][1:] for _, attrs in found.tags if attrs.get("href", "").startswith("#")}
    assert targets == {f"n{label}" for label in places} | {f"p{label}" for label in labels}


def nasty(text: str, **fields: str) -> Reading:
    doc = replace(read_text(text), **fields)
    whole = (Span(0, len(text)),)
    found = Statement(
        id=statement_id(doc.id, content=whole, cue=(), source=whole),
        document_id=doc.id,
        kind="mixed",
        content=whole,
        cue=(),
        source=whole,
        within=None,
        score=0.2,
    )
    return Reading(document=doc, statements=(found,))


def test_markup_in_an_article_is_text_everywhere():
    bad = '</title></style><script>alert("1")</script>"><img src=x onerror=alert(1)>'
    source = page(nasty(bad, title=bad, outlet=bad, url=f"javascript:{bad}", external_id=bad, language=bad))
    found = Page(source)
    assert not {"script", "img"} & {tag for tag, _ in found.tags}
    assert found.paragraphs == [bad]
    assert source.count(html.escape(bad)) >= 5
    assert not [attrs for _, attrs in found.tags if attrs.get("href", "").startswith("javascript")]


def test_several_documents_on_one_page_keep_their_places_apart():
    readings = [nasty(f"“Yes {n}.”") for n in range(3)]
    found = Page(render_page(readings, made_by="x"))
    ids = [attrs["id"] for _, attrs in found.tags if "id" in attrs]
    assert len(ids) == len(set(ids)) == 9
    assert found.paragraphs == [f"“Yes {n}.”" for n in range(3)]


def test_a_text_without_statements_says_so():
    assert "No statement was found" in page(Reading(document=read_text("Rain fell."), statements=()))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium (apt-get install chromium)")
def test_chromium_shows_the_page_and_runs_nothing(tmp_path):
    bad = "“<script>document.title='run'</script>Hi,” said Bo. 😀 שלום"
    path = tmp_path / "page.html"
    path.write_text(page(nasty(bad, title="A title")), encoding="utf-8")
    shot = tmp_path / "shot.png"
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--hide-scrollbars",
    ]

    def chromium(*more: str) -> str:
        done = subprocess.run(
            ["chromium", *flags, f"--user-data-dir={tmp_path}/profile", *more, path.as_uri()],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        return done.stdout

    dom = chromium("--dump-dom")
    assert "<title>A title · on record</title>" in dom
    chromium("--window-size=1200,900", f"--screenshot={shot}")
    assert shot.stat().st_size > 10_000
