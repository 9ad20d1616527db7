"""From mention vectors to mentions: where somebody is spoken of, and of whom it may be again.

A stretch of words is a mention by its first and its last word, and so is a pair of mentions (Kirstain, Ram and Levy
2021); how alike two mentions are written is added to the pair's score.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from onrecord.extract.dots import dots
from onrecord.extract.layout import (
    LONGEST_MENTION,
    PAIR_WIDTH,
    SAMENESS,
    SPAN_WIDTH,
    distance_bucket,
    mention_columns,
)
from onrecord.models.session import MentionBiases
from onrecord.record.mention import MENTION_KINDS, Antecedent, Mention
from onrecord.record.span import Span
from onrecord.text.sentences import sentences

Float32: TypeAlias = npt.NDArray[np.float32]
Int64: TypeAlias = npt.NDArray[np.int64]
Bool: TypeAlias = npt.NDArray[np.bool_]

LEAST = 0.55
"""How likely a stretch must be a mention."""
REACH = 450
"""How many words back an antecedent is looked for: about what the tagger sees at once."""
MOST, LEAST_PAIR = 5, 0.02
"""How many antecedents a mention keeps, and how likely each must be."""
SEEN = 50
"""Of how many earlier mentions with the same word the writing is compared."""
_BLOCK = 256
"""Mentions, or words, that are looked at together: enough for whole matrices, few enough to keep them small."""
_WORD = re.compile(r"\w+")
_PRONOUNS = frozenset("i you he she it we they me him us them myself himself herself itself themselves".split())
_LONGEST_PRONOUN = max(map(len, _PRONOUNS))


class Mentions:
    """The mentions of one document, found section by section.

    Attributes:
        found: What was found so far.
    """

    def __init__(self, text: str, biases: MentionBiases) -> None:
        self.found: list[Mention] = []
        self._text = text
        self._ends = np.array([span.end for span in sentences(text)], dtype=np.int64)
        self._apart = biases.apart[distance_bucket(-np.arange(REACH + 1))]
        shared = np.arange(1 << len(SAMENESS))[:, None] >> np.arange(len(SAMENESS)) & 1
        self._alike: Float32 = shared.astype(np.float32) @ biases.same
        self._words = 0
        self._begins: Int64 = np.zeros(0, dtype=np.int64)
        self._keys: Float32 = np.zeros((0, PAIR_WIDTH), dtype=np.float32)
        self._forms: list[tuple[str, ...]] = []
        self._with_word: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, vectors: Float32, places: Sequence[tuple[int, int]]) -> None:
        """Finds the mentions of the next section.

        Args:
            vectors: The tagger's mention vector of each word, float32 (words, MENTION_WIDTH).
            places: Where each word stands in the text, [start, end).
        """
        begin, end, kind, score = _spans(vectors, self._furthest(places))
        ask, key, new = (_of_ends(vectors, begin, end, part) for part in ("ask", "key", "new"))
        known = len(self.found)
        self._begins = np.concatenate([self._begins, begin + self._words])
        self._keys = np.concatenate([self._keys, key])
        self._words += len(vectors)
        for first in range(0, len(begin), _BLOCK):
            part = slice(first, first + _BLOCK)
            spans = [
                Span(places[b][0], places[e][1]) for b, e in zip(begin[part].tolist(), end[part].tolist(), strict=True)
            ]
            for number, span in enumerate(spans, known + first):
                form = tuple(_WORD.findall(span.of(self._text).casefold()))
                self._forms.append(form)
                for word in set(form):
                    self._with_word[word].append(number)
            answers = self._antecedents(known + first, ask[part], new[part, 0])
            sure = score[part].astype(np.float64).round(4).tolist()
            for span, which, likely, (newness, antecedents) in zip(
                spans, kind[part].tolist(), sure, answers, strict=True
            ):
                self.found.append(
                    Mention(span=span, kind=MENTION_KINDS[which], score=likely, new=newness, antecedents=antecedents)
                )

    def _furthest(self, places: Sequence[tuple[int, int]]) -> Int64:
        """Up to which word a mention may run that begins at each: no sentence's end lies in a mention, and a pronoun
        that is no possessive stands alone."""
        starts = np.array([start for start, _ in places], dtype=np.int64)
        end_of = np.append(self._ends, len(self._text))[np.searchsorted(self._ends, starts, side="right")]
        furthest: Int64 = np.searchsorted(starts, end_of) - 1
        for k, (start, end) in enumerate(places):
            if end - start <= _LONGEST_PRONOUN and self._text[start:end].casefold() in _PRONOUNS:
                furthest[k] = k
        return furthest

    def _antecedents(self, at: int, ask: Float32, new: Float32) -> list[tuple[float, tuple[Antecedent, ...]]]:
        """How likely each of the mentions from number `at` on is new, and the best earlier ones of each.

        Args:
            at: The number of the first of them.
            ask: What they look for, float32 (mentions, PAIR_WIDTH).
            new: What speaks for each as new, float32 (mentions,).
        """
        to = at + len(ask)
        begins = self._begins[at:to]
        firsts = np.searchsorted(self._begins, begins - REACH)
        low = int(firsts[0])
        numbers = np.arange(low, to)
        far = (begins[:, None] - self._begins[None, low:to]).clip(0, REACH)
        score = (
            dots(ask, self._keys[low:to]) / np.float32(PAIR_WIDTH**0.5) + self._apart[far] + self._writing(low, at, to)
        )
        score[(numbers < firsts[:, None]) | (numbers >= np.arange(at, to)[:, None])] = -np.inf
        top = np.maximum(score.max(axis=1), new)
        mass = np.exp(score - top[:, None])
        of_new = np.exp(new - top).astype(np.float64)
        total = mass.sum(axis=1) + of_new
        share = mass / total[:, None]
        chosen: list[list[Antecedent]] = [[] for _ in range(at, to)]
        rows, columns = np.nonzero(share >= LEAST_PAIR)
        shares = share[rows, columns]
        best = np.lexsort((columns, -shares, rows))
        for row, column, each in zip(
            rows[best].tolist(), (columns[best] + low).tolist(), shares[best].round(4).tolist(), strict=True
        ):
            if len(chosen[row]) < MOST:
                chosen[row].append(Antecedent(mention=column, score=each))
        return list(zip((of_new / total).round(4).tolist(), map(tuple, chosen), strict=True))

    def _writing(self, low: int, at: int, to: int) -> Float32:
        """What the writing adds to each pair of a mention from `at` to `to` and one from `low` to `to`."""
        forms = self._forms[low:to]
        place = {word: k for k, word in enumerate({word for form in forms for word in form})}
        holds = np.zeros((to - low, len(place)), dtype=np.float32)
        for row, form in enumerate(forms):
            holds[row, [place[word] for word in form]] = 1.0
        last = np.array([place[form[-1]] if form else -1 - k for k, form in enumerate(forms)])
        number = {form: k for k, form in enumerate(dict.fromkeys(forms))}
        same = np.array([number[form] for form in forms])
        sizes = holds.sum(axis=1)
        part = slice(at - low, to - low)
        common = dots(holds[part], holds)
        what = (same[part, None] == same) + 2 * (last[part, None] == last)
        what += 4 * (common == np.minimum(sizes[part, None], sizes))
        out: Float32 = np.where(self._compared(low, at, to, place, holds), self._alike[what], np.float32(0.0))
        return out

    def _compared(self, low: int, at: int, to: int, place: dict[str, int], holds: Float32) -> Bool:
        """Which pairs share a word, one of those that did not come too often between them?"""
        often = [word for word in place if len(self._with_word[word]) > SEEN]
        seldom = holds.copy()
        seldom[:, [place[word] for word in often]] = 0.0
        out: Bool = dots(seldom[at - low :], seldom) > 0
        for word in often:
            with_word = self._with_word[word]
            for rank in range(bisect_left(with_word, at), len(with_word)):
                before = [k - low for k in with_word[max(0, rank - SEEN) : rank] if k >= low]
                out[with_word[rank] - at, before] = True
        return out


def _of_ends(vectors: Float32, begin: Int64, end: Int64, part: str) -> Float32:
    """One part of the vectors of mentions, from their first and last words; float32 (mentions, width)."""
    left, right = (mention_columns(f"{part} of {side}") for side in ("begin", "end"))
    out: Float32 = vectors[begin, left] + vectors[end, right]
    return out


def _spans(vectors: Float32, furthest: Int64) -> tuple[Int64, Int64, Int64, Float32]:
    """First word, last word, kind and score of each mention; sorted by first word, the longer first.

    Args:
        vectors: Mention vectors, float32 (words, MENTION_WIDTH).
        furthest: Up to which word a mention may run that begins at each, int64 (words,).
    """
    n = len(vectors)
    begin, end, of_begin, of_end = (
        vectors[:, mention_columns(part)] for part in ("begin", "end", "kind of begin", "kind of end")
    )
    found: list[tuple[Int64, Int64, Int64, Float32]] = []
    for low in range(0, n, _BLOCK):
        words = np.arange(low, min(low + _BLOCK, n))
        high = int(words[-1]) + LONGEST_MENTION
        fit = dots(begin[low : words[-1] + 1], end[low:high]) / np.float32(SPAN_WIDTH**0.5)
        sizes = np.minimum(furthest[words] - words + 1, LONGEST_MENTION)
        first = np.repeat(words, sizes)
        last = np.arange(len(first)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + first
        logit = of_begin[first] + of_end[last] + fit[first - low, last - low, None]
        top = np.maximum(logit.max(axis=1), 0.0)
        mass = np.exp(logit - top[:, None]).sum(axis=1)
        score = mass / (mass + np.exp(-top))
        at = np.flatnonzero(score > LEAST)
        found.append((first[at], last[at], logit[at].argmax(axis=1), score[at]))
    first, last, kind, score = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.lexsort((-last, first))
    order = order[_not_crossing(first[order], last[order], score[order])]
    return first[order], last[order], kind[order], score[order]


def _not_crossing(first: Int64, last: Int64, score: Float32) -> Int64:
    """Which stretches to keep so that no two cross: of two that do, the likelier. Sorted like the input."""
    kept: list[int] = []
    for k in range(len(first)):
        keep = True
        for j in reversed(kept):
            if last[j] < first[k] and first[k] - first[j] > LONGEST_MENTION:
                break
            if first[j] < first[k] <= last[j] < last[k]:
                if score[j] >= score[k]:
                    keep = False
                    break
                kept.remove(j)
        if keep:
            kept.append(k)
    return np.array(kept, dtype=np.int64)
