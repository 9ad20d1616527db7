"""Which statements are on one matter, by the words in them and around them?"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import islice
from math import log, sqrt

from onrecord.connect.claim import Claim
from onrecord.issues.corpus import Corpus, Scene
from onrecord.issues.question import beside

NEAREST = 150
"""Of the statements with a word, so many of those printed last before one are looked at."""

NEIGHBOURS = 12
"""Earlier statements to which one is tied at most, those most alike."""

LEAST = 0.1
"""Statements less alike than this are not tied; 1 is the same words."""

_KEYS = 24
_LEADING = 10
"""Of the words of a statement the most telling ones lead to others..."""
_CLOSELY = 40
"""... and so many of these, those first that share most of them, are compared word by word."""
_NEAR = 0.5
_TITLE = 0.5
_BESIDE = 0.3
_MONTHS = 90.0
_COMMON = 0.25
_FEW = 40
"""Of few statements any word is in a large share; so many more are imagined without it."""


def network_of(corpus: Corpus) -> list[dict[int, float]]:
    """To which statements is each tied, and how much are they alike? Statements by their numbers in the corpus.

    The work grows with the number of statements, not with its square: a statement is compared with those that share one
    of its telling words and were printed near it.
    """
    claims = list(corpus.claims())
    order = sorted(range(len(claims)), key=lambda n: (claims[n][1].page.order, n))
    vectors = [_vector(scene, claim, corpus) for scene, claim in claims]
    holders: dict[str, list[int]] = defaultdict(list)
    for place, number in enumerate(order):
        for word in vectors[number]:
            holders[word].append(place)
    found: list[dict[int, float]] = []
    for place, number in enumerate(order):
        found.append(_nearest(place, number, order, vectors, holders, claims))
    network: list[dict[int, float]] = [{} for _ in claims]
    for number, ties in zip(order, found, strict=True):
        for other, weight in ties.items():
            # Written at both ends, whichever of them found the other.
            network[number][other] = network[other][number] = max(weight, network[number].get(other, 0.0))
    return network


def _nearest(
    place: int,
    number: int,
    order: Sequence[int],
    vectors: Sequence[Mapping[str, float]],
    holders: Mapping[str, Sequence[int]],
    claims: Sequence[tuple[Scene, Claim]],
) -> dict[int, float]:
    own = vectors[number]
    shared: dict[int, float] = defaultdict(float)
    for word in islice(own, _LEADING):
        weight, places = own[word], holders[word]
        at = bisect_left(places, place)
        for near in places[max(0, at - NEAREST) : at]:
            shared[near] += weight
    day = claims[number][1].page.day
    alike = []
    for near, _ in sorted(shared.items(), key=_most)[:_CLOSELY]:
        other = order[near]
        theirs, there = claims[other][1].page.day, vectors[other]
        apart = abs(day - theirs) if day is not None and theirs is not None else 0
        likeness = sum([weight * there[word] for word, weight in own.items() if word in there]) / (1 + apart / _MONTHS)
        if likeness >= LEAST:
            alike.append((-likeness, other))
    return {other: -likeness for likeness, other in sorted(alike)[:NEIGHBOURS]}


def _most(found: tuple[int, float]) -> tuple[float, int]:
    place, weight = found
    return -weight, -place


def _vector(scene: Scene, claim: Claim, corpus: Corpus) -> dict[str, float]:
    """The telling words of a statement and around it, with their weights, the most telling first; of length 1."""
    weights: dict[str, float] = {}
    for word, rarity in claim.around.items():
        part = 1.0 if word in claim.words else _TITLE if word in scene.title else _NEAR
        weights[word] = part * rarity * _telling(word, corpus)
    for word in claim.words:
        for other in sorted(beside(word)):
            if other in corpus.held_by:
                value = _BESIDE * claim.words[word] * _telling(other, corpus) / sqrt(len(beside(word)))
                weights[other] = max(weights.get(other, 0.0), value)
    kept = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:_KEYS]
    length = sqrt(sum(weight * weight for _, weight in kept)) or 1.0
    return {word: weight / length for word, weight in kept}


def _telling(word: str, corpus: Corpus) -> float:
    """What a word says in this corpus: 1, or less if a large share of the statements have it."""
    share = corpus.held_by.get(word, 0) / (corpus.n_statements + _FEW)
    return 1.0 if share <= _COMMON else log(1 / share) / log(1 / _COMMON)
