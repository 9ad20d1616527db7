"""Stage 1, bytes to documents: plain text, HTML, JSON Lines, RSS/Atom; from files, folders, pipes and
addresses.

Readers are lazy and lose nothing: whatever does not become a :class:`~onrecord.record.document.Document` is
handed out in its place as a :class:`Failure` (with an error) or a :class:`Skip` (with a reason).
"""

from onrecord.ingest.fetch import fetch
from onrecord.ingest.items import Failure, Item, Skip
from onrecord.ingest.source import read_bytes, read_path, read_paths, read_stdin, read_text

__all__ = [
    "Failure",
    "Item",
    "Skip",
    "fetch",
    "read_bytes",
    "read_path",
    "read_paths",
    "read_stdin",
    "read_text",
]
