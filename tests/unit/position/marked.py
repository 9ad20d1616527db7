"""Sentences with their source, cue and content marked, as readings of one statement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from onrecord.record import Reading
from onrecord.record.codec import reading_from_json

_PARTS = {"[": "source", "]": "source", "{": "cue", "}": "cue", "<": "content", ">": "content"}
_OPENING = '“"„«'


def marked(sentence: str) -> Reading:
    """The reading of `sentence`, whose [source], {cue} and <content> are marked."""
    text, spans, starts = "", {"source": [], "cue": [], "content": []}, {}
    for piece in re.split(r"([\[\]{}<>])", sentence):
        if piece in _PARTS and piece in "[{<":
            starts[_PARTS[piece]] = len(text)
        elif piece in _PARTS:
            spans[_PARTS[piece]].append([starts[_PARTS[piece]], len(text)])
        else:
            text += piece
    content = [text[a:b] for a, b in spans["content"]]
    quoted = [c[0] in _OPENING for c in content]
    kind = "direct" if all(quoted) else "mixed" if any(mark in c for c in content for mark in _OPENING) else "indirect"
    statement = {"id": "s", "kind": kind, "within": None, **spans}
    return reading_from_json({"id": "d", "text": text, "statements": [statement]})


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table beside this file."""
    for line in Path(__file__).with_name(name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("|")
