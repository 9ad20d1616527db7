"""What a person corrects about a statement or a link holds against every run, and can be taken back."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from accounts import account, somebody
from ledgers import FIRST, SECOND, a_document, a_statement
from onrecord.errors import StoreError, TextError, UsageError
from onrecord.record import Counts, Link, LinkKind, Method, Reading, Span, link_id
from onrecord.store import Ledger

ANN = somebody("Ann", listed="Q1")
BOB = somebody("Bob", kind="organisation", listed="Q2")
THIRD_METHOD = Method(version="3", models={})


SAID = account(ANN, "it works")
(STMT,) = SAID.statements
OTHER = account(BOB, "it rains")


def fill(ledger: Ledger) -> None:
    run = ledger.start_run(FIRST)
    for reading in (SAID, OTHER):
        ledger.add(run.id, reading)


def read_again(reading: Reading) -> list[Reading]:
    """What other methods make of the same document: other values, and none at all."""
    (who,), (what,) = reading.attributions, reading.positions
    changed = replace(
        reading,
        attributions=(replace(who, actor_id=None, reason="two may be meant", score=None, source_kind="role"),),
        positions=(replace(what, act="denies", polarity="negative", certainty="possible"),),
    )
    bare = Reading(document=reading.document, statements=reading.statements)
    return [changed, bare]


def test_a_corrected_actor_holds_against_later_readings(ledger: Ledger) -> None:
    fill(ledger)
    made = ledger.decide(STMT.id, "corrected", by="eva", field="actor", after=BOB.id[:9])
    assert (made.before, made.after) == (f'"{ANN.id}"', f'"{BOB.id}"')
    for number, method in enumerate((None, SECOND, THIRD_METHOD)):
        if method is not None:
            assert ledger.add(ledger.start_run(method).id, read_again(SAID)[number - 1])
        entry = ledger.entry(STMT.id)
        assert entry.actor == BOB
        assert entry.attribution is not None
        assert (entry.attribution.actor_id, entry.attribution.score) == (BOB.id, 1.0)
        assert entry.attribution.mention == STMT.source[0]
        assert [e.statement.id for e in ledger.statements_of(BOB.id)] == [STMT.id, OTHER.statements[0].id]
        assert ledger.actor(ANN.id).n_statements == 0
        assert ledger.actor(BOB.id).n_statements == 2
        assert len(ledger.search("works", actor="Bob").hits) == 1
        assert len(ledger.search("", actor="Ann").hits) == 0
    ledger.undo(made.id, by="eva")
    assert ledger.entry(STMT.id).attribution is None


def test_the_chain_follows_a_corrected_actor(ledger: Ledger) -> None:
    fill(ledger)
    ledger.decide(STMT.id, "corrected", by="eva", field="actor", after=BOB.id)
    chain = ledger.entry(STMT.id).chain
    assert chain is not None
    assert [(hop.actor_id, hop.kind) for hop in chain.hops] == [
        (BOB.id, "organisation"),
        (SAID.chains[0].hops[1].actor_id, "outlet"),
    ]
    reading = next(ledger.readings())
    assert [actor.name for actor in reading.actors] == ["Ann", "UNN", "Bob"]
    sql = sqlite3.connect(ledger.path)
    assert sql.execute(
        "SELECT position, actor, kind FROM current_chain WHERE statement_id = ? ORDER BY position", (STMT.id,)
    ).fetchall() == [(0, "Bob", "organisation"), (1, "UNN", "outlet")]
    sql.close()


def test_an_actor_may_be_left_open(ledger: Ledger) -> None:
    fill(ledger)
    made = ledger.decide(STMT.id, "corrected", by="eva", field="actor", after=None)
    assert made.after == "null"
    for reading in (None, *read_again(SAID)):
        if reading is not None:
            ledger.add(ledger.start_run(Method(version=f"{reading.positions}", models={})).id, reading)
        entry = ledger.entry(STMT.id)
        assert entry.actor is None
        assert entry.attribution is not None
        assert entry.attribution.reason == "left open by a person"
    assert ledger.search("", actor=ANN.id).hits == ()


@pytest.mark.parametrize(
    ("field", "value", "old"),
    [
        ("kind", "mixed", "indirect"),
        ("act", "warns", "asserts"),
        ("polarity", "negative", "positive"),
        ("certainty", "probable", "certain"),
        ("source_kind", "role", "name"),
    ],
)
def test_a_corrected_word_holds_against_later_readings(ledger: Ledger, field: str, value: str, old: str) -> None:
    fill(ledger)
    made = ledger.decide(STMT.id, "corrected", by="eva", field=field, after=value)
    assert made.before == f'"{old}"'

    def current(source: object) -> object:
        return getattr(source, field)

    for number, method in enumerate((None, SECOND, THIRD_METHOD)):
        if method is not None:
            ledger.add(ledger.start_run(method).id, read_again(SAID)[number - 1])
        entry = ledger.entry(STMT.id)
        home = {"kind": entry.statement, "source_kind": entry.attribution}.get(field, entry.position)
        assert current(home) == value
        sql = sqlite3.connect(ledger.path)
        assert sql.execute(f"SELECT {field} FROM current_statement WHERE statement_id = ?", (STMT.id,)).fetchone() == (
            value,
        )
        sql.close()
    if field == "act":
        assert len(ledger.search("works", act="warns").hits) == 1
        assert len(ledger.search("works", act="denies").hits) == 0
    with pytest.raises(UsageError):
        ledger.decide(STMT.id, "corrected", by="eva", field=field, after="nonsense")


def test_what_a_person_accepted_in_a_field_stays_as_it_was(ledger: Ledger) -> None:
    fill(ledger)
    for field in ("actor", "act"):
        ledger.decide(STMT.id, "accepted", by="eva", field=field)
    ledger.add(ledger.start_run(SECOND).id, read_again(SAID)[0])
    entry = ledger.entry(STMT.id)
    assert entry.actor == ANN
    assert entry.position is not None
    assert (entry.position.act, entry.position.polarity) == ("asserts", "negative")


def test_everything_taken_back_is_as_it_was(ledger: Ledger) -> None:
    fill(ledger)
    made = [
        ledger.decide(STMT.id, "corrected", by="eva", field=field, after=value).id
        for field, value in (("actor", BOB.id), ("actor", None), ("act", "warns"), ("kind", "mixed"))
    ]
    made.append(ledger.decide(STMT.id, "unsure", by="eva", field="actor").id)
    for decision in made:
        ledger.undo(decision, by="eva")
    assert list(ledger.readings()) == [SAID, OTHER]


def test_a_statement_that_a_person_kept_keeps_what_was_said_of_it(ledger: Ledger) -> None:
    fill(ledger)
    ledger.decide(STMT.id, "accepted", by="eva")
    ledger.add(ledger.start_run(SECOND).id, Reading(document=SAID.document, statements=()))
    assert next(ledger.readings()) == replace(SAID, actors=tuple(ledger.entry(STMT.id).actors))
    assert ledger.actor(ANN.id).n_statements == 1
    assert [entry.in_latest_reading for entry in ledger.statements_of(ANN.id)] == [False]


def test_a_rejected_statement_does_not_count_for_its_actor(ledger: Ledger) -> None:
    fill(ledger)
    ledger.decide(STMT.id, "rejected", by="eva")
    assert ledger.actor(ANN.id).n_statements == 0
    assert list(ledger.statements_of(ANN.id)) == []
    assert ledger.entries(SAID.document.id).reading().attributions == ()


def test_fields_that_are_not_there(ledger: Ledger) -> None:
    fill(ledger)
    for subject, field in ((STMT.id, "score"), (SAID.document.id, "title"), (ANN.id, "act")):
        with pytest.raises(UsageError):
            ledger.decide(subject, "corrected", by="eva", field=field, after="x")
    with pytest.raises(UsageError):
        ledger.decide(STMT.id, "rejected", by="eva", field="actor")
    with pytest.raises(StoreError):
        ledger.decide(STMT.id, "corrected", by="eva", field="actor", after="a000")
    assert ledger.decisions() == ()


# Links


def a_link(kind: LinkKind, left: str, right: str, **rest: object) -> Link:
    return Link(id=link_id(kind=kind, left=left, right=right), kind=kind, left=left, right=right, **rest)  # type: ignore[arg-type]


ONE = a_statement(a_document("Ann said that it works."), "it works")


def test_links_come_back_as_they_went_in(ledger: Ledger) -> None:
    fill(ledger)
    right = OTHER.statements[0].id
    full = a_link(
        "conflicts",
        STMT.id,
        right,
        scope="narrower",
        opposite=True,
        same_time=False,
        independent=True,
        why="“works” \x00 against “rains”",
        left_evidence=STMT.content,
        right_evidence=(Span(0, 3), Span(4, 6)),
        score=1,
        story="s",
    )
    bare = a_link("answers", right, STMT.id)
    run = ledger.start_run(FIRST)
    assert ledger.add_links(run.id, [full, bare], documents=[SAID.document.id]) == 2
    assert ledger.add_links(run.id, [full], documents=[SAID.document.id]) == 0
    assert [entry.link for entry in ledger.links()] == [full, bare]
    assert [entry.link for entry in ledger.links(STMT.id[:9], "answers")] == [bare]
    assert ledger.link(full.id[:9]).run_id == run.id
    assert ledger.unlinked(FIRST.id) == (OTHER.document.id,)
    assert ledger.unlinked(SECOND.id) == (SAID.document.id, OTHER.document.id)


def test_links_are_all_there_or_none(ledger: Ledger) -> None:
    fill(ledger)
    run = ledger.start_run(FIRST)
    good = a_link("agrees", STMT.id, OTHER.statements[0].id)
    for bad in (a_link("agrees", STMT.id, "s0"), replace(good, left_evidence=(Span(0, 1000),))):
        with pytest.raises((StoreError, TextError)):
            ledger.add_links(run.id, [good, bad])
    assert list(ledger.links()) == []
    with pytest.raises(StoreError):
        ledger.add_links("r0", [good])
    with pytest.raises(StoreError):
        list(ledger.links("s0"))


def test_the_links_of_the_last_method_are_current_and_those_that_a_person_kept(ledger: Ledger) -> None:
    fill(ledger)
    left, right = STMT.id, OTHER.statements[0].id
    old, kept, both = (a_link(kind, left, right) for kind in ("agrees", "answers", "conflicts"))  # type: ignore[arg-type]
    ledger.add_links(ledger.start_run(FIRST).id, [old, kept, both])
    ledger.decide(kept.id, "accepted", by="eva")
    later = ledger.start_run(SECOND)
    ledger.add_links(later.id, [replace(both, score=0.5)])
    ledger.finish_run(later.id, Counts())
    shown = {entry.link.id: entry for entry in ledger.links()}
    assert set(shown) == {kept.id, both.id}
    assert shown[both.id].link.score == 0.5
    ledger.add_links(ledger.start_run(THIRD_METHOD).id, [], documents=[SAID.document.id])
    assert [entry.link.id for entry in ledger.links()] == [kept.id]


def test_links_follow_what_people_decide(ledger: Ledger) -> None:
    fill(ledger)
    left, right = STMT.id, OTHER.statements[0].id
    link = a_link("conflicts", left, right, scope="same")
    ledger.add_links(ledger.start_run(FIRST).id, [link])
    kind = ledger.decide(link.id, "corrected", by="eva", field="kind", after="denies")
    scope = ledger.decide(link.id, "corrected", by="eva", field="scope", after="narrower")
    (entry,) = ledger.links(kind="denies")
    assert entry.link == replace(link, kind="denies", scope="narrower")
    assert list(ledger.links(kind="conflicts")) == []
    rejected = ledger.decide(link.id, "rejected", by="eva")
    assert list(ledger.links()) == []
    assert [entry.decision for entry in ledger.links(rejected=True)] == [rejected]
    for decision in (rejected, kind, scope):
        ledger.undo(decision.id, by="eva")
    assert [entry.link for entry in ledger.links()] == [link]
    gone = ledger.decide(left, "rejected", by="eva")
    assert list(ledger.links()) == []
    with pytest.raises(StoreError):
        ledger.link(link.id)
    ledger.undo(gone.id, by="eva")
    assert [entry.link for entry in ledger.links()] == [link]
