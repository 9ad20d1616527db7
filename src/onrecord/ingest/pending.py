"""A record that was found but not yet read, so that it can be passed over, counted and blamed by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from onrecord.ingest.items import Item
from onrecord.record.document import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """One record of an archive.

    Attributes:
        origin: Where it stands.
        position: How far in the file it ends, in bytes of the file (unpacked bytes of compressed JSON Lines; rows of
            a Parquet file). For the progress alone.
        load: Reads it: what becomes of it, each thing once. Raises nothing that the tree of errors names.
    """

    origin: Origin
    position: int
    load: Callable[[], Iterable[Item]]
