"""The queue by doubt, whose turn it is, and how far reviewers agree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ledgers import FIRST, said
from onrecord.record import Actor, Attribution, Counts, Position, Reading, actor_id
from onrecord.record.attribution import Alternative
from onrecord.store import Ledger
from onrecord.store.reviewing import Said
from onrecord.views.review import Queue, Waiting, agreements, by_doubt, fingerprint, reasons, turn, waiting_for

ANN, BO = (Actor(id=actor_id(name), name=name, kind="person") for name in ("Ann Ash", "Bo Birk"))


def _reading(words: str, *, score: float, actor: float | None, act: float | None = None) -> Reading:
    reading = said("Ann", words)
    (stmt,) = reading.statements
    resolved = {"actor_id": ANN.id, "score": actor, "alternatives": (Alternative(actor_id=BO.id, score=0.3),)}
    attribution = Attribution(
        statement_id=stmt.id,
        mention=stmt.source[0],
        source_kind="name",
        **(resolved if actor is not None else {"actor_id": None, "reason": "two fit"}),  # type: ignore[arg-type]
    )
    position = Position(statement_id=stmt.id, act="asserts", polarity="positive", certainty="certain", score=act)
    return replace(
        reading,
        statements=(replace(stmt, score=score),),
        attributions=(attribution,),
        positions=(position,),
        actors=(ANN, BO),
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = Ledger.open(tmp_path / "a.ledger", create=True)
    run = ledger.start_run(FIRST)
    made = {
        "it rained": _reading("it rained", score=0.9, actor=0.9, act=0.9),
        "it snowed": _reading("it snowed", score=0.9, actor=None, act=0.9),
        "it hailed": _reading("it hailed", score=0.3, actor=0.6, act=0.5),
    }
    for reading in made.values():
        ledger.add(run.id, reading)
    ledger.finish_run(run.id, Counts(kept=3))
    return ledger


def test_the_most_doubtful_statement_comes_first(ledger: Ledger) -> None:
    found = by_doubt(ledger)
    assert [ledger.entry(each).content for each in found.order] == ["it hailed", "it snowed", "it rained"]
    assert found.made_of == 3
    assert found.among([found.order[2], found.order[0], "no such"]).order == (found.order[0], found.order[2])


def test_the_reasons_name_the_weightiest_doubt_first(ledger: Ledger) -> None:
    hail, snow, rain = (ledger.entry(each) for each in by_doubt(ledger).order)
    assert reasons(hail) == (
        "its words and source are right with 30% likelihood",
        "act and polarity are right with 50% likelihood",
        "the actor is right with 60% likelihood; it could be Bo Birk",
    )
    assert reasons(snow) == ("the source is unresolved: two fit",)
    assert reasons(rain) == ()
    ledger.decide(rain.statement.id, "unsure", by="ann")
    assert reasons(ledger.entry(rain.statement.id)) == ("ann was unsure",)


def _waiting(*named: str, others: bool = False) -> Waiting:
    return Waiting(named=frozenset(named), others=others)


def test_next_skips_what_is_decided_and_previous_does_not() -> None:
    queue = Queue("abcd")
    first = turn(queue, _waiting("b", "d"))
    assert (first.at, first.before, first.after, first.place, first.n_open) == ("b", "a", "d", 2, 2)
    last = turn(queue, _waiting("a", "c", others=True), "d")
    assert (last.before, last.after, last.n_open) == ("c", "b", 2)
    gone = turn(queue, _waiting())
    assert (gone.at, gone.before, gone.n_all, gone.n_open) == (None, "d", 4, 0)
    assert turn(queue, _waiting("a"), "no such").at == "a"
    assert turn(Queue(""), _waiting(others=True)).before is None


def test_what_waits_for_whom() -> None:
    words = [
        Said(statement_id="a", by="ann", verdict="accepted"),
        Said(statement_id="b", by="ann", verdict="unsure"),
        Said(statement_id="c", by="bo", verdict="unsure"),
    ]

    def waits(who: str, *, second: bool = False) -> str:
        found = waiting_for(who, words, second=second)
        shown = "".join(each for each in "abcd" if each in found)
        assert found.count(Queue("abcd")) == len(shown)
        return shown

    assert waits("ann") == "cd"
    assert waits("bo") == "bd"
    assert waits("bo", second=True) == "ab"
    assert waits("cy", second=True) == "abc"


def test_the_fingerprint_changes_with_what_is_seen_and_with_nothing_else(ledger: Ledger) -> None:
    identifier = by_doubt(ledger).order[0]
    before = fingerprint(ledger.entry(identifier))
    ledger.decide(identifier, "rejected", by="ann")
    assert fingerprint(ledger.entry(identifier)) == before
    seen = {before}
    for field, after in (("kind", "direct"), ("content", "[[0, 3]]"), ("actor", BO.id), ("act", "denies")):
        ledger.decide(identifier, "corrected", by="ann", field=field, after=after)
        seen.add(fingerprint(ledger.entry(identifier)))
    assert len(seen) == 5


def test_agreement_counts_shared_statements_and_corrects_for_chance() -> None:
    words = []
    pairs = [("accepted", "accepted")] * 20 + [("accepted", "rejected")] * 5 + [("rejected", "accepted")] * 10
    pairs += [("rejected", "rejected")] * 15
    for number, (one, other) in enumerate(pairs):
        words.append(Said(statement_id=f"s{number:02}", by="ann", verdict=one))
        words.append(Said(statement_id=f"s{number:02}", by="bo", verdict=other))
    words.append(Said(statement_id="s99", by="cy", verdict="accepted"))
    (found,) = agreements(words)
    assert (found.one, found.other, found.n_both) == ("ann", "bo", 50)
    assert found.raw == pytest.approx(0.7)
    assert found.kappa == pytest.approx(0.4)
    assert len(found.differing) == 15
    assert found.differing[0] == ("s20", "accepted", "rejected")


def test_kappa_is_not_defined_where_both_gave_one_verdict_only() -> None:
    words = [Said(statement_id="s1", by=by, verdict="accepted") for by in ("ann", "bo")]
    (found,) = agreements(words)
    assert (found.raw, found.kappa) == (1.0, None)
