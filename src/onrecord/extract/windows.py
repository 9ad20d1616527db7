"""Where the windows of a text lie, and which window speaks for which piece."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

WINDOW = 512
"""Pieces that the tagger reads at once."""
OVERLAP = 64
"""Pieces that neighbouring windows share, at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One window over the pieces of a document.

    Attributes:
        start, end: The pieces that the tagger reads, half-open.
        keep_start, keep_end: The pieces that it speaks for: those that lie most centrally in it. The kept parts of all
            windows cover every piece once.
    """

    start: int
    end: int
    keep_start: int
    keep_end: int


def plan_windows(pieces: int, *, size: int = WINDOW, overlap: int = OVERLAP) -> Iterator[Window]:
    """Which windows cover a document of `pieces` pieces?

    They are of equal length, depend on the number of pieces alone, and come in the order of the text.
    """
    if pieces == 0:
        return
    count = 1 if pieces <= size else -(-(pieces - overlap) // (size - overlap))
    length = min(pieces, size) if count == 1 else -(-(pieces + (count - 1) * overlap) // count)
    previous = 0
    for k in range(count):
        start = 0 if count == 1 else k * (pieces - length) // (count - 1)
        following = start + length if k + 1 == count else (k + 1) * (pieces - length) // (count - 1)
        keep_end = pieces if k + 1 == count else (start + length + following) // 2
        yield Window(start=start, end=start + length, keep_start=previous, keep_end=keep_end)
        previous = keep_end
