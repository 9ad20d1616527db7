"""How an article and its statements look in a terminal and in a plain pipe.

In a terminal that shows colours, content, source and cue each have a style of their own. Elsewhere they stand
in brackets that name the statement: ``[1: content]``, ``{1: source}``, ``<1: cue>``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from onrecord.cli.streams import is_terminal
from onrecord.export.marks import Close, Entry, Mark, Open, Role, clip, cut, list_entries, walk
from onrecord.export.visible import counted, quote, visible
from onrecord.record.document import Document
from onrecord.record.reading import Reading
from onrecord.record.span import Span
from onrecord.record.statement import KINDS, Kind, Statement

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

NO_SOURCE = "no source given"
BRACKETS: dict[Role, tuple[str, str]] = {"content": ("[", "]"), "source": ("{", "}"), "cue": ("<", ">")}
LEGEND = "[1: content]  {1: source}  <1: cue>"
# The sixteen named colours follow the theme of the terminal, light or dark.
KIND_STYLES: dict[Kind, str] = {"direct": "yellow", "indirect": "cyan", "mixed": "green"}
SOURCE_STYLE = "bold magenta"
CUE_STYLE = "italic"
INDENT = 4
MAX_WIDTH = 96


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One statement to be shown in its passage."""

    statement_id: str
    passage: Span


def heading(doc: Document) -> tuple[str | None, str]:
    """The title of a document, if it has one, and one line on where and when it was printed."""
    published = doc.published.value if doc.published else None
    parts = [part for part in (doc.outlet, published, doc.url or doc.origin.path) if part]
    return (visible(doc.title) if doc.title else None), visible(" · ".join(parts) or doc.origin.kind)


def summary(reading: Reading) -> str:
    """How many statements there are, by kind, and how many name no source."""
    found = reading.statements
    kinds = ((kind, sum(stmt.kind == kind for stmt in found)) for kind in KINDS)
    counts = ", ".join(f"{count} {kind}" for kind, count in kinds if count)
    unnamed = sum(not stmt.source for stmt in found)
    line = counted(len(found), "statement") + (f": {counts}" if counts else "")
    return line + (f"; {unnamed} without a source" if unnamed else "")


def details(text: str, stmt: Statement) -> str:
    """Cue, kind and score of a statement on one line."""
    parts = [f"“{quote(text, stmt.cue)}”" if stmt.cue else "no cue", stmt.kind, f"score {stmt.score:.2f}"]
    return " · ".join(parts)


def colours(stream: TextIO, *, plain: bool) -> bool:
    """Does `stream` show colours, and does the user want them? NO_COLOR and ``--plain`` say no."""
    return is_terminal(stream) and not plain and not os.environ.get("NO_COLOR")


def plain(reading: Reading, *, only: Excerpt | None = None) -> Iterator[str]:
    """The article with its statements in brackets, then their list; pieces to be written one by one.

    Args:
        reading: The document and its statements.
        only: Show no more than this passage, its statement and those within it.
    """
    doc = reading.document
    title, line = heading(doc)
    yield f"{title}\n{line}\n\n" if title else f"{line}\n\n"
    entries = _chosen(list_entries(reading.statements), only)
    passage = only.passage if only else _whole(doc.text)
    yield from _bracketed(visible(doc.text), passage, entries)
    yield "\n\n" if only else f"\n\n{summary(reading)}" + (f"    {LEGEND}" if entries else "") + "\n\n"
    yield "\n".join("".join(_plain_entry(doc.text, entry)) for entry in entries)


def _bracketed(text: str, passage: Span, entries: tuple[Entry, ...]) -> Iterator[str]:
    for piece in walk(clip(cut(len(text), entries), passage)):
        if isinstance(piece, Span):
            yield piece.of(text)
        elif isinstance(piece, Open):
            yield f"{BRACKETS[piece.mark.role][0]}{piece.mark.label}: "
        else:
            yield BRACKETS[piece.mark.role][1]


