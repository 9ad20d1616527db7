"""What is right? The shared scorer's measures for one statement, and documents from bare texts."""

from __future__ import annotations

import re

from onrecord.record.document import Document, Origin, Reader, document_id
from onrecord.record.ids import sha256_hex
from onrecord.record.span import Spans
from onrecord.record.statement import Statement

_WORD = re.compile(r"[^\W_]+")


def as_document(text: str) -> Document:
    """A document of nothing but its text."""
    return Document(
        id=document_id(text, url=None, outlet=None, published=None),
        text=text,
        origin=Origin(kind="memory", digest=sha256_hex(text.encode("utf-8", "surrogatepass"))),
        reader=Reader(name="plain", version="1"),
    )


def words(text: str, spans: Spans | list[list[int]]) -> frozenset[int]:
    """Starts of the words inside the spans."""
    pairs = [(s[0], s[1]) if isinstance(s, list) else (s.start, s.end) for s in spans]
    return frozenset(m.start() for s, e in pairs for m in _WORD.finditer(text, s, e))


def is_right(text: str, stmt: Statement, gold: list[dict]) -> bool:
    """Is there a gold attribution whose content (Jaccard) and source (F1) agree by half?"""
    content, source = words(text, stmt.content), words(text, stmt.source)
    for att in gold:
        c, s = words(text, att["content"]), words(text, att["source"])
        if len(content & c) < 0.5 * len(content | c):
            continue
        if (not source and not s) or (source and s and 2 * len(source & s) >= 0.5 * (len(source) + len(s))):
            return True
    return False
