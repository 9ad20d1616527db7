"""A document together with what was found in it."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.record.document import Document
from onrecord.record.statement import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document together with what was found in it.

    Attributes:
        document: The document.
        statements: Its statements, sorted by where they begin; an enclosing statement comes before those in it.
    """

    document: Document
    statements: tuple[Statement, ...]
