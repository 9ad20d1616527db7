"""Which of many stretches of a text hold a place, without asking each of them?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Generic, TypeVar

from onrecord.record.span import Span

T = TypeVar("T")
_BLOCK = 512
"""Code points of a block."""


class Stretches(Generic[T]):
    """Stretches of a text, each with what it stands for, found by the places that they hold."""

    def __init__(self, stretches: Iterable[tuple[Span, T]]) -> None:
        self._blocks: dict[int, list[tuple[Span, T]]] = {}
        for span, of in stretches:
            for block in range(span.start // _BLOCK, max(span.end - 1, span.start) // _BLOCK + 1):
                self._blocks.setdefault(block, []).append((span, of))

    def around(self, span: Span) -> list[tuple[Span, T]]:
        """Those that hold all of `span`, in the order in which they were given."""
        near = self._blocks.get(span.start // _BLOCK, ())
        return [pair for pair in near if pair[0].start <= span.start and span.end <= pair[0].end]


class Cover:
    """The places that some stretches cover together."""

    def __init__(self, spans: Iterable[Span]) -> None:
        listed = sorted(spans)
        self._starts = [span.start for span in listed]
        self._ends = list(accumulate((span.end for span in listed), max))

    def holds(self, position: int) -> bool:
        """Does one of them hold this place?"""
        at = bisect_right(self._starts, position) - 1
        return at >= 0 and position < self._ends[at]
