"""What kind of file is this?"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal, TypeAlias

from onrecord.ingest.encoding import byte_order_mark

InputKind: TypeAlias = Literal["plain", "html", "jsonl", "feed"]

SUFFIXES: dict[str, InputKind] = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "plain",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".xml": "feed",
}

_JSON_OBJECT = re.compile(rb'\{\s*(?:"|\})')
_FEED = re.compile(rb"<(?:[a-z]+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|article|main|section|div|p|h1)[\s>/]", re.IGNORECASE
)
HEAD_BYTES = 65_536


def kind_of_name(name: str) -> InputKind | None:
    """Which kind does the file name state? ``.gz`` is looked through. None if the suffix is none of ours."""
    path = PurePath(name.lower())
    return SUFFIXES.get(PurePath(path.stem).suffix if path.suffix == ".gz" else path.suffix)


def kind_of_bytes(head: bytes) -> InputKind:
    """Which kind do the first bytes look like? Whatever is neither JSON Lines, a feed nor HTML is plain text.

    Args:
        head: The first bytes, up to :data:`HEAD_BYTES` of them are looked at.
    """
    head = head[:HEAD_BYTES]
    found = byte_order_mark(head)
    if found is not None:
        mark, encoding = found
        head = head[len(mark) :]
        if encoding != "utf-8":
            head = head.decode(encoding, "replace").encode("utf-8")
    if _JSON_OBJECT.match(head.lstrip()):
        return "jsonl"
    root = _root(head)
    if _FEED.match(root):
        return "feed"
    return "html" if _HTML.match(root) else "plain"


def _root(head: bytes) -> bytes:
    """The markup from its root element on, without declarations, comments and doctypes before it."""
    while True:
        head = head.lstrip()
        if head.startswith(b"<!--"):
            end = b"-->"
        elif head.startswith(b"<?"):
            end = b"?>"
        elif head.startswith(b"<!") and not _HTML.match(head):
            # A doctype may hold declarations in brackets, with markup in them.
            end = b"]>" if b"[" in head.partition(b">")[0] else b">"
        else:
            return head
        _, found, head = head.partition(end)
        if not found:
            return b""
