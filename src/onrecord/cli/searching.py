"""``onrecord search``: find statements in a ledger by their words."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from onrecord.cli.options import json_option
from onrecord.cli.paper import colours
from onrecord.cli.snippets import Pieces, bracketed, snippet
from onrecord.cli.streams import Sink, note
from onrecord.export.public import document_to_json, statement_to_json
from onrecord.export.visible import counted, quote, visible
from onrecord.export.wording import NO_SOURCE
from onrecord.record.document import Document
from onrecord.record.position import ACTS, Act
from onrecord.record.span import Span
from onrecord.record.statement import KINDS, Kind

if TYPE_CHECKING:
    from onrecord.store import DocumentHit, Hit, Ledger

LETTERS = 320
"""Letters of a passage that a hit shows; `onrecord show` prints all of it."""


@click.command("search")
@click.argument("ledger", type=click.Path(path_type=Path))
@click.argument("query", default="")
@click.option("--source", metavar="WORDS", help="Words that must stand in the source.")
@click.option("--outlet", metavar="NAME", help="The outlet, or a part of its name.")
@click.option("--since", metavar="DATE", help="Published then or later: 2026, 2026-03, 2026-03-04.")
@click.option("--until", metavar="DATE", help="Published then or earlier; 2026-03 means to its end.")
@click.option("--kind", type=click.Choice(KINDS), help="The form of the statement.")
@click.option("--actor", metavar="NAME", help="Who said it: a name, or an actor's id.")
@click.option("--act", type=click.Choice(ACTS), help="What is done by saying it.")
@click.option("--documents", is_flag=True, help="Search documents, title and text, instead of statements.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Hits to show.")
@click.option("--offset", type=click.IntRange(min=0), default=0, show_default=True, help="Hits to pass over.")
@click.option("--plain", is_flag=True, help="No colours, on a terminal too.")
@json_option("Print each hit as one JSON object per line.")
def command(
    *,
    ledger: Path,
    query: str,
    source: str | None,
    outlet: str | None,
    since: str | None,
    until: str | None,
    kind: str | None,
    actor: str | None,
    act: str | None,
    documents: bool,
    limit: int,
    offset: int,
    plain: bool,
    as_json: bool,
) -> None:
    """Find the statements in LEDGER that hold the words of QUERY, best first.

    All words must occur; "words that follow each other", one OR other, begin* and (after --) -without are
    understood too. Case and accents do not count. Without QUERY: everything that passes the filters, newest
    first. A page ends after --limit hits, and a line on stderr says if there are more.
    """
    from onrecord.errors import UsageError
    from onrecord.store import Ledger

    with Ledger.open(ledger, readonly=True) as opened:
        show: _Printer = _Printer(as_json=as_json, plain=plain)
        if documents:
            if any(asked is not None for asked in (source, kind, actor, act)):
                raise UsageError(
                    "OR-001", "--source, --kind, --actor and --act are asked of statements, not of --documents"
                )
            found = opened.search_documents(query, outlet=outlet, since=since, until=until, limit=limit, offset=offset)
            for doc_hit in found.hits:
                show.document(doc_hit)
            _close(len(found.hits), "document", more=found.more, offset=offset)
            return
        page = opened.search(
            query,
            source=source,
            outlet=outlet,
            since=since,
            until=until,
            kind=cast("Kind | None", kind),
            actor=actor,
            act=cast("Act | None", act),
            limit=limit,
            offset=offset,
        )
        for hit in page.hits:
            show.statement(hit)
        _close(len(page.hits), "statement", more=page.more, offset=offset)
        if not page.hits and not offset:
            _point_to_documents(opened, query, outlet, since, until)


def _close(shown: int, noun: str, *, more: bool, offset: int) -> None:
    line = counted(shown, noun)
    note(f"{line}; there are more: --offset {offset + shown}" if more else line)


def _point_to_documents(ledger: Ledger, query: str, outlet: str | None, since: str | None, until: str | None) -> None:
    if not query.strip():
        return
    if ledger.search_documents(query, outlet=outlet, since=since, until=until, limit=1).hits:
        note("there are documents that hold these words outside of statements: --documents")


class _Printer:
    """Prints hits, in the way that suits what stdout is."""

    def __init__(self, *, as_json: bool, plain: bool) -> None:
        self._sink = Sink(sys.stdout.buffer)
        self._as_json = as_json
        self._colours = not as_json and colours(sys.stdout, plain=plain)

    def statement(self, hit: Hit) -> None:
        doc, stmt = hit.entry.document, hit.entry.statement
        if self._as_json:
            marks = [[mark.start, mark.end] for mark in hit.marks]
            self._sink.write_json(
                {
                    "statement": statement_to_json(hit.entry),
                    "document": document_to_json(doc),
                    "rank": hit.rank,
                    "marks": marks,
                }
            )
            return
        source = snippet(doc.text, stmt.source, hit.marks, limit=LETTERS) or ((NO_SOURCE, False),)
        cue = f"“{quote(doc.text, stmt.cue)}”" if stmt.cue else "no cue"
        actor = (visible(hit.entry.actor.name),) if hit.entry.actor else ()
        facts = " · ".join((*actor, cue, stmt.kind, f"score {stmt.score:.2f}", *_printed(doc), stmt.id))
        self._print(source, snippet(doc.text, stmt.content, hit.marks, limit=LETTERS), facts)

    def document(self, hit: DocumentHit) -> None:
        doc = hit.document
        if self._as_json:
            marks = [[mark.start, mark.end] for mark in hit.marks]
            self._sink.write_json(
                {
                    "document": document_to_json(doc),
                    "statements": hit.n_statements,
                    "rank": hit.rank,
                    "marks": marks,
                }
            )
            return
        title = doc.title or ""
        head = snippet(title, (Span(0, len(title)),), hit.title_marks, limit=LETTERS) if title else ()
        count = counted(hit.n_statements, "statement")
        first = hit.marks[0].start if hit.marks else 0
        around = Span(max(0, first - LETTERS), min(len(doc.text), first + 2 * LETTERS))
        body = snippet(doc.text, (around,), hit.marks, limit=LETTERS)
        self._print(head or (("untitled", False),), body, " · ".join((count, *_printed(doc), doc.id)))

    def _print(self, head: Pieces, body: Pieces, facts: str) -> None:
        if not self._colours:
            self._sink.write(f"{bracketed(head)}\n    {bracketed(body)}\n    {facts}\n\n")
            return
        from rich.padding import Padding
        from rich.text import Text

        from onrecord.cli.paper import LOOKS, console_on

        console = console_on(sys.stdout)
        console.print(Text.assemble(*((t, "reverse" if f else LOOKS["actor"]) for t, f in head)))
        line = Text.assemble(*((t, "bold yellow reverse" if f else "") for t, f in body))
        console.print(Padding(line, (0, 0, 0, 4)))
        console.print(Padding(Text(facts, style="dim"), (0, 0, 1, 4)))


def _printed(doc: Document) -> tuple[str, ...]:
    published = doc.published.value if doc.published else None
    place = doc.outlet or doc.url or doc.origin.path
    return tuple(visible(part) for part in (place, published) if part)
