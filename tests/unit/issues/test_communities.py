"""Which members of a network belong together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.issues.communities import communities

Ties = list[tuple[int, int, float]]


def network(size: int, ties: Ties) -> list[dict[int, float]]:
    found: list[dict[int, float]] = [{} for _ in range(size)]
    for one, other, weight in ties:
        if one != other:
            found[one][other] = found[other][one] = weight
    return found


def clique(members: range) -> Ties:
    return [(one, other, 1.0) for one in members for other in members if one < other]


def test_two_cliques_with_a_bridge_are_two() -> None:
    ties = [*clique(range(5)), *clique(range(5, 10)), (4, 5, 0.3)]
    assert communities(network(10, ties)) == [0] * 5 + [1] * 5


def test_a_ring_of_cliques_is_found_in_its_order() -> None:
    ties = [tie for k in range(6) for tie in clique(range(4 * k, 4 * k + 4))]
    ties += [(4 * k + 3, (4 * k + 4) % 24, 0.5) for k in range(6)]
    assert communities(network(24, ties)) == [k for k in range(6) for _ in range(4)]


def test_who_has_no_tie_is_alone() -> None:
    assert communities([]) == []
    assert communities([{}, {}, {}]) == [0, 1, 2]
    assert communities(network(3, [(0, 2, 1.0)])) == [0, 1, 0]


def test_finer_gives_no_fewer() -> None:
    ties = [*clique(range(6)), *clique(range(6, 12)), *((k, k + 6, 0.8) for k in range(6))]
    counts = [max(communities(network(12, ties), fineness=f)) for f in (0.2, 1.0, 8.0)]
    assert counts == sorted(counts)


ties_of = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.floats(0.05, 1.0)), max_size=40)


@given(ties_of)
def test_every_member_has_one_and_neighbourless_parts_stay_apart(ties: Ties) -> None:
    made = network(12, ties)
    found = communities(made)
    assert len(found) == 12
    assert list(dict.fromkeys(found)) == list(range(max(found) + 1))
    assert communities(made) == found
    # A community never joins what no path joins.
    reached = list(range(12))
    for _ in range(12):
        for one, others in enumerate(made):
            for other in others:
                reached[one] = reached[other] = min(reached[one], reached[other])
    for one in range(12):
        for other in range(12):
            if found[one] == found[other]:
                assert reached[one] == reached[other]
