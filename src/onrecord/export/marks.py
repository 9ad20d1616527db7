"""Which statements does each stretch of a text belong to?

The terminal and the HTML page both show the article with its statements marked in it. Both are made from the
cuts that this module finds: stretches of the text in which the same statements hold from end to end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from onrecord.record.span import Span, Spans
from onrecord.record.statement import Statement

Role: TypeAlias = Literal["content", "source", "cue"]
ROLES: tuple[Role, ...] = ("content", "source", "cue")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A statement as it is listed.

    Attributes:
        statement: The statement.
        label: ``1``, ``2``, … in the order of the text; a statement within statement 2 is ``2a``, one within
            that is ``2a1``.
        depth: How many statements enclose it.
    """

    statement: Statement
    label: str
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One span laid over the text, of one statement or of several that share it ("he said … he added").

    Attributes:
        entries: The statements that the span belongs to, in the order of the listing.
        role: What the span is to them.
        span: Where it lies.
    """

    entries: tuple[Entry, ...]
    role: Role
    span: Span

    @property
    def label(self) -> str:
        """The labels of its statements: ``3`` or ``3,4``."""
        return ",".join(entry.label for entry in self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of the text in which the same marks hold.

    Attributes:
        start: First code point.
        end: One past the last.
        marks: The marks that cover it, the outermost first.
    """

    start: int
    end: int
    marks: tuple[Mark, ...]


def list_entries(statements: Sequence[Statement]) -> tuple[Entry, ...]:
    """In which order and under which labels are these statements listed?

    Statements come in the order of the text, each followed by those within it. A statement whose enclosing
    statement is not among them, or that takes part in a circle, is listed as an outer one: none is left out.
    """
    known = {stmt.id for stmt in statements}
    inner: dict[str | None, list[Statement]] = {}
    for stmt in sorted(statements, key=lambda s: (s.content[0], -s.content[-1].end)):
        inner.setdefault(stmt.within if stmt.within in known else None, []).append(stmt)
    entries: list[Entry] = []
    waiting = [(stmt, str(i), 0) for i, stmt in enumerate(inner.get(None, ()), start=1)][::-1]
    while waiting:
        stmt, label, depth = waiting.pop()
        entries.append(Entry(statement=stmt, label=label, depth=depth))
        numbered = enumerate(inner.get(stmt.id, ()), start=1)
        children = [(c, label + _ordinal(i, letters=depth % 2 == 0), depth + 1) for i, c in numbered]
        waiting.extend(reversed(children))
    if len(entries) < len(statements):
        listed = {entry.statement.id for entry in entries}
        outer = sum(entry.depth == 0 for entry in entries)
        circle = [stmt for stmt in statements if stmt.id not in listed]
        entries += [Entry(statement=s, label=str(outer + i), depth=0) for i, s in enumerate(circle, 1)]
    return tuple(entries)


def _ordinal(number: int, *, letters: bool) -> str:
    if not letters:
        return str(number)
    digits = ""
    while number:
        number, rest = divmod(number - 1, 26)
        digits = chr(ord("a") + rest) + digits
    return digits


def cut(length: int, entries: Sequence[Entry]) -> Iterator[Stretch]:
    """Into which stretches do the marks of these statements cut a text of `length` code points?

    The stretches follow each other without gaps from 0 to `length`; neighbours differ in their marks.
    """
    marks = _marks(entries)
    opened: list[Mark] = []
    at, upcoming = 0, 0
    while at < length:
        while upcoming < len(marks) and marks[upcoming].span.start <= at:
            opened.append(marks[upcoming])
            upcoming += 1
        opened = [mark for mark in opened if mark.span.end > at]
        until = min([mark.span.end for mark in opened] + [length])
        if upcoming < len(marks):
            until = min(until, marks[upcoming].span.start)
        yield Stretch(start=at, end=until, marks=tuple(opened))
        at = until


def _marks(entries: Sequence[Entry]) -> list[Mark]:
    sharing: dict[tuple[Span, Role], list[Entry]] = {}
    for entry in entries:
        stmt = entry.statement
        by_role: tuple[tuple[Role, Spans], ...] = (
            ("content", stmt.content),
            ("source", stmt.source),
            ("cue", stmt.cue),
        )
        for role, spans in by_role:
            for span in spans:
                sharing.setdefault((span, role), []).append(entry)
    marks = [Mark(entries=tuple(who), role=role, span=span) for (span, role), who in sharing.items()]
    # Outermost first: what begins earlier and reaches further encloses what begins later.
    marks.sort(key=lambda mark: (mark.span.start, -mark.span.end, ROLES.index(mark.role)))
    return marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A mark begins here, or goes on after a mark that crosses it was closed."""

    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """The mark opened last ends here, or pauses where one that encloses it ends."""

    mark: Mark


def walk(stretches: Iterable[Stretch]) -> Iterator[Open | Close | Span]:
    """In which order are marks opened and closed around the text, so that they nest like brackets?

    Each span of text stands inside the marks opened and not yet closed; every mark opened is closed.
    """
    stack: list[Mark] = []
    for stretch in stretches:
        keep = 0
        while keep < min(len(stack), len(stretch.marks)) and stack[keep] is stretch.marks[keep]:
            keep += 1
        while len(stack) > keep:
            yield Close(mark=stack.pop())
        for mark in stretch.marks[keep:]:
            stack.append(mark)
            yield Open(mark=mark)
        yield Span(stretch.start, stretch.end)
    while stack:
        yield Close(mark=stack.pop())


def paragraphs(text: str, stretches: Iterable[Stretch]) -> Iterator[tuple[Span, list[Stretch]]]:
    """What are the paragraphs of `text`, and which stretches lie in each?

    A paragraph is a line that holds more than white space; stretches are cut where it begins and ends.
    """
    queue = iter(stretches)
    current = next(queue, None)
    for line in re.finditer(r"[^\n]+", text):
        if line.group().isspace():
            continue
        inside: list[Stretch] = []
        while current is not None and current.start < line.end():
            low, high = max(current.start, line.start()), min(current.end, line.end())
            if low < high:
                inside.append(Stretch(start=low, end=high, marks=current.marks))
            if current.end > line.end():
                break
            current = next(queue, None)
        yield Span(line.start(), line.end()), inside


def clip(stretches: Iterable[Stretch], passage: Span) -> Iterator[Stretch]:
    """What of these stretches lies in `passage`?"""
    for stretch in stretches:
        low, high = max(stretch.start, passage.start), min(stretch.end, passage.end)
        if low < high:
            yield Stretch(start=low, end=high, marks=stretch.marks)
