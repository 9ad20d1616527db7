"""Which stretches of two versions of a text are the same?

Words are matched, not letters. What is the same at both ends is taken first. In between, sentences and then runs of
four words that occur once in either version hold the two together (as patience diff does with lines), and the small
gaps that are left are compared word by word. A gap in which nothing is certain is left unmatched: time is linear in
the texts but for the small gaps, whose number is.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeAlias

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_SENTENCE = re.compile(r"[^.!?\n]*+[.!?\n]++|[^.!?\n]++")
_RUN = 4
_SMALL = 20_000
"""Product of the lengths, in tokens, of a gap that is compared word by word."""
_LONG = 20_000
"""Code points of a gap that is compared sentence by sentence first: it takes a tenth of the memory."""
_DEPTH = 8
_CHUNK = 4096
_NOISE = 16
"""Code points of a stretch that may be the same by chance if it holds neither letter nor digit."""

_Gap: TypeAlias = tuple[int, int, int, int]
"""First and last-plus-one token in the old and in the new version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch that stands in both versions; code points.

    Attributes:
        old: Where it begins in the old version.
        new: Where it begins in the new version.
        size: How long it is, at least 1.
    """

    old: int
    new: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """The stretches that two versions have in common.

    Attributes:
        blocks: In order in both versions, not overlapping, none touching the next one in both.
    """

    blocks: tuple[Block, ...]

    def to_new(self, offset: int) -> int | None:
        """Where does old code point `offset` stand in the new version? None if it does not."""
        at = bisect_right(self.blocks, offset, key=lambda block: block.old) - 1
        if at < 0 or offset >= self.blocks[at].old + self.blocks[at].size:
            return None
        return self.blocks[at].new + offset - self.blocks[at].old

    def to_old(self, offset: int) -> int | None:
        """Where did new code point `offset` stand in the old version? None if it did not."""
        at = bisect_right(self.blocks, offset, key=lambda block: block.new) - 1
        if at < 0 or offset >= self.blocks[at].new + self.blocks[at].size:
            return None
        return self.blocks[at].old + offset - self.blocks[at].new

    def within(self, start: int, end: int) -> Iterator[Block]:
        """The parts of the blocks that lie in [start, end) of the old version, in order."""
        at = max(bisect_right(self.blocks, start, key=lambda block: block.old) - 1, 0)
        while at < len(self.blocks) and self.blocks[at].old < end:
            block = self.blocks[at]
            first, last = max(start, block.old), min(end, block.old + block.size)
            if first < last:
                yield Block(old=first, new=block.new + first - block.old, size=last - first)
            at += 1


def align(old: str, new: str) -> Alignment:
    """Which stretches of `old` and `new` are the same?"""
    start = common_start(old, new)
    end = common_end(old, new, most=min(len(old), len(new)) - start)
    # Words that are the same in part are not the same.
    start = _word_edge(old, new, start)
    end = -_word_edge(old, new, -end)
    found = [(0, 0, start)]
    gap = (start, len(old) - end, start, len(new) - end)
    if max(gap[1] - start, gap[3] - start) > _LONG:
        for part in _between(_match(old, new, gap, _SENTENCE, run=1), gap, found):
            found += _match(old, new, part, _TOKEN, run=_RUN)
    else:
        found += _match(old, new, gap, _TOKEN, run=_RUN)
    found.append((len(old) - end, len(new) - end, end))
    # A space or a comma that is the same in both says nothing.
    blocks = (block for block in _joined(sorted(found)) if _says_something(old, block))
    return Alignment(blocks=tuple(blocks))


def _between(same: list[tuple[int, int, int]], gap: _Gap, found: list[tuple[int, int, int]]) -> Iterator[_Gap]:
    """What lies between the stretches that are the `same`, which are added to `found`."""
    a, a_end, b, b_end = gap
    for old, new, size in same:
        yield a, old, b, new
        found.append((old, new, size))
        a, b = old + size, new + size
    yield a, a_end, b, b_end


def _says_something(old: str, block: Block) -> bool:
    return block.size > _NOISE or any(char.isalnum() for char in old[block.old : block.old + block.size])


def common_start(left: str, right: str) -> int:
    """How many code points at the start of `left` and `right` are the same?"""
    size = min(len(left), len(right))
    at = 0
    while at < size and left[at : at + _CHUNK] == right[at : at + _CHUNK]:
        at += _CHUNK
    at = min(at, size)
    while at < size and left[at] == right[at]:
        at += 1
    return at


def common_end(left: str, right: str, *, most: int) -> int:
    """How many code points at the end of `left` and `right`, at the `most`, are the same?"""
    size = 0
    while size + _CHUNK <= most and (
        left[len(left) - size - _CHUNK : len(left) - size] == right[len(right) - size - _CHUNK : len(right) - size]
    ):
        size += _CHUNK
    while size < most and left[-size - 1] == right[-size - 1]:
        size += 1
    return size


def _word_edge(old: str, new: str, at: int) -> int:
    """`at`, counted from the start (or, negative, from the end), moved out of any word that it stands in."""
    step = -1 if at > 0 else 1
    while at and (_inside_word(old, at) or _inside_word(new, at)):
        at += step
    return at


def _inside_word(text: str, at: int) -> bool:
    at = at if at > 0 else len(text) + at
    return 0 < at < len(text) and _kind(text[at - 1]) == _kind(text[at]) != ""


def _kind(char: str) -> str:
    if char.isspace():
        return "space"
    return "word" if char.isalnum() or char == "_" else ""


def _tokens(text: str, start: int, end: int, pattern: re.Pattern[str]) -> tuple[list[str], array[int]]:
    """The tokens of a stretch, and where they begin, with its end as the last entry."""
    words: list[str] = []
    starts = array("q")
    # A long text has few words: each is held once.
    known: dict[str, str] = {}
    for found in pattern.finditer(text, start, end):
        words.append(known.setdefault(found[0], found[0]))
        starts.append(found.start())
    starts.append(end)
    return words, starts


def _match(old: str, new: str, gap: _Gap, pattern: re.Pattern[str], *, run: int) -> list[tuple[int, int, int]]:
    """What do two stretches have in common, token by token? Old and new offset and length, in code points; in order."""
    left, left_starts = _tokens(old, gap[0], gap[1], pattern)
    right, right_starts = _tokens(new, gap[2], gap[3], pattern)
    found: list[tuple[int, int, int]] = []
    todo: list[tuple[_Gap, int]] = [((0, len(left), 0, len(right)), 0)]
    while todo:
        part, depth = todo.pop()
        a, a_end, b, b_end = _ends(left, right, part, found)
        if a == a_end or b == b_end:
            continue
        if run > 1 and (a_end - a) * (b_end - b) <= _SMALL:
            matcher = SequenceMatcher(None, left[a:a_end], right[b:b_end], autojunk=False)
            found += [(a + m.a, b + m.b, m.size) for m in matcher.get_matching_blocks() if m.size]
        elif depth < _DEPTH:
            gaps = _gaps(left, right, (a, a_end, b, b_end), found, run=run)
            todo += [(inner, depth + 1) for inner in gaps]
    return [(left_starts[a], right_starts[b], left_starts[a + count] - left_starts[a]) for a, b, count in sorted(found)]


def _ends(left: list[str], right: list[str], gap: _Gap, found: list[tuple[int, int, int]]) -> _Gap:
    """What is left of `gap` between its equal ends, which are added to `found`."""
    a, a_end, b, b_end = gap
    first = a
    while a < a_end and b < b_end and left[a] == right[b]:
        a, b = a + 1, b + 1
    if a > first:
        found.append((first, b - (a - first), a - first))
    last = a_end
    while a < a_end and b < b_end and left[a_end - 1] == right[b_end - 1]:
        a_end, b_end = a_end - 1, b_end - 1
    if a_end < last:
        found.append((a_end, b_end, last - a_end))
    return a, a_end, b, b_end


def _gaps(
    left: list[str], right: list[str], gap: _Gap, found: list[tuple[int, int, int]], *, run: int
) -> Iterator[_Gap]:
    """What is left of `gap` between the runs that occur once in either version; the runs are added to `found`."""
    a, a_end, b, b_end = gap
    in_left, in_right = _once(left, a, a_end, run), _once(right, b, b_end, run)
    pairs = [(at, in_right[words]) for words, at in in_left.items() if words in in_right]
    chain = _longest_rising(pairs)
    if not chain:
        return
    for at, to in chain:
        # Runs overlap; each stands for its first word, and the rest follows from the gaps' equal ends.
        found.append((at, to, 1))
        yield a, at, b, to
        a, b = at + 1, to + 1
    yield a, a_end, b, b_end


def _once(words: list[str], start: int, end: int, run: int) -> dict[tuple[str, ...], int]:
    """The runs of so many tokens that occur exactly once, and where they begin; in order."""
    seen: dict[tuple[str, ...], int] = {}
    # In a long stretch, one run in sixteen is anchor enough. Which ones, their words alone decide.
    sampled = run > 1 and end - start > _LONG
    for at in range(start, end - run + 1):
        if sampled and (ord(words[at][0]) + 5 * ord(words[at + 1][0]) + 7 * ord(words[at + 2][0])) % 16:
            continue
        key = tuple(words[at : at + run])
        seen[key] = -1 if key in seen else at
    return {key: at for key, at in seen.items() if at >= 0}


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of `pairs`, sorted by their first number, in which the second numbers rise as well."""
    tops: list[int] = []
    at_top: list[int] = []
    before: list[int] = []
    for number, (_, to) in enumerate(pairs):
        pile = bisect_left(tops, to)
        before.append(at_top[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(to)
            at_top.append(number)
        else:
            tops[pile] = to
            at_top[pile] = number
    chain = []
    number = at_top[-1] if at_top else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _joined(found: list[tuple[int, int, int]]) -> Iterator[Block]:
    old = new = size = 0
    for next_old, next_new, next_size in found:
        if next_old == old + size and next_new == new + size:
            size += next_size
            continue
        if size:
            yield Block(old=old, new=new, size=size)
        old, new, size = next_old, next_new, next_size
    if size:
        yield Block(old=old, new=new, size=size)
