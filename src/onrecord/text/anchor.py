"""Where does a passage stand after its text was changed?

An answer is *exact* (the same words, and there is no doubt which ones), *mapped* (the words were changed a little, and
stand between the same neighbours) or *lost*. A passage that might be one of several look-alikes is lost: showing the
wrong words is worse than showing none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from onrecord.errors import TextError
from onrecord.record.span import Span
from onrecord.text.align import Alignment, Block, align, common_end, common_start

Status: TypeAlias = Literal["exact", "mapped", "lost"]
Reason: TypeAlias = Literal["gone", "changed", "ambiguous"]

_REACH = 200
"""Code points on either side by which look-alikes are told apart."""
_ENOUGH = 16
"""Code points of the surroundings that must be the same; fewer may be so by chance ("he said that")."""
_SPEAKS_FOR_ITSELF = 64
"""Code points of a passage that needs no surroundings."""
_MOST = 1000
"""Look-alikes that are compared one by one."""
_NEAR = 48
_ALIKE = 0.6
"""The share of a changed passage, and of what it has become, that must be the same words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchored:
    """Where a passage stands now.

    Attributes:
        status: *exact*, *mapped* or *lost*.
        span: Where it stands in the new text; None if it is lost.
        reason: Why it is lost: its words are *gone*, they were *changed* beyond recognition, or they are *ambiguous*.
    """

    status: Status
    span: Span | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A passage as its own words and those around it, for when the text itself is not at hand.

    Attributes:
        exact: The passage.
        prefix: What stands before it.
        suffix: What stands after it.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""

    @classmethod
    def of(cls, text: str, span: Span, *, context: int = 64) -> Quote:
        """The passage that stands at `span`, with up to `context` code points on either side.

        Raises:
            TextError: OR-201, the span ends outside the text.
        """
        return cls(
            exact=span.of(text),
            prefix=text[max(span.start - context, 0) : span.start],
            suffix=text[span.end : span.end + context],
        )


def find_quote(quote: Quote, text: str) -> Anchored:
    """Where in `text` does `quote` stand? Its words must be unchanged, else it is lost.

    Raises:
        TextError: OR-201, the quote has no words.
    """
    if not quote.exact:
        raise TextError("OR-201", "an empty passage stands nowhere")
    before = quote.prefix + quote.exact + quote.suffix
    span = Span(len(quote.prefix), len(quote.prefix) + len(quote.exact))
    return _Search(before, text, span).anywhere()


class Change:
    """Two versions of one text, and where the passages of the old one stand in the new one.

    Time and memory are linear in the texts; each passage is then looked up in time linear in the new text.

    Args:
        old: The version that the spans point into.
        new: The version in which they are looked for.
    """

    __slots__ = ("_alignment", "new", "old")

    def __init__(self, old: str, new: str) -> None:
        self.old = old
        self.new = new
        self._alignment = align(old, new)

    def move(self, span: Span) -> Anchored:
        """Where does the passage at `span` of the old version stand in the new one?

        Raises:
            TextError: OR-201, the span ends outside the old version.
        """
        words = span.of(self.old)
        if self.old == self.new:
            return Anchored(status="exact", span=span)
        search = _Search(self.old, self.new, span)
        whole = next(self._alignment.within(span.start, span.end), None)
        if whole is not None and whole.size == len(words):
            return search.at(whole.new, support=self._support(span, Span(whole.new, whole.new + whole.size)))
        moved = search.anywhere(taken=self._alignment)
        if moved.status == "exact" or moved.reason == "ambiguous":
            return moved
        return self._mapped(span) if whole is not None else moved

    def _mapped(self, span: Span) -> Anchored:
        """Where do the changed words stand, if they stand between the same neighbours?"""
        blocks = list(self._alignment.within(span.start, span.end))
        start = self._edge(span.start, blocks[0].old, blocks[0].new, step=-1)
        last = blocks[-1]
        end = self._edge(span.end - 1, last.old + last.size - 1, last.new + last.size - 1, step=1)
        lost = Anchored(status="lost", span=None, reason="changed")
        if start is None or end is None:
            return lost
        now = Span(start, end + 1)
        same = sum(_weight(self.old[block.old : block.old + block.size]) for block in blocks)
        if same < _ALIKE * max(_weight(span.of(self.old)), _weight(now.of(self.new))):
            return lost
        if self._support(span, now) < _needed(self.old, span) and same < _SPEAKS_FOR_ITSELF:
            return lost
        around = self.new[max(now.start - _NEAR, 0) : now.end + _NEAR]
        if self.new.find(around, self.new.find(around) + 1) >= 0:
            return Anchored(status="lost", span=None, reason="ambiguous")
        return Anchored(status="mapped", span=now)

    def _edge(self, wanted: int, old: int, new: int, *, step: Literal[-1, 1]) -> int | None:
        """Where does the passage begin (step -1) or end (step 1) now, as a code point that belongs to it?

        Args:
            wanted: Its first or last code point in the old version.
            old: The first or last one that is still there.
            new: Where that one stands now.
            step: Which way is out of the passage.
        """
        if old == wanted:
            return new
        # The word at the edge was changed: what has come in its place ends where the unchanged neighbour begins.
        beside = wanted + step
        while 0 <= beside < len(self.old) and self.old[beside].isspace():
            beside += step
        if not 0 <= beside < len(self.old):
            edge = -1 if step < 0 else len(self.new)
        else:
            neighbour = self._alignment.to_new(beside)
            if neighbour is None:
                return None
            edge = neighbour
        edge -= step
        if (new - edge) * step > 0:
            return None
        while edge != new and self.new[edge].isspace():
            edge -= step
        return edge

    def _support(self, span: Span, now: Span) -> int:
        """How many code points near the passage stand near it still?"""
        before = self._alignment.within(max(span.start - _NEAR, 0), span.start)
        after = self._alignment.within(span.end, span.end + _NEAR)
        return sum(_overlap(block, now.start - 2 * _NEAR, now.start) for block in before) + sum(
            _overlap(block, now.end, now.end + 2 * _NEAR) for block in after
        )


