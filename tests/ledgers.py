"""Small documents and readings for tests of the ledger and of what reads it."""

from __future__ import annotations

from onrecord.record import (
    Document,
    Kind,
    Method,
    Origin,
    Published,
    Reader,
    Reading,
    Span,
    Spans,
    Statement,
    document_id,
    sha256_hex,
    statement_id,
)
from onrecord.store import Ledger

FIRST = Method(version="1", models={"tagger": "a" * 64})
SECOND = Method(version="2", models={"tagger": "b" * 64})


def a_document(
    text: str,
    *,
    outlet: str | None = None,
    published: str | None = None,
    title: str | None = None,
    url: str | None = None,
    external_id: str | None = None,
) -> Document:
    """A document with this text."""
    return Document(
        id=document_id(text, url=url, outlet=outlet, published=published),
        external_id=external_id,
        text=text,
        outlet=outlet,
        published=Published.from_iso(published) if published else None,
        title=title,
        url=url,
        origin=Origin(kind="memory", digest=sha256_hex(text.encode("utf-8", "surrogatepass"))),
        reader=Reader(name="plain", version="1"),
    )


def _spans(doc: Document, words: str | tuple[str, ...]) -> Spans:
    pieces = (words,) if isinstance(words, str) else words
    return tuple(Span(doc.text.index(w), doc.text.index(w) + len(w)) for w in pieces if w)


def a_statement(
    doc: Document,
    content: str | tuple[str, ...],
    *,
    source: str = "",
    cue: str = "",
    kind: Kind = "indirect",
    within: Statement | None = None,
    score: float = 0.9,
) -> Statement:
    """The statement of `doc` with these words, each at its first place in the text."""
    spans = {"content": _spans(doc, content), "cue": _spans(doc, cue), "source": _spans(doc, source)}
    return Statement(
        id=statement_id(doc.id, **spans),
        document_id=doc.id,
        kind=kind,
        within=within.id if within else None,
        score=score,
        **spans,
    )


def said(
    source: str,
    content: str,
    *,
    outlet: str | None = None,
    published: str | None = None,
    kind: Kind = "indirect",
    title: str | None = None,
) -> Reading:
    """A document of one sentence with its one statement: "SOURCE said that CONTENT."."""
    doc = a_document(f"{source} said that {content}.", outlet=outlet, published=published, title=title)
    begin = len(source) + len(" said that ")
    spans = {
        "content": (Span(begin, begin + len(content)),),
        "cue": (Span(len(source) + 1, len(source) + 5),),
        "source": (Span(0, len(source)),) if source else (),
    }
    stmt = Statement(id=statement_id(doc.id, **spans), document_id=doc.id, kind=kind, within=None, score=0.9, **spans)
    return Reading(document=doc, statements=(stmt,))


def add(ledger: Ledger, *readings: Reading) -> None:
    """Add documents that are not there yet, in one run."""
    run = ledger.start_run(FIRST)
    for reading in readings:
        assert ledger.add(run.id, reading)
