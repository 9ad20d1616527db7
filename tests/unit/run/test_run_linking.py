"""Linking a ledger: new documents only, the outcome of linking all of it at once, and counts that add up."""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import account, somebody
from ledgers import SECOND, add
from linkers import NearestEarlier
from onrecord.connect import Connector
from onrecord.record import Link, Reading
from onrecord.record.run import Counts
from onrecord.run.linking import LINKED_BEFORE, link_ledger, link_readings, linking_method
from onrecord.store import Ledger
from onrecord.store.linking import Printed
from stories import stories

ANNA, BO = somebody("Anna Roth"), somebody("Bo Lind")
READINGS = tuple(
    account(actor, f"{word} {number}", outlet=outlet, published=published)
    for number, (actor, word, outlet, published) in enumerate(
        [
            (ANNA, "talks", "UNN", "2026-03-04"),
            (BO, "talks", "Post", "2026-03-01"),
            (ANNA, "peace", "UNN", "2026-03-02"),
            (BO, "talks", "Echo", None),
            (ANNA, "talks", "Echo", "2026-03-03"),
            (None, "peace", "Post", "2026-03-04"),
            (ANNA, "rain", "Post", "2026-02"),
        ]
    )
)


def standing(ledger: Ledger) -> set[Link]:
    found = list(ledger.linking.standing(linking_method().id))
    assert len({link.id for link in found}) == len(found)
    assert set(found) == {entry.link for entry in ledger.links()}
    return set(found)


def printed(ledger: Ledger) -> set[Printed]:
    found = (ledger.linking.first_printing(doc.id) for doc in ledger.documents())
    return {each for each in found if each is not None}


@settings(max_examples=25)
@given(st.permutations(READINGS), st.lists(st.integers(1, 4), min_size=7, max_size=7))
def test_documents_that_come_in_any_order_and_number_are_linked_as_if_from_scratch(
    readings: list[Reading], sizes: list[int]
) -> None:
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "a.ledger", create=True) as ledger:
        rest = list(readings)
        while rest:
            size = sizes.pop()
            add(ledger, *rest[:size])
            before = len(list(ledger.linking.standing(linking_method().id)))
            linked = link_ledger(ledger, NearestEarlier)
            assert linked.new == len(rest[:size])
            assert linked.documents == linked.new + linked.before
            assert linked.links.standing == before + linked.links.found - linked.links.withdrawn
            del rest[:size]
        scratch = NearestEarlier()
        scratch.add(READINGS)
        assert standing(ledger) == set(scratch)
        assert printed(ledger) == {
            Printed(document_id=each.page.id, first_id=each.of.id, share=each.share, credited=each.credited)
            for each in scratch.reprints
        }


def test_what_no_longer_holds_leaves_the_record_and_stays_on_file(ledger: Ledger) -> None:
    add(ledger, READINGS[1], READINGS[0])
    assert link_ledger(ledger, NearestEarlier).links.found == 1
    (first,) = ledger.links()
    add(ledger, READINGS[4])
    linked = link_ledger(ledger, NearestEarlier)
    assert (linked.links.found, linked.links.withdrawn, linked.links.standing) == (2, 1, 2)
    assert first.link.id not in {entry.link.id for entry in ledger.links()}
    ledger.decide(first.link.id, "accepted", by="eva")
    kept = ledger.link(first.link.id)
    assert kept.withdrawn
    assert kept.link == first.link


def test_a_second_time_there_is_nothing_to_do_and_nothing_is_loaded(ledger: Ledger) -> None:
    add(ledger, *READINGS)
    first = link_ledger(ledger, NearestEarlier)

    def refuse() -> NearestEarlier:
        raise AssertionError("nothing is new")

    runs = len(list(ledger.runs()))
    again = link_ledger(ledger, refuse)
    assert (again.new, again.before, again.links.found, again.links.withdrawn) == (0, 7, 0, 0)
    assert again.links.standing == first.links.standing
    assert len(list(ledger.runs())) == runs