def _overlap(block: Block, start: int, end: int) -> int:
    """How many code points of `block` lie in [start, end) of the new version?"""
    return max(min(block.new + block.size, end) - max(block.new, start), 0)


def _weight(words: str) -> int:
    return sum(not char.isspace() for char in words)


def _needed(text: str, span: Span) -> int:
    """How much of the surroundings must be the same? All of them where there are few."""
    return min(_ENOUGH, span.start + len(text) - span.end)


class _Search:
    """The places in a new text where the words of a passage stand unchanged, and what speaks for each."""

    def __init__(self, old: str, new: str, span: Span) -> None:
        self._old, self._new, self._span = old, new, span
        self._words = old[span.start : span.end]

    def at(self, place: int, *, support: int) -> Anchored:
        """Is it the words at `place` that the passage has become? `support` counts for them."""
        agreed = self._agreed(self._new, place)
        if len(self._words) < _SPEAKS_FOR_ITSELF and max(sum(agreed), support) < _needed(self._old, self._span):
            return Anchored(status="lost", span=None, reason="changed")
        rivals = self._rivals(self._new, place, agreed)
        if rivals:
            # Look-alikes that were there before and are there still, as many before it and as many after it, are
            # told apart by their order.
            others = self._rivals(self._old, self._span.start, agreed)
            if others is None or _order(others, self._span.start) != _order(rivals, place):
                rivals = None
        if rivals is None:
            return Anchored(status="lost", span=None, reason="ambiguous")
        return Anchored(status="exact", span=Span(place, place + len(self._words)))

    def anywhere(self, *, taken: Alignment | None = None) -> Anchored:
        """Which place is the best, if one is better than all others? What is `taken` was another passage before."""
        best, best_agreed = -1, (-1, -1)
        for number, place in enumerate(_occurrences(self._words, self._new)):
            if number == _MOST:
                return Anchored(status="lost", span=None, reason="ambiguous")
            if taken is not None and taken.to_old(place) not in (None, self._span.start):
                continue
            agreed = self._agreed(self._new, place)
            if sum(agreed) > sum(best_agreed):
                best, best_agreed = place, agreed
        if best < 0:
            return Anchored(status="lost", span=None, reason="gone")
        if sum(best_agreed) < _needed(self._old, self._span) and len(self._words) < _SPEAKS_FOR_ITSELF:
            return Anchored(status="lost", span=None, reason="changed")
        if self._rivals(self._new, best, best_agreed) != []:
            return Anchored(status="lost", span=None, reason="ambiguous")
        return Anchored(status="exact", span=Span(best, best + len(self._words)))

    def _agreed(self, text: str, place: int) -> tuple[int, int]:
        """How many code points before and after the words at `place` of `text` are those around the passage?"""
        start, end = self._span.start, self._span.end
        before = self._old[max(start - _REACH, 0) : start]
        there = text[max(place - _REACH, 0) : place]
        left = common_end(before, there, most=min(len(before), len(there)))
        stop = place + len(self._words)
        return left, common_start(self._old[end : end + _REACH], text[stop : stop + _REACH])

    def _rivals(self, text: str, place: int, agreed: tuple[int, int]) -> list[int] | None:
        """Where else in `text` might the passage stand as well as at `place`? None: in too many places to compare."""
        words, shift = self._words, 0
        if _count(words, text, most=_MOST) == _MOST:
            if min(agreed) < _ENOUGH:
                return None
            # A common word, in surroundings that are not: only where these are found too can there be a rival.
            shift = _ENOUGH
            words = self._old[self._span.start - shift : self._span.end + shift]
        found = []
        for number, near in enumerate(_occurrences(words, text)):
            other = near + shift
            if number == _MOST:
                return None
            if other != place and _rivals(self._agreed(text, other), agreed):
                found.append(other)
        return found


def _rivals(other: tuple[int, int], agreed: tuple[int, int]) -> bool:
    """Does as much speak for `other` as for the place where the surroundings agree as in `agreed`?"""
    return sum(other) >= sum(agreed) or any(
        there > here and there >= _ENOUGH for there, here in zip(other, agreed, strict=True)
    )


def _order(places: list[int], place: int) -> tuple[int, int]:
    before = sum(other < place for other in places)
    return before, len(places) - before


def _occurrences(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _count(words: str, text: str, *, most: int) -> int:
    count = 0
    for _ in _occurrences(words, text):
        count += 1
        if count == most:
            break
    return count
