"""Which earlier statements could bear on a new one?"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from onrecord.connect.claim import Claim, Order, Page

Rank: TypeAlias = tuple[Order, int, str]
"""Where a statement stands among all: its document's place, where it begins, its name."""

Numbers: TypeAlias = npt.NDArray[np.uint32]
"""Statements, or the words that lead to them, by the numbers they got when they came."""

TELLING = 2.5
"""Rarity from which a word of the content leads to other statements."""

TELLING_AROUND = 4.5
"""The same for words that stand only around it, and for those of a document's topic; the first count half."""

OF_NUMBER = 3.0
"""What a number in common counts, beside the rarities of words."""

ENOUGH = 7.0
"""Rarities that two statements must share, in sum."""

OF_ACTOR = 3.5
"""What the same actor counts."""

OF_PAGE = 25.0
"""What it counts that the documents are on one matter, at most; times the share of their topics in common."""

LEAST_OF_PAGE = 0.08
"""Documents whose topics share less than this are on different matters."""

NEAREST = 200
"""Of the earlier statements with a word, so many of the latest are looked at."""

NEAREST_OF_ACTOR = 400
"""The same for statements of the same actor."""

NEAREST_PAGES = 60
"""The same for documents with a word of the topic."""

MOST_PAGES = 10
"""So many documents on one matter are looked at, those first that share most."""

MOST = 40
"""So many candidates are compared with a statement, those first that share most."""


MOST_COPIES = 3
"""Of the copies of one statement in printings of one text, so many are compared."""

COPIED_WORDS = 8
"""Statements of one text that begin with the same words are copies."""


def rank_of(claim: Claim) -> Rank:
    """Where does a statement stand among all?"""
    return claim.page.order, claim.content[0].start, claim.name


def keys_of(claim: Claim) -> dict[str, float]:
    """By which words is a statement found, and what does each count?"""
    keys = {word: weight / 2 for word, weight in claim.around.items() if weight >= TELLING_AROUND}
    keys |= {word: weight for word, weight in claim.words.items() if weight >= TELLING}
    keys |= {f"={number.value:g}": OF_NUMBER for number in claim.numbers if number.value > 2}
    return keys


