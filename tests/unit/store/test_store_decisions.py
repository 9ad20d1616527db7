"""Decisions are only added, win over machines, and can be taken back exactly."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledgers import FIRST, SECOND, a_document, a_statement, said
from onrecord.errors import StoreError, TextError, UsageError
from onrecord.record import Reading
from onrecord.store import Ledger

DOC = a_document("Ann said that it works. Bob said that it does not, as Cy told him.")
ANN = a_statement(DOC, "it works", source="Ann", cue="said")
BOB = a_statement(DOC, "it does not", source="Bob")
CY = a_statement(DOC, "not", source="Cy", within=BOB)
READING = Reading(document=DOC, statements=(ANN, BOB, CY))


def verdict(ledger: Ledger, stmt_id: str) -> str | None:
    decision = ledger.entry(stmt_id).decision
    return decision.verdict if decision else None


def test_a_rejected_statement_is_flagged_and_not_found(ledger: Ledger) -> None:
    ledger.add(ledger.start_run(FIRST).id, READING)
    made = ledger.decide(BOB.id[:9], "rejected", by="eva", note="scare quotes")
    assert made.subject == BOB.id
    assert ledger.entry(BOB.id).decision == made
    assert ledger.entry(BOB.id).rejected
    assert [hit.entry.statement.id for hit in ledger.search("it").hits] == [ANN.id]
    assert [hit.entry.statement.id for hit in ledger.search("").hits] == [ANN.id, CY.id]
    assert ledger.counts().rejected == 1
    assert ledger.counts().statements == 3
    (left,) = ledger.readings()
    assert [(s.id, s.within) for s in left.statements] == [(ANN.id, None), (CY.id, None)]
    (whole,) = ledger.readings(rejected=True)
    assert whole == READING
    ledger.undo(made.id, by="eva")
    assert verdict(ledger, BOB.id) is None
    assert list(ledger.readings()) == [READING]
    assert ledger.decisions(BOB.id) == (made,)


def test_a_machine_never_overwrites_a_person(ledger: Ledger) -> None:
    ledger.add(ledger.start_run(FIRST).id, READING)
    ledger.decide(ANN.id, "accepted", by="eva")
    ledger.decide(BOB.id, "rejected", by="eva")
    ledger.decide(CY.id, "corrected", by="eva", field="kind", after="mixed")
    found_again = a_statement(DOC, "it does not", source="Bob", kind="direct", score=0.99)
    ledger.add(ledger.start_run(SECOND).id, Reading(document=DOC, statements=(found_again,)))
    assert verdict(ledger, BOB.id) == "rejected"
    entries = {e.statement.id: e for e in ledger.entries(DOC.id).entries}
    assert set(entries) == {ANN.id, BOB.id, CY.id}
    assert not entries[ANN.id].in_latest_reading
    assert entries[CY.id].statement.kind == "mixed"
    assert {hit.entry.statement.id for hit in ledger.search("").hits} == {ANN.id, CY.id}
    assert ledger.counts().statements == 3
    assert [h.entry.statement.id for h in ledger.search("", kind="mixed").hits] == [CY.id]


def test_the_last_decision_stands_and_names_what_stood_before(ledger: Ledger) -> None:
    ledger.add(ledger.start_run(FIRST).id, READING)
    first = ledger.decide(ANN.id, "rejected", by="eva")
    second = ledger.decide(ANN.id, "unsure", by="tom")
    assert (first.supersedes, second.supersedes) == (None, first.id)
    ledger.undo(second.id, by="tom")
    assert verdict(ledger, ANN.id) == "rejected"
    third = ledger.decide(ANN.id, "accepted", by="tom")
    assert third.supersedes == first.id
    assert [d.id for d in ledger.decisions()] == [first.id, second.id, third.id]


def test_a_correction_says_before_and_after(ledger: Ledger) -> None:
    ledger.add(ledger.start_run(FIRST).id, READING)
    first = ledger.decide(ANN.id, "corrected", by="eva", field="kind", after="direct")
    second = ledger.decide(ANN.id, "corrected", by="eva", field="kind", after="mixed")
    assert (first.before, first.after) == ('"indirect"', '"direct"')
    assert (second.before, second.after) == ('"direct"', '"mixed"')
    assert ledger.statement(ANN.id).kind == "mixed"
    ledger.undo(second.id, by="eva")
    assert ledger.statement(ANN.id).kind == "direct"
    ledger.undo(first.id, by="eva")
    assert ledger.statement(ANN.id) == ANN


STEPS = st.lists(
    st.tuples(
        st.sampled_from([ANN.id, BOB.id, DOC.id]),
        st.sampled_from(["accepted", "rejected", "unsure", "undo"]),
    ),
    max_size=12,
)


@given(STEPS)
def test_taking_everything_back_leaves_the_record_as_it_was(steps: list[tuple[str, str]]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder) / "a.ledger", create=True) as ledger,
    ):
        ledger.add(ledger.start_run(FIRST).id, READING)
        standing: dict[str, list[tuple[str, str]]] = {}
        for subject, step in steps:
            mine = standing.setdefault(subject, [])
            if step != "undo":
                mine.append((ledger.decide(subject, step, by="eva").id, step))  # type: ignore[arg-type]
            elif mine:
                ledger.undo(mine.pop()[0], by="eva")
            for stmt in (ANN, BOB):
                left = standing.get(stmt.id)
                assert verdict(ledger, stmt.id) == (left[-1][1] if left else None)
        for mine in standing.values():
            for identifier, _ in mine:
                ledger.undo(identifier, by="eva")
        assert list(ledger.readings()) == [READING]
        assert len(ledger.decisions()) == sum(step != "undo" for _, step in steps)


def test_decisions_are_append_only_even_in_sql(ledger: Ledger) -> None:
    ledger.add(ledger.start_run(FIRST).id, READING)
    made = ledger.decide(ANN.id, "rejected", by="eva")
    ledger.undo(made.id, by="eva")
    other = sqlite3.connect(ledger.path, isolation_level=None)
    for attempt in (
        "UPDATE decision SET verdict = 'accepted'",
        "DELETE FROM decision",
        "UPDATE withdrawal SET by = 'tom'",
        "DELETE FROM withdrawal",
        "INSERT OR REPLACE INTO decision SELECT * FROM decision",
        "INSERT OR REPLACE INTO withdrawal SELECT * FROM withdrawal",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            other.execute(attempt)
    other.close()
    assert ledger.decisions() == (made,)


def test_decisions_that_make_no_sense(ledger: Ledger) -> None:
    ledger.add(ledger.start_run(FIRST).id, READING)
    with pytest.raises(StoreError) as caught:
        ledger.decide("s0", "rejected", by="eva")
    assert caught.value.code == "OR-407"
    with pytest.raises(StoreError) as caught:
        ledger.undo("x0", by="eva")
    assert caught.value.code == "OR-407"
    with pytest.raises(TextError):
        ledger.decide(ANN.id, "wonderful", by="eva")  # type: ignore[arg-type]
    with pytest.raises(TextError):
        ledger.decide(ANN.id, "rejected", by="")
    with pytest.raises(TextError):
        ledger.decide(ANN.id, "corrected", by="eva")
    with pytest.raises(UsageError):
        ledger.decide(ANN.id, "corrected", by="eva", field="kind", after="shouted")
    with pytest.raises(UsageError):
        ledger.decide(ANN.id, "rejected", by="eva", note="\ud800")
    made = ledger.decide(DOC.id, "accepted", by="eva")
    ledger.undo(made.id, by="eva")
    with pytest.raises(UsageError):
        ledger.undo(made.id, by="eva")
    assert ledger.decisions() == (made,)


def test_a_statement_within_one_that_is_not_kept_stands_by_itself(ledger: Ledger) -> None:
    other = said("Dee", "it rains")
    run = ledger.start_run(FIRST)
    ledger.add(run.id, READING)
    ledger.add(run.id, other)
    ledger.decide(CY.id, "accepted", by="eva")
    ledger.add(ledger.start_run(SECOND).id, Reading(document=DOC, statements=(ANN,)))
    (first, second) = ledger.readings()
    assert [(s.id, s.within) for s in first.statements] == [(ANN.id, None), (CY.id, None)]
    assert second == other
