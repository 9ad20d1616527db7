"""What follows for a statement from the links of those that tell the same utterance?

If one report of a speech contradicts a third account, so does the other report of that speech. A statement takes over
the links of the statements that it tells again, each with the score of both steps; what was found between the two
directly goes before, unless it is less sure.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.connect.claim import Claim
from onrecord.connect.index import Rank
from onrecord.connect.judge import Judged, retell
from onrecord.record.link import Link

AGAIN = 0.3
"""From this score on, a link of one origin carries other links over."""

LEAST_CARRIED = 0.08
"""Links carried over that are less sure are left out."""

MOST_TOUCHING = 40
"""Of the statements linked to one that is told again, so many of the latest are looked at."""

MOST_CARRIED = 12
"""So many links of a statement are carried over, the surest first."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the links of one statement to earlier ones.

    Attributes:
        links: Those that are new.
        withdrawn: Those that no longer hold.
        touched: Later statements whose links may rest on what changed.
    """

    links: tuple[Link, ...]
    withdrawn: tuple[Link, ...]
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

    def __iter__(self) -> Iterator[Link]:
        for rank in sorted(self._of):
            yield from (judged.link for judged in self._of[rank].values())

    def put(self, rank: Rank, found: dict[Rank, Judged]) -> Change:
        """Keep the links of a statement to earlier ones, with those that follow from them."""
        before = self._of.get(rank, {})
        after = self._carried(rank, found)
        for other in before.keys() - after.keys():
            self._touching[other].remove(rank)
            self._touching[rank].remove(other)
        for other in after.keys() - before.keys():
            insort(self._touching[other], rank)
            insort(self._touching[rank], other)
        self._of[rank] = after
        old, new = ({judged.link for judged in links.values()} for links in (before, after))
        touched: set[Rank] = set()
        if old != new:
            near = {rank} | before.keys() | after.keys()
            touched = {later for one in near for later in self._touching[one] if later > rank}
        return Change(
            links=tuple(judged.link for judged in after.values() if judged.link not in old),
            withdrawn=tuple(judged.link for judged in before.values() if judged.link not in new),
            touched=frozenset(touched),
        )

    def _carried(self, rank: Rank, found: dict[Rank, Judged]) -> dict[Rank, Judged]:
        """The links of a statement, and those that follow from what is told again."""
        steps: dict[Rank, tuple[float, Judged, bool]] = {}
        for other, judged in sorted(found.items()):
            for third, step in self._links_before(other, rank):
                if (judged.relation == "origin") == (step.relation == "origin") or third == rank:
                    continue
                again, model = (judged, step) if judged.relation == "origin" else (step, judged)
                score = _score(again) * _score(model)
                known = found.get(third)
                if known and (known.relation == "origin" or _score(known) >= score):
                    continue
                if _score(again) >= AGAIN and score >= max(LEAST_CARRIED, steps.get(third, (0.0,))[0]):
                    steps[third] = score, model, again is judged
        best = sorted(steps, key=lambda third: (-steps[third][0], third))[:MOST_CARRIED]
        out = dict(found)
        for third in best:
            score, model, tells_again = steps[third]
            mine, theirs = self._claims[rank], self._claims[third]
            # Where `rank` tells again an end of the model, `third` is its other end, on whichever side that stands.
            left, right = (theirs, mine) if tells_again and model.link.left == theirs.name else (mine, theirs)
            if judged_again := retell(model, left, right, score):
                out[third] = judged_again
        return out

    def _links_before(self, one: Rank, rank: Rank) -> Iterator[tuple[Rank, Judged]]:
        """The statements before `rank` to which `one` is linked, with the links."""
        touching = self._touching[one]
        at = bisect_left(touching, rank)
        for other in touching[max(0, at - MOST_TOUCHING) : at]:
            yield other, self._of[max(one, other)][min(one, other)]


def _score(judged: Judged) -> float:
    return judged.link.score or 0.0