def _plain_entry(text: str, entry: Entry) -> Iterator[str]:
    stmt = entry.statement
    indent = " " * (INDENT * entry.depth)
    hang = indent + " " * INDENT
    yield f"{indent}{entry.label:<{INDENT - 1}} {quote(text, stmt.source) or NO_SOURCE}\n"
    yield f"{hang}{quote(text, stmt.content)}\n{hang}{details(text, stmt)}\n"


def _whole(text: str) -> Span:
    return Span(0, len(text.rstrip()) or len(text))


def _chosen(entries: tuple[Entry, ...], only: Excerpt | None) -> tuple[Entry, ...]:
    """All entries, or those of one statement and of what is within it."""
    if only is None:
        return entries
    kept: set[str] = {only.statement_id}
    for entry in entries:
        # An enclosing statement is listed before those within it.
        if entry.statement.within in kept:
            kept.add(entry.statement.id)
    return tuple(entry for entry in entries if entry.statement.id in kept)


def console_on(stream: TextIO) -> Console:
    """A console that prints what it is given, at most :data:`MAX_WIDTH` columns wide."""
    from rich.console import Console

    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, MAX_WIDTH)
    return console


def print_reading(reading: Reading, stream: TextIO, *, only: Excerpt | None = None) -> None:
    """Print the article in colours, then the list of its statements, to a terminal; see :func:`plain`."""
    doc = reading.document
    console = console_on(stream)
    title, line = heading(doc)
    if title:
        console.print(title, style="bold")
    console.print(line, style="dim")
    console.print()
    entries = _chosen(list_entries(reading.statements), only)
    passage = only.passage if only else _whole(doc.text)
    console.print(_styled(visible(doc.text), passage, entries))
    console.print()
    if only is None:
        console.print(summary(reading), style="bold")
        console.print(_legend())
    for i, entry in enumerate(entries):
        if i or only is None:
            console.print()
        _print_entry(console, doc.text, entry)


def _styled(text: str, passage: Span, entries: tuple[Entry, ...]) -> Text:
    from rich.text import Text

    out = Text()
    opened: list[Mark] = []
    labelled: set[Mark] = set()
    for piece in walk(clip(cut(len(text), entries), passage)):
        if isinstance(piece, Span):
            out.append(piece.of(text), style=_style(opened))
        elif isinstance(piece, Close):
            opened.pop()
        else:
            opened.append(piece.mark)
            if piece.mark.role == "content" and piece.mark not in labelled:
                labelled.add(piece.mark)
                out.append(f"[{piece.mark.label}]", style=f"bold {_style(opened)}")
                out.append(" ")
    return out


def _style(opened: list[Mark]) -> str:
    contents = [mark for mark in opened if mark.role == "content"]
    roles = {mark.role for mark in opened}
    styles = []
    if "source" in roles:
        styles.append(SOURCE_STYLE)
    elif contents:
        styles.append(KIND_STYLES[contents[-1].entries[0].statement.kind])
    if "cue" in roles:
        styles.append(CUE_STYLE)
    if len(contents) > 1:
        styles.append("underline")
    return " ".join(styles)


def _legend() -> Text:
    from rich.text import Text

    words = [(kind, KIND_STYLES[kind]) for kind in KINDS] + [("source", SOURCE_STYLE), ("cue", CUE_STYLE)]
    return Text("  ").join(Text(word, style=style) for word, style in words)


def _print_entry(console: Console, text: str, entry: Entry) -> None:
    from rich.padding import Padding
    from rich.text import Text

    stmt = entry.statement
    label = Text(f"{entry.label:<{INDENT - 1}} ", style=f"bold {KIND_STYLES[stmt.kind]}")
    source = quote(text, stmt.source)
    head = Text.assemble(label, Text(source, style=SOURCE_STYLE) if source else Text(NO_SOURCE, style="dim italic"))
    left = INDENT * entry.depth
    console.print(Padding(head, (0, 0, 0, left)))
    console.print(Padding(Text(quote(text, stmt.content)), (0, 0, 0, left + INDENT)))
    console.print(Padding(Text(details(text, stmt), style="dim"), (0, 0, 0, left + INDENT)))
