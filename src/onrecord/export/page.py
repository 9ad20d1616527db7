"""A self-contained HTML page: the article with its statements highlighted, and each one noted in the margin.

The page loads nothing and runs nothing: its content security policy allows its own style sheet, named by
hash, and no more. Everything that comes from the document is escaped.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterator, Sequence
from importlib.resources import files

from onrecord.export.marks import Close, Entry, Mark, Open, cut, list_entries, paragraphs, walk
from onrecord.export.visible import quote, visible
from onrecord.export.wording import (
    Line,
    form_line,
    labelled_lines,
    position_line,
    source_line,
    speaker_line,
    summary,
)
from onrecord.record.document import Document
from onrecord.record.reading import Reading
from onrecord.record.span import Span
from onrecord.views.aspects import aspects_of
from onrecord.views.sources import sources_of

HOVER_LIMIT = 400
"""Statements up to which passage and note light up together; more would make the browser slow."""

UNSURE = 0.5
"""Below this score a statement is drawn as unsure."""

EXCERPT = 96
"""Letters of a title made from the text, and of the words of a condition."""

REPEATED = 60
"""Letters of the content that a note in the margin repeats: enough to know it by."""


_KEY = (
    '<p class="key" aria-label="Key"><mark class="c direct">direct</mark> '
    '<mark class="c indirect">indirect</mark> <mark class="c mixed">mixed</mark> '
    '<mark class="c indirect unsure">unsure</mark> '
    '<b class="who">source</b> <i class="how">cue</i></p>\n'
)


def render_page(readings: Sequence[Reading], *, made_by: str) -> str:
    """One HTML page that shows who said what in these documents.

    Args:
        readings: Documents with their statements, in the order of the page.
        made_by: What read them, for the foot of the page ("onrecord 0.1.0").

    Returns:
        The page, to be written as UTF-8. It holds no script and refers to no other file.
    """
    sheet = files("onrecord.export").joinpath("page.css").read_text(encoding="utf-8")
    numbered = len(readings) > 1
    articles = [_Article(r, prefix=f"{i}-" if numbered else "") for i, r in enumerate(readings, start=1)]
    sheet += "".join(article.hover_rules() for article in articles)
    digest = base64.b64encode(hashlib.sha256(sheet.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    first = readings[0].document if readings else None
    title = _title(first) if first and len(readings) == 1 else f"{len(readings)} documents"
    parts = [
        f'<!DOCTYPE html>\n<html lang="{_escape((first and first.language) or "und")}">\n<head>\n',
        '<meta charset="utf-8">\n',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        '<meta name="referrer" content="no-referrer">\n',
        '<meta name="color-scheme" content="light dark">\n',
        f"<title>{_escape(title)} · on record</title>\n<style>{sheet}</style>\n</head>\n<body>\n",
        *(_contents(articles) if len(articles) > 1 else ()),
        *(piece for article in articles for piece in article.render()),
        f"<footer><p>Read by {_escape(made_by)}. Each score says how likely the statement is right. ",
        "Nothing here was checked by a person.</p></footer>\n</body>\n</html>\n",
    ]
    return "".join(parts)


class _Article:
    """One document on the page; ids carry its prefix, so that several documents do not collide."""

    def __init__(self, reading: Reading, *, prefix: str) -> None:
        self.reading = reading
        self.doc = reading.document
        self._aspects = aspects_of(reading)
        self.entries = list_entries(reading.statements)
        self.prefix = prefix
        self._waiting = sorted(self.entries, key=lambda e: e.statement.content[0].start)[::-1]
        self._anchored: set[str] = set()
        self._begun: set[Mark] = set()

    def hover_rules(self) -> str:
        """Style rules by which a passage and its note light up together; none on very long pages."""
        if len(self.entries) > HOVER_LIMIT:
            return ""
        names = [f".s{self.prefix}{entry.label}" for entry in self.entries]
        return "".join(f"body:has({name}:hover) {name}{{--lit:1}}" for name in names)

    def render(self) -> Iterator[str]:
        """The article, piece by piece."""
        yield f'<article id="d{self.prefix}" lang="{_escape(self.doc.language or "und")}">\n'
        yield self._head()
        yield '<div class="text">\n'
        end = 0
        for span, stretches in paragraphs(self.doc.text, cut(len(self.doc.text), self.entries)):
            tight = self.doc.text.count("\n", end, span.start) < 2 and end > 0
            end = span.end
            yield f'<section class="par{" tight" if tight else ""}">\n'
            yield from self._notes(span.end)
            yield '<p dir="auto">'
            yield from map(self._piece, walk(stretches))
            yield "</p>\n</section>\n"
        # A content that begins in the white space after the last paragraph is noted all the same.
        yield from self._notes(len(self.doc.text))
        if not self.entries:
            yield '<p class="none">No statement was found in this text.</p>\n'
        yield "</div>\n"
        yield self._foot()
        yield "</article>\n"

    def _head(self) -> str:
        doc = self.doc
        parts = [f"<b>{_escape(doc.outlet)}</b>" if doc.outlet else ""]
        if doc.published:
            value = _escape(doc.published.value)
            parts.append(f'<time datetime="{value}">{value.replace("T", " ")}</time>')
        line = " · ".join(filter(None, parts))
        return (
            f'<header>\n<p class="outlet">{line or "&nbsp;"}</p>\n'
            f'<h1 dir="auto">{_escape(_title(doc))}</h1>\n<p class="sum">{_escape(summary(self.reading))}</p>\n{_KEY}'
            f"{self._speakers()}</header>\n"
        )

    def _speakers(self) -> str:
        """Who speaks, with links to what he says; nothing before anybody has looked."""
        if not self.reading.attributions:
            return ""
        labels = {entry.statement.id: entry.label for entry in self.entries}
        rows = []
        for source in sources_of(self.reading):
            said = [labels[aspects.statement.id] for aspects in source.said]
            links = " ".join(f'<a href="#n{self.prefix}{label}">{label}</a>' for label in said)
            rows.append(f'<li><span dir="auto">{_line(speaker_line(source))}</span> {links}</li>\n')
        return f'<ul class="cast" aria-label="Who speaks">\n{"".join(rows)}</ul>\n'

    def _foot(self) -> str:
        doc = self.doc
        rows = (
            ("document", doc.external_id or doc.id),
            ("address", doc.url),
            ("read from", doc.origin.path if doc.origin.path != doc.url else None),
            ("fetched", doc.retrieved),
            ("sha256", doc.origin.digest),
        )
        cells = "".join(f"<dt>{name}</dt><dd>{_link(value)}</dd>" for name, value in rows if value)
        return f'<dl class="from">{cells}</dl>\n'

    def _notes(self, end: int) -> Iterator[str]:
        """The notes, not given before, on statements whose content begins before `end`."""
        entries = []
        while self._waiting and self._waiting[-1].statement.content[0].start < end:
            entries.append(self._waiting.pop())
        if entries:
            yield '<aside class="notes">\n'
            yield from map(self._note, entries)
            yield "</aside>\n"

    def _note(self, entry: Entry) -> str:
        stmt, name = entry.statement, f"{self.prefix}{entry.label}"
        aspects = self._aspects[stmt.id]
        unsure = " unsure" if stmt.score < UNSURE else ""
        depth = f" d{min(entry.depth, 3)}" if entry.depth else ""
        position = position_line(aspects)
        facts = "".join(
            f'<div class="f {label}"><dt>{label}</dt><dd dir="auto">{_line(line)}</dd></div>'
            for label, line in labelled_lines(aspects, limit=EXCERPT)
        )
        return (
            f'<div class="note {stmt.kind} s{name}{depth}{unsure}" id="n{name}">'
            f'<p class="src"><a class="n" href="#p{name}">{entry.label}</a> '
            f'<span dir="auto">{_line(source_line(aspects))}</span></p>'
            f'<p class="say" dir="auto">{_escape(quote(aspects.text, stmt.content, limit=REPEATED))}</p>'
            + (f'<p class="act">{_line(position)}</p>' if position else "")
            + (f'<dl class="facts">{facts}</dl>' if facts else "")
            + f'<p class="meta">{_line(form_line(aspects))}</p></div>\n'
        )

    def _piece(self, piece: Open | Close | Span) -> str:
        if isinstance(piece, Span):
            return _escape(piece.of(self.doc.text))
        tag = {"content": "mark", "source": "b", "cue": "i"}[piece.mark.role]
        return f"</{tag}>" if isinstance(piece, Close) else self._open(piece.mark, tag)

    def _open(self, mark: Mark, tag: str) -> str:
        names = " ".join(f"s{self.prefix}{entry.label}" for entry in mark.entries)
        if mark.role != "content":
            word = "who" if mark.role == "source" else "how"
            return f'<{tag} class="{word} {names}" title="{mark.role} of {mark.label}">'
        first = mark.entries[0].statement
        unsure = " unsure" if all(entry.statement.score < UNSURE for entry in mark.entries) else ""
        opening = f'<mark class="c {first.kind}{unsure} {names}"'
        if mark in self._begun:
            return opening + ">"
        self._begun.add(mark)
        anchors = []
        for entry in mark.entries:
            name = f"{self.prefix}{entry.label}"
            place = "" if name in self._anchored else f' id="p{name}"'
            self._anchored.add(name)
            anchors.append(f'<a class="n"{place} href="#n{name}">{entry.label}</a>')
        return opening + ">" + "".join(anchors)


def _contents(articles: Sequence[_Article]) -> Iterator[str]:
    yield '<nav aria-label="Documents"><ol>\n'
    for article in articles:
        outlet = f" <span>{_escape(article.doc.outlet)}</span>" if article.doc.outlet else ""
        yield f'<li><a href="#d{article.prefix}">{_escape(_title(article.doc))}</a>{outlet}</li>\n'
    yield "</ol></nav>\n"


def _title(doc: Document) -> str:
    if doc.title:
        return doc.title
    line = next((line.strip() for line in doc.text.split("\n") if line.strip()), "Untitled")
    return line if len(line) <= EXCERPT else line[:EXCERPT].rsplit(" ", 1)[0] + "…"


def _link(value: str) -> str:
    text = _escape(value)
    # Only web addresses become links: a `javascript:` address in a document's metadata must stay text.
    if value.startswith(("https://", "http://")):
        return f'<a href="{text}" rel="noreferrer noopener nofollow">{text}</a>'
    return text


def _line(line: Line) -> str:
    """A line as HTML: each piece in a span of its look, names of actors in bold."""
    tags = {"actor": "b", "open": "em"}
    return "".join(
        f'<{tags.get(piece.look, "span")} class="l-{piece.look}">{_escape(piece.text)}</{tags.get(piece.look, "span")}>'
        for piece in line
        if piece.text
    )


def _escape(value: str) -> str:
    return html.escape(visible(value), quote=True)