class Index:
    """Finds, for a statement, the earlier ones that could bear on it.

    What it finds depends only on the statements before it in :data:`Rank`, whatever the order in which they came.
    Statements and words are kept by number, in arrays: a hundred thousand statements fit into memory.
    """

    def __init__(self) -> None:
        self.claims: dict[Rank, Claim] = {}
        self.last: Order | None = None
        """Where the latest document stands."""

        self._ranks: list[Rank] = []
        self._number: dict[Rank, int] = {}
        self._key: dict[str, int] = {}
        self._keys: list[tuple[Numbers, npt.NDArray[np.float32]]] = []
        self._holders: list[array[int]] = []
        self._of_actor: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._of_topic: dict[str, list[Order]] = defaultdict(list)
        self._pages: dict[Order, tuple[Page, range]] = {}
        self._related: dict[Order, dict[Order, float]] = {}
        # Room to add up in: for every word, and for every statement; all zero between two questions.
        self._mine = np.zeros(0, dtype=np.float64)
        self._sums = np.zeros(0, dtype=np.float64)

    def add(self, page: Page, claims: Iterable[Claim]) -> list[Rank]:
        """Take a document and its statements in."""
        begin = len(self._ranks)
        for claim in claims:
            rank, number = rank_of(claim), len(self._ranks)
            self.claims[rank] = claim
            self._number[rank] = number
            self._ranks.append(rank)
            keys = keys_of(claim)
            numbers = [self._key.setdefault(key, len(self._key)) for key in keys]
            self._holders += [array("I") for _ in range(len(self._key) - len(self._holders))]
            self._keys.append((np.array(numbers, dtype=np.uint32), np.array([*keys.values()], dtype=np.float32)))
            for key in numbers:
                self._insert(self._holders[key], number)
            if claim.source.actor is not None:
                self._insert(self._of_actor[claim.source.actor], number)
        self._pages[page.order] = page, range(begin, len(self._ranks))
        self.last = page.order if self.last is None else max(self.last, page.order)
        self._related.clear()
        for word, weight in page.topic.items():
            if weight >= TELLING_AROUND:
                insort(self._of_topic[word], page.order)
        return self._ranks[begin:]

    def candidates(self, rank: Rank, first: Callable[[Page], str]) -> list[Rank]:
        """Which earlier statements could bear on this one? Those first that share most.

        Args:
            rank: The statement.
            first: The first printing of a document; of the printings of one text a few are enough.
        """
        claim = self.claims[rank]
        out: list[Rank] = []
        copies: dict[tuple[str, tuple[str, ...]], int] = {}
        for other in self._promising(rank, claim):
            earlier = self.claims[other]
            text = first(earlier.page), earlier.forms[:COPIED_WORDS]
            count = copies.get(text, 0)
            if count < MOST_COPIES and not _nested(claim, earlier):
                copies[text] = count + 1
                out.append(other)
                if len(out) == MOST:
                    break
        return out

    def _promising(self, rank: Rank, claim: Claim) -> Iterator[Rank]:
        """Earlier statements that share enough with this one; those first that share most, then by rank."""
        others, weights = self._shared(rank, claim)
        order = np.argsort(-weights, kind="stable")
        for _, alike in groupby(zip(weights[order].tolist(), others[order].tolist(), strict=True), itemgetter(0)):
            yield from (other for other in sorted(self._ranks[number] for _, number in alike) if other < rank)

    def _shared(self, rank: Rank, claim: Claim) -> tuple[Numbers, npt.NDArray[np.float64]]:
        """Statements that share enough with this one, of words, the matter and the actor, and what they share, in sum.

        Of one actor's statements a word in common leads to all, however frequent it is.
        """
        if len(self._sums) < len(self._ranks):
            self._sums = np.zeros(2 * len(self._ranks), dtype=np.float64)
        sums = self._sums
        keys, weights = self._keys[self._number[rank]]
        parts = [self._before(self._holders[key], rank, NEAREST) for key in keys.tolist()]
        values = weights.tolist()
        for order, share in self.related(claim.page).items():
            numbers = self._pages[order][1]
            parts.append(np.arange(numbers.start, numbers.stop, dtype=np.uint32))
            values.append(OF_PAGE * share)
        touched = np.concatenate(parts)
        np.add.at(sums, touched, np.repeat(values, [len(part) for part in parts]))
        if claim.source.actor is not None:
            mine, words = self._of_one_actor(claim.source.actor, rank, keys, weights)
            sums[mine] = np.maximum(sums[mine], words) + OF_ACTOR
            touched = np.concatenate([touched, mine])
        found = np.unique(touched[sums[touched] >= ENOUGH])
        shared = sums[found]
        sums[touched] = 0.0
        return found, shared

    def _of_one_actor(
        self, actor: str, rank: Rank, keys: Numbers, weights: npt.NDArray[np.float32]
    ) -> tuple[Numbers, npt.NDArray[np.float64]]:
        """Earlier statements of an actor that hold any of these words, and what the words they hold count, in sum."""
        mine = self._before(self._of_actor[actor], rank, NEAREST_OF_ACTOR)
        held = [self._keys[number][0] for number in mine.tolist()]
        lengths = np.array([len(each) for each in held], dtype=np.intp)
        if not lengths.any():
            return mine[:0], np.zeros(0)
        if len(self._mine) < len(self._key):
            self._mine = np.zeros(2 * len(self._key), dtype=np.float64)
        self._mine[keys] = weights
        values = self._mine[np.concatenate(held)]
        sums = np.bincount(np.repeat(np.arange(len(held)), lengths), values, len(held)).astype(np.float64, copy=False)
        self._mine[keys] = 0.0
        return mine[sums > 0], sums[sums > 0]

    def related(self, page: Page) -> dict[Order, float]:
        """Which documents up to this one are on its matter, itself included, and what do their topics share?"""
        if page.order not in self._related:
            telling = {word: weight for word, weight in page.topic.items() if weight >= TELLING_AROUND}
            shared: dict[Order, float] = defaultdict(float)
            for word, weight in telling.items():
                pages = self._of_topic[word]
                at = bisect_left(pages, page.order)
                for other in pages[max(0, at - NEAREST_PAGES) : at]:
                    shared[other] += weight
            total = sum(telling.values()) or 1.0
            found = sorted((-weight / total, other) for other, weight in shared.items())
            near = {other: -share for share, other in found[:MOST_PAGES] if -share >= LEAST_OF_PAGE}
            self._related[page.order] = {**near, page.order: LEAST_OF_PAGE}
        return self._related[page.order]

    def after(self, page: Page) -> set[Rank]:
        """For which later statements could those of a document be candidates?"""
        found: set[int] = set()
        for number in self._pages[page.order][1]:
            rank = self._ranks[number]
            for key in self._keys[number][0].tolist():
                found.update(self._next(self._holders[key], rank, NEAREST))
            actor = self.claims[rank].source.actor
            if actor is not None:
                found.update(self._next(self._of_actor[actor], rank, NEAREST_OF_ACTOR))
        for word, weight in page.topic.items():
            if weight >= TELLING_AROUND:
                pages = self._of_topic[word]
                at = bisect_left(pages, page.order) + 1
                for order in pages[at : at + NEAREST_PAGES]:
                    found.update(self._pages[order][1])
        return {self._ranks[number] for number in found}

    def _insert(self, holders: array[int], number: int) -> None:
        holders.insert(self._at(holders, self._ranks[number]), number)

    def _before(self, holders: array[int], rank: Rank, most: int) -> Numbers:
        at = self._at(holders, rank)
        return np.array(holders[max(0, at - most) : at], dtype=np.uint32)

    def _next(self, holders: array[int], rank: Rank, most: int) -> array[int]:
        at = self._at(holders, rank) + 1
        return holders[at : at + most]

    def _at(self, holders: array[int], rank: Rank) -> int:
        """How many of `holders` stand before `rank`? Mostly all, as documents mostly come in order."""
        if not holders or self._ranks[holders[-1]] < rank:
            return len(holders)
        return bisect_left(holders, rank, key=self._ranks.__getitem__)


def _nested(a: Claim, b: Claim) -> bool:
    """Does one of two statements of a document contain the other? Then they are not two accounts."""
    if a.page.id != b.page.id:
        return False
    within = b.id == a.within or a.id == b.within
    return within or any(x.start < y.end and y.start < x.end for x in a.content for y in b.content)
