"""How does a text read without the accidents of its transport, and where does each stretch come from?

What is read by a model or compared with another text is the normalised text; what is recorded are spans of
the original. The map between the two is kept, so that every span goes back to the very characters it came
from.

=============================================  =====================================================
CRLF, CR, vertical tab, form feed, U+2028/9    line feed
no-break and other typographic spaces, tab     space
U+0080 to U+009F                               what the byte means in Windows-1252, or nothing
lone surrogates                                U+FFFD
NUL and the other controls, soft hyphen,       nothing
byte-order mark, zero-width space, word
joiner, marks of writing direction
letter and combining mark (only if asked)      the composed letter (NFC)
=============================================  =====================================================

Zero-width joiners and non-joiners stay: in Persian, in Hindi and in emoji they carry meaning.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from onrecord.errors import TextError
from onrecord.record.span import Span


def _chars(*ranges: int | tuple[int, int]) -> str:
    """The characters with these codes; a pair is a range, both ends included."""
    return "".join(
        chr(code) for part in ranges for code in (range(part[0], part[1] + 1) if isinstance(part, tuple) else [part])
    )


_LINE_ENDS = "\r\x0b\x0c\u2028\u2029"
_BLANKS = "\t" + _chars((0x1C, 0x1F), 0xA0, 0x1680, (0x2000, 0x200A), 0x202F, 0x205F, 0x3000)
_NO_CP1252 = "\x81\x8d\x8f\x90\x9d"
_CP1252 = "".join(char for char in _chars((0x80, 0x9F)) if char not in _NO_CP1252)
_DROPPED = (
    _chars((0x00, 0x08), (0x0E, 0x1B), 0x7F, 0xAD, 0x61C, 0x180E, 0x200B, (0x200E, 0x200F), (0x202A, 0x202E))
    + _chars(0x2060, (0x2066, 0x2069), 0xFEFF)
    + _NO_CP1252
)
# Pages that say Latin-1 and mean Windows-1252 are the one common source of the controls U+0080 to U+009F; the
# quotation marks of Windows-1252 are among them.
_SWAPPED = (
    dict.fromkeys(_LINE_ENDS, "\n")
    | dict.fromkeys(_BLANKS, " ")
    | {char: char.encode("latin-1").decode("cp1252") for char in _CP1252}
)
_LONE = re.compile("[\ud800-\udfff]+")
_LONGEST = 30
"""Marks in a row that are composed together. Ordering them takes the square of their number, and no script
stacks more (Unicode's stream-safe format draws the line here too)."""

_Edit: TypeAlias = tuple[int, int, int, int]
"""Where it begins in the old text, how often it is repeated there, and the length of one repetition before
and after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalised:
    """A text without the accidents of its transport, and the way back to the original.

    Attributes:
        text: The normalised text.
        steps: The edits that led to it, first to last; each step's old text is the new text of the one
            before.
    """

    text: str
    steps: tuple[Edits, ...]

    def to_original(self, span: Span) -> Span:
        """Which stretch of the original does `span` of the normalised text come from?

        The tightest one: what was left out just before and after is not part of it.

        Raises:
            TextError: OR-201, the span ends outside the normalised text.
        """
        if span.end > len(self.text):
            raise TextError(
                "OR-201",
                f"span [{span.start}, {span.end}) ends outside a text of {len(self.text)} code points",
            )
        start, end = span.start, span.end
        for step in reversed(self.steps):
            start, end = step.back(start), step.back(end - 1, end=True)
        return Span(start, end)

    def to_normalised(self, span: Span) -> Span | None:
        """Which stretch of the normalised text comes from `span` of the original, if any does?"""
        start, end = span.start, span.end
        for step in self.steps:
            start, end = step.forth(start), step.forth(end, end=True)
        return Span(start, end) if start < end else None


class Edits:
    """Where do two versions of a text differ, and which of their offsets belong together?

    Only edits that change a length are kept; a run of equal edits (a million CRLF) is one entry of 20 bytes.

    Args:
        edits: In order, not overlapping.
    """

    __slots__ = ("_count", "_new", "_new_size", "_old", "_old_size")

    def __init__(self, edits: Iterable[_Edit]) -> None:
        # Four bytes each would do for any text that fits in memory; "I" has at least that.
        self._old, self._new, self._count = array("I"), array("I"), array("I")
        self._old_size, self._new_size = array("I"), array("I")
        shift = 0
        for old, count, old_size, new_size in edits:
            if self._repeats_last(old, old_size, new_size):
                self._count[-1] += count
            else:
                self._old.append(old)
                self._new.append(old + shift)
                self._count.append(count)
                self._old_size.append(old_size)
                self._new_size.append(new_size)
            shift += count * (new_size - old_size)

    def _repeats_last(self, old: int, old_size: int, new_size: int) -> bool:
        return (
            bool(self._old)
            and self._old[-1] + self._count[-1] * self._old_size[-1] == old
            and self._old_size[-1] == old_size
            and self._new_size[-1] == new_size
        )

    def __len__(self) -> int:
        return len(self._old)

    def back(self, offset: int, *, end: bool = False) -> int:
        """Where does the old text of new code point `offset` begin (or, with `end`, end)?"""
        at = bisect_right(self._new, offset) - 1
        # An edit that leaves nothing holds no new code point; the next one may begin at the same place.
        if at < 0:
            return offset + end
        inside = offset - self._new[at]
        old_size, new_size, count = self._old_size[at], self._new_size[at], self._count[at]
        if inside < count * new_size:
            return self._old[at] + (inside // new_size + end) * old_size
        return self._old[at] + count * old_size + inside - count * new_size + end

    def forth(self, offset: int, *, end: bool = False) -> int:
        """Where does the new text of old code point `offset` begin? With `end`: of the one before, where does
        it end?

        Inside an edit, the whole of one repetition counts.
        """
        at = bisect_right(self._old, offset - end) - 1
        if at < 0:
            return offset
        inside = offset - self._old[at]
        old_size, new_size, count = self._old_size[at], self._new_size[at], self._count[at]
        if inside - end < count * old_size:
            return self._new[at] + (-(-inside // old_size) if end else inside // old_size) * new_size
        return self._new[at] + count * new_size + inside - count * old_size


def normalise(text: str, *, nfc: bool = False) -> Normalised:
    """How does `text` read without the accidents of its transport?

    Args:
        text: Any text.
        nfc: Whether letters and their combining marks are composed too. Time is linear in the text either
            way.

    >>> made = normalise("\\ufeffHe\\u00a0said:\\r\\n«Так»")
    >>> made.text, made.to_original(Span(9, 14))
    ('He said:\\n«Так»', Span(start=11, end=16))
    """
    steps = []
    dropped = [char for char in _DROPPED if char in text]
    if dropped or "\r\n" in text:
        steps.append(Edits(_drops(text, dropped)))
        text = text.replace("\r\n", "\n")
        for char in dropped:
            text = text.replace(char, "")
    # One for one from here to the next step: no offset changes, so there is nothing to map.
    for char, by in _SWAPPED.items():
        text = text.replace(char, by)
    text = _LONE.sub(lambda found: "\ufffd" * len(found[0]), text) if _has_lone(text) else text
    if nfc:
        composed = list(_compositions(text))
        if composed:
            steps.append(Edits((start, 1, len(old), len(new)) for start, old, new in composed if len(old) != len(new)))
            text = _replaced(text, composed)
    return Normalised(text=text, steps=tuple(steps))


def _drops(text: str, dropped: list[str]) -> Iterator[_Edit]:
    either = ["(?:\r\n)+"] + ([f"[{re.escape(''.join(dropped))}]+"] if dropped else [])
    for found in re.finditer("|".join(either), text):
        start, end = found.span()
        yield (start, (end - start) // 2, 2, 1) if text[start] == "\r" else (start, 1, end - start, 0)


def _has_lone(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _compositions(text: str) -> Iterator[tuple[int, str, str]]:
    """Where NFC changes something: the offset, what stands there, and what it becomes."""
    if text.isascii():
        return
    last = 0
    for found in _marks(astral=_ASTRAL.search(text) is not None).finditer(text):
        # The letter before the marks belongs to them, unless this is the rest of a long run.
        start = max(last, found.start() - 1)
        last = found.end()
        old = text[start:last]
        new = unicodedata.normalize("NFC", old)
        if new != old:
            yield start, old, new


def _replaced(text: str, changes: list[tuple[int, str, str]]) -> str:
    parts: list[str] = []
    last = 0
    for start, old, new in changes:
        parts += (text[last:start], new)
        last = start + len(old)
    return "".join([*parts, text[last:]])


_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


@cache
def _marks(*, astral: bool) -> re.Pattern[str]:
    """Runs of characters that NFC may change or put together with the one before.

    They are marks (combining class above 0), the second parts of canonical decompositions, and characters that are
    themselves replaced. All of them lie in three ranges of Unicode.
    """
    found = {*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)}
    for code in (*range(0xC0, 0x3100), *range(0xA000, 0x20000), *range(0x2F800, 0x2FA20)):
        char = chr(code)
        parts = unicodedata.decomposition(char).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            found.add(int(parts[1], 16))
        if unicodedata.combining(char) or not unicodedata.is_normalized("NFC", char):
            found.add(code)
    low = "".join(re.escape(chr(code)) for code in sorted(found) if code < 0x10000)
    high = "".join(re.escape(chr(code)) for code in sorted(found) if code >= 0x10000)
    # One class with both would be searched from end to end for every character: `re` has a quick table for the
    # Basic Multilingual Plane alone.
    either = f"(?:[{low}]|(?={_ASTRAL.pattern})[{high}])" if astral else f"[{low}]"
    return re.compile(f"{either}{{1,{_LONGEST}}}")
