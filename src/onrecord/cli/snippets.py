"""A passage cut to what a list of hits has room for, with the words found marked in it."""

from __future__ import annotations

from typing import TypeAlias

from onrecord.export.visible import visible
from onrecord.record.span import Spans

Pieces: TypeAlias = tuple[tuple[str, bool], ...]
"""Text in order; True where it is a word that was looked for."""

BEFORE = 60
"""Letters shown before the first word found in a passage that has to be cut."""


def snippet(text: str, spans: Spans, marks: Spans, *, limit: int) -> Pieces:
    """What of `text` at `spans` is shown, on one line of about `limit` letters around the first word found?

    Args:
        text: The text of a document.
        spans: The passage; its stretches are joined with an ellipsis.
        marks: Where in `text` the words found stand; those outside the passage are passed over.
        limit: Letters to show.
    """
    line, flags = _line(text, spans, marks)
    start = 0
    if len(line) > limit and True in flags:
        start = max(0, flags.index(True) - BEFORE)
        start = 0 if start == 0 else line.find(" ", start) + 1
    end = min(len(line), start + limit)
    if end < len(line):
        end = max(line.rfind(" ", start + 1, end), start + 1)
    pieces = [("… ", False)] if start else []
    at = start
    while at < end:
        until = at
        while until < end and flags[until] == flags[at]:
            until += 1
        pieces.append((line[at:until], flags[at]))
        at = until
    return (*pieces, *((("…", False),) if end < len(line) else ()))


def _line(text: str, spans: Spans, marks: Spans) -> tuple[str, list[bool]]:
    letters: list[str] = []
    flags: list[bool] = []
    for i, span in enumerate(spans):
        found = [mark for mark in marks if mark.start < span.end and mark.end > span.start]
        inside = [False] * (span.end - span.start)
        for mark in found:
            low, high = max(mark.start, span.start), min(mark.end, span.end)
            inside[low - span.start : high - span.start] = [True] * (high - low)
        shown = visible(span.of(text)).replace("\n", " ").replace("\t", " ")
        letters.append((" … " if i else "") + shown)
        flags += [False] * (3 if i else 0) + inside
    return "".join(letters), flags


def bracketed(pieces: Pieces) -> str:
    """The pieces as plain text, the words found between asterisks."""
    return "".join(f"*{text}*" if found else text for text, found in pieces)
