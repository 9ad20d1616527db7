"""Issues in the ledger: what bears on them, what people make of them, and what later runs cannot undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledgers import FIRST, SECOND, said
from onrecord.errors import StoreError, TextError, UsageError
from onrecord.record import Bearing, Issue, Span, issue_id
from onrecord.store import Ledger

ONE = said("Ann", "the talks go on", outlet="UNN", published="2026-03-04")
TWO = said("Bob", "there are no talks", outlet="UNN", published="2026-03-05")
THREE = said("Cy", "the bridge is shut", outlet="UNN", published="2026-03-06")
S1, S2, S3 = (reading.statements[0].id for reading in (ONE, TWO, THREE))
EVIDENCE = (Span(0, 3),)


def an_issue(label: str, *, made_by: str = "eva") -> Issue:
    return Issue(id=issue_id(label), label=label, made_by=made_by)


TALKS, BRIDGE = an_issue("Are there talks?"), an_issue("Is the bridge open?")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "a.ledger", create=True) as opened:
        run = opened.start_run(FIRST)
        for reading in (ONE, TWO, THREE):
            opened.add(run.id, reading)
        ask(opened, TALKS, S1, S2)
        ask(opened, BRIDGE, S3)
        yield opened


def ask(ledger: Ledger, issue: Issue, *statements: str, score: float = 0.8) -> bool:
    run = ledger.start_run(SECOND)
    return ledger.issues.record(run.id, issue, (bearing(issue, each, score) for each in statements))


def bearing(issue: Issue, statement: str, score: float = 0.8) -> Bearing:
    return Bearing(issue_id=issue.id, statement_id=statement, side="affirms", score=score, evidence=EVIDENCE)


def on(ledger: Ledger, issue: Issue) -> list[str]:
    return [entry.bearing.statement_id for entry in ledger.issues.bearings(issue.id)]


def test_the_issues_with_most_statements_come_first(ledger: Ledger) -> None:
    assert [(e.issue, e.n_statements, e.found) for e in ledger.issues.all()] == [(TALKS, 2, False), (BRIDGE, 1, False)]
    (first, *_) = ledger.issues.bearings(TALKS.id[:9])
    assert first.bearing == bearing(TALKS, min(S1, S2))
    assert not first.by_person
    assert first.run_id is not None


def test_the_last_run_counts_and_the_same_is_not_written_twice(ledger: Ledger) -> None:
    assert not ask(ledger, TALKS, S2, S1)
    assert ask(ledger, TALKS, S1)
    assert on(ledger, TALKS) == [S1]
    assert ask(ledger, TALKS)
    assert ledger.issues.one(TALKS.id).n_statements == 0


def test_a_statement_may_bear_on_several_issues(ledger: Ledger) -> None:
    ask(ledger, BRIDGE, S1, S3)
    assert {entry.issue for entry in ledger.issues.of_statement(S1)} == {TALKS, BRIDGE}
    assert {entry.issue for entry in ledger.issues.of_statement(S2)} == {TALKS}


def test_an_issue_of_a_run_says_so(ledger: Ledger) -> None:
    run = ledger.start_run(SECOND)
    found = an_issue("bridge, shut", made_by=run.id)
    ledger.issues.record(run.id, found, [bearing(found, S3)])
    assert ledger.issues.one(found.id).found


def test_an_issue_without_statements_is_there(ledger: Ledger) -> None:
    empty = an_issue("Will it rain?")
    assert ledger.issues.add(empty)
    assert not ledger.issues.add(empty)
    assert ledger.issues.one(empty.id).n_statements == 0
    assert ledger.issues.bearings(empty.id) == ()


def test_merged_issues_are_one_until_that_is_taken_back(ledger: Ledger) -> None:
    ask(ledger, BRIDGE, S1, S3, score=0.9)
    made = ledger.issues.merge(BRIDGE.id, TALKS.id, by="eva")
    (only,) = ledger.issues.all()
    assert (only.issue, only.joined, only.n_statements) == (TALKS, (BRIDGE,), 3)
    assert ledger.issues.one(BRIDGE.id) == only
    scores = {e.bearing.statement_id: e.bearing.score for e in ledger.issues.bearings(BRIDGE.id)}
    assert scores == {S1: 0.9, S2: 0.8, S3: 0.9}
    assert {e.bearing.issue_id for e in ledger.issues.bearings(BRIDGE.id)} == {TALKS.id}
    ask(ledger, BRIDGE, S3)
    assert len(ledger.issues.all()) == 1
    ledger.undo(made.id, by="eva")
    assert len(ledger.issues.all()) == 2


def test_an_issue_is_not_merged_into_itself(ledger: Ledger) -> None:
    for into in (TALKS.id, TALKS.id[:8]):
        with pytest.raises(StoreError) as caught:
            ledger.issues.merge(TALKS.id, into, by="eva")
        assert caught.value.code == "OR-410"
    ledger.issues.merge(BRIDGE.id, TALKS.id, by="eva")
    with pytest.raises(StoreError) as caught:
        ledger.issues.merge(TALKS.id, BRIDGE.id, by="bob")
    assert caught.value.code == "OR-410"
    assert len(ledger.issues.all()) == 1


def test_merges_that_close_a_circle_after_one_is_taken_back_end_with_the_last_word(ledger: Ledger) -> None:
    third = an_issue("Will it rain?")
    ledger.issues.add(third)
    ledger.issues.merge(TALKS.id, BRIDGE.id, by="eva")
    moved = ledger.issues.merge(TALKS.id, third.id, by="eva")
    ledger.issues.merge(BRIDGE.id, TALKS.id, by="eva")
    ledger.undo(moved.id, by="eva")
    assert {(e.issue, *e.joined) for e in ledger.issues.all()} == {(TALKS, BRIDGE), (third,)}


def test_a_name_wins_over_later_runs(ledger: Ledger) -> None:
    made = ledger.issues.rename(TALKS.id, "Talks?", by="eva")
    assert (made.before, made.after) == ('"Are there talks?"', '"Talks?"')
    ask(ledger, TALKS, S1)
    assert ledger.issues.one(TALKS.id).issue.label == "Talks?"
    assert ledger.issues.one(TALKS.id).labels == ("Talks?", "Are there talks?")
    ledger.issues.merge(BRIDGE.id, TALKS.id, by="eva")
    ledger.issues.rename(BRIDGE.id, "Talks and the bridge", by="eva")
    assert [e.issue.label for e in ledger.issues.all()] == ["Talks and the bridge"]
    with pytest.raises(UsageError):
        ledger.issues.rename(TALKS.id, " ", by="eva")


def test_a_persons_word_on_a_statement_wins_over_later_runs(ledger: Ledger) -> None:
    ledger.issues.bears(TALKS.id, S2, False, by="eva")
    ledger.issues.bears(TALKS.id, S3[:10], True, by="eva", side="asks")
    ask(ledger, TALKS, S2)
    assert {(e.bearing.statement_id, e.bearing.side, e.by_person) for e in ledger.issues.bearings(TALKS.id)} == {
        (S3, "asks", True)
    }
    ledger.issues.bears(TALKS.id, S2, True, by="bob")
    assert set(on(ledger, TALKS)) == {S2, S3}


def test_of_contradictory_words_on_issues_that_are_one_the_last_counts(ledger: Ledger) -> None:
    ledger.issues.bears(BRIDGE.id, S1, True, by="eva")
    ledger.issues.bears(TALKS.id, S1, False, by="bob")
    ledger.issues.merge(BRIDGE.id, TALKS.id, by="eva")
    assert S1 not in on(ledger, TALKS)
    ledger.issues.bears(BRIDGE.id, S1, True, by="eva")
    assert S1 in on(ledger, TALKS)


def test_a_side_without_bearing_makes_no_sense(ledger: Ledger) -> None:
    for side in ("affirms", "perhaps"):
        with pytest.raises(UsageError):
            ledger.issues.bears(TALKS.id, S1, side != "affirms", by="eva", side=side)
    with pytest.raises(StoreError):
        ledger.issues.bears(TALKS.id, "s0", True, by="eva")


def test_split_statements_move(ledger: Ledger) -> None:
    new = an_issue("Does Bob deny them?")
    made = ledger.issues.split(TALKS.id, [S2], new, by="eva", note="a matter of its own")
    assert len(made) == 2
    assert (on(ledger, TALKS), on(ledger, new)) == ([S1], [S2])
    ask(ledger, TALKS, S1, S2)
    assert on(ledger, TALKS) == [S1]
    for decision in made:
        ledger.undo(decision.id, by="eva")
    assert (set(on(ledger, TALKS)), on(ledger, new)) == ({S1, S2}, [])


def test_a_split_that_makes_no_sense(ledger: Ledger) -> None:
    for statements, new in (([], an_issue("x")), ([S3], an_issue("x")), ([S1], TALKS)):
        with pytest.raises(UsageError) as caught:
            ledger.issues.split(TALKS.id, statements, new, by="eva")
        assert caught.value.code == "OR-001"
    assert len(ledger.issues.all()) == 2
    assert ledger.decisions() == ()


def test_rejected_issues_and_statements_are_left_out(ledger: Ledger) -> None:
    made = ledger.decide(TALKS.id, "rejected", by="eva")
    assert [e.issue for e in ledger.issues.all()] == [BRIDGE]
    assert [e.rejected for e in ledger.issues.all(rejected=True)] == [True, False]
    ledger.undo(made.id, by="eva")
    ledger.decide(S1, "rejected", by="eva")
    assert on(ledger, TALKS) == [S2]


def test_unknown_issues_statements_and_runs(ledger: Ledger) -> None:
    run = ledger.start_run(SECOND)
    for attempt in (
        lambda: ledger.issues.one("i0"),
        lambda: ledger.issues.bearings(""),
        lambda: ledger.issues.merge(TALKS.id, "i0", by="eva"),
        lambda: ledger.issues.of_statement("s0"),
        lambda: ledger.issues.record(run.id, TALKS, [bearing(TALKS, "s0")]),
        lambda: ledger.issues.record("r0", TALKS, []),
    ):
        with pytest.raises(StoreError) as caught:
            attempt()
        assert caught.value.code == "OR-407"
    long = Bearing(issue_id=TALKS.id, statement_id=S1, side="affirms", evidence=(Span(0, 9999),))
    with pytest.raises(TextError):
        ledger.issues.record(run.id, TALKS, [long])
    assert len(on(ledger, TALKS)) == 2
