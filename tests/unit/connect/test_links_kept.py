"""Documents that were linked before are taken in with their links: what follows is what it would have been."""

from __future__ import annotations

from itertools import pairwise

import pytest

from onrecord.connect import Connector
from onrecord.record import Link
from stories import stories


def by_id(links: object) -> dict[str, Link]:
    return {link.id: link for link in links}  # type: ignore[attr-defined]


@pytest.mark.slow
@pytest.mark.parametrize("first", [(0, 1, 2), (5, 3, 1), (2, 4)])
def test_going_on_from_links_on_record_is_going_on(first: tuple[int, ...]) -> None:
    before = [stories()[k] for k in first]
    new = [stories()[k] for k in range(6) if k not in first]
    connector = Connector.load()
    whole = connector.start()
    whole.add(before)
    told = list(whole)
    again = connector.start()
    again.take(before)
    again.keep(told, [(each.page.id, each.of.id, each.share, each.credited) for each in whole.reprints])
    assert by_id(again) == by_id(told)
    for reading in new:
        expected, found = whole.add([reading]), again.add([reading])
        assert by_id(found.links) == by_id(expected.links)
        assert by_id(found.withdrawn) == by_id(expected.withdrawn)
    assert by_id(again) == by_id(whole)
    assert again.reprints == whole.reprints
    orders = [each.page.order for each in again.reprints]
    assert all(one <= other for one, other in pairwise(orders))
