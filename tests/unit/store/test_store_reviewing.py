"""What a review needs of the ledger: doubts, what each reviewer said, and words that a person corrects."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from ledgers import FIRST, SECOND, said
from onrecord.errors import TextError, UsageError
from onrecord.record import Counts, Method, Reading, Span
from onrecord.store import Ledger
from onrecord.store.reviewing import Said

THIRD = Method(version="3", models={"tagger": "c" * 64})


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = Ledger.open(tmp_path / "a.ledger", create=True)
    run = ledger.start_run(FIRST)
    for source, content, outlet in (("Ann", "it rained", "Gazette"), ("Bo", "it was dry", "Herald")):
        assert ledger.add(run.id, said(source, content, outlet=outlet))
    ledger.finish_run(run.id, Counts(kept=2))
    return ledger


def _ids(ledger: Ledger) -> list[str]:
    return list(ledger.reviewing.by_doubt())


def test_the_queue_holds_the_latest_readings_of_an_outlet_or_all(ledger: Ledger) -> None:
    first, second = _ids(ledger)
    assert ledger.reviewing.by_doubt(outlet="herald") == (second,)
    assert ledger.reviewing.by_doubt(outlet="nobody") == ()
    assert ledger.reviewing.newest_reading() == 2
    again = ledger.start_run(SECOND)
    (stmt,) = (reading := next(iter(ledger.readings()))).statements
    assert ledger.add(again.id, replace(reading, statements=(replace(stmt, score=0.2),)))
    ledger.finish_run(again.id, Counts(kept=1))
    assert ledger.reviewing.newest_reading() == 3
    assert _ids(ledger) == [first, second]
    later = replace(stmt, score=1.0)
    assert ledger.add(ledger.start_run(THIRD).id, replace(reading, statements=(later,)))
    assert _ids(ledger) == [second, first]


def test_each_reviewers_last_word_counts_and_what_was_taken_back_does_not(ledger: Ledger) -> None:
    one, other = _ids(ledger)
    ledger.decide(one, "accepted", by="ann")
    ledger.decide(one, "rejected", by="bo")
    changed = ledger.decide(one, "unsure", by="ann")
    ledger.decide(other, "corrected", by="bo", field="kind", after="direct")
    assert ledger.reviewing.said() == (
        Said(statement_id=one, by="bo", verdict="rejected"),
        Said(statement_id=one, by="ann", verdict="unsure"),
    )
    last = ledger.reviewing.last_of("ann")
    assert last is not None
    assert last.id == changed.id
    ledger.undo(changed.id, by="ann")
    assert [each.verdict for each in ledger.reviewing.said()] == ["accepted", "rejected"]
    assert ledger.reviewing.last_of("nobody") is None


def test_a_person_says_which_words_a_statement_covers(ledger: Ledger) -> None:
    one, _ = _ids(ledger)
    found = ledger.entry(one)
    (span,) = found.statement.content
    made = ledger.decide(one, "corrected", by="ann", field="content", after=f"[[{span.start + 3}, {span.end}]]")
    assert made.before == f"[[{span.start},{span.end}]]"
    corrected = ledger.entry(one)
    assert corrected.content == "rained"
    assert corrected.statement.id == one
    with sqlite3.connect(ledger.path) as other:
        rows = other.execute("SELECT content, content_spans FROM current_statement WHERE statement_id = ?", (one,))
        assert rows.fetchall() == [("rained", json.dumps([[span.start + 3, span.end]]).replace(" ", ""))]
    reading: Reading = next(iter(ledger.readings()))
    assert reading.statements[0].content == (Span(span.start + 3, span.end),)
    ledger.undo(made.id, by="ann")
    assert ledger.entry(one) == found


@pytest.mark.parametrize(
    ("field", "after"),
    [
        ("content", "[]"),
        ("content", "[[3]]"),
        ("content", "[[3, 1]]"),
        ("content", "[[0, 9999]]"),
        ("cue", "[[0, 4], [2, 6]]"),
        ("source", "nonsense"),
        ("source", '"text"'),
        ("source", "[[true, 4]]"),
        ("source", "[" * 5000),
        ("cue", json.dumps([[at, at + 1] for at in range(0, 200, 2)])),
    ],
)
def test_what_is_no_stretch_of_the_text_is_refused(ledger: Ledger, field: str, after: str) -> None:
    one, _ = _ids(ledger)
    before = ledger.entry(one)
    with pytest.raises((UsageError, TextError)):
        ledger.decide(one, "corrected", by="ann", field=field, after=after)
    assert ledger.entry(one) == before
    assert ledger.decisions() == ()