def test_counts_go_to_the_run_and_to_who_waits_for_them(ledger: Ledger) -> None:
    add(ledger, *READINGS[:3])
    link_ledger(ledger, NearestEarlier)
    add(ledger, *READINGS[3:])
    seen: list[Counts] = []
    link_ledger(ledger, NearestEarlier, progress=seen.append, cpu=("avx2",))
    assert [counts.read for counts in seen] == list(range(1, 8))
    (run,) = (run for run in ledger.runs() if run.cpu)
    assert run.counts == seen[-1]
    assert (run.counts.kept, run.counts.skipped, run.counts.statements) == (4, {LINKED_BEFORE: 3}, 4)
    assert run.finished is not None


def test_a_document_that_is_read_anew_is_linked_anew(ledger: Ledger) -> None:
    add(ledger, READINGS[0], READINGS[1])
    link_ledger(ledger, NearestEarlier)
    assert len(standing(ledger)) == 1
    assert ledger.add(
        ledger.start_run(SECOND).id, replace(READINGS[0], statements=(), attributions=(), chains=(), positions=())
    )
    linked = link_ledger(ledger, NearestEarlier)
    assert (linked.new, linked.before, linked.links.withdrawn) == (1, 1, 1)
    assert standing(ledger) == set()


def test_if_the_work_is_stopped_nothing_is_recorded(ledger: Ledger) -> None:
    add(ledger, *READINGS)

    def stop(counts: Counts) -> None:
        if counts.read == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        link_ledger(ledger, NearestEarlier, progress=stop)
    assert list(ledger.links()) == []
    assert link_ledger(ledger, NearestEarlier).new == len(READINGS)


def test_decisions_do_not_change_what_is_linked(ledger: Ledger) -> None:
    add(ledger, *READINGS[:5])
    link_ledger(ledger, NearestEarlier)
    before = set(ledger.linking.standing(linking_method().id))
    stmt = READINGS[4].statements[0].id
    ledger.decide(stmt, "rejected", by="eva")
    ledger.merge(BO.id, ANNA.id, by="eva")
    add(ledger, READINGS[6])
    link_ledger(ledger, NearestEarlier)
    after = {link.id for link in ledger.linking.standing(linking_method().id)}
    assert {link.id for link in before} == after
    assert all(stmt not in (entry.link.left, entry.link.right) for entry in ledger.links())


def test_links_of_files_name_document_and_statement() -> None:
    readings = [
        replace(READINGS[0], document=replace(READINGS[0].document, external_id="a")),
        READINGS[1],
    ]
    (link,) = link_readings(readings, NearestEarlier())
    assert link.left == f"a/{READINGS[0].statements[0].id}"
    assert link.right == f"{READINGS[1].document.id}/{READINGS[1].statements[0].id}"


def test_people_of_one_name_in_one_matter_are_joined_and_others_wait(ledger: Ledger) -> None:
    delegations = "the Velmoran and Kastrian delegations left Druva for the Ostrava reactor"
    said = [(delegations, "UNN"), (delegations, "Post"), ("bread is dear", "Echo")]
    people = [replace(somebody("Ruth Keller"), id=f"a000000000000000{number}") for number in range(3)]
    add(ledger, *(account(who, words, outlet=at) for who, (words, at) in zip(people, said, strict=True)))
    linked = link_ledger(ledger, NearestEarlier)
    assert (linked.joined, linked.proposed) == (1, 1)
    assert sorted(entry.n_statements for entry in ledger.actors("Ruth Keller")) == [1, 2]
    assert {link.score for link in ledger.actor_links()} == {0.95, 0.85}


@pytest.mark.slow
@settings(max_examples=6)
@given(
    st.lists(st.integers(0, 35), min_size=2, max_size=5, unique=True),
    st.randoms(use_true_random=False),
    st.integers(1, 3),
)
def test_the_real_links_of_the_stories_come_out_the_same(chosen: list[int], rng: random.Random, size: int) -> None:
    readings = [stories()[k] for k in chosen]
    scratch = {link.id: link for link in Connector.load().link(readings)}
    rng.shuffle(readings)
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "a.ledger", create=True) as ledger:
        for k in range(0, len(readings), size):
            add(ledger, *readings[k : k + size])
            link_ledger(ledger, Connector.load)
        assert {link.id: link for link in ledger.linking.standing(linking_method().id)} == scratch
