"""On which question do actors take positions?"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.errors import TextError
from onrecord.record.ids import content_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A question on which actors take positions.

    Attributes:
        id: ``i`` and 16 hexadecimal digits, see :func:`issue_id`.
        label: Its short form, to show in a list; never empty.
        question: The question in full; None if the label says it all.
        made_by: The person who wrote it or the id of the run that found it; None if it came with the input.
        parent: The id of the wider issue that it belongs to.

    Raises:
        TextError: OR-202, there is no label.
    """

    id: str
    label: str
    question: str | None = None
    made_by: str | None = None
    parent: str | None = None

    def __post_init__(self) -> None:
        if not self.label:
            raise TextError("OR-202", f"issue {self.id} has no label")


def issue_id(label: str) -> str:
    """The id of an issue: a hash of its label."""
    return content_id("i", label)
