"""Which statements bear on a question, on which side, and by which words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accounts import account, somebody
from ledgers import said
from onrecord.issues import Corpus, ask, parse
from onrecord.issues.ask import RESPECTS, Respects, respects_of, score_of
from onrecord.record import Act, Condition, Polarity, Reading, Side, Span

ANN = somebody("Ann Roth")
TALKS = "Are Velmora and Kastria holding talks?"


def one(content: str, act: Act = "asserts", polarity: Polarity = "positive") -> Reading:
    return account(ANN, content, act=act, polarity=polarity)


def side(question: str, reading: Reading) -> Side | None:
    found = ask(parse(question), "i0", Corpus.of([reading]), least=0.0)
    return found[0].side if found else None


SIDES: list[tuple[str, str, Act, Polarity, Side]] = [
    (TALKS, "Velmora and Kastria are holding talks", "asserts", "positive", "affirms"),
    (TALKS, "Velmora and Kastria met in Doha", "confirms", "positive", "affirms"),
    (TALKS, "Velmora is not negotiating with Kastria", "asserts", "negative", "denies"),
    (TALKS, "holding covert negotiations with Kastria", "denies", "positive", "denies"),
    (TALKS, "Velmora and Kastria must talk", "demands", "positive", "demands"),
    (TALKS, "talks with Kastria", "offers", "positive", "offers"),
    (TALKS, "to talk to Kastria", "declines", "positive", "declines"),
    (TALKS, "Velmora wants talks with Kastria", "intends", "positive", "for"),
    (TALKS, "the talks with Kastria", "criticises", "positive", "against"),
    (TALKS, "whether Velmora talks to Kastria", "asks", "positive", "asks"),
    (TALKS, "The talks of Velmora and Kastria do not touch on territory", "asserts", "negative", "unclear"),
    (TALKS, "We read it with interest. There are no negotiations with Kastria", "asserts", "positive", "denies"),
    (TALKS, "We read it with interest. The negotiations with Kastria go on", "asserts", "positive", "affirms"),
    ("Is Velmora not talking to Kastria?", "Velmora is not talking to Kastria", "asserts", "negative", "affirms"),
    ("Who fired first at Tarn?", "the patrol at Tarn opened fire", "asserts", "positive", "states"),
    ("Who fired first at Tarn?", "its soldiers fired at Tarn", "denies", "positive", "denies"),
]


@pytest.mark.parametrize(("question", "content", "act", "polarity", "expected"), SIDES)
def test_which_side_a_statement_takes(
    question: str, content: str, act: Act, polarity: Polarity, expected: Side
) -> None:
    assert side(question, one(content, act, polarity)) == expected


def test_a_negative_condition_is_a_demand_and_what_is_only_required_is_no_side() -> None:
    reading = one("no talks between Velmora and Kastria without guarantees", "demands", "negative")
    start = reading.document.text.index
    condition = Condition(
        relation="not without",
        what=Span(start("talks"), start("talks") + 5),
        requirement=Span(start("guarantees"), start("guarantees") + 10),
    )
    conditional = replace(reading, positions=(replace(reading.positions[0], conditions=(condition,)),))
    assert side(TALKS, reading) == "against"
    assert side(TALKS, conditional) == "demands"

    reading = one("no troops go to Velmora before talks begin", "asserts", "negative")
    start = reading.document.text.index
    condition = Condition(
        relation="before",
        what=Span(start("no troops"), start(" before")),
        requirement=Span(start("talks begin"), start("talks begin") + 11),
    )
    conditional = replace(reading, positions=(replace(reading.positions[0], conditions=(condition,)),))
    assert side(TALKS, reading) == "denies"
    assert side(TALKS, conditional) == "unclear"


def test_the_words_that_decide_stand_in_the_text() -> None:
    reading = one("Velmora is holding negotiations with Kastria")
    (found,) = ask(parse(TALKS), "i7", Corpus.of([reading]))
    assert [span.of(reading.document.text) for span in found.evidence] == ["Velmora", "negotiations", "Kastria"]
    assert found.issue_id == "i7"
    assert found.statement_id == reading.statements[0].id
    assert found.score is not None and 0.3 < found.score <= 1.0


def test_the_likeliest_comes_first_and_what_is_on_another_matter_is_left_out() -> None:
    readings = [
        one("the bridge over the canal is shut"),
        one("the grain will be sold to Kastria"),
        one("the envoys will meet again"),
        one("Velmora and Kastria are holding talks"),
    ]
    found = ask(parse(TALKS), "i0", Corpus.of(readings))
    assert [each.statement_id for each in found][:1] == [readings[3].statements[0].id]
    assert readings[0].statements[0].id not in {each.statement_id for each in found}
    scores = [each.score for each in found]
    assert scores == sorted(scores, reverse=True)


def test_what_nobody_has_looked_at_has_no_clear_side() -> None:
    (found,) = ask(parse(TALKS), "i0", Corpus.of([said("Ann", "Velmora and Kastria are holding talks")]))
    assert found.side == "unclear"


def test_no_statements() -> None:
    assert ask(parse(TALKS), "i0", Corpus.of([])) == ()
    assert ask(parse(""), "i0", Corpus.of([one("it rains")])) == ()


def test_the_weights_have_the_respects() -> None:
    nothing = Respects(**dict.fromkeys(RESPECTS, 0.0))
    assert score_of(nothing) < 0.01
    for name in ("own", "beside", "near", "title", "document", "names"):
        assert score_of(replace(nothing, **{name: 1.0})) > score_of(nothing), name


def test_every_respect_is_a_share() -> None:
    readings = [one("Velmora and Kastria are holding talks"), one("no comment"), one("the envoys will meet")]
    for respects in respects_of(parse(TALKS), Corpus.of(readings)):
        assert all(0.0 <= getattr(respects, name) <= 1.0 for name in RESPECTS)
