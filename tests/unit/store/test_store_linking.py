"""Links in a ledger: they follow the actors, people win, and a text that was replaced says so."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from accounts import account, somebody
from ledgers import FIRST, a_document
from linkers import LINKER, a_link
from onrecord.errors import StoreError
from onrecord.record import ActorLink, Link, LinkKind, Reading
from onrecord.store import Ledger
from onrecord.store.linking import Printed

ANNA, ANNE = somebody("Anna Roth"), somebody("Anne Roth")
FIRST_SAID = account(ANNA, "talks go on", published="2026-03-01")
LATER_SAID = account(ANNE, "no talks are held", outlet="Post", published="2026-03-04")
SAME_DAY = account(ANNE, "nobody talks", outlet="Post", published="2026-03-01")
UNDATED = account(ANNE, "talks are over", outlet="Echo", published=None)
READINGS = (FIRST_SAID, LATER_SAID, SAME_DAY, UNDATED)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "a.ledger", create=True) as opened:
        run = opened.start_run(FIRST)
        for reading in READINGS:
            opened.add(run.id, reading)
        yield opened


def stmt(reading: Reading) -> str:
    return reading.statements[0].id


def linked(kind: LinkKind, later: Reading, **more: object) -> Link:
    return a_link(kind, stmt(later), stmt(FIRST_SAID), **more)  # type: ignore[arg-type]


def put(ledger: Ledger, *links: Link) -> None:
    ledger.add_links(ledger.start_run(LINKER).id, links)


def kinds(ledger: Ledger) -> dict[str, tuple[str, bool | None]]:
    """What the record says of each left statement's link: its kind, and whether the two are independent."""
    return {entry.link.left: (entry.link.kind, entry.link.independent) for entry in ledger.links()}


def test_links_follow_actors_that_are_joined_and_taken_apart(ledger: Ledger) -> None:
    put(ledger, linked("conflicts", LATER_SAID), linked("agrees", SAME_DAY), linked("answers", UNDATED))
    apart = {stmt(LATER_SAID): ("conflicts", True), stmt(SAME_DAY): ("agrees", True), stmt(UNDATED): ("answers", True)}
    one = {stmt(LATER_SAID): ("changes", False), stmt(SAME_DAY): ("repeats", False)}
    assert kinds(ledger) == apart
    made = ledger.merge(ANNE.id, ANNA.id, by="eva")
    assert kinds(ledger) == one
    ledger.undo(made.id, by="eva")
    assert kinds(ledger) == apart
    ledger.add_actor_links(ledger.start_run(LINKER).id, [ActorLink(left=ANNA.id, right=ANNE.id, score=0.95)])
    assert kinds(ledger) == one
    ledger.split(ANNE.id, by="eva")
    assert kinds(ledger) == apart


@pytest.mark.parametrize("later", [SAME_DAY, UNDATED])
def test_nobody_changes_without_a_later_date(ledger: Ledger, later: Reading) -> None:
    put(ledger, linked("denies", later))
    ledger.merge(ANNE.id, ANNA.id, by="eva")
    assert kinds(ledger) == {}


def test_what_one_said_twice_becomes_what_two_said(ledger: Ledger) -> None:
    put(ledger, linked("repeats", SAME_DAY, independent=False), linked("changes", LATER_SAID, independent=False))
    assert {kind for kind, _ in kinds(ledger).values()} == {"repeats", "changes"}, "nobody says that they are two"
    ledger.decide(ANNE.id, "rejected", by="eva", field=f"same as {ANNA.id}")
    assert kinds(ledger) == {stmt(SAME_DAY): ("agrees", True), stmt(LATER_SAID): ("conflicts", True)}


def test_the_actor_that_a_person_gives_to_a_statement_counts(ledger: Ledger) -> None:
    put(ledger, linked("conflicts", LATER_SAID))
    ledger.decide(stmt(LATER_SAID), "corrected", by="eva", field="actor", after=ANNA.id)
    assert kinds(ledger) == {stmt(LATER_SAID): ("changes", False)}


def test_contradictory_decisions_about_a_link_the_last_word_stands(ledger: Ledger) -> None:
    link = linked("conflicts", LATER_SAID)
    put(ledger, link)
    ledger.decide(link.id, "accepted", by="eva")
    ledger.decide(link.id, "rejected", by="bo")
    assert kinds(ledger) == {}
    (entry,) = ledger.links(rejected=True)
    assert entry.rejected
    last = ledger.decide(link.id, "corrected", by="eva", field="kind", after="agrees")
    assert kinds(ledger) == {}, "rejected as a whole, whatever its kind"
    ledger.decide(link.id, "accepted", by="bo")
    assert kinds(ledger) == {stmt(LATER_SAID): ("agrees", True)}
    ledger.merge(ANNE.id, ANNA.id, by="eva")
    assert kinds(ledger) == {stmt(LATER_SAID): ("agrees", True)}, "a person's word about the link goes before"
    ledger.undo(last.id, by="eva")
    assert kinds(ledger) == {stmt(LATER_SAID): ("changes", False)}


