"""Asking a ledger a question, and finding its issues again and again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from accounts import account, somebody
from ledgers import add
from onrecord.errors import UsageError
from onrecord.run.asking import ask_ledger, find_issues, issue_method
from onrecord.store import Ledger

ANN, BOB, CY = somebody("Ann Roth"), somebody("Bob Lind"), somebody("Cy Vane")
STRIKE = [
    account(ANN, "the harbour strike will go on until wages rise", outlet="UNN"),
    account(BOB, "wages in the harbour cannot rise while the strike goes on", outlet="Meridian"),
    account(CY, "the harbour strike costs two million a day", outlet="Interline"),
]
FLOOD = [
    account(BOB, "the dam at Lom will not hold the flood", outlet="UNN", polarity="negative"),
    account(CY, "the flood at Lom has reached the dam", outlet="Meridian"),
    account(ANN, "nobody opened the dam before the flood came", outlet="Interline"),
]
MORE = [account(ANN, "dockers end the strike if wages in the harbour rise", outlet="Herald", published="2026-03-05")]
QUESTION = "Will the dam hold?"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "a.ledger", create=True) as opened:
        add(opened, *STRIKE, *FLOOD)
        yield opened


def test_a_question_is_an_issue_with_the_statements_that_bear_on_it(ledger: Ledger) -> None:
    entry = ask_ledger(ledger, f"  {QUESTION}\n", by="eva")
    assert (entry.issue.label, entry.issue.question, entry.issue.made_by) == (QUESTION, QUESTION, "eva")
    sides = {each.bearing.statement_id: each.bearing.side for each in ledger.issues.bearings(entry.issue.id)}
    assert sides[FLOOD[0].statements[0].id] == "denies"
    assert not sides.keys() & {reading.statements[0].id for reading in STRIKE}


def test_the_same_question_is_one_issue_and_asks_what_is_new(ledger: Ledger) -> None:
    first = ask_ledger(ledger, QUESTION, by="eva")
    ledger.issues.rename(first.issue.id, "The dam", by="eva")
    add(ledger, account(CY, "the dam will hold", outlet="Herald"))
    again = ask_ledger(ledger, QUESTION, by="bob")
    assert again.issue.id == first.issue.id
    assert (again.issue.label, again.issue.made_by) == ("The dam", "eva")
    assert again.n_statements == first.n_statements + 1


def test_a_question_that_nothing_bears_on_is_kept(ledger: Ledger) -> None:
    entry = ask_ledger(ledger, "Is the museum open?", by="eva")
    assert entry.n_statements == 0
    assert entry in ledger.issues.all()


@pytest.mark.parametrize("question", ["", "  ", "?!", "what is it"])
def test_a_question_without_a_word_to_look_for_is_not_recorded(ledger: Ledger, question: str) -> None:
    with pytest.raises(UsageError) as caught:
        ask_ledger(ledger, question, by="eva")
    assert caught.value.code == "OR-001"
    assert ledger.issues.all() == ()


def test_issues_are_found_and_found_again(ledger: Ledger) -> None:
    first = find_issues(ledger)
    assert (first.documents, first.statements, first.placed) == (6, 6, 6)
    assert (first.new, first.again, first.gone, first.asked) == (2, 0, 0, 0)
    before = {entry.issue: entry.n_statements for entry in ledger.issues.all()}
    second = find_issues(ledger)
    assert (second.new, second.again, second.gone) == (0, 2, 0)
    assert {entry.issue: entry.n_statements for entry in ledger.issues.all()} == before


def test_what_people_decided_holds_after_more_came_in(ledger: Ledger) -> None:
    find_issues(ledger)
    asked = ask_ledger(ledger, QUESTION, by="eva")
    (strike,) = (e for e in ledger.issues.all() if e.found and "strike" in e.issue.label)
    (flood,) = (e for e in ledger.issues.all() if e.found and e.issue.id != strike.issue.id)
    ledger.issues.rename(strike.issue.id, "The strike", by="eva")
    ledger.issues.merge(flood.issue.id, asked.issue.id, by="eva")
    left_out = STRIKE[2].statements[0].id
    ledger.issues.bears(strike.issue.id, left_out, False, by="eva")
    add(ledger, *MORE)
    found = find_issues(ledger)
    assert (found.new, found.again, found.asked) == (0, 2, 1)
    shown = {entry.issue.label: entry for entry in ledger.issues.all()}
    assert set(shown) == {"The strike", QUESTION}
    bearing = {each.bearing.statement_id for each in ledger.issues.bearings(strike.issue.id)}
    assert MORE[0].statements[0].id in bearing
    assert left_out not in bearing


def test_a_rejected_question_is_not_asked_again(ledger: Ledger) -> None:
    entry = ask_ledger(ledger, QUESTION, by="eva")
    ledger.decide(entry.issue.id, "rejected", by="eva")
    assert find_issues(ledger).asked == 0


def test_an_issue_of_which_nothing_is_left_is_gone(ledger: Ledger) -> None:
    find_issues(ledger)
    for reading in FLOOD:
        ledger.decide(reading.statements[0].id, "rejected", by="eva")
    found = find_issues(ledger)
    assert (found.again, found.gone, found.statements) == (1, 1, 3)
    assert [entry.n_statements for entry in ledger.issues.all()] == [3, 0]


def test_an_empty_ledger(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "b.ledger", create=True) as empty:
        found = find_issues(empty)
        assert (found.documents, found.new) == (0, 0)
        assert ask_ledger(empty, QUESTION, by="eva").n_statements == 0


def test_the_method_names_its_tables() -> None:
    method = issue_method()
    assert {"issues/bears.json", "issues/concepts.csv"} <= set(method.models)
    assert method.id == issue_method().id
