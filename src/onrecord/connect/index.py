"""Which earlier statements could bear on a new one?"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeVar

from onrecord.connect.claim import Claim, Order, Page

Rank: TypeAlias = tuple[Order, int, str]
"""Where a statement stands among all: its document's place, where it begins, its name."""

_Place = TypeVar("_Place", Rank, Order)

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
    """

    def __init__(self) -> None:
        self._holders: dict[str, list[Rank]] = defaultdict(list)
        self._of_actor: dict[tuple[str, str], list[Rank]] = defaultdict(list)
        self._of_topic: dict[str, list[Order]] = defaultdict(list)
        self._pages: dict[Order, tuple[Page, list[Rank]]] = {}
        self._related: dict[Order, dict[Order, float]] = {}
        self.claims: dict[Rank, Claim] = {}

    def add(self, page: Page, claims: Iterable[Claim]) -> list[Rank]:
        """Take a document and its statements in."""
        ranks = []
        for claim in claims:
            rank = rank_of(claim)
            ranks.append(rank)
            self.claims[rank] = claim
            for holders in self._lists(claim):
                _insert(holders, rank)
        self._pages[page.order] = page, ranks
        self._related.clear()
        for word, weight in page.topic.items():
            if weight >= TELLING_AROUND:
                _insert(self._of_topic[word], page.order)
        return ranks

    def candidates(self, rank: Rank, first: Callable[[Page], str]) -> list[Rank]:
        """Which earlier statements could bear on this one? Those first that share most.

        Args:
            rank: The statement.
            first: The first printing of a document; of the printings of one text a few are enough.
        """
        claim = self.claims[rank]
        keys = keys_of(claim)
        shared: dict[Rank, float] = defaultdict(float)
        for key, weight in keys.items():
            for other in _before(self._holders[key], rank, NEAREST):
                shared[other] += weight
        for order, share in self.related(claim.page).items():
            for other in self._pages[order][1]:
                shared[other] += OF_PAGE * share
        actor = claim.source.actor
        if actor is not None:
            of_actor: dict[Rank, float] = defaultdict(float)
            for key, weight in keys.items():
                for other in _before(self._of_actor[actor, key], rank, NEAREST):
                    of_actor[other] += weight
            for other, weight in of_actor.items():
                shared[other] = max(shared[other], weight) + OF_ACTOR
        found = sorted((-weight, other) for other, weight in shared.items() if weight >= ENOUGH and other < rank)
        out: list[Rank] = []
        copies: Counter[tuple[str, str]] = Counter()
        for _, other in found:
            earlier = self.claims[other]
            text = first(earlier.page), " ".join(earlier.forms[:COPIED_WORDS])
            if copies[text] < MOST_COPIES and not _nested(claim, earlier):
                copies[text] += 1
                out.append(other)
                if len(out) == MOST:
                    break
        return out

    def related(self, page: Page) -> dict[Order, float]:
        """Which documents up to this one are on its matter, itself included, and what do their topics share?"""
        if page.order not in self._related:
            telling = {word: weight for word, weight in page.topic.items() if weight >= TELLING_AROUND}
            shared: dict[Order, float] = defaultdict(float)
            for word, weight in telling.items():
                for other in _before(self._of_topic[word], page.order, NEAREST_PAGES):
                    shared[other] += weight
            total = sum(telling.values()) or 1.0
            found = sorted((-weight / total, other) for other, weight in shared.items())
            near = {other: -share for share, other in found[:MOST_PAGES] if -share >= LEAST_OF_PAGE}
            self._related[page.order] = {**near, page.order: LEAST_OF_PAGE}
        return self._related[page.order]

    def after(self, page: Page) -> set[Rank]:
        """For which later statements could those of a document be candidates?"""
        found: set[Rank] = set()
        for rank in self._pages[page.order][1]:
            claim = self.claims[rank]
            for holders in self._lists(claim):
                found.update(_next(holders, rank, NEAREST))
        for word, weight in page.topic.items():
            if weight >= TELLING_AROUND:
                for order in _next(self._of_topic[word], page.order, NEAREST_PAGES):
                    found.update(self._pages[order][1])
        return found

    def _lists(self, claim: Claim) -> Iterator[list[Rank]]:
        for key in keys_of(claim):
            yield self._holders[key]
            if claim.source.actor is not None:
                yield self._of_actor[claim.source.actor, key]


def _insert(holders: list[_Place], place: _Place) -> None:
    if holders and holders[-1] > place:
        insort(holders, place)
    else:
        holders.append(place)


def _before(holders: list[_Place], place: _Place, most: int) -> list[_Place]:
    at = bisect_left(holders, place)
    return holders[max(0, at - most) : at]


def _next(holders: list[_Place], place: _Place, most: int) -> list[_Place]:
    at = bisect_left(holders, place) + 1
    return holders[at : at + most]


def _nested(a: Claim, b: Claim) -> bool:
    """Does one of two statements of a document contain the other? Then they are not two accounts."""
    if a.page.id != b.page.id:
        return False
    within = b.id == a.within or a.id == b.within
    return within or any(x.start < y.end and y.start < x.end for x in a.content for y in b.content)
