"""Documents that come one by one give the links that all at once give."""

from __future__ import annotations

import json
import random
from functools import cache
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.connect import Connector
from onrecord.record import Link, Reading
from onrecord.record.codec import reading_from_json


@cache
def readings() -> tuple[Reading, ...]:
    lines = files("onrecord.demo").joinpath("stories-gold.jsonl").read_text("utf-8").splitlines()
    return tuple(reading_from_json(json.loads(line)) for line in lines)


def by_id(links: object) -> dict[str, Link]:
    return {link.id: link for link in links}  # type: ignore[attr-defined]


@pytest.mark.slow
@settings(max_examples=12)
@given(
    st.lists(st.integers(0, 35), min_size=2, max_size=4, unique=True),
    st.randoms(use_true_random=False),
    st.integers(1, 3),
)
def test_the_order_in_which_documents_come_changes_nothing(chosen: list[int], rng: random.Random, size: int) -> None:
    documents = [readings()[k] for k in chosen]
    connector = Connector.load()
    at_once = by_id(connector.link(documents))
    rng.shuffle(documents)
    links, told = connector.start(), {}
    for k in range(0, len(documents), size):
        update = links.add(documents[k : k + size])
        for link in update.withdrawn:
            assert told.pop(link.id) == link
        told |= by_id(update.links)
    assert by_id(links) == at_once
    assert told == at_once


def test_a_document_that_is_there_brings_nothing() -> None:
    links = Connector.load().start()
    links.add(readings()[:3])
    before = list(links)
    update = links.add(readings()[:3])
    assert (len(update.links), len(update.withdrawn)) == (0, 0)
    assert list(links) == before


@pytest.mark.slow
def test_an_earlier_printing_that_comes_late_withdraws_what_rested_on_the_later_one() -> None:
    story = [r for r in readings() if r.document.story == "dev04-corridor"]
    links = Connector.load().start()
    links.add(story[1:])
    assert links.reprints == ()
    update = links.add(story[:1])
    assert [found.of.outlet for found in links.reprints] == ["interline"]
    assert by_id(links) == by_id(Connector.load().link(story))
    assert update.links
