"""Which code point, UTF-16 unit and UTF-8 byte of one text belong together?

Python counts code points, JavaScript and Java count UTF-16 units, files and Rust count UTF-8 bytes. An emoji
is 1, 2 and 4 of them. A lone surrogate is one code point, one unit and three bytes (as WTF-8 has it).
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import Literal, TypeAlias

from onrecord.errors import TextError
from onrecord.record.span import Span

Unit: TypeAlias = Literal["utf16", "utf8"]

_BLOCK = 256
"""Code points between two entries of the index: an offset costs the measuring of half a block, the index 3 %
of the text."""


class OffsetMap:
    """The offsets of one text in code points, UTF-16 units and UTF-8 bytes, both ways.

    Made in time linear in the text, when first asked; an offset then takes about a microsecond in any script.

    Args:
        text: The text that all offsets point into.

    >>> OffsetMap("Да 😀!").to_utf16(4), OffsetMap("Да 😀!").to_utf8(4)
    (5, 9)
    """

    __slots__ = ("_indexes", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._indexes: dict[Unit, _Index] = {}

    def to_utf16(self, offset: int) -> int:
        """How many UTF-16 units stand before code point `offset`?

        Raises:
            TextError: OR-201, `offset` lies outside [0, length of the text].
        """
        return self._index("utf16").of_code_point(offset)

    def to_utf8(self, offset: int) -> int:
        """How many UTF-8 bytes stand before code point `offset`?

        Raises:
            TextError: OR-201, `offset` lies outside [0, length of the text].
        """
        return self._index("utf8").of_code_point(offset)

    def from_utf16(self, offset: int) -> int:
        """How many code points stand before UTF-16 unit `offset`?

        Raises:
            TextError: OR-201, `offset` lies outside the text or inside a character.
        """
        return self._index("utf16").to_code_point(offset)

    def from_utf8(self, offset: int) -> int:
        """How many code points stand before UTF-8 byte `offset`?

        Raises:
            TextError: OR-201, `offset` lies outside the text or inside a character.
        """
        return self._index("utf8").to_code_point(offset)

    def span_to(self, unit: Unit, span: Span) -> Span:
        """The same stretch, counted in `unit`.

        Raises:
            TextError: OR-201, the span ends outside the text.
        """
        index = self._index(unit)
        return Span(index.of_code_point(span.start), index.of_code_point(span.end))

    def span_from(self, unit: Unit, span: Span) -> Span:
        """The same stretch in code points, where `span` is counted in `unit`.

        Raises:
            TextError: OR-201, the span ends outside the text, or begins or ends inside a character.
        """
        index = self._index(unit)
        return Span(index.to_code_point(span.start), index.to_code_point(span.end))

    def _index(self, unit: Unit) -> _Index:
        if unit not in self._indexes:
            self._indexes[unit] = _Index(self.text, unit)
        return self._indexes[unit]


class _Index:
    """How many units stand before every 256th code point?"""

    __slots__ = ("_codec", "_starts", "_step", "_text", "_total", "_unit")

    def __init__(self, text: str, unit: Unit) -> None:
        self._text = text
        self._unit = unit
        self._codec, self._step = ("utf-16-le", 2) if unit == "utf16" else ("utf-8", 1)
        self._starts: list[int] | None = None
        if text.isascii():
            self._total = len(text)
            return
        sizes = (self._size(start, start + _BLOCK) for start in range(0, len(text), _BLOCK))
        starts = list(accumulate(sizes, initial=0))
        self._total = starts[-1]
        # Where nothing is wider than one unit, both counts are the same.
        if self._total > len(text):
            self._starts = starts

    def _size(self, start: int, end: int) -> int:
        return len(self._text[start:end].encode(self._codec, "surrogatepass")) // self._step

    def of_code_point(self, offset: int) -> int:
        if not 0 <= offset <= len(self._text):
            raise TextError("OR-201", f"offset {offset} lies outside a text of {len(self._text)} code points")
        if self._starts is None:
            return offset
        block = offset // _BLOCK
        return self._starts[block] + self._size(block * _BLOCK, offset)

    def to_code_point(self, offset: int) -> int:
        if not 0 <= offset <= self._total:
            raise TextError("OR-201", f"offset {offset} lies outside a text of {self._total} {self._unit} units")
        if self._starts is None:
            return offset
        # The last entry is the end of the text, which belongs to the block before it.
        block = min(bisect_right(self._starts, offset), len(self._starts) - 1) - 1
        start = block * _BLOCK
        rest = offset - self._starts[block]
        low, high = start, min(start + _BLOCK, len(self._text))
        while low < high:
            middle = (low + high) // 2
            if self._size(start, middle) < rest:
                low = middle + 1
            else:
                high = middle
        if self._size(start, low) != rest:
            raise TextError("OR-201", f"{self._unit} offset {offset} lies inside a character")
        return low
