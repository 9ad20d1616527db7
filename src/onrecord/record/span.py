"""Where in a text something stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from onrecord.errors import TextError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text.

    Attributes:
        start: First code point of the stretch, 0 <= start < end.
        end: One past the last code point.

    Raises:
        TextError: OR-201, the stretch is empty or starts before the text.

    >>> Span(0, 4).of("He said so.")
    'He s'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise TextError("OR-201", f"a span must have 0 <= start < end, not [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """What does `text` say here?

        Raises:
            TextError: OR-201, the span ends outside the text.
        """
        if self.end > len(text):
            raise TextError("OR-201", f"span [{self.start}, {self.end}) ends outside a text of {len(text)} code points")
        return text[self.start : self.end]

    def shifted(self, by: int) -> Span:
        """The same stretch after `by` code points were put before it."""
        return Span(self.start + by, self.end + by)


Spans: TypeAlias = tuple[Span, ...]
"""Stretches of one text, sorted, not overlapping; empty where the text names nothing."""


def as_spans(pairs: Iterable[Iterable[int]]) -> Spans:
    """Spans from ``[[start, end], ...]``, sorted.

    Raises:
        TextError: OR-201, a pair is not two integers in order, or two of them overlap.
    """
    spans = []
    for pair in pairs:
        values = list(pair)
        if len(values) != 2 or not all(isinstance(v, int) and not isinstance(v, bool) for v in values):
            raise TextError("OR-201", f"a span must be two integers, not {values!r}")
        spans.append(Span(values[0], values[1]))
    spans.sort()
    for left, right in pairwise(spans):
        if right.start < left.end:
            raise TextError("OR-201", f"spans [{left.start}, {left.end}) and [{right.start}, {right.end}) overlap")
    return tuple(spans)
