"""How an article and its statements look in a terminal and in a plain pipe.

In a terminal that shows colours, content, source and cue each have a style of their own. Elsewhere they stand
in brackets that name the statement: ``[1: content]``, ``{1: source}``, ``<1: cue>``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.cli.paper import LOOKS, Paper
from onrecord.export.marks import Close, Entry, Mark, Open, Role, clip, cut, list_entries, walk
from onrecord.export.visible import quote, visible
from onrecord.export.wording import (
    Line,
    Piece,
    form_line,
    labelled_lines,
    mention_line,
    position_line,
    source_line,
    speaker_line,
    summary,
)
from onrecord.record.document import Document
from onrecord.record.reading import Reading
from onrecord.record.span import Span
from onrecord.record.statement import KINDS
from onrecord.views.aspects import Aspects, aspects_of
from onrecord.views.sources import sources_of

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.store import Entry as LedgerEntry

BRACKETS: dict[Role, tuple[str, str]] = {"content": ("[", "]"), "source": ("{", "}"), "cue": ("<", ">")}
LEGEND = "[1: content]  {1: source}  <1: cue>"
INDENT = 4
LABEL_WIDTH = len("condition")
LETTERS = 280
"""Letters of a content that the list below an article repeats."""


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


def print_reading(reading: Reading, paper: Paper, *, only: Excerpt | None = None) -> None:
    """Print the article with its statements marked in it, who speaks, and the list of the statements.

    Args:
        reading: The document and its statements.
        paper: Where to.
        only: Show no more than this passage, its statement and those within it.
    """
    doc = reading.document
    title, line = heading(doc)
    if title:
        paper.line(Piece(title, "title"))
    paper.line(Piece(line, "soft"))
    paper.line()
    entries = _chosen(list_entries(reading.statements), only)
    passage = only.passage if only else _whole(doc.text)
    if paper.coloured:
        paper.text(_styled(visible(doc.text), passage, entries))
    else:
        paper.raw("".join(_bracketed(visible(doc.text), passage, entries)) + "\n")
    if only is None:
        paper.line()
        _print_summary(reading, entries, paper)
    aspects = aspects_of(reading)
    for entry in entries:
        paper.line()
        print_entry(aspects[entry.statement.id], entry.label, paper, depth=entry.depth)


def _print_summary(reading: Reading, entries: tuple[Entry, ...], paper: Paper) -> None:
    line = summary(reading)
    if paper.coloured:
        paper.line(Piece(line, "title"))
        looks = [Piece(kind, kind) for kind in KINDS] + [Piece("source", "actor"), Piece("cue", "cue")]
        paper.line(*(piece for look in looks for piece in (look, Piece("  ", "soft"))))
    else:
        paper.line(Piece(line + (f"    {LEGEND}" if entries else ""), "title"))
    if not reading.attributions:
        return
    paper.line()
    labels = {entry.statement.id: entry.label for entry in entries}
    for source in sources_of(reading):
        said = ", ".join(labels[aspects.statement.id] for aspects in source.said)
        paper.line(*speaker_line(source), Piece(f"  {said}", "soft"))


def print_entry(aspects: Aspects, label: str, paper: Paper, *, depth: int = 0) -> None:
    """Print a statement as it is listed: who said it, its words, and what is said of it.

    Args:
        aspects: The statement.
        label: What it is called in the text above.
        paper: Where to.
        depth: How many statements enclose it.
    """
    stmt = aspects.statement
    left = INDENT * depth
    paper.line(*source_line(aspects), label=(Piece(label, stmt.kind),), indent=left, width=INDENT - 1)
    paper.line(Piece(quote(aspects.text, stmt.content, limit=LETTERS), "quote"), indent=left + INDENT)
    print_body(aspects, paper, indent=left + INDENT)


def print_body(aspects: Aspects, paper: Paper, *, indent: int, more: Line = ()) -> None:
    """Print what is said of a statement below its words.

    Args:
        aspects: The statement.
        paper: Where to.
        indent: Columns to leave free.
        more: What to say after its form.
    """
    position = position_line(aspects)
    if position:
        paper.line(*position, indent=indent)
    for label, line in labelled_lines(aspects):
        paper.line(*line, label=(Piece(label, "soft"),), indent=indent, width=LABEL_WIDTH)
    paper.line(*form_line(aspects), *more, indent=indent)


def print_said(entry: LedgerEntry, paper: Paper) -> None:
    """Print a statement of a ledger, whose speaker the reader knows: its words, and what is said of it."""
    aspects = aspects_of(entry.reading())[entry.statement.id]
    words = quote(aspects.text, entry.statement.content, limit=LETTERS)
    more = [Piece(" · ", "soft"), *mention_line(aspects), Piece(f" · {entry.statement.id}", "soft")]
    if entry.decision is not None:
        more.append(Piece(f" · {entry.decision.verdict} by {visible(entry.decision.by)}", "word"))
    paper.line(Piece(words, entry.statement.kind), label=(Piece("–", entry.statement.kind),), indent=2, width=1)
    print_body(aspects, paper, indent=INDENT, more=tuple(more))


def _bracketed(text: str, passage: Span, entries: tuple[Entry, ...]) -> Iterator[str]:
    for piece in walk(clip(cut(len(text), entries), passage)):
        if isinstance(piece, Span):
            yield piece.of(text)
        elif isinstance(piece, Open):
            yield f"{BRACKETS[piece.mark.role][0]}{piece.mark.label}: "
        else:
            yield BRACKETS[piece.mark.role][1]


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
        styles.append(LOOKS["actor"])
    elif contents:
        styles.append(LOOKS[contents[-1].entries[0].statement.kind])
    if "cue" in roles:
        styles.append(LOOKS["cue"])
    if len(contents) > 1:
        styles.append("underline")
    return " ".join(styles)
