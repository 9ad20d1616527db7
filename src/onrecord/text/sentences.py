"""Where do the sentences of a text begin and end?

By rules, made for news in English and cautious elsewhere: a full stop ends a sentence unless what stands
before it or after it speaks against it. Everything that is no white space lies in exactly one sentence. Time
is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from onrecord.record.span import Span, Spans
from onrecord.text.abbreviations import (
    BEFORE_NUMBER,
    MONTHS,
    NEVER_LAST,
    NEVER_LAST_CAPITAL,
    OPENERS,
    SAYING,
    SELDOM_LAST,
    SELDOM_LAST_CAPITAL,
)

_LINE_END = r"(?:\r\n|[\n\r\x0b\x0c\x85\u2028])"
_BREAK = re.compile(rf"{_LINE_END}[^\S\n\r\x0b\x0c\x85\u2028\u2029]*+(?P<blank>{_LINE_END}|\u2029)?\s*+|\u2029\s*+")
_CLOSING = "\"'”’“‘»«›‹」』）】〉》)\\]}＂"
_CLOSERS = _CLOSING.replace("\\", "")
_WIDE = "。！？｡．"
_STOP = re.compile(rf"(?:[.!?…‽⁇⁈⁉؟۔।॥։።]|(?P<wide>[{_WIDE}]))++[{_CLOSING}]*+(?:\s?\[\d{{1,3}}\])*+")
_OPENING = "\"'“”„‟«»‹›‘’‚「『（【(\\[¿¡–—―-•*"
_NEXT = re.compile(rf"\s*+[\s{_OPENING}]{{0,8}}")
_WORD = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*")
_START = re.compile(r"\S{1,40}")
_BEFORE_TOKEN = "\"'“”„«»‘’()[]"
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]\Z")
_LONGEST_TOKEN = 40
_FEW_WORDS = 5
_SHORT_LINE = 50
_WRAPPED_LINE = 130
_TEXTS = 4
"""Texts whose sentences are remembered: every stage asks for those of the document that it is given."""
_BULLET = re.compile(r"[-–—•*▪●■]\s|\d{1,2}[.)]\s")


@lru_cache(maxsize=_TEXTS)
def sentences(text: str) -> Spans:
    """Where do the sentences of `text` begin and end?

    A blank line always ends a sentence, and so does the end of a line, unless the line was plainly wrapped. A
    headline is a sentence.

    Returns:
        Spans without white space at their ends, sorted, not overlapping; every character of `text` that is no
        white space lies in one of them.

    >>> [span.of("He left. Mr. X.") for span in sentences("He left. Mr. X.")]
    ['He left.', 'Mr. X.']
    """
    found: list[Span] = []
    for start, end in _paragraphs(text):
        last = start
        for stop in _stops(text, start, end):
            found.extend(_trimmed(text, last, stop))
            last = stop
        found.extend(_trimmed(text, last, end))
    return tuple(found)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    right = len(words.rstrip())
    if left < right:
        yield Span(start + left, start + right)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that no sentence crosses: paragraphs, and lines where lines are not wrapped."""
    start = 0
    lines: list[tuple[int, int]] = []
    for found in _BREAK.finditer(text):
        lines.append((start, found.start()))
        start = found.end()
        if found["blank"] or "\u2029" in found[0]:
            yield from _unwrapped(text, lines)
            lines = []
    lines.append((start, len(text)))
    yield from _unwrapped(text, lines)


def _unwrapped(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The lines of one paragraph, those put together that a sentence may cross."""
    width = max(end - start for start, end in lines)
    begin = lines[0][0]
    for line, following in pairwise(lines):
        if not _goes_on(text, line, following, width):
            yield begin, line[1]
            begin = following[0]
    yield begin, lines[-1][1]


def _goes_on(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Was `line` wrapped, so that its sentence may go on in the `following` one?"""
    (start, end), (next_start, next_end) = line, following
    if start == end or next_start == next_end or _BULLET.match(text, next_start, next_end):
        return False
    if _is_lower(text[next_start]) and text[end - 1] not in ".!?:;":
        return True
    # A line was wrapped where the next word would not have fitted in the width of its paragraph.
    if not _SHORT_LINE <= width <= _WRAPPED_LINE:
        return False
    word = _START.match(text, next_start, next_end)
    return word is not None and end - start + 1 + len(word[0]) > width


def _stops(text: str, start: int, end: int) -> Iterator[int]:
    """Where in the paragraph [start, end) does a sentence end before the paragraph does?"""
    first = start
    for found in _STOP.finditer(text, start, end):
        stop = found.end()
        if stop == end:
            return
        if not text[stop].isspace():
            # Chinese and Japanese put no space between sentences; after a quotation, one may go on.
            if found["wide"] is None or (found[0][-1] not in _WIDE and text[stop] not in "「『“《（"):
                continue
        elif not _ends(text, first, found, end):
            continue
        yield stop
        first = stop


def _ends(text: str, first: int, found: re.Match[str], end: int) -> bool:
    """Does the sentence that begins at `first` end with the full stop or the like in `found`?"""
    after = _NEXT.match(text, found.end(), end)
    at = found.end() if after is None else after.end()
    if at >= end:
        return True
    if _is_lower(text[at]):
        return False
    marks = found[0]
    if marks[0] == "." and marks[1:2] != ".":
        return _full_stop_ends(text, first, found.start(), at, end, quoted=len(marks) > 1)
    if marks[0] in "!?" and marks[-1] in _CLOSERS:
        return not _is_asked(text, at, end)
    return True


def _full_stop_ends(text: str, first: int, dot: int, at: int, end: int, *, quoted: bool) -> bool:
    before = _token(text[max(first, dot - _LONGEST_TOKEN) : dot])
    if not before or quoted:
        return True
    word = _WORD.match(text, at, min(end, at + _LONGEST_TOKEN))
    following = word[0].casefold() if word else ""
    lowered = before.casefold()
    if before.isdecimal():
        # "1. Text", "am 3. Oktober"
        ahead = dot - len(before)
        opens = ahead - first < _LONGEST_TOKEN and not text[first:ahead].strip()
        return not (len(before) <= 2 and (opens or following in MONTHS))
    if lowered in NEVER_LAST or before in NEVER_LAST_CAPITAL:
        return False
    if lowered in BEFORE_NUMBER and following[:1].isdecimal():
        return False
    # "J. Smith", "J.K. Rowling", but "in the U.S. The"
    initials = before[0].isupper() and _INITIALS.fullmatch(before)
    if initials or lowered in SELDOM_LAST or before in SELDOM_LAST_CAPITAL:
        return following in OPENERS
    return True


def _token(before: str) -> str:
    """The last word of `before`, with the stops inside it ("U.S", "z.B"); empty after a space."""
    if not before or before[-1].isspace():
        return ""
    word = before.rsplit(maxsplit=1)[-1].lstrip(_BEFORE_TOKEN)
    return word.replace("—", "–").replace("/", "–").rpartition("–")[2]


def _is_asked(text: str, at: int, end: int) -> bool:
    """Do words like ``Joe Smith asked`` stand here?"""
    words = text[at : min(end, at + 80)].split()[:_FEW_WORDS]
    for number, word in enumerate(words):
        bare = word.strip(".,:;").casefold()
        if bare in SAYING:
            return number > 0
        if not word[0].isupper() and bare not in {"the", "of", "de", "van", "von", "al", "bin"}:
            return False
        if word[-1] in ".!?":
            return False
    return False


def _is_lower(char: str) -> bool:
    # Georgian letters count as lower case and have no capitals in running text.
    return char.islower() and not "\u10d0" <= char <= "\u10ff"
