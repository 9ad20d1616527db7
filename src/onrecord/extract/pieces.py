"""A text as the tagger sees it: word pieces with their places and what the uncased vocabulary loses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from onrecord.text.quotation import Quotation, find_quotations

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Int32: TypeAlias = npt.NDArray[np.int32]
Bool: TypeAlias = npt.NDArray[np.bool_]

FEATURES = ("case", "quote", "gap")
FEATURE_SIZES = (6, 7, 4)
"""How many values each feature has."""

CASE_NONE, CASE_LOWER, CASE_TITLE, CASE_UPPER, CASE_MIXED, CASE_DIGITS = range(6)
QUOTE_OUT, QUOTE_IN, QUOTE_OPEN, QUOTE_CLOSE, QUOTE_NESTED, QUOTE_DASH, QUOTE_UNCLOSED = range(7)
GAP_NONE, GAP_SPACE, GAP_LINE, GAP_PARAGRAPH = range(4)

_BLOCK = 50_000
_SURROGATE = re.compile("[\ud800-\udfff]")
_BOUNDARY = re.compile(r"\s\S")


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a text.

    Attributes:
        ids: Vocabulary ids, int32, shape (pieces,).
        starts: First code point of each piece, int32, shape (pieces,).
        ends: One past its last code point, int32, shape (pieces,).
        head: Whether the piece begins a word, bool, shape (pieces,).
        features: One row for each of FEATURES, int32, shape (3, pieces).
        dash: Whether the piece stands in a dash quotation, marks inside it included, bool, shape (pieces,).
    """

    ids: Int32
    starts: Int32
    ends: Int32
    head: Bool
    features: Int32
    dash: Bool

    def __len__(self) -> int:
        return len(self.ids)


def cut_pieces(text: str, tokenizer: Tokenizer) -> Pieces:
    """Which word pieces is `text` made of?

    Args:
        text: Any text; lone surrogates and NULs are allowed.
        tokenizer: An uncased WordPiece tokenizer without truncation and padding.

    Returns:
        The pieces in the order of the text, sorted and not overlapping.
    """
    safe = _SURROGATE.sub("\ufffd", text)  # one code point for one, so that offsets hold
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    continuation: list[bool] = []
    for begin, end in _blocks(safe):
        encoding = tokenizer.encode(safe[begin:end], add_special_tokens=False)
        ids += encoding.ids
        places = encoding.offsets
        starts += [begin + place[0] for place in places]
        ends += [begin + place[1] for place in places]
        words = encoding.word_ids
        continuation += [k > 0 and words[k] == words[k - 1] for k in range(len(words))]
    first, last = np.array(starts, dtype=np.int32), np.array(ends, dtype=np.int32)
    head = ~np.array(continuation, dtype=np.bool_)
    quotations = find_quotations(safe)
    features = _features(safe, first, last, head, quotations)
    dash = np.zeros(len(safe), dtype=np.bool_)
    for quotation in quotations:
        if quotation.form == "dash":
            dash[quotation.span.start : quotation.span.end] = True
    return Pieces(np.array(ids, dtype=np.int32), first, last, head, features, dash[first])


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Cut a long text at white space, so that the tokenizer's own lists stay small."""
    begin = 0
    while len(text) - begin > _BLOCK:
        found = _BOUNDARY.search(text, begin + _BLOCK, begin + 2 * _BLOCK)
        end = found.start() + 1 if found else begin + _BLOCK
        yield begin, end
        begin = end
    yield begin, len(text)


def _features(text: str, starts: Int32, ends: Int32, head: Bool, quotations: list[Quotation]) -> Int32:
    out = np.zeros((len(FEATURES), len(starts)), dtype=np.int32)
    if len(starts) == 0:
        return out
    counts, flags = _char_classes(text)
    out[0] = _cases(counts, flags, starts, ends, head)
    marks = _quote_states(text, quotations)
    out[1] = marks[starts]
    # A mark of two code points ("``") is cut into two pieces by some tokenizers; the state of its start is enough.
    out[2] = _gaps(text, counts, starts, ends)
    return out


def _char_classes(text: str) -> tuple[Int32, Int32]:
    """Running counts of upper-case letters, other letters, digits, line breaks and spaces, and the flags they count."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    kinds, inverse = np.unique(codes, return_inverse=True)
    table = np.zeros((len(kinds), 5), dtype=np.int32)
    for row, code in enumerate(kinds):
        char = chr(int(code))
        table[row] = (
            char.isupper(),
            char.isalpha() and not char.isupper(),
            char.isdigit(),
            char in "\n\r\u2028\u2029",
            char.isspace(),
        )
    flags = table[inverse]
    counts = np.zeros((len(codes) + 1, 5), dtype=np.int32)
    np.cumsum(flags, axis=0, out=counts[1:])
    return counts, flags


def _cases(counts: Int32, flags: Int32, starts: Int32, ends: Int32, head: Bool) -> Int32:
    """The letter case of the word of each piece."""
    word = np.cumsum(head) - 1
    first = starts[head]
    # A word ends where its last piece ends.
    tails = np.append(np.flatnonzero(head)[1:] - 1, len(starts) - 1)
    last = ends[tails]
    total = counts[last] - counts[first]
    upper, lower, digit = total[:, 0], total[:, 1], total[:, 2]
    starts_upper = flags[first, 0] == 1
    case = np.full(len(first), CASE_NONE, dtype=np.int32)
    case[digit > 0] = CASE_DIGITS
    case[lower > 0] = CASE_LOWER
    case[upper > 0] = CASE_MIXED
    case[(upper > 0) & (lower == 0)] = CASE_UPPER
    case[starts_upper & (upper == 1)] = CASE_TITLE
    out: Int32 = case[word]
    return out


def _quote_states(text: str, quotations: list[Quotation]) -> Int32:
    """For every code point: outside, inside, at an opening or closing mark, nested, in a dash or unclosed quotation."""
    state = np.zeros(len(text), dtype=np.int32)
    for quotation in quotations:
        start, end = quotation.span.start, quotation.span.end
        if quotation.form != "marks":
            state[start:end] = QUOTE_DASH
            continue
        inner = QUOTE_UNCLOSED if not quotation.closed else QUOTE_IN if quotation.level == 0 else QUOTE_NESTED
        state[start:end] = inner
        state[start] = QUOTE_OPEN
        if quotation.closed:
            state[end - 1] = QUOTE_CLOSE
    return state


def _gaps(text: str, counts: Int32, starts: Int32, ends: Int32) -> Int32:
    """What stands before each piece: nothing, a space, a line break, a paragraph break (or the start)."""
    before = np.append(0, ends[:-1])
    between = counts[starts] - counts[before]
    gap = np.full(len(starts), GAP_NONE, dtype=np.int32)
    gap[between[:, 4] > 0] = GAP_SPACE
    gap[between[:, 3] > 0] = GAP_LINE
    gap[between[:, 3] > 1] = GAP_PARAGRAPH
    if "\r\n" in text:
        for at in np.flatnonzero(between[:, 3] == 2):
            if "\r\n" in text[before[at] : starts[at]]:
                gap[at] = GAP_LINE
    gap[0] = GAP_PARAGRAPH
    return gap
