"""From tag scores to stretches: the best sequence of tags of every paragraph (Viterbi 1967), under the rules of BIO."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from onrecord.extract.layout import B_CONTENT, B_CUE, B_SOURCE, I_CONTENT, I_CUE, I_SOURCE, ROLE_TAGS

Float32: TypeAlias = npt.NDArray[np.float32]
Int64: TypeAlias = npt.NDArray[np.int64]
Bool: TypeAlias = npt.NDArray[np.bool_]

_FORBIDDEN = -1e4
_PADDING, _PADDED = 8, 4096
"""How many words, padding included, are decoded at once: so many times the words themselves, and so many more."""


def _rules() -> tuple[Float32, Float32]:
    """Scores of transitions (tags, tags) and of beginnings (tags,): 0 if allowed."""
    step = np.zeros((len(ROLE_TAGS), len(ROLE_TAGS)), dtype=np.float32)
    for begin, inside in ((B_SOURCE, I_SOURCE), (B_CUE, I_CUE), (B_CONTENT, I_CONTENT)):
        step[:, inside] = _FORBIDDEN
        step[[begin, inside], inside] = 0.0
    first = np.zeros(len(ROLE_TAGS), dtype=np.float32)
    first[[I_SOURCE, I_CUE]] = _FORBIDDEN  # a content may go on from the paragraph before
    return step, first


_STEP, _FIRST = _rules()


def best_tags(scores: Float32, bounds: Int64) -> Int64:
    """Which sequence of tags is the most probable in each paragraph?

    Args:
        scores: Log probabilities, float32 (words, tags).
        bounds: First word of each paragraph and, last, the number of words; int64 (paragraphs + 1,), rising.

    Returns:
        The tag of each word, int64 (words,). No inside tag follows a tag of another role.
    """
    out = np.zeros(len(scores), dtype=np.int64)
    lengths = np.diff(bounds)
    order = np.argsort(lengths, kind="stable")
    group: list[int] = []
    words = 0
    for at in order.tolist():
        # Paragraphs are decoded side by side as long as the padding stays in proportion to the text itself.
        if group and lengths[at] * (len(group) + 1) > _PADDING * words + _PADDED:
            _decode(scores, bounds[group], lengths[group], out)
            group, words = [], 0
        group.append(at)
        words += int(lengths[at])
    if group:
        _decode(scores, bounds[group], lengths[group], out)
    return out


def _decode(scores: Float32, starts: Int64, lengths: Int64, out: Int64) -> None:
    """Viterbi over several paragraphs at once."""
    longest = int(lengths.max(initial=0))
    if longest == 0:
        return
    # Longest first, so that those which go on at any word are the first `live` ones. Tags come before paragraphs.
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[order], lengths[order]
    live = np.searchsorted(-lengths, -np.arange(longest), side="left")
    place = np.minimum(starts + np.arange(longest)[:, None], starts + np.maximum(lengths, 1) - 1)
    score = np.ascontiguousarray(scores[place].transpose(0, 2, 1))
    back = np.zeros((longest, len(ROLE_TAGS), len(starts)), dtype=np.intp)
    best = score[0] + _FIRST[:, None]
    for t in range(1, longest):
        total = best[:, None, : live[t]] + _STEP[:, :, None]
        total.argmax(axis=0, out=back[t, :, : live[t]])
        best[:, : live[t]] = total.max(axis=0) + score[t, :, : live[t]]
    tag = best.argmax(axis=0)
    rows = np.arange(len(starts))
    for t in range(longest - 1, -1, -1):
        n = live[t]
        out[starts[:n] + t] = tag[:n]
        tag[:n] = back[t, tag[:n], rows[:n]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words in a row with one role.

    Attributes:
        start, end: Words, half-open.
        goes_on: Whether it begins a paragraph as the continuation of the content before.
    """

    start: int
    end: int
    goes_on: bool = False


def stretches(tags: Int64, begin: int, inside: int, firsts: Bool) -> list[Stretch]:
    """The stretches of one role, in order.

    Args:
        tags: int64 (words,), obeying BIO.
        begin, inside: The role's two tags.
        firsts: bool (words,), whether a word begins a paragraph.
    """
    is_begin, is_inside = tags == begin, tags == inside
    follows = np.zeros(len(tags), dtype=bool)
    follows[1:] = (is_begin | is_inside)[:-1]
    opens = is_begin | (is_inside & (~follows | firsts))
    starts = np.flatnonzero(opens)
    member = is_begin | is_inside
    out = []
    for k, start in enumerate(starts.tolist()):
        limit = int(starts[k + 1]) if k + 1 < len(starts) else len(tags)
        gap = np.flatnonzero(~member[start:limit])
        end = start + int(gap[0]) if len(gap) else limit
        out.append(Stretch(start, end, bool(is_inside[start])))
    return out
