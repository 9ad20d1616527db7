"""What follows for a statement from the links of those that tell the same utterance?

If one report of a speech contradicts a third account, so does the other report of that speech. A statement takes over
the links of the statements that it tells again, each with the score of both steps; what was found between the two
directly goes before, unless it is less sure.
"""

from __future__ import annotations

from bisect import bisect, bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeAlias

from onrecord.connect.claim import Claim
from onrecord.connect.index import Rank
from onrecord.connect.judge import Judged, judged_of, link_of, retell
from onrecord.record.link import Link

Entry: TypeAlias = tuple[Rank, Rank, Judged]
"""The later and the earlier statement, and what stands between them."""

AGAIN = 0.15
"""From this score on, a link of one origin carries other links over."""

LEAST_CARRIED = 0.03
"""Links carried over that are less sure are left out."""

MOST_TOUCHING = 40
"""Of the statements linked to one that is told again, so many of the latest are looked at."""

MOST_CARRIED = 10
"""So many links of a statement are carried over, the surest first."""

WHOLE = 0.4
"""A statement of which one inside it makes up this share tells the same as that one."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the links of one statement to earlier ones.

    Attributes:
        links: Those that are new.
        withdrawn: Those that no longer hold.
        touched: Later statements whose links may rest on what changed.
    """

    links: tuple[Entry, ...]
    withdrawn: tuple[Entry, ...]
    touched: frozenset[Rank]


class Web:
    """All links between statements, each kept with the later of its ends.

    Args:
        claims: The statements, which may grow.
    """

    def __init__(self, claims: Mapping[Rank, Claim]) -> None:
        self._claims = claims
        self._of: dict[Rank, dict[Rank, Judged]] = {}
        self._touching: dict[Rank, list[Rank]] = defaultdict(list)
        self._told: dict[Rank, list[Rank]] = defaultdict(list)
        self._nested: dict[Rank, list[tuple[Rank, float]]] = {}

    def __iter__(self) -> Iterator[Link]:
        for rank in sorted(self._of):
            yield from (self.link((rank, other, judged)) for other, judged in self._of[rank].items())

    def link(self, entry: Entry) -> Link:
        """The link that an entry stands for."""
        later, earlier, judged = entry
        return link_of(judged, self._claims[later], self._claims[earlier])

    def nest(self, ranks: list[Rank]) -> None:
        """Take in which statements of a document stand inside others."""
        by_id = {self._claims[rank].id: rank for rank in ranks}
        for rank in ranks:
            inner = self._claims[rank]
            if inner.within is None or (around := by_id.get(inner.within)) is None:
                continue
            outer = self._claims[around]
            share = sum([w for word, w in inner.words.items() if word in outer.words]) / (outer.weight or 1.0)
            if share >= WHOLE:
                self._nested.setdefault(rank, []).append((around, share))
                self._nested.setdefault(around, []).append((rank, share))

    def keep(self, links: Iterable[Link]) -> None:
        """Go on from links that were found before between statements that are there."""
        ranks = {claim.name: rank for rank, claim in self._claims.items()}
        for link in links:
            left, right = ranks[link.left], ranks[link.right]
            later, earlier = max(left, right), min(left, right)
            self._of.setdefault(later, {})[earlier] = judged_of(link, turned=left == earlier)
        for rank, found in self._of.items():
            _move(self._touching, rank, set(), found.keys())
            _move(self._told, rank, set(), _told_again(found))

    def put(self, rank: Rank, found: dict[Rank, Judged]) -> Change:
        """Keep the links of a statement to earlier ones, with those that follow from them."""
        before = self._of.get(rank, {})
        after = self._carried(rank, found)
        _move(self._touching, rank, before.keys(), after.keys())
        _move(self._told, rank, _told_again(before), _told_again(after))
        self._of[rank] = after
        touched: set[Rank] = set()
        if before != after:
            near = {rank} | before.keys() | after.keys()
            touched = {later for one in near for later in _after(self._touching[one], rank)}
            touched |= {inside for inside, _ in self._nested.get(rank, ()) if inside > rank}
        return Change(
            links=tuple((rank, other, one) for other, one in after.items() if before.get(other) != one),
            withdrawn=tuple((rank, other, one) for other, one in before.items() if after.get(other) != one),
            touched=frozenset(touched),
        )

    def _carried(self, rank: Rank, found: dict[Rank, Judged]) -> dict[Rank, Judged]:
        """The links of a statement, and those that follow from what is told again."""
        steps: dict[Rank, tuple[float, Judged, bool]] = {}
        for third, again, model, turned in self._steps(rank, found):
            score = again * model.score
            known = found.get(third)
            if known and (known.relation == "origin" or known.score >= score):
                continue
            if score >= max(LEAST_CARRIED, steps.get(third, (0.0,))[0]):
                steps[third] = score, model, turned
        best = sorted(steps, key=lambda third: (-steps[third][0], third))[:MOST_CARRIED]
        out = dict(found) if best else found
        for third in best:
            score, model, turned = steps[third]
            if judged := retell(model, self._claims[rank], self._claims[third], turned=turned, score=score):
                out[third] = judged
        return out

    def _steps(self, rank: Rank, found: dict[Rank, Judged]) -> Iterator[tuple[Rank, float, Judged, bool]]:
        """What follows: for another statement, how surely something is told again, its model, and whether turned."""
        for around, share in self._nested.get(rank, ()):
            if around < rank:
                for third, model in self._before(self._touching[around], around, rank):
                    yield third, share, model, _left_is_third(model, around, third)
        for other, judged in sorted(found.items()):
            for inside, share in self._nested.get(other, ()):
                yield inside, share, judged, False
            if judged.relation != "origin":
                for third, step in self._before(self._told[other], other, rank):
                    yield third, step.score, judged, False
            elif judged.score >= AGAIN:
                for third, step in self._before(self._touching[other], other, rank):
                    yield third, judged.score, step, _left_is_third(step, other, third)

    def _before(self, linked: list[Rank], one: Rank, rank: Rank) -> Iterator[tuple[Rank, Judged]]:
        """Those of `linked` to `one` that stand before `rank`, with the links."""
        at = bisect_left(linked, rank)
        for other in linked[max(0, at - MOST_TOUCHING) : at]:
            yield other, self._of[one][other] if other < one else self._of[other][one]


def _after(linked: list[Rank], rank: Rank) -> list[Rank]:
    return linked[bisect(linked, rank) :]


def _told_again(found: Mapping[Rank, Judged]) -> AbstractSet[Rank]:
    return {other for other, judged in found.items() if judged.relation == "origin" and judged.score >= AGAIN}


def _move(linked: dict[Rank, list[Rank]], rank: Rank, before: AbstractSet[Rank], after: AbstractSet[Rank]) -> None:
    """Enter in both directions that `rank` is linked to other statements than before."""
    for other in before - after:
        linked[other].remove(rank)
        linked[rank].remove(other)
    for other in after - before:
        insort(linked[other], rank)
        insort(linked[rank], other)


def _left_is_third(model: Judged, one: Rank, third: Rank) -> bool:
    """Of what stands between `one` and `third`, does `third` stand on the left?"""
    return model.turned != (third > one)
