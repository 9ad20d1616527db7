"""Which members of a network belong together? Louvain's method (Blondel et al. 2008), with one outcome.

Members are numbers from 0; a network is a list that gives for each member its neighbours and the weight of each tie,
written at both ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Network: TypeAlias = Sequence[Mapping[int, float]]

_ROUNDS = 20
_GAIN = 1e-9


def communities(network: Network, *, fineness: float = 1.0) -> list[int]:
    """The number of each member's community; numbers count up from 0 in the order of their first members.

    Args:
        network: Each member's neighbours; a tie stands at both of its ends, with one weight.
        fineness: The larger, the more and smaller communities; 1 is plain modularity.
    """
    belongs = list(range(len(network)))
    level, loops = [dict(each) for each in network], [0.0] * len(network)
    while True:
        moved = _move(level, loops, fineness)
        numbers = {old: new for new, old in enumerate(dict.fromkeys(moved))}
        moved = [numbers[each] for each in moved]
        if len(numbers) == len(level):
            return _in_order(belongs)
        belongs = [moved[each] for each in belongs]
        level, loops = _folded(level, loops, moved, len(numbers))


def _move(network: Sequence[Mapping[int, float]], loops: Sequence[float], fineness: float) -> list[int]:
    """Let every member join the community where it gains most, until none gains."""
    degrees = [sum(ties.values()) + 2 * loop for ties, loop in zip(network, loops, strict=True)]
    total = sum(degrees) or 1.0
    belongs = list(range(len(network)))
    weights = list(degrees)
    for _ in range(_ROUNDS):
        changed = False
        for member, ties in enumerate(network):
            own, degree = belongs[member], degrees[member]
            to: dict[int, float] = {own: 0.0}
            for other, weight in ties.items():
                to[belongs[other]] = to.get(belongs[other], 0.0) + weight
            weights[own] -= degree
            best, most = own, to[own] - fineness * weights[own] * degree / total
            for community, weight in to.items():
                gain = weight - fineness * weights[community] * degree / total
                if gain > most + _GAIN:
                    best, most = community, gain
            weights[best] += degree
            if best != own:
                belongs[member], changed = best, True
        if not changed:
            break
    return belongs


def _folded(
    network: Sequence[Mapping[int, float]], loops: Sequence[float], belongs: Sequence[int], n: int
) -> tuple[list[dict[int, float]], list[float]]:
    """The network of the communities."""
    ties: list[dict[int, float]] = [{} for _ in range(n)]
    inner = [0.0] * n
    for member, others in enumerate(network):
        mine = belongs[member]
        inner[mine] += loops[member]
        for other, weight in others.items():
            theirs = belongs[other]
            if theirs == mine:
                inner[mine] += weight / 2
            else:
                ties[mine][theirs] = ties[mine].get(theirs, 0.0) + weight
    return ties, inner


def _in_order(belongs: Sequence[int]) -> list[int]:
    numbers: dict[int, int] = {}
    return [numbers.setdefault(each, len(numbers)) for each in belongs]
