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
    for at in order.tolist():
        # Paragraphs of like length are decoded side by side; the padding stays below the text itself.
        if group and lengths[at] > 2 * lengths[group[0]] + 8:
            _decode(scores, bounds[group], lengths[group], out)
            group = []
        group.append(at)
    if group:
        _decode(scores, bounds[group], lengths[group], out)
    return out


def _decode(scores: Float32, starts: Int64, lengths: Int64, out: Int64) -> None:
    """Viterbi over several paragraphs at once."""
    longest = int(lengths.max(initial=0))
    if longest == 0:
        return
    rows = np.arange(len(starts))
    place = np.minimum(starts[:, None] + np.arange(longest), (starts + np.maximum(lengths, 1) - 1)[:, None])
    back = np.zeros((longest, len(starts), len(ROLE_TAGS)), dtype=np.int8)
    best = scores[place[:, 0]] + _FIRST
    for t in range(1, longest):
        total = best[:, :, None] + _STEP
        back[t] = total.argmax(axis=1)
        moved = np.take_along_axis(total, back[t][:, None, :].astype(np.int64), axis=1)[:, 0] + scores[place[:, t]]
        best = np.where((t < lengths)[:, None], moved, best)
    tag = best.argmax(axis=1)
    for t in range(longest - 1, -1, -1):
        live = t < lengths
        out[starts[live] + t] = tag[live]
        tag = np.where(live, back[t][rows, tag], tag)


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
