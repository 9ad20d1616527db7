"""What a reader hands out: documents, and an account of everything that did not become one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from onrecord.errors import OnRecordError
from onrecord.record.document import Document, Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Something that should have become a document and could not.

    Attributes:
        origin: The place of the bytes. The digest is empty if no bytes could be read.
        error: Why, with the code that is counted and shown.
    """

    origin: Origin
    error: OnRecordError


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Something left out on purpose, which is no error.

    Attributes:
        origin: The place of the bytes. The digest is empty if they were not read.
        reason: Why, in a few words under which such items are counted ("unknown kind of file").
    """

    origin: Origin
    reason: str


Item: TypeAlias = Document | Failure | Skip
"""Whatever a reader met: each one is counted once, as kept, failed or skipped."""
