"""A trace reads its evidence back from the text, and says what people decided and what of it holds."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ledgers import FIRST
from onrecord.record import Alternative, Link, link_id
from onrecord.store import Ledger
from onrecord.views.trace import AROUND, in_context, trace_link, trace_statement
from stories import story
from strategies import documents, spans


def test_a_trace_holds_who_else_was_weighed_the_run_and_the_decisions(ledger: Ledger) -> None:
    reading = story("dev01-talks-a")
    first = reading.attributions[0]
    other = next(actor for actor in reading.actors if actor.id != first.actor_id)
    weighed = replace(first, alternatives=(Alternative(actor_id=other.id, score=0.25),))
    run = ledger.start_run(FIRST)
    ledger.add(run.id, replace(reading, attributions=(weighed, *reading.attributions[1:])))
    made = ledger.decide(first.statement_id, "corrected", by="eva", field="act", after="denies")
    taken = ledger.decide(first.statement_id, "rejected", by="bo")
    ledger.undo(taken.id, by="bo")
    found = trace_statement(ledger, first.statement_id[:12])
    assert found.aspects.attribution is not None
    assert found.aspects.attribution.alternatives == weighed.alternatives
    assert found.aspects.named(other.id) == other
    assert found.aspects.position is not None
    assert found.aspects.position.act == "denies"
    assert found.run.method == FIRST
    assert [(each.decision.id, each.standing, each.withdrawn is None) for each in found.rulings] == [
        (made.id, True, True),
        (taken.id, False, False),
    ]


def test_a_link_is_traced_to_both_of_its_ends(ledger: Ledger) -> None:
    run = ledger.start_run(FIRST)
    left, right = story("dev01-talks-d"), story("dev01-talks-a")
    for reading in (left, right):
        ledger.add(run.id, reading)
    ends = left.statements[0].id, right.statements[0].id
    link = Link(id=link_id(kind="denies", left=ends[0], right=ends[1]), kind="denies", left=ends[0], right=ends[1])
    ledger.add_links(run.id, [link])
    found = trace_link(ledger, link.id)
    assert (found.entry.link, found.run.id, found.rulings) == (link, run.id, ())
    assert (found.left.statement.id, found.right.statement.id) == ends


@given(st.data())
def test_words_are_shown_where_they_stand(data: st.DataObject) -> None:
    text = data.draw(documents()).text
    span = data.draw(spans(text))
    before, words, after = in_context(text, span)
    assert words == " ".join(span.of(text).split())
    for part in (before, words, after):
        assert not set(part) & set("\n\t\r")
    assert len(before) <= AROUND + 1
    assert len(after) <= AROUND + 1
    assert "".join(before.split()).lstrip("…") in "".join(text[: span.start].split())
    assert "".join(after.split()).rstrip("…") in "".join(text[span.end :].split())
