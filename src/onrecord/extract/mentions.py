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

LEAST = 0.55
"""How likely a stretch must be a mention."""
REACH = 450
"""How many words back an antecedent is looked for: about what the tagger sees at once."""
MOST, LEAST_PAIR = 5, 0.02
"""How many antecedents a mention keeps, and how likely each must be."""
_WORD = re.compile(r"\w+")
_PRONOUNS = frozenset("i you he she it we they me him us them myself himself herself itself themselves".split())


class Mentions:
    """The mentions of one document, found section by section.

    Attributes:
        found: What was found so far.
    """

    def __init__(self, text: str, biases: MentionBiases) -> None:
        self.found: list[Mention] = []
        self._text = text
        self._ends = np.array([span.end for span in sentences(text)], dtype=np.int64)
        self._biases = biases
        self._words = 0
        self._begins: list[int] = []
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
        self._begins += (begin + self._words).tolist()
        self._keys = np.concatenate([self._keys, key])
        for k in range(len(begin)):
            span = Span(places[begin[k]][0], places[end[k]][1])
            self._forms.append(tuple(_WORD.findall(span.of(self._text).casefold())))
            newness, antecedents = self._antecedents(known + k, ask[k], float(new[k, 0]))
            self.found.append(
                Mention(
                    span=span,
                    kind=MENTION_KINDS[kind[k]],
                    score=round(float(score[k]), 4),
                    new=newness,
                    antecedents=antecedents,
                )
            )
            for word in set(self._forms[-1]):
                self._with_word[word].append(known + k)
        self._words += len(vectors)

    def _furthest(self, places: Sequence[tuple[int, int]]) -> Int64:
        """Up to which word a mention may run that begins at each: no sentence's end lies in a mention, and a pronoun
        that is no possessive stands alone."""
        starts = np.array([start for start, _ in places], dtype=np.int64)
        end_of = np.append(self._ends, len(self._text))[np.searchsorted(self._ends, starts, side="right")]
        furthest: Int64 = np.searchsorted(starts, end_of) - 1
        for k, (start, end) in enumerate(places):
            if self._text[start:end].casefold() in _PRONOUNS:
                furthest[k] = k
        return furthest

    def _antecedents(self, at: int, ask: Float32, new: float) -> tuple[float, tuple[Antecedent, ...]]:
        """How likely the mention is new, and the best earlier ones."""
        first = bisect_left(self._begins, self._begins[at] - REACH, 0, at)
        if first == at:
            return 1.0, ()
        far = distance_bucket(np.array(self._begins[first:at], dtype=np.int64) - self._begins[at])
        score = self._keys[first:at] @ ask / np.float32(PAIR_WIDTH**0.5) + self._biases.apart[far]
        form = self._forms[at]
        for other in {k for word in set(form) for k in self._with_word[word][-50:] if k >= first}:
            score[other - first] += _alike(form, self._forms[other]) @ self._biases.same
        top = max(float(score.max()), new)
        mass = np.exp(score - top)
        total = float(mass.sum()) + float(np.exp(new - top))
        best = np.argsort(-mass, kind="stable")[:MOST]
        chosen = [(first + int(k), float(mass[k]) / total) for k in best]
        return round(float(np.exp(new - top)) / total, 4), tuple(
            Antecedent(mention=k, score=round(p, 4)) for k, p in chosen if p >= LEAST_PAIR
        )


def _of_ends(vectors: Float32, begin: Int64, end: Int64, part: str) -> Float32:
    """One part of the vectors of mentions, from their first and last words; float32 (mentions, width)."""
    left, right = (mention_columns(f"{part} of {side}") for side in ("begin", "end"))
    out: Float32 = vectors[begin, left] + vectors[end, right]
    return out


def _alike(left: tuple[str, ...], right: tuple[str, ...]) -> Float32:
    """What two forms share (``layout.SAMENESS``); both hold a word."""
    one, two = set(left), set(right)
    out = np.array([left == right, left[-1] == right[-1], one <= two or two <= one], dtype=np.float32)
    assert len(out) == len(SAMENESS)
    return out


def _spans(vectors: Float32, furthest: Int64) -> tuple[Int64, Int64, Int64, Float32]:
    """First word, last word, kind and score of each mention; sorted by first word, the longer first.

    Args:
        vectors: Mention vectors, float32 (words, MENTION_WIDTH).
        furthest: Up to which word a mention may run that begins at each, int64 (words,).
    """
    n = len(vectors)
    begin, end = vectors[:, mention_columns("begin")], vectors[:, mention_columns("end")]
    of_begin, of_end = vectors[:, mention_columns("kind of begin")], vectors[:, mention_columns("kind of end")]
    rows: list[tuple[Int64, Int64, Int64, Float32]] = []
    for lag in range(min(LONGEST_MENTION, n)):
        fit = np.einsum("wk,wk->w", begin[: n - lag], end[lag:]) / np.float32(SPAN_WIDTH**0.5)
        logit = of_begin[: n - lag] + of_end[lag:] + fit[:, None]
        top = np.maximum(logit.max(axis=1), 0.0)
        mass = np.exp(logit - top[:, None])
        score = mass.sum(axis=1) / (mass.sum(axis=1) + np.exp(-top))
        at = np.flatnonzero((score > LEAST) & (np.arange(n - lag) + lag <= furthest[: n - lag]))
        rows.append((at, at + lag, logit[at].argmax(axis=1), score[at].astype(np.float32)))
    first, last, kind, score = (np.concatenate(column) for column in zip(*rows, strict=True))
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