def test_a_link_that_ends_and_comes_back_is_one_link_with_one_history(ledger: Ledger, tmp_path: Path) -> None:
    link = linked("conflicts", LATER_SAID)
    changed = replace(link, score=0.5)
    for found, withdrawn, expected in (
        ([link], [], {link}),
        ([changed], [], {changed}),
        ([], [link.id], set()),
        ([], [link.id], set()),
        ([link], [], {link}),
        ([link], [], {link}),
    ):
        run = ledger.start_run(LINKER)
        ledger.linking.record(run.id, found=found, withdrawn=withdrawn, printed=[], documents=[])
        assert {entry.link for entry in ledger.links()} == expected
    connection = sqlite3.connect(tmp_path / "a.ledger")
    assert connection.execute("SELECT count(*) FROM link").fetchone() == (3,)
    for table in ("link", "link_end"):
        for change in (f"DELETE FROM {table}", f"UPDATE {table} SET run_id = run_id"):
            with pytest.raises(sqlite3.IntegrityError, match="immutable"):
                connection.execute(change)
    connection.close()


def test_links_that_many_want_are_found_by_kind_and_score(ledger: Ledger) -> None:
    links = [linked("conflicts", LATER_SAID, score=0.4), linked("denies", SAME_DAY), linked("agrees", UNDATED)]
    put(ledger, *links)
    sure = ledger.linking.between(("conflicts", "denies"), least=0.5)
    assert [entry.link for entry in sure] == [links[1]]
    assert ledger.linking.weaker(("conflicts", "denies"), least=0.5) == 1
    ledger.decide(links[0].id, "accepted", by="eva")
    assert len(list(ledger.linking.between(("conflicts",), least=0.5))) == 1
    assert ledger.linking.weaker(("conflicts", "denies"), least=0.5) == 0
    ledger.merge(ANNE.id, ANNA.id, by="eva")
    assert [entry.link.kind for entry in ledger.linking.between(("changes",), least=0.5)] == ["changes"]
    assert [entry.link.kind for entry in ledger.links(kind="repeats")] == ["repeats"]


def test_reprints_come_and_go_with_earlier_printings(ledger: Ledger) -> None:
    one, two, three = (reading.document.id for reading in (FIRST_SAID, LATER_SAID, SAME_DAY))
    copy = Printed(document_id=two, first_id=three, share=0.75, credited=True)
    for printed, expected in (([copy], copy), ([replace(copy, first_id=one)], replace(copy, first_id=one)), ([], None)):
        run = ledger.start_run(LINKER)
        counts = ledger.linking.record(run.id, found=[], withdrawn=[], printed=printed, documents=[one])
        assert counts.reprints == len(printed)
        assert ledger.linking.first_printing(two) == expected
        assert ledger.linking.reprints(one) == tuple(each for each in printed if each.first_id == one)


def test_a_text_that_its_outlet_replaced_stays_and_names_the_new_one(ledger: Ledger) -> None:
    run = ledger.start_run(FIRST)
    versions = [
        a_document("Twelve died.", url="https://example.org/1", outlet="UNN", published="2026-03-04"),
        a_document("Eight died.", url="https://example.org/1", outlet="UNN", published="2026-03-05"),
        a_document("Ten died.", outlet="Post", external_id="7"),
        a_document("Nine died.", outlet="Post", external_id="7"),
        a_document("Nine died.", outlet="Echo", external_id="7"),
        a_document("Eight died.", url="https://example.org/1", outlet="Echo", published="2026-03-06"),
    ]
    for doc in (versions[1], versions[0], *versions[2:]):
        ledger.add(run.id, Reading(document=doc, statements=()))
    newer = [ledger.linking.newer_version(doc.id) for doc in versions]
    assert [doc and doc.text for doc in newer] == ["Eight died.", None, "Nine died.", None, None, None]
    assert ledger.document(versions[0].id).text == "Twelve died."


def test_a_link_to_a_statement_that_is_not_there_is_refused_and_nothing_is_kept(ledger: Ledger) -> None:
    with pytest.raises(StoreError, match="OR-407"):
        put(ledger, linked("agrees", LATER_SAID), a_link("agrees", "s0123456789abcdef", stmt(FIRST_SAID)))
    assert list(ledger.links()) == []
