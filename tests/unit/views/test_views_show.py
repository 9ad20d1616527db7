"""A statement is shown with all that belongs to it, and with enough text around it to judge it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledgers import FIRST, a_document, a_statement
from onrecord.errors import StoreError
from onrecord.record import Reading
from onrecord.store import Ledger
from onrecord.views.passage import MOST_BEFORE_AND_AFTER, passage_of
from onrecord.views.show import show
from strategies import documents, statements

DOC = a_document(
    "Kyiv, 4 March.\n\nAnn said that Bob believes that it works. It was late.\r\nNobody else spoke.\n\nEnd."
)
ANN = a_statement(DOC, "Bob believes that it works", source="Ann", cue="said")
BOB = a_statement(DOC, "it works", source="Bob", cue="believes", within=ANN)
IT = a_statement(DOC, "works", within=BOB)


def test_a_statement_with_all_that_belongs_to_it(ledger: Ledger) -> None:
    run = ledger.start_run(FIRST)
    ledger.add(run.id, Reading(document=DOC, statements=(ANN, BOB, IT)))
    first = ledger.decide(BOB.id, "unsure", by="eva")
    second = ledger.decide(BOB.id, "accepted", by="eva")
    shown = show(ledger, BOB.id[:12])
    assert shown.entry.statement == BOB
    assert shown.text == "Ann said that Bob believes that it works. It was late."
    assert [entry.statement for entry in shown.around] == [ANN]
    assert [entry.statement for entry in shown.inside] == [IT]
    assert [entry.statement for entry in show(ledger, IT.id).around] == [BOB, ANN]
    assert shown.decisions == (first, second)
    assert shown.entry.decision == second
    assert shown.run.id == run.id
    with pytest.raises(StoreError) as caught:
        show(ledger, "s0")
    assert caught.value.code == "OR-407"


@given(st.data())
def test_the_passage_covers_the_statement_and_is_bounded(data: st.DataObject) -> None:
    doc = data.draw(documents())
    stmt = data.draw(statements(doc))
    passage = passage_of(doc.text, stmt)
    spans = (*stmt.content, *stmt.cue, *stmt.source)
    first, last = min(s.start for s in spans), max(s.end for s in spans)
    assert 0 <= passage.start <= first < last <= passage.end <= len(doc.text)
    assert first - passage.start <= MOST_BEFORE_AND_AFTER
    assert passage.end - last <= MOST_BEFORE_AND_AFTER


@pytest.mark.parametrize("filler", ["It rained again. ", "rain ", "x"])
def test_a_passage_of_one_long_line_is_cut_where_one_can_read_on(filler: str) -> None:
    doc = a_document(filler * 400 + "Ann said that it works." + " " + filler * 400)
    words = passage_of(doc.text, a_statement(doc, "it works", source="Ann")).of(doc.text)
    assert "Ann said that it works." in words
    assert len(words) < 2 * MOST_BEFORE_AND_AFTER + 100
    unit = filler.strip()
    assert words.startswith(unit)
    assert words.endswith((unit, "works."))
